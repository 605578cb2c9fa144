/* Batches of the store: one transaction of one thread, seen by others when it ends. */
#include "support/stored.h"

#include "store/db/db.h"

#include <pthread.h>

static struct stored s;

static void setup(void)
{
    stored_setup(&s);
}

static void teardown(void)
{
    stored_teardown(&s);
}

/* A write that every import makes: one waiting item. */
static int64_t add_import(void)
{
    struct err err = {0};
    int64_t import = 0;
    struct store_import_item item = {.name = S("a.txt"), .kind = IMPORT_BYTES, .bytes = S("text")};
    ck_assert_msg(store_import_add(s.store, &(struct store_import_batch){S("a.txt"), &item, 1},
                                   &import, &err),
                  "%s", err.message);
    return import;
}

static bool is_here(int64_t import)
{
    struct store_import state;
    return store_import_state(s.store, import, &state, NULL);
}

static void *look(void *context)
{
    int64_t *import = context;
    *import = is_here(*import);
    return NULL;
}

static bool others_see(int64_t import)
{
    pthread_t other;
    ck_assert_int_eq(pthread_create(&other, NULL, look, &import), 0);
    pthread_join(other, NULL);
    return import != 0;
}

static void begin(void)
{
    struct err err = {0};
    ck_assert_msg(store_batch_begin(s.store, &err), "%s", err.message);
}

START_TEST(test_seen_together)
{
    struct err err = {0};
    uint64_t before = store_revision(s.store).imports;
    begin();
    int64_t first = add_import(), second = add_import();
    ck_assert(is_here(first));
    ck_assert(is_here(second));
    ck_assert(!others_see(first));
    ck_assert_uint_eq(store_revision(s.store).imports, before);
    ck_assert_msg(store_batch_end(s.store, true, &err), "%s", err.message);
    ck_assert(others_see(first));
    ck_assert(others_see(second));
    ck_assert_uint_eq(store_revision(s.store).imports, before + 1);
}
END_TEST

START_TEST(test_taken_back)
{
    uint64_t before = store_revision(s.store).imports;
    begin();
    int64_t import = add_import();
    ck_assert(!store_batch_end(s.store, false, NULL));
    ck_assert(!is_here(import));
    ck_assert_uint_eq(store_revision(s.store).imports, before);
    ck_assert(is_here(add_import()));
}
END_TEST

/* All or nothing; what comes behind a write that failed is not even begun. */
START_TEST(test_part_fails)
{
    struct err err = {0};
    begin();
    int64_t first = add_import();
    struct db *db = store_write_begin(s.store, &err);
    ck_assert_ptr_nonnull(db);
    ck_assert(db_run(db,
                     "INSERT INTO imports (what, status, total, created)"
                     " VALUES ('lost', 'queued', 1, '2026-01-01T00:00:00Z')",
                     &err));
    ck_assert_int_eq(db_number(db, "SELECT count(*) FROM imports", 0, 0), 2);
    ck_assert(!store_write_end(s.store, false, CHANGED_IMPORTS, &err));
    ck_assert_ptr_null(store_write_begin(s.store, &err));
    ck_assert(!store_batch_end(s.store, true, &err));
    ck_assert(!is_here(first));
    ck_assert(is_here(add_import()));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("batch");
    TCase *t = tcase_create("batch");
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, test_seen_together);
    tcase_add_test(t, test_taken_back);
    tcase_add_test(t, test_part_fails);
    suite_add_tcase(suite, t);
    return support_run(suite);
}
