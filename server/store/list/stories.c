/* Stories, articles, their versions and outlets as rows. */
#include "store/list/fragments.h"
#include "store/list/list.h"

/* A story without articles (merged into another) is not shown. */
#define STORY_COLUMNS                                                                              \
    "SELECT s.id, s.title, s.first_day, s.last_day,"                                               \
    " (SELECT json_group_array(json_object('name', b.name, 'article', b.id)) FROM"                 \
    "  (SELECT o.name, a.id FROM articles a LEFT JOIN outlets o ON o.id = a.outlet"                \
    "   WHERE a.story = s.id ORDER BY a.day, a.id) b) AS \"outlets:json\","                        \
    " s.articles, s.origins, s.statements, s.utterances, s.speakers, s.issues, s.conflicts,"       \
    " s.reviewed,"                                                                                 \
    " (SELECT json_group_array(json_object('key', b.key, 'name', b.name, 'kind', b.kind,"          \
    "   'of', nullif(b.of, ''), 'statements', b.statements)) FROM"                                 \
    "  (SELECT x.key, x.name, x.kind, x.of, t.statements FROM story_actor_rows t"                  \
    "   JOIN actors x ON x.number = t.actor_number WHERE t.story = s.id"                           \
    "   ORDER BY -t.statements, x.key LIMIT 12) b) AS \"actors:json\","                            \
    " s.sample AS \"sample:bool\", s.updated, s.stale > 0 AS \"stale:bool\""
#define STORY_FILTER                                                                               \
    " AND (:actor IS NULL OR EXISTS (SELECT 1 FROM story_actors f"                                 \
    "   WHERE f.story = s.id AND f.actor = :actor))"                                               \
    " AND (:from IS NULL OR s.last_day >= :from) AND (:to IS NULL OR s.first_day <= :to)"          \
    " AND (:like IS NULL OR s.title LIKE :like ESCAPE '\\')"
#define STORY_PAGE                                                                                 \
    " AND (s.sort, s.id) < (coalesce(:c0, '~'), coalesce(:c1, 0))"                                 \
    " ORDER BY s.sort DESC, s.id DESC LIMIT :limit"
#define STORY_LIST STORY_COLUMNS ", s.sort AS \"cursor:0\", s.id AS \"cursor:1\""
#define STORY_ITEM STORY_COLUMNS " FROM stories s WHERE s.id = :id AND s.articles > 0"
#define STORY_FROM " FROM stories s WHERE s.articles > 0" STORY_FILTER
/* The outlet's stories are looked up once, not once per story. The page is still found from the
 * newest on ("+": not by number), which for an outlet with many is near. */
#define OF_OUTLET " IN (SELECT f.story FROM articles f WHERE f.outlet = :outlet)"

/* Another order looks at all of them and then draws the page's alone. */
#define STORY_OF_OUTLET " AND (:outlet IS NULL OR s.id" OF_OUTLET ")"
#define STORY_BY(key, most)                                                                        \
    STORY_COLUMNS ", " key                                                                         \
                  " AS \"cursor:0\", s.id AS \"cursor:1\" FROM (SELECT s.id FROM stories s"        \
                  " WHERE s.articles > 0" STORY_FILTER STORY_OF_OUTLET " AND (" key ", s.id) <"    \
                  " (coalesce(:c0, " most "), coalesce(:c1, 0)) ORDER BY " key                     \
                  " DESC, s.id DESC LIMIT :limit) p CROSS JOIN stories s ON s.id = p.id"           \
                  " ORDER BY " key " DESC, s.id DESC"
/* Of what a person has not been through the most. */
#define UNREVIEWED "CAST(s.statements * (1 - s.reviewed) AS INTEGER)"

/* Over all that the filter lets through; how many statements nobody has looked at only over all
 * there are. */
