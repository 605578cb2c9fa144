/* What the stages of names share while one article is read: every name, nominal and pronoun found,
 * the offices people hold, and who they turn out to be. Lives in the document's arena until
 * resolve.c has made mentions and actors of it. For name*, coref*, resolve* and run.c. */
#ifndef LANG_NAMES_NAMES_H
#define LANG_NAMES_NAMES_H

#include "lang/names/gazetteer.h"
#include "lang/parts.h"

enum find_type {
    FIND_DROPPED, /* no actor after all */
    FIND_PERSON,
    FIND_ENTITY,  /* in the gazetteer */
    FIND_ORG,     /* an organisation that is not */
    FIND_UNKNOWN, /* capitals of unknown meaning */
    FIND_NOMINAL, /* a person by office or trade: "the US secretary of state", "two officials" */
    FIND_PRONOUN
};

enum gender { GENDER_UNKNOWN, GENDER_MALE, GENDER_FEMALE };

/* An office somebody holds. */
struct office {
    struct str text; /* "US Secretary of State" */
    uint64_t head;   /* hash of the folded head noun */
    uint64_t bag;    /* a bit for each of its words */
    int32_t of;      /* gazetteer entity, or -1 */
    int32_t owner;   /* index of the find that possesses it ("Trump's lawyer"), or -1 */
    uint32_t flags;  /* of the head noun */
    bool former;
    bool full; /* it stood beside a full name, not "President Obama" */
};

struct find {
    uint32_t first, end;     /* tokens of the mention */
    uint32_t core, core_end; /* of a person: the name without honorific */
    struct span at;
    enum find_type type;
    const struct gaz_form *form; /* of an entity */
    enum gender gender;
    bool honorific, titled, plural, definite, headline, place, gov, single_use;
    bool body;      /* of unknown capitals: likelier a body's name than a person's */
    uint32_t head;  /* of a nominal: its head token */
    int32_t office; /* of a nominal: index, or -1 */
    int32_t
        beside; /* of a nominal: the find of the person whose title or apposition it is, or -1 */
    int32_t of; /* of a nominal: gazetteer entity, or -1 */
    int32_t possessor; /* of a nominal: find that possesses it, or -1 */
    int32_t who;       /* index into names.who, or -1 */
};

/* A person's name in words, without "Jr." */
struct person_name {
    struct str words[8];
    uint64_t skeleton[8]; /* name_skeleton of each */
    size_t n;
    bool junior, family_first;
};

/* The offices the run knew of somebody by this name and gender when last asked. */
struct known_offices {
    const struct office *v;
    uint32_t n;
    bool asked;
    enum gender gender;
    struct str name;
};

/* Somebody: a cluster of finds. */
struct who {
    enum actor_kind kind;
    struct str name; /* the fullest form in this article; later the canonical one */
    struct str role, of_name;
    struct str trade;         /* of a body: what it does, where that is known: "carries" */
    int32_t entity;           /* gazetteer entity, or -1 */
    int32_t of;               /* gazetteer entity it belongs to, or -1 */
    struct person_name parts; /* of a person: its name in words */
    uint64_t given;           /* group of the first name */
    uint64_t folded[2];       /* of an organisation: hashes of its name and first form, or 0 */
    enum gender gender;
    uint32_t first_at, last_at; /* tokens */
    uint32_t count, full;       /* finds; finds with more than the surname */
    int32_t offices[6];
    uint32_t n_offices;
    struct lang_name forms[12];
    uint32_t n_forms;
    int32_t belongs; /* whom an unnamed one belongs to: index into names.who, or -1 */
    int32_t actor;   /* index into doc.actors, or -1 */
    bool listed, given_asked;
    struct known_offices known;
};

/* After so many finds (a text of about a megabyte) nobody new is looked for: what follows
 * compares finds with finds. */
enum { MAX_FINDS = 1 << 14 };

struct names {
    struct lang_doc *doc;
    uint32_t *flags; /* a token each: gaz_word */
    int32_t *owner;  /* a token each: find that covers it, or -1 */
    struct find *finds;
    size_t n_finds, cap_finds;
    struct office *offices;
    size_t n_offices, cap_offices;
    struct who *who;
    size_t n_who, cap_who;
    struct source_at *sources; /* actors/sources.c's list, by place */
    size_t n_sources;
    struct bodies *bodies; /* actors/refer_body.c's lists, made when first asked for */
};

