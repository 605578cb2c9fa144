/* Expressions, by precedence climbing: what is written is made fit once its sort is known. */
#include "store/postgres/dialect/parts.h"

static bool opens_query(const struct parser *p, size_t ahead)
{
    const struct token *t = token_at(p, ahead);
    return token_is(t, "SELECT") || token_is(t, "WITH") || token_is(t, "VALUES");
}

void value(struct parser *p, enum level level)
{
    size_t from = p->out.n;
    make_value(p, from, expression(p, level));
}

void truth(struct parser *p, enum level level)
{
    size_t from = p->out.n;
    make_truth(p, from, expression(p, level));
}

void anything(struct parser *p)
{
    size_t from = p->out.n;
    enum sort sort = expression(p, LEVEL_OR);
    if (sort == SORT_TRUTH)
        make_value(p, from, sort);
}

/* ------------------------------------------------------------------------------------- operands */

/* Has the query that begins here a LIMIT, or is it no SELECT? */
static bool is_limited(const struct parser *p)
{
    size_t depth = 0;
    for (size_t ahead = 0; !at_word(p, "VALUES"); ahead++) {
        const struct token *t = token_at(p, ahead);
        if (t->kind == TOKEN_END || (depth == 0 && token_is(t, ")")))
            return false;
        if (depth == 0 && token_is(t, "LIMIT"))
            return true;
        depth += token_is(t, "(");
        depth -= token_is(t, ")");
    }
    return true;
}

/* Of a query that stands for one value the first row counts, as with SQLite. */
static enum sort bracket(struct parser *p)
{
    enum sort sort = SORT_VALUE;
    copy(p);
    if (opens_query(p, 0)) {
        bool one = !p->flat && !is_limited(p);
        clauses(p);
        if (one)
            emit(p, S("LIMIT 1"));
    } else if (count_commas(p, 0) == 0 && !at_sign(p, ")")) {
        size_t from = p->out.n;
        sort = expression(p, LEVEL_OR);
        if (at_sign(p, ",")) {
            make_value(p, from, sort);
            sort = SORT_VALUE;
        }
    }
    while (keep(p, ","))
        value(p, LEVEL_OR);
    keep(p, ")");
    return sort;
}

static enum sort exists(struct parser *p)
{
    copy(p);
    copy(p);
    clauses(p);
    keep(p, ")");
    return SORT_TRUTH;
}

static enum sort choice(struct parser *p)
{
    copy(p);
    bool compares = !at_word(p, "WHEN");
    if (compares)
        value(p, LEVEL_OR);
    while (keep(p, "WHEN")) {
        if (compares)
            value(p, LEVEL_OR);
        else
            truth(p, LEVEL_OR);
        keep(p, "THEN");
        anything(p);
    }
    if (keep(p, "ELSE"))
        anything(p);
    keep(p, "END");
    return SORT_VALUE;
}

static struct str cast_type(const struct token *t)
{
    return token_is(t, "INTEGER") ? S("bigint")
           : token_is(t, "REAL")  ? S("float8")
           : token_is(t, "BLOB")  ? S("bytea")
                                  : t->text;
}

/* CAST(x AS TYPE); the bytes of a text are those of its encoding. */
static enum sort cast(struct parser *p)
{
    size_t from = p->out.n;
    p->at += 2;
    value(p, LEVEL_OR);
    pass(p, "AS");
    const struct token *type = token_at(p, 0);
    bool bytes = token_is(type, "BLOB");
    emit_before(p, from, bytes ? S("convert_to (") : S("CAST ("));
    if (bytes) {
        emit(p, S(", 'UTF8'"));
    } else {
        emit(p, S("AS"));
        emit(p, cast_type(type));
    }
    p->at++;
    keep(p, ")");
    return SORT_VALUE;
}

