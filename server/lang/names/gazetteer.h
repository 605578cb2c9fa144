/* What is known of words and names before any article is read: the lists of words/ (their format
 * is in words/README.md), loaded once into two hash tables. For the engine's own files. */
#ifndef LANG_NAMES_GAZETTEER_H
#define LANG_NAMES_GAZETTEER_H

#include "lang/lang.h"

/* What a word can be. Several may hold ("Will", "Jordan"); all are evidence, none is proof. */
enum word_flag {
    WORD_COMMON = 1u << 0, /* usually written small */
    WORD_MALE = 1u << 1,   /* a man's first name, or a noun or title of a man */
    WORD_FEMALE = 1u << 2,
    WORD_FIRST = 1u << 3,     /* a first name */
    WORD_HONORIFIC = 1u << 4, /* Mr, Dr */
    WORD_RANK = 1u << 5,      /* Sen., Gen.: an honorific that tells the office */
    WORD_ROLE = 1u << 6,      /* noun for a person by office or trade: president, lawyer */
    WORD_LEADER = 1u << 7,    /* ... who leads a state */
    WORD_PLURAL = 1u << 8,
    WORD_UNNAMED = 1u << 9, /* noun for speakers without a name: official, sources */
    WORD_SPOKES = 1u << 10,
    WORD_KIN = 1u << 11,      /* relation to somebody: son, lawyer, counterpart */
    WORD_MODIFIER = 1u << 12, /* former, deputy, senior */
    WORD_DET = 1u << 13,
    WORD_POSSESSIVE = 1u << 14,
    WORD_ORG = 1u << 15, /* head of an organisation's name: ministry, party */
    WORD_PLACE = 1u << 16,
    WORD_EVENT = 1u << 17, /* head of a name that no actor bears: summit, act */
    WORD_DATE = 1u << 18,
    WORD_FUNCTION = 1u << 19,
    WORD_SAY = 1u << 20,
    WORD_PARTICLE = 1u << 21, /* de, van, al- */
    WORD_SUFFIX = 1u << 22,   /* Jr., III */
    WORD_FAMILY = 1u << 23,   /* a family name that stands before the given name: Kim, Xi */
    WORD_PRONOUN = 1u << 24,
    WORD_COUNTRY = 1u << 25,     /* noun for a state or who acts for it: country, government */
    WORD_COLLECTIVE = 1u << 26,  /* noun for a body of people: troops, delegation */
    WORD_NOMINAL_ORG = 1u << 27, /* noun that stands for an organisation named before */
    WORD_VERB = 1u << 28,        /* oftenest a verb */
    WORD_NOUN = 1u << 29,        /* oftenest a noun */
    WORD_FIELD = 1u << 30        /* tells offices apart: prime, foreign, vice */
};

enum form_kind {
    FORM_FULL,
    FORM_SHORT,
    FORM_ACRONYM,
    FORM_DEMONYM,
    FORM_METONYM,
    FORM_CAPITAL, /* the city and, as a metonym, the state */
    FORM_NATIVE,
    FORM_CONTEXT, /* only where another form stands in the article: "the North" */
    FORM_PLACE    /* no actor at all */
};

struct gaz_entity {
    struct str name; /* canonical */
    enum actor_kind kind;
    int32_t of;         /* entity it belongs to, or -1 */
    struct str demonym; /* the adjective, for roles: "French"; may be empty */
    uint32_t first_form, n_forms;
};

struct gaz_form {
    struct str text;
    int32_t entity; /* -1 for a place */
    enum form_kind kind;
};

/* Not an enumerator: those are int. Oftenest neither noun, verb nor adjective. */
#define WORD_ADVERB (1u << 31)

/* The flags of a word, whatever its case and accents; 0 if it is in no list. */
uint32_t gaz_word(struct str word);
/* The form a run of words spells, the words joined by gaz_hash_add in order; NULL if none. */
const struct gaz_form *gaz_phrase(uint64_t hash);
uint64_t gaz_hash_add(uint64_t hash, struct str word, bool space_before);
/* The form of a whole text (one space between words). */
const struct gaz_form *gaz_form_of(struct str text);
const struct gaz_entity *gaz_entity(int32_t index);
const struct gaz_form *gaz_form(uint32_t index);
/* The same number for first names that are forms of one name (Vladimir, Volodymyr; Mike,
 * Michael), a number of its own for every other. `folded` as by name_fold. */
uint64_t gaz_first_name(struct str folded);

/* Small letters without accents, for comparison: "Barroso" and "Çavuşoğlu" become "barroso",
 * "cavusoglu"; curly apostrophes become straight. Writes at most `cap` bytes, returns the length.
 */
size_t name_fold(struct str s, char *out, size_t cap);
/* Spelling reduced to what transliterations share: Zelensky, Zelenskiy, Zelenskyy alike. */
uint64_t name_skeleton(struct str word);

#endif
