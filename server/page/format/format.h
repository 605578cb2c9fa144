/* One reader for each format of an article; page.h is the face. */
#ifndef PAGE_FORMAT_FORMAT_H
#define PAGE_FORMAT_FORMAT_H

#include "base/buf.h"
#include "page/page.h"

/* A plain-text export, decoded and cleaned: see PAGE_TEXT. `headed`: its first line is the title,
 * whatever it looks like. */
bool plain_read(struct arena *a, struct str text, bool headed, struct page *out, struct err *err);

/* lead.c: does a text's first line read as the report's first sentence rather than as a headline?
 */
bool lead_is(struct str line);
/* A title from such a line: its first sentence without the full stop, shortened at a word. */
struct str lead_title(struct arena *a, struct str line);

/* The readable part of a saved page (MHTML) or a mail, unpacked but not decoded to UTF-8. */
struct mime {
    struct str bytes, content_type;
    struct str location; /* the page's address, or empty */
    struct str subject, date;
    struct str from; /* the sender's line, decoded */
    int rank;        /* 2 html, 1 plain text */
    bool mail;       /* no saved page: its subject is its headline */
};

/* False if the bytes are no such file, or one without a readable part. */
bool mime_read(struct arena *a, struct str bytes, struct mime *out);

/* The first article in a JSON text: see record.h. */
bool json_read(struct arena *a, struct str bytes, struct page *page, struct err *err);
/* An article that came as fields. What is empty there is looked for in its text. */
struct record;
bool page_of_record(struct arena *a, const struct record *record, struct page *page,
                    struct err *err);

/* Front matter at the top, or said to be Markdown; and reading it, decoded. */
bool markdown_is_likely(struct str bytes, struct str content_type);
bool markdown_read(struct arena *a, struct str text, struct page *page, struct err *err);

/* A PDF, through poppler's pdftotext. */
bool pdf_read(struct arena *a, struct str bytes, struct page *page, struct err *err);

/* An HTML page, decoded: see PAGE_HTML. */
bool html_read(struct arena *a, struct str text, struct page *out, struct err *err);

#endif
