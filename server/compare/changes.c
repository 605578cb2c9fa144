/* Two versions of one article held against each other: see changes.h. */
#include "compare/changes.h"

#include <stdlib.h>

const char *const change_names[CHANGE_COUNT] = {"added", "dropped", "reworded", "re-attributed"};

enum { WORDS_MAX = 400 };
#define LIKE_WITH_ID 0.3

/* The words of a content as sorted hashes: letters and digits only, lower case. */
struct wordset {
    uint64_t *v;
    size_t n;
    uint64_t all; /* hash of the words in their order */
};

static int by_value(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

static bool is_letter(unsigned char c)
{
    return c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Punctuation beyond ASCII that stands around words: U+2010 to U+203A are E2 80 90 .. E2 80 BA. */
static size_t mark_length(struct str s, size_t at)
{
    if (at + 2 < s.n && str_starts(str_slice(s, at, s.n), S("\xe2\x80")))
        return 3;
    bool guillemet = at + 1 < s.n && (unsigned char)s.p[at] == 0xc2 &&
                     ((unsigned char)s.p[at + 1] == 0xab || (unsigned char)s.p[at + 1] == 0xbb);
    return guillemet ? 2 : is_letter((unsigned char)s.p[at]) ? 0 : 1;
}

static struct wordset wordset_of(struct arena *a, struct str s)
{
    struct wordset set = {arena_array(a, WORDS_MAX, sizeof *set.v), 0, str_hash((struct str){0})};
    for (size_t i = 0; i < s.n && set.n < WORDS_MAX;) {
        size_t skip = mark_length(s, i);
        if (skip) {
            i += skip;
            continue;
        }
        uint64_t hash = str_hash((struct str){0});
        for (; i < s.n && !mark_length(s, i); i++) {
            char c = (char)(s.p[i] >= 'A' && s.p[i] <= 'Z' ? s.p[i] + 32 : s.p[i]);
            hash = str_hash_more(hash, (struct str){&c, 1});
        }
        set.v[set.n++] = hash;
        set.all = str_hash_more(set.all, (struct str){(const char *)&hash, sizeof hash});
    }
    if (set.n)
        qsort(set.v, set.n, sizeof *set.v, by_value);
    return set;
}

static double likeness(const struct wordset *x, const struct wordset *y)
{
    size_t i = 0, k = 0, shared = 0;
    while (i < x->n && k < y->n) {
        if (x->v[i] == y->v[k]) {
            shared++;
            i++;
            k++;
        } else if (x->v[i] < y->v[k]) {
            i++;
        } else {
            k++;
        }
    }
    return x->n + y->n ? 2.0 * (double)shared / (double)(x->n + y->n) : 0;
}

struct side {
    const struct told *v;
    struct wordset *bags;
    int32_t *with; /* its partner in the other list, or -1 */
    size_t n;
};

static struct side side_of(struct arena *a, struct tellings t)
{
    struct side s = {t.v, arena_array(a, t.n + 1, sizeof *s.bags),
                     arena_array(a, t.n + 1, sizeof *s.with), t.n};
    for (size_t i = 0; i < t.n; i++) {
        s.bags[i] = wordset_of(a, t.v[i].words);
        s.with[i] = -1;
    }
    return s;
}

static void join(struct side *x, size_t i, struct side *y, size_t k)
{
    x->with[i] = (int32_t)k;
    y->with[k] = (int32_t)i;
}

/* Same words and speaker, then the same id and some of the words (an id also stays with the place),
 * then the same words: what needs no guessing. */
static void pair_surely(struct side *x, struct side *y)
{
    for (int step = 0; step < 3; step++)
        for (size_t i = 0; i < x->n; i++)
            for (size_t k = 0; k < y->n && x->with[i] < 0; k++) {
                bool words = x->bags[i].all == y->bags[k].all;
                bool speaker = str_eq(x->v[i].speaker, y->v[k].speaker);
                bool id = x->v[i].id == y->v[k].id;
                bool near_id = id && likeness(&x->bags[i], &y->bags[k]) >= LIKE_WITH_ID;
                if (y->with[k] < 0 && (step == 0 ? words && speaker : step == 1 ? near_id : words))
                    join(x, i, y, k);
            }
}

/* What is left by shared words, the best pair first. */
static void pair_by_words(struct side *x, struct side *y)
{
    for (;;) {
        double best = 0;
        size_t at = 0, to = 0;
        for (size_t i = 0; i < x->n; i++)
            for (size_t k = 0; k < y->n && x->with[i] < 0; k++) {
                if (y->with[k] >= 0)
                    continue;
                double least = str_eq(x->v[i].speaker, y->v[k].speaker) ? 0.5 : 0.75;
                double now = likeness(&x->bags[i], &y->bags[k]);
                if (now >= least && now > best) {
                    best = now;
                    at = i;
                    to = k;
                }
            }
        if (best == 0)
            return;
        join(x, at, y, to);
    }
}

size_t compare_changes(struct arena *a, struct tellings before, struct tellings after,
                       struct change **out)
{
    struct side x = side_of(a, before), y = side_of(a, after);
    struct change *list = arena_array(a, before.n + after.n + 1, sizeof *list);
    size_t n = 0;
    pair_surely(&x, &y);
    pair_by_words(&x, &y);
    for (size_t k = 0; k < after.n; k++) {
        int32_t i = y.with[k];
        if (i < 0)
            list[n++] = (struct change){CHANGE_ADDED, -1, (int32_t)k};
        else if (x.bags[i].all != y.bags[k].all)
            list[n++] = (struct change){CHANGE_REWORDED, i, (int32_t)k};
        else if (!str_eq(before.v[i].speaker, after.v[k].speaker))
            list[n++] = (struct change){CHANGE_REATTRIBUTED, i, (int32_t)k};
    }
    for (size_t i = 0; i < before.n; i++)
        if (x.with[i] < 0)
            list[n++] = (struct change){CHANGE_DROPPED, (int32_t)i, -1};
    *out = list;
    return n;
}
