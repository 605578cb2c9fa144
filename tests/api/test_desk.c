/* What somebody who reviews relies on: ids are for good, a nested statement stays, the queue is in
 * the order of what a look is worth, an issue can be used as soon as it is named. */
#include "store/db/db.h"
#include "support/stored.h"

#include <stdio.h>
#include <string.h>

static struct stored s;

static void setup(void)
{
    stored_setup(&s);
    stored_import(&s, "data/desk");
}

static void teardown(void)
{
    stored_close(&s);
    stored_open(&s);
    stored_verify(&s);
    stored_teardown(&s);
}

static void undo(void)
{
    struct err err = {0};
    int64_t id;
    ck_assert_msg(ingest_undo(s.store, &id, &err), "%s", err.message);
}

/* The statement whose content begins so. */
static int64_t statement_with(const char *words)
{
    cJSON *rows = stored_rows(&s, NOUN_STATEMENT, (struct store_filter){.article = 1}), *row;
    int64_t id = 0;
    cJSON_ArrayForEach(row, rows) {
        const cJSON *first = cJSON_GetArrayItem(cJSON_GetObjectItem(row, "content"), 0);
        const char *exact = cJSON_GetObjectItem(first, "exact")->valuestring;
        if (strncmp(exact, words, strlen(words)) == 0)
            id = row_int(row, "id");
    }
    cJSON_Delete(rows);
    ck_assert_msg(id > 0, "no statement with \"%s\"", words);
    return id;
}

static const char *status_of(int64_t id)
{
    static char text[32];
    cJSON *row = stored_item(&s, NOUN_STATEMENT, id, "");
    snprintf(text, sizeof text, "%s", row_text(row, "status"));
    cJSON_Delete(row);
    return text;
}

static int64_t statements(void)
{
    return db_number(&s.store->writer, "SELECT count(*) FROM statements", 0, -1);
}

#define OUTER "some engineers believe"
#define INNER "the old dam will not"

/* A statement within a statement is another one, whatever is decided about either. */
START_TEST(test_nested)
{
    int64_t outer = statement_with(OUTER), inner = statement_with(INNER), all = statements();
    static const char *const actions[] = {"confirm", "reject"};
    for (size_t i = 0; i < 4; i++) {
        int64_t decided = i < 2 ? outer : inner, other = i < 2 ? inner : outer;
        stored_decide(&s, actions[i % 2], "statement", decided, NULL);
        ck_assert_str_eq(status_of(other), "proposed");
        ck_assert(stored_reread(&s));
        ck_assert_str_eq(status_of(other), "proposed");
        ck_assert_int_eq(statements(), all);
        undo();
        ck_assert_str_eq(status_of(decided), "proposed");
        ck_assert_int_eq(statement_with(OUTER), outer);
        ck_assert_int_eq(statement_with(INNER), inner);
    }
    stored_decide(&s, "confirm", "statement", outer, NULL);
    stored_decide(&s, "confirm", "statement", inner, NULL);
    ck_assert_int_eq(statements(), all);
    ck_assert_str_eq(status_of(outer), "confirmed");
    ck_assert_str_eq(status_of(inner), "confirmed");
}
END_TEST

/* Other words for a statement: the engine's own does not come back beside it, and is the same again
 * when that is taken back. */
START_TEST(test_other_words)
{
    int64_t id = statement_with("that the town would pay for a test of the dam"),
            all = statements();
    cJSON *row = stored_item(&s, NOUN_STATEMENT, id, "");
    const cJSON *first = cJSON_GetArrayItem(cJSON_GetObjectItem(row, "content"), 0);
    int end = cJSON_GetObjectItem(first, "end")->valueint;
    char value[96];
    snprintf(value, sizeof value, "{\"content\":[{\"start\":%d,\"end\":%d}]}", end - 7, end);
    cJSON_Delete(row);
    stored_decide(&s, "edit", "statement", id, value);
    ck_assert_int_eq(statement_with("the dam"), id);
    ck_assert_int_eq(statements(), all);
    ck_assert(stored_reread(&s));
    ck_assert_int_eq(statements(), all);
    undo();
    ck_assert_int_eq(statement_with("that the town would pay"), id);
    ck_assert_int_eq(statements(), all);
    ck_assert(stored_reread(&s));
    ck_assert_int_eq(statement_with("that the town would pay"), id);
}
END_TEST

