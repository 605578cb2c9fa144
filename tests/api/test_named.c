/* What actors and issues are called and are: an issue split in two, the forms of a name, names that
 * may be one actor's. */
#include "support/stored.h"

#include <stdio.h>
#include <string.h>

#define OUTER "some engineers believe"

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

static bool refused(const char *action, const char *target, const char *key, const char *value)
{
    struct err err = {0};
    struct stored_deed deed = {action, target, key, 0, value};
    int64_t entry = 0;
    return !stored_try(&s, &deed, &entry, &err) && err.kind == ERR_INVALID;
}

static void decide_key(const char *action, const char *target, const char *key, const char *value)
{
    struct err err = {0};
    struct stored_deed deed = {action, target, key, 0, value};
    int64_t entry = 0;
    ck_assert_msg(stored_try(&s, &deed, &entry, &err), "%s", err.message);
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

static int positions_on(const char *issue)
{
    cJSON *rows = stored_rows(&s, NOUN_STATEMENT, (struct store_filter){.issue = str_of(issue)});
    int n = cJSON_GetArraySize(rows);
    cJSON_Delete(rows);
    return n;
}

/* One question becomes two: what was decided goes along, and all of it can be taken back. */
START_TEST(test_split_issue)
{
    int64_t one = statement_with(OUTER), two = statement_with("that the town would pay");
    char value[160];
    stored_decide(&s, "add", "issue", 0, "{\"title\":\"Pensions\",\"story\":1}");
    stored_decide(&s, "edit", "statement", one, "{\"issue\":\"pensions\",\"stance\":\"oppose\"}");
    stored_decide(&s, "edit", "statement", two, "{\"issue\":\"pensions\",\"stance\":\"support\"}");
    ck_assert_int_eq(positions_on("pensions"), 2);
    snprintf(value, sizeof value,
             "{\"title\":\"Pensions of widows\",\"terms\":[\"widows\"],\"statements\":[%lld]}",
             (long long)two);
    decide_key("split", "issue", "pensions", value);
    ck_assert_int_eq(positions_on("pensions"), 1);
    ck_assert_int_eq(positions_on("pensions-of-widows"), 1);
    ck_assert(stored_reread(&s));
    ck_assert_int_eq(positions_on("pensions-of-widows"), 1);
    ck_assert(refused("split", "issue", "pensions", value));
    ck_assert(refused("split", "issue", "pensions", "{\"title\":\"Nothing\",\"statements\":[]}"));
    ck_assert(refused("split", "issue", "pensions", "{\"statements\":[1]}"));
    decide_key("merge", "issue", "pensions-of-widows", "{\"into\":\"pensions\"}");
    ck_assert_int_eq(positions_on("pensions"), 2);
    undo();
    ck_assert_int_eq(positions_on("pensions"), 1);
    decide_key("dismiss", "issue", "pensions-of-widows", "{}");
    ck_assert_int_eq(positions_on("pensions-of-widows"), 0);
    undo();
    undo();
    ck_assert_int_eq(positions_on("pensions"), 2);
    ck_assert_int_eq(positions_on("pensions-of-widows"), 0);
}
END_TEST

static bool has_name(const char *key, const char *name)
{
    cJSON *row = stored_item(&s, NOUN_ACTOR, 0, key), *one;
    bool found = false;
    cJSON_ArrayForEach(one, cJSON_GetObjectItem(row, "names")) {
        found |= strcmp(row_text(one, "text"), name) == 0;
    }
    cJSON_Delete(row);
    return found;
}

/* The forms of a name are a person's to say: added, taken away, and back. */
START_TEST(test_names)
{
    const char *key = "maria-kent", *name = "Maria Kent", *form = "Kent";
    stored_import(&s, "data/harbour");
    ck_assert(has_name(key, form));
    char value[200];
    snprintf(value, sizeof value, "{\"names\":[\"%s\",\"The Grey Owl\"]}", name);
    decide_key("edit", "actor", key, value);
    ck_assert(has_name(key, "The Grey Owl") && has_name(key, name) && !has_name(key, form));
    ck_assert(stored_reread(&s));
    ck_assert(has_name(key, "The Grey Owl") && !has_name(key, form));
    decide_key("edit", "actor", key, "{\"role\":\"reeve\"}");
    ck_assert(has_name(key, "The Grey Owl") && !has_name(key, form));
    undo();
    undo();
    ck_assert(!has_name(key, "The Grey Owl") && has_name(key, form));
    ck_assert(refused("edit", "actor", key, "{\"names\":\"Owl\"}"));
    ck_assert(refused("edit", "actor", key, "{\"names\":[7]}"));
}
END_TEST

/* The reasons for taking the two for one, or "" where nobody would. */
static const char *alike(const char *one, const char *other)
{
    static char reasons[300];
    struct buf out = {0};
    struct json j = json_begin(&out);
    struct err err = {0};
    ck_assert(store_alike(s.store, 0, &j, &err));
    cJSON *all = cJSON_ParseWithLength(out.p, out.n), *pair;
    reasons[0] = 0;
    cJSON_ArrayForEach(pair, cJSON_GetObjectItem(all, "data")) {
        const char *a = row_text(cJSON_GetObjectItem(pair, "actor"), "key");
        const char *b = row_text(cJSON_GetObjectItem(pair, "other"), "key");
        char *text = cJSON_PrintUnformatted(cJSON_GetObjectItem(pair, "reasons"));
        if ((!strcmp(a, one) && !strcmp(b, other)) || (!strcmp(a, other) && !strcmp(b, one)))
            snprintf(reasons, sizeof reasons, "%s", text);
        cJSON_free(text);
    }
    cJSON_Delete(all);
    buf_finish(&out);
    return reasons;
}

static void name_speaker(int64_t statement, const char *name, const char *kind)
{
    char value[160];
    snprintf(value, sizeof value, "{\"speaker\":{\"name\":\"%s\",\"kind\":\"%s\"}}", name, kind);
    stored_decide(&s, "edit", "statement", statement, value);
}

/* Names that look like one actor's, with the reason; who is told to be two is not asked again. */
START_TEST(test_alike)
{
    static const struct {
        const char *name, *kind, *key, *other, *why;
    } cases[] = {
        {"A. Brokk", "person", "a-brokk", "ada-brokk", "an initial of the name"},
        {"Ada Brock", "person", "ada-brock", "ada-brokk", "nearly the same spelling"},
        {"Ada Brökk", "person", "ada-br-kk", "ada-brokk", "the same name"},
        {"Ada Maria Brokk", "person", "ada-maria-brokk", "ada-brokk",
         "one name is part of the other"},
        {"Bela Brokk", "person", "bela-brokk", "ada-brokk", ""},
        {"Ada Dorn", "person", "ada-dorn", "ada-brokk", ""},
        {"Ada Brokks", "organisation", "ada-brokks", "ada-brokk", ""},
    };
    int64_t id = statement_with("that the town would pay");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        name_speaker(id, cases[i].name, cases[i].kind);
        const char *why = alike(cases[i].key, cases[i].other);
        ck_assert_msg(strstr(why, cases[i].why) && (cases[i].why[0] || !why[0]), "%s: \"%s\"",
                      cases[i].name, why);
        undo();
    }
    name_speaker(id, "A. Brokk", "person");
    decide_key("reject", "actor", "a-brokk", "{\"as\":\"ada-brokk\"}");
    ck_assert_str_eq(alike("a-brokk", "ada-brokk"), "");
    undo();
    ck_assert(alike("a-brokk", "ada-brokk")[0]);
    ck_assert(refused("reject", "actor", "a-brokk", "{\"as\":\"a-brokk\"}"));
    ck_assert(refused("reject", "actor", "a-brokk", "{\"as\":\"nobody-at-all\"}"));
    ck_assert(refused("reject", "actor", "a-brokk", "{}"));
}
END_TEST

