/* Shared by the tests: data files as lines, slices in assertions. */
#ifndef TESTS_SUPPORT_SUPPORT_H
#define TESTS_SUPPORT_SUPPORT_H

#include <check.h>
#undef fail /* an old macro of check.h; ours is in base/err.h */

#include "base/arena.h"
#include "base/str.h"
#include "support/address.h"

/* The bytes of tests/NAME; the test fails if it cannot be read. */
struct str support_data(struct arena *a, const char *name);
/* Takes the next line that is neither blank nor a comment ("#") off *rest and cuts it at tabs into
 * at most `max` fields. False at the end. */
bool support_case(struct str *rest, struct str *fields, size_t max, size_t *n);
/* The text with "\\n" as line ends, as cases in one line write it. */
struct str support_unescape(struct arena *a, struct str s);
/* Runs the suite as check wants it and returns main's exit status. */
int support_run(Suite *suite);

#define ck_str_is(slice, literal)                                                                  \
    do {                                                                                           \
        struct str got_ = (slice);                                                                 \
        ck_assert_msg(str_eq(got_, str_of(literal)), "%s is \"%.*s\", not \"%s\"", #slice,         \
                      STR_ARG(got_), (literal));                                                   \
    } while (0)

#endif
