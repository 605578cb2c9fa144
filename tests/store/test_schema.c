/* The schema and its queries: everything commented, nothing scanned. */
#include "store/list/list.h"
#include "support/earlier.h"
#include "support/stored.h"
#include "support/world.h"

#include <sqlite3.h>
#include <stdio.h>

/* Each table and each column of the schema says what it is for. */
START_TEST(test_schema_comments)
{
    for (const struct embedded *step = assets_schema; step->key; step++) {
        struct str rest = step->bytes, line, before = {0};
        bool inside = false;
        while (str_split(&rest, '\n', &line)) {
            if (str_starts(line, S("CREATE TABLE")) || str_starts(line, S("CREATE VIRTUAL")))
                ck_assert_msg(str_starts(before, S("-- ")), "%.*s", STR_ARG(line));
            bool column =
                inside && str_starts(line, S("    ")) && line.p[4] >= 'a' && line.p[4] <= 'z';
            if (column)
                ck_assert_msg(str_contains(line, S(" -- ")), "%.*s", STR_ARG(line));
            if (str_starts(line, S("CREATE TABLE")))
                inside = true;
            else if (str_starts(line, S(")")))
                inside = false;
            before = line;
        }
    }
}
END_TEST

/* SQLite 3.40's quick check misreads tables without rowid whose key is not their first columns in
 * their order: there are to be none. */
START_TEST(test_key_order)
{
    struct stored s;
    stored_setup(&s);
    int64_t wrong =
        db_number(&s.store->writer,
                  "SELECT count(*) FROM pragma_table_list t JOIN pragma_table_info(t.name) c"
                  " WHERE t.wr AND c.pk > 0 AND c.pk <> c.cid + 1",
                  0, -1);
    ck_assert_int_eq(wrong, 0);
    stored_teardown(&s);
}
END_TEST

/* What a list may go through from end to end, and why it is not a large table. A name with an
 * asterisk behind it is the beginning of one. */
static const struct {
    const char *what, *why;
} scans[] = {
    {"(subquery*", "rows of the literal itself"},
    {"CONSTANT ROW*", "likewise"},
    {"json_each*", "a list in a column"},
    {"k VIRTUAL TABLE*", "likewise"},
    {"w VIRTUAL TABLE*", "likewise"},
    {"x VIRTUAL TABLE*", "likewise"},
    {"y VIRTUAL TABLE*", "likewise"},
    {"f VIRTUAL TABLE*", "an index of words, by those that are searched for"},
    {"article_search VIRTUAL TABLE*", "likewise, for what is shown of a hit"},
    {"statement_search VIRTUAL TABLE*", "likewise"},
    {"b", "the rows of one row's list"},
    {"c", "an issue's stances by outlet"},
    {"g", "a statement's sides, an actor's or an issue's, in their order"},
    {"h", "hits up to a limit, the actors who say most; a story's days"},
    {"hit", "hits up to a limit"},
    {"e", "edges of a story's network"},
    {"n", "nodes of a story's network"},
    {"page", "the rows of a page"},
    {"s", "totals over the stories of a filter"},
    {"a USING COVERING INDEX articles_outlet", "their outlets, counted"},
    {"st USING INDEX statement_rows_review",
     "the queue in its order, up to a page; only what is proposed"},
    {"x USING INDEX actors_weight", "all actors in the list's order, up to a page"},
    {"actors USING INDEX actors_weight", "those who say most, up to a limit"},
    {"n USING COVERING INDEX actor_name_rows_text", "actors?q= is for words anywhere in a name"},
};

static bool may_scan(struct str detail)
{
    struct str name = str_slice(detail, 5, detail.n);
    for (size_t i = 0; i < sizeof scans / sizeof *scans; i++) {
        struct str what = str_of(scans[i].what);
        bool part = what.p[what.n - 1] == '*';
        if (part ? str_starts(name, str_slice(what, 0, what.n - 1)) : str_eq(name, what))
            return true;
    }
    return false;
}

static void check_plan(struct db *db, const char *sql, const char *what)
{
    struct buf explain = {0};
    struct engine_statement *plan = NULL;
    buf_fmt(&explain, "EXPLAIN QUERY PLAN %s", sql);
    ck_assert_int_eq(db->engine->prepare(db->link, explain.p, &plan), 0);
    while (db->engine->step(plan) == ENGINE_ROW) {
        struct str detail = db->engine->column(plan, 3, ENGINE_TEXT).text;
        if (str_starts(detail, S("SCAN ")))
            ck_assert_msg(may_scan(detail), "%s: %.*s\n%.1000s", what, STR_ARG(detail), sql);
    }
    db->engine->finish(plan);
    buf_finish(&explain);
}