static inline struct str names_text(const struct names *w, uint32_t token)
{
    return lang_token_text(w->doc, token);
}

/* scan.c */
struct find *names_add(struct names *w, uint32_t first, uint32_t end, enum find_type type);
bool names_is(const struct names *w, uint32_t token, const char *word);
/* The text of tokens [first, end) with single spaces. */
struct str names_join(const struct names *w, uint32_t first, uint32_t end);
/* Is the token the mark of a possessive ("'s", "’")? */
bool names_is_possessive(const struct names *w, uint32_t token);
/* Fills finds with persons, entities and organisations. */
void names_scan(struct names *w);
/* The longest form of the gazetteer that begins at token i and ends before `limit`, *end behind it;
 * or NULL. */
const struct gaz_form *names_longest_form(const struct names *w, uint32_t i, uint32_t limit,
                                          uint32_t *end);
/* Does a surname follow a first name that is also a country or a town? */
bool names_begins_person(const struct names *w, uint32_t i, uint32_t limit);

/* form.c: adds the known name that begins at token i; returns the end of it, or i. */
uint32_t names_scan_form(struct names *w, uint32_t i, uint32_t limit, bool headline);

/* surname.c: adds the surnames standing alone that scanning takes for offices. */
void names_find_surnames(struct names *w);

/* kind.c: what a run of capitals is, from its words and its neighbours. */
/* Returns the end of what it took. */
uint32_t names_judge_run(struct names *w, uint32_t first, uint32_t end);

/* Does somebody speak at the run: "X said", "said X", "X, 45,"? */
bool names_acts(const struct names *w, uint32_t first, uint32_t end);
/* Does it stand as a place: "police in Weidau said"? */
bool names_in_place(const struct names *w, uint32_t first);
/* Is there a title directly before: "envoy Steve Witkoff"? */
bool names_is_titled(const struct names *w, uint32_t first);

/* body.c: companies and other bodies whose names have no word that says so. */
bool names_is_company_suffix(const struct names *w, uint32_t token); /* "Inc.", "plc" */
/* Does the noun name a body of a state: "Ministry", "Survey"? */
bool names_is_public(const struct names *w, uint32_t token);
/* Does the word before a country's name make a company's of it: "Air India"? */
bool names_is_company_front(const struct names *w, uint32_t token);
/* Is it an adjective that begins with a name: "Texas-based"? */
bool names_is_hyphened(const struct names *w, uint32_t token);
/* Does the word before a party's name make it another: "Social Democrats"? */
bool names_is_party_front(const struct names *w, uint32_t token);
/* Is the name followed by its first letters: "Quay River Ships (QRS)"? */
bool names_spells(const struct names *w, uint32_t first, uint32_t end);
/* Is the noun one for a company, group, agency or outlet? */
bool names_is_body_noun(const struct names *w, uint32_t token);
void names_find_bodies(struct names *w);

/* nominal.c: without "in May", "last week": when somebody spoke is no part of what they are
 * called. */
struct str names_without_time(struct str name);
/* nominal.c: finds phrases for people ("the former F.B.I. director", "two officials"). */
void names_find_nominals(struct names *w);
/* office.c: reads the office a nominal names, and gives it to the person it stands beside. */
void names_find_offices(struct names *w);
uint64_t names_hash(struct str word); /* of the word folded */

/* resolve.c: clusters persons, entities and organisations. */
void names_resolve(struct names *w);
struct who *names_who(struct names *w, enum actor_kind kind);
void names_see(struct names *w, int32_t who, uint32_t find);
int32_t names_who_of_entity(struct names *w, int32_t entity);

/* actors/organisation.c: an organisation's name, an unknown acronym; the outlet a short name ends.
 */
void names_resolve_org(struct names *w, uint32_t find);
void names_resolve_acronym(struct names *w, uint32_t find);
/* "Canadian Red Cross", "India's Supreme Court": another body than the one known by that name.
 * Makes it one, if so. */
