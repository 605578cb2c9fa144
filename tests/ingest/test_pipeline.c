/* From files to a compared story in the store: what is kept, what is recognised, what survives. */
#include "base/file.h"
#include "store/db/db.h"
#include "support/stored.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static struct stored s;

static void setup(void)
{
    stored_setup(&s);
}

static void teardown(void)
{
    stored_teardown(&s);
}

/* The span's exact words stand at its code points in the text. */
static void check_span(struct arena *a, const cJSON *span, const char *text)
{
    struct utf8_index x = utf8_index_make(a, str_of(text));
    size_t start = utf8_byte(&x, (size_t)row_int(span, "start"));
    size_t end = utf8_byte(&x, (size_t)row_int(span, "end"));
    ck_str_is(str_slice(x.text, start, end), row_text(span, "exact"));
}

static const char *text_of(cJSON *document, int64_t article)
{
    cJSON *row;
    cJSON_ArrayForEach(row, cJSON_GetObjectItem(document, "articles")) {
        if (row_int(row, "id") == article)
            return row_text(row, "text");
    }
    ck_abort_msg("no article %lld", (long long)article);
    return "";
}

START_TEST(test_story)
{
    static const char *const roles[] = {"source", "cue", "content"};
    struct arena a = {0};
    int statements = 0;
    stored_import(&s, "data/harbour");
    cJSON *stories = stored_rows(&s, NOUN_STORY, (struct store_filter){0});
    ck_assert_int_eq(cJSON_GetArraySize(stories), 1);
    cJSON *story = cJSON_GetArrayItem(stories, 0), *utterance, *st, *span;
    ck_assert_int_eq(row_int(story, "articles"), 3);
    ck_assert(cJSON_IsFalse(cJSON_GetObjectItem(story, "stale")));
    cJSON *document = stored_comparison(&s, row_int(story, "id"));
    cJSON_ArrayForEach(utterance, cJSON_GetObjectItem(document, "utterances")) {
        cJSON_ArrayForEach(st, cJSON_GetObjectItem(utterance, "statements")) {
            const char *text = text_of(document, row_int(st, "article"));
            statements++;
            for (int r = 0; r < 3; r++)
                cJSON_ArrayForEach(span, cJSON_GetObjectItem(st, roles[r])) {
                    check_span(&a, span, text);
                }
        }
    }
    ck_assert_int_gt(statements, 5);
    ck_assert_int_eq(row_int(story, "statements"), statements);
    cJSON *rows = stored_rows(&s, NOUN_STATEMENT, (struct store_filter){.story = 1});
    ck_assert_int_eq(cJSON_GetArraySize(rows), statements);
    ck_assert_ptr_nonnull(row_with(rows, "content", "price of bread"));
    cJSON *actors = stored_rows(&s, NOUN_ACTOR, (struct store_filter){.story = 1});
    ck_assert_ptr_nonnull(row_with(actors, "name", "Maria Kent"));
    stored_verify(&s);
    cJSON_Delete(actors);
    cJSON_Delete(rows);
    cJSON_Delete(document);
    cJSON_Delete(stories);
    arena_finish(&a);
}
END_TEST

/* Every noun of an item that a story links to can be read. */
START_TEST(test_items)
{
    static const enum store_noun numbered[] = {NOUN_STORY,     NOUN_ARTICLE,  NOUN_STATEMENT,
                                               NOUN_UTTERANCE, NOUN_CONFLICT, NOUN_IMPORT,
                                               NOUN_OUTLET};
    stored_import(&s, "data/harbour");
    for (size_t i = 0; i < sizeof numbered / sizeof *numbered; i++) {
        cJSON *rows = stored_rows(&s, numbered[i], (struct store_filter){0}), *row;
        cJSON_ArrayForEach(row, rows) {
            cJSON_Delete(stored_item(&s, numbered[i], row_int(row, "id"), ""));
        }
        cJSON_Delete(rows);
    }
    cJSON *rows = stored_rows(&s, NOUN_ACTOR, (struct store_filter){0}), *row;
    cJSON_ArrayForEach(row, rows) {
        cJSON_Delete(stored_item(&s, NOUN_ACTOR, 0, row_text(row, "key")));
    }
    cJSON_Delete(rows);
    rows = stored_rows(&s, NOUN_ISSUE, (struct store_filter){0});
    cJSON_ArrayForEach(row, rows) {
        cJSON_Delete(stored_item(&s, NOUN_ISSUE, 0, row_text(row, "id")));
    }
    cJSON_Delete(rows);
}
END_TEST

