/* Answers that are longer than memory should hold: made by a thread of their own, sent while they
 * are being made. What a handler produces is kept until it is STREAM_FROM long; a shorter answer is
 * like any other (it has a length, is compressed and kept). Of a longer one the beginning goes into
 * a file without a name, and what comes is added there, so that a slow client keeps neither the
 * producer waiting nor the store's reading open. A client that has read all there is is put to
 * sleep until there is more. Fails the producer late, the connection is cut in the middle of the
 * answer, which clients notice: its chunks have no end. */
#include "http/parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { STREAM_FROM = 1 << 20, LONG_AT_ONCE = 32 };

struct http_stream {
    pthread_mutex_t lock;
    pthread_cond_t change;
    pthread_t thread;
    struct http_producer producer;
    struct http_server *server;
    struct connection *connection;
    struct MHD_Connection *asleep; /* the client that waits for more, or NULL */
    struct buf head;               /* what has come so far, while there is no file */
    uint64_t written;              /* bytes in the file */
    int file;                      /* -1: none */
    struct err err;
    bool done, failed, unwanted, is_long;
    struct http_stream *next; /* of the server's */
};

static bool write_all(struct http_stream *s, struct str bytes, struct err *err)
{
    while (bytes.n) {
        ssize_t n = write(s->file, bytes.p, bytes.n);
        if (n <= 0)
            return fail(err, ERR_FULL, "there is no room for temporary files");
        bytes = str_slice(bytes, (size_t)n, bytes.n);
    }
    return true;
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
    bool ok = write_all(s, buf_str(&s->head), err);
    s->written = ok ? s->head.n : 0;
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
    bool ok = in_memory || s->file >= 0 || open_file(s, err);
    pthread_mutex_unlock(&s->lock);
    if (!wanted)
        return fail(err, ERR_IO, "nobody waits for it any more");
    if (in_memory || !ok || !write_all(s, bytes, err))
        return ok && in_memory;
    pthread_mutex_lock(&s->lock);
    s->written += bytes.n;
    wake(s);
    pthread_mutex_unlock(&s->lock);
    return true;
}

static void *produce(void *arg)
{
    struct http_stream *s = arg;
    struct err err = {0};
    bool ok = s->producer.run(s->producer.state, s, &err);
    pthread_mutex_lock(&s->lock);
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

static struct http_stream *create(struct exchange *x, const struct http_producer *producer,
                                  struct err *err)
{
    struct http_stream *s = needed(calloc(1, sizeof *s));
    *s = (struct http_stream){
        .producer = *producer, .server = x->server, .connection = x->connection, .file = -1};
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

bool http_answer_made_by(struct http_context *c, const struct http_producer *producer,
                         struct err *err)
{
    struct exchange *x = (struct exchange *)c;
    struct http_stream *s = create(x, producer, err);
    if (!s)
        return false;
    pthread_mutex_lock(&s->lock);
    while (!s->done && s->file < 0)
        pthread_cond_wait(&s->change, &s->lock);
    bool ok = !s->done || !s->failed;
    if (!ok)
        *err = s->err;
    bool whole = s->file < 0;
    if (whole) {
        buf_finish(&c->response.body);
        c->response.body = s->head;
        s->head = (struct buf){0};
    }
    pthread_mutex_unlock(&s->lock);
    if (whole || !ok)
        stream_end(s);
    else
        x->stream = s;
    return ok;
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
