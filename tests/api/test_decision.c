/* Decisions: each action, its undoing and redoing, and that no reading ever loses one. */
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

/* Whatever was decided, the store opens again and is whole. */
static void teardown(void)
{
    stored_close(&s);
    stored_open(&s);
    stored_verify(&s);
    stored_teardown(&s);
}

static bool try_decide(const char *action, const char *target, int64_t id, const char *key,
                       const char *value, struct err *err)
{
    struct stored_deed deed = {action, target, key, id, value};
    int64_t entry = 0;
    return stored_try(&s, &deed, &entry, err);
}

static void decide_key(const char *action, const char *target, const char *key, const char *value)
{
    struct err err = {0};
    ck_assert_msg(try_decide(action, target, 0, key, value, &err), "%s", err.message);
}

static void undo(void)
{
    struct err err = {0};
    int64_t id;
    ck_assert_msg(ingest_undo(s.store, &id, &err), "%s", err.message);
}

static void redo(void)
{
    struct err err = {0};
    int64_t id;
    ck_assert_msg(ingest_redo(s.store, &id, &err), "%s", err.message);
}

static void reread(void)
{
    struct err err = {0};
    ck_assert_msg(stored_reread(&s), "%s", err.message);
}

/* The statement with these words among the story's. */
static int64_t statement_with(const char *words)
{
    cJSON *rows = stored_rows(&s, NOUN_STATEMENT, (struct store_filter){.article = 0});
    cJSON *row = row_with(rows, "content", words);
    ck_assert_msg(row != NULL, "no statement with \"%s\"", words);
    int64_t id = row_int(row, "id");
    cJSON_Delete(rows);
    return id;
}

/* A member of a statement, as text; "" for null. */
static const char *of_statement(int64_t id, const char *name)
{
    static char text[256];
    cJSON *row = stored_item(&s, NOUN_STATEMENT, id, "");
    snprintf(text, sizeof text, "%s", row_text(row, name));
    cJSON_Delete(row);
    return text;
}

static int64_t count(enum store_noun noun, struct store_filter filter)
{
    cJSON *rows = stored_rows(&s, noun, filter);
    int64_t n = cJSON_GetArraySize(rows);
    cJSON_Delete(rows);
    return n;
}

START_TEST(test_confirm_reject)
{
    int64_t id = statement_with("below the price of bread");
    int64_t all = count(NOUN_STATEMENT, (struct store_filter){0});
    stored_decide(&s, "confirm", "statement", id, NULL);
    ck_assert_str_eq(of_statement(id, "status"), "confirmed");
    stored_decide(&s, "reject", "statement", id, NULL);
    ck_assert_str_eq(of_statement(id, "status"), "rejected");
    ck_assert_int_eq(count(NOUN_STATEMENT, (struct store_filter){0}), all - 1);
    ck_assert_int_eq(count(NOUN_STATEMENT, (struct store_filter){.status = S("rejected")}), 1);
    reread();
    ck_assert_str_eq(of_statement(id, "status"), "rejected");
    undo();
    ck_assert_str_eq(of_statement(id, "status"), "confirmed");
    undo();
    ck_assert_str_eq(of_statement(id, "status"), "proposed");
    redo();
    redo();
    ck_assert_str_eq(of_statement(id, "status"), "rejected");
    struct err err = {0};
    int64_t entry;
    ck_assert(!ingest_redo(s.store, &entry, &err));
    ck_assert_int_eq(err.kind, ERR_MISSING);
    undo();
    stored_decide(&s, "confirm", "statement", statement_with("no more money"), NULL);
    ck_assert(!ingest_redo(s.store, &entry, &err)); /* something was decided since */
}
END_TEST