START_TEST(test_again)
{
    int64_t first = stored_import(&s, "data/harbour");
    struct store_import state;
    struct err err = {0};
    ck_assert(store_import_state(s.store, first, &state, &err));
    ck_assert_str_eq(state.status, "done");
    ck_assert_int_eq(state.done, 3);
    int64_t second = stored_import(&s, "data/harbour");
    cJSON *items = stored_rows(&s, NOUN_IMPORT_ITEM, (struct store_filter){.import = second});
    ck_assert_ptr_null(row_with(items, "stage", "new"));
    ck_assert_ptr_nonnull(row_with(items, "stage", "same"));
    cJSON *articles = stored_rows(&s, NOUN_ARTICLE, (struct store_filter){0});
    ck_assert_int_eq(cJSON_GetArraySize(articles), 3);
    cJSON_Delete(articles);
    cJSON_Delete(items);
}
END_TEST

static cJSON *ids_and_words(void)
{
    cJSON *rows = stored_rows(&s, NOUN_STATEMENT, (struct store_filter){0});
    cJSON *out = cJSON_CreateObject(), *row;
    cJSON_ArrayForEach(row, rows) {
        char id[32];
        snprintf(id, sizeof id, "%lld", (long long)row_int(row, "id"));
        cJSON_AddItemToObject(out, id, cJSON_Duplicate(cJSON_GetObjectItem(row, "content"), true));
    }
    cJSON_Delete(rows);
    return out;
}

START_TEST(test_reread_keeps_ids)
{
    struct err err = {0};
    stored_import(&s, "data/harbour");
    cJSON *before = ids_and_words();
    cJSON *document = stored_comparison(&s, 1);
    ck_assert_msg(stored_reread(&s), "%s", err.message);
    cJSON *after = ids_and_words(), *again = stored_comparison(&s, 1);
    ck_assert(cJSON_Compare(before, after, true));
    ck_assert(cJSON_Compare(document, again, true));
    cJSON_Delete(again);
    cJSON_Delete(document);
    cJSON_Delete(before);
    cJSON_Delete(after);
}
END_TEST

/* The same address with another text: a version; what did not change keeps its number. */
static void run_sql(const char *sql)
{
    struct err err = {0};
    struct db *db = store_write_begin(s.store, &err);
    ck_assert(db != NULL);
    bool ok = db_run(db, sql, &err);
    ck_assert_msg(store_write_end(s.store, ok, CHANGED_NOTHING, &err), "%s", err.message);
}

static char *compared_again(void)
{
    struct err err = {0};
    ck_assert(store_stories_touch(s.store, &err) && ingest_stale(s.store, NULL, &err));
    cJSON *story = stored_comparison(&s, 1);
    char *text = cJSON_PrintUnformatted(story);
    cJSON_Delete(story);
    return text;
}

/* What was found in a text before serves again; without it, or damaged, everything is found anew:
 * the comparison is the same. */
START_TEST(test_found_before)
{
    stored_import(&s, "data/harbour");
    char *stored = compared_again();
    run_sql("UPDATE article_attributions SET bytes = zeroblob(40)");
    char *damaged = compared_again();
    run_sql("DELETE FROM article_attributions");
    char *anew = compared_again();
    ck_assert_str_eq(stored, damaged);
    ck_assert_str_eq(stored, anew);
    struct err err = {0};
    struct db *db = store_read_begin(s.store, 0, &err);
    ck_assert_int_eq(db_number(db,
                               "SELECT count(*) FROM articles a JOIN article_attributions x"
                               " ON x.article = a.id WHERE length(x.bytes) > 22",
                               0, 0),
                     db_number(db, "SELECT count(*) FROM articles", 0, -1));
    store_read_end(s.store, db);
    cJSON_free(stored);
    cJSON_free(damaged);
    cJSON_free(anew);
}
END_TEST

