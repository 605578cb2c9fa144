/* The reader: every kernel gives the same bits, the model's file is checked, and attributions of
 * plain constructions are as listed in data/attributions.txt. */
#include "support/support.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "assets/assets.h"
#include "lang/attribution/pack.h"
#include "lang/net/reader_model.h"
#include "lang/parts.h"
#include "lang/stance/net.h"

static struct lang_doc read_text(struct arena *a, struct str text)
{
    struct lang_doc doc = {.arena = a, .text = text};
    lang_tokenise(&doc);
    lang_split_sentences(&doc);
    lang_find_quotes(&doc);
    lang_attribute(&doc);
    return doc;
}

static bool holds(const struct lang_doc *doc, struct spans spans, struct str want)
{
    for (size_t i = 0; i < spans.n; i++)
        if (str_eq(lang_span_text(doc, spans.v[i]), want))
            return true;
    return !spans.n && !want.n;
}

static bool found(const struct lang_doc *doc, const struct str *f)
{
    for (size_t i = 0; i < doc->n_attributions; i++) {
        const struct attribution *x = &doc->attributions[i];
        if (holds(doc, x->source, f[1]) && holds(doc, x->cue, f[2]) && holds(doc, x->content, f[3]))
            return true;
    }
    return false;
}

START_TEST(attributions_are_as_listed)
{
    struct arena a = {0};
    struct str rest = support_data(&a, "lang/data/attributions.txt"), f[4];
    size_t n, cases = 0;
    while (support_case(&rest, f, 4, &n)) {
        ck_assert_uint_eq(n, 4);
        struct lang_doc doc = read_text(&a, support_unescape(&a, f[0]));
        ck_assert_msg(found(&doc, f), "not found: %.*s", STR_ARG(f[0]));
        cases++;
    }
    ck_assert_uint_ge(cases, 10);
    arena_finish(&a);
}
END_TEST

/* A note below a quotation is not what the quoted one said. */
START_TEST(what_stands_in_other_paragraphs_is_no_part)
{
    struct arena a = {0};
    struct lang_doc doc =
        read_text(&a, S("\"I think by the middle of the week she will be out there as usual,\" "
                        "campaign spokesman Ben Hall said on Monday.\n\nCLARIFICATION: The first "
                        "sentence has been clarified to reflect that Fowler is calling for a "
                        "process."));
    ck_assert_uint_ge(doc.n_attributions, 1);
    ck_assert_uint_eq(doc.attributions[0].content.n, 1);
    ck_assert(str_ends(lang_span_text(&doc, doc.attributions[0].content.v[0]), S("usual,\"")));
    arena_finish(&a);
}
END_TEST

START_TEST(spans_lie_on_tokens_and_in_order)
{
    struct arena a = {0};
    struct str rest = support_data(&a, "lang/data/attributions.txt"), f[4];
    size_t n;
    while (support_case(&rest, f, 4, &n)) {
        struct lang_doc doc = read_text(&a, support_unescape(&a, f[0]));
        for (size_t i = 0; i < doc.n_attributions; i++) {
            const struct attribution *x = &doc.attributions[i];
            ck_assert(x->content.n > 0 && x->confidence >= 0 && x->confidence <= 1);
            ck_assert(x->outer >= -1 && x->outer < (int32_t)i);
            ck_assert(i == 0 || x[-1].content.v[0].start <= x->content.v[0].start);
        }
    }
    arena_finish(&a);
}
END_TEST

static struct spans place(struct lang_doc *doc, const char *words)
{
    struct spans spans = {0};
    size_t at = str_find(doc->text, str_of(words), 0);
    ck_assert_msg(at != STR_NONE, "\"%s\" is not there", words);
    attribution_span(doc, &spans, lang_token_at(doc, (uint32_t)at),
                     lang_token_at(doc, (uint32_t)(at + strlen(words) - 1)) + 1);
    return spans;
}

