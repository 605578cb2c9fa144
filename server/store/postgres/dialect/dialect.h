/* The store's SQL, which SQLite reads as it is, made into PostgreSQL's.
 *
 * A statement is parsed as far as translating needs it: into clauses, and these into expressions,
 * of which is known whether they are a truth (PostgreSQL keeps truths apart from numbers, SQLite
 * does not), a JSON value that was taken out of a document, or anything else. What no rule here
 * speaks of is copied. Strings, quoted names and comments are told apart by a tokenizer, so that
 * nothing in them is taken for SQL.
 *
 * What becomes of what: `:name` becomes $1, $2, .. (a number for each place, so that PostgreSQL
 * finds the type of each by what stands around it); IS becomes IS NOT DISTINCT FROM, LIKE ILIKE,
 * iif CASE, max and min of several values greatest and least; subqueries get the names that
 * PostgreSQL wants; tables and indexes get its types. Functions that PostgreSQL lacks are made by
 * postgres/functions.sql. */
#ifndef STORE_POSTGRES_DIALECT_DIALECT_H
#define STORE_POSTGRES_DIALECT_DIALECT_H

#include "base/arena.h"
#include "base/buf.h"

struct dialect_place {
    unsigned name; /* of `names` */
    bool tested;   /* only for being null: of whichever type */
};

struct dialect {
    struct str sql;               /* followed by a zero byte */
    struct dialect_place *places; /* $1 is the first */
    size_t n_places, cap_places;
    struct str *names; /* ":id", each once, followed by a zero byte */
    size_t n_names, cap_names;
    bool yields; /* it yields rows */
};

/* One statement; everything in *out is the arena's. */
void dialect_statement(struct arena *a, struct str sql, struct dialect *out);

/* Several statements, steps of the schema among them. References between tables are declared behind
 * all of them, since PostgreSQL wants the table that is referred to first. */
struct str dialect_script(struct arena *a, struct str sql);

#endif
