/* Answers that are longer than memory should hold: made by a thread of their own, sent while they
 * are being made, in gzip where the client takes it. What a handler produces is kept until it is
 * STREAM_FROM long; a shorter answer is like any other (it has a length, is compressed and kept).
 * Of a longer one the beginning goes into a file without a name, and what comes is added there, so
 * that a slow client keeps neither the producer waiting nor the store's reading open. A client that
 * has read all there is is put to sleep until there is more. Fails the producer late, the
 * connection is cut in the middle of the answer, which clients notice: its chunks have no end. */
#include "http/parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

enum { STREAM_FROM = 1 << 20, LONG_AT_ONCE = 32 };

struct http_stream {
    pthread_mutex_t lock;
    pthread_cond_t change;
    pthread_t thread;
    struct http_producer producer;
    struct http_server *server;
    struct connection *connection;
    struct MHD_Connection *asleep; /* the client that waits for more, or to be answered; or NULL */
    struct buf head;               /* what has come so far, while there is no file */
    uint64_t size;                 /* bytes in the file, for the producer */
    uint64_t written;              /* of these, such as may be read */
    int file;                      /* -1: none */
    z_stream zip;
    struct err err;
    bool done, failed, unwanted, is_long;
    bool gzip;                /* the client takes it */
    bool zipping;             /* what is in the file is compressed */
    struct http_stream *next; /* of the server's */
};

static bool write_all(struct http_stream *s, struct str bytes, struct err *err)
{
    s->size += bytes.n;
    while (bytes.n) {
        ssize_t n = write(s->file, bytes.p, bytes.n);
        if (n <= 0)
            return fail(err, ERR_FULL, "there is no room for temporary files");
        bytes = str_slice(bytes, (size_t)n, bytes.n);
    }
    return true;
}

/* Compresses what is given, at the end (`flush` Z_FINISH) also what deflate has kept. */
static bool write_zipped(struct http_stream *s, struct str bytes, int flush, struct err *err)
{
    unsigned char out[32 << 10];
    bool ok = true;
    s->zip.next_in = (Bytef *)(uintptr_t)bytes.p;
    s->zip.avail_in = (uInt)bytes.n;
    do {
        s->zip.next_out = out;
        s->zip.avail_out = sizeof out;
        deflate(&s->zip, flush);
        ok = write_all(s, (struct str){(char *)out, sizeof out - s->zip.avail_out}, err);
    } while (ok && s->zip.avail_out == 0);
    return ok;
}

static bool put(struct http_stream *s, struct str bytes, struct err *err)
{
    enum { AT_ONCE = 1 << 30 };
    bool ok = true;
    if (!s->zipping)
        return write_all(s, bytes, err);
    for (; ok && bytes.n; bytes = str_slice(bytes, AT_ONCE, bytes.n))
        ok = write_zipped(s, str_slice(bytes, 0, AT_ONCE), Z_NO_FLUSH, err);
    return ok;
}

static bool open_file(struct http_stream *s, struct err *err)
{
    const char *tmp = getenv("TMPDIR");
    s->is_long = atomic_fetch_add(&s->server->long_answers, 1) < LONG_AT_ONCE;
    if (!s->is_long) {
        atomic_fetch_sub(&s->server->long_answers, 1);
        return fail(err, ERR_BUSY, "too much is being exported at once");
    }
    char path[4200];
    snprintf(path, sizeof path, "%.4000s/synoptic-XXXXXX", tmp && *tmp ? tmp : "/tmp");
    s->file = mkstemp(path);
    if (s->file < 0)
        return fail(err, ERR_FULL, "there is no room for temporary files");
    unlink(path);
    s->zipping = s->gzip && deflateInit2(&s->zip, Z_BEST_SPEED, Z_DEFLATED, 15 + 16, 8,
                                         Z_DEFAULT_STRATEGY) == Z_OK;
    bool ok = put(s, buf_str(&s->head), err);
    s->written = ok ? s->size : 0;
    buf_finish(&s->head);
    return ok;
}