START_TEST(test_edit_statement)
{
    int64_t id = statement_with("below the price of bread");
    stored_decide(
        &s, "edit", "statement", id,
        "{\"speaker\":{\"name\":\"Greta Voss\",\"kind\":\"person\"},\"channel\":\"radio\","
        "\"said_on\":\"2025-03-03\",\"kind\":\"indirect\"}");
    ck_assert_str_eq(of_statement(id, "speaker_name"), "Greta Voss");
    ck_assert_str_eq(of_statement(id, "channel"), "radio");
    ck_assert_str_eq(of_statement(id, "status"), "edited");
    reread();
    ck_assert_str_eq(of_statement(id, "speaker"), "greta-voss");
    /* Spans: the content cut to fewer words. */
    cJSON *row = stored_item(&s, NOUN_STATEMENT, id, "");
    cJSON *span = cJSON_GetArrayItem(cJSON_GetObjectItem(row, "content"), 0);
    char value[200];
    int64_t start = row_int(span, "start");
    snprintf(value, sizeof value, "{\"content\":[{\"start\":%lld,\"end\":%lld}],\"speaker\":null}",
             (long long)start + 1, (long long)start + 19);
    cJSON_Delete(row);
    stored_decide(&s, "edit", "statement", id, value);
    row = stored_item(&s, NOUN_STATEMENT, id, "");
    span = cJSON_GetArrayItem(cJSON_GetObjectItem(row, "content"), 0);
    ck_assert_str_eq(row_text(span, "exact"), "We will not accept");
    ck_assert_str_eq(row_text(row, "speaker"), "");
    cJSON_Delete(row);
    reread();
    undo();
    ck_assert_str_eq(of_statement(id, "speaker"), "greta-voss");
    undo();
    ck_assert_str_eq(of_statement(id, "speaker_name"), "Maria Kent");
}
END_TEST

START_TEST(test_edit_refused)
{
    static const char *const bad[] = {"{\"content\":[{\"start\":5,\"end\":2}]}",
                                      "{\"content\":[{\"start\":0,\"end\":999999}]}",
                                      "{\"content\":[]}",
                                      "{\"content\":[{\"start\":1.5,\"end\":3}]}",
                                      "{\"speaker\":7}",
                                      "{\"speaker\":{\"kind\":\"person\"}}",
                                      "{\"kind\":\"shouted\"}",
                                      "{\"stance\":\"support\"}",
                                      "{\"issue\":\"pay\",\"stance\":\"maybe\"}",
                                      "{\"unknown\":1}",
                                      "{\"positions\":[{\"issue\":\"x\"}]}",
                                      "{\"speaker\":{\"name\":\"X\",\"kind\":\"god\"}}"};
    int64_t id = statement_with("below the price of bread");
    struct store_revision before = store_revision(s.store);
    struct err err = {0};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        ck_assert_msg(!try_decide("edit", "statement", id, NULL, bad[i], &err), "%s", bad[i]);
        ck_assert_msg(err.kind == ERR_INVALID, "%s: %s", bad[i], err.message);
    }
    ck_assert(!try_decide("confirm", "statement", 424242, NULL, NULL, &err));
    ck_assert_int_eq(err.kind, ERR_MISSING);
    ck_assert(!try_decide("edit", "statement", id, NULL, "{\"speaker\":\"nobody\"}", &err));
    ck_assert_int_eq(err.kind, ERR_MISSING);
    ck_assert(!try_decide("merge", "statement", id, NULL, NULL, &err));
    ck_assert_int_eq(err.kind, ERR_INVALID);
    ck_assert(!try_decide("confirm", "weather", id, NULL, NULL, &err));
    ck_assert_uint_eq(store_revision(s.store).content, before.content);
    ck_assert_int_eq(count(NOUN_DECISION, (struct store_filter){0}), 0);
    /* Made upon an older state, from before somebody decided about it. */
    stored_decide(&s, "confirm", "statement", id, NULL);
    struct store_decision d = {
        .action = S("confirm"), .target = S("statement"), .id = id, .if_revision = 1};
    int64_t entry;
    ck_assert(!store_decide(s.store, &d, &entry, &err));
    ck_assert_int_eq(err.kind, ERR_CONFLICT);
}
END_TEST

