/* The order of the stages for one page, and the entry points around a story: see pipeline.h. */
#include "ingest/pipeline.h"

enum { SIGNATURE_KEYS = 16, AT_ONCE = 40 };

static struct str either(struct str said, struct str found)
{
    return said.n ? said : found;
}

/* What is said about a page outranks what is found on it. */
static void take_given(const struct ingest_source *source, struct page *page)
{
    if (source->title.n)
        page_set(page, FIELD_TITLE, source->title, "given");
    if (source->outlet.n)
        page_set(page, FIELD_OUTLET, source->outlet, "given");
    if (source->published.n)
        page_set(page, FIELD_PUBLISHED, source->published, "given");
}

static struct str sources_of(struct arena *a, const struct page *page)
{
    struct buf out = {0};
    struct json j = json_begin(&out);
    page_write_sources(page, &j);
    struct str sources = arena_str(a, buf_str(&out));
    buf_finish(&out);
    return sources;
}

static struct store_article article_of(struct arena *a, const struct ingest_source *source,
                                       const struct page *page)
{
    return (struct store_article){.url = either(page->canonical, either(source->url, page->url)),
                                  .title = page->title,
                                  .subtitle = page->subtitle,
                                  .outlet = page->outlet,
                                  .domain = page->domain,
                                  .byline = page->byline,
                                  .agency = page->agency,
                                  .published = page->published,
                                  .modified = page->modified,
                                  .language = page->language,
                                  .section = page->section,
                                  .notice = page->notice,
                                  .sources = sources_of(a, page),
                                  .text = page->text,
                                  .sample = source->sample};
}

/* The story whose articles it is most like, or 0 for a new one. */
static bool find_story(struct store *store, struct arena *a, struct store_article *article,
                       struct err *err)
{
    uint32_t *keys = arena_array(a, SIGNATURE_KEYS, sizeof *keys);
    struct group_article likeness = {
        .title = article->title,
        .text = arena_fmt(a, "%.*s\n\n%.*s", STR_ARG(article->title), STR_ARG(article->text)),
        .published = article->published};
    struct store_candidates candidates = {0};
    article->signature = compare_signature(a, &likeness);
    article->signature_keys = keys;
    article->n_signature_keys = compare_signature_keys(article->signature, keys, SIGNATURE_KEYS);
    if (!store_candidates(store, a, article, &candidates, err))
        return false;
    article->story = compare_place(article->signature, candidates.v, candidates.n);
    return true;
}

static bool keep_page(struct store *store, struct arena *a, const struct ingest_source *source,
                      struct ingest_result *out, struct err *err)
{
    struct page page = {0};
    struct ingest_result result = {0};
    if (!page_read(a, source->bytes, source->type, source->content_type, source->url, &page, err))
        return false;
    if (page.text.n == 0)
        return fail(err, ERR_INVALID, "%s", page_notice_sentence(page.notice));
    take_given(source, &page);
    struct store_article article = article_of(a, source, &page);
    if (!store_article_find(store, &article, &result.how, &result.article, err))
        return false;
    if (result.how == SAVED_SAME) {
        if (!store_article_story(store, result.article, &result.story, err))
            return false;
        *out = result;
        return true;
    }
    article.id = result.article;
    if (!find_story(store, a, &article, err) ||
        !store_article_save(store, &article, &result.article, &result.story, err))
        return false;
    *out = result;
    return true;
}

bool ingest_page(struct store *store, const struct ingest_source *source, struct ingest_result *out,
                 struct err *err)
{
    struct arena a = {0};
    bool ok = keep_page(store, &a, source, out, err);
    arena_finish(&a);
    return ok;
}

bool ingest_stale(struct store *store, const atomic_bool *stop, struct err *err)
{
    int64_t story = 0;
    bool ok = true;
    do {
        if (!store_story_stale(store, &story, err))
            return false;
        /* One story that fails must not keep the others from being compared. */
        ok = (story == 0 || ingest_story(store, story, err)) && ok;
    } while (story && !(stop && atomic_load(stop)));
    return ok;
}

bool ingest_reread(struct store *store, struct err *err)
{
    return store_stories_touch(store, err) && ingest_stale(store, NULL, err);
}

/* Small stories are compared while the person waits; what is left stays stale for the worker. */
static bool compare_touched(struct store *store, int64_t decision, struct err *err)
{
    struct arena a = {0};
    struct store_touched touched = {0};
    bool ok = store_decision_stories(store, &a, decision, &touched, err);
    for (size_t i = 0; ok && i < touched.n; i++)
        if (touched.v[i].articles <= AT_ONCE)
            ok = ingest_story(store, touched.v[i].story, err);
    arena_finish(&a);
    return ok;
}

bool ingest_decide(struct store *store, const struct store_decision *decision, int64_t *id,
                   struct err *err)
{
    return store_decide(store, decision, id, err) && compare_touched(store, *id, err);
}

bool ingest_undo(struct store *store, int64_t *id, struct err *err)
{
    return store_undo(store, id, err) && compare_touched(store, *id, err);
}

bool ingest_redo(struct store *store, int64_t *id, struct err *err)
{
    return store_redo(store, id, err) && compare_touched(store, *id, err);
}
