/* What went wrong, as a kind for programs and a sentence for people.
 *
 * A function that can fail returns bool and takes a `struct err *`; on failure it says
 * `return fail(err, ERR_MISSING, "no article %lld", id);` and leaves its outputs untouched. The
 * message is one sentence without path, SQL or library text unless the command line shows it.
 * Kinds become HTTP statuses in http/response.c and exit codes in main.c, nowhere else. */
#ifndef BASE_ERR_H
#define BASE_ERR_H

#include <stdbool.h>

enum err_kind {
    ERR_NONE,
    ERR_INVALID,     /* the input is not what it should be */
    ERR_USAGE,       /* the command line is not */
    ERR_DENIED,      /* not allowed */
    ERR_MISSING,     /* no such thing */
    ERR_CONFLICT,    /* it has changed meanwhile, or exists already */
    ERR_TOO_LARGE,   /* over a limit */
    ERR_UNSUPPORTED, /* a type that is not read */
    ERR_READ_ONLY,   /* the store cannot be written */
    ERR_BUSY,        /* in use; later perhaps */
    ERR_TIMEOUT,     /* took too long and was stopped */
    ERR_FULL,        /* no space left on the disk */
    ERR_REMOTE,      /* another host did not answer as it should */
    ERR_IO,          /* a file could not be read or written */
    ERR_INTERNAL,    /* a mistake of this program */
    ERR_COUNT
};

struct err {
    enum err_kind kind;
    char message[256]; /* UTF-8, zero-terminated */
};

/* Fills err (which may be NULL) and returns false. */
bool fail(struct err *err, enum err_kind kind, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* The kind's name in kebab case ("too-large"), for logs and problem documents. */
const char *err_name(enum err_kind kind);

#endif
