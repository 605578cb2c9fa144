/* Discourse networks: who is joined to which issue, or to whom, by what was said.
 *
 * Every statement that takes a side on an issue is a tie of a node (who said it, the organisation
 * behind, or the outlet that carries it) to the issue, at one of two levels: for (support,
 * conditional) or against (oppose, denies). With X[a,c,k] the ties of a to c at level k, and sums
 * over what is not named:
 *
 *   two-mode    ignore X[a,c]; subtract X[a,c,for] - X[a,c,against]; combine 1 (only for),
 *               2 (only against), 3 (both); divided by the row's ties (activity) or the column's
 *               (prominence), for combine by the number of its cells that are not 0
 *   one-mode    sums over c: ignore X[a,c] X[b,c]; congruence sum over k of X[a,c,k] X[b,c,k];
 *               conflict the same at unlike k; subtract congruence - conflict; divided by
 *               (X[a] + X[b]) / 2 (average), X[a] X[b] (cosine), or (jaccard) the sum over c and k
 *               of X[a,c,k] where b has none, X[b,c,k] where a has none, and their product
 * elsewhere
 *
 * as Discourse Network Analyzer 3 computes them for a yes/no qualifier (Leifeld, "Discourse Network
 * Analysis", 2017; its Exporter). It differs in two points from what that tool's manual says, and
 * here the manual is followed: a week or month is one of a certain year, and prominence of combine
 * counts a column's own cells. */
#ifndef EXPORT_NETWORK_NETWORK_H
#define EXPORT_NETWORK_NETWORK_H

#include "base/day.h"
#include "export/export.h"

enum network_level { LEVEL_AGAINST, LEVEL_FOR, LEVEL_UNCLEAR, LEVEL_COUNT };

enum network_qualifier {
    QUALIFIER_IGNORE,
    QUALIFIER_SUBTRACT,
    QUALIFIER_COMBINE,
    QUALIFIER_CONGRUENCE,
    QUALIFIER_CONFLICT
};

struct network_options {
    bool one_mode, isolates, unclear, invert;
    struct str nodes, normalise, duplicates;
    struct str exclude_actor, exclude_issue, exclude_outlet; /* keys parted by commas */
    enum network_qualifier qualifier;
};

struct network_node {
    struct str key, label, kind, organisation;
    uint32_t ties; /* that count */
    int32_t since; /* day of the first; NO_DAY */
};

/* One statement on one issue. */
struct network_tie {
    uint32_t row, column;
    enum network_level level;
    int64_t statement, period;
    uint32_t order; /* in which they came: by issue within a statement */
    int32_t day;
};

/* The ties of one node to one issue: those from `first`, by level. */
struct network_cell {
    uint32_t row, column, first;
    uint32_t at[LEVEL_COUNT];   /* how many */
    int32_t since[LEVEL_COUNT]; /* day of the first; NO_DAY */
};

struct network_edge {
    uint32_t from, to; /* rows; in a two-mode network `to` is a column */
    double weight;
    int32_t since; /* the first day it can be seen on; NO_DAY */
};

struct network {
    struct arena arena;
    struct network_options options;
    struct network_node *rows, *columns; /* by label */
    size_t n_rows, n_columns;
    struct network_tie *ties;
    size_t n_ties;
    struct network_cell *cells; /* by row and column */
    size_t n_cells;
    size_t *cells_of;           /* the first cell of each row, and one more */
    struct network_edge *edges; /* by from and to; those of weight 0 left out; a < b in one-mode */
    size_t n_edges;
};

/* read.c: the network that the job's settings describe. ERR_INVALID: settings that do not go
 * together. network_finish in any case. */
bool network_make(struct export_job *job, struct network *out, struct err *err);
void network_finish(struct network *net);

/* gather.c: ties and nodes from the store's rows, what is excluded left out. */
bool network_gather(struct export_job *job, struct network *net, struct err *err);
/* fold.c: duplicates go, nodes without ties too; labels become unique and sorted; cells. */
void network_fold(struct network *net);
/* weigh.c: edges from cells. */
void network_weigh(struct network *net);

/* edge.c: the statements that an edge rests on, rising; each once. The arena's. */
struct network_proof {
    int64_t *v;
    size_t n;
};
struct network_proof network_proof(const struct network *net, struct arena *a,
                                   const struct network_edge *edge);

/* text.c: for the writers. A number in as few digits as tell it again; a day as YYYY-MM-DD. */
void network_number(struct buf *out, double value);
void network_day(struct buf *out, int32_t day);
/* In quotation marks; marks and backslashes within become apostrophes, control characters blanks.
 */
void network_quoted(struct buf *out, struct str text);
/* A node by its number over rows and then columns; how many there are in this mode. */
const struct network_node *network_node(const struct network *net, size_t i);
size_t network_nodes(const struct network *net);
/* The number of an edge's end. */
size_t network_end(const struct network *net, const struct network_edge *edge);
/* The network as a matrix, a row at a time. */
struct network_matrix {
    double *row; /* weights of the present row */
    size_t n;    /* columns */
};
struct network_matrix network_matrix(const struct network *net, struct arena *a);
void network_matrix_row(const struct network *net, struct network_matrix *m, size_t row);

#endif
