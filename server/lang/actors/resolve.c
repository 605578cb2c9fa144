/* Who is who in one article: full names first, then short ones against them, then against what
 * the other articles of the run know. A name that fits nobody and shows no sign of a person or an
 * organisation is dropped. */
#include "assets/wordlist.h"
#include "lang/names/names.h"

#include <pthread.h>
#include <string.h>

struct who *names_who(struct names *w, enum actor_kind kind)
{
    w->who = arena_grow(w->doc->arena, w->who, w->n_who, &w->cap_who, sizeof *w->who);
    struct who *p = &w->who[w->n_who++];
    *p = (struct who){.kind = kind, .entity = -1, .of = -1, .belongs = -1, .actor = -1};
    return p;
}

static void add_form(struct who *p, struct str text, enum name_kind kind)
{
    for (uint32_t i = 0; i < p->n_forms; i++)
        if (str_eq(p->forms[i].text, text))
            return;
    if (text.n && p->n_forms < sizeof p->forms / sizeof *p->forms)
        p->forms[p->n_forms++] = (struct lang_name){text, kind};
}

static enum name_kind kind_of_form(enum form_kind kind)
{
    switch (kind) {
    case FORM_FULL:
        return NAME_FULL;
    case FORM_ACRONYM:
        return NAME_ACRONYM;
    case FORM_DEMONYM:
        return NAME_DEMONYM;
    case FORM_METONYM:
    case FORM_CAPITAL:
        return NAME_METONYM;
    case FORM_NATIVE:
        return NAME_NATIVE;
    case FORM_SHORT:
    case FORM_CONTEXT:
    case FORM_PLACE:
        break;
    }
    return NAME_SHORT;
}

void names_see(struct names *w, int32_t who, uint32_t find)
{
    struct find *f = &w->finds[find];
    struct who *p = &w->who[who];
    f->who = who;
    if (!p->count || f->first < p->first_at)
        p->first_at = f->first;
    p->last_at = f->end > p->last_at ? f->end : p->last_at;
    p->count++;
    if (f->type == FIND_PERSON) {
        if (f->gender && (f->honorific || !p->gender))
            p->gender = f->gender;
        struct str text = names_join(w, f->core, f->core_end);
        p->full += f->core_end - f->core > 1;
        add_form(p, text, f->core_end - f->core > 1 ? NAME_FULL : NAME_SHORT);
    } else if (f->type == FIND_ENTITY && f->form) {
        add_form(p, f->form->text, kind_of_form(f->form->kind));
    } else if (f->type == FIND_ORG || f->type == FIND_UNKNOWN) {
        add_form(p, names_join(w, f->first, f->end), NAME_FULL);
    }
}

static struct person_name name_of(const struct names *w, const struct find *f)
{
    return person_name_of(names_join(w, f->core, f->core_end));
}

static bool genders_clash(enum gender a, enum gender b)
{
    return a && b && a != b;
}

/* Is somebody only told of as another's relative: "first daughter Ann Reed"? */
static bool is_relative(const struct names *w, int32_t who)
{
    bool family = false;
    for (size_t i = 0; i < w->n_finds; i++) {
        const struct find *f = &w->finds[i];
        if (f->type != FIND_NOMINAL || f->beside < 0 || w->finds[f->beside].who != who)
            continue;
        uint32_t flags = w->flags[f->head];
        if (!(flags & WORD_KIN))
            return false;
        family |= (flags & (WORD_MALE | WORD_FEMALE)) != 0;
    }
    return family;
}

/* Is the surname alone met before the person is named in full? */
static bool is_met_before(const struct names *w, int32_t who, const struct find *f)
{
    struct str surname = names_text(w, f->core_end - 1);
    for (size_t i = 0; i < w->n_finds && w->finds[i].first < w->who[who].first_at; i++) {
        const struct find *g = &w->finds[i];
        if ((g->type == FIND_PERSON || g->type == FIND_UNKNOWN) && g->core_end - g->core == 1 &&
            str_eq(names_text(w, g->core), surname))
            return true;
    }
    return false;
}

/* "Reed said ... his daughter Ann Reed ... Reed": the surname alone, before the relative is named,
 * is somebody else's. */
static bool is_another(const struct names *w, int32_t who, const struct find *f)
{
    return f->core_end - f->core == 1 && !f->honorific && is_relative(w, who) &&
           is_met_before(w, who, f);
}

