/* Compression by zlib: see pack.h. */
#include "base/pack.h"

#include "base/buf.h"

#include <stdlib.h>
#include <zlib.h>

/* Of what is large the fastest: on 195 news pages (37 MB) it costs a third of the usual level's
 * time and a tenth more room. */
enum { LARGE = 64 << 10, FAST = 1, USUAL = 6 };

struct str bytes_pack(struct arena *a, struct str bytes)
{
    uLongf n = compressBound(bytes.n);
    char *out = arena_alloc(a, n + 1);
    /* With room for the bound only a lack of memory can stop it. */
    if (compress2((Bytef *)out, &n, (const Bytef *)(bytes.n ? bytes.p : ""), bytes.n,
                  bytes.n < LARGE ? USUAL : FAST) != Z_OK)
        out_of_memory();
    return (struct str){out, n};
}

bool bytes_unpack(struct arena *a, struct str packed, size_t size, struct str *out, struct err *err)
{
    uLongf n = size;
    char *bytes = arena_alloc(a, size + 1);
    if (uncompress((Bytef *)bytes, &n, (const Bytef *)packed.p, packed.n) != Z_OK || n != size)
        return fail(err, ERR_IO, "the kept bytes are damaged");
    bytes[n] = 0;
    *out = (struct str){bytes, n};
    return true;
}

/* zlib looks back 32 KB. */
static struct str last_of(struct str like)
{
    enum { WINDOW = 32 << 10 };
    return str_slice(like, like.n > WINDOW ? like.n - WINDOW : 0, like.n);
}

struct str bytes_pack_like(struct arena *a, struct str bytes, struct str like)
{
    z_stream z = {.next_in = (Bytef *)(uintptr_t)bytes.p, .avail_in = (uInt)bytes.n};
    struct str dictionary = last_of(like);
    if (deflateInit(&z, bytes.n < LARGE ? USUAL : FAST) != Z_OK)
        out_of_memory();
    deflateSetDictionary(&z, (const Bytef *)dictionary.p, (uInt)dictionary.n);
    size_t room = deflateBound(&z, bytes.n);
    char *out = arena_alloc(a, room + 1);
    z.next_out = (Bytef *)out;
    z.avail_out = (uInt)room;
    if (deflate(&z, Z_FINISH) != Z_STREAM_END)
        out_of_memory();
    deflateEnd(&z);
    return (struct str){out, room - z.avail_out};
}

/* A bit of the second byte (RFC 1950, FDICT). */
bool bytes_packed_like(struct str packed)
{
    return packed.n > 1 && packed.p[1] & 0x20;
}

bool bytes_unpack_like(struct arena *a, struct str packed, size_t size, struct str like,
                       struct str *out)
{
    z_stream z = {.next_in = (Bytef *)(uintptr_t)packed.p, .avail_in = (uInt)packed.n};
    struct str dictionary = last_of(like);
    char *bytes = arena_alloc(a, size + 1);
    if (inflateInit(&z) != Z_OK)
        out_of_memory();
    z.next_out = (Bytef *)bytes;
    z.avail_out = (uInt)size;
    int code = inflate(&z, Z_FINISH);
    if (code == Z_NEED_DICT &&
        inflateSetDictionary(&z, (const Bytef *)dictionary.p, (uInt)dictionary.n) == Z_OK)
        code = inflate(&z, Z_FINISH);
    bool ok = code == Z_STREAM_END && z.avail_out == 0;
    inflateEnd(&z);
    *out = ok ? (struct str){bytes, size} : (struct str){0};
    return ok;
}

bool gunzip(struct arena *a, struct str bytes, size_t limit, struct str *out, struct err *err)
{
    if (bytes.n < 18 || !str_starts(bytes, S("\x1f\x8b\x08"))) {
        *out = bytes;
        return true;
    }
    z_stream z = {.next_in = (Bytef *)(uintptr_t)bytes.p, .avail_in = (uInt)bytes.n};
    struct buf all = {0};
    int code = inflateInit2(&z, 15 + 16);
    while (code == Z_OK && all.n <= limit) {
        enum { STEP = 1 << 16 };
        z.next_out = (Bytef *)buf_reserve(&all, STEP);
        z.avail_out = STEP;
        code = inflate(&z, Z_NO_FLUSH);
        all.n += STEP - z.avail_out;
    }
    inflateEnd(&z);
    bool ok = code == Z_STREAM_END && all.n <= limit;
    if (ok)
        *out = arena_str(a, buf_str(&all));
    else if (all.n > limit)
        fail(err, ERR_TOO_LARGE, "it unpacks to more than %zu MB", limit >> 20);
    else
        fail(err, ERR_INVALID, "the compressed file is damaged");
    buf_finish(&all);
    return ok;
}
