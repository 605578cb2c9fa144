/* Prints what the joining of statements sees, for training words/join.txt:
 *
 *   joins FILE...
 *
 * The files are the articles (--type text) of one story. A line "join" for each pair worth
 * matching: the two statements' ids, as `synoptic compare` of the same files numbers them, then the
 * features of enum join_feature. Then lines "act" with those of enum act_feature, which rest on
 * the weights that are built in for the former. */
#include <stdio.h>

#include "cli/batch.h"
#include "compare/saying/join.h"

static void print_acts(struct work *w, struct join_pair *pairs, size_t n)
{
    double(*features)[ACT_COUNT];
    n = join_acts(w, &pairs, n, &features);
    for (size_t i = 0; i < n; i++) {
        const struct saying *a = &w->sayings[pairs[i].a], *b = &w->sayings[pairs[i].b];
        if (pairs[i].match.never)
            continue;
        printf("act %lld %lld", (long long)a->id, (long long)b->id);
        for (size_t k = 0; k < ACT_COUNT; k++)
            printf(" %.4g", features[i][k]);
        putchar('\n');
    }
}

static void print_pairs(struct work *w)
{
    struct join_pair *pairs;
    size_t n = join_candidates(w, &pairs);
    for (size_t i = 0; i < n; i++) {
        double f[JOIN_COUNT];
        const struct saying *a = &w->sayings[pairs[i].a], *b = &w->sayings[pairs[i].b];
        saying_match_features(w, a, b, f);
        printf("join %lld %lld", (long long)a->id, (long long)b->id);
        for (size_t k = 0; k < JOIN_COUNT; k++)
            printf(" %.4g", f[k]);
        putchar('\n');
    }
    print_acts(w, pairs, n);
}

int main(int argc, char **argv)
{
    struct arena a = {0};
    struct config config = {.program = argv[0], .args = argv + 1};
    config.n_args = argc - 1;
    config.value[OPT_TYPE] = "text";
    struct compare_input input;
    struct err err = {0};
    if (!compare_input_read(&a, &config, &input, &err)) {
        fprintf(stderr, "%s\n", err.message);
        return 1;
    }
    struct comparison out = {.input = &input};
    struct work w = {.arena = &a, .in = &input, .out = &out};
    vocabulary_load(&w.lex);
    work_order(&w);
    work_texts(&w);
    work_sayings(&w);
    print_pairs(&w);
    arena_finish(&a);
    return 0;
}
