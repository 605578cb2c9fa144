/* Writing what was read, and making one sort of expression another. */
#include "store/postgres/dialect/parts.h"

#include <ctype.h>
#include <string.h>

void emit(struct parser *p, struct str text)
{
    if (p->out.n)
        buf_char(&p->out, ' ');
    buf_add(&p->out, text);
}

void emit_before(struct parser *p, size_t from, struct str text)
{
    buf_reserve(&p->out, text.n + 1);
    memmove(p->out.p + from + text.n + 1, p->out.p + from, p->out.n - from);
    p->out.p[from] = ' ';
    memcpy(p->out.p + from + 1, text.p, text.n);
    p->out.n += text.n + 1;
}

/* Names that PostgreSQL takes for something else where they stand alone. */
static bool is_reserved(struct str word)
{
    static const char *const reserved[] = {
        "end",   "user",  "offset", "only", "desc", "asc",     "order",   "group",   "table",
        "check", "limit", "column", "to",   "all",  "analyze", "primary", "default", NULL};
    return str_one_of(word, reserved);
}

void name(struct parser *p)
{
    const struct token *t = token_at(p, 0);
    if (t->kind == TOKEN_WORD && is_reserved(t->text))
        emit(p, arena_fmt(p->arena, "\"%.*s\"", STR_ARG(t->text)));
    else
        emit(p, t->text);
    p->at += t->kind != TOKEN_END;
}

void emit_parameter(struct parser *p, bool tested)
{
    struct dialect *d = p->into;
    struct str text = token_at(p, 0)->text;
    size_t i = 0;
    while (i < d->n_names && !str_eq(d->names[i], text))
        i++;
    if (i == d->n_names) {
        d->names = arena_grow(p->arena, d->names, i, &d->cap_names, sizeof *d->names);
        d->names[d->n_names++] = arena_str(p->arena, text);
    }
    d->places = arena_grow(p->arena, d->places, d->n_places, &d->cap_places, sizeof *d->places);
    d->places[d->n_places++] = (struct dialect_place){(unsigned)i, tested};
    emit(p, arena_fmt(p->arena, "$%zu", d->n_places));
    p->at++;
}

/* A number with a fraction is a double, not a decimal. */
static void copy_number(struct parser *p, struct str text)
{
    bool whole = true;
    for (size_t i = 0; i < text.n; i++)
        whole = whole && isdigit((unsigned char)text.p[i]);
    emit(p, text);
    if (!whole)
        buf_add(&p->out, S("::float8"));
}

void copy(struct parser *p)
{
    const struct token *t = token_at(p, 0);
    if (t->kind == TOKEN_PARAMETER) {
        emit_parameter(p, false);
        return;
    }
    if (t->kind == TOKEN_NUMBER)
        copy_number(p, t->text);
    else
        emit(p, token_is(t, "==") ? S("=") : token_is(t, "!=") ? S("<>") : t->text);
    p->at += t->kind != TOKEN_END;
}

bool keep(struct parser *p, const char *text)
{
    if (!token_is(token_at(p, 0), text))
        return false;
    copy(p);
    return true;
}

bool pass(struct parser *p, const char *text)
{
    bool is = token_is(token_at(p, 0), text);
    p->at += is;
    return is;
}

void copy_bracket(struct parser *p)
{
    size_t depth = 0;
    do {
        depth += at_sign(p, "(");
        depth -= at_sign(p, ")");
        name(p);
    } while (depth && token_at(p, 0)->kind != TOKEN_END);
}

void make_truth(struct parser *p, size_t from, enum sort sort)
{
    if (sort == SORT_TRUTH)
        return;
    make_number(p, from, sort);
    emit_before(p, from, S("("));
    emit(p, S(") <> 0"));
}

void make_value(struct parser *p, size_t from, enum sort sort)
{
    if (sort == SORT_VALUE)
        return;
    emit_before(p, from, S("("));
    emit(p, sort == SORT_TRUTH ? S(")::int") : S("#>> '{}')"));
}

void make_number(struct parser *p, size_t from, enum sort sort)
{
    make_value(p, from, sort);
    if (sort == SORT_JSON)
        buf_add(&p->out, S("::bigint"));
}
