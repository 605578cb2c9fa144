/* Quotations set apart: who is named below one, and those that only say again what the text says.
 */
#include "page/body/parts.h"

enum { SIGNATURE_MAX = 120 };

/* The nearest element of this tag at or around a node, not farther than a few levels; 0 if none. */
static size_t around(const struct html *h, size_t node, unsigned tag)
{
    for (int up = 0; up < 5 && node; up++, node = h->nodes[node].parent)
        if (h->nodes[node].tag == tag)
            return node;
    return 0;
}

static bool holds(const struct html *h, size_t node, unsigned tag)
{
    for (size_t i = node + 1; i < h->nodes[node].end; i++)
        if (h->nodes[i].tag == tag)
            return true;
    return false;
}

/* The quotation that this block signs, as <cite>, <footer> or <figcaption>: its element, else 0. */
static size_t signed_by(const struct body *b, const struct block *k)
{
    const struct html *h = b->h;
    if (k->text.n > SIGNATURE_MAX)
        return 0;
    size_t quote = around(h, k->first, TAG_BLOCKQUOTE), figure = around(h, k->first, TAG_FIGURE);
    if (quote && (around(h, k->first, TAG_CITE) || around(h, k->first, TAG_FOOTER)))
        return quote;
    return figure && around(h, k->first, TAG_FIGCAPTION) && holds(h, figure, TAG_BLOCKQUOTE)
               ? figure
               : 0;
}

static bool begins_with_dash(struct str s)
{
    return str_starts(s, S("—")) || str_starts(s, S("–")) || str_starts(s, S("-"));
}

/* Set apart from the text for the eye: in a figure, or not for screen readers. */
static bool is_pulled(const struct body *b, const struct block *k)
{
    return k->chosen && (k->hints & HINT_ARIA || around(b->h, k->node, TAG_FIGURE));
}

/* Drops quotations set apart that the article contains already. */
static void drop_pulled(struct body *b, size_t from, size_t to)
{
    bool any = false;
    for (size_t i = from; i < to; i++)
        any |= is_pulled(b, &b->blocks[i]);
    if (!any)
        return;
    struct grams g = grams_make(b->a);
    for (size_t i = from; i < to; i++)
        if (b->blocks[i].chosen && !is_pulled(b, &b->blocks[i]))
            grams_add(&g, b->blocks[i].text);
    for (size_t i = from; i < to; i++)
        if (is_pulled(b, &b->blocks[i]) && grams_hold(&g, b->blocks[i].text))
            b->blocks[i].chosen = false;
}

void body_signatures(struct body *b, size_t from, size_t to)
{
    drop_pulled(b, from, to);
    for (size_t i = from + 1; i < to; i++) {
        struct block *k = &b->blocks[i], *said = k - 1;
        size_t quote = signed_by(b, k);
        if (!quote)
            continue;
        bool below = said->node >= quote && said->node < b->h->nodes[quote].end;
        k->chosen = below && said->chosen;
        k->signature = k->chosen;
        if (k->chosen && !begins_with_dash(k->text))
            k->text = arena_fmt(b->a, "— %.*s", STR_ARG(k->text));
    }
}