/* The person of this article a name fits best: the one named in full most often. */
static int32_t best_person(const struct names *w, const struct find *f,
                           const struct person_name *name)
{
    int32_t best = -1;
    for (size_t i = 0; i < w->n_who; i++) {
        const struct who *p = &w->who[i];
        if (p->kind != ACTOR_PERSON || (f->honorific && genders_clash(p->gender, f->gender)))
            continue;
        if (!person_names_agree(name, &p->parts) || is_another(w, (int32_t)i, f))
            continue;
        if (best < 0 || p->full > w->who[best].full)
            best = (int32_t)i;
    }
    return best;
}

/* The group of a person's first name, of which the other articles may tell. */
static uint64_t given_name(const struct names *w, struct who *p)
{
    if (p->given || p->given_asked)
        return p->given;
    struct person_name name = person_name_of(run_person_name(w->doc->run, p));
    char folded[64];
    p->given_asked = true;
    if (name.n > 1)
        p->given =
            gaz_first_name((struct str){folded, name_fold(name.words[0], folded, sizeof folded)});
    return p->given;
}

/* "Donald," he said: a first name alone, of one person only. */
static int32_t person_by_given(const struct names *w, const struct person_name *name)
{
    char folded[64];
    size_t n = name_fold(name->words[0], folded, sizeof folded);
    uint64_t given = gaz_first_name((struct str){folded, n});
    int32_t found = -1;
    for (size_t i = 0; i < w->n_who; i++) {
        if (w->who[i].kind != ACTOR_PERSON || given_name(w, &w->who[i]) != given)
            continue;
        if (found >= 0)
            return -1;
        found = (int32_t)i;
    }
    return found;
}

/* "Ortega" is Carmen Ortega Ruiz where nobody else has the name: the first of two surnames. */
static int32_t person_by_first_surname(const struct names *w, const struct person_name *name)
{
    int32_t found = -1;
    for (size_t i = 0; i < w->n_who; i++) {
        const struct person_name *p = &w->who[i].parts;
        if (w->who[i].kind != ACTOR_PERSON || p->n < 3 || p->n > 5 || p->family_first ||
            p->skeleton[p->n - 2] != name->skeleton[0] ||
            gaz_word(p->words[p->n - 2]) & (WORD_FIRST | WORD_PARTICLE))
            continue;
        if (found >= 0)
            return -1;
        found = (int32_t)i;
    }
    return found;
}

static int32_t new_person(struct names *w, const struct find *f)
{
    struct who *p = names_who(w, ACTOR_PERSON);
    p->name = names_join(w, f->core, f->core_end);
    p->parts = person_name_of(p->name);
    struct person_name name = p->parts;
    char folded[64];
    if (name.n > 1) {
        size_t n = name_fold(name.words[0], folded, sizeof folded);
        p->given = gaz_first_name((struct str){folded, n});
    }
    return (int32_t)(w->n_who - 1);
}

/* "Clinton Emails", "James Comey Memos": a noun in capitals is no part of the name when the rest
 * is one that stands without it. */
static void trim_noun(struct names *w, struct find *f)
{
    uint32_t last = f->core_end - 1;
    if (f->core_end - f->core < 2 ||
        (w->flags[last] & (WORD_COMMON | WORD_NOUN)) != (WORD_COMMON | WORD_NOUN))
        return;
    struct str rest = names_join(w, f->core, last);
    for (size_t i = 0; i < w->n_finds; i++) {
        const struct find *g = &w->finds[i];
        if (g == f || g->type != FIND_PERSON || g->core_end - g->core < 2)
            continue;
        bool same = f->core_end - f->core > 2 ? str_eq(names_join(w, g->core, g->core_end), rest)
                                              : str_eq(names_text(w, g->core_end - 1), rest);
        if (!same)
            continue;
        w->owner[last] = -1;
        f->core_end = f->end = last;
        f->at.end = w->doc->tokens[last - 1].at.end;
        return;
    }
}

static void resolve_full_names(struct names *w)
{
    for (size_t i = 0; i < w->n_finds; i++)
        if (w->finds[i].type == FIND_PERSON)
            trim_noun(w, &w->finds[i]);
    for (uint32_t i = 0; i < w->n_finds; i++) {
        struct find *f = &w->finds[i];
        if (f->type != FIND_PERSON || f->core_end - f->core < 2)
            continue;
        struct person_name name = name_of(w, f);
        int32_t who = name.n > 1 ? best_person(w, f, &name) : -1;
        if (who < 0)
            who = new_person(w, f);
        else if (name.n > w->who[who].parts.n && !w->who[who].full)
            w->who[who].parts =
                person_name_of(w->who[who].name = names_join(w, f->core, f->core_end));
        names_see(w, who, i);
    }
}

