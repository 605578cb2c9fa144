/* Several people and measured trust: codings stand beside each other and change nothing, are undone
 * each on its own, and can become everybody's; draws are the same again; audits count what was
 * decided. */
#include "store/coding.h"
#include "support/stored.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct stored s;

static void setup(void)
{
    stored_setup(&s);
    stored_import(&s, "data/harbour");
}

static void teardown(void)
{
    stored_close(&s);
    stored_open(&s);
    stored_verify(&s);
    stored_teardown(&s);
}

static bool try_decide(const char *by, const char *line, int64_t *entry, struct err *err)
{
    cJSON *tree = cJSON_Parse(line);
    ck_assert_msg(tree != NULL, "%s", line);
    struct store_decision d = {.action = str_of(cJSON_GetObjectItem(tree, "action")->valuestring),
                               .target = str_of(cJSON_GetObjectItem(tree, "target")->valuestring),
                               .id = (int64_t)cJSON_GetObjectItem(tree, "id")->valuedouble,
                               .by = str_of(by),
                               .value = cJSON_GetObjectItem(tree, "value")};
    bool ok = ingest_decide(s.store, &d, entry, err);
    cJSON_Delete(tree);
    return ok;
}

static int64_t decide(const char *by, const char *line)
{
    struct err err = {0};
    int64_t entry = 0;
    ck_assert_msg(try_decide(by, line, &entry, &err), "%s: %s", line, err.message);
    return entry;
}

static void turn(bool back, const char *by, int64_t about)
{
    struct err err = {0};
    struct store_turn t = {.by = str_of(by), .about = about};
    bool ok = back ? store_turn_back(s.store, &t, &err) : store_turn_forth(s.store, &t, &err);
    ck_assert_msg(ok, "%s", err.message);
}

/* "Ana confirmed direct, Bo rejected mixed" of a statement's codings. */
static const char *codings_of(int64_t statement)
{
    static char text[400];
    size_t n = 0;
    cJSON *rows = stored_rows(&s, NOUN_CODING, (struct store_filter){0}), *row;
    text[0] = 0;
    cJSON_ArrayForEach(row, rows) {
        cJSON *coding = cJSON_GetObjectItem(row, "coding");
        if (row_int(row, "statement") == statement)
            n += (size_t)snprintf(text + n, sizeof text - n, "%s%s %s %s", n ? ", " : "",
                                  row_text(row, "coder"), row_text(row, "verdict"),
                                  row_text(coding, "kind"));
    }
    cJSON_Delete(rows);
    return text;
}

static const char *member_of(int64_t statement, const char *name)
{
    static char text[100];
    cJSON *row = stored_item(&s, NOUN_STATEMENT, statement, "");
    snprintf(text, sizeof text, "%s", row_text(row, name));
    cJSON_Delete(row);
    return text;
}

START_TEST(codings_stand_side_by_side)
{
    char *before = strdup(member_of(2, "kind"));
    decide("Ana", "{\"action\":\"confirm\",\"target\":\"coding\",\"id\":2}");
    decide("Bo",
           "{\"action\":\"edit\",\"target\":\"coding\",\"id\":2,\"value\":{\"kind\":\"mixed\"}}");
    decide("Cy", "{\"action\":\"reject\",\"target\":\"coding\",\"id\":2}");
    ck_assert_str_eq(codings_of(2), "Ana confirmed direct, Bo edited mixed, Cy rejected direct");
    ck_assert_str_eq(member_of(2, "status"), "proposed");
    ck_assert_str_eq(member_of(2, "kind"), before);
    free(before);
}
END_TEST

/* The later form of a coding begins with the earlier one, not with the statement. */
START_TEST(a_coding_is_gone_on_with)
{
    decide("Bo",
           "{\"action\":\"edit\",\"target\":\"coding\",\"id\":2,\"value\":{\"kind\":\"mixed\"}}");
    decide("Bo",
           "{\"action\":\"edit\",\"target\":\"coding\",\"id\":2,\"value\":{\"speaker\":null}}");
    ck_assert_str_eq(codings_of(2), "Bo edited mixed");
    decide("Bo", "{\"action\":\"confirm\",\"target\":\"coding\",\"id\":2}");
    ck_assert_str_eq(codings_of(2), "Bo confirmed direct");
}
END_TEST

