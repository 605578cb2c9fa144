/* Lines of the log: whole, one an event, readable as JSON. */
#include "base/log.h"
#include "support/support.h"

#include <pthread.h>
#include <string.h>
#include <unistd.h>

enum { THREADS = 4, LINES = 200 };

static int out[2], kept;

static void setup(void)
{
    ck_assert_int_eq(pipe(out), 0);
    kept = dup(STDERR_FILENO);
    dup2(out[1], STDERR_FILENO);
}

/* What was logged so far; standard error is itself again. */
static struct str logged(struct arena *a)
{
    struct buf text = {0};
    dup2(kept, STDERR_FILENO);
    close(kept);
    close(out[1]);
    for (ssize_t n; (n = read(out[0], buf_reserve(&text, 65536), 65536)) > 0;)
        text.n += (size_t)n;
    close(out[0]);
    struct str all = arena_str(a, buf_str(&text));
    buf_finish(&text);
    return all;
}

static void log_one(int64_t n)
{
    struct log l = log_begin(LOG_WARNING, "slow_query", S("a query\ntook long"));
    log_int(&l, "ms", n);
    log_str(&l, "sql", S("SELECT \"a\"\n\tFROM b\xff"));
    log_end(&l);
}

START_TEST(people_read_a_sentence)
{
    struct arena a = {0};
    log_one(7);
    log_event(LOG_ERROR, "down", "%d things are wrong", 2);
    ck_str_is(logged(&a),
              "synoptic: a query took long (ms 7, sql SELECT \"a\"  FROM b\xef\xbf\xbd)\n"
              "synoptic: 2 things are wrong\n");
    arena_finish(&a);
}
END_TEST

static void *log_many(void *context)
{
    for (int i = 0; i < LINES; i++)
        log_one(*(int *)context);
    return NULL;
}

START_TEST(lines_of_threads_stay_whole)
{
    struct arena a = {0};
    pthread_t threads[THREADS];
    int name[THREADS], lines = 0;
    log_as_json(true);
    for (int i = 0; i < THREADS; i++) {
        name[i] = i;
        pthread_create(&threads[i], NULL, log_many, &name[i]);
    }
    /* The pipe holds 64 kB: read before it is full. */
    struct buf text = {0};
    while (lines < THREADS * LINES) {
        ssize_t n = read(out[0], buf_reserve(&text, 4096), 4096);
        ck_assert_int_gt(n, 0);
        for (ssize_t i = 0; i < n; i++)
            lines += text.p[text.n + (size_t)i] == '\n';
        text.n += (size_t)n;
    }
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    log_as_json(false);
    logged(&a);
    struct str rest = buf_str(&text), line;
    while (str_split(&rest, '\n', &line)) {
        cJSON *tree = NULL;
        struct err err = {0};
        if (!line.n)
            continue;
        ck_assert_msg(json_parse(line, &tree, &err), "%.*s: %s", STR_ARG(line), err.message);
        ck_assert_str_eq(cJSON_GetObjectItem(tree, "event")->valuestring, "slow_query");
        ck_assert_str_eq(cJSON_GetObjectItem(tree, "level")->valuestring, "warning");
        ck_assert_str_eq(cJSON_GetObjectItem(tree, "message")->valuestring, "a query took long");
        ck_assert(cJSON_IsNumber(cJSON_GetObjectItem(tree, "ms")));
        ck_assert_uint_eq(strlen(cJSON_GetObjectItem(tree, "time")->valuestring),
                          strlen("2026-01-31T12:00:00.000Z"));
        cJSON_Delete(tree);
    }
    buf_finish(&text);
    arena_finish(&a);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("log");
    TCase *t = tcase_create("log");
    tcase_add_checked_fixture(t, setup, NULL);
    suite_add_tcase(s, t);
    tcase_add_test(t, people_read_a_sentence);
    tcase_add_test(t, lines_of_threads_stay_whole);
    return support_run(s);
}
