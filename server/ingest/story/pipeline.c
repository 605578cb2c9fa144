/* The order of the stages for one page, and the entry points around a story: see pipeline.h. */
#include "ingest/story/pipeline.h"

#include "base/url.h"
#include "ingest/story/ahead.h"
#include "ingest/story/placing.h"
#include "store/original.h"
#include "store/turns.h"

/* AT_ONCE: articles of stories that are compared while the maker of a decision waits. Memory that
 * fewer than WORTH_TIDYING took is kept for the next: giving it back takes a tenth of the answer.
 */
enum { SIGNATURE_KEYS = 16, AT_ONCE = 40, WORTH_TIDYING = 10 };

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
    if (source->byline.n)
        page_set(page, FIELD_BYLINE, source->byline, "given");
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

struct store_article placing_article(struct arena *a, const struct ingest_source *source,
                                     struct page *page)
{
    take_given(source, page);
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

void placing_sign(struct arena *a, struct store_article *article)
{
    uint32_t *keys = arena_array(a, SIGNATURE_KEYS, sizeof *keys);
    struct group_article likeness = {
        .title = article->title,
        .text = arena_fmt(a, "%.*s\n\n%.*s", STR_ARG(article->title), STR_ARG(article->text)),
        .published = article->published};
    article->signature = compare_signature(a, &likeness);
    article->signature_keys = keys;
    article->n_signature_keys = compare_signature_keys(article->signature, keys, SIGNATURE_KEYS);
}

/* A page on its way into the store, with the addresses it came with: its own, and the one it was
 * fetched from. */
struct arrival {
    struct store *store;
    struct arena *arena;
    const struct ingest_source *source;
    struct store_article article;
    struct store_address own, fetched;
    struct ingest_result result;
};

/* The story whose articles it is most like, or 0 for a new one. */
static bool find_story(struct arrival *x, struct err *err)
{
    struct store_candidates candidates = {0};
    if (!store_candidates(x->store, x->arena, &x->article, &candidates, err))
        return false;
    x->article.story = compare_place(x->article.signature, candidates.v, candidates.n);
    return true;
}

static struct store_address address_of(struct arena *a, struct str url)
{
    enum url_view view = URL_PAGE;
    struct str key = url_key(a, url, &view);
    return (struct store_address){key, url, str_of(url_view_names[view])};
}

static bool is_here(struct store *store, const struct store_address *address, int64_t *id,
                    struct err *err)
{
    return *id != 0 || store_address_find(store, address->key, id, err);
}

/* A view of an article that is here says what the article says, give or take what is left out for
 * phones and printers; else it is what the page says now. */
static bool find_view(struct arrival *x, struct err *err)
{
    struct store_article here;
    struct ingest_result *out = &x->result;
    int64_t id = out->article;
    if (out->how == SAVED_SAME)
        return true;
    if (!is_here(x->store, &x->own, &id, err) || !is_here(x->store, &x->fetched, &id, err))
        return false;
    if (!id)
        return true;
    out->how = SAVED_VERSION;
    out->article = id;
    if (!store_article_load(x->store, x->arena, id, &here, err))
        return false;
    bool elsewhere = x->fetched.url.n && !str_eq(x->fetched.url, here.url);
    if (elsewhere && page_texts_alike(x->arena, here.text, x->article.text))
        out->how = SAVED_SAME;
    return true;
}

static bool save_addresses(const struct arrival *x, struct err *err)
{
    return store_address_save(x->store, x->result.article, &x->own, err) &&
           (str_eq(x->own.url, x->fetched.url) ||
            store_address_save(x->store, x->result.article, &x->fetched, err));
}

static bool save_original(const struct arrival *x, struct err *err)
{
    const struct ingest_source *source = x->source;
    struct store_original original = {.url = source->url,
                                      .content_type = source->content_type,
                                      .page_type = str_of(page_type_names[source->type]),
                                      .title = source->title,
                                      .outlet = source->outlet,
                                      .published = source->published,
                                      .bytes = source->bytes};
    return source->forget || store_original_save(x->store, x->result.article, &original, err);
}

static bool read_source(struct arena *a, const struct ingest_source *source, struct page *page,
                        struct err *err)
{
    if (!page_read(a,
                   &(struct page_source){.bytes = source->bytes,
                                         .type = source->type,
                                         .content_type = source->content_type,
                                         .url = source->url},
                   page, err))
        return false;
    if (page->text.n)
        return true;
    return fail(err, ERR_INVALID, "%s", page_notice_sentence(page->notice));
}

/* All queries and writes to the store for one page. */
static bool save_article(struct arrival *x, struct err *err)
{
    struct ingest_result *r = &x->result;
    if (x->source->item && !store_import_ours(x->store, x->source->item, err))
        return false;
    if (!store_article_find(x->store, &x->article, &r->how, &r->article, err) || !find_view(x, err))
        return false;
    x->article.id = r->article;
    bool ok = r->how == SAVED_SAME
                  ? store_article_story(x->store, r->article, &r->story, err)
                  : find_story(x, err) &&
                        store_article_save(x->store, &x->article, &r->article, &r->story, err);
    return ok && save_original(x, err) && save_addresses(x, err);
}

static bool save_page(struct store *store, struct arena *a, const struct ingest_source *source,
                      struct ingest_result *out, struct err *err)
{
    struct page page = {0};
    if (!read_source(a, source, &page, err))
        return false;
    struct store_article article = placing_article(a, source, &page);
    placing_sign(a, &article);
    struct arrival x = {.store = store,
                        .arena = a,
                        .source = source,
                        .article = article,
                        .own = address_of(a, article.url),
                        .fetched = address_of(a, source->url)};
    if (!source->batched && !store_batch_begin(store, err))
        return false;
    bool ok = save_article(&x, err);
    if (!source->batched)
        ok = store_batch_end(store, ok, err);
    if (!ok)
        return false;
    *out = x.result;
    if (out->how != SAVED_SAME)
        ahead_take(source->ahead, out->article, &article);
    return true;
}

bool ingest_page(struct store *store, const struct ingest_source *source, struct ingest_result *out,
                 struct err *err)
{
    struct arena a = {0};
    bool ok = save_page(store, &a, source, out, err);
    arena_finish(&a);
    return ok;
}

/* The decision stands, whatever comes of comparing: a story that was left out or that failed stays
 * stale, and the worker sees to it (and says so if it fails again). */
static void compare_touched(struct store *store, int64_t decision)
{
    struct arena a = {0};
    struct store_touched touched = {0};
    int64_t left = AT_ONCE;
    store_decision_stories(store, &a, decision, &touched, NULL);
    for (size_t i = 0; i < touched.n; i++) {
        struct err why = {0};
        if (touched.v[i].articles > left)
            continue;
        left -= touched.v[i].articles;
        ingest_story(store, touched.v[i].story, &why);
    }
    arena_finish(&a);
    if (AT_ONCE - left > WORTH_TIDYING)
        ingest_tidy();
}

bool ingest_decide(struct store *store, const struct store_decision *decision, int64_t *id,
                   struct err *err)
{
    if (!store_decide(store, decision, id, err))
        return false;
    if (*id)
        compare_touched(store, *id);
    return true;
}

bool ingest_undo(struct store *store, int64_t *id, struct err *err)
{
    if (!store_undo(store, id, err))
        return false;
    compare_touched(store, *id);
    return true;
}

bool ingest_redo(struct store *store, int64_t *id, struct err *err)
{
    if (!store_redo(store, id, err))
        return false;
    compare_touched(store, *id);
    return true;
}

bool ingest_turn(struct store *store, bool back, struct store_turn *turn, struct err *err)
{
    if (!(back ? store_turn_back : store_turn_forth)(store, turn, err))
        return false;
    compare_touched(store, turn->id);
    return true;
}
