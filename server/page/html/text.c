/* Text out of parsed HTML: attributes, entities, white space. */
#include "page/html/html.h"

#include "base/buf.h"
#include "base/utf8.h"

#include <libxml/HTMLparser.h>
#include <string.h>

enum { ENTITY_MAX = 12 };

static const struct html_attr *attr_find(const struct html *h, size_t node, struct str name)
{
    const struct html_node *n = &h->nodes[node];
    for (size_t i = n->attr; i < n->attr + n->n_attrs; i++)
        if (h->attrs[i].name.n == name.n && str_eq_case(h->attrs[i].name, name))
            return &h->attrs[i];
    return NULL;
}

struct str html_attr(const struct html *h, size_t node, struct str name)
{
    const struct html_attr *a = attr_find(h, node, name);
    return a ? a->value : (struct str){0};
}

bool html_has_attr(const struct html *h, size_t node, struct str name)
{
    return attr_find(h, node, name) != NULL;
}

static uint32_t numeric(struct str s, size_t *len)
{
    size_t i = 2;
    bool hex = i < s.n && (s.p[i] == 'x' || s.p[i] == 'X');
    uint32_t c = 0;
    size_t first = i += hex;
    for (; i < s.n && i < first + 8; i++) {
        char d = s.p[i];
        unsigned v = d >= '0' && d <= '9'          ? (unsigned)(d - '0')
                     : hex && d >= 'a' && d <= 'f' ? (unsigned)(d - 'a' + 10)
                     : hex && d >= 'A' && d <= 'F' ? (unsigned)(d - 'A' + 10)
                                                   : 99;
        if (v == 99)
            break;
        c = c * (hex ? 16 : 10) + v;
    }
    *len = i == first ? 0 : i + (i < s.n && s.p[i] == ';');
    return c == 0 ? 0xFFFD : c;
}

static uint32_t named(struct str s, size_t *len)
{
    static const struct {
        struct str name;
        uint16_t code;
    } common[] = {{STR("nbsp"), 0xA0},    {STR("amp"), '&'},      {STR("quot"), '"'},
                  {STR("lt"), '<'},       {STR("gt"), '>'},       {STR("apos"), '\''},
                  {STR("rsquo"), 0x2019}, {STR("NewLine"), '\n'}, {STR("Tab"), '\t'}};
    size_t n = 1;
    while (n < s.n && n <= ENTITY_MAX &&
           ((s.p[n] >= 'a' && s.p[n] <= 'z') || (s.p[n] >= 'A' && s.p[n] <= 'Z') ||
            (s.p[n] >= '0' && s.p[n] <= '9')))
        n++;
    bool ended = n < s.n && s.p[n] == ';';
    struct str name = str_slice(s, 1, n);
    *len = n + ended;
    for (size_t i = 0; i < sizeof common / sizeof *common; i++)
        if (str_eq(name, common[i].name))
            return common[i].code;
    char copy[ENTITY_MAX + 1] = {0};
    if (!ended || name.n == 0 || name.n > ENTITY_MAX)
        return 0;
    memcpy(copy, name.p, name.n);
    const htmlEntityDesc *e = htmlEntityLookup((const xmlChar *)copy);
    return e ? e->value : 0;
}

void html_decode(struct buf *out, struct str raw)
{
    for (size_t from = 0; from < raw.n;) {
        size_t at = str_find_char(raw, '&', from), len = 0;
        buf_add(out, str_slice(raw, from, at));
        if (at == STR_NONE)
            return;
        struct str rest = str_slice(raw, at, raw.n);
        uint32_t c = rest.n > 2 && rest.p[1] == '#' ? numeric(rest, &len) : named(rest, &len);
        char bytes[4];
        if (len == 0 || c == 0) {
            buf_char(out, '&');
            from = at + 1;
            continue;
        }
        buf_add(out, (struct str){bytes, utf8_encode(c, bytes)});
        from = at + len;
    }
}

/* White space and no-break spaces as one blank each run, none at the ends; in place. */
static struct str squeeze(struct arena *a, struct buf *b)
{
    size_t n = 0;
    bool blank = false;
    for (size_t i = 0; i < b->n; i++) {
        unsigned char c = (unsigned char)b->p[i];
        bool nbsp = c == 0xC2 && i + 1 < b->n && (unsigned char)b->p[i + 1] == 0xA0;
        if (nbsp || c == ' ' || (c >= 9 && c <= 13)) {
            blank = true;
            i += nbsp;
            continue;
        }
        if (blank && n)
            b->p[n++] = ' ';
        blank = false;
        b->p[n++] = (char)c;
    }
    b->n = n;
    struct str s = arena_str(a, buf_str(b));
    buf_finish(b);
    return s;
}

struct str html_value(struct arena *a, struct str raw)
{
    struct buf out = {0};
    html_decode(&out, raw);
    return squeeze(a, &out);
}

/* What a page puts into a headline's element besides the headline. */
static bool is_beside_headline(unsigned tag)
{
    return tag == TAG_SMALL || tag == TAG_TIME || tag == TAG_ADDRESS || tag == TAG_P ||
           (tag >= TAG_H1 && tag <= TAG_H6);
}

static struct str text_below(struct arena *a, const struct html *h, size_t node,
                             const uint32_t *hints, uint32_t skip)
{
    struct buf out = {0};
    for (size_t i = node; i < h->nodes[node].end; i++) {
        unsigned tag = h->nodes[i].tag;
        if (hints && i > node && (hints[i] & skip || is_beside_headline(tag)))
            i = h->nodes[i].end - 1;
        else if (tag == TAG_TEXT || tag == TAG_TITLE)
            html_decode(&out, h->nodes[i].text);
        else if (tag == TAG_BR || tag_is_block(tag))
            buf_char(&out, ' ');
        else if (tag == TAG_SCRIPT || tag == TAG_STYLE || tag == TAG_NOSCRIPT ||
                 tag == TAG_TEMPLATE || tag == TAG_RT || tag == TAG_RP)
            i = h->nodes[i].end - 1;
    }
    return squeeze(a, &out);
}

struct str html_text(struct arena *a, const struct html *h, size_t node)
{
    return text_below(a, h, node, NULL, 0);
}

struct str html_headline(struct arena *a, const struct html *h, size_t node, const uint32_t *hints,
                         uint32_t skip)
{
    return text_below(a, h, node, hints, skip);
}
