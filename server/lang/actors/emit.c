/* From finds to the reading's mentions and actors: canonical names, keys, readings. */
#include "lang/names/names.h"

#include <stdlib.h>
#include <string.h>

static struct str slug(struct arena *a, struct str name)
{
    char *out = arena_alloc(a, name.n * 2 + 2);
    char folded[512];
    size_t n = name_fold(name, folded, sizeof folded), k = 0;
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)folded[i];
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c >= 0x80)
            out[k++] = (char)c;
        else if (c != '\'' && c != '.' && k && out[k - 1] != '-')
            out[k++] = '-';
    }
    while (k && out[k - 1] == '-')
        k--;
    return k ? (struct str){out, k} : S("unnamed");
}

static struct str canonical(const struct names *w, const struct who *p)
{
    struct str name = {0};
    if (p->kind == ACTOR_PERSON)
        name = run_person_name(w->doc->run, p);
    struct str known = run_known_name(w->doc->run, name.n ? name : p->name);
    return known.n ? known : name.n ? name : p->name;
}

static bool before_is(const struct names *w, const struct find *f, const char *const *words,
                      size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (f->first && names_is(w, f->first - 1, words[i]))
            return true;
    return false;
}

/* "in London", "the London talks" are places; "London said", "London's ambitions" are not. */
static enum mention_reading reading_of(const struct names *w, const struct find *f)
{
    static const char *const in[] = {"in",     "at",     "near",    "outside",
                                     "around", "inside", "through", "across"};
    static const char *const toward[] = {"to",       "from",  "visit", "visited",
                                         "visiting", "leave", "left",  "reached"};
    if (f->type == FIND_PRONOUN)
        return READING_PRONOUN;
    if (f->type == FIND_NOMINAL)
        return READING_NOMINAL;
    const struct gaz_entity *entity =
        f->type == FIND_ENTITY && f->form->entity >= 0 ? gaz_entity(f->form->entity) : NULL;
    if (!entity || entity->kind != ACTOR_COUNTRY || f->form->kind == FORM_DEMONYM ||
        f->form->kind == FORM_METONYM)
        return READING_ACTOR;
    if (before_is(w, f, in, sizeof in / sizeof *in))
        return READING_PLACE;
    if (f->form->kind != FORM_CAPITAL)
        return READING_ACTOR;
    uint32_t next = f->end < w->doc->n_tokens ? w->flags[f->end] : 0;
    bool noun = next & WORD_NOUN && !(next & (WORD_SAY | WORD_FUNCTION)) &&
                f->end < w->doc->n_tokens && !w->doc->tokens[f->end].capital;
    return before_is(w, f, toward, sizeof toward / sizeof *toward) || noun ? READING_PLACE
                                                                           : READING_ACTOR;
}

/* "aides to Mr. Moon", "individuals tied to the Kremlin" */
static bool has_named_complement(const struct names *w, const struct find *f)
{
    static const char *const links[] = {"of", "at", "for", "to", "from", "in", "with"};
    for (uint32_t k = f->end; k < f->end + 4 && k + 1 < w->doc->n_tokens; k++) {
        if (!w->doc->tokens[k].word)
            return false;
        for (size_t i = 0; i < sizeof links / sizeof *links; i++) {
            if (!names_is(w, k, links[i]))
                continue;
            uint32_t j = names_is(w, k + 1, "the") ? k + 2 : k + 1;
            return j < w->doc->n_tokens && w->owner[j] >= 0 && w->finds[w->owner[j]].who >= 0 &&
                   w->finds[w->owner[j]].type != FIND_NOMINAL;
        }
    }
    return false;
}

/* "Some experts in the city, who point out": the "who" behind them is a source. */
static bool speaks_as_who(const struct names *w, const struct find *f)
{
    enum { WITHIN = 8 };
    const struct token *t = w->doc->tokens;
    for (uint32_t k = f->end; k < f->end + WITHIN && k < w->doc->n_tokens; k++)
        if (t[k].sentence != t[f->first].sentence)
            return false;
        else if (names_is(w, k, "who"))
            return names_in_source(w, t[k].at);
    return false;
}

