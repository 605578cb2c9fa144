/* Statements as the whole engine gives them: who carries them and how (data/carried.txt), parted
 * for the comparison (data/parted.txt), and what is nobody's statement (data/unsaid.txt). */
#include "support/support.h"

#include "lang/lang.h"

/* "\n" in a case stands for a line break. */
static struct str unescape(struct arena *a, struct str s)
{
    char *out = arena_alloc(a, s.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        bool lf = s.p[i] == '\\' && i + 1 < s.n && s.p[i + 1] == 'n';
        out[n++] = lf ? '\n' : s.p[i];
        i += lf;
    }
    return (struct str){out, n};
}

static struct lang_reading read_text(struct arena *a, struct str text)
{
    struct lang_article *article = arena_alloc(a, sizeof *article);
    *article = (struct lang_article){.text = unescape(a, text)};
    struct lang_run *run = lang_run_create();
    struct lang_draft *draft = lang_draft(a, article, S(""));
    struct lang_reading r;
    lang_run_survey(run, draft);
    lang_read(run, a, draft, &r);
    lang_run_destroy(run);
    return r;
}

static struct str part_of(const struct lang_reading *r, struct span at)
{
    return str_slice(r->text, at.start, at.end);
}

static bool holds(const struct lang_reading *r, const struct lang_statement *s, struct str words)
{
    for (size_t i = 0; i < s->content.n; i++)
        if (str_contains(part_of(r, s->content.v[i]), words))
            return true;
    return false;
}

static bool is_name(const struct lang_reading *r, int32_t actor, struct str name)
{
    return str_eq(actor == NO_ACTOR ? S("-") : r->actors[actor].name, name);
}

START_TEST(statements_have_carriers)
{
    struct arena a = {0};
    struct str rest = support_data(&a, "lang/data/carried.txt"), f[4];
    for (size_t n; support_case(&rest, f, 4, &n);) {
        struct lang_reading r = read_text(&a, f[0]);
        bool found = false;
        for (size_t i = 0; i < r.n_statements; i++) {
            const struct lang_statement *s = &r.statements[i];
            found |= holds(&r, s, f[1]) && is_name(&r, s->via, f[2]) &&
                     str_eq(s->channel.n ? s->channel : S("-"), f[3]);
        }
        ck_assert_msg(found, "%.*s", STR_ARG(f[0]));
    }
    arena_finish(&a);
}
END_TEST

START_TEST(quotations_stand_apart_in_comparing)
{
    struct arena a = {0};
    struct str rest = support_data(&a, "lang/data/parted.txt"), f[3];
    for (size_t n; support_case(&rest, f, 3, &n);) {
        struct lang_reading r = read_text(&a, f[0]);
        lang_part_statements(&a, &r);
        ck_assert_msg(r.n_statements == (size_t)(f[1].p[0] - '0'), "%.*s: %zu statements",
                      STR_ARG(f[0]), r.n_statements);
        bool found = false;
        for (size_t i = 0; i < r.n_statements; i++)
            found |= str_eq(part_of(&r, r.statements[i].content.v[0]), f[2]);
        ck_assert_msg(found, "%.*s", STR_ARG(f[0]));
    }
    arena_finish(&a);
}
END_TEST

START_TEST(some_things_are_nobodys_statement)
{
    struct arena a = {0};
    struct str rest = support_data(&a, "lang/data/unsaid.txt"), f[2];
    for (size_t n; support_case(&rest, f, 2, &n);) {
        struct lang_reading r = read_text(&a, f[0]);
        for (size_t i = 0; i < r.n_statements; i++)
            ck_assert_msg(!holds(&r, &r.statements[i], f[1]), "%.*s", STR_ARG(f[0]));
    }
    arena_finish(&a);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("statement");
    TCase *t = tcase_create("statement");
    suite_add_tcase(s, t);
    tcase_add_test(t, statements_have_carriers);
    tcase_add_test(t, quotations_stand_apart_in_comparing);
    tcase_add_test(t, some_things_are_nobodys_statement);
    return support_run(s);
}
