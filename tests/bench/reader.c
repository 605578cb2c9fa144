/* Articles per second and nanoseconds per token of the engine, by stage:
 *   bench-reader [--repeat N] FILE...
 * Each file is one article; reading files is not counted. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/file.h"
#include "base/utf8.h"
#include "lang/kernel/kernel.h"
#include "lang/names/names.h"

/* The front half of lang_draft, then what needs the run. */
enum stage {
    STAGE_TOKENS,
    STAGE_SENTENCES,
    STAGE_QUOTES,
    STAGE_ATTRIBUTIONS,
    STAGE_NAMES,
    STAGE_SURVEY,
    STAGE_READ,
    STAGE_ISSUES,
    STAGE_POSITIONS,
    STAGE_STANCES,
    STAGE_COUNT
};

static const char *const stage_names[STAGE_COUNT] = {
    "tokens", "sentences", "quotations", "attributions", "names",
    "survey", "reading",   "issues",     "positions",    "stances"};
static void (*const front[])(struct lang_doc *) = {lang_tokenise, lang_split_sentences,
                                                   lang_find_quotes, lang_attribute};

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

struct bench {
    struct arena arena; /* of the article at hand */
    double spent[STAGE_COUNT], began;
};

static void begin(struct bench *b)
{
    b->began = now();
}

static void end(struct bench *b, enum stage stage)
{
    b->spent[stage] += now() - b->began;
}

/* The back half, on a draft that has its attributions already. */
static void run_back(struct bench *b, const struct lang_draft *draft)
{
    struct arena *a = &b->arena;
    struct lang_run *run = lang_run_create();
    struct lang_reading reading;
    struct lang_issues issues;
    begin(b);
    lang_run_survey(run, draft);
    end(b, STAGE_SURVEY);
    begin(b);
    lang_read(run, a, draft, &reading);
    end(b, STAGE_READ);
    begin(b);
    lang_propose_issues(a, &reading, 1, &issues);
    end(b, STAGE_ISSUES);
    begin(b);
    lang_take_positions(a, &issues, &reading);
    end(b, STAGE_POSITIONS);
    begin(b);
    lang_find_stances(a, &issues, &reading);
    end(b, STAGE_STANCES);
    lang_run_destroy(run);
}

static size_t run(struct bench *b, struct str text)
{
    struct lang_article article = {.text = text};
    struct lang_doc doc = {.arena = &b->arena, .article = &article, .text = text};
    for (size_t s = 0; s < sizeof front / sizeof *front; s++) {
        begin(b);
        front[s](&doc);
        end(b, (enum stage)s);
    }
    struct names names = {.doc = &doc};
    begin(b);
    names_find(&names);
    end(b, STAGE_NAMES);
    run_back(b, lang_draft(&b->arena, &article, lang_find_attributions(&b->arena, &article)));
    return doc.n_tokens;
}

int main(int argc, char **argv)
{
    int first = 1, repeat = 3;
    if (argc > 2 && strcmp(argv[1], "--repeat") == 0) {
        repeat = atoi(argv[2]);
        first = 3;
    }
    struct arena files = {0};
    struct bench b = {.began = 0};
    struct str *texts = arena_array(&files, (size_t)argc, sizeof *texts);
    for (int i = first; i < argc; i++) {
        struct err err = {0};
        if (!file_read(&files, argv[i], 64u << 20, &texts[i], &err)) {
            fprintf(stderr, "reader: %s: %s\n", argv[i], err.message);
            return 1;
        }
        texts[i] = utf8_repair(&files, texts[i]);
    }
    double total = 0, began = now();
    if (argc > first)
        run(&b, texts[first]);
    printf("first article    %8.1f ms, with loading\n", 1e3 * (now() - began));
    memset(b.spent, 0, sizeof b.spent);
    size_t tokens = 0, articles = 0;
    for (int r = 0; r < repeat; r++)
        for (int i = first; i < argc; i++, articles++) {
            tokens += run(&b, texts[i]);
            arena_reset(&b.arena);
        }
    for (size_t s = 0; s < STAGE_COUNT; s++) {
        printf("%-16s %8.0f ns/token\n", stage_names[s],
               1e9 * b.spent[s] / (double)(tokens ? tokens : 1));
        total += b.spent[s];
    }
    printf("together         %8.0f ns/token, %.0f articles/s (%.0f tokens each), kernel %s\n",
           1e9 * total / (double)(tokens ? tokens : 1), (double)articles / total,
           (double)tokens / (double)(articles ? articles : 1), kernel_best()->name);
    arena_finish(&b.arena);
    arena_finish(&files);
    return 0;
}
