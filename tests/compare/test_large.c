/* What is otherwise in a story of many reports or statements: what it lists, what is matched. */
#include "compare/compare.h"
#include "support/readings.h"
#include "support/support.h"

#include "base/buf.h"

static struct comparison compared(struct arena *a, struct made_story *story,
                                  const struct str *texts, size_t n)
{
    struct comparison c;
    readings_make(a, texts, n, story);
    compare_story(a, &story->input, &c);
    return c;
}

/* In a large story plain absences go without saying; a close sentence does not. */
START_TEST(a_large_story_lists_what_it_must)
{
    enum { MANY = MOST_LISTED + 10 };
    static const struct str first = STR("{Ms Duarte} [said] <the old mill would be sold to the "
                                        "town in autumn>."),
                            close = STR("The old mill will be sold to the town in autumn, it "
                                        "was said."),
                            other = STR("The harbour was quiet on Sunday.");
    struct arena a = {0};
    struct made_story story;
    struct str *texts = arena_array(&a, MANY, sizeof *texts);
    for (size_t i = 0; i < MANY; i++)
        texts[i] = i == 0 ? first : i == 7 ? close : other;
    struct comparison c = compared(&a, &story, texts, MANY);
    ck_assert_uint_eq(c.n_utterances, 1);
    ck_assert_uint_eq(c.utterances[0].n_absent, 1);
    ck_assert_uint_eq(c.utterances[0].absent[0].article, 7);
    ck_assert_int_eq(c.utterances[0].absent[0].why, ABSENT_NOT_REVIEWED);
    c = compared(&a, &story, texts, 10);
    ck_assert_uint_eq(c.utterances[0].n_absent, 9);
    arena_finish(&a);
}
END_TEST

/* How many of `n` reports' statements, of like words, are not compared with all. */
static size_t limited(struct arena *a, size_t n)
{
    enum { EACH = 50 };
    struct str *texts = arena_array(a, n, sizeof *texts);
    struct made_story story;
    for (size_t i = 0; i < n; i++) {
        struct buf b = {0};
        for (size_t k = 0; k < EACH; k++)
            buf_fmt(&b, "{Velden} [said] <the harbour closes in winter>. ");
        texts[i] = arena_str(a, buf_str(&b));
        buf_finish(&b);
    }
    return compared(a, &story, texts, n).n_limited;
}

START_TEST(too_many_alike_are_left_out_with_a_word)
{
    struct arena a = {0};
    ck_assert_uint_eq(limited(&a, 2), 0);
    ck_assert_uint_gt(limited(&a, 12), 0);
    arena_finish(&a);
}
END_TEST

/* Statements of their own, each on one of a few matters; those of the last report repeat the
 * first's. */
static struct str much_said(struct arena *a, size_t report, bool repeats)
{
    enum { EACH = 50, MATTERS = 8 };
    static const char *const matters[MATTERS] = {
        "harbour dredging", "school kitchens", "tram tickets",     "forest paths",
        "river bridges",    "museum windows",  "hospital boilers", "market stalls"};
    struct buf b = {0};
    for (size_t k = 0; k < EACH; k++) {
        size_t n = repeats ? k : report * EACH + k;
        buf_fmt(&b, "“<The %s need %c%c%cor and also %c%c%cin at once>,” {Velden} [said]. ",
                matters[n % MATTERS], 'a' + (char)(n % 26), 'b' + (char)(n / 26 % 20),
                'a' + (char)(n / 520 % 26), 'k' + (char)(n % 13), 'a' + (char)(n / 13 % 26),
                'b' + (char)(n / 338 % 20));
    }
    struct str text = arena_str(a, buf_str(&b));
    buf_finish(&b);
    return text;
}

/* In a large story each is matched with those that have most in common with it, not with the first
 * that have anything. */
START_TEST(the_nearest_of_many_are_matched)
{
    enum { MANY = 50 };
    struct arena a = {0};
    struct made_story story;
    struct str texts[MANY];
    size_t joined = 0;
    for (size_t i = 0; i < MANY; i++)
        texts[i] = much_said(&a, i, i + 1 == MANY);
    struct comparison c = compared(&a, &story, texts, MANY);
    ck_assert_uint_gt(c.n_limited, 0);
    for (size_t i = 0; i < c.n_utterances; i++) {
        const struct utterance *u = &c.utterances[i];
        joined += u->n_wordings == 2 && u->wordings[0].statement == u->wordings[1].statement;
    }
    ck_assert_uint_ge(joined, 45);
    arena_finish(&a);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("large");
    TCase *t = tcase_create("large");
    suite_add_tcase(s, t);
    tcase_set_timeout(t, 60);
    tcase_add_test(t, a_large_story_lists_what_it_must);
    tcase_add_test(t, too_many_alike_are_left_out_with_a_word);
    tcase_add_test(t, the_nearest_of_many_are_matched);
    return support_run(s);
}
