/* The list of attributions while lang_attribute makes it: for its own files. */
#ifndef LANG_ATTRIBUTION_PACK_H
#define LANG_ATTRIBUTION_PACK_H

#include "lang/parts.h"

/* How sure the model is of an attribution's parts, each 0..1, before calibration. */
struct sureness {
    float source;     /* -1: it has none */
    float cue, least; /* least: of the cue and all contents */
};

struct attribution_list {
    struct lang_doc *doc;
    struct attribution *v;
    struct sureness *sure; /* of each; zeros where a rule made it */
    size_t n, cap, sure_cap;
};

/* A new attribution without spans. The pointer is good until the next is added. */
struct attribution *attribution_add(struct attribution_list *list, const char *rule,
                                    float confidence);
/* Adds the tokens [first, end) as a span; nothing if there are none. */
void attribution_span(struct lang_doc *doc, struct spans *to, size_t first, size_t end);

/* reader.c: fills the list, unsorted, with nothing dropped for want of confidence. lang_attribute
 * does the rest; for calibration. */
void attribute_all(struct attribution_list *list);

enum role { ROLE_SOURCE, ROLE_CUE, ROLE_CONTENT, ROLE_COUNT };

/* A stretch of tokens that plays a role, as labelled. */
struct role_span {
    uint32_t first, end; /* tokens */
    enum role role;
    float sure; /* 0..1, as the model has it */
};

struct role_spans {
    struct role_span *v; /* by position */
    size_t n, cap;
};

/* link.c: which sources and contents go with which cue; adds an attribution for each cue
 * that has a content. `weights` are the model's. */
void link_roles(struct attribution_list *list, const struct role_spans *spans,
                const float *weights);

/* rules.c: is there a verb among the tokens by which is_relayed may hold of them, with something
 * before it that may be its subject? */
bool holds_relayed(const struct lang_doc *doc, size_t first, size_t end);

/* rules.c: does an attribution inside a content relay another speaker's words ("... that the
 * envoy has said")? Not with a pronoun for source, nor with a cue of thought. */
bool is_relayed(const struct lang_doc *doc, const struct attribution *a);

/* ends.c: takes off a content what follows a naming verb's quotation ("called it “a farce”
 * is") or tells the question ("... when asked whether ..."). */
void attribution_mend_ends(struct lang_doc *doc, struct attribution *a);

/* nobody.c: is it nobody's statement: what seems so ("it appeared to be ..."), or the
 * bearer of words cited, not the words ("citing unnamed diplomats")? */
bool attribution_is_none(const struct lang_doc *doc, const struct attribution *a);
/* nobody.c: does the content begin like a clause ("that", "whether", "to") or in quotation marks?
 */
bool attribution_is_clause(const struct lang_doc *doc, struct span content);
/* ends.c: does the token give a name or a judgement ("branding", "called")? */
bool is_naming(const struct lang_doc *doc, size_t token);

/* rules.c: quotations signed behind a dash (“...” — Name) at the end of a paragraph. */
void attribute_signatures(struct attribution_list *list);

/* rules.c: attributions of the quotations whose words no attribution holds yet, by the cue
 * verbs beside them, or by who spoke before. */
void attribute_quotes(struct attribution_list *list);

/* detach.c: takes quotations off attributions whose cue is not theirs; attribute_quotes gives them
 * to the cue beside them. */
void attribute_detach(struct attribution_list *list);

/* patterns.c: passives, late cues, clauses and blocks that the network misses. */
void attribute_patterns(struct attribution_list *list);

/* turns.c: the turns of interviews and transcripts, before the network looks. Questions of "Q:" are
 * in the list so that nobody else takes them, until attribute_drop_questions. */
void attribute_turns(struct attribution_list *list);
void attribute_drop_questions(struct attribution_list *list);

/* nouns.c: "Moss's claim that", and where the content of such a noun ends. */
void attribute_nouns(struct attribution_list *list);

/* phrases.c: does the token introduce what somebody says; is it just these letters? */
bool phrase_is_cue(const struct lang_doc *doc, size_t token);
bool phrase_is(const struct lang_doc *doc, size_t token, const char *text);
/* Is it 's, or the apostrophe behind a plural? */
bool phrase_is_possessive_mark(const struct lang_doc *doc, size_t token);
/* The noun phrase that ends right before the cue, or begins right behind it, in sentence s: tokens
 * [out[0], out[1]). False if there is none. */
bool phrase_before(const struct lang_doc *doc, struct sentence s, size_t cue, size_t out[2]);
bool phrase_after(const struct lang_doc *doc, struct sentence s, size_t cue, size_t out[2]);

#endif
