/* Values on their way in and out, in PostgreSQL's binary form. */
#include "store/postgres/link.h"

#include "base/json.h"
#include "store/spans.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void put_int64(char *bytes, uint64_t n)
{
    for (int i = 7; i >= 0; i--, n >>= 8)
        bytes[i] = (char)(n & 255);
}

const char *parameter_bytes(struct parameter *p, int *length)
{
    uint64_t bits;
    switch (p->value.type) {
    case ENGINE_NULL:
        return NULL;
    case ENGINE_INT:
        put_int64(p->bytes, (uint64_t)p->value.integer);
        *length = 8;
        return p->bytes;
    case ENGINE_REAL:
        memcpy(&bits, &p->value.real, sizeof bits);
        put_int64(p->bytes, bits);
        *length = 8;
        return p->bytes;
    case ENGINE_TEXT:
    case ENGINE_BLOB:
        break;
    }
    *length = (int)p->value.text.n;
    return p->value.text.n ? p->value.text.p : "";
}

/* A number of 1, 2, 4 or 8 bytes, the highest first, with its sign. */
static int64_t get_int(struct str bytes)
{
    uint64_t n = bytes.n && (bytes.p[0] & 0x80) ? UINT64_MAX : 0;
    for (size_t i = 0; i < bytes.n; i++)
        n = n << 8 | (unsigned char)bytes.p[i];
    return (int64_t)n;
}

static double get_real(struct str bytes)
{
    double real = 0;
    uint64_t bits = (uint64_t)get_int(bytes);
    uint32_t few = (uint32_t)bits;
    float single;
    if (bytes.n == 8) {
        memcpy(&real, &bits, sizeof real);
        return real;
    }
    memcpy(&single, &few, sizeof single);
    return single;
}

/* A decimal: how many digits to the base of 10000, the weight of the first, the sign. */
static struct engine_value get_decimal(struct str bytes)
{
    enum { HEAD = 8, NEGATIVE = 0x4000 };
    int n = (int)get_int(str_slice(bytes, 0, 2)), weight = (int)get_int(str_slice(bytes, 2, 4));
    double real = 0;
    for (int i = 0; i < n; i++) {
        size_t at = HEAD + 2 * (size_t)i;
        double digit = (double)get_int(str_slice(bytes, at, at + 2));
        for (int power = weight - i; power; power += power > 0 ? -1 : 1)
            digit = power > 0 ? digit * 10000 : digit / 10000;
        real += digit;
    }
    if (get_int(str_slice(bytes, 4, 6)) == NEGATIVE)
        real = -real;
    return (struct engine_value){.type = ENGINE_REAL, .real = real};
}

/* Documents are texts; a value that was taken out of one is what it is there. */
static struct engine_value get_json(struct engine_statement *s, struct str text)
{
    struct engine_value value = {.type = ENGINE_TEXT, .text = text};
    if (text.n && strchr("{[", text.p[0]))
        return value;
    cJSON *item = cJSON_ParseWithLength(text.p, text.n);
    if (cJSON_IsString(item)) {
        value.text = arena_str(&s->row, str_of(item->valuestring));
    } else if (cJSON_IsBool(item)) {
        value = (struct engine_value){.type = ENGINE_INT, .integer = cJSON_IsTrue(item)};
    } else if (cJSON_IsNumber(item)) {
        bool whole = item->valuedouble == (double)(int64_t)item->valuedouble;
        value =
            whole ? (struct engine_value){.type = ENGINE_INT, .integer = strtoll(text.p, NULL, 10)}
                  : (struct engine_value){.type = ENGINE_REAL, .real = item->valuedouble};
    }
    cJSON_Delete(item);
    return value;
}

/* The arguments of span_lines: how many, and of each its type, its length (-1: null), its bytes. */
static struct engine_value get_spans(struct engine_statement *s, struct str bytes)
{
    enum { FIELDS = 6, NUMBER = 4 };
    struct str fields[FIELDS] = {{0}};
    size_t at = NUMBER;
    for (size_t i = 0; i < FIELDS && at + 2 * NUMBER <= bytes.n; i++) {
        int64_t n = get_int(str_slice(bytes, at + NUMBER, at + 2 * (size_t)NUMBER));
        at += 2 * (size_t)NUMBER;
        fields[i] = str_slice(bytes, at, at + (size_t)(n > 0 ? n : 0));
        at += fields[i].n;
    }
    struct buf out = {0};
    spans_write(
        &(struct spans_row){fields[0], fields[1], fields[2], fields[3], fields[4], fields[5]},
        SPANS_LINES, &out);
    struct str lines = arena_str(&s->row, buf_str(&out));
    buf_finish(&out);
    return (struct engine_value){.type = ENGINE_TEXT, .text = lines};
}

static struct engine_value value_as_it_is(struct engine_statement *s, int column)
{
    const struct libpq *pq = s->link->pq;
    struct str bytes = {pq->value(s->result, s->at, column),
                        (size_t)pq->length(s->result, s->at, column)};
    switch (pq->type(s->result, column)) {
    case TYPE_BOOL:
    case TYPE_INT2:
    case TYPE_INT4:
    case TYPE_INT8:
        return (struct engine_value){.type = ENGINE_INT, .integer = get_int(bytes)};
    case TYPE_FLOAT4:
    case TYPE_FLOAT8:
        return (struct engine_value){.type = ENGINE_REAL, .real = get_real(bytes)};
    case TYPE_NUMERIC:
        return get_decimal(bytes);
    case TYPE_RECORD:
        return get_spans(s, bytes);
    case TYPE_JSON:
        return get_json(s, bytes);
    case TYPE_BYTES:
        return (struct engine_value){.type = ENGINE_BLOB, .text = bytes};
    default:
        return (struct engine_value){.type = ENGINE_TEXT, .text = bytes};
    }
}

static double as_real(const struct engine_value *v)
{
    char number[64];
    if (v->type == ENGINE_INT || v->type == ENGINE_REAL)
        return v->type == ENGINE_INT ? (double)v->integer : v->real;
    snprintf(number, sizeof number, "%.*s", STR_ARG(v->text));
    return strtod(number, NULL);
}

static int64_t as_int(const struct engine_value *v)
{
    char number[64];
    if (v->type == ENGINE_INT || v->type == ENGINE_REAL)
        return v->type == ENGINE_INT ? v->integer : (int64_t)v->real;
    snprintf(number, sizeof number, "%.*s", STR_ARG(v->text));
    return strtoll(number, NULL, 10);
}

static struct str as_text(struct engine_statement *s, const struct engine_value *v)
{
    if (v->type == ENGINE_INT)
        return arena_fmt(&s->row, "%lld", (long long)v->integer);
    if (v->type == ENGINE_REAL)
        return arena_fmt(&s->row, "%.15g", v->real);
    return v->text;
}

struct engine_value pg_column(struct engine_statement *s, int column, enum engine_type as)
{
    if (s->link->pq->is_null(s->result, s->at, column))
        return (struct engine_value){.type = as};
    struct engine_value v = value_as_it_is(s, column);
    if (as == ENGINE_NULL || as == v.type)
        return v;
    if (as == ENGINE_INT)
        return (struct engine_value){.type = as, .integer = as_int(&v)};
    if (as == ENGINE_REAL)
        return (struct engine_value){.type = as, .real = as_real(&v)};
    return (struct engine_value){.type = as, .text = as_text(s, &v)};
}
