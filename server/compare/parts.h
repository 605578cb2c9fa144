/* The stages of the comparison, for its own files and tests.
 *
 * Order: vocabulary (words as data) -> texts (terms of every article) -> sayings (statements with
 * their weighted words, in canonical order) -> origins -> utterances -> variants, absences,
 * positions, conflicts. Everything lives in the arena of compare_story's caller. "Canonical" order
 * depends on what articles contain, never on their ids or place in the input. */
#ifndef COMPARE_PARTS_H
#define COMPARE_PARTS_H

#include "base/day.h"
#include "base/map.h"
#include "compare/compare.h"

/* ---- vocabulary.c: the lists in words/. */
enum { PHRASE_WORDS = 4 };

/* A phrase of a group, as stems; the members of one group exclude each other. */
struct phrase {
    uint64_t stem[PHRASE_WORDS];
    uint8_t n;
    uint16_t group, member; /* both from 1 */
    bool takes_object;      /* active voice: what it happens to stands behind the verb */
    bool has_none;          /* with an object it tells of something else: "lost a third" */
    bool weak;              /* counts between wordings of one utterance only */
};

struct phrases {
    struct phrase *v;
    size_t n;
    struct map first;  /* stem of a first word -> 1 */
    struct map themes; /* hash of group and noun's stem -> 1: what the group happens to */
    uint16_t n_groups;
};

/* What speaks for and against two statements' being one saying, each from 0 to about 1; their
 * weights are in words/join.txt. */
enum join_feature {
    JOIN_BIAS,
    JOIN_ACTS_FOR,      /* one speaker acts for the other */
    JOIN_UNKNOWN,       /* a speaker is unknown, unnamed or may be the other by name */
    JOIN_OTHERS,        /* other speakers, not two persons */
    JOIN_PERSONS,       /* two persons */
    JOIN_DICE,          /* likeness of the words, over both */
    JOIN_CONTAINED,     /* over the lesser, damped while little is shared */
    JOIN_SHARED,        /* weight of what is shared */
    JOIN_QUOTE,         /* words that run alike in both quotations */
    JOIN_QUOTE_WHOLE,   /* and their share of the longer one */
    JOIN_QUOTE_IN_BOTH, /* and of all the words */
    JOIN_QUOTES_APART,  /* both quote and share no word of it */
    JOIN_ONE_QUOTES,    /* one quotes, the other does not */
    JOIN_SAME_ARTICLE,
    JOIN_SAME_LISTENER,
    JOIN_OTHER_LISTENER,
    JOIN_SAME_DAY,
    JOIN_OTHER_DAY,
    JOIN_SAME_CHANNEL,
    JOIN_OTHER_CHANNEL,
    JOIN_ALONE,    /* both are their speaker's only statement in the article */
    JOIN_FEW,      /* one over the number of statements the speaker has in both */
    JOIN_SHORT,    /* one over the number of words of the shorter */
    JOIN_NUMBERS,  /* they count the same thing differently */
    JOIN_NEGATION, /* one is turned round */
    JOIN_SENSE,    /* how near in sense, beside what all of the story has in common */
    JOIN_COUNT
};

/* What speaks for two statements' being parts of one act of saying, beside their own likeness:
 * others of the same two speakers in the same two articles that are one saying. Weights:
 * words/act.txt. */
enum act_feature {
    ACT_BIAS,
    ACT_LIKE,         /* likeness of the two themselves */
    ACT_LIKELY,       /* the same from a half on */
    ACT_ANYWHERE,     /* that of the best pair of the two speakers in the two articles */
    ACT_BLOCK,        /* and in the two stretches of speech in which they stand */
    ACT_NEAR,         /* that over the distance, in statements */
    ACT_MANY,         /* how many likely pairs there are anywhere, over four */
    ACT_CHANNEL,      /* ACT_ANYWHERE where a channel is named for the speaker in either article */
    ACT_SAME_CHANNEL, /* in both, and it agrees */
    ACT_FEW,          /* ACT_ANYWHERE over how much the speaker says */
    ACT_QUOTES,       /* ACT_ANYWHERE where both quote */
    ACT_INDIRECT,     /* ACT_ANYWHERE where neither does */
    ACT_COUNT
};

