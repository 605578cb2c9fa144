/* The client library of PostgreSQL, loaded when an address asks for it: the program is built and
 * runs without it. What is declared here is what is used of its interface, which has been the same
 * since version 14 of the library. */
#ifndef STORE_POSTGRES_LIBPQ_H
#define STORE_POSTGRES_LIBPQ_H

#include "base/err.h"

#include <stddef.h>

struct pg_conn;
struct pg_result;
struct pg_cancel;
struct pg_word; /* of a channel that is listened to */

enum { PG_CONNECTION_OK = 0 };
enum pg_status {
    PG_EMPTY,
    PG_COMMAND_OK,
    PG_TUPLES_OK,
    PG_COPY_OUT,
    PG_COPY_IN,
    PG_BAD_RESPONSE,
    PG_NONFATAL,
    PG_FATAL,
    PG_SYNCED = 10,
    PG_PASSED_OVER = 11 /* behind a failure, before the next sync */
};
enum { PG_IDLE = 0, PG_IN_TRANSACTION = 2, PG_IN_ERROR = 3 };
enum { PG_FIELD_STATE = 'C' };

struct libpq {
    struct pg_conn *(*connect)(const char *const *names, const char *const *values, int expand);
    void (*finish)(struct pg_conn *conn);
    int (*status)(const struct pg_conn *conn);
    int (*transaction)(const struct pg_conn *conn);
    int (*socket)(const struct pg_conn *conn);
    char *(*error)(const struct pg_conn *conn);
    int (*server_version)(const struct pg_conn *conn);
    void *(*notices)(struct pg_conn *conn, void (*take)(void *to, const char *text), void *to);
    int (*send)(struct pg_conn *conn, const char *sql);
    int (*send_prepare)(struct pg_conn *conn, const char *name, const char *sql, int n,
                        const unsigned *types);
    int (*send_prepared)(struct pg_conn *conn, const char *name, int n, const char *const *values,
                         const int *lengths, const int *formats, int result_format);
    int (*pipeline)(struct pg_conn *conn);
    int (*pipeline_end)(struct pg_conn *conn);
    int (*sync)(struct pg_conn *conn);
    int (*consume)(struct pg_conn *conn);
    int (*is_busy)(struct pg_conn *conn);
    struct pg_result *(*result)(struct pg_conn *conn);
    struct pg_word *(*word)(struct pg_conn *conn);
    void (*free)(void *word);
    struct pg_cancel *(*cancel_of)(struct pg_conn *conn);
    int (*cancel)(struct pg_cancel *cancel, char *why, int size);
    void (*cancel_free)(struct pg_cancel *cancel);
    enum pg_status (*result_status)(const struct pg_result *result);
    char *(*result_field)(const struct pg_result *result, int field);
    char *(*result_error)(const struct pg_result *result);
    int (*rows)(const struct pg_result *result);
    int (*columns)(const struct pg_result *result);
    char *(*name)(const struct pg_result *result, int column);
    unsigned (*type)(const struct pg_result *result, int column);
    int (*is_null)(const struct pg_result *result, int row, int column);
    char *(*value)(const struct pg_result *result, int row, int column);
    int (*length)(const struct pg_result *result, int row, int column);
    void (*clear)(struct pg_result *result);
};

/* NULL with err: it is not installed. */
const struct libpq *libpq_load(struct err *err);

#endif
