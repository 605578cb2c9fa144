/* The store: opening, lists of every noun, articles, queue; refusing what is not ours. */
#include "store/db/db.h"
#include "store/watch.h"
#include "support/support.h"

#include <fcntl.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { EARLIER = 10 }; /* see store/db/migrate.c */

static char folder[64];
static char path[ADDRESS_SIZE];

static void setup(void)
{
    strncpy(folder, "/tmp/synoptic-store-XXXXXX", sizeof folder - 1);
    ck_assert_ptr_nonnull(mkdtemp(folder));
    snprintf(path, sizeof path, "%s", address_in(folder));
}

static void teardown(void)
{
    char command[160];
    snprintf(command, sizeof command, "chmod -R u+w %s; rm -r %s", folder, folder);
    ck_assert_int_eq(system(command), 0);
}

static struct store *opened(void)
{
    struct store *store = NULL;
    struct err err = {0};
    struct store_options options = {.path = path};
    ck_assert_msg(store_open(&options, &store, &err), "%s", err.message);
    return store;
}

static int64_t add_article(struct store *store, const char *outlet, const char *title,
                           const char *text, int64_t story)
{
    struct err err = {0};
    int64_t id = 0;
    struct store_article article = {.story = story,
                                    .outlet = str_of(outlet),
                                    .title = str_of(title),
                                    .text = str_of(text),
                                    .published = S("2025-04-24")};
    ck_assert_msg(store_article_save(store, &article, &id, &story, &err), "%s", err.message);
    return id;
}

/* Every literal compiles and runs, with every way in and from a cursor. */
START_TEST(test_every_list)
{
    struct store *store = opened();
    const struct store_filter filters[] = {
        {.q = S("talks")},
        {.story = 1, .article = 1, .import = 1, .q = S("talks")},
        {.story = 1, .q = S("talks"), .type = S("articles")},
        {.actor = S("a"), .q = S("talks"), .type = S("statements")},
        {.issue = S("i"), .stance = S("support"), .q = S("talks"), .mode = S("one")},
        {.outlet = S("BBC"), .q = S("\"peace talks\" uk*")},
        {.utterance = 3, .q = S("x"), .from = S("2025-01-01"), .to = S("2025-12-31")},
        {.disputed = true, .orphaned = true, .q = S("a"), .mode = S("one"), .story = 1}};
    add_article(store, "BBC", "Talks begin", "The talks began in London.", 0);
    for (int noun = 0; noun < NOUN_COUNT; noun++)
        for (size_t i = 0; i < sizeof filters / sizeof *filters; i++) {
            struct store_query query = {
                .noun = (enum store_noun)noun, .filter = filters[i], .id = 1};
            struct store_page page;
            struct buf out = {0};
            struct err err = {0};
            struct json j = json_begin(&out);
            json_array(&j);
            struct row_json rows = row_json_make(&j);
            ck_assert_msg(store_list(store, &query, &rows.sink, &page, &err), "%d %zu: %s", noun, i,
                          err.message);
            json_end_array(&j);
            cJSON *tree = NULL;
            ck_assert_msg(json_parse(buf_str(&out), &tree, &err), "%d: %s", noun, err.message);
            ck_assert_int_le(cJSON_GetArraySize(tree), page.total);
            cJSON_Delete(tree);
            out.n = 0;
            query.cursor = S("5b305d"); /* [0] */
            ck_assert_msg(store_list(store, &query, &rows.sink, &page, &err) ||
                              (!address_is_file() && err.kind == ERR_INVALID),
                          "%s", err.message); /* where types are strict: of another list */
            query.cursor = (struct str){0};
            query.key = S("nobody");
            j = json_begin(&out);
            if (!store_item(store, &query, &rows.sink, &err))
                ck_assert_msg(err.kind == ERR_MISSING, "%d: %s", noun, err.message);
            buf_finish(&out);
        }
    store_close(store);
}
END_TEST

