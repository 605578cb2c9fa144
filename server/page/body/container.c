/* Which element holds the article. Starting from what the page itself calls the body (or from its
 * root), the search steps down into the child with nearly all of the prose until the prose is
 * shared out among several. */
#include "page/body/body.h"

static bool same_kind(const struct html *h, size_t a, size_t b)
{
    return h->nodes[a].tag == h->nodes[b].tag &&
           str_eq(html_attr(h, a, S("class")), html_attr(h, b, S("class")));
}

/* Is a block's own text directly in this element, or is it a paragraph-like one? */
static bool is_paragraph(const struct body *b, size_t node)
{
    unsigned t = b->h->nodes[node].tag;
    return t == TAG_P || t == TAG_BLOCKQUOTE || t == TAG_UL || t == TAG_OL || t == TAG_PRE ||
           t == TAG_DL || (t >= TAG_H1 && t <= TAG_H6) || t == TAG_TEXT || !tag_is_block(t);
}

static bool has_own_prose(const struct body *b, size_t node)
{
    size_t from, to;
    float own = 0;
    body_range(b, node, &from, &to);
    for (size_t i = from; i < to; i++)
        own += b->blocks[i].node == node ? b->blocks[i].score : 0;
    return own > body_score(b, node) * 0.25F;
}

struct children {
    size_t best;
    float best_score, paragraphs,
        alike; /* scores: of the best, of paragraphs, of siblings like the best */
};

static struct children look_at_children(const struct body *b, size_t node)
{
    struct children c = {0};
    const struct html *h = b->h;
    for (size_t i = node + 1; i < h->nodes[node].end; i = h->nodes[i].end) {
        float score = body_score(b, i);
        if (score > c.best_score) {
            c.best = i;
            c.best_score = score;
        }
        if (score > 0 && (is_paragraph(b, i) || has_own_prose(b, i)))
            c.paragraphs += score;
    }
    for (size_t i = node + 1; i < h->nodes[node].end; i = h->nodes[i].end)
        if (i != c.best && c.best && same_kind(h, i, c.best))
            c.alike += body_score(b, i);
    return c;
}

static size_t descend(const struct body *b, size_t node)
{
    for (;;) {
        float total = body_score(b, node);
        struct children c = look_at_children(b, node);
        if (!c.best || is_paragraph(b, c.best) || has_own_prose(b, node))
            return node;
        if (c.best_score < 0.5F * total || c.paragraphs > 0.1F * total)
            return node;
        if (c.best_score < 0.9F * total && c.alike > 0.1F * total)
            return node;
        node = c.best;
    }
}

/* The element marked as the article's body that has the most prose, if it has a fair share. */
static size_t declared_body(const struct body *b, uint32_t hint, float least)
{
    const struct html *h = b->h;
    float total = b->sums[b->n], best_score = 0;
    size_t best = 0;
    for (size_t i = 1; i < h->n; i++) {
        if (h->nodes[i].tag == TAG_TEXT || !(b->hints[i] & hint) ||
            b->hints[h->nodes[i].parent] & hint)
            continue;
        float score = body_score(b, i);
        if (score > best_score) {
            best = i;
            best_score = score;
        }
    }
    return best_score >= least * total ? best : 0;
}

/* The lowest element above all of the blocks that the structured data contains. */
static size_t told_container(const struct body *b)
{
    const struct html *h = b->h;
    size_t node = 0, bytes = 0;
    for (size_t i = 0; i < b->n; i++) {
        if (!b->blocks[i].told)
            continue;
        bytes += b->blocks[i].text.n;
        size_t k = b->blocks[i].node;
        if (node == 0)
            node = k;
        while (node && !(k >= node && k < h->nodes[node].end))
            node = h->nodes[node].parent;
    }
    return bytes >= 400 && bytes * 2 >= b->article.n ? node : 0;
}

size_t body_container(struct body *b)
{
    if (b->n == 0 || b->sums[b->n] <= 0)
        return 0;
    size_t node = declared_body(b, HINT_BODY, 0.3F);
    if (!node)
        node = declared_body(b, HINT_ARTICLE, 0.4F);
    node = descend(b, node);
    size_t told =
        told_container(b); /* structured data is often cut short: then the page knows better */
    return told && body_score(b, told) > 0.5F * body_score(b, node) ? told : node;
}