/* What speaks for and against two groups of statements becoming one saying. "Logit": the logarithm
 * of the odds, over four. Across: of two statements of different articles. Weights:
 * words/merge.txt. */
enum merge_feature {
    MERGE_BIAS,
    MERGE_BEST,   /* logit of the pair that would bring them together */
    MERGE_UNLIKE, /* it has hardly a word in common */
    MERGE_QUOTED,
    MERGE_WITHIN,     /* both stand in one article */
    MERGE_OTHERS,     /* their speakers are not known to be one */
    MERGE_ACTS_FOR,   /* one acts for the other */
    MERGE_MEAN,       /* logit of the mean across */
    MERGE_LEAST,      /* and of the least */
    MERGE_MEAN_ALL,   /* of the mean with those of one article */
    MERGE_SINGLE,     /* each group is one statement */
    MERGE_SIZE,       /* logarithm of the larger one's */
    MERGE_SHARED,     /* share of the smaller one's in articles that the larger one has */
    MERGE_TWIN,       /* likeness of the two that are most alike in one article */
    MERGE_ALONE,      /* logits across and of the best pair by themselves, without what the */
    MERGE_BEST_ALONE, /* speakers say beside them */
    MERGE_GAP,        /* sentences between the nearest two of one article, logarithm */
    MERGE_NO_GAP,     /* there are none in one article */
    MERGE_SIBLINGS,   /* how much a speaker says in an article, logarithm */
    MERGE_DOCUMENT,   /* of a lawsuit, a report: many claims */
    MERGE_ANYWHERE,   /* likelihood of other pairs of the two speakers in two articles */
    MERGE_BOTH_QUOTE, /* in one article, and both quote */
    MERGE_QUOTES,     /* share that quotes */
    MERGE_COUNT
};

/* What a unit measures (units.txt). */
enum unit_kind { UNIT_SHARE, UNIT_MONEY, UNIT_SPAN, UNIT_OTHER, UNIT_KINDS };
struct unit {
    enum unit_kind kind;
    uint64_t what; /* hash of what it measures: "length" */
    double scale;  /* base units in one */
};

enum { MOST_UNITS = 128 };

struct vocabulary {
    double join[JOIN_COUNT], act[ACT_COUNT], merge[MERGE_COUNT];
    struct map units; /* folded word -> place in `unit` + 1 */
    struct unit unit[MOST_UNITS];
    struct map stop, common, numbers, synonyms, marks;
    struct map irregular; /* folded form -> place in `bases` + 1 */
    uint64_t *bases;      /* stems of the verbs in words/irregular.txt */
    size_t bases_cap;
    uint32_t n_bases;
    struct map tolls;    /* folded word -> line of words/tolls.txt, from 1 */
    struct map channels; /* folded name -> line of words/channels.txt, from 1 */
    struct map works;    /* stems of words/works.txt */
    struct phrases events, presence, later, opposites;
};

