/* What elements say of themselves: tag, class, id, role, itemprop. Words come from words/hints.txt;
 * none of them names a site. */
#include "base/url.h"
#include "page/body/parts.h"
#include "page/text/words.h"

#include <string.h>

enum {
    ONLY_TEXT = 600,
    NOTE_MARK = 6,
    NOTE_NODES = 8,
    POST_TEXT = 60,
    CACHE_SLOTS = 1024,
    PARTS_MAX = 12,
    PART_BYTES = 64
};

struct cached {
    struct str value;
    uint32_t hints;
};

/* Beside the hints of a name: the page's sheets hide it; windows of some width show it. */
enum { NAME_HIDDEN = 1 << 30, NAME_SHOWN = 1 << 29 };

/* Of one page: what its class attributes and the names in them say, and the classes that its style
 * sheets hide. */
struct cache {
    struct cached slots[CACHE_SLOTS], names[CACHE_SLOTS];
    const struct map *hidden;
    size_t paragraphs; /* bytes of text in the page's paragraphs, 0: not counted */
};

/* The hints of a word's kind; "?" behind it: the word only tells how a thing is shown. */
static uint32_t hint_named(struct str kind)
{
    uint32_t sure = HINT_SURE;
    if (str_ends(kind, S("?"))) {
        kind.n--;
        sure = 0;
    }
    static const struct {
        struct str name;
        uint32_t hint;
    } kinds[] = {{STR("comment"), HINT_COMMENT}, {STR("related"), HINT_RELATED},
                 {STR("ad"), HINT_AD},           {STR("share"), HINT_SHARE},
                 {STR("caption"), HINT_CAPTION}, {STR("byline"), HINT_BYLINE},
                 {STR("tags"), HINT_TAGS},       {STR("signup"), HINT_SIGNUP},
                 {STR("frame"), HINT_FRAME},     {STR("nav"), HINT_FRAME},
                 {STR("body"), HINT_BODY},       {STR("article"), HINT_ARTICLE},
                 {STR("paywall"), HINT_PAYWALL}, {STR("kicker"), HINT_KICKER},
                 {STR("hidden"), HINT_HIDDEN}};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (str_eq(kind, kinds[i].name))
            return kinds[i].hint | (kinds[i].hint & HINT_BAD ? sure : 0);
    return 0;
}

static bool is_alnum(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

/* Cuts "articleBody__relatedLinks" at marks and where small letters meet capitals. */
static size_t cut_parts(struct str name, char store[PART_BYTES], struct str parts[PARTS_MAX])
{
    size_t n = 0, used = 0;
    bool open = false;
    for (size_t i = 0; i < name.n && used < PART_BYTES; i++) {
        char c = name.p[i];
        bool upper = c >= 'A' && c <= 'Z';
        if (!is_alnum(c)) {
            open = false;
            continue;
        }
        if (upper && i && name.p[i - 1] >= 'a' && name.p[i - 1] <= 'z')
            open = false;
        if (!open) {
            if (n == PARTS_MAX)
                break;
            parts[n++] = (struct str){store + used, 0};
            open = true;
        }
        store[used++] = upper ? (char)(c + 32) : c;
        parts[n - 1].n++;
    }
    return n;
}

static bool is_switch(struct str part)
{
    static const struct str words[] = {STR("has"),    STR("no"),  STR("with"), STR("without"),
                                       STR("not"),    STR("js"),  STR("hide"), STR("show"),
                                       STR("single"), STR("page")};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_eq(part, words[i]))
            return true;
    return false;
}

/* Names that mean something only as a whole: "=hidden", but not "hidden-xs". */
static uint32_t hints_of_whole(struct str name)
{
    char key[PART_BYTES] = "=";
    struct str kind;
    if (name.n + 1 >= sizeof key)
        return 0;
    memcpy(key + 1, name.p, name.n);
    return word_find(LIST_HINTS, (struct str){key, name.n + 1}, &kind) ? hint_named(kind) : 0;
}

