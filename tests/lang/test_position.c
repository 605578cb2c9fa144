/* Positions on given issues, statement by statement. */
#include "support/support.h"

#include "support/marked.h"

#include <stdio.h>

static struct lang_issues sample_issues(struct arena *a)
{
    struct lang_issues issues;
    struct err err = {0};
    ck_assert_msg(
        lang_issues_parse(a, support_data(a, "lang/data/issues-sample.json"), &issues, &err), "%s",
        err.message);
    return issues;
}

static bool check_case(struct arena *a, const struct lang_issues *issues, const struct str *f,
                       size_t n)
{
    struct marked m;
    unmark(f[0], &m);
    struct lang_actor actor = {.key = S("reed"), .name = S("Ann Reed"), .kind = ACTOR_PERSON};
    struct lang_statement s = {
        .via = NO_ACTOR, .source = {&m.at[0], 1}, .cue = {&m.at[1], 1}, .content = {&m.at[2], 1}};
    struct lang_reading r = {.text = {m.text, m.n},
                             .actors = &actor,
                             .n_actors = 1,
                             .statements = &s,
                             .n_statements = 1};
    lang_take_positions(a, issues, &r);
    struct str issue = s.n_positions ? s.positions[0].issue : S("-");
    struct str stance = s.n_positions ? str_of(stance_names[s.positions[0].stance]) : S("-");
    struct str condition = s.n_positions ? s.positions[0].condition : (struct str){0};
    bool good = str_eq(issue, f[1]) && str_eq(stance, f[2]) &&
                str_eq(condition, n > 3 ? f[3] : (struct str){0});
    if (!good)
        printf("%.*s gives %.*s %.*s %.*s\n", STR_ARG(f[0]), STR_ARG(issue), STR_ARG(stance),
               STR_ARG(condition));
    return good;
}

START_TEST(statements_take_positions)
{
    struct arena a = {0};
    struct lang_issues issues = sample_issues(&a);
    struct str rest = support_data(&a, "lang/data/positions.txt"), f[4];
    size_t n, bad = 0;
    while (support_case(&rest, f, 4, &n)) {
        ck_assert_uint_ge(n, 3);
        bad += !check_case(&a, &issues, f, n);
    }
    fflush(stdout);
    ck_assert_uint_eq(bad, 0);
    arena_finish(&a);
}
END_TEST

/* ------------------------------------------------------------------ positions taken before */

/* One statement on the case's text. */
struct told {
    struct marked m;
    struct lang_actor actor;
    struct lang_statement s;
    struct lang_reading r;
};

static void tell(struct told *t, struct str text)
{
    unmark(text, &t->m);
    t->actor = (struct lang_actor){.key = S("reed"), .name = S("Ann Reed"), .kind = ACTOR_PERSON};
    t->s = (struct lang_statement){.via = NO_ACTOR,
                                   .source = {&t->m.at[0], 1},
                                   .cue = {&t->m.at[1], 1},
                                   .content = {&t->m.at[2], 1}};
    t->r = (struct lang_reading){.text = {t->m.text, t->m.n},
                                 .actors = &t->actor,
                                 .n_actors = 1,
                                 .statements = &t->s,
                                 .n_statements = 1};
}

static void check_again(struct arena *a, const struct lang_issues *issues, const struct told *from)
{
    struct lang_statement fresh = from->s, again = from->s;
    struct lang_reading x = from->r, y = from->r;
    x.statements = &fresh;
    y.statements = &again;
    lang_take_positions(a, issues, &x);
    lang_take_positions_again(a, issues, lang_issues_key(issues), &y);
    ck_assert_uint_eq(fresh.n_positions, again.n_positions);
    for (size_t i = 0; i < fresh.n_positions; i++) {
        const struct lang_position *p = &fresh.positions[i], *q = &again.positions[i];
        ck_assert(str_eq(p->issue, q->issue) && p->stance == q->stance);
        ck_assert(str_eq(p->condition, q->condition));
        ck_assert_mem_eq(&p->confidence, &q->confidence, sizeof p->confidence);
    }
}

/* Whatever was asked before, and in which order: the same as taken anew. What a position depends on
 * is changed in between, each by itself. */
START_TEST(positions_taken_before_are_the_same)
{
    struct arena a = {0};
    struct lang_issues issues = sample_issues(&a), fewer = issues;
    struct str rest = support_data(&a, "lang/data/positions.txt"), f[4];
    static struct told t;
    size_t n;
    fewer.n--;
    lang_forget_positions();
    while (support_case(&rest, f, 4, &n)) {
        tell(&t, f[0]);
        for (int round = 0; round < 2; round++) {
            check_again(&a, &issues, &t);
            check_again(&a, &fewer, &t);
            t.actor.kind = ACTOR_OUTLET;
            check_again(&a, &issues, &t);
            t.actor.kind = ACTOR_PERSON;
            t.s.cue.n = 0;
            check_again(&a, &issues, &t);
            t.s.cue.n = 1;
            issues.v[0].n_terms--;
            check_again(&a, &issues, &t);
            issues.v[0].n_terms++;
        }
    }
    arena_finish(&a);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("position");
    TCase *t = tcase_create("position");
    suite_add_tcase(s, t);
    tcase_add_test(t, statements_take_positions);
    tcase_add_test(t, positions_taken_before_are_the_same);
    return support_run(s);
}