/* No list goes through a whole table: not for a page, not for an item. (Counting does, once.) */
START_TEST(test_plans)
{
    const struct store_filter filters[] = {{0},
                                           {.story = 1},
                                           {.article = 1},
                                           {.utterance = 1},
                                           {.order = S("worth")},
                                           {.order = S("worth"), .story = 1},
                                           {.import = 1},
                                           {.outlet = S("1")},
                                           {.q = S("x")},
                                           {.order = S("newest")},
                                           {.story = 1, .outlet = S("1")},
                                           {.from = S("2025-01-01")},
                                           {.disputed = true},
                                           {.stance = S("support")},
                                           {.status = S("confirmed")},
                                           {.actor = S("a")},
                                           {.issue = S("i")},
                                           {.type = S("articles")},
                                           {.type = S("statements")}};
    struct stored s;
    stored_setup(&s);
    for (int noun = 0; noun < NOUN_COUNT; noun++)
        for (size_t i = 0; i < sizeof filters / sizeof *filters; i++) {
            struct store_query query = {.noun = (enum store_noun)noun, .filter = filters[i]};
            struct noun_sql sql = noun_sql_for(s.store->engine, &query);
            char what[40];
            bool network = noun == NOUN_NODE || noun == NOUN_EDGE;
            snprintf(what, sizeof what, "noun %d, filter %zu", noun, i);
            if (network && !filters[i].story) /* the network of everything is what it says */
                continue;
            check_plan(&s.store->writer, sql.list, what);
            if (sql.item)
                check_plan(&s.store->writer, sql.item, what);
        }
    stored_teardown(&s);
}
END_TEST

