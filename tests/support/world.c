/* See world.h. */
#include "support/world.h"

#include "store/db/db.h"
#include "support/address.h"

#include <stdio.h>
#include <string.h>

size_t world_random(struct world *w, size_t n)
{
    w->state ^= w->state << 13;
    w->state ^= w->state >> 7;
    w->state ^= w->state << 17;
    return (size_t)((w->state >> 11) % n);
}

/* ------------------------------------------------------------------------------------- reports */

static const struct event {
    const char *title, *lead;
    const char *said[10];
} events[] = {
    {"Selby council argues over a toll on lorries",
     "The council of Selby argued on Monday over a toll on lorries that use the old bridge.",
     {"\"We must introduce the toll on lorries this year,\" said Mara Holt, mayor of Selby.",
      "Mayor Mara Holt said the council must introduce the toll on lorries.",
      "Jonas Reed, leader of the Hauliers' League, rejected the toll on lorries. \"It would ruin "
      "every small firm in the valley,\" he said.",
      "The Hauliers' League opposes the toll on lorries, Jonas Reed said.",
      "Finance minister Otto Brandt supports the toll on lorries, according to the Selby Gazette.",
      "\"The bridge carries 900 lorries a day,\" said engineer Ada Quill.",
      "Engineer Ada Quill said the bridge carried 1,200 lorries a day.",
      "Holt said on Sunday that she would resign if the council refused the toll.",
      "Reed denied that his league had threatened to block the bridge.",
      "A spokesman for the council said the vote would take place on 14 March."}},
    {"Night ferry to Marrow Island may end",
     "The night ferry to Marrow Island may end in autumn, the shipping line said on Tuesday.",
     {"\"We will end the night ferry in autumn,\" said Lena Moor, director of Moor Lines.",
      "Director Lena Moor said the line would end the night ferry in autumn.",
      "Islanders demand that the night ferry must stay. \"Without it the clinic has to close,\" "
      "said "
      "doctor Ivo Stern.",
      "Ivo Stern, a doctor on the island, said the clinic would have to close without the night "
      "ferry.",
      "Transport minister Greta Vance opposes an end of the night ferry, her office said.",
      "\"The state should buy the night ferry,\" Vance told reporters in Selby.",
      "Moor denied reports that the ship had been sold to a Norwegian firm.",
      "The union of seafarers said 40 people would lose their jobs.",
      "Lena Moor said 25 people would lose their jobs.",
      "Stern called the plan \"a disgrace for the whole coast\"."}},
};
static const char *const outlets[] = {"Selby Gazette", "Valley Post", "Coast Wire", "Morning Bell"};

static void write_report(struct world *w, struct buf *out, const struct event *e)
{
    size_t n = 3 + world_random(w, 4), first = world_random(w, 10),
           step = 1 + 2 * world_random(w, 2);
    buf_fmt(out, "%s\n\n%s\n\n", e->title, e->lead);
    for (size_t i = 0; i < n; i++)
        buf_fmt(out, "%s\n\n", e->said[(first + i * step) % 10]);
}

/* One after the other, so that a seed gives the same every time. */
static void compare_stale(struct store *store)
{
    struct err err = {0};
    int64_t story = 0, articles = 0;
    while (store_story_stale(store, &story, &articles, &err) && story)
        ck_assert_msg(ingest_story(store, story, &err), "%s", err.message);
    ck_assert_msg(!err.kind, "%s", err.message);
}

void world_bring(struct world *w, bool again)
{
    struct err err = {0};
    struct buf text = {0};
    struct ingest_result result;
    char url[64], published[40];
    const struct event *e = &events[world_random(w, 2)];
    int number = again && w->articles ? (int)world_random(w, (size_t)w->articles) : w->articles++;
    write_report(w, &text, e);
    snprintf(url, sizeof url, "http://report.example/%d", number);
    snprintf(published, sizeof published, "2025-03-%02dT08:00:00Z", 3 + number % 20);
    struct ingest_source source = {.bytes = buf_str(&text),
                                   .type = PAGE_TEXT,
                                   .url = str_of(url),
                                   .outlet = str_of(outlets[number % 4]),
                                   .published = str_of(published)};
    ck_assert_msg(ingest_page(w->stored->store, &source, &result, &err), "%s", err.message);
    compare_stale(w->stored->store);
    buf_finish(&text);
}

