/* The words of a statement that are compared, and their alignment: a longest common subsequence of
 * folded words. */
#include "compare/saying/wording.h"

enum { MOST_WORDS = 400 };

struct wordlist wordlist_of(struct work *w, const struct saying *s)
{
    struct wordlist l = {.text = &w->texts[s->article], .terms = s->terms, .n = s->n_terms};
    size_t quoted = 0;
    for (size_t i = 0; i < s->n_terms; i++)
        quoted += (l.text->terms[s->terms[i]].flags & TERM_QUOTED) != 0;
    l.quoted = s->st->kind == STATEMENT_DIRECT || (s->st->kind == STATEMENT_MIXED && quoted);
    if (l.quoted && quoted && quoted < s->n_terms) {
        l.terms = arena_array(w->arena, quoted + 1, sizeof *l.terms);
        l.n = 0;
        for (size_t i = 0; i < s->n_terms; i++)
            if (l.text->terms[s->terms[i]].flags & TERM_QUOTED)
                l.terms[l.n++] = s->terms[i];
    }
    l.n = l.n < MOST_WORDS ? l.n : MOST_WORDS;
    return l;
}

const struct term *wordlist_term(const struct wordlist *l, size_t i)
{
    return &l->text->terms[l->terms[i]];
}

size_t wordlist_align(struct work *w, const struct wordlist *f, const struct wordlist *v, int *to)
{
    size_t width = f->n + 1;
    uint16_t *best = arena_array(w->arena, (v->n + 1) * width, sizeof *best);
    for (size_t i = v->n; i-- > 0;)
        for (size_t k = f->n; k-- > 0;) {
            uint16_t skip_v = best[(i + 1) * width + k], skip_f = best[i * width + k + 1];
            uint16_t both = wordlist_term(v, i)->word == wordlist_term(f, k)->word
                                ? (uint16_t)(best[(i + 1) * width + k + 1] + 1)
                                : 0;
            uint16_t top = skip_v > skip_f ? skip_v : skip_f;
            best[i * width + k] = both > top ? both : top;
        }
    size_t i = 0, k = 0, met = 0;
    while (i < v->n) {
        to[i] = -1;
        if (k < f->n && wordlist_term(v, i)->word == wordlist_term(f, k)->word &&
            best[i * width + k] == best[(i + 1) * width + k + 1] + 1) {
            to[i++] = (int)k++;
            met++;
        } else if (k < f->n && best[i * width + k + 1] >= best[(i + 1) * width + k]) {
            k++;
        } else {
            i++;
        }
    }
    return met;
}