START_TEST(test_stance)
{
    int64_t id = statement_with("no more money");
    decide_key("add", "issue", NULL,
               "{\"title\":\"Night shifts\",\"terms\":[\"night shift\"],\"story\":1}");
    stored_decide(&s, "edit", "statement", id,
                  "{\"issue\":\"night-shifts\",\"stance\":\"oppose\"}");
    cJSON *positions =
        stored_rows(&s, NOUN_POSITION, (struct store_filter){.issue = S("night-shifts")});
    ck_assert_ptr_nonnull(row_with(positions, "stance", "oppose"));
    cJSON_Delete(positions);
    reread();
    ck_assert_int_eq(count(NOUN_POSITION, (struct store_filter){.issue = S("night-shifts")}), 1);
    stored_decide(&s, "edit", "statement", id, "{\"issue\":\"night-shifts\",\"stance\":null}");
    ck_assert_int_eq(count(NOUN_POSITION, (struct store_filter){.issue = S("night-shifts")}), 0);
    undo();
    decide_key("dismiss", "issue", "night-shifts", NULL);
    ck_assert_int_eq(count(NOUN_POSITION, (struct store_filter){.issue = S("night-shifts")}), 0);
    undo();
    ck_assert_int_eq(count(NOUN_POSITION, (struct store_filter){.issue = S("night-shifts")}), 1);
}
END_TEST

START_TEST(test_add_statement)
{
    cJSON *article = stored_item(&s, NOUN_ARTICLE, 1, "");
    const char *text = row_text(article, "text"), *at = strstr(text, "About 400 people");
    ck_assert_ptr_nonnull(at);
    char value[200];
    snprintf(value, sizeof value,
             "{\"article\":1,\"content\":[{\"start\":%zu,\"end\":%zu}],\"speaker\":\"maria-kent\"}",
             (size_t)(at - text), (size_t)(at - text) + 16);
    cJSON_Delete(article);
    int64_t all = count(NOUN_STATEMENT, (struct store_filter){0});
    stored_decide(&s, "add", "statement", 0, value);
    cJSON *rows = stored_rows(&s, NOUN_STATEMENT, (struct store_filter){0});
    ck_assert_int_eq(cJSON_GetArraySize(rows), all + 1);
    int64_t id = row_int(row_with(rows, "rule", "person"), "id");
    cJSON_Delete(rows);
    ck_assert_str_eq(of_statement(id, "speaker_name"), "Maria Kent");
    reread();
    ck_assert_str_eq(of_statement(id, "rule"), "person");
    undo();
    ck_assert_int_eq(count(NOUN_STATEMENT, (struct store_filter){0}), all);
    redo();
    ck_assert_str_eq(of_statement(id, "rule"), "person");
}
END_TEST

START_TEST(test_issues)
{
    struct err err = {0};
    decide_key("add", "issue", NULL,
               "{\"title\":\"Pay offer!\",\"terms\":[\"pay offer\"],\"story\":1}");
    cJSON *issues = stored_rows(&s, NOUN_ISSUE, (struct store_filter){.story = 1});
    cJSON *issue = row_with(issues, "title", "Pay offer!");
    ck_assert_ptr_nonnull(issue);
    char key[80];
    snprintf(key, sizeof key, "%s", row_text(issue, "id"));
    ck_assert_str_eq(row_text(issue, "by"), "person");
    cJSON_Delete(issues);
    decide_key("edit", "issue", key, "{\"title\":\"The pay offer\"}");
    issues = stored_rows(&s, NOUN_ISSUE, (struct store_filter){.story = 1});
    ck_assert_ptr_nonnull(row_with(issues, "title", "The pay offer"));
    cJSON_Delete(issues);
    decide_key("dismiss", "issue", key, NULL);
    issues = stored_rows(&s, NOUN_ISSUE, (struct store_filter){.story = 1});
    ck_assert_ptr_null(row_with(issues, "id", key));
    cJSON_Delete(issues);
    undo();
    undo();
    issues = stored_rows(&s, NOUN_ISSUE, (struct store_filter){.story = 1});
    ck_assert_ptr_nonnull(row_with(issues, "title", "Pay offer!"));
    cJSON_Delete(issues);
    undo();
    issues = stored_rows(&s, NOUN_ISSUE, (struct store_filter){.story = 1});
    ck_assert_ptr_null(row_with(issues, "title", "Pay offer!"));
    cJSON_Delete(issues);
    ck_assert(!try_decide("add", "issue", 0, NULL, "{\"title\":\"\"}", &err));
    ck_assert(!try_decide("add", "issue", 0, NULL, "{\"title\":\"X\",\"story\":77}", &err));
    ck_assert_int_eq(err.kind, ERR_MISSING);
}
END_TEST