#define STORY_TOTALS                                                                               \
    "SELECT count(*) AS stories, coalesce(sum(s.articles), 0) AS articles,"                        \
    " (SELECT count(DISTINCT a.outlet) FROM stories s JOIN articles a ON a.story = s.id"           \
    "  WHERE s.articles > 0" STORY_FILTER STORY_OF_OUTLET ") AS outlets,"                          \
    " coalesce(sum(s.statements), 0) AS statements, coalesce(sum(s.conflicts), 0) AS conflicts,"   \
    " iif(:outlet IS NULL AND :actor IS NULL AND :from IS NULL AND :to IS NULL AND :like IS NULL," \
    "  (SELECT count(*) FROM statements st WHERE st.status = 'proposed' AND st.story > 0), NULL)"  \
    "  AS proposed FROM stories s WHERE s.articles > 0" STORY_FILTER STORY_OF_OUTLET

static const char *story_list(const struct store_filter *f)
{
    if (str_eq(f->order, S("largest")))
        return STORY_BY("s.articles", "9007199254740991");
    if (str_eq(f->order, S("conflicts")))
        return STORY_BY("s.conflicts", "9007199254740991");
    if (str_eq(f->order, S("unreviewed")))
        return STORY_BY(UNREVIEWED, "9007199254740991");
    if (str_eq(f->order, S("updated")))
        return STORY_BY("s.updated", "'~'");
    return NULL;
}

struct noun_sql story_rows(const struct store_filter *f, bool totals)
{
    const char *item = totals ? STORY_TOTALS : STORY_ITEM, *ordered = story_list(f);
    struct noun_sql sql = {STORY_LIST STORY_FROM STORY_PAGE, COUNT_OF(STORY_FROM), item, 0};
    if (f->outlet.n)
        sql = (struct noun_sql){
            STORY_LIST
            " FROM stories s WHERE s.articles > 0 AND +s.id" OF_OUTLET STORY_FILTER STORY_PAGE,
            COUNT_OF(" FROM stories s WHERE s.id" OF_OUTLET " AND s.articles > 0" STORY_FILTER),
            item, 0};
    sql.list = ordered ? ordered : sql.list;
    return sql;
}

#define ARTICLE_COLUMNS(statements)                                                                \
    "SELECT a.id, a.story, o.name AS outlet, a.title, a.subtitle, a.byline, a.agency,"             \
    " a.published, a.modified, a.url, a.language, a.origin, " statements ", a.version,"            \
    " a.reviewed AS \"reviewed:bool\", a.notice"
#define ARTICLE_FROM " FROM articles a LEFT JOIN outlets o ON o.id = a.outlet"
#define ARTICLE_WHERE                                                                              \
    " a.story > 0 AND (:language IS NULL OR a.language = :language)"                               \
    " AND (:from IS NULL OR a.day >= :from) AND (:to IS NULL OR (a.day <> '' AND a.day <= :to))"
#define ARTICLE_PAGE                                                                               \
    " AND (a.day, a.id) < (coalesce(:c0, '~'), coalesce(:c1, 0))"                                  \
    " ORDER BY a.day DESC, a.id DESC LIMIT :limit"
#define ARTICLE_LIST                                                                               \
    ARTICLE_COLUMNS("a.statements")                                                                \
    ", a.day AS \"cursor:0\", a.id AS \"cursor:1\"" ARTICLE_FROM " WHERE"

