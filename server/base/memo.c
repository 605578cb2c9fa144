/* Results that are kept for the next time: see memo.h. Two halves take turns, so that letting go
 * of what was not asked for lately costs nothing an entry. */
#include "base/memo.h"

#include <nettle/sha2.h>
#include <string.h>

struct memo_key memo_key(struct str bytes)
{
    uint8_t digest[SHA256_DIGEST_SIZE];
    struct memo_key key;
    struct sha256_ctx sha;
    sha256_init(&sha);
    sha256_update(&sha, bytes.n, (const uint8_t *)bytes.p);
    sha256_digest(&sha, sizeof digest, digest);
    memcpy(&key, digest, sizeof key);
    return key;
}

static const struct memo_entry *find(const struct memo_half *h, struct memo_key key)
{
    uint32_t at = map_get(&h->at, key.part[0], 0);
    return at && h->v[at - 1].key.part[1] == key.part[1] ? &h->v[at - 1] : NULL;
}

static void let_go(struct memo_half *h)
{
    arena_finish(&h->arena);
    *h = (struct memo_half){.n = 0};
}

/* With the mutex. */
static void keep(struct memo *m, struct memo_key key, struct str value)
{
    if (m->young.arena.total + value.n > m->most / 2) {
        let_go(&m->old);
        m->old = m->young;
        m->young = (struct memo_half){.n = 0};
    }
    struct memo_half *h = &m->young;
    h->v = arena_grow(&h->arena, h->v, h->n, &h->cap, sizeof *h->v);
    h->v[h->n++] = (struct memo_entry){key, arena_str(&h->arena, value)};
    *map_at(&h->arena, &h->at, key.part[0]) = (uint32_t)h->n;
}

bool memo_find(struct memo *m, struct memo_key key, struct arena *a, struct str *value)
{
    pthread_mutex_lock(&m->mutex);
    const struct memo_entry *e = find(&m->young, key);
    const struct memo_entry *was = e ? NULL : find(&m->old, key);
    if (e || was)
        *value = arena_str(a, (e ? e : was)->value);
    if (was) /* asked for: it stays */
        keep(m, key, *value);
    pthread_mutex_unlock(&m->mutex);
    return e || was;
}

void memo_keep(struct memo *m, struct memo_key key, struct str value)
{
    if (value.n > m->most / 4)
        return;
    pthread_mutex_lock(&m->mutex);
    if (!find(&m->young, key))
        keep(m, key, value);
    pthread_mutex_unlock(&m->mutex);
}

void memo_forget(struct memo *m)
{
    pthread_mutex_lock(&m->mutex);
    let_go(&m->young);
    let_go(&m->old);
    pthread_mutex_unlock(&m->mutex);
}