START_TEST(test_articles)
{
    struct store *store = opened();
    struct err err = {0};
    enum store_saved how;
    int64_t found = 0;
    int64_t first = add_article(store, "BBC", "Talks", "The talks began in London.", 0);
    struct store_article again = {.outlet = S("bbc"), .text = S("The talks began\nin London. ")};
    ck_assert(store_article_find(store, &again, &how, &found, &err));
    ck_assert_int_eq(how, SAVED_SAME);
    ck_assert_int_eq(found, first);
    again.outlet = S("CNN");
    ck_assert(store_article_find(store, &again, &how, &found, &err));
    ck_assert_int_eq(how, SAVED_NEW);
    struct store_article url = {.outlet = S("CNN"), .text = S("One."), .url = S("https://e.org/1")};
    int64_t second = 0, story = 0;
    ck_assert(store_article_save(store, &url, &second, &story, &err));
    url.text = S("Two.");
    ck_assert(store_article_find(store, &url, &how, &found, &err));
    ck_assert_int_eq(how, SAVED_VERSION);
    ck_assert_int_eq(found, second);
    url.id = found;
    ck_assert(store_article_save(store, &url, &second, &story, &err));
    struct store_query versions = {.noun = NOUN_VERSION, .filter = {.article = second}};
    struct store_page page;
    struct buf out = {0};
    struct row_ndjson rows = row_ndjson_make(&out);
    ck_assert(store_list(store, &versions, &rows.sink, &page, &err));
    ck_assert_int_eq(page.total, 2);
    struct store_query search = {.noun = NOUN_SEARCH, .filter = {.q = S("one")}};
    ck_assert(store_list(store, &search, &rows.sink, &page, &err));
    ck_assert_int_eq(page.total, 0); /* only current texts are searched */
    search.filter.q = S("tw*");
    ck_assert(store_list(store, &search, &rows.sink, &page, &err));
    ck_assert_int_eq(page.total, 1);
    search.filter.q = S(" \" ' ");
    ck_assert(!store_list(store, &search, &rows.sink, &page, &err));
    ck_assert_int_eq(err.kind, ERR_INVALID);
    buf_finish(&out);
    store_close(store);
}
END_TEST

START_TEST(test_pages)
{
    struct store *store = opened();
    struct err err = {0};
    struct store_page page = {0};
    char cursor[192] = "", text[64];
    int seen = 0, pages = 0;
    for (int i = 0; i < 23; i++) {
        snprintf(text, sizeof text, "Text number %d.", i);
        add_article(store, "BBC", "Title", text, 1 * (i > 0));
    }
    struct buf out = {0};
    struct row_ndjson rows = row_ndjson_make(&out);
    do {
        struct store_query query = {.noun = NOUN_ARTICLE, .limit = 5, .cursor = str_of(cursor)};
        ck_assert(store_list(store, &query, &rows.sink, &page, &err));
        ck_assert_int_eq(page.total, 23);
        memcpy(cursor, page.next, sizeof cursor);
        pages++;
    } while (cursor[0]);
    for (size_t i = 0; i < out.n; i++)
        seen += out.p[i] == '\n';
    ck_assert_int_eq(pages, 5);
    ck_assert_int_eq(seen, 23);
    struct store_query bad = {.noun = NOUN_ARTICLE, .cursor = S("zz")};
    ck_assert(!store_list(store, &bad, &rows.sink, &page, &err));
    ck_assert_int_eq(err.kind, ERR_INVALID);
    out.n = 0;
    struct row_csv csv = row_csv_make(&out, true);
    struct store_query all = {.noun = NOUN_OUTLET};
    ck_assert(store_list_all(store, &all, &csv.sink, &err));
    ck_str_is(
        buf_str(&out),
        "id,name,domain,articles,statements,stories,last_day\r\n1,BBC,,23,0,1,2025-04-24\r\n");
    buf_finish(&out);
    store_close(store);
}
END_TEST

