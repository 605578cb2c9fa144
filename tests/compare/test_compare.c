/* The comparison on readings made by hand: every stage through compare_story. */
#include "compare/parts.h"
#include "support/readings.h"
#include "support/support.h"

#include "base/buf.h"

#include <stdio.h>

enum { MOST_FIELDS = 8 };

/* What became of a pair: the label of the lesser wording, or "apart". */
static const char *pair_label(struct arena *a, const struct str *texts)
{
    struct made_story story;
    struct comparison c;
    readings_make(a, texts, 2, &story);
    compare_story(a, &story.input, &c);
    for (size_t i = 0; i < c.n_utterances; i++)
        for (size_t k = 0; c.utterances[i].n_wordings > 1 && k < c.utterances[i].n_wordings; k++)
            if (!c.utterances[i].wordings[k].fullest)
                return variant_names[c.utterances[i].wordings[k].variant];
    return "apart";
}

struct tally {
    struct str name;
    size_t right, given, wanted;
};

struct tallies {
    struct tally v[32];
    size_t n;
};

static struct tally *tally_of(struct tallies *all, struct str name)
{
    for (size_t i = 0; i < all->n; i++)
        if (str_eq(all->v[i].name, name))
            return &all->v[i];
    ck_assert(all->n < sizeof all->v / sizeof *all->v);
    all->v[all->n] = (struct tally){.name = name};
    return &all->v[all->n++];
}

/* Prints precision and recall per rule and holds them to 90 and 70 per cent. */
static void judge(const struct tallies *all)
{
    for (size_t i = 0; i < all->n; i++) {
        const struct tally *t = &all->v[i];
        double precision = t->given ? 100.0 * (double)t->right / (double)t->given : 100;
        double recall = t->wanted ? 100.0 * (double)t->right / (double)t->wanted : 100;
        printf("  %-18.*s precision %5.1f recall %5.1f  (%zu right, %zu given, %zu wanted)\n",
               STR_ARG(t->name), precision, recall, t->right, t->given, t->wanted);
    }
    for (size_t i = 0; i < all->n; i++) {
        const struct tally *t = &all->v[i];
        if (str_eq(t->name, S("none")))
            continue;
        ck_assert_msg(t->right * 10 >= t->given * 9, "precision of %.*s", STR_ARG(t->name));
        ck_assert_msg(t->right * 10 >= t->wanted * 7, "recall of %.*s", STR_ARG(t->name));
    }
}

START_TEST(pairs_get_their_labels)
{
    struct arena a = {0};
    struct str rest = support_data(&a, "compare/data/pairs.txt"), f[MOST_FIELDS];
    struct tallies all = {.n = 0};
    size_t n;
    while (support_case(&rest, f, 3, &n)) {
        struct str got = str_of(pair_label(&a, f + 1));
        tally_of(&all, f[0])->wanted++;
        tally_of(&all, got)->given++;
        if (str_eq(got, f[0]))
            tally_of(&all, got)->right++;
        else
            printf("  %.*s, not %.*s: %.*s | %.*s\n", STR_ARG(got), STR_ARG(f[0]), STR_ARG(f[1]),
                   STR_ARG(f[2]));
    }
    judge(&all);
    arena_finish(&a);
}
END_TEST

/* Adds what the comparison of two reports finds to the tallies; a case without any conflict
 * counts as "none". */
static void count_conflicts(struct arena *a, const struct str *f, struct tallies *all)
{
    struct made_story story;
    struct comparison c;
    readings_make(a, f + 1, 2, &story);
    compare_story(a, &story.input, &c);
    bool met = !c.n_conflicts && str_eq(f[0], S("none"));
    tally_of(all, f[0])->wanted++;
    tally_of(all, S("none"))->given += !c.n_conflicts;
    for (size_t i = 0; i < c.n_conflicts; i++) {
        struct str rule = str_of(c.conflicts[i].rule);
        tally_of(all, rule)->given++;
        met = met || str_eq(rule, f[0]);
        if (!str_eq(rule, f[0]))
            printf("  %.*s, not %.*s: %.*s\n", STR_ARG(rule), STR_ARG(f[0]),
                   STR_ARG(c.conflicts[i].note));
    }
    tally_of(all, f[0])->right += met;
    if (!met)
        printf("  missed %.*s: %.*s | %.*s\n", STR_ARG(f[0]), STR_ARG(f[1]), STR_ARG(f[2]));
}

START_TEST(conflicts_are_found_and_no_others)
{
    struct arena a = {0};
    struct str rest = support_data(&a, "compare/data/conflicts.txt"), f[MOST_FIELDS];
    struct tallies all = {.n = 0};
    size_t n;
    while (support_case(&rest, f, 3, &n))
        count_conflicts(&a, f, &all);
    judge(&all);
    arena_finish(&a);
}
END_TEST