START_TEST(test_actors)
{
    int64_t said = count(NOUN_STATEMENT, (struct store_filter){.actor = S("maria-kent")});
    int64_t other = count(NOUN_STATEMENT, (struct store_filter){.actor = S("paul-osei")});
    ck_assert_int_gt(said, 0);
    ck_assert_int_gt(other, 0);
    decide_key("merge", "actor", "paul-osei", "{\"into\":\"maria-kent\"}");
    ck_assert_int_eq(count(NOUN_STATEMENT, (struct store_filter){.actor = S("maria-kent")}),
                     said + other);
    ck_assert_int_eq(count(NOUN_STATEMENT, (struct store_filter){.actor = S("paul-osei")}), 0);
    reread();
    ck_assert_int_eq(count(NOUN_STATEMENT, (struct store_filter){.actor = S("maria-kent")}),
                     said + other);
    decide_key("merge", "actor", "maria-kent", "{\"into\":\"lena-brandt\"}"); /* a chain */
    ck_assert_int_eq(count(NOUN_STATEMENT, (struct store_filter){.actor = S("maria-kent")}), 0);
    undo();
    undo();
    ck_assert_int_eq(count(NOUN_STATEMENT, (struct store_filter){.actor = S("paul-osei")}), other);
    decide_key("edit", "actor", "maria-kent",
               "{\"name\":\"Maria A. Kent\",\"role\":\"union leader\"}");
    cJSON *actor = stored_item(&s, NOUN_ACTOR, 0, "maria-kent");
    ck_assert_str_eq(row_text(actor, "name"), "Maria A. Kent");
    ck_assert_str_eq(row_text(actor, "role"), "union leader");
    cJSON_Delete(actor);
    reread();
    undo();
    actor = stored_item(&s, NOUN_ACTOR, 0, "maria-kent");
    ck_assert_str_eq(row_text(actor, "name"), "Maria Kent");
    cJSON_Delete(actor);
    char value[120];
    snprintf(value, sizeof value, "{\"name\":\"Martha Kent\",\"statements\":[%lld]}",
             (long long)statement_with("below the price of bread"));
    decide_key("split", "actor", "maria-kent", value);
    reread();
    ck_assert_int_eq(count(NOUN_STATEMENT, (struct store_filter){.actor = S("martha-kent")}), 1);
    undo();
    ck_assert_int_eq(count(NOUN_STATEMENT, (struct store_filter){.actor = S("maria-kent")}), said);
    decide_key("split", "actor", "maria-kent", "{\"name\":\"Martha Kent\",\"names\":[\"Kent\"]}");
    ck_assert_int_gt(count(NOUN_STATEMENT, (struct store_filter){.actor = S("martha-kent")}), 0);
    undo();
}
END_TEST

