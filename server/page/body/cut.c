/* Cutting a page into blocks of text, as a browser would set them: one walk over the tree.
 *
 * Besides the words of the page a reader sees marks around <q>, an initial that is a picture or
 * stands apart from its word, and paragraphs parted by blank lines in <pre>. */
#include "page/body/parts.h"

#include "base/buf.h"
#include "page/text/prose.h"

enum { UNSEEN_MAX = 400, PAIR_MAX = 80, QUOTES = 4 };

struct marks {
    struct str open, close;
};

/* What is being cut. */
struct cutter {
    struct body *b;
    struct buf text, scratch; /* texts of all blocks, one after the other */
    size_t cap, from;         /* from: where the open block's text begins */
    struct block open;
    bool is_open, blank;
    int breaks;            /* <br> since the last word */
    size_t quotes[QUOTES]; /* <q> that are open, and how many */
    int n_quotes, due;     /* due: opening marks not yet written */
    struct marks marks[2]; /* of a quotation, and of one inside it */
    char initial;          /* a letter shown as a picture, to go before the next word */
    size_t apart; /* the last element within a sentence hidden from eyes or screen readers */
    bool joins;   /* a lone capital opens a word in this page's language */
};

static void close_block(struct cutter *c)
{
    struct body *b = c->b;
    if (c->is_open && c->text.n > c->from) {
        size_t n = c->text.n - c->from;
        bool heading = c->open.tag >= TAG_H1 && c->open.tag <= TAG_H6;
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
        if (t == TAG_SUMMARY)
            return TAG_H4;
        if (t == TAG_DIV || t == TAG_SECTION || t == TAG_ARTICLE || t == TAG_BODY)
            break;
    }
    return TAG_DIV;
}

/* ---- words ----------------------------------------------------------------------------------- */

static bool is_small(char c)
{
    return (c >= 'a' && c <= 'z') || (unsigned char)c == 0xC3;
}

/* "H" in an element of its own, and "arbour" behind a blank: one word, its initial set apart. */
static bool is_initial(const struct cutter *c, char next)
{
    char first = c->text.p[c->from];
    return c->joins && c->text.n - c->from == 1 && first >= 'B' && first <= 'Z' &&
           !str_contains(S("AEIOUY"), (struct str){&first, 1}) && is_small(next);
}

