/* Statements: translated when they are made ready, prepared when they run first, since only then
 * the types of their parameters are known. A result is fetched whole. */
#include "store/postgres/link.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int pg_prepare(struct engine_link *link, const char *sql, struct engine_statement **out)
{
    struct engine_statement *s = needed(calloc(1, sizeof *s));
    s->link = link;
    dialect_statement(&s->arena, str_of(sql), &s->dialect);
    s->parameters = arena_array(&s->arena, s->dialect.n_names + 1, sizeof *s->parameters);
    s->at = -1;
    *out = s;
    return ENGINE_DONE;
}

static void forget(struct engine_statement *s)
{
    if (s->result)
        s->link->pq->clear(s->result);
    s->result = NULL;
    s->sent = false;
    s->at = -1;
}

void pg_finish(struct engine_statement *s)
{
    if (!s)
        return;
    forget(s);
    arena_finish(&s->row);
    arena_finish(&s->arena);
    free(s);
}

/* ------------------------------------------------------------------------------------- binding */

int pg_parameter(struct engine_statement *s, const char *name)
{
    for (size_t i = 0; i < s->dialect.n_names; i++)
        if (strcmp(s->dialect.names[i].p, name) == 0)
            return (int)i + 1;
    return 0;
}

static unsigned type_of(const struct engine_value *value)
{
    static const unsigned types[] = {[ENGINE_NULL] = 0,
                                     [ENGINE_INT] = TYPE_INT8,
                                     [ENGINE_REAL] = TYPE_FLOAT8,
                                     [ENGINE_TEXT] = TYPE_TEXT,
                                     [ENGINE_BLOB] = TYPE_BYTES};
    return types[value->type ? value->type : value->meant];
}

/* What was a fraction once may be one again. */
void pg_bind(struct engine_statement *s, int at, const struct engine_value *value)
{
    struct parameter *p = &s->parameters[at - 1];
    unsigned type = type_of(value);
    p->value = *value;
    p->bound = true;
    if (type == TYPE_INT8 && p->type == TYPE_FLOAT8)
        p->value = (struct engine_value){.type = ENGINE_REAL, .real = (double)value->integer};
    else if (type && type != p->type) {
        p->type = type;
        s->stale = true;
    }
}

/* ------------------------------------------------------------------------------------- running */

static bool send_prepare(struct engine_statement *s)
{
    unsigned *types = arena_array(&s->row, s->dialect.n_places + 1, sizeof *types);
    for (size_t i = 0; i < s->dialect.n_places; i++) {
        const struct dialect_place *place = &s->dialect.places[i];
        unsigned type = s->parameters[place->name].type;
        types[i] = type ? type : place->tested ? TYPE_TEXT : 0;
    }
    snprintf(s->name, sizeof s->name, "s%u", ++s->link->names);
    return s->link->pq->send_prepare(s->link->conn, s->name, s->dialect.sql.p,
                                     (int)s->dialect.n_places, types);
}

static bool make_ready(struct engine_statement *s)
{
    struct pg_result *result;
    if (s->connects == s->link->connects && !s->stale)
        return true;
    if (!send_prepare(s) || !(result = pg_answer(s->link)))
        return false;
    s->link->pq->clear(result);
    s->connects = s->link->connects;
    s->stale = false;
    return true;
}

/* What was never bound is null. */
static bool send(struct engine_statement *s)
{
    size_t n = s->dialect.n_places;
    const char **values = arena_array(&s->row, n + 1, sizeof *values);
    int *lengths = arena_array(&s->row, n + 1, sizeof *lengths);
    int *formats = arena_array(&s->row, n + 1, sizeof *formats);
    for (size_t i = 0; i < n; i++) {
        struct parameter *p = &s->parameters[s->dialect.places[i].name];
        values[i] = p->bound ? parameter_bytes(p, &lengths[i]) : NULL;
        formats[i] = 1;
    }
    return s->link->pq->send_prepared(s->link->conn, s->name, (int)n, values, lengths, formats, 1);
}

/* What failed may have done so for a value of a wrong type: the next ones say anew what they are.
 */
static void forget_types(struct engine_statement *s)
{
    for (size_t i = 0; i < s->dialect.n_names; i++)
        s->parameters[i].type = 0;
    s->stale = true;
}

/* In a write, what yields nothing is not waited for: its failure shows when something is, at the
 * latest at the transaction's end, which then fails. Answers must not pile up in the network. */
static int send_only(struct engine_statement *s)
{
    enum { MOST_SENT = 256 };
    struct engine_link *link = s->link;
    bool prepares = s->connects != link->connects || s->stale;
    arena_reset(&s->row);
    if ((!link->sent && !link->pq->pipeline(link->conn)) || (prepares && !send_prepare(s)) ||
        !send(s)) {
        pg_failed(link, "08006", link->pq->error(link->conn));
        return link->code;
    }
    s->connects = link->connects;
    s->stale = false;
    s->sent = true;
    link->sent += 2;
    return link->sent < MOST_SENT || pg_drain(link) ? 0 : link->code;
}

/* 0, or the failure's code. */
static int run(struct engine_statement *s)
{
    struct engine_link *link = s->link;
    arena_reset(&s->row);
    if (!pg_drain(link))
        return link->code;
    if (link->pq->transaction(link->conn) != PG_IN_ERROR)
        link->code = 0;
    if (!make_ready(s) || !send(s) || !(s->result = pg_answer(link))) {
        forget_types(s);
        if (!link->code)
            pg_failed(link, "08006", link->pq->error(link->conn));
        return link->code;
    }
    s->n = link->pq->rows(s->result);
    return 0;
}

int pg_step(struct engine_statement *s)
{
    bool sends = !s->dialect.yields && s->link->writes;
    int code = s->result || s->sent ? 0 : sends ? send_only(s) : run(s);
    if (code || s->sent)
        return code;
    arena_reset(&s->row);
    if (s->at < s->n)
        s->at++;
    return s->at < s->n ? ENGINE_ROW : ENGINE_DONE;
}

void pg_reset(struct engine_statement *s, bool unbind)
{
    forget(s);
    for (size_t i = 0; unbind && i < s->dialect.n_names; i++)
        s->parameters[i].bound = false;
}

/* Names are known once it has run: its parameters are bound by then. */
const char *pg_name(struct engine_statement *s, int column)
{
    if (s->sent || (!s->result && run(s) != 0))
        return NULL;
    return column < s->link->pq->columns(s->result) ? s->link->pq->name(s->result, column) : NULL;
}
