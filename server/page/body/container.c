/* Which element holds the article. Starting from what the page itself calls the body (or from its
 * root), the search steps down into the child with nearly all of the prose until the prose is
 * shared out among several. */
#include "page/body/body.h"
#include "page/text/prose.h"
#include "page/text/words.h"

enum { TWIN_PROSE = 300, PART_PROSE = 100, LEAD_PROSE = 200 };

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

/* ---- which of several articles --------------------------------------------------------------- */

/* The block that shows the headline, best as <h1>; b->n if none does. */
static size_t headline(const struct body *b)
{
    char x[FOLD_MAX], y[FOLD_MAX];
    struct str title = fold_line(b->title, y);
    size_t second = b->n;
    for (size_t i = 0; i < b->n && title.n; i++) {
        const struct block *k = &b->blocks[i];
        if ((k->tag != TAG_H1 && k->tag != TAG_H2) || k->hints & HINT_COMMENT ||
            !str_eq(fold_line(k->text, x), title))
            continue;
        if (k->tag == TAG_H1)
            return i;
        second = second == b->n ? i : second;
    }
    return second;
}

/* Is this another article: an element of that name, or with a headline of the first rank? */
static bool is_whole(const struct body *b, size_t node)
{
    size_t from, to;
    bool headed = false, main = b->h->nodes[node].tag == TAG_ARTICLE;
    body_range(b, node, &from, &to);
    for (size_t i = from; i < to; i++) {
        headed |= b->blocks[i].tag >= TAG_H1 && b->blocks[i].tag <= TAG_H3;
        main |= b->blocks[i].tag == TAG_H1;
    }
    return headed && main;
}

static bool holds_one(const struct html *h, size_t node)
{
    for (size_t i = node + 1; i < h->nodes[node].end; i++)
        if (h->nodes[i].tag == TAG_ARTICLE)
            return true;
    return false;
}

/* Another article beside this one: of its kind, with a heading of its own and prose. */
static bool stands_beside(const struct body *b, size_t node, bool wrapped)
{
    const struct html *h = b->h;
    size_t above = h->nodes[node].parent;
    for (size_t i = above + 1; i < h->nodes[above].end; i = h->nodes[i].end)
        if (i != node && h->nodes[i].tag == h->nodes[node].tag && body_score(b, i) > TWIN_PROSE &&
            is_whole(b, i) && (!wrapped || holds_one(h, i)))
            return true;
    return false;
}

/* The same where each article stands in an element of its own. */
static bool has_twin(const struct body *b, size_t node)
{
    const struct html *h = b->h;
    bool article = h->nodes[node].tag == TAG_ARTICLE;
    if (stands_beside(b, node, false))
        return true;
    for (int up = 0; up < 2 && article && h->nodes[node].parent; up++) {
        node = h->nodes[node].parent;
        if (stands_beside(b, node, true))
            return true;
    }
    return false;
}

/* Does the page's head tell the same headline, most of its words at least? A teaser's may be taken
 * for it by mistake. */
static bool is_told(const struct body *b)
{
    char x[FOLD_MAX], y[FOLD_MAX];
    struct str head = fold_line(b->head, x), rest = fold_line(b->title, y), word;
    size_t words = 0, found = 0;
    while (str_split(&rest, ' ', &word))
        if (word.n >= 4) {
            words++;
            found += str_contains(head, word);
        }
    return head.n == 0 || found * 2 >= words;
}

/* Where the article is to be looked for: the element that calls itself one and holds the page's
 * headline, where others like it stand beside it, or the outermost such with a good share of the
 * prose; else 0. */
static size_t scope_of(const struct body *b)
{
    size_t at = headline(b);
    if (at == b->n || !is_told(b))
        return 0;
    size_t node = b->blocks[at].node, outer = 0;
    for (; node; node = b->h->nodes[node].parent) {
        if (!(b->own[node] & HINT_ARTICLE) || body_score(b, node) < TWIN_PROSE)
            continue;
        if (has_twin(b, node))
            return node;
        outer = node;
    }
    return outer && body_score(b, outer) > 0.25F * b->sums[b->n] ? outer : 0;
}

/* ---- declared -------------------------------------------------------------------------------- */

static size_t common(const struct html *h, size_t a, size_t b)
{
    while (a && !(b >= a && b < h->nodes[a].end))
        a = h->nodes[a].parent;
    return a;
}