/* Unnamed people are actors where they speak, or where a name says whose they are. */
static bool is_worth_telling(const struct names *w, const struct find *f)
{
    if (f->type != FIND_NOMINAL || w->who[f->who].kind != ACTOR_UNNAMED)
        return true;
    for (uint32_t i = f->first; i < f->end; i++)
        if (w->owner[i] >= 0 && w->finds[w->owner[i]].type != FIND_NOMINAL)
            return true;
    if (has_named_complement(w, f))
        return true;
    const struct token *t = &w->doc->tokens[f->head];
    if (t->capital && f->head > w->doc->sentences[t->sentence].first)
        return true;
    return names_in_source(w, f->at) || speaks_as_who(w, f);
}

static int32_t actor_of(struct names *w, struct who *p)
{
    struct lang_doc *doc = w->doc;
    if (p->actor >= 0)
        return p->actor;
    struct str name = canonical(w, p), key = slug(doc->arena, name);
    if (p->of < 0 && p->kind == ACTOR_PERSON)
        p->of = run_person_of(doc->run, name);
    const struct gaz_entity *of = p->of >= 0 ? gaz_entity(p->of) : NULL;
    struct str whose = of ? slug(doc->arena, of->name) : (struct str){0};
    if (p->belongs >= 0 && w->who[p->belongs].kind != ACTOR_UNNAMED)
        whose = slug(doc->arena, canonical(w, &w->who[p->belongs]));
    for (size_t i = 0; i < doc->n_actors; i++)
        if (str_eq(doc->actors[i].key, key))
            return p->actor = (int32_t)i;
    const struct str role =
        p->kind == ACTOR_PERSON ? run_person_role(doc->run, name) : (struct str){0};
    struct lang_actor *a = &doc->actors[doc->n_actors];
    *a = (struct lang_actor){
        .key = key, .name = name, .role = role.n ? role : p->role, .of = whose, .kind = p->kind};
    a->names = arena_array(doc->arena, p->n_forms + 1, sizeof *a->names);
    a->names[a->n_names++] = (struct lang_name){name, NAME_FULL};
    for (uint32_t i = 0; i < p->n_forms; i++)
        if (!str_eq(p->forms[i].text, name))
            a->names[a->n_names++] = p->forms[i];
    return p->actor = (int32_t)doc->n_actors++;
}

static int by_start(const void *x, const void *y)
{
    const struct lang_mention *a = x, *b = y;
    if (a->at.start != b->at.start)
        return a->at.start < b->at.start ? -1 : 1;
    return a->at.end > b->at.end ? -1 : a->at.end < b->at.end;
}

static void emit(struct names *w)
{
    struct lang_doc *doc = w->doc;
    doc->mentions = arena_array(doc->arena, w->n_finds, sizeof *doc->mentions);
    doc->actors = arena_array(doc->arena, w->n_who, sizeof *doc->actors);
    doc->cap_actors = w->n_who;
    for (size_t i = 0; i < w->n_finds; i++) {
        struct find *f = &w->finds[i];
        if (f->who < 0 || !is_worth_telling(w, f))
            continue;
        doc->mentions[doc->n_mentions++] =
            (struct lang_mention){f->at, actor_of(w, &w->who[f->who]), reading_of(w, f)};
    }
    if (doc->n_mentions)
        qsort(doc->mentions, doc->n_mentions, sizeof *doc->mentions, by_start);
}

void names_find(struct names *w)
{
    names_scan(w);
    names_find_bodies(w);
    names_find_nominals(w);
    names_find_offices(w);
}

void names_settle(struct names *w)
{
    names_list_sources(w);
    names_resolve(w);
    names_resolve_nominals(w);
}

void names_tell(struct names *w)
{
    names_settle(w);
    names_resolve_pronouns(w);
    names_resolve_possessed(w);
    emit(w);
}

void lang_find_actors(struct lang_doc *doc)
{
    struct names w = {.doc = doc};
    names_find(&w);
    names_tell(&w);
}

struct str names_slug(struct arena *a, struct str name)
{
    return slug(a, name);
}
