/* Shared by the tests: see support.h. */
#include "support/support.h"

#include "base/file.h"

#include <stdlib.h>

struct str support_data(struct arena *a, const char *name)
{
    const char *dir = getenv("TESTS_DIR");
    struct str path = arena_fmt(a, "%s/%s", dir ? dir : "tests", name), bytes = {0};
    struct err err = {0};
    ck_assert_msg(file_read(a, path.p, 64 << 20, &bytes, &err), "%s", err.message);
    return bytes;
}

bool support_case(struct str *rest, struct str *fields, size_t max, size_t *n)
{
    struct str line;
    while (str_split(rest, '\n', &line)) {
        if (str_trim(line).n == 0 || line.p[0] == '#')
            continue;
        *n = 0;
        while (*n + 1 < max && str_split(&line, '\t', &fields[*n]))
            ++*n;
        if (line.n)
            fields[(*n)++] = line;
        return true;
    }
    return false;
}

struct str support_unescape(struct arena *a, struct str s)
{
    char *p = arena_alloc(a, s.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        bool line = s.p[i] == '\\' && i + 1 < s.n && s.p[i + 1] == 'n';
        p[n++] = line ? '\n' : s.p[i];
        i += line;
    }
    return (struct str){p, n};
}

int support_run(Suite *suite)
{
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
