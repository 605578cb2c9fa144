/* On the way into the queue: see gather.h. */
#include "ingest/gather.h"

#include <stdlib.h>

struct held_page {
    struct store_import_item item; /* in held_arena */
    struct split_place place;
    bool given;
};

static void tell_failed(const struct gather *g)
{
    struct store_import state = {0};
    for (size_t i = 0; g->watch && i < g->n; i++) {
        struct store_outcome outcome = {.problem = g->items[i].problem};
        if (outcome.problem.n && store_import_state(g->store, g->import, &state, NULL))
            g->watch->seen(g->watch, &state, &g->items[i], &outcome);
    }
}

static bool hand_over(struct gather *g)
{
    struct store_import_batch batch = {g->what, g->items, g->n};
    if (g->n && !g->failed)
        g->failed = !(g->import ? store_import_more(g->store, g->import, g->items, g->n, g->err)
                                : store_import_add(g->store, &batch, &g->import, g->err));
    if (!g->failed)
        tell_failed(g);
    g->total += g->n;
    g->n = 0;
    arena_reset(&g->arena);
    return !g->failed;
}

static struct store_import_item copy_item(struct arena *a, struct store_import_item item)
{
    struct str *const parts[] = {&item.name,      &item.bytes,     &item.content_type,
                                 &item.page_type, &item.url,       &item.title,
                                 &item.outlet,    &item.published, &item.problem};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        *parts[i] = arena_str(a, *parts[i]);
    return item;
}

static bool put(struct gather *g, struct store_import_item item)
{
    g->items[g->n++] = copy_item(&g->arena, item);
    return (g->n < GATHER_AT_ONCE && g->arena.total < GATHER_BYTES) || hand_over(g);
}

static bool find_place(struct arena *a, const struct store_import_item *item,
                       struct split_place *place)
{
    return item->kind == IMPORT_BYTES && item->problem.n == 0 && item->bytes.n &&
           str_eq(item->page_type, S("auto")) &&
           split_find(a, item->bytes, item->content_type, item->url, place);
}

bool gather_is_split(const struct store_import_item *item)
{
    struct arena a = {0};
    struct split_place place;
    bool found = find_place(&a, item, &place);
    arena_finish(&a);
    return found;
}

/* A page of several is kept back, as long as there is room. */
static bool hold(struct gather *g, const struct store_import_item *item)
{
    struct arena a = {0};
    struct split_place place;
    bool found = g->held_bytes < GATHER_HELD && find_place(&a, item, &place);
    if (found) {
        g->held = arena_grow(&g->held_arena, g->held, g->n_held, &g->cap_held, sizeof *g->held);
        place.base = arena_str(&g->held_arena, place.base);
        place.next = arena_str(&g->held_arena, place.next);
        g->held[g->n_held++] = (struct held_page){copy_item(&g->held_arena, *item), place, false};
        g->held_bytes += item->bytes.n;
    }
    arena_finish(&a);
    return found;
}

bool gather_item(struct gather *g, struct store_import_item item)
{
    if (g->failed)
        return false;
    return hold(g, &item) || put(g, item);
}

bool gather_sink(struct unpack_sink *sink, const struct unpack_member *m)
{
    struct gather *g = (struct gather *)((char *)sink - offsetof(struct gather, sink));
    struct arena a = {0};
    struct store_import_item item = g->template;
    item.kind = IMPORT_BYTES;
    item.name = m->name;
    item.bytes = m->problem.n ? (struct str){0} : m->bytes;
    item.url = m->url;
    item.problem = m->problem;
    item.page_type = S("auto");
    item.content_type = unpack_leaf_type(&a, m->content_type);
    bool ok = gather_item(g, item);
    arena_finish(&a);
    return ok;
}

/* ------------------------------------------------------------------------------ split articles */

/* Pages of one article side by side, by number; the order of arrival decides among equals. */
static int by_article(const void *a, const void *b)
{
    const struct held_page *x = a, *y = b;
    int base = str_cmp(x->place.base, y->place.base);
    if (base)
        return base;
    if (x->place.number != y->place.number)
        return x->place.number < y->place.number ? -1 : 1;
    return x < y ? -1 : 1;
}

/* Page 1 and those that follow it without a gap as one item. */
static bool put_article(struct gather *g, struct held_page *first, size_t n)
{
    struct split_page pages[SPLIT_PAGES];
    struct arena a = {0};
    size_t joined = 0;
    for (size_t i = 0; i < n && joined < SPLIT_PAGES; i++) {
        struct store_import_item *item = &first[i].item;
        if (first[i].place.number != joined + 1)
            continue;
        first[i].given = true;
        pages[joined++] = (struct split_page){item->url, item->content_type, item->bytes};
    }
    bool ok = true;
    if (joined > 1) {
        struct store_import_item item = first->item;
        item.bytes = split_join(&a, pages, joined);
        item.name = arena_fmt(&a, "%.*s and %zu more pages of it", STR_ARG(item.name), joined - 1);
        item.content_type = unpack_leaf_type(&a, S("multipart/mixed"));
        ok = put(g, item);
    }
    for (size_t i = 0; ok && i < n; i++)
        if (joined < 2 || !first[i].given)
            ok = put(g, first[i].item);
    arena_finish(&a);
    return ok;
}

static bool put_held(struct gather *g)
{
    bool ok = true;
    if (g->n_held)
        qsort(g->held, g->n_held, sizeof *g->held, by_article);
    for (size_t from = 0, to; ok && from < g->n_held; from = to) {
        to = from + 1;
        while (to < g->n_held && str_eq(g->held[to].place.base, g->held[from].place.base))
            to++;
        ok = put_article(g, &g->held[from], to - from);
    }
    return ok;
}

bool gather_end(struct gather *g, int64_t *import)
{
    bool ok = !g->failed && put_held(g) && hand_over(g);
    *import = g->import;
    arena_finish(&g->arena);
    arena_finish(&g->held_arena);
    return ok;
}
