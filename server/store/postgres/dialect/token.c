/* SQL into tokens: see parts.h. */
#include "store/postgres/dialect/parts.h"

#include <ctype.h>
#include <string.h>

static bool is_word_byte(char c)
{
    return isalnum((unsigned char)c) || c == '_' || (unsigned char)c >= 0x80;
}

/* Behind the mark that closes; one that is doubled does not. */
static size_t quoted_end(struct str s, size_t at)
{
    char mark = s.p[at++];
    while (at < s.n && (s.p[at] != mark || (at + 1 < s.n && s.p[at + 1] == mark)))
        at += s.p[at] == mark ? 2 : 1;
    return at < s.n ? at + 1 : s.n;
}

static size_t number_end(struct str s, size_t at)
{
    while (at < s.n &&
           (isalnum((unsigned char)s.p[at]) || s.p[at] == '.' ||
            ((s.p[at] == '-' || s.p[at] == '+') && (s.p[at - 1] == 'e' || s.p[at - 1] == 'E'))))
        at++;
    return at;
}

static size_t word_end(struct str s, size_t at)
{
    while (at < s.n && is_word_byte(s.p[at]))
        at++;
    return at;
}

static size_t sign_end(struct str s, size_t at)
{
    static const char *const two[] = {"<>", "<=", ">=", "!=", "==", "||", "<<", ">>", "@@"};
    for (size_t i = 0; i < sizeof two / sizeof *two; i++)
        if (at + 1 < s.n && memcmp(s.p + at, two[i], 2) == 0)
            return at + 2;
    return at + 1;
}

/* White space and comments. */
static size_t space_end(struct str s, size_t at)
{
    for (;;) {
        while (at < s.n && isspace((unsigned char)s.p[at]))
            at++;
        struct str rest = str_slice(s, at, s.n);
        size_t end = str_starts(rest, S("--"))   ? str_find_char(s, '\n', at)
                     : str_starts(rest, S("/*")) ? str_find(s, S("*/"), at + 2)
                                                 : at;
        if (end == at)
            return at;
        if (end == STR_NONE)
            return s.n;
        at = end + (s.p[end] == '*' ? 2 : 1);
    }
}

static struct token read_token(struct str s, size_t at)
{
    char c = s.p[at];
    size_t end;
    enum token_kind kind;
    if (c == '\'' || c == '"') {
        kind = c == '"' ? TOKEN_NAME : TOKEN_STRING;
        end = quoted_end(s, at);
    } else if (isdigit((unsigned char)c) ||
               (c == '.' && at + 1 < s.n && isdigit((unsigned char)s.p[at + 1]))) {
        kind = TOKEN_NUMBER;
        end = number_end(s, at + 1);
    } else if (is_word_byte(c)) {
        kind = TOKEN_WORD;
        end = word_end(s, at);
    } else if (c == ':' && at + 1 < s.n && is_word_byte(s.p[at + 1])) {
        kind = TOKEN_PARAMETER;
        end = word_end(s, at + 1);
    } else {
        kind = TOKEN_SIGN;
        end = sign_end(s, at);
    }
    return (struct token){kind, str_slice(s, at, end)};
}

void tokens_read(struct parser *p, struct str sql)
{
    size_t cap = 0;
    p->n = p->at = 0;
    p->tokens = NULL;
    for (size_t at = space_end(sql, 0); at < sql.n;
         at = space_end(sql, (size_t)(p->tokens[p->n - 1].text.p - sql.p) +
                                 p->tokens[p->n - 1].text.n)) {
        p->tokens = arena_grow(p->arena, p->tokens, p->n, &cap, sizeof *p->tokens);
        p->tokens[p->n++] = read_token(sql, at);
    }
    p->tokens = arena_grow(p->arena, p->tokens, p->n, &cap, sizeof *p->tokens);
    p->tokens[p->n] = (struct token){TOKEN_END, {"", 0}};
}

const struct token *token_at(const struct parser *p, size_t ahead)
{
    return &p->tokens[p->at + ahead < p->n ? p->at + ahead : p->n];
}

bool token_is(const struct token *t, const char *text)
{
    return (t->kind == TOKEN_WORD || t->kind == TOKEN_SIGN) && str_eq_case(t->text, str_of(text));
}

bool at_word(const struct parser *p, const char *word)
{
    return token_is(token_at(p, 0), word);
}

bool at_sign(const struct parser *p, const char *sign)
{
    return token_is(token_at(p, 0), sign);
}

size_t count_commas(const struct parser *p, size_t ahead)
{
    size_t commas = 0, depth = 0;
    for (;; ahead++) {
        const struct token *t = token_at(p, ahead);
        depth += token_is(t, "(");
        depth -= token_is(t, ")") && depth > 0;
        if (t->kind == TOKEN_END || depth == 0)
            return commas;
        commas += depth == 1 && token_is(t, ",");
    }
}
