/* Cutting a page into blocks of text, and how much each reads like an article's prose. */
#include "page/body/body.h"

#include "base/buf.h"
#include "page/text/prose.h"
#include "page/text/words.h"

#include <string.h>

enum { UNSEEN_MAX = 400, LIST_HEADING = 60, CAPTION_LINE = 160 };

/* What is being cut. */
struct cutter {
    struct body *b;
    struct buf text, scratch; /* texts of all blocks, one after the other */
    size_t cap, from;         /* from: where the open block's text begins */
    struct block open;
    bool is_open, blank;
    int breaks; /* <br> since the last word */
};

static void close_block(struct cutter *c)
{
    struct body *b = c->b;
    if (c->is_open && c->text.n > c->from) {
        size_t n = c->text.n - c->from;
        bool heading = c->open.tag >= TAG_H2 && c->open.tag <= TAG_H6;
        if (heading &&
            (n > 160 || (n > 90 && text_ends_sentence((struct str){c->text.p + c->from, n})))) {
            c->open.tag = TAG_P;
            c->open.display = true;
        }
        b->blocks = arena_grow(b->a, b->blocks, b->n, &c->cap, sizeof *b->blocks);
        c->open.text = (struct str){NULL, c->text.n - c->from};
        b->blocks[b->n++] = c->open;
    }
    c->from = c->text.n;
    c->is_open = c->blank = false;
    c->breaks = 0;
}

static unsigned block_tag(const struct html *h, size_t node)
{
    for (int up = 0; up < 3 && node; up++, node = h->nodes[node].parent) {
        unsigned t = h->nodes[node].tag;
        if (t == TAG_P || (t >= TAG_H1 && t <= TAG_H6) || t == TAG_LI || t == TAG_TD ||
            t == TAG_TH || t == TAG_DD || t == TAG_DT || t == TAG_PRE || t == TAG_BLOCKQUOTE)
            return t;
        if (t == TAG_DIV || t == TAG_SECTION || t == TAG_ARTICLE || t == TAG_BODY)
            break;
    }
    return TAG_DIV;
}

/* The blanks and breaks that stand before the next word of the open block. */
static void add_gap(struct cutter *c)
{
    if (c->text.n > c->from && (c->blank || c->breaks))
        buf_char(&c->text, c->breaks ? '\n' : ' ');
    c->blank = false;
    c->breaks = 0;
}

static void add_words(struct cutter *c, struct str raw)
{
    if (str_find_char(raw, '&', 0) != STR_NONE) {
        c->scratch.n = 0;
        html_decode(&c->scratch, raw);
        raw = buf_str(&c->scratch);
    }
    for (size_t i = 0; i < raw.n;) {
        unsigned char ch = (unsigned char)raw.p[i];
        bool nbsp = ch == 0xC2 && i + 1 < raw.n && (unsigned char)raw.p[i + 1] == 0xA0;
        if (ch <= ' ' || nbsp) {
            c->blank = true;
            i += 1 + nbsp;
            continue;
        }
        size_t to = i + 1;
        while (to < raw.n && (unsigned char)raw.p[to] > ' ' && (unsigned char)raw.p[to] != 0xC2)
            to++;
        add_gap(c);
        buf_add(&c->text, str_slice(raw, i, to));
        i = to;
    }
}

static bool is_white(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] > ' ')
            return false;
    return true;
}

static void add_text(struct cutter *c, size_t node, size_t block_node, uint32_t hints)
{
    struct str raw = c->b->h->nodes[node].text;
    bool unseen = hints & HINT_HIDDEN && !(c->b->hints[block_node] & HINT_HIDDEN) &&
                  raw.n < UNSEEN_MAX; /* a tooltip within a sentence */
    if (is_white(raw) || unseen) {
        c->blank = c->blank || (raw.n && !unseen);
        return;
    }
    if (c->breaks >= 2 || (c->is_open && c->open.node != block_node))
        close_block(c);
    if (!c->is_open) {
        c->is_open = true;
        c->open = (struct block){.node = (uint32_t)block_node,
                                 .first = (uint32_t)node,
                                 .hints = hints & ~(uint32_t)HINT_LINK,
                                 .tag = (uint8_t)block_tag(c->b->h, block_node)};
    }
    size_t before = c->text.n;
    add_words(c, raw);
    if (hints & HINT_LINK)
        c->open.link_bytes += (uint32_t)(c->text.n - before);
}

