/* A story from its stored texts to its stored comparison: the stages, with the decisions of persons
 * laid over what each of them finds. */
#include "ingest/story/story.h"
#include "store/turns.h"

#include <malloc.h>
#include <stddef.h>

static struct lang_article article_of(const struct store_article *from)
{
    return (struct lang_article){.title = from->title,
                                 .subtitle = from->subtitle,
                                 .text = from->text,
                                 .outlet = from->outlet,
                                 .language = from->language,
                                 .published = from->published};
}

static struct story_work *work_of(struct stage_hooks *hooks)
{
    return (struct story_work *)((char *)hooks - offsetof(struct story_work, hooks));
}

/* What has to be found anew is stored for the next time. */
static void after_draft(struct stage_hooks *hooks, size_t article, const struct lang_draft *draft)
{
    struct story_work *w = work_of(hooks);
    struct store_article *stored = &w->story.articles[article];
    if (lang_draft_stored(draft))
        return;
    stored->attributions = lang_draft_attributions(draft, &w->arena);
    stored->attributions_new = stored->attributions.n > 0;
}

/* "Police" of this story are not those of another: an unnamed actor's key says which story it is
 * of. */
static void mark_unnamed(struct story_work *w, struct lang_reading *r)
{
    for (size_t i = 0; i < r->n_actors; i++)
        if (r->actors[i].kind == ACTOR_UNNAMED)
            r->actors[i].key =
                arena_fmt(&w->arena, "%.*s.%lld", STR_ARG(r->actors[i].key), (long long)w->id);
}

static void after_read(struct stage_hooks *hooks, struct lang_reading *reading)
{
    mark_unnamed(work_of(hooks), reading);
    decisions_on_actors(work_of(hooks), reading);
}

static bool is_dismissed(const struct store_story *story, struct str issue)
{
    for (size_t i = 0; i < story->n_dismissed_issues; i++)
        if (str_eq(story->dismissed_issues[i], issue))
            return true;
    for (size_t i = 0; i < story->n_issues; i++)
        if (str_eq(story->issues[i].id, issue))
            return true;
    return false;
}

/* Those by persons, then the engine's proposals that nobody dismissed or rewrote. */
static void after_issues(struct stage_hooks *hooks, struct lang_issues *proposed)
{
    struct story_work *w = work_of(hooks);
    struct lang_issues all = {0};
    all.v = arena_array(&w->arena, w->story.n_issues + proposed->n + 1, sizeof *all.v);
    for (size_t i = 0; i < w->story.n_issues; i++) {
        struct lang_issue issue = w->story.issues[i];
        if (issue.sort == ISSUE_SORT_COUNT)
            issue.sort = lang_issue_sort(issue.title);
        all.v[all.n++] = issue;
    }
    for (size_t i = 0; i < proposed->n; i++)
        if (!is_dismissed(&w->story, proposed->v[i].id))
            all.v[all.n++] = proposed->v[i];
    *proposed = all;
}

static bool settle_statements(struct stage_hooks *hooks, size_t article, struct err *err)
{
    struct story_work *w = work_of(hooks);
    const struct store_article *from = &w->story.articles[article];
    w->articles[article] = (struct compare_article){.id = from->id,
                                                    .outlet = from->outlet,
                                                    .title = from->title,
                                                    .published = from->published,
                                                    .url = from->url,
                                                    .notice = from->notice,
                                                    .reviewed = from->reviewed,
                                                    .reading = &w->stages.readings[article]};
    return decisions_on_statements(w, article, err);
}

static void after_positions(struct stage_hooks *hooks, size_t article)
{
    decisions_on_positions(work_of(hooks), article);
}

static void set_stages(struct story_work *w, int64_t story)
{
    size_t n = w->story.n_articles;
    struct lang_article *articles = arena_array(&w->arena, n + 1, sizeof *articles);
    struct str *attributions = arena_array(&w->arena, n + 1, sizeof *attributions);
    for (size_t i = 0; i < n; i++) {
        articles[i] = article_of(&w->story.articles[i]);
        attributions[i] = w->story.articles[i].attributions;
    }
    w->articles = arena_array(&w->arena, n + 1, sizeof *w->articles);
    w->input = (struct compare_input){.story_id = story,
                                      .title = w->story.title,
                                      .articles = w->articles,
                                      .n_articles = n,
                                      .stored = true,
                                      .verdicts = w->story.verdicts,
                                      .n_verdicts = w->story.n_verdicts};
    w->hooks = (struct stage_hooks){after_draft, after_read, after_issues, settle_statements,
                                    after_positions};
    w->stages = (struct stages){.run = w->run,
                                .articles = articles,
                                .attributions = attributions,
                                .n = n,
                                .hooks = &w->hooks,
                                .input = &w->input};
}

bool story_compare(struct story_work *w, bool *stale, struct err *err)
{
    if (!store_story_load(w->store, &w->arena, w->id, &w->story, err))
        return false;
    if (stale && !(*stale = w->story.stale > 0))
        return true;
    w->run = lang_run_create();
    for (size_t i = 0; i < w->story.n_known; i++)
        lang_run_know(w->run, &w->story.known[i]);
    set_stages(w, w->id);
    if (!stages_run(&w->stages, &w->arena, err))
        return false;
    decisions_on_conflicts(w, &w->stages.comparison);
    return true;
}

void story_begin(struct story_work *w, struct store *store, int64_t story)
{
    *w = (struct story_work){.store = store, .id = story};
    store_story_lock(store, story);
}

bool story_try(struct story_work *w, struct store *store, int64_t story)
{
    *w = (struct story_work){.store = store, .id = story};
    return store_story_try(store, story);
}

bool story_save(struct story_work *w, struct err *err)
{
    return store_story_save(w->store, &w->story, &w->stages.comparison, err);
}

void story_end(struct story_work *w)
{
    store_story_unlock(w->store, w->id);
    if (w->run)
        lang_run_destroy(w->run);
    arena_finish(&w->arena);
}

bool ingest_story(struct store *store, int64_t story, struct err *err)
{
    struct story_work w;
    story_begin(&w, store, story);
    bool ok = story_compare(&w, NULL, err) && story_save(&w, err);
    story_end(&w);
    return ok;
}

void ingest_tidy(void)
{
    malloc_trim(0);
}
