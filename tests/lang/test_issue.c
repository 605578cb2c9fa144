/* Issues proposed from small stories (data/issues.txt), and the positions taken on them. */
#include "support/support.h"

#include "base/buf.h"
#include "lang/issue/parts.h"
#include "support/marked.h"

#include <string.h>

enum { MOST_SAID = 16, MOST_NAMES = 8 };

struct story {
    struct lang_reading reading;
    struct lang_actor actors[MOST_NAMES];
    struct lang_statement said[MOST_SAID];
    struct lang_mention mentions[64];
    struct buf text;
    struct str office; /* "the mayor", who is `holder` */
    int32_t holder;
};

static int32_t actor_of(struct arena *a, struct story *s, struct str key)
{
    for (size_t i = 0; i < s->reading.n_actors; i++)
        if (str_eq(s->actors[i].key, key))
            return (int32_t)i;
    ck_assert_uint_lt(s->reading.n_actors, MOST_NAMES);
    struct str name = arena_str(a, key);
    ((char *)name.p)[0] = (char)(name.p[0] & ~32);
    s->actors[s->reading.n_actors] =
        (struct lang_actor){.key = arena_str(a, key), .name = name, .kind = ACTOR_PERSON};
    if (str_eq(key, name))
        s->actors[s->reading.n_actors].kind = ACTOR_ORGANISATION;
    return (int32_t)s->reading.n_actors++;
}

static struct spans span_of(struct arena *a, struct span at, size_t from)
{
    if (at.end <= at.start)
        return (struct spans){0};
    struct span *v = arena_array(a, 1, sizeof *v);
    *v = (struct span){(uint32_t)(at.start + from), (uint32_t)(at.end + from)};
    return (struct spans){v, 1};
}

static void add_said(struct arena *a, struct story *s, struct str key, struct str line)
{
    struct marked m;
    unmark(line, &m);
    ck_assert_uint_lt(s->reading.n_statements, MOST_SAID);
    s->said[s->reading.n_statements++] =
        (struct lang_statement){.speaker = actor_of(a, s, key),
                                .via = NO_ACTOR,
                                .source = span_of(a, m.at[0], s->text.n),
                                .cue = span_of(a, m.at[1], s->text.n),
                                .content = span_of(a, m.at[2], s->text.n)};
    buf_add(&s->text, (struct str){m.text, m.n});
    buf_add(&s->text, S("\n\n"));
}

/* Every place where an actor is called by name. */
static void add_mentions(struct story *s)
{
    struct lang_reading *r = &s->reading;
    for (uint32_t i = 0; i < r->text.n; i++) {
        if (s->office.n && str_starts(str_slice(r->text, i, r->text.n), s->office))
            s->mentions[r->n_mentions++] =
                (struct lang_mention){{i, i + (uint32_t)s->office.n}, s->holder, READING_NOMINAL};
        for (size_t k = 0; k < r->n_actors; k++) {
            struct str name = s->actors[k].name;
            if (str_starts(str_slice(r->text, i, r->text.n), name) && r->n_mentions < 64)
                s->mentions[r->n_mentions++] =
                    (struct lang_mention){{i, i + (uint32_t)name.n}, (int32_t)k, READING_ACTOR};
        }
    }
}

static struct lang_reading *read_story(struct arena *a, struct story *s)
{
    struct lang_reading *r = &s->reading;
    r->text = arena_str(a, buf_str(&s->text));
    r->actors = s->actors;
    r->statements = s->said;
    r->mentions = s->mentions;
    add_mentions(s);
    return r;
}

static struct lang_issues propose(struct arena *a, struct story *s)
{
    struct lang_issues issues;
    struct lang_reading *r = read_story(a, s);
    lang_propose_issues(a, r, 1, &issues);
    lang_take_positions(a, &issues, r);
    return issues;
}

static const struct lang_issue *issue_called(const struct lang_issues *issues, struct str title)
{
    for (size_t i = 0; i < issues->n; i++)
        if (str_eq(issues->v[i].title, title))
            return &issues->v[i];
    ck_abort_msg("\"%.*s\" is not proposed, but %.*s", STR_ARG(title),
                 STR_ARG(issues->n ? issues->v[0].title : S("nothing")));
    return NULL;
}

