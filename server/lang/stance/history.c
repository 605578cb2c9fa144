/* What an article's findings come to: sums of signs by pair of entities. */
#include "lang/stance/net.h"

#include <stdlib.h>

/* Below this the network sees nothing between two, and signs in words count for nothing. */
static const float least_likely = 0.05f;

/* What is right of the stances by signs in words alone: a third (SEESAW train). */
const float lang_stance_unseen = 0.3f;

struct pair {
    int32_t subject, object;
    int sum;
};

struct history {
    struct pair *pairs; /* sorted */
    size_t n;
};

void lang_find_stance(struct judge *j, int32_t subject, int32_t object, int sign, const char *rule)
{
    struct findings *out = j->out;
    const struct token *t = j->in->doc->tokens;
    if (subject < 0 || object < 0 || subject == object || !sign || !j->in->names[subject].n ||
        !j->in->names[object].n)
        return;
    const struct stance_score *seen = lang_stance_score_of(j, subject, object);
    if (seen && seen->support < least_likely && seen->oppose < least_likely)
        return;
    float sure = lang_stance_unseen;
    if (seen)
        sure = sign > 0 ? seen->support : seen->oppose;
    for (size_t i = out->begun; i < out->n; i++)
        if (out->v[i].subject == subject && out->v[i].object == object)
            return;
    out->v = arena_grow(j->in->doc->arena, out->v, out->n, &out->cap, sizeof *out->v);
    out->v[out->n++] = (struct finding){.subject = subject,
                                        .object = object,
                                        .sign = sign > 0 ? 1 : -1,
                                        .sentence = j->sentence,
                                        .at = {t[j->from].at.start, t[j->to - 1].at.end},
                                        .rule = rule,
                                        .confidence = sure};
}

static int by_pair(const void *a, const void *b)
{
    const struct pair *x = a, *y = b;
    if (x->subject != y->subject)
        return x->subject < y->subject ? -1 : 1;
    return x->object < y->object ? -1 : x->object > y->object;
}

struct history *lang_history_make(struct arena *a, const struct findings *found)
{
    struct history *h = arena_alloc(a, sizeof *h);
    h->pairs = arena_array(a, found->n + 1, sizeof *h->pairs);
    for (size_t i = 0; i < found->n; i++)
        h->pairs[i] = (struct pair){found->v[i].subject, found->v[i].object, found->v[i].sign};
    qsort(h->pairs, found->n, sizeof *h->pairs, by_pair);
    for (size_t i = 0; i < found->n; i++) {
        struct pair *last = h->n ? &h->pairs[h->n - 1] : NULL;
        if (last && by_pair(last, &h->pairs[i]) == 0) {
            last->sum += h->pairs[i].sum;
        } else {
            h->pairs[h->n++] = h->pairs[i];
        }
    }
    return h;
}

/* The first pair not before this one. */
static size_t seek(const struct history *h, struct pair want)
{
    size_t low = 0, high = h->n;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (by_pair(&h->pairs[mid], &want) < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

int lang_history_sign(const struct history *h, int32_t subject, int32_t object)
{
    struct pair want = {.subject = subject, .object = object};
    size_t i = seek(h, want);
    return i < h->n && by_pair(&h->pairs[i], &want) == 0 ? h->pairs[i].sum : 0;
}
