/* Rereading: see reread.h. The threads share one place in the list of stories; each story is read
 * by one of them, article by article, and then compared. */
#include "ingest/story/reread.h"

#include "ingest/story/placing.h"
#include "store/original.h"

#include <pthread.h>
#include <string.h>
#include <unistd.h>

enum { MOST_THREADS = 8 };

struct reading {
    struct store *store;
    const struct reread_options *options;
    pthread_mutex_t mutex; /* guards the rest */
    int64_t at;            /* the last story handed out */
    size_t given;
    struct err err;
    bool failed;
};

/* The article as its bytes read now. False, without a reason, when they yield nothing. */
static bool read_bytes(struct arena *a, const struct store_original *o, bool sample,
                       struct store_article *out)
{
    struct page page = {0};
    struct ingest_source source = {.bytes = o->bytes,
                                   .type = page_type_named(o->page_type),
                                   .content_type = o->content_type,
                                   .url = o->url,
                                   .title = o->title,
                                   .outlet = o->outlet,
                                   .published = o->published,
                                   .sample = sample};
    if (!page_read(a,
                   &(struct page_source){.bytes = o->bytes,
                                         .type = source.type,
                                         .content_type = source.content_type,
                                         .url = source.url},
                   &page, NULL) ||
        page.text.n == 0)
        return false;
    *out = placing_article(a, &source, &page);
    return true;
}

/* Has the head or the text come out otherwise? */
static bool differs(const struct store_article *x, const struct store_article *y)
{
    const struct str *const a[] = {&x->title,     &x->subtitle, &x->byline,  &x->agency,
                                   &x->published, &x->modified, &x->section, &x->notice,
                                   &x->outlet,    &x->text,     &x->sources};
    const struct str *const b[] = {&y->title,     &y->subtitle, &y->byline,  &y->agency,
                                   &y->published, &y->modified, &y->section, &y->notice,
                                   &y->outlet,    &y->text,     &y->sources};
    for (size_t i = 0; i < sizeof a / sizeof *a; i++)
        if (!str_eq(*a[i], *b[i]))
            return true;
    return false;
}

static bool reread_article(struct store *store, int64_t id, struct store_reread *counts,
                           struct err *err)
{
    struct arena a = {0};
    struct store_original original;
    struct store_article before, now;
    struct err why = {0};
    bool ok = store_article_load(store, &a, id, &before, err);
    bool kept =
        ok && store_original_load(store, &a, (struct store_version){id, 0}, &original, &why);
    /* Damaged bytes are as good as none: the text is there. */
    if (ok && (!kept || !read_bytes(&a, &original, before.sample, &now))) {
        counts->from_text++;
    } else if (ok && differs(&before, &now)) {
        now.id = id;
        placing_sign(&a, &now);
        counts->changed += !str_eq(before.text, now.text);
        ok = store_article_reread(store, &now, err);
    }
    counts->done += ok;
    arena_finish(&a);
    return ok;
}

static bool reread_story(struct reading *r, int64_t story, struct err *err)
{
    struct arena a = {0};
    struct store_reread counts = {0};
    struct store_ids articles = {0};
    bool ok = store_story_articles(r->store, &a, story, &articles, err);
    for (size_t i = 0; ok && i < articles.n; i++)
        ok = reread_article(r->store, articles.v[i], &counts, err);
    arena_finish(&a);
    /* A story that cannot be compared is counted, and does not hold up the others. */
    struct err why = {0};
    if (ok && articles.n && !ingest_story(r->store, story, &why)) {
        if (why.kind == ERR_FULL || why.kind == ERR_READ_ONLY || why.kind == ERR_BUSY)
            return fail(err, why.kind, "%s", why.message);
        counts.failed = 1;
    }
    return ok && store_reread_done(r->store, story, &counts, err);
}

static bool next_story(struct reading *r, int64_t *story)
{
    bool stopped = r->options->stop && atomic_load(r->options->stop);
    pthread_mutex_lock(&r->mutex);
    bool more = !stopped && !r->failed && (!r->options->most || r->given < r->options->most) &&
                store_reread_next(r->store, &r->at, &r->err) && r->at;
    *story = r->at;
    r->given += more;
    pthread_mutex_unlock(&r->mutex);
    return more;
}

static void told(struct reading *r, int64_t reread, bool ok, const struct err *err)
{
    struct store_reread state = {0};
    pthread_mutex_lock(&r->mutex);
    if (!ok && !r->failed) {
        r->failed = true;
        r->err = *err;
    }
    if (ok && r->options->seen && store_reread_state(r->store, reread, &state, NULL))
        r->options->seen(r->options->context, &state);
    pthread_mutex_unlock(&r->mutex);
}

static void *work(void *context)
{
    struct reading *r = context;
    int64_t story;
    while (next_story(r, &story)) {
        struct err err = {0};
        struct store_reread now = {0};
        bool ok = store_reread_now(r->store, &now, &err) && reread_story(r, story, &err);
        told(r, now.id, ok, &err);
    }
    return NULL;
}

static unsigned how_many(const struct reread_options *options)
{
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    unsigned n = options->threads ? options->threads : cores > 0 ? (unsigned)cores : 1;
    n = n < MOST_THREADS ? n : MOST_THREADS;
    return options->most && options->most < n ? (unsigned)options->most : n;
}

bool ingest_reread(struct store *store, const struct reread_options *options, bool *left,
                   struct err *err)
{
    struct reading r = {.store = store, .options = options};
    pthread_t threads[MOST_THREADS];
    unsigned n = 0, wanted = how_many(options);
    int64_t waiting = 0;
    pthread_mutex_init(&r.mutex, NULL);
    while (n + 1 < wanted && pthread_create(&threads[n], NULL, work, &r) == 0)
        n++;
    work(&r);
    for (unsigned i = 0; i < n; i++)
        pthread_join(threads[i], NULL);
    pthread_mutex_destroy(&r.mutex);
    ingest_tidy();
    if (r.failed)
        return fail(err, r.err.kind, "%s", r.err.message);
    if (!store_reread_next(store, &waiting, err))
        return false;
    *left = waiting != 0;
    return true;
}
