/* Model files (lang/model/training/export.py): a header of 32-bit numbers (magic, version, size of
 * the body, its checksum, then what the model needs), and behind it sections that each begin at 64
 * bytes. */
#ifndef LANG_NET_MODEL_FILE_H
#define LANG_NET_MODEL_FILE_H

#include "base/str.h"
#include "lang/kernel/kernel.h"

enum { MODEL_HEAD = 16 }; /* numbers in a header */

/* What is left to read; `ok` turns false for good where a section ends behind the file. */
struct model_sections {
    struct str rest;
    bool ok;
};

/* Reads the header into head[MODEL_HEAD] and returns the sections behind it; not ok if the file is
 * of another kind, version or size. */
struct model_sections model_file_open(struct str file, uint32_t magic, uint32_t version,
                                      uint32_t *head);
/* Whether the body's checksum is what the header says. */
bool model_file_whole(struct str file);
/* The embedded file of this name; ends the program if there is none. */
struct str model_file_embedded(const char *name);
/* Ends the program: an embedded file is damaged. */
_Noreturn void model_file_damaged(const char *name);

const void *model_section(struct model_sections *s, size_t bytes);
struct kernel_matrix model_matrix(struct model_sections *s, uint32_t in, uint32_t out);

#endif
