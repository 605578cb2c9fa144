/* The sort of issues and the confidence of positions: the program's, and a person's over it. */
#include "support/stored.h"

static struct stored s;

static void setup(void)
{
    stored_setup(&s);
    stored_import(&s, "data/harbour");
}

static void teardown(void)
{
    stored_teardown(&s);
}

struct target {
    const char *type;
    int64_t id;
    const char *key;
};

static bool decide(const char *action, struct target at, const char *value)
{
    struct err err = {0};
    struct stored_deed deed = {action, at.type, at.key, at.id, value};
    int64_t entry = 0;
    bool ok = stored_try(&s, &deed, &entry, &err);
    ck_assert(ok || err.kind == ERR_INVALID);
    return ok;
}

static bool on_statement(const char *action, int64_t id, const char *value)
{
    return decide(action, (struct target){"statement", id, NULL}, value);
}

static bool on_issue(const char *action, const char *key, const char *value)
{
    return decide(action, (struct target){"issue", 0, key}, value);
}

static void undo(void)
{
    struct err err = {0};
    int64_t id;
    ck_assert_msg(ingest_undo(s.store, &id, &err), "%s", err.message);
}

static int64_t statement_with(const char *words)
{
    cJSON *rows = stored_rows(&s, NOUN_STATEMENT, (struct store_filter){0});
    int64_t id = row_int(row_with(rows, "content", words), "id");
    cJSON_Delete(rows);
    return id;
}

static double confidence_on(int64_t statement, const char *issue)
{
    cJSON *row = stored_item(&s, NOUN_STATEMENT, statement, "");
    cJSON *p = row_with(cJSON_GetObjectItem(row, "positions"), "issue", issue);
    double found = p ? cJSON_GetObjectItem(p, "confidence")->valuedouble : -1;
    cJSON_Delete(row);
    return found;
}

/* The program's figure stays beside what a person corrects elsewhere in the statement, and gives
 * way to a person's word: a stance chosen, or a statement confirmed with its stance. */
START_TEST(test_stance_confidence)
{
    int64_t id = statement_with("no more money");
    ck_assert(
        on_issue("add", NULL, "{\"title\":\"More money\",\"terms\":[\"money\"],\"story\":1}"));
    double found = confidence_on(id, "more-money");
    ck_assert_msg(found > 0 && found < 1, "%f", found);
    ck_assert(on_statement("edit", id, "{\"channel\":\"letter\"}"));
    ck_assert_double_eq(confidence_on(id, "more-money"), found);
    ck_assert(on_statement("confirm", id, NULL));
    ck_assert_double_eq(confidence_on(id, "more-money"), 1);
    undo();
    ck_assert_double_eq(confidence_on(id, "more-money"), found);
    ck_assert(on_statement(
        "edit", id,
        "{\"positions\":[{\"issue\":\"more-money\",\"stance\":\"oppose\",\"confidence\":0.2}]}"));
    ck_assert_double_eq(confidence_on(id, "more-money"), 1);
    stored_reread(&s);
    ck_assert_double_eq(confidence_on(id, "more-money"), 1);
}
END_TEST

static void sort_is(const char *issue, const char *sort)
{
    cJSON *row = stored_item(&s, NOUN_ISSUE, 0, issue);
    ck_assert_str_eq(row_text(row, "sort"), sort);
    cJSON_Delete(row);
}

/* The title tells the sort unless a person does, who outranks it at every reading. */
START_TEST(test_issue_sort)
{
    ck_assert(
        on_issue("add", NULL, "{\"title\":\"The new rota\",\"terms\":[\"pay\"],\"story\":1}"));
    sort_is("the-new-rota", "judgement");
    ck_assert(on_issue("edit", "the-new-rota", "{\"sort\":\"fact\"}"));
    sort_is("the-new-rota", "fact");
    ck_assert(on_issue("edit", "the-new-rota", "{\"title\":\"Pay, then\"}"));
    stored_reread(&s);
    sort_is("the-new-rota", "fact");
    undo();
    undo();
    sort_is("the-new-rota", "judgement");
    ck_assert(on_issue(
        "add", NULL,
        "{\"title\":\"Night work\",\"terms\":[\"night\"],\"sort\":\"proposal\",\"story\":1}"));
    sort_is("night-work", "proposal");
    ck_assert(!on_issue("edit", "night-work", "{\"sort\":\"question\"}"));
    ck_assert(!on_issue("edit", "night-work", "{\"sort\":null}"));
    ck_assert(!on_issue("add", NULL, "{\"title\":\"X\",\"sort\":1,\"story\":1}"));
}
END_TEST

/* A row of positions says both. */
START_TEST(test_rows)
{
    int64_t id = statement_with("no more money");
    ck_assert(on_issue("add", NULL,
                       "{\"title\":\"Night shifts\",\"terms\":[\"night shift\"],\"story\":1}"));
    ck_assert(on_statement("edit", id, "{\"issue\":\"night-shifts\",\"stance\":\"oppose\"}"));
    cJSON *rows = stored_rows(&s, NOUN_POSITION, (struct store_filter){.issue = S("night-shifts")});
    cJSON *row = row_with(rows, "stance", "oppose");
    ck_assert_ptr_nonnull(row);
    ck_assert_double_eq(cJSON_GetObjectItem(row, "confidence")->valuedouble, 1);
    ck_assert_str_eq(row_text(row, "sort"), "judgement");
    cJSON_Delete(rows);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("sort");
    TCase *t = tcase_create("sort");
    tcase_set_timeout(t, 60);
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, test_stance_confidence);
    tcase_add_test(t, test_issue_sort);
    tcase_add_test(t, test_rows);
    suite_add_tcase(suite, t);
    return support_run(suite);
}