START_TEST(test_version)
{
    struct err err = {0};
    struct ingest_result result;
    const char first[] = "Title\n\n\"The bridge is safe,\" Anna Lund said on Monday.\n\n"
                         "The bridge was closed in March.";
    const char second[] =
        "Title\n\nUpdated with more.\n\n\"The bridge is safe,\" Anna Lund said on "
        "Monday.\n\nThe bridge was closed in March.";
    struct ingest_source source = {
        .bytes = str_of(first), .type = PAGE_BODY, .url = S("https://example.org/bridge")};
    ck_assert_msg(ingest_page(s.store, &source, &result, &err), "%s", err.message);
    ck_assert_int_eq(result.how, SAVED_NEW);
    ck_assert(ingest_stale(s.store, NULL, &err));
    cJSON *before = stored_rows(&s, NOUN_STATEMENT, (struct store_filter){0});
    source.bytes = str_of(second);
    ck_assert_msg(ingest_page(s.store, &source, &result, &err), "%s", err.message);
    ck_assert_int_eq(result.how, SAVED_VERSION);
    ck_assert(ingest_stale(s.store, NULL, &err));
    cJSON *after = stored_rows(&s, NOUN_STATEMENT, (struct store_filter){0});
    cJSON *was = row_with(before, "content", "bridge is safe");
    cJSON *is = row_with(after, "content", "bridge is safe");
    ck_assert_ptr_nonnull(was);
    ck_assert_ptr_nonnull(is);
    ck_assert_int_eq(row_int(was, "id"), row_int(is, "id"));
    cJSON *article = stored_item(&s, NOUN_ARTICLE, result.article, "");
    ck_assert_int_eq(row_int(article, "version"), 2);
    ck_assert_int_eq(cJSON_GetArraySize(cJSON_GetObjectItem(article, "versions")), 2);
    stored_verify(&s);
    cJSON_Delete(article);
    cJSON_Delete(before);
    cJSON_Delete(after);
}
END_TEST

static void write_file(const char *name, const char *bytes, size_t n)
{
    char path[160];
    snprintf(path, sizeof path, "%s/%s", s.folder, name);
    FILE *f = fopen(path, "wb");
    ck_assert_uint_eq(fwrite(bytes, 1, n, f), n);
    fclose(f);
}

START_TEST(test_bad_items)
{
    struct err err = {0};
    struct store_import state;
    int64_t import = 0;
    char empty[160], binary[160], missing[160], good[160];
    const char text[] =
        "Ferry runs again\n\nThe ferry runs again, said Captain Ole Dahl on Monday. "
        "\"We are glad,\" Dahl told reporters in the harbour. The ferry had been "
        "stopped for a week after a storm damaged the pier in the north.";
    write_file("empty.txt", "", 0);
    write_file("binary.txt",
               "\x7f"
               "ELF\0\0\1\2\3\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0",
               30);
    write_file("good.txt", text, sizeof text - 1);
    snprintf(empty, sizeof empty, "%s/empty.txt", s.folder);
    snprintf(binary, sizeof binary, "%s/binary.txt", s.folder);
    snprintf(missing, sizeof missing, "%s/missing.txt", s.folder);
    snprintf(good, sizeof good, "%s/good.txt", s.folder);
    const char *paths[] = {empty, binary, missing, "http://127.0.0.1:9/private", good};
    ck_assert_msg(ingest_submit_files(s.store, &(struct ingest_files){paths, 5, .type = "auto"},
                                      &import, &err),
                  "%s", err.message);
    ck_assert_msg(worker_drain(s.store, NULL, NULL, &err), "%s", err.message);
    ck_assert(store_import_state(s.store, import, &state, &err));
    ck_assert_int_eq(state.failed, 4);
    ck_assert_int_eq(state.done, 1);
    ck_assert_str_eq(state.status, "done");
    cJSON *items = stored_rows(&s, NOUN_IMPORT_ITEM, (struct store_filter){.import = import}),
          *item;
    cJSON_ArrayForEach(item, items) {
        if (strcmp(row_text(item, "status"), "failed") == 0)
            ck_assert_str_ne(row_text(item, "error"), "");
    }
    cJSON_Delete(items);
    const char *nothing[] = {s.folder};
    unlink(good);
    unlink(empty);
    unlink(binary);
    ck_assert(!ingest_submit_files(s.store, &(struct ingest_files){nothing, 1, .type = "auto"},
                                   &import, &err));
    ck_assert_int_eq(err.kind, ERR_INVALID);
}
END_TEST

