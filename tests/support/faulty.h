/* A disk that fails: a VFS of SQLite over the usual one, for tests. It counts calls of a kind and,
 * from the one that was asked for, fails - once or ever after. And one that loses what was not
 * synchronised: a cut of the power. */
#ifndef TESTS_SUPPORT_FAULTY_H
#define TESTS_SUPPORT_FAULTY_H

#include <stdbool.h>
#include <stdint.h>

enum fault {
    FAULT_NONE,
    FAULT_WRITE,    /* the write fails as a whole */
    FAULT_FULL,     /* half of it is written, then there is no space */
    FAULT_SYNC,     /* nobody knows what reached the disk */
    FAULT_READ,     /* the disk cannot read the place */
    FAULT_TRUNCATE, /* a file cannot be cut */
    FAULT_OPEN,     /* a file cannot be opened or made */
    FAULT_POWER, /* at a write or sync: from here on nothing works, and faulty_cut is to follow */
    FAULT_KINDS
};

/* Becomes the default VFS of the process, before any store is opened. */
void faulty_install(void);
/* Call number `at` (from 1) of the kind fails, and all behind it if `forever`. Counts from here on.
 */
void faulty_arm(enum fault kind, long at, bool forever);
/* Everything works again; how many calls of the kind there were since faulty_arm. */
long faulty_disarm(void);
/* The power came back: of every file below the folder only what was synchronised is there, and of
 * what was written since a part, drawn with the seed. All of them must be closed. */
void faulty_cut(const char *folder, uint32_t seed);
/* Forgets what files below the folder held. */
void faulty_forget(void);

#endif