/* The order is by worth, without what was decided; a confident statement comes late. */
START_TEST(test_queue)
{
    struct store_filter filter = {.order = S("worth")};
    cJSON *rows = stored_rows(&s, NOUN_STATEMENT, filter), *row;
    int n = cJSON_GetArraySize(rows);
    ck_assert_int_eq(n, (int)statements());
    int64_t first = row_int(cJSON_GetArrayItem(rows, 0), "id");
    int64_t last = INT64_MAX;
    cJSON_ArrayForEach(row, rows) {
        int64_t worth = db_number(
            &s.store->writer, "SELECT CAST(worth * 1e6 AS INTEGER) FROM statements WHERE id = :id",
            row_int(row, "id"), 0);
        ck_assert(worth <= last && worth > 0);
        last = worth;
    }
    cJSON_Delete(rows);
    stored_decide(&s, "confirm", "statement", first, NULL);
    rows = stored_rows(&s, NOUN_STATEMENT, filter);
    ck_assert_int_eq(cJSON_GetArraySize(rows), n - 1);
    ck_assert(row_int(cJSON_GetArrayItem(rows, 0), "id") != first);
    cJSON_Delete(rows);
}
END_TEST

static const cJSON *position_on(const cJSON *row, const char *issue)
{
    const cJSON *p;
    cJSON_ArrayForEach(p, cJSON_GetObjectItem(row, "positions")) {
        if (strcmp(row_text(p, "issue"), issue) == 0)
            return p;
    }
    return NULL;
}

/* An issue that was just named can be taken a side on; only a conditional side has a condition. */
START_TEST(test_new_issue)
{
    int64_t id = statement_with("the mill would close");
    static const char *const stances[] = {"conditional", "oppose", "conditional"};
    stored_decide(&s, "add", "issue", 0,
                  "{\"title\":\"Draining the lake\",\"story\":1,\"sort\":\"proposal\"}");
    for (size_t i = 0; i < 3; i++) {
        char value[160];
        snprintf(value, sizeof value,
                 i < 2 ? "{\"issue\":\"draining-the-lake\",\"stance\":\"%s\",\"condition\":\"if\"}"
                       : "{\"positions\":[{\"issue\":\"draining-the-lake\",\"stance\":\"%s\","
                         "\"condition\":\"if\"}]}",
                 stances[i]);
        stored_decide(&s, "edit", "statement", id, value);
        cJSON *row = stored_item(&s, NOUN_STATEMENT, id, "");
        const cJSON *p = position_on(row, "draining-the-lake");
        ck_assert_ptr_nonnull(p);
        ck_assert_str_eq(row_text(p, "stance"), stances[i]);
        ck_assert_str_eq(row_text(p, "condition"), i == 1 ? "" : "if");
        cJSON_Delete(row);
    }
}
END_TEST

static bool turn(bool back, const char *by, int64_t about, enum err_kind *why)
{
    struct err err = {0};
    struct store_turn t = {.by = str_of(by), .about = about};
    bool ok = ingest_turn(s.store, back, &t, &err);
    *why = err.kind;
    return ok;
}

static int64_t decide_as(const char *by, const char *action, int64_t id, uint64_t seen)
{
    struct err err = {0};
    struct store_decision d = {.action = str_of(action),
                               .target = S("statement"),
                               .id = id,
                               .by = str_of(by),
                               .if_revision = seen};
    int64_t entry = 0;
    if (ingest_decide(s.store, &d, &entry, &err))
        return entry;
    ck_assert_int_eq(err.kind, ERR_CONFLICT);
    return 0;
}

