/* What an article is about, as a short vector of weighted words: see compare_signature.
 *
 * Weight: (1 + log of occurrences), more for words of the title and for names, times rarity in
 * everyday news. The same article always has the same signature, whatever else is in the store. */
#include "compare/group.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { VERSION = 1, HEAD_BYTES = 8, TERM_BYTES = 6 };

static int heavier(const void *a, const void *b)
{
    const struct sign_term *x = a, *y = b;
    if (x->weight != y->weight)
        return x->weight < y->weight ? 1 : -1;
    return (x->term > y->term) - (x->term < y->term);
}

struct count {
    uint64_t stem;
    uint32_t body, title, named;
};

struct counts {
    struct table at;
    struct count *v;
    size_t n, cap;
};

static void count_terms(struct arena *a, struct counts *c, const struct text *t, bool title)
{
    for (size_t i = 0; i < t->n_terms; i++) {
        const struct term *term = &t->terms[i];
        if ((term->flags & TERM_STOP) || term->at.end - term->at.start < 2)
            continue;
        uint32_t *at = table_at(a, &c->at, term->stem);
        if (!*at) {
            c->v = arena_grow(a, c->v, c->n, &c->cap, sizeof *c->v);
            c->v[c->n++] = (struct count){.stem = term->stem};
            *at = (uint32_t)c->n;
        }
        struct count *count = &c->v[*at - 1];
        bool first = t->sentences[term->sentence].first == i;
        count->title += title;
        count->body += !title;
        count->named += (term->flags & TERM_CAPITAL) && !first && !title;
    }
}

static float weigh(const struct vocabulary *lex, const struct count *c)
{
    double tf = 1 + log(1 + c->body + 2.0 * c->title);
    double named = c->named * 2 > c->body ? 1.3 : 1;
    return (float)(tf * named * vocabulary_rarity(lex, c->stem));
}

void signature_make(struct arena *a, const struct vocabulary *lex,
                    const struct group_article *article, struct signature *out)
{
    struct counts c = {0};
    struct text body, title;
    text_read(a, lex, str_slice(article->text, 0, SIGN_BYTES), &body);
    text_read(a, lex, article->title, &title);
    count_terms(a, &c, &body, false);
    count_terms(a, &c, &title, true);
    struct sign_term *all = arena_array(a, c.n + 1, sizeof *all);
    for (size_t i = 0; i < c.n; i++)
        all[i] =
            (struct sign_term){(uint32_t)(c.v[i].stem ^ c.v[i].stem >> 32), weigh(lex, &c.v[i])};
    qsort(all, c.n, sizeof *all, heavier);
    *out = (struct signature){.day = day_parse(article->published)};
    out->n = c.n < SIGN_TERMS ? c.n : SIGN_TERMS;
    memcpy(out->terms, all, out->n * sizeof *all);
}

static void put16(char *p, uint32_t v)
{
    p[0] = (char)(v & 255);
    p[1] = (char)(v >> 8 & 255);
}

static void put32(char *p, uint32_t v)
{
    put16(p, v & 65535);
    put16(p + 2, v >> 16);
}

static uint32_t get16(const char *p)
{
    return (unsigned char)p[0] | (uint32_t)(unsigned char)p[1] << 8;
}

static uint32_t get32(const char *p)
{
    return get16(p) | get16(p + 2) << 16;
}

struct str compare_signature(struct arena *a, const struct group_article *article)
{
    struct arena scratch = {0};
    struct vocabulary lex;
    struct signature s;
    vocabulary_load(&scratch, &lex);
    signature_make(&scratch, &lex, article, &s);
    arena_finish(&scratch);
    char *p = arena_alloc(a, HEAD_BYTES + s.n * TERM_BYTES + 1);
    put32(p, VERSION);
    put32(p + 4, (uint32_t)s.day);
    for (size_t i = 0; i < s.n; i++) {
        put32(p + HEAD_BYTES + i * TERM_BYTES, s.terms[i].term);
        put16(p + HEAD_BYTES + i * TERM_BYTES + 4, (uint32_t)(s.terms[i].weight * 1000));
    }
    return (struct str){p, HEAD_BYTES + s.n * TERM_BYTES};
}

bool signature_unpack(struct str blob, struct signature *out)
{
    *out = (struct signature){.day = NO_DAY};
    if (blob.n < HEAD_BYTES || get32(blob.p) != VERSION)
        return false;
    out->day = (int32_t)get32(blob.p + 4);
    out->n = (blob.n - HEAD_BYTES) / TERM_BYTES;
    out->n = out->n < SIGN_TERMS ? out->n : SIGN_TERMS;
    for (size_t i = 0; i < out->n; i++) {
        const char *p = blob.p + HEAD_BYTES + i * TERM_BYTES;
        out->terms[i] = (struct sign_term){get32(p), (float)get16(p + 4) / 1000};
    }
    return true;
}

size_t compare_signature_keys(struct str blob, uint32_t *keys, size_t max)
{
    struct signature s;
    if (!signature_unpack(blob, &s))
        return 0;
    size_t n = s.n < max ? s.n : max;
    for (size_t i = 0; i < n; i++)
        keys[i] = s.terms[i].term;
    return n;
}

static int by_term(const void *a, const void *b)
{
    const struct sign_term *x = a, *y = b;
    return (x->term > y->term) - (x->term < y->term);
}

double days_nearness(int32_t a, int32_t b)
{
    if (a == NO_DAY || b == NO_DAY)
        return 1;
    double apart = fabs((double)a - b);
    return apart <= 2 ? 1 : 0.4 + 0.6 * exp(-(apart - 2) / 20);
}

double compare_likeness(struct str a, struct str b)
{
    struct signature x, y;
    if (!signature_unpack(a, &x) || !signature_unpack(b, &y))
        return 0;
    qsort(x.terms, x.n, sizeof *x.terms, by_term);
    qsort(y.terms, y.n, sizeof *y.terms, by_term);
    double dot = 0, xx = 0, yy = 0;
    for (size_t i = 0; i < x.n; i++)
        xx += (double)x.terms[i].weight * x.terms[i].weight;
    for (size_t i = 0; i < y.n; i++)
        yy += (double)y.terms[i].weight * y.terms[i].weight;
    for (size_t i = 0, k = 0; i < x.n && k < y.n;) {
        if (x.terms[i].term == y.terms[k].term)
            dot += (double)x.terms[i++].weight * y.terms[k++].weight;
        else if (x.terms[i].term < y.terms[k].term)
            i++;
        else
            k++;
    }
    return dot > 0 ? dot / sqrt(xx * yy) * days_nearness(x.day, y.day) : 0;
}

/* One pass for each story's first candidate: candidates are a few hundred. */
int64_t compare_place(struct str signature, const struct compare_candidate *candidates, size_t n)
{
    int64_t best = 0;
    double best_mean = GROUP_ALIKE;
    for (size_t i = 0; i < n; i++) {
        double sum = 0;
        size_t members = 0, k = 0;
        while (k < i && candidates[k].story != candidates[i].story)
            k++;
        if (k < i)
            continue;
        for (; k < n; k++)
            if (candidates[k].story == candidates[i].story) {
                sum += compare_likeness(signature, candidates[k].signature);
                members++;
            }
        double mean = sum / (double)members;
        if (mean > best_mean || (mean == best_mean && best && candidates[i].story < best)) {
            best_mean = mean;
            best = candidates[i].story;
        }
    }
    return best;
}
