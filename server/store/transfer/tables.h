/* Inside transfer/: the store's tables, as the steps of the schema have them. */
#ifndef STORE_TRANSFER_TABLES_H
#define STORE_TRANSFER_TABLES_H

#include "assets/assets.h"
#include "base/arena.h"

enum { MOST_KEYS = 4 };

struct table {
    struct str name;
    struct str keys[MOST_KEYS]; /* the columns of its primary key */
    size_t n_keys;
    struct str *refers; /* to the tables of these names */
    size_t n_refers, cap_refers;
    struct str *follows; /* columns that follow from others: nothing is written there */
    size_t n_follows, cap_follows;
    bool is_there, placed;
};

struct tables {
    struct table *v; /* each behind those it refers to */
    size_t n, cap;
};

void tables_read(struct arena *a, const struct embedded *steps, struct tables *out);

#endif
