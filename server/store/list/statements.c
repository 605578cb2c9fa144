/* Statements and utterances as rows. */
#include "store/list/fragments.h"
#include "store/list/list.h"

#define STATEMENT_COLUMNS                                                                          \
    "SELECT st.id, st.article, st.story, (SELECT o.name FROM outlets o WHERE o.id = a.outlet)"     \
    " AS outlet, a.title, a.published, st.kind, st.speaker,"                                       \
    " (SELECT x.name FROM actors x WHERE x.key = st.speaker) AS speaker_name, st.via, st.channel," \
    " st.said_on, span_lines" STATEMENT_SPANS " AS \"source:0\", NULL AS \"cue:1\","               \
    " NULL AS \"content:2\", NULL AS \"context:3\", st.confidence, st.rule,"                       \
    " st.status, st.utterance, st.variant, " STATEMENT_POSITIONS " AS \"positions:json\""
#define STATEMENT_FROM " FROM statements st JOIN articles a ON a.id = st.article WHERE"
/* Rejected statements are shown only when asked for. */
#define STATEMENT_WHERE                                                                            \
    " st.story > 0 AND (st.status = :status OR (:status IS NULL AND st.status <> 'rejected'))"     \
    " AND (:kind IS NULL OR st.kind = :kind) AND st.confidence >= :confidence"
#define STATEMENT_ACTOR " AND (:actor IS NULL OR " SPEAKER_IS_ACTOR ")"
#define STATEMENT_ISSUE                                                                            \
    " AND ((:issue IS NULL AND :stance IS NULL) OR EXISTS (SELECT 1 FROM statement_positions f"    \
    " WHERE f.statement = st.id AND (:issue IS NULL OR f.issue = :issue)"                          \
    " AND (:stance IS NULL OR f.stance = :stance)))"
#define STATEMENT_OUTLET " AND (:outlet IS NULL OR a.outlet = :outlet)"
#define STATEMENT_PAGE                                                                             \
    " AND (st.article, st.start, st.id) > (coalesce(:c0, 0), coalesce(:c1, 0), coalesce(:c2, 0))"  \
    " ORDER BY st.article, st.start, st.id LIMIT :limit"
#define STATEMENT_LIST                                                                             \
    STATEMENT_COLUMNS                                                                              \
    ", st.article AS \"cursor:0\", st.start AS \"cursor:1\", st.id AS \"cursor:2\""
#define STATEMENT_ITEM STATEMENT_COLUMNS STATEMENT_FROM " st.id = :id AND st.story > 0"
/* One way in: what narrows most, as a condition; counted without the articles where these do not
 * matter. */
#define STATEMENT_BY(condition)                                                                    \
    (struct noun_sql)                                                                              \
    {                                                                                              \
        STATEMENT_LIST STATEMENT_FROM condition STATEMENT_WHERE STATEMENT_ACTOR STATEMENT_ISSUE    \
            STATEMENT_OUTLET STATEMENT_PAGE,                                                       \
            f->outlet.n ? COUNT_OF(STATEMENT_FROM condition STATEMENT_WHERE STATEMENT_ACTOR        \
                                       STATEMENT_ISSUE STATEMENT_OUTLET)                           \
                        : COUNT_OF(" FROM statements st WHERE" condition STATEMENT_WHERE           \
                                       STATEMENT_ACTOR STATEMENT_ISSUE),                           \
            STATEMENT_ITEM, 0                                                                      \
    }

/* The queue of the review. Its order is kept by an index of the proposed ones only. */
#define STATEMENT_QUEUE                                                                            \
    STATEMENT_COLUMNS ", -st.worth_number AS \"cursor:0\", st.id AS \"cursor:1\""
#define STATEMENT_QUEUE_PAGE                                                                       \
    " AND (-st.worth_number, st.id) > (coalesce(:c0, -1e15), coalesce(:c1, 0))"                    \
    " ORDER BY -st.worth_number, st.id LIMIT :limit"