/* A column, with its table before it if it has one. In DO UPDATE one without is the table's. */
static enum sort column(struct parser *p)
{
    bool alone = !token_is(token_at(p, 1), ".");
    if (p->upsert.n && alone && token_at(p, 0)->kind == TOKEN_WORD) {
        emit(p, p->upsert);
        buf_char(&p->out, '.');
    }
    name(p);
    while (keep(p, "."))
        name(p);
    return SORT_VALUE;
}

/* x'00ff' */
static enum sort bytes(struct parser *p)
{
    struct str hex = token_at(p, 1)->text;
    emit(p, arena_fmt(p->arena, "'\\x%.*s::bytea", (int)hex.n - 1, hex.p + 1));
    p->at += 2;
    return SORT_VALUE;
}

static enum sort word(struct parser *p)
{
    if (at_word(p, "EXISTS"))
        return exists(p);
    if (at_word(p, "CASE"))
        return choice(p);
    if (at_word(p, "CAST"))
        return cast(p);
    if (at_word(p, "NULL")) {
        copy(p);
        return SORT_VALUE;
    }
    if (at_word(p, "TRUE") || at_word(p, "FALSE")) {
        copy(p);
        return SORT_TRUTH;
    }
    if (at_word(p, "x") && token_at(p, 1)->kind == TOKEN_STRING)
        return bytes(p);
    if (token_is(token_at(p, 1), "("))
        return function(p);
    return column(p);
}

static bool is_tested(const struct parser *p)
{
    return token_is(token_at(p, 1), "IS") &&
           (token_is(token_at(p, 2), "NULL") ||
            (token_is(token_at(p, 2), "NOT") && token_is(token_at(p, 3), "NULL")));
}

static enum sort operand(struct parser *p)
{
    size_t from;
    if (at_word(p, "NOT")) {
        copy(p);
        truth(p, LEVEL_NOT);
        return SORT_TRUTH;
    }
    if (at_sign(p, "(")) /* a bracket */
        return bracket(p);
    if (pass(p, "+")) /* only keeps SQLite from using an index */
        return expression(p, LEVEL_TIGHTEST);
    if (at_sign(p, "-") || at_sign(p, "~")) {
        copy(p);
        from = p->out.n;
        make_number(p, from, expression(p, LEVEL_TIGHTEST));
        return SORT_VALUE;
    }
    if (token_at(p, 0)->kind == TOKEN_WORD)
        return word(p);
    if (token_at(p, 0)->kind == TOKEN_NAME)
        return column(p);
    if (token_at(p, 0)->kind == TOKEN_PARAMETER)
        emit_parameter(p, is_tested(p));
    else
        copy(p);
    return SORT_VALUE;
}

/* ------------------------------------------------------------------------------------ operators */

static enum level level_of(const struct parser *p)
{
    static const struct {
        const char *text;
        enum level level;
    } operators[] = {{"OR", LEVEL_OR},         {"AND", LEVEL_AND},         {"=", LEVEL_EQUAL},
                     {"==", LEVEL_EQUAL},      {"<>", LEVEL_EQUAL},        {"!=", LEVEL_EQUAL},
                     {"IS", LEVEL_EQUAL},      {"IN", LEVEL_EQUAL},        {"LIKE", LEVEL_EQUAL},
                     {"NOT", LEVEL_EQUAL},     {"BETWEEN", LEVEL_EQUAL},   {"ISNULL", LEVEL_EQUAL},
                     {"NOTNULL", LEVEL_EQUAL}, {"@@", LEVEL_EQUAL},        {"<", LEVEL_LESS},
                     {"<=", LEVEL_LESS},       {">", LEVEL_LESS},          {">=", LEVEL_LESS},
                     {"&", LEVEL_BITS},        {"|", LEVEL_BITS},          {"<<", LEVEL_BITS},
                     {">>", LEVEL_BITS},       {"+", LEVEL_SUM},           {"-", LEVEL_SUM},
                     {"*", LEVEL_PRODUCT},     {"/", LEVEL_PRODUCT},       {"%", LEVEL_PRODUCT},
                     {"||", LEVEL_JOINED},     {"COLLATE", LEVEL_TIGHTEST}};
    for (size_t i = 0; i < sizeof operators / sizeof *operators; i++)
        if (token_is(token_at(p, 0), operators[i].text))
            return operators[i].level;
    return 0;
}

