/* compare_group: articles into stories.
 *
 * Cosine between signatures, found through an inverted index so that only articles that share
 * words meet; then agglomerative clustering with average linkage (Lance and Williams 1967), best
 * pair first, down to GROUP_ALIKE. Ties are broken by what the articles contain, so that the sets
 * do not depend on their order. */
#include "compare/grouping/group.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Pairs less alike than this are taken as not alike at all. */
#define PAIR_LEAST 0.06
/* Groups are surely one story from this mean likeness on, with words as rare as in everyday news.
 */
#define SURELY_ALIKE 0.44
/* To a group this large, as mean likeness to all of its articles says more. */
#define BIG_ALIKE 0.26
/* Among many articles only those meet that share rare words, to this likeness or more. */
#define RARE_LEAST 0.02
enum { BIG = 5 };

struct link {
    double likeness;
    uint32_t a, b;         /* clusters, by canonical number */
    uint32_t age_a, age_b; /* merges they had seen: older links are stale */
};

struct neighbour {
    uint32_t cluster;
    double sum; /* of likeness over the pairs of members */
};

struct cluster {
    struct neighbour *near; /* sorted by cluster */
    size_t n_near;
    uint32_t size, age;
    uint32_t into; /* the cluster it was merged into, or itself */
};

struct grouping {
    struct arena *a;
    size_t n;
    uint32_t *order;  /* canonical number -> article */
    struct weighed w; /* their signatures, by canonical number */
    struct cluster *clusters;
    struct link *heap;
    size_t n_heap, heap_cap;
    size_t merges, left;     /* since stale links were cleared away; clusters then */
    double least, least_big; /* groups are one story from this mean likeness on; big ones */
};

struct content_key {
    uint64_t key;
    uint32_t article;
};

static int by_content(const void *a, const void *b)
{
    const struct content_key *x = a, *y = b;
    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    return (x->article > y->article) - (x->article < y->article);
}

static void order_by(struct grouping *g, struct content_key *keys)
{
    for (size_t i = 0; i < g->n; i++)
        keys[i].article = (uint32_t)i;
    if (g->n)
        qsort(keys, g->n, sizeof *keys, by_content);
    g->order = arena_array(g->a, g->n + 1, sizeof *g->order);
    for (size_t i = 0; i < g->n; i++)
        g->order[i] = keys[i].article;
}

/* What the terms that are not rare add to the likeness of two articles. */
static float common_dot(const struct grouping *g, uint32_t a, uint32_t b)
{
    const struct signature *x = &g->w.signs[a], *y = &g->w.signs[b];
    float dot = 0;
    for (size_t i = g->w.rare[a], k = g->w.rare[b]; i < x->n && k < y->n;) {
        if (x->terms[i].term == y->terms[k].term)
            dot += x->terms[i++].weight * y->terms[k++].weight;
        else if (x->terms[i].term < y->terms[k].term)
            i++;
        else
            k++;
    }
    return dot;
}

static bool before(const struct link *x, const struct link *y)
{
    if (x->likeness != y->likeness)
        return x->likeness > y->likeness;
    return x->a != y->a ? x->a < y->a : x->b < y->b;
}

static void heap_push(struct grouping *g, struct link l)
{
    g->heap = arena_grow(g->a, g->heap, g->n_heap, &g->heap_cap, sizeof *g->heap);
    size_t at = g->n_heap++;
    for (; at && before(&l, &g->heap[(at - 1) / 2]); at = (at - 1) / 2)
        g->heap[at] = g->heap[(at - 1) / 2];
    g->heap[at] = l;
}

/* Puts the link where it belongs, at or below a place that is free. */
static void sift_down(struct grouping *g, size_t at, struct link last)
{
    for (;;) {
        size_t child = 2 * at + 1;
        if (child + 1 < g->n_heap && before(&g->heap[child + 1], &g->heap[child]))
            child++;
        if (child >= g->n_heap || !before(&g->heap[child], &last))
            break;
        g->heap[at] = g->heap[child];
        at = child;
    }
    g->heap[at] = last;
}

static struct link heap_pop(struct grouping *g)
{
    struct link top = g->heap[0], last = g->heap[--g->n_heap];
    if (g->n_heap)
        sift_down(g, 0, last);
    return top;
}

static bool is_stale(const struct grouping *g, const struct link *l)
{
    return g->clusters[l->a].age != l->age_a || g->clusters[l->b].age != l->age_b;
}