/* As a program that knows nothing of the store's rules. */
static void run_sql(const struct stored *s, const char *sql)
{
    sqlite3 *db = NULL;
    ck_assert_int_eq(sqlite3_open(s->path, &db), SQLITE_OK);
    ck_assert_int_eq(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
}

static void take_back_numbers(const struct stored *s)
{
    for (size_t i = 0; i < sizeof numbers_taken_back / sizeof *numbers_taken_back; i++)
        run_sql(s, numbers_taken_back[i]);
}

static int64_t number(struct stored *s, const char *sql)
{
    return db_number(&s->store->writer, sql, 0, -1);
}

/* The tables of samples go altogether. */
#define CODERS_STEP                                                                                \
    "DROP TABLE codings; DROP TABLE sample_statements; DROP TABLE sample_strata; DROP TABLE"       \
    " samples;"

#define LEAN_STEP                                                                                  \
    "DROP INDEX articles_story; ALTER TABLE articles DROP COLUMN slot; ALTER TABLE articles"       \
    " DROP COLUMN rank; CREATE INDEX articles_story ON articles (story);"

#define SMALL_STEP "DROP TABLE import_bytes; ALTER TABLE import_items ADD COLUMN bytes BLOB;"

#define PLAIN_COMPARISONS                                                                          \
    "DROP TABLE comparisons; CREATE TABLE comparisons (story INTEGER PRIMARY KEY,"                 \
    " document TEXT NOT NULL, utf16 TEXT) STRICT;"

#define HEADS_STEP                                                                                 \
    "DROP TABLE article_heads; DROP INDEX outlets_found; DROP INDEX outlets_part_of;"              \
    " DROP INDEX articles_outlet_named; DROP INDEX decisions_kind; DROP INDEX decisions_by;"       \
    " DROP INDEX story_names_text; ALTER TABLE outlets DROP COLUMN found;"                         \
    " ALTER TABLE outlets DROP COLUMN part_of; ALTER TABLE articles DROP COLUMN outlet_named;"

#define OTHERS_STEP                                                                                \
    "DROP TABLE hook_calls; DROP TABLE hooks; DROP VIEW v_article; DROP VIEW IF EXISTS"            \
    " v_statement; DROP VIEW IF EXISTS v_stance; DROP VIEW IF EXISTS v_position; DROP VIEW"        \
    " IF EXISTS v_mention;"                                                                        \
    " DROP INDEX positions_changed;"

#define WAYS_STEP                                                                                  \
    "DROP INDEX statements_decided; DROP INDEX statement_positions_stance;"                        \
    " DROP INDEX articles_outlet_id;"                                                              \
    " ALTER TABLE import_items DROP COLUMN worker; ALTER TABLE hosts DROP COLUMN worker;"          \
    " ALTER TABLE watches DROP COLUMN worker;"

#define DESK_STEP                                                                                  \
    "DROP INDEX statements_review; DROP INDEX IF EXISTS statements_review_story; DROP INDEX "      \
    "decisions_key;"                                                                               \
    " ALTER TABLE statements DROP COLUMN worth; ALTER TABLE decisions DROP COLUMN by;"             \
    " ALTER TABLE decisions DROP COLUMN revision;"

/* The steps from the fifth on taken back. */
static void drop_later_steps(const struct stored *s)
{
    take_back_numbers(s);
    run_sql(s, CODERS_STEP LEAN_STEP SMALL_STEP OTHERS_STEP HEADS_STEP WAYS_STEP PLAIN_COMPARISONS
            "ALTER TABLE import_items DROP COLUMN deaths;"
            "ALTER TABLE stories DROP COLUMN deaths;"
            "DROP TABLE story_names; DROP TABLE story_roles; DROP INDEX story_actors_actor;"
            "CREATE INDEX story_actors_actor ON story_actors (actor, story, statements, articles);"
            "DROP INDEX IF EXISTS story_actors_name; DROP INDEX story_actors_role;"
            "DROP INDEX story_actors_of; DROP INDEX story_issues_title;"
            "ALTER TABLE story_actors DROP COLUMN name;"
            "ALTER TABLE story_actors DROP COLUMN kind;"
            "ALTER TABLE story_actors DROP COLUMN role;"
            "ALTER TABLE story_actors DROP COLUMN of;"
            "ALTER TABLE story_issues DROP COLUMN title;"
            "ALTER TABLE story_issues DROP COLUMN by;"
            "ALTER TABLE story_issues DROP COLUMN sort;" DESK_STEP);
}

static void open_earlier(struct stored *s, const char *mark)
{
    stored_close(s);
    drop_later_steps(s);
    run_sql(s, "UPDATE stories SET stale = 0;"
               "ALTER TABLE issues DROP COLUMN sort;"
               "ALTER TABLE positions DROP COLUMN confidence;"
               "ALTER TABLE statement_positions DROP COLUMN confidence;");
    run_sql(s, mark);
    stored_open(s);
}

/* Stores of the development: those before the schema was folded and those before issues had a sort
 * get what they lack and are compared again; earlier ones are refused and left as they are. */
START_TEST(test_development_stores)
{
    static const char *const marks[] = {"PRAGMA user_version = 6", "PRAGMA user_version = 10"};
    static const char n_columns[] =
        "SELECT count(*) FROM pragma_table_list t JOIN pragma_table_info(t.name) c"
        " WHERE t.name IN ('issues', 'positions', 'statement_positions') AND (t.name, c.name) IN "
        "(VALUES ('issues', 'sort'), ('positions', "
        "'confidence'),"
        " ('statement_positions', 'confidence'))";
    struct stored s;
    stored_setup(&s);
    stored_import(&s, "data/harbour");
    int64_t now = number(&s, "SELECT user_version FROM pragma_user_version");
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        open_earlier(&s, marks[i]);
        ck_assert_int_eq(number(&s, "SELECT count(*) FROM articles"), 3);
        ck_assert_int_eq(number(&s, n_columns), 3);
        ck_assert_int_eq(number(&s, "SELECT count(*) FROM stories WHERE stale > 0"), 1);
        ck_assert_int_eq(number(&s, "SELECT user_version FROM pragma_user_version"), now);
        stored_verify(&s);
    }
    stored_close(&s);
    run_sql(&s, "PRAGMA user_version = 5");
    struct err err = {0};
    struct store_options options = {.path = s.path};
    ck_assert(!store_open(&options, &s.store, &err));
    ck_assert_int_eq(err.kind, ERR_UNSUPPORTED);
    stored_teardown(&s);
}
END_TEST

/* Statements as they were before spans were told in the words of the text: read as they are, until
 * their story is compared again; then smaller, with the same ids. */