START_TEST(test_utterances)
{
    cJSON *rows = stored_rows(&s, NOUN_UTTERANCE, (struct store_filter){.story = 1}), *row;
    int64_t joined = 0, alone = 0, one = 0, n = cJSON_GetArraySize(rows);
    char speaker[80] = "";
    cJSON_ArrayForEach(row, rows) {
        cJSON *statements = cJSON_GetObjectItem(row, "statements");
        if (cJSON_GetArraySize(statements) > 1 && !joined) {
            joined = row_int(row, "id");
            one = row_int(cJSON_GetArrayItem(statements, 0), "id");
            snprintf(speaker, sizeof speaker, "%s", row_text(row, "speaker"));
        }
    }
    cJSON_ArrayForEach(row, rows) {
        if (row_int(row, "id") != joined && strcmp(row_text(row, "speaker"), speaker) != 0)
            alone = row_int(row, "id");
    }
    cJSON_Delete(rows);
    ck_assert_int_ne(joined, 0);
    ck_assert_int_ne(alone, 0);
    char value[80];
    snprintf(value, sizeof value, "{\"statement\":%lld}", (long long)one);
    stored_decide(&s, "split", "utterance", joined, value);
    ck_assert_int_gt(count(NOUN_UTTERANCE, (struct store_filter){.story = 1}), n);
    reread();
    ck_assert_int_gt(count(NOUN_UTTERANCE, (struct store_filter){.story = 1}), n);
    undo();
    ck_assert_int_eq(count(NOUN_UTTERANCE, (struct store_filter){.story = 1}), n);
    snprintf(value, sizeof value, "{\"with\":%lld}", (long long)alone);
    stored_decide(&s, "merge", "utterance", joined, value);
    ck_assert_int_eq(count(NOUN_UTTERANCE, (struct store_filter){.story = 1}), n - 1);
    reread();
    ck_assert_int_eq(count(NOUN_UTTERANCE, (struct store_filter){.story = 1}), n - 1);
    undo();
    ck_assert_int_eq(count(NOUN_UTTERANCE, (struct store_filter){.story = 1}), n);
}
END_TEST

START_TEST(test_conflicts)
{
    cJSON *rows = stored_rows(&s, NOUN_CONFLICT, (struct store_filter){.story = 1});
    int64_t n = cJSON_GetArraySize(rows);
    ck_assert_int_gt(n, 0);
    int64_t id = row_int(cJSON_GetArrayItem(rows, 0), "id");
    cJSON_Delete(rows);
    stored_decide(&s, "dismiss", "conflict", id, NULL);
    ck_assert_int_eq(count(NOUN_CONFLICT, (struct store_filter){.status = S("dismissed")}), 1);
    reread();
    ck_assert_int_eq(count(NOUN_CONFLICT, (struct store_filter){.status = S("dismissed")}), 1);
    cJSON *story = stored_item(&s, NOUN_STORY, 1, "");
    ck_assert_int_eq(row_int(story, "conflicts"), n - 1);
    cJSON_Delete(story);
    stored_decide(&s, "confirm", "conflict", id, NULL);
    ck_assert_int_eq(count(NOUN_CONFLICT, (struct store_filter){.status = S("confirmed")}), 1);
    undo();
    undo();
    ck_assert_int_eq(count(NOUN_CONFLICT, (struct store_filter){.status = S("proposed")}), n);
}
END_TEST

START_TEST(test_articles_stories)
{
    struct err err = {0};
    stored_decide(&s, "confirm", "article", 2, NULL);
    cJSON *article = stored_item(&s, NOUN_ARTICLE, 2, "");
    ck_assert(cJSON_IsTrue(cJSON_GetObjectItem(article, "reviewed")));
    cJSON_Delete(article);
    undo();
    article = stored_item(&s, NOUN_ARTICLE, 2, "");
    ck_assert(cJSON_IsFalse(cJSON_GetObjectItem(article, "reviewed")));
    cJSON_Delete(article);
    int64_t id = statement_with("no more money");
    stored_decide(&s, "edit", "article", 2, "{\"story\":null,\"outlet\":\"The Post\"}");
    ck_assert_int_eq(count(NOUN_STORY, (struct store_filter){0}), 2);
    cJSON *moved = stored_item(&s, NOUN_ARTICLE, 2, "");
    int64_t fresh = row_int(moved, "story");
    ck_assert_int_ne(fresh, 1);
    ck_assert_str_eq(row_text(moved, "outlet"), "The Post");
    cJSON_Delete(moved);
    cJSON_Delete(stored_comparison(&s, fresh));
    stored_decide(&s, "merge", "story", fresh, "{\"with\":1}");
    ck_assert_int_eq(count(NOUN_STORY, (struct store_filter){0}), 1);
    ck_assert_int_eq(statement_with("no more money"), id);
    undo();
    undo();
    ck_assert_int_eq(count(NOUN_STORY, (struct store_filter){0}), 1);
    ck_assert_int_eq(count(NOUN_ARTICLE, (struct store_filter){.story = 1}), 3);
    ck_assert_int_eq(statement_with("no more money"), id);
    stored_decide(&s, "split", "story", 1, "{\"articles\":[1,3]}");
    ck_assert_int_eq(count(NOUN_ARTICLE, (struct store_filter){.story = 1}), 1);
    undo();
    stored_decide(&s, "edit", "story", 1, "{\"title\":\"Harbour strike\"}");
    reread();
    cJSON *story = stored_item(&s, NOUN_STORY, 1, "");
    ck_assert_str_eq(row_text(story, "title"), "Harbour strike");
    cJSON_Delete(story);
    ck_assert(!try_decide("merge", "story", 1, NULL, "{\"with\":1}", &err));
    ck_assert(!try_decide("edit", "article", 1, NULL, "{\"story\":99}", &err));
    ck_assert_int_eq(err.kind, ERR_MISSING);
}
END_TEST

