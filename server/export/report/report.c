/* The walk through the stories of a report: see report.h. */
#include "export/report/report.h"

#include <string.h>

struct walk {
    struct export_job *job;
    const struct report_writer *to;
    struct arena one; /* of the story */
    int64_t story;
    struct err *err;
};

static void heading(struct walk *w, int level, struct str text)
{
    w->to->heading(w->job->out, level, text);
}

static cJSON *rows(struct walk *w, enum store_noun noun)
{
    struct store_query query = {.noun = noun, .filter = w->job->query.filter};
    query.filter.story = w->story;
    return tree_rows(w->job, &query, w->err);
}

static struct str or_else(struct str text, const char *otherwise)
{
    return text.n ? text : str_of(otherwise);
}

static bool write_articles(struct walk *w)
{
    cJSON *articles = rows(w, NOUN_ARTICLE);
    const cJSON *a;
    if (cJSON_GetArraySize(articles))
        heading(w, 2, S("Reports"));
    cJSON_ArrayForEach(a, articles) {
        struct str day = str_slice(tree_text(a, "published"), 0, 10);
        struct str line =
            arena_fmt(&w->one, "%.*s: %.*s%s%.*s", STR_ARG(or_else(tree_text(a, "outlet"), "?")),
                      STR_ARG(tree_text(a, "title")), day.n ? ", " : "", STR_ARG(day));
        w->to->item(w->job->out, line, tree_text(a, "url"));
    }
    cJSON_Delete(articles);
    return articles != NULL;
}

/* The page on which the statement stands. */
static struct str link_to(struct walk *w, int64_t statement)
{
    return w->job->base ? arena_fmt(&w->one, "%s/story/%lld?s=%lld", w->job->base,
                                    (long long)w->story, (long long)statement)
                        : S("");
}

static void write_quote(struct walk *w, const cJSON *s)
{
    struct str words = tree_text(s, "words"), day = str_slice(tree_text(s, "published"), 0, 10);
    if (!words.n)
        words = tree_words(&w->one, tree_get(s, "content"));
    int64_t id = tree_int(s, "statement") ? tree_int(s, "statement") : tree_int(s, "id");
    struct str source =
        arena_fmt(&w->one, "%.*s%s%.*s", STR_ARG(or_else(tree_text(s, "outlet"), "?")),
                  day.n ? ", " : "", STR_ARG(day));
    w->to->quote(w->job->out, words, source, link_to(w, id));
}

static struct str position_line(struct walk *w, const cJSON *p)
{
    struct str since = tree_text(p, "since"), was = tree_text(p, "was"),
               condition = tree_text(p, "condition");
    return arena_fmt(&w->one, "%.*s: %.*s%s%.*s%s%.*s%s%.*s%s", STR_ARG(tree_text(p, "name")),
                     STR_ARG(tree_text(p, "stance")), condition.n ? ", if " : "",
                     STR_ARG(condition), since.n ? ", since " : "", STR_ARG(since),
                     was.n ? ", before that " : "", STR_ARG(was),
                     cJSON_IsTrue(tree_get(p, "disputed")) ? " (outlets disagree)" : "");
}

static bool is_of(const cJSON *row, const char *issue, const char *actor, const cJSON *position)
{
    return str_eq(tree_text(row, issue), tree_text(position, "issue")) &&
           str_eq(tree_text(row, actor), tree_text(position, "actor"));
}

static void write_issue(struct walk *w, struct str key, const cJSON *positions,
                        const cJSON *stances)
{
    const cJSON *p, *s;
    bool headed = false;
    cJSON_ArrayForEach(p, positions) {
        if (!str_eq(tree_text(p, "issue"), key))
            continue;
        if (!headed)
            heading(w, 3, tree_text(p, "title"));
        headed = true;
        heading(w, 4, position_line(w, p));
        cJSON_ArrayForEach(s, stances) {
            if (is_of(s, "issue", "speaker", p))
                write_quote(w, s);
        }
    }
}

