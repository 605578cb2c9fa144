/* What an article is about, as a short vector of weighted words: see compare_signature.
 *
 * Weight: the logarithm of occurrences, more for words of the title and for names; rarity in
 * everyday news is kept beside it. The same article always has the same signature, whatever else is
 * in the store. */
#include "compare/grouping/group.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Version 2 had no weekdays: 4 bytes less in front of the terms; version 3 did not know names; in
 * versions before 5 every term had a weight and a band of its own, now those that follow each other
 * with the same ones are a run. */
enum { NAMED_BIT = 128 };
enum {
    VERSION = 5,
    HEAD_BYTES = 12,
    OLD_VERSION = 2,
    OLD_HEAD_BYTES = 8,
    SINGLE_BYTES = 7, /* of a term before version 5: itself, weight, band and name */
    RUN_BYTES = 4,    /* weight, band and name, how many terms */
    TERM_BYTES = 4
};

/* Whoever reports an event names its day early; background further down has days of its own. */
enum { DAYS_NAMED_IN = 2500 };
#define SAME_WEEKDAYS MOST_AGREEMENT
#define OTHER_WEEKDAYS 0.70
#define OTHER_NAMES 0.60
enum { FEW_NAMES = 2 };

/* Share of everyday reports that have a word of this band: see words/common.txt. */
static double share_of_band(uint8_t band)
{
    return exp((band / 10.0 - 1) * log(1200)) * (band ? 1 : 0.5);
}

double sign_rarity(const struct sign_term *t, double df, double n)
{
    double all = n + BACKGROUND, with = df + BACKGROUND * share_of_band(t->common);
    double rarity = log((all + 1) / (with + 0.5)) / log(all + 1);
    return pow(rarity > 0.01 ? rarity : 0.01, RARITY_POWER);
}

static double rank_weight(const struct sign_term *t)
{
    return (double)t->weight * sqrt(1 - t->common / 10.0);
}

static int heavier(const void *a, const void *b)
{
    const struct sign_term *x = a, *y = b;
    double wx = rank_weight(x), wy = rank_weight(y);
    if (wx != wy)
        return wx < wy ? 1 : -1;
    return (x->term > y->term) - (x->term < y->term);
}

struct count {
    uint64_t stem, word;
    uint32_t body, title, named;
};

struct counts {
    struct map at;
    struct count *v;
    size_t n, cap;
};

static void count_terms(struct arena *a, struct counts *c, const struct text *t, bool title)
{
    for (size_t i = 0; i < t->n_terms; i++) {
        const struct term *term = &t->terms[i];
        if ((term->flags & TERM_STOP) || term->at.end - term->at.start < 2)
            continue;
        uint32_t *at = map_at(a, &c->at, term->stem);
        if (!*at) {
            c->v = arena_grow(a, c->v, c->n, &c->cap, sizeof *c->v);
            c->v[c->n++] = (struct count){.stem = term->stem, .word = term->word};
            *at = (uint32_t)c->n;
        }
        struct count *count = &c->v[*at - 1];
        bool first = t->sentences[term->sentence].first == i;
        count->title += title;
        count->body += !title;
        count->named += (term->flags & TERM_CAPITAL) && !first && !title;
    }
}

static struct sign_term weigh(const struct vocabulary *lex, const struct count *c)
{
    double tf = log(1 + c->body + 3.0 * c->title);
    double named = c->named * 2 > c->body ? 1.3 : 1;
    bool name = named > 1 && !(map_get(&lex->marks, c->word, 0) & MARK_DATE);
    return (struct sign_term){(uint32_t)(c->stem ^ c->stem >> 32), (float)(tf * named),
                              (uint8_t)map_get(&lex->common, c->stem, 0), name};
}