/* The blanks and breaks that stand before the next word of the open block, then what is due. */
static void add_gap(struct cutter *c, struct str word)
{
    if (c->text.n > c->from && (c->blank || c->breaks) && !is_initial(c, word.p[0]))
        buf_char(&c->text, c->breaks ? '\n' : ' ');
    for (; c->due; c->due--)
        buf_add(&c->text, c->marks[(c->n_quotes - c->due) & 1].open);
    if (c->initial && is_small(word.p[0]))
        buf_char(&c->text, c->initial);
    c->initial = 0;
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
        struct str word = str_slice(raw, i, to);
        add_gap(c, word);
        buf_add(&c->text, word);
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

/* ---- quotations ------------------------------------------------------------------------------ */

/* The marks by which a browser encloses <q>, by the page's language. */
static void set_marks(struct cutter *c, struct str lang)
{
    static const char *const low[] = {"de", "cs", "sk", "sl", "bg", "is", "hr", "sr", NULL},
                             *const pointed[] = {"fr", "it", "es", "pt", "ru",
                                                 "uk", "no", "nb", "el", NULL};
    c->marks[0] = (struct marks){S("“"), S("”")};
    c->marks[1] = (struct marks){S("‘"), S("’")};
    if (str_one_of(lang, low)) {
        c->marks[0] = (struct marks){S("„"), S("“")};
        c->marks[1] = (struct marks){S("‚"), S("‘")};
    } else if (str_one_of(lang, pointed)) {
        c->marks[0] = (struct marks){S("«"), S("»")};
        c->marks[1] = (struct marks){S("“"), S("”")};
    }
}

static bool is_mark(struct str s, bool at_end)
{
    static const struct str marks[] = {STR("\""),    STR("“"),      STR("”"),     STR("„"),
                                       STR("«"),     STR("»"),      STR("‘"),     STR("’"),
                                       STR("&quot"), STR("&ldquo"), STR("&laquo")};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (at_end ? str_ends(s, marks[i]) : str_starts(s, marks[i]))
            return true;
    return false;
}

/* <q> opens, unless the page has written the marks itself. */
static void open_quote(struct cutter *c, size_t node)
{
    const struct html *h = c->b->h;
    size_t text = node + 1;
    while (text < h->nodes[node].end && h->nodes[text].tag != TAG_TEXT)
        text++;
    bool marked = (text < h->nodes[node].end && is_mark(str_trim(h->nodes[text].text), false)) ||
                  (c->is_open && is_mark(buf_str(&c->text), true) && !c->blank);
    if (marked || text == h->nodes[node].end || c->n_quotes == QUOTES)
        return;
    c->quotes[c->n_quotes++] = h->nodes[node].end;
    c->due++;
}

/* Closes the quotations that end before this node. */
static void close_quotes(struct cutter *c, size_t node)
{
    while (c->n_quotes && node >= c->quotes[c->n_quotes - 1]) {
        if (c->due)
            c->due--;
        else if (c->is_open && c->text.n > c->from)
            buf_add(&c->text, c->marks[(c->n_quotes - 1) & 1].close);
        c->n_quotes--;
    }
}

/* ---- blocks ---------------------------------------------------------------------------------- */

/* An icon's name or a mark for the eye: "share", "#", "→"; but an initial is read. */
static bool is_ornament(const struct cutter *c, size_t node, struct str raw)
{
    struct str word = str_trim(raw);
    if (c->b->h->nodes[c->b->h->nodes[node].parent].tag == TAG_I)
        return true;
    return !(word.n == 1 && word.p[0] >= 'A' && word.p[0] <= 'Z');
}

/* Does an element right before or behind this one have the hint? The one before was the last. */
static bool beside(struct cutter *c, size_t node, uint32_t hint)
{
    const struct html *h = c->b->h;
    size_t next = h->nodes[node].end, last = c->apart;
    bool before = last && h->nodes[last].end == node && c->b->hints[last] & hint;
    return before || (next < h->n && h->nodes[next].parent == h->nodes[node].parent &&
                      h->nodes[next].tag != TAG_TEXT && c->b->hints[next] & hint);
}

/* Text that is hidden within a sentence that is not: a tooltip, an ornament. Where one piece is for
 * the eye and the next for screen readers, the latter has the words. */
static bool is_unseen(struct cutter *c, size_t node, size_t block_node)
{
    const struct html *h = c->b->h;
    const uint32_t apart = HINT_HIDDEN | HINT_ARIA;
    uint32_t hints = c->b->hints[node] & ~c->b->hints[block_node] & apart;
    struct str raw = h->nodes[node].text;
    if (!hints || raw.n >= UNSEEN_MAX)
        return false;
    size_t at = h->nodes[node].parent;
    while (c->b->hints[h->nodes[at].parent] & ~c->b->hints[block_node] & apart)
        at = h->nodes[at].parent;
    bool eye = hints & HINT_ARIA,
         paired = beside(c, at, eye ? HINT_HIDDEN : HINT_ARIA) && raw.n < PAIR_MAX;
    c->apart = at;
    return eye ? paired || is_ornament(c, node, raw) : !paired;
}

static void open_block(struct cutter *c, size_t node, size_t block_node)
{
    c->is_open = true;
    c->open = (struct block){.node = (uint32_t)block_node,
                             .first = (uint32_t)node,
                             .tag = (uint8_t)block_tag(c->b->h, block_node)};
}

static void add_piece(struct cutter *c, size_t node, size_t block_node, struct str raw)
{
    if (c->breaks >= 2 || (c->is_open && c->open.node != block_node))
        close_block(c);
    if (!c->is_open)
        open_block(c, node, block_node);
    size_t before = c->text.n;
    add_words(c, raw);
    c->open.last = (uint32_t)node;
    if (c->b->hints[node] & HINT_LINK)
        c->open.link_bytes += (uint32_t)(c->text.n - before);
}

/* The end of the paragraph that begins at `from`: a line break and white space up to another. */
static size_t blank_line(struct str raw, size_t from)
{
    for (size_t at; (at = str_find_char(raw, '\n', from)) != STR_NONE; from = at + 1) {
        size_t next = at + 1;
        while (next < raw.n && (raw.p[next] == ' ' || raw.p[next] == '\t' || raw.p[next] == '\r'))
            next++;
        if (next < raw.n && raw.p[next] == '\n')
            return at;
    }
    return raw.n;
}

/* Text as typed: blank lines part its paragraphs. */
static void add_typed(struct cutter *c, size_t node, size_t block_node, struct str raw)
{
    for (size_t from = 0, to; from < raw.n; from = to + 1) {
        to = blank_line(raw, from);
        struct str piece = str_slice(raw, from, to);
        if (!is_white(piece))
            add_piece(c, node, block_node, piece);
        if (to < raw.n)
            close_block(c);
    }
}

static void add_text(struct cutter *c, size_t node, size_t block_node)
{
    struct str raw = c->b->h->nodes[node].text;
    bool unseen = is_unseen(c, node, block_node);
    if (is_white(raw) || unseen)
        c->blank = c->blank || (raw.n && !unseen);
    else if (c->b->h->nodes[block_node].tag == TAG_PRE)
        add_typed(c, node, block_node, raw);
    else
        add_piece(c, node, block_node, raw);
}

/* A picture of one capital, as of an initial. */
static char letter_shown(const struct html *h, size_t img)
{
    struct str alt = html_attr(h, img, S("alt"));
    return alt.n == 1 && alt.p[0] >= 'A' && alt.p[0] <= 'Z' ? alt.p[0] : 0;
}

static void cut_node(struct cutter *c, size_t i, size_t block_node)
{
    const struct html *h = c->b->h;
    unsigned tag = h->nodes[i].tag;
    if (c->n_quotes)
        close_quotes(c, i);
    if (tag == TAG_BR)
        c->breaks++;
    else if (tag == TAG_Q)
        open_quote(c, i);
    else if (tag == TAG_IMG)
        c->initial = letter_shown(h, i);
    else if (tag == TAG_TEXT)
        add_text(c, i, block_node);
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
            if (c->n_quotes)
                close_quotes(c, i);
            close_block(c);
            c->initial = 0;
            c->b->firsts[i] = (uint32_t)c->b->n;
        }
        if (!(hints[i] & HINT_SKIP))
            cut_node(c, i, block_of[i]);
        else if (n->end > i + 1)
            for (size_t k = i + 1; k < n->end; k++) { /* nothing below is read */
                hints[k] |= hints[i];
                c->b->firsts[k] = c->b->firsts[i];
                i = k;
            }
    }
    if (c->n_quotes)
        close_quotes(c, h->n);
    close_block(c);
}