/* Kinds of marking words in words/marks.txt (bits in vocabulary.marks). */
enum mark {
    MARK_NEGATION = 1,      /* not, never, no, without */
    MARK_DENIAL = 2,        /* denied, dismissed, fake */
    MARK_CLAIM = 4,         /* report, claim, allegation, speculation */
    MARK_APPROX = 8,        /* about, nearly, at least */
    MARK_ABBREVIATION = 16, /* Mr., Gen.: a full stop behind it ends no sentence */
    MARK_NEGATIVE = 64,     /* refuse, unacceptable: turn a sentence without a "not" */
    MARK_REJECTION = 128,   /* rejected, dismissed: a denial if what is rejected is a claim */
    MARK_FAVOUR = 512,      /* supports, backed, welcomes: for what follows */
    MARK_AGAINST = 1024,    /* opposes, condemned: against it */
    MARK_CONDITION = 2048,  /* if, unless, provided */
    MARK_TALLY = 4096,      /* points, yards: counted again and again */
    MARK_PAST = 16384,      /* shot, met: verbs of what has happened, without "-ed" */
    MARK_DATE = 32768,      /* Monday, March */
    MARK_OTHER = 8192,      /* another, previous: not the one in question */
    MARK_UNTRUE = 256,      /* fake, false: a denial only of what they are said of */
    MARK_UNIT = 32,         /* people, killed, percent: nouns worth comparing numbers of */
    MARK_BE = 1 << 16,      /* was, been, got: before a participle */
    MARK_UNREAL = 1 << 17,  /* would, if, hopes: what follows has not happened */
    MARK_AGAIN = 1 << 18,   /* twice, previously: what happened before is not the news of the day */
    MARK_CLAUSE = 1 << 19,  /* but, which, after: an active verb's object has ended */
    MARK_JOINING = 1 << 20, /* and, then: between two participles of one "was" */
    MARK_DETERMINER = 1 << 21, /* the, his, this */
    MARK_PEOPLE = 1 << 22,     /* people, members: who they are is left open */
    MARK_UNSURE = 1 << 23,     /* yet, only, won't: a "not" before it denies no fact */
    MARK_LIMIT = 1 << 24,      /* at least, about: may stand between "killed" and how many */
    MARK_QUANTITY = 1 << 25    /* half, dozens: how many, without a number */
};

/* The lists, for reading only; any thread. */
void vocabulary_load(struct vocabulary *lex);
/* The stem that stands for all words of one line of words/synonyms.txt. */
uint64_t synonym_stem(uint32_t line);
/* The key of a noun in phrases.themes. */
uint64_t theme_key(uint16_t group, uint64_t stem);
/* The stem, or that of the verb whose irregular form the folded word is. */
uint64_t vocabulary_stem(const struct vocabulary *lex, uint64_t folded, uint64_t stem);
/* How much a word says, 0 (everywhere) .. 1 (rare), from everyday news. */
double vocabulary_rarity(const struct vocabulary *lex, uint64_t stem);

/* ---- stem.c: folding for comparison. */
/* The word without a possessive ending (and without a plural one's apostrophe). */
struct str without_possessive(struct str word);
/* Hash of the word in lower case without accents and possessive. */
uint64_t word_fold(struct str word);
/* Hash of the stem: inflection and British/American spelling removed. Meant for meeting words
 * again, not for reading. */
uint64_t word_stem(struct str word);
enum { WORD_MAX = 64 }; /* longer words are compared by their first bytes */
/* Writes the folded word and returns its length. */
size_t word_fold_into(struct str word, char out[WORD_MAX]);

/* ---- terms.c: the words of a text. */
enum term_flag {
    TERM_STOP = 1,
    TERM_NUMBER = 2,
    TERM_CAPITAL = 4,
    TERM_QUOTED = 8,
    TERM_INNER = 16, /* inside a mention, behind its first word: says nothing of its own */
    TERM_ACTOR = 32  /* stands for an actor: stem is the hash of its key */
};

struct term {
    struct span at;
    uint64_t word, stem, raw_stem; /* folded; stem after synonyms; stem before them */
    double number;                 /* with TERM_NUMBER */
    uint32_t sentence;
    uint32_t quote; /* number of the quotation it stands in, 0: none */
    uint8_t flags;
};

/* First and end term, half-open. */
struct term_range {
    uint32_t first, end;
};

struct text {
    struct str text;
    struct term *terms;
    size_t n_terms;
    struct term_range *sentences;
    size_t n_sentences;
};

