/* How near a statement is to what issues' titles say, and how good or bad its words are, by the
 * word vectors of the reader's network (model/README.md). */
#include "lang/lean/lean.h"

#include "lang/net/reader_model.h"

#include <math.h>

enum { MOST_WORDS = 160, TITLE_WORDS = 16, LEAST = 2 };

struct vectors {
    float (*v)[LEAN_DIMS]; /* of length 1 */
    size_t n;
};

struct lean_space {
    struct vectors *titles; /* per issue */
    float *tones;
    size_t n;
};

static bool is_small(struct str word)
{
    return word.n < 2 || lexicon_find(lexicon_open(WORDS_FUNCTION_WORDS), word) ||
           lexicon_find(lexicon_open(WORDS_CLAUSE_WORDS), word);
}

static void add(struct vectors *to, size_t most, struct str word)
{
    const struct reader_model *m = reader_model();
    const uint8_t *row = to->n < most && !is_small(word) ? reader_word_vector(m, word) : NULL;
    float *v = to->v[to->n], sum = 0;
    if (!row)
        return;
    for (size_t i = 0; i < LEAN_DIMS; i++) {
        v[i] = i < m->word_dims ? (float)row[i] - READER_ZERO : 0;
        sum += v[i] * v[i];
    }
    float length = sqrtf(sum > 0 ? sum : 1);
    for (size_t i = 0; i < LEAN_DIMS; i++)
        v[i] /= length;
    to->n++;
}

static float dot(const float *a, const float *b)
{
    float sums[8] = {0};
    for (size_t i = 0; i < LEAN_DIMS; i += 8)
        for (size_t k = 0; k < 8; k++)
            sums[k] += a[i + k] * b[i + k];
    return sums[0] + sums[1] + sums[2] + sums[3] + sums[4] + sums[5] + sums[6] + sums[7];
}

static float tone_of(const struct vectors *words, float *strongest)
{
    float sum = 0, most = 0;
    for (size_t i = 0; i < words->n; i++) {
        float tone = dot(words->v[i], lang_lean_tones());
        sum += tone;
        most = fabsf(tone) > fabsf(most) ? tone : most;
    }
    *strongest = tanhf(most / 2);
    return words->n ? tanhf(sum / (float)words->n) : 0;
}

struct lean_space *lang_lean_space(struct arena *a, const struct lang_issues *issues)
{
    struct lean_space *s = arena_alloc(a, sizeof *s);
    float strongest;
    *s = (struct lean_space){.titles = arena_array(a, issues->n, sizeof *s->titles),
                             .tones = arena_array(a, issues->n, sizeof *s->tones),
                             .n = issues->n};
    for (size_t i = 0; i < issues->n; i++) {
        struct lang_doc d = {.arena = a, .text = issues->v[i].title};
        lang_tokenise(&d);
        s->titles[i].v = arena_array(a, TITLE_WORDS + 1, sizeof *s->titles[i].v);
        for (size_t t = 0; t < d.n_tokens; t++)
            add(&s->titles[i], TITLE_WORDS, lang_token_text(&d, t));
        s->tones[i] = tone_of(&s->titles[i], &strongest);
    }
    return s;
}

/* The words of some spans. */
static void add_spans(struct vectors *to, const struct lang_doc *doc, struct spans spans)
{
    for (size_t i = 0; i < spans.n; i++)
        for (size_t t = lang_token_at(doc, spans.v[i].start);
             t < doc->n_tokens && doc->tokens[t].at.start < spans.v[i].end; t++)
            if (doc->tokens[t].word)
                add(to, MOST_WORDS, lang_token_text(doc, t));
}

static void mean_of(const struct vectors *words, float *mean)
{
    float sum = 0;
    for (size_t i = 0; i < words->n; i++)
        for (size_t k = 0; k < LEAN_DIMS; k++)
            mean[k] += words->v[i][k];
    sum = sqrtf(dot(mean, mean));
    for (size_t k = 0; k < LEAN_DIMS && sum > 0; k++)
        mean[k] /= sum;
}

static void compare(const struct vectors *words, const float *mean, const struct vectors *title,
                    struct lean_sense *out)
{
    float sum = 0, least[LEAST] = {1, 1}, of_title[LEAN_DIMS] = {0};
    for (size_t i = 0; i < title->n; i++) {
        float best = -1;
        for (size_t k = 0; k < words->n; k++)
            best = fmaxf(best, dot(title->v[i], words->v[k]));
        sum += best;
        least[1] = fminf(least[1], best);
        if (best < least[0]) {
            least[1] = least[0];
            least[0] = best;
        }
    }
    mean_of(title, of_title);
    out->title = sum / (float)title->n;
    out->least = (least[0] + least[1]) / LEAST;
    out->mean = dot(mean, of_title);
}

const struct lean_sense *lang_lean_sense(struct arena *a, const struct lean_space *space,
                                         const struct lang_doc *doc,
                                         const struct lang_statement *statement)
{
    static _Thread_local float room[MOST_WORDS + 1][LEAN_DIMS];
    struct vectors words = {.v = room};
    struct lean_sense *out = arena_array(a, space->n + 1, sizeof *out);
    float strongest, tone, mean[LEAN_DIMS] = {0};
    add_spans(&words, doc, statement->cue);
    add_spans(&words, doc, statement->content);
    tone = tone_of(&words, &strongest);
    mean_of(&words, mean);
    for (size_t i = 0; i < space->n; i++) {
        out[i] = (struct lean_sense){
            .tone = tone, .strongest = strongest, .title_tone = space->tones[i]};
        if (words.n && space->titles[i].n)
            compare(&words, mean, &space->titles[i], &out[i]);
    }
    for (size_t i = 0; i < space->n; i++) {
        float other = 0;
        for (size_t k = 0; k < space->n; k++)
            other = k != i ? fmaxf(other, out[k].title) : other;
        out[i].lead = out[i].title - other;
    }
    return out;
}
