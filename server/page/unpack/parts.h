/* What the unpackers share; unpack.h is their face. */
#ifndef PAGE_UNPACK_PARTS_H
#define PAGE_UNPACK_PARTS_H

#include "base/buf.h"
#include "page/unpack/unpack.h"

#include <stdio.h>
#include <stdlib.h>
#include <zlib.h>

/* One unpacking from the outermost file down. */
struct unpacking {
    const struct unpack_source *source;
    struct unpack_sink *sink;
    size_t in, out; /* bytes of the outermost file; bytes that came out so far */
    size_t members;
    bool ended;   /* by the sink, or by a limit that was reported */
    bool stopped; /* by the sink */
};

/* Hands a member on, or opens it if it holds others. False when all is to end. */
bool unpack_member(struct unpacking *u, const struct unpack_member *m, int level);
/* A member that is only a problem. */
bool unpack_problem(struct unpacking *u, struct str name, const char *sentence);
/* Counts what came out; false, with the problem reported to the sink, when it is too much. */
bool unpack_count(struct unpacking *u, struct str name, size_t bytes);

/* Zip, tar, gzip, WARC. `path` may be NULL: then the bytes. */
bool unpack_archive(struct unpacking *u, const char *path, struct str bytes, struct str name,
                    int level);

/* Mails one behind the other, each after a line "From address day" (mboxo, mboxrd)? */
bool mbox_is(struct str head);
/* Hands its mails on. */
void unpack_mbox(struct unpacking *u, struct str bytes, struct str name);

/* A stream of bytes, decoded where they are gzip. */
struct stream {
    const char *p; /* what was read and not taken */
    size_t n;
    bool failed, end; /* failed: damaged or cut off; what stands before was given */
    FILE *file;       /* or: */
    struct str input;
    z_stream z;
    char *raw, *decoded;
    bool begun, gzip;
};
/* `path` may be NULL: then the bytes. False if the file cannot be opened. */
bool stream_open(struct stream *s, const char *path, struct str bytes);
void stream_close(struct stream *s);
/* More bytes, at least one unless at the end. */
bool stream_fill(struct stream *s);

/* All WARC records of a stream. */
bool unpack_warc(struct unpacking *u, struct stream *s, struct str name);

#endif