START_TEST(test_worker)
{
    struct err err = {0};
    struct worker *worker = NULL;
    struct store_import state = {0};
    int64_t import = 0;
    ck_assert(worker_start(s.store, NULL, &worker, &err));
    struct store_import_item items[] = {
        {.kind = IMPORT_BYTES,
         .name = S("note"),
         .page_type = S("body"),
         .title = S("Well found"),
         .outlet = S("The Village Post"),
         .published = S("2025-05-01"),
         .bytes = S("The old well has been found, said Ida Berg. \"It is deep,\" Berg said.")}};
    ck_assert(ingest_submit_items(s.store, &(struct store_import_batch){S("a note"), items, 1},
                                  &import, &err));
    worker_wake(worker);
    for (int i = 0; i < 500 && strcmp(state.status, "done") != 0; i++) {
        struct timespec pause = {0, 20000000};
        nanosleep(&pause, NULL);
        ck_assert(store_import_state(s.store, import, &state, &err));
    }
    ck_assert_str_eq(state.status, "done");
    cJSON_Delete(stored_comparison(&s, 1));
    cJSON *article = stored_item(&s, NOUN_ARTICLE, 1, "");
    ck_assert_str_eq(row_text(article, "outlet"), "The Village Post");
    ck_assert_str_eq(row_text(article, "title"), "Well found");
    cJSON_Delete(article);
    ck_assert(worker_stop(worker, 60));
}
END_TEST

/* Offsets beyond the first plane: the two documents differ, and each is right. */
START_TEST(test_units)
{
    struct err err = {0};
    struct ingest_result result;
    struct buf points = {0}, units = {0};
    struct ingest_source source = {
        .type = PAGE_BODY,
        .bytes = S("\xf0\x9f\x9a\xa2\xf0\x9f\x9a\xa2 \"The ship has left,\" Nora Hall said.")};
    ck_assert(ingest_page(s.store, &source, &result, &err));
    ck_assert(ingest_stale(s.store, NULL, &err));
    ck_assert(store_comparison(s.store, result.story,
                               (struct compare_form){OFFSET_CODE_POINTS, false}, &points, &err));
    ck_assert(store_comparison(s.store, result.story, (struct compare_form){OFFSET_UTF16, false},
                               &units, &err));
    ck_assert(!str_eq(buf_str(&points), buf_str(&units)));
    buf_finish(&points);
    buf_finish(&units);
    ck_assert(
        !store_comparison(s.store, 99, (struct compare_form){OFFSET_UTF16, false}, &units, &err));
    ck_assert_int_eq(err.kind, ERR_MISSING);
}
END_TEST

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* Nobody without a name is one over two stories. */
START_TEST(test_unnamed)
{
    struct err err = {0};
    int64_t import = 0;
    struct store_import_item items[] = {
        {.kind = IMPORT_BYTES,
         .page_type = S("body"),
         .title = S("Bridge shut in Weidau"),
         .bytes = S("Police said the bridge of Weidau was shut after a fire on a barge.")},
        {.kind = IMPORT_BYTES,
         .page_type = S("body"),
         .title = S("Cattle theft near Oakton"),
         .bytes = S("Police said forty cows had been stolen from a farm near Oakton.")}};
    struct store_import_batch batch = {S("two notes"), items, 2};
    ck_assert(ingest_submit_items(s.store, &batch, &import, &err));
    ck_assert(worker_drain(s.store, NULL, NULL, &err));
    for (int64_t story = 1; story <= 2; story++) {
        cJSON *rows = stored_rows(&s, NOUN_ACTOR, (struct store_filter){.story = story});
        cJSON *police = row_with(rows, "name", "police");
        ck_assert_msg(police && row_int(police, "stories") == 1, "police of one story");
        cJSON_Delete(rows);
    }
}
END_TEST

