/* Project files of Discourse Network Analyzer 3 into the store: documents become articles,
 * statements become decisions of a person on them, concepts issues of the story, the organization
 * of a person what that person belongs to. What is there already is not added again. */
#ifndef INGEST_PROJECT_PROJECT_H
#define INGEST_PROJECT_PROJECT_H

#include "ingest/options.h"
#include "store/store.h"

struct ingest_project {
    size_t documents, articles;      /* in the file; of these found in the store afterwards */
    size_t statements, added, known; /* in the file; new in the store; there already */
    size_t lost; /* whose document could not be imported, whose words are not there, or without
                    person and organization */
};

/* With `dry` nothing is changed: only what stands in the file is counted, and what is known. */
bool ingest_project(struct store *store, struct str bytes, bool dry, struct ingest_project *out,
                    struct err *err);
/* The numbers as an object, under their names. */
void ingest_project_write(struct json *j, const struct ingest_project *project);

#endif
