/* One copy a day: made when there is something to copy, verified, thinned out, and good to restore.
 */
#include "base/day.h"
#include "store/copies.h"
#include "support/stored.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { JANUARY_1ST_2026 = 20454 }; /* a Thursday */

static struct stored s;
static char folder[128];

static void setup(void)
{
    stored_setup(&s);
    snprintf(folder, sizeof folder, "%s.backups", s.path);
}

static void teardown(void)
{
    stored_teardown(&s);
}

static void path_of(int32_t day, char path[192])
{
    int y, m, d;
    day_civil(day, &y, &m, &d);
    snprintf(path, 192, "%s/synoptic-%04d-%02d-%02d.db", folder, y, m, d);
}

static bool is_kept(int32_t day)
{
    char path[192];
    path_of(day, path);
    return access(path, F_OK) == 0;
}

/* The store's file is as old as day `written`, as if it had last been written to then. */
static void age(const char *path, int32_t written)
{
    struct timespec times[2] = {{.tv_sec = (time_t)written * 86400},
                                {.tv_sec = (time_t)written * 86400}};
    utimensat(AT_FDCWD, path, times, 0);
}

static bool keep(int32_t today, unsigned days)
{
    struct err err = {0};
    bool made;
    struct store_copies copies = {.of = s.path, .folder = folder, .keep = days, .today = today};
    ck_assert_msg(store_copies_keep(s.store, &copies, &made, &err), "%s", err.message);
    return made;
}

START_TEST(one_a_day)
{
    ck_assert_int_eq(store_copies_newest(folder), NO_DAY);
    stored_import(&s, "data/harbour");
    ck_assert(keep(JANUARY_1ST_2026, 7));
    ck_assert(!keep(JANUARY_1ST_2026, 7));
    ck_assert_int_eq(store_copies_newest(folder), JANUARY_1ST_2026);
}
END_TEST

START_TEST(what_did_not_change_is_not_copied_again)
{
    char wal[128], copy[192];
    stored_import(&s, "data/harbour");
    ck_assert(keep(JANUARY_1ST_2026, 7));
    path_of(JANUARY_1ST_2026, copy);
    snprintf(wal, sizeof wal, "%s-wal", s.path);
    age(copy, JANUARY_1ST_2026 + 1);
    age(s.path, JANUARY_1ST_2026);
    age(wal, JANUARY_1ST_2026);
    ck_assert(!keep(JANUARY_1ST_2026 + 5, 7));
    age(wal, JANUARY_1ST_2026 + 2);
    ck_assert(keep(JANUARY_1ST_2026 + 5, 7));
}
END_TEST

START_TEST(older_ones_thin_out)
{
    char copy[192];
    int kept = 0;
    stored_import(&s, "data/harbour");
    for (int32_t day = JANUARY_1ST_2026; day < JANUARY_1ST_2026 + 60; day++) {
        ck_assert(keep(day, 3));
        path_of(day, copy);
        age(copy, 0); /* the store is newer */
    }
    for (int32_t day = JANUARY_1ST_2026; day < JANUARY_1ST_2026 + 60; day++)
        kept += is_kept(day);
    ck_assert_int_eq(kept, 3 + 4);
    for (int32_t day = JANUARY_1ST_2026 + 57; day < JANUARY_1ST_2026 + 60; day++)
        ck_assert(is_kept(day));
}
END_TEST

START_TEST(four_weeks_reach_back)
{
    /* 2026-02-01 is a Sunday: weeks end on days ...7 counted back from it. */
    enum { SUNDAY = JANUARY_1ST_2026 + 31, N = 60 };
    int32_t days[N];
    bool stays[N];
    for (int32_t i = 0; i < N; i++)
        days[i] = SUNDAY - i;
    store_copies_choose(days, N, 7, stays);
    for (int i = 0; i < N; i++)
        ck_assert_msg(stays[i] == (i < 7 || (i % 7 == 0 && i <= 28)), "day %d before", i);
}
END_TEST

START_TEST(a_copy_restores)
{
    char copy[192];
    struct err err = {0};
    stored_import(&s, "data/harbour");
    ck_assert(keep(JANUARY_1ST_2026, 7));
    path_of(JANUARY_1ST_2026, copy);
    cJSON *before = stored_rows(&s, NOUN_STATEMENT, (struct store_filter){0});
    stored_close(&s);
    ck_assert_msg(store_restore(copy, s.path, &err), "%s", err.message);
    stored_open(&s);
    cJSON *after = stored_rows(&s, NOUN_STATEMENT, (struct store_filter){0});
    ck_assert_int_gt(cJSON_GetArraySize(before), 0);
    ck_assert(cJSON_Compare(before, after, true));
    cJSON_Delete(before);
    cJSON_Delete(after);
}
END_TEST

/* More than SQLite holds in memory while it copies: pages reach the disk in any order. */
START_TEST(a_large_copy_is_sound)
{
    enum { ARTICLES = 4, WORDS = 100000 };
    struct buf text = {0};
    struct err err = {0};
    for (int i = 0; i < ARTICLES; i++) {
        int64_t id = 0, story = 0;
        text.n = 0;
        for (int k = 0; k < WORDS; k++)
            buf_fmt(&text, "word%dof%d ", k * 7 % 9973, i);
        struct store_article article = {.title = S("Long"), .text = buf_str(&text)};
        ck_assert_msg(store_article_save(s.store, &article, &id, &story, &err), "%s", err.message);
    }
    buf_finish(&text);
    ck_assert(keep(JANUARY_1ST_2026, 7)); /* which looks at all of the copy */
}
END_TEST

START_TEST(rests_are_swept_up_and_strangers_stay)
{
    char rest[192], own[192];
    stored_import(&s, "data/harbour");
    mkdir(folder, 0700);
    snprintf(rest, sizeof rest, "%s/synoptic-2025-12-31.db.unverified.part", folder);
    snprintf(own, sizeof own, "%s/synoptic-notes.db", folder);
    close(open(rest, O_CREAT | O_WRONLY, 0600));
    close(open(own, O_CREAT | O_WRONLY, 0600));
    ck_assert(keep(JANUARY_1ST_2026, 1));
    ck_assert_int_ne(access(rest, F_OK), 0);
    ck_assert_int_eq(access(own, F_OK), 0);
}
END_TEST

START_TEST(a_folder_that_cannot_be_made_is_said)
{
    struct err err = {0};
    bool made;
    struct store_copies copies = {.of = s.path, .folder = "/proc/no/such", .keep = 1, .today = 1};
    ck_assert(!store_copies_keep(s.store, &copies, &made, &err));
    ck_assert_int_eq(err.kind, ERR_IO);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("copies");
    TCase *t = tcase_create("copies");
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_set_timeout(t, 120);
    suite_add_tcase(suite, t);
    tcase_add_test(t, one_a_day);
    tcase_add_test(t, what_did_not_change_is_not_copied_again);
    tcase_add_test(t, older_ones_thin_out);
    tcase_add_test(t, four_weeks_reach_back);
    tcase_add_test(t, a_copy_restores);
    tcase_add_test(t, a_large_copy_is_sound);
    tcase_add_test(t, rests_are_swept_up_and_strangers_stay);
    tcase_add_test(t, a_folder_that_cannot_be_made_is_said);
    return support_run(suite);
}
