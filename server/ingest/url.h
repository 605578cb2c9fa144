/* Addresses of pages: parts, and relative ones made absolute. After RFC 3986, section 5. */
#ifndef INGEST_URL_H
#define INGEST_URL_H

#include "base/arena.h"

/* The host in lower case without user, port and a leading "www.", or empty. */
struct str url_domain(struct arena *a, struct str url);
/* `link` as seen on the page at `base`; empty for an empty link and
 * unless the result is http or https. */
struct str url_resolve(struct arena *a, struct str base, struct str link);
/* The path, "/" at least, without query and fragment. */
struct str url_path(struct str url);
/* http or https, with a host, without white space and control bytes. */
bool url_is_web(struct str url);

#endif