/* The same words of the reporters' own are a copy; the same quotation or facts are none. */
static const struct {
    struct str one, other;
    size_t rewrites;
} short_reports[] = {
    {STR("A tram driver who was held for two days in a flooded tunnel below the old quay has been "
         "brought out alive by divers."),
     STR("A tram driver who was held for two days in a flooded tunnel below the old quay has been "
         "brought out alive by divers, the harbour says."),
     1},
    {STR("Divers have saved a woman who drove a tram into a flooded tunnel below the quay."),
     STR("A tram driver held for two days in a flooded tunnel below the old quay is alive."), 0},
    {STR("{Ms Duarte} [said]: <\"We looked for her in every tunnel below the quay for two long "
         "days and nights.\">"),
     STR("{Ms Duarte} [told] reporters: <\"We looked for her in every tunnel below the quay for "
         "two "
         "long days and nights.\">"),
     0}};

START_TEST(short_copies_are_known)
{
    struct arena a = {0};
    for (size_t i = 0; i < sizeof short_reports / sizeof *short_reports; i++) {
        struct str two[] = {short_reports[i].one, short_reports[i].other};
        struct made_story story;
        struct comparison c;
        readings_make(&a, two, 2, &story);
        compare_story(&a, &story.input, &c);
        ck_assert_msg(c.n_rewrites == short_reports[i].rewrites, "case %zu", i);
    }
    arena_finish(&a);
}
END_TEST

START_TEST(nothing_is_compared_quietly)
{
    struct arena a = {0};
    struct compare_input in = {0};
    struct comparison c;
    struct buf b = {0};
    compare_story(&a, &in, &c);
    struct json j = json_begin(&b);
    compare_write(&c, OFFSET_CODE_POINTS, &j);
    cJSON *tree = NULL;
    ck_assert(json_parse(buf_str(&b), &tree, NULL));
    cJSON_Delete(tree);
    buf_finish(&b);
    arena_finish(&a);
}
END_TEST

/* Five short reports of one event, with what the rules look for. */
static const struct str reports[] = {
    STR("@2031-03-04 #Bridge talks cancelled# {Mayor Okafor/Harbour City} [told] %Anna Berg%: "
        "<\"We will not sell the "
        "old bridge to strangers.\"> The talks were cancelled. {Ms Duarte} [said] <14 people "
        "signed the offer>."),
    STR("@2031-03-04 {Mayor Okafor} [said]: <\"We will sell the old bridge to strangers.\"> The "
        "bridge talks were "
        "postponed. {Ms Duarte} [said] <40 people signed the offer>."),
    STR("@2031-03-05 {Mayor Okafor} [said] <he would not sell the old bridge to strangers>. %Tomas "
        "Veil% skipped the "
        "talks. {Ms Duarte} [said] <the offer would end next week>."),
    STR("@2031-03-05 It was {Harbour City=the city} that [spoke] of <\"strangers\">. %Tomas Veil% "
        "attended the talks on "
        "the bridge. {Ms Duarte} [said] <the offer would end next month>."),
    STR("@2031-03-05 {Mr Castellan} [said]: <\"We will not sell the old bridge to strangers.\"> "
        "{Ms Duarte} [denied] "
        "that <people signed the offer>.")};
enum { REPORTS = sizeof reports / sizeof *reports };

static struct str document(struct arena *a, const struct compare_input *in)
{
    struct comparison c;
    struct buf b = {0};
    compare_story(a, in, &c);
    struct json j = json_begin(&b);
    compare_write(&c, OFFSET_CODE_POINTS, &j);
    struct str text = arena_str(a, buf_str(&b));
    buf_finish(&b);
    return text;
}

START_TEST(order_leaves_no_trace)
{
    struct arena a = {0};
    struct made_story story;
    readings_make(&a, reports, REPORTS, &story);
    struct str first = document(&a, &story.input);
    ck_assert(str_contains(first, S("\"rule\":\"event.excludes\"")));
    for (size_t turn = 1; turn < REPORTS; turn++) {
        struct compare_article turned[REPORTS];
        struct compare_input in = story.input;
        for (size_t i = 0; i < REPORTS; i++)
            turned[i] = story.articles[(i * 2 + turn) % REPORTS];
        in.articles = turned;
        ck_assert_msg(str_eq(document(&a, &in), first), "turn %zu", turn);
    }
    arena_finish(&a);
}
END_TEST

