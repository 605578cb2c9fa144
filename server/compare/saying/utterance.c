/* Statements into utterances: pairs by likeness, best first, merged while the two groups agree
 * as a whole. A person's verdicts come before all of it. */
#include "compare/parts.h"

#include <stdlib.h>

/* From this score on two statements of different articles (of one article) are one saying. */
#define JOIN_ACROSS 0.35
#define JOIN_WITHIN 0.60
/* Mean score that two groups must reach besides their best pair. */
#define JOIN_MEAN 0.22

/* What a match can gain besides the likeness of words: by circumstances, by words quoted alike. */
#define MOST_BY_CIRCUMSTANCES 0.18
#define MOST_BY_QUOTATION 0.75

enum { MOST_COMPARED = 8 };

struct pair {
    uint32_t a, b;
    double score;
    const char *rule;
};

struct joining {
    struct work *w;
    struct arena scratch;
    struct pair *pairs;
    size_t n_pairs, cap;
    uint32_t *parent;
    uint32_t *next, *last; /* members of a group as a list */
    uint32_t *size;
    const char **rule;
    struct table split; /* pairs a person parted */
};

static uint64_t pair_key(int64_t a, int64_t b)
{
    int64_t low = a < b ? a : b, high = a < b ? b : a;
    return str_hash((struct str){(const char *)(int64_t[]){low, high}, 2 * sizeof low});
}

static uint32_t root(const struct joining *j, uint32_t i)
{
    while (j->parent[i] != i)
        i = j->parent[i];
    return i;
}

static void unite(struct joining *j, uint32_t a, uint32_t b, const char *rule)
{
    uint32_t low = a < b ? a : b, high = a < b ? b : a;
    j->parent[high] = low;
    j->next[j->last[low]] = high;
    j->last[low] = j->last[high];
    j->size[low] += j->size[high];
    if (!j->rule[low])
        j->rule[low] = j->rule[high] ? j->rule[high] : rule;
}

/* "confirmed the talks were off, saying: “…”": the quotation completes the sentence before it. */
static bool continues(const struct work *w, const struct saying *a, const struct saying *b)
{
    if (a->article != b->article || saying_kinship(a, b) != KIN_SAME || !a->n_terms ||
        !b->n_terms || b->st->kind != STATEMENT_DIRECT || a->st->kind == STATEMENT_DIRECT)
        return false;
    const struct text *t = &w->texts[a->article];
    const struct term *end = &t->terms[a->terms[a->n_terms - 1]], *begin = &t->terms[b->terms[0]];
    if (end->sentence != begin->sentence || begin->at.start < end->at.end || !b->st->cue.n)
        return false;
    struct term_range cue = text_range(t, b->st->cue.v[0]);
    return cue.end > cue.first && begin->at.start - end->at.end < 40 &&
           t->terms[cue.first].at.start >= end->at.end &&
           (t->terms[cue.first].word == str_hash(S("saying")) ||
            t->terms[cue.first].word == str_hash(S("adding")) ||
            t->terms[cue.first].word == str_hash(S("telling")));
}

static void consider(struct joining *j, uint32_t a, uint32_t b)
{
    const struct saying *x = &j->w->sayings[a], *y = &j->w->sayings[b];
    struct match m = saying_match(j->w, x, y);
    if (continues(j->w, x, y))
        m = (struct match){.score = 0.9, .rule = "same.sentence"};
    double least = x->article == y->article ? JOIN_WITHIN : JOIN_ACROSS;
    if (m.never || m.score < least)
        return;
    j->pairs = arena_grow(j->w->arena, j->pairs, j->n_pairs, &j->cap, sizeof *j->pairs);
    j->pairs[j->n_pairs++] = (struct pair){a, b, m.score, m.rule};
}

/* Speakers that can share an utterance: the actor itself and whom it acts for. */
struct seat {
    uint64_t key;
    uint32_t saying;
};

