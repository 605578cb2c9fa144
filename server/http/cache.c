/* Finished answers of cacheable routes, kept for later requests. An answer belongs to a target,
 * a state and an encoding, so nothing ever has to be thrown away for being wrong: when the state
 * moves on, old answers are no longer asked for and fall out as the least lately used.
 *
 * An answer that is found is queued under the lock; libmicrohttpd then holds a reference of its
 * own, so that it may be dropped here while it is still being sent. */
#include "http/parts.h"

#include <stdlib.h>
#include <string.h>

enum { PLACES = 96, MOST_BYTES = 8 << 20, LARGEST = 1 << 20 };

struct kept {
    struct MHD_Response *response; /* NULL: the place is free */
    uint64_t hash, state, used;
    char *target;
    bool gzip;
    size_t bytes;
};

struct cache {
    pthread_mutex_t lock;
    struct kept places[PLACES];
    uint64_t clock;
    size_t bytes;
};

struct cache *cache_create(void)
{
    struct cache *cache = needed(calloc(1, sizeof *cache));
    pthread_mutex_init(&cache->lock, NULL);
    return cache;
}

static void drop(struct cache *cache, struct kept *k)
{
    MHD_destroy_response(k->response);
    free(k->target);
    cache->bytes -= k->bytes;
    *k = (struct kept){0};
}

void cache_destroy(struct cache *cache)
{
    if (!cache)
        return;
    for (size_t i = 0; i < PLACES; i++)
        if (cache->places[i].response)
            drop(cache, &cache->places[i]);
    pthread_mutex_destroy(&cache->lock);
    free(cache);
}

static bool wants_gzip(const struct exchange *x)
{
    return response_accepts_gzip(x->header[H_ACCEPT_ENCODING]);
}

static struct kept *find(struct cache *cache, const struct exchange *x, bool gzip)
{
    struct str target = x->context.request.target;
    uint64_t hash = str_hash(target);
    for (size_t i = 0; i < PLACES; i++) {
        struct kept *k = &cache->places[i];
        if (k->response && k->hash == hash && k->state == x->state && k->gzip == gzip &&
            str_eq(str_of(k->target), target))
            return k;
    }
    return NULL;
}

bool cache_answer(struct cache *cache, struct exchange *x, enum MHD_Result *result)
{
    bool gzip = wants_gzip(x);
    pthread_mutex_lock(&cache->lock);
    struct kept *k = find(cache, x, gzip);
    if (k) {
        k->used = ++cache->clock;
        x->sent = k->bytes;
        *result = response_queue(x, 200, k->response);
    }
    pthread_mutex_unlock(&cache->lock);
    return k != NULL;
}

/* A free place, made by dropping the least lately used until there is room. */
static struct kept *make_room(struct cache *cache, size_t bytes)
{
    for (;;) {
        struct kept *place = NULL, *oldest = NULL;
        for (size_t i = 0; i < PLACES; i++) {
            struct kept *k = &cache->places[i];
            if (!k->response)
                place = k;
            else if (!oldest || k->used < oldest->used)
                oldest = k;
        }
        if (place && (cache->bytes + bytes <= MOST_BYTES || !oldest))
            return place;
        drop(cache, oldest);
    }
}

bool cache_add(struct cache *cache, const struct exchange *x, struct MHD_Response *response,
               size_t bytes)
{
    if (bytes > LARGEST)
        return false;
    struct str target = x->context.request.target;
    bool gzip = wants_gzip(x);
    pthread_mutex_lock(&cache->lock);
    bool keep = !find(cache, x, gzip); /* another thread may have been as quick */
    if (keep) {
        struct kept *k = make_room(cache, bytes + target.n);
        *k = (struct kept){.response = response,
                           .hash = str_hash(target),
                           .state = x->state,
                           .used = ++cache->clock,
                           .target = strndup(target.p, target.n),
                           .gzip = gzip,
                           .bytes = bytes};
        if (!k->target)
            out_of_memory();
        cache->bytes += bytes;
    }
    pthread_mutex_unlock(&cache->lock);
    return keep;
}