/* Many articles of many stories: the second half must not cost much more than the first. */
static double import_some(int from, int to)
{
    struct err err = {0};
    struct arena a = {0};
    int64_t import = 0;
    double began = now();
    struct store_import_item *items = arena_array(&a, (size_t)(to - from), sizeof *items);
    for (int i = from; i < to; i++)
        items[i - from] = (struct store_import_item){
            .kind = IMPORT_BYTES,
            .page_type = S("body"),
            .name = S("made up"),
            .title = arena_fmt(&a, "Village %d decides on its well", i / 5),
            .outlet = arena_fmt(&a, "Paper %d", i % 5),
            .bytes =
                arena_fmt(&a,
                          "The council of Village %d decided on its well number %d. \"We want "
                          "the well of %d,\" said Mayor Ann Hill%d. The decision number %d was "
                          "opposed by Bo Dale%d, who said it cost %d crowns.",
                          i / 5, i / 5, i, i / 5, i, i / 5, 1000 + i)};
    ck_assert(ingest_submit_items(
        s.store, &(struct store_import_batch){S("many"), items, (size_t)(to - from)}, &import,
        &err));
    ck_assert_msg(worker_drain(s.store, NULL, NULL, &err), "%s", err.message);
    arena_finish(&a);
    return now() - began;
}

START_TEST(test_many)
{
    int half = getenv("MANY") ? atoi(getenv("MANY")) / 2 : 60;
    double first = import_some(0, half), second = import_some(half, 2 * half);
    printf("%d articles: first half %.2f s, second half %.2f s\n", 2 * half, first, second);
    ck_assert_msg(second < 4 * first + 1, "%.2f then %.2f s", first, second);
    stored_verify(&s);
}
END_TEST

/* The number of the import; 0: there is none. One that was taken back may have used up a number. */
static int64_t only_import(void)
{
    cJSON *all = stored_rows(&s, NOUN_IMPORT, (struct store_filter){0});
    ck_assert_int_le(cJSON_GetArraySize(all), 1);
    const cJSON *id = cJSON_GetObjectItem(cJSON_GetArrayItem(all, 0), "id");
    int64_t number = id ? (int64_t)id->valuedouble : 0;
    cJSON_Delete(all);
    return number;
}

/* Killed in the middle of an import: the next start goes on where it was, and nothing is torn. */
START_TEST(test_killed)
{
    struct err err = {0};
    struct store_import state = {0};
    stored_close(&s);
    for (int round = 0; round < 6; round++) {
        pid_t child = fork();
        if (child == 0) {
            stored_open(&s);
            if (round == 0)
                import_some(0, 60);
            else
                ck_assert(worker_drain(s.store, NULL, NULL, &err));
            _exit(0);
        }
        struct timespec pause = {0, 20000000L * (round + 1)};
        nanosleep(&pause, NULL);
        kill(child, SIGKILL);
        waitpid(child, NULL, 0);
    }
    stored_open(&s);
    stored_verify(&s);
    if (!only_import())
        import_some(0, 60); /* killed before anything was acknowledged */
    ck_assert_msg(worker_drain(s.store, NULL, NULL, &err), "%s", err.message);
    ck_assert(store_import_state(s.store, only_import(), &state, &err));
    ck_assert_str_eq(state.status, "done");
    /* An item that was under way at two of the six deaths is set aside, with its bytes. */
    ck_assert_int_eq(state.done + state.failed, 60);
    ck_assert_int_le(state.failed, 3);
    cJSON *stories = stored_rows(&s, NOUN_STORY, (struct store_filter){0});
    ck_assert_ptr_null(row_with(stories, "stale", "true"));
    cJSON *articles = stored_rows(&s, NOUN_ARTICLE, (struct store_filter){0});
    ck_assert_int_ge(cJSON_GetArraySize(articles),
                     state.done); /* of one set aside it may be there */
    ck_assert_int_le(cJSON_GetArraySize(articles), state.done + state.failed);
    cJSON_Delete(articles);
    cJSON_Delete(stories);
    stored_verify(&s);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("pipeline");
    TCase *t = tcase_create("pipeline");
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_set_timeout(t, 120);
    tcase_add_test(t, test_story);
    tcase_add_test(t, test_items);
    tcase_add_test(t, test_unnamed);
    tcase_add_test(t, test_again);
    tcase_add_test(t, test_reread_keeps_ids);
    tcase_add_test(t, test_found_before);
    tcase_add_test(t, test_version);
    tcase_add_test(t, test_bad_items);
    tcase_add_test(t, test_worker);
    tcase_add_test(t, test_units);
    tcase_add_test(t, test_many);
    tcase_add_test(t, test_killed);
    suite_add_tcase(suite, t);
    return support_run(suite);
}