#define STATEMENT_BY_WORTH(condition)                                                              \
    (struct noun_sql)                                                                              \
    {                                                                                              \
        STATEMENT_QUEUE STATEMENT_FROM condition STATEMENT_WHERE STATEMENT_ACTOR STATEMENT_ISSUE   \
            STATEMENT_OUTLET STATEMENT_QUEUE_PAGE,                                                 \
            f->outlet.n ? COUNT_OF(STATEMENT_FROM condition STATEMENT_WHERE STATEMENT_ACTOR        \
                                       STATEMENT_ISSUE STATEMENT_OUTLET)                           \
                        : COUNT_OF(" FROM statements st WHERE" condition STATEMENT_WHERE           \
                                       STATEMENT_ACTOR STATEMENT_ISSUE),                           \
            STATEMENT_ITEM, 0                                                                      \
    }

/* Article by article of the outlet, which is the order of the list. */
#define STATEMENT_OF_OUTLET                                                                        \
    " FROM articles a CROSS JOIN statements st ON st.article = a.id WHERE a.outlet = :outlet "     \
    "AND" STATEMENT_WHERE STATEMENT_ISSUE

static struct noun_sql statements_of_outlet(void)
{
    return (struct noun_sql){
        STATEMENT_LIST STATEMENT_OF_OUTLET
        " AND a.id >= coalesce(:c0, 0) AND (a.id, st.start, st.id) > (coalesce(:c0, 0),"
        " coalesce(:c1, 0), coalesce(:c2, 0)) ORDER BY a.id, st.start, st.id LIMIT :limit",
        COUNT_OF(STATEMENT_OF_OUTLET), STATEMENT_ITEM, 0};
}

/* The page's statements are picked before anything is made of them: sorting would make it of all.
 */
#define STATEMENT_PICKED(condition)                                                                \
    (struct noun_sql)                                                                              \
    {                                                                                              \
        STATEMENT_LIST                                                                             \
        " FROM (SELECT st.id AS id" STATEMENT_FROM condition STATEMENT_WHERE STATEMENT_OUTLET      \
            STATEMENT_PAGE ") page CROSS JOIN statements st ON st.id = page.id"                    \
        " JOIN articles a ON a.id = st.article ORDER BY st.article, st.start, st.id",              \
            COUNT_OF(STATEMENT_FROM condition STATEMENT_WHERE STATEMENT_OUTLET), STATEMENT_ITEM, 0 \
    }

/* Those that are neutral are not in the index of stances, for they are most. */
#define STATEMENT_NEUTRAL "w.stance = 'neutral'"
#define STATEMENT_TAKES "w.stance = :stance AND w.stance <> 'neutral'"
/* Statements of a stance are many, and come in the order of their numbers, as the index has them:
 * in the articles' order all of them would be sorted for each page. */
#define STATEMENT_OF_STANCE(which, also)                                                           \
    " FROM statement_positions w CROSS JOIN statements st ON st.id = w.statement" also             \
    " WHERE " which " AND" STATEMENT_WHERE
#define STATEMENT_ARTICLE " JOIN articles a ON a.id = st.article"
#define STATEMENT_STANCES(which, also, outlet)                                                     \
    "SELECT count(*) FROM (SELECT DISTINCT w.statement" STATEMENT_OF_STANCE(which, also) outlet    \
        " AND w.statement > 0 LIMIT 10001)"
#define STATEMENT_BY_STANCE(which)                                                                 \
    (struct noun_sql)                                                                              \
    {                                                                                              \
        STATEMENT_COLUMNS                                                                          \
        ", st.id AS \"cursor:0\" FROM (SELECT DISTINCT w.statement AS id" STATEMENT_OF_STANCE(     \
            which, STATEMENT_ARTICLE) STATEMENT_OUTLET                                             \
            " AND w.statement > coalesce(:c0, 0) ORDER BY w.statement LIMIT :limit)"               \
            " page CROSS JOIN statements st ON st.id = page.id" STATEMENT_ARTICLE                  \
            " ORDER BY page.id",                                                                   \
            f->outlet.n ? STATEMENT_STANCES(which, STATEMENT_ARTICLE, STATEMENT_OUTLET)            \
                        : STATEMENT_STANCES(which, "", ""),                                        \
            STATEMENT_ITEM, 0                                                                      \
    }

