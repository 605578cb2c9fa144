/* Finds the library and its functions: see libpq.h. */
#include "store/postgres/libpq.h"

#include <dlfcn.h>
#include <pthread.h>
#include <string.h>

static struct libpq loaded;
static bool is_loaded;

/* A function's address is put into its place by its bytes: POSIX promises that they fit. */
static bool find(void *library, const char *name, void *place)
{
    void *symbol = dlsym(library, name);
    memcpy(place, &symbol, sizeof symbol);
    return symbol != NULL;
}

static void load(void)
{
    struct libpq *l = &loaded;
    const struct {
        const char *name;
        void *place;
    } functions[] = {
        {"PQconnectdbParams", &l->connect},
        {"PQfinish", &l->finish},
        {"PQstatus", &l->status},
        {"PQtransactionStatus", &l->transaction},
        {"PQsocket", &l->socket},
        {"PQerrorMessage", &l->error},
        {"PQserverVersion", &l->server_version},
        {"PQsetNoticeProcessor", &l->notices},
        {"PQsendQuery", &l->send},
        {"PQsendPrepare", &l->send_prepare},
        {"PQsendQueryPrepared", &l->send_prepared},
        {"PQenterPipelineMode", &l->pipeline},
        {"PQexitPipelineMode", &l->pipeline_end},
        {"PQpipelineSync", &l->sync},
        {"PQconsumeInput", &l->consume},
        {"PQisBusy", &l->is_busy},
        {"PQgetResult", &l->result},
        {"PQnotifies", &l->word},
        {"PQfreemem", &l->free},
        {"PQgetCancel", &l->cancel_of},
        {"PQcancel", &l->cancel},
        {"PQfreeCancel", &l->cancel_free},
        {"PQresultStatus", &l->result_status},
        {"PQresultErrorField", &l->result_field},
        {"PQresultErrorMessage", &l->result_error},
        {"PQntuples", &l->rows},
        {"PQnfields", &l->columns},
        {"PQfname", &l->name},
        {"PQftype", &l->type},
        {"PQgetisnull", &l->is_null},
        {"PQgetvalue", &l->value},
        {"PQgetlength", &l->length},
        {"PQclear", &l->clear},
    };
    void *library = dlopen("libpq.so.5", RTLD_NOW | RTLD_LOCAL);
    is_loaded = library != NULL;
    for (size_t i = 0; is_loaded && i < sizeof functions / sizeof *functions; i++)
        is_loaded = find(library, functions[i].name, functions[i].place);
}

const struct libpq *libpq_load(struct err *err)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, load);
    if (is_loaded)
        return &loaded;
    fail(err, ERR_UNSUPPORTED,
         "a store in PostgreSQL needs its client library (libpq.so.5): install the package libpq5");
    return NULL;
}
