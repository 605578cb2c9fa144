/* How articles follow each other, found by an index of sentences that are alike, against the plain
 * table of every sentence with every other. */
#include "base/buf.h"
#include "compare/origin.h"
#include "support/support.h"

#include <stdlib.h>

enum { ARTICLES = 7, MOST_LINES = 14, MOST_WORDS = 12, VOCABULARY = 60 };

static uint32_t state;

static uint32_t next(uint32_t below)
{
    state = state * 1664525u + 1013904223u;
    return (state >> 8) % below;
}

/* A line of its own, or one of the earlier article's with a word or two changed. */
static struct bag make_line(struct arena *a, const struct matter *earlier)
{
    struct bag bag = {.v = arena_array(a, MOST_WORDS + 1, sizeof *bag.v)};
    const struct bag *from =
        earlier && next(3) ? &earlier->lines[next((uint32_t)earlier->n)].bag : NULL;
    for (size_t i = 0; from && i < from->n; i++)
        if (next(5))
            bag.v[bag.n++] = from->v[i];
    while (bag.n < 3 || (bag.n < MOST_WORDS && next(4))) {
        uint64_t word = 1 + next(next(2) ? VOCABULARY : 6);
        bag.v[bag.n++] = (struct weighted){word, (float)(0.05 * (double)(word % 19 + 1))};
        bag_close(&bag);
    }
    bag_close(&bag);
    return bag;
}

static struct matter make_matter(struct arena *a, const struct matter *earlier)
{
    struct matter m = {.n = 2 + next(MOST_LINES - 2)};
    m.lines = arena_array(a, m.n, sizeof *m.lines);
    for (size_t i = 0; i < m.n; i++) {
        m.lines[i].bag = make_line(a, earlier);
        m.weight += m.lines[i].bag.weight;
    }
    return m;
}

static double like_of(const struct bag *a, const struct bag *b)
{
    double shared = 0;
    for (size_t i = 0; i < a->n; i++)
        for (size_t k = 0; k < b->n; k++)
            shared += a->v[i].stem == b->v[k].stem ? (double)a->v[i].weight : 0;
    double like = shared > 0 ? lines_alike(a, b, shared) : 0;
    return like < SENTENCE_ALIKE ? 0 : like;
}

/* Every line of `by` with every line of `of`; the likeness is that of the article in front. */
static struct chain by_table(const struct matter *of, const struct matter *by, bool of_first)
{
    double best[MOST_LINES + 1][MOST_LINES + 1] = {{0}};
    struct chain c = {0};
    for (size_t i = by->n; i-- > 0;) {
        double most = 0, weight = by->lines[i].bag.weight;
        for (size_t k = of->n; k-- > 0;) {
            const struct bag *x = &of->lines[k].bag, *y = &by->lines[i].bag;
            double like = of_first ? like_of(x, y) : like_of(y, x);
            double skip = best[i + 1][k] > best[i][k + 1] ? best[i + 1][k] : best[i][k + 1];
            double take = like > 0 ? best[i + 1][k] + like * weight : 0;
            best[i][k] = take > skip ? take : skip;
            most = like > most ? like : most;
        }
        c.anywhere += most * weight;
        c.copied += most >= SENTENCE_COPIED ? weight : 0;
        c.n_copied += most >= SENTENCE_COPIED;
    }
    c.ordered = best[0][0] / by->weight;
    c.anywhere /= by->weight;
    c.copied /= by->weight;
    return c;
}

static void check(const struct chain *found, double ordered, const struct chain *wanted)
{
    ck_assert_double_eq_tol(ordered, wanted->ordered, 1e-9);
    ck_assert_double_eq_tol(found->anywhere, wanted->anywhere, 1e-9);
    ck_assert_double_eq_tol(found->copied, wanted->copied, 1e-9);
    ck_assert_uint_eq(found->n_copied, wanted->n_copied);
}

START_TEST(chains_are_those_of_the_table)
{
    struct arena a = {0};
    uint32_t order[ARTICLES] = {3, 0, 6, 1, 5, 2, 4};
    struct matter matters[ARTICLES];
    struct compare_input in = {.n_articles = ARTICLES};
    struct work w = {.in = &in, .order = order};
    size_t like = 0;
    state = (uint32_t)_i + 1;
    for (size_t i = 0; i < ARTICLES; i++)
        matters[i] = make_matter(&a, i ? &matters[next((uint32_t)i)] : NULL);
    struct near *near = near_index(&a, &w, matters);
    for (uint32_t r = 0; r < ARTICLES; r++) {
        near_find(near, r);
        for (uint32_t s = r + 1; s < ARTICLES; s++) {
            const struct matter *x = &matters[order[r]], *y = &matters[order[s]];
            struct chain after, before, y_after_x = by_table(x, y, true),
                                        x_after_y = by_table(y, x, false);
            ck_assert(near_measure(near, s, &after, &before));
            check(&after, near_ordered(near, true), &y_after_x);
            check(&before, near_ordered(near, false), &x_after_y);
            like += after.n_copied > 0;
        }
    }
    ck_assert_uint_gt(like, 0);
    arena_finish(&a);
}
END_TEST