static void check_stance(const struct story *s, const struct lang_issue *issue, struct str sign,
                         struct str key)
{
    static const enum stance stances[] = {STANCE_SUPPORT, STANCE_OPPOSE, STANCE_CONDITIONAL};
    enum stance want = stances[str_eq(sign, S("-")) ? 1 : str_eq(sign, S("?")) ? 2 : 0];
    bool found = false, none = str_eq(sign, S("o"));
    if (!issue)
        ck_abort_msg("positions before an issue");
    for (size_t i = 0; i < s->reading.n_statements; i++) {
        const struct lang_statement *st = &s->said[i];
        for (size_t k = 0; k < st->n_positions; k++)
            found = found || (str_eq(s->actors[st->speaker].key, key) &&
                              str_eq(st->positions[k].issue, issue->id) &&
                              (none ? st->positions[k].stance != STANCE_NEUTRAL
                                    : st->positions[k].stance == want) &&
                              st->positions[k].confidence > 0);
    }
    ck_assert_msg(found != none, "%.*s does not stand %.*s on \"%.*s\"", STR_ARG(key),
                  STR_ARG(sign), STR_ARG(issue->title));
}

START_TEST(small_stories)
{
    struct arena a = {0};
    struct str rest = support_data(&a, "lang/data/issues.txt"), f[4];
    struct story *s = arena_alloc(&a, sizeof *s);
    struct lang_issues issues = {0};
    const struct lang_issue *issue = NULL;
    bool told = false;
    size_t n;
    while (support_case(&rest, f, 4, &n)) {
        bool expects = str_starts(f[0], S("=")), stands = f[0].n == 1 && strchr("+-?o", f[0].p[0]);
        if (told && !expects && !stands) { /* another story begins */
            buf_finish(&s->text);
            s = arena_alloc(&a, sizeof *s);
            told = false;
        }
        if (str_eq(f[0], S("~"))) {
            s->office = f[2];
            s->holder = actor_of(&a, s, f[1]);
        } else if (!expects && !stands) {
            add_said(&a, s, f[0], f[1]);
        }
        if (!expects && !stands)
            continue;
        if (!told)
            issues = propose(&a, s);
        told = true;
        if (stands) {
            check_stance(s, issue, f[0], f[1]);
        } else if (str_eq(f[0], S("= only"))) {
            ck_assert_uint_eq(issues.n, 1);
        } else if (n == 1) {
            ck_assert_msg(!issues.n, "\"%.*s\" is proposed",
                          STR_ARG(issues.n ? issues.v[0].title : S("")));
        } else {
            issue = issue_called(&issues, f[2]);
            ck_str_is(f[1], issue_sort_names[issue->sort]);
            ck_assert(issue->id.n && issue->n_terms && !issue->by_person);
        }
    }
    buf_finish(&s->text);
    arena_finish(&a);
}
END_TEST

START_TEST(nothing_said_proposes_nothing)
{
    struct arena a = {0};
    struct lang_reading r = {.text = S("A quiet day.")};
    struct lang_issues issues;
    lang_propose_issues(&a, &r, 1, &issues);
    ck_assert_uint_eq(issues.n, 0);
    lang_propose_issues(&a, NULL, 0, &issues);
    ck_assert_uint_eq(issues.n, 0);
    arena_finish(&a);
}
END_TEST

