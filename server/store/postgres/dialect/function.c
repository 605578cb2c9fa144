/* Calls of functions that PostgreSQL names, builds or counts otherwise. JSON is written as text,
 * joined and then taken for JSON: PostgreSQL's own builders put blanks between. */
#include "store/postgres/dialect/parts.h"

#include <ctype.h>

/* A value within a document. Where one of several values of different types is meant, each is made
 * JSON by itself. */
static void member(struct parser *p)
{
    bool first = at_word(p, "coalesce") || at_word(p, "ifnull");
    emit(p, S("json_text ("));
    if (first && token_is(token_at(p, 1), "(") && count_commas(p, 1) > 0) {
        p->at += 2;
        emit(p, S("coalesce ("));
        do {
            emit(p, S("json_value ("));
            anything(p);
            emit(p, S(")"));
        } while (keep(p, ","));
        keep(p, ")");
    } else {
        anything(p);
    }
    emit(p, S(")"));
}

/* '"name":', or of what is no literal the same made of its value. */
static void member_name(struct parser *p)
{
    const struct token *t = token_at(p, 0);
    if (t->kind == TOKEN_STRING) {
        emit(p, arena_fmt(p->arena, "'\"%.*s\":'", (int)t->text.n - 2, t->text.p + 1));
        p->at++;
        return;
    }
    emit(p, S("json_text (CAST ("));
    value(p, LEVEL_OR);
    emit(p, S("AS text)) || ':'"));
}

static void json_object_call(struct parser *p)
{
    emit(p, S("('{'"));
    for (bool more = !at_sign(p, ")"); more; more = pass(p, ",")) {
        if (p->out.p[p->out.n - 1] == ')')
            emit(p, S("|| ','"));
        emit(p, S("||"));
        member_name(p);
        pass(p, ",");
        emit(p, S("||"));
        member(p);
    }
    emit(p, S("|| '}')::json"));
    pass(p, ")");
}

static void json_array_call(struct parser *p)
{
    emit(p, S("('['"));
    for (bool more = !at_sign(p, ")"), first = true; more; more = pass(p, ","), first = false) {
        emit(p, first ? S("||") : S("|| ',' ||"));
        member(p);
    }
    emit(p, S("|| ']')::json"));
    pass(p, ")");
}

/* FILTER (WHERE ...) and OVER (...) behind a call. */
static void behind_call(struct parser *p)
{
    if (keep(p, "FILTER")) {
        copy(p);
        clauses(p);
        keep(p, ")");
    }
    if (keep(p, "OVER") && keep(p, "(")) {
        clauses(p);
        keep(p, ")");
    }
}

/* Of a query in brackets as a table: its name if its rows are groups in no order that was asked
 * for, which SQLite finds in the order of what they are grouped by. */
static struct str groups(const struct parser *p, size_t ahead)
{
    bool grouped = false, ordered = false;
    int depth = 0;
    do {
        const struct token *t = token_at(p, ahead++);
        depth += token_is(t, "(");
        depth -= token_is(t, ")");
        grouped = grouped || (depth == 1 && token_is(t, "GROUP"));
        ordered = ordered || (depth == 1 && token_is(t, "ORDER"));
    } while (depth && token_at(p, ahead)->kind != TOKEN_END);
    ahead += token_is(token_at(p, ahead), "AS");
    return grouped && !ordered ? token_at(p, ahead)->text : (struct str){0};
}

/* What the table at *at is called, and goes behind it; empty: it is none that has a name. */
static struct str named(const struct parser *p, size_t *at)
{
    const struct token *table = token_at(p, *at), *next = token_at(p, *at + 1);
    if (table->kind != TOKEN_WORD || token_is(next, "("))
        return (struct str){0};
    bool as = token_is(next, "AS"), other = as || (next->kind == TOKEN_WORD && !ends_table(next));
    *at += as ? 3 : other ? 2 : 1;
    return as ? token_at(p, *at - 1)->text : other ? next->text : table->text;
}

