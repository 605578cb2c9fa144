/* What statements mean: the mean of their words' vectors, each weighed as its word is. What all of
 * the story's statements have in common is taken out: it tells none of them from another. */
#include "compare/parts.h"

#include <math.h>

static bool scale(float *v)
{
    float sum = 0;
    for (size_t i = 0; i < LANG_SENSE; i++)
        sum += v[i] * v[i];
    for (size_t i = 0; i < LANG_SENSE && sum > 0; i++)
        v[i] /= sqrtf(sum);
    return sum > 0;
}

/* The saying's own words: who speaks, names and numbers are compared elsewhere. */
static void add_words(const struct work *w, const struct saying *s, float *sum)
{
    const struct text *t = &w->texts[s->article];
    float v[LANG_SENSE];
    for (size_t i = 0; i < s->n_terms; i++) {
        const struct term *term = &t->terms[s->terms[i]];
        if (!term_is_content(term) || (term->flags & (TERM_ACTOR | TERM_NUMBER)) ||
            !lang_word_sense(text_slice(t, term->at), v))
            continue;
        float weight = (float)work_weight(w, term);
        for (size_t k = 0; k < LANG_SENSE; k++)
            sum[k] += weight * v[k];
    }
}

void work_senses(struct work *w)
{
    float common[LANG_SENSE] = {0};
    for (size_t i = 0; i < w->n_sayings; i++) {
        float *v = arena_array(w->arena, LANG_SENSE, sizeof *v);
        add_words(w, &w->sayings[i], v);
        w->sayings[i].sense = scale(v) ? v : NULL;
        for (size_t k = 0; w->sayings[i].sense && k < LANG_SENSE; k++)
            common[k] += v[k] / (float)w->n_sayings;
    }
    for (size_t i = 0; i < w->n_sayings; i++) {
        float *v = w->sayings[i].sense;
        for (size_t k = 0; v && k < LANG_SENSE; k++)
            v[k] -= common[k];
        if (v && !scale(v))
            w->sayings[i].sense = NULL;
    }
}

double sayings_sense(const struct saying *a, const struct saying *b)
{
    float sums[4] = {0};
    if (!a->sense || !b->sense)
        return 0;
    for (size_t i = 0; i < LANG_SENSE; i += 4)
        for (size_t k = 0; k < 4; k++)
            sums[k] += a->sense[i + k] * b->sense[i + k];
    return (double)(sums[0] + sums[1] + sums[2] + sums[3]);
}
