/* The order of the stages: see stages.h. */
#include "ingest/story/stages.h"

#include <stdlib.h>

/* The drafts are in an arena of their own: when positions are taken they have served. */
static void read_all(struct stages *s, struct arena *a, struct arena *drafting)
{
    const struct stage_hooks none = {0}, *hooks = s->hooks ? s->hooks : &none;
    struct lang_draft **drafts = arena_array(a, s->n + 1, sizeof *drafts);
    s->readings = arena_array(a, s->n + 1, sizeof *s->readings);
    for (size_t i = 0; i < s->n; i++) {
        drafts[i] =
            lang_draft(drafting, &s->articles[i], s->attributions ? s->attributions[i] : S(""));
        if (hooks->drafted)
            hooks->drafted(s->hooks, i, drafts[i]);
        lang_run_survey(s->run, drafts[i]);
    }
    for (size_t i = 0; i < s->n; i++) {
        lang_read(s->run, a, drafts[i], &s->readings[i]);
        if (s->input)
            lang_part_statements(a, &s->readings[i]);
        if (hooks->read)
            hooks->read(s->hooks, &s->readings[i]);
    }
}

/* story[i]: which story article i is of. Returns how many there are; where it does not matter, all
 * articles are of one. */
static uint32_t group_all(const struct stages *s, struct arena *a, uint32_t *story)
{
    uint32_t stories = 1;
    if (!s->several || s->given || s->n == 0)
        return stories;
    struct group_article *articles = arena_array(a, s->n, sizeof *articles);
    for (size_t i = 0; i < s->n; i++)
        articles[i] = (struct group_article){s->articles[i].title, s->articles[i].text,
                                             s->articles[i].published};
    compare_group(a, articles, s->n, story);
    for (size_t i = 0; i < s->n; i++)
        stories = story[i] >= stories ? story[i] + 1 : stories;
    return stories;
}

/* An article's place in an order that depends on what articles are, as compare/order.c has it:
 * which of two like words or sides comes first must not tell in which order reports came. */
struct placed {
    const struct lang_article *article;
    const struct lang_reading *reading;
};

static int by_content(const void *a, const void *b)
{
    const struct lang_article *x = ((const struct placed *)a)->article,
                              *y = ((const struct placed *)b)->article;
    int order = str_cmp(x->published, y->published);
    order = order ? order : str_cmp(x->outlet, y->outlet);
    order = order ? order : str_cmp(x->title, y->title);
    return order ? order : str_cmp(x->text, y->text);
}

static struct lang_reading *in_order(const struct stages *s, struct arena *a, const size_t *member,
                                     size_t n)
{
    struct placed *all = arena_array(a, n + 1, sizeof *all);
    struct lang_reading *readings = arena_array(a, n + 1, sizeof *readings);
    for (size_t i = 0; i < n; i++)
        all[i] = (struct placed){&s->articles[member[i]], &s->readings[member[i]]};
    if (n)
        qsort(all, n, sizeof *all, by_content);
    for (size_t i = 0; i < n; i++)
        readings[i] = *all[i].reading;
    return readings;
}

/* The issues of the story whose articles are in *member. */
static void find_issues(struct stages *s, struct arena *a, const size_t *member, size_t n)
{
    s->issues = (struct lang_issues){0};
    if (s->given) {
        s->issues = *s->given;
        return;
    }
    lang_propose_issues(a, in_order(s, a, member, n), n, &s->issues);
    if (s->hooks && s->hooks->issues)
        s->hooks->issues(s->hooks, &s->issues);
}

/* `issues`: lang_issues_key of the story's. */
static bool judge_article(struct stages *s, struct arena *a, size_t article, struct memo_key issues,
                          struct err *err)
{
    const struct stage_hooks none = {0}, *hooks = s->hooks ? s->hooks : &none;
    struct lang_reading *reading = &s->readings[article];
    if (hooks->statements && !hooks->statements(s->hooks, article, err))
        return false;
    lang_take_positions_again(a, &s->issues, issues, reading);
    if (hooks->positions)
        hooks->positions(s->hooks, article);
    if (s->stances)
        lang_find_stances(a, &s->issues, reading);
    return true;
}

static bool judge_story(struct stages *s, struct arena *a, const size_t *member, size_t n,
                        struct err *err)
{
    find_issues(s, a, member, n);
    struct memo_key issues = lang_issues_key(&s->issues);
    for (size_t i = 0; i < n; i++)
        if (!judge_article(s, a, member[i], issues, err))
            return false;
    return true;
}

static bool judge_all(struct stages *s, struct arena *a, struct err *err)
{
    uint32_t *story = arena_array(a, s->n + 1, sizeof *story);
    size_t *member = arena_array(a, s->n + 1, sizeof *member);
    uint32_t stories = group_all(s, a, story);
    for (uint32_t k = 0; k < stories; k++) {
        size_t n = 0;
        for (size_t i = 0; i < s->n; i++)
            if (story[i] == k)
                member[n++] = i;
        if (!judge_story(s, a, member, n, err))
            return false;
    }
    return true;
}

bool stages_run(struct stages *s, struct arena *a, struct err *err)
{
    struct arena drafting = {0};
    read_all(s, a, &drafting);
    bool ok = judge_all(s, a, err);
    for (size_t i = 0; i < s->n; i++)
        s->readings[i].draft = NULL;
    arena_finish(&drafting);
    if (ok && s->input) {
        s->input->issues = &s->issues;
        compare_story(a, s->input, &s->comparison);
    }
    return ok;
}
