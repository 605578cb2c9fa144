/* Statements as a row of clauses; a subquery is one in brackets. */
#include "store/postgres/dialect/parts.h"

/* --------------------------------------------------------------------------------- lists of things
 */

static void chosen(struct parser *p, bool flat)
{
    do {
        if (at_sign(p, "*")) {
            copy(p);
            continue;
        }
        if (flat)
            value(p, LEVEL_OR);
        else
            anything(p);
        if (keep(p, "AS"))
            copy(p);
        else if (token_at(p, 0)->kind == TOKEN_NAME)
            copy(p);
    } while (keep(p, ","));
}

static void select(struct parser *p)
{
    bool flat = p->flat;
    p->flat = false;
    copy(p);
    if (!keep(p, "DISTINCT"))
        keep(p, "ALL");
    chosen(p, flat);
}

/* GROUP BY, ORDER BY, PARTITION BY */
static void sorted(struct parser *p)
{
    copy(p);
    copy(p);
    do {
        size_t from = p->out.n;
        enum sort sort = expression(p, LEVEL_OR);
        if (sort == SORT_JSON)
            make_value(p, from, sort);
        if (!keep(p, "ASC"))
            keep(p, "DESC");
        if (keep(p, "NULLS"))
            copy(p);
    } while (keep(p, ","));
}

static void assigned(struct parser *p)
{
    struct str upsert = p->upsert;
    copy(p);
    do {
        p->upsert = (struct str){0};
        if (at_sign(p, "("))
            copy_bracket(p);
        else
            name(p);
        p->upsert = upsert;
        keep(p, "=");
        value(p, LEVEL_OR);
    } while (keep(p, ","));
}

static void values(struct parser *p)
{
    copy(p);
    do {
        keep(p, "(");
        do
            value(p, LEVEL_OR);
        while (keep(p, ","));
        keep(p, ")");
    } while (keep(p, ","));
}

/* ----------------------------------------------------------------------------------------- FROM */

/* What may follow a table that has no name of its own. */
bool ends_table(const struct token *t)
{
    static const char *const words[] = {"WHERE",  "GROUP",     "ORDER",  "LIMIT",  "ON",
                                        "JOIN",   "LEFT",      "INNER",  "CROSS",  "UNION",
                                        "EXCEPT", "INTERSECT", "HAVING", "OFFSET", "RETURNING",
                                        "WINDOW", "USING",     "SET",    NULL};
    return t->kind == TOKEN_END || t->kind == TOKEN_SIGN ||
           (t->kind == TOKEN_WORD && str_one_of(t->text, words));
}

static void source(struct parser *p)
{
    bool query = at_sign(p, "(");
    if (query) {
        copy(p);
        clauses(p);
        keep(p, ")");
    } else if (!json_table(p)) {
        name(p);
        while (keep(p, "."))
            name(p);
    }
    if (keep(p, "AS") || !ends_table(token_at(p, 0)))
        name(p);
    else if (query)
        emit(p, arena_fmt(p->arena, "unnamed_%u", ++p->unnamed));
}

/* SQLite lets CROSS JOIN have conditions: it only keeps the order of the tables. */
static bool has_condition(const struct parser *p)
{
    size_t depth = 0;
    for (size_t ahead = 2;; ahead++) {
        const struct token *t = token_at(p, ahead);
        if (depth == 0 && token_is(t, "ON"))
            return true;
        if (t->kind == TOKEN_END ||
            (depth == 0 && (token_is(t, ")") || token_is(t, ",") || token_is(t, "WHERE") ||
                            token_is(t, "JOIN") || token_is(t, "ORDER") || token_is(t, "GROUP"))))
            return false;
        depth += token_is(t, "(");
        depth -= token_is(t, ")");
    }
}

static void joined(struct parser *p)
{
    if (at_word(p, "CROSS") && has_condition(p))
        p->at++;
    while (!keep(p, "JOIN") && token_at(p, 0)->kind == TOKEN_WORD)
        copy(p);
    source(p);
}

