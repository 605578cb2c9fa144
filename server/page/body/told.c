/* Which blocks the page's structured data contains: its articleBody and a block share most of their
 * runs of four words. */
#include "page/body/parts.h"

enum { GRAMS = 1 << 14, GRAM_WORDS = 4 };

/* The next word of s (letters and digits; any byte above ASCII counts as one) from *at. */
static struct str next_word(struct str s, size_t *at)
{
    while (*at < s.n && !((unsigned char)s.p[*at] >= 0x80 || (s.p[*at] >= '0' && s.p[*at] <= '9') ||
                          ((s.p[*at] | 32) >= 'a' && (s.p[*at] | 32) <= 'z')))
        ++*at;
    size_t from = *at;
    while (*at < s.n && ((unsigned char)s.p[*at] >= 0x80 || (s.p[*at] >= '0' && s.p[*at] <= '9') ||
                         ((s.p[*at] | 32) >= 'a' && (s.p[*at] | 32) <= 'z')))
        ++*at;
    return str_slice(s, from, *at);
}

/* Adds the text's runs of words to the set, or counts those that are in it; *all: how many. */
static size_t walk_grams(struct grams *g, struct str s, bool add, size_t *all)
{
    uint64_t recent[GRAM_WORDS] = {0};
    size_t n = 0, found = 0, at = 0;
    for (struct str w; (w = next_word(s, &at)).n; n++) {
        recent[n % GRAM_WORDS] = str_hash(w);
        if (n + 1 < GRAM_WORDS)
            continue;
        uint64_t key = 1;
        for (size_t i = 0; i < GRAM_WORDS; i++)
            key = key * 1099511628211U + recent[(n + 1 + i) % GRAM_WORDS];
        key |= 1;
        ++*all;
        size_t slot = key / 2 % GRAMS, probes = 0;
        while (g->slots[slot] && g->slots[slot] != key && probes++ < 64)
            slot = (slot + 1) % GRAMS;
        found += g->slots[slot] == key;
        if (add && !g->slots[slot])
            g->slots[slot] = key;
    }
    return found;
}

struct grams grams_make(struct arena *a)
{
    return (struct grams){arena_array(a, GRAMS, sizeof(uint64_t))};
}

void grams_add(struct grams *g, struct str s)
{
    size_t all = 0;
    walk_grams(g, s, true, &all);
}

bool grams_hold(struct grams *g, struct str s)
{
    size_t total = 0, found = walk_grams(g, s, false, &total);
    return total >= 3 && found * 10 >= total * 7;
}

void body_told(struct body *b)
{
    if (b->article.n < 300)
        return;
    struct grams g = grams_make(b->a);
    grams_add(&g, str_slice(b->article, 0, 100000));
    for (size_t i = 0; i < b->n; i++)
        b->blocks[i].told = grams_hold(&g, b->blocks[i].text);
}
