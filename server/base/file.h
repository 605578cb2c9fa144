/* Files, read whole. */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include "base/arena.h"
#include "base/err.h"

/* Reads the file (or standard input for "-") into the arena. Fails on a folder, a missing or
 * unreadable file (ERR_MISSING, ERR_IO) and on more than `limit` bytes (ERR_TOO_LARGE). */
bool file_read(struct arena *a, const char *path, size_t limit, struct str *bytes, struct err *err);

#endif