/* Walks the page once; hints become inherited on the way. */
static void cut(struct cutter *c, uint32_t *block_of)
{
    const struct html *h = c->b->h;
    uint32_t *hints = c->b->hints;
    for (size_t i = 1; i < h->n; i++) {
        const struct html_node *n = &h->nodes[i];
        bool block = tag_is_block(n->tag);
        hints[i] |= hints[n->parent];
        block_of[i] = block ? (uint32_t)i : block_of[n->parent];
        c->b->firsts[i] = (uint32_t)c->b->n + c->is_open;
        if (block) {
            close_block(c);
            c->b->firsts[i] = (uint32_t)c->b->n;
        }
        if (n->tag == TAG_BR)
            c->breaks++;
        else if (n->tag == TAG_TEXT && !(hints[i] & HINT_SKIP))
            add_text(c, i, block_of[i], hints[i]);
        else if (hints[i] & HINT_SKIP && n->end > i + 1)
            for (size_t k = i + 1; k < n->end; k++) { /* nothing below is read */
                hints[k] |= hints[i];
                c->b->firsts[k] = c->b->firsts[i];
                i = k;
            }
    }
    close_block(c);
}

/* Bytes of prose, less for what is linked, short or not written in sentences. */
static float prose_score(const struct block *k)
{
    float all = (float)k->text.n, free_text = all - (float)k->link_bytes, score = free_text;
    if (free_text < 25 || (k->tag >= TAG_H1 && k->tag <= TAG_H6) || k->link_bytes * 2 > k->text.n)
        return 0;
    bool sentence = text_ends_sentence(k->text) || str_contains(k->text, S(". "));
    score *= 1 - (float)k->link_bytes / all;
    if (!sentence)
        score *= 0.25F;
    if (k->tag == TAG_LI || k->tag == TAG_TD || k->tag == TAG_TH || k->tag == TAG_DD ||
        k->tag == TAG_DT || k->tag == TAG_PRE)
        score *= 0.5F;
    else if (k->tag == TAG_DIV)
        score *= 0.8F;
    return all < 60 ? score * 0.5F : score;
}

static void sum_up(struct body *b)
{
    b->sums = arena_array(b->a, b->n + 1, sizeof *b->sums);
    b->links = arena_array(b->a, b->n + 1, sizeof *b->links);
    for (size_t i = 0; i < b->n; i++) {
        b->sums[i + 1] = b->sums[i] + b->blocks[i].score;
        b->links[i + 1] = b->links[i] + b->blocks[i].link_bytes;
    }
}

/* Names of elements are believed only of elements of a fitting size: one that holds most of the
 * page's prose is not its footer, one with long prose is no list of keywords. */
static uint32_t believable(const struct body *b, size_t node, uint32_t own, const bool *shield)
{
    static const struct {
        uint32_t hint;
        float most; /* prose, in bytes */
    } sizes[] = {{HINT_TAGS, 120},
                 {HINT_SHARE, 700},
                 {HINT_BYLINE, 700},
                 {HINT_AD, 700},
                 {HINT_CAPTION, 1500}};
    uint32_t bad = own & HINT_BAD & ~(uint32_t)HINT_SKIP;
    float total = b->sums[b->n];
    if (bad == 0 || total <= 0)
        return own;
    float score = body_score(b, node), share = score / total;
    size_t from, to;
    body_range(b, node, &from, &to);
    if (b->links[to] ==
        b->links[from]) /* what leads nowhere is a lead, not a teaser of another article */
        own &= ~(uint32_t)HINT_RELATED;
    if (!(own & HINT_OPENED) && (share > 0.75F || (share > 0.15F && shield[node])))
        return own & ~bad;
    if (shield[node]) /* around the headline: perhaps its byline, but nobody else's article */
        own &= ~(uint32_t)(HINT_RELATED | HINT_FRAME | HINT_COMMENT | HINT_AD | HINT_TAGS);
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        if (score > sizes[i].most && share > 0.1F)
            own &= ~sizes[i].hint;
    return own;
}

/* Marks the elements around the headline and around what calls itself the article's body. */
static bool *shielded(const struct body *b, const uint32_t *own)
{
    char x[FOLD_MAX], y[FOLD_MAX];
    bool *shield = arena_array(b->a, b->h->n + 1, sizeof *shield);
    struct str title = fold_line(b->title, x);
    for (size_t i = 0; i < b->n && title.n; i++)
        if (b->blocks[i].tag == TAG_H1 && str_eq(fold_line(b->blocks[i].text, y), title))
            for (size_t k = b->blocks[i].node; k && !shield[k]; k = b->h->nodes[k].parent)
                shield[k] = true;
    for (size_t i = 1; i < b->h->n; i++)
        if (own[i] & HINT_BODY && body_score(b, i) > 0.3F * b->sums[b->n])
            for (size_t k = i; k && !shield[k]; k = b->h->nodes[k].parent)
                shield[k] = true;
    return shield;
}

/* Prose right under a heading: the article speaks on. */
static bool speaks_on(const struct body *b, size_t heading)
{
    const struct block *k = &b->blocks[heading];
    const struct block *next = heading + 1 < b->n ? k + 1 : k;
    return next->tag == TAG_P && next->text.n >= 80 && next->link_bytes == 0 &&
           b->h->nodes[next->node].parent == b->h->nodes[k->node].parent;
}

