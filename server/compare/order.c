/* Canonical order of the articles: by what they are, so that ids and the order of import leave
 * no trace in the result. */
#include "compare/parts.h"

#include <stdlib.h>

struct ranked {
    const struct compare_article *article;
    uint64_t hash;
    uint32_t at;
};

static int compare_ranked(const void *a, const void *b)
{
    const struct ranked *x = a, *y = b;
    const struct str pairs[][2] = {{x->article->published, y->article->published},
                                   {x->article->outlet, y->article->outlet},
                                   {x->article->title, y->article->title},
                                   {x->article->url, y->article->url}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        int order = str_cmp(pairs[i][0], pairs[i][1]);
        if (order)
            return order;
    }
    if (x->hash != y->hash)
        return x->hash < y->hash ? -1 : 1;
    return (x->at > y->at) - (x->at < y->at);
}

void work_order(struct work *w)
{
    size_t n = w->in->n_articles;
    struct ranked *all = arena_array(w->arena, n + 1, sizeof *all);
    for (size_t i = 0; i < n; i++)
        all[i] = (struct ranked){&w->in->articles[i], str_hash(w->in->articles[i].reading->text),
                                 (uint32_t)i};
    if (n)
        qsort(all, n, sizeof *all, compare_ranked);
    w->order = arena_array(w->arena, n + 1, sizeof *w->order);
    w->rank = arena_array(w->arena, n + 1, sizeof *w->rank);
    for (size_t i = 0; i < n; i++) {
        w->order[i] = all[i].at;
        w->rank[all[i].at] = (uint32_t)i;
    }
}
