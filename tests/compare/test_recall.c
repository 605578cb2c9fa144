/* Who copied whom in a large story, kept in memory from one comparison to the next: whatever was
 * added or taken away in between, the result is that of a comparison that knows nothing. */
#include "base/buf.h"
#include "compare/origin.h"
#include "support/support.h"

#include <stdlib.h>
#include <string.h>

enum { REPORTS = 150, AT_FIRST = 120, POOL = 90, LINES = 9, STEPS = 8 };

static uint32_t state;

static uint32_t dice(uint32_t sides)
{
    state = state * 1664525u + 1013904223u;
    return (state >> 8) % sides;
}

/* A made-up word. */
static void add_word(struct buf *b, uint32_t n)
{
    buf_fmt(b, "%c%c%c%co ", 'b' + (char)(n % 20), "aeiou"[n / 20 % 5], 'b' + (char)(n / 100 % 20),
            "aeiou"[n / 2000 % 5]);
}

/* Sentence k of those that reports have in common: some of its words are in many. */
static void add_sentence(struct buf *b, uint32_t k)
{
    buf_add(b, S("The dock of Maren "));
    for (uint32_t i = 0; i < 7; i++)
        add_word(b, i % 3 ? 100 + k * 7 + i : (k + i) % 12);
    buf_add(b, S("stood open. "));
}

static struct str make_text(struct arena *a, const struct str *earlier, size_t n)
{
    struct buf b = {0};
    if (n && dice(4) == 0) /* begins as another does */
        buf_add(&b, str_slice(earlier[dice((uint32_t)n)], 0, 200 + dice(400)));
    for (uint32_t i = 0; i < LINES; i++)
        add_sentence(&b, dice(3) ? dice(POOL) : POOL + (uint32_t)n * LINES + i);
    struct str text = arena_str(a, buf_str(&b));
    buf_finish(&b);
    return text;
}

static void make_reports(struct arena *a, struct lang_reading *readings,
                         struct compare_article *reports)
{
    struct str texts[REPORTS];
    for (size_t i = 0; i < REPORTS; i++) {
        texts[i] = make_text(a, texts, i);
        readings[i] = (struct lang_reading){.text = texts[i], .fully_read = true};
        reports[i] =
            (struct compare_article){.id = (int64_t)i + 1,
                                     .outlet = arena_fmt(a, "Paper %u", dice(40)),
                                     .title = arena_fmt(a, "Maren waits %zu", i),
                                     .published = arena_fmt(a, "2024-03-%02u", 4 + dice(3)),
                                     .reading = &readings[i]};
    }
}

/* The copies that were found, by the reports' ids; the story's articles in an order of their own.
 */
static struct str copies_of(struct arena *a, const struct compare_article *reports,
                            const bool *there)
{
    struct compare_article *v = arena_array(a, REPORTS, sizeof *v);
    struct compare_input in = {.articles = v};
    struct comparison c;
    struct buf b = {0};
    for (size_t i = 0; i < REPORTS; i++)
        if (there[i])
            v[in.n_articles++] = reports[i];
    for (size_t i = in.n_articles; i-- > 1;) {
        size_t k = dice((uint32_t)i + 1);
        struct compare_article one = v[i];
        v[i] = v[k];
        v[k] = one;
    }
    compare_story(a, &in, &c);
    for (size_t i = 0; i < c.n_rewrites; i++) {
        const struct rewrite *r = &c.rewrites[i];
        buf_fmt(&b, "%d of %d: %.17g", (int)v[r->by].id, (int)v[r->of].id, r->share);
        for (size_t p = 0; p < r->n_passages; p++)
            buf_fmt(&b, " %u-%u", r->passages[p].of.start, r->passages[p].by.end);
        buf_add(&b, S("\n"));
    }
    for (size_t r = 0; r < in.n_articles; r++)
        buf_fmt(&b, "%u ", c.origin[c.order[r]]);
    struct str text = arena_str(a, buf_str(&b));
    buf_finish(&b);
    return text;
}

