/* The actors of the story over all its articles: one entry per key, with every name. */
#include "compare/parts.h"

#include <stdlib.h>
#include <string.h>

struct gathering {
    struct work *w;
    struct map at; /* key -> index + 1 */
    size_t cap;
};

static void add_names(struct work *w, struct lang_actor *to, const struct lang_actor *from)
{
    struct lang_name *all = arena_array(w->arena, to->n_names + from->n_names + 1, sizeof *all);
    if (to->n_names)
        memcpy(all, to->names, to->n_names * sizeof *all);
    to->names = all;
    for (size_t i = 0; i < from->n_names; i++) {
        size_t k = 0;
        while (k < to->n_names && !str_eq(to->names[k].text, from->names[i].text))
            k++;
        if (k == to->n_names)
            to->names[to->n_names++] = from->names[i];
    }
}

static struct story_actor *gather(struct gathering *g, const struct lang_actor *actor)
{
    struct comparison *out = g->w->out;
    uint32_t *at = map_at(g->w->arena, &g->at, str_hash(actor->key));
    struct lang_actor *merged;
    if (!*at) {
        out->actors =
            arena_grow(g->w->arena, out->actors, out->n_actors, &g->cap, sizeof *out->actors);
        merged = arena_alloc(g->w->arena, sizeof *merged);
        *merged = *actor;
        merged->names = NULL;
        merged->n_names = 0;
        int64_t *articles = arena_array(g->w->arena, g->w->in->n_articles + 1, sizeof *articles);
        out->actors[out->n_actors++] = (struct story_actor){merged, 0, articles, 0};
        *at = (uint32_t)out->n_actors;
    } else {
        merged = (struct lang_actor *)(uintptr_t)out->actors[*at - 1].actor;
    }
    add_names(g->w, merged, actor);
    if (actor->role.n > merged->role.n)
        merged->role = actor->role;
    if (!merged->of.n)
        merged->of = actor->of;
    return &out->actors[*at - 1];
}

static void gather_article(struct gathering *g, uint32_t article)
{
    const struct compare_article *from = &g->w->in->articles[article];
    const struct lang_reading *r = from->reading;
    bool *seen = arena_array(g->w->arena, r->n_actors + 1, sizeof *seen);
    for (size_t i = 0; i < r->n_mentions; i++)
        if (r->mentions[i].actor >= 0 && (size_t)r->mentions[i].actor < r->n_actors)
            seen[r->mentions[i].actor] = true;
    for (size_t i = 0; i < r->n_statements; i++) {
        if (from->statement_status && from->statement_status[i] == STATUS_REJECTED)
            continue;
        const int32_t who[] = {r->statements[i].speaker, r->statements[i].via};
        for (size_t k = 0; k < 2; k++)
            if (who[k] >= 0 && (size_t)who[k] < r->n_actors)
                seen[who[k]] = true;
    }
    for (size_t i = 0; i < r->n_actors; i++)
        if (seen[i]) {
            struct story_actor *at = gather(g, &r->actors[i]);
            if (!at->n_articles || at->articles[at->n_articles - 1] != from->id)
                at->articles[at->n_articles++] = from->id;
        }
}

static int heaviest(const void *a, const void *b)
{
    const struct story_actor *x = a, *y = b;
    if (x->n_statements != y->n_statements)
        return x->n_statements < y->n_statements ? 1 : -1;
    if (x->n_articles != y->n_articles)
        return x->n_articles < y->n_articles ? 1 : -1;
    return str_cmp(x->actor->key, y->actor->key);
}

void work_actors(struct work *w)
{
    struct gathering g = {.w = w};
    for (size_t i = 0; i < w->in->n_articles; i++)
        gather_article(&g, w->order[i]);
    for (size_t i = 0; i < w->n_sayings; i++) {
        uint32_t at =
            w->sayings[i].speaker.n ? map_get(&g.at, str_hash(w->sayings[i].speaker), 0) : 0;
        if (at)
            w->out->actors[at - 1].n_statements++;
    }
    if (w->out->n_actors)
        qsort(w->out->actors, w->out->n_actors, sizeof *w->out->actors, heaviest);
}