/* Goes behind the next JOIN of the same FROM. */
static bool next_join(const struct parser *p, size_t *at)
{
    static const char *const ends[] = {"WHERE", "GROUP", "ORDER", "LIMIT", "UNION", "HAVING", NULL};
    for (int depth = 0;; ++*at) {
        const struct token *t = token_at(p, *at);
        depth += token_is(t, "(");
        depth -= token_is(t, ")");
        if (depth < 0 || t->kind == TOKEN_END ||
            (depth == 0 && t->kind == TOKEN_WORD && str_one_of(t->text, ends)))
            return false;
        if (depth == 0 && token_is(t, "JOIN")) {
            ++*at;
            return true;
        }
    }
}

/* The tables of the query that the call at hand collects rows of; empty where that is a
 * query of its own, whose order holds. */
static struct str tables_of(const struct parser *p)
{
    int depth = 1;
    size_t ahead = 0;
    for (;; ahead++) {
        const struct token *t = token_at(p, ahead);
        depth += token_is(t, "(");
        depth -= token_is(t, ")");
        if (depth < 0 || t->kind == TOKEN_END)
            return (struct str){0};
        if (depth == 0 && token_is(t, "FROM"))
            break;
    }
    if (token_is(token_at(p, ahead + 1), "("))
        return groups(p, ahead + 1);
    size_t at = ahead + 1;
    struct str names = named(p, &at);
    while (names.n && next_join(p, &at)) {
        struct str joined = named(p, &at);
        if (joined.n)
            names = arena_fmt(p->arena, "%.*s, %.*s", STR_ARG(names), STR_ARG(joined));
    }
    return names;
}

/* Behind what is collected: rows come in the order of their tables' columns, as SQLite finds
 * them; what is distinct is where it was first. */
static void in_order(struct parser *p, bool distinct, struct str table)
{
    emit(p, distinct ? S("") : S(", ','"));
    if (table.n)
        emit(p, arena_fmt(p->arena, "ORDER BY %.*s", STR_ARG(table)));
    emit(p, S(")"));
    pass(p, ")");
}

/* Numbers of statements, each once, come in their order: they were found story by story. */
static void json_group_array_call(struct parser *p)
{
    struct str table = tables_of(p);
    bool distinct = pass(p, "DISTINCT");
    if (distinct && token_is(token_at(p, 1), ".") && token_is(token_at(p, 2), "statement"))
        table = arena_fmt(p->arena, "%.*s.statement", STR_ARG(token_at(p, 0)->text));
    emit(p, S("('[' || coalesce("));
    emit(p, distinct ? S("texts_once (array_agg (") : S("string_agg ("));
    member(p);
    in_order(p, distinct, table);
    behind_call(p);
    emit(p, distinct ? S(")") : S(""));
    emit(p, S(", '') || ']')::json"));
}

static void json_group_object_call(struct parser *p)
{
    struct str table = tables_of(p);
    emit(p, S("('{' || coalesce(string_agg ("));
    member_name(p);
    pass(p, ",");
    emit(p, S("||"));
    member(p);
    in_order(p, false, table);
    behind_call(p);
    emit(p, S(", '') || '}')::json"));
}

/* '$.a[0].b' is '{a,0,b}'; [#-1] counts from the end. */
static void path(struct parser *p)
{
    const struct token *t = token_at(p, 0);
    struct buf out = {0};
    if (t->kind != TOKEN_STRING) {
        value(p, LEVEL_OR);
        return;
    }
    for (size_t i = 2; i + 1 < t->text.n; i++) {
        char c = t->text.p[i];
        if ((c == '.' || c == '[') && out.n)
            buf_char(&out, ',');
        if (c != '.' && c != '[' && c != ']' && c != '#')
            buf_char(&out, c);
    }
    emit(p, arena_fmt(p->arena, "'{%.*s}'", STR_ARG(buf_str(&out))));
    buf_finish(&out);
    p->at++;
}

static void document_and_path(struct parser *p)
{
    anything(p);
    if (keep(p, ","))
        path(p);
    keep(p, ")");
}

bool json_table(struct parser *p)
{
    if (!at_word(p, "json_each") || !token_is(token_at(p, 1), "("))
        return false;
    p->at += 2;
    emit(p, S("json_rows ("));
    document_and_path(p);
    return true;
}

