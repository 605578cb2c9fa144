/* What other programs hold of articles and of what is said in them, into the store: documents
 * become articles, statements become decisions of a person on them, concepts issues of the story,
 * the organization of a person what that person belongs to. What is there already is not added
 * again; a statement is looked for by its exact words, nearest to where it is said to stand.
 *
 * Project files of Discourse Network Analyzer 3 (documents, statements); W3C Web Annotation
 * (JSON-LD: who says it as a body that identifies, "support: issue" as one that classifies);
 * REFI-QDA projects (qdpx); archives of brat's standoff files (.txt with .ann); tables of
 * statements (CSV, JSON, JSON Lines). Annotations and tables name articles that are here: by
 * number, by urn:synoptic:article:NUMBER or by address. */
#ifndef INGEST_PROJECT_PROJECT_H
#define INGEST_PROJECT_PROJECT_H

#include "ingest/options.h"
#include "store/listing.h"
#include "store/store.h"

enum project_kind {
    PROJECT_NONE,
    PROJECT_DNA,
    PROJECT_ANNOTATIONS,
    PROJECT_REFI,
    PROJECT_BRAT,
    PROJECT_TABLE /* never guessed: a table may as well hold articles */
};
/* By the bytes, all of them for archives. */
enum project_kind ingest_project_kind(struct str bytes);

/* How offsets count; what a file's own format says comes first. */
enum project_unit { UNIT_CODE_POINTS, UNIT_UTF16, UNIT_UTF8 };

struct ingest_project_options {
    bool dry;   /* nothing is changed: it is only found out what would be */
    bool table; /* it is a table of statements */
    enum project_unit unit;
    struct str map; /* of a table: "quote=Zitat,speaker=Wer"; fields: table.c */
};

enum { PROJECT_PROBLEMS = 10 };
struct ingest_project {
    size_t documents, articles;      /* in the file; of these found in the store afterwards */
    size_t statements, added, known; /* in the file; new in the store; there already */
    size_t lost; /* whose document could not be imported, whose words are not there, or without
                    person and organization */
    char problem[PROJECT_PROBLEMS][200]; /* why the first of them are lost */
    size_t n_problems;
};

/* ERR_UNSUPPORTED: none of the above, or damaged. */
bool ingest_project(struct store *store, struct str bytes,
                    const struct ingest_project_options *options, struct ingest_project *out,
                    struct err *err);
/* The numbers and problems as an object, under their names. */
void ingest_project_write(struct json *j, const struct ingest_project *project);

/* A list of actors (actors.c) as one decision, by and note as `decision` has them; what becomes of
 * its lines is in decision->listing. *entry is the journal's, 0 where nothing changed.
 * ERR_INVALID, with a line's number: a line cannot be taken, and so none is. */
bool ingest_actors(struct store *store, struct str bytes, struct store_decision *decision,
                   int64_t *entry, struct err *err);
/* {"decision", "new", "changed", "same", "refused", "lines": [{"line", "what", "key", "name",
 * "changes" or "why"}]} */
void ingest_actors_write(struct json *j, const struct store_listing *list, int64_t entry);

#endif
