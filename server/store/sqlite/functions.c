/* Functions of ours that the literals call. All are pure and innocuous. */
#include "store/sqlite/link.h"

#include "base/json.h"
#include "base/pack.h"
#include "store/spans.h"

#include <string.h>

/* The marks that search's literals have FTS5 put around a hit. */
enum { HIT_BEGIN = 2, HIT_END = 3 };

static void add_part(struct json *j, struct str text, bool hit)
{
    if (text.n == 0)
        return;
    json_object(j);
    json_field_str(j, "text", text);
    json_field_bool(j, "hit", hit);
    json_end_object(j);
}

/* snippet_parts(text): [{"text","hit"}] out of a text with marks. */
static void snippet_parts(sqlite3_context *context, int n, sqlite3_value **values)
{
    (void)n;
    const char *bytes = (const char *)sqlite3_value_text(values[0]);
    struct str text = {bytes, bytes ? (size_t)sqlite3_value_bytes(values[0]) : 0};
    struct buf out = {0};
    struct json j = json_begin(&out);
    json_array(&j);
    size_t from = 0;
    bool hit = false;
    for (size_t i = 0; i <= text.n; i++) {
        if (i < text.n && text.p[i] != HIT_BEGIN && text.p[i] != HIT_END)
            continue;
        add_part(&j, str_slice(text, from, i), hit);
        hit = i < text.n && text.p[i] == HIT_BEGIN;
        from = i + 1;
    }
    json_end_array(&j);
    sqlite3_result_text64(context, out.p, out.n, SQLITE_TRANSIENT, SQLITE_UTF8);
    buf_finish(&out);
}

/* packed(text): its bytes compressed (base/pack.h), for steps of the schema; null of null. */
static void packed(sqlite3_context *context, int n, sqlite3_value **values)
{
    (void)n;
    struct arena a = {0};
    const char *bytes = (const char *)sqlite3_value_text(values[0]);
    if (bytes) {
        struct str out =
            bytes_pack(&a, (struct str){bytes, (size_t)sqlite3_value_bytes(values[0])});
        sqlite3_result_blob64(context, out.p, out.n, SQLITE_TRANSIENT);
    }
    arena_finish(&a);
}

/* checked(text, digest): see engine.h. */
static void checked(sqlite3_context *context, int n, sqlite3_value **values)
{
    (void)n;
    const char *bytes = (const char *)sqlite3_value_text(values[0]);
    struct str text = {bytes, bytes ? (size_t)sqlite3_value_bytes(values[0]) : 0};
    if (engine_text_digest(text) == sqlite3_value_int64(values[1]))
        sqlite3_result_value(context, values[0]);
    else
        sqlite3_result_error_code(context, SQLITE_CORRUPT);
}

static struct str text_of(sqlite3_value *value)
{
    const char *bytes = (const char *)sqlite3_value_text(value);
    return (struct str){bytes, bytes ? (size_t)sqlite3_value_bytes(value) : 0};
}

/* What the spans of a statement say: see engine.h. */
static void spans_as(sqlite3_context *context, sqlite3_value **values, enum spans_form form)
{
    struct spans_row row = {text_of(values[0]), text_of(values[1]), text_of(values[2]),
                            text_of(values[3]), text_of(values[4]), text_of(values[5])};
    struct buf out = {0};
    spans_write(&row, form, &out);
    sqlite3_result_text64(context, out.p, out.n, SQLITE_TRANSIENT, SQLITE_UTF8);
    buf_finish(&out);
}

static void span_lines(sqlite3_context *context, int n, sqlite3_value **values)
{
    (void)n;
    spans_as(context, values, SPANS_LINES);
}

static void span_members(sqlite3_context *context, int n, sqlite3_value **values)
{
    (void)n;
    spans_as(context, values, SPANS_MEMBERS);
}

static void span_members_all(sqlite3_context *context, int n, sqlite3_value **values)
{
    (void)n;
    spans_as(context, values, SPANS_WHOLE);
}

/* mention_list(text, places): see engine.h. */
static void mention_list(sqlite3_context *context, int n, sqlite3_value **values)
{
    (void)n;
    struct buf out = {0};
    mentions_write(text_of(values[0]), text_of(values[1]), &out);
    sqlite3_result_text64(context, out.p, out.n, SQLITE_TRANSIENT, SQLITE_UTF8);
    buf_finish(&out);
}

bool link_add_functions(struct engine_link *link, struct err *err)
{
    static const struct {
        const char *name;
        int arguments;
        void (*function)(sqlite3_context *context, int n, sqlite3_value **values);
    } functions[] = {{"snippet_parts", 1, snippet_parts},
                     {"packed", 1, packed},
                     {"checked", 2, checked},
                     {"span_lines", 6, span_lines},
                     {"span_members", 6, span_members},
                     {"span_members_all", 6, span_members_all},
                     {"mention_list", 2, mention_list}};
    int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, code = SQLITE_OK;
    for (size_t i = 0; i < sizeof functions / sizeof *functions && code == SQLITE_OK; i++)
        code = sqlite3_create_function_v2(link->handle, functions[i].name, functions[i].arguments,
                                          flags, NULL, functions[i].function, NULL, NULL, NULL);
    return code == SQLITE_OK || link_fail(link, 0, err);
}