static int by_key(const void *a, const void *b)
{
    const struct seat *x = a, *y = b;
    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    return (x->saying > y->saying) - (x->saying < y->saying);
}

/* Can they reach the score, given the weight of the words they share? */
static bool may_match(const struct saying *a, const struct saying *b, double shared)
{
    double least = a->bag.weight < b->bag.weight ? a->bag.weight : b->bag.weight;
    bool quoted = a->n_quoted && b->n_quoted;
    return shared >=
           least * (JOIN_ACROSS - MOST_BY_CIRCUMSTANCES - (quoted ? MOST_BY_QUOTATION : 0));
}

/* The pairs among those of one seat: which share words, and which stand in one article. */
static void find_pairs_at(struct joining *j, const struct seat *seats, size_t n)
{
    struct work *w = j->w;
    struct bag *bags = arena_array(&j->scratch, n + 1, sizeof *bags);
    for (size_t i = 0; i < n; i++)
        bags[i] = w->sayings[seats[i].saying].bag;
    struct meetings m;
    meetings_index(&j->scratch, bags, n, &m);
    for (uint32_t i = 0; i < n; i++) {
        const struct saying *x = &w->sayings[seats[i].saying];
        meetings_after(&m, i);
        uint32_t end = i + 1; /* of those in one article: a quotation may continue any of them */
        for (; end < n && w->sayings[seats[end].saying].article == x->article; end++)
            consider(j, seats[i].saying, seats[end].saying);
        for (size_t k = 0; k < m.n_met; k++) {
            uint32_t other = seats[m.met[k]].saying;
            if (m.met[k] >= end && may_match(x, &w->sayings[other], m.shared[m.met[k]]))
                consider(j, seats[i].saying, other);
        }
    }
    arena_reset(&j->scratch);
}

static void find_pairs(struct joining *j)
{
    struct work *w = j->w;
    struct seat *seats = arena_array(w->arena, 2 * w->n_sayings + 1, sizeof *seats);
    size_t n = 0;
    for (uint32_t i = 0; i < w->n_sayings; i++) {
        if (w->sayings[i].speaker.n)
            seats[n++] = (struct seat){str_hash(w->sayings[i].speaker), i};
        if (w->sayings[i].of.n && w->sayings[i].st->kind != STATEMENT_INDIRECT)
            seats[n++] = (struct seat){str_hash(w->sayings[i].of), i};
    }
    qsort(seats, n, sizeof *seats, by_key);
    for (size_t first = 0, end; first < n; first = end) {
        for (end = first + 1; end < n && seats[end].key == seats[first].key;)
            end++;
        find_pairs_at(j, seats + first, end - first);
    }
    arena_finish(&j->scratch);
}

static int best_first(const void *a, const void *b)
{
    const struct pair *x = a, *y = b;
    if (x->score != y->score)
        return x->score < y->score ? 1 : -1;
    if (x->a != y->a)
        return x->a < y->a ? -1 : 1;
    return (x->b > y->b) - (x->b < y->b);
}

static bool parted(const struct joining *j, uint32_t a, uint32_t b)
{
    return j->split.n &&
           table_get(&j->split, pair_key(j->w->sayings[a].id, j->w->sayings[b].id), 0);
}

/* May the groups of a and b become one? Large groups are judged by their first members. */
static bool groups_agree(const struct joining *j, uint32_t a, uint32_t b)
{
    double sum = 0;
    size_t pairs = 0, i = 0;
    for (uint32_t x = a; x != UINT32_MAX && i < MOST_COMPARED; x = j->next[x], i++) {
        size_t k = 0;
        for (uint32_t y = b; y != UINT32_MAX && k < MOST_COMPARED; y = j->next[y], k++) {
            const struct saying *p = &j->w->sayings[x], *q = &j->w->sayings[y];
            if (parted(j, x, y))
                return false;
            if (continues(j->w, p, q) || continues(j->w, q, p)) {
                sum += 0.9;
                pairs++;
                continue;
            }
            struct match m = saying_match(j->w, p, q);
            if (m.never && saying_kinship(p, q) == KIN_SAME)
                return false;
            if (p->article == q->article && m.score < JOIN_WITHIN)
                return false;
            sum += m.score;
            pairs++;
        }
    }
    return sum >= JOIN_MEAN * (double)pairs;
}

