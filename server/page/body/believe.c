/* What of the names around a text is believed: they are given by people who think of style sheets,
 * and now and then the text disproves them. */
#include "base/map.h"
#include "page/body/parts.h"
#include "page/text/words.h"

enum {
    DOUBT_PROSE = 250, /* bytes; two short paragraphs */
    LEAST_PROSE = 60,
    ARIA_PROSE = 60,
    CAPTION_PROSE = 60,
    SLIDES = 5
};

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

/* What is known of the page before names are judged. */
struct belief {
    const struct body *b;
    const bool *shield;
    struct map groups; /* hash of a class attribute: place in `sums`, from 1 */
    float *sums;       /* prose in the elements of each group */
};

/* One text is often set as several elements of one class: together they are what one would be. */
static void sum_groups(struct belief *x, const uint32_t *own)
{
    const struct html *h = x->b->h;
    size_t n = 1, cap = 0;
    x->sums = arena_grow(x->b->a, NULL, 0, &cap, sizeof *x->sums);
    for (size_t i = 1; i < h->n; i++) {
        float score = own[i] & HINT_BAD && h->nodes[i].tag != TAG_TEXT ? body_score(x->b, i) : 0;
        struct str class = score > 0 ? html_attr(h, i, S("class")) : (struct str){0};
        if (class.n == 0)
            continue;
        uint32_t *place = map_at(x->b->a, &x->groups, str_hash(class));
        if (*place == 0) {
            x->sums = arena_grow(x->b->a, x->sums, n, &cap, sizeof *x->sums);
            x->sums[n] = 0;
            *place = (uint32_t)n++;
        }
        x->sums[*place] += score;
    }
}

static float group_score(const struct belief *x, size_t node, float score)
{
    struct str class = html_attr(x->b->h, node, S("class"));
    uint32_t place = class.n ? map_get(&x->groups, str_hash(class), 0) : 0;
    return place && x->sums[place] > score ? x->sums[place] : score;
}

/* Names that prose without links disproves: not those of others' words (comments, other articles)
 * nor of what is hidden. */
static bool is_disproved(const struct belief *x, size_t node, uint32_t own, size_t links)
{
    float total = x->b->sums[x->b->n], score = body_score(x->b, node);
    if (score < LEAST_PROSE || (float)links * 5 >= score || own & HINT_OPENED)
        return false;
    float all = group_score(x, node, score), share = all / total;
    bool mild = !(own & (HINT_COMMENT | HINT_RELATED | HINT_HIDDEN)), sign = own & HINT_SIGNUP;
    if (!(own & HINT_SURE) && all > DOUBT_PROSE && share > 0.15F &&
        (!sign || x->shield[node] || holds_article(x->b, node)))
        return true;
    if (mild && share > 0.75F)
        return true;
    if (mild && !sign && !(own & HINT_CAPTION) && links == 0 && share > 0.35F &&
        holds_article(x->b, node))
        return true;
    unsigned tag = x->b->h->nodes[node].tag;
    return (tag == TAG_ARTICLE || tag == TAG_MAIN) && score > 0.4F * total && !(own & HINT_COMMENT);
}

/* Names of elements are believed only of elements of a fitting size: one that holds most of the
 * page's prose is not its footer, one with long prose is no list of keywords. */
static uint32_t believable(const struct belief *x, size_t node, uint32_t own)
{
    static const struct {
        uint32_t hint;
        float most; /* prose, in bytes */
    } sizes[] = {{HINT_TAGS, 120},
                 {HINT_SHARE, 700},
                 {HINT_BYLINE, 700},
                 {HINT_AD, 700},
                 {HINT_CAPTION, 1500}};
    const struct body *b = x->b;
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
    if (!(own & HINT_OPENED) && (share > 0.75F || (share > 0.15F && x->shield[node])))
        return own & ~bad;
    if (is_disproved(x, node, own, links))
        return own & ~bad;
    if (x->shield[node]) /* around the headline: perhaps its byline, but nobody else's article */
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

void body_believe(struct body *b)
{
    uint32_t *own = b->own;
    const struct html *h = b->h;
    free_captions(b, own);
    struct belief x = {.b = b, .shield = shielded(b, own)};
    sum_groups(&x, own);
    for (size_t i = 1; i < h->n; i++) {
        uint32_t above = b->hints[h->nodes[i].parent];
        if (h->nodes[i].tag == TAG_BLOCKQUOTE) /* a post or words quoted, no button, no picture */
            above &= ~(uint32_t)(HINT_SHARE | HINT_CAPTION);
        if (h->nodes[i].tag == TAG_TABLE) /* set as a figure: no caption */
            above &= ~(uint32_t)HINT_CAPTION;
        own[i] = believable(&x, i, own[i]);
        b->hints[i] = own[i] | above;
    }
    for (size_t i = 0; i < b->n; i++)
        b->blocks[i].hints = block_hints(b, &b->blocks[i]) & ~(uint32_t)HINT_LINK;
}