/* Does a headline of the first rank stand between two elements, and the page's before them? */
static bool is_headed(const struct body *b, size_t from, size_t to)
{
    size_t title = headline(b);
    if (title == b->n || title >= b->firsts[from])
        return false;
    for (size_t i = b->firsts[from]; i < b->firsts[to]; i++)
        if (b->blocks[i].tag == TAG_H1 && i != title)
            return true;
    return false;
}

static bool opens_alike(const struct body *b, size_t x, size_t y)
{
    size_t at = b->firsts[x], other = b->firsts[y];
    return at < b->n && other < b->n && at != other &&
           str_eq(b->blocks[at].text, b->blocks[other].text);
}

/* The elements within `scope` marked as the article's body: the one that has nearly all of their
 * prose, else the lowest above those that have a part of it; 0 if they have less than a fair share
 * of all. */
static size_t declared_body(const struct body *b, size_t scope, uint32_t hint, float least)
{
    const struct html *h = b->h;
    float total = body_score(b, scope), best_score = 0, sum = 0;
    if (b->own[scope] & hint)
        return scope;
    size_t best = 0, all = 0, n_parts = 0;
    for (size_t i = scope + 1; i < h->nodes[scope].end; i++) {
        if (!(b->own[i] & hint))
            continue;
        float score = body_score(b, i);
        if (hint == HINT_BODY && best && is_headed(b, h->nodes[best].end, i))
            break;                           /* the next article's */
        if (best && opens_alike(b, i, best)) /* the same again, for another width of window */
            score = 0;
        sum += score;
        if (score > PART_PROSE)
            all = n_parts++ ? common(h, all, i) : i;
        if (score > best_score) {
            best = i;
            best_score = score;
        }
        i = h->nodes[i].end - 1;
    }
    if (sum < least * total)
        return 0;
    bool parts = hint == HINT_BODY && n_parts > 1 && all && best_score < 0.9F * sum;
    return parts ? all : best_score >= least * total ? best : 0;
}

/* ---- the parts beside it ----------------------------------------------------------------------
 */

/* Paragraphs without a link and without a bad name, among the blocks from..to: how many, and what
 * they score. None if `opening` is among them: it is the same text again. */
static size_t plain_prose(const struct body *b, size_t from, size_t to, struct str opening,
                          float *score)
{
    size_t n = 0;
    *score = 0;
    for (size_t i = from; i < to; i++) {
        const struct block *k = &b->blocks[i];
        if (str_eq(k->text, opening))
            return 0;
        if (k->tag != TAG_P || k->link_bytes || k->text.n < PART_PROSE || k->hints & HINT_BAD ||
            !text_ends_sentence(k->text))
            continue;
        n++;
        *score += k->score;
    }
    return n;
}

/* Does `up` hold more of the article than the part of it in `node`? */
static bool holds_more(const struct body *b, size_t node, size_t up)
{
    size_t from, to, first, last;
    float before, after, own = body_score(b, node);
    body_range(b, node, &first, &last);
    body_range(b, up, &from, &to);
    struct str opening = first < last ? b->blocks[first].text : (struct str){0};
    size_t n_before = plain_prose(b, from, first, opening, &before),
           n_after = plain_prose(b, last, to, opening, &after);
    bool leads = before > LEAD_PROSE && before > 0.1F * own && headline(b) == b->n;
    return (n_before >= 2 && before > 0.15F * own) || leads ||
           (n_after >= 3 && after > 0.3F * own && b->links[to] == b->links[last]);
}

/* Only a part of the article may be marked as its body, or stand in the element with most of its
 * prose: then the element around the parts is meant, within the scope. */
static size_t widen(const struct body *b, size_t scope, size_t node)
{
    const struct html *h = b->h;
    for (size_t up = h->nodes[node].parent; up > scope && h->nodes[up].tag != TAG_BODY;
         up = h->nodes[up].parent)
        if (holds_more(b, node, up))
            node = up;
    return node;
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
    size_t scope = scope_of(b), node = declared_body(b, scope, HINT_BODY, 0.3F);
    if (!node)
        node = declared_body(b, scope, HINT_ARTICLE, 0.4F);
    node = descend(b, node ? node : scope);
    if (node)
        node = widen(b, scope ? b->h->nodes[scope].parent : 0, node);
    size_t told =
        told_container(b); /* structured data is often cut short: then the page knows better */
    return told && body_score(b, told) > 0.5F * body_score(b, node) ? told : node;
}