/* Undo is the person's own; what another rests on is not taken back from under it. */
START_TEST(test_own_undo)
{
    enum err_kind why;
    int64_t one = statement_with(OUTER), two = statement_with(INNER);
    int64_t first = decide_as("ana", "confirm", one, 0);
    decide_as("bo", "confirm", two, 0);
    ck_assert(turn(true, "ana", 0, &why));
    ck_assert_str_eq(status_of(one), "proposed");
    ck_assert_str_eq(status_of(two), "confirmed");
    ck_assert(!turn(true, "ana", 0, &why));
    ck_assert_int_eq(why, ERR_MISSING);
    ck_assert(turn(false, "ana", 0, &why));
    ck_assert_str_eq(status_of(one), "confirmed");
    int64_t later = decide_as("bo", "reject", one, 0);
    ck_assert(!turn(true, "ana", 0, &why));
    ck_assert_int_eq(why, ERR_CONFLICT);
    ck_assert(!turn(true, "", first, &why));
    ck_assert_int_eq(why, ERR_CONFLICT);
    ck_assert_str_eq(status_of(one), "rejected");
    ck_assert(turn(true, "ana", later, &why)); /* one entry, whosoever it is */
    ck_assert(turn(true, "ana", 0, &why));
    ck_assert_str_eq(status_of(one), "proposed");
}
END_TEST

/* A decision is refused when the same was decided about since, and for no other change. */
START_TEST(test_seen)
{
    int64_t one = statement_with(OUTER), two = statement_with(INNER);
    uint64_t seen = store_revision(s.store).content;
    ck_assert(decide_as("ana", "confirm", one, seen));
    ck_assert(!decide_as("bo", "reject", one, seen));
    ck_assert(decide_as("bo", "reject", two, seen));
    uint64_t now = store_revision(s.store).content;
    enum err_kind why;
    ck_assert(turn(true, "ana", 0, &why));
    ck_assert(!decide_as("bo", "reject", one, now)); /* taken back meanwhile */
    ck_assert(decide_as("bo", "reject", one, store_revision(s.store).content));
}
END_TEST

static bool count_event(const struct store_event *e, void *to)
{
    int *n = to;
    ck_assert_int_eq(e->target_id, statement_with(OUTER));
    ck_assert(str_eq(e->target, S("statement")) && str_eq(e->by, S("ana")));
    ck_assert(str_eq(e->stories, S("[1]")));
    ++*n;
    return true;
}

START_TEST(test_events)
{
    struct err err = {0};
    int heard = 0;
    struct store_events events = {.after = -1, .most = 9, .take = count_event, .to = &heard};
    ck_assert(store_events(s.store, &events, &err));
    ck_assert_int_eq(heard, 0);
    events.after = events.newest;
    decide_as("ana", "confirm", statement_with(OUTER), 0);
    enum err_kind why;
    ck_assert(turn(true, "ana", 0, &why));
    ck_assert(store_events(s.store, &events, &err));
    ck_assert_int_eq(heard, 2);
    ck_assert_int_eq(events.newest, events.after + 2);
}
END_TEST

static int64_t listed(enum store_noun noun)
{
    cJSON *rows = stored_rows(&s, noun, (struct store_filter){0});
    int64_t n = cJSON_GetArraySize(rows);
    cJSON_Delete(rows);
    return n;
}

static int64_t found(const char *words)
{
    cJSON *rows = stored_rows(&s, NOUN_SEARCH, (struct store_filter){.q = str_of(words)});
    int64_t n = cJSON_GetArraySize(rows);
    cJSON_Delete(rows);
    return n;
}

