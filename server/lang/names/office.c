/* Offices: what a nominal says of the person it stands beside, before ("Ukrainian President
 * Volodymyr Zelensky") or behind the name ("Ann Lee, an adviser to Norway's Ministry of
 * Strategic Industries"; "Prime Minister Shinzo Abe of Japan"). */
#include "lang/names/names.h"

#include <string.h>

uint64_t names_hash(struct str word)
{
    char folded[128];
    size_t n = name_fold(word, folded, sizeof folded);
    return str_hash((struct str){folded, n});
}

static uint64_t bit_of(struct str word)
{
    return 1ull << (names_hash(word) & 63);
}

/* "Ukraine's government", "Ukraine's Ministry of X": the end of what is possessed. */
static uint32_t owned_end(const struct names *w, uint32_t end)
{
    if (!names_is_possessive(w, end) || end + 1 >= w->doc->n_tokens)
        return end;
    uint32_t k = end + 1;
    if (w->owner[k] >= 0)
        return w->finds[w->owner[k]].end;
    while (k < w->doc->n_tokens && k < end + 4 && w->doc->tokens[k].word &&
           (w->flags[k] & (WORD_NOUN | WORD_ORG | WORD_MODIFIER)) &&
           !(w->flags[k] & (WORD_FUNCTION | WORD_SAY)))
        k++;
    return k > end + 1 ? k : end;
}

/* The entity behind "of", "at", "for", "to" at token i, or -1; *end behind it. */
static int32_t entity_behind(const struct names *w, uint32_t i, uint32_t *end)
{
    static const char *const links[] = {"of", "at", "for", "to", "from", "in", "with"};
    const struct lang_doc *doc = w->doc;
    for (size_t k = 0; k < sizeof links / sizeof *links; k++) {
        if (!names_is(w, i, links[k]))
            continue;
        uint32_t j = i + 1;
        if (names_is(w, j, "the"))
            j++;
        if (j >= doc->n_tokens || w->owner[j] < 0 ||
            doc->tokens[j].sentence != doc->tokens[i].sentence)
            return -1;
        const struct find *f = &w->finds[w->owner[j]];
        *end = owned_end(w, f->end);
        return f->type == FIND_ENTITY ? f->form->entity : -1;
    }
    return -1;
}

/* "French Foreign Minister" for "France's Foreign Minister": the country as an adjective. */
static struct str office_text(struct names *w, const struct find *f, uint32_t end)
{
    uint32_t first = f->first;
    while (first < f->head && (w->flags[first] & (WORD_DET | WORD_POSSESSIVE)) &&
           (w->owner[first] < 0 || w->finds[w->owner[first]].type == FIND_NOMINAL))
        first++;
    int32_t o = w->owner[first];
    int32_t nation = -1;
    if (o >= 0 && w->finds[o].type == FIND_ENTITY && w->finds[o].end < f->head + 1 &&
        names_is_possessive(w, w->finds[o].end)) {
        nation = w->finds[o].form->entity;
        first = w->finds[o].end + 1;
    }
    struct str words = names_join(w, first, end);
    if (str_starts(words, S("then-")) || str_starts(words, S("Then-")))
        words = arena_fmt(w->doc->arena, "former %.*s",
                          STR_ARG(str_slice(words, S("then-").n, words.n)));
    if (nation < 0)
        return words;
    struct str adjective = names_adjective(nation);
    return arena_fmt(w->doc->arena, "%.*s %.*s", STR_ARG(adjective), STR_ARG(words));
}

