/* What a reading leaves out: prose of the page that was taken for something else than its article.
 */
#include "page/body/parts.h"

#include "base/buf.h"
#include "page/text/prose.h"
#include "page/text/words.h"

enum { PARAGRAPH = 100, LINE_MAX = 600, MUCH = 500 };

/* A paragraph that could be an article's: no teaser with its link, no consent, no phrase. */
static bool is_left(const struct block *k)
{
    char folded[FOLD_MAX];
    return !k->chosen && k->link_bytes == 0 && k->text.n >= PARAGRAPH &&
           !str_ends(k->text, S("...")) && !str_ends(k->text, S("…")) &&
           !(k->hints & (HINT_HIDDEN | HINT_COMMENT | HINT_SIGNUP)) &&
           text_ends_sentence(k->text) &&
           (k->text.n >= LINE_MAX || line_effect(fold_line(k->text, folded)) == LINE_PLAIN);
}

/* One of several paragraphs side by side; a teaser's stands alone beside its headline. */
static bool is_of_run(const struct body *b, size_t i)
{
    size_t above = b->h->nodes[b->blocks[i].node].parent;
    bool before = i > 0 && is_left(&b->blocks[i - 1]) &&
                  b->h->nodes[b->blocks[i - 1].node].parent == above,
         after = i + 1 < b->n && is_left(&b->blocks[i + 1]) &&
                 b->h->nodes[b->blocks[i + 1].node].parent == above;
    return before || after;
}

/* What is shown twice is not lost. */
static size_t repeated(const struct body *b)
{
    struct grams g = grams_make(b->a);
    size_t bytes = 0;
    for (size_t i = 0; i < b->n; i++)
        if (b->blocks[i].chosen)
            grams_add(&g, b->blocks[i].text);
    for (size_t i = 0; i < b->n; i++)
        if (is_left(&b->blocks[i]) && is_of_run(b, i) && grams_hold(&g, b->blocks[i].text))
            bytes += b->blocks[i].text.n;
    return bytes;
}

size_t body_rest(const struct body *b, struct buf *text)
{
    size_t bytes = 0;
    for (size_t i = 0; i < b->n; i++) {
        const struct block *k = &b->blocks[i];
        if (!is_left(k) || str_eq(k->text, b->deck))
            continue;
        bytes += is_of_run(b, i) ? k->text.n : 0;
        if (text) {
            buf_add(text, text->n ? S("\n\n") : (struct str){0});
            buf_add(text, k->text);
        }
    }
    size_t twice = bytes > MUCH ? repeated(b) : 0;
    return bytes - (twice < bytes ? twice : bytes);
}
