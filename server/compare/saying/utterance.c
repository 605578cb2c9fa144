/* Utterances from statements that were joined (join.c): who speaks, when, on what, in which words.
 */
#include "compare/join/join.h"

#include <stdlib.h>

/* Of so many wordings of one saying the first ones speak for all. */
enum { MOST_VOTES = 200 };

static struct str most_common(struct saying **m, size_t n, struct str (*of)(const struct saying *))
{
    struct str best = {0};
    size_t best_count = 0;
    n = n < MOST_VOTES ? n : MOST_VOTES;
    for (size_t i = 0; i < n; i++) {
        struct str value = of(m[i]);
        size_t count = 0;
        for (size_t k = 0; value.n && k < n; k++)
            count += str_eq(of(m[k]), value);
        if (count > best_count) {
            best_count = count;
            best = value;
        }
    }
    return best;
}

static struct str day_of_saying(const struct saying *s)
{
    return s->day;
}

static struct str issue_of(const struct saying *s)
{
    return s->st->n_positions ? s->st->positions[0].issue : (struct str){0};
}

/* Whom readers would name: a person before a body before nobody in particular; of a ruling, the
 * court. */
static int worth(const struct work *w, const struct saying *s, bool ruled)
{
    static const int worths[ACTOR_KIND_COUNT] = {
        [ACTOR_PERSON] = 4, [ACTOR_ORGANISATION] = 3, [ACTOR_COUNTRY] = 3,
        [ACTOR_GROUP] = 3,  [ACTOR_OUTLET] = 2,       [ACTOR_UNNAMED] = 1};
    if (ruled && (s->court || saying_is_beside_court(w, s)))
        return s->court ? 3 : 0;
    return s->speaker.n ? worths[saying_kind(w, s)] : 0;
}

/* Several who are more than "officials": "47 senators", "twelve port towns". */
static bool is_group(const struct work *w, const struct saying *s)
{
    struct str head = s->speaker.n ? key_head(s->speaker) : s->speaker;
    return saying_kind(w, s) == ACTOR_UNNAMED && str_ends(head, S("s")) &&
           !str_ends(head, S("ss")) && head.n < s->speaker.n;
}

/* Does a act for b? What a person's office hands out is that person's. */
static bool acts_for(const struct work *w, const struct saying *a, const struct saying *b)
{
    return b->speaker.n && str_eq(a->of, b->speaker) &&
           (saying_kind(w, a) == ACTOR_PERSON || saying_kind(w, b) != ACTOR_PERSON);
}

/* How many of them name whom i names; named: what each counts. */
static size_t votes_for(struct saying **m, const size_t *named, size_t n, size_t i)
{
    size_t votes = 0;
    for (size_t k = 0; k < n; k++)
        votes += str_eq(m[i]->speaker, m[k]->speaker) ? named[k] : 0;
    return votes;
}

/* Where readings differ: the one whom most name, of the best kind - a pronoun counts half -, and
 * who acts rather than whom it acts for; but a group that most name, though one of it stands
 * elsewhere by name. */
static struct str speaker_of(const struct work *w, struct saying **m, size_t n)
{
    size_t best = 0, most = 0, named[MOST_VOTES];
    bool ruled = false;
    n = n < MOST_VOTES ? n : MOST_VOTES;
    for (size_t i = 0; i < n; i++) {
        named[i] = saying_by_pronoun(w, m[i]) ? 1 : 2;
        ruled = ruled || m[i]->court;
    }
    for (size_t i = 0; i < n; i++) {
        size_t votes = votes_for(m, named, n, i);
        int more = worth(w, m[i], ruled) - worth(w, m[best], ruled);
        if (votes > n && is_group(w, m[i]))
            return m[i]->speaker;
        if (acts_for(w, m[i], m[best]))
            more = 1;
        else if (acts_for(w, m[best], m[i]))
            more = -1;
        if (more > 0 || (!more && votes > most)) {
            best = i;
            most = votes;
        }
    }
    return m[best]->speaker;
}

static int by_place(const void *a, const void *b)
{
    const struct saying *const *x = a, *const *y = b;
    return (*x > *y) - (*x < *y);
}

static void fill(struct work *w, const struct joins *j, uint32_t first, size_t at)
{
    struct utterance *u = &w->out->utterances[at];
    struct saying **m = arena_array(w->arena, j->size[first] + 1, sizeof *m);
    size_t n = 0;
    for (uint32_t i = first; i != UINT32_MAX; i = j->next[i])
        m[n++] = &w->sayings[i];
    qsort(m, n, sizeof *m, by_place);
    u->wordings = arena_array(w->arena, n + 1, sizeof *u->wordings);
    u->n_wordings = n;
    u->rule = j->rule[first] ? j->rule[first] : "alone";
    for (size_t i = 0; i < n; i++) {
        m[i]->utterance = (uint32_t)at;
        u->wordings[i] =
            (struct wording){m[i]->article, m[i]->statement, VARIANT_PARAPHRASE, false, false};
        if (!i || m[i]->id < u->id)
            u->id = m[i]->id;
    }
    u->speaker = speaker_of(w, m, n);
    u->said_on = most_common(m, n, day_of_saying);
    u->issue = most_common(m, n, issue_of);
    w->members[at] = m;
    work_variants(w, u, m);
}

void work_utterances(struct work *w)
{
    struct joins j;
    work_joins(w, &j);
    size_t groups = 0;
    for (uint32_t i = 0; i < w->n_sayings; i++)
        groups += j.parent[i] == i;
    w->out->utterances = arena_array(w->arena, groups + 1, sizeof *w->out->utterances);
    w->members = arena_array(w->arena, groups + 1, sizeof *w->members);
    for (uint32_t i = 0; i < w->n_sayings; i++)
        if (j.parent[i] == i)
            fill(w, &j, i, w->out->n_utterances++);
}
