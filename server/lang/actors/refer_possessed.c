/* Bodies called after whoever they belong to: "the Trump administration", "Abe's government", "his
 * party", "her label". They are no persons, and speak for themselves. */
#include "assets/wordlist.h"
#include "lang/names/names.h"

#include <pthread.h>

static struct wordset led;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void load(void)
{
    led = wordset_load("lang/actors/words/led-bodies.txt");
}

static const struct wordset_entry *led_body(const struct names *w, uint32_t token)
{
    pthread_once(&once, load);
    return wordset_find_lower(&led, names_text(w, token));
}

static int32_t somebody(struct names *w, struct str name, enum actor_kind kind)
{
    for (size_t k = 0; k < w->n_who; k++)
        if (w->who[k].kind == kind && w->who[k].name.n == name.n &&
            str_eq_case(w->who[k].name, name))
            return (int32_t)k;
    struct who *p = names_who(w, kind);
    p->name = name;
    p->forms[p->n_forms++] = (struct lang_name){name, NAME_FULL};
    return (int32_t)(w->n_who - 1);
}

/* The body that the person leads, by its noun; `surname`: the person's. */
static int32_t body_of(struct names *w, int32_t leader, struct str surname, uint32_t head)
{
    const struct who *l = &w->who[leader];
    int32_t of = l->of >= 0 ? l->of : run_person_of(w->doc->run, l->name);
    bool state = led_body(w, head)->value.n > 0;
    if (state && of >= 0 && gaz_entity(of)->kind == ACTOR_COUNTRY)
        return names_who_of_entity(w, of);
    int32_t who = somebody(
        w, arena_fmt(w->doc->arena, "%.*s %.*s", STR_ARG(surname), STR_ARG(names_text(w, head))),
        ACTOR_ORGANISATION);
    if (w->who[who].of < 0)
        w->who[who].of = of;
    return who;
}

static void add_form(struct names *w, int32_t who, struct str text)
{
    struct who *p = &w->who[who];
    for (uint32_t i = 0; i < p->n_forms; i++)
        if (str_eq(p->forms[i].text, text))
            return;
    if (p->n_forms < sizeof p->forms / sizeof *p->forms && p->entity < 0)
        p->forms[p->n_forms++] = (struct lang_name){text, NAME_SHORT};
}

/* The only person of this article who leads a state now, or -1. */
static int32_t only_leader(const struct names *w)
{
    int32_t leader = -1;
    for (size_t i = 0; i < w->n_who; i++) {
        const struct who *p = &w->who[i];
        bool leads = false;
        for (uint32_t k = 0; k < p->n_offices; k++) {
            const struct office *o = &w->offices[p->offices[k]];
            leads |= o->flags & WORD_LEADER && !o->former;
        }
        if (p->kind != ACTOR_PERSON || !leads)
            continue;
        if (leader >= 0)
            return -1;
        leader = (int32_t)i;
    }
    return leader;
}

/* "The administration": of the one leader spoken of. */
static bool resolve_bare(struct names *w, uint32_t i)
{
    const struct find *f = &w->finds[i];
    bool bare = f->possessor < 0 && f->of < 0 && f->definite && f->first + 1 == f->head;
    int32_t leader = bare && names_is(w, f->head, "administration") ? only_leader(w) : -1;
    if (leader < 0)
        return false;
    names_see(w, body_of(w, leader, str_last_word(w->who[leader].name), f->head), i);
    return true;
}

bool names_resolve_led_body(struct names *w, uint32_t i)
{
    struct find *f = &w->finds[i];
    if (resolve_bare(w, i))
        return true;
    const struct find *owner = f->possessor < 0 ? NULL : &w->finds[f->possessor];
    if (!owner || owner->type != FIND_PERSON || owner->who < 0 || !led_body(w, f->head))
        return false;
    int32_t who = body_of(w, owner->who, names_text(w, owner->core_end - 1), f->head);
    uint32_t first = owner->first;
    names_see(w, who, i);
    add_form(w, who, names_join(w, first, f->end));
    return true;
}

bool names_is_possessed(const struct names *w, const struct find *f)
{
    uint32_t flags = w->flags[f->first];
    return f->head > f->first && flags & WORD_POSSESSIVE && flags & WORD_PRONOUN;
}

/* "Softmac found the flaw. Its researchers": the only body named in the sentence so far and in the
 * one before, or -1. */
static int32_t only_body_before(const struct names *w, uint32_t token)
{
    const struct lang_doc *doc = w->doc;
    uint32_t sentence = doc->tokens[token].sentence;
    uint32_t from = doc->sentences[sentence ? sentence - 1 : 0].first;
    int32_t body = -1;
    for (uint32_t t = from; t < token; t++) {
        const struct find *f = w->owner[t] < 0 ? NULL : &w->finds[w->owner[t]];
        if (!f || f->who < 0 || (f->type != FIND_ORG && f->type != FIND_ENTITY) ||
            w->who[f->who].kind == ACTOR_PERSON || f->who == body)
            continue;
        if (body >= 0)
            return -1;
        body = f->who;
    }
    return body;
}

/* Who the pronoun at the token is, or -1. */
static int32_t pronoun_at(const struct names *w, uint32_t token)
{
    if (names_is(w, token, "its"))
        return only_body_before(w, token);
    /* pronouns are the last finds, in the order of the text */
    size_t low = 0, high = w->n_finds;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        const struct find *f = &w->finds[mid];
        if (f->type != FIND_PRONOUN || f->first < token)
            low = mid + 1;
        else
            high = mid;
    }
    if (low < w->n_finds && w->finds[low].type == FIND_PRONOUN && w->finds[low].first == token)
        return w->finds[low].who;
    return -1;
}

/* "His party": of whoever he is. */
static int32_t possessed_by(struct names *w, const struct find *f, int32_t owner)
{
    if (led_body(w, f->head))
        return body_of(w, owner, str_last_word(w->who[owner].name), f->head);
    struct str rest = names_join(w, f->first + 1, f->end);
    struct str name =
        arena_fmt(w->doc->arena, "%.*s's %.*s", STR_ARG(w->who[owner].name), STR_ARG(rest));
    bool body =
        w->flags[f->head] & (WORD_ORG | WORD_NOMINAL_ORG) && !(w->flags[f->head] & WORD_PLURAL);
    int32_t who = somebody(w, name, body ? ACTOR_ORGANISATION : ACTOR_UNNAMED);
    add_form(w, who, names_join(w, f->first, f->end));
    w->who[who].of = w->who[who].of < 0 ? w->who[owner].entity : w->who[who].of;
    w->who[who].belongs = owner;
    return who;
}

void names_resolve_possessed(struct names *w)
{
    size_t n = w->n_finds;
    for (uint32_t i = 0; i < n; i++) {
        const struct find *f = &w->finds[i];
        if (f->type != FIND_NOMINAL || f->who >= 0 || !names_is_possessed(w, f) ||
            !names_in_source(w, f->at))
            continue;
        int32_t owner = pronoun_at(w, f->first);
        if (owner >= 0)
            names_see(w, possessed_by(w, f, owner), i);
        else
            names_resolve_unnamed(w, i);
    }
}
