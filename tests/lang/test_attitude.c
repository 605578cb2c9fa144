/* Attitudes in one statement: of what sort and sign, in which words, towards what, whose. */
#include "support/support.h"

#include "support/marked.h"

#include "lang/attitude/attitude.h"

#include <stdio.h>

static struct str words_of(const struct lang_doc *doc, size_t from, size_t to)
{
    if (from >= to)
        return S("-");
    return lang_span_text(doc,
                          (struct span){doc->tokens[from].at.start, doc->tokens[to - 1].at.end});
}

/* "-p words > target" and, where it is so, " of HOLDER", " if CONDITION"; parted by " / ". */
static struct str written(struct arena *a, const struct lang_doc *doc, struct attitudes found)
{
    struct str out = {0};
    for (size_t i = 0; i < found.n; i++) {
        const struct attitude *x = &found.v[i];
        struct str holder = x->of_another ? words_of(doc, x->holder, x->holder_end) : S("");
        struct str condition =
            x->conditional ? words_of(doc, x->condition, x->condition_end) : S("");
        out = arena_fmt(
            a, "%.*s%s%c%c %.*s > %.*s%s%.*s%s%.*s%s", STR_ARG(out), i ? " / " : "",
            x->sign > 0 ? '+' : '-', "pjf"[x->sort], STR_ARG(words_of(doc, x->first, x->end)),
            STR_ARG(words_of(doc, x->target, x->target_end)), x -> of_another ? " of " : "",
            STR_ARG(holder), x->conditional ? " if: " : "", STR_ARG(condition),
            x->supposed ? " supposed" : "");
    }
    return out.n ? out : S("-");
}

/* Where the text names one of the actors by last name. */
static size_t find_mentions(struct arena *a, const struct lang_doc *doc,
                            const struct lang_actor *actors, size_t n_actors,
                            struct lang_mention **out)
{
    size_t n = 0;
    *out = arena_array(a, doc->n_tokens + 1, sizeof **out);
    for (size_t t = 0; t < doc->n_tokens; t++)
        for (size_t k = 0; k < n_actors; k++)
            if (str_ends(actors[k].name, lang_token_text(doc, t)) && doc->tokens[t].capital)
                (*out)[n++] = (struct lang_mention){.at = doc->tokens[t].at, .actor = (int32_t)k};
    return n;
}

static bool check_case(struct arena *a, const struct str *f)
{
    struct marked m;
    unmark(f[0], &m);
    struct lang_actor actors[] = {
        {.key = S("reed"), .name = S("Ann Reed"), .kind = ACTOR_PERSON},
        {.key = S("moss"), .name = S("Jim Moss"), .kind = ACTOR_PERSON},
        {.key = S("stone"), .name = S("Kate Stone"), .kind = ACTOR_PERSON},
        {.key = S("norland"), .name = S("Norland"), .kind = ACTOR_COUNTRY}};
    size_t n_actors = sizeof actors / sizeof *actors;
    struct lang_statement s = {.via = NO_ACTOR,
                               .source = {&m.at[0], m.at[0].end > m.at[0].start},
                               .cue = {&m.at[1], m.at[1].end > m.at[1].start},
                               .content = {&m.at[2], 1}};
    struct lang_reading r = {.text = {m.text, m.n},
                             .actors = actors,
                             .n_actors = n_actors,
                             .statements = &s,
                             .n_statements = 1};
    struct lang_doc doc = lang_words_of(a, &r);
    r.n_mentions = find_mentions(a, &doc, actors, n_actors, &r.mentions);
    struct str got = written(a, &doc, lang_attitudes(a, &doc, &r, &s));
    bool good = str_eq(got, f[1]);
    if (!good)
        printf("%.*s\n   gives %.*s\n   not   %.*s\n", STR_ARG(f[0]), STR_ARG(got), STR_ARG(f[1]));
    return good;
}

START_TEST(attitudes_are_found)
{
    struct arena a = {0};
    struct str rest = support_data(&a, "lang/data/attitudes.txt"), f[2];
    size_t n, bad = 0;
    while (support_case(&rest, f, 2, &n)) {
        ck_assert_uint_ge(n, 2);
        bad += !check_case(&a, f);
    }
    fflush(stdout);
    ck_assert_uint_eq(bad, 0);
    arena_finish(&a);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("attitude");
    TCase *t = tcase_create("attitude");
    suite_add_tcase(s, t);
    tcase_add_test(t, attitudes_are_found);
    return support_run(s);
}
