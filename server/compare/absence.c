/* Why an article does not carry an utterance: see enum absence in compare.h. */
#include "compare/parts.h"

#include <string.h>

/* A sentence with this share of an utterance's weight may be the utterance, missed. */
#define CLOSE 0.6

static bool carries(const struct utterance *u, uint32_t article)
{
    for (size_t i = 0; i < u->n_wordings; i++)
        if (u->wordings[i].article == article)
            return true;
    return false;
}

/* `by` copies an article that lacks the utterance as well. */
static bool copies_silence(const struct work *w, const struct utterance *u, uint32_t article)
{
    for (size_t i = 0; i < w->out->n_rewrites; i++)
        if (w->out->rewrites[i].by == article && !carries(u, w->out->rewrites[i].of))
            return true;
    return false;
}

static bool published_before(const struct work *w, const struct utterance *u, uint32_t article)
{
    int32_t said = day_parse(u->said_on), told = day_parse(w->in->articles[article].published);
    return said != NO_DAY && told != NO_DAY && told < said;
}

/* Stems of one article, for asking quickly whether a sentence comes close. */
static bool has_close_sentence(const struct work *w, uint32_t article, const struct saying *s)
{
    const struct text *t = &w->texts[article];
    double most = 0;
    for (size_t i = 0; i < t->n_sentences; i++) {
        double sum = 0;
        for (size_t b = 0; b < s->n_bag; b++)
            for (uint32_t k = t->sentences[i].first; k < t->sentences[i].end; k++)
                if (t->terms[k].stem == s->bag[b].stem && !(t->terms[k].flags & TERM_INNER)) {
                    sum += (double)s->bag[b].weight;
                    break;
                }
        most = sum > most ? sum : most;
    }
    return s->n_bag >= 3 && most >= CLOSE * (double)s->weight;
}

static const struct saying *fullest(const struct work *w, size_t u)
{
    const struct utterance *at = &w->out->utterances[u];
    for (size_t i = 0; i < at->n_wordings; i++)
        if (at->wordings[i].fullest)
            return w->members[u][i];
    return w->members[u][0];
}

static enum absence why(const struct work *w, size_t u, uint32_t article)
{
    const struct utterance *at = &w->out->utterances[u];
    const struct compare_article *from = &w->in->articles[article];
    if (published_before(w, at, article))
        return ABSENT_PUBLISHED_BEFORE;
    if (copies_silence(w, at, article))
        return ABSENT_COPY;
    if (!from->reviewed &&
        (!from->reading->fully_read || has_close_sentence(w, article, fullest(w, u))))
        return ABSENT_NOT_REVIEWED;
    return ABSENT_ABSENT;
}

void work_absences(struct work *w)
{
    size_t n = w->in->n_articles;
    for (size_t u = 0; u < w->out->n_utterances; u++) {
        struct utterance *at = &w->out->utterances[u];
        at->absent = arena_array(w->arena, n + 1, sizeof *at->absent);
        for (size_t r = 0; r < n; r++)
            if (!carries(at, w->order[r]))
                at->absent[at->n_absent++] = (struct silence){w->order[r], why(w, u, w->order[r])};
    }
}
