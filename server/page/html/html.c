/* The HTML parser: see html.h.
 *
 * Why not a library: on the 341 pages of the corpus (62 MB) gumbo parses 191 pages a second,
 * libxml2 619, this one 14,500; a page is read as a whole, body and metadata included, 2,156 times
 * a second (tests/bench/page.c). */
#include "page/html/html.h"

#include <stdlib.h>
#include <string.h>

enum { SCAN_MAX = 100 };

struct parser {
    struct html *h;
    const char *p, *end;
    size_t open;                /* the innermost open element */
    uint32_t counts[TAG_COUNT]; /* open elements of each tag */
    bool full;
    bool no_comment_end,
        no_cdata_end; /* searched for once in vain: not again, or time is quadratic */
};

bool tag_is_block(unsigned tag)
{
    return tag >= TAG_ADDRESS;
}

static bool is_void(unsigned tag)
{
    return tag == TAG_BR || tag == TAG_IMG || tag == TAG_WBR || tag == TAG_INPUT ||
           tag == TAG_LINK || tag == TAG_META || tag == TAG_BASE || tag == TAG_HR ||
           tag == TAG_EMBED;
}

static bool is_void_name(struct str name)
{
    static const struct str names[] = {STR("source"), STR("track"), STR("col"), STR("area"),
                                       STR("param")};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_eq_case(name, names[i]))
            return true;
    return false;
}

