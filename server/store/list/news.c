/* What is new, newest first, as feeds have it: statements, whose ids grow and are never used twice;
 * positions that changed and conflicts, those of the newest stories first. All have the same
 * columns. */
#include "store/list/fragments.h"
#include "store/list/list.h"

/* Ids of statements grow and are never used twice. */
#define NEWS_COLUMNS                                                                               \
    "SELECT st.id, st.story, st.article, o.name AS outlet, a.title, a.published, a.added,"         \
    " x.name AS speaker_name, st.said_on, " STATEMENT_WORDS " AS words,"                           \
    " (SELECT json_group_array(i.title || ': ' || g.stance) FROM (SELECT * FROM "                  \
    "statement_positions"                                                                          \
    "  WHERE statement = st.id ORDER BY issue) g JOIN issues i ON i.key = g.issue) AS "            \
    "\"positions:json\","                                                                          \
    " st.id AS \"cursor:0\""
#define NEWS_FROM                                                                                  \
    " FROM statements st JOIN articles a ON a.id = st.article"                                     \
    " LEFT JOIN outlets o ON o.id = a.outlet LEFT JOIN actors x ON x.key = st.speaker WHERE"
#define NEWS_WHERE                                                                                 \
    " st.story > 0 AND st.status <> 'rejected' AND (:article IS NULL OR st.article = :article)"    \
    " AND (:outlet IS NULL OR a.outlet = :outlet)"                                                 \
    " AND (:from IS NULL OR a.day >= :from)"                                                       \
    " AND (:to IS NULL OR (a.day <> '' AND a.day <= :to))"                                         \
    " AND ((:issue IS NULL AND :stance IS NULL) OR EXISTS (SELECT 1 FROM statement_positions f"    \
    " WHERE f.statement = st.id AND (:issue IS NULL OR f.issue = :issue)"                          \
    " AND (:stance IS NULL OR f.stance = :stance)))"
#define NEWS_BY(condition)                                                                         \
    (struct noun_sql)                                                                              \
    {                                                                                              \
        NEWS_COLUMNS NEWS_FROM condition NEWS_WHERE                                                \
            " AND st.id < coalesce(:c0, 9007199254740993) ORDER BY st.id DESC LIMIT :limit",       \
            COUNT_OF(NEWS_FROM condition NEWS_WHERE), NULL, 0                                      \
    }

struct noun_sql news_rows(const struct store_filter *f)
{
    if (f->story)
        return NEWS_BY(" " IN_STORY " AND (:actor IS NULL OR " SPEAKER_IS_ACTOR ") AND");
    if (f->actor.n)
        return NEWS_BY(" " SPEAKER_IS_ACTOR " AND");
    return NEWS_BY("");
}

/* Of a position the article and words of its newest statement. */
#define CHANGED_COLUMNS                                                                            \
    "SELECT p.id, p.story, n.article, o.name AS outlet, a.title, a.published, a.added,"            \
    " x.name AS speaker_name, p.since AS said_on, " WORDS_OF(                                      \
        "n") " AS words,"                                                                          \
             " json_array(i.title || ': ' || p.was || ' → ' || p.stance) AS \"positions:json\"," \
             " p.actor || ' ' || p.issue || ' ' || p.was || ' ' || p.stance AS key,"               \
             " s.sort AS \"cursor:0\", s.id AS \"cursor:1\", p.id AS \"cursor:2\""
#define CHANGED_FROM                                                                               \
    " FROM stories s CROSS JOIN positions p ON p.story = s.id AND p.was <> ''"                     \
    " JOIN statements n ON n.id = (SELECT max(e.statement) FROM position_statements e"             \
    "  WHERE e.position = p.id) JOIN articles a ON a.id = n.article"                               \
    " LEFT JOIN outlets o ON o.id = a.outlet JOIN actors x ON x.key = p.actor"                     \
    " JOIN issues i ON i.key = p.issue WHERE s.id > 0"                                             \
    " AND (:actor IS NULL OR p.actor = :actor) AND (:issue IS NULL OR p.issue = :issue)"           \
    " AND (:stance IS NULL OR p.stance = :stance)" NEWEST_WHERE
