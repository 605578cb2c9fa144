/* Inside the engine: how issues are proposed and known again, shared by the files issue_*.c. */
#ifndef LANG_ISSUE_PARTS_H
#define LANG_ISSUE_PARTS_H

#include "lang/issue/side.h"
#include "lang/lean/lean.h"

/* A side taken in some article's statement. */
struct issue_taking {
    struct issue_side side;
    struct str key;    /* the target's key with its kind of question: judgements of an attack are
                          not what is said to be so of it */
    struct str actor;  /* key of the speaker */
    struct str name;   /* ... as the articles call him */
    bool person;       /* ... who is one, so that "they" are others */
    struct str who;    /* name of the agent or object of a lone verb */
    struct str *marks; /* stems of the words that tell this thing from its like; sorted */
    struct issue_target full; /* has_full: the earlier noun phrase that a bare one takes up */
    bool has_full;
    bool apart;        /* a bare phrase, before which another thing of its kind was spoken of */
    struct str *names; /* of its marks, the keys of whom it names: another's is another thing */
    uint32_t n_names;
    struct str object; /* of its marks, the noun that a verb is done to, if the verb is the key */
    uint32_t n_marks, article, statement; /* statement: counted over all articles */
    uint32_t cluster;
};

/* How a proposal of the engine's is known again in a statement. */
struct issue_marks {
    struct str key;
    struct str *v; /* marks of its targets, sorted */
    size_t n;
    struct str *names; /* whom they name */
    size_t n_names;
    bool told;   /* by more than the object of a verb */
    bool bare;   /* targets without marks are meant, too */
    int8_t turn; /* -1: the title is against the noun ("Lifting sanctions") */
};

struct issue_takings {
    struct arena *arena;
    struct lang_doc *docs; /* the articles' */
    const struct lang_reading *readings;
    size_t n_docs;
    struct issue_taking *v;
    size_t n, cap;
    uint32_t statements;
    const struct issue_taking *const *named; /* the cluster that is being given a title */
    size_t n_named;
    struct issue_kin_use {
        uint32_t doc, token;
        const struct lexicon_entry *kin;
    } * uses; /* bridge.c: of nouns that count as one thing, in all articles */
    size_t n_uses, cap_uses;
};

/* Key, marks and sign towards the noun of a side, as clusters have them. */
struct issue_taking issue_taking_of(struct arena *a, const struct lang_doc *doc,
                                    const struct lang_reading *reading, struct issue_side side);
/* Does the speaker's side count? Not those of outlets, nor documents and what else has no name. */
bool issue_speaker_counts(const struct lang_reading *r, const struct lang_statement *s);
/* Does a poll tell what the people of a country think? */
bool issue_is_polled(const struct lang_doc *doc, const struct lang_reading *r,
                     const struct lang_statement *s);
/* Does somebody else allege what the speaker is said to want? */
bool issue_is_alleged(const struct lang_doc *doc, const struct lang_reading *r,
                      const struct lang_statement *st);
/* Does an estimate or a study speak? What it finds that comes of a thing is no side. */
bool issue_measures(const struct lang_doc *doc, const struct lang_statement *s);
/* Is the speaker a court or a judge, whose orders are no sides? */
bool issue_judges(const struct lang_doc *doc, const struct lang_reading *r,
                  const struct lang_statement *s);
int8_t issue_taking_sign(const struct issue_taking *t);
/* Do both name somebody, and not one of them the same: "Reed's plan", "Stone's plan"? */
bool issue_names_others(const struct str *a, size_t n_a, const struct str *b, size_t n_b);
/* Is the taking on the thing that the marks tell? */
bool issue_share_marks(const struct issue_marks *marks, const struct issue_taking *t);
bool issue_marked(const struct issue_marks *marks, const struct issue_taking *t);

/* antecedent.c: the last noun phrase before it with the same noun that tells more. Another: that
 * is of another item of a newsletter, or "a law" was named behind it, of which nothing is told. */