static void open_fails(enum err_kind kind)
{
    struct store *store = NULL;
    struct err err = {0};
    struct store_options options = {.path = path};
    ck_assert(!store_open(&options, &store, &err));
    ck_assert_msg(err.kind == kind, "%s: %s", err_name(err.kind), err.message);
}

static void run_sql(const char *sql)
{
    sqlite3 *db = NULL;
    ck_assert_int_eq(sqlite3_open(path, &db), SQLITE_OK);
    ck_assert_int_eq(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
}

START_TEST(test_refuses)
{
    struct store *store = opened();
    open_fails(ERR_BUSY); /* a second opener */
    store_close(store);
    run_sql("PRAGMA user_version = 9999");
    open_fails(ERR_UNSUPPORTED); /* newer */
    struct stat before, after;
    stat(path, &before);
    open_fails(ERR_UNSUPPORTED);
    stat(path, &after);
    ck_assert_int_eq(before.st_mtime, after.st_mtime);
    ck_assert_int_eq(before.st_size, after.st_size);
    unlink(path);
    run_sql("CREATE TABLE theirs (x)");
    open_fails(ERR_UNSUPPORTED); /* somebody else's */
    unlink(path);
    int fd = open(path, O_WRONLY | O_CREAT, 0600);
    ck_assert_int_eq(
        write(fd, "This is a letter, not a database, and long enough to be read as one.", 68), 68);
    close(fd);
    open_fails(ERR_UNSUPPORTED);
    unlink(path);
    close(open(path, O_WRONLY | O_CREAT, 0600)); /* an empty file is an empty store */
    store_close(opened());
}
END_TEST

START_TEST(test_migrates)
{
    struct store *store = opened();
    add_article(store, "BBC", "Talks", "The talks began.", 0);
    const struct embedded broken[] = {
        {"998-two.sql", STR("CREATE TABLE two (x); INSERT INTO nowhere VALUES (1);"), {0}, ""},
        {0}};
    const struct embedded steps[] = {{"998-two.sql", STR("CREATE TABLE two (x);"), {0}, ""},
                                     {"999-three.sql", STR("CREATE TABLE three (x);"), {0}, ""},
                                     {0}};
    struct err err = {0};
    int64_t now = db_number(&store->writer, "SELECT user_version FROM pragma_user_version", 0, 0);
    ck_assert(!store_migrate(store, broken, &err));
    ck_assert_int_eq(
        db_number(&store->writer, "SELECT count(*) FROM sqlite_schema WHERE name = 'two'", 0, -1),
        0);
    ck_assert_msg(store_migrate(store, steps, &err), "%s", err.message);
    ck_assert_int_eq(
        db_number(&store->writer, "SELECT user_version FROM pragma_user_version", 0, 0),
        999 + EARLIER);
    char backup[128];
    snprintf(backup, sizeof backup, "%s.before-%03d", path, (int)now - EARLIER + 1);
    ck_assert_int_eq(access(backup, F_OK), 0);
    store_close(store);
    open_fails(ERR_UNSUPPORTED);
}
END_TEST

/* As somebody who may not write (root may always). */
static void as_nobody(void (*run)(void))
{
    pid_t child = fork();
    if (child == 0) {
        if (geteuid() == 0 && (setgid(65534) || setuid(65534)))
            _exit(2);
        run();
        _exit(0);
    }
    int status = 0;
    waitpid(child, &status, 0);
    ck_assert_msg(WIFEXITED(status) && WEXITSTATUS(status) == 0, "child: %d", status);
}

static void read_only_run(void)
{
    struct store *store = NULL;
    struct err err = {0};
    struct store_options options = {.path = path, .may_read_only = true};
    if (!store_open(&options, &store, &err))
        _exit(3);
    struct buf out = {0};
    struct row_ndjson rows = row_ndjson_make(&out);
    struct store_query query = {.noun = NOUN_ARTICLE};
    struct store_page page;
    if (!store_is_read_only(store) || !store_list(store, &query, &rows.sink, &page, &err) ||
        page.total != 1)
        _exit(4);
    struct store_article article = {.title = S("no")};
    int64_t id, story;
    if (store_article_save(store, &article, &id, &story, &err) || err.kind != ERR_READ_ONLY)
        _exit(5);
    store_close(store);
}

START_TEST(test_read_only)
{
    struct store *store = opened();
    add_article(store, "BBC", "Talks", "The talks began.", 0);
    store_close(store);
    chmod(path, 0444);
    chmod(folder, 0555);
    as_nobody(read_only_run);
    /* Reading beside a server that writes. */
    chmod(folder, 0755);
    chmod(path, 0644);
    store = opened();
    struct store_options options = {.path = path, .read_only = true};
    struct store *reader = NULL;
    struct err err = {0};
    ck_assert_msg(store_open(&options, &reader, &err), "%s", err.message);
    store_close(reader);
    store_close(store);
}
END_TEST

START_TEST(test_queue)
{
    struct store *store = opened();
    struct arena a = {0};
    struct err err = {0};
    struct store_import_item items[] = {
        {.kind = IMPORT_BYTES, .name = S("one"), .bytes = S("1\0002")},
        {.kind = IMPORT_URL, .name = S("two"), .url = S("https://e.org/")},
        {.kind = IMPORT_BYTES, .name = S("three"), .bytes = S("3")}};
    struct store_import_item taken;
    struct store_import state;
    int64_t import = 0;
    ck_assert(store_import_add(store, &(struct store_import_batch){S("3 things"), items, 3},
                               &import, &err));
    ck_assert(store_import_take(store, &a, &taken, &err));
    ck_str_is(taken.name, "one");
    ck_assert_uint_eq(taken.bytes.n, 3);
    store_close(store); /* as if it had died: the item waits again */
    store = opened();
    ck_assert(store_import_take(store, &a, &taken, &err));
    ck_str_is(taken.name, "one");
    struct store_outcome good = {.article = 1, .story = 1, .result = "new"};
    struct store_outcome bad = {.problem = S("no such host")};
    ck_assert(store_import_finish(store, taken.id, &good, &err));
    int64_t wait = 0;
    ck_assert(store_fetch_take(store, &a, &taken, &wait, &err));
    ck_assert_int_eq(taken.kind, IMPORT_URL);
    ck_assert(store_import_finish(store, taken.id, &bad, &err));
    ck_assert(store_import_state(store, import, &state, &err));
    ck_assert_str_eq(state.status, "running");
    ck_assert(store_import_cancel(store, import, &err));
    ck_assert(store_import_take(store, &a, &taken, &err));
    ck_assert_int_eq(taken.id, 0);
    ck_assert(store_import_state(store, import, &state, &err));
    ck_assert_str_eq(state.status, "cancelled");
    ck_assert_int_eq(state.done, 1);
    ck_assert_int_eq(state.failed, 1);
    ck_assert(!store_import_cancel(store, 99, &err));
    ck_assert_int_eq(err.kind, ERR_MISSING);
    arena_finish(&a);
    store_close(store);
}
END_TEST

START_TEST(test_backup_restore)
{
    struct store *store = opened();
    struct arena a = {0};
    struct err err = {0};
    struct str findings;
    char copy[128];
    snprintf(copy, sizeof copy, "%s.copy", path);
    add_article(store, "BBC", "Talks", "The talks began.", 0);
    ck_assert_msg(store_backup(store, copy, &err), "%s", err.message);
    ck_assert(!store_backup(store, copy, &err));
    ck_assert_int_eq(err.kind, ERR_CONFLICT);
    add_article(store, "BBC", "More", "The talks ended.", 1);
    ck_assert(store_verify(store, &a, &findings, &err));
    ck_str_is(findings, "");
    ck_assert(!store_restore(copy, path, &err));
    ck_assert_int_eq(err.kind, ERR_BUSY);
    store_close(store);
    ck_assert_msg(store_restore(copy, path, &err), "%s", err.message);
    store = opened();
    struct store_counters counters = {0};
    ck_assert(store_count(store, &counters, &err));
    ck_assert_int_eq(counters.articles, 1);
    store_close(store);
    int fd = open(copy, O_WRONLY);
    ck_assert_int_eq(pwrite(fd, "damage damage damage damage", 27, 4096 * 3), 27);
    close(fd);
    ck_assert(!store_restore(copy, path, &err));
    store_close(opened());
    arena_finish(&a);
}
END_TEST

/* No space left: the write is taken back and said so, reads go on, and later it works again. */
START_TEST(test_full)
{
    struct store *store = opened();
    struct err err = {0};
    struct store_counters counters = {0};
    struct arena a = {0};
    add_article(store, "BBC", "Talks", "The talks began.", 0);
    char limit[64];
    snprintf(limit, sizeof limit, "PRAGMA max_page_count = %d",
             (int)db_number(&store->writer, "SELECT page_count FROM pragma_page_count", 0, 0));
    ck_assert(db_run(&store->writer, limit, &err));
    struct buf text = {0};
    for (int i = 0; i < 100000; i++)
        buf_fmt(&text, "word%d ", i);
    struct store_article article = {.title = S("Long"), .text = buf_str(&text)};
    int64_t id = 0, story = 0;
    ck_assert(!store_article_save(store, &article, &id, &story, &err));
    ck_assert_msg(err.kind == ERR_FULL, "%s", err.message);
    ck_assert(store_count(store, &counters, &err));
    ck_assert_int_eq(counters.articles, 1);
    ck_assert(db_run(&store->writer, "PRAGMA max_page_count = 100000", &err));
    ck_assert_msg(store_article_save(store, &article, &id, &story, &err), "%s", err.message);
    struct str findings;
    ck_assert(store_verify(store, &a, &findings, &err));
    ck_str_is(findings, "");
    buf_finish(&text);
    arena_finish(&a);
    store_close(store);
}
END_TEST

/* A child writes article after article and says so; it is killed; nothing it said is missing. */
START_TEST(test_killed)
{
    int said[2], acknowledged = 0;
    ck_assert_int_eq(pipe(said), 0);
    pid_t child = fork();
    if (child == 0) {
        struct store *store = opened();
        for (int i = 0;; i++) {
            char text[64];
            snprintf(text, sizeof text, "Article number %d.", i);
            add_article(store, "BBC", "Title", text, i > 0);
            if (write(said[1], "x", 1) != 1)
                _exit(1);
        }
    }
    close(said[1]);
    char c;
    while (acknowledged < 50 && read(said[0], &c, 1) == 1)
        acknowledged++;
    kill(child, SIGKILL);
    while (read(said[0], &c, 1) == 1)
        acknowledged++;
    close(said[0]);
    waitpid(child, NULL, 0);
    struct store *store = opened();
    struct store_counters counters = {0};
    struct err err = {0};
    struct arena a = {0};
    struct str findings;
    ck_assert(store_count(store, &counters, &err));
    ck_assert_int_ge(counters.articles, acknowledged);
    ck_assert_int_le(counters.articles, acknowledged + 1);
    ck_assert(store_verify(store, &a, &findings, &err));
    ck_str_is(findings, "");
    arena_finish(&a);
    store_close(store);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("store");
    TCase *t = tcase_create("store");
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_set_timeout(t, 60);
    tcase_add_test(t, test_every_list);
    tcase_add_test(t, test_articles);
    tcase_add_test(t, test_pages);
    tcase_add_test(t, test_queue);
    tcase_add_test(t, test_killed);
    if (address_is_file()) { /* these change the file */
        tcase_add_test(t, test_refuses);
        tcase_add_test(t, test_migrates);
        tcase_add_test(t, test_read_only);
        tcase_add_test(t, test_backup_restore);
        tcase_add_test(t, test_full);
    }
    suite_add_tcase(suite, t);
    return support_run(suite);
}