/* Nobody's coding rests on another's, nor on what was decided about the statement. */
START_TEST(each_is_undone_on_its_own)
{
    int64_t shared = decide("Lea", "{\"action\":\"confirm\",\"target\":\"statement\",\"id\":2}");
    int64_t first = decide("Ana", "{\"action\":\"confirm\",\"target\":\"coding\",\"id\":2}");
    decide("Bo", "{\"action\":\"reject\",\"target\":\"coding\",\"id\":2}");
    turn(true, "", shared);
    ck_assert_str_eq(member_of(2, "status"), "confirmed"); /* until it is compared anew */
    turn(true, "", first);
    ck_assert_str_eq(codings_of(2), "Bo rejected direct");
    turn(true, "Bo", 0);
    ck_assert_str_eq(codings_of(2), "");
    turn(false, "Bo", 0);
    turn(false, "", first);
    ck_assert_str_eq(codings_of(2), "Ana confirmed direct, Bo rejected direct");
}
END_TEST

START_TEST(codings_need_a_name_and_a_statement)
{
    struct err err = {0};
    int64_t entry;
    ck_assert(
        !try_decide("", "{\"action\":\"confirm\",\"target\":\"coding\",\"id\":2}", &entry, &err));
    ck_assert_int_eq(err.kind, ERR_INVALID);
    err = (struct err){0};
    ck_assert(!try_decide("Ana", "{\"action\":\"confirm\",\"target\":\"coding\",\"id\":999}",
                          &entry, &err));
    ck_assert_int_eq(err.kind, ERR_MISSING);
    err = (struct err){0};
    ck_assert(
        !try_decide("Ana", "{\"action\":\"merge\",\"target\":\"coding\",\"id\":2}", &entry, &err));
    ck_assert_int_eq(err.kind, ERR_INVALID);
    ck_assert_str_eq(codings_of(2), "");
}
END_TEST

/* The journal says who coded what, not how. */
START_TEST(the_journal_does_not_tell)
{
    decide("Ana", "{\"action\":\"reject\",\"target\":\"coding\",\"id\":2}");
    cJSON *rows = stored_rows(&s, NOUN_DECISION, (struct store_filter){0});
    cJSON *row = cJSON_GetArrayItem(rows, 0);
    ck_assert_str_eq(row_text(row, "by"), "Ana");
    ck_assert(cJSON_IsNull(cJSON_GetObjectItem(row, "after")) &&
              cJSON_IsNull(cJSON_GetObjectItem(row, "before")));
    cJSON_Delete(rows);
}
END_TEST

/* What one coder found and nobody had can become everybody's, under the number it has. */
START_TEST(an_added_one_keeps_its_number)
{
    char line[300];
    decide("Ana", "{\"action\":\"add\",\"target\":\"coding\",\"id\":1,\"value\":{\"article\":1,"
                  "\"kind\":\"indirect\","
                  "\"content\":[{\"start\":2,\"end\":19}]}}");
    cJSON *rows = stored_rows(&s, NOUN_CODING, (struct store_filter){0});
    int64_t number = row_int(cJSON_GetArrayItem(rows, 0), "statement");
    cJSON_Delete(rows);
    ck_assert_str_eq(codings_of(number), "Ana edited indirect");
    snprintf(line, sizeof line,
             "{\"action\":\"add\",\"target\":\"statement\",\"id\":1,\"value\":{\"article\":1,"
             "\"number\":%lld,"
             "\"content\":[{\"start\":2,\"end\":19}]}}",
             (long long)number);
    decide("Lea", line);
    ck_assert_str_eq(member_of(number, "rule"), "person");
    cJSON *all = stored_rows(&s, NOUN_STATEMENT, (struct store_filter){0});
    int n = cJSON_GetArraySize(all);
    cJSON_Delete(all);
    decide("Lea", line); /* the number is taken: another one */
    all = stored_rows(&s, NOUN_STATEMENT, (struct store_filter){0});
    ck_assert_int_ge(cJSON_GetArraySize(all), n);
    cJSON_Delete(all);
}
END_TEST

static int64_t draw(const struct store_sample *sample)
{
    struct err err = {0};
    int64_t id = 0;
    ck_assert_msg(store_sample_draw(s.store, sample, &id, &err), "%s", err.message);
    return id;
}

/* The numbers drawn, in their order. */
static void drawn(int64_t sample, char *out, size_t size)
{
    cJSON *rows = stored_rows(&s, NOUN_SAMPLED, (struct store_filter){.import = sample}), *row;
    size_t n = 0;
    out[0] = 0;
    cJSON_ArrayForEach(row, rows) {
        n += (size_t)snprintf(out + n, size - n, "%lld ", (long long)row_int(row, "id"));
    }
    cJSON_Delete(rows);
}

