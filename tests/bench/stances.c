/* Prints what the judging of stances sees, for training (server/lang/model/README.md):
 *
 *   stances FILE...           sentences of articles that name two or more
 *   stances --pairs FILE...   lines of DSE (Park et al. 2021)
 *   stances --judged FILE...  what is found in these
 *
 * A line of DSE is a sentence with two names in brackets, the one, the other, and which of them is
 * for (1, 2) or against (3, 4) the other, or 0.
 *
 * A sentence seen is a line "# TOKENS", with the places of the two and the label behind it where
 * there is one; a line "@ FIRST END ENTITY" a place, counted from the sentence's first token; and a
 * line a token: text, flags (stance_net.h), the entity that says it or -1. Of one judged: the
 * label, what is found of the one towards the other, and back (+, - or 0). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/utf8.h"
#include "lang/stance/net.h"
#include "lang/stance/stance.h"

struct labelled {
    struct span at[2];
    int label;
    uint32_t places[2]; /* indices into the input's places */
    bool judged;        /* print what is found, not what is seen */
};

static bool overlap(struct place p, struct place q)
{
    return p.first < q.end && q.first < p.end;
}

static void print_sentence(const struct judge *j, const struct labelled *given)
{
    struct arena a = {0};
    uint8_t *flags = arena_array(&a, j->to - j->from, 1);
    lang_stance_flags(j, flags);
    printf("# %zu", j->to - j->from);
    if (given) {
        size_t before = (size_t)(j->places - j->in->places);
        printf(" %zu %zu %d", given->places[0] - before, given->places[1] - before, given->label);
    }
    putchar('\n');
    for (size_t i = 0; i < j->n_places; i++)
        printf("@ %zu %zu %u\n", j->places[i].first - j->from, j->places[i].end - j->from,
               j->places[i].entity);
    for (size_t t = j->from; t < j->to; t++)
        printf("%.*s\t%u\t%d\n", STR_ARG(lang_token_text(j->in->doc, t)), flags[t - j->from],
               j->speaker[t - j->from]);
    arena_finish(&a);
}

static int by_first(const void *x, const void *y)
{
    const struct place *p = x, *q = y;
    return p->first < q->first ? -1 : p->first > q->first;
}

/* Entities that the reading does not know are called by the words they stand as. */
static void name_places(struct arena *a, struct stance_input *in, const struct place *places)
{
    struct str *names = arena_array(a, in->n_entities + 3, sizeof *names);
    for (size_t i = 0; i < in->n_entities; i++)
        names[i] = in->names[i];
    for (int k = 0; k < 2; k++)
        if (places[k].entity >= in->n_entities)
            names[places[k].entity] = lang_token_text(in->doc, places[k].first);
    in->names = names;
}

/* The two given take the place of what the reading has there. */
static void put_in(struct arena *a, struct stance_input *in, struct labelled *given)
{
    struct place *places = arena_array(a, in->n_places + 2, sizeof *places);
    uint32_t fresh = (uint32_t)in->n_entities;
    size_t n = 2;
    for (int k = 0; k < 2; k++)
        places[k] =
            (struct place){(uint32_t)lang_token_at(in->doc, given->at[k].start),
                           (uint32_t)lang_token_at(in->doc, given->at[k].end - 1) + 1, fresh++};
    struct place two[2] = {places[0], places[1]};
    for (size_t i = 0; i < in->n_places; i++) {
        bool taken = false;
        for (int k = 0; k < 2; k++)
            if (overlap(in->places[i], two[k])) {
                places[k].entity = in->places[i].entity;
                taken = true;
            }
        if (!taken)
            places[n++] = in->places[i];
    }
    if (places[0].entity == places[1].entity)
        places[1].entity = fresh;
    name_places(a, in, places);
    qsort(places, n, sizeof *places, by_first);
    for (uint32_t i = 0; i < n; i++)
        for (int k = 0; k < 2; k++)
            if (places[i].first == two[k].first && places[i].end == two[k].end)
                given->places[k] = i;
    in->places = places;
    in->n_places = n;
}

/* Does the sentence name two; the two given, if any are? */
static bool is_wanted(const struct judge *j, const struct labelled *given)
{
    bool two = false;
    for (size_t k = 1; k < j->n_places; k++)
        two |= j->places[k].entity != j->places[0].entity;
    for (int k = 0; given && k < 2; k++) {
        const struct place *p = &j->in->places[given->places[k]];
        two = two && p >= j->places && p < j->places + j->n_places;
    }
    return two;
}

