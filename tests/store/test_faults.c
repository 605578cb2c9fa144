/* A disk that fails at any moment of a day's work: nothing that was acknowledged is lost, nothing
 * half-done stays behind, and the store opens again. The work: reports come in, a person decides
 * about what they say, takes one decision back, another report comes in.
 *
 * Every kind of fault (support/faulty.h) strikes at calls spread evenly over the work, once and for
 * good. How many is FAULTS a kind, by hand more: FAULTS=200. */
#include "ingest/story/pipeline.h"
#include "support/faulty.h"
#include "support/stored.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_ACKNOWLEDGED = 64, USUAL_FAULTS = 10 };

static const char *const reports[] = {
    "The harbour council wants the ferry back\n\nPORT ELLEN, April 22, 2025 - \"We support the new "
    "quay and we "
    "will pay for it,\" council leader Anna Berg said on Tuesday.\n\nShipping minister Paul Roth "
    "said the "
    "government opposed the new quay because it was too expensive.\n",
    "Minister rejects plan for quay\n\nApril 22, 2025 - Shipping minister Paul Roth said on "
    "Tuesday that the new "
    "quay was too expensive and the ferry would not return.\n\n\"We will pay for it,\" said Anna "
    "Berg, who leads "
    "the harbour council.\n",
    "Council vote on quay delayed\n\nApril 23, 2025 - The harbour council's vote on the new quay "
    "was put off, "
    "Anna Berg told reporters on Wednesday. Paul Roth said he welcomed the delay.\n",
};

static struct stored s;

/* What the program said is done. */
struct acknowledged {
    int64_t decisions[MOST_ACKNOWLEDGED], imports[MOST_ACKNOWLEDGED];
    size_t n_decisions, n_imports;
};

/* What came of all of it. */
static long tries;

static void submit(struct acknowledged *ack, size_t first, size_t n)
{
    struct store_import_item items[3] = {0};
    struct err err = {0};
    int64_t import = 0;
    for (size_t i = 0; i < n; i++)
        items[i] = (struct store_import_item){.kind = IMPORT_BYTES,
                                              .name = S("report"),
                                              .page_type = S("text"),
                                              .bytes = str_of(reports[first + i])};
    struct store_import_batch batch = {S("reports"), items, n};
    if (ingest_submit_items(s.store, &batch, &import, &err))
        ack->imports[ack->n_imports++] = import;
    else
        ck_assert_msg(err.kind != ERR_NONE && err.message[0], "a failure without a word");
    worker_drain(s.store, NULL, NULL, &err);
}

static void decide(struct acknowledged *ack, const char *action, int64_t statement,
                   const char *value)
{
    struct err err = {0};
    int64_t entry = 0;
    cJSON *tree = value ? cJSON_Parse(value) : NULL;
    struct store_decision d = {
        .action = str_of(action), .target = S("statement"), .id = statement, .value = tree};
    if (ingest_decide(s.store, &d, &entry, &err))
        ack->decisions[ack->n_decisions++] = entry;
    cJSON_Delete(tree);
}

/* Ids of the statements, as far as they can be read. */
static size_t statements(int64_t ids[8])
{
    struct buf out = {0};
    struct json j = json_begin(&out);
    struct row_json rows = row_json_make(&j);
    struct store_query query = {.noun = NOUN_STATEMENT, .limit = 8};
    struct store_page page;
    struct err err = {0};
    json_array(&j);
    bool ok = store_list(s.store, &query, &rows.sink, &page, &err);
    json_end_array(&j);
    cJSON *tree = ok ? cJSON_ParseWithLength(out.p, out.n) : NULL, *row;
    size_t n = 0;
    cJSON_ArrayForEach(row, tree)
        ids[n++] = row_int(row, "id");
    cJSON_Delete(tree);
    buf_finish(&out);
    return n;
}

static void work(struct acknowledged *ack)
{
    static const char *const acts[][2] = {{"confirm", NULL},
                                          {"edit", "{\"kind\":\"paraphrase\"}"},
                                          {"reject", NULL},
                                          {"confirm", NULL}};
    struct err err = {0};
    int64_t ids[8] = {0}, undone;
    struct store_options options = {.path = s.path, .readers = 1};
    *ack = (struct acknowledged){.n_decisions = 0};
    if (!store_open(&options, &s.store, &err)) {
        ck_assert_msg(err.kind != ERR_NONE && err.message[0], "a failure without a word");
        s.store = NULL;
        return;
    }
    submit(ack, 0, 2);
    size_t n = statements(ids);
    for (size_t i = 0; i < n && i < 4; i++)
        decide(ack, acts[i][0], ids[i], acts[i][1]);
    if (ingest_undo(s.store, &undone, &err))
        ack->decisions[ack->n_decisions++] = undone;
    submit(ack, 2, 1);
    stored_close(&s);
}

