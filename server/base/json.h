/* JSON: a writer that appends to a growing text, commas and escapes done, and a strict reader.
 *
 * The writer is what every JSON answer of the program goes through: no tree is built. Nesting is
 * limited to 60 levels, an assertion. */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

#include <cjson/cJSON.h>

struct json {
    struct buf *out;
    uint64_t has_items; /* bit d: something stands already at depth d */
    int depth;
    bool after_key;
};

struct json json_begin(struct buf *out);
void json_object(struct json *j);
void json_array(struct json *j);
void json_end_object(struct json *j);
void json_end_array(struct json *j);
void json_key(struct json *j, const char *key);

/* Values. Text must be valid UTF-8 (repair it where it comes in, see utf8_repair). */
void json_str(struct json *j, struct str s);
void json_int(struct json *j, int64_t value);
/* Up to `decimals` places, without trailing zeros; not-a-number and infinities give null. */
void json_num(struct json *j, double value, int decimals);
void json_bool(struct json *j, bool value);
void json_null(struct json *j);
/* Text that is JSON already. */
void json_raw(struct json *j, struct str text);

/* key: value in one call; json_field_opt writes null for an empty text. */
void json_field_str(struct json *j, const char *key, struct str s);
void json_field_opt(struct json *j, const char *key, struct str s);
void json_field_int(struct json *j, const char *key, int64_t value);
void json_field_bool(struct json *j, const char *key, bool value);

/* A strict reading of RFC 8259 text into a cJSON tree, the caller's to cJSON_Delete. Refuses,
 * with a sentence in err: invalid UTF-8, NUL, raw control bytes, more than 32 levels, duplicate
 * keys, numbers cJSON cannot hold, anything after the value. */
bool json_parse(struct str text, cJSON **tree, struct err *err);
/* The string member `key` of an object: false with err if it is present but no string, or absent
 * and `required`. The slice lives as long as the tree. */
bool json_get_str(const cJSON *object, const char *key, bool required, struct str *out,
                  struct err *err);

#endif
