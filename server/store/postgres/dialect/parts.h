/* Inside dialect/: tokens, and the parser that writes as it reads. */
#ifndef STORE_POSTGRES_DIALECT_PARTS_H
#define STORE_POSTGRES_DIALECT_PARTS_H

#include "store/postgres/dialect/dialect.h"

enum token_kind {
    TOKEN_END,
    TOKEN_WORD,   /* a keyword or a name */
    TOKEN_NAME,   /* "in quotation marks" */
    TOKEN_STRING, /* 'text' */
    TOKEN_NUMBER,
    TOKEN_PARAMETER, /* :name */
    TOKEN_SIGN       /* an operator, a bracket, a comma */
};

struct token {
    enum token_kind kind;
    struct str text; /* as it stands there */
};

/* What an expression is. */
enum sort {
    SORT_VALUE,
    SORT_TRUTH,
    SORT_JSON /* a value of unknown type, taken out of a document */
};

/* How tightly operators bind, loosest first. */
enum level {
    LEVEL_OR = 1,
    LEVEL_AND,
    LEVEL_NOT,
    LEVEL_EQUAL,
    LEVEL_LESS,
    LEVEL_BITS,
    LEVEL_SUM,
    LEVEL_PRODUCT,
    LEVEL_JOINED, /* || */
    LEVEL_TIGHTEST
};

struct parser {
    struct arena *arena;
    struct token *tokens; /* TOKEN_END is the last */
    size_t n, at;
    struct buf out, late; /* late: what is to be declared behind everything */
    struct dialect *into;
    struct str table, upsert; /* of an INSERT; in its DO UPDATE, whose columns are meant */
    unsigned unnamed;         /* subqueries that were given a name */
    bool flat;                /* the next subquery's columns are compared: no JSON */
};

/* token.c */
void tokens_read(struct parser *p, struct str sql);
bool at_word(const struct parser *p, const char *word); /* is it the present token? */
bool at_sign(const struct parser *p, const char *sign);
/* The token `ahead` of the present one (0). */
const struct token *token_at(const struct parser *p, size_t ahead);
bool token_is(const struct token *t, const char *text);
/* How many commas stand between the bracket at `ahead` and the one that closes it. */
size_t count_commas(const struct parser *p, size_t ahead);

/* write.c */
void emit(struct parser *p, struct str text);
void copy(struct parser *p);                   /* the present token, and goes on */
void copy_bracket(struct parser *p);           /* (all that stands in brackets) as names */
bool keep(struct parser *p, const char *text); /* copies it if it is the present one */
bool pass(struct parser *p, const char *text); /* the same without writing it */
void name(struct parser *p);                   /* of a table, a column: quoted if need be */
void emit_parameter(struct parser *p, bool tested);
/* Puts text before what was written from there on. */
void emit_before(struct parser *p, size_t from, struct str text);
/* What was written from there on is made a truth, a value, a number. */
void make_truth(struct parser *p, size_t from, enum sort sort);
void make_value(struct parser *p, size_t from, enum sort sort);
void make_number(struct parser *p, size_t from, enum sort sort);

/* expression.c */
enum sort expression(struct parser *p, enum level level);
void truth(struct parser *p, enum level level);
void value(struct parser *p, enum level level);
/* Truths become numbers, JSON stays. */
void anything(struct parser *p);

/* function.c: at a name before a bracket. */
enum sort function(struct parser *p);
/* json_each of a FROM; false: it is none. */
bool json_table(struct parser *p);

/* clause.c */
void clauses(struct parser *p); /* up to the end, a ; or a bracket that was not opened */

/* May that follow a table of a FROM that has no name of its own? */
bool ends_table(const struct token *t);

/* schema.c: at CREATE, ALTER or DROP; true if it was written. */
bool schema_statement(struct parser *p);

#endif
