/* Watched feeds, readings once more, and what changed between versions, as rows. */
#include "store/list/list.h"

/* Milliseconds since 1970 as RFC 3339, 0 as nothing. */
#define TIME_OF(column)                                                                            \
    "CASE WHEN " column " = 0 THEN NULL ELSE strftime('%Y-%m-%dT%H:%M:%SZ', " column               \
    " / 1000, 'unixepoch') END"

#define WATCH_COLUMNS                                                                              \
    "SELECT w.id, w.url, w.title, w.status, w.every, " TIME_OF(                                    \
        "w.checked") " AS checked, "                                                               \
                     "CASE WHEN w.status = 'paused' THEN NULL ELSE coalesce(" TIME_OF(             \
                         "w.due") ", w.created) END AS next,"                                      \
                                  " w.busy AS \"checking:bool\", w.error, w.errors, w.found, "     \
                                  "w.import, w.created"

struct noun_sql watch_rows(void)
{
    return (struct noun_sql){
        WATCH_COLUMNS ", w.id AS \"cursor:0\" FROM watches w WHERE w.id > coalesce(:c0, 0)"
                      " AND (:status IS NULL OR w.status = :status) ORDER BY w.id LIMIT :limit",
        "SELECT count(*) FROM watches w WHERE :status IS NULL OR w.status = :status",
        WATCH_COLUMNS " FROM watches w WHERE w.id = :id", 0};
}

#define REREAD_COLUMNS                                                                             \
    "SELECT r.id, r.status, r.total, r.done, r.changed, r.from_text, r.failed, r.created,"         \
    " r.finished"

struct noun_sql reread_rows(void)
{
    return (struct noun_sql){
        REREAD_COLUMNS ", r.id AS \"cursor:0\" FROM rereads r WHERE r.id < coalesce(:c0, 9e15)"
                       " ORDER BY r.id DESC LIMIT :limit",
        "SELECT count(*) FROM rereads", REREAD_COLUMNS " FROM rereads r WHERE r.id = :id", 0};
}

struct noun_sql change_rows(void)
{
    return (struct noun_sql){
        "SELECT c.version, c.change, c.before AS \"before:json\", c.after AS \"after:json\","
        " c.version AS \"cursor:0\", c.number AS \"cursor:1\" FROM version_changes c"
        " WHERE c.article = :article AND (c.version, c.number) > (coalesce(:c0, 0), coalesce(:c1, "
        "0))"
        " ORDER BY c.version, c.number LIMIT :limit",
        "SELECT count(*) FROM version_changes WHERE article = :article", NULL, 0};
}
