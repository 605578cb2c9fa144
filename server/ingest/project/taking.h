/* Inside project/: statements of another program on their way into the store. A reader (dna.c,
 * annotations.c, table.c, refi.c, brat.c) says what stands in the file; what becomes of it is the
 * same for all. */
#ifndef INGEST_PROJECT_TAKING_H
#define INGEST_PROJECT_TAKING_H

#include "base/map.h"
#include "base/utf8.h"
#include "ingest/project/project.h"
#include "store/project.h"

struct paper {
    struct project_document in;
    struct str reference; /* of one without text: number, URN or address of an article */
    int64_t article, story;
    struct str text; /* as it is stored; in a dry run that of the file where it is not */
    struct utf8_index index;
};

/* Words, and where they are said to stand in the article's text. */
struct place {
    struct str exact, prefix, suffix;
    int64_t start; /* in `unit`; below 0: not said */
    enum project_unit unit;
};

struct told {
    struct project_statement in; /* of DNA's files all of it; of others no offsets */
    uint32_t paper;
    size_t order;    /* in which it came */
    struct str kind; /* of the speaker: person, organisation, country ...; or empty */
    /* Where the file tells it, else empty: direct, mixed or indirect; proposed, confirmed or
     * edited; what a conditional stance hangs on. */
    struct str form, status, condition;
    int64_t number; /* the statement's in the file, by which they come; 0: it has none */
    bool whole;     /* written by synoptic: no position is no position, not one left unsaid */
    bool guessed;   /* the side is what the engine made of it */
    struct place *places;
    size_t n_places;
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
    const struct ingest_project_options *options;
    struct ingest_project *count;
};

/* project.c: for readers. The next document, by a name that is its own in the file (the same name:
 * the same document); its texts live in the arena. The next statement in it. */
struct paper *taking_paper(struct taking *t, struct str name);
struct told *taking_told(struct taking *t, const struct paper *paper);
void taking_place(struct taking *t, struct told *told, struct place place);
/* A statement stays behind, and why. */
void taking_lose(struct taking *t, size_t n, struct str words, const char *why);

/* The readers: what stands in the bytes. */
bool reading_dna(struct taking *t, struct str bytes);
bool reading_annotations(struct taking *t, struct str bytes);
bool reading_table(struct taking *t, struct str bytes);
bool reading_refi(struct taking *t, struct str bytes);
bool reading_brat(struct taking *t, struct str bytes);
/* kind.c: hands over every file of a zip or tar archive, which live only during the call. */
struct archive_file {
    struct str name, bytes;
};
bool reading_archive(struct str bytes, bool (*take)(void *to, const struct archive_file *file),
                     void *to, struct err *err);

/* documents.c: every document becomes an article; where each has gone. */
bool taking_submit(struct taking *t);
bool taking_find(struct taking *t, struct paper *p);
/* places.c: all places of the statement in the stored text, in code points; false: not there. */
bool taking_spans(struct arena *a, const struct paper *p, const struct told *told,
                  struct span *out);
/* issues.c: concepts become issues, keys[i] that of the i-th statement. */
bool taking_add_issues(struct taking *t, struct str *keys);
/* statements.c: statements become decisions. */
bool taking_add_statements(struct taking *t, const struct str *keys);
/* bodies.c: persons belong to organizations. */
bool taking_add_bodies(struct taking *t);

/* decide.c: a list's rows as a tree, the caller's; NULL with t->err. A text member, or empty; a
 * number, or `without`. A decision, whose value is deleted. */
cJSON *taking_rows(struct taking *t, struct store_query query);
struct str taking_text(const cJSON *object, const char *name);
double taking_number(const cJSON *object, const char *name, double without);
bool taking_decide(struct taking *t, struct store_decision decision, cJSON *value);

#endif
