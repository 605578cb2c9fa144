/* Which pairs of statements are worth matching. Those of one speaker (or of one who acts for the
 * other) that share words; whoever speaks, those that share their weightiest words: a reading can
 * take one and the same speaker for two. Words that many statements have bring nobody together, so
 * that time grows with the story. */
#include "compare/join/join.h"

#include <stdlib.h>

/* Share of the lesser statement's words that two of one speaker have in common at least. */
#define LEAST_SHARED 0.12
/* From this on two of one speaker are matched though they share no word. */
#define NEAR_IN_SENSE 0.3
/* Of a statement, so many words can bring it together with other speakers', each of them in so
 * many statements at most. */
enum { HEAVY_WORDS = 6, MOST_WITH_WORD = 40, LEAST_HEAVY = 2 };
/* A statement is matched with so many that stand behind it at most - of one article, so many of the
 * next -, and a word leads to so many. In a story of more than LARGE statements it is matched with
 * fewer, FEW_PAIRS at least, the more there are - a saying that is reported a hundred times holds
 * together by the nearest of its reports -; all of them have a few times STORY_PAIRS at most, or
 * LEAST_PAIRS each: memory is bounded, however often they repeat each other. */
enum {
    MOST_PAIRS = 256,
    LEAST_PAIRS = 8,
    FEW_PAIRS = 16,
    LARGE = 1600,
    STORY_PAIRS = 1000000,
    MOST_BEHIND = 64,
    MOST_MET = 1024
};

struct candidates {
    struct work *w;
    struct arena arena, scratch;
    struct join_pairs *out;
    uint32_t *pairs; /* by saying: with how many behind it it was matched */
    uint32_t most;   /* of these */
    bool *limited;   /* by saying: there were more */
    struct met *met; /* so many */
};

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

/* Counts a saying that is not matched with all. */
static bool limit(struct candidates *c, uint32_t saying)
{
    c->w->out->n_limited += !c->limited[saying];
    c->limited[saying] = true;
    return true;
}

static void add(struct candidates *c, uint32_t a, uint32_t b)
{
    uint32_t low = a < b ? a : b, high = a < b ? b : a;
    if (low == high || (c->pairs[low] >= c->most && limit(c, low)))
        return;
    uint32_t *known = join_pairs_at(c->out, low, high);
    if (*known)
        return;
    *known = NEVER_PAIR;
    c->pairs[low]++;
    struct match m = saying_match(c->w, &c->w->sayings[low], &c->w->sayings[high]);
    if (!m.never)
        join_pairs_add(c->out, (struct join_pair){low, high, m}, known);
}

static bool share_enough(const struct saying *a, const struct saying *b, double shared)
{
    double least = a->bag.weight < b->bag.weight ? a->bag.weight : b->bag.weight;
    return shared >= least * LEAST_SHARED;
}

/* A statement of a seat, and the first of those that stand behind its article. */
struct behind {
    uint32_t of, first;
};

/* One that shares words with another, and how much of all that both have. */
struct met {
    uint32_t saying;
    double share;
};

static bool is_farther(const struct met *x, const struct met *y)
{
    return x->share != y->share ? x->share < y->share : x->saying > y->saying;
}

static int by_saying(const void *a, const void *b)
{
    const struct met *x = a, *y = b;
    return (x->saying > y->saying) - (x->saying < y->saying);
}

static void swap(struct met *x, struct met *y)
{
    struct met one = *x;
    *x = *y;
    *y = one;
}

/* The last of a heap, the farthest of which is the first, to its place. */
static void rise(struct met *heap, size_t n)
{
    for (size_t i = n - 1; i && is_farther(&heap[i], &heap[(i - 1) / 2]); i = (i - 1) / 2)
        swap(&heap[i], &heap[(i - 1) / 2]);
}

static void sink(struct met *heap, size_t n)
{
    for (size_t i = 0, k; (k = 2 * i + 1) < n; i = k) {
        k += k + 1 < n && is_farther(&heap[k + 1], &heap[k]);
        if (!is_farther(&heap[k], &heap[i]))
            return;
        swap(&heap[k], &heap[i]);
    }
}

/* False if one was left out. */
static bool note_met(struct candidates *c, size_t *n, struct met met)
{
    if (*n < c->most) {
        c->met[(*n)++] = met;
        rise(c->met, *n);
        return true;
    }
    if (is_farther(&c->met[0], &met)) {
        c->met[0] = met;
        sink(c->met, *n);
    }
    return false;
}

/* Of a large story's, those behind it that have most in common with it; as many as that, beside
 * those of its own article. */
static void add_nearest(struct candidates *c, const struct seat *seats, const struct meetings *m,
                        struct behind b)
{
    uint32_t saying = seats[b.of].saying;
    const struct saying *x = &c->w->sayings[saying];
    size_t n = 0;
    bool all = true;
    for (size_t k = 0; k < m->n_met; k++) {
        uint32_t other = seats[m->met[k]].saying;
        const struct saying *y = &c->w->sayings[other];
        double shared = m->shared[m->met[k]];
        if (m->met[k] >= b.first && share_enough(x, y, shared))
            all &= note_met(c, &n, (struct met){other, shared / (x->bag.weight + y->bag.weight)});
    }
    if (n)
        qsort(c->met, n, sizeof *c->met, by_saying);
    c->pairs[saying] = 0;
    for (size_t k = 0; k < n; k++)
        add(c, saying, c->met[k].saying);
    if (!all)
        limit(c, saying);
}

