/* What a run of articles knows of its people: how often each full name stands in how many
 * articles, offices, gender; and the names a person has decided on. Names are chosen from these
 * counts alone, so the order of the articles does not matter. The oldest names are forgotten when
 * there are too many. */
#include "lang/names/names.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_PEOPLE = 1 << 14, BUCKETS = 1 << 12, MAX_KNOWN = 1 << 16 };

struct run_person {
    struct person_name parts;
    uint64_t keys[2]; /* surname, and the first word of a name whose family name stands first */
    int32_t next[2];
    char *name;
    struct role {
        char *text;
        uint32_t articles;
        bool whose; /* it says of whom: "US Secretary of State" */
    } roles[8];
    uint32_t n_roles;
    uint32_t articles, mentions;
    uint64_t stamp;
    uint32_t family; /* articles that tell of them only as somebody's relative */
    int32_t votes;   /* articles that make him a man less those that make her a woman */
    struct office offices[6];
    uint32_t n_offices;
};

struct known {
    uint64_t hash;
    char *name;
};

struct lang_run {
    struct run_person *people;
    int32_t n_people, cap_people;
    int32_t buckets[BUCKETS];
    struct known *known;
    size_t n_known, cap_known;
    uint64_t clock;
};

static char *copy(struct str s)
{
    char *p = needed(malloc(s.n + 1));
    if (s.n)
        memcpy(p, s.p, s.n);
    p[s.n] = 0;
    return p;
}

static void *grown(void *p, size_t n, size_t size)
{
    p = needed(realloc(p, n * size));
    return p;
}

struct lang_run *lang_run_create(void)
{
    struct lang_run *run = needed(calloc(1, sizeof *run));
    memset(run->buckets, -1, sizeof run->buckets);
    return run;
}

static void forget(struct run_person *p)
{
    free(p->name);
    for (uint32_t i = 0; i < p->n_roles; i++)
        free(p->roles[i].text);
}

void lang_run_destroy(struct lang_run *run)
{
    if (!run)
        return;
    for (int32_t i = 0; i < run->n_people; i++) {
        forget(&run->people[i]);
    }
    for (size_t i = 0; i < run->cap_known; i++)
        free(run->known[i].name);
    free(run->known);
    free(run->people);
    free(run);
}

static uint64_t hash_of(struct str name)
{
    char folded[256];
    size_t n = name_fold(name, folded, sizeof folded);
    return str_hash((struct str){folded, n});
}

/* The slot of a form: the one that holds it, or the empty one where it would go. */
static struct known *known_slot(const struct lang_run *run, uint64_t hash)
{
    size_t i = hash & (run->cap_known - 1);
    while (run->known[i].hash && run->known[i].hash != hash)
        i = (i + 1) & (run->cap_known - 1);
    return &run->known[i];
}

static void grow_known(struct lang_run *run)
{
    struct known *old = run->known;
    size_t n = run->cap_known;
    run->cap_known = n ? n * 2 : 256;
    run->known = needed(calloc(run->cap_known, sizeof *run->known));
    for (size_t i = 0; i < n; i++)
        if (old[i].hash)
            *known_slot(run, old[i].hash) = old[i];
    free(old);
}

/* A form two actors share says nothing of either. */
static void know_form(struct lang_run *run, struct str form, struct str name)
{
    uint64_t hash = hash_of(form);
    if (run->n_known * 2 >= run->cap_known)
        grow_known(run);
    struct known *slot = known_slot(run, hash);
    if (!slot->hash) {
        *slot = (struct known){hash, copy(name)};
        run->n_known++;
    } else if (slot->name && !str_eq(str_of(slot->name), name)) {
        free(slot->name);
        slot->name = NULL;
    }
}

void lang_run_know(struct lang_run *run, const struct lang_actor *actor)
{
    for (size_t i = 0; i <= actor->n_names && run->n_known < MAX_KNOWN; i++)
        know_form(run, i < actor->n_names ? actor->names[i].text : actor->name, actor->name);
}

struct str run_known_name(const struct lang_run *run, struct str name)
{
    const struct known *slot = run && run->n_known ? known_slot(run, hash_of(name)) : NULL;
    return slot && slot->name ? str_of(slot->name) : (struct str){0};
}

static void link_person(struct lang_run *run, int32_t at)
{
    struct run_person *p = &run->people[at];
    for (int k = 0; k < 2; k++) {
        int32_t *head = &run->buckets[(p->keys[k] + (uint64_t)k) & (BUCKETS - 1)];
        p->next[k] = *head;
        *head = at * 2 + k;
    }
}

