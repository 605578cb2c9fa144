/* A store copied into another one, row by row: from a file into a database server, or back.
 *
 * Tables go in the order of their references, rows in the order of their keys, some hundred in a
 * transaction: what is there of a table already is what a copy that was broken off has left, and
 * copying goes on behind its last row. Then every row of both is compared. The source is read in
 * one snapshot. */
#include "store/db/db.h"
#include "store/transfer/tables.h"

#include <stdio.h>
#include <string.h>

enum { ROWS_AT_ONCE = 500, MOST_COLUMNS = 64 };

struct transfer {
    struct store *from, *to;
    struct db *in; /* of the source, in its snapshot */
    const struct store_transfer *how;
    struct arena arena; /* texts of statements */
    struct arena page;  /* keys and values of the rows at hand */
    struct tables tables;
    int64_t rows;
    struct err *err;
};

/* A row as it is bound again. */
struct row {
    struct engine_value v[MOST_COLUMNS];
};

/* One table's statements. */
struct motion {
    const struct table *table;
    struct str columns[MOST_COLUMNS];
    size_t n_columns, n_written; /* those that follow from others are last */
    size_t keys[MOST_KEYS];      /* columns */
    const char *page_first, *page_next, *last, *insert;
};

static void add_keys(struct buf *out, const struct table *t, const char *form, const char *part)
{
    for (size_t i = 0; i < t->n_keys; i++) {
        buf_add(out, i ? str_of(part) : S(""));
        buf_fmt(out, "\"%.*s\"%s", STR_ARG(t->keys[i]), form);
    }
}

/* SELECT * FROM table [WHERE (keys) > (:k0, ..)] ORDER BY keys [DESC] LIMIT n */
static const char *page_sql(struct transfer *t, const struct table *table, bool behind, bool last)
{
    struct buf out = {0};
    buf_fmt(&out, "SELECT * FROM %.*s", STR_ARG(table->name));
    if (behind) {
        buf_add(&out, S(" WHERE ("));
        add_keys(&out, table, "", ", ");
        for (size_t i = 0; i < table->n_keys; i++)
            buf_fmt(&out, "%s:k%zu", i ? ", " : ") > (", i);
        buf_char(&out, ')');
    }
    buf_add(&out, S(" ORDER BY "));
    add_keys(&out, table, last ? " DESC" : "", ", ");
    buf_fmt(&out, " LIMIT %d", last ? 1 : ROWS_AT_ONCE);
    struct str sql = arena_str(&t->arena, buf_str(&out));
    buf_finish(&out);
    return sql.p;
}

static const char *insert_sql(struct transfer *t, const struct motion *m)
{
    struct buf out = {0};
    buf_fmt(&out, "INSERT INTO %.*s (", STR_ARG(m->table->name));
    for (size_t i = 0; i < m->n_written; i++)
        buf_fmt(&out, "%s\"%.*s\"", i ? ", " : "", STR_ARG(m->columns[i]));
    for (size_t i = 0; i < m->n_written; i++)
        buf_fmt(&out, "%s:v%zu", i ? ", " : ") VALUES (", i);
    buf_char(&out, ')');
    struct str sql = arena_str(&t->arena, buf_str(&out));
    buf_finish(&out);
    return sql.p;
}

static bool follows(const struct table *table, struct str column)
{
    for (size_t i = 0; i < table->n_follows; i++)
        if (str_eq_case(column, table->follows[i]))
            return true;
    return false;
}

static void name_columns(struct transfer *t, struct motion *m, struct query *q)
{
    const char *name;
    while (m->n_columns < MOST_COLUMNS &&
           (name = q->db->engine->name(q->statement, (int)m->n_columns))) {
        struct str column = arena_str(&t->arena, str_of(name));
        for (size_t k = 0; k < m->table->n_keys; k++)
            if (str_eq_case(column, m->table->keys[k]))
                m->keys[k] = m->n_columns;
        if (!follows(m->table, column))
            m->n_written = m->n_columns + 1;
        m->columns[m->n_columns++] = column;
    }
}

static bool prepare(struct transfer *t, const struct table *table, struct motion *m)
{
    *m = (struct motion){.table = table,
                         .page_first = page_sql(t, table, false, false),
                         .page_next = page_sql(t, table, true, false),
                         .last = page_sql(t, table, false, true)};
    struct query q = query_begin(t->in, m->last);
    query_step(&q);
    if (q.statement && !q.code)
        name_columns(t, m, &q);
    m->insert = insert_sql(t, m);
    return query_end(&q, t->err) &&
           (m->n_columns ||
            fail(t->err, ERR_INTERNAL, "the table %.*s has no columns", STR_ARG(table->name)));
}

static struct engine_value keep(struct arena *a, struct engine_value v)
{
    if (v.type == ENGINE_TEXT || v.type == ENGINE_BLOB)
        v.text = arena_str(a, v.text);
    return v;
}