static int by_value(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

/* The terms still stand heaviest first. */
static void find_names(struct signature *s)
{
    s->n_names = 0;
    for (size_t i = 0; i < s->n && s->n_names < MOST_NAMES; i++)
        if (s->terms[i].named)
            s->names[s->n_names++] = s->terms[i].term;
    qsort(s->names, s->n_names, sizeof *s->names, by_value);
}

static void count_weekdays(const struct text *t, uint8_t *named)
{
    static const char *const names[WEEKDAYS] = {"monday", "tuesday",  "wednesday", "thursday",
                                                "friday", "saturday", "sunday"};
    uint64_t words[WEEKDAYS];
    for (size_t k = 0; k < WEEKDAYS; k++)
        words[k] = str_hash(str_of(names[k]));
    for (size_t i = 0; i < t->n_terms && t->terms[i].at.start < DAYS_NAMED_IN; i++)
        for (size_t k = 0; (t->terms[i].flags & TERM_CAPITAL) && k < WEEKDAYS; k++)
            named[k] += t->terms[i].word == words[k] && named[k] < MOST_NAMED;
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
        all[i] = weigh(lex, &c.v[i]);
    qsort(all, c.n, sizeof *all, heavier);
    *out = (struct signature){.day = day_parse(article->published)};
    count_weekdays(&body, out->named);
    out->n = c.n < SIGN_TERMS ? c.n : SIGN_TERMS;
    memcpy(out->terms, all, out->n * sizeof *all);
    find_names(out);
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

/* Weight, band and name, as they are kept. */
static uint32_t worth_of(const struct sign_term *t)
{
    return (uint32_t)(t->weight * 1000) << 8 | t->common | (t->named ? NAMED_BIT : 0);
}

static char *put_terms(char *p, const struct signature *s)
{
    for (size_t i = 0, end = 0; i < s->n; i = end) {
        uint32_t worth = worth_of(&s->terms[i]);
        for (end = i + 1; end < s->n && worth_of(&s->terms[end]) == worth;)
            end++;
        put16(p, worth >> 8);
        p[2] = (char)worth;
        p[3] = (char)(end - i);
        p += RUN_BYTES;
        for (size_t k = i; k < end; k++, p += TERM_BYTES)
            put32(p, s->terms[k].term);
    }
    return p;
}

struct str compare_signature(struct arena *a, const struct group_article *article)
{
    struct arena scratch = {0};
    struct vocabulary lex;
    struct signature s;
    vocabulary_load(&lex);
    signature_make(&scratch, &lex, article, &s);
    arena_finish(&scratch);
    char *p = arena_alloc(a, HEAD_BYTES + s.n * (RUN_BYTES + TERM_BYTES) + 1);
    put32(p, VERSION);
    put32(p + 4, (uint32_t)s.day);
    uint32_t named = 0;
    for (size_t k = 0; k < WEEKDAYS; k++)
        named |= (uint32_t)s.named[k] << 4 * k;
    put32(p + 8, named);
    return (struct str){p, (size_t)(put_terms(p + HEAD_BYTES, &s) - p)};
}

static struct sign_term term_of(uint32_t term, uint32_t weight, uint8_t last)
{
    return (struct sign_term){term, (float)weight / 1000, last & (NAMED_BIT - 1),
                              (last & NAMED_BIT) != 0};
}

static void read_single(struct str terms, struct signature *out)
{
    out->n = terms.n / SINGLE_BYTES;
    out->n = out->n < SIGN_TERMS ? out->n : SIGN_TERMS;
    for (size_t i = 0; i < out->n; i++) {
        const char *p = terms.p + i * SINGLE_BYTES;
        out->terms[i] = term_of(get32(p), get16(p + 4), (uint8_t)p[6]);
    }
}

static void read_runs(struct str terms, struct signature *out)
{
    for (size_t at = 0; at + RUN_BYTES <= terms.n;) {
        const char *run = terms.p + at;
        at += RUN_BYTES;
        for (size_t k = 0; k < (uint8_t)run[3] && at + TERM_BYTES <= terms.n; k++) {
            if (out->n == SIGN_TERMS)
                return;
            out->terms[out->n++] = term_of(get32(terms.p + at), get16(run), (uint8_t)run[2]);
            at += TERM_BYTES;
        }
    }
}

bool signature_unpack(struct str blob, struct signature *out)
{
    *out = (struct signature){.day = NO_DAY};
    uint32_t version = blob.n >= OLD_HEAD_BYTES ? get32(blob.p) : 0;
    size_t head = version == OLD_VERSION ? OLD_HEAD_BYTES : HEAD_BYTES;
    if (blob.n < head || version < OLD_VERSION || version > VERSION)
        return false;
    out->day = (int32_t)get32(blob.p + 4);
    for (size_t k = 0; version != OLD_VERSION && k < WEEKDAYS; k++)
        out->named[k] = (uint8_t)(get32(blob.p + 8) >> 4 * k & MOST_NAMED);
    struct str terms = str_slice(blob, head, blob.n);
    if (version == VERSION)
        read_runs(terms, out);
    else
        read_single(terms, out);
    find_names(out);
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

double weekdays_agreement(const struct signature *a, const struct signature *b)
{
    double dot = 0, x = 0, y = 0;
    for (size_t k = 0; k < WEEKDAYS; k++) {
        dot += sqrt((double)a->named[k] * b->named[k]);
        x += a->named[k];
        y += b->named[k];
    }
    if (x <= 0 || y <= 0)
        return 1;
    return OTHER_WEEKDAYS + (SAME_WEEKDAYS - OTHER_WEEKDAYS) * dot / sqrt(x * y);
}

double names_agreement(const struct signature *a, const struct signature *b)
{
    if (a->n_names < FEW_NAMES || b->n_names < FEW_NAMES)
        return 1;
    for (size_t i = 0, k = 0; i < a->n_names && k < b->n_names;) {
        if (a->names[i] == b->names[k])
            return 1;
        *(a->names[i] < b->names[k] ? &i : &k) += 1;
    }
    return OTHER_NAMES;
}

double circumstances_agree(const struct signature *a, const struct signature *b)
{
    return days_nearness(a->day, b->day) * weekdays_agreement(a, b) * names_agreement(a, b);
}

/* A signature ready for comparing: terms sorted, weights by rarity, unit length. */
static void prepare(struct signature *s)
{
    double length = 0;
    qsort(s->terms, s->n, sizeof *s->terms, by_term);
    for (size_t i = 0; i < s->n; i++) {
        s->terms[i].weight *= (float)sign_rarity(&s->terms[i], 0, 0);
        length += (double)s->terms[i].weight * (double)s->terms[i].weight;
    }
    for (size_t i = 0; length > 0 && i < s->n; i++)
        s->terms[i].weight /= (float)sqrt(length);
}

static double cosine(const struct signature *x, const struct signature *y)
{
    double dot = 0;
    for (size_t i = 0, k = 0; i < x->n && k < y->n;) {
        if (x->terms[i].term == y->terms[k].term)
            dot += (double)x->terms[i++].weight * (double)y->terms[k++].weight;
        else if (x->terms[i].term < y->terms[k].term)
            i++;
        else
            k++;
    }
    return dot * circumstances_agree(x, y);
}

double compare_likeness(struct str a, struct str b)
{
    struct signature x, y;
    if (!signature_unpack(a, &x) || !signature_unpack(b, &y))
        return 0;
    prepare(&x);
    prepare(&y);
    return cosine(&x, &y);
}
