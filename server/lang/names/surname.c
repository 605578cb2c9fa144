/* Surnames that are words for offices as well: "King", "Bishop", "Marshall". Alone, scanning takes
 * them for the office; where somebody of the text has the name they are that person, unless a
 * title's other words stand beside ("the King", "King Harald"). */
#include "lang/names/names.h"

enum { MOST_SURNAMES = 16 };

/* Tokens of persons' last names that are offices otherwise, one for each name. */
struct surnames {
    uint32_t token[MOST_SURNAMES];
    size_t n;
};

static bool is_among(const struct names *w, const struct surnames *s, uint32_t token)
{
    for (size_t i = 0; i < s->n; i++)
        if (str_eq(names_text(w, s->token[i]), names_text(w, token)))
            return true;
    return false;
}

static void collect(const struct names *w, struct surnames *s)
{
    for (size_t i = 0; i < w->n_finds && s->n < MOST_SURNAMES; i++) {
        const struct find *f = &w->finds[i];
        uint32_t last = f->end - 1;
        if (f->type == FIND_PERSON && f->end - f->core > 1 && w->flags[last] & WORD_ROLE &&
            w->flags[f->core] & WORD_FIRST && !is_among(w, s, last))
            s->token[s->n++] = last;
    }
}

/* Does the word stand as a name does: without article or possessor, and no other capital beside? */
static bool stands_alone(const struct names *w, uint32_t i)
{
    const struct token *t = w->doc->tokens;
    bool before = i > 0 && t[i - 1].sentence == t[i].sentence;
    bool behind = i + 1 < w->doc->n_tokens && t[i + 1].sentence == t[i].sentence;
    if (before && (w->flags[i - 1] & (WORD_DET | WORD_POSSESSIVE | WORD_ROLE) ||
                   names_is_possessive(w, i - 1) ||
                   (t[i - 1].capital && t[i - 1].word && !(w->flags[i - 1] & WORD_HONORIFIC))))
        return false;
    return !(behind && (names_is(w, i + 1, "of") || (t[i + 1].capital && t[i + 1].word)));
}

/* With its "Mr." where there is one. */
static void add_surname(struct names *w, uint32_t i)
{
    bool honorific = i > 0 && w->flags[i - 1] & WORD_HONORIFIC && w->doc->tokens[i - 1].capital;
    struct find *f = names_add(w, honorific ? i - 1 : i, i + 1, FIND_UNKNOWN);
    f->core = i;
    f->honorific = honorific;
    f->titled = honorific || names_acts(w, i, i + 1);
}

void names_find_surnames(struct names *w)
{
    struct surnames s = {.n = 0};
    collect(w, &s);
    for (uint32_t i = 0; s.n && i < w->doc->n_tokens && w->n_finds < MAX_FINDS; i++) {
        const struct token *t = &w->doc->tokens[i];
        if (t->word && t->capital && w->owner[i] < 0 && w->flags[i] & WORD_ROLE &&
            is_among(w, &s, i) && stands_alone(w, i))
            add_surname(w, i);
    }
}