/* '+', '-' or '0' for what place `from` is found to be towards place `to`. */
static char found_between(const struct stance_input *in, const struct lang_stance *v, size_t n,
                          uint32_t from, uint32_t to)
{
    struct str subject = in->names[in->places[from].entity],
               object = in->names[in->places[to].entity];
    for (size_t i = 0; i < n; i++)
        if (str_eq(v[i].subject, subject) && str_eq(v[i].object, object))
            return v[i].positive ? '+' : '-';
    return '0';
}

static void print_judged(const struct stance_input *in, const struct labelled *given)
{
    struct lang_stance *v;
    size_t n;
    lang_judge(in, &v, &n);
    printf("%d %c %c\n", given->label, found_between(in, v, n, given->places[0], given->places[1]),
           found_between(in, v, n, given->places[1], given->places[0]));
}

static void print_text(struct str text, struct labelled *given)
{
    struct arena a = {0};
    struct lang_article article = {.text = text, .language = S("en")};
    struct lang_draft *draft = lang_draft(&a, &article, (struct str){0});
    struct lang_run *run = lang_run_create();
    struct lang_reading r;
    lang_run_survey(run, draft);
    lang_read(run, &a, draft, &r);
    struct lang_doc doc = lang_words_of(&a, &r);
    struct stance_input in = lang_stance_input(&doc, &r);
    if (given)
        put_in(&a, &in, given);
    if (given && given->judged)
        print_judged(&in, given);
    struct findings none = {0};
    size_t n;
    struct judge *v = lang_stance_judges(&in, &none, &n);
    for (size_t i = 0; i < n && !(given && given->judged); i++)
        if (is_wanted(&v[i], given))
            print_sentence(&v[i], given);
    lang_run_destroy(run);
    arena_finish(&a);
}

/* Where `name` stands in brackets behind `from`; the brackets are taken out of `line`. */
static bool unbracket(struct buf *line, struct str name, size_t from, struct span *at)
{
    struct buf marked = {0};
    buf_fmt(&marked, "[%.*s]", STR_ARG(name));
    size_t i = str_find(buf_str(line), buf_str(&marked), from);
    buf_finish(&marked);
    if (i == STR_NONE)
        return false;
    memmove(line->p + i, line->p + i + 1, name.n);
    memmove(line->p + i + name.n, line->p + i + name.n + 2, line->n - i - name.n - 2);
    line->n -= 2;
    *at = (struct span){(uint32_t)i, (uint32_t)(i + name.n)};
    return true;
}

/* Reads "SENTENCE\tP\tQ\tLABEL". */
static void print_pair(struct str row, bool judged)
{
    struct str field[4] = {{0}};
    for (size_t i = 0, at = 0; i < 4; i++) {
        size_t tab = str_find_char(row, '\t', at);
        field[i] = str_slice(row, at, tab == STR_NONE ? row.n : tab);
        at = tab == STR_NONE ? row.n : tab + 1;
    }
    struct labelled given = {.label = field[3].n ? field[3].p[0] - '0' : 0, .judged = judged};
    struct buf text = {0};
    buf_add(&text, field[0]);
    if (unbracket(&text, field[1], 0, &given.at[0]) &&
        unbracket(&text, field[2], 0, &given.at[1])) {
        uint32_t moved = given.at[1].start < given.at[0].start ? 2 : 0;
        given.at[0] = (struct span){given.at[0].start - moved, given.at[0].end - moved};
        print_text(buf_str(&text), &given);
    }
    buf_finish(&text);
}

int main(int argc, char **argv)
{
    bool judged = argc > 1 && strcmp(argv[1], "--judged") == 0;
    bool pairs = judged || (argc > 1 && strcmp(argv[1], "--pairs") == 0);
    for (int i = 1 + pairs; i < argc; i++) {
        struct arena a = {0};
        struct err err = {0};
        struct str text;
        if (!file_read(&a, argv[i], 64u << 20, &text, &err)) {
            fprintf(stderr, "stances: %s: %s\n", argv[i], err.message);
            return 1;
        }
        text = utf8_repair(&a, text);
        if (!pairs)
            print_text(text, NULL);
        for (size_t at = 0, end; pairs && at < text.n; at = end + 1) {
            end = str_find_char(text, '\n', at);
            end = end == STR_NONE ? text.n : end;
            print_pair(str_slice(text, at, end), judged);
        }
        arena_finish(&a);
    }
    return 0;
}