bool names_resolve_other(struct names *w, uint32_t find);
/* The one organisation whose name begins with this, or -1. */
int32_t names_org_begun_by(const struct names *w, struct str name);
int32_t names_outlet_before(const struct names *w, uint32_t find);
/* A country as an adjective for names and roles: "French", "US". */
struct str names_adjective(int32_t nation);
bool names_is_upper(struct str s); /* no small letter */

/* actors/refer_body.c: who "the company" is, or -1; what is a name of unknown meaning so far may
 * turn out to be one. */
int32_t names_body_before(struct names *w, uint32_t nominal);

/* actors/sources.c: lists the sources of the document's attributions, for what follows. */
void names_list_sources(struct names *w);
/* Is part of it in a source? */
bool names_in_source(const struct names *w, struct span at);
/* The attribution of which it is a source, or NULL. */
const struct attribution *names_source_of(const struct names *w, struct span at);
/* The end of the first source that begins where `at` does and holds it; 0 if there is none. */
uint32_t names_source_end(const struct names *w, struct span at);
/* The attribution whose source stands last before the byte, not in a quotation; or NULL. */
const struct attribution *names_spoke_before(const struct names *w, uint32_t at);

/* actors/refer_office.c, actors/refer_pronoun.c */
void names_resolve_nominals(struct names *w);
void names_resolve_pronouns(struct names *w);
void names_resolve_unnamed(struct names *w, uint32_t nominal);
/* actors/refer_possessed.c */
/* "The Trump campaign": makes a body of it, if it is one. */
bool names_resolve_led_body(struct names *w, uint32_t nominal);
/* Does it begin with a pronoun that says whose: "his party"? */
bool names_is_possessed(const struct names *w, const struct find *f);
/* Those that begin with a pronoun, once pronouns are resolved. */
void names_resolve_possessed(struct names *w);
/* Does every word begin with a capital? */
bool names_all_capital(struct str s);
/* Writes common words small, in place: "Attorney General" for nobody by name. */
void names_make_small(struct str name);

/* person.c */
struct person_name person_name_of(struct str name);
/* Can both be the name of one person? */
bool person_names_agree(const struct person_name *a, const struct person_name *b);
uint64_t person_surname(const struct person_name *name); /* skeleton */

/* actors/emit.c: the steps from a text to its mentions and actors. */
void names_find(struct names *w);   /* names, nominals, offices; the run plays no part */
void names_settle(struct names *w); /* who they are; all but pronouns */
void names_tell(struct names *w);   /* settles, and makes the document's mentions and actors */
struct str names_slug(struct arena *a, struct str name);

/* run.c: what the other articles of the run say; `run` may be NULL. Results live as long as the
 * run, or are empty if it knows no better. */
struct str run_person_name(const struct lang_run *run, const struct who *who);
struct str run_person_role(const struct lang_run *run, struct str name);
/* In how many articles somebody of this name is named in full. */
uint32_t run_person_articles(const struct lang_run *run, struct str name);
int32_t run_person_of(const struct lang_run *run, struct str name);
/* The canonical name a person has decided on for this name. */
struct str run_known_name(const struct lang_run *run, struct str name);
const struct office *run_person_offices(const struct lang_run *run, const struct who *who,
                                        uint32_t *n);

/* What lang.h promises, and the names found so far. */
struct lang_draft {
    struct lang_article article;
    struct lang_doc doc;
    struct names names;            /* found, not settled */
    struct str language, detected; /* detected: by the text alone */
    bool english, fully_read;
    bool stored; /* its attributions were given, not found */
};
/* attribution/pack.c: a draft's attributions as bytes, empty when that is impossible; and back.
 * False, with nothing changed, when they are not of this text, language and program. */
struct str attributions_pack(const struct lang_draft *from, struct arena *a);
bool attributions_unpack(struct lang_draft *draft, struct str packed);
/* The language that lang_detect found in the text; empty when the bytes are not of it. */
struct str attributions_language(struct str text, struct str packed);
/* draft.c: the names of the draft for `doc`, to be settled there. */
struct names names_of_draft(const struct lang_draft *draft, struct lang_doc *doc);

#endif
