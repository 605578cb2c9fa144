/* The steps by which the body of an HTML page is found: page -> blocks -> container -> article.
 *
 * A block is a run of text between two block boundaries: a paragraph, a heading, an item, a cell.
 * Blocks stand in document order, so the blocks below any node are one range of the array. */
#ifndef PAGE_BODY_BODY_H
#define PAGE_BODY_BODY_H

#include "page/html/html.h"

/* What an element or one of its ancestors is, as its tag, class, id or role says. */
enum hint {
    HINT_SKIP = 1 << 0,    /* never read: script, navigation, form controls */
    HINT_HIDDEN = 1 << 1,  /* not shown */
    HINT_LINK = 1 << 2,    /* inside <a> */
    HINT_COMMENT = 1 << 3, /* readers' comments */
    HINT_RELATED = 1 << 4, /* other articles */
    HINT_AD = 1 << 5,
    HINT_SHARE = 1 << 6,
    HINT_CAPTION = 1 << 7,  /* caption or credit of a picture, player, gallery */
    HINT_BYLINE = 1 << 8,   /* author, date */
    HINT_TAGS = 1 << 9,     /* keywords */
    HINT_SIGNUP = 1 << 10,  /* newsletter, subscription, consent */
    HINT_FRAME = 1 << 11,   /* footer, sidebar, page header, menu */
    HINT_BODY = 1 << 12,    /* says that it is the article's body */
    HINT_ARTICLE = 1 << 13, /* an article, the main part */
    HINT_HEADING = 1 << 14, /* the article's own header */
    HINT_PAYWALL = 1 << 15,
    HINT_KICKER = 1 << 16, /* the line above or below a headline */
    HINT_OPENED = 1 << 17, /* opens with a heading over other articles */
    HINT_ARIA = 1 << 18,   /* kept from screen readers, which says little of what is seen */
    HINT_SURE = 1 << 19,   /* its bad hints are not only words for how a thing is shown */
    HINT_BAD = HINT_SKIP | HINT_HIDDEN | HINT_COMMENT | HINT_RELATED | HINT_AD | HINT_SHARE |
               HINT_CAPTION | HINT_BYLINE | HINT_TAGS | HINT_SIGNUP | HINT_FRAME
};

struct block {
    struct str text;      /* entities resolved, white space single; "\n" for a line break */
    uint32_t node;        /* the nearest block element */
    uint32_t first, last; /* its first and last text node */
    uint32_t link_bytes;  /* bytes of text inside links */
    uint32_t hints;       /* of the node and all its ancestors */
    uint8_t tag;          /* of the nearest of p, h1-6, li, blockquote, td, dd, ...; else TAG_DIV */
    bool chosen;          /* it is of the article's text */
    bool told;            /* the page's structured data contains it */
    bool signature;       /* who is quoted in the block before it */
    bool display;         /* set as a heading, though it is a sentence */
    float score;          /* how much it looks like an article's prose, about bytes */
};

struct body {
    const struct html *h;
    struct arena *a;
    struct block *blocks;
    size_t n;
    uint32_t *hints;    /* by node: own ones, then own and inherited */
    uint32_t *own;      /* by node: own ones alone, those that are believed */
    float *sums;        /* sums[i]: score of blocks before i */
    size_t *links;      /* links[i]: bytes of links in blocks before i */
    uint32_t *firsts;   /* by node: the first block at or after it */
    struct str title;   /* the page's best title, to know the headline's place */
    struct str head;    /* the title as the page's head tells it, or empty */
    struct str outlet;  /* its name, or empty */
    struct str deck;    /* the standfirst under the headline, no part of the text */
    struct str article; /* articleBody of the structured data, or empty */
};

/* Own hints of every element (into b->hints). */
void body_hints(struct body *b);
/* Cuts the page into blocks and scores them; needs hints. */
void body_blocks(struct body *b);
/* The element that holds the article, 0 if nothing looks like one. */
size_t body_container(struct body *b);
/* Chooses the blocks of the article, around and inside the container. */
void body_select(struct body *b, size_t container);
/* Bytes of running prose without links that was not chosen, though readers of the page see it and
 * it is nobody's comment; into `text`, unless it is NULL, such paragraphs and single ones, parted
 * by a blank line. */
struct buf;
size_t body_rest(const struct body *b, struct buf *text);
/* Marks blocks whose words stand in b->article. */
void body_told(struct body *b);

/* Blocks that the structured data contains are the article's, whatever encloses them. */
void body_believe_told(struct body *b);

/* The article's text, as markup, in the data that the page's scripts show; empty if there is none.
 */
struct str body_of_state(struct arena *a, const struct html *h, struct str title);

/* Blocks below a node: [*from, *to). */
void body_range(const struct body *b, size_t node, size_t *from, size_t *to);
float body_score(const struct body *b, size_t node);

#endif
