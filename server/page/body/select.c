/* Which blocks of the container, and just above it, are the article's text. */
#include "page/body/parts.h"
#include "page/text/byline.h"
#include "page/text/date.h"
#include "page/text/prose.h"
#include "page/text/words.h"

#include <string.h>

/* Hints that are given up where they would leave next to nothing of the container. */
enum { UNSURE = HINT_CAPTION | HINT_BYLINE | HINT_TAGS | HINT_SHARE | HINT_FRAME | HINT_COMMENT };
enum {
    DECK_MIN = 30,
    SCANT = 300,
    LEAD_MIN = 60,
    DAY_MAX = 40,
    SHORT_TEXT = 80,
    LONG_TEXT = 350,
    OPENING = 100
};

static bool is_heading(const struct block *k)
{
    return k->tag >= TAG_H1 && k->tag <= TAG_H6;
}

static bool is_prose(const struct block *k)
{
    return k->text.n >= SHORT_TEXT && k->link_bytes * 2 < k->text.n &&
           (text_ends_sentence(k->text) || (k->tag == TAG_P && str_ends(k->text, S(":"))));
}

/* After a list of other headlines: is this the article again? */
static bool resumes(const struct block *k)
{
    return is_prose(k) || (k->tag == TAG_P && k->text.n >= 50 && text_ends_sentence(k->text) &&
                           k->link_bytes * 4 < k->text.n);
}

static bool mostly_link(const struct block *k)
{
    return k->link_bytes * 10 >= k->text.n * 7;
}

static bool is_title(const struct body *b, const struct block *k)
{
    char x[FOLD_MAX], y[FOLD_MAX];
    size_t n = k->text.n, own = b->title.n;
    if (k->tag != TAG_H1 && (n > own * 2 + 40 || own > n * 2 + 40)) /* folding changes less */
        return false;
    struct str text = fold_line(k->text, x), title = fold_line(b->title, y);
    if (k->tag == TAG_H1 && title.n * 2 > text.n) /* with a kicker or a line below it */
        return title.n && (str_ends(text, title) || str_starts(text, title));
    return title.n && str_eq(text, title);
}

/* The block that shows the headline, b->n if none does. */
static size_t title_block(const struct body *b)
{
    for (size_t i = 0; i < b->n; i++)
        if (is_heading(&b->blocks[i]) && is_title(b, &b->blocks[i]))
            return i;
    return b->n;
}

/* ---- lists ----------------------------------------------------------------------------------- */

/* A list whose items are mostly links points elsewhere. */
static void drop_link_lists(struct body *b, size_t from, size_t to)
{
    const struct html *h = b->h;
    for (size_t i = from; i < to; i++) {
        struct block *k = &b->blocks[i];
        if (k->tag != TAG_LI || !k->chosen)
            continue;
        size_t list = k->node;
        while (list && h->nodes[list].tag != TAG_UL && h->nodes[list].tag != TAG_OL)
            list = h->nodes[list].parent;
        size_t first, last, bytes = 0, links = 0, plain = 0;
        body_range(b, list, &first, &last);
        if (list == 0 || last <= i)
            last = i + 1;
        for (size_t j = i; j < last; j++) {
            bytes += b->blocks[j].text.n;
            links += b->blocks[j].link_bytes;
            plain += b->blocks[j].link_bytes == 0;
        }
        if (links * 2 > bytes || (plain == 0 && links * 3 > bytes && last - i > 2))
            for (size_t j = i; j < last && j < to; j++)
                b->blocks[j].chosen = false;
        i = last - 1;
    }
}

/* ---- one block ------------------------------------------------------------------------------- */

/* A block alone: does it look like text that belongs to an article? */
static bool is_article(const struct body *b, const struct block *k, uint32_t bad)
{
    if (bad || is_title(b, k) || is_byline(b->a, k->text))
        return false;
    if (is_heading(k))
        return !mostly_link(k);
    if (mostly_link(k) &&
        !(k->tag == TAG_P && text_ends_sentence(k->text) && k->text.n > SHORT_TEXT))
        return false;
    if (k->tag == TAG_DIV && k->text.n < 40 && !text_ends_sentence(k->text))
        return false;
    return true;
}

/* A sentence that opens with somebody's words: a phrase in them is theirs. */
static bool is_said(const struct block *k)
{
    return k->text.n >= LEAD_MIN && text_ends_sentence(k->text) &&
           (k->text.p[0] == '"' || str_starts(k->text, S("“")) || str_starts(k->text, S("„")) ||
            str_starts(k->text, S("«")));
}

static enum line_effect effect_of(const struct body *b, const struct block *k, bool *promo)
{
    char folded[FOLD_MAX];
    enum line_effect e = k->text.n < 600 ? line_effect(fold_line(k->text, folded)) : LINE_PLAIN;
    if (e == LINE_DROP && is_said(k))
        e = LINE_PLAIN;
    if (e == LINE_DROP && k->text.n >= LONG_TEXT) /* a phrase far into a paragraph is its own */
        e = line_effect(fold_line(str_slice(k->text, 0, OPENING), folded));
    *promo = (k->chosen || e != LINE_PLAIN) && body_is_promo(b, k);
    return *promo && e == LINE_PLAIN ? LINE_DROP : e;
}