START_TEST(what_was_known_changes_nothing)
{
    struct arena a = {0};
    struct lang_reading readings[REPORTS];
    struct compare_article reports[REPORTS];
    bool there[REPORTS] = {false};
    state = (uint32_t)_i + 1;
    make_reports(&a, readings, reports);
    for (size_t i = 0; i < AT_FIRST; i++)
        there[i] = true;
    for (int step = 0; step < STEPS; step++) {
        struct str grown = copies_of(&a, reports, there);
        compare_forget();
        struct str fresh = copies_of(&a, reports, there);
        ck_assert_msg(str_eq(grown, fresh), "otherwise in step %d", step);
        ck_assert(str_contains(fresh, S(" of ")));
        for (uint32_t i = 0; i <= dice(3); i++)
            there[dice(REPORTS)] = dice(3) > 0;
    }
    compare_forget();
    arena_finish(&a);
}
END_TEST

/* ------------------------------------------------------------------------ what is recalled */

/* A story of `n` texts of a word each, as copies_begin sees it. */
static void begin(struct arena *a, size_t first, size_t n, struct work *w, struct copies *c)
{
    struct compare_input *in = arena_alloc(a, sizeof *in);
    struct compare_article *articles = arena_array(a, n, sizeof *articles);
    *in = (struct compare_input){.articles = articles, .n_articles = n};
    *w = (struct work){.arena = a, .in = in, .order = arena_array(a, n, sizeof *w->order)};
    w->texts = arena_array(a, n, sizeof *w->texts);
    for (size_t i = 0; i < n; i++) {
        w->order[i] = (uint32_t)i;
        articles[i].outlet = arena_fmt(a, "Paper %zu", first + i);
    }
    copies_begin(a, w, c);
}

START_TEST(only_what_is_new_is_fresh)
{
    enum { MANY = 20 };
    struct arena a = {0};
    struct work w;
    struct copies c, known;
    bool fresh[MANY + 2] = {false};
    compare_forget();
    begin(&a, 10, MANY, &w, &c);
    ck_assert_uint_eq(c.n_sample, MANY);
    ck_assert(!copies_recall(&c, &known, fresh));
    copies_add(&c, (struct copied){2, 5, 0.5});
    copies_add(&c, (struct copied){2, 19, -0.25});
    copies_keep(&c);
    ck_assert(copies_recall(&c, &known, fresh));
    ck_assert_uint_eq(known.n_v, 2);
    ck_assert_uint_eq(known.v[1].b, 19);
    for (size_t i = 0; i < MANY; i++)
        ck_assert(!fresh[i]);
    begin(&a, 9, MANY + 1, &w, &c); /* so few that one more is of the sample: words weigh anew */
    ck_assert(!copies_recall(&c, &known, fresh));
    compare_forget();
    arena_finish(&a);
}
END_TEST

/* A report that is not of the sample leaves what was found, in new ranks; one that has gone takes
 * its copies along. */
START_TEST(ranks_are_of_today)
{
    enum { MANY = 100 };
    struct arena a = {0};
    struct work w;
    struct copies c, known;
    bool fresh[MANY + 1];
    size_t recalled = 0;
    for (size_t first = 200; first < 220; first++) {
        compare_forget();
        begin(&a, first, MANY, &w, &c);
        copies_add(&c, (struct copied){0, 7, 0.5});
        copies_add(&c, (struct copied){3, 8, 0.75});
        copies_keep(&c);
        begin(&a, first + 1, MANY, &w, &c); /* the first has gone, one has come at the end */
        if (!copies_recall(&c, &known, fresh))
            continue;
        recalled++;
        ck_assert_uint_eq(known.n_v, 1);
        ck_assert_uint_eq(known.v[0].a, 2);
        ck_assert_uint_eq(known.v[0].b, 7);
        ck_assert(fresh[MANY - 1] && !fresh[0]);
    }
    ck_assert_uint_gt(recalled, 0);
    ck_assert_uint_lt(recalled, 20);
    compare_forget();
    arena_finish(&a);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("recall");
    TCase *t = tcase_create("recall");
    tcase_set_timeout(t, 120);
    tcase_add_loop_test(t, what_was_known_changes_nothing, 0, 4);
    tcase_add_test(t, only_what_is_new_is_fresh);
    tcase_add_test(t, ranks_are_of_today);
    suite_add_tcase(suite, t);
    return support_run(suite);
}
