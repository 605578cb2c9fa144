/* Whole statements and scripts: see dialect.h. */
#include "store/postgres/dialect/parts.h"

static struct str finished(struct parser *p)
{
    struct str text = arena_str(p->arena, buf_str(&p->out));
    buf_finish(&p->out);
    buf_finish(&p->late);
    return text;
}

static bool yields(const struct parser *p)
{
    for (size_t i = 0; i < p->n; i++)
        if (token_is(&p->tokens[i], "RETURNING"))
            return true;
    return p->n && (token_is(&p->tokens[0], "SELECT") || token_is(&p->tokens[0], "WITH") ||
                    token_is(&p->tokens[0], "VALUES"));
}

void dialect_statement(struct arena *a, struct str sql, struct dialect *out)
{
    *out = (struct dialect){0};
    struct parser p = {.arena = a, .into = out};
    tokens_read(&p, sql);
    out->yields = yields(&p);
    clauses(&p);
    out->sql = finished(&p);
}

/* References stand before a table gets another name. */
static void declare_late(struct parser *p)
{
    if (p->late.n)
        buf_add(&p->out, buf_str(&p->late));
    if (p->late.n && token_at(p, 0)->kind != TOKEN_END)
        emit(p, S(";"));
    p->late.n = 0;
}

struct str dialect_script(struct arena *a, struct str sql)
{
    struct dialect none = {0};
    struct parser p = {.arena = a, .into = &none};
    tokens_read(&p, sql);
    while (token_at(&p, 0)->kind != TOKEN_END) {
        if (at_word(&p, "ALTER") && token_is(token_at(&p, 3), "RENAME"))
            declare_late(&p);
        if (!schema_statement(&p))
            clauses(&p);
        if (at_sign(&p, ")")) /* that nobody opened */
            copy(&p);
        keep(&p, ";");
    }
    declare_late(&p);
    return finished(&p);
}
