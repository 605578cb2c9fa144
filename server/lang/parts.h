/* The stages of the engine, for the engine's own files and its tests. Each stage reads what the
 * stages before it put into the document and adds its own part; none changes an earlier part. */
#ifndef LANG_PARTS_H
#define LANG_PARTS_H

#include "lang/lang.h"

/* One word, number or mark. Adjacent tokens may touch ("n't", "'s", punctuation). */
struct token {
    struct span at;
    uint32_t sentence; /* index into doc.sentences */
    bool in_quote;     /* inside quotation marks (the marks themselves included) */
    bool capital;      /* begins with an upper-case letter */
    bool word;         /* has a letter or digit */
};

/* Token ranges, half-open. */
struct sentence {
    uint32_t first, end;
    uint32_t paragraph;
};

/* A quotation between marks, from the opening to behind the closing mark; `open` where a
 * paragraph's quotation has no closing mark and goes on in the next. */
struct quote {
    struct span at;
    bool open;
    bool scare; /* too short and unattributed to be speech */
};

/* What reader.c finds: the roles of one attribution (PolNeAR), before anybody knows the speaker. */
struct attribution {
    struct spans source, cue, content;
    int32_t outer; /* attribution whose content this one stands in, or -1 */
    float confidence;
    const char *rule;
};

/* What names/scan.c and actors/refer_pronoun.c find. */
struct lang_doc {
    struct arena *arena;
    const struct lang_run *run;
    const struct lang_article *article;
    struct str text;

    struct token *tokens;
    size_t n_tokens;
    struct sentence *sentences;
    size_t n_sentences;
    struct quote *quotes;
    size_t n_quotes;

    struct attribution *attributions; /* by start of content */
    size_t n_attributions;

    struct lang_mention *mentions; /* by start */
    size_t n_mentions;
    struct lang_actor *actors;
    size_t n_actors, cap_actors;
};

/* token.c, sentence.c */
void lang_tokenise(struct lang_doc *doc);
void lang_split_sentences(struct lang_doc *doc);
/* The text of a token or span. */
struct str lang_token_text(const struct lang_doc *doc, size_t token);
struct str lang_span_text(const struct lang_doc *doc, struct span at);
/* The first token that ends after byte `at`; n_tokens if none. */
size_t lang_token_at(const struct lang_doc *doc, uint32_t at);
/* The first mention that starts at or behind byte `at`, or n_mentions. */
size_t lang_mention_from(const struct lang_doc *doc, uint32_t at);

/* draft.c: the text's words, sentences and quotations with `a` for what comes; the draft's, if the
 * reading still has one. */
struct lang_doc lang_words_of(struct arena *a, const struct lang_reading *reading);

/* quote.c: quotation marks of all sorts paired, per paragraph; marks tokens in_quote. */
void lang_find_quotes(struct lang_doc *doc);

/* reader.c: source, cue and content of every attribution. Reader model: model/README.md. */
void lang_attribute(struct lang_doc *doc);

/* names/scan.c, actors/refer_pronoun.c, resolve.c: mentions and actors, one canonical name for
 * each. */
void lang_find_actors(struct lang_doc *doc);
/* The actor a source span speaks for: by name, pronoun, nominal or descriptor. An unnamed source
 * becomes an actor of its own (so this may add to doc->actors). NO_ACTOR if there is no telling. */
int32_t lang_speaker_of(struct lang_doc *doc, const struct attribution *attribution);
/* speaker/actor.c: the actor of that name, made if there is none. */
int32_t lang_add_actor(struct lang_doc *doc, struct str name, enum actor_kind kind);
/* speaker/pronoun.c: whom the source of statement i means by "it", "they", "I" or "we", from the
 * speakers of the statements before it and around it; or NO_ACTOR. */
int32_t lang_pronoun_speaker(const struct lang_doc *doc, const struct lang_reading *r, size_t i);
/* speaker/implied.c: the article's authors, where its own text says "we"; or NO_ACTOR. */
int32_t lang_author_speaker(struct lang_doc *doc, const struct attribution *attribution);

/* detail.c: direct, mixed or indirect, by the quotation marks in the content. */
enum statement_kind lang_kind_of(const struct lang_doc *doc, struct spans content,
                                 struct spans cue);
/* detail.c: kind, via, channel, day of saying. */
void lang_add_details(struct lang_doc *doc, const struct attribution *from,
                      struct lang_statement *to);
/* carrier.c: who carries the statements, and channels that go on from one to the next; once all
 * speakers are known. */
void lang_carry(struct lang_doc *doc, struct lang_reading *r);

/* copy.c: replaces what a reading holds (or its positions, or its stances) by copies in the arena,
 * so that whatever it was made in can be released. Slices of its text stay slices. */
void lang_copy_reading(struct arena *a, struct lang_reading *r);
void lang_copy_positions(struct arena *a, struct lang_reading *r);
void lang_copy_stances(struct arena *a, struct lang_reading *r);

/* The document's attributions, copied. */
struct attribution *lang_copy_attributions(struct arena *a, const struct lang_doc *doc);

/* foreign.c: language of a text (ISO 639-1, "und" if unclear) and, for languages other than
 * English, attributions of direct quotations by that language's marks and verbs. */
struct str lang_detect(struct str text);
void lang_attribute_foreign(struct lang_doc *doc, struct str language);

#endif