/* Walks the people filed under a key: *at is -2 at the start. */
static struct run_person *next_person(const struct lang_run *run, uint64_t key, int side,
                                      int32_t *at)
{
    int32_t i = *at == -2 ? run->buckets[(key + (uint64_t)side) & (BUCKETS - 1)]
                          : run->people[*at / 2].next[*at % 2];
    while (i >= 0 && !(i % 2 == side && run->people[i / 2].keys[side] == key))
        i = run->people[i / 2].next[i % 2];
    *at = i;
    return i < 0 ? NULL : &run->people[i / 2];
}

static int by_stamp(const void *x, const void *y)
{
    const struct run_person *a = x, *b = y;
    return a->stamp > b->stamp ? -1 : a->stamp < b->stamp;
}

static void forget_oldest(struct lang_run *run)
{
    qsort(run->people, (size_t)run->n_people, sizeof *run->people, by_stamp);
    for (int32_t i = MAX_PEOPLE / 2; i < run->n_people; i++) {
        forget(&run->people[i]);
    }
    run->n_people = MAX_PEOPLE / 2;
    memset(run->buckets, -1, sizeof run->buckets);
    for (int32_t i = 0; i < run->n_people; i++)
        link_person(run, i);
}

static struct run_person *person_named(struct lang_run *run, struct str name)
{
    struct person_name words = person_name_of(name);
    uint64_t key = person_surname(&words);
    int32_t at = -2;
    for (struct run_person *p; (p = next_person(run, key, 0, &at));)
        if (str_eq(str_of(p->name), name))
            return p;
    if (run->n_people == MAX_PEOPLE)
        forget_oldest(run);
    if (run->n_people == run->cap_people) {
        run->cap_people = run->cap_people ? run->cap_people * 2 : 256;
        run->people = grown(run->people, (size_t)run->cap_people, sizeof *run->people);
    }
    struct run_person *p = &run->people[run->n_people];
    *p = (struct run_person){.keys = {key, words.skeleton[0]}, .name = copy(name)};
    p->parts = person_name_of(str_of(p->name));
    if (!p->parts.family_first)
        p->keys[1] = 0;
    link_person(run, run->n_people++);
    return p;
}

/* "U.S. President" counts as "US President". */
static size_t plain_role(struct str role, char *out, size_t cap)
{
    size_t n = 0;
    for (size_t i = 0; i < role.n && n + 1 < cap; i++) {
        bool dot = role.p[i] == '.' && i && role.p[i - 1] >= 'A' && role.p[i - 1] <= 'Z';
        if (!dot)
            out[n++] = role.p[i];
    }
    return n;
}

static void learn_role(struct run_person *p, const struct office *o)
{
    char text[96];
    if (!o->text.n || o->text.n > 90 || o->flags & WORD_KIN)
        return;
    struct str role = {text, plain_role(o->text, text, sizeof text)};
    for (uint32_t i = 0; i < p->n_roles; i++)
        if (str_eq(str_of(p->roles[i].text), role)) {
            p->roles[i].articles++;
            return;
        }
    if (p->n_roles < sizeof p->roles / sizeof *p->roles)
        p->roles[p->n_roles++] = (struct role){copy(role), 1, o->of >= 0};
}

static void learn_offices(struct run_person *p, const struct names *w, const struct who *who)
{
    for (uint32_t k = 0; k < who->n_offices; k++) {
        struct office o = w->offices[who->offices[k]];
        if (!o.full)
            continue;
        bool have = p->n_offices == sizeof p->offices / sizeof *p->offices;
        for (uint32_t i = 0; i < p->n_offices; i++)
            have |= p->offices[i].head == o.head && p->offices[i].of == o.of &&
                    p->offices[i].bag == o.bag;
        learn_role(p, &o);
        o.text = (struct str){0};
        o.owner = -1;
        if (!have)
            p->offices[p->n_offices++] = o;
    }
}

/* "Vanden Bosch" beside "Kyle Vanden Bosch": the surname alone. */
static bool is_double_surname(const struct who *who, struct str form)
{
    struct str rest = form, first;
    str_split(&rest, ' ', &first);
    for (uint32_t i = 0; i < who->n_forms; i++) {
        struct str other = who->forms[i].text;
        bool longer = who->forms[i].kind == NAME_FULL && other.n > form.n + 1 &&
                      other.p[other.n - form.n - 1] == ' ' &&
                      str_eq_case(str_slice(other, other.n - form.n, other.n), form);
        if (longer && (gaz_word(first) & WORD_PARTICLE || !(gaz_word(first) & WORD_FIRST)))
            return true;
    }
    return false;
}