static void bind(struct query *q, char kind, size_t n, const struct engine_value *value)
{
    char name[32];
    snprintf(name, sizeof name, ":%c%zu", kind, n);
    int at = q->statement ? q->db->engine->parameter(q->statement, name) : 0;
    if (at > 0)
        q->db->engine->bind(q->statement, at, value);
}

struct rows {
    struct row *v;
    size_t n, cap;
};

/* Rows behind `behind` (NULL: from the first), kept in the page's arena. */
static bool read_page(struct transfer *t, struct db *db, const struct motion *m,
                      const struct row *behind, struct rows *out)
{
    struct query q = query_begin(db, behind ? m->page_next : m->page_first);
    *out = (struct rows){0};
    for (size_t k = 0; behind && k < m->table->n_keys; k++)
        bind(&q, 'k', k, &behind->v[m->keys[k]]);
    while (query_step(&q)) {
        out->v = arena_grow(&t->page, out->v, out->n, &out->cap, sizeof *out->v);
        struct row *row = &out->v[out->n++];
        for (size_t i = 0; i < m->n_columns; i++)
            row->v[i] = keep(&t->page, db->engine->column(q.statement, (int)i, ENGINE_NULL));
    }
    return query_end(&q, t->err);
}

/* The keys of the last row, which the next page is behind. */
static void keep_last(struct transfer *t, const struct motion *m, const struct rows *rows,
                      struct row *behind)
{
    for (size_t k = 0; rows->n && k < m->table->n_keys; k++)
        behind->v[m->keys[k]] = keep(&t->arena, rows->v[rows->n - 1].v[m->keys[k]]);
}

/* ------------------------------------------------------------------------------------- copying */

static bool index_rows(struct transfer *t, const struct motion *m, const struct rows *rows)
{
    bool articles = str_eq(m->table->name, S("article_versions"));
    struct engine_rows found = {articles ? ROWS_OF_ARTICLES : ROWS_OF_STATEMENTS, NULL, 0};
    size_t id = m->keys[0], current = 0;
    if (!articles && !str_eq(m->table->name, S("statements")))
        return true;
    while (articles && !str_eq(m->columns[current], S("current")))
        current++;
    int64_t *ids = arena_array(&t->page, rows->n + 1, sizeof *ids);
    for (size_t i = 0; i < rows->n; i++)
        if (!articles || rows->v[i].v[current].integer)
            ids[found.n++] = rows->v[i].v[id].integer;
    found.ids = ids;
    const struct db *db = &t->to->writer;
    return db->engine->index(db->link, &found, true, t->err);
}

static void insert(struct query *q, const struct motion *m, const struct rows *rows)
{
    for (size_t i = 0; i < rows->n; i++) {
        for (size_t c = 0; c < m->n_written; c++)
            bind(q, 'v', c, &rows->v[i].v[c]);
        query_again(q);
    }
}

static bool write_rows(struct transfer *t, const struct motion *m, const struct rows *rows)
{
    struct db *db = store_write_begin(t->to, t->err);
    if (!db)
        return false;
    struct query q = query_begin(db, m->insert);
    insert(&q, m, rows);
    bool ok = query_end(&q, t->err) && index_rows(t, m, rows);
    return store_write_end(t->to, ok, CHANGED_NOTHING, t->err);
}

static void tell(struct transfer *t, const struct motion *m, size_t n)
{
    t->rows += (int64_t)n;
    if (t->how->say)
        t->how->say(t->how->to, m->table->name, t->rows);
}

/* Behind the last row that the target has. */
static bool copy_table(struct transfer *t, const struct motion *m)
{
    struct row behind;
    struct rows rows = {.n = ROWS_AT_ONCE};
    struct query q = query_begin(&t->to->writer, m->last);
    bool some = query_step(&q);
    for (size_t k = 0; some && k < m->table->n_keys; k++)
        behind.v[m->keys[k]] =
            keep(&t->arena, q.db->engine->column(q.statement, (int)m->keys[k], ENGINE_NULL));
    bool ok = query_end(&q, t->err);
    for (; ok && rows.n == ROWS_AT_ONCE; some = true) {
        ok = read_page(t, t->in, m, some ? &behind : NULL, &rows) &&
             (rows.n == 0 || write_rows(t, m, &rows));
        keep_last(t, m, &rows, &behind);
        tell(t, m, rows.n);
        arena_reset(&t->page);
    }
    return ok;
}

/* ----------------------------------------------------------------------------------- verifying */

static bool same(const struct engine_value *a, const struct engine_value *b)
{
    if (a->type != b->type)
        return false;
    if (a->type == ENGINE_REAL)
        return a->real == b->real;
    if (a->type == ENGINE_INT)
        return a->integer == b->integer;
    return a->type == ENGINE_NULL || str_eq(a->text, b->text);
}

