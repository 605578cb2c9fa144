/* A comparison kept in few bytes, from which its document is written again.
 *
 * The document (compare_write) repeats the texts of its articles many times: each span with its
 * words and what stands around them. Kept is only what cannot be taken from the texts: a hundredth
 * of it. A field that compare_write begins to write has to be kept too (kept.c); the test that
 * holds the document written again against the one that was written first says so. */
#ifndef COMPARE_KEPT_H
#define COMPARE_KEPT_H

#include "compare/compare.h"

/* In the arena. The hash of each text is among it. */
struct str compare_keep(struct arena *a, const struct comparison *c);

/* Where texts are found again: that of the article whose str_hash is `hash`, in the arena. */
struct compare_texts {
    bool (*find)(void *context, int64_t article, uint64_t hash, struct str *text, struct err *err);
    void *context;
};

/* Of compare_write's use only: `out` and its input hold what the document says. Everything lives in
 * the arena. ERR_IO: the bytes are damaged or of another build's form. */
bool compare_kept(struct arena *a, struct str bytes, const struct compare_texts *texts,
                  struct comparison *out, struct err *err);

#endif