void text_read(struct arena *a, const struct vocabulary *lex, struct str text, struct text *out);
/* "Paid" becomes "pay": signatures are made without. */
void text_unite_forms(const struct vocabulary *lex, struct text *t);
/* Words inside mentions become the actor they name ("Washington", "the US"). */
void text_name_actors(struct text *t, const struct lang_reading *reading);
/* The terms that lie in the span. */
struct term_range text_range(const struct text *t, struct span at);
bool term_is_content(const struct term *t);
/* The slice of the text. */
struct str text_slice(const struct text *t, struct span at);
/* From the first byte of term `first` to the last of term `end - 1`. */
struct span text_span(const struct text *t, struct term_range r);

/* ---- bag.c: sets of weighted words. */
struct weighted {
    uint64_t stem;
    float weight;
};

struct bag {
    struct weighted *v; /* each word once, sorted by stem */
    size_t n;
    double weight; /* of all words */
};

/* Sorts the words, drops repeated ones and adds up their weight. */
void bag_close(struct bag *bag);

struct likeness {
    double shared; /* weight of the words both have */
    double least;  /* the same over the weight of the lesser, 0..1 */
    double dice;   /* over that of both, 0..1 */
    size_t words;  /* how many they share */
};
/* Weight of the words both have, as `a` has them: added up as meetings do. */
double bag_shared(const struct bag *a, const struct bag *b);
struct likeness bag_likeness(const struct bag *a, const struct bag *b);

/* Which of many bags share words. Bags stay where they are while it is used. */
struct meetings {
    const struct bag *bags;
    size_t n;
    uint32_t *at;         /* word k of bag i -> its place in `bag`: at[first_word[i] + k] */
    uint32_t *bag;        /* bags of one word after each other, the last one marked */
    uint32_t *first_word; /* of each bag; n + 1 */
    double *shared;       /* by bag: weight of the shared words, as the one asked about has them */
    uint32_t *words;      /* by bag: how many they are */
    uint32_t *met;        /* ascending */
    size_t n_met;
    uint32_t most; /* of one word's bags so many are met on either side; 0: all */
};
#define LAST_OF_WORD UINT32_C(0x80000000)

void meetings_index(struct arena *a, const struct bag *bags, size_t n, struct meetings *m);
/* Fills met, shared and words with the bags behind `i` that share a word with it; returns n_met.
 * The answer stands until the next question. */
size_t meetings_after(struct meetings *m, uint32_t i);
/* The same with those before it too. */
size_t meetings_with(struct meetings *m, uint32_t i);

/* ---- the working state of one comparison. */

/* A word inside quotation marks and its place in saying.terms. */
struct quoted_word {
    uint64_t word;
    uint32_t at;
};

/* A word of a statement where it first stands in it. */
struct turned_word {
    uint64_t stem;
    bool turned; /* negated, by words before it or by the cue */
    bool tells;  /* a word that says something stands for the stem: no number, no actor */
};

/* One statement, with what is needed to compare it. */
struct saying {
    uint32_t article, statement; /* indices into input.articles and its reading's statements */
    const struct lang_statement *st;
    int64_t id;
    uint32_t cue_marks, content_marks; /* enum mark: of all its words */
    struct str speaker, of;            /* actor keys, may be empty */
    struct str speaker_word;           /* of the speaker's key, the first that tells bodies apart */
    bool spokesperson;                 /* it says so */
    bool court, former; /* standing.c: a court or who judges, who has been in an office; unnamed */
    struct str day;     /* said on, or empty */
    struct str channel;
    uint32_t *terms; /* of the content, into the text's terms */
    size_t n_terms;
    struct bag bag;             /* content words */
    struct quoted_word *quoted; /* those of `terms` inside quotation marks, sorted */
    size_t n_quoted;
    size_t quoted_content;      /* how many of these say something, or stand in a name */
    struct turned_word *turned; /* each word once, sorted by stem */
    size_t n_turned;
    uint64_t addressee; /* to whom it was said, or 0 */
    struct span told;   /* its place */
    bool told_actor;    /* it is a named actor */
    float *sense;       /* LANG_SENSE numbers, of length 1; or NULL */
    uint32_t siblings;  /* its speaker's other statements in the article */
    uint32_t utterance;
};