enum issue_before { ISSUE_NONE_BEFORE, ISSUE_ONE_BEFORE, ISSUE_ANOTHER_BEFORE };
enum issue_before issue_antecedent(const struct issue_scene *s, const struct issue_target *x,
                                   struct issue_target *out);
/* "against a deal that leaves out the fishermen", "would veto such a bill", as one with riders: not
 * against every one; "wants a plan where all pay": not this one. */
bool issue_is_one_that(const struct issue_scene *s, const struct attitude *a,
                       const struct issue_target *x);
/* What the pronoun at token t ("it") takes up: the one matter of decision that is named before it
 * in its sentence, or in the sentence before; false where there is none or another, too. */
bool issue_taken_up(const struct issue_scene *s, uint32_t t, struct issue_target *out);
/* The noun phrase whose head is token t; false if none is. */
bool issue_phrase_headed(const struct issue_scene *s, uint32_t t, struct issue_target *out);
/* What the noun phrase is on that holds the word at token t before or in its head; false where
 * there is none. */
bool issue_thing_at(const struct issue_scene *s, uint32_t t, struct issue_taking *out);
/* Does a word of the noun phrase tell it from its like (rather than "for a vote")? */
bool issue_is_told(const struct lang_doc *doc, const struct issue_target *x);

/* cluster.c: sides on one thing. */
struct issue_cluster {
    const struct issue_taking **v;
    size_t n;
    uint32_t actors, articles;
    bool differs;
    bool alone;             /* one actor only takes a side in plain words */
    bool contested, denied; /* denied: not only by what somebody says in passing */
    double weight;
};

/* The clusters of the takings, which are sorted for it, the weightiest first; `out` has room for as
 * many as there are takings. */
size_t issue_find_clusters(struct issue_takings *x, struct arena *a, struct issue_cluster *out);
/* bridge.c: joins the clusters of takings with one key whose marks one phrase of the articles
 * holds. */
void issue_note_uses(struct issue_takings *x);
void issue_join_bridged(const struct issue_takings *x, struct issue_taking *v, size_t n);
/* Do two share a mark, and name nobody else? */
bool issue_share_mark(const struct issue_taking *a, const struct issue_taking *b);

/* title/title.c: title of the cluster of takings v[0 .. n), and whether it is against the noun;
 * empty where none reads as a question. */
struct issue_name {
    struct str title;
    enum issue_sort sort;
    int8_t turn;
};
struct issue_name issue_name_of(struct arena *a, const struct issue_takings *all,
                                const struct issue_taking *const *v, size_t n);
/* title/clause.c: the shortest clause of the takings that says what is so or not; empty if none can
 * stand alone. */
struct str issue_clause_title(struct arena *a, const struct issue_takings *all,
                              const struct issue_taking *const *v, size_t n);
/* title/told.c: the title, completed out of the articles where it leaves open which thing is meant
 * ("The House bill"); empty where nothing there tells. */
struct str issue_told_title(struct arena *a, const struct issue_takings *all,
                            const struct issue_taking *const *v, size_t n, struct str title);
/* title/told.c: has words/untold.txt the word, with that mark? And of "Reed's": "Reed". */
bool issue_is_untold(struct str word, const char *how);
struct str issue_without_owner(struct str word);
/* Does it begin with A to Z? */
bool issue_is_capital(struct str word);
/* title/owner.c: the title with its owner ("Reed's tax returns") where it leaves open whose and the
 * articles tell it, and with who does it ("Reed testifying"); empty where that has to be told. */
struct str issue_owned_title(struct arena *a, const struct issue_takings *all,
                             const struct issue_taking *const *v, size_t n, struct str title);
struct str issue_done_title(struct arena *a, const struct issue_takings *all,
                            const struct issue_taking *const *v, size_t n, struct str title);
/* title/named.c: the title with names instead of what its things are called by ("the president's
 * remarks", "the ferry company"). */