/* A class by which its element is shown in windows of some width: "md:block", "d-lg-flex". */
static bool is_shown_somewhere(struct str name)
{
    return str_find_char(name, ':', 0) != STR_NONE || str_starts(name, S("d-sm-")) ||
           str_starts(name, S("d-md-")) || str_starts(name, S("d-lg-")) ||
           str_starts(name, S("d-xl-")) || str_starts(name, S("visible-")) ||
           str_starts(name, S("show"));
}

/* One class name: its parts, neighbours written together, and all of it. */
static uint32_t hints_of_name(struct str name)
{
    char store[PART_BYTES];
    struct str parts[PARTS_MAX], kind;
    size_t n = cut_parts(name, store, parts);
    uint32_t hints = 0, together = hints_of_whole(name);
    if (n == 0 || (n > 1 && is_switch(parts[0])))
        return together;
    for (size_t i = 0; i < n; i++) {
        size_t len = parts[i].n;
        for (size_t k = i + 1; k < n && k < i + 3; k++) {
            len += parts[k].n;
            if (word_find(LIST_HINTS, (struct str){parts[i].p, len}, &kind))
                together |= hint_named(kind);
        }
        if (word_find(LIST_HINTS, parts[i], &kind))
            hints |= hint_named(kind);
    }
    return together ? together | (hints & HINT_ARTICLE) : hints;
}

uint32_t body_hints_of(struct str name)
{
    return hints_of_name(name);
}

/* Where a value is kept: mixed from its length and both ends, for a page has thousands of values
 * and few of them twice in a row. */
static size_t slot_of(struct str value)
{
    uint64_t front = 0, back = 0;
    size_t n = value.n < 8 ? value.n : 8;
    memcpy(&front, value.p, n);
    memcpy(&back, value.p + value.n - n, n);
    uint64_t mixed = (front ^ (back << 23 | back >> 41) ^ value.n) * UINT64_C(0x9E3779B97F4A7C15);
    return (size_t)(mixed >> 54) % CACHE_SLOTS;
}

/* What a name says, with NAME_HIDDEN and NAME_SHOWN. */
static uint32_t look_up_name(struct cache *cache, struct str name)
{
    struct cached *slot = &cache->names[slot_of(name)];
    if (!str_eq(slot->value, name)) {
        uint32_t hints = hints_of_name(name);
        hints |= is_shown_somewhere(name) ? NAME_SHOWN : 0;
        hints |= cache->hidden->n && map_get(cache->hidden, str_hash(name), 0) ? NAME_HIDDEN : 0;
        *slot = (struct cached){name, hints};
    }
    return slot->hints;
}

static uint32_t hints_of_value(struct cache *cache, struct str value)
{
    if (value.n == 0)
        return 0;
    struct cached *slot = &cache->slots[slot_of(value)];
    if (str_eq(slot->value, value))
        return slot->hints;
    uint32_t hints = 0;
    struct str rest = value;
    for (struct str name; str_split(&rest, ' ', &name);)
        hints |= name.n ? look_up_name(cache, name) : 0;
    if (hints & NAME_SHOWN && !(hints & HINT_SURE))
        hints &= ~(uint32_t)HINT_HIDDEN;
    if (hints & NAME_HIDDEN)
        hints |= HINT_HIDDEN;
    hints &= ~(uint32_t)(NAME_HIDDEN | NAME_SHOWN);
    *slot = (struct cached){value, hints};
    return hints;
}

static uint32_t hints_of_tag(unsigned tag)
{
    switch (tag) {
    case TAG_SCRIPT:
    case TAG_STYLE:
    case TAG_NOSCRIPT:
    case TAG_TEMPLATE:
    case TAG_SVG:
    case TAG_IFRAME:
    case TAG_HEAD:
    case TAG_NAV:
    case TAG_BUTTON:
    case TAG_SELECT:
    case TAG_TEXTAREA:
    case TAG_AUDIO:
    case TAG_VIDEO:
    case TAG_OBJECT:
    case TAG_CANVAS:
    case TAG_MENU:
    case TAG_TITLE:
    case TAG_OPTION:
    case TAG_RT:
    case TAG_RP:
        return HINT_SKIP;
    case TAG_A:
        return HINT_LINK;
    case TAG_ASIDE:
    case TAG_FOOTER:
        return HINT_FRAME | HINT_SURE;
    case TAG_FIGURE:
    case TAG_FIGCAPTION:
    case TAG_CAPTION:
        return HINT_CAPTION | HINT_SURE;
    case TAG_ADDRESS:
        return HINT_BYLINE | HINT_SURE;
    case TAG_DIALOG:
        return HINT_SIGNUP | HINT_SURE;
    case TAG_ARTICLE:
    case TAG_MAIN:
        return HINT_ARTICLE;
    case TAG_HEADER:
        return HINT_HEADING;
    default:
        return 0;
    }
}

