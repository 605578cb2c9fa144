/* How much each block reads like an article's prose, and what of the names around it is believed.
 */
#include "page/body/parts.h"

#include "page/text/prose.h"
#include "page/text/words.h"

#include <string.h>

enum { LIST_HEADING = 60, CAPTION_LINE = 160, OTHER_PROSE = 160 };

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
    body_believe(b);
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