#define ARTICLE_ITEM                                                                               \
    ARTICLE_COLUMNS(                                                                               \
        "(SELECT json_group_array(json(b.one)) FROM (SELECT " STATEMENT_OBJECT                     \
        " AS one FROM statements st WHERE st.article = a.id AND st.status <> 'rejected'"           \
        " ORDER BY st.start, st.id) b) AS \"statements:json\"")                                    \
    ", a.section, o.domain, a.outlet AS outlet_id, a.sources AS \"sources:json\", "                \
    "checked(v.text, v.digest) AS text,"                                                           \
    " mention_list(v.text, (SELECT m.places FROM article_mentions m WHERE m.article = a.id))"      \
    " AS \"mentions:json\","                                                                       \
    " (SELECT json_group_array(json_object('key', b.key, 'name', b.name, 'kind', b.kind,"          \
    "   'role', nullif(b.role, ''), 'of', nullif(b.of, ''))) FROM (SELECT x.* FROM actors x"       \
    "   WHERE x.key IN (SELECT coalesce(json_extract(k.value, '$[0]'), '')"                        \
    "   FROM article_mentions m, json_each(m.places) k WHERE m.article = a.id UNION"               \
    "   SELECT st.speaker FROM statements st WHERE st.article = a.id) ORDER BY -x.statements,"     \
    "   x.key) b) AS \"actors:json\","                                                             \
    " (SELECT json_group_array(json_object('version', w.version, 'seen', w.seen,"                  \
    "   'title', w.title, 'current', json(CASE WHEN w.current THEN 'true' ELSE 'false' END), "     \
    "'original',"                                                                                  \
    "   (SELECT o.size FROM originals o WHERE o.article = w.article AND o.version = w.version)))"  \
    "  FROM article_versions w WHERE w.article = a.id) AS \"versions:json\","                      \
    " (SELECT json_object('size', o.size, 'stored', length(o.bytes), 'content_type',"              \
    "   nullif(o.content_type, ''), 'url', nullif(o.url, ''), 'fetched', o.fetched)"               \
    "  FROM originals o WHERE o.article = a.id AND o.version = a.version) AS \"original:json\","   \
    " (SELECT json_group_array(json(b.one)) FROM (SELECT json_object('url', d.url, 'view',"        \
    "   d.view, 'outlet', NULL, 'article', NULL) AS one FROM article_addresses d"                  \
    "   WHERE d.article = a.id AND d.url <> a.url UNION ALL SELECT json_object('url',"             \
    "   nullif(c.url, ''), 'view', 'copy', 'outlet', (SELECT p.name FROM outlets p"                \
    "   WHERE p.id = c.outlet), 'article', c.id) FROM article_versions w JOIN articles c"          \
    "   ON c.id = w.article AND c.story = a.story AND c.id <> a.id WHERE w.digest = v.digest"      \
    "   AND w.current) b) AS \"also_at:json\","                                                    \
    " (SELECT json_group_array(json_object('change', b.change, 'before', json(b.before),"          \
    "   'after', json(b.after))) FROM (SELECT * FROM version_changes x WHERE x.article = a.id"     \
    "   AND x.version = a.version ORDER BY x.number) b) AS \"changes:json\","                      \
    " (SELECT json_group_array(json_object('id', d.id, 'time', d.time, 'action', d.action,"        \
    "   'exact', d.exact)) FROM decisions d WHERE d.article = a.id AND " DECISION_ORPHANED         \
    "   AND NOT " DECISION_UNDONE ") AS \"orphaned:json\"" ARTICLE_FROM                            \
    " JOIN article_versions v ON v.article = a.id AND v.current WHERE a.id = :id AND a.story > 0"

struct noun_sql article_rows(const struct store_filter *f)
{
    if (f->story)
        return (struct noun_sql){
            ARTICLE_LIST
            " a.story = :story AND (:outlet IS NULL OR a.outlet = :outlet) AND" ARTICLE_WHERE
                ARTICLE_PAGE,
            "SELECT count(*) FROM articles a WHERE a.story = :story"
            " AND (:outlet IS NULL OR a.outlet = :outlet) AND" ARTICLE_WHERE,
            ARTICLE_ITEM, 0};
    if (f->outlet.n)
        return (struct noun_sql){
            ARTICLE_LIST " a.outlet = :outlet AND" ARTICLE_WHERE ARTICLE_PAGE,
            COUNT_OF(" FROM articles a WHERE a.outlet = :outlet AND" ARTICLE_WHERE), ARTICLE_ITEM,
            0};
    return (struct noun_sql){ARTICLE_LIST ARTICLE_WHERE ARTICLE_PAGE,
                             COUNT_OF(" FROM articles a WHERE" ARTICLE_WHERE), ARTICLE_ITEM, 0};
}

struct noun_sql version_rows(void)
{
    return (struct noun_sql){
        "SELECT w.version, w.seen, w.title, checked(w.text, w.digest) AS text, w.current AS "
        "\"current:bool\","
        " (SELECT o.size FROM originals o WHERE o.article = w.article AND o.version = w.version)"
        " AS original,"
        " w.version AS \"cursor:0\" FROM article_versions w"
        " WHERE w.article = :article AND w.version > coalesce(:c0, 0) ORDER BY w.version LIMIT "
        ":limit",
        "SELECT count(*) FROM article_versions WHERE article = :article", NULL, 0};
}
