/* Texts that repeat themselves or name somebody new in every sentence: none takes more than fifty
 * times the usual time a byte (some 1.2 microseconds), whatever its length. */
#include "support.h"

#include "base/buf.h"
#include "lang/lang.h"

#include <time.h>

enum { BYTES = 200 * 1000, SECONDS = 12 };

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
static void repeat(struct buf *b, const char *pattern)
{
    unsigned names = 0;
    while (b->n < BYTES) {
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
};

START_TEST(hostile_texts_are_read_in_bounded_time)
{
    struct buf b = {0};
    struct arena a = {0};
    repeat(&b, patterns[_i]);
    struct lang_article article = {.title = S("A title"), .text = buf_str(&b)};
    struct lang_run *run = lang_run_create();
    struct lang_reading r;
    clock_t start = clock();
    lang_run_survey(run, &article);
    lang_read(run, &a, &article, &r);
    double took = (double)(clock() - start) / CLOCKS_PER_SEC;
    ck_assert_msg(took < SECONDS, "\"%s\": %.1f s", patterns[_i], took);
    lang_run_destroy(run);
    arena_finish(&a);
    buf_finish(&b);
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