/* Under the lock. */
static void wake(struct http_stream *s)
{
    pthread_cond_broadcast(&s->change);
    if (s->asleep)
        MHD_resume_connection(s->asleep);
    s->asleep = NULL;
}

/* Only this thread writes to the file, so the lock is not held while the disk works. */
bool http_stream_give(struct http_stream *s, struct str bytes, struct err *err)
{
    pthread_mutex_lock(&s->lock);
    bool wanted = !s->unwanted, in_memory = s->file < 0 && s->head.n + bytes.n <= STREAM_FROM;
    if (in_memory)
        buf_add(&s->head, bytes);
    bool opens = !in_memory && s->file < 0, ok = !opens || open_file(s, err);
    if (opens && ok)
        wake(s);
    pthread_mutex_unlock(&s->lock);
    if (!wanted)
        return fail(err, ERR_IO, "nobody waits for it any more");
    if (in_memory || !ok || !put(s, bytes, err))
        return ok && in_memory;
    pthread_mutex_lock(&s->lock);
    if (s->written < s->size)
        wake(s);
    s->written = s->size;
    pthread_mutex_unlock(&s->lock);
    return true;
}

static void *produce(void *arg)
{
    struct http_stream *s = arg;
    struct err err = {0};
    bool ok = s->producer.run(s->producer.state, s, &err) &&
              (!s->zipping || write_zipped(s, S(""), Z_FINISH, &err));
    pthread_mutex_lock(&s->lock);
    s->written = s->size;
    s->done = true;
    s->failed = !ok;
    s->err = err;
    wake(s);
    pthread_mutex_unlock(&s->lock);
    return NULL;
}

/* ------------------------------------------------------------------------------- the server's list
 */

static bool enlist(struct http_server *server, struct http_stream *s, struct err *err)
{
    pthread_mutex_lock(&server->streaming);
    bool open = !server->stopping;
    if (open) {
        s->next = server->streams;
        server->streams = s;
    }
    pthread_mutex_unlock(&server->streaming);
    return open || fail(err, ERR_BUSY, "the server is about to stop");
}

static void strike(struct http_server *server, const struct http_stream *s)
{
    pthread_mutex_lock(&server->streaming);
    for (struct http_stream **at = &server->streams; *at; at = &(*at)->next)
        if (*at == s) {
            *at = s->next;
            break;
        }
    pthread_mutex_unlock(&server->streaming);
}

void streams_stop(struct http_server *server)
{
    pthread_mutex_lock(&server->streaming);
    server->stopping = true;
    for (struct http_stream *s = server->streams; s; s = s->next) {
        pthread_mutex_lock(&s->lock);
        s->unwanted = true;
        while (!s->done)
            pthread_cond_wait(&s->change, &s->lock);
        pthread_mutex_unlock(&s->lock);
    }
    pthread_mutex_unlock(&server->streaming);
}

/* ------------------------------------------------------------------------------------- one answer
 */

static void release(struct http_stream *s)
{
    strike(s->server, s);
    buf_finish(&s->head);
    if (s->file >= 0)
        close(s->file);
    if (s->zipping)
        deflateEnd(&s->zip);
    if (s->is_long)
        atomic_fetch_sub(&s->server->long_answers, 1);
    pthread_cond_destroy(&s->change);
    pthread_mutex_destroy(&s->lock);
    free(s);
}

void stream_end(struct http_stream *s)
{
    if (!s)
        return;
    pthread_mutex_lock(&s->lock);
    s->unwanted = true;
    pthread_mutex_unlock(&s->lock);
    pthread_join(s->thread, NULL);
    release(s);
}

/* Archives and databases gain little or nothing. */
static bool is_text(const char *type)
{
    struct str t = str_of(type);
    return str_starts(t, S("text/")) || str_contains(t, S("json")) || str_contains(t, S("xml;")) ||
           str_ends(t, S("xml"));
}

