/* What the files of api/ share: the running API and its handlers. */
#ifndef API_PARTS_H
#define API_PARTS_H

#include "api/api.h"
#include "export/export.h"

enum { API_MAX_FORMATS = 32 };

struct api {
    struct http_server *http;
    struct store *store;
    struct worker *worker;                 /* NULL: the store is only read */
    const char *suffixes[API_MAX_FORMATS]; /* of the formats that lists can be had in */
};

/* The one table. */
extern const struct http_route api_routes[];
extern const size_t api_n_routes;

/* context.c */
struct api *api_of(const struct http_context *c);
/* ERR_READ_ONLY when the store is only read. */
bool may_write(const struct http_context *c, struct err *err);
/* Sets the answer to the item of the noun. */
bool answer_item(struct http_context *c, int status, enum store_noun noun, int64_t id,
                 struct err *err);

/* query.c: the path and the query parameters as a store_query for the route's noun. ERR_INVALID
 * names the parameter that is wrong. */
bool query_read(const struct http_context *c, struct store_query *query, struct err *err);
/* Describes a parameter by name, as an OpenAPI schema; false when it is not known. */
bool query_schema(struct str name, struct json *j);
/* Appends s with everything but unreserved characters as %XX. */
void query_escape(struct buf *out, struct str s);

/* body.c: a JSON body that is an object with no other members than those named (separated by
 * blanks). The caller deletes the tree. */
bool body_object(const struct http_context *c, const char *members, cJSON **tree, struct err *err);
/* A whole number from 1 to 2^53-1; *out is 0 when the member is absent. */
bool body_id(const cJSON *object, const char *key, int64_t *out, struct err *err);

/* read.c: answers with the rows of the query, as JSON or in the request's format. */
bool list_rows(struct http_context *c, const struct store_query *query, struct err *err);

/* coding/reviewed.c: a header that says how many statements of the query a person has looked at. */
void name_reviewed(struct http_context *c, const struct store_query *query);

/* decision.c: who decides: the user, where the server knows users; else who the body (which may be
 * NULL) says. */
bool read_by(const struct http_context *c, const cJSON *body, struct str *by, struct err *err);

/* Handlers. read_*: route.subject is a noun. */
bool read_list(struct http_context *c, struct err *err);
bool read_item(struct http_context *c, struct err *err);
bool read_comparison(struct http_context *c, struct err *err);
bool read_alike(struct http_context *c, struct err *err);
bool read_reviewed(struct http_context *c, struct err *err);
bool read_export(struct http_context *c, struct err *err);
bool read_formats(struct http_context *c, struct err *err);
bool read_of_article(struct http_context *c, struct err *err);
bool read_original(struct http_context *c, struct err *err);
bool read_rest(struct http_context *c, struct err *err);
bool post_import(struct http_context *c, struct err *err);
bool post_project(struct http_context *c, struct err *err);
bool post_actor_list(struct http_context *c, struct err *err);
bool post_import_cancel(struct http_context *c, struct err *err);
bool post_watch(struct http_context *c, struct err *err);
bool post_watch_change(struct http_context *c, struct err *err);
bool delete_watch(struct http_context *c, struct err *err);
bool post_hook(struct http_context *c, struct err *err);
bool delete_hook(struct http_context *c, struct err *err);
bool read_of_hook(struct http_context *c, struct err *err);
bool post_reread(struct http_context *c, struct err *err);
bool post_reread_cancel(struct http_context *c, struct err *err);
bool post_preview(struct http_context *c, struct err *err);
bool read_events(struct http_context *c, struct err *err);
bool post_decision(struct http_context *c, struct err *err);
bool post_undo(struct http_context *c, struct err *err);
bool post_redo(struct http_context *c, struct err *err);
bool post_issue(struct http_context *c, struct err *err);
bool read_of_sample(struct http_context *c, struct err *err);
bool read_codings(struct http_context *c, struct err *err);
bool read_agreement(struct http_context *c, struct err *err);
bool read_differences(struct http_context *c, struct err *err);
bool read_precision(struct http_context *c, struct err *err);
bool read_me(struct http_context *c, struct err *err);
bool post_sample(struct http_context *c, struct err *err);
bool delete_sample(struct http_context *c, struct err *err);
bool system_health(struct http_context *c, struct err *err);
bool system_version(struct http_context *c, struct err *err);
bool system_metrics(struct http_context *c, struct err *err);
bool openapi(struct http_context *c, struct err *err);

#endif
