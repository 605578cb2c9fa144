/* Running one of a few other programs over bytes, without a shell: its standard input and output
 * are files in memory, it sees no other descriptor and no environment, may write nothing, and its
 * time, memory and output are limited.
 *
 * A server that has given up the right to start programs (sandbox.h) keeps a helper for it, forked
 * before: a process that knows only the table of programs here. */
#ifndef BASE_CHILD_H
#define BASE_CHILD_H

#include "base/arena.h"
#include "base/err.h"

enum child_program {
    CHILD_PDF_TEXT, /* poppler's pdftotext: a PDF as lines with their places (XML) */
    CHILD_PROGRAMS
};

/* Forks the helper; from then on child_run goes through it. Call before there are threads and
 * before sandbox_enter. It ends with this process. False if it cannot be had. */
bool child_helper(void);

/* Runs the program over `input`; *output is in the arena. ERR_UNSUPPORTED: it is not installed;
 * ERR_TIMEOUT, ERR_TOO_LARGE: over a limit (30 s, 32 MB); ERR_INVALID: it failed on this input.
 * Any thread may call it. */
bool child_run(struct arena *a, enum child_program program, struct str input, struct str *output,
               struct err *err);

#endif
