/* Copies that were found before: a story is compared again for every report that is added, and
 * which of two reports is a rewrite of the other depends on the two and on what words weigh, which
 * in a large story follows from a sample of its reports, those of the least digests: few that are
 * added come into it, in whatever order. So of the stories compared last the program keeps in
 * memory who copied whom; only pairs with a report that is new are looked at.
 *
 * It is kept under a digest of the sample, with one of every report: what is found under them is
 * what would come of the work. Any thread may ask. */
#include "compare/origin.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/* So many stories, of so many bytes each. */
enum { STORIES = 4, MOST_BYTES = 4 << 20 };

struct kept_story {
    struct memo_key sampled;
    char *bytes; /* how many reports; their keys; the copies: see struct copies */
    size_t n;
    uint64_t used; /* the larger, the later */
};

static struct kept_story kept[STORIES];
static uint64_t uses;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

static bool is_key(struct memo_key a, struct memo_key b)
{
    return a.part[0] == b.part[0] && a.part[1] == b.part[1];
}

static void put(struct buf *out, const void *p, size_t n)
{
    if (n)
        buf_add(out, (struct str){p, n});
}

static void put_str(struct buf *out, struct str s)
{
    put(out, &s.n, sizeof s.n);
    put(out, s.p, s.n);
}

/* All of a term that comparing sentences asks. */
struct term_bytes {
    uint64_t word, stem;
    uint32_t sentence, flags;
};

/* Place in the canonical order, which of two was first, and the words. */
static struct memo_key key_of(const struct compare_article *article, const struct text *t,
                              struct buf *work)
{
    work->n = 0;
    put_str(work, article->published);
    put_str(work, article->outlet);
    put_str(work, article->title);
    put_str(work, article->url);
    for (size_t i = 0; i < t->n_terms; i++) {
        const struct term *x = &t->terms[i];
        struct term_bytes bytes = {x->word, x->stem, x->sentence, x->flags};
        put(work, &bytes, sizeof bytes);
    }
    return memo_key(buf_str(work));
}

/* Those of the least keys, the least first. */
static void choose_sample(struct copies *c)
{
    struct memo_key keys[SAMPLED + 1] = {{{0}}};
    for (uint32_t r = 0; r < c->n; r++) {
        size_t at = c->n_sample;
        while (at && c->key[r].part[0] < c->key[c->sample[at - 1]].part[0])
            at--;
        if (at == SAMPLED)
            continue;
        c->n_sample += c->n_sample < SAMPLED;
        memmove(&c->sample[at + 1], &c->sample[at], (c->n_sample - at - 1) * sizeof *c->sample);
        c->sample[at] = r;
    }
    for (size_t i = 0; i < c->n_sample; i++)
        keys[i] = c->key[c->sample[i]];
    for (c->about = SAMPLED; c->about * 5 / 4 <= c->n;)
        c->about = c->about * 5 / 4;
    keys[SAMPLED].part[0] = c->about;
    c->sampled = memo_key((struct str){(const char *)keys, sizeof keys});
}

void copies_begin(struct arena *a, const struct work *w, struct copies *c)
{
    struct buf work = {0};
    size_t n = w->in->n_articles;
    *c = (struct copies){.arena = a, .n = n, .key = arena_array(a, n + 1, sizeof *c->key)};
    for (size_t r = 0; r < n; r++)
        c->key[r] = key_of(&w->in->articles[w->order[r]], &w->texts[w->order[r]], &work);
    buf_finish(&work);
    choose_sample(c);
}

void copies_add(struct copies *c, struct copied pair)
{
    c->v = arena_grow(c->arena, c->v, c->n_v, &c->cap, sizeof *c->v);
    c->v[c->n_v++] = pair;
}

static struct kept_story *find(struct memo_key sampled)
{
    for (size_t i = 0; i < STORIES; i++)
        if (kept[i].bytes && is_key(kept[i].sampled, sampled))
            return &kept[i];
    return NULL;
}