static uint32_t hints_of_role(struct str role)
{
    if (str_eq(role, S("navigation")) || str_eq(role, S("search")) || str_eq(role, S("menu")) ||
        str_eq(role, S("button")))
        return HINT_SKIP;
    if (str_eq(role, S("complementary")) || str_eq(role, S("contentinfo")) ||
        str_eq(role, S("banner")))
        return HINT_FRAME | HINT_SURE;
    if (str_eq(role, S("dialog")) || str_eq(role, S("alertdialog")))
        return HINT_SIGNUP | HINT_SURE;
    return str_eq(role, S("main")) || str_eq(role, S("article")) ? HINT_ARTICLE : 0;
}

/* "-9999px": far to the left of what is seen. */
static bool is_far(struct str value)
{
    uint64_t n = 0;
    size_t digits = 1;
    while (digits < value.n && value.p[digits] >= '0' && value.p[digits] <= '9')
        digits++;
    return value.n > 1 && value.p[0] == '-' && str_to_u64(str_slice(value, 1, digits), &n) &&
           n >= 500;
}

/* "0", "0px", "0.0em". */
static bool is_zero(struct str value)
{
    size_t i = 0;
    while (i < value.n && (value.p[i] == '0' || value.p[i] == '.'))
        i++;
    return i && (i == value.n || value.p[i] < '1' || value.p[i] > '9');
}

static bool opens_with(struct str value, struct str word)
{
    return str_eq_case(str_slice(value, 0, word.n), word);
}

/* A declaration that leaves nothing of its element to be seen. */
static bool hides(struct str name, struct str value)
{
    static const struct {
        struct str name, value;
    } ways[] = {{STR("display"), STR("none")},         {STR("visibility"), STR("hidden")},
                {STR("mso-hide"), STR("all")},         {STR("clip"), STR("rect(0")},
                {STR("clip"), STR("rect(1px")},        {STR("clip-path"), STR("inset(50%")},
                {STR("clip-path"), STR("inset(100%")}, {STR("color"), STR("transparent")},
                {STR("transform"), STR("scale(0)")}};
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
        if (str_eq_case(name, ways[i].name) && opens_with(value, ways[i].value))
            return true;
    return str_eq_case(name, S("font-size")) && is_zero(value);
}

/* The first letters of the properties that can hide. */
static bool may_hide(char c)
{
    return str_find_char(S("cdflmotvw"), (char)(c | 32), 0) != STR_NONE;
}

/* Does a style hide its element for good? What folds and fades (height, opacity) is unfolded by
 * readers. */
static bool style_hides(struct str style)
{
    bool narrow = false, cut = false;
    for (struct str rest = style, value; str_split(&rest, ';', &value);) {
        struct str name;
        if (!str_split(&value, ':', &name))
            continue;
        name = str_trim(name);
        if (name.n == 0 || !may_hide(name.p[0]))
            continue;
        value = str_trim(value);
        if (hides(name, value))
            return true;
        narrow |= str_eq_case(name, S("width")) && (is_zero(value) || opens_with(value, S("1px")));
        cut |= str_eq_case(name, S("overflow")) && opens_with(value, S("hidden"));
        if ((str_eq_case(name, S("left")) || str_eq_case(name, S("top")) ||
             str_eq_case(name, S("text-indent")) || str_eq_case(name, S("margin-left"))) &&
            is_far(value))
            return true;
    }
    return narrow && cut;
}

