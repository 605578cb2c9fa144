/* Bytes kept small: zlib (RFC 1950) as one piece. */
#ifndef BASE_PACK_H
#define BASE_PACK_H

#include "base/arena.h"
#include "base/err.h"

/* `bytes` compressed, in the arena; never fails. */
struct str bytes_pack(struct arena *a, struct str bytes);
/* What was packed: exactly `size` bytes, in the arena. ERR_IO when it is damaged. */
bool bytes_unpack(struct arena *a, struct str packed, size_t size, struct str *out,
                  struct err *err);
/* The same, told in the words of another text, without which they cannot be unpacked: for bytes
 * that hold most of it, such as a page that is hardly more than its article. */
struct str bytes_pack_like(struct arena *a, struct str bytes, struct str like);
/* Were they packed like another text? */
bool bytes_packed_like(struct str packed);
/* Either kind; `like` is the same text as then. */
bool bytes_unpack_like(struct arena *a, struct str packed, size_t size, struct str like,
                       struct str *out);
/* Bytes that gzip made (RFC 1952), unpacked up to `limit`; other bytes come back as they are.
 * ERR_TOO_LARGE over the limit, ERR_INVALID when they are damaged. */
bool gunzip(struct arena *a, struct str bytes, size_t limit, struct str *out, struct err *err);

#endif
