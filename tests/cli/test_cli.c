/* The program from outside: exit codes and sentences, a case a line (data/cli.txt), in order. */
#include "support/support.h"

#include "base/buf.h"
#include "export/export.h"
#include "support/address.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static char folder[] = "/tmp/synoptic-cli-XXXXXX";

/* $T/NAME.db as a store beside support/postgres.sh; schemas have no points in their names. */
static struct str with_stores(struct arena *a, struct str arguments)
{
    struct str db = S("--db $T/"), end = S(".db");
    size_t at = str_find(arguments, db, 0);
    if (address_is_file() || at == STR_NONE)
        return arguments;
    size_t from = at + db.n, to = str_find(arguments, end, from);
    return arena_fmt(a, "%.*s--db \"%s_%.*s\"%.*s", (int)at, arguments.p, address_in(folder),
                     (int)(to - from), arguments.p + from, (int)(arguments.n - to - end.n),
                     arguments.p + to + end.n);
}

/* Runs the program through the shell; its output, both streams, goes to *out. */
static int run(struct str arguments, struct buf *out)
{
    struct arena a = {0};
    const char *program = getenv("SYNOPTIC"), *data = getenv("TESTS_DIR");
    struct str line =
        arena_fmt(&a, "D='%s/data/cli' T='%s' SYNOPTIC_DB= ; exec '%s' %.*s 2>&1 </dev/null", data,
                  folder, program, STR_ARG(with_stores(&a, arguments)));
    FILE *pipe = popen(line.p, "r");
    ck_assert(pipe != NULL);
    for (size_t n; (n = fread(buf_reserve(out, 4096), 1, 4096, pipe)) > 0;)
        out->n += n;
    int status = pclose(pipe);
    arena_finish(&a);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

START_TEST(help_names_every_format)
{
    struct buf out = {0};
    ck_assert_int_eq(run(S("export --help"), &out), 0);
    for (const struct export_format *f = export_formats; f->name; f++)
        ck_assert(str_contains(buf_str(&out), str_of(f->name)));
    buf_finish(&out);
}
END_TEST

START_TEST(cases_end_as_they_should)
{
    struct arena a = {0};
    struct str rest = support_data(&a, "cli/data/cli.txt"), f[4];
    size_t n, cases = 0;
    ck_assert(mkdtemp(folder) != NULL);
    while (support_case(&rest, f, 4, &n)) {
        struct buf out = {0};
        uint64_t want;
        if (n == 4 && !address_is_file())
            continue;
        ck_assert_msg(n >= 3 && str_to_u64(f[1], &want), "bad case: %.*s", STR_ARG(f[0]));
        int got = run(f[0], &out);
        ck_assert_msg(got == (int)want, "synoptic %.*s: exit %d, not %d: %.*s", STR_ARG(f[0]), got,
                      (int)want, STR_ARG(buf_str(&out)));
        ck_assert_msg(str_contains(buf_str(&out), f[2]), "synoptic %.*s: no \"%.*s\" in: %.*s",
                      STR_ARG(f[0]), STR_ARG(f[2]), STR_ARG(buf_str(&out)));
        buf_finish(&out);
        cases++;
    }
    ck_assert_uint_gt(cases, 40);
    struct str clean = arena_fmt(&a, "rm -rf '%s'", folder);
    ck_assert_int_eq(system(clean.p), 0);
    arena_finish(&a);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("cli");
    TCase *t = tcase_create("cli");
    tcase_set_timeout(t, 240);
    suite_add_tcase(s, t);
    tcase_add_test(t, help_names_every_format);
    tcase_add_test(t, cases_end_as_they_should);
    return support_run(s);
}
