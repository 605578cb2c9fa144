/* Heads of articles (title, outlet, day, address, authors): what the page says of them, and over
 * that what persons decided, which outranks whatever the page says later. And the outlets, by the
 * names that pages have for them. */
#ifndef STORE_HEAD_HEAD_H
#define STORE_HEAD_HEAD_H

#include "store/db/db.h"

/* The outlet of that name, its present one or the one on its pages; part_of is not followed. Named
 * so nowhere yet it is made, with the domain. *id is 0 for an empty name. */
bool outlet_put(struct db *db, struct str name, struct str domain, int64_t *id, struct err *err);
/* The same without making one: 0 if there is none. */
bool outlet_find(struct db *db, struct str name, int64_t *id, struct err *err);
/* The outlet is about to bear that name. One that somebody made by it and took back has no
 * articles, and makes room; ERR_CONFLICT: another outlet has it. */
bool outlet_make_room(struct db *db, struct str name, int64_t outlet, struct err *err);
/* The articles of an outlet that became part of another, or its own again, follow. */
bool outlet_settle(struct db *db, int64_t outlet, struct err *err);

/* A page's head, before persons. */
struct head {
    struct str title, published, url, byline;
    int64_t outlet; /* as named; 0: not known */
};

/* What the article's page says is kept from now on beside what persons say. */
bool head_keep(struct db *db, int64_t article, struct err *err);
/* The page has another head; an address, a day or an outlet that it had stays when it has none. */
bool head_change(struct db *db, int64_t article, const struct head *head, struct err *err);
/* Writes the article's row: the head as kept, with the standing edits in their order over it. */
bool head_settle(struct db *db, int64_t article, struct err *err);

#endif
