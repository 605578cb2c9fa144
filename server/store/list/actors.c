/* Actors, issues and positions as rows. */
#include "store/list/fragments.h"
#include "store/list/list.h"

#define ACTOR_NAME                                                                                 \
    " (:like IS NULL OR x.key IN (SELECT n.actor FROM actor_names n"                               \
    "   WHERE n.text LIKE :like ESCAPE '\\') OR x.name LIKE :like ESCAPE '\\')"
#define ACTOR_WHERE                                                                                \
    " (:kind IS NULL OR x.kind = :kind) AND (:of IS NULL OR x.of = :of) AND" ACTOR_NAME
#define ACTOR_COLUMNS(count)                                                                       \
    "SELECT x.key, x.name, x.kind, x.role, x.of, " count ".statements, " count                     \
    ".articles, x.stories"

#define ACTOR_POSITIONS                                                                            \
    " (SELECT json_group_array(json_object('story', g.story, 'issue', g.issue, 'title', g.title,"  \
    "   'sort', g.sort, 'stance', g.stance, 'confidence', round(g.confidence, 3),"                 \
    "   'condition', nullif(g.condition, ''), 'since', nullif(g.since, ''),"                       \
    "   'was', nullif(g.was, ''), 'disputed', json(CASE WHEN g.disputed THEN 'true' ELSE 'false' " \
    "END),"                                                                                        \
    "   'statements', json((SELECT json_group_array(e.statement) FROM position_statements e"       \
    "     WHERE e.position = g.id))))"                                                             \
    "  FROM (SELECT p.*, i.title, i.sort FROM positions p JOIN issues i ON i.key = p.issue"        \
    "   WHERE p.actor = x.key ORDER BY p.issue, p.id) g)"                                          \
    " AS \"positions:json\""
/* The newest 200; all of them are statements?actor=KEY. */
#define ACTOR_STATEMENTS                                                                           \
    " (SELECT json_group_array(json(b.one)) FROM (SELECT " STATEMENT_OBJECT                        \
    "   AS one FROM statements st JOIN articles a ON a.id = st.article WHERE st.speaker_number = " \
    "x.number"                                                                                     \
    "   AND st.status <> 'rejected' ORDER BY a.day DESC, st.article, st.start LIMIT 200) b)"       \
    " AS \"statements:json\""
#define ACTOR_ITEM                                                                                 \
    "SELECT x.key, x.name, x.kind, x.role, x.of, nullif(x.wikidata, '') AS wikidata,"              \
    " x.articles, x.stories,"                                                                      \
    " (SELECT json_group_array(json_object('text', n.text, 'kind', n.kind)) FROM actor_names n"    \
    "  WHERE n.actor = x.key) AS \"names:json\","                                                  \
    " (SELECT json_group_array(json_object('title', r.title, 'for', nullif(r.of, ''),"             \
    "   'from', r.first_day, 'to', r.last_day)) FROM actor_roles r WHERE r.actor = x.key)"         \
    " AS \"roles:json\"," ACTOR_POSITIONS "," ACTOR_STATEMENTS ","                                 \
    " (SELECT json_group_array(json_object('outlet', b.name, 'statements', b.n)) FROM"             \
    "  (SELECT o.name, count(*) AS n FROM statements st JOIN articles a ON a.id = st.article"      \
    "   LEFT JOIN outlets o ON o.id = a.outlet WHERE st.speaker_number = x.number"                 \
    "   AND st.status <> 'rejected' GROUP BY a.outlet, o.name ORDER BY n DESC) b) AS "             \
    "\"carriers:json\""                                                                            \
    " FROM actors x WHERE x.key = :key"

