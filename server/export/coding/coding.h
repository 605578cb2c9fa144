/* REFI-QDA, the exchange format of programs for qualitative analysis: what its project files and
 * code books have in common. Codes are the speakers, below "Speakers", and below "Issues" the
 * issues, each with a code for every side that somebody takes. */
#ifndef EXPORT_CODING_CODING_H
#define EXPORT_CODING_CODING_H

#include "export/article/article.h"

/* Appends a GUID made of a kind and a name: the same for the same thing in every export. */
void coding_guid(struct buf *out, const char *kind, struct str name);
/* The kinds, and how their names are made. */
#define CODING_ACTOR "actor" /* key */
#define CODING_ISSUE "issue" /* key */
#define CODING_SIDE "side"   /* issue's key, blank, stance */

/* Appends <Codes>...</Codes>, or nothing where there are none. */
bool coding_write(struct export_job *job, struct err *err);

#endif
