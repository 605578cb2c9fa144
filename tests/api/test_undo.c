/* What is undone is as it was: the whole store compared before a decision and after its undoing, at
 * once and after everything was read again. */
#include "store/db/db.h"
#include "support/stored.h"

#include <stdio.h>
#include <string.h>

static struct stored s;

static void setup(void)
{
    stored_setup(&s);
    stored_import(&s, "data/harbour");
}

static void teardown(void)
{
    stored_verify(&s);
    stored_teardown(&s);
}

/* What the API shows of it all, as text; the caller frees it. */
static char *everything(void)
{
    static const enum store_noun nouns[] = {NOUN_STORY,    NOUN_ARTICLE,   NOUN_OUTLET,
                                            NOUN_ACTOR,    NOUN_ISSUE,     NOUN_STATEMENT,
                                            NOUN_POSITION, NOUN_UTTERANCE, NOUN_CONFLICT};
    cJSON *all = cJSON_CreateArray(), *row, *actor;
    for (size_t i = 0; i < sizeof nouns / sizeof *nouns; i++)
        cJSON_AddItemToArray(all, stored_rows(&s, nouns[i], (struct store_filter){0}));
    cJSON *actors = cJSON_GetArrayItem(all, 3), *items = cJSON_CreateArray();
    cJSON_ArrayForEach(actor, actors) {
        cJSON_AddItemToArray(items, stored_item(&s, NOUN_ACTOR, 0, row_text(actor, "key")));
    }
    cJSON_AddItemToArray(all, items);
    cJSON_ArrayForEach(row, cJSON_GetArrayItem(all, 0)) {
        cJSON_DeleteItemFromObject(row, "updated");
    }
    char *text = cJSON_PrintUnformatted(all);
    cJSON_Delete(all);
    return text;
}

static bool try_decide(const char *line, struct err *err)
{
    cJSON *tree = cJSON_Parse(line);
    ck_assert_msg(tree != NULL, "%s", line);
    const cJSON *target = cJSON_GetObjectItem(tree, "target"),
                *id = cJSON_GetObjectItem(target, "id");
    struct store_decision d = {.action = str_of(cJSON_GetObjectItem(tree, "action")->valuestring),
                               .target = str_of(cJSON_GetObjectItem(target, "type")->valuestring),
                               .id = cJSON_IsNumber(id) ? (int64_t)id->valuedouble : 0,
                               .key =
                                   cJSON_IsString(id) ? str_of(id->valuestring) : (struct str){0},
                               .value = cJSON_GetObjectItem(tree, "value")};
    int64_t entry;
    bool ok = ingest_decide(s.store, &d, &entry, err);
    cJSON_Delete(tree);
    return ok;
}

static void decide(const char *line)
{
    struct err err = {0};
    ck_assert_msg(try_decide(line, &err), "%s: %s", line, err.message);
}

static void undo(void)
{
    struct err err = {0};
    int64_t id;
    ck_assert_msg(ingest_undo(s.store, &id, &err), "%s", err.message);
}

static bool try_redo(void)
{
    struct err err = {0};
    int64_t id;
    return ingest_redo(s.store, &id, &err);
}

static void reread(void)
{
    ck_assert(stored_reread(&s));
}

/* The first place where two texts differ, with what is around it. */
static void expect_same(const char *was, const char *is, const char *what)
{
    size_t at = 0;
    while (was[at] && was[at] == is[at])
        at++;
    size_t from = at > 80 ? at - 80 : 0;
    ck_assert_msg(strcmp(was, is) == 0, "%s: was %.160s, is %.160s", what, was + from, is + from);
}

static int64_t statement_with(const char *words)
{
    cJSON *rows = stored_rows(&s, NOUN_STATEMENT, (struct store_filter){0});
    cJSON *row = row_with(rows, "content", words);
    ck_assert_msg(row != NULL, "no statement with \"%s\"", words);
    int64_t id = row_int(row, "id");
    cJSON_Delete(rows);
    return id;
}

static const char *first_issue(void)
{
    static char key[100];
    cJSON *rows = stored_rows(&s, NOUN_ISSUE, (struct store_filter){0});
    snprintf(key, sizeof key, "%s", row_text(cJSON_GetArrayItem(rows, 0), "id"));
    ck_assert(key[0]);
    cJSON_Delete(rows);
    return key;
}

#define ON(action, type, id, value)                                                                \
    "{\"action\":\"" action "\",\"target\":{\"type\":\"" type "\",\"id\":" id "},\"value\":" value \
    "}"

/* Each decision, undone; %S and %I are a statement and an issue that are there, %B to %E its first
 * few characters. */
