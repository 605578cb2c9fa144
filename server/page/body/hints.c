/* What elements say of themselves: tag, class, id, role, itemprop. Words come from words/hints.txt;
 * none of them names a site. */
#include "page/body/body.h"
#include "page/text/words.h"

#include <string.h>

enum { CACHE_SLOTS = 2048, PARTS_MAX = 12, PART_BYTES = 64 };

struct cached {
    struct str value;
    uint32_t hints;
};

static uint32_t hint_named(struct str kind)
{
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
            return kinds[i].hint;
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

/* One class name: its parts, neighbours written together, and all of it. */
static uint32_t hints_of_name(struct str name)
{
    char store[PART_BYTES];
    struct str parts[PARTS_MAX], kind;
    size_t n = cut_parts(name, store, parts);
    uint32_t hints = 0, together = 0;
    if (n == 0 || (n > 1 && is_switch(parts[0])))
        return 0;
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

static uint32_t hints_of_value(struct cached *cache, struct str value)
{
    struct cached *slot = &cache[str_hash(value) % CACHE_SLOTS];
    if (value.n == 0 || str_eq(slot->value, value))
        return value.n ? slot->hints : 0;
    uint32_t hints = 0;
    struct str rest = value;
    for (struct str name; str_split(&rest, ' ', &name);)
        hints |= hints_of_name(name);
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
        return HINT_SKIP;
    case TAG_A:
        return HINT_LINK;
    case TAG_ASIDE:
    case TAG_FOOTER:
        return HINT_FRAME;
    case TAG_FIGURE:
    case TAG_FIGCAPTION:
    case TAG_CAPTION:
        return HINT_CAPTION;
    case TAG_ADDRESS:
        return HINT_BYLINE;
    case TAG_DIALOG:
        return HINT_SIGNUP;
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
        return HINT_FRAME;
    if (str_eq(role, S("dialog")) || str_eq(role, S("alertdialog")))
        return HINT_SIGNUP;
    return str_eq(role, S("main")) || str_eq(role, S("article")) ? HINT_ARTICLE : 0;
}

static bool style_hides(struct str style)
{
    size_t at = str_find(style, S("display"), 0);
    if (at == STR_NONE)
        return false;
    for (at += 7; at < style.n && (style.p[at] == ' ' || style.p[at] == ':');)
        at++;
    return str_starts(str_slice(style, at, style.n), S("none"));
}

static uint32_t hints_of_attr(struct cached *cache, const struct html_attr *x)
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
        return str_eq_case(name, S("style")) && style_hides(value) ? HINT_HIDDEN : 0;
    case 6:
        return str_eq_case(name, S("hidden")) ? HINT_HIDDEN : 0;
    case 8:
        if (!str_eq_case(name, S("itemprop")))
            return str_eq_case(name, S("itemtype")) && str_ends(value, S("Comment")) ? HINT_COMMENT
                                                                                     : 0;
        if (str_eq_case(value, S("articleBody")))
            return HINT_BODY;
        return str_eq_case(value, S("author")) || str_starts(value, S("datePublished"))
                   ? HINT_BYLINE
                   : 0;
    case 11:
        return str_eq_case(name, S("aria-hidden")) && str_eq_case(value, S("true")) ? HINT_HIDDEN
                                                                                    : 0;
    default:
        return 0;
    }
}

void body_hints(struct body *b)
{
    struct cached cache[CACHE_SLOTS];
    memset(cache, 0, sizeof cache);
    b->hints = arena_array(b->a, b->h->n + 1, sizeof *b->hints);
    for (size_t i = 1; i < b->h->n; i++) {
        const struct html_node *n = &b->h->nodes[i];
        if (n->tag == TAG_TEXT)
            continue;
        uint32_t hints = hints_of_tag(n->tag);
        if (!(hints & HINT_SKIP) && n->tag != TAG_HTML && n->tag != TAG_BODY)
            for (size_t k = n->attr; k < (size_t)n->attr + n->n_attrs; k++)
                hints |= hints_of_attr(cache, &b->h->attrs[k]);
        if (n->tag == TAG_TD || n->tag == TAG_TH || n->tag == TAG_TR || n->tag == TAG_TABLE ||
            n->tag == TAG_TBODY)
            hints &= ~(uint32_t)(HINT_CAPTION | HINT_BYLINE | HINT_SHARE |
                                 HINT_TAGS); /* columns, not roles */
        b->hints[i] = hints;
    }
}
