/* Lists of actors that come from outside (another store, a spreadsheet, a colleague): what becomes
 * of each of their lines. Such a list is one decision (add, of an actor), taken back as one. */
#ifndef STORE_LISTING_H
#define STORE_LISTING_H

#include "base/arena.h"

/* Refused: nothing of the whole list is taken. */
enum listed { LISTED_NEW, LISTED_CHANGED, LISTED_SAME, LISTED_REFUSED, LISTED_COUNT };
extern const char *const listed_names[LISTED_COUNT];

struct store_listed {
    size_t line; /* of the file, from 1 */
    enum listed what;
    struct str key, name; /* whom it is about; may be empty where it is refused */
    struct str told;      /* changed: what, parted by blanks; refused: why, a sentence */
};

struct store_listing {
    struct arena *arena; /* of all that is here */
    bool dry;            /* only find out: nothing is changed */
    struct store_listed *v;
    size_t n, cap, count[LISTED_COUNT];
};

enum { LISTED_MOST = 2000 };

#endif