/* Elements whose content is text up to their end tag. */
static bool is_raw(unsigned tag)
{
    return tag == TAG_SCRIPT || tag == TAG_STYLE || tag == TAG_TEXTAREA || tag == TAG_TITLE ||
           tag == TAG_IFRAME || tag == TAG_SVG;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

static struct html_node *add_node(struct parser *s, unsigned tag)
{
    struct html *h = s->h;
    if (h->n == h->cap) {
        if (h->n >= HTML_NODES) {
            s->full = true;
            return NULL;
        }
        h->cap = h->cap ? h->cap * 2 : 1024;
        h->nodes = needed(realloc(h->nodes, h->cap * sizeof *h->nodes));
    }
    struct html_node *n = &h->nodes[h->n];
    *n = (struct html_node){.parent = (uint32_t)s->open,
                            .end = (uint32_t)h->n + 1,
                            .tag = (uint8_t)tag,
                            .attr = (uint32_t)h->n_attrs};
    h->n++;
    return n;
}

static void add_text(struct parser *s, const char *from, const char *to)
{
    const char *p = from;
    while (p < to && is_blank(*p))
        p++;
    if (p == to && from < to) /* a blank between two inline elements parts words */
        from = to - 1;
    if (from == to)
        return;
    struct html_node *n = add_node(s, TAG_TEXT);
    if (n)
        n->text = (struct str){from, (size_t)(to - from)};
}

/* ---- tree ------------------------------------------------------------------------------------ */

static void pop(struct parser *s)
{
    struct html_node *n = &s->h->nodes[s->open];
    s->counts[n->tag]--;
    n->end = (uint32_t)s->h->n;
    s->open = n->parent;
}

static void pop_to(struct parser *s, size_t node)
{
    while (s->open != node)
        pop(s);
    pop(s);
}

/* Elements that an end tag from inside does not reach across. */
static bool is_barrier(unsigned tag, unsigned closing)
{
    if (tag == TAG_TABLE || tag == TAG_TEMPLATE || tag == TAG_HTML)
        return true;
    if (tag == TAG_TD || tag == TAG_TH)
        return closing != TAG_TR && closing != TAG_TABLE && closing != TAG_TBODY;
    return !tag_is_block(closing) && closing != TAG_OTHER && tag_is_block(tag);
}

/* The nearest open element of this tag (and name, if it is an unknown one) that an end tag may
 * close, 0 if there is none. */
static size_t find_open(const struct parser *s, unsigned tag, struct str name)
{
    size_t at = s->open;
    if (s->counts[tag] == 0)
        return 0;
    for (int i = 0; at != 0 && i < SCAN_MAX; i++, at = s->h->nodes[at].parent) {
        const struct html_node *n = &s->h->nodes[at];
        if (n->tag == tag && (tag != TAG_OTHER || str_eq_case(n->text, name)))
            return at;
        if (is_barrier(s->h->nodes[at].tag, tag))
            return 0;
    }
    return 0;
}

/* The nearest open element of either tag, not looking beyond `stop` or another of its kind. */
static size_t find_item(const struct parser *s, unsigned tag, unsigned twin, unsigned stop,
                        unsigned stop2)
{
    size_t at = s->open;
    if (s->counts[tag] + s->counts[twin] == 0)
        return 0;
    for (int i = 0; at != 0 && i < SCAN_MAX; i++, at = s->h->nodes[at].parent) {
        unsigned t = s->h->nodes[at].tag;
        if (t == tag || t == twin)
            return at;
        if (t == stop || t == stop2 || t == TAG_TABLE)
            return 0;
    }
    return 0;
}

/* A paragraph is closed by the next block, an item by the next item. */
static void close_implied(struct parser *s, unsigned tag)
{
    size_t at = 0;
    if (s->counts[TAG_HEAD] &&
        (tag_is_block(tag) || tag == TAG_A || tag == TAG_SPAN || tag == TAG_IMG)) {
        at = find_open(s, TAG_HEAD, S("head"));
        if (at)
            pop_to(s, at);
    }
    if (s->counts[TAG_P] && tag_is_block(tag) && tag != TAG_OPTION) {
        at = s->open;
        for (int i = 0; at && i < SCAN_MAX && !tag_is_block(s->h->nodes[at].tag); i++)
            at = s->h->nodes[at].parent;
        if (at && s->h->nodes[at].tag == TAG_P)
            pop_to(s, at);
    }
    if (s->counts[TAG_CAPTION] &&
        (tag == TAG_TR || tag == TAG_TD || tag == TAG_TBODY || tag == TAG_THEAD)) {
        at = find_item(s, TAG_CAPTION, TAG_CAPTION, TAG_TABLE, TAG_TABLE);
        if (at)
            pop_to(s, at);
    }
    at = 0;
    if (tag == TAG_LI)
        at = find_item(s, TAG_LI, TAG_LI, TAG_UL, TAG_OL);
    else if (tag == TAG_DD || tag == TAG_DT)
        at = find_item(s, TAG_DD, TAG_DT, TAG_DL, TAG_DL);
    else if (tag == TAG_TD || tag == TAG_TH)
        at = find_item(s, TAG_TD, TAG_TH, TAG_TR, TAG_TABLE);
    else if (tag == TAG_TR)
        at = find_item(s, TAG_TR, TAG_TR, TAG_TABLE, TAG_TBODY);
    else if (tag == TAG_OPTION)
        at = find_item(s, TAG_OPTION, TAG_OPTION, TAG_SELECT, TAG_SELECT);
    else if (tag == TAG_A)
        at = find_open(s, TAG_A, S("a"));
    if (at)
        pop_to(s, at);
}

static void push(struct parser *s, size_t node)
{
    unsigned depth = s->h->nodes[s->open].depth + 1u;
    s->h->nodes[node].depth = (uint16_t)depth;
    if (depth >= HTML_DEPTH)
        return;
    s->counts[s->h->nodes[node].tag]++;
    s->open = node;
}

/* ---- tags ------------------------------------------------------------------------------------ */

static void add_attr(struct parser *s, struct html_node *n, struct str name, struct str value)
{
    struct html *h = s->h;
    if (n->n_attrs >= 200)
        return;
    if (h->n_attrs == h->cap_attrs) {
        h->cap_attrs = h->cap_attrs ? h->cap_attrs * 2 : 2048;
        h->attrs = needed(realloc(h->attrs, h->cap_attrs * sizeof *h->attrs));
    }
    h->attrs[h->n_attrs++] = (struct html_attr){name, value};
    n->n_attrs++;
}

/* Reads attributes up to and with the tag's ">"; true when it closes itself ("/>"). */
static bool read_attrs(struct parser *s, struct html_node *n)
{
    bool slash = false;
    while (s->p < s->end) {
        while (s->p < s->end && (is_blank(*s->p) || *s->p == '/'))
            slash = *s->p++ == '/';
        if (s->p == s->end || *s->p == '>')
            break;
        slash = false;
        const char *name = s->p++;
        while (s->p < s->end && !is_blank(*s->p) && *s->p != '=' && *s->p != '>' && *s->p != '/')
            s->p++;
        struct str key = {name, (size_t)(s->p - name)}, value = {0};
        while (s->p < s->end && is_blank(*s->p))
            s->p++;
        if (s->p < s->end && *s->p == '=') {
            for (s->p++; s->p < s->end && is_blank(*s->p);)
                s->p++;
            char quote = s->p < s->end && (*s->p == '"' || *s->p == '\'') ? *s->p++ : 0;
            const char *from = s->p;
            if (quote) {
                const char *to = memchr(s->p, quote, (size_t)(s->end - s->p));
                s->p = to ? to : s->end;
            } else {
                while (s->p < s->end && !is_blank(*s->p) && *s->p != '>')
                    s->p++;
            }
            value = (struct str){from, (size_t)(s->p - from)};
            s->p += quote && s->p < s->end;
        }
        if (n)
            add_attr(s, n, key, value);
    }
    s->p += s->p < s->end;
    return slash;
}

/* The end of a raw element's text: the "<" of its end tag, or the end of the page. */
static const char *raw_end(const struct parser *s, unsigned tag)
{
    struct str name = html_tag_name(tag);
    for (const char *p = s->p; (p = memchr(p, '<', (size_t)(s->end - p))); p++)
        if ((size_t)(s->end - p) > name.n + 1 && p[1] == '/' &&
            str_eq_case((struct str){p + 2, name.n}, name))
            return p;
    return s->end;
}

static void start_tag(struct parser *s)
{
    const char *name = s->p;
    while (s->p < s->end && !is_blank(*s->p) && *s->p != '>' && *s->p != '/')
        s->p++;
    struct str known = {name, (size_t)(s->p - name)};
    unsigned tag = html_tag_of(known);
    bool again = (tag == TAG_BODY || tag == TAG_HTML || tag == TAG_HEAD) && s->counts[tag];
    if (!again)
        close_implied(s, tag);
    struct html_node *n = again ? NULL : add_node(s, tag);
    size_t node = s->h->n - 1;
    if (n && tag == TAG_OTHER)
        n->text = known;
    bool closed = read_attrs(s, n);
    if (!n || is_void(tag) || (tag == TAG_OTHER && is_void_name(known)) ||
        (closed && (tag == TAG_SVG || tag == TAG_OTHER)))
        return;
    if (!is_raw(tag)) {
        push(s, node);
        return;
    }
    const char *to = raw_end(s, tag);
    s->h->nodes[node].text = (struct str){s->p, (size_t)(to - s->p)};
    s->p = to;
}

static void end_tag(struct parser *s)
{
    const char *name = s->p;
    while (s->p < s->end && !is_blank(*s->p) && *s->p != '>' && *s->p != '/')
        s->p++;
    struct str known = {name, (size_t)(s->p - name)};
    unsigned tag = html_tag_of(known);
    const char *to = memchr(s->p, '>', (size_t)(s->end - s->p));
    s->p = to ? to + 1 : s->end;
    if (tag == TAG_BODY || tag == TAG_HTML || is_raw(tag))
        return;
    if (tag == TAG_BR) { /* browsers read </br> as <br> */
        add_node(s, TAG_BR);
        return;
    }
    size_t at = find_open(s, tag, known);
    if (at)
        pop_to(s, at);
}

/* Behind a comment, a declaration or a processing instruction. */
static void skip_markup(struct parser *s)
{
    struct str rest = {s->p, (size_t)(s->end - s->p)};
    size_t at = STR_NONE;
    if (str_starts(rest, S("!--")) && !s->no_comment_end) {
        at = str_find(rest, S("-->"), 1);
        s->no_comment_end = at == STR_NONE;
    } else if (str_starts(rest, S("![CDATA[")) && !s->no_cdata_end) {
        at = str_find(rest, S("]]>"), 0);
        s->no_cdata_end = at == STR_NONE;
    }
    size_t close = at != STR_NONE ? at + 2 : str_find_char(rest, '>', 0);
    s->p = close == STR_NONE ? s->end : s->p + close + 1;
}

static void parse(struct parser *s)
{
    const char *text = s->p;
    while (s->p < s->end && !s->full) {
        const char *lt = memchr(s->p, '<', (size_t)(s->end - s->p));
        if (!lt || lt + 1 == s->end)
            break;
        char c = lt[1];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        bool closing = c == '/' && lt + 2 < s->end;
        if (!letter && !closing && c != '!' && c != '?') {
            s->p = lt + 1;
            continue;
        }
        add_text(s, text, lt);
        s->p = lt + 1 + closing;
        if (letter)
            start_tag(s);
        else if (closing)
            end_tag(s);
        else
            skip_markup(s);
        text = s->p;
    }
    if (!s->full)
        add_text(s, text, s->end);
}

bool html_parse(struct str text, struct html *h, struct err *err)
{
    struct parser s = {.h = h, .p = text.p, .end = text.n ? text.p + text.n : text.p};
    *h = (struct html){0};
    add_node(&s, TAG_OTHER);
    if (text.n)
        parse(&s);
    while (s.open)
        pop(&s);
    h->nodes[0].end = (uint32_t)h->n;
    if (s.full) {
        html_finish(h);
        return fail(err, ERR_TOO_LARGE, "the page has more than %d elements", HTML_NODES);
    }
    return true;
}

void html_finish(struct html *h)
{
    free(h->nodes);
    free(h->attrs);
    *h = (struct html){0};
}