/* ------------------------------------------------------------------------------------ snapshot */

/* Times of changes are left out: they alone may differ. */
struct timeless {
    struct row_sink sink;
    struct row_ndjson rows;
};

static void begin(struct row_sink *sink)
{
    struct timeless *t = (struct timeless *)sink;
    t->rows.sink.begin(&t->rows.sink);
}

static void value(struct row_sink *sink, const char *name, const struct row_value *v)
{
    struct timeless *t = (struct timeless *)sink;
    if (strcmp(name, "updated") != 0)
        t->rows.sink.value(&t->rows.sink, name, v);
}

static void end(struct row_sink *sink)
{
    struct timeless *t = (struct timeless *)sink;
    t->rows.sink.end(&t->rows.sink);
}

static void add_item(struct stored *s, struct store_query query, struct buf *out)
{
    struct err err = {0};
    struct timeless t = {{NULL, begin, value, end}, row_ndjson_make(out)};
    ck_assert_msg(store_item(s->store, &query, &t.sink, &err), "%s", err.message);
}

static void add_items(struct stored *s, enum store_noun noun, const char *sql, struct buf *out)
{
    struct err err = {0};
    struct arena a = {0};
    struct db *db = store_read_begin(s->store, 0, &err);
    struct query q = query_begin(db, sql);
    struct store_query *all = NULL;
    size_t n = 0, cap = 0;
    while (query_step(&q)) {
        all = arena_grow(&a, all, n, &cap, sizeof *all);
        all[n++] = (struct store_query){
            .noun = noun, .id = query_get_int(&q, 0), .key = query_get_str(&q, 1, &a)};
    }
    ck_assert_msg(query_end(&q, &err), "%s", err.message);
    store_read_end(s->store, db);
    for (size_t i = 0; i < n; i++) {
        add_item(s, all[i], out);
        if (noun == NOUN_STORY &&
            !store_comparison(s->store, all[i].id, (struct compare_form){OFFSET_CODE_POINTS, false},
                              out, &err))
            ck_abort_msg("%s", err.message);
        buf_char(out, '\n');
    }
    arena_finish(&a);
}

struct buf world_snapshot(struct stored *s)
{
    static const enum store_noun nouns[] = {
        NOUN_STORY,    NOUN_ARTICLE,   NOUN_OUTLET,   NOUN_ACTOR,    NOUN_ISSUE,     NOUN_STATEMENT,
        NOUN_POSITION, NOUN_UTTERANCE, NOUN_CONFLICT, NOUN_TIMELINE, NOUN_ACTOR_LIST};
    struct buf out = {0};
    struct err err = {0};
    for (size_t i = 0; i < sizeof nouns / sizeof *nouns; i++) {
        struct timeless t = {{NULL, begin, value, end}, row_ndjson_make(&out)};
        struct store_query query = {.noun = nouns[i]};
        buf_fmt(&out, "## noun %d\n", (int)nouns[i]);
        ck_assert_msg(store_list_all(s->store, &query, &t.sink, &err), "%s", err.message);
    }
    add_items(s, NOUN_STORY, "SELECT id, '' FROM stories WHERE articles > 0 ORDER BY id", &out);
    add_items(s, NOUN_ACTOR, "SELECT 0, key FROM actors WHERE stories > 0 ORDER BY key", &out);
    add_items(s, NOUN_ISSUE,
              "SELECT 0, key FROM issues i WHERE EXISTS (SELECT 1 FROM story_issues t"
              " WHERE t.issue = i.key) ORDER BY key",
              &out);
    return out;
}

/* ------------------------------------------------------------------------------------ dangling */