START_TEST(draws_are_the_same_again)
{
    char a[200], b[200], c[200];
    drawn(draw(&(struct store_sample){.purpose = S("audit"), .seed = 3, .size = 6}), a, sizeof a);
    decide("Ana", "{\"action\":\"reject\",\"target\":\"statement\",\"id\":2}");
    drawn(draw(&(struct store_sample){.purpose = S("audit"), .seed = 3, .size = 6}), b, sizeof b);
    drawn(draw(&(struct store_sample){.purpose = S("audit"), .seed = 4, .size = 6}), c, sizeof c);
    ck_assert_str_eq(a, b);
    ck_assert_str_ne(a, c);
    struct err err = {0};
    int64_t id = 0;
    ck_assert(!store_sample_draw(
        s.store,
        &(struct store_sample){.purpose = S("audit"), .seed = 1, .size = 3, .strata = S("kind")},
        &id, &err));
    ck_assert_int_eq(err.kind, ERR_INVALID); /* three kinds, of which one would stand for itself */
    err = (struct err){0};
    ck_assert(!store_sample_draw(
        s.store, &(struct store_sample){.purpose = S("audit"), .seed = 1, .story = 77}, &id, &err));
    ck_assert_int_eq(err.kind, ERR_MISSING);
}
END_TEST

START_TEST(audits_count_what_was_decided)
{
    struct arena a = {0};
    struct err err = {0};
    struct store_judgements j;
    int64_t sample = draw(&(struct store_sample){.purpose = S("audit"), .seed = 1});
    decide("Ana", "{\"action\":\"confirm\",\"target\":\"statement\",\"id\":1}");
    decide("Ana", "{\"action\":\"reject\",\"target\":\"statement\",\"id\":2}");
    decide("Ana",
           "{\"action\":\"edit\",\"target\":\"statement\",\"id\":3,\"value\":{\"speaker\":null}}");
    decide("Ana", "{\"action\":\"confirm\",\"target\":\"statement\",\"id\":3}");
    ck_assert_msg(store_judgements(s.store, &a, sample, &j, &err), "%s", err.message);
    ck_assert_int_eq(j.judged, 3);
    int whole = 0, statements = 0, speakers = 0;
    for (size_t i = 0; i < j.n; i++) {
        whole += j.v[i].whole;
        statements += j.v[i].statement;
        speakers += j.v[i].speaker;
        ck_assert(!j.v[i].judged || j.v[i].weight > 1); /* each stands for several */
    }
    ck_assert(whole == 1 && statements == 2 && speakers == 1);
    turn(true, "", 0);
    turn(true, "", 0);
    arena_finish(&a);
}
END_TEST

START_TEST(codings_are_compared)
{
    struct arena a = {0};
    struct err err = {0};
    struct store_codings all;
    struct store_coder_left left;
    int64_t sample = draw(&(struct store_sample){.purpose = S("coding"), .story = 1, .seed = 1});
    decide("Ana", "{\"action\":\"confirm\",\"target\":\"coding\",\"id\":2}");
    decide("Bo", "{\"action\":\"reject\",\"target\":\"coding\",\"id\":2}");
    decide("Bo", "{\"action\":\"confirm\",\"target\":\"coding\",\"id\":3}");
    int64_t taken = decide("Lea", "{\"action\":\"confirm\",\"target\":\"statement\",\"id\":2}");
    ck_assert_msg(store_codings(s.store, &a, sample, &all, &err), "%s", err.message);
    ck_assert_int_eq(all.n, 3);
    ck_str_is(all.v[0].coder, "Ana");
    ck_assert(all.v[0].sampled && all.v[0].settled && all.v[0].speaker.n && !all.v[2].settled);
    ck_assert(all.n_articles == 1 && all.articles[0].length > 100);
    ck_assert(store_coder_left(s.store, sample, S("Bo"), &left, &err));
    ck_assert(left.coded == 2 && left.all > 10);
    turn(true, "", taken);
    ck_assert(store_codings(s.store, &a, sample, &all, &err) && !all.v[0].settled);
    ck_assert(!store_codings(s.store, &a, 77, &all, &err));
    ck_assert_int_eq(err.kind, ERR_MISSING);
    arena_finish(&a);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("coding");
    TCase *t = tcase_create("coding");
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_set_timeout(t, 120);
    suite_add_tcase(suite, t);
    tcase_add_test(t, codings_stand_side_by_side);
    tcase_add_test(t, a_coding_is_gone_on_with);
    tcase_add_test(t, each_is_undone_on_its_own);
    tcase_add_test(t, codings_need_a_name_and_a_statement);
    tcase_add_test(t, the_journal_does_not_tell);
    tcase_add_test(t, an_added_one_keeps_its_number);
    tcase_add_test(t, draws_are_the_same_again);
    tcase_add_test(t, codings_are_compared);
    tcase_add_test(t, audits_count_what_was_decided);
    return support_run(suite);
}
