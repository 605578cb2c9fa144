/* Rule "speaker.differs": the same words in quotation marks, put into different mouths.
 *
 * Found through the first quoted content words of each statement; reported once for each pair of
 * speakers when at least five words run alike (two where one speaker acts for the other: "the US
 * branding them 'technical meetings'"). A carrier ("Reuters said X said") is no second speaker. */
#include "compare/parts.h"

#include <stdlib.h>

/* Fewer words alike are a set phrase ("the impeachment trial"). */
enum { LEAST_RUN = 5, LEAST_CONTENT = 4, LONG_RUN = 7 };

struct shingle {
    uint64_t hash;
    uint32_t saying;
};

static int by_hash(const void *a, const void *b)
{
    const struct shingle *x = a, *y = b;
    if (x->hash != y->hash)
        return x->hash < y->hash ? -1 : 1;
    return (x->saying > y->saying) - (x->saying < y->saying);
}

/* The hash of `size` quoted words that follow each other, or 0. */
static uint64_t shingle_at(const struct term *t, const struct saying *s, size_t at, size_t size)
{
    uint64_t hash = size;
    size_t content = 0;
    for (size_t i = at; i < at + size; i++) {
        const struct term *word = &t[s->terms[i]];
        if (!(word->flags & TERM_QUOTED))
            return 0;
        content += term_is_content(word) || (word->flags & TERM_INNER);
        hash = hash * UINT64_C(1099511628211) + word->word;
    }
    return content >= 2 ? hash : 0;
}

static size_t shingles(const struct work *w, struct shingle *out)
{
    static const size_t sizes[] = {2, 4};
    size_t n = 0;
    for (uint32_t i = 0; i < w->n_sayings; i++) {
        const struct saying *s = &w->sayings[i];
        for (size_t z = 0; z < 2; z++)
            for (size_t k = 0; k + sizes[z] <= s->n_terms; k++) {
                uint64_t hash = shingle_at(w->texts[s->article].terms, s, k, sizes[z]);
                if (hash)
                    out[n++] = (struct shingle){hash, i};
            }
    }
    qsort(out, n, sizeof *out, by_hash);
    return n;
}

static bool carried(const struct saying *a, const struct lang_reading *of_a, const struct saying *b)
{
    return a->st->via >= 0 && (size_t)a->st->via < of_a->n_actors &&
           str_eq(of_a->actors[a->st->via].key, b->speaker);
}

/* "doug-collins" and "douglas-a-collins", "cumming" and "elijah-cummings" may be one person. */
static bool may_be_one(struct str a, struct str b)
{
    while (str_find_char(a, '-', 0) != STR_NONE)
        a = str_slice(a, str_find_char(a, '-', 0) + 1, a.n);
    while (str_find_char(b, '-', 0) != STR_NONE)
        b = str_slice(b, str_find_char(b, '-', 0) + 1, b.n);
    return str_starts(a, b) || str_starts(b, a);
}

/* Who can contradict whom: two persons, or a person and the country it acts for. What an
 * organisation, a document or somebody unnamed is quoted with, somebody wrote or said for it. */
static bool rivals(const struct work *w, const struct saying *a, const struct saying *b, bool kin)
{
    enum actor_kind x = saying_kind(w, a), y = saying_kind(w, b);
    if (kin)
        return (x == ACTOR_PERSON && y == ACTOR_COUNTRY) ||
               (x == ACTOR_COUNTRY && y == ACTOR_PERSON) ||
               (x == ACTOR_PERSON && y == ACTOR_PERSON);
    return x == ACTOR_PERSON && y == ACTOR_PERSON && !may_be_one(a->speaker, b->speaker);
}

/* The run of equal quoted words of `s`, as a span of its article. */
static struct span common_span(const struct work *w, const struct saying *s,
                               const struct saying *other)
{
    const struct text *t = &w->texts[s->article];
    const struct term *x = t->terms, *y = w->texts[other->article].terms;
    struct term_range best = {0, 0};
    for (size_t i = 0; i < s->n_terms; i++)
        for (size_t k = 0; k < other->n_terms; k++) {
            uint32_t run = 0;
            while (i + run < s->n_terms && k + run < other->n_terms &&
                   (x[s->terms[i + run]].flags & y[other->terms[k + run]].flags & TERM_QUOTED) &&
                   x[s->terms[i + run]].word == y[other->terms[k + run]].word)
                run++;
            if (run > best.end - best.first)
                best = (struct term_range){s->terms[i], s->terms[i + run - 1] + 1};
        }
    return text_span(t, best);
}

static void consider(struct work *w, const struct saying *a, const struct saying *b,
                     struct table *done)
{
    if (!a->speaker.n || !b->speaker.n || str_eq(a->speaker, b->speaker) ||
        a->article == b->article)
        return;
    if (carried(a, w->in->articles[a->article].reading, b) ||
        carried(b, w->in->articles[b->article].reading, a))
        return;
    size_t content, run = common_quote(w, a, b, &content);
    bool kin = saying_kinship(a, b) == KIN_ACTS_FOR;
    if (content < 2 || (!kin && (run < LEAST_RUN || (content < LEAST_CONTENT && run < LONG_RUN))) ||
        !rivals(w, a, b, kin))
        return;
    uint64_t low = str_hash(a->speaker), high = str_hash(b->speaker);
    uint32_t *seen = table_at(w->arena, done, low < high ? low * 31 + high : high * 31 + low);
    if (*seen)
        return;
    *seen = 1;
    struct conflict_span spans[] = {{a->article, common_span(w, a, b), 1},
                                    {b->article, common_span(w, b, a), 2}};
    struct str note =
        arena_fmt(w->arena, "The same words are given to %.*s and to %.*s.",
                  STR_ARG(saying_speaker_name(w, a)), STR_ARG(saying_speaker_name(w, b)));
    conflict_add(w, &(struct finding){"speaker.differs", "outlets-disagree", note, spans, 2});
}

void conflict_speaker(struct work *w)
{
    size_t max = 0;
    struct table done = {0};
    for (size_t i = 0; i < w->n_sayings; i++)
        max += w->sayings[i].n_terms;
    struct shingle *all = arena_array(w->arena, 2 * max + 1, sizeof *all);
    size_t n = shingles(w, all);
    for (size_t i = 0; i < n; i++)
        for (size_t k = i + 1; k < n && all[k].hash == all[i].hash; k++)
            consider(w, &w->sayings[all[i].saying], &w->sayings[all[k].saying], &done);
}
