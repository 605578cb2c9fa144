/* What a dispute of speakers shows (compare/conflict): data/disputes.txt. */
#include "compare/compare.h"
#include "support/readings.h"
#include "support/support.h"

#include "base/buf.h"

enum { MOST_REPORTS = 3 };

static struct str shown(struct arena *a, const struct made_story *story, const struct comparison *c)
{
    struct buf b = {0};
    for (size_t i = 0; i < c->n_conflicts; i++)
        for (size_t k = 0; k < c->conflicts[i].n_spans; k++) {
            const struct conflict_span *s = &c->conflicts[i].spans[k];
            struct str text = story->readings[s->article].text;
            buf_add(&b, k ? S("; ") : i ? S(" | ") : S(""));
            buf_fmt(&b, "%u:", s->side);
            buf_add(&b, str_slice(text, s->at.start, s->at.end));
        }
    struct str text = arena_str(a, buf_str(&b));
    buf_finish(&b);
    return text;
}

START_TEST(a_dispute_is_shown_once_with_all_its_places)
{
    struct arena a = {0};
    struct str rest = support_data(&a, "compare/data/disputes.txt"), f[MOST_REPORTS + 1];
    size_t n;
    while (support_case(&rest, f, MOST_REPORTS + 1, &n)) {
        struct made_story story;
        struct comparison c;
        readings_make(&a, f + 1, n - 1, &story);
        compare_story(&a, &story.input, &c);
        struct str all = shown(&a, &story, &c);
        ck_assert_msg(str_eq(all, f[0]), "%.*s, not %.*s", STR_ARG(all), STR_ARG(f[0]));
    }
    arena_finish(&a);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("dispute");
    TCase *t = tcase_create("dispute");
    tcase_add_test(t, a_dispute_is_shown_once_with_all_its_places);
    suite_add_tcase(suite, t);
    return support_run(suite);
}