/* The article changes: a decision goes where its words went, waits while they are gone, and
 * stands again when they are back. */
START_TEST(test_words_move)
{
    struct err err = {0};
    struct ingest_result result;
    const char *texts[] = {
        "\"The bridge is safe,\" Anna Lund said on Monday. The bridge was closed in March.",
        "The bridge opens again. \"The bridge is safe,\" Anna Lund said on Monday.",
        "The bridge is closed again, the council announced on Tuesday, and will remain so.",
    };
    struct ingest_source source = {.type = PAGE_BODY, .url = S("https://example.org/bridge")};
    for (int i = 0; i < 4; i++) {
        source.bytes = str_of(texts[i % 3]);
        ck_assert_msg(ingest_page(s.store, &source, &result, &err), "%s", err.message);
        ck_assert(ingest_stale(s.store, NULL, &err));
        if (i == 0)
            stored_decide(&s, "edit", "statement", statement_with("bridge is safe"),
                          "{\"channel\":\"radio\"}");
        cJSON *rows =
            stored_rows(&s, NOUN_STATEMENT, (struct store_filter){.article = result.article});
        cJSON *row = row_with(rows, "content", "bridge is safe");
        ck_assert_int_eq(row != NULL, i != 2);
        if (row)
            ck_assert_str_eq(row_text(row, "channel"), "radio");
        cJSON_Delete(rows);
        ck_assert_int_eq(count(NOUN_DECISION, (struct store_filter){.orphaned = true}), i == 2);
    }
}
END_TEST

/* The journal itself cannot be rewritten, and says what happened. */
START_TEST(test_journal)
{
    stored_decide(&s, "confirm", "statement", statement_with("no more money"), NULL);
    undo();
    cJSON *rows = stored_rows(&s, NOUN_DECISION, (struct store_filter){.story = 1});
    ck_assert_int_eq(cJSON_GetArraySize(rows), 2);
    ck_assert_str_eq(row_text(cJSON_GetArrayItem(rows, 0), "action"), "undo");
    ck_assert(cJSON_IsTrue(cJSON_GetObjectItem(cJSON_GetArrayItem(rows, 1), "undone")));
    cJSON_Delete(rows);
    struct err err = {0};
    ck_assert(!db_run(&s.store->writer, "DELETE FROM decisions", &err));
    ck_assert(!db_run(&s.store->writer, "UPDATE decisions SET note = 'x'", &err));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("decision");
    TCase *t = tcase_create("decision");
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_set_timeout(t, 120);
    tcase_add_test(t, test_confirm_reject);
    tcase_add_test(t, test_edit_statement);
    tcase_add_test(t, test_edit_refused);
    tcase_add_test(t, test_stance);
    tcase_add_test(t, test_add_statement);
    tcase_add_test(t, test_issues);
    tcase_add_test(t, test_actors);
    tcase_add_test(t, test_utterances);
    tcase_add_test(t, test_conflicts);
    tcase_add_test(t, test_articles_stories);
    tcase_add_test(t, test_words_move);
    tcase_add_test(t, test_journal);
    suite_add_tcase(suite, t);
    return support_run(suite);
}
