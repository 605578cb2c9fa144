/* One actor stands on an issue once, by whatever names the reports know it; two are two. */
#include "compare/compare.h"
#include "support/readings.h"
#include "support/support.h"

/* Speakers whose names begin small, or with "A" or a number, are phrases, no names. */
static void tell_kinds(struct made_story *story, size_t n, struct str role)
{
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < story->readings[i].n_actors; k++) {
            struct lang_actor *actor = &story->readings[i].actors[k];
            char first = actor->name.p[0];
            bool phrase = first >= 'a' || first < 'A' || str_starts(actor->name, S("A "));
            actor->kind = phrase ? ACTOR_UNNAMED : ACTOR_PERSON;
            if (!phrase)
                actor->role = role;
        }
}

START_TEST(one_actor_stands_once)
{
    static const struct {
        struct str texts[2], role;
        size_t positions;
        const char *actor;
    } cases[] = {{{STR("{HLW} [said] <!for=tax!it backs a tax on diesel>."),
                   STR("{Harbour Lines Works} [said] <!for=tax!the levy was overdue>.")},
                  STR(""),
                  1,
                  "harbour-lines-works"},
                 {{STR("{Harbour Lines Inc} [said] <!for=tax!it backs a tax on diesel>."),
                   STR("{Harbour Lines} [said] <!for=tax!the levy was overdue>.")},
                  STR(""),
                  1,
                  "harbour-lines"},
                 {{STR("{23 former pilots} [said] <!for=tax!they back a tax on diesel>."),
                   STR("{a group of former pilots} [said] <!for=tax!the levy was overdue>.")},
                  STR(""),
                  1,
                  "23-former-pilots"},
                 {{STR("{23 former pilots} [said] <!for=tax!they back a tax on diesel>."),
                   STR("{a group of former dockers} [said] <!for=tax!the levy was overdue>.")},
                  STR(""),
                  2,
                  NULL},
                 {{STR("{some former pilots} [said] <!for=tax!they back a tax on diesel>."),
                   STR("{other former pilots} [said] <!against=tax!the levy was theft>.")},
                  STR(""),
                  2,
                  NULL},
                 {{STR("{the former mayor} [said] <!for=tax!she backs a tax on diesel>."),
                   STR("{Anna Holm} [said] <!for=tax!the levy was overdue>.")},
                  STR("former Tarn mayor"),
                  1,
                  "anna-holm"},
                 {{STR("{the former mayor} [said] <!for=tax!she backs a tax on diesel>."),
                   STR("{Anna Holm} [said] <!for=tax!the levy was overdue>.")},
                  STR("Tarn treasurer"),
                  2,
                  NULL},
                 {{STR("{the treasurer} [said]: <!for=tax!\"We will hold a vote on the harbour tax "
                       "in May\">."),
                   STR("{Anna Holm} [said]: <!for=tax!\"We will hold a vote on the harbour tax, "
                       "all of us\">.")},
                  STR(""),
                  1,
                  "anna-holm"}};
    struct arena a = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct made_story story;
        struct comparison c;
        readings_make(&a, cases[i].texts, 2, &story);
        tell_kinds(&story, 2, cases[i].role);
        compare_story(&a, &story.input, &c);
        ck_assert_msg(c.n_positions == cases[i].positions, "case %zu: %zu", i, c.n_positions);
        if (c.n_positions == 2)
            ck_assert_msg(!str_eq(c.positions[0].actor, c.positions[1].actor), "case %zu", i);
        if (cases[i].actor)
            ck_assert_msg(str_eq(c.positions[0].actor, str_of(cases[i].actor)), "case %zu: %.*s", i,
                          STR_ARG(c.positions[0].actor));
    }
    arena_finish(&a);
}
END_TEST

/* Whom an office alone tells is shown on a side only where nobody named stands there. */
START_TEST(offices_stand_aside)
{
    static const struct {
        struct str texts[2];
        bool shown;
    } cases[] = {{{STR("{the harbour minister} [said] <!for=tax!she backs a tax on diesel>."),
                   STR("{Anna Holm} [said] <!for=tax!the levy was overdue>.")},
                  false},
                 {{STR("{the harbour minister} [said] <!for=tax!she backs a tax on diesel>."),
                   STR("{Anna Holm} [said] <!against=tax!the levy was theft>.")},
                  true},
                 {{STR("{harbour ministers} [said] <!for=tax!they back a tax on diesel>."),
                   STR("{Anna Holm} [said] <!for=tax!the levy was overdue>.")},
                  true},
                 {{STR("{another harbour minister} [said] <!for=tax!she backs a tax on diesel>."),
                   STR("{Anna Holm} [said] <!for=tax!the levy was overdue>.")},
                  true}};
    struct arena a = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct made_story story;
        struct comparison c;
        size_t shown = 0;
        readings_make(&a, cases[i].texts, 2, &story);
        tell_kinds(&story, 2, (struct str){0});
        compare_story(&a, &story.input, &c);
        for (size_t k = 0; k < c.n_positions; k++)
            shown += c.positions[k].stance != STANCE_NEUTRAL;
        ck_assert_msg(shown == (cases[i].shown ? 2 : 1), "case %zu: %zu", i, shown);
    }
    arena_finish(&a);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("stand");
    TCase *t = tcase_create("stand");
    suite_add_tcase(s, t);
    tcase_add_test(t, one_actor_stands_once);
    tcase_add_test(t, offices_stand_aside);
    return support_run(s);
}
