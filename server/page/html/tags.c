/* Names of elements and their numbers. */
#include "page/html/html.h"

#include <pthread.h>
#include <string.h>

enum { NAME_MAX_TAG = 15, TAG_SLOTS = 512 };

static const char *const tag_names[TAG_COUNT] = {[TAG_A] = "a",
                                                 [TAG_ABBR] = "abbr",
                                                 [TAG_B] = "b",
                                                 [TAG_BR] = "br",
                                                 [TAG_CITE] = "cite",
                                                 [TAG_CODE] = "code",
                                                 [TAG_EM] = "em",
                                                 [TAG_FONT] = "font",
                                                 [TAG_I] = "i",
                                                 [TAG_IMG] = "img",
                                                 [TAG_LABEL] = "label",
                                                 [TAG_Q] = "q",
                                                 [TAG_S] = "s",
                                                 [TAG_SMALL] = "small",
                                                 [TAG_SPAN] = "span",
                                                 [TAG_STRONG] = "strong",
                                                 [TAG_SUB] = "sub",
                                                 [TAG_SUP] = "sup",
                                                 [TAG_TIME] = "time",
                                                 [TAG_U] = "u",
                                                 [TAG_WBR] = "wbr",
                                                 [TAG_AUDIO] = "audio",
                                                 [TAG_BUTTON] = "button",
                                                 [TAG_CANVAS] = "canvas",
                                                 [TAG_EMBED] = "embed",
                                                 [TAG_IFRAME] = "iframe",
                                                 [TAG_INPUT] = "input",
                                                 [TAG_NOSCRIPT] = "noscript",
                                                 [TAG_OBJECT] = "object",
                                                 [TAG_RP] = "rp",
                                                 [TAG_RT] = "rt",
                                                 [TAG_SCRIPT] = "script",
                                                 [TAG_SELECT] = "select",
                                                 [TAG_STYLE] = "style",
                                                 [TAG_SVG] = "svg",
                                                 [TAG_TEMPLATE] = "template",
                                                 [TAG_TEXTAREA] = "textarea",
                                                 [TAG_VIDEO] = "video",
                                                 [TAG_BASE] = "base",
                                                 [TAG_HEAD] = "head",
                                                 [TAG_LINK] = "link",
                                                 [TAG_META] = "meta",
                                                 [TAG_TITLE] = "title",
                                                 [TAG_ADDRESS] = "address",
                                                 [TAG_ARTICLE] = "article",
                                                 [TAG_ASIDE] = "aside",
                                                 [TAG_BLOCKQUOTE] = "blockquote",
                                                 [TAG_BODY] = "body",
                                                 [TAG_CAPTION] = "caption",
                                                 [TAG_CENTER] = "center",
                                                 [TAG_DD] = "dd",
                                                 [TAG_DETAILS] = "details",
                                                 [TAG_DIALOG] = "dialog",
                                                 [TAG_DIV] = "div",
                                                 [TAG_DL] = "dl",
                                                 [TAG_DT] = "dt",
                                                 [TAG_FIELDSET] = "fieldset",
                                                 [TAG_FIGCAPTION] = "figcaption",
                                                 [TAG_FIGURE] = "figure",
                                                 [TAG_FOOTER] = "footer",
                                                 [TAG_FORM] = "form",
                                                 [TAG_FRAMESET] = "frameset",
                                                 [TAG_H1] = "h1",
                                                 [TAG_H2] = "h2",
                                                 [TAG_H3] = "h3",
                                                 [TAG_H4] = "h4",
                                                 [TAG_H5] = "h5",
                                                 [TAG_H6] = "h6",
                                                 [TAG_HEADER] = "header",
                                                 [TAG_HGROUP] = "hgroup",
                                                 [TAG_HR] = "hr",
                                                 [TAG_HTML] = "html",
                                                 [TAG_LI] = "li",
                                                 [TAG_MAIN] = "main",
                                                 [TAG_MENU] = "menu",
                                                 [TAG_NAV] = "nav",
                                                 [TAG_OL] = "ol",
                                                 [TAG_OPTION] = "option",
                                                 [TAG_P] = "p",
                                                 [TAG_PRE] = "pre",
                                                 [TAG_SECTION] = "section",
                                                 [TAG_SUMMARY] = "summary",
                                                 [TAG_TABLE] = "table",
                                                 [TAG_TBODY] = "tbody",
                                                 [TAG_TD] = "td",
                                                 [TAG_TFOOT] = "tfoot",
                                                 [TAG_TH] = "th",
                                                 [TAG_THEAD] = "thead",
                                                 [TAG_TR] = "tr",
                                                 [TAG_UL] = "ul"};

static uint8_t slots[TAG_SLOTS], lengths[TAG_COUNT];
static pthread_once_t once = PTHREAD_ONCE_INIT;

static unsigned name_hash(const char *name, size_t n)
{
    unsigned h = 0;
    for (size_t i = 0; i < n; i++)
        h = h * 31 + (unsigned char)name[i];
    return h % TAG_SLOTS;
}

static void fill_slots(void)
{
    for (unsigned t = TAG_A; t < TAG_COUNT; t++) {
        lengths[t] = (uint8_t)strlen(tag_names[t]);
        unsigned at = name_hash(tag_names[t], lengths[t]);
        while (slots[at])
            at = (at + 1) % TAG_SLOTS;
        slots[at] = (uint8_t)t;
    }
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

enum html_tag html_tag_of(struct str tag)
{
    const char *p = tag.p;
    size_t n = tag.n;
    char name[NAME_MAX_TAG];
    pthread_once(&once, fill_slots);
    if (n > sizeof name)
        return TAG_OTHER;
    for (size_t i = 0; i < n; i++)
        name[i] = lower(p[i]);
    for (unsigned at = name_hash(name, n); slots[at]; at = (at + 1) % TAG_SLOTS) {
        if (lengths[slots[at]] == n && memcmp(tag_names[slots[at]], name, n) == 0)
            return (enum html_tag)slots[at];
    }
    return TAG_OTHER;
}

struct str html_tag_name(enum html_tag tag)
{
    return str_of(tag_names[tag]);
}
