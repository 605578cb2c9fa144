/* A PDF's lines with their places, between its readers: pdf_lines.c finds them, pdf_order.c brings
 * them into the order of reading, pdf.c makes paragraphs. */
#ifndef PAGE_FORMAT_PDF_H
#define PAGE_FORMAT_PDF_H

#include "page/format/format.h"

struct pdf_line {
    struct str text;
    double left, right, top, bottom;
    double size; /* height of its words, in points */
    double edge; /* how near the page's upper or lower end, as a share of its height */
    double block_left, block_right, block_top, block_bottom;
    int page, block;
    bool soft; /* ended in a soft hyphen, which is taken off: the word goes on in the next line */
    bool drop, title;
};

struct pdf {
    struct arena *a;
    struct pdf_line *lines;
    size_t n, cap;
    double size; /* of most lines */
    double page_width, page_height;
    int initials; /* looked at so far */
    struct page *out;
};

/* An article from the XML that pdftotext -bbox-layout writes, whatever is in it. */
bool pdf_read_xml(struct arena *a, struct str xml, struct page *page, struct err *err);

/* The lines and the author and day of pdftotext's XML. */
void pdf_lines(struct pdf *p, struct str xml);
/* Columns one after the other; initials over several lines go to the words they begin. */
void pdf_order(struct pdf *p);

/* hyphen.c: what joins a line that ends in a hyphen to the next one. */
enum hyphen { HYPHEN_DROP, HYPHEN_KEEP, HYPHEN_SPACE };
/* The words of the text at hand, by which hyphens are judged first. */
struct hyphen_words {
    struct arena *a;
    struct map *known;
};
/* Notes the words of a line, but not its last one if a hyphen ends it. */
void hyphen_note(struct hyphen_words *w, struct str line);
/* Is the word, in two parts (the second may be empty), among them? */
bool hyphen_knows(const struct hyphen_words *w, struct str first, struct str second);
/* "well-" and "known pier": keep; "engi-" and "neers": drop; "pre-" and "and post-": a blank. */
enum hyphen hyphen_judge(const struct hyphen_words *w, struct str line, struct str next);

#endif