/* Titles that ask one question, as mirrors, and such as do not. */
START_TEST(one_question)
{
    static const struct {
        const char *a, *b;
        bool same;
    } pairs[] = {
        {"The delay of the ferry merger", "A vote on the ferry merger", true},
        {"The delay of the ferry merger", "A vote", true},
        {"The emergency declaration", "A resolution to end the emergency", true},
        {"The harbour declaration", "A resolution to end the emergency", false},
        {"Cuts in ferry rates", "Holding ferry rates steady", true},
        {"Cuts in ferry rates", "Holding bread prices steady", false},
        {"The vote to override the veto", "The harbour bill", true},
        {"The veto of the harbour bill", "The harbour bill", true},
        {"Overriding the veto", "The ferry merger", false},
        {"A vote on the harbour wall", "Building the harbour wall", false},
        {"Confirming Ada Reed as judge", "Opposing Ada Reed", true},
        {"Confirming Ada Reed", "Opposition to Reed", true},
        {"Backing Ada Reed", "The nomination of Ada Reed", true},
        {"Confirming Ada Reed", "Opposing Eva Reed", false},
        {"Endorsing Reed", "Impeaching Reed", false},
        {"Ada Reed resigning", "Reed staying on", true},
        {"Ada Reed resigning", "Stone staying on", false},
        {"Reed resigning", "Reed running for mayor", false},
        {"Ending the ferry strike", "The ferry strike going on", true},
        {"Ending the ferry strike", "The bakers' strike going on", false},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        struct str a = str_of(pairs[i].a), b = str_of(pairs[i].b);
        ck_assert_msg(issue_asks_same(a, b) == pairs[i].same, "%s / %s", pairs[i].a, pairs[i].b);
        ck_assert_msg(issue_asks_same(b, a) == pairs[i].same, "%s / %s", pairs[i].b, pairs[i].a);
    }
}
END_TEST

/* How many issues are proposed from articles, each of what is said by "speaker TAB marked text". */
static size_t proposed(const char *const (*articles)[4], size_t n)
{
    struct arena a = {0};
    struct lang_reading readings[3];
    struct lang_issues issues;
    for (size_t i = 0; i < n; i++) {
        struct story *s = arena_alloc(&a, sizeof *s);
        for (size_t k = 0; k < 4 && articles[i][k]; k++) {
            struct str line = str_of(articles[i][k]), key;
            str_split(&line, '\t', &key);
            add_said(&a, s, key, line);
        }
        readings[i] = *read_story(&a, s);
        buf_finish(&s->text);
    }
    lang_propose_issues(&a, readings, n, &issues);
    arena_finish(&a);
    return issues.n;
}

/* Longer than what counts as the beginning of an article. */
#define LONG_WALK "and the walk went past the old mill and the new mill and the long wall "
#define LONG_DAY                                                                                   \
    "lane\t{Lane} <said> [the day was long " LONG_WALK LONG_WALK LONG_WALK LONG_WALK LONG_WALK     \
        LONG_WALK LONG_WALK LONG_WALK LONG_WALK LONG_WALK LONG_WALK "home]."

START_TEST(one_actor_told_by_several)
{
    static const char *const told[][4] = {
        {"reed\t{Reed} <called> [the harbour inquiry a sham]."},
        {"reed\t{Reed} <condemned> [the harbour inquiry]."},
    };
    static const char *const copied[][4] = {
        {LONG_DAY, "reed\t{Reed} <condemned> [the harbour inquiry]."},
        {LONG_DAY, "reed\t{Reed} <condemned> [the harbour inquiry]."},
    };
    ck_assert_uint_eq(proposed(told, 2), 1);
    ck_assert_uint_eq(proposed(copied, 2), 0);
}
END_TEST

START_TEST(background_is_left_out)
{
    static const char *const agreed[][4] = {
        {LONG_DAY, "reed\t{Reed} <condemned> [the harbour inquiry].",
         "stone\t{Stone} <said> [the harbour inquiry is a sham]."},
        {LONG_DAY},
    };
    static const char *const contested[][4] = {
        {LONG_DAY, "reed\t{Reed} <condemned> [the harbour inquiry].",
         "stone\t{Stone} <praised> [the harbour inquiry]."},
        {LONG_DAY},
    };
    ck_assert_uint_eq(proposed(agreed, 2), 0);
    ck_assert_uint_eq(proposed(contested, 2), 1);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("issue");
    TCase *t = tcase_create("issue");
    suite_add_tcase(s, t);
    tcase_add_test(t, small_stories);
    tcase_add_test(t, one_question);
    tcase_add_test(t, nothing_said_proposes_nothing);
    tcase_add_test(t, one_actor_told_by_several);
    tcase_add_test(t, background_is_left_out);
    return support_run(s);
}