/* Clears away what would come up stale: in one large story that is nearly all. */
static void heap_clear(struct grouping *g)
{
    size_t n = 0;
    for (size_t i = 0; i < g->n_heap; i++)
        if (!is_stale(g, &g->heap[i]))
            g->heap[n++] = g->heap[i];
    g->n_heap = n;
    for (size_t i = n / 2; i-- > 0;)
        sift_down(g, i, g->heap[i]);
    g->left -= g->merges;
    g->merges = 0;
}

static void push_link(struct grouping *g, uint32_t a, const struct neighbour *to)
{
    const struct cluster *x = &g->clusters[a], *y = &g->clusters[to->cluster];
    double mean = to->sum / ((double)x->size * y->size);
    bool big = x->size >= BIG || y->size >= BIG;
    if (mean < (big ? g->least_big : g->least))
        return;
    uint32_t low = a < to->cluster ? a : to->cluster, high = a < to->cluster ? to->cluster : a;
    heap_push(g, (struct link){mean, low, high, g->clusters[low].age, g->clusters[high].age});
}

struct posting {
    uint32_t member;
    float weight;
};

/* Who has a rare term, in the order of the articles: those of term t from start[t] to end[t]. */
struct inverted {
    struct posting *v;
    uint32_t *start, *end;
};

static struct inverted invert(const struct grouping *g)
{
    struct inverted index = {.start = arena_array(g->a, g->w.n_terms + 1, sizeof *index.start),
                             .end = arena_array(g->a, g->w.n_terms + 1, sizeof *index.end)};
    uint32_t n = 0;
    for (size_t i = 0; i < g->n; i++)
        for (size_t t = 0; t < g->w.rare[i]; t++)
            index.end[g->w.signs[i].terms[t].term]++;
    for (size_t t = 0; t < g->w.n_terms; t++) {
        index.start[t] = n;
        n += index.end[t];
        index.end[t] = index.start[t];
    }
    index.v = arena_array(g->a, n + 1, sizeof *index.v);
    return index;
}

static void add_postings(const struct grouping *g, struct inverted *index, uint32_t member)
{
    const struct signature *s = &g->w.signs[member];
    for (size_t t = 0; t < g->w.rare[member]; t++)
        index->v[index->end[s->terms[t].term]++] = (struct posting){member, s->terms[t].weight};
}

/* Dot products over rare terms of member `i` with all before it, left in `dots`; lists whom it
 * met. */
static size_t meet(const struct grouping *g, const struct inverted *index, uint32_t i, float *dots,
                   uint32_t *met)
{
    size_t n = 0;
    const struct signature *s = &g->w.signs[i];
    for (size_t t = 0; t < g->w.rare[i]; t++) {
        float weight = s->terms[t].weight;
        uint32_t end = index->end[s->terms[t].term];
        for (uint32_t p = index->start[s->terms[t].term]; p < end; p++) {
            uint32_t member = index->v[p].member;
            met[n] = member;
            n += dots[member] == 0;
            dots[member] += index->v[p].weight * weight;
        }
    }
    return n;
}

struct near_list {
    struct neighbour *v;
    size_t n, cap;
};

static int by_cluster(const void *a, const void *b)
{
    const struct neighbour *x = a, *y = b;
    return (x->cluster > y->cluster) - (x->cluster < y->cluster);
}

/* No two articles' common terms can add more to their likeness than the product of these. */
static double *common_lengths(const struct grouping *g)
{
    double *length = arena_array(g->a, g->n + 1, sizeof *length);
    for (size_t i = 0; i < g->n; i++) {
        const struct signature *s = &g->w.signs[i];
        for (size_t t = g->w.rare[i]; t < s->n; t++)
            length[i] += (double)s->terms[t].weight * (double)s->terms[t].weight;
        length[i] = length[i] > 0 ? sqrt(length[i]) + 1e-6 : 0;
    }
    return length;
}

