/* A story from its stored texts to its kept comparison. */
#include "ingest/story/story.h"

#include <malloc.h>

static struct lang_article article_of(const struct store_article *from)
{
    return (struct lang_article){.title = from->title,
                                 .subtitle = from->subtitle,
                                 .text = from->text,
                                 .outlet = from->outlet,
                                 .language = from->language,
                                 .published = from->published};
}

/* What has to be found anew is kept for the next time. */
static struct lang_draft *draft_of(struct story_work *w, const struct lang_article *article,
                                   struct store_article *stored)
{
    struct lang_draft *draft = lang_draft(&w->arena, article, stored->attributions);
    if (!lang_draft_stored(draft)) {
        stored->attributions = lang_draft_attributions(draft, &w->arena);
        stored->attributions_new = stored->attributions.n > 0;
    }
    return draft;
}

/* All articles are surveyed before any is read, so that names agree. */
static void read_articles(struct story_work *w)
{
    struct lang_run *run = w->run;
    size_t n = w->story.n_articles;
    struct lang_article *articles = arena_array(&w->arena, n + 1, sizeof *articles);
    struct lang_draft **drafts = arena_array(&w->arena, n + 1, sizeof *drafts);
    w->readings = arena_array(&w->arena, n + 1, sizeof *w->readings);
    for (size_t i = 0; i < w->story.n_known; i++)
        lang_run_know(run, &w->story.known[i]);
    for (size_t i = 0; i < n; i++) {
        articles[i] = article_of(&w->story.articles[i]);
        drafts[i] = draft_of(w, &articles[i], &w->story.articles[i]);
        lang_run_survey(run, drafts[i]);
    }
    for (size_t i = 0; i < n; i++) {
        lang_read(run, &w->arena, drafts[i], &w->readings[i]);
        lang_part_statements(&w->arena, &w->readings[i]);
        keep_actors(w, &w->readings[i]);
    }
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
static void find_issues(struct story_work *w)
{
    struct lang_issues proposed = {0};
    lang_propose_issues(&w->arena, w->readings, w->story.n_articles, &proposed);
    w->issues.v = arena_array(&w->arena, w->story.n_issues + proposed.n + 1, sizeof *w->issues.v);
    for (size_t i = 0; i < w->story.n_issues; i++) {
        w->issues.v[w->issues.n] = w->story.issues[i];
        w->issues.v[w->issues.n++].sort = lang_issue_sort(w->story.issues[i].title);
    }
    for (size_t i = 0; i < proposed.n; i++)
        if (!is_dismissed(&w->story, proposed.v[i].id))
            w->issues.v[w->issues.n++] = proposed.v[i];
}

static bool describe_articles(struct story_work *w, struct err *err)
{
    size_t n = w->story.n_articles;
    w->articles = arena_array(&w->arena, n + 1, sizeof *w->articles);
    for (size_t i = 0; i < n; i++) {
        const struct store_article *from = &w->story.articles[i];
        w->articles[i] = (struct compare_article){.id = from->id,
                                                  .outlet = from->outlet,
                                                  .title = from->title,
                                                  .published = from->published,
                                                  .url = from->url,
                                                  .notice = from->notice,
                                                  .reviewed = from->reviewed,
                                                  .reading = &w->readings[i]};
        if (!keep_statements(w, i, err))
            return false;
        lang_take_positions(&w->arena, &w->issues, &w->readings[i]);
        keep_positions(w, i);
    }
    return true;
}

static bool compare(struct story_work *w, int64_t story, struct err *err)
{
    if (!store_story_load(w->store, &w->arena, story, &w->story, err))
        return false;
    read_articles(w);
    find_issues(w);
    if (!describe_articles(w, err))
        return false;
    w->input = (struct compare_input){.story_id = story,
                                      .title = w->story.title,
                                      .articles = w->articles,
                                      .n_articles = w->story.n_articles,
                                      .issues = &w->issues,
                                      .verdicts = w->story.verdicts,
                                      .n_verdicts = w->story.n_verdicts};
    compare_story(&w->arena, &w->input, &w->comparison);
    keep_conflicts(w, &w->comparison);
    return true;
}

bool story_compare(struct story_work *w, struct store *store, int64_t story, struct err *err)
{
    *w = (struct story_work){.store = store, .run = lang_run_create(), .id = story};
    store_story_lock(store, story);
    return compare(w, story, err);
}

bool story_keep(struct story_work *w, struct err *err)
{
    return store_story_save(w->store, &w->story, &w->comparison, err);
}

void story_end(struct story_work *w)
{
    store_story_unlock(w->store, w->id);
    lang_run_destroy(w->run);
    arena_finish(&w->arena);
}

bool ingest_story(struct store *store, int64_t story, struct err *err)
{
    struct story_work w;
    bool ok = story_compare(&w, store, story, err) && story_keep(&w, err);
    story_end(&w);
    return ok;
}

void ingest_tidy(void)
{
    malloc_trim(0);
}