struct str issue_named_title(struct arena *a, const struct issue_takings *all,
                             const struct issue_taking *const *v, size_t n, struct str title);
/* title/office.c: the title with the office that somebody is to be confirmed in. */
struct str issue_office_title(struct arena *a, const struct issue_takings *all, struct str title);
/* title/full.c: the title with what the articles put behind its last noun ("the inquiry into the
 * fire"); empty where a bare noun is told nowhere. */
struct str issue_full_title(struct arena *a, const struct issue_takings *all,
                            const struct issue_taking *const *v, size_t n, struct str title);
/* title/person.c: the title with full names of persons instead of "Ms. Reed" and "Reed". */
struct str issue_full_names(struct arena *a, const struct issue_takings *all, struct str title);
/* title/whole.c: where the phrase of a title that ends before token `end` ends with what it must
 * not lose ("... the bill before the vote", "... Norland and Southland"). */
uint32_t issue_restricted_title_end(const struct issue_takings *all, const struct issue_taking *t,
                                    uint32_t end);
/* title/whole.c: is the taking on less than its phrase says: "the bill first", "only the bill"? */
bool issue_is_narrowed(const struct issue_takings *all, const struct issue_taking *t);
/* title/whole.c: how often others of the cluster say a word that the i-th has before its noun: on
 * "a clean vote" the sides may turn. */
size_t issue_repeated(const struct issue_takings *all, const struct issue_taking *const *v,
                      size_t n, size_t i);
/* title/whole.c: "second", "only": before a noun, no title loses them. */
bool issue_is_narrowing(struct str word);
/* title/whole.c: without a phrase that hangs on nothing: "Passing the bill[ with tax measures]". */
struct str issue_without_hanging(struct str title);
/* "-", also as part of a token, and the dashes that stand for it. */
static inline bool issue_is_hyphen(struct str word)
{
    return str_starts(word, S("-")) || str_starts(word, S("\xE2\x80\x90")) ||
           str_starts(word, S("\xE2\x80\x91")) || str_starts(word, S("\xE2\x80\x93"));
}
/* title/told.c: what a reporter thinks of the thing: "controversial". */
bool issue_is_aside(struct str word);
/* title/told.c: a thing of which there are several: "bill", not "reform". */
bool issue_is_one(struct str noun);
/* title/told.c: is it an act as one tells in passing ("Talking to dealers")? */
bool issue_is_in_passing(struct str title, bool alone);
/* title/same.c: do the titles ask one question? */
bool issue_asks_same(struct str title, struct str other);
/* title/same.c: is something to be done to a body that is not named ("Buying the ferry company")?
 */
bool issue_describes_body(struct str title);
/* title/same.c: does the one tell what is before the noun and the other what is behind it ("The
 * bribery charges", "Charges against the mayor")? */
bool issue_tells_other_half(struct str title, struct str other);
enum { ISSUE_LONGEST_TITLE = 9 };
/* title/noun.c: the noun phrase of a taking as a title; empty where it says too little. */
struct str issue_noun_title(struct arena *a, const struct issue_takings *all,
                            const struct issue_taking *of, bool proposal);
/* title/noun.c: is the word at the token no part of what the thing is called, but done to it:
 * "vowed to [veto] legislation", "let them [issue] permits"? */
bool issue_is_done_to(const struct lang_doc *doc, size_t token);
/* Where the title of its noun phrase begins, behind words that tell nothing. */
size_t issue_title_start(const struct issue_takings *all, const struct issue_taking *t);
/* "bill", "order": too little for a title by itself. */
bool issue_needs_word(struct str noun);
bool issue_is_quote_mark(struct str word);
bool issue_is_vowel(char c);
/* May the tokens stand in a title: no marks, no pronouns, no evaluations? */
bool issue_fits(const struct issue_takings *all, const struct issue_taking *t, size_t from,
                size_t to, size_t most);
