/* Addresses of pages: parts, and relative ones made absolute. After RFC 3986, section 5. */
#ifndef BASE_URL_H
#define BASE_URL_H

#include "base/arena.h"

/* The host in lower case without user, port and a leading "www.", or empty. */
struct str url_domain(struct arena *a, struct str url);
/* The host with its port, lower case; empty when the address is none of the web. */
struct str url_host(struct arena *a, struct str url);
/* `link` as seen on the page at `base`; empty for an empty link and
 * unless the result is http or https. */
struct str url_resolve(struct arena *a, struct str base, struct str link);
/* The path, "/" at least, without query and fragment. */
struct str url_path(struct str url);
/* The port where it is not the scheme's own, or empty. */
struct str url_port(struct str url);

/* What an address says of the page: itself, or a view for phones or printers. */
enum url_view { URL_PAGE, URL_AMP, URL_PRINT, URL_MOBILE, URL_VIEW_COUNT };
/* "page", "amp", "print", "mobile". */
extern const char *const url_view_names[URL_VIEW_COUNT];
/* What the addresses of one article have in common: host without "www." and marks of a view, path
 * without its last slash and such marks, query without what only tells where the reader came from;
 * no scheme, and a fragment only where
 * it is an address itself ("#/", "#!"). Empty when it is no web address. */
struct str url_key(struct arena *a, struct str url, enum url_view *view);

/* http or https, with a host, without white space and control bytes. */
bool url_is_web(struct str url);

#endif