struct work {
    struct arena *arena;
    const struct compare_input *in;
    struct vocabulary lex;
    uint32_t *order; /* canonical rank -> article */
    uint32_t *rank;  /* article -> canonical rank */
    struct text *texts;
    struct saying *sayings; /* in canonical order */
    size_t n_sayings;
    struct saying ***members; /* per utterance of `out`: its sayings, in canonical order */
    struct map df;            /* stem -> sentences of the story that have it */
    uint32_t df_unseen;       /* of a stem that is not there */
    size_t n_sentences;
    struct comparison *out;
    size_t conflict_cap;
    uint32_t *first_saying; /* article -> its first saying's index; n_articles + 1 by rank */
    struct map told;        /* article and sentence -> the first of `told_in` there + 1 */
    struct told_in *told_in;
};

/* A saying that has words, or its cue, in a sentence. */
struct told_in {
    uint32_t saying, next; /* next: of the sentence, + 1; 0 at the end */
};

/* ---- order.c */
void work_order(struct work *w);
/* ---- saying.c */
void work_texts(struct work *w);
void work_sayings(struct work *w);
/* Adds a text's words to df, in the work's arena. */
void work_count_words(struct work *w, const struct text *t);
double work_weight(const struct work *w, const struct term *t);
/* The statement's words as one line, for notes: at most `max` bytes, cut at a word. */
struct str saying_words(const struct work *w, const struct saying *s, size_t max);

/* ---- sense.c: what statements mean, by the vectors of their words. */
void work_senses(struct work *w);
/* -1..1; 0 where one is not known. */
double sayings_sense(const struct saying *a, const struct saying *b);

/* ---- match.c: do two statements report one saying? */
struct match {
    double score; /* how likely it is, 0..1 */
    float alone;  /* the same by their own words, before others are heard (act.c) */
    float beside; /* how likely others of the two speakers are one saying in the two articles */
    bool never;   /* something speaks against it that no likeness outweighs */
    bool unlike;  /* hardly a word in common: by itself no ground, however little is said besides */
    bool quoted_apart; /* both quote at length, but not the same */
    bool quoted;       /* by what both quote: a statement joined to one is joined to the other */
    bool retold;       /* by the same speaker, in like words, nothing turned or counted anew */
    bool continues;    /* the one completes the other's sentence */
    const char *rule;
};
struct match saying_match(const struct work *w, const struct saying *a, const struct saying *b);
/* The same with what the score was made of. */
struct match saying_match_features(const struct work *w, const struct saying *a,
                                   const struct saying *b, double f[JOIN_COUNT]);
/* The kind of the one who speaks; ACTOR_UNNAMED if nobody is known to. */
enum actor_kind saying_kind(const struct work *w, const struct saying *s);
/* Is one the other, or does one act for the other? */
enum kinship { KIN_NONE, KIN_SAME, KIN_ACTS_FOR };
/* May both keys name one person: "doug-collins" and "douglas-a-collins"? */
bool keys_may_be_one(struct str a, struct str b);
/* The speaker's canonical name, for notes to people; empty if nobody is known. */
struct str saying_speaker_name(const struct work *w, const struct saying *s);
enum kinship saying_kinship(const struct saying *a, const struct saying *b);
/* Fills in of its speaker's key what saying_kinship asks first. */
void saying_find_key(struct saying *s);
/* Fills in whether a court speaks, or a former this or that. */
void saying_find_standing(const struct work *w, struct saying *s);
/* May both be one way of saying it? */
bool channels_agree(const struct work *w, struct str a, struct str b);
/* The longest run of equal words that both have inside quotation marks; *content counts those
 * that are no stop words. */
size_t common_quote(const struct work *w, const struct saying *a, const struct saying *b,
                    size_t *content);