/* The tokens from `from` to the end of a target's noun phrase as one line. */
struct str issue_phrase_of(struct arena *a, const struct lang_doc *doc,
                           const struct issue_target *x, size_t from);
/* The tokens [from, to) as one line, in the arena. */
struct str issue_text_of(struct arena *a, const struct lang_doc *doc, size_t from, size_t to);
bool issue_is_pronoun(struct str word);
/* The title's id: small letters and digits, parted by "-". */
struct str issue_slug(struct arena *a, struct str title);

/* title/place.c: is it what the story is about, rather than told in passing? */
enum issue_place {
    PLACE_PASSING,
    PLACE_NEAR, /* a headline, or the leads of two articles, hold words of it */
    PLACE_HEAD  /* ... in one sentence, what is asked among them */
};
enum issue_place issue_place_of(const struct issue_takings *x, struct str title);
/* own_position.c: drops issues on which no side is shown in the readings, or one actor's only while
 * too few others speak of it and the articles are not about it (`place`, for each issue). */
void issue_keep_backed(struct arena *a, struct lang_issues *issues, const enum issue_place *place,
                       const struct lang_reading *readings, size_t n);
static inline bool issue_colours(enum stance s)
{
    return s == STANCE_SUPPORT || s == STANCE_OPPOSE || s == STANCE_CONDITIONAL;
}
/* Is the actor nobody in particular: "officials", "some analysts", "the company"? */
bool issue_is_anybody(const struct lang_actor *actor);

/* From which confidence on a side by explicit words is shown. */
extern const float issue_least_sure;
/* own_position.c: adds positions on the engine's own proposals to the reading's statements. */
void issue_take_positions(struct arena *a, const struct lang_issues *issues,
                          const struct lang_doc *doc, struct lang_reading *reading,
                          const struct lean_trace *trace);

/* whose.c: is the attitude the speaker's own and certain? */
bool issue_is_whole_own(const struct issue_scene *s, const struct lang_statement *st,
                        const struct attitudes *all, const struct attitude *a);
/* whose.c: is it not meant as it is said ("joked that", "good luck with that")? */
bool issue_is_ironic(const struct lang_doc *doc, const struct lang_statement *st);
/* whose.c: "opposes the plan to lift the ban" speaks of lifting it for itself: what is made of it
 * by way of the plan says nothing more, and may be turned once too often. */
void issue_drop_roundabout(struct issue_sides *out);
/* whose.c: words that look like a side and are none: what somebody tells of his own going, what he
 * feels for people, and what is but his own affair. */
bool issue_is_no_side(const struct issue_scene *s, int32_t speaker, const struct attitude *a,
                      const struct issue_target *target);
/* "would", "also", "never": between a subject and its verb. */
bool issue_is_aux(struct str word);

/* ------------------------------------------------------------ between position.c and signs.c */

/* What one statement says of one issue. */
struct view {
    uint32_t issue, n_terms;
    uint32_t of_title; /* words of the title in the content */
    int plus, minus;   /* weight of signs found */
    bool conditional;  /* with the condition: */
    struct span condition;
};

struct positions {
    struct arena *arena;
    const struct lang_issues *issues;
    struct lang_reading *reading;
    struct lang_doc doc;
    struct terms *terms;
    bool *turned;     /* per issue: its title is against its object */
    uint32_t *common; /* per issue: statements that speak of it */
    struct view *views;
    size_t n_views, cap_views;
    struct lean_passage *passages; /* of the statement in hand */
    size_t n_passages, cap_passages;
    struct lean_title *titles; /* per issue */
    struct lean_space *space;
    uint32_t last_issue, last_sentence; /* spoken of last, for "such a move"; sentence + 1 */
};

/* signs.c: fills in the views of a statement and its passages. */
void lang_weigh_statement(struct positions *p, const struct lang_statement *s);
/* Is the title against its object ("Lifting sanctions")? */
bool lang_title_turns(struct arena *a, struct str title);

#endif