static void obey_verdicts(struct joining *j)
{
    struct table at = {0};
    for (uint32_t i = 0; i < j->w->n_sayings; i++)
        *table_at(j->w->arena, &at, (uint64_t)j->w->sayings[i].id) = i + 1;
    for (size_t v = 0; v < j->w->in->n_verdicts; v++) {
        const struct compare_verdict *verdict = &j->w->in->verdicts[v];
        uint32_t a = table_get(&at, (uint64_t)verdict->a, 0),
                 b = table_get(&at, (uint64_t)verdict->b, 0);
        if (!a || !b || a == b)
            continue;
        if (verdict->what == VERDICT_SPLIT)
            *table_at(j->w->arena, &j->split, pair_key(verdict->a, verdict->b)) = 1;
        else if (verdict->what == VERDICT_JOIN && root(j, a - 1) != root(j, b - 1))
            unite(j, root(j, a - 1), root(j, b - 1), "person");
    }
}

static void join_all(struct joining *j)
{
    size_t n = j->w->n_sayings;
    j->parent = arena_array(j->w->arena, n + 1, sizeof *j->parent);
    j->next = arena_array(j->w->arena, n + 1, sizeof *j->next);
    j->last = arena_array(j->w->arena, n + 1, sizeof *j->last);
    j->size = arena_array(j->w->arena, n + 1, sizeof *j->size);
    j->rule = arena_array(j->w->arena, n + 1, sizeof *j->rule);
    for (uint32_t i = 0; i < n; i++) {
        j->parent[i] = j->last[i] = i;
        j->next[i] = UINT32_MAX;
        j->size[i] = 1;
    }
    obey_verdicts(j);
    find_pairs(j);
    if (j->n_pairs)
        qsort(j->pairs, j->n_pairs, sizeof *j->pairs, best_first);
    for (size_t i = 0; i < j->n_pairs; i++) {
        uint32_t a = root(j, j->pairs[i].a), b = root(j, j->pairs[i].b);
        if (a != b && groups_agree(j, a, b))
            unite(j, a, b, j->pairs[i].rule);
    }
}

static struct str most_common(struct saying **m, size_t n, struct str (*of)(const struct saying *))
{
    struct str best = {0};
    size_t best_count = 0;
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

/* The one who acts rather than whom it acts for. */
static struct str speaker_of(struct saying **m, size_t n)
{
    struct str best = m[0]->speaker;
    for (size_t i = 1; i < n; i++)
        if (m[i]->speaker.n && (!best.n || str_eq(m[i]->of, best)))
            best = m[i]->speaker;
    return best;
}

static int by_place(const void *a, const void *b)
{
    const struct saying *const *x = a, *const *y = b;
    return (*x > *y) - (*x < *y);
}

static void fill(struct joining *j, uint32_t first, size_t at)
{
    struct work *w = j->w;
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
    u->speaker = speaker_of(m, n);
    u->said_on = most_common(m, n, day_of_saying);
    u->issue = most_common(m, n, issue_of);
    w->members[at] = m;
    work_variants(w, u, m);
}

void work_utterances(struct work *w)
{
    struct joining j = {.w = w};
    join_all(&j);
    size_t groups = 0;
    for (uint32_t i = 0; i < w->n_sayings; i++)
        groups += j.parent[i] == i;
    w->out->utterances = arena_array(w->arena, groups + 1, sizeof *w->out->utterances);
    w->members = arena_array(w->arena, groups + 1, sizeof *w->members);
    for (uint32_t i = 0; i < w->n_sayings; i++)
        if (j.parent[i] == i)
            fill(&j, i, w->out->n_utterances++);
}