static bool is_there(enum store_noun noun, int64_t id)
{
    struct buf out = {0};
    struct json j = json_begin(&out);
    struct row_json row = row_json_make(&j);
    struct err err = {0};
    struct store_query query = {.noun = noun, .id = id};
    bool there = store_item(s.store, &query, &row.sink, &err);
    buf_finish(&out);
    return there;
}

/* A report, or a whole story, is deleted: nothing of it is seen, and undone everything is as it
 * was, with its ids. The same report may be imported again. */
START_TEST(test_delete)
{
    static const char *const targets[] = {"article", "story"};
    int64_t id = statement_with(OUTER), said = listed(NOUN_STATEMENT);
    stored_decide(&s, "confirm", "statement", id, NULL);
    for (size_t i = 0; i < 2; i++) {
        int64_t words = found("engineers"), stories = listed(NOUN_STORY);
        ck_assert(words > 0 && stories == 1);
        stored_decide(&s, "dismiss", targets[i], 1, NULL);
        ck_assert_int_eq(listed(NOUN_ARTICLE), i ? 0 : 1);
        ck_assert_int_eq(listed(NOUN_STORY), i ? 0 : 1);
        ck_assert(listed(NOUN_STATEMENT) < said);
        ck_assert_int_eq(found("engineers"), 0);
        ck_assert(!is_there(NOUN_ARTICLE, 1) && !is_there(NOUN_STATEMENT, id));
        stored_verify(&s);
        ck_assert(i || stored_reread(&s)); /* of nothing there is nothing to read */
        ck_assert_int_eq(found("engineers"), 0);
        undo();
        ck_assert_int_eq(listed(NOUN_STATEMENT), said);
        ck_assert_int_eq(found("engineers"), words);
        ck_assert_int_eq(statement_with(OUTER), id);
        ck_assert_str_eq(status_of(id), "confirmed");
    }
    stored_decide(&s, "dismiss", "story", 1, NULL);
    stored_import(&s, "data/desk");
    ck_assert_int_eq(listed(NOUN_ARTICLE), 2);
}
END_TEST

/* Whatever an article says of itself can be put right, and taken back. */
START_TEST(test_edit_article)
{
    stored_decide(
        &s, "edit", "article", 1,
        "{\"outlet\":\"The Lantern\",\"byline\":\"Nils Osk\",\"url\":\"https://lantern.example/1\","
        "\"title\":\"A dam\",\"published\":\"2026-03-04\"}");
    cJSON *row = stored_item(&s, NOUN_ARTICLE, 1, "");
    ck_assert_str_eq(row_text(row, "outlet"), "The Lantern");
    ck_assert_str_eq(row_text(row, "byline"), "Nils Osk");
    ck_assert_str_eq(row_text(row, "url"), "https://lantern.example/1");
    cJSON_Delete(row);
    stored_decide(&s, "edit", "article", 1, "{\"byline\":\"\"}");
    row = stored_item(&s, NOUN_ARTICLE, 1, "");
    ck_assert_str_eq(row_text(row, "byline"), "");
    ck_assert_str_eq(row_text(row, "title"), "A dam");
    cJSON_Delete(row);
    undo();
    undo();
    row = stored_item(&s, NOUN_ARTICLE, 1, "");
    ck_assert_str_eq(row_text(row, "url"), "");
    ck_assert_str_eq(row_text(row, "title"), "Dam at Wendel Lake will be tested");
    cJSON_Delete(row);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("desk");
    TCase *t = tcase_create("desk");
    tcase_set_timeout(t, 60);
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, test_nested);
    tcase_add_test(t, test_other_words);
    tcase_add_test(t, test_queue);
    tcase_add_test(t, test_new_issue);
    tcase_add_test(t, test_own_undo);
    tcase_add_test(t, test_delete);
    tcase_add_test(t, test_edit_article);
    tcase_add_test(t, test_seen);
    tcase_add_test(t, test_events);
    suite_add_tcase(suite, t);
    return support_run(suite);
}
