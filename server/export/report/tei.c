/* TEI P5: the wordings of each act of saying as a critical apparatus whose witnesses are the
 * articles. The fullest wording is the lemma, the others are readings, in the order of their
 * publication; a witness that does not have it is a reading without words, with the cause. */
#include "export/article/article.h"

#include "base/map.h"

struct edition {
    struct export_job *job;
    struct arena all;
    struct map actors;
    uint32_t n_actors;
    struct err *err;
};

static void element(struct buf *out, const char *name, struct str text)
{
    if (!text.n)
        return;
    buf_fmt(out, "<%s>", name);
    export_xml(out, text);
    buf_fmt(out, "</%s>", name);
}

static void write_witnesses(struct edition *e, const cJSON *articles)
{
    struct buf *out = e->job->out;
    const cJSON *a;
    buf_add(out, S("<sourceDesc>"));
    if (cJSON_GetArraySize(articles))
        buf_add(out, S("<listWit>\n"));
    else
        buf_add(out, S("<p>There are no articles.</p>"));
    cJSON_ArrayForEach(a, articles) {
        struct str day = str_slice(tree_text(a, "published"), 0, 10), url = tree_text(a, "url");
        buf_fmt(out, "<witness xml:id=\"a%lld\"><bibl>", (long long)tree_int(a, "id"));
        element(out, "publisher", tree_text(a, "outlet"));
        element(out, "title", tree_text(a, "title"));
        element(out, "author", tree_text(a, "byline"));
        if (day.n)
            buf_fmt(out, "<date when=\"%.*s\"/>", STR_ARG(day));
        if (url.n) {
            buf_add(out, S("<ptr target=\""));
            export_xml(out, url);
            buf_add(out, S("\"/>"));
        }
        buf_add(out, S("</bibl></witness>\n"));
    }
    buf_add(out,
            cJSON_GetArraySize(articles) ? S("</listWit></sourceDesc>\n") : S("</sourceDesc>\n"));
}

/* Everybody who says something and did not in a text before, numbered. */
static void write_speakers(struct edition *e, const cJSON *sayings)
{
    struct buf *out = e->job->out;
    const cJSON *u;
    bool any = false;
    cJSON_ArrayForEach(u, sayings) {
        struct str key = tree_text(u, "speaker");
        uint32_t *at = map_at(&e->all, &e->actors, str_hash(key));
        if (!key.n || *at)
            continue;
        *at = ++e->n_actors;
        buf_add(out, any ? S("") : S("<profileDesc><particDesc><listPerson>\n"));
        any = true;
        buf_fmt(out, "<person xml:id=\"p%u\"><persName>", *at);
        export_xml(out, tree_text(u, "speaker_name"));
        buf_add(out, S("</persName><idno type=\"synoptic\">"));
        export_xml(out, key);
        buf_add(out, S("</idno></person>\n"));
    }
    buf_add(out, any ? S("</listPerson></particDesc></profileDesc>\n") : S(""));
}

static void write_reading(struct edition *e, const cJSON *s, bool lemma)
{
    struct buf *out = e->job->out;
    struct str variant = tree_text(s, "variant");
    struct arena a = {0};
    buf_fmt(out, "<%s wit=\"#a%lld\" xml:id=\"s%lld\"", lemma ? "lem" : "rdg",
            (long long)tree_int(s, "article"), (long long)tree_int(s, "id"));
    if (variant.n && !lemma)
        buf_fmt(out, " type=\"%.*s\"", STR_ARG(variant));
    buf_char(out, '>');
    export_xml(out, tree_words(&a, tree_get(s, "content")));
    buf_add(out, lemma ? S("</lem>") : S("</rdg>"));
    arena_finish(&a);
}

/* The longest of the verbatim ones, else the longest. */
static const cJSON *fullest(const cJSON *statements)
{
    const cJSON *best = NULL, *s;
    size_t most = 0;
    struct arena a = {0};
    cJSON_ArrayForEach(s, statements) {
        size_t n = 2 * tree_words(&a, tree_get(s, "content")).n +
                   (str_eq(tree_text(s, "kind"), S("direct")) ? 1 : 0);
        if (!best || n > most) {
            best = s;
            most = n;
        }
    }
    arena_finish(&a);
    return best;
}