static void take_as_person(struct names *w, uint32_t i, int32_t who)
{
    w->finds[i].type = FIND_PERSON;
    w->finds[i].form = NULL;
    names_see(w, who, i);
}

/* A surname alone is the person of that name the run tells most of, even where this article names
 * only a relative in full: -1 none here, -2 a person this article does not name in full. */
static int32_t principal(const struct names *w, const struct find *f,
                         const struct person_name *name)
{
    enum { FAR_MORE = 3 };
    int32_t here = best_person(w, f, name);
    if (name->n != 1)
        return here;
    struct who probe = {.kind = ACTOR_PERSON,
                        .name = name->words[0],
                        .gender = f->honorific ? f->gender : GENDER_UNKNOWN};
    struct str most = run_person_name(w->doc->run, &probe);
    struct person_name words = person_name_of(most);
    if (words.n < 2)
        return here;
    for (size_t i = 0; i < w->n_who; i++) {
        if (w->who[i].kind == ACTOR_PERSON && person_names_agree(&words, &w->who[i].parts))
            return (int32_t)i;
    }
    bool own = here >= 0 && !is_met_before(w, here, f) &&
               run_person_articles(w->doc->run, most) <
                   FAR_MORE * run_person_articles(w->doc->run, w->who[here].name);
    return own ? here : here < 0 ? -1 : -2;
}

static bool run_knows(const struct names *w, const struct person_name *name)
{
    struct who probe = {.kind = ACTOR_PERSON, .name = name->words[name->n - 1]};
    return name->n == 1 && run_person_name(w->doc->run, &probe).n > 0;
}

/* A name short of a first name, or a run of capitals that may be a person after all. */
static void resolve_short_name(struct names *w, uint32_t i)
{
    struct find *f = &w->finds[i];
    struct person_name name = name_of(w, f);
    if (!name.n)
        return;
    int32_t who = principal(w, f, &name);
    bool one = name.n == 1;
    if (who == -2)
        who = new_person(w, f);
    bool said = f->titled || f->honorific;
    if (f->type == FIND_UNKNOWN && f->single_use && !said && who < 0)
        return;
    bool knighted = f->honorific && (names_is(w, f->first, "sir") || names_is(w, f->first, "dame"));
    if (who < 0 && one && (knighted || (!f->honorific && !names_is_titled(w, f->core))))
        who = person_by_given(w, &name);
    if (who < 0 && one && !f->honorific)
        who = person_by_first_surname(w, &name);
    if (who < 0 && f->body) {
        if (!(one && run_knows(w, &name))) {
            f->type = FIND_ORG;
            f->head = f->end - 1;
            return;
        }
    }
    if (who < 0 && f->type == FIND_PERSON)
        who = new_person(w, f);
    if (who < 0 && one && run_knows(w, &name) && !f->single_use)
        who = new_person(w, f);
    struct str text = names_text(w, f->core);
    uint32_t flags = w->flags[f->core];
    if (who < 0 && one && f->titled && !(flags & (WORD_COMMON | WORD_ORG | WORD_PLACE)) &&
        !names_is_upper(text) && text.n > 2 && !(flags & WORD_FUNCTION))
        who = new_person(w, f);
    if (who >= 0)
        take_as_person(w, i, who);
}

int32_t names_who_of_entity(struct names *w, int32_t entity)
{
    for (size_t i = 0; i < w->n_who; i++)
        if (w->who[i].entity == entity)
            return (int32_t)i;
    const struct gaz_entity *e = gaz_entity(entity);
    struct who *p = names_who(w, e->kind);
    p->entity = entity;
    p->name = e->name;
    p->of = e->of;
    return (int32_t)(w->n_who - 1);
}

/* Is the entity named by another form than this one, so that "the North" can be it? */
static bool is_named_otherwise(const struct names *w, int32_t entity)
{
    for (size_t i = 0; i < w->n_finds; i++) {
        const struct find *f = &w->finds[i];
        if (f->type == FIND_ENTITY && f->form->entity == entity && f->form->kind != FORM_CONTEXT)
            return true;
    }
    return false;
}

/* "Jordan" where a Jim Jordan has been named, unless it stands as a place. */
static bool is_surname_here(const struct names *w, const struct find *f, int32_t *who)
{
    if (f->end != f->first + 1 || f->form->kind == FORM_DEMONYM || f->form->kind == FORM_ACRONYM)
        return false;
    static const char *const before[] = {"in", "to", "from", "of", "near", "with", "against"};
    for (size_t k = 0; k < sizeof before / sizeof *before; k++)
        if (f->first && names_is(w, f->first - 1, before[k]))
            return false;
    struct person_name name = person_name_of(names_text(w, f->first));
    *who = name.n == 1 ? best_person(w, f, &name) : -1;
    return *who >= 0;
}

