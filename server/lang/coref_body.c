/* "The company", "the bureau", "the newspaper": the body of that kind that was named before.
 *
 * A bare noun behind "the" takes up what was named shortly before, or the one body of its kind that
 * the article names; not what was brought in with "a" since ("a group of scientists ... the
 * group"). What kind a body is of is read from its name and from the gazetteer. */
#include "lang/lexicon.h"
#include "lang/names.h"

enum { SHORTLY = 3, OPENS_WITHIN = 2 }; /* sentences */

static bool has_word(struct str name, const char *const *words)
{
    struct str word;
    while (str_split(&name, ' ', &word))
        for (size_t i = 0; words[i]; i++)
            if (str_eq_case(word, str_of(words[i])))
                return true;
    return false;
}

/* Words that names of a state's bodies have. */
static const char *const of_states[] = {
    "department", "ministry", "committee",  "court",   "senate",         "house",
    "congress",   "party",    "parliament", "police",  "administration", "office",
    "commission", "army",     "government", "navy",    "assembly",       "forces",
    "agency",     "bureau",   "authority",  "council", "university",     "embassy",
    "treasury",   "pentagon", "school",     NULL};

/* Words of names that are no company's. */
static const char *const of_groups[] = {
    "fund",   "foundation", "initiative", "institute", "association", "society",    "union",
    "league", "alliance",   "campaign",   "center",    "centre",      "hotel",      "coalition",
    "club",   "project",    "movement",   "watch",     "state",       "federation", NULL};

/* Can a noun of this class stand for the body? */
static bool is_of_class(const struct who *p, char class)
{
    if (class == 'o')
        return p->kind == ACTOR_OUTLET;
    if (p->kind != ACTOR_ORGANISATION)
        return false;
    bool public = has_word(p->name, of_states), state = p->of >= 0 || public;
    if (class == 'c')
        return !state && !has_word(p->name, of_groups);
    return class == 'a' ? state : !public;
}

/* Was something brought in by the noun between the two tokens: "a group", "another company"? */
static bool brought_in(const struct names *w, uint32_t from, uint32_t to, struct str noun)
{
    enum { BEFORE = 3 };
    for (uint32_t t = from; t < to; t++) {
        if (!str_eq_case(names_text(w, t), noun))
            continue;
        for (uint32_t k = t; k > from && t - k < BEFORE; k--)
            if (names_is(w, k - 1, "a") || names_is(w, k - 1, "an") ||
                names_is(w, k - 1, "another") || names_is(w, k - 1, "one"))
                return true;
    }
    return false;
}

/* The last named body of the class before the token, and whether the article names no other. */
static const struct find *last_body(const struct names *w, uint32_t before, char class, bool *only)
{
    const struct find *last = NULL;
    int32_t who = -1;
    *only = true;
    for (size_t k = 0; k < w->n_finds; k++) {
        const struct find *g = &w->finds[k];
        if (g->who < 0 || (g->type != FIND_ORG && g->type != FIND_ENTITY) ||
            !is_of_class(&w->who[g->who], class))
            continue;
        *only = *only && (who < 0 || who == g->who);
        who = g->who;
        if (g->end <= before && (!last || g->first > last->first))
            last = g;
    }
    return last;
}

/* Does the find do something: "Ryanair cancelled"? */
static bool acts(const struct names *w, const struct find *f)
{
    return f->end < w->doc->n_tokens &&
           (w->flags[f->end] & (WORD_VERB | WORD_SAY) || str_ends(names_text(w, f->end), S("ed")));
}

/* The last run of capitals before the token that is nobody yet and opens a sentence close by:
 * "Ryanair cancelled ... The airline said". */
static int32_t last_unknown(const struct names *w, uint32_t before)
{
    const struct token *t = w->doc->tokens;
    int32_t last = -1;
    for (size_t k = 0; k < w->n_finds; k++) {
        const struct find *g = &w->finds[k];
        if (g->type == FIND_UNKNOWN && g->who < 0 && !g->headline && g->end <= before &&
            !(g->end == g->first + 1 && w->flags[g->first] & (WORD_COMMON | WORD_FUNCTION)) &&
            !names_is_upper(names_text(w, g->first)) && acts(w, g) &&
            t[before].sentence - t[g->first].sentence <= OPENS_WITHIN &&
            w->doc->sentences[t[g->first].sentence].first == g->first &&
            (last < 0 || g->first > w->finds[last].first))
            last = (int32_t)k;
    }
    return last;
}

/* What is called a company is one: makes a body of the name, wherever it stands. */
static int32_t make_body(struct names *w, int32_t find, char class)
{
    struct str name = names_join(w, w->finds[find].first, w->finds[find].end);
    struct who *p = names_who(w, class == 'o' ? ACTOR_OUTLET : ACTOR_ORGANISATION);
    int32_t who = (int32_t)(w->n_who - 1);
    p->name = name;
    for (uint32_t k = 0; k < w->n_finds; k++)
        if (w->finds[k].type == FIND_UNKNOWN && w->finds[k].who < 0 &&
            str_eq(names_join(w, w->finds[k].first, w->finds[k].end), name)) {
            w->finds[k].type = FIND_ORG;
            names_see(w, who, k);
        }
    return who;
}

int32_t names_body_before(struct names *w, uint32_t nominal)
{
    const struct find *f = &w->finds[nominal];
    const struct token *t = w->doc->tokens;
    const struct lexicon_entry *e =
        lexicon_find(lexicon_open(WORDS_BODY_NOUNS), names_text(w, f->head));
    if (!e || f->head != f->first + 1 || !names_is(w, f->first, "the"))
        return -1;
    char class = e->class.p[0];
    bool only;
    const struct find *last = last_body(w, f->first, class, &only);
    int32_t unknown = class == 'a' ? -1 : last_unknown(w, f->first);
    if (unknown >= 0 && (!last || w->finds[unknown].first > last->first) &&
        !brought_in(w, w->finds[unknown].end, f->first, names_text(w, f->head)))
        return make_body(w, unknown, class);
    if (!last || brought_in(w, last->end, f->first, names_text(w, f->head)))
        return -1;
    bool near = t[f->first].sentence - t[last->first].sentence <= SHORTLY;
    return near || only ? last->who : -1;
}