static const char *const decisions[] = {
    ON("edit", "issue", "\"%I\"", "{\"title\":\"Another heading\"}"),
    ON("edit", "issue", "\"%I\"", "{\"sort\":\"fact\",\"terms\":[\"pay\"]}"),
    ON("dismiss", "issue", "\"%I\"", "{}"),
    ON("edit", "actor", "\"maria-kent\"", "{\"role\":\"union leader\"}"),
    ON("edit", "actor", "\"maria-kent\"", "{\"of\":\"paul-osei\",\"kind\":\"group\"}"),
    ON("edit", "actor", "\"maria-kent\"", "{\"name\":\"M. A. Kent\"}"),
    ON("edit", "actor", "\"maria-kent\"", "{\"names\":[\"The Voice of the Quay\"]}"),
    ON("merge", "actor", "\"paul-osei\"", "{\"into\":\"maria-kent\"}"),
    ON("split", "actor", "\"maria-kent\"", "{\"name\":\"Martha Kent\",\"names\":[\"Kent\"]}"),
    ON("edit", "article", "2", "{\"published\":\"1990-01-01\"}"),
    ON("edit", "article", "2", "{\"outlet\":\"Nobody's Gazette\"}"),
    ON("edit", "article", "2", "{\"title\":\"Otherwise\"}"),
    ON("edit", "article", "2", "{\"story\":null}"),
    ON("confirm", "article", "2", "{}"),
    ON("edit", "article", "2", "{\"byline\":\"Ida Voss\",\"url\":\"http://voss.example/2\"}"),
    ON("dismiss", "article", "2", "{}"),
    ON("dismiss", "story", "1", "{}"),
    ON("add", "issue", "\"\"", "{\"title\":\"A toll on bread\",\"story\":1}"),
    ON("split", "story", "1", "{\"articles\":[1,3]}"),
    ON("edit", "story", "1", "{\"title\":\"By hand\"}"),
    ON("edit", "statement", "%S", "{\"speaker\":{\"name\":\"Greta Voss\",\"kind\":\"person\"}}"),
    ON("edit", "statement", "%S", "{\"said_on\":\"2025-03-03\",\"channel\":\"radio\"}"),
    ON("edit", "statement", "%S", "{\"content\":[{\"start\":%B,\"end\":%E}]}"),
    ON("add", "statement", "%S", "{\"article\":3,\"content\":[{\"start\":1,\"end\":4}]}"),
    ON("reject", "statement", "%S", "{}"),
};

/* Where the statement of %S begins. */
static int64_t start_of(int64_t statement)
{
    cJSON *row = stored_item(&s, NOUN_STATEMENT, statement, "");
    int64_t start = row_int(cJSON_GetArrayItem(cJSON_GetObjectItem(row, "content"), 0), "start");
    cJSON_Delete(row);
    return start;
}

static struct str fill_in(struct arena *a, const char *line)
{
    struct buf out = {0};
    for (const char *p = line; *p; p++) {
        if (p[0] == '%' && p[1] == 'S')
            buf_fmt(&out, "%lld", (long long)statement_with("below the price of bread"));
        else if (p[0] == '%' && (p[1] == 'B' || p[1] == 'E'))
            buf_fmt(&out, "%lld",
                    (long long)start_of(statement_with("below the price of bread")) +
                        (p[1] == 'E' ? 6 : 0));
        else if (p[0] == '%' && p[1] == 'I')
            buf_fmt(&out, "%s", first_issue());
        else {
            buf_char(&out, *p);
            continue;
        }
        p++;
    }
    struct str text = arena_str(a, buf_str(&out));
    buf_finish(&out);
    return text;
}

START_TEST(test_as_it_was)
{
    struct arena a = {0};
    if (strstr(decisions[_i], "%I"))
        stored_import(&s, "../server/cli/sample"); /* has issues of the program's own */
    struct str line = fill_in(&a, decisions[_i]);
    char *was = everything();
    decide(line.p);
    char *decided = everything();
    ck_assert_msg(strcmp(was, decided) != 0, "%s changes nothing", line.p);
    undo();
    char *is = everything();
    expect_same(was, is, line.p);
    cJSON_free(is);
    reread();
    is = everything();
    expect_same(was, is, line.p);
    cJSON_free(is);
    ck_assert(try_redo());
    is = everything();
    expect_same(decided, is, line.p);
    cJSON_free(is);
    cJSON_free(was);
    cJSON_free(decided);
    arena_finish(&a);
}
END_TEST

static int64_t story_of(int64_t article)
{
    cJSON *row = stored_item(&s, NOUN_ARTICLE, article, "");
    int64_t story = row_int(row, "story");
    cJSON_Delete(row);
    return story;
}

/* What was moved into a story rests on what began it, and what was moved out of it. */
START_TEST(test_story_of_a_split)
{
    struct err err = {0};
    decide(ON("edit", "article", "1", "{\"story\":null}"));
    int64_t fresh = story_of(1), split = stored_number(&s, "SELECT max(id) FROM decisions");
    char line[120];
    struct store_turn turn = {.about = split};
    snprintf(line, sizeof line, ON("merge", "story", "%lld", "{\"with\":1}"), (long long)fresh);
    decide(line);
    ck_assert(!ingest_turn(s.store, true, &turn, &err));
    ck_assert_int_eq(err.kind, ERR_CONFLICT);
    undo();
    ck_assert_int_eq(story_of(1), fresh);
    ck_assert_msg(ingest_turn(s.store, true, &turn, &err), "%s", err.message);
    ck_assert_int_eq(story_of(1), 1);
}
END_TEST