#define NEWEST_WHERE                                                                               \
    " AND (:article IS NULL OR a.id = :article) AND (:outlet IS NULL OR a.outlet = :outlet)"       \
    " AND (:from IS NULL OR a.day >= :from) AND (:to IS NULL OR (a.day <> '' AND a.day <= :to))"
#define NEWEST_PAGE(id)                                                                            \
    " AND (s.sort, s.id, " id ") < (coalesce(:c0, '~'), coalesce(:c1, 9007199254740993),"          \
    " coalesce(:c2, 9007199254740993)) ORDER BY s.sort DESC, s.id DESC, " id " DESC LIMIT :limit"
#define NEWEST_OF_STORY " AND s.id = :story"

struct noun_sql news_change_rows(const struct store_filter *f)
{
    if (f->story)
        return (struct noun_sql){CHANGED_COLUMNS CHANGED_FROM NEWEST_OF_STORY NEWEST_PAGE("p.id"),
                                 COUNT_OF(CHANGED_FROM NEWEST_OF_STORY), NULL, 0};
    return (struct noun_sql){CHANGED_COLUMNS CHANGED_FROM NEWEST_PAGE("p.id"),
                             COUNT_OF(CHANGED_FROM), NULL, 0};
}

/* Of a conflict the article that came last. A speaker's are those within what it says, an issue's
 * those within what is said on it. */
#define CLASH_COLUMNS                                                                              \
    "SELECT c.id, c.story, a.id AS article, o.name AS outlet, a.title, a.published, a.added,"      \
    " NULL AS speaker_name, NULL AS said_on, c.note AS words, json_array(c.rule)"                  \
    " AS \"positions:json\", s.sort AS \"cursor:0\", s.id AS \"cursor:1\", c.id AS \"cursor:2\""
#define CLASH_FROM                                                                                 \
    " FROM stories s CROSS JOIN conflicts c ON c.story = s.id AND c.status <> 'dismissed'"         \
    " JOIN articles a ON a.id = (SELECT max(b.article) FROM conflict_spans b"                      \
    "  WHERE b.conflict = c.id) LEFT JOIN outlets o ON o.id = a.outlet WHERE s.id > 0"             \
    " AND (:outlet IS NULL OR EXISTS (SELECT 1 FROM conflict_spans b JOIN articles q"              \
    "  ON q.id = b.article WHERE b.conflict = c.id AND q.outlet = :outlet))"                       \
    " AND (:article IS NULL OR EXISTS (SELECT 1 FROM conflict_spans b"                             \
    "  WHERE b.conflict = c.id AND b.article = :article))"                                         \
    " AND (:from IS NULL OR a.day >= :from) AND (:to IS NULL OR (a.day <> '' AND a.day <= :to))"   \
    " AND ((:actor IS NULL AND :issue IS NULL AND :stance IS NULL) OR EXISTS (SELECT 1"            \
    "  FROM conflict_spans b JOIN statements st ON st.article = b.article"                         \
    "  AND st.start <= b.start AND b.end <= st.start + CASE WHEN st.content_list IS NULL THEN "    \
    "st.length"                                                                                    \
    "   ELSE length(" STATEMENT_WORDS ") END"                                                      \
    "  WHERE b.conflict = c.id AND (:actor IS NULL OR " SPEAKER_IS_ACTOR ")"                       \
    "  AND ((:issue IS NULL AND :stance IS NULL) OR EXISTS (SELECT 1 FROM statement_positions f"   \
    "   WHERE f.statement = st.id AND (:issue IS NULL OR f.issue = :issue)"                        \
    "   AND (:stance IS NULL OR f.stance = :stance)))))"

struct noun_sql news_conflict_rows(const struct store_filter *f)
{
    if (f->story)
        return (struct noun_sql){CLASH_COLUMNS CLASH_FROM NEWEST_OF_STORY NEWEST_PAGE("c.id"),
                                 COUNT_OF(CLASH_FROM NEWEST_OF_STORY), NULL, 0};
    return (struct noun_sql){CLASH_COLUMNS CLASH_FROM NEWEST_PAGE("c.id"), COUNT_OF(CLASH_FROM),
                             NULL, 0};
}