START_TEST(every_statement_stands_once)
{
    struct arena a = {0};
    struct made_story story;
    struct comparison c;
    size_t statements = 0, wordings = 0;
    readings_make(&a, reports, REPORTS, &story);
    compare_story(&a, &story.input, &c);
    for (size_t i = 0; i < REPORTS; i++)
        statements += story.readings[i].n_statements;
    for (size_t i = 0; i < c.n_utterances; i++) {
        size_t fullest = 0;
        for (size_t k = 0; k < c.utterances[i].n_wordings; k++)
            fullest += c.utterances[i].wordings[k].fullest;
        ck_assert_uint_eq(fullest, 1);
        wordings += c.utterances[i].n_wordings;
    }
    ck_assert_uint_eq(wordings, statements);
    arena_finish(&a);
}
END_TEST

/* The utterance that holds the statement. */
static int64_t utterance_of(const struct comparison *c, uint32_t article, uint32_t statement)
{
    for (size_t i = 0; i < c->n_utterances; i++)
        for (size_t k = 0; k < c->utterances[i].n_wordings; k++)
            if (c->utterances[i].wordings[k].article == article &&
                c->utterances[i].wordings[k].statement == statement)
                return c->utterances[i].id;
    return 0;
}

START_TEST(verdicts_outrank_the_engine)
{
    struct arena a = {0};
    struct made_story story;
    struct comparison c;
    readings_make(&a, reports, REPORTS, &story);
    compare_story(&a, &story.input, &c);
    ck_assert_int_eq(utterance_of(&c, 0, 0), utterance_of(&c, 1, 0));
    ck_assert_int_ne(utterance_of(&c, 0, 0), utterance_of(&c, 4, 0));
    ck_assert_uint_gt(c.n_conflicts, 0);
    struct compare_verdict verdicts[] = {
        {VERDICT_SPLIT, story.articles[0].statement_ids[0], story.articles[1].statement_ids[0]},
        {VERDICT_JOIN, story.articles[0].statement_ids[0], story.articles[4].statement_ids[0]},
        {VERDICT_CONFLICT_DISMISSED, c.conflicts[0].id, 0}};
    const char *dismissed = c.conflicts[0].rule;
    story.input.verdicts = verdicts;
    story.input.n_verdicts = 3;
    compare_story(&a, &story.input, &c);
    ck_assert_int_ne(utterance_of(&c, 0, 0), utterance_of(&c, 1, 0));
    ck_assert_int_eq(utterance_of(&c, 0, 0), utterance_of(&c, 4, 0));
    ck_assert_str_eq(c.conflicts[0].rule, dismissed);
    ck_assert_int_eq(c.conflicts[0].status, CONFLICT_DISMISSED);
    arena_finish(&a);
}
END_TEST

static struct comparison compared(struct arena *a, struct made_story *story,
                                  const struct str *texts, size_t n)
{
    struct comparison c;
    readings_make(a, texts, n, story);
    compare_story(a, &story->input, &c);
    return c;
}

static const struct wording *lesser(const struct comparison *c)
{
    ck_assert_uint_eq(c->n_utterances, 1);
    ck_assert_uint_eq(c->utterances[0].n_wordings, 2);
    return &c->utterances[0].wordings[c->utterances[0].wordings[0].fullest];
}

START_TEST(quoted_words_that_differ_are_told)
{
    static const struct str pairs[][2] = {
        {STR("{Ms Duarte} [said]: <\"We will sell the old mill to the town this year.\">"),
         STR("{Ms Duarte} [said]: <\"We will sell the old mill to the state this year.\">")},
        {STR("{Ms Duarte} [said]: <\"We will sell the old mill to the town this year.\">"),
         STR("{Ms Duarte} [said]: <\"We will not sell the old mill to the town this year.\">")},
        {STR("{Ms Duarte} [said]: <\"We will sell the old mill to the town this year.\">"),
         STR("{Ms Duarte} [said]: <\"We will sell the old mill.\">")},
        {STR("{Ms Duarte} [said]: <\"We will sell the old mill to the town this year.\">"),
         STR("{Ms Duarte} [said] <they would not sell the old mill to the town this year>.")}};
    static const bool differ[] = {true, true, false, false};
    struct arena a = {0};
    struct made_story story;
    for (size_t i = 0; i < sizeof differ / sizeof *differ; i++) {
        struct comparison c = compared(&a, &story, pairs[i], 2);
        ck_assert_msg(lesser(&c)->quotes_differ == differ[i], "pair %zu", i);
    }
    arena_finish(&a);
}
END_TEST

#define BOARD                                                                                      \
    "{The harbour board} [confirmed] <the hearing on the ferry contract had been delayed until "   \
    "the "                                                                                         \
    "council elects another treasurer and the pilots agree>, {The harbour board=the board} "       \
    "[saying]: "