/* channel.c: do both tell the same thing of one act: quoted words, or like ones? */
bool saying_shares_words(const struct work *w, const struct saying *a, const struct saying *b);

/* ---- utterance.c, variant.c, absence.c, position.c, origin.c: each fills its part of `out`. */
void work_utterances(struct work *w);
/* Labels of the wordings; members in the order of u->wordings. */
void work_variants(struct work *w, struct utterance *u, struct saying *const *members);
/* Do both count the same thing, and differently? */
bool sayings_count_differently(const struct work *w, const struct saying *a,
                               const struct saying *b);
/* Fills s->turned. */
void saying_find_turned(struct work *w, struct saying *s);
/* Does a word that both have stand under a negation in one of them alone? */
bool sayings_negate_differently(const struct saying *a, const struct saying *b);
/* `quotes_differ` as in struct wording. */
enum variant variant_of(struct work *w, const struct saying *fullest, const struct saying *s,
                        bool *quotes_differ);
void work_absences(struct work *w);
void work_positions(struct work *w);
/* one_actor.c: do two sayings on one issue come from the same actor, by whatever names? one_side:
 * they take the same stance on it, without which groups that nobody names are two. */
bool saying_one_actor(const struct work *w, const struct saying *a, const struct saying *b,
                      bool one_side);
bool saying_names_better(const struct work *w, const struct saying *a, const struct saying *b);
void work_origins(struct work *w);
void work_actors(struct work *w);

/* ---- conflict/finding.c: collects what the rules find. */
struct finding {
    const char *rule, *nature;
    struct str note;
    struct conflict_span *spans;
    size_t n_spans;
};
void work_conflicts(struct work *w);
/* A rule adds a finding; spans are copied. */
void conflict_add(struct work *w, const struct finding *f);
/* Whether it is the outlets, the actor or the times that differ, from the days of two sayings
 * (may be NULL) and the days of the articles they stand in. */
const char *conflict_nature(const struct work *w, const struct conflict_span *a,
                            const struct conflict_span *b);

/* Of what may exclude each other, each is compared with so many that follow it: time must not grow
 * with the square of the story. */
enum { MOST_RIVALS = 400 };

/* Many places of which some pairs exclude each other: one finding for each set that hangs
 * together, with a note on its first pair. */
struct contradictions {
    const char *rule;
    const struct conflict_span *at;
    size_t n;
    bool (*against)(const struct work *w, const void *items, size_t i, size_t k);
    const void *items;
    const uint64_t *key; /* by place: only those of one key can exclude each other; NULL: all */
};
void conflict_add_sets(struct work *w, const struct contradictions *c);
/* Does the word belong to a cue of the article's statements? */
bool saying_cues(const struct work *w, uint32_t article, uint32_t term);
/* The statement in whose content (or cue) the place lies, or NULL. */
const struct saying *saying_at(const struct work *w, uint32_t article, struct span at);
/* ---- place.c */
/* The mention that covers the place's beginning, or NULL; is it a person? */
const struct lang_mention *mention_at(const struct work *w, uint32_t article, struct span at);
bool actor_is_person(const struct work *w, uint32_t article, struct span at);
/* The next phrase at or after index *i that begins at the term, *i moved behind it; NULL at the
 * end. */
const struct phrase *phrase_at(const struct phrases *p, const struct text *t, uint32_t at,
                               size_t *i);
/* The content words of a sentence; numbers do not count. */
struct bag sentence_bag(const struct work *w, const struct text *t, uint32_t sentence);

/* The rules, each in conflict/NAME.c. */
void conflict_stance(struct work *w);
void conflict_speaker(struct work *w);
void conflict_channel(struct work *w);
void conflict_event(struct work *w);
void conflict_number(struct work *w);
void conflict_time(struct work *w);
void conflict_presence(struct work *w);
void conflict_denial(struct work *w);
void conflict_contrary(struct work *w);
void conflict_opposite(struct work *w);
void conflict_headline(struct work *w);
void conflict_wording(struct work *w);

#endif
