/* Mentions and actors of short texts: which actor a piece of text is a mention of. */
#include "support/support.h"

#include "lang/parts.h"

/* The texts of a case stand between "|": all are surveyed, the last one is read. */
static struct lang_doc read_case(struct arena *a, struct lang_run *run, struct str texts)
{
    struct lang_article *article = arena_array(a, 1, sizeof *article);
    struct str text;
    while (str_split(&texts, '|', &text)) {
        article->text = str_trim(text);
        lang_run_survey(run, lang_draft(a, article, S("")));
    }
    struct lang_doc doc = {.arena = a, .run = run, .article = article, .text = article->text};
    lang_tokenise(&doc);
    lang_split_sentences(&doc);
    lang_find_quotes(&doc);
    lang_find_actors(&doc);
    return doc;
}

static const struct lang_mention *mention_of(const struct lang_doc *doc, struct str exact)
{
    for (size_t i = doc->n_mentions; i-- > 0;)
        if (str_eq(lang_span_text(doc, doc->mentions[i].at), exact))
            return &doc->mentions[i];
    return NULL;
}

/* Lines: text, mention (its last occurrence), canonical name or "-", reading. */
static void run_cases(const char *file)
{
    struct arena a = {0};
    struct str rest = support_data(&a, file), f[4];
    size_t n;
    while (support_case(&rest, f, 4, &n)) {
        struct lang_run *run = lang_run_create();
        struct lang_doc doc = read_case(&a, run, f[0]);
        const struct lang_mention *m = mention_of(&doc, f[1]);
        if (str_eq(f[2], S("-"))) {
            ck_assert_msg(!m, "%.*s: \"%.*s\" is a mention", STR_ARG(f[0]), STR_ARG(f[1]));
        } else {
            ck_assert_msg(m != NULL, "%.*s: \"%.*s\" is no mention", STR_ARG(f[0]), STR_ARG(f[1]));
            struct str name = doc.actors[m->actor].name;
            ck_assert_msg(str_eq(name, f[2]), "%.*s: \"%.*s\" is %.*s", STR_ARG(f[0]),
                          STR_ARG(f[1]), STR_ARG(name));
            if (n > 3)
                ck_str_is(str_of(mention_reading_names[m->reading]), arena_str(&a, f[3]).p);
        }
        lang_run_destroy(run);
    }
    arena_finish(&a);
}

START_TEST(names_become_actors)
{
    run_cases("lang/data/resolve.txt");
}
END_TEST

START_TEST(any_bytes_end)
{
    static const char *const texts[] = {
        "",     " ",           "'s",    "Mr.",      "Mr. ",        "President",
        "U.S.", "-",           "A-",    "of of of", "Kim",         "\xE2\x80\x99s",
        "he",   "the the the", "(NATO", ", Jr.",    "Kim Jr., Jr."};
    struct arena a = {0};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct lang_run *run = lang_run_create();
        read_case(&a, run, str_of(texts[i]));
        lang_run_destroy(run);
    }
    arena_finish(&a);
}
END_TEST

START_TEST(a_decision_outranks_the_text)
{
    struct lang_run *run = lang_run_create();
    struct arena a = {0};
    struct lang_name names[] = {{S("Andrii Yermak"), NAME_FULL}, {S("Andriy Yermak"), NAME_FULL}};
    struct lang_actor known = {.name = S("Andriy Yermak"), .names = names, .n_names = 2};
    lang_run_know(run, &known);
    struct lang_doc doc = read_case(&a, run, S("Andrii Yermak arrived in London."));
    ck_str_is(doc.actors[doc.mentions[0].actor].name, "Andriy Yermak");
    lang_run_destroy(run);
    arena_finish(&a);
}
END_TEST

START_TEST(the_order_of_articles_does_not_matter)
{
    static const char *const orders[] = {"Volodymyr Zelensky spoke.|Volodymyr Zelenskiy "
                                         "left.|Vladimir Zelensky slept.|Zelenskyy rose.",
                                         "Vladimir Zelensky slept.|Volodymyr Zelensky "
                                         "spoke.|Volodymyr Zelenskiy left.|Zelenskyy rose.",
                                         "Volodymyr Zelenskiy left.|Vladimir Zelensky "
                                         "slept.|Volodymyr Zelensky spoke.|Zelenskyy rose."};
    struct str first = {0};
    struct arena a = {0};
    for (size_t i = 0; i < sizeof orders / sizeof *orders; i++) {
        struct lang_run *run = lang_run_create();
        struct lang_doc doc = read_case(&a, run, str_of(orders[i]));
        ck_assert_uint_eq(doc.n_mentions, 1);
        struct str name = arena_str(&a, doc.actors[doc.mentions[0].actor].name);
        if (i == 0)
            first = name;
        ck_str_is(name, first.p);
        lang_run_destroy(run);
    }
    arena_finish(&a);
}
END_TEST

START_TEST(roles_are_told_without_what_stands_before)
{
    static const char *const cases[][3] = {
        {"Trump fired former Director James Comey in May.", "James Comey", "former Director"},
        {"The aides had met him and then-Attorney General Jeff Sessions before the vote.",
         "Jeff Sessions", "former Attorney General"},
        {"A spokesperson for Prime Minister Keir Starmer said no. Keir Starmer left.",
         "Keir Starmer", "Prime Minister"},
        {"US Secretary of State Marco Rubio spoke.", "Marco Rubio", "US Secretary of State"},
        {"Douglas Collins, the mayor, spoke.|Mayor Doug Collins left.", "Doug Collins", "mayor"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct arena a = {0};
        struct lang_run *run = lang_run_create();
        struct lang_doc doc = read_case(&a, run, str_of(cases[i][0]));
        size_t k = 0;
        while (k < doc.n_actors && !str_eq(doc.actors[k].name, str_of(cases[i][1])))
            k++;
        ck_assert_msg(k < doc.n_actors, "%s is not in: %s", cases[i][1], cases[i][0]);
        ck_assert_msg(str_eq_case(doc.actors[k].role, str_of(cases[i][2])), "%s: %.*s", cases[i][0],
                      STR_ARG(doc.actors[k].role));
        lang_run_destroy(run);
        arena_finish(&a);
    }
}
END_TEST

int main(void)
{
    Suite *s = suite_create("resolve");
    TCase *t = tcase_create("resolve");
    suite_add_tcase(s, t);
    tcase_add_test(t, roles_are_told_without_what_stands_before);
    tcase_add_test(t, names_become_actors);
    tcase_add_test(t, any_bytes_end);
    tcase_add_test(t, a_decision_outranks_the_text);
    tcase_add_test(t, the_order_of_articles_does_not_matter);
    return support_run(s);
}