static void find_pairs(struct grouping *g)
{
    const double *common = common_lengths(g);
    struct inverted index = invert(g);
    float *dots = arena_array(g->a, g->n + 1, sizeof *dots);
    uint32_t *met = arena_array(g->a, g->n + 1, sizeof *met);
    struct near_list *near = arena_array(g->a, g->n + 1, sizeof *near);
    for (uint32_t i = 0; i < g->n; i++) {
        size_t n = meet(g, &index, i, dots, met);
        for (size_t k = 0; k < n; k++) {
            uint32_t j = met[k];
            if (g->n > WEIGH_MANY && (double)dots[j] < RARE_LEAST) {
                dots[j] = 0;
                continue;
            }
            double rare = (double)dots[j], most = rare + common[i] * common[j];
            dots[j] = 0;
            if (most * MOST_AGREEMENT < PAIR_LEAST)
                continue;
            double likeness = (double)((float)rare + common_dot(g, i, j));
            if (likeness * MOST_AGREEMENT < PAIR_LEAST)
                continue;
            likeness *= circumstances_agree(&g->w.signs[i], &g->w.signs[j]);
            if (likeness < PAIR_LEAST)
                continue;
            struct near_list *x = &near[i], *y = &near[j];
            x->v = arena_grow(g->a, x->v, x->n, &x->cap, sizeof *x->v);
            x->v[x->n++] = (struct neighbour){j, likeness};
            y->v = arena_grow(g->a, y->v, y->n, &y->cap, sizeof *y->v);
            y->v[y->n++] = (struct neighbour){i, likeness};
        }
        add_postings(g, &index, i);
    }
    for (uint32_t i = 0; i < g->n; i++) {
        if (near[i].n)
            qsort(near[i].v, near[i].n, sizeof *near[i].v, by_cluster);
        g->clusters[i] = (struct cluster){near[i].v, near[i].n, 1, 0, i};
    }
}

static struct neighbour *find_near(struct cluster *c, uint32_t to)
{
    struct neighbour key = {to, 0};
    return c->n_near ? bsearch(&key, c->near, c->n_near, sizeof key, by_cluster) : NULL;
}

/* Of a cluster that was merged into another the lists keep what is not looked for any more. */
static bool is_gone(const struct grouping *g, uint32_t cluster)
{
    return g->clusters[cluster].into != cluster;
}

/* In the list of `c`, what was known of `from` now counts for `into`. */
static void redirect(struct cluster *c, uint32_t from, uint32_t into)
{
    struct neighbour *old = find_near(c, from), *have = find_near(c, into);
    double sum = old->sum;
    if (have) {
        have->sum += sum;
        return;
    }
    for (; old > c->near && old[-1].cluster > into; old--)
        *old = old[-1];
    *old = (struct neighbour){into, sum};
}

static void merge(struct grouping *g, uint32_t into, uint32_t from)
{
    struct cluster *x = &g->clusters[into], *y = &g->clusters[from];
    struct near_list all = {0};
    all.v = arena_array(g->a, x->n_near + y->n_near + 1, sizeof *all.v);
    for (size_t i = 0, k = 0; i < x->n_near || k < y->n_near;) {
        uint32_t ci = i < x->n_near ? x->near[i].cluster : UINT32_MAX;
        uint32_t ck = k < y->n_near ? y->near[k].cluster : UINT32_MAX;
        struct neighbour n = {ci < ck ? ci : ck, 0};
        if (ci <= ck)
            n.sum += x->near[i++].sum;
        if (ck <= ci)
            n.sum += y->near[k++].sum;
        if (n.cluster != into && n.cluster != from && !is_gone(g, n.cluster))
            all.v[all.n++] = n;
    }
    for (size_t k = 0; k < y->n_near; k++)
        if (y->near[k].cluster != into && !is_gone(g, y->near[k].cluster))
            redirect(&g->clusters[y->near[k].cluster], from, into);
    x->near = all.v;
    x->n_near = all.n;
    x->size += y->size;
    x->age++;
    y->age++;
    y->into = into;
    for (size_t i = 0; i < x->n_near; i++)
        push_link(g, into, &x->near[i]);
}

static void agglomerate(struct grouping *g)
{
    for (uint32_t i = 0; i < g->n; i++)
        for (size_t k = 0; k < g->clusters[i].n_near; k++)
            if (g->clusters[i].near[k].cluster > i)
                push_link(g, i, &g->clusters[i].near[k]);
    g->left = g->n;
    while (g->n_heap) {
        struct link l = heap_pop(g);
        if (is_stale(g, &l))
            continue;
        merge(g, l.a, l.b);
        if (++g->merges * 4 >= g->left)
            heap_clear(g);
    }
}

static uint32_t root(const struct grouping *g, uint32_t i)
{
    while (g->clusters[i].into != i)
        i = g->clusters[i].into;
    return i;
}