static void write_saying(struct edition *e, const cJSON *u)
{
    struct buf *out = e->job->out;
    const cJSON *s, *lemma = fullest(tree_get(u, "statements"));
    uint32_t who = map_get(&e->actors, str_hash(tree_text(u, "speaker")), 0);
    struct str on = tree_text(u, "said_on");
    if (!lemma)
        return;
    buf_fmt(out, "<p xml:id=\"u%lld\">", (long long)tree_int(u, "id"));
    if (on.n)
        buf_fmt(out, "<date when=\"%.*s\"/>", STR_ARG(on));
    if (who && tree_text(u, "speaker").n)
        buf_fmt(out, "<said who=\"#p%u\"><app>", who);
    else
        buf_add(out, S("<said><app>"));
    write_reading(e, lemma, true);
    cJSON_ArrayForEach(s, tree_get(u, "statements"))
        if (s != lemma)
            write_reading(e, s, false);
    cJSON_ArrayForEach(s, tree_get(u, "absent"))
        buf_fmt(out, "<rdg wit=\"#a%lld\" type=\"absent\" cause=\"%.*s\"/>",
                (long long)tree_int(s, "article"), STR_ARG(tree_text(s, "why")));
    buf_add(out, S("</app></said></p>\n"));
}

static void write_edition(struct edition *e, struct str title, const cJSON *articles,
                          const cJSON *sayings)
{
    struct buf *out = e->job->out;
    const cJSON *u;
    buf_add(
        out,
        S("<TEI xmlns=\"http://www.tei-c.org/ns/1.0\"><teiHeader><fileDesc><titleStmt><title>"));
    export_xml(out, title);
    buf_add(out, S("</title></titleStmt><publicationStmt><p>Made by synoptic " SYNOPTIC_VERSION
                   " from the articles named as witnesses.</p></publicationStmt>\n"));
    write_witnesses(e, articles);
    buf_add(out, S("</fileDesc><encodingDesc><variantEncoding method=\"parallel-segmentation\" "
                   "location=\"internal\"/></encodingDesc>\n"));
    write_speakers(e, sayings);
    buf_add(out, S("</teiHeader><text><body>\n"));
    if (!cJSON_GetArraySize(sayings))
        buf_add(out, S("<p/>"));
    cJSON_ArrayForEach(u, sayings)
        write_saying(e, u);
    buf_add(out, S("</body></text></TEI>\n"));
}

static bool write_story(struct edition *e, const cJSON *story)
{
    struct store_query query = {.noun = NOUN_ARTICLE, .filter = {.story = tree_int(story, "id")}};
    cJSON *articles = tree_rows(e->job, &query, e->err), *sayings = NULL;
    query.noun = NOUN_UTTERANCE;
    query.filter.actor = e->job->query.filter.actor;
    query.filter.issue = e->job->query.filter.issue;
    if (articles)
        sayings = tree_rows(e->job, &query, e->err);
    if (sayings)
        write_edition(e, tree_text(story, "title"), articles, sayings);
    cJSON_Delete(articles);
    cJSON_Delete(sayings);
    return sayings && export_flush(e->job, e->err);
}

/* A text for each story. */
bool export_tei(struct export_job *job, struct err *err)
{
    struct edition e = {.job = job, .err = err};
    struct store_query query = {.noun = NOUN_STORY, .filter = {0}};
    int64_t only = job->query.filter.story;
    cJSON *stories = tree_rows(job, &query, err);
    const cJSON *story;
    bool ok = stories != NULL;
    buf_add(job->out, S("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                        "<teiCorpus xmlns=\"http://www.tei-c.org/ns/1.0\"><teiHeader><fileDesc>"
                        "<titleStmt><title>synoptic</title></titleStmt><publicationStmt><p>Made by "
                        "synoptic " SYNOPTIC_VERSION ".</p></publicationStmt><sourceDesc><p>See "
                        "each text.</p></sourceDesc></fileDesc></teiHeader>\n"));
    cJSON_ArrayForEach(story, stories) {
        if (ok && (!only || tree_int(story, "id") == only))
            ok = write_story(&e, story);
    }
    buf_add(job->out, S("</teiCorpus>\n"));
    cJSON_Delete(stories);
    arena_finish(&e.all);
    return ok;
}