static const struct {
    const char *what, *sql;
} checks[] = {
    {"positions on an issue that their story does not have",
     "SELECT p.id FROM positions p WHERE NOT EXISTS (SELECT 1 FROM story_issues t WHERE t.story ="
     " p.story AND t.issue = p.issue)"},
    {"sides of statements on an issue that their story does not have",
     "SELECT p.statement FROM statement_positions p JOIN statements st ON st.id = p.statement"
     " WHERE st.story > 0 AND NOT EXISTS (SELECT 1 FROM story_issues t WHERE t.story = st.story AND"
     " t.issue = p.issue)"},
    {"positions without a statement",
     "SELECT p.id FROM positions p WHERE NOT EXISTS (SELECT 1 FROM position_statements e WHERE"
     " e.position = p.id)"},
    {"positions that rest on what was rejected, or stands elsewhere",
     "SELECT p.id FROM positions p JOIN position_statements e ON e.position = p.id JOIN statements"
     " st ON st.id = e.statement WHERE st.status = 'rejected' OR st.story <> p.story"},
    {"utterances without a statement",
     "SELECT u.id FROM utterances u WHERE NOT EXISTS (SELECT 1 FROM statements st WHERE"
     " st.utterance = u.id)"},
    {"statements of an utterance that is not there",
     "SELECT st.id FROM statements st WHERE st.utterance IS NOT NULL AND NOT EXISTS (SELECT 1 FROM"
     " utterances u WHERE u.id = st.utterance AND u.story = st.story)"},
    {"statements without an utterance",
     "SELECT st.id FROM statements st WHERE st.status <> 'rejected' AND st.utterance IS NULL"},
    {"statements of another story than their article",
     "SELECT st.id FROM statements st JOIN articles a ON a.id = st.article WHERE a.story <>"
     " st.story"},
    {"places of conflicts in articles of other stories",
     "SELECT c.id FROM conflicts c JOIN conflict_spans b ON b.conflict = c.id JOIN articles a ON"
     " a.id = b.article WHERE a.story <> c.story"},
    {"speakers that their story does not name",
     "SELECT st.id FROM statements st WHERE st.story > 0 AND st.speaker IS NOT NULL AND st.status "
     "<>"
     " 'rejected' AND NOT EXISTS (SELECT 1 FROM story_actors t WHERE t.story = st.story AND "
     "t.actor ="
     " st.speaker)"},
    {"actors counted wrongly",
     "SELECT x.name FROM actors x WHERE x.stories <> (SELECT count(*) FROM story_actors t WHERE"
     " t.actor = x.key)"},
    {"stories counted wrongly",
     "SELECT s.id FROM stories s WHERE s.id > 0 AND s.articles <> (SELECT count(*) FROM articles a"
     " WHERE a.story = s.id)"},
    {"rows of stories that are empty",
     "SELECT s.id FROM stories s WHERE s.articles = 0 AND s.id > 0 AND (EXISTS (SELECT 1 FROM"
     " positions p WHERE p.story = s.id) OR EXISTS (SELECT 1 FROM utterances u WHERE u.story = "
     "s.id)"
     " OR EXISTS (SELECT 1 FROM story_actors t WHERE t.story = s.id) OR EXISTS (SELECT 1 FROM"
     " conflicts c WHERE c.story = s.id))"},
    /* The last: a database server looks after references itself. */
    {"references to nothing", "SELECT \"table\" || rowid FROM pragma_foreign_key_check"},
};

struct str world_dangling(struct stored *s, struct arena *a)
{
    struct err err = {0};
    struct buf out = {0};
    struct db *db = store_read_begin(s->store, 0, &err);
    size_t n = sizeof checks / sizeof *checks - !address_is_file();
    for (size_t i = 0; i < n; i++) {
        struct query q = query_begin(db, checks[i].sql);
        while (query_step(&q))
            buf_fmt(&out, "%s: %.*s\n", checks[i].what, STR_ARG(query_peek_str(&q, 0)));
        ck_assert_msg(query_end(&q, &err), "%s: %s", checks[i].what, err.message);
    }
    store_read_end(s->store, db);
    struct str found = arena_str(a, buf_str(&out));
    buf_finish(&out);
    return found;
}