/* Numbers by first member in input order. */
static void number_stories(struct grouping *g, uint32_t *story)
{
    uint32_t *of = arena_array(g->a, g->n + 1, sizeof *of),
             *number = arena_array(g->a, g->n + 1, sizeof *number);
    for (uint32_t i = 0; i < g->n; i++)
        of[g->order[i]] = root(g, i);
    uint32_t next = 0;
    for (size_t i = 0; i < g->n; i++) {
        if (!number[of[i]])
            number[of[i]] = ++next;
        story[i] = number[of[i]] - 1;
    }
}

static struct grouping begin(struct arena *a, size_t n)
{
    struct grouping g = {.a = a, .n = n, .w = {.a = a, .n = n}};
    g.w.signs = arena_array(a, n + 1, sizeof *g.w.signs);
    g.clusters = arena_array(a, n + 1, sizeof *g.clusters);
    return g;
}

static void group_once(struct grouping *g, double n)
{
    weigh_sharpen(&g->w, n);
    find_pairs(g);
    agglomerate(g);
}

/* What is surely one story, with words as rare as they are in everyday news: story[] by canonical
 * number. Returns how many articles count. */
static size_t first_look(const struct grouping *g, uint32_t *story)
{
    struct arena scratch = {0};
    struct grouping once = begin(&scratch, g->n);
    once.w.n_terms = g->w.n_terms;
    once.w.df = g->w.df;
    memcpy(once.w.signs, g->w.signs, g->n * sizeof *g->w.signs);
    once.order = arena_array(&scratch, g->n + 1, sizeof *once.order);
    for (uint32_t i = 0; i < g->n; i++)
        once.order[i] = i;
    once.least = SURELY_ALIKE;
    once.least_big = BIG_ALIKE;
    group_once(&once, 0);
    number_stories(&once, story);
    arena_finish(&scratch);
    size_t counted = 0;
    uint32_t *size = arena_array(g->a, g->n + 1, sizeof *size);
    for (size_t i = 0; i < g->n; i++)
        counted += size[story[i]]++ < WEIGH_OF_STORY;
    return counted;
}

/* What is surely one story stays so. */
static void join_again(struct grouping *g, const uint32_t *sure)
{
    uint32_t *first = arena_array(g->a, g->n + 1, sizeof *first);
    for (uint32_t i = 0; i < g->n; i++) {
        if (!first[sure[i]])
            first[sure[i]] = i + 1;
        uint32_t a = root(g, first[sure[i]] - 1), b = root(g, i);
        if (a != b)
            g->clusters[a < b ? b : a].into = a < b ? a : b;
    }
}

/* Of so many articles that a story's own are too few to make its words common, all count. */
static void group(struct grouping *g, uint32_t *story)
{
    weigh_number(&g->w);
    bool few = g->n && g->n <= WEIGH_MANY;
    uint32_t *sure = few ? arena_array(g->a, g->n + 1, sizeof *sure) : NULL;
    double n = few ? (double)first_look(g, sure) : (double)g->n;
    weigh_count(&g->w, sure);
    g->least = g->least_big = GROUP_ALIKE;
    group_once(g, n);
    if (few)
        join_again(g, sure);
    number_stories(g, story);
}

void compare_group(struct arena *a, const struct group_article *articles, size_t n, uint32_t *story)
{
    struct arena lasting = {0}, scratch = {0};
    struct vocabulary lex;
    (void)a;
    vocabulary_load(&lex);
    struct grouping g = begin(&lasting, n);
    struct content_key *keys = arena_array(&lasting, n + 1, sizeof *keys);
    for (size_t i = 0; i < n; i++)
        keys[i].key = str_hash_more(str_hash(articles[i].text), articles[i].published);
    order_by(&g, keys);
    for (size_t i = 0; i < n; i++) {
        signature_make(&scratch, &lex, &articles[g.order[i]], &g.w.signs[i]);
        arena_reset(&scratch);
    }
    group(&g, story);
    arena_finish(&scratch);
    arena_finish(&lasting);
}

void compare_group_signatures(const struct str *signatures, size_t n, uint32_t *story)
{
    struct arena lasting = {0};
    struct grouping g = begin(&lasting, n);
    struct content_key *keys = arena_array(&lasting, n + 1, sizeof *keys);
    for (size_t i = 0; i < n; i++)
        keys[i].key = str_hash(signatures[i]);
    order_by(&g, keys);
    for (size_t i = 0; i < n; i++)
        signature_unpack(signatures[g.order[i]], &g.w.signs[i]);
    group(&g, story);
    arena_finish(&lasting);
}