static struct wordset seats;
static pthread_once_t seats_once = PTHREAD_ONCE_INIT;

static void load_seats(void)
{
    seats = wordset_load("lang/names/words/seats.txt");
}

/* "Brussels said", where the European Commission is spoken of and Belgium is not: the body that has
 * its seat there; or the entity of the find. */
static int32_t seat_of(const struct names *w, const struct find *f)
{
    int32_t state = f->form->entity;
    pthread_once(&seats_once, load_seats);
    bool city = f->form->kind == FORM_CAPITAL || f->form->kind == FORM_PLACE;
    const struct wordset_entry *e =
        city && names_acts(w, f->first, f->end) ? wordset_find(&seats, f->form->text) : NULL;
    const struct gaz_form *body = e ? gaz_form_of(e->value) : NULL;
    bool named = false;
    for (size_t i = 0; body && i < w->n_finds; i++) {
        const struct find *g = &w->finds[i];
        if (g->type != FIND_ENTITY || g->form->entity < 0)
            continue;
        if (g->form->entity == state && g->form->kind != FORM_CAPITAL)
            return state;
        const struct gaz_entity *of = gaz_entity(gaz_entity(g->form->entity)->of);
        named |= g->form->entity == body->entity || (of && of == gaz_entity(body->entity));
    }
    return named ? body->entity : state;
}

static void resolve_entity(struct names *w, uint32_t i)
{
    struct find *f = &w->finds[i];
    int32_t who = -1;
    if (is_surname_here(w, f, &who)) {
        take_as_person(w, i, who);
        return;
    }
    int32_t entity = seat_of(w, f);
    if (entity < 0 || names_resolve_other(w, i))
        return;
    if (gaz_entity(entity)->kind == ACTOR_OUTLET && f->end - f->first <= 2)
        who = names_outlet_before(w, i);
    if (who >= 0) {
        names_see(w, who, i);
        return;
    }
    if (f->form->kind == FORM_CONTEXT && !is_named_otherwise(w, f->form->entity))
        return;
    names_see(w, names_who_of_entity(w, entity), i);
}

/* "Trump-Abe summit", "anti-Obama", "Obama-era": persons named elsewhere in the article. */
static void resolve_hyphens(struct names *w, uint32_t token)
{
    struct str rest = names_text(w, token), part;
    if (str_find_char(rest, '-', 0) == STR_NONE)
        return;
    while (str_split(&rest, '-', &part)) {
        if (part.n < 3 || part.p[0] < 'A' || part.p[0] > 'Z')
            continue;
        struct person_name name = person_name_of(part);
        for (size_t i = 0; i < w->n_who; i++) {
            if (w->who[i].kind != ACTOR_PERSON || !person_names_agree(&name, &w->who[i].parts))
                continue;
            int32_t keep = w->owner[token];
            struct find *f = names_add(w, token, token + 1, FIND_PERSON);
            f->at.start = (uint32_t)(part.p - w->doc->text.p);
            f->at.end = f->at.start + (uint32_t)part.n;
            w->owner[token] = keep >= 0 ? keep : w->owner[token];
            f->who = (int32_t)i;
            break;
        }
    }
}

/* Names of several words first, so that single ones find what they are short for. */
static void resolve_orgs(struct names *w, bool single)
{
    for (uint32_t i = 0; i < w->n_finds; i++)
        if (w->finds[i].type == FIND_ORG && (w->finds[i].end == w->finds[i].first + 1) == single)
            names_resolve_org(w, i);
}

void names_resolve(struct names *w)
{
    resolve_full_names(w);
    for (uint32_t i = 0; i < w->n_finds; i++) {
        struct find *f = &w->finds[i];
        if (f->who < 0 && (f->type == FIND_PERSON || f->type == FIND_UNKNOWN))
            resolve_short_name(w, i);
    }
    for (uint32_t i = 0; i < w->n_finds; i++)
        if (w->finds[i].who < 0 && w->finds[i].type == FIND_ENTITY)
            resolve_entity(w, i);
    resolve_orgs(w, false);
    resolve_orgs(w, true);
    for (uint32_t i = 0; i < w->n_finds; i++)
        if (w->finds[i].who < 0 && w->finds[i].type == FIND_UNKNOWN)
            names_resolve_acronym(w, i);
    for (uint32_t i = 0; i < w->doc->n_tokens; i++)
        if (w->doc->tokens[i].word && (w->owner[i] < 0 || w->finds[w->owner[i]].who < 0))
            resolve_hyphens(w, i);
}
