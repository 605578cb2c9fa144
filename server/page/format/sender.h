/* Who sent a mail. */
#ifndef PAGE_FORMAT_SENDER_H
#define PAGE_FORMAT_SENDER_H

#include "base/arena.h"

struct sender {
    struct str name; /* of a person, or empty */
    struct str
        outlet; /* a name that is no person's but that of a house or its newsletter, or empty */
};

/* Reads a From line, its encoded words decoded: "Ada Moss <ada@post.example>", "ada@post.example
 * (Ada Moss)", "Moss, Ada", "Ada Moss via Harbour Post". A name goes for a person's unless the
 * mailbox is nobody's own ("newsletter@") or the host is called so. */
struct sender sender_read(struct arena *a, struct str from);

#endif