/* An element that opens with "Read also" holds other articles, whatever its name, unless it holds
 * the headline too. `own` are the hints by node. */
static void mark_lists(const struct body *b, uint32_t *own)
{
    char folded[FOLD_MAX];
    const struct html *h = b->h;
    size_t *next = arena_array(b->a, b->n + 1, sizeof *next); /* next[i]: <h1> at or after i */
    next[b->n] = b->n;
    for (size_t i = b->n; i-- > 0;)
        next[i] = b->blocks[i].tag == TAG_H1 ? i : next[i + 1];
    for (size_t i = 0; i < b->n; i++) {
        const struct block *k = &b->blocks[i];
        if (k->text.n > LIST_HEADING || k->link_bytes ||
            line_effect(fold_line(k->text, folded)) != LINE_LIST || speaks_on(b, i))
            continue;
        size_t node = k->node, from, to;
        for (size_t up = h->nodes[node].parent; up && b->firsts[up] == i; up = h->nodes[up].parent)
            node = up;
        body_range(b, node, &from, &to);
        if (to - from > 1 && next[from] >= to)
            own[node] |= HINT_RELATED | HINT_OPENED;
    }
}

/* A picture and one unfinished line in an element of their own: the line is the picture's. */
static void mark_captions(struct body *b)
{
    const struct html *h = b->h;
    for (size_t i = 0; i < b->n; i++) {
        struct block *k = &b->blocks[i];
        bool alone = (i == 0 || b->blocks[i - 1].node != k->node) &&
                     (i + 1 == b->n || b->blocks[i + 1].node != k->node);
        if (!alone || k->text.n > CAPTION_LINE || k->link_bytes || text_ends_sentence(k->text) ||
            (k->tag != TAG_P && k->tag != TAG_DIV) || b->firsts[k->node] != i)
            continue;
        for (size_t n = k->node + 1; n < k->first; n++)
            if (h->nodes[n].tag == TAG_IMG)
                k->hints |= HINT_CAPTION;
    }
}

void body_blocks(struct body *b)
{
    struct cutter c = {.b = b};
    uint32_t *own = arena_array(b->a, b->h->n + 1, sizeof *own);
    uint32_t *block_of = arena_array(b->a, b->h->n + 1, sizeof *block_of);
    memcpy(own, b->hints, (b->h->n + 1) * sizeof *own);
    b->firsts = arena_array(b->a, b->h->n + 1, sizeof *b->firsts);
    cut(&c, block_of);
    b->firsts[b->h->n] = (uint32_t)b->n;
    struct str all = arena_str(b->a, buf_str(&c.text));
    buf_finish(&c.text);
    buf_finish(&c.scratch);
    for (size_t i = 0, at = 0; i < b->n; at += b->blocks[i++].text.n) {
        b->blocks[i].text.p = all.p + at;
        b->blocks[i].score = prose_score(&b->blocks[i]);
    }
    sum_up(b);
    const bool *shield = shielded(b, own);
    mark_lists(b, own);
    for (size_t i = 1; i < b->h->n; i++) {
        uint32_t above = b->hints[b->h->nodes[i].parent];
        if (b->h->nodes[i].tag == TAG_BLOCKQUOTE) /* a post that is quoted, not a button to share */
            above &= ~(uint32_t)HINT_SHARE;
        if (b->h->nodes[i].tag == TAG_TABLE) /* set as a figure: no caption */
            above &= ~(uint32_t)HINT_CAPTION;
        b->hints[i] = believable(b, i, own[i], shield) | above;
    }
    for (size_t i = 0; i < b->n; i++) {
        b->blocks[i].hints = b->hints[b->blocks[i].first] & ~(uint32_t)HINT_LINK;
    }
    mark_captions(b);
    for (size_t i = 0; i < b->n; i++)
        if (b->blocks[i].hints & HINT_BAD)
            b->blocks[i].score *= 0.02F;
    sum_up(b);
}

void body_believe_told(struct body *b)
{
    for (size_t i = 0; i < b->n; i++) {
        struct block *k = &b->blocks[i];
        if (!k->told || k->text.n < 60 || k->link_bytes * 2 > k->text.n)
            continue;
        k->hints &= ~(uint32_t)HINT_BAD;
        k->score = prose_score(k);
    }
    sum_up(b);
}

void body_range(const struct body *b, size_t node, size_t *from, size_t *to)
{
    *from = b->firsts[node];
    *to = b->firsts[b->h->nodes[node].end];
    if (*to < *from)
        *to = *from;
}

float body_score(const struct body *b, size_t node)
{
    size_t from, to;
    body_range(b, node, &from, &to);
    return b->sums[to] - b->sums[from];
}
