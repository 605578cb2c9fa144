/* Databases in memory, which are files of other programs: written, and read with mistrust. */
#include "store/sqlite/link.h"

#include <stdlib.h>
#include <string.h>

static bool harden(struct engine_link *link, struct err *err)
{
    sqlite3_extended_result_codes(link->handle, 1);
    sqlite3_db_config(link->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(link->handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    sqlite3_db_config(link->handle, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
    sqlite3_db_config(link->handle, SQLITE_DBCONFIG_ENABLE_VIEW, 0, NULL);
    return link_run(link, "PRAGMA cell_size_check = 1", err);
}

/* The bytes are copied: SQLite wants to own them. A journal in WAL mode is a matter of the file's
 * head (bytes 18 and 19), and there is no log beside bytes. */
static bool take_bytes(struct engine_link *link, struct str bytes, struct err *err)
{
    unsigned char *own = needed(sqlite3_malloc64(bytes.n));
    memcpy(own, bytes.p, bytes.n);
    if (bytes.n > 19)
        own[18] = own[19] = 1;
    int code = sqlite3_deserialize(link->handle, "main", own, (sqlite3_int64)bytes.n,
                                   (sqlite3_int64)bytes.n,
                                   SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_READONLY);
    return code == SQLITE_OK || link_fail(link, code, err);
}

static bool is_whole(struct engine_link *link)
{
    sqlite3_stmt *q = NULL;
    bool sound =
        sqlite3_prepare_v2(link->handle, "PRAGMA quick_check(1)", -1, &q, NULL) == SQLITE_OK &&
        sqlite3_step(q) == SQLITE_ROW && strcmp((const char *)sqlite3_column_text(q, 0), "ok") == 0;
    sqlite3_finalize(q);
    return sound;
}

bool link_memory(const struct str *bytes, struct engine_link **out, struct err *err)
{
    struct engine_link *link = needed(calloc(1, sizeof *link));
    link->access = bytes ? ENGINE_LOOK : ENGINE_WRITE;
    link->lock = link->file_lock = -1;
    bool ok = sqlite3_open_v2(":memory:", &link->handle,
                              SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX,
                              NULL) == SQLITE_OK &&
              harden(link, err);
    if (ok && bytes)
        ok = (take_bytes(link, *bytes, NULL) && is_whole(link)) ||
             fail(err, ERR_UNSUPPORTED, "the file is damaged or no database");
    if (!ok) {
        link_close(link);
        return false;
    }
    *out = link;
    return true;
}

bool link_bytes(struct engine_link *link, struct buf *out, struct err *err)
{
    sqlite3_int64 n = 0;
    unsigned char *bytes = sqlite3_serialize(link->handle, "main", &n, 0);
    if (!bytes)
        return fail(err, ERR_INTERNAL, "the file could not be made");
    buf_add(out, (struct str){(const char *)bytes, (size_t)n});
    sqlite3_free(bytes);
    return true;
}
