/* Results that are kept for the next time the same is asked, in a bounded part of memory.
 *
 * The key says all that a result depends on, as a digest of it: what is found under it is what
 * would come of the work, and where nothing is found the work is done. So a memo that is empty or
 * was emptied changes time and nothing else. Any thread may use one. */
#ifndef BASE_MEMO_H
#define BASE_MEMO_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/map.h"

#include <pthread.h>

struct memo_key {
    uint64_t part[2];
};

/* What was kept since a time. */
struct memo_half {
    struct arena arena;
    struct map at; /* first part of a key -> place + 1 */
    struct memo_entry {
        struct memo_key key;
        struct str value;
    } * v;
    size_t n, cap;
};

/* At most `most` bytes, half of it for what was kept or asked for lately: when that is full, the
 * other half is let go. Begins with its bound and MEMO_MUTEX, the rest zero. */
struct memo {
    size_t most;
    pthread_mutex_t mutex;
    struct memo_half young, old;
};
#define MEMO(bound)                                                                                \
    {                                                                                              \
        .most = (bound), .mutex = PTHREAD_MUTEX_INITIALIZER                                        \
    }

/* SHA-256 of the bytes, as much of it as tells results apart. */
struct memo_key memo_key(struct str bytes);
/* A copy in the arena of what was kept; false if nothing is. */
bool memo_find(struct memo *m, struct memo_key key, struct arena *a, struct str *value);
/* Keeps a copy; one that is too large is passed over. */
void memo_keep(struct memo *m, struct memo_key key, struct str value);
/* Lets go of everything. */
void memo_forget(struct memo *m);

#endif