/* With and without a word in common. */
START_TEST(a_quotation_completes_its_sentence)
{
    static const struct str texts[] = {
        STR(BOARD "<\"A short meeting of pilots goes on behind closed doors, without reporters, "
                  "lawyers or union stewards.\">"),
        STR(BOARD "<\"Officials meet behind closed doors.\">")};
    struct arena a = {0};
    struct made_story story;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct comparison c = compared(&a, &story, &texts[i], 1);
        ck_assert_uint_eq(c.n_utterances, 1);
        ck_assert_str_eq(c.utterances[0].rule, "same.sentence");
    }
    arena_finish(&a);
}
END_TEST

/* The positions on the issue "tax" of two reports that are for and against it. */
START_TEST(positions_change_or_are_disputed)
{
    static const struct {
        struct str texts[2];
        bool disputed, changed, said;
        const char *since;
    } cases[] = {
        {{STR("@2031-05-03 {Prue} [said] <!day=2031-05-02;for=tax!she backs a tax on diesel>."),
          STR("@2031-05-21 {Prue} [said] <!day=2031-05-20;against=tax!she opposes the tax>.")},
         false,
         true,
         true,
         "2031-05-20"},
        {{STR("@2031-05-03 {Prue} [said] <!day=2031-05-02;for=tax!she backs a tax on diesel>."),
          STR("@2031-05-03 {Prue} [said] <!day=2031-05-02;against=tax!she opposes the tax>.")},
         true,
         false,
         true,
         "2031-05-02"},
        {{STR("@2031-05-03 {Prue} [said] <!for=tax!she backs a tax on diesel>."),
          STR("@2031-05-21 {Prue} [said] <!against=tax!she opposes the tax>.")},
         true,
         false,
         false,
         "2031-05-21"}};
    struct arena a = {0};
    struct made_story story;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct comparison c = compared(&a, &story, cases[i].texts, 2);
        ck_assert_uint_eq(c.n_positions, 2);
        const struct position *against = &c.positions[c.positions[1].stance == STANCE_OPPOSE];
        ck_assert_int_eq(against->stance, STANCE_OPPOSE);
        ck_assert_int_eq(against->disputed, cases[i].disputed);
        ck_assert_int_eq(against->was.n > 0, cases[i].changed);
        ck_assert_int_eq(against->since_said, cases[i].said);
        ck_assert(str_eq(against->since, str_of(cases[i].since)));
    }
    arena_finish(&a);
}
END_TEST

/* Bags of few words, so that many meet; the same sequence on every run. */
static struct bag *random_bags(struct arena *a, size_t n)
{
    struct bag *bags = arena_array(a, n, sizeof *bags);
    uint32_t seed = 7;
    for (size_t i = 0; i < n; i++) {
        bags[i].v = arena_array(a, 6, sizeof *bags[i].v);
        for (size_t k = 0; k < i % 7; k++) {
            seed = seed * 1664525 + 1013904223;
            uint64_t stem = seed >> 27;
            bags[i].v[bags[i].n++] = (struct weighted){stem, (float)stem / 8};
        }
        bag_close(&bags[i]);
    }
    return bags;
}

START_TEST(bags_that_share_words_meet)
{
    enum { BAGS = 60 };
    struct arena a = {0};
    struct bag *bags = random_bags(&a, BAGS);
    struct meetings m;
    meetings_index(&a, bags, BAGS, &m);
    for (uint32_t i = 0; i < BAGS; i++)
        for (int all = 0; all < 2; all++) {
            size_t n = all ? meetings_with(&m, i) : meetings_after(&m, i), expected = 0;
            for (uint32_t k = all ? 0 : i + 1; k < BAGS; k++) {
                struct likeness l = bag_likeness(&bags[i], &bags[k]);
                if (k == i || !l.words)
                    continue;
                ck_assert_uint_lt(expected, n);
                ck_assert_uint_eq(m.met[expected++], k);
                ck_assert_uint_eq(m.words[k], l.words);
                ck_assert_double_eq_tol(m.shared[k], l.shared, 1e-9);
            }
            ck_assert_uint_eq(n, expected);
        }
    arena_finish(&a);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("compare");
    TCase *t = tcase_create("compare");
    suite_add_tcase(s, t);
    tcase_set_timeout(t, 60);
    tcase_add_test(t, pairs_get_their_labels);
    tcase_add_test(t, conflicts_are_found_and_no_others);
    tcase_add_test(t, short_copies_are_known);
    tcase_add_test(t, order_leaves_no_trace);
    tcase_add_test(t, every_statement_stands_once);
    tcase_add_test(t, verdicts_outrank_the_engine);
    tcase_add_test(t, quoted_words_that_differ_are_told);
    tcase_add_test(t, positions_change_or_are_disputed);
    tcase_add_test(t, a_quotation_completes_its_sentence);
    tcase_add_test(t, bags_that_share_words_meet);
    tcase_add_test(t, nothing_is_compared_quietly);
    return support_run(s);
}
