/* Quotations: marks of all sorts paired, paragraph by paragraph.
 *
 * Straight, curly, low and angular marks, double and single, nested. A mark opens or closes by its
 * form and by what touches it; an apostrophe opens nothing unless a closing partner follows in its
 * paragraph. A quotation without closing mark runs to its paragraph's end where the next paragraph
 * opens with a mark again (newspaper style) or where it began the paragraph itself; else the mark
 * counts as astray, and its quotation ends with the sentence. */
#include "lang/parts.h"
#include "lang/text/chars.h"

enum { DEPTH = 4, SCARE_WORDS = 3 };

enum family { FAMILY_NONE, FAMILY_DOUBLE, FAMILY_SINGLE, FAMILY_ANGLE };

struct mark {
    enum family family;
    bool may_open, may_close, sure; /* sure: by its form alone */
};

struct pairing {
    struct lang_doc *doc;
    size_t cap;
    size_t open[DEPTH]; /* indexes into doc->quotes, outermost first */
    enum family family[DEPTH];
    int depth;
};

static enum family family_of(const struct lang_doc *doc, size_t token, uint32_t c)
{
    const struct token *t = &doc->tokens[token];
    switch (c) {
    case '"':
    case 0x201C:
    case 0x201D:
    case 0x201E:
    case 0x201F:
        return FAMILY_DOUBLE;
    case 0xAB:
    case 0xBB:
        return FAMILY_ANGLE;
    case '`':
    case '\'':
        return t->at.end - t->at.start == 2 ? FAMILY_DOUBLE : FAMILY_SINGLE;
    case 0x2018:
    case 0x2019:
    case 0x201A:
    case 0x201B:
    case 0x2039:
    case 0x203A:
        return FAMILY_SINGLE;
    default:
        return FAMILY_NONE;
    }
}

static bool opens_bracket(uint32_t c)
{
    return c == '(' || c == '[' || c == '-' || c == 0x2014 || c == 0x2013 || c == '"' ||
           c == 0x201C || c == 0x2018 || c == '\'' || c == '/' || c == ':';
}

static struct mark mark_at(const struct lang_doc *doc, size_t token)
{
    struct span at = doc->tokens[token].at;
    if (doc->tokens[token].word)
        return (struct mark){0};
    uint32_t c = char_at(doc->text, at.start).c;
    struct mark m = {.family = family_of(doc, token, c)};
    if (m.family == FAMILY_NONE)
        return m;
    struct character before = char_before(doc->text, at.start), after = char_at(doc->text, at.end);
    bool left = char_is_blank(before.kind) || opens_bracket(before.c);
    bool right = char_is_blank(after.kind) || after.kind == CHAR_MARK || after.kind == CHAR_QUOTE ||
                 after.kind == CHAR_HYPHEN || after.kind == CHAR_APOSTROPHE;
    bool hanging = char_is_blank(before.kind) && char_is_blank(after.kind);
    m.may_open = (left && !char_is_blank(after.kind)) || hanging;
    /* French sets a blank inside its marks: « non ». */
    m.may_close = (right && (c == 0xBB || !char_is_blank(before.kind))) || hanging;
    if (c == 0x201C || c == 0x2018 || c == 0xAB || c == 0x201E || c == 0x201A || c == '`' ||
        c == 0x2039)
        m.sure = m.may_open || !m.may_close;
    if (m.family == FAMILY_DOUBLE && !m.may_open && !m.may_close)
        m.may_open = m.may_close = true;
    if (c == 0x201D && !m.may_open)
        m.may_close = true;
    return m;
}

/* Does a closing mark of the family follow in the paragraph, before another opens? */
static bool closes_later(const struct lang_doc *doc, size_t token, size_t end, enum family family)
{
    for (size_t i = token + 1; i < end; i++) {
        struct mark m = mark_at(doc, i);
        if (m.family != family)
            continue;
        if (m.may_close)
            return true;
        if (m.may_open)
            return false;
    }
    return false;
}

static void open_quote(struct pairing *p, size_t token, enum family family)
{
    struct lang_doc *doc = p->doc;
    if (p->depth == DEPTH)
        return;
    doc->quotes = arena_grow(doc->arena, doc->quotes, doc->n_quotes, &p->cap, sizeof *doc->quotes);
    p->open[p->depth] = doc->n_quotes;
    p->family[p->depth++] = family;
    doc->quotes[doc->n_quotes++] =
        (struct quote){.at = {doc->tokens[token].at.start, doc->tokens[token].at.end}};
}

static void close_quote(struct pairing *p, int level, size_t token)
{
    while (p->depth > level) /* what was opened inside ends here, too */
        p->doc->quotes[p->open[--p->depth]].at.end = p->doc->tokens[token].at.end;
}

