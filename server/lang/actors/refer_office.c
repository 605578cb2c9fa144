/* Nominals: "the US secretary of state" is whoever holds that office in this article or, failing
 * that, in the run; "the Russian government" is Russia; "two officials" are actors of their own. */
#include "lang/names/names.h"

/* Nouns for whoever leads a state, whatever the office is called. */
static bool is_generic_leader(const struct names *w, const struct find *f)
{
    static const char *const words[] = {"leader",   "dictator", "ruler", "strongman",
                                        "autocrat", "head",     "chief"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (names_is(w, f->head, words[i]))
            return true;
    return false;
}

static void give_office(struct names *w, int32_t who, int32_t office)
{
    struct who *p = &w->who[who];
    const struct office *o = &w->offices[office];
    if (p->n_offices < sizeof p->offices / sizeof *p->offices)
        p->offices[p->n_offices++] = office;
    if (o->of >= 0 && p->of < 0)
        p->of = o->of;
    if (o->flags & WORD_KIN)
        return;
    if (!p->role.n || (!o->former && o->of >= 0 && o->text.n > p->role.n && o->text.n < 80))
        p->role = o->text;
}

/* Titles and appositions first: they say who holds what. */
static void attach_beside(struct names *w)
{
    for (uint32_t i = 0; i < w->n_finds; i++) {
        struct find *f = &w->finds[i];
        if (f->type != FIND_NOMINAL || f->beside < 0)
            continue;
        int32_t who = w->finds[f->beside].who;
        if (who < 0 || w->who[who].kind != ACTOR_PERSON)
            continue;
        const struct find *name = &w->finds[f->beside];
        w->offices[f->office].full = name->core_end - name->core > 1;
        give_office(w, who, f->office);
        names_see(w, who, i);
    }
}

static int32_t country_of(int32_t entity)
{
    for (int depth = 0; entity >= 0 && depth < 4; depth++) {
        const struct gaz_entity *e = gaz_entity(entity);
        if (e->kind == ACTOR_COUNTRY || e->of < 0)
            return entity;
        entity = e->of;
    }
    return entity;
}

/* Two bodies of one state, neither part of the other: a Liberal nominee is no Conservative one. */
static bool are_two_bodies(int32_t a, int32_t b)
{
    const struct gaz_entity *x = gaz_entity(a), *y = gaz_entity(b);
    return x->kind == ACTOR_ORGANISATION && y->kind == ACTOR_ORGANISATION && a != b && x->of != b &&
           y->of != a;
}

/* How well an office fits what a nominal says; below 0: not at all. */
static int fit(const struct names *w, const struct find *f, const struct office *n,
               const struct office *o)
{
    bool generic = (o->flags & WORD_LEADER) && is_generic_leader(w, f);
    bool boss = n->of >= 0 && n->of == o->of &&
                (names_is(w, f->head, "chief") || names_is(w, f->head, "head") ||
                 names_is(w, f->head, "boss"));
    int score = n->head == o->head ? 3 : generic || boss ? 2 : -1;
    if (score < 0 || (n->bag & ~o->bag))
        return -1;
    if (!generic && o->bag & ~n->bag && n->of < 0)
        score--;
    if (generic && n->of >= 0 && o->of < 0)
        return -1;
    if (n->of >= 0 && o->of >= 0)
        score = n->of == o->of                           ? score + 3
                : are_two_bodies(n->of, o->of)           ? -1
                : country_of(n->of) == country_of(o->of) ? score
                                                         : -1;
    if (n->former && o->former)
        score++;
    return score;
}

static bool genders_clash(const struct find *f, const struct who *p, uint32_t flags)
{
    (void)f;
    return (flags & WORD_MALE && p->gender == GENDER_FEMALE) ||
           (flags & WORD_FEMALE && p->gender == GENDER_MALE);
}

/* What the run knows of a person's offices, asked again only when name or gender changed. */
static const struct office *known_offices(const struct names *w, struct who *p, uint32_t *n)
{
    struct known_offices *k = &p->known;
    if (!k->asked || k->gender != p->gender || !str_eq(k->name, p->name)) {
        *k = (struct known_offices){.asked = true, .gender = p->gender, .name = p->name};
        k->v = run_person_offices(w->doc->run, p, &k->n);
    }
    *n = k->n;
    return k->v;
}

/* The person of this article whose office the nominal names; ties go to the one named most. */
static int32_t holder(const struct names *w, const struct find *f)
{
    const struct office *n = &w->offices[f->office];
    int32_t best = -1;
    int best_score = 0;
    for (size_t i = 0; i < w->n_who; i++) {
        struct who *p = &w->who[i];
        if (p->kind != ACTOR_PERSON || genders_clash(f, p, n->flags))
            continue;
        int score = -1;
        for (uint32_t k = 0; k < p->n_offices; k++) {
            int s = fit(w, f, n, &w->offices[p->offices[k]]);
            score = s > score ? s : score;
        }
        uint32_t n_known;
        const struct office *known = known_offices(w, p, &n_known);
        for (uint32_t k = 0; k < n_known; k++) {
            int s = fit(w, f, n, &known[k]);
            score = s > score ? s : score;
        }
        if (score < 0)
            continue;
        if (n->of >= 0 && p->of >= 0 && country_of(n->of) != country_of(p->of))
            continue;
        if (score > best_score ||
            (score == best_score && best >= 0 && p->count > w->who[best].count)) {
            best = (int32_t)i;
            best_score = score;
        }
    }
    return best;
}

/* "his Japanese counterpart": somebody of that country. */
static int32_t counterpart(const struct names *w, const struct find *f)
{
    int32_t best = -1;
    if (f->of < 0 || !names_is(w, f->head, "counterpart"))
        return -1;
    for (size_t i = 0; i < w->n_who; i++) {
        const struct who *p = &w->who[i];
        if (p->kind == ACTOR_PERSON && p->of == f->of &&
            (best < 0 || p->count > w->who[best].count))
            best = (int32_t)i;
    }
    return best;
}

/* "the Syrian regime" is Syria. */
static bool resolve_government(struct names *w, uint32_t i)
{
    struct find *f = &w->finds[i];
    if (!f->gov || names_is(w, f->head, "country") || names_is(w, f->head, "nation"))
        return false;
    if (f->of >= 0 && gaz_entity(f->of)->kind == ACTOR_COUNTRY && f->possessor < 0) {
        names_see(w, names_who_of_entity(w, f->of), i);
        return true;
    }
    return false;
}

/* "Russia's foreign ministry" is the Russian Foreign Ministry. */
static bool resolve_ministry(struct names *w, uint32_t i)
{
    static const char *const heads[] = {"ministry", "parliament", "embassy",
                                        "army",     "navy",       "cabinet"};
    struct find *f = &w->finds[i];
    bool is_body = false;
    for (size_t k = 0; k < sizeof heads / sizeof *heads; k++)
        is_body |= names_is(w, f->head, heads[k]);
    if (!is_body || f->of < 0 || f->possessor >= 0 || gaz_entity(f->of)->kind != ACTOR_COUNTRY)
        return false;
    uint32_t first = f->head;
    while (first > f->first && w->flags[first - 1] & WORD_FIELD)
        first--;
    struct str adjective = names_adjective(f->of);
    struct str name = arena_fmt(w->doc->arena, "%.*s %.*s", STR_ARG(adjective),
                                STR_ARG(names_join(w, first, f->head + 1)));
    char *p = (char *)(uintptr_t)name.p;
    for (size_t k = adjective.n; k + 1 < name.n; k++)
        if (p[k] == ' ' && p[k + 1] >= 'a' && p[k + 1] <= 'z')
            p[k + 1] = (char)(p[k + 1] - 32);
    int32_t who = -1;
    for (size_t k = 0; k < w->n_who && who < 0; k++)
        if (w->who[k].kind == ACTOR_ORGANISATION && str_eq_case(w->who[k].name, name))
            who = (int32_t)k;
    if (who < 0) {
        struct who *body = names_who(w, ACTOR_ORGANISATION);
        body->name = name;
        body->of = f->of;
        who = (int32_t)(w->n_who - 1);
    }
    names_see(w, who, i);
    return true;
}

/* "the committee": the organisation named last whose name has that word. */
static int32_t organisation_before(const struct names *w, const struct find *f)
{
    enum { MOST_LOOKED_AT = 256 };
    size_t looked_at = 0;
    for (size_t k = w->n_finds; k-- > 0 && looked_at < MOST_LOOKED_AT;) {
        const struct find *g = &w->finds[k];
        if (g->first >= f->first || g->who < 0 || (g->type != FIND_ORG && g->type != FIND_ENTITY))
            continue;
        const struct who *p = &w->who[g->who];
        if (p->kind != ACTOR_ORGANISATION)
            continue;
        looked_at++;
        for (uint32_t n = 0; n < p->n_forms; n++) {
            struct person_name words = person_name_of(p->forms[n].text);
            for (size_t m = 0; m < words.n; m++)
                if (str_eq_case(words.words[m], names_text(w, f->head)))
                    return g->who;
        }
    }
    return -1;
}

/* An unnamed speaker met before with the same noun: "A source close to ..." ... "the source". */
static int32_t unnamed_before(const struct names *w, const struct find *f)
{
    uint64_t head = names_hash(names_text(w, f->head));
    for (size_t k = w->n_finds; k-- > 0;) {
        const struct find *g = &w->finds[k];
        if (g->type == FIND_NOMINAL && g->first < f->first && g->who >= 0 &&
            w->who[g->who].kind == ACTOR_UNNAMED && !g->definite &&
            names_hash(names_text(w, g->head)) == head && g->plural == f->plural)
            return g->who;
    }
    return -1;
}

/* "the Reuters news agency", "ISNA news agency": the noun says what the name in front is. */
static bool resolve_kind_noun(struct names *w, uint32_t i)
{
    struct find *f = &w->finds[i];
    bool entity = f->of >= 0 && gaz_entity(f->of)->kind != ACTOR_COUNTRY;
    const struct find *owner = f->possessor < 0 ? NULL : &w->finds[f->possessor];
    bool named = owner && owner->type == FIND_ORG && owner->who >= 0;
    if ((!entity && !named) || !(w->flags[f->head] & WORD_NOMINAL_ORG))
        return false;
    for (uint32_t k = f->first; k < f->head; k++)
        if (names_is_possessive(w, k))
            return false;
    names_see(w, named ? owner->who : names_who_of_entity(w, f->of), i);
    return true;
}

/* What follows is added to the phrase: "senators like Ann Reed (Ohio)". */
static bool ends_descriptor(const struct names *w, uint32_t token)
{
    static const char *const words[] = {",", "who", "that", "like", "such", "including", "(", "["};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (names_is(w, token, words[i]))
            return true;
    return false;
}

/* Where the nominal begins a statement's source, the whole source is the descriptor: "a source
 * close to the discussions", "a spokesperson for the prime minister". */
static struct str descriptor(struct names *w, const struct find *f, uint32_t first)
{
    const struct lang_doc *doc = w->doc;
    bool owns = names_is_possessive(w, f->end); /* "the governor's office" is no governor */
    uint32_t source_end = owns ? 0 : names_source_end(w, f->at), last = f->end;
    while (source_end && last < doc->n_tokens && doc->tokens[last].at.end <= source_end &&
           last < f->end + 12 && !ends_descriptor(w, last))
        last++;
    return names_join(w, first, last);
}

bool names_all_capital(struct str s)
{
    struct str word;
    while (str_split(&s, ' ', &word))
        if (word.n && (word.p[0] < 'A' || (word.p[0] >= 'a' && word.p[0] <= 'z')))
            return false; /* signed bytes: a letter beyond ASCII counts as small */
    return true;
}

void names_make_small(struct str name)
{
    struct str rest = name, word;
    while (str_split(&rest, ' ', &word))
        if (word.n && word.p[0] >= 'A' && word.p[0] <= 'Z' && gaz_word(word) & WORD_COMMON)
            ((char *)(uintptr_t)word.p)[0] = (char)(word.p[0] + 32);
}

static struct str lowered(struct names *w, struct str s, bool proper)
{
    if (proper || s.n < 2 || (s.p[1] >= 'A' && s.p[1] <= 'Z'))
        return s;
    struct str copy = arena_str(w->doc->arena, s);
    char *p = (char *)(uintptr_t)copy.p;
    if (names_all_capital(copy))
        names_make_small(copy);
    if (p[0] >= 'A' && p[0] <= 'Z')
        p[0] = (char)(p[0] + 32);
    return copy;
}

/* The descriptor is the name: "three diplomats", "a source close to the discussions". */
void names_resolve_unnamed(struct names *w, uint32_t i)
{
    struct find *f = &w->finds[i];
    uint32_t first = f->first;
    if (first < f->head && (names_is(w, first, "the") || names_is_possessed(w, f)))
        first++; /* whose they are nobody knows */
    struct str whole = names_join(w, f->first, f->end);
    bool proper = (w->owner[first] >= 0 && w->finds[w->owner[first]].type != FIND_NOMINAL) ||
                  !(w->flags[first] & (WORD_COMMON | WORD_DET | WORD_FUNCTION));
    struct str name = lowered(w, names_without_time(descriptor(w, f, first)), proper);
    bool figure = name.n && name.p[0] >= '0' && name.p[0] <= '9'; /* "No. [2 official]" */
    if (figure && first > 1 && names_is(w, first - 2, "no") && names_is(w, first - 1, "."))
        name = arena_fmt(w->doc->arena, "No. %.*s", STR_ARG(name));
    int32_t who = f->definite ? unnamed_before(w, f) : -1;
    for (size_t k = 0; k < w->n_who && who < 0; k++)
        if (str_eq(w->who[k].name, name) &&
            (w->who[k].kind == ACTOR_UNNAMED || w->who[k].kind == ACTOR_ORGANISATION))
            who = (int32_t)k;
    if (who < 0) {
        bool body = !(w->flags[f->head] & WORD_PLURAL) && (f->possessor >= 0 || f->of >= 0) &&
                    f->head + 1 == f->end && w->flags[f->head] & (WORD_ORG | WORD_NOMINAL_ORG);
        struct who *p = names_who(w, body ? ACTOR_ORGANISATION : ACTOR_UNNAMED);
        p->name = name;
        p->of = f->of;
        p->forms[p->n_forms++] = (struct lang_name){name, NAME_FULL};
        if (!str_eq(whole, name))
            p->forms[p->n_forms++] = (struct lang_name){whole, NAME_FULL};
        who = (int32_t)(w->n_who - 1);
    }
    names_see(w, who, i);
}

/* "longtime ally the United States": an apposition before a name without comma. */
static bool resolve_before_name(struct names *w, uint32_t i)
{
    struct find *f = &w->finds[i];
    uint32_t next = names_is(w, f->end, "the") ? f->end + 1 : f->end;
    if (f->plural || f->definite || next >= w->doc->n_tokens || w->owner[next] < 0)
        return false;
    const struct find *name = &w->finds[w->owner[next]];
    if (name->first != next || name->who < 0 ||
        (name->type != FIND_ENTITY && name->type != FIND_ORG) ||
        (name->form && name->form->kind == FORM_DEMONYM))
        return false;
    names_see(w, name->who, i);
    return true;
}

/* "Another Canadian analyst", "a Ukrainian official": somebody not named before. */
static bool is_indefinite(const struct names *w, const struct find *f)
{
    return names_is(w, f->first, "another") || names_is(w, f->first, "a") ||
           names_is(w, f->first, "an") || names_is(w, f->first, "one") ||
           names_is(w, f->first, "some");
}

static void resolve_nominal(struct names *w, uint32_t i)
{
    struct find *f = &w->finds[i];
    uint32_t flags = w->flags[f->head];
    bool singular = !f->plural;
    bool capital = w->doc->tokens[f->head].capital;
    if (names_resolve_led_body(w, i) || resolve_government(w, i) || resolve_ministry(w, i) ||
        resolve_kind_noun(w, i) || resolve_before_name(w, i))
        return;
    int32_t who = -1;
    bool kin = flags & WORD_KIN && f->possessor >= 0;
    if (singular && flags & WORD_ROLE && !kin && !is_indefinite(w, f) &&
        (f->definite || capital || f->of >= 0 || f->first == f->head))
        who = holder(w, f);
    if (who < 0 && singular)
        who = counterpart(w, f);
    if (who < 0 && f->definite && flags & WORD_NOMINAL_ORG && f->of < 0 && f->possessor < 0)
        who = organisation_before(w, f);
    if (who < 0 && !(flags & WORD_PLURAL)) /* "the bank" */
        who = names_body_before(w, i);
    if (who >= 0)
        names_see(w, who, i);
    else if (flags & (WORD_ROLE | WORD_UNNAMED | WORD_COLLECTIVE) && !names_is_possessed(w, f))
        names_resolve_unnamed(w, i); /* what is possessed waits for its pronoun */
}

void names_resolve_nominals(struct names *w)
{
    attach_beside(w);
    for (uint32_t i = 0; i < w->n_finds; i++)
        if (w->finds[i].type == FIND_NOMINAL && w->finds[i].who < 0)
            resolve_nominal(w, i);
}
