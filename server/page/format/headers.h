/* Headers of mails and saved pages (RFC 5322), and the codings of their values and bodies (RFC
 * 2045, 2047). */
#ifndef PAGE_FORMAT_HEADERS_H
#define PAGE_FORMAT_HEADERS_H

#include "base/arena.h"

/* A header's value with its folded lines joined, or empty. */
struct str header_value(struct arena *a, struct str head, struct str name);
/* Is it the head of a mail: nothing but headers, and those that mails have? */
bool head_is_of_mail(struct arena *a, struct str head);

/* The value as text: encoded words ("=?utf-8?B?...?=") decoded, neighbours of one encoding
 * together, for a character may be cut between them; bytes above ASCII outside of them are of
 * `charset`, a Content-Type, where they are not UTF-8. */
struct str header_text(struct arena *a, struct str value, struct str charset);

/* Quoted-printable; in headers "_" is a blank. */
struct str from_quoted(struct arena *a, struct str s, bool in_header);
/* Base64, and pieces of it one behind the other. */
struct str from_base64(struct arena *a, struct str s);

#endif