/* What looks like a statement and is nobody's, beside what is one. */
START_TEST(nobody_says_what_seems_so_or_who_is_cited)
{
    static const struct {
        const char *text, *cue, *content;
        bool none;
    } cases[] = {
        {"It appeared to be a mistake.", "appeared", "to be a mistake", true},
        {"Asked whether he would go, he smiled.", "Asked", "whether he would go", true},
        {"Two officials asked not to be named.", "asked", "not to be named", true},
        {"Two officials asked not to be disturbed.", "asked", "not to be disturbed", false},
        {"The paper tells of delays, citing unnamed diplomats.", "citing", "unnamed diplomats",
         true},
        {"The shop closed, citing a person near the owner.", "citing", "a person near the owner",
         true},
        {"The shop closed early, citing fears of a flood.", "citing", "fears of a flood", false},
        {"The mayor said that officials knew.", "said", "that officials knew", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct arena a = {0};
        struct lang_doc doc = read_text(&a, str_of(cases[i].text));
        struct attribution x = {.cue = place(&doc, cases[i].cue),
                                .content = place(&doc, cases[i].content)};
        ck_assert_msg(attribution_is_none(&doc, &x) == cases[i].none, "%s", cases[i].text);
        arena_finish(&a);
    }
}
END_TEST

START_TEST(words_that_somebody_calls_a_thing_are_a_statement)
{
    struct arena a = {0};
    struct lang_doc doc = {
        .arena = &a,
        .text = S("Few came, and the port branding them \"idle hands\" did not help.")};
    struct attribution_list list = {.doc = &doc};
    lang_tokenise(&doc);
    lang_split_sentences(&doc);
    lang_find_quotes(&doc);
    attribute_quotes(&list); /* without the network */
    ck_assert_uint_eq(list.n, 1);
    ck_assert_str_eq(list.v[0].rule, "reader.quote.naming");
    ck_assert(str_eq(lang_span_text(&doc, list.v[0].source.v[0]), S("the port")));
    ck_assert(str_eq(lang_span_text(&doc, list.v[0].content.v[0]), S("them \"idle hands\"")));
    arena_finish(&a);
}
END_TEST

struct run {
    const struct kernel *kernel;
    const struct lang_doc *doc;
    struct window windows[64];
    size_t n;
    float *scores;
};

static void *run_network(void *of)
{
    struct run *run = of;
    run->scores = reader_scores(reader_model(), run->kernel, run->doc, run->windows, run->n);
    return NULL;
}

/* In a thread of its own, where nothing is known of any word yet. */
static void run_anew(struct run *run)
{
    pthread_t thread;
    ck_assert_int_eq(pthread_create(&thread, NULL, run_network, run), 0);
    ck_assert_int_eq(pthread_join(thread, NULL), 0);
}

START_TEST(kernels_agree_to_the_bit)
{
    struct arena a = {0};
    struct str text = support_data(&a, "lang/data/attributions.txt");
    struct lang_doc doc = {.arena = &a, .text = text};
    lang_tokenise(&doc);
    lang_split_sentences(&doc);
    lang_find_quotes(&doc);
    const struct kernel *const *k = kernel_all();
    struct run plain = {.kernel = *k, .doc = &doc};
    for (uint32_t at = 0; at < doc.n_tokens && plain.n < 64; plain.n++) { /* of all lengths */
        uint32_t end = at + 7 + (uint32_t)(plain.n * 37 % (MOST_WINDOW - 7));
        end = end < doc.n_tokens ? end : (uint32_t)doc.n_tokens;
        plain.windows[plain.n] = (struct window){at, end, plain.n % 2 == 0};
        at = end;
    }
    ck_assert_uint_ge(plain.n, 5);
    run_anew(&plain);
    size_t bytes = doc.n_tokens * LABEL_COUNT * sizeof *plain.scores;
    while (*++k) {
        struct run fast = plain;
        fast.kernel = *k;
        run_anew(&fast);
        ck_assert_msg(memcmp(plain.scores, fast.scores, bytes) == 0, "%s differs", (*k)->name);
        free(fast.scores);
        run_network(&fast); /* the second time its words are known */
        free(fast.scores);
        run_network(&fast);
        ck_assert_msg(memcmp(plain.scores, fast.scores, bytes) == 0, "%s differs", (*k)->name);
        free(fast.scores);
    }
    free(plain.scores);
    arena_finish(&a);
}
END_TEST

/* What the 16-bit lanes of a kernel may hold: kernel.h. */
static void check_lanes(const struct kernel_matrix *m)
{
    for (size_t out = 0; out < m->used; out++)
        for (size_t k = 0; k < m->in; k += KERNEL_GROUP)
            for (size_t lane = 0; lane < 2; lane++) {
                int sum = 0;
                for (size_t i = k; i < m->in && i < k + KERNEL_GROUP; i++)
                    if (i % 4 / 2 == lane) {
                        size_t block = out / KERNEL_BLOCK * KERNEL_BLOCK;
                        sum += abs(m->weights[block * m->in + i / 4 * 4 * KERNEL_BLOCK +
                                              out % KERNEL_BLOCK * 4 + i % 4]);
                    }
                ck_assert_int_le(sum, KERNEL_LANE);
            }
}

START_TEST(weights_keep_within_their_lanes)
{
    const struct reader_model *m = reader_model();
    check_lanes(&m->between);
    check_lanes(&m->out);
    for (int layer = 0; layer < 2; layer++) {
        check_lanes(&m->input[layer]);
        check_lanes(&m->recur[layer][0]);
        check_lanes(&m->recur[layer][1]);
    }
    const struct stance_model *s = stance_model();
    check_lanes(&s->input);
    check_lanes(&s->narrow);
    check_lanes(&s->recur[0]);
    check_lanes(&s->recur[1]);
}
END_TEST

START_TEST(damaged_models_are_refused)
{
    struct str file = asset_find(assets_model, S("reader.bin"))->bytes;
    struct reader_model m;
    ck_assert(reader_model_open(file, &m));
    ck_assert(!reader_model_open((struct str){0}, &m));
    ck_assert(!reader_model_open(str_slice(file, 0, file.n - 64), &m));
    char *copy = malloc(file.n);
    memcpy(copy, file.p, file.n);
    for (size_t at = 0; at < file.n; at += file.n / 20 + 4) {
        copy[at] ^= 1;
        ck_assert_msg(at >= 56 && at < 64 ? true
                                          : !reader_model_open((struct str){copy, file.n}, &m),
                      "accepted a change at %zu", at);
        copy[at] ^= 1;
    }
    free(copy);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("reader");
    TCase *t = tcase_create("reader");
    suite_add_tcase(s, t);
    tcase_set_timeout(t, 120);
    tcase_add_test(t, attributions_are_as_listed);
    tcase_add_test(t, what_stands_in_other_paragraphs_is_no_part);
    tcase_add_test(t, spans_lie_on_tokens_and_in_order);
    tcase_add_test(t, nobody_says_what_seems_so_or_who_is_cited);
    tcase_add_test(t, words_that_somebody_calls_a_thing_are_a_statement);
    tcase_add_test(t, kernels_agree_to_the_bit);
    tcase_add_test(t, weights_keep_within_their_lanes);
    tcase_add_test(t, damaged_models_are_refused);
    return support_run(s);
}