static void from(struct parser *p)
{
    copy(p);
    do
        source(p);
    while (keep(p, ","));
}

/* -------------------------------------------------------------------------------------- changes */

/* INSERT INTO name [(columns)] */
static void insert(struct parser *p)
{
    copy(p);
    keep(p, "INTO");
    p->table = token_at(p, 0)->text;
    name(p);
    if (keep(p, "AS")) {
        p->table = token_at(p, 0)->text;
        name(p);
    }
    if (at_sign(p, "("))
        copy_bracket(p);
}

static void update(struct parser *p)
{
    copy(p);
    source(p);
}

/* ON CONFLICT [(columns)] DO ..: from DO UPDATE on columns are the table's. */
static void conflict(struct parser *p)
{
    copy(p);
    copy(p);
    if (at_sign(p, "("))
        copy_bracket(p);
    if (keep(p, "WHERE"))
        truth(p, LEVEL_OR);
    keep(p, "DO");
    if (!keep(p, "NOTHING")) {
        copy(p);
        p->upsert = p->table;
        assigned(p);
        if (keep(p, "WHERE"))
            truth(p, LEVEL_OR);
        p->upsert = (struct str){0};
    }
}

static void with(struct parser *p)
{
    copy(p);
    keep(p, "RECURSIVE");
    do {
        name(p);
        if (at_sign(p, "("))
            copy_bracket(p);
        while (!at_sign(p, "(") && token_at(p, 0)->kind != TOKEN_END)
            copy(p);
        keep(p, "(");
        clauses(p);
        keep(p, ")");
    } while (keep(p, ","));
}

static void condition(struct parser *p)
{
    copy(p);
    truth(p, LEVEL_OR);
}

static void on(struct parser *p)
{
    if (token_is(token_at(p, 1), "CONFLICT")) {
        conflict(p);
        return;
    }
    condition(p);
    while (keep(p, ",")) /* more tables */
        source(p);
}

static void limit(struct parser *p)
{
    copy(p);
    value(p, LEVEL_OR);
}

static void returning(struct parser *p)
{
    copy(p);
    chosen(p, false);
}

/* FOR UPDATE OF t SKIP LOCKED */
static void locking(struct parser *p)
{
    while (token_at(p, 0)->kind != TOKEN_END && !at_sign(p, ")") && !at_sign(p, ";"))
        copy(p);
}

static bool clause(struct parser *p)
{
    static const struct {
        const char *word;
        void (*write)(struct parser *p);
    } known[] = {{"SELECT", select},
                 {"FROM", from},
                 {"WHERE", condition},
                 {"HAVING", condition},
                 {"ON", on},
                 {"JOIN", joined},
                 {"LEFT", joined},
                 {"INNER", joined},
                 {"CROSS", joined},
                 {"GROUP", sorted},
                 {"ORDER", sorted},
                 {"PARTITION", sorted},
                 {"LIMIT", limit},
                 {"OFFSET", limit},
                 {"SET", assigned},
                 {"VALUES", values},
                 {"RETURNING", returning},
                 {"INSERT", insert},
                 {"UPDATE", update},
                 {"FOR", locking},
                 {"WITH", with}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (at_word(p, known[i].word)) {
            known[i].write(p);
            return true;
        }
    return false;
}

/* What no rule speaks of; brackets in it are balanced. */
static void unknown(struct parser *p)
{
    bool opens = at_sign(p, "(");
    copy(p);
    if (opens) {
        clauses(p);
        keep(p, ")");
    }
}

void clauses(struct parser *p)
{
    struct str upsert = p->upsert;
    p->upsert = (struct str){0};
    while (token_at(p, 0)->kind != TOKEN_END && !at_sign(p, ")") && !at_sign(p, ";"))
        if (!clause(p))
            unknown(p);
    p->upsert = upsert;
}
