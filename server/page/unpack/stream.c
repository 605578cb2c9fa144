/* A file, or bytes at hand, as a stream; gzip (RFC 1952) with any number of members is inflated by
 * zlib on the way. What could be decoded before a damage is given first. */
#include "page/unpack/parts.h"

enum { BLOCK = 1 << 16 };

bool stream_open(struct stream *s, const char *path, struct str bytes)
{
    *s = (struct stream){.input = bytes};
    if (path && !(s->file = fopen(path, "rbe")))
        return false;
    s->raw = malloc(BLOCK);
    s->decoded = malloc(BLOCK);
    if (!s->raw || !s->decoded)
        out_of_memory();
    return true;
}

void stream_close(struct stream *s)
{
    if (s->file)
        fclose(s->file);
    if (s->gzip)
        inflateEnd(&s->z);
    free(s->raw);
    free(s->decoded);
    *s = (struct stream){0};
}

/* The next block of the file as it is; empty at the end. */
static struct str next_block(struct stream *s)
{
    struct str block = str_slice(s->input, 0, BLOCK);
    if (s->file)
        block = (struct str){s->raw, fread(s->raw, 1, BLOCK, s->file)};
    else
        s->input = str_slice(s->input, block.n, s->input.n);
    return block;
}

/* At the first block: is it gzip? */
static bool begin(struct stream *s, struct str block)
{
    s->begun = true;
    s->gzip = str_starts(block, S("\x1F\x8B"));
    return !s->gzip || inflateInit2(&s->z, MAX_WBITS + 16) == Z_OK;
}

/* One more member behind the first; padding behind the last is no damage. */
static void next_member(struct stream *s)
{
    if (s->z.avail_in == 0) {
        struct str block = next_block(s);
        s->z.next_in = (Bytef *)(uintptr_t)block.p;
        s->z.avail_in = (uInt)block.n;
    }
    bool more = s->z.avail_in && s->z.next_in[0] == 0x1F;
    s->end = !more || inflateReset(&s->z) != Z_OK;
}

static void inflate_more(struct stream *s)
{
    if (s->z.avail_in == 0) {
        struct str block = next_block(s);
        s->z.next_in = (Bytef *)(uintptr_t)block.p;
        s->z.avail_in = (uInt)block.n;
    }
    s->z.next_out = (Bytef *)s->decoded;
    s->z.avail_out = BLOCK;
    bool nothing_left = s->z.avail_in == 0;
    int code = inflate(&s->z, Z_NO_FLUSH);
    s->p = s->decoded;
    s->n = BLOCK - s->z.avail_out;
    if (code == Z_STREAM_END)
        next_member(s);
    else if (code != Z_OK || (nothing_left && s->n == 0))
        s->failed = s->end = true;
}

bool stream_fill(struct stream *s)
{
    while (s->n == 0 && !s->end) {
        if (s->begun && s->gzip) {
            inflate_more(s);
            continue;
        }
        struct str block = next_block(s);
        if (!s->begun && !begin(s, block))
            s->failed = s->end = true;
        else if (s->gzip) {
            s->z.next_in = (Bytef *)(uintptr_t)block.p;
            s->z.avail_in = (uInt)block.n;
        } else {
            s->p = block.p;
            s->n = block.n;
            s->end = block.n == 0;
        }
    }
    return s->n > 0;
}
