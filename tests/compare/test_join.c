/* Which statements of a story's reports are one saying (compare/join): data/groups.txt. */
#include "compare/compare.h"
#include "support/readings.h"
#include "support/support.h"

#include "base/buf.h"

enum { MOST_REPORTS = 6, MOST_STATEMENTS = 9 };

/* The statement's number through all reports, from 1. */
static uint32_t number_of(const struct made_story *story, const struct wording *wording)
{
    uint32_t n = wording->statement + 1;
    for (uint32_t i = 0; i < wording->article; i++)
        n += (uint32_t)story->readings[i].n_statements;
    return n;
}

static bool has(const struct made_story *story, const struct utterance *u, uint32_t number)
{
    for (size_t i = 0; i < u->n_wordings; i++)
        if (number_of(story, &u->wordings[i]) == number)
            return true;
    return false;
}

/* "13,2": each saying in the order of its first statement. */
static struct str groups_of(struct arena *a, const struct made_story *story,
                            const struct comparison *c, uint32_t most)
{
    struct buf b = {0};
    bool told[MOST_STATEMENTS + 1] = {false};
    for (uint32_t first = 1; first <= most; first++)
        for (size_t i = 0; i < c->n_utterances && !told[first]; i++) {
            if (!has(story, &c->utterances[i], first))
                continue;
            buf_add(&b, b.n ? S(",") : S(""));
            for (uint32_t n = first; n <= most; n++)
                if (has(story, &c->utterances[i], n)) {
                    told[n] = true;
                    buf_fmt(&b, "%u", n);
                }
        }
    struct str text = arena_str(a, buf_str(&b));
    buf_finish(&b);
    return text;
}

static void check_groups(struct arena *a, const struct str *f, size_t n)
{
    struct made_story story;
    struct comparison c;
    uint32_t most = 0;
    readings_make(a, f + 1, n - 1, &story);
    compare_story(a, &story.input, &c);
    for (size_t i = 0; i + 1 < n; i++)
        most += (uint32_t)story.readings[i].n_statements;
    ck_assert(most <= MOST_STATEMENTS);
    struct str groups = groups_of(a, &story, &c, most);
    ck_assert_msg(str_eq(groups, f[0]), "%.*s, not %.*s: %.*s", STR_ARG(groups), STR_ARG(f[0]),
                  STR_ARG(f[1]));
}

START_TEST(sayings_hold_what_belongs_together)
{
    struct arena a = {0};
    struct str rest = support_data(&a, "compare/data/groups.txt"), f[MOST_REPORTS + 1];
    size_t n;
    while (support_case(&rest, f, MOST_REPORTS + 1, &n))
        check_groups(&a, f, n);
    arena_finish(&a);
}
END_TEST

static struct str speaker_of(struct arena *a, const struct str *reports, size_t n)
{
    struct made_story story;
    struct comparison c;
    readings_make(a, reports, n, &story);
    compare_story(a, &story.input, &c);
    ck_assert_uint_eq(c.n_utterances, 1);
    return c.utterances[0].speaker;
}

/* A name is surer than a "he" that a reading takes for somebody; a ruling is the court's; a letter
 * of many is theirs whom most name. */
START_TEST(a_saying_is_of_whom_reports_name)
{
    static const struct str reports[][4] = {
        {STR("elias-cumber"),
         STR("{Trey Gold=he} [said]: <\"It is time for the harbour board to end this charade and "
             "print the letters.\">"),
         STR("{Elias Cumber} [said]: <\"It is time for the harbour board to end this charade and "
             "print the letters.\">"),
         {0}},
        {STR("a-federal-judge"),
         STR("{Trey Gold=he} [wrote]: <\"The ministry has shown no reason to close nine harbour "
             "schools.\">"),
         STR("{?a federal judge=a federal judge} [wrote]: <\"The ministry has shown no reason to "
             "close nine harbour schools.\">"),
         {0}},
        {STR("anna-reed"),
         STR("{Anna Reed=Judge Anna Reed} [wrote]: <\"The ministry has shown no reason to close "
             "nine harbour schools.\">"),
         STR("{?a federal judge=a federal judge} [wrote]: <\"The ministry has shown no reason to "
             "close nine harbour schools.\">"),
         {0}},
        {STR("47-pilots"),
         STR("{?47 pilots=47 pilots} [wrote]: <\"Nobody should take a ferry out in such a storm "
             "without a second pilot.\">"),
         STR("{Elias Cumber} [wrote]: <\"Nobody should take a ferry out in such a storm without a "
             "second pilot.\">"),
         STR("{?47 pilots=47 pilots} [wrote]: <\"Nobody should take a ferry out in such a storm "
             "without a second pilot.\">")},
        {STR("elias-cumber"),
         STR("{?officials=officials} [wrote]: <\"Nobody should take a ferry out in such a storm "
             "without a second pilot.\">"),
         STR("{Elias Cumber} [wrote]: <\"Nobody should take a ferry out in such a storm without a "
             "second pilot.\">"),
         STR("{?officials=officials} [wrote]: <\"Nobody should take a ferry out in such a storm "
             "without a second pilot.\">")}};
    struct arena a = {0};
    for (size_t i = 0; i < sizeof reports / sizeof *reports; i++) {
        struct str who = speaker_of(&a, reports[i] + 1, reports[i][3].n ? 3 : 2);
        ck_assert_msg(str_eq(who, reports[i][0]), "%.*s, not %.*s", STR_ARG(who),
                      STR_ARG(reports[i][0]));
    }
    arena_finish(&a);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("join");
    TCase *t = tcase_create("join");
    tcase_add_test(t, sayings_hold_what_belongs_together);
    tcase_add_test(t, a_saying_is_of_whom_reports_name);
    suite_add_tcase(suite, t);
    return support_run(suite);
}