static void judge_phrases(struct body *b, size_t from, size_t to)
{
    float seen = 0, total = b->sums[to] - b->sums[from];
    for (size_t i = from; i < to; i++) {
        struct block *k = &b->blocks[i];
        seen += k->chosen ? k->score : 0;
        bool promo;
        enum line_effect e = effect_of(b, k, &promo);
        if (e == LINE_PLAIN || (k->told && is_prose(k) && !promo))
            continue;
        k->chosen = false;
        if (e == LINE_END && seen > 0.6F * total)
            while (i < to)
                b->blocks[i++].chosen = false;
        if (e == LINE_LIST)
            while (i + 1 < to && !resumes(&b->blocks[i + 1]))
                b->blocks[++i].chosen = false;
    }
}

/* A heading stays only if kept text follows it before the next heading of its rank. */
static void drop_empty_headings(struct body *b, size_t from, size_t to)
{
    bool below = false;
    for (size_t i = to; i-- > from;) {
        struct block *k = &b->blocks[i];
        if (!k->chosen)
            continue;
        if (is_heading(k)) {
            k->chosen = below;
            below = false;
        } else {
            below = true;
        }
    }
}

/* An item that tells the day, as articles have them under their headlines. */
static bool is_day(const struct body *b, const struct block *k)
{
    return k->text.n < DAY_MAX && date_find(b->a, k->text, (struct str){0}).n > 0;
}

/* "Here is why:" */
static bool opens_speech(const struct block *k)
{
    return k->tag == TAG_P && k->text.n >= 20 && str_ends(k->text, S(":"));
}

/* Short unfinished pieces before the first and after the last sentence are not the article. */
static void trim_ends(struct body *b, size_t from, size_t to)
{
    while (to > from) {
        struct block *k = &b->blocks[to - 1];
        if (k->chosen &&
            (text_ends_sentence(k->text) || k->text.n >= SHORT_TEXT || k->signature ||
             k->tag == TAG_LI || k->tag == TAG_TD || (k->tag == TAG_P && k->text.n >= 40)))
            break;
        k->chosen = false;
        to--;
    }
    while (from < to) {
        struct block *k = &b->blocks[from];
        if (k->chosen && (text_ends_sentence(k->text) || k->text.n >= SHORT_TEXT ||
                          (k->tag == TAG_LI && !is_day(b, k)) || is_heading(k) || opens_speech(k)))
            break;
        k->chosen = false;
        from++;
    }
}

/* Decides over the blocks from..to; `bad` are the hints that speak against one. Returns the bytes
 * kept. */
static float choose_range(struct body *b, size_t from, size_t to, uint32_t bad)
{
    float bytes = 0;
    bool begun = false; /* a first heading of the first rank is the headline */
    for (size_t i = from; i < to; i++) {
        struct block *k = &b->blocks[i];
        k->chosen = is_article(b, k, k->hints & bad) && (begun || k->tag != TAG_H1);
        begun |= k->chosen && is_prose(k);
    }
    body_signatures(b, from, to);
    drop_link_lists(b, from, to);
    judge_phrases(b, from, to);
    trim_ends(b, from, to);
    drop_empty_headings(b, from, to);
    for (size_t i = from; i < to; i++)
        bytes += b->blocks[i].chosen ? (float)b->blocks[i].text.n : 0;
    return bytes;
}

static bool is_lead(const struct block *k)
{
    return k->text.n >= LEAD_MIN && text_ends_sentence(k->text) && k->link_bytes * 4 < k->text.n &&
           !(k->hints & HINT_BAD);
}

/* What stands between headline and body: lead paragraphs belong to the text; a standfirst, set as
 * a heading or in the article's header, is the subtitle. */
static bool said_again(const struct body *b, struct str lead, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        if (b->blocks[i].text.n >= lead.n && str_contains(b->blocks[i].text, lead))
            return true;
    return false;
}

static void choose_lead(struct body *b, size_t from, size_t to, size_t end)
{
    for (size_t i = from; i < to; i++) {
        struct block *k = &b->blocks[i];
        if (!is_lead(k) || said_again(b, k->text, to, end))
            continue;
        bool promo;
        k->chosen = !k->display && !(k->hints & HINT_HEADING);
        if (k->chosen)
            k->chosen = effect_of(b, k, &promo) == LINE_PLAIN;
        else if (b->deck.n == 0)
            b->deck = k->text;
    }
}

/* A standfirst at the head of the container. */
static void take_deck(struct body *b, size_t from, size_t to)
{
    for (size_t i = from; i < to && i < from + 4; i++) {
        struct block *k = &b->blocks[i];
        if (k->display && k->hints & HINT_HEADING && b->deck.n == 0) {
            b->deck = k->text;
            k->score = 0;
            k->hints |= HINT_BYLINE;
        }
        if (is_prose(k))
            return;
    }
}

void body_select(struct body *b, size_t container)
{
    size_t from, to, title = title_block(b);
    body_range(b, container, &from, &to);
    uint32_t outer = b->hints[container];
    if (title < to && title + 1 > from &&
        b->sums[title] - b->sums[from] < 0.3F * (b->sums[to] - b->sums[from]))
        from = title + 1;
    else if (title < from)
        choose_lead(b, title + 1, from, to);
    take_deck(b, from, to);
    float words = 0, kept = choose_range(b, from, to, HINT_BAD & ~outer);
    for (size_t i = from; i < to; i++)
        words += (float)(b->blocks[i].text.n - b->blocks[i].link_bytes);
    if (kept < SCANT && kept * 4 < words)
        choose_range(b, from, to, HINT_BAD & ~outer & ~(uint32_t)UNSURE);
}
