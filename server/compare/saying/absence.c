/* Why an article does not carry an utterance: see enum absence in compare.h.
 *
 * Whether an unreviewed article has a sentence close to the utterance is asked of an index from
 * words to the sentences of the whole story, so that a story's work grows with the places its words
 * stand at, not with utterances times sentences. */
#include "compare/parts.h"

#include <stdlib.h>
#include <string.h>

/* A sentence with this share of an utterance's weight may be the utterance, missed. */
#define CLOSE 0.6
enum { LEAST_WORDS = 3 };

/* A word of a sentence; sentences are numbered through the story. */
struct place {
    uint64_t stem;
    uint32_t sentence;
};

struct silence_search {
    const struct work *w;
    struct place *places; /* sorted by stem, then sentence */
    size_t n_places;
    uint32_t *article;     /* sentence -> article */
    float *sums;           /* by sentence, nothing but zeros between utterances */
    uint32_t *met;         /* sentences with a sum */
    bool *carries, *close; /* by article, for the utterance at hand */
    uint32_t *copied;      /* by -> of, or UINT32_MAX */
};

static int by_stem(const void *a, const void *b)
{
    const struct place *x = a, *y = b;
    if (x->stem != y->stem)
        return x->stem < y->stem ? -1 : 1;
    return (x->sentence > y->sentence) - (x->sentence < y->sentence);
}

static void index_words(struct silence_search *s)
{
    const struct work *w = s->w;
    size_t terms = 0, sentences = 0;
    for (size_t i = 0; i < w->in->n_articles; i++) {
        terms += w->texts[i].n_terms;
        sentences += w->texts[i].n_sentences;
    }
    s->places = arena_array(w->arena, terms + 1, sizeof *s->places);
    s->article = arena_array(w->arena, sentences + 1, sizeof *s->article);
    s->sums = arena_array(w->arena, sentences + 1, sizeof *s->sums);
    s->met = arena_array(w->arena, sentences + 1, sizeof *s->met);
    uint32_t base = 0;
    for (uint32_t i = 0; i < w->in->n_articles; i++) {
        const struct text *t = &w->texts[i];
        for (size_t k = 0; k < t->n_terms; k++)
            if (!(t->terms[k].flags & TERM_INNER))
                s->places[s->n_places++] =
                    (struct place){t->terms[k].stem, base + t->terms[k].sentence};
        for (size_t k = 0; k < t->n_sentences; k++)
            s->article[base++] = i;
    }
    qsort(s->places, s->n_places, sizeof *s->places, by_stem);
}

static size_t first_place(const struct silence_search *s, uint64_t stem)
{
    size_t low = 0, high = s->n_places;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (s->places[mid].stem < stem)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

/* Which articles have a sentence that comes close to the saying. */
static void find_close(struct silence_search *s, const struct saying *saying)
{
    size_t n = 0;
    memset(s->close, 0, s->w->in->n_articles * sizeof *s->close);
    if (saying->bag.n < LEAST_WORDS)
        return;
    for (size_t b = 0; b < saying->bag.n; b++) {
        uint32_t last = UINT32_MAX;
        for (size_t p = first_place(s, saying->bag.v[b].stem);
             p < s->n_places && s->places[p].stem == saying->bag.v[b].stem; p++) {
            uint32_t at = s->places[p].sentence;
            if (at == last)
                continue;
            last = at;
            if (s->sums[at] <= 0)
                s->met[n++] = at;
            s->sums[at] += saying->bag.v[b].weight;
        }
    }
    for (size_t i = 0; i < n; i++) {
        if ((double)s->sums[s->met[i]] >= CLOSE * saying->bag.weight)
            s->close[s->article[s->met[i]]] = true;
        s->sums[s->met[i]] = 0;
    }
}

static bool published_before(const struct work *w, const struct utterance *u, uint32_t article)
{
    int32_t said = day_parse(u->said_on), told = day_parse(w->in->articles[article].published);
    return said != NO_DAY && told != NO_DAY && told < said;
}

static const struct saying *fullest(const struct work *w, size_t u)
{
    const struct utterance *at = &w->out->utterances[u];
    for (size_t i = 0; i < at->n_wordings; i++)
        if (at->wordings[i].fullest)
            return w->members[u][i];
    return w->members[u][0];
}

static enum absence why(const struct silence_search *s, const struct utterance *u, uint32_t article)
{
    const struct compare_article *from = &s->w->in->articles[article];
    if (published_before(s->w, u, article))
        return ABSENT_PUBLISHED_BEFORE;
    if (s->copied[article] != UINT32_MAX && !s->carries[s->copied[article]])
        return ABSENT_COPY;
    if (!from->reviewed && (!from->reading->fully_read || s->close[article]))
        return ABSENT_NOT_REVIEWED;
    return ABSENT_ABSENT;
}

static void list_silences(struct silence_search *s, size_t u)
{
    const struct work *w = s->w;
    size_t n = w->in->n_articles;
    struct utterance *at = &w->out->utterances[u];
    memset(s->carries, 0, n * sizeof *s->carries);
    for (size_t i = 0; i < at->n_wordings; i++)
        s->carries[at->wordings[i].article] = true;
    find_close(s, fullest(w, u));
    struct silence *all = arena_array(w->arena, n > MOST_LISTED ? 1 : n + 1, sizeof *all);
    size_t cap = n > MOST_LISTED ? 1 : n + 1;
    for (size_t r = 0; r < n; r++) {
        if (s->carries[w->order[r]])
            continue;
        enum absence reason = why(s, at, w->order[r]);
        if (n > MOST_LISTED && reason == ABSENT_ABSENT)
            continue;
        all = arena_grow(w->arena, all, at->n_absent, &cap, sizeof *all);
        all[at->n_absent++] = (struct silence){w->order[r], reason};
    }
    at->absent = all;
}

void work_absences(struct work *w)
{
    size_t n = w->in->n_articles;
    struct silence_search s = {.w = w};
    index_words(&s);
    s.carries = arena_array(w->arena, n + 1, sizeof *s.carries);
    s.close = arena_array(w->arena, n + 1, sizeof *s.close);
    s.copied = arena_array(w->arena, n + 1, sizeof *s.copied);
    for (size_t i = 0; i < n; i++)
        s.copied[i] = UINT32_MAX;
    for (size_t i = 0; i < w->out->n_rewrites; i++)
        s.copied[w->out->rewrites[i].by] = w->out->rewrites[i].of;
    for (size_t u = 0; u < w->out->n_utterances; u++)
        list_silences(&s, u);
}
