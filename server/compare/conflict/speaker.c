/* Rule "speaker.differs": the same words in quotation marks, put into different mouths.
 *
 * Found through the first quoted content words of each statement; reported once for each pair of
 * speakers when at least five words run alike (two where one speaker acts for the other: "the US
 * branding them 'technical meetings'"). A carrier ("Reuters said X said") is no second speaker.
 *
 * Long quotations shared by two reports nearly always have one speaker, whom one of the two was
 * misread on. So both must name their speaker beside the words, and neither may name the other
 * nearby: then a reader would ask who said it, not only who "he" is. */
#include "compare/parts.h"

#include <stdlib.h>

/* Fewer words alike are a set phrase ("the impeachment trial"). */
enum { LEAST_RUN = 5, LEAST_CONTENT = 3, LONG_RUN = 7, SENTENCES_NEAR = 2 };

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

/* Does the text itself name the speaker beside the words, rather than say "he"? */
static bool names_speaker(const struct work *w, const struct saying *s)
{
    const struct lang_reading *r = w->in->articles[s->article].reading;
    for (size_t i = 0; i < r->n_mentions; i++)
        if (r->mentions[i].actor == s->st->speaker && r->mentions[i].reading == READING_ACTOR)
            for (size_t k = 0; k < s->st->source.n; k++)
                if (r->mentions[i].at.start >= s->st->source.v[k].start &&
                    r->mentions[i].at.end <= s->st->source.v[k].end)
                    return true;
    return false;
}

/* Is anybody of this key spoken of around the words? */
static bool is_near(const struct work *w, const struct saying *s, struct str key)
{
    const struct text *t = &w->texts[s->article];
    const struct lang_reading *r = w->in->articles[s->article].reading;
    uint32_t first = t->terms[s->terms[0]].sentence;
    uint32_t last = t->terms[s->terms[s->n_terms - 1]].sentence + SENTENCES_NEAR;
    first = first > SENTENCES_NEAR ? first - SENTENCES_NEAR : 0;
    last = last < t->n_sentences ? last : (uint32_t)t->n_sentences - 1;
    struct span around =
        text_span(t, (struct term_range){t->sentences[first].first, t->sentences[last].end});
    for (size_t i = 0; i < r->n_mentions; i++)
        if (r->mentions[i].at.start >= around.start && r->mentions[i].at.end <= around.end &&
            r->mentions[i].actor >= 0 && (size_t)r->mentions[i].actor < r->n_actors &&
            str_eq(r->actors[r->mentions[i].actor].key, key))
            return true;
    return false;
}

/* One who acts for the other is spoken of wherever the other is. */
static bool is_sure(const struct work *w, const struct saying *a, const struct saying *b, bool kin)
{
    return names_speaker(w, a) && names_speaker(w, b) &&
           (kin || (!is_near(w, a, b->speaker) && !is_near(w, b, a->speaker)));
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
    return x == ACTOR_PERSON && y == ACTOR_PERSON && !keys_may_be_one(a->speaker, b->speaker);
}

/* The run of equal quoted words of `s`, as a range of its article's terms. */
static struct term_range common_range(const struct work *w, const struct saying *s,
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
    return best;
}

static struct span common_span(const struct work *w, const struct saying *s,
                               const struct saying *other)
{
    return text_span(&w->texts[s->article], common_range(w, s, other));
}

/* Words of the run that are neither names nor stop words: "the Office of Management and Budget"
 * is quoted by everybody who names it. */
static size_t plain_words(const struct work *w, const struct saying *s, const struct saying *other)
{
    const struct term *x = w->texts[s->article].terms;
    struct term_range r = common_range(w, s, other);
    size_t n = 0;
    for (uint32_t i = r.first; i < r.end; i++)
        n += term_is_content(&x[i]) && !(x[i].flags & (TERM_ACTOR | TERM_CAPITAL));
    return n;
}

/* What has been considered: pairs of sayings, pairs of speakers with a conflict. */
struct considered {
    struct map sayings, speakers;
    uint64_t *speaker; /* by saying: hash of who speaks */
};

static uint64_t pair_of(uint64_t a, uint64_t b)
{
    return a < b ? a * 31 + b : b * 31 + a;
}

static void consider(struct work *w, const struct saying *a, const struct saying *b,
                     struct considered *done)
{
    uint64_t by_a = done->speaker[a - w->sayings], by_b = done->speaker[b - w->sayings];
    if (!a->speaker.n || !b->speaker.n || by_a == by_b || a->article == b->article)
        return;
    uint64_t speakers = pair_of(by_a, by_b);
    if (map_get(&done->speakers, speakers, 0))
        return;
    if (carried(a, w->in->articles[a->article].reading, b) ||
        carried(b, w->in->articles[b->article].reading, a))
        return;
    bool kin = saying_kinship(a, b) == KIN_ACTS_FOR;
    if (!rivals(w, a, b, kin) || !is_sure(w, a, b, kin))
        return;
    uint64_t sayings = (uint64_t)(a - w->sayings) << 32 | (uint64_t)(b - w->sayings);
    uint32_t *seen = map_at(w->arena, &done->sayings, sayings);
    if (*seen)
        return;
    *seen = 1;
    size_t content, run = common_quote(w, a, b, &content);
    if (content < 2 ||
        (!kin && (run < LEAST_RUN || plain_words(w, a, b) < LEAST_CONTENT - (run >= LONG_RUN))))
        return;
    *map_at(w->arena, &done->speakers, speakers) = 1;
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
    struct considered done = {.sayings = {0}};
    done.speaker = arena_array(w->arena, w->n_sayings + 1, sizeof *done.speaker);
    for (size_t i = 0; i < w->n_sayings; i++) {
        max += w->sayings[i].n_terms;
        done.speaker[i] = str_hash(w->sayings[i].speaker);
    }
    struct shingle *all = arena_array(w->arena, 2 * max + 1, sizeof *all);
    size_t n = shingles(w, all);
    for (size_t i = 0; i < n; i++)
        for (size_t k = i + 1; k < n && k <= i + MOST_RIVALS && all[k].hash == all[i].hash; k++)
            consider(w, &w->sayings[all[i].saying], &w->sayings[all[k].saying], &done);
}