/* What AMP pages show those who have not paid. */
static uint32_t hints_of_access(struct str name, struct str value)
{
    bool denied = name.n == 10 ? str_eq_case(name, S("amp-access")) &&
                                     (opens_with(value, S("NOT")) || opens_with(value, S("!")) ||
                                      str_contains(value, S("!=")))
                               : str_eq_case(name, S("subscriptions-section")) &&
                                     !str_eq_case(value, S("content"));
    return denied ? HINT_SIGNUP | HINT_SURE : 0;
}

static uint32_t hints_of_attr(struct cache *cache, const struct html_attr *x)
{
    struct str name = x->name, value = x->value;
    switch (name.n) {
    case 2:
        return str_eq_case(name, S("id")) ? hints_of_value(cache, value) : 0;
    case 4:
        return str_eq_case(name, S("role")) ? hints_of_role(value) : 0;
    case 5:
        if (str_eq_case(name, S("class")))
            return hints_of_value(cache, value);
        return str_eq_case(name, S("style")) && style_hides(value) ? HINT_HIDDEN | HINT_SURE : 0;
    case 6:
        return str_eq_case(name, S("hidden")) && !str_eq_case(value, S("until-found"))
                   ? HINT_HIDDEN | HINT_SURE
                   : 0;
    case 8:
        if (!str_eq_case(name, S("itemprop")))
            return str_eq_case(name, S("itemtype")) && str_ends(value, S("Comment"))
                       ? HINT_COMMENT | HINT_SURE
                       : 0;
        if (str_eq_case(value, S("articleBody")))
            return HINT_BODY;
        return str_eq_case(value, S("author")) || str_starts(value, S("datePublished"))
                   ? HINT_BYLINE | HINT_SURE
                   : 0;
    case 11:
        return str_eq_case(name, S("aria-hidden")) && str_eq_case(value, S("true")) ? HINT_ARIA : 0;
    case 10:
    case 21:
        return hints_of_access(name, value);
    default:
        return 0;
    }
}

/* ---- elements that are not what their tag says ----------------------------------------------- */

static bool is_heading(unsigned tag)
{
    return (tag >= TAG_H1 && tag <= TAG_H6) || tag == TAG_SUMMARY || tag == TAG_DT;
}

/* Does the element stand in a heading? */
static bool heads(const struct html *h, size_t node)
{
    for (int up = 0; up < 3 && node; up++, node = h->nodes[node].parent)
        if (is_heading(h->nodes[node].tag))
            return true;
    return false;
}

/* A figure without a picture is a quotation, a text, a table. */
static bool has_picture(const struct html *h, size_t figure)
{
    for (size_t i = figure + 1; i < h->nodes[figure].end; i++) {
        unsigned t = h->nodes[i].tag;
        if (t == TAG_IMG || t == TAG_SVG || t == TAG_VIDEO || t == TAG_AUDIO || t == TAG_IFRAME ||
            t == TAG_CANVAS || t == TAG_OBJECT || t == TAG_EMBED ||
            (t == TAG_OTHER && str_contains(h->nodes[i].text, S("-"))))
            return true;
    }
    return false;
}

/* A post of a network, set as one link around its words; not one that only leads to it. */
static bool is_post(const struct body *b, size_t link)
{
    const struct html *h = b->h;
    struct str url = html_attr(h, link, S("href")), kind;
    size_t host = str_find(url, S("//"), 0);
    size_t text = 0;
    bool block = false, parts = false;
    if (host == STR_NONE)
        return false;
    for (size_t i = link + 1; i < h->nodes[link].end && !block && text < POST_TEXT; i++) {
        block = tag_is_block(h->nodes[i].tag);
        parts |= h->nodes[i].tag != TAG_TEXT;
        text += h->nodes[i].tag == TAG_TEXT ? str_trim(h->nodes[i].text).n : 0;
    }
    if (!block && (text < POST_TEXT || !parts))
        return false;
    struct str path = str_slice(url, host + 2, url.n);
    path = str_slice(path, str_find_char(path, '/', 0), path.n);
    return str_find_char(path, '/', 1) != STR_NONE && !str_contains(path, S("/intent/")) &&
           !str_contains(path, S("share")) &&
           word_find(LIST_NETWORKS, url_domain(b->a, url), &kind);
}