static void iif_call(struct parser *p)
{
    emit(p, S("CASE WHEN"));
    truth(p, LEVEL_OR);
    pass(p, ",");
    emit(p, S("THEN"));
    anything(p);
    if (pass(p, ",")) {
        emit(p, S("ELSE"));
        anything(p);
    }
    emit(p, S("END"));
    pass(p, ")");
}

static void group_concat_call(struct parser *p)
{
    emit(p, S("string_agg ("));
    keep(p, "DISTINCT");
    emit(p, S("CAST ("));
    value(p, LEVEL_OR);
    emit(p, S("AS text)"));
    if (keep(p, ","))
        value(p, LEVEL_OR);
    else
        emit(p, S(", ','"));
    keep(p, ")");
    behind_call(p);
}

static void avg_call(struct parser *p)
{
    emit(p, S("avg (("));
    value(p, LEVEL_OR);
    emit(p, S(")::float8"));
    keep(p, ")");
    behind_call(p);
}

/* What is called the same, or only otherwise. */
static void plain_call(struct parser *p, struct str called)
{
    emit(p, called);
    emit(p, S("("));
    keep(p, "DISTINCT");
    if (at_sign(p, "*"))
        copy(p);
    else if (!at_sign(p, ")"))
        do
            value(p, LEVEL_OR);
        while (keep(p, ","));
    keep(p, ")");
    behind_call(p);
}

/* coalesce of values that are all taken out of documents: such a value, too. */
static bool coalesces_extracts(const struct parser *p)
{
    size_t ahead = 2;
    if (!at_word(p, "coalesce") && !at_word(p, "ifnull"))
        return false;
    for (;; ahead++) {
        if (!token_is(token_at(p, ahead), "json_extract"))
            return false;
        int depth = 0;
        do {
            ahead++;
            depth += token_is(token_at(p, ahead), "(");
            depth -= token_is(token_at(p, ahead), ")");
        } while (depth && token_at(p, ahead)->kind != TOKEN_END);
        if (!token_is(token_at(p, ++ahead), ","))
            return token_is(token_at(p, ahead), ")");
    }
}

static enum sort coalesce_extracts(struct parser *p)
{
    p->at += 2;
    emit(p, S("coalesce ("));
    do
        expression(p, LEVEL_OR);
    while (keep(p, ","));
    keep(p, ")");
    return SORT_JSON;
}

static struct str called(const struct parser *p)
{
    static const struct {
        const char *ours, *theirs;
    } names[] = {
        {"ifnull", "coalesce"},          {"instr", "strpos"}, {"char", "chr"}, {"json", "json_of"},
        {"span_lines", "ROW"}, /* written by value.c, some thirty times as fast */
        {"last_insert_rowid", "lastval"}};
    bool several = count_commas(p, 1) > 0;
    if (several && at_word(p, "max"))
        return S("greatest");
    if (several && at_word(p, "min"))
        return S("least");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (at_word(p, names[i].ours))
            return str_of(names[i].theirs);
    return token_at(p, 0)->text;
}

enum sort function(struct parser *p)
{
    static const struct {
        const char *name;
        void (*write)(struct parser *p);
    } special[] = {{"json_object", json_object_call},
                   {"json_array", json_array_call},
                   {"json_group_array", json_group_array_call},
                   {"json_group_object", json_group_object_call},
                   {"iif", iif_call},
                   {"group_concat", group_concat_call},
                   {"avg", avg_call}};
    if (coalesces_extracts(p))
        return coalesce_extracts(p);
    struct str is = called(p);
    for (size_t i = 0; i < sizeof special / sizeof *special; i++)
        if (at_word(p, special[i].name)) {
            p->at += 2;
            special[i].write(p);
            return SORT_VALUE;
        }
    bool extracts = at_word(p, "json_extract");
    p->at += 2;
    if (!extracts) {
        plain_call(p, is);
        return SORT_VALUE;
    }
    emit(p, S("json_at ("));
    document_and_path(p);
    return SORT_JSON;
}