static void expect_office(const char *key, const char *role, const char *of)
{
    cJSON *item = stored_item(&s, NOUN_ACTOR, 0, key);
    ck_assert_str_eq(row_text(item, "role"), role);
    ck_assert_str_eq(row_text(item, "of"), of);
    cJSON_Delete(item);
}

#define LIST                                                                                       \
    "{\"actors\":[{\"name\":\"Nora Quist\",\"kind\":\"person\",\"role\":\"surveyor\",\"of\":"      \
    "\"ada-brokk\"}]}"

/* Whom a decision put into a story has the office of a list there, too, whatever the texts say. */
START_TEST(test_listed_speaker)
{
    name_speaker(statement_with(OUTER), "Nora Quist", "person");
    decide_key("add", "actor", "", LIST);
    expect_office("nora-quist", "surveyor", "ada-brokk");
    stored_decide(&s, "edit", "article", 1, "{\"story\":null}");
    expect_office("nora-quist", "surveyor", "ada-brokk");
    undo();
    expect_office("nora-quist", "surveyor", "ada-brokk");
    undo();
    expect_office("nora-quist", "", "");
}
END_TEST

/* Who comes into a story and leaves it again is as the list has it, and as edited since. */
START_TEST(test_listed_only)
{
    int64_t id = statement_with(OUTER);
    decide_key("add", "actor", "", LIST);
    stored_decide(&s, "edit", "statement", id, "{\"speaker\":\"nora-quist\"}");
    expect_office("nora-quist", "surveyor", "ada-brokk");
    undo();
    expect_office("nora-quist", "surveyor", "ada-brokk");
    decide_key("edit", "actor", "nora-quist", "{\"role\":\"warden\"}");
    stored_decide(&s, "edit", "statement", id, "{\"speaker\":\"nora-quist\"}");
    undo();
    expect_office("nora-quist", "warden", "ada-brokk");
}
END_TEST

/* A store that fails has not lost anybody: what is told is that it failed. */
START_TEST(test_failing_query)
{
    static const struct {
        const char *away, *back, *target, *key, *value;
    } cases[] = {{"ALTER TABLE actors RENAME COLUMN wikidata TO away",
                  "ALTER TABLE actors RENAME COLUMN away TO wikidata", "actor", "ada-brokk",
                  "{\"role\":\"warden\"}"},
                 {"ALTER TABLE issue_terms RENAME TO away",
                  "ALTER TABLE away RENAME TO issue_terms", "issue", "pensions",
                  "{\"title\":\"Wages\"}"}};
    stored_decide(&s, "add", "issue", 0, "{\"title\":\"Pensions\",\"story\":1}");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct err err = {0};
        struct stored_deed deed = {"edit", cases[i].target, cases[i].key, 0, cases[i].value};
        int64_t entry = 0;
        stored_run(&s, cases[i].away);
        ck_assert(!stored_try(&s, &deed, &entry, &err));
        ck_assert_msg(err.kind == ERR_INTERNAL, "%s: %s", cases[i].target, err.message);
        stored_run(&s, cases[i].back);
        ck_assert_msg(stored_try(&s, &deed, &entry, &err), "%s", err.message);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("named");
    TCase *t = tcase_create("named");
    tcase_set_timeout(t, 60);
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, test_split_issue);
    tcase_add_test(t, test_names);
    tcase_add_test(t, test_alike);
    tcase_add_test(t, test_listed_speaker);
    tcase_add_test(t, test_listed_only);
    tcase_add_test(t, test_failing_query);
    suite_add_tcase(suite, t);
    return support_run(suite);
}
