/* The sources of the article's attributions by place, so that who stands in one, or spoke before,
 * is found in no more time than a search takes. */
#include "lang/names/names.h"

#include <stdlib.h>

/* A source; `reach`: the greatest end of those up to it. */
struct source_at {
    uint32_t start, end, reach, attribution;
};

static int by_start(const void *x, const void *y)
{
    const struct source_at *a = x, *b = y;
    if (a->start != b->start)
        return a->start < b->start ? -1 : 1;
    return a->attribution < b->attribution ? -1 : a->attribution > b->attribution;
}

void names_list_sources(struct names *w)
{
    const struct lang_doc *doc = w->doc;
    size_t n = 0;
    for (size_t i = 0; i < doc->n_attributions; i++)
        n += doc->attributions[i].source.n;
    w->sources = arena_array(doc->arena, n + 1, sizeof *w->sources);
    w->n_sources = 0;
    for (uint32_t i = 0; i < doc->n_attributions; i++) {
        const struct spans *s = &doc->attributions[i].source;
        for (size_t k = 0; k < s->n; k++)
            w->sources[w->n_sources++] = (struct source_at){s->v[k].start, s->v[k].end, 0, i};
    }
    if (n)
        qsort(w->sources, n, sizeof *w->sources, by_start);
    for (size_t i = 0; i < n; i++) {
        uint32_t before = i ? w->sources[i - 1].reach : 0;
        w->sources[i].reach = w->sources[i].end > before ? w->sources[i].end : before;
    }
}

/* How many sources start before the byte. */
static size_t count_before(const struct names *w, uint32_t at)
{
    size_t low = 0, high = w->n_sources;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (w->sources[mid].start < at)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

bool names_in_source(const struct names *w, struct span at)
{
    size_t n = count_before(w, at.end);
    return n && w->sources[n - 1].reach > at.start;
}

const struct attribution *names_source_of(const struct names *w, struct span at)
{
    for (size_t i = count_before(w, at.start); i < w->n_sources && w->sources[i].start == at.start;
         i++)
        if (w->sources[i].end == at.end)
            return &w->doc->attributions[w->sources[i].attribution];
    return NULL;
}

uint32_t names_source_end(const struct names *w, struct span at)
{
    for (size_t i = count_before(w, at.start); i < w->n_sources && w->sources[i].start == at.start;
         i++)
        if (w->sources[i].end >= at.end)
            return w->sources[i].end;
    return 0;
}

const struct attribution *names_spoke_before(const struct names *w, uint32_t at)
{
    enum { MOST = 32 };
    size_t n = count_before(w, at);
    for (size_t i = n; i-- > 0 && n - i <= MOST;)
        if (!w->doc->tokens[lang_token_at(w->doc, w->sources[i].start)].in_quote)
            return &w->doc->attributions[w->sources[i].attribution];
    return NULL;
}
