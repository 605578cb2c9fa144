/* Issues proposed from readings that are made by hand: contents in brackets, one a line. */
#include "support/support.h"

#include "base/buf.h"
#include "support/marked.h"

struct said {
    const char *line; /* marked as marked.h has it */
    int32_t speaker;
};

static struct lang_actor actors[] = {{.key = STR("reed")}, {.key = STR("stone")}};

static struct lang_reading reading_of(struct arena *a, const struct said *v, size_t n)
{
    struct buf b = {0};
    struct lang_reading r = {.actors = actors, .n_actors = 2};
    r.statements = arena_array(a, n, sizeof *r.statements);
    for (size_t i = 0; i < n; i++) {
        struct marked m;
        unmark(str_of(v[i].line), &m);
        struct span *at = arena_array(a, 1, sizeof *at);
        *at = (struct span){(uint32_t)(b.n + m.at[2].start), (uint32_t)(b.n + m.at[2].end)};
        r.statements[r.n_statements++] =
            (struct lang_statement){.speaker = v[i].speaker, .via = NO_ACTOR, .content = {at, 1}};
        buf_add(&b, (struct str){m.text, m.n});
        buf_add(&b, S("\n\n"));
    }
    r.text = arena_str(a, buf_str(&b));
    buf_finish(&b);
    return r;
}

static bool has_title(const struct lang_issues *issues, const char *title)
{
    for (size_t i = 0; i < issues->n; i++)
        if (str_eq(issues->v[i].title, str_of(title)))
            return true;
    return false;
}

/* A bare noun is told from others of its kind by what stands before it; people are no issues. */
START_TEST(a_bare_title_gets_its_modifier)
{
    static const struct said said[] = {
        {"Reed said [the inquiry must go on]. The harbour inquiry began in May.", 0},
        {"Stone rejected [the inquiry]. A harbour inquiry costs much.", 1},
        {"Reed said [the officials must be heard].", 0},
        {"Stone said [the officials were not asked].", 1},
    };
    struct arena a = {0};
    struct lang_reading r = reading_of(&a, said, sizeof said / sizeof *said);
    struct lang_issues issues;
    lang_propose_issues(&a, &r, 1, &issues);
    ck_assert(has_title(&issues, "Harbour inquiry"));
    ck_assert(!has_title(&issues, "Inquiry") && !has_title(&issues, "Officials"));
    static const struct said shouted[] = {
        {"Reed defended [the ban]. JUDGE BLOCKS PORT BAN: the port ban is off.", 0},
        {"Stone rejected [the ban]. COURT BLOCKS PORT BAN. JUDGE BLOCKS PORT BAN.", 1},
    };
    r = reading_of(&a, shouted, sizeof shouted / sizeof *shouted);
    lang_propose_issues(&a, &r, 1, &issues);
    ck_assert_msg(has_title(&issues, "Port ban") || has_title(&issues, "Ban"), "%.*s",
                  STR_ARG(issues.n ? issues.v[0].title : S("none")));
    arena_finish(&a);
}
END_TEST

/* Each pair of sayings is on one thing; what it is called, or NULL where no title says enough. */
START_TEST(titles_are_whole_phrases)
{
    static const struct {
        const char *first, *second, *title;
    } cases[] = {
        {"Reed said [the stand was wrong].", "Stone defended [the stand].", NULL},
        {"Reed said [the trial starts soon].", "Stone said [the trial starts in May].", "Trial"},
        {"Reed said [the budget findings confirm it].", "Stone doubts [the budget findings].",
         "Budget findings"},
        {"Reed fears [the meddling of Russian agents].", "Stone fears [the meddling].",
         "Meddling of Russian agents"},
        {"Reed fears [the tariffs on Monday].", "Stone fears [the tariffs on Monday].", "Tariffs"},
    };
    struct arena a = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct said said[] = {{cases[i].first, 0}, {cases[i].second, 1}};
        struct lang_reading r = reading_of(&a, said, 2);
        struct lang_issues issues;
        lang_propose_issues(&a, &r, 1, &issues);
        ck_assert_msg(cases[i].title ? has_title(&issues, cases[i].title) : issues.n == 0,
                      "case %zu: %.*s", i, STR_ARG(issues.n ? issues.v[0].title : S("none")));
    }
    arena_finish(&a);
}
END_TEST

START_TEST(what_two_speak_of_is_an_issue)
{
    static const struct said said[] = {
        {"Reed said [she would not lift sanctions on Norland].", 0},
        {"Stone said [they must lift sanctions on Norland].", 1},
        {"Reed said [a full ceasefire must come first].", 0},
        {"Stone rejected [a full ceasefire].", 1},
        {"Stone said [the harvest was poor].", 1},
    };
    struct arena a = {0};
    struct lang_reading r = reading_of(&a, said, sizeof said / sizeof *said);
    struct lang_issues issues;
    lang_propose_issues(&a, &r, 1, &issues);
    ck_assert(has_title(&issues, "Lifting sanctions on Norland"));
    ck_assert(has_title(&issues, "Full ceasefire"));
    ck_assert(!has_title(&issues, "Harvest"));
    for (size_t i = 0; i < issues.n; i++) {
        ck_assert(issues.v[i].id.n && issues.v[i].n_terms && !issues.v[i].by_person);
        for (size_t k = 0; k < i; k++)
            ck_assert(!str_eq(issues.v[i].id, issues.v[k].id));
    }
    lang_take_positions(&a, &issues, &r);
    ck_assert_uint_ge(r.statements[0].n_positions, 1);
    ck_assert_int_eq(r.statements[0].positions[0].stance, STANCE_OPPOSE);
    ck_assert_int_eq(r.statements[1].positions[0].stance, STANCE_SUPPORT);
    arena_finish(&a);
}
END_TEST

START_TEST(nothing_said_proposes_nothing)
{
    struct arena a = {0};
    struct lang_reading r = {.text = S("A quiet day.")};
    struct lang_issues issues;
    lang_propose_issues(&a, &r, 1, &issues);
    ck_assert_uint_eq(issues.n, 0);
    lang_propose_issues(&a, NULL, 0, &issues);
    ck_assert_uint_eq(issues.n, 0);
    arena_finish(&a);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("issue");
    TCase *t = tcase_create("issue");
    suite_add_tcase(s, t);
    tcase_add_test(t, a_bare_title_gets_its_modifier);
    tcase_add_test(t, titles_are_whole_phrases);
    tcase_add_test(t, what_two_speak_of_is_an_issue);
    tcase_add_test(t, nothing_said_proposes_nothing);
    return support_run(s);
}
