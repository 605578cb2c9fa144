/* The thread that tells webhooks: see hook.h. */
#include "ingest/fetch/hook.h"

#include "ingest/fetch/fetch.h"

#include <nettle/hmac.h>
#include <pthread.h>
#include <stdlib.h>
#include <time.h>

enum { ANSWER_MOST = 64 << 10, ANSWER_SECONDS = 10 };

struct hooks {
    struct store *store;
    struct worker_options options;
    pthread_t thread;
    pthread_mutex_t mutex;
    pthread_cond_t wake;
    atomic_bool stop;
    bool started;
};

struct str hook_signature(struct arena *a, struct str secret, int64_t seconds, struct str body)
{
    struct hmac_sha256_ctx hmac;
    uint8_t digest[SHA256_DIGEST_SIZE];
    char hex[2 * SHA256_DIGEST_SIZE];
    struct str time = arena_fmt(a, "%lld.", (long long)seconds);
    hmac_sha256_set_key(&hmac, secret.n, (const uint8_t *)secret.p);
    hmac_sha256_update(&hmac, time.n, (const uint8_t *)time.p);
    hmac_sha256_update(&hmac, body.n, (const uint8_t *)body.p);
    hmac_sha256_digest(&hmac, sizeof digest, digest);
    for (size_t i = 0; i < sizeof digest; i++) {
        hex[2 * i] = "0123456789abcdef"[digest[i] >> 4];
        hex[2 * i + 1] = "0123456789abcdef"[digest[i] & 15];
    }
    return arena_fmt(a, "t=%lld,v1=%.*s", (long long)seconds, (int)sizeof hex, hex);
}

bool hook_call(struct arena *a, const struct hook_way *way, const struct store_hook_call *c,
               long *status, struct err *why)
{
    struct fetched got;
    struct str signature = hook_signature(a, c->secret, time(NULL), c->body);
    const char *headers[] = {
        "Content-Type: application/json", arena_fmt(a, "X-Synoptic-Call: %lld", (long long)c->id).p,
        arena_fmt(a, "X-Synoptic-Signature: %.*s", STR_ARG(signature)).p, NULL};
    struct fetch_options options = {.allow_private = way->allow_private,
                                    .cancel = way->cancel,
                                    .limit = ANSWER_MOST,
                                    .timeout = ANSWER_SECONDS,
                                    .post = &c->body,
                                    .headers = headers,
                                    .status = status};
    return fetch_url(a, c->url, &options, &got, why);
}

static bool call(struct hooks *h, struct arena *a, const struct store_hook_call *c, struct err *err)
{
    long status = 0;
    struct err why = {0};
    struct hook_way way = {h->options.allow_private_fetch, &h->stop};
    bool taken = hook_call(a, &way, c, &status, &why);
    if (atomic_load(&h->stop) && !taken)
        return true; /* it waits for the next start */
    return store_hook_told(h->store, c, status, taken ? S("") : str_of(why.message), err);
}

/* All that is due; false where the store cannot be read or written, which will be tried again. */
static bool tell(struct hooks *h)
{
    struct arena a = {0};
    struct err err = {0};
    struct store_hook_call c;
    bool ok = store_hook_gather(h->store, &err);
    while (ok && !atomic_load(&h->stop)) {
        ok = store_hook_take(h->store, &a, &c, &err);
        if (!ok || !c.id)
            break;
        ok = call(h, &a, &c, &err);
        arena_reset(&a);
    }
    arena_finish(&a);
    return ok;
}

static void *work(void *context)
{
    struct hooks *h = context;
    while (!atomic_load(&h->stop)) {
        struct timespec until;
        int pause = tell(h) ? 1 : 30;
        clock_gettime(CLOCK_MONOTONIC, &until);
        until.tv_sec += pause;
        pthread_mutex_lock(&h->mutex);
        if (!atomic_load(&h->stop))
            pthread_cond_clockwait(&h->wake, &h->mutex, CLOCK_MONOTONIC, &until);
        pthread_mutex_unlock(&h->mutex);
    }
    return NULL;
}

struct hooks *hooks_start(struct store *store, const struct worker_options *options)
{
    struct hooks *h = needed(calloc(1, sizeof *h));
    h->store = store;
    h->options = *options;
    pthread_mutex_init(&h->mutex, NULL);
    pthread_cond_init(&h->wake, NULL);
    h->started = pthread_create(&h->thread, NULL, work, h) == 0;
    return h;
}

void hooks_stop(struct hooks *h)
{
    if (!h)
        return;
    pthread_mutex_lock(&h->mutex);
    atomic_store(&h->stop, true);
    pthread_cond_signal(&h->wake);
    pthread_mutex_unlock(&h->mutex);
    if (h->started)
        pthread_join(h->thread, NULL);
    pthread_cond_destroy(&h->wake);
    pthread_mutex_destroy(&h->mutex);
    free(h);
}