/* An article that came to the story a split had made goes back with the rest, and comes again. */
START_TEST(test_later_articles_come_along)
{
    struct err err = {0};
    decide(ON("split", "story", "1", "{\"articles\":[1,3]}"));
    int64_t fresh = story_of(1), id = 0, story = 0;
    ck_assert_int_ne(fresh, 1);
    struct store_article late = {.story = fresh,
                                 .url = S("http://late.example/1"),
                                 .title = S("Harbour talks go on"),
                                 .outlet = S("Late News"),
                                 .text = S("Talks at the harbour go on, the union said.")};
    ck_assert(store_article_save(s.store, &late, &id, &story, &err));
    ck_assert_int_eq(story, fresh);
    undo();
    ck_assert_int_eq(story_of(1), 1);
    ck_assert_int_eq(story_of(id), 1);
    ck_assert(try_redo());
    ck_assert_int_eq(story_of(1), fresh);
    ck_assert_int_eq(story_of(id), fresh);
    ck_assert_int_eq(story_of(2), 1);
    undo();
    ck_assert_int_eq(story_of(id), 1);
}
END_TEST

/* What was taken back before something else was decided does not come again. */
START_TEST(test_redo_takes_the_last)
{
    int64_t first = story_of(1);
    decide(ON("edit", "story", "1", "{\"title\":\"First\"}"));
    undo();
    decide(ON("edit", "article", "2", "{\"title\":\"Second\"}"));
    undo();
    ck_assert(try_redo());
    cJSON *story = stored_item(&s, NOUN_STORY, first, ""),
          *article = stored_item(&s, NOUN_ARTICLE, 2, "");
    ck_assert_str_eq(row_text(article, "title"), "Second");
    ck_assert_str_ne(row_text(story, "title"), "First");
    ck_assert(!try_redo());
    cJSON_Delete(story);
    cJSON_Delete(article);
}
END_TEST

static void run(const char *sql)
{
    struct err err = {0};
    struct db *db = store_write_begin(s.store, &err);
    bool ok = db_run(db, sql, &err);
    ck_assert_msg(store_write_end(s.store, ok, CHANGED_CONTENT, &err), "%s", err.message);
}

/* Who was found to be nobody is somebody again in a story that was made meanwhile, too. The
 * reports are older than the decision by the clock as well. */
START_TEST(test_nobody_in_a_fresh_story)
{
    struct err err = {0};
    struct store_turn turn = {0};
    run("UPDATE article_versions SET seen = '2020-01-01T00:00:00Z'");
    decide(ON("dismiss", "actor", "\"paul-osei\"", "{}"));
    decide(ON("split", "story", "1", "{\"articles\":[1,2]}"));
    struct db *db = store_read_begin(s.store, 0, &err);
    turn.about = db_number(db, "SELECT min(id) FROM decisions", 0, 0);
    store_read_end(s.store, db);
    ck_assert_msg(ingest_turn(s.store, true, &turn, &err), "%s", err.message);
    char *is = everything();
    reread();
    char *again = everything();
    expect_same(again, is, "somebody again");
    cJSON_free(is);
    cJSON_free(again);
}
END_TEST

/* "of" is another actor's key. */
START_TEST(test_of_is_checked)
{
    static const char *const bad[] = {"\"nobody-there\"", "\"maria-kent\"", "\"Paul Osei\"", "5"};
    char line[200];
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct err err = {0};
        snprintf(line, sizeof line, ON("edit", "actor", "\"maria-kent\"", "{\"of\":%s}"), bad[i]);
        ck_assert_msg(!try_decide(line, &err) && err.kind == ERR_INVALID, "%s: %s", line,
                      err.message);
    }
    decide(ON("edit", "actor", "\"maria-kent\"", "{\"of\":\"paul-osei\"}"));
    decide(ON("edit", "actor", "\"maria-kent\"", "{\"of\":null}"));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("undo");
    TCase *t = tcase_create("undo");
    tcase_set_timeout(t, 60);
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_loop_test(t, test_as_it_was, 0, (int)(sizeof decisions / sizeof *decisions));
    tcase_add_test(t, test_story_of_a_split);
    tcase_add_test(t, test_later_articles_come_along);
    tcase_add_test(t, test_redo_takes_the_last);
    tcase_add_test(t, test_nobody_in_a_fresh_story);
    tcase_add_test(t, test_of_is_checked);
    suite_add_tcase(suite, t);
    return support_run(suite);
}
