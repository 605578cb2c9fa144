/* Conflicts, decisions and imports as rows. */
#include "store/list/fragments.h"
#include "store/list/list.h"

#define CONFLICT_COLUMNS                                                                           \
    "SELECT c.id, c.story, s.title AS story_title, c.rule, c.nature, c.note, c.status,"            \
    " (SELECT json_group_array(json_object('article', b.article, 'outlet', o.name,"                \
    "   'title', a.title, 'published', nullif(a.published, ''),"                                   \
    "   'start', b.start, 'end', b.end, 'exact', " SPAN_EXACT ", 'prefix', " SPAN_PREFIX ","       \
    "   'suffix', " SPAN_SUFFIX "))"                                                               \
    "  FROM conflict_spans b JOIN articles a ON a.id = b.article"                                  \
    "  LEFT JOIN outlets o ON o.id = a.outlet WHERE b.conflict = c.id) AS \"spans:json\""
#define CONFLICT_FROM " FROM conflicts c JOIN stories s ON s.id = c.story WHERE"
#define CONFLICT_WHERE                                                                             \
    " (:rule IS NULL OR c.rule = :rule) AND (:status IS NULL OR c.status = :status)"               \
    " AND (:nature IS NULL OR c.nature = :nature)"
#define CONFLICT_BY(condition)                                                                     \
    (struct noun_sql)                                                                              \
    {                                                                                              \
        CONFLICT_COLUMNS ", c.id AS \"cursor:0\"" CONFLICT_FROM condition CONFLICT_WHERE           \
                         " AND c.id > coalesce(:c0, 0) ORDER BY c.id LIMIT :limit",                \
            COUNT_OF(" FROM conflicts c WHERE" condition CONFLICT_WHERE),                          \
            CONFLICT_COLUMNS CONFLICT_FROM " c.id = :id", 0                                        \
    }

struct noun_sql conflict_rows(const struct store_filter *f)
{
    if (f->story)
        return CONFLICT_BY(" c.story = :story AND");
    return CONFLICT_BY("");
}

/* How somebody coded is nobody else's to see in the journal: who shall code the same reads it, too.
 */
#define WAS "iif(d.target = 'coding', 'null', d.before) AS \"before:json\""
#define IS " iif(d.target = 'coding', 'null', d.after) AS \"after:json\""
#define DECISION_COLUMNS                                                                           \
    "SELECT d.id, d.time, d.action, json_object('type', d.target, 'id',"                           \
    " coalesce(d.target_key, d.target_id)) AS \"target:json\", " WAS "," IS                        \
    ", d.note, d.by, " DECISION_UNDONE " AS \"undone:bool\", " DECISION_ORPHANED                   \
    " AS \"orphaned:bool\""
#define DECISION_WHERE                                                                             \
    " (:orphaned IS NULL OR " DECISION_ORPHANED ") AND (:by IS NULL OR d.by = :by)"                \
    " AND (:target IS NULL OR d.target = :target) AND (:from IS NULL OR d.time >= :from)"          \
    " AND (:to IS NULL OR substr(d.time, 1, 10) <= :to)"
/* What has to be taken back before it can be, the newest first. */
#define DECISION_ITEM                                                                              \
    DECISION_COLUMNS                                                                               \
    ", (SELECT json_group_array(json(b.one)) FROM (SELECT json_object('id', d.id, 'time', d.time," \
    "   'action', d.action, 'target', json_object('type', d.target, 'id', coalesce(d.target_key,"  \
    "   d.target_id)), 'before', json(iif(d.target = 'coding', 'null', d.before)), 'after', "      \
    "json(iif(d.target = 'coding', 'null', d.after)), 'note', d.note, 'by',"                       \
    "   d.by) AS one FROM decisions o JOIN decisions d ON " DECISION_RESTS                         \
    "   WHERE o.id = :id ORDER BY d.id DESC LIMIT 100) b) AS \"rests:json\""                       \
    " FROM decisions d WHERE d.id = :id"
#define DECISION_BY(from)                                                                          \
    (struct noun_sql)                                                                              \
    {                                                                                              \
        DECISION_COLUMNS ", d.id AS \"cursor:0\"" from DECISION_WHERE                              \
                         " AND d.id < coalesce(:c0, 9e15) ORDER BY d.id DESC LIMIT :limit",        \
            COUNT_OF(from DECISION_WHERE), DECISION_ITEM, 0                                        \
    }

struct noun_sql decision_rows(const struct store_filter *f)
{
    if (f->story)
        return DECISION_BY(" FROM decision_stories t JOIN decisions d ON d.id = t.decision"
                           " WHERE t.story = :story AND");
    if (f->by.n)
        return DECISION_BY(" FROM decisions d WHERE d.by <> '' AND d.by = :by AND");
    if (f->target.n)
        return DECISION_BY(" FROM decisions d WHERE d.target = :target AND");
    return DECISION_BY(" FROM decisions d WHERE");
}

#define IMPORT_COLUMNS                                                                             \
    "SELECT m.id, m.what, m.status, m.total, m.done, m.failed, m.created, m.finished"

struct noun_sql import_rows(void)
{
    return (struct noun_sql){
        IMPORT_COLUMNS ", m.id AS \"cursor:0\" FROM imports m WHERE (:status IS NULL OR"
                       " m.status = :status) AND m.id < coalesce(:c0, 9e15)"
                       " ORDER BY m.id DESC LIMIT :limit",
        "SELECT count(*) FROM imports m WHERE (:status IS NULL OR m.status = :status)",
        IMPORT_COLUMNS
        ", (SELECT json_group_array(json_object('name', b.name, 'stage',"
        " nullif(b.stage, ''), 'status', b.status, 'article', b.article,"
        " 'story', b.story, 'error', nullif(b.error, ''))) FROM"
        " (SELECT * FROM import_items t WHERE t.import = m.id ORDER BY t.id LIMIT 1000)"
        " b) AS \"items:json\" FROM imports m WHERE m.id = :id",
        0};
}

struct noun_sql import_item_rows(void)
{
    return (struct noun_sql){
        "SELECT t.id, t.name, t.stage, t.status, t.article, t.story, t.error, t.id AS \"cursor:0\""
        " FROM import_items t WHERE t.import = :import AND (:status IS NULL OR t.status = :status)"
        " AND t.id > coalesce(:c0, 0) ORDER BY t.id LIMIT :limit",
        "SELECT count(*) FROM import_items t WHERE t.import = :import"
        " AND (:status IS NULL OR t.status = :status)",
        NULL, 0};
}
