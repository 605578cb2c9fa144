/* Articles per second and nanoseconds per token of the engine's front half, by stage:
 *   bench-reader [--repeat N] FILE...
 * Each file is one article; reading files is not counted. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/file.h"
#include "base/utf8.h"
#include "lang/kernel.h"
#include "lang/parts.h"

enum stage { STAGE_TOKENS, STAGE_SENTENCES, STAGE_QUOTES, STAGE_ATTRIBUTIONS, STAGE_COUNT };

static const char *const stage_names[STAGE_COUNT] = {"tokens", "sentences", "quotations",
                                                     "attributions"};
static void (*const stages[STAGE_COUNT])(struct lang_doc *) = {lang_tokenise, lang_split_sentences,
                                                               lang_find_quotes, lang_attribute};

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static size_t run(struct arena *a, struct str text, double spent[STAGE_COUNT])
{
    struct lang_doc doc = {.arena = a, .text = text};
    for (size_t s = 0; s < STAGE_COUNT; s++) {
        double began = now();
        stages[s](&doc);
        spent[s] += now() - began;
    }
    return doc.n_tokens;
}

int main(int argc, char **argv)
{
    int first = 1, repeat = 3;
    if (argc > 2 && strcmp(argv[1], "--repeat") == 0) {
        repeat = atoi(argv[2]);
        first = 3;
    }
    struct arena files = {0}, a = {0};
    struct str *texts = arena_array(&files, (size_t)argc, sizeof *texts);
    for (int i = first; i < argc; i++) {
        struct err err = {0};
        if (!file_read(&files, argv[i], 64u << 20, &texts[i], &err)) {
            fprintf(stderr, "reader: %s: %s\n", argv[i], err.message);
            return 1;
        }
        texts[i] = utf8_repair(&files, texts[i]);
    }
    double spent[STAGE_COUNT] = {0}, total = 0, began = now();
    if (argc > first)
        run(&a, texts[first], spent);
    printf("first article    %8.1f ms, with loading\n", 1e3 * (now() - began));
    memset(spent, 0, sizeof spent);
    size_t tokens = 0, articles = 0;
    for (int r = 0; r < repeat; r++)
        for (int i = first; i < argc; i++, articles++) {
            tokens += run(&a, texts[i], spent);
            arena_reset(&a);
        }
    for (size_t s = 0; s < STAGE_COUNT; s++) {
        printf("%-16s %8.0f ns/token\n", stage_names[s],
               1e9 * spent[s] / (double)(tokens ? tokens : 1));
        total += spent[s];
    }
    printf("together         %8.0f ns/token, %.0f articles/s (%.0f tokens each), kernel %s\n",
           1e9 * total / (double)(tokens ? tokens : 1), (double)articles / total,
           (double)tokens / (double)(articles ? articles : 1), kernel_best()->name);
    arena_finish(&a);
    arena_finish(&files);
    return 0;
}
