/* How much each block reads like an article's prose, and what of the names around it is believed.
 */
#include "page/body/parts.h"

#include "page/text/prose.h"
#include "page/text/words.h"

#include <string.h>

enum {
    LIST_HEADING = 60,
    CAPTION_LINE = 160,
    DOUBT_PROSE = 400,
    OTHER_PROSE = 160,
    ARIA_PROSE = 60,
    CAPTION_PROSE = 60,
    SLIDES = 5
};

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

/* Is this element an article's, by its tag, by one inside or around it, or as a declared body? */
static bool holds_article(const struct body *b, size_t node)
{
    const struct html *h = b->h;
    for (size_t up = node; up; up = h->nodes[up].parent)
        if (h->nodes[up].tag == TAG_ARTICLE)
            return true;
    for (size_t i = node; i < h->nodes[node].end; i++)
        if (h->nodes[i].tag == TAG_ARTICLE || b->hints[i] & HINT_BODY)
            return true;
    return false;
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
    if ((bad == 0 && !(own & HINT_ARIA)) || total <= 0)
        return own;
    float score = body_score(b, node), share = score / total;
    if (own & HINT_ARIA && score < ARIA_PROSE)
        return own | HINT_HIDDEN;
    size_t from, to;
    body_range(b, node, &from, &to);
    size_t links = b->links[to] - b->links[from];
    if (links == 0) /* what leads nowhere is a lead, not a teaser of another article */
        own &= ~(uint32_t)HINT_RELATED;
    if (!(own & HINT_OPENED) && (share > 0.75F || (share > 0.15F && shield[node])))
        return own & ~bad;
    bool article = (b->h->nodes[node].tag == TAG_ARTICLE || b->h->nodes[node].tag == TAG_MAIN) &&
                   share > 0.4F && !(own & (HINT_COMMENT | HINT_OPENED));
    bool doubt = !(own & HINT_SURE) && score > DOUBT_PROSE && share > 0.15F &&
                 (!(own & HINT_SIGNUP) || shield[node] || holds_article(b, node));
    if ((article || doubt) && (float)links * 5 < score)
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

/* Does the element `up` hold, beyond the list in `node`, prose that leads nowhere? */
static bool adds_prose(const struct body *b, size_t node, size_t up)
{
    size_t from, to, list, end;
    body_range(b, up, &from, &to);
    body_range(b, node, &list, &end);
    return end - list > 1 && b->links[to] == b->links[end] &&
           b->sums[to] - b->sums[end] > OTHER_PROSE;
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
        for (size_t up = h->nodes[node].parent;
             up && b->firsts[up] == i && !adds_prose(b, node, up); up = h->nodes[up].parent)
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

/* Hints of a block: its element's, and those of inline elements that hold most of its words; a
 * dateline, a name or a credit at its head says nothing of the rest. */
static uint32_t block_hints(const struct body *b, const struct block *k)
{
    uint32_t base = b->hints[k->node], part = 0;
    size_t all = 0, off = 0;
    if (b->hints[k->first] == base)
        return base;
    for (size_t i = k->first; i <= k->last; i++) {
        if (b->h->nodes[i].tag != TAG_TEXT || b->hints[i] & HINT_SKIP)
            continue;
        size_t n = str_trim(b->h->nodes[i].text).n;
        uint32_t bad = b->hints[i] & HINT_BAD & ~base;
        all += n;
        off += bad ? n : 0;
        part |= bad;
    }
    base |= b->hints[k->first] & ~(uint32_t)(HINT_BAD | HINT_LINK);
    return off * 10 >= all * 6 ? base | part : base;
}

/* In a show of slides the captions are the text. */
static void free_captions(const struct body *b, uint32_t *own)
{
    float sum = 0;
    size_t n = 0;
    for (size_t i = 1; i < b->h->n; i++)
        if (own[i] & HINT_CAPTION && b->h->nodes[i].tag != TAG_TEXT) {
            float score = body_score(b, i);
            if (score > 0.3F * b->sums[b->n]) /* around them all */
                continue;
            n += score > CAPTION_PROSE;
            sum += score;
            i = b->h->nodes[i].end - 1;
        }
    if (n < SLIDES || sum < 0.6F * b->sums[b->n])
        return;
    for (size_t i = 1; i < b->h->n; i++)
        own[i] &= ~(uint32_t)HINT_CAPTION;
}

static void inherit(struct body *b, uint32_t *own)
{
    const struct html *h = b->h;
    free_captions(b, own);
    const bool *shield = shielded(b, own);
    for (size_t i = 1; i < h->n; i++) {
        uint32_t above = b->hints[h->nodes[i].parent];
        if (h->nodes[i].tag == TAG_BLOCKQUOTE) /* a post or words quoted, no button, no picture */
            above &= ~(uint32_t)(HINT_SHARE | HINT_CAPTION);
        if (h->nodes[i].tag == TAG_TABLE) /* set as a figure: no caption */
            above &= ~(uint32_t)HINT_CAPTION;
        own[i] = believable(b, i, own[i], shield);
        b->hints[i] = own[i] | above;
    }
    for (size_t i = 0; i < b->n; i++)
        b->blocks[i].hints = block_hints(b, &b->blocks[i]) & ~(uint32_t)HINT_LINK;
}

void body_blocks(struct body *b)
{
    uint32_t *own = arena_array(b->a, b->h->n + 1, sizeof *own);
    memcpy(own, b->hints, (b->h->n + 1) * sizeof *own);
    body_cut(b);
    for (size_t i = 0; i < b->n; i++)
        b->blocks[i].score = prose_score(&b->blocks[i]);
    sum_up(b);
    b->own = own;
    mark_lists(b, own);
    inherit(b, own);
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