struct noun_sql actor_rows(const struct store_filter *f)
{
    if (f->story)
        return (struct noun_sql){
            ACTOR_COLUMNS(
                "t") ", -t.statements AS \"cursor:0\", x.key AS \"cursor:1\""
                     " FROM story_actor_rows t JOIN actors x ON x.number = t.actor_number"
                     " WHERE t.story = :story AND" ACTOR_WHERE
                     " AND (-t.statements, x.key) > (coalesce(:c0, -1e15), coalesce(:c1, ''))"
                     " ORDER BY -t.statements, x.key LIMIT :limit",
            "SELECT count(*) FROM story_actor_rows t JOIN actors x ON x.number = t.actor_number"
            " WHERE t.story = :story AND" ACTOR_WHERE,
            ACTOR_ITEM, 0};
    return (struct noun_sql){
        ACTOR_COLUMNS("x") ", -x.statements AS \"cursor:0\", x.key AS \"cursor:1\""
                           " FROM actors x WHERE x.stories > 0 AND" ACTOR_WHERE
                           " AND (-x.statements, x.key) > (coalesce(:c0, -1e15), coalesce(:c1, ''))"
                           " ORDER BY -x.statements, x.key LIMIT :limit",
        COUNT_OF(" FROM actors x WHERE x.stories > 0 AND" ACTOR_WHERE), ACTOR_ITEM, 0};
}

/* Who is known to reports or from a list, and not by the way ("three diplomats"): names as reports
 * have them, of others as the list has. Who was merged into another or is nobody is not there. */
#define LISTED_NAMES                                                                               \
    "iif(x.stories > 0, (SELECT json_group_array(b.text) FROM (SELECT n.text FROM actor_names n"   \
    " WHERE n.actor = x.key AND n.text <> x.name ORDER BY n.text) b),"                             \
    " json(iif(x.list_names = '', '[]', x.list_names)))"
#define LISTED_FROM                                                                                \
    " FROM actors x WHERE (x.stories > 0 OR x.list_names <> '') AND x.kind <> 'unnamed' AND NOT"   \
    " EXISTS (SELECT 1 FROM decisions d WHERE x.stories = 0 AND d.target = 'actor'"                \
    "  AND d.target_key = x.key AND d.action IN ('merge', 'dismiss') AND NOT " DECISION_UNDONE ")"

struct noun_sql actor_list_rows(void)
{
    return (struct noun_sql){
        "SELECT x.key, x.name, x.kind, nullif(x.role, '') AS role, (SELECT y.key FROM"
        " actors y WHERE x.of <> '' AND y.key = x.of AND (y.stories > 0 OR y.list_names <> '')"
        " AND y.kind <> 'unnamed') AS of, " LISTED_NAMES
        " AS \"names:json\", nullif(x.wikidata, '') AS wikidata,"
        " x.key AS \"cursor:0\"" LISTED_FROM " AND x.key > coalesce(:c0, '') ORDER BY x.key"
        " LIMIT :limit",
        COUNT_OF(LISTED_FROM), NULL, 0};
}

#define ISSUE_COLUMNS                                                                              \
    "SELECT i.key AS id, i.title,"                                                                 \
    " (SELECT json_group_array(DISTINCT t.term) FROM issue_terms t WHERE t.issue = i.key"          \
    "  AND (:story IS NULL OR t.story = :story)) AS \"terms:json\", i.sort, i.by,"                 \
    " (SELECT count(*) FROM statement_positions p JOIN statements st ON st.id = p.statement"       \
    "  WHERE p.issue = i.key AND st.status <> 'rejected'"                                          \
    "  AND (:story IS NULL OR st.story = :story)) AS statements,"                                  \
    " (SELECT count(DISTINCT p.actor) FROM positions p WHERE p.issue = i.key"                      \
    "  AND (:story IS NULL OR p.story = :story)) AS actors,"                                       \
    " (SELECT count(*) FROM story_issues w WHERE w.issue = i.key) AS stories"
/* An issue that no story has any more (its terms changed, or a person dismissed it) is not shown.
 */