/* A copy of what is kept under the key, or nothing. */
static struct str recall_bytes(struct arena *a, struct memo_key sampled)
{
    struct str bytes = {0};
    pthread_mutex_lock(&mutex);
    struct kept_story *story = find(sampled);
    if (story) {
        bytes = arena_str(a, (struct str){story->bytes, story->n});
        story->used = ++uses;
    }
    pthread_mutex_unlock(&mutex);
    return bytes;
}

/* Number of each key + 1; false if two are one. */
static bool number_keys(struct arena *a, struct map *at, const struct memo_key *key, size_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        uint32_t *number = map_at(a, at, key[i].part[0]);
        if (*number)
            return false;
        *number = i + 1;
    }
    return true;
}

/* Both orders are by what reports are, so that those in both follow each other alike. */
static void renumber(const uint32_t *place, const struct copied *v, size_t n, struct copies *to)
{
    for (size_t i = 0; i < n; i++)
        if (place[v[i].a] && place[v[i].b])
            copies_add(to, (struct copied){place[v[i].a] - 1, place[v[i].b] - 1, v[i].share});
}

bool copies_recall(const struct copies *c, struct copies *known, bool *fresh)
{
    struct arena *a = c->arena;
    struct str bytes = recall_bytes(a, c->sampled);
    struct map at = {0}, before = {0};
    *known = (struct copies){.arena = a};
    if (!bytes.n)
        return false;
    size_t n = *(const size_t *)(const void *)bytes.p, head = sizeof n + n * sizeof *c->key;
    const struct memo_key *key = (const struct memo_key *)(const void *)(bytes.p + sizeof n);
    const struct copied *v = (const struct copied *)(const void *)(bytes.p + head);
    if (!number_keys(a, &at, c->key, c->n) || !number_keys(a, &before, key, n))
        return false;
    uint32_t *place = arena_array(a, n + 1, sizeof *place); /* then -> now + 1 */
    for (size_t r = 0; r < c->n; r++)
        fresh[r] = true;
    for (size_t i = 0; i < n; i++) {
        uint32_t now = map_get(&at, key[i].part[0], 0);
        place[i] = now && is_key(c->key[now - 1], key[i]) ? now : 0;
        if (place[i])
            fresh[now - 1] = false;
    }
    renumber(place, v, (bytes.n - head) / sizeof *v, known);
    return true;
}

/* The one of this key, or the one that was longest not asked for. */
static struct kept_story *room_for(struct memo_key sampled)
{
    struct kept_story *room = find(sampled);
    for (size_t i = 0; !room && i < STORIES; i++)
        room = kept[i].bytes ? NULL : &kept[i];
    if (room)
        return room;
    room = &kept[0];
    for (size_t i = 1; i < STORIES; i++)
        room = kept[i].used < room->used ? &kept[i] : room;
    return room;
}

void copies_keep(const struct copies *c)
{
    size_t head = sizeof c->n + c->n * sizeof *c->key, n = head + c->n_v * sizeof *c->v;
    char *bytes = n <= MOST_BYTES ? malloc(n) : NULL;
    if (!bytes)
        return;
    memcpy(bytes, &c->n, sizeof c->n);
    memcpy(bytes + sizeof c->n, c->key, c->n * sizeof *c->key);
    if (c->n_v)
        memcpy(bytes + head, c->v, c->n_v * sizeof *c->v);
    pthread_mutex_lock(&mutex);
    struct kept_story *room = room_for(c->sampled);
    free(room->bytes);
    *room = (struct kept_story){c->sampled, bytes, n, ++uses};
    pthread_mutex_unlock(&mutex);
}

void compare_forget(void)
{
    pthread_mutex_lock(&mutex);
    for (size_t i = 0; i < STORIES; i++) {
        free(kept[i].bytes);
        kept[i] = (struct kept_story){.n = 0};
    }
    pthread_mutex_unlock(&mutex);
}