START_TEST(test_older_spans)
{
    static const char older[] =
        "UPDATE statement_rows SET context = '{\"before\":\"b\",\"after\":\"a\"}', kept_words = "
        "(SELECT"
        " w.words FROM statement_words w WHERE w.id = statement_rows.id), source_list ="
        " '[{\"start\":1,\"end\":2,\"exact\":\"s\",\"prefix\":\"\",\"suffix\":\"\"}]', "
        "content_list ="
        " '[{\"start\":' || json_extract(content, '$[0][0]') || ',\"end\":'"
        " || json_extract(content, '$[#-1][1]') || "
        "',\"exact\":\"w\",\"prefix\":\"\",\"suffix\":\"\"}]',"
        " cue_list = '[]'; UPDATE stories SET stale = 1";
    static const char sum[] = "SELECT sum(id) FROM statements";
    struct stored s;
    stored_setup(&s);
    stored_import(&s, "data/harbour");
    int64_t ids = number(&s, sum), size = number(&s, "SELECT sum(length(content)) FROM statements");
    run_sql(&s, older);
    cJSON *rows = stored_rows(&s, NOUN_STATEMENT, (struct store_filter){0});
    const cJSON *row = cJSON_GetArrayItem(rows, 0);
    const cJSON *context = cJSON_GetObjectItem(row, "context");
    ck_assert_str_eq(row_text(context, "before"), "b");
    ck_assert_str_eq(row_text(cJSON_GetArrayItem(cJSON_GetObjectItem(row, "content"), 0), "exact"),
                     "w");
    cJSON_Delete(rows);
    stored_verify(&s);
    ck_assert(stored_reread(&s));
    ck_assert_int_eq(number(&s, sum), ids);
    ck_assert_int_eq(number(&s, "SELECT sum(length(content)) FROM statements"), size);
    ck_assert_int_eq(number(&s, "SELECT count(*) FROM statements WHERE context <> ''"), 0);
    stored_verify(&s);
    stored_teardown(&s);
}
END_TEST

#define ALL_NAMES                                                                                  \
    "SELECT sum(length(names) * statements + unicode(substr(names, -1)) * length(name)) FROM"      \
    " story_actors"

/* What was said in words is said in numbers: the rows are the same. */
START_TEST(test_numbers)
{
    struct stored s;
    stored_setup(&s);
    stored_import(&s, "data/harbour");
    cJSON *before = stored_rows(&s, NOUN_STATEMENT, (struct store_filter){0});
    cJSON *article = stored_item(&s, NOUN_ARTICLE, 1, "");
    int64_t names = number(&s, ALL_NAMES);
    struct buf all = world_snapshot(&s), again;
    stored_close(&s);
    take_back_numbers(&s);
    run_sql(&s, "PRAGMA user_version = 26");
    stored_open(&s);
    again = world_snapshot(&s);
    ck_assert(all.n > 1000 && str_eq(buf_str(&all), buf_str(&again)));
    buf_finish(&all);
    buf_finish(&again);
    cJSON *after = stored_rows(&s, NOUN_STATEMENT, (struct store_filter){0});
    ck_assert(cJSON_GetArraySize(before) > 0 && cJSON_Compare(before, after, true));
    cJSON_Delete(after);
    after = stored_item(&s, NOUN_ARTICLE, 1, "");
    ck_assert_int_gt(cJSON_GetArraySize(cJSON_GetObjectItem(after, "mentions")), 0);
    ck_assert(cJSON_Compare(article, after, true));
    cJSON_Delete(article);
    ck_assert_int_eq(number(&s, "SELECT count(*) FROM statements WHERE kept_words <> ''"
                                " AND content_list IS NULL OR rule_number = 0"),
                     0);
    ck_assert_int_eq(number(&s, ALL_NAMES), names);
    stored_verify(&s);
    cJSON_Delete(before);
    cJSON_Delete(after);
    stored_teardown(&s);
}
END_TEST

#define KEPT "SELECT count(*) FROM statements WHERE kept_words <> '' AND content_list IS NULL"

#define KEYS "SELECT count(*) FROM article_keys WHERE article = 1"

/* While the text of an article is another than the one that was compared, its statements keep their
 * words, and the index is as the rows are. */