#define ISSUE_TITLE " AND (:like IS NULL OR i.title LIKE :like ESCAPE '\\')"
#define ISSUE_WHERE " WHERE EXISTS (SELECT 1 FROM story_issues w WHERE w.issue = i.key)" ISSUE_TITLE
#define ISSUE_ITEM                                                                                 \
    ISSUE_COLUMNS                                                                                  \
    ","                                                                                            \
    " (SELECT json_group_array(json_object('story', g.story, 'actor', g.actor, 'name', "           \
    "g.name,"                                                                                      \
    "   'stance', g.stance, 'confidence', round(g.confidence, 3),"                                 \
    "   'condition', nullif(g.condition, ''), 'since', nullif(g.since, ''),"                       \
    "   'disputed', json(CASE WHEN g.disputed THEN 'true' ELSE 'false' END), 'statements', "       \
    "json((SELECT"                                                                                 \
    "   json_group_array(json(b.one)) FROM (SELECT " STATEMENT_OBJECT                              \
    "     AS one FROM position_statements e JOIN statements st ON st.id = e.statement"             \
    "     JOIN articles a ON a.id = st.article WHERE e.position = g.id"                            \
    "     ORDER BY e.statement) b))))"                                                             \
    "  FROM (SELECT p.*, x.name FROM positions p JOIN actors x ON x.key = p.actor"                 \
    "   WHERE p.issue = i.key ORDER BY p.stance, p.actor, p.id) g)"                                \
    " AS \"positions:json\","                                                                      \
    " (SELECT json_group_array(json_object('outlet', b.name, 'stances', json(b.stances))) "        \
    "FROM"                                                                                         \
    "  (SELECT o.name, json_group_object(c.stance, c.n) AS stances FROM"                           \
    "   (SELECT a.outlet, p.stance, count(*) AS n FROM statement_positions p"                      \
    "     JOIN statements st ON st.id = p.statement JOIN articles a ON a.id = st.article"          \
    "     WHERE p.issue = i.key AND st.status <> 'rejected' GROUP BY a.outlet, p.stance) c"        \
    "   LEFT JOIN outlets o ON o.id = c.outlet GROUP BY c.outlet, o.name ORDER BY o.name) b)"      \
    " AS \"by_outlet:json\" FROM issues i WHERE i.key = :key"

struct noun_sql issue_rows(const struct store_filter *f)
{
    if (f->story)
        return (struct noun_sql){
            ISSUE_COLUMNS ", i.key AS \"cursor:0\" FROM story_issues t JOIN issues i"
                          " ON i.key = t.issue WHERE t.story = :story" ISSUE_TITLE
                          " AND t.issue > coalesce(:c0, '') ORDER BY t.issue LIMIT :limit",
            "SELECT count(*) FROM story_issues t JOIN issues i ON i.key = t.issue"
            " WHERE t.story = :story" ISSUE_TITLE,
            ISSUE_ITEM, 0};
    return (struct noun_sql){ISSUE_COLUMNS
                             ", i.key AS \"cursor:0\" FROM issues i" ISSUE_WHERE
                             " AND i.key > coalesce(:c0, '') ORDER BY i.key LIMIT :limit",
                             "SELECT count(*) FROM issues i" ISSUE_WHERE, ISSUE_ITEM, 0};
}

#define POSITION_COLUMNS                                                                           \
    "SELECT p.story, p.actor, x.name, p.issue, i.title, i.sort, p.stance,"                         \
    " round(p.confidence, 3) AS confidence, p.condition, p.since, p.was,"                          \
    " p.disputed AS \"disputed:bool\","                                                            \
    " (SELECT json_group_array(e.statement) FROM position_statements e WHERE e.position = p.id)"   \
    " AS \"statements:json\","                                                                     \
    " (SELECT json_group_array(DISTINCT st.article) FROM position_statements e"                    \
    "  JOIN statements st ON st.id = e.statement WHERE e.position = p.id) AS \"articles:json\""
#define POSITION_FROM                                                                              \
    " FROM positions p JOIN actors x ON x.key = p.actor JOIN issues i ON i.key = p.issue WHERE"
#define POSITION_WHERE                                                                             \
    " (:story IS NULL OR p.story = :story) AND (:actor IS NULL OR p.actor = :actor)"               \
    " AND (:issue IS NULL OR p.issue = :issue) AND (:stance IS NULL OR p.stance = :stance)"        \
    " AND (:disputed IS NULL OR p.disputed)"
#define POSITION_BY(condition)                                                                     \
    (struct noun_sql)                                                                              \
    {                                                                                              \
        POSITION_COLUMNS ", p.id AS \"cursor:0\"" POSITION_FROM condition POSITION_WHERE           \
                         " AND p.id > coalesce(:c0, 0) ORDER BY p.id LIMIT :limit",                \
            COUNT_OF(" FROM positions p WHERE" condition POSITION_WHERE), NULL, 0                  \
    }

struct noun_sql position_rows(const struct store_filter *f)
{
    if (f->story)
        return POSITION_BY(" p.story = :story AND");
    if (f->actor.n)
        return POSITION_BY(" p.actor = :actor AND");
    if (f->issue.n)
        return POSITION_BY(" p.issue = :issue AND");
    return POSITION_BY("");
}
