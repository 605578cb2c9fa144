/* An article as its sentences, and where its words stand in them: for origin.c. */
#include "compare/origin.h"

#include <string.h>

#define QUOTED_COUNTS 0.4
/* Two articles' sentences are laid out in a table: of a very long one, so many stand for it. */
enum { MOST_LINES = 1500 };

/* Quoted words count little: everybody who was there has the same. */
static double line_weight(const struct work *w, const struct term *t)
{
    return work_weight(w, t) * (t->flags & TERM_QUOTED ? QUOTED_COUNTS : 1);
}

static void read_line(const struct work *w, struct arena *a, const struct text *t,
                      struct term_range r, struct line *line)
{
    *line = (struct line){.at = text_span(t, r)};
    line->bag.v = arena_array(a, r.end - r.first + 1, sizeof *line->bag.v);
    for (uint32_t i = r.first; i < r.end; i++)
        if (term_is_content(&t->terms[i]))
            line->bag.v[line->bag.n++] =
                (struct weighted){t->terms[i].stem, (float)line_weight(w, &t->terms[i])};
    bag_close(&line->bag);
}

/* The place of the stem among the words of the whole article, where it is. */
static size_t word_of(const struct matter *m, uint64_t stem)
{
    size_t low = 0, high = m->all.n;
    while (high - low > 1) {
        size_t mid = (low + high) / 2;
        if (m->all.v[mid].stem <= stem)
            low = mid;
        else
            high = mid;
    }
    return low;
}

static void index_lines(struct arena *a, struct matter *m)
{
    size_t n = 0;
    m->first = arena_array(a, m->all.n + 2, sizeof *m->first);
    for (size_t i = 0; i < m->n; i++)
        for (size_t k = 0; k < m->lines[i].bag.n; k++, n++)
            m->first[word_of(m, m->lines[i].bag.v[k].stem) + 1]++;
    for (size_t i = 0; i < m->all.n; i++)
        m->first[i + 1] += m->first[i];
    uint32_t *next = arena_array(a, m->all.n + 1, sizeof *next);
    memcpy(next, m->first, m->all.n * sizeof *next);
    m->postings = arena_array(a, n + 1, sizeof *m->postings);
    for (uint32_t i = 0; i < m->n; i++)
        for (size_t k = 0; k < m->lines[i].bag.n; k++)
            m->postings[next[word_of(m, m->lines[i].bag.v[k].stem)]++] =
                (struct posting){i, m->lines[i].bag.v[k].weight};
}

struct matter matter_read(const struct work *w, struct arena *a, const struct text *t)
{
    struct matter m = {0};
    m.lines = arena_array(a, t->n_sentences + 1, sizeof *m.lines);
    struct line all;
    read_line(w, a, t, (struct term_range){0, (uint32_t)t->n_terms}, &all);
    m.all = all.bag;
    for (size_t i = 0; i < t->n_sentences && m.n < MOST_LINES; i++) {
        read_line(w, a, t, t->sentences[i], &m.lines[m.n]);
        m.weight += m.lines[m.n].bag.weight;
        m.n += m.lines[m.n].bag.n >= 3;
    }
    index_lines(a, &m);
    return m;
}
