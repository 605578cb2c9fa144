/* Inside project/: a project file on its way into the store. */
#ifndef INGEST_PROJECT_TAKING_H
#define INGEST_PROJECT_TAKING_H

#include "base/map.h"
#include "base/utf8.h"
#include "ingest/project/project.h"
#include "store/project.h"

struct paper {
    struct project_document in;
    int64_t article, story;
    struct str text; /* as it is stored */
    struct utf8_index index;
};

struct told {
    struct project_statement in;
    uint32_t paper;
};

struct taking {
    struct project_sink sink;
    struct store *store;
    struct arena arena, one;
    struct err *err;
    struct paper *papers;
    size_t n_papers, cap_papers;
    struct told *told;
    size_t n_told, cap_told;
    struct map paper_of;
    struct ingest_project *count;
};

/* documents.c: every document becomes an article; where each has gone. */
bool taking_submit(struct taking *t);
bool taking_find(struct taking *t, struct paper *p);
/* statements.c: concepts become issues, keys[i] that of the i-th statement; statements decisions.
 */
bool taking_add_issues(struct taking *t, struct str *keys);
bool taking_add_statements(struct taking *t, const struct str *keys);
/* bodies.c: persons belong to organizations. */
bool taking_add_bodies(struct taking *t);

/* decide.c: a list's rows as a tree, the caller's; NULL with t->err. A text member, or empty. A
 * decision, whose value is deleted. */
cJSON *taking_rows(struct taking *t, struct store_query query);
struct str taking_text(const cJSON *object, const char *name);
bool taking_decide(struct taking *t, struct store_decision decision, cJSON *value);

#endif