START_TEST(test_words_outlive_their_text)
{
    static const char intact[] = "INSERT INTO statement_search (statement_search, rank) VALUES"
                                 " ('integrity-check', 1)";
    struct store_article again = {.id = 1, .title = S("Again"), .text = S("Nobody said a thing.")};
    struct stored s;
    struct err err = {0};
    int64_t id, story;
    stored_setup(&s);
    stored_import(&s, "data/harbour");
    cJSON *before = stored_rows(&s, NOUN_NEWS, (struct store_filter){.article = 1});
    ck_assert_int_eq(number(&s, KEPT), 0);
    ck_assert_int_gt(number(&s, KEYS), 0);
    ck_assert(store_article_save(s.store, &again, &id, &story, &err));
    ck_assert_int_gt(number(&s, KEPT), 0);
    ck_assert_int_eq(number(&s, KEYS), 0); /* the new text was given none */
    cJSON *after = stored_rows(&s, NOUN_NEWS, (struct store_filter){.article = 1});
    ck_assert_int_eq(cJSON_GetArraySize(after), cJSON_GetArraySize(before));
    for (int i = 0; i < cJSON_GetArraySize(after); i++)
        ck_assert_str_eq(row_text(cJSON_GetArrayItem(after, i), "words"),
                         row_text(cJSON_GetArrayItem(before, i), "words"));
    stored_close(&s);
    run_sql(&s, intact);
    stored_open(&s);
    ck_assert(stored_reread(&s));
    ck_assert_int_eq(number(&s, KEPT), 0);
    stored_verify(&s);
    stored_close(&s);
    run_sql(&s, intact);
    stored_open(&s);
    cJSON_Delete(before);
    cJSON_Delete(after);
    stored_teardown(&s);
}
END_TEST

/* A store in which comparison documents are still plain text is opened by this program; damage to a
 * packed one is noticed. */
START_TEST(test_packs_comparisons)
{
    struct stored s;
    struct buf out = {0};
    struct err err = {0};
    stored_setup(&s);
    stored_import(&s, "data/harbour");
    stored_close(&s);
    take_back_numbers(&s);
    run_sql(&s, CODERS_STEP LEAN_STEP SMALL_STEP OTHERS_STEP HEADS_STEP WAYS_STEP PLAIN_COMPARISONS
            "INSERT INTO comparisons VALUES (1, '{\"story\":1}', NULL);"
            "PRAGMA user_version = 17");
    stored_open(&s);
    ck_assert_msg(
        store_comparison(s.store, 1, (struct compare_form){OFFSET_UTF16, false}, &out, &err), "%s",
        err.message);
    ck_str_is(buf_str(&out), "{\"story\":1}");
    run_sql(&s, "UPDATE comparisons SET document = zeroblob(9)");
    ck_assert(!store_comparison(s.store, 1, (struct compare_form){OFFSET_CODE_POINTS, false}, &out,
                                &err));
    ck_assert_int_eq(err.kind, ERR_IO);
    buf_finish(&out);
    stored_teardown(&s);
}
END_TEST

/* A new store has small pages, and so has a copy of one that was made with larger ones. */
START_TEST(test_small_pages)
{
    static const char size[] = "SELECT page_size FROM pragma_page_size";
    struct stored s;
    struct err err = {0};
    struct buf copy = {0};
    stored_setup(&s);
    buf_fmt(&copy, "%s.copy", s.path);
    ck_assert_int_eq(number(&s, size), 2048);
    stored_close(&s);
    run_sql(&s, "PRAGMA journal_mode = DELETE; PRAGMA page_size = 8192; VACUUM");
    ck_assert_msg(store_accept(s.path, &err), "%s", err.message);
    stored_open(&s);
    ck_assert_int_eq(number(&s, size), 8192);
    ck_assert_msg(store_backup(s.store, copy.p, &err), "%s", err.message);
    stored_close(&s);
    ck_assert_msg(store_restore(copy.p, s.path, &err), "%s", err.message);
    stored_open(&s);
    ck_assert_int_eq(number(&s, size), 2048);
    stored_verify(&s);
    buf_finish(&copy);
    stored_teardown(&s);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("schema");
    TCase *t = tcase_create("schema");
    tcase_set_timeout(t, 60);
    tcase_add_test(t, test_schema_comments);
    tcase_add_test(t, test_key_order);
    tcase_add_test(t, test_plans);
    tcase_add_test(t, test_development_stores);
    tcase_add_test(t, test_older_spans);
    tcase_add_test(t, test_numbers);
    tcase_add_test(t, test_words_outlive_their_text);
    tcase_add_test(t, test_packs_comparisons);
    tcase_add_test(t, test_small_pages);
    suite_add_tcase(suite, t);
    return support_run(suite);
}