static void is(struct parser *p)
{
    copy(p);
    bool not = pass(p, "NOT");
    if (at_word(p, "NULL") || at_word(p, "DISTINCT")) {
        if (not )
            emit(p, S("NOT"));
        if (keep(p, "NULL"))
            return;
        copy(p);
        copy(p);
    } else {
        emit(p, not ? S("DISTINCT FROM") : S("NOT DISTINCT FROM"));
    }
    value(p, LEVEL_LESS);
}

static void in(struct parser *p)
{
    copy(p);
    p->flat = opens_query(p, 1);
    bracket(p);
}

/* ILIKE takes no text of a collation that knows no case, such as names of outlets have. */
static void like(struct parser *p, size_t from, bool denied)
{
    p->at += denied ? 2 : 1;
    emit_before(p, from, S("("));
    emit(p, denied ? S(") COLLATE \"C\" NOT ILIKE") : S(") COLLATE \"C\" ILIKE"));
    value(p, LEVEL_LESS);
    if (keep(p, "ESCAPE"))
        value(p, LEVEL_LESS);
}

static void between(struct parser *p)
{
    copy(p);
    value(p, LEVEL_LESS);
    keep(p, "AND");
    value(p, LEVEL_LESS);
}

static enum sort compared(struct parser *p, size_t from, enum sort sort)
{
    bool none = at_word(p, "ISNULL"), some = at_word(p, "NOTNULL");
    make_value(p, from, sort);
    if (at_word(p, "NOT"))
        some = token_is(token_at(p, 1), "NULL");
    bool likes = token_is(token_at(p, at_word(p, "NOT")), "LIKE");
    if (!some && !likes)
        keep(p, "NOT");
    if (none || some) {
        emit(p, none ? S("IS NULL") : S("IS NOT NULL"));
        p->at += at_word(p, "NOT") ? 2 : 1;
    } else if (at_word(p, "IS")) {
        is(p);
    } else if (at_word(p, "IN")) {
        in(p);
    } else if (likes) {
        like(p, from, at_word(p, "NOT"));
    } else if (at_word(p, "BETWEEN")) {
        between(p);
    } else {
        copy(p);
        value(p, LEVEL_LESS);
    }
    return SORT_TRUTH;
}

static enum sort calculated(struct parser *p, size_t from, enum sort sort, enum level level)
{
    size_t right;
    make_number(p, from, sort);
    copy(p);
    right = p->out.n;
    make_number(p, right, expression(p, level + 1));
    return SORT_VALUE;
}

static enum sort operation(struct parser *p, size_t from, enum sort sort, enum level level)
{
    switch (level) {
    case LEVEL_OR:
    case LEVEL_AND:
        make_truth(p, from, sort);
        copy(p);
        truth(p, level + 1);
        return SORT_TRUTH;
    case LEVEL_NOT:
    case LEVEL_EQUAL:
        return compared(p, from, sort);
    case LEVEL_LESS:
        make_value(p, from, sort);
        copy(p);
        value(p, level + 1);
        return SORT_TRUTH;
    case LEVEL_JOINED:
        make_value(p, from, sort);
        copy(p);
        value(p, level + 1);
        return SORT_VALUE;
    case LEVEL_TIGHTEST: /* COLLATE: the one there is */
        make_value(p, from, sort);
        copy(p);
        copy(p);
        return SORT_VALUE;
    case LEVEL_BITS:
    case LEVEL_SUM:
    case LEVEL_PRODUCT:
        break;
    }
    return calculated(p, from, sort, level);
}

enum sort expression(struct parser *p, enum level level)
{
    size_t from = p->out.n;
    enum sort sort = operand(p);
    for (enum level next; (next = level_of(p)) >= level && next;)
        sort = operation(p, from, sort, next);
    return sort;
}
