/* PostgreSQL as the store's engine: a store is a schema of a database, written by many programs.
 *
 * Its address is one of libpq ("postgres://user@host:port/database?..."), besides with
 * "schema=NAME" among the parameters: which schema of the database, "synoptic" without one. */
#ifndef STORE_POSTGRES_POSTGRES_H
#define STORE_POSTGRES_POSTGRES_H

#include "store/engine.h"

extern const struct engine postgres_engine;

#endif
