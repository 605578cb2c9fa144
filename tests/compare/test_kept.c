/* A comparison that was kept gives the document that was written at once; bytes that are not what
 * was kept are refused. */
#include "compare/kept.h"
#include "support/readings.h"
#include "support/support.h"

#include "base/buf.h"

#include <string.h>

static const struct {
    const char *p;
} texts[] = {
    {
        "@2025-04-22 #Harbour talks – “nothing new” 🚢#{Anna Holm} [said] <“We will close the "
        "eastern "
        "quay this year”>.\n{Port Union/Union=The union} [said] <!channel=X!it would block the "
        "gates>.",
    },
    {
        "@2025-04-23 #Quay to close#{Anna Holm} [said] <“We will close the quay this year”>.\n"
        "{Erik Dahl} [told] reporters <!day=2025-04-22;via=Port Union;for=quay!the ferry was "
        "sunk>.",
    },
    {
        "@2025-04-23 #Ferry#{Erik Dahl} [said] <the ferry was not sunk>. Été, 🚢, ñ. {Anna Holm} "
        "[said] "
        "<!against=quay!closing the eastern quay this year is wrong>.",
    }};
enum { N = sizeof texts / sizeof *texts };

static struct made_story story;
static struct comparison comparison;

static void make(struct arena *a)
{
    static struct lang_issues issues;
    struct str given[N];
    for (size_t i = 0; i < N; i++)
        given[i] = str_of(texts[i].p);
    readings_make(a, given, N, &story);
    struct str *terms = arena_array(a, 1, sizeof *terms);
    terms[0] = S("quay");
    issues.v = arena_array(a, 1, sizeof *issues.v);
    issues.v[0] = (struct lang_issue){
        .id = S("quay"), .title = S("The quay"), .terms = terms, .n_terms = 1, .by_person = true};
    issues.n = 1;
    story.input.issues = &issues;
    compare_story(a, &story.input, &comparison);
}

static bool find(void *context, int64_t article, uint64_t hash, struct str *text, struct err *err)
{
    (void)context;
    for (size_t i = 0; i < N; i++)
        if (story.articles[i].id == article && str_hash(story.readings[i].text) == hash) {
            *text = story.readings[i].text;
            return true;
        }
    return fail(err, ERR_BUSY, "another text");
}
static const struct compare_texts found = {find, NULL};

static struct str written(struct arena *a, const struct comparison *c, enum offset_unit unit)
{
    struct buf out = {0};
    struct json j = json_begin(&out);
    compare_write(c, unit, &j);
    struct str text = arena_str(a, buf_str(&out));
    buf_finish(&out);
    return text;
}

START_TEST(test_document_again)
{
    struct arena a = {0};
    struct comparison again;
    struct err err = {0};
    make(&a);
    struct str before = written(&a, &comparison, OFFSET_UTF16);
    struct str bytes = compare_keep(&a, &comparison);
    ck_str_is(written(&a, &comparison, OFFSET_UTF16), before.p); /* keeping changes nothing */
    ck_assert_msg(compare_kept(&a, bytes, &found, &again, &err), "%s", err.message);
    ck_assert_uint_gt(comparison.n_utterances, 2);
    ck_assert_uint_gt(comparison.n_positions, 1);
    ck_str_is(written(&a, &again, OFFSET_UTF16), before.p);
    ck_str_is(written(&a, &again, OFFSET_CODE_POINTS),
              written(&a, &comparison, OFFSET_CODE_POINTS).p);
    ck_assert_uint_lt(bytes.n * 4, before.n);
    arena_finish(&a);
}
END_TEST

/* For a reader that has the texts: nothing that they say, nothing that says nothing. */
START_TEST(test_bare)
{
    struct arena a = {0};
    struct buf out = {0};
    make(&a);
    struct json j = json_begin(&out);
    compare_write_as(&comparison, (struct compare_form){OFFSET_UTF16, true}, &j);
    ck_assert(!str_contains(buf_str(&out), S("\"exact\"")));
    ck_assert(!str_contains(buf_str(&out), S("\"fullest\":false")));
    ck_assert(str_contains(buf_str(&out), S("\"absent\":{\"")));
    ck_assert(str_contains(buf_str(&out), S("\"channel\":\"X\"")));
    ck_assert(!str_contains(buf_str(&out), S("\"channel\":null")));
    ck_assert(str_contains(buf_str(&out), S("\"content\":[[")));
    ck_assert(!str_contains(buf_str(&out), S("\"cue\":[]")));
    buf_finish(&out);
    arena_finish(&a);
}
END_TEST

START_TEST(test_empty_story)
{
    struct arena a = {0};
    struct compare_input none = {.story_id = 7, .title = S("Nothing")};
    struct comparison c, again;
    struct err err = {0};
    compare_story(&a, &none, &c);
    ck_assert(compare_kept(&a, compare_keep(&a, &c), &found, &again, &err));
    ck_str_is(written(&a, &again, OFFSET_UTF16), written(&a, &c, OFFSET_UTF16).p);
    arena_finish(&a);
}
END_TEST

/* Cut anywhere, or with any byte turned: an answer or a refusal, no place outside a text. */
START_TEST(test_damaged)
{
    struct arena a = {0}, one = {0};
    struct comparison again;
    struct err err = {0};
    make(&a);
    struct str bytes = compare_keep(&a, &comparison);
    for (size_t n = 0; n < bytes.n; n++) {
        ck_assert(!compare_kept(&one, str_slice(bytes, 0, n), &found, &again, &err));
        arena_reset(&one);
    }
    for (size_t i = 0; i < bytes.n; i++)
        for (int bit = 0; bit < 8; bit++) {
            struct str turned = arena_str(&one, bytes);
            ((char *)(uintptr_t)turned.p)[i] ^= (char)(1 << bit);
            if (compare_kept(&one, turned, &found, &again, &err))
                written(&one, &again, OFFSET_UTF16);
            arena_reset(&one);
        }
    arena_finish(&one);
    arena_finish(&a);
}
END_TEST

START_TEST(test_another_text)
{
    struct arena a = {0};
    struct comparison again;
    struct err err = {0};
    make(&a);
    struct str bytes = compare_keep(&a, &comparison);
    story.readings[1].text = S("Something else.");
    ck_assert(!compare_kept(&a, bytes, &found, &again, &err));
    ck_assert_int_eq(err.kind, ERR_BUSY);
    arena_finish(&a);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("kept");
    TCase *t = tcase_create("kept");
    tcase_set_timeout(t, 60);
    tcase_add_test(t, test_document_again);
    tcase_add_test(t, test_bare);
    tcase_add_test(t, test_empty_story);
    tcase_add_test(t, test_damaged);
    tcase_add_test(t, test_another_text);
    suite_add_tcase(suite, t);
    return support_run(suite);
}
