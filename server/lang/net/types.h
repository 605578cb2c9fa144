/* The word types that a thread's network has met, with what its first matrix makes of them. */
#ifndef LANG_NET_TYPES_H
#define LANG_NET_TYPES_H

#include "lang/net/reader_model.h"

struct reader_types;

/* For inputs by `m`'s tables that go through `w` (which may be another model's). */
struct reader_types *reader_types_create(const struct reader_model *m,
                                         const struct kernel_matrix *w, const float *bias);
void reader_types_destroy(struct reader_types *types);

/* Makes room for n more types; may forget any, and with them every pointer to gates. */
void reader_types_make_room(struct reader_types *types, size_t n);
/* Where the gates of a word are or will be: [w->used], in 1/512. The word must live
 * until reader_types_compute, which fills in those of new words. */
int16_t *reader_types_gates(struct reader_types *types, struct str word);
void reader_types_compute(struct reader_types *types, const struct kernel *k);

#endif