/* Those behind it that share enough words with it. */
static void add_met(struct candidates *c, const struct seat *seats, const struct meetings *m,
                    struct behind b)
{
    uint32_t saying = seats[b.of].saying;
    if (c->most < MOST_PAIRS) {
        add_nearest(c, seats, m, b);
        return;
    }
    for (size_t k = 0; k < m->n_met; k++) {
        uint32_t other = seats[m->met[k]].saying;
        if (m->met[k] >= b.first &&
            share_enough(&c->w->sayings[saying], &c->w->sayings[other], m->shared[m->met[k]]))
            add(c, saying, other);
    }
}

/* The pairs among those of one seat: which share words, and which stand in one article. */
static void find_at(struct candidates *c, const struct seat *seats, size_t n)
{
    struct work *w = c->w;
    struct bag *bags = arena_array(&c->scratch, n + 1, sizeof *bags);
    for (size_t i = 0; i < n; i++)
        bags[i] = w->sayings[seats[i].saying].bag;
    struct meetings m;
    meetings_index(&c->scratch, bags, n, &m);
    m.most = MOST_MET;
    for (uint32_t i = 0; i < n; i++) {
        const struct saying *x = &w->sayings[seats[i].saying];
        meetings_after(&m, i);
        uint32_t end = i + 1; /* of those in one article: a quotation may continue any of them */
        for (; end < n && end <= i + MOST_BEHIND &&
               w->sayings[seats[end].saying].article == x->article;
             end++)
            add(c, seats[i].saying, seats[end].saying);
        add_met(c, seats, &m, (struct behind){i, end});
        for (uint32_t k = end; k < n && k <= i + MOST_BEHIND; k++)
            if (sayings_sense(x, &w->sayings[seats[k].saying]) >= NEAR_IN_SENSE)
                add(c, seats[i].saying, seats[k].saying);
    }
    arena_reset(&c->scratch);
}

static void find_by_speaker(struct candidates *c)
{
    struct work *w = c->w;
    struct seat *seats = arena_array(&c->arena, 2 * w->n_sayings + 1, sizeof *seats);
    size_t n = 0;
    for (uint32_t i = 0; i < w->n_sayings; i++) {
        if (w->sayings[i].speaker.n)
            seats[n++] = (struct seat){str_hash(w->sayings[i].speaker), i};
        if (w->sayings[i].of.n)
            seats[n++] = (struct seat){str_hash(w->sayings[i].of), i};
    }
    qsort(seats, n, sizeof *seats, by_key);
    for (size_t first = 0, end; first < n; first = end) {
        for (end = first + 1; end < n && seats[end].key == seats[first].key;)
            end++;
        find_at(c, seats + first, end - first);
    }
}

static int heavier(const void *a, const void *b)
{
    const struct weighted *x = a, *y = b;
    if (x->weight != y->weight)
        return x->weight < y->weight ? 1 : -1;
    return (x->stem > y->stem) - (x->stem < y->stem);
}

/* The statement's weightiest words that few statements have. */
static struct bag heavy_words(struct candidates *c, const struct bag *of,
                              const struct map *statements)
{
    struct bag heavy = {.v = arena_array(&c->scratch, of->n + 1, sizeof *heavy.v)};
    for (size_t i = 0; i < of->n; i++)
        if (map_get(statements, of->v[i].stem, 0) <= MOST_WITH_WORD)
            heavy.v[heavy.n++] = of->v[i];
    if (heavy.n)
        qsort(heavy.v, heavy.n, sizeof *heavy.v, heavier);
    heavy.n = heavy.n < HEAVY_WORDS ? heavy.n : HEAVY_WORDS;
    bag_close(&heavy);
    return heavy;
}

static void find_by_words(struct candidates *c)
{
    struct work *w = c->w;
    struct map statements = {0}; /* stem -> how many have it */
    struct bag *bags = arena_array(&c->scratch, w->n_sayings + 1, sizeof *bags);
    for (size_t i = 0; i < w->n_sayings; i++)
        for (size_t k = 0; k < w->sayings[i].bag.n; k++)
            ++*map_at(&c->scratch, &statements, w->sayings[i].bag.v[k].stem);
    for (size_t i = 0; i < w->n_sayings; i++)
        bags[i] = heavy_words(c, &w->sayings[i].bag, &statements);
    struct meetings m;
    meetings_index(&c->scratch, bags, w->n_sayings, &m);
    for (uint32_t i = 0; i < w->n_sayings; i++) {
        meetings_after(&m, i);
        for (size_t k = 0; k < m.n_met; k++)
            if (m.words[m.met[k]] >= LEAST_HEAVY &&
                w->sayings[i].article != w->sayings[m.met[k]].article)
                add(c, i, m.met[k]);
    }
    arena_reset(&c->scratch);
}

static uint32_t most_pairs(size_t sayings)
{
    size_t n = sayings + 1, most = LARGE * LARGE * (size_t)MOST_PAIRS / (n * n);
    most = most > MOST_PAIRS ? MOST_PAIRS : most < FEW_PAIRS ? FEW_PAIRS : most;
    most = most < STORY_PAIRS / n ? most : STORY_PAIRS / n;
    return (uint32_t)(most < LEAST_PAIRS ? LEAST_PAIRS : most);
}

void join_candidates(struct work *w, struct join_pairs *out)
{
    struct candidates c = {.w = w, .out = out};
    join_pairs_begin(out, w->n_sayings);
    c.pairs = arena_array(&c.arena, w->n_sayings + 1, sizeof *c.pairs);
    c.limited = arena_array(&c.arena, w->n_sayings + 1, sizeof *c.limited);
    c.most = most_pairs(w->n_sayings);
    c.met = arena_array(&c.arena, c.most + 1, sizeof *c.met);
    find_by_speaker(&c);
    find_by_words(&c);
    arena_finish(&c.scratch);
    arena_finish(&c.arena);
}