static struct http_stream *create(struct exchange *x, const struct http_producer *producer,
                                  struct err *err)
{
    struct http_stream *s = needed(calloc(1, sizeof *s));
    *s = (struct http_stream){
        .producer = *producer, .server = x->server, .connection = x->connection, .file = -1};
    s->gzip =
        is_text(x->context.response.type) && response_accepts_gzip(x->header[H_ACCEPT_ENCODING]);
    pthread_mutex_init(&s->lock, NULL);
    pthread_cond_init(&s->change, NULL);
    if (!enlist(x->server, s, err)) {
        release(s);
        return NULL;
    }
    if (pthread_create(&s->thread, NULL, produce, s) == 0)
        return s;
    release(s);
    fail(err, ERR_INTERNAL, "no thread could be started");
    return NULL;
}

/* Under the lock: the answer is complete, or long. */
static bool is_decided(const struct http_stream *s)
{
    return s->done || s->file >= 0;
}

bool stream_settle(struct exchange *x, struct err *err)
{
    struct http_stream *s = x->stream;
    pthread_mutex_lock(&s->lock);
    bool ok = !s->done || !s->failed, whole = s->file < 0;
    if (!ok)
        *err = s->err;
    if (ok && whole) {
        buf_finish(&x->context.response.body);
        x->context.response.body = s->head;
        s->head = (struct buf){0};
    }
    pthread_mutex_unlock(&s->lock);
    if (ok && !whole)
        return true;
    stream_end(s);
    x->stream = NULL;
    return ok;
}

bool stream_waits(struct exchange *x)
{
    struct http_stream *s = x->stream;
    pthread_mutex_lock(&s->lock);
    bool waits = !is_decided(s);
    if (waits) {
        s->asleep = x->mhd;
        MHD_suspend_connection(x->mhd);
    }
    pthread_mutex_unlock(&s->lock);
    return waits;
}

bool http_answer_made_by(struct http_context *c, const struct http_producer *producer,
                         struct err *err)
{
    struct exchange *x = (struct exchange *)c;
    x->stream = create(x, producer, err);
    if (!x->stream)
        return false;
    if (!producer->wait)
        return true;
    pthread_mutex_lock(&x->stream->lock);
    while (!is_decided(x->stream))
        pthread_cond_wait(&x->stream->change, &x->stream->lock);
    pthread_mutex_unlock(&x->stream->lock);
    return stream_settle(x, err);
}

bool stream_is_zipped(const struct http_stream *s)
{
    return s->zipping;
}

/* libmicrohttpd asks for what stands at `at`. */
static ssize_t read_piece(void *cls, uint64_t at, char *to, size_t most)
{
    struct exchange *x = cls;
    struct http_stream *s = x->stream;
    ssize_t n = 0;
    pthread_mutex_lock(&s->lock);
    if (at < s->written) {
        uint64_t left = s->written - at;
        n = pread(s->file, to, left < most ? (size_t)left : most, (off_t)at);
        n = n > 0 ? n : MHD_CONTENT_READER_END_WITH_ERROR;
    } else if (s->done) {
        n = s->failed ? MHD_CONTENT_READER_END_WITH_ERROR : MHD_CONTENT_READER_END_OF_STREAM;
    } else {
        s->asleep = x->mhd;
        MHD_suspend_connection(x->mhd);
        connection_phase(s->connection, PHASE_WORK);
    }
    pthread_mutex_unlock(&s->lock);
    if (n > 0 && s->connection) {
        connection_taken(s->connection, (size_t)n);
        x->sent += (size_t)n;
    }
    return n;
}

struct MHD_Response *stream_response(struct exchange *x)
{
    enum { PIECE = 64 << 10 };
    return MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, PIECE, read_piece, x, NULL);
}