/* "en-GB": "en". */
static struct str page_language(const struct html *h)
{
    for (size_t i = 1; i < h->n && i < 8; i++)
        if (h->nodes[i].tag == TAG_HTML)
            return str_slice(html_attr(h, i, S("lang")), 0, 2);
    return (struct str){0};
}

void body_cut(struct body *b)
{
    static const char *const lone[] = {"pl", "cs", "sk", "sl", "hr", "sr", "bs", "hu", NULL};
    struct cutter c = {.b = b};
    struct str lang = page_language(b->h);
    uint32_t *block_of = arena_array(b->a, b->h->n + 1, sizeof *block_of);
    set_marks(&c, lang);
    c.joins = !str_one_of(lang, lone); /* there consonants are words */
    b->firsts = arena_array(b->a, b->h->n + 1, sizeof *b->firsts);
    cut(&c, block_of);
    for (size_t i = 0; i <= b->h->n; i++) /* behind a last block that came to nothing */
        if (i == b->h->n || b->firsts[i] > b->n)
            b->firsts[i] = (uint32_t)b->n;
    struct str all = arena_str(b->a, buf_str(&c.text));
    buf_finish(&c.text);
    buf_finish(&c.scratch);
    for (size_t i = 0, at = 0; i < b->n; at += b->blocks[i++].text.n)
        b->blocks[i].text.p = all.p + at;
}