static bool same_rows(struct transfer *t, const struct motion *m, const struct row *a,
                      const struct row *b)
{
    for (size_t c = 0; c < m->n_columns; c++)
        if (!same(&a->v[c], &b->v[c]))
            return fail(t->err, ERR_CONFLICT,
                        "a row of the table %.*s differs in %.*s: was the store changed meanwhile? "
                        "Begin again with an empty one",
                        STR_ARG(m->table->name), STR_ARG(m->columns[c]));
    return true;
}

static bool compare_table(struct transfer *t, const struct motion *m)
{
    struct row behind;
    struct rows left = {.n = ROWS_AT_ONCE}, right;
    bool ok = true, some = false;
    for (; ok && left.n == ROWS_AT_ONCE; some = true) {
        const struct row *from = some ? &behind : NULL;
        ok = read_page(t, t->in, m, from, &left) && read_page(t, &t->to->writer, m, from, &right);
        if (ok && left.n != right.n)
            ok = fail(t->err, ERR_CONFLICT,
                      "the table %.*s has other rows in both stores: begin again with an empty one",
                      STR_ARG(m->table->name));
        for (size_t i = 0; ok && i < left.n; i++)
            ok = same_rows(t, m, &left.v[i], &right.v[i]);
        keep_last(t, m, &left, &behind);
        tell(t, m, left.n);
        arena_reset(&t->page);
    }
    return ok;
}

/* ---------------------------------------------------------------------------------- the whole */

/* A mark among the store's counters says that a copy is under way; what a new store has of itself
 * makes room first. */
static bool begin_target(struct transfer *t)
{
    struct db *db = store_write_begin(t->to, t->err);
    if (!db)
        return false;
    bool begun = db_number(db, "SELECT 1 FROM state WHERE name = 'transfer'", 0, 0) != 0;
    bool empty = db_number(db,
                           "SELECT (SELECT count(*) FROM stories WHERE id > 0) +"
                           " (SELECT count(*) FROM decisions) + (SELECT count(*) FROM imports)"
                           " + (SELECT count(*) FROM watches)",
                           0, 1) == 0;
    bool ok = begun || empty ||
              fail(t->err, ERR_CONFLICT, "the store to copy into is not empty: name a new one");
    if (ok && !begun)
        ok = db_run(db,
                    "DELETE FROM stories; DELETE FROM state WHERE name <> 'transfer';"
                    "INSERT INTO state (name, value) VALUES ('transfer', 1)",
                    t->err);
    return store_write_end(t->to, ok, CHANGED_NOTHING, t->err);
}

/* Counters last, and all at once: they are what makes the copy a store that is used. */
static bool end_target(struct transfer *t, const struct motion *state)
{
    struct rows rows;
    if (!read_page(t, t->in, state, NULL, &rows))
        return false;
    struct db *db = store_write_begin(t->to, t->err);
    if (!db)
        return false;
    bool ok = db_run(db, "DELETE FROM state", t->err);
    struct query q = query_begin(db, state->insert);
    if (ok)
        insert(&q, state, &rows);
    ok = query_end(&q, t->err) && ok;
    return store_write_end(t->to, ok, CHANGED_NOTHING, t->err);
}

static bool for_all(struct transfer *t, bool (*act)(struct transfer *t, const struct motion *m))
{
    for (size_t i = 0; i < t->tables.n; i++) {
        struct motion m;
        if (str_eq(t->tables.v[i].name, S("state")))
            continue;
        if (!prepare(t, &t->tables.v[i], &m) || !act(t, &m))
            return false;
    }
    return true;
}

static bool run(struct transfer *t)
{
    struct motion state = {0};
    for (size_t i = 0; i < t->tables.n; i++)
        if (str_eq(t->tables.v[i].name, S("state")) && !prepare(t, &t->tables.v[i], &state))
            return false;
    if (!begin_target(t) || !for_all(t, copy_table))
        return false;
    t->rows = 0;
    return for_all(t, compare_table) && end_target(t, &state);
}

bool store_transfer(const char *from, const char *to, struct store_transfer *how, struct err *err)
{
    struct transfer t = {.how = how, .err = err};
    struct store_options source = {.path = from, .read_only = true, .readers = 1};
    struct store_options target = {.path = to, .readers = 1};
    tables_read(&t.arena, assets_schema, &t.tables);
    bool ok = store_open(&source, &t.from, err) && store_open(&target, &t.to, err);
    t.in = ok ? store_read_begin(t.from, 0, err) : NULL;
    ok = t.in && run(&t);
    if (t.in)
        store_read_end(t.from, t.in);
    how->rows = t.rows;
    store_close(t.to);
    store_close(t.from);
    arena_finish(&t.page);
    arena_finish(&t.arena);
    return ok;
}