static bool write_issues(struct walk *w)
{
    cJSON *issues = rows(w, NOUN_ISSUE), *positions = rows(w, NOUN_POSITION),
          *stances = rows(w, NOUN_STANCE);
    bool ok = issues && positions && stances;
    const cJSON *issue;
    if (ok && cJSON_GetArraySize(positions))
        heading(w, 2, S("Positions"));
    cJSON_ArrayForEach(issue, issues) {
        if (ok)
            write_issue(w, tree_text(issue, "id"), positions, stances);
    }
    cJSON_Delete(issues);
    cJSON_Delete(positions);
    cJSON_Delete(stances);
    return ok;
}

/* Every act of saying with the wordings of its outlets. */
static bool write_sayings(struct walk *w)
{
    cJSON *sayings = rows(w, NOUN_UTTERANCE);
    const cJSON *u, *s;
    if (cJSON_GetArraySize(sayings))
        heading(w, 2, S("What was said"));
    cJSON_ArrayForEach(u, sayings) {
        struct str on = tree_text(u, "said_on");
        heading(w, 3,
                arena_fmt(&w->one, "%.*s%s%.*s",
                          STR_ARG(or_else(tree_text(u, "speaker_name"), "Speaker not known")),
                          on.n ? ", " : "", STR_ARG(on)));
        cJSON_ArrayForEach(s, tree_get(u, "statements"))
            write_quote(w, s);
    }
    cJSON_Delete(sayings);
    return sayings != NULL;
}

static bool write_conflicts(struct walk *w)
{
    cJSON *conflicts = rows(w, NOUN_CONFLICT);
    const cJSON *c, *s;
    bool headed = false;
    cJSON_ArrayForEach(c, conflicts) {
        if (str_eq(tree_text(c, "status"), S("dismissed")))
            continue;
        if (!headed)
            heading(w, 2, S("Conflicts"));
        headed = true;
        heading(w, 3, tree_text(c, "note"));
        cJSON_ArrayForEach(s, tree_get(c, "spans")) {
            struct str around =
                arena_fmt(&w->one, "…%.*s%.*s%.*s…", STR_ARG(tree_text(s, "prefix")),
                          STR_ARG(tree_text(s, "exact")), STR_ARG(tree_text(s, "suffix")));
            w->to->quote(w->job->out, around, or_else(tree_text(s, "outlet"), "?"), S(""));
        }
    }
    cJSON_Delete(conflicts);
    return conflicts != NULL;
}

/* How far people have been through what the program read. */
static void write_reviewed(struct walk *w, const cJSON *story)
{
    const cJSON *share = tree_get(story, "reviewed");
    double percent = cJSON_IsNumber(share) ? 100 * share->valuedouble : 0;
    w->to->item(w->job->out,
                arena_fmt(&w->one, "%.0f %% of the statements were reviewed by a person", percent),
                (struct str){0});
}

static bool write_story(struct walk *w, const cJSON *story)
{
    arena_reset(&w->one);
    w->story = tree_int(story, "id");
    heading(w, 1, or_else(tree_text(story, "title"), "Story without a title"));
    write_reviewed(w, story);
    bool narrow = filter_is_narrow(&w->job->query.filter);
    return write_articles(w) && write_issues(w) && (narrow || write_sayings(w)) &&
           (narrow || write_conflicts(w)) && export_flush(w->job, w->err);
}

/* The stories, or the one that is asked for, or that of the article. */
static cJSON *stories(struct walk *w)
{
    struct store_query query = {.noun = NOUN_STORY, .filter = w->job->query.filter};
    int64_t only = w->job->query.filter.story;
    query.filter.story = 0;
    cJSON *all = tree_rows(w->job, &query, w->err), *one = all ? all->child : NULL;
    while (one) {
        cJSON *next = one->next;
        if (only && tree_int(one, "id") != only)
            cJSON_Delete(cJSON_DetachItemViaPointer(all, one));
        one = next;
    }
    return all;
}

bool report_write(struct export_job *job, const struct report_writer *writer, struct err *err)
{
    struct walk w = {.job = job, .to = writer, .err = err};
    cJSON *all = stories(&w);
    const cJSON *story;
    bool ok = all != NULL;
    bool one = cJSON_GetArraySize(all) == 1;
    writer->begin(job->out, one ? tree_text(cJSON_GetArrayItem(all, 0), "title") : S("synoptic"));
    cJSON_ArrayForEach(story, all)
        ok = ok && write_story(&w, story);
    writer->end(job->out);
    cJSON_Delete(all);
    arena_finish(&w.one);
    return ok;
}
