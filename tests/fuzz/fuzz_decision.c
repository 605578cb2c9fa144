/* Values of decisions, and what a journal may hold: the first two bytes choose what is decided of
 * what, the rest is the value. It is decided and undone; then the same text stands in the journal
 * as a state, and the story is read with it. */
#include "ingest/story/pipeline.h"
#include "store/db/db.h"

#include <stdlib.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *const actions[] = {"confirm", "reject",  "edit", "merge",
                                      "split",   "dismiss", "add"};
static const struct {
    const char *type, *key;
} targets[] = {{"statement", NULL},     {"utterance", NULL},      {"conflict", NULL},
               {"issue", "the-bridge"}, {"actor", "olga-brandt"}, {"article", NULL},
               {"story", NULL}};

static char path[] = "/tmp/synoptic-fuzz-XXXXXX";

static void remove_store(void)
{
    static const char *const suffixes[] = {"", "-wal", "-shm", ".lock"};
    struct arena a = {0};
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++)
        unlink(arena_fmt(&a, "%s%s", path, suffixes[i]).p);
    arena_finish(&a);
}

/* One story of two articles, in a file for this run. */
static struct store *open_store(void)
{
    static const char *const texts[] = {
        "“It took nine years,” mayor Olga Brandt said. Brandt said the bridge would be free.",
        "The bridge took nine years, Olga Brandt said. “It is late,” said driver Paul Holm."};
    struct store *store = NULL;
    struct err err = {0};
    int64_t id, story = 0;
    int fd = mkstemp(path);
    if (fd < 0)
        abort();
    close(fd);
    atexit(remove_store);
    struct store_options options = {.path = path};
    bool ok = store_open(&options, &store, &err);
    for (size_t i = 0; ok && i < 2; i++) {
        struct store_article article = {.story = story,
                                        .title = S("The bridge opens"),
                                        .outlet = i ? S("Post") : S("Wire"),
                                        .published = S("2025-04-24"),
                                        .text = str_of(texts[i])};
        ok = store_article_save(store, &article, &id, &story, &err);
    }
    ok = ok && ingest_story(store, story, &err);
    if (!ok)
        abort();
    return store;
}

/* The store is as before afterwards. */
static void put_in_journal(struct store *store, const char *action, const char *target,
                           const char *key, struct str text)
{
    struct arena a = {0};
    struct err err = {0};
    struct store_story story;
    if (!store_batch_begin(store, &err))
        abort();
    struct query q =
        query_begin(&store->writer, "INSERT INTO decisions (time, action, target, target_id,"
                                    " target_key, article, before, after) VALUES ('', :action,"
                                    " :target, 1, :key, 1, :text, :text)");
    query_str(&q, ":action", str_of(action));
    query_str(&q, ":target", str_of(target));
    query_str_opt(&q, ":key", str_of(key));
    query_str(&q, ":text", text);
    if (query_do(&q, NULL))
        store_story_load(store, &a, 1, &story, &err);
    store_batch_end(store, false, &err);
    arena_finish(&a);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct store *store;
    cJSON *value = NULL;
    struct err err = {0};
    int64_t id = 0;
    if (size < 3)
        return 0;
    struct str text = {(const char *)data + 2, size - 2};
    if (!json_parse(text, &value, &err))
        return 0;
    store = store ? store : open_store();
    const char *action = actions[data[0] % 7], *target = targets[data[1] % 7].type;
    const char *key = targets[data[1] % 7].key;
    struct store_decision d = {.action = str_of(action),
                               .target = str_of(target),
                               .id = key ? 0 : 1,
                               .key = str_of(key),
                               .value = cJSON_IsObject(value) ? value : NULL};
    if (ingest_decide(store, &d, &id, &err) && !ingest_undo(store, &id, &err))
        abort();
    put_in_journal(store, action, target, key, text);
    cJSON_Delete(value);
    return 0;
}
