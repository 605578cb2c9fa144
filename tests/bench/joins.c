/* Prints what the joining of statements sees, for training words/join.txt:
 *
 *   joins FILE...
 *
 * The files are the articles (--type text) of one story. A line "join" for each pair worth
 * matching: the two statements' ids, as `synoptic compare` of the same files numbers them, then the
 * features of enum join_feature. Then lines "act" with those of enum act_feature, which rest on
 * the weights that are built in for the former, and "merge" for every two groups that are weighed,
 * with the ids of either, by commas, and the features of enum merge_feature. */
#include <stdio.h>

#include "cli/batch.h"
#include "compare/join/join.h"

static void print_acts(struct work *w, struct join_pairs *pairs)
{
    double(*features)[ACT_COUNT];
    join_acts(w, pairs, &features);
    for (size_t i = 0; i < pairs->n; i++) {
        const struct join_pair *p = join_pair_at(pairs, i);
        const struct saying *a = &w->sayings[p->a], *b = &w->sayings[p->b];
        if (p->match.never)
            continue;
        printf("act %lld %lld", (long long)a->id, (long long)b->id);
        for (size_t k = 0; k < ACT_COUNT; k++)
            printf(" %.4g", features[i][k]);
        putchar('\n');
    }
}

static void print_pairs(struct work *w)
{
    struct join_pairs pairs = {.n = 0};
    join_candidates(w, &pairs);
    for (size_t i = 0; i < pairs.n; i++) {
        double f[JOIN_COUNT];
        const struct join_pair *p = join_pair_at(&pairs, i);
        const struct saying *a = &w->sayings[p->a], *b = &w->sayings[p->b];
        saying_match_features(w, a, b, f);
        printf("join %lld %lld", (long long)a->id, (long long)b->id);
        for (size_t k = 0; k < JOIN_COUNT; k++)
            printf(" %.4g", f[k]);
        putchar('\n');
    }
    print_acts(w, &pairs);
    join_pairs_finish(&pairs);
}

static void print_ids(const struct merge *m, const uint32_t *members, size_t n)
{
    for (size_t i = 0; i < n; i++)
        printf("%c%lld", i ? ',' : ' ', (long long)m->w->sayings[members[i]].id);
}

static void print_merge(const struct merge *m, const double *f)
{
    printf("merge");
    print_ids(m, m->a, m->n_a);
    print_ids(m, m->b, m->n_b);
    for (size_t k = 0; k < MERGE_COUNT; k++)
        printf(" %.4g", f[k]);
    putchar('\n');
}

int main(int argc, char **argv)
{
    struct arena a = {0};
    struct config config = {.program = argv[0], .args = argv + 1};
    config.n_args = argc - 1;
    config.value[OPT_TYPE] = "text";
    struct comparison compared = {0};
    struct lang_run *run = lang_run_create();
    struct err err = {0};
    if (!compare_files(&a, &config, run, &compared, &err)) {
        fprintf(stderr, "%s\n", err.message);
        return 1;
    }
    struct comparison out = {.input = compared.input};
    struct work w = {.arena = &a, .in = compared.input, .out = &out};
    vocabulary_load(&w.lex);
    work_order(&w);
    work_texts(&w);
    work_sayings(&w);
    print_pairs(&w);
    struct joins joins;
    work_joins_told(&w, &joins, print_merge);
    lang_run_destroy(run);
    arena_finish(&a);
    return 0;
}
