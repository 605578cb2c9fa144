/* Look-up in the embedded tables: see assets.h. */
#include "assets/assets.h"

const struct embedded *asset_find(const struct embedded *table, struct str key)
{
    for (; table->key; table++)
        if (str_eq(str_of(table->key), key))
            return table;
    return NULL;
}
