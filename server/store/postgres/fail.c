/* What PostgreSQL's failures mean for people. */
#include "store/postgres/link.h"

#include <stdio.h>
#include <string.h>

int state_code(const char *state)
{
    int code = 0;
    for (int i = 0; i < 5 && state[i]; i++)
        code = code * 36 + (state[i] <= '9' ? state[i] - '0' : state[i] - 'A' + 10);
    return code ? code : 1;
}

/* What follows from a failure says nothing new ("current transaction is aborted"). */
void pg_failed(struct engine_link *link, const char *state, const char *why)
{
    if (link->code && strcmp(state, "25P02") == 0)
        return;
    link->code = state_code(state);
    snprintf(link->why, sizeof link->why, "%s", why);
    link->why[strcspn(link->why, "\n")] = 0;
}

/* The first that fits; a state is as long as what is asked for, or a whole class. */
static const struct {
    const char *state;
    enum err_kind kind;
    const char *sentence; /* NULL: what PostgreSQL says */
} meanings[] = {
    {"57014", ERR_TIMEOUT, "the query took too long and was stopped"},
    {"25006", ERR_READ_ONLY, "the store can only be read: the database takes no changes"},
    {"42501", ERR_IO,
     "the database does not let this user do that: the store's schema and its tables must be the "
     "user's own"},
    {"53100", ERR_FULL, "no space left on the disk that holds the store"},
    {"53300", ERR_BUSY,
     "the database takes no more connections: raise its max_connections, or run fewer programs"},
    {"55P03", ERR_BUSY, "the store is in use by another program"},
    {"40001", ERR_BUSY, "another program changed the same meanwhile: try again"},
    {"40P01", ERR_BUSY, "another program changed the same meanwhile: try again"},
    {"3D000", ERR_MISSING, "there is no such database: make it (createdb) first"},
    {"28", ERR_IO, "the database does not let this user in: look at the address and the password"},
    {"08", ERR_BUSY, "the connection to the database was lost: try again"},
    {"57P", ERR_BUSY, "the database is being stopped or started: try again"},
    {"22P02", ERR_INVALID,
     "a value is of another type than is asked for (the cursor of another list?)"},
    {"42804", ERR_INVALID,
     "a value is of another type than is asked for (the cursor of another list?)"},
    {"22021", ERR_INVALID, "a text holds bytes that are no text"},
    {"XX001", ERR_IO, "the database is damaged: restore a backup of it"},
    {"XX002", ERR_IO, "the database is damaged: restore a backup of it"},
};

static bool begins(int code, const char *state)
{
    int parts[] = {36 * 36 * 36, 36 * 36, 0, 1};
    size_t n = strlen(state);
    int part = parts[n < 2 ? 0 : n - 2];
    return part ? code / part == state_code(state) : false;
}

bool pg_fail(struct engine_link *link, int code, struct err *err)
{
    code = code ? code : link->code;
    for (size_t i = 0; i < sizeof meanings / sizeof *meanings; i++)
        if (begins(code, meanings[i].state))
            return fail(err, meanings[i].kind, "%s", meanings[i].sentence);
    return fail(err, ERR_INTERNAL, "the store failed: %s", link->why);
}
