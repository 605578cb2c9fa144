/* Questions about a place in an article that several rules ask. */
#include "compare/parts.h"

#include <math.h>

const struct lang_mention *mention_at(const struct work *w, uint32_t article, struct span at)
{
    const struct lang_reading *r = w->in->articles[article].reading;
    size_t low = 0, high = r->n_mentions;
    while (low < high) {
        size_t mid = (low + high) / 2;
        if (r->mentions[mid].at.end <= at.start)
            low = mid + 1;
        else
            high = mid;
    }
    return low < r->n_mentions && r->mentions[low].at.start <= at.start ? &r->mentions[low] : NULL;
}

bool actor_is_person(const struct work *w, uint32_t article, struct span at)
{
    const struct lang_mention *m = mention_at(w, article, at);
    const struct lang_reading *r = w->in->articles[article].reading;
    return m && m->actor >= 0 && (size_t)m->actor < r->n_actors &&
           r->actors[m->actor].kind == ACTOR_PERSON;
}

static bool has_stem(const struct text *t, uint32_t sentence, uint64_t stem)
{
    for (uint32_t i = t->sentences[sentence].first; i < t->sentences[sentence].end; i++)
        if (t->terms[i].stem == stem && term_is_content(&t->terms[i]))
            return true;
    return false;
}

double sentences_alike(const struct work *w, const struct text *x, uint32_t sx,
                       const struct text *y, uint32_t sy)
{
    double shared = 0, all_x = 0, all_y = 0;
    for (uint32_t i = x->sentences[sx].first; i < x->sentences[sx].end; i++) {
        const struct term *t = &x->terms[i];
        if (!term_is_content(t) || (t->flags & TERM_NUMBER))
            continue;
        double weight = work_weight(w, t);
        all_x += weight;
        if (has_stem(y, sy, t->stem))
            shared += weight;
    }
    for (uint32_t i = y->sentences[sy].first; i < y->sentences[sy].end; i++)
        if (term_is_content(&y->terms[i]) && !(y->terms[i].flags & TERM_NUMBER))
            all_y += work_weight(w, &y->terms[i]);
    return all_x + all_y > 0 ? fmin(1, 2 * shared / (all_x + all_y)) : 0;
}