static bool is_family(const struct names *w, const struct who *who)
{
    bool family = false;
    for (uint32_t k = 0; k < who->n_offices; k++) {
        uint32_t flags = w->offices[who->offices[k]].flags;
        if (!(flags & WORD_KIN))
            return false;
        family |= (flags & (WORD_MALE | WORD_FEMALE)) != 0;
    }
    return family;
}

static void learn(struct lang_run *run, const struct names *w, const struct who *who)
{
    for (uint32_t i = 0; i < who->n_forms; i++) {
        if (who->forms[i].kind != NAME_FULL || is_double_surname(who, who->forms[i].text))
            continue;
        struct run_person *p = person_named(run, who->forms[i].text);
        p->articles++;
        p->mentions += who->count;
        p->stamp = run->clock;
        p->votes += who->gender == GENDER_MALE ? 1 : who->gender == GENDER_FEMALE ? -1 : 0;
        learn_offices(p, w, who);
        p->family += is_family(w, who);
    }
}

void lang_run_survey(struct lang_run *run, const struct lang_draft *draft)
{
    struct arena a = {0};
    struct lang_doc doc = draft->doc;
    doc.arena = &a;
    struct names w = names_of_draft(draft, &doc);
    names_settle(&w);
    run->clock++;
    for (size_t i = 0; i < w.n_who; i++)
        if (w.who[i].kind == ACTOR_PERSON && w.who[i].full)
            learn(run, &w, &w.who[i]);
    arena_finish(&a);
}

static bool is_better(const struct run_person *a, const struct run_person *b)
{
    if (a->articles != b->articles)
        return a->articles > b->articles;
    if (a->mentions != b->mentions)
        return a->mentions > b->mentions;
    size_t na = strlen(a->name), nb = strlen(b->name);
    return na != nb ? na < nb : strcmp(a->name, b->name) < 0;
}

static const struct run_person *best_match(const struct lang_run *run, struct str name,
                                           enum gender gender)
{
    struct person_name words = person_name_of(name);
    const struct run_person *best = NULL;
    if (!words.n)
        return NULL;
    uint64_t keys[2] = {person_surname(&words), words.skeleton[0]};
    for (int side = 0; side < 2; side++) {
        int32_t at = -2;
        for (const struct run_person *p; (p = next_person(run, keys[side], side, &at));) {
            bool clash = (gender == GENDER_MALE && p->votes < 0) ||
                         (gender == GENDER_FEMALE && p->votes > 0) ||
                         (words.n == 1 && p->family * 2 >= p->articles && p->family);
            if (!clash && person_names_agree(&words, &p->parts) && (!best || is_better(p, best)))
                best = p;
        }
    }
    return best;
}

struct str run_person_name(const struct lang_run *run, const struct who *who)
{
    struct str name = who->name;
    for (int step = 0; run && step < 3; step++) {
        const struct run_person *p = best_match(run, name, who->gender);
        if (!p)
            return step ? name : (struct str){0};
        if (str_eq(str_of(p->name), name))
            return name;
        name = str_of(p->name);
    }
    return run ? name : (struct str){0};
}

static bool is_better_role(const struct role *a, const struct role *b)
{
    if (a->whose != b->whose)
        return a->whose;
    if (a->articles != b->articles)
        return a->articles > b->articles;
    size_t na = strlen(a->text), nb = strlen(b->text);
    return na != nb ? na > nb : strcmp(a->text, b->text) < 0;
}

struct str run_person_role(const struct lang_run *run, struct str name)
{
    const struct run_person *p = run ? best_match(run, name, GENDER_UNKNOWN) : NULL;
    const struct role *best = NULL;
    for (uint32_t i = 0; p && i < p->n_roles; i++)
        if (!best || is_better_role(&p->roles[i], best))
            best = &p->roles[i];
    return best ? str_of(best->text) : (struct str){0};
}

const struct office *run_person_offices(const struct lang_run *run, const struct who *who,
                                        uint32_t *n)
{
    const struct run_person *p = run ? best_match(run, who->name, who->gender) : NULL;
    *n = p ? p->n_offices : 0;
    return p ? p->offices : NULL;
}

int32_t run_person_of(const struct lang_run *run, struct str name)
{
    const struct run_person *p = run ? best_match(run, name, GENDER_UNKNOWN) : NULL;
    int32_t of = -1;
    for (uint32_t i = 0; p && i < p->n_offices; i++)
        if (p->offices[i].of >= 0 && !p->offices[i].former && (of < 0 || p->offices[i].of < of))
            of = p->offices[i].of;
    return of;
}

uint32_t run_person_articles(const struct lang_run *run, struct str name)
{
    const struct run_person *p = run ? best_match(run, name, GENDER_UNKNOWN) : NULL;
    return p ? p->articles : 0;
}