static void read_office(struct names *w, int32_t at)
{
    w->offices =
        arena_grow(w->doc->arena, w->offices, w->n_offices, &w->cap_offices, sizeof *w->offices);
    struct find *f = &w->finds[at];
    struct office o = {.of = f->of,
                       .owner = f->possessor,
                       .head = names_hash(names_text(w, f->head)),
                       .flags = w->flags[f->head]};
    uint32_t end = f->end;
    int32_t behind = entity_behind(w, f->end, &end);
    if (behind >= 0 && o.of < 0)
        o.of = f->of = behind;
    for (uint32_t i = f->first; i < f->end; i++) {
        struct str s = names_text(w, i);
        o.former |= names_is(w, i, "former") || names_is(w, i, "ex") || names_is(w, i, "then") ||
                    str_starts(s, S("ex-")) || str_starts(s, S("then-"));
        bool free =
            w->owner[i] == at || w->owner[i] < 0 || w->finds[w->owner[i]].type == FIND_UNKNOWN;
        bool proper = w->doc->tokens[i].capital && !(w->flags[i] & (WORD_DET | WORD_MODIFIER)) &&
                      !(w->flags[i] & WORD_ROLE) && i > f->first; /* "the Libertarian nominee" */
        if (i != f->head && free && (w->flags[i] & WORD_FIELD || proper))
            o.bag |= bit_of(s);
    }
    if (!f->plural)
        o.text = office_text(w, f, behind >= 0 ? end : f->end);
    w->offices[w->n_offices] = o;
    f->office = (int32_t)w->n_offices++;
}

/* Behind "of Denton", "of the council": what a noun's complement ends with, or `end`. */
static uint32_t behind_complement(const struct names *w, uint32_t end)
{
    enum { WORDS = 6 };
    uint32_t k = end + 1;
    if (!names_is(w, end, "of") && !names_is(w, end, "for") && !names_is(w, end, "at"))
        return end;
    while (k < w->doc->n_tokens && k < end + WORDS && w->doc->tokens[k].word &&
           !(w->flags[k] & (WORD_SAY | WORD_PRONOUN)))
        k++;
    return k < w->doc->n_tokens && names_is(w, k, ",") ? k : end;
}

/* "X, the director of Y,": a nominal right behind the comma; "the director, X,": right before. */
static void find_apposition(struct names *w, int32_t at)
{
    struct find *f = &w->finds[at];
    const struct lang_doc *doc = w->doc;
    if (f->beside >= 0 || f->plural || f->first < 2 ||
        (f->end < doc->n_tokens && names_is_possessive(w, f->end))) /* "X, the group's director" */
        return;
    if (names_is(w, f->first - 1, ",") && w->owner[f->first - 2] >= 0) {
        struct find *name = &w->finds[w->owner[f->first - 2]];
        bool closes = f->end >= doc->n_tokens || !(w->flags[f->end] & (WORD_SAY | WORD_VERB)) ||
                      names_is(w, f->end, "to");
        if ((name->type == FIND_PERSON || name->type == FIND_UNKNOWN) &&
            name->end == f->first - 1 && closes &&
            doc->tokens[name->first].sentence == doc->tokens[f->first].sentence) {
            f->beside = w->owner[f->first - 2];
            return;
        }
    }
    uint32_t j = behind_complement(w, f->end);
    bool person_noun = w->flags[f->head] & (WORD_ROLE | WORD_KIN | WORD_UNNAMED) &&
                       !(w->flags[f->head] & WORD_NOMINAL_ORG);
    if (person_noun && j + 1 < doc->n_tokens && names_is(w, j, ",") && w->owner[j + 1] >= 0 &&
        f->definite) {
        struct find *name = &w->finds[w->owner[j + 1]];
        bool ends = name->end >= doc->n_tokens || !doc->tokens[name->end].word;
        bool person = name->type == FIND_PERSON || name->type == FIND_UNKNOWN;
        if (person && name->first == j + 1 && ends && name->core_end - name->core > 1) {
            name->type = FIND_PERSON;
            f->beside = w->owner[j + 1];
        }
    }
}

/* "President Moon Jae-in of South Korea": the country belongs to the office before the name. */
static void find_country_behind(struct names *w, int32_t nominal)
{
    struct find *f = &w->finds[nominal], *name = &w->finds[f->beside];
    uint32_t end;
    if (f->of >= 0 || name->end >= w->doc->n_tokens || !names_is(w, name->end, "of"))
        return;
    int32_t of = entity_behind(w, name->end, &end);
    if (of >= 0)
        f->of = w->offices[f->office].of = of;
}

void names_find_offices(struct names *w)
{
    for (size_t i = 0; i < w->n_finds; i++) {
        if (w->finds[i].type != FIND_NOMINAL)
            continue;
        read_office(w, (int32_t)i);
        find_apposition(w, (int32_t)i);
        if (w->finds[i].beside >= 0)
            find_country_behind(w, (int32_t)i);
    }
}
