/* SQLite as the store's engine: a store is one file, written by one program at a time. */
#ifndef STORE_SQLITE_SQLITE_H
#define STORE_SQLITE_SQLITE_H

#include "store/engine.h"

extern const struct engine sqlite_engine;

#endif
