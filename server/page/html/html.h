/* A small, forgiving HTML parser: what a reader of articles needs of the WHATWG algorithm, in one
 * pass over the bytes and without recursion.
 *
 * The tree is one array in document order: the subtree of node i is nodes[i .. nodes[i].end).
 * Texts and attribute values are slices of the input, entities unresolved. Unclosed and misnested
 * tags are closed where browsers close them in all but pathological pages; formatting elements are
 * not reopened, tables not fostered. Nesting beyond HTML_DEPTH is flattened. */
#ifndef PAGE_HTML_HTML_H
#define PAGE_HTML_HTML_H

#include "base/arena.h"
#include "base/err.h"

enum { HTML_DEPTH = 400, HTML_NODES = 3000000 };

/* Elements with a meaning for the reader; TAG_TEXT is a piece of text, TAG_OTHER any other. */
enum html_tag {
    TAG_TEXT,
    TAG_OTHER,
    /* inline */
    TAG_A,
    TAG_ABBR,
    TAG_B,
    TAG_BR,
    TAG_CITE,
    TAG_CODE,
    TAG_EM,
    TAG_FONT,
    TAG_I,
    TAG_IMG,
    TAG_LABEL,
    TAG_Q,
    TAG_S,
    TAG_SMALL,
    TAG_SPAN,
    TAG_STRONG,
    TAG_SUB,
    TAG_SUP,
    TAG_TIME,
    TAG_U,
    TAG_WBR,
    /* not for reading */
    TAG_AUDIO,
    TAG_BUTTON,
    TAG_CANVAS,
    TAG_EMBED,
    TAG_IFRAME,
    TAG_INPUT,
    TAG_NOSCRIPT,
    TAG_OBJECT,
    TAG_RP,
    TAG_RT,
    TAG_SCRIPT,
    TAG_SELECT,
    TAG_STYLE,
    TAG_SVG,
    TAG_TEMPLATE,
    TAG_TEXTAREA,
    TAG_VIDEO,
    /* head */
    TAG_BASE,
    TAG_HEAD,
    TAG_LINK,
    TAG_META,
    TAG_TITLE,
    /* blocks */
    TAG_ADDRESS,
    TAG_ARTICLE,
    TAG_ASIDE,
    TAG_BLOCKQUOTE,
    TAG_BODY,
    TAG_CAPTION,
    TAG_CENTER,
    TAG_DD,
    TAG_DETAILS,
    TAG_DIALOG,
    TAG_DIV,
    TAG_DL,
    TAG_DT,
    TAG_FIELDSET,
    TAG_FIGCAPTION,
    TAG_FIGURE,
    TAG_FOOTER,
    TAG_FORM,
    TAG_FRAMESET,
    TAG_H1,
    TAG_H2,
    TAG_H3,
    TAG_H4,
    TAG_H5,
    TAG_H6,
    TAG_HEADER,
    TAG_HGROUP,
    TAG_HR,
    TAG_HTML,
    TAG_LI,
    TAG_MAIN,
    TAG_MENU,
    TAG_NAV,
    TAG_OL,
    TAG_OPTION,
    TAG_P,
    TAG_PRE,
    TAG_SECTION,
    TAG_SUMMARY,
    TAG_TABLE,
    TAG_TBODY,
    TAG_TD,
    TAG_TFOOT,
    TAG_TH,
    TAG_THEAD,
    TAG_TR,
    TAG_UL,
    TAG_COUNT
};

struct html_attr {
    struct str name, value; /* as written */
};

struct html_node {
    struct str text;      /* of TAG_TEXT, and of script, style, title and textarea */
    uint32_t parent, end; /* the root's parent is itself */
    uint32_t attr;        /* its first attribute */
    uint16_t n_attrs, depth;
    uint8_t tag;
};

struct html {
    struct html_node *nodes; /* node 0 is a root that is no element */
    struct html_attr *attrs;
    size_t n, cap, n_attrs, cap_attrs;
};

/* Parses; the slices of `h` point into `text`. Fails only on a page of more than HTML_NODES. */
bool html_parse(struct str text, struct html *h, struct err *err);
void html_finish(struct html *h);

/* An attribute's value as written; empty if absent. Names are compared without case. */
struct str html_attr(const struct html *h, size_t node, struct str name);
bool html_has_attr(const struct html *h, size_t node, struct str name);
bool tag_is_block(unsigned tag);

/* The tag with this name in any case, TAG_OTHER if it is none of ours; and a tag's name. */
enum html_tag html_tag_of(struct str name);
struct str html_tag_name(enum html_tag tag);

/* Entities resolved, white space single, ends trimmed. */
struct str html_value(struct arena *a, struct str raw);
/* The same for all text below a node. */
struct str html_text(struct arena *a, const struct html *h, size_t node);
/* The same for a heading, without what stands in it besides the headline: small print, times,
 * paragraphs, and elements whose own hints (by node) have one of `skip`. */
struct str html_headline(struct arena *a, const struct html *h, size_t node, const uint32_t *hints,
                         uint32_t skip);
/* Appends raw text with entities resolved, white space as it stands. */
struct buf;
void html_decode(struct buf *out, struct str raw);

#endif
