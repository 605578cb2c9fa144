/* Source, cue and content of every attribution. */
#include <stdlib.h>

#include "lang/attributions.h"

struct attribution *attribution_add(struct attribution_list *list, const char *rule,
                                    float confidence)
{
    list->v = arena_grow(list->doc->arena, list->v, list->n, &list->cap, sizeof *list->v);
    struct attribution *a = &list->v[list->n++];
    *a = (struct attribution){.outer = -1, .confidence = confidence, .rule = rule};
    return a;
}

void attribution_span(struct lang_doc *doc, struct spans *to, size_t first, size_t end)
{
    if (first >= end)
        return;
    struct span *v = arena_array(doc->arena, to->n + 1, sizeof *v);
    for (size_t i = 0; i < to->n; i++)
        v[i] = to->v[i];
    v[to->n] = (struct span){doc->tokens[first].at.start, doc->tokens[end - 1].at.end};
    *to = (struct spans){v, to->n + 1};
}

static int by_content(const void *a, const void *b)
{
    const struct attribution *x = a, *y = b;
    uint32_t s = x->content.v[0].start, t = y->content.v[0].start;
    return s < t ? -1 : s > t;
}

void lang_attribute(struct lang_doc *doc)
{
    struct attribution_list list = {.doc = doc};
    attribute_quotes(&list);
    if (list.n)
        qsort(list.v, list.n, sizeof *list.v, by_content);
    doc->attributions = list.v;
    doc->n_attributions = list.n;
}