/* Runs of five words are counted as often as they stand there, those within quotations not. */
START_TEST(runs_are_counted_by_occurrence)
{
    static const char *const texts[] = {
        "The old mill by the river burnt down on Friday night and nobody saw how it began.",
        "The old mill by the river burnt down on Friday night and nobody saw how. It rained.",
        "A mill burnt. \"The old mill by the river burnt down on Friday night and nobody saw.\"",
        "Ferries to the islands sail again from Monday, as the harbour office said this week."};
    enum { TEXTS = sizeof texts / sizeof *texts };
    struct arena a = {0};
    struct vocabulary lex;
    struct text read[TEXTS];
    struct runs pairs;
    vocabulary_load(&lex);
    for (size_t i = 0; i < TEXTS; i++)
        text_read(&a, &lex, str_of(texts[i]), &read[i]);
    runs_find(&a, read, TEXTS, &pairs);
    for (uint32_t i = 0; i < TEXTS; i++)
        for (uint32_t k = 0; k < TEXTS; k++)
            ck_assert_uint_eq(runs_have(&pairs, i, k), i + k == 1);
    for (uint32_t one = 0; one < TEXTS; one++) { /* the same of one's own pairs */
        bool fresh[TEXTS] = {false};
        fresh[one] = true;
        runs_find_fresh(&a, read, fresh, TEXTS, &pairs);
        ck_assert_uint_eq(runs_have(&pairs, 1, 0), one < 2);
        ck_assert_uint_eq(runs_have(&pairs, 2, 0), 0);
    }
    arena_finish(&a);
}
END_TEST

/* `n` words that stand in no other text, numbered from `first` on, as one sentence. */
static void add_words(struct buf *b, unsigned first, unsigned n)
{
    for (unsigned i = first; i < first + n; i++)
        buf_fmt(b, "%c%c%co ", 'a' + (char)(i % 26), 'a' + (char)(i / 26 % 26),
                'a' + (char)(i / 676));
    buf_add(b, S("fell. "));
}

/* A passage of another's stands among a report's own words: a copy; a shorter one is none. */
START_TEST(long_passages_are_copies)
{
    struct arena a = {0};
    struct buf b[] = {{0}, {0}, {0}};
    struct vocabulary lex;
    struct text read[3];
    struct runs pairs;
    add_words(&b[0], 1000, 45); /* what is copied */
    add_words(&b[0], 2000, 200);
    add_words(&b[1], 3000, 100);
    add_words(&b[1], 1000, 45);
    add_words(&b[1], 4000, 60);
    add_words(&b[2], 5000, 100);
    add_words(&b[2], 1000, 20);
    vocabulary_load(&lex);
    for (size_t i = 0; i < 3; i++)
        text_read(&a, &lex, buf_str(&b[i]), &read[i]);
    runs_find(&a, read, 3, &pairs);
    ck_assert_uint_eq(runs_have(&pairs, 1, 0), 1);
    ck_assert_uint_eq(runs_have(&pairs, 2, 0), 0);
    ck_assert_uint_eq(runs_have(&pairs, 2, 1), 0);
    for (size_t i = 0; i < 3; i++)
        buf_finish(&b[i]);
    arena_finish(&a);
}
END_TEST

/* What widened holds all that it held. */
START_TEST(an_own_map_keeps_its_keys)
{
    struct own_map m = {.arena = {0}};
    for (uint64_t i = 1; i <= 5000; i++)
        *own_map_at(&m, i * 7919) = (uint32_t)i;
    for (uint64_t i = 1; i <= 5000; i++)
        ck_assert_uint_eq(map_get(&m.map, i * 7919, 0), i);
    ck_assert_uint_eq(m.map.n, 5000);
    ck_assert_uint_le(m.arena.total, 2 * m.map.cap * 12 + 8192);
    own_map_finish(&m);
    ck_assert_uint_eq(map_get(&m.map, 7919, 4), 4);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("origin");
    TCase *t = tcase_create("origin");
    tcase_add_loop_test(t, chains_are_those_of_the_table, 0, 40);
    tcase_add_test(t, runs_are_counted_by_occurrence);
    tcase_add_test(t, long_passages_are_copies);
    tcase_add_test(t, an_own_map_keeps_its_keys);
    suite_add_tcase(suite, t);
    return support_run(suite);
}
