/* Questions about a place in an article that several rules ask. */
#include "compare/parts.h"

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

struct bag sentence_bag(const struct work *w, const struct text *t, uint32_t sentence)
{
    struct term_range r = t->sentences[sentence];
    struct bag bag = {.v = arena_array(w->arena, r.end - r.first + 1, sizeof *bag.v)};
    for (uint32_t i = r.first; i < r.end; i++)
        if (term_is_content(&t->terms[i]) && !(t->terms[i].flags & TERM_NUMBER))
            bag.v[bag.n++] =
                (struct weighted){t->terms[i].stem, (float)work_weight(w, &t->terms[i])};
    bag_close(&bag);
    return bag;
}