static bool has_id(cJSON *rows, int64_t id)
{
    cJSON *row;
    cJSON_ArrayForEach(row, rows)
        if (row_int(row, "id") == id)
            return true;
    return false;
}

/* The disk is well again: the store opens, work goes on by itself, and all that was acknowledged is
 * there. */
static void find_all_again(const struct acknowledged *ack, const char *what)
{
    struct err err = {0};
    struct store_options options = {.path = s.path};
    ck_assert_msg(store_open(&options, &s.store, &err), "%s: %s", what, err.message);
    ck_assert_msg(worker_drain(s.store, NULL, NULL, &err), "%s: %s", what, err.message);
    stored_verify(&s);
    cJSON *journal = stored_rows(&s, NOUN_DECISION, (struct store_filter){0});
    for (size_t i = 0; i < ack->n_decisions; i++)
        ck_assert_msg(has_id(journal, ack->decisions[i]), "%s: decision %zu of %zu is gone", what,
                      i, ack->n_decisions);
    cJSON_Delete(journal);
    for (size_t i = 0; i < ack->n_imports; i++) {
        struct store_import state = {.id = ack->imports[i]};
        ck_assert_msg(store_import_state(s.store, ack->imports[i], &state, &err), "%s: %s", what,
                      err.message);
        ck_assert_msg(state.done == state.total, "%s: %lld of %lld items of an import are done",
                      what, (long long)state.done, (long long)state.total);
    }
    stored_close(&s);
    tries++;
}

static void start_anew(void)
{
    char command[160];
    snprintf(command, sizeof command, "rm -rf '%s'/*", s.folder);
    ck_assert_int_eq(system(command), 0);
    faulty_forget();
}

static long faults_wanted(void)
{
    const char *wish = getenv("FAULTS");
    long n = wish ? atol(wish) : 0;
    return n > 0 ? n : USUAL_FAULTS;
}

static const char *const names[FAULT_KINDS] = {"",     "write",    "full disk", "sync",
                                               "read", "truncate", "open",      "power"};

/* How often the kind is called in the whole work. */
static long count_calls(enum fault kind)
{
    struct acknowledged ack;
    start_anew();
    faulty_arm(kind, -1, false);
    work(&ack);
    long calls = faulty_disarm();
    ck_assert_uint_eq(ack.n_imports, 2);
    ck_assert_uint_gt(ack.n_decisions, 3);
    find_all_again(&ack, names[kind]);
    return calls;
}

static void strike(enum fault kind, long at, bool forever)
{
    struct acknowledged ack;
    char what[96];
    snprintf(what, sizeof what, "%s fails at call %ld%s", names[kind], at,
             forever ? " and ever after" : "");
    start_anew();
    faulty_arm(kind, at, forever);
    work(&ack);
    faulty_disarm();
    if (kind == FAULT_POWER) {
        faulty_cut(s.folder, (uint32_t)at);
        ack.n_imports = 0; /* only decisions are promised to outlive the power */
    }
    find_all_again(&ack, what);
}

START_TEST(nothing_acknowledged_is_lost)
{
    enum fault kind = (enum fault)_i;
    long calls = count_calls(kind), n = faults_wanted();
    for (long i = 0; i < n && i < calls; i++) {
        long at = 1 + (calls > n ? i * calls / n : i);
        strike(kind, at, false);
        if (kind != FAULT_POWER)
            strike(kind, at, true);
    }
    printf("%s: %ld calls, struck %ld times: nothing acknowledged lost\n", names[kind], calls,
           tries - 1);
}
END_TEST

static void setup(void)
{
    faulty_install();
    stored_setup(&s);
    stored_close(&s);
}

static void teardown(void)
{
    stored_teardown(&s);
}

int main(void)
{
    Suite *suite = suite_create("faults");
    TCase *t = tcase_create("faults");
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_set_timeout(t, 3000);
    suite_add_tcase(suite, t);
    tcase_add_loop_test(t, nothing_acknowledged_is_lost, FAULT_WRITE, FAULT_KINDS);
    return support_run(suite);
}
