/* Webhooks and what they were told, as rows. Secrets are shown nowhere. */
#include "store/list/list.h"

#define HOOK_COLUMNS                                                                               \
    "SELECT h.id, h.url, h.actor, h.issue, (SELECT count(*) FROM hook_calls c WHERE c.hook = h.id" \
    " AND c.status = 'done') AS done, (SELECT count(*) FROM hook_calls c WHERE c.hook = h.id"      \
    " AND c.status = 'waiting') AS waiting, (SELECT count(*) FROM hook_calls c WHERE c.hook ="     \
    " h.id AND c.status = 'failed') AS failed, h.created"

struct noun_sql hook_rows(void)
{
    return (struct noun_sql){HOOK_COLUMNS ", h.id AS \"cursor:0\" FROM hooks h WHERE h.id >"
                                          " coalesce(:c0, 0) ORDER BY h.id LIMIT :limit",
                             "SELECT count(*) FROM hooks",
                             HOOK_COLUMNS " FROM hooks h WHERE h.id = :id", 0};
}

struct noun_sql hook_call_rows(void)
{
    return (struct noun_sql){
        "SELECT c.id, c.hook, c.status, c.statements, c.tries, nullif(c.code, 0) AS code, c.error,"
        " c.body AS \"body:json\", c.created, c.finished, c.id AS \"cursor:0\" FROM hook_calls c"
        " WHERE c.hook = :import AND c.id < coalesce(:c0, 9e15) ORDER BY c.id DESC LIMIT :limit",
        "SELECT count(*) FROM hook_calls WHERE hook = :import", NULL, 0};
}