static int innermost(const struct pairing *p, enum family family)
{
    for (int i = p->depth - 1; i >= 0; i--)
        if (p->family[i] == family)
            return i;
    return -1;
}

/* A possessive ("the voters' view") does not close a quotation if a better mark follows. */
static bool is_possessive(const struct lang_doc *doc, size_t token, size_t end)
{
    struct span at = doc->tokens[token].at;
    struct character before = char_before(doc->text, at.start), after = char_at(doc->text, at.end);
    return before.c == 's' && after.kind == CHAR_SPACE && token + 1 < end &&
           doc->tokens[token + 1].word && closes_later(doc, token, end, FAMILY_SINGLE);
}

/* The last character before a straight double mark, or 0 for any other token. */
static char before_straight(const struct lang_doc *doc, size_t token)
{
    struct span at = doc->tokens[token].at;
    if (token == 0 || doc->text.p[at.start] != '"' || at.end - at.start != 1)
        return 0;
    struct str before = lang_token_text(doc, token - 1);
    return before.p[before.n - 1];
}

/* "I am tired, "she said: a straight mark set on the wrong side of the blank, if the quotation that
 * is open did not begin so itself. */
static bool closes_askew(const struct pairing *p, int level, size_t token)
{
    const struct lang_doc *doc = p->doc;
    size_t opening = lang_token_at(doc, doc->quotes[p->open[level]].at.start);
    char last = before_straight(doc, token);
    return before_straight(doc, opening) != ',' &&
           (last == ',' || last == '.' || last == '?' || last == '!');
}

static void take_mark(struct pairing *p, size_t token, size_t end)
{
    struct mark m = mark_at(p->doc, token);
    if (m.family == FAMILY_NONE)
        return;
    int level = innermost(p, m.family);
    if (level >= 0 && !m.may_close && closes_askew(p, level, token))
        m.may_close = true;
    if (level >= 0 && m.may_close && !(m.sure && m.may_open) &&
        !(m.family == FAMILY_SINGLE && is_possessive(p->doc, token, end))) {
        close_quote(p, level, token);
    } else if (m.may_open && (level < 0 || m.sure)) {
        if (m.family == FAMILY_DOUBLE || closes_later(p->doc, token, end, m.family))
            open_quote(p, token, m.family);
    }
}

static size_t paragraph_end(const struct lang_doc *doc, size_t sentence)
{
    size_t s = sentence;
    while (s < doc->n_sentences &&
           doc->sentences[s].paragraph == doc->sentences[sentence].paragraph)
        s++;
    return s;
}

/* Ends the quotations that are still open at the end of the paragraph [first, end). */
static void end_paragraph(struct pairing *p, size_t first, size_t end)
{
    struct lang_doc *doc = p->doc;
    bool goes_on = false;
    if (end < doc->n_tokens) {
        struct mark m = mark_at(doc, end);
        goes_on = m.family == FAMILY_DOUBLE && m.may_open;
    }
    while (p->depth > 0) {
        struct quote *q = &doc->quotes[p->open[--p->depth]];
        bool whole = p->depth == 0 && (goes_on || q->at.start == doc->tokens[first].at.start);
        size_t token = lang_token_at(doc, q->at.start);
        size_t last = whole ? end - 1 : doc->sentences[doc->tokens[token].sentence].end - 1u;
        q->at.end = doc->tokens[last].at.end;
        q->open = whole;
    }
}

static void note_quote(struct lang_doc *doc, struct quote *q)
{
    size_t words = 0, i = lang_token_at(doc, q->at.start), last = i;
    for (; i < doc->n_tokens && doc->tokens[i].at.start < q->at.end; i++) {
        doc->tokens[i].in_quote = true;
        words += doc->tokens[i].word;
        last = i;
    }
    /* A stop or comma before the closing mark is what speech has and a scare quote has not. */
    char before = last > 0 ? doc->text.p[doc->tokens[last - 1].at.end - 1] : ' ';
    q->scare =
        words <= SCARE_WORDS && before != ',' && before != '.' && before != '!' && before != '?';
}

void lang_find_quotes(struct lang_doc *doc)
{
    struct pairing p = {.doc = doc};
    doc->quotes = NULL;
    doc->n_quotes = 0;
    for (size_t s = 0; s < doc->n_sentences;) {
        size_t next = paragraph_end(doc, s);
        size_t first = doc->sentences[s].first, end = doc->sentences[next - 1].end;
        for (size_t i = first; i < end; i++)
            take_mark(&p, i, end);
        end_paragraph(&p, first, end);
        s = next;
    }
    for (size_t i = 0; i < doc->n_quotes; i++)
        note_quote(doc, &doc->quotes[i]);
}
