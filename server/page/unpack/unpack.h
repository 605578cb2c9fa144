/* Files that hold several articles: zip and tar archives (also gzipped), WARC files, CSV tables,
 * JSON and JSON Lines, mbox files; archives may hold each other, some levels deep.
 *
 * One pass hands the members on one by one, so memory is bounded by the largest. What is counted is
 * what really comes out, never what an archive says of itself: bytes in all, bytes a member, their
 * ratio to the bytes that went in, members, levels. A bad member is handed on with its problem and
 * the next follows; a damaged archive gives what stands before the damage. */
#ifndef PAGE_UNPACK_UNPACK_H
#define PAGE_UNPACK_UNPACK_H

#include "base/map.h"
#include "page/record/record.h"

enum unpack_kind {
    UNPACK_NONE,    /* one article, or nothing that is known here */
    UNPACK_ARCHIVE, /* zip, tar, gzip, and WARC in any of them */
    UNPACK_CSV,
    UNPACK_JSON,
    UNPACK_MBOX, /* mails one behind the other */
    UNPACK_OTHER /* an archive that is not read: rar, 7z, xz, ... */
};
/* By the first bytes (512 are enough), and for tables by name or content type. What was unpacked
 * once (unpack_leaf_type) is never unpacked again. */
enum unpack_kind unpack_kind(struct str head, struct str name, struct str content_type);

enum {
    UNPACK_MEMBER = 16 << 20, /* the largest member that is read */
    UNPACK_RATIO = 100,       /* bytes out of one byte in, ... */
    UNPACK_FREE = 16 << 20,   /* once so many are out */
    UNPACK_MEMBERS = 100000,
    UNPACK_LEVELS = 3
};

/* A file by its path, or (path NULL) bytes at hand. */
struct unpack_source {
    const char *path;
    struct str bytes;
    struct str name, content_type;
    struct record_map map; /* for tables */
    size_t most;           /* bytes that may come out in all */
};

/* One member; what it holds lives only during the call. */
struct unpack_member {
    struct str name;         /* "archive.zip/folder/page.html", "table.csv row 7" */
    struct str bytes;        /* not empty unless there is a problem */
    struct str content_type; /* from the WARC record or the member's suffix; or empty */
    struct str url;          /* where it came from, if known; or empty */
    struct str problem;      /* a sentence: it cannot be read */
};
struct unpack_sink {
    /* Returning false ends the unpacking. */
    bool (*take)(struct unpack_sink *sink, const struct unpack_member *member);
};
/* Unpacks what unpack_kind calls one of the above. False when the sink ended it. Whatever else
 * goes wrong is handed on as a member with a problem. */
bool unpack(const struct unpack_source *source, struct unpack_sink *sink);

/* The content type of a member on its way through the queue. */
struct str unpack_leaf_type(struct arena *a, struct str content_type);

/* May the name be that of an article or of something that holds some, by its suffix? */
bool name_is_readable(struct str name);
/* May they be the first bytes of one, whatever its name: a page, a feed, a mail, a PDF, something
 * that is unpacked? (A text cannot be told from a program's files.) */
bool head_is_readable(struct str head);
/* text/markdown, application/pdf, ... by the suffix, where the bytes alone do not tell. */
struct str name_content_type(struct str name);

/* Names of the files of one run (a table of their hashes), to know the folder of parts beside a
 * "complete" saved page: "a/story_files/ad.html" is a part if there is an "a/story.html". */
void name_add(struct arena *a, struct map *names, struct str name);
bool name_is_part(const struct map *names, struct str name);

/* ---- articles that a site splits over several pages -------------------------------------------
 *
 * Told by addresses: the next page's is the page's own with the next number in one of the usual
 * places, and a link of the page (rel=next, rel=prev, or the number itself) leads to it. Paginated
 * comments and neighbouring articles do not qualify. */
enum { SPLIT_PAGES = 30 };

struct split_place {
    struct str base; /* the address without the number: the same for all pages of an article */
    unsigned number; /* from 1 */
    struct str next; /* address of the next page, or empty on the last */
};

/* False if the page is not one of several. `url` may be empty: then the page's own word is taken.
 * Cheap for pages without any such link. */
bool split_find(struct arena *a, struct str bytes, struct str content_type, struct str url,
                struct split_place *out);

struct split_page {
    struct str url, content_type, bytes;
};
/* The pages as they are in one text (MIME multipart/mixed), which page_read reads as one article:
 * what page 1 says of title, author and day holds, and the others' paragraphs follow its own. */
struct str split_join(struct arena *a, const struct split_page *pages, size_t n);
/* The pages of such a text; false if it is none. Slices of `joined`. */
bool split_parts(struct str joined, struct split_page pages[SPLIT_PAGES], size_t *n);

/* One text of two pages of an article: paragraphs of `more` that `text` has already are left out
 * (headlines, standfirsts, boxes). The same text if nothing new stands in it. */
struct str split_append(struct arena *a, struct str text, struct str more);

#endif