/* A raised number that leads to a note at the end: no word of the text. */
static bool is_note_mark(const struct html *h, size_t sup)
{
    bool leads = false;
    size_t bytes = 0;
    if (h->nodes[sup].end - sup > NOTE_NODES)
        return false;
    for (size_t i = sup; i < h->nodes[sup].end && bytes <= NOTE_MARK; i++) {
        leads |= h->nodes[i].tag == TAG_A && str_starts(html_attr(h, i, S("href")), S("#"));
        bytes += h->nodes[i].tag == TAG_TEXT ? str_trim(h->nodes[i].text).n : 0;
    }
    return leads && bytes <= NOTE_MARK;
}

/* Bytes of text right inside paragraphs, among the nodes from..to. */
static size_t paragraph_bytes(const struct html *h, size_t from, size_t to)
{
    size_t bytes = 0;
    for (size_t i = from; i < to; i++)
        if (h->nodes[i].tag == TAG_TEXT && h->nodes[h->nodes[i].parent].tag == TAG_P)
            bytes += str_trim(h->nodes[i].text).n;
    return bytes;
}

/* What is shown where scripts do not run is the article where the page has hardly a text besides.
 */
static bool is_only_text(const struct html *h, struct cache *cache, size_t node)
{
    size_t own = paragraph_bytes(h, node, h->nodes[node].end);
    if (own < ONLY_TEXT)
        return false;
    if (cache->paragraphs == 0)
        cache->paragraphs = paragraph_bytes(h, 1, h->n);
    return own > 2 * (cache->paragraphs - own);
}

static uint32_t hints_of_node(const struct body *b, struct cache *cache, size_t i)
{
    const struct html_node *n = &b->h->nodes[i];
    uint32_t hints = hints_of_tag(n->tag);
    if ((n->tag == TAG_BUTTON && heads(b->h, i)) ||
        (n->tag == TAG_TEMPLATE && html_has_attr(b->h, i, S("shadowrootmode"))) ||
        (n->tag == TAG_NOSCRIPT && is_only_text(b->h, cache, i)) ||
        (n->tag == TAG_FIGURE && !has_picture(b->h, i)) || (n->tag == TAG_A && is_post(b, i)))
        hints = 0;
    if (n->tag == TAG_SUP && is_note_mark(b->h, i))
        return HINT_SKIP;
    if (hints & HINT_SKIP || n->tag == TAG_HTML || n->tag == TAG_BODY)
        return hints;
    if (n->tag == TAG_OTHER && str_find_char(n->text, '-', 0) != STR_NONE)
        hints |= hints_of_value(cache, n->text);
    for (size_t k = n->attr; k < (size_t)n->attr + n->n_attrs; k++)
        hints |= hints_of_attr(cache, &b->h->attrs[k]);
    if (hints & HINT_SKIP && is_heading(n->tag)) /* a heading that unfolds its section */
        hints &= ~(uint32_t)HINT_SKIP;
    if (n->tag == TAG_TD || n->tag == TAG_TH || n->tag == TAG_TR || n->tag == TAG_TABLE ||
        n->tag == TAG_TBODY)
        hints &= ~(uint32_t)(HINT_CAPTION | HINT_BYLINE | HINT_SHARE |
                             HINT_TAGS); /* columns, not roles */
    return hints;
}

void body_hints(struct body *b)
{
    struct cache cache;
    struct map hidden = body_sheet(b->a, b->h);
    memset(cache.slots, 0, sizeof cache.slots);
    cache.paragraphs = 0;
    memset(cache.names, 0, sizeof cache.names);
    cache.hidden = &hidden;
    b->hints = arena_array(b->a, b->h->n + 1, sizeof *b->hints);
    for (size_t i = 1; i < b->h->n; i++)
        if (b->h->nodes[i].tag != TAG_TEXT)
            b->hints[i] = hints_of_node(b, &cache, i);
}