static struct noun_sql statements_by_position(const struct store_filter *f)
{
    if (f->issue.n)
        return STATEMENT_PICKED(
            " st.id IN (SELECT w.statement FROM statement_positions w"
            " WHERE w.issue = :issue AND (:stance IS NULL OR w.stance = :stance)) AND");
    if (str_eq(f->stance, S("neutral")))
        return STATEMENT_BY_STANCE(STATEMENT_NEUTRAL);
    return STATEMENT_BY_STANCE(STATEMENT_TAKES);
}

struct noun_sql statement_rows(const struct store_filter *f)
{
    bool by_worth = str_eq(f->order, S("worth"));
    if (by_worth && f->story)
        return STATEMENT_BY_WORTH(" st.status = 'proposed' AND " IN_STORY
                                  " AND (:article IS NULL OR st.article = :article) AND");
    if (by_worth)
        return STATEMENT_BY_WORTH(" st.status = 'proposed'"
                                  " AND (:article IS NULL OR st.article = :article) AND");
    if (f->article)
        return STATEMENT_BY(" st.article = :article AND (:story IS NULL OR st.story = :story)"
                            " AND (:utterance IS NULL OR st.utterance = :utterance) AND");
    if (f->utterance)
        return STATEMENT_BY(
            " st.utterance = :utterance AND (:story IS NULL OR st.story = :story) AND");
    if (f->story)
        return STATEMENT_BY(" " IN_STORY " AND");
    if (f->actor.n)
        return STATEMENT_BY(" " SPEAKER_IS_ACTOR " AND");
    if (f->issue.n || f->stance.n)
        return statements_by_position(f);
    if (f->status.n && !str_eq(f->status, S("proposed")))
        return STATEMENT_BY(" st.status = :status AND st.status <> 'proposed' AND");
    return f->outlet.n ? statements_of_outlet() : STATEMENT_BY("");
}

#define UTTERANCE_COLUMNS                                                                          \
    "SELECT u.id, u.story, u.speaker,"                                                             \
    " (SELECT x.name FROM actors x WHERE x.key = u.speaker) AS speaker_name, u.issue, u.said_on,"  \
    " u.rule,"                                                                                     \
    " (SELECT json_group_array(json(b.one)) FROM (SELECT " STATEMENT_OBJECT                        \
    "  AS one FROM statements st JOIN articles a ON a.id = st.article WHERE st.utterance = u.id"   \
    "  ORDER BY a.day, st.article, st.start) b) AS \"statements:json\","                           \
    " (SELECT json_group_array(DISTINCT o.name) FROM statements st JOIN articles a"                \
    "  ON a.id = st.article JOIN outlets o ON o.id = a.outlet WHERE st.utterance = u.id)"          \
    " AS \"outlets:json\", " ABSENT " AS \"absent:json\""
#define UTTERANCE_LIST UTTERANCE_COLUMNS ", u.id AS \"cursor:0\" FROM utterances u WHERE"
#define UTTERANCE_ACTOR "u.speaker_number = (SELECT number FROM actors WHERE key = :actor)"
#define UTTERANCE_ISSUE "u.issue_number = (SELECT number FROM issues WHERE key = :issue)"
#define UTTERANCE_WHERE                                                                            \
    " (:story IS NULL OR u.story = :story) AND (:actor IS NULL OR " UTTERANCE_ACTOR ")"            \
    " AND (:issue IS NULL OR " UTTERANCE_ISSUE ")"
#define UTTERANCE_BY(condition)                                                                    \
    (struct noun_sql)                                                                              \
    {                                                                                              \
        UTTERANCE_LIST condition UTTERANCE_WHERE                                                   \
            " AND u.id > coalesce(:c0, 0) ORDER BY u.id LIMIT :limit",                             \
            COUNT_OF(" FROM utterances u WHERE" condition UTTERANCE_WHERE),                        \
            UTTERANCE_COLUMNS " FROM utterances u WHERE u.id = :id", 0                             \
    }

struct noun_sql utterance_rows(const struct store_filter *f)
{
    if (f->story)
        return UTTERANCE_BY(" u.story = :story AND");
    if (f->actor.n)
        return UTTERANCE_BY(" " UTTERANCE_ACTOR " AND");
    if (f->issue.n)
        return UTTERANCE_BY(" " UTTERANCE_ISSUE " AND");
    return UTTERANCE_BY("");
}
