/* Texts that repeat themselves or name somebody new in every sentence: none takes more than fifty
 * times the time a byte of an ordinary text read by the same process, and twice the text takes
 * about twice the time, so that no length makes it worse. */
#include "support/support.h"

#include "base/buf.h"
#include "lang/lang.h"

#include <time.h>

enum { BYTES = 20 * 1000, TIMES = 50, GROWTH = 3 };

/* A name of its own for every number: "Bamig", "Camig". */
static const char *name_of(unsigned i, char out[6])
{
    static const char *const letters[] = {"BCDFGKLMNPRST", "aeiou", "lmnrst", "aeiou", "bdgkmn"};
    static const unsigned counts[] = {13, 5, 6, 5, 6};
    for (int k = 0; k < 5; k++) {
        out[k] = letters[k][i % counts[k]];
        i /= counts[k];
    }
    out[5] = 0;
    return out;
}

/* The pattern again and again; its "%" are names that do not repeat soon. */
static void repeat(struct buf *b, const char *pattern, size_t bytes)
{
    unsigned names = 0;
    while (b->n < bytes) {
        for (const char *p = pattern; *p; p++) {
            char name[6];
            struct str piece = *p == '%' ? str_of(name_of(names++ * 7, name)) : (struct str){p, 1};
            buf_add(b, piece);
        }
    }
}

static const char *const patterns[] = {
    "Reed said she would walk away if ",
    "% % said it was late. ",
    "Mr. % said so. ",
    "the % % Committee said so. ",
    "\"No,\" she said. ",
    "Senator % % of Ohio and the senator met. ",
    "Reed told him ",
    "the officials who said that they, who ",
    "The company said so. ",
    "Boeing said so. The company said so. ",
    "% cancelled it. The airline said so. ",
    "% % hates % % and % %, whom ",
    "Russia attacked Ukraine and France backed Norway, ",
};

/* An article as any other: speakers, quotations, paragraphs. */
static const char ordinary[] =
    "The harbour board of Port Lorne voted on Tuesday to close the old ferry dock, a decision that "
    "traders called a blow to the town. \"We were not asked,\" said Mara Velden, who runs the "
    "fish market. The mayor, Tomas Reed, told reporters that the dock was no longer safe.\n\n"
    "Three engineers examined the piles in spring, according to a report seen by the local paper. "
    "It warned that repairs would cost 4.2 million crowns and take two years. Ms. Velden said she "
    "would go to court unless the board agreed to a hearing.\n\n"
    "\u201cNobody wants to see it go,\u201d the mayor said. \u201cBut we cannot wait until "
    "somebody "
    "is hurt.\u201d A spokesman for the transport ministry declined to comment.\n\n";

/* Seconds of the processor that the whole engine takes for the text: the least of a few runs. */
static double seconds_of(struct str text, int runs)
{
    double least = 1e9;
    for (int i = 0; i < runs; i++) {
        struct arena a = {0};
        struct lang_article article = {.title = S("A title"), .text = text};
        struct lang_run *run = lang_run_create();
        struct lang_reading r;
        clock_t start = clock();
        struct lang_draft *draft = lang_draft(&a, &article, S(""));
        lang_run_survey(run, draft);
        lang_read(run, &a, draft, &r);
        struct lang_issues issues;
        lang_propose_issues(&a, &r, 1, &issues);
        lang_take_positions(&a, &issues, &r);
        lang_find_stances(&a, &issues, &r);
        double took = (double)(clock() - start) / CLOCKS_PER_SEC;
        least = took < least ? took : least;
        lang_run_destroy(run);
        arena_finish(&a);
    }
    return least;
}

static double seconds_of_pattern(const char *pattern, size_t bytes)
{
    struct buf b = {0};
    repeat(&b, pattern, bytes);
    double took = seconds_of(buf_str(&b), 1);
    buf_finish(&b);
    return took;
}

START_TEST(hostile_texts_are_read_in_bounded_time)
{
    struct str usual = str_of(ordinary);
    seconds_of(usual, 1); /* loads lists and model */
    double unit = seconds_of(usual, 3) / (double)usual.n;
    double half = seconds_of_pattern(patterns[_i], BYTES / 2),
           took = seconds_of_pattern(patterns[_i], BYTES);
    ck_assert_msg(took / BYTES < TIMES * unit, "\"%s\": %.1f times the usual time a byte",
                  patterns[_i], took / BYTES / unit);
    /* A tenth of a second's worth of noise is let pass. */
    ck_assert_msg(took < GROWTH * half + 0.1, "\"%s\": %.2f s for half, %.2f s for all",
                  patterns[_i], half, took);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("hostile");
    TCase *t = tcase_create("hostile");
    suite_add_tcase(s, t);
    tcase_set_timeout(t, 240);
    tcase_add_loop_test(t, hostile_texts_are_read_in_bounded_time, 0,
                        (int)(sizeof patterns / sizeof *patterns));
    return support_run(s);
}
