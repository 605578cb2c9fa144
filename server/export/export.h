/* What rows of the store can be written as. The API's addresses (/api/v1/statements.csv,
 * /api/v1/exports?format=csv), its description, `synoptic export`, its help and what the pages
 * offer are made from one table, EXPORT_FORMATS; what can be set for them from EXPORT_SETTINGS. */
#ifndef EXPORT_EXPORT_H
#define EXPORT_EXPORT_H

#include "store/store.h"

/* What can be set: name (in ?name=value and `synoptic export name=value`), the words it may be
 * (none: any text), which of them holds when nothing is said, and what it means. Those below
 * BY_FILTER choose rows and fill job->query.filter. */
#define EXPORT_SETTINGS(row)                                                                       \
    row(FLAVOUR, flavour, "spreadsheet data flat excel", "",                                       \
        "rows: spreadsheet guards cells against being calculated, data leaves them, flat has one " \
        "value a cell and no JSON, excel is flat, guarded and marked as UTF-8")                    \
        row(LIST, list,                                                                            \
            "statements stances articles outlets actors actor-list utterances issues positions "   \
            "conflicts",                                                                           \
            "statements", "what csv, ndjson and json hold a row for")                              \
            row(MODE, mode, "two one", "two",                                                      \
                "networks: nodes and what joins them (two), or nodes among themselves (one)")      \
                row(NODES, nodes, "actors organisations outlets issues", "actors",                 \
                    "networks: who is joined, by issues (issues: by actors)")                      \
                    row(QUALIFIER, qualifier, "ignore subtract combine congruence conflict", "",   \
                        "networks: what becomes of for and against; two: ignore, subtract (the "   \
                        "default) or "                                                             \
                        "combine (1 for, 2 against, 3 both); one: ignore, subtract, congruence "   \
                        "(the default) or "                                                        \
                        "conflict") row(NORMALISE, normalise,                                      \
                                        "no activity prominence average jaccard cosine", "no",     \
                                        "networks: two: activity or prominence; one: average, "    \
                                        "jaccard or cosine")                                       \
                        row(DUPLICATES, duplicates, "include document week month year range",      \
                            "include",                                                             \
                            "networks: count the same node, issue and side once in each of these") \
                            row(ISOLATES, isolates, "0 1", "0",                                    \
                                "networks: 1 keeps nodes whose statements were all left out")      \
                                row(UNCLEAR, unclear, "0 1", "0",                                  \
                                    "networks: 1 counts statements without a clear side too "      \
                                    "(with qualifier=ignore)") row(EXCLUDE_ACTOR, exclude_actor,   \
                                                                   "", "",                         \
                                                                   "networks: keys of speakers, "  \
                                                                   "parted by commas")             \
                                    row(EXCLUDE_ISSUE, exclude_issue, "", "",                      \
                                        "networks: keys of issues, parted by commas")              \
                                        row(EXCLUDE_OUTLET, exclude_outlet, "", "",                \
                                            "networks: numbers of outlets, parted by commas")      \
                                            row(SPECTRUM, spectrum, "laplacian degrees",           \
                                                "laplacian",                                       \
                                                "backbone: whose eigenvalues are compared")        \
                                                row(CLUSTERS, clusters, "2 3 4 5 6 7 8 9", "2",    \
                                                    "polarisation: into how many clusters nodes "  \
                                                    "are parted") row(INVERT, invert, "0 1", "0",  \
                                                                      "networks: 1 keeps only "    \
                                                                      "what is named by "          \
                                                                      "exclude_...")               \
                                                    row(NEWS, news,                                \
                                                        "all statements changes conflicts", "all", \
                                                        "feeds: statements, changed positions, "   \
                                                        "conflicts, or all of them")

#define EXPORT_SETTING(id, name, words, initial, about) EXPORT_##id,
enum export_setting_id { EXPORT_SETTINGS(EXPORT_SETTING) EXPORT_SETTING_COUNT };
#undef EXPORT_SETTING

struct export_setting {
    const char *name, *words, *initial, *about;
};
extern const struct export_setting export_settings[EXPORT_SETTING_COUNT];
/* The names of the filters that choose rows besides, separated by blanks; export_set knows them. */
#define EXPORT_FILTERS "story article outlet actor issue stance from to"

/* One document to write. */
struct export_job {
    struct store *store;
    struct store_query query;
    struct str settings[EXPORT_SETTING_COUNT]; /* empty: as the table says */
    bool all;           /* every row, in one snapshot; else the page that `query` names */
    bool guard;         /* keep spreadsheets from calculating cells */
    bool flat;          /* one value a cell: no JSON in cells */
    bool mark;          /* tables begin with a byte order mark, by which spreadsheets know UTF-8 */
    const char *member; /* what a document that names its rows calls them: "data" */
    const char *base;   /* what links begin with: "http://127.0.0.1:8080"; NULL: nothing */
    struct buf *out;
    struct store_page page; /* filled unless `all` */
    /* Takes what is in `out` away whenever much has gathered there; NULL: it all stays. */
    bool (*flush)(struct export_job *job, struct err *err);
};

/* Only where the program was built with libxlsxwriter. */
#ifdef SYNOPTIC_XLSX
#define EXPORT_XLSX(row)                                                                           \
    row(xlsx, "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", false,  \
        "workbook", "Excel, LibreOffice: a sheet for each kind of row")
#else
#define EXPORT_XLSX(row)
#endif

/* The table: name (in --format and ?format=), suffix (of a file, and behind the path of a list),
 * media type, whether every list can be had in it or exports only, what it is made of (rows,
 * workbook, network, project, references, notes, documents, coding, report, feed), and whom it
 * serves. The writer of a format is export_NAME in NAME.c of a sub-room; the first is the default
 * of `synoptic export`. */
#define EXPORT_FORMATS(row)                                                                        \
    row(json, "json", "application/json", false, "rows",                                           \
        "programs: one object with all rows") row(csv, "csv",                                      \
                                                  "text/csv; charset=utf-8; header=present", true, \
                                                  "rows", "spreadsheets, R, pandas: a table")      \
        row(ndjson, "ndjson", "application/x-ndjson", true, "rows",                                \
            "programs: an object a line") EXPORT_XLSX(row) row(network, "network.json",            \
                                                               "application/json", false,          \
                                                               "network", "programs: JSON")        \
            row(graphml, "graphml", "application/graphml+xml", false, "network",                   \
                "visone, igraph, yEd") row(gexf, "gexf", "application/gexf+xml", false, "network", \
                                           "Gephi: grows day by day")                              \
                row(matrix, "matrix.csv", "text/csv; charset=utf-8; header=present", false,        \
                    "network",                                                                     \
                    "R, spreadsheets: a matrix") row(edges, "edges.csv",                           \
                                                     "text/csv; charset=utf-8; header=present",    \
                                                     false, "network",                             \
                                                     "R, spreadsheets: a list of edges")           \
                    row(pajek, "net", "text/plain; charset=utf-8", false, "network",               \
                        "Pajek") row(dl, "dl", "text/plain; charset=utf-8", false, "network",      \
                                     "UCINET") row(dot, "gv", "text/vnd.graphviz; charset=utf-8",  \
                                                   false, "network", "Graphviz")                   \
                        row(backbone, "backbone.csv", "text/csv; charset=utf-8; header=present",   \
                            false, "network",                                                      \
                            "which issues carry the network: the loss as one after the other is "  \
                            "left out") row(polarisation, "polarisation.json", "application/json", \
                                            false, "network",                                      \
                                            "how polarised it is, and who stands with whom")       \
                            row(dna, "dna", "application/vnd.sqlite3", false, "project",           \
                                "Discourse Network Analyzer 3 (coder "                             \
                                "Admin, password synoptic)") row(ris, "ris",                       \
                                                                 "application/"                    \
                                                                 "x-research-info-systems",        \
                                                                 false, "references",              \
                                                                 "Zotero, EndNote, Citavi")        \
                                row(bibtex, "bib", "application/x-bibtex; charset=utf-8", false,   \
                                    "references",                                                  \
                                    "LaTeX") row(csl, "csl.json",                                  \
                                                 "application/vnd.citationstyles.csl+json", false, \
                                                 "references",                                     \
                                                 "pandoc, citeproc") row(annotations, "jsonld",    \
                                                                         "application/ld+json",    \
                                                                         false, "notes",           \
                                                                         "W3C Web Annotation: "    \
                                                                         "words, place, who, for " \
                                                                         "or against")             \
                                    row(schemaorg, "schemaorg.jsonld", "application/ld+json",      \
                                        false, "documents",                                        \
                                        "the web of data: NewsArticle, Quotation, Claim, "         \
                                        "ClaimReview") row(ninjs, "ninjs.json",                    \
                                                           "application/json", false, "documents", \
                                                           "newsrooms' systems: IPTC ninjs 2.1")   \
                                        row(qdpx, "qdpx", "application/zip", false, "coding",      \
                                            "NVivo, MAXQDA, ATLAS.ti, QualCoder: REFI-QDA "        \
                                            "project") row(qdc, "qdc", "application/xml", false,   \
                                                           "coding",                               \
                                                           "the same programs: the code book "     \
                                                           "alone")                                \
                                            row(tei, "tei.xml", "application/tei+xml", false,      \
                                                "report",                                          \
                                                "editions: TEI, the outlets' wordings as an "      \
                                                "apparatus")                                       \
                                                row(markdown, "md",                                \
                                                    "text/markdown; charset=utf-8", false,         \
                                                    "report",                                      \
                                                    "notes: a story to read, as Markdown")         \
                                                    row(html, "html", "text/html; charset=utf-8",  \
                                                        false, "report",                           \
                                                        "mail, archives: a story to read, in one " \
                                                        "file")                                    \
                                                        row(atom, "atom",                          \
                                                            "application/atom+xml; charset=utf-8", \
                                                            false, "feed",                         \
                                                            "feed readers: new statements, "       \
                                                            "changed positions, conflicts")        \
                                                            row(jsonfeed, "feed.json",             \
                                                                "application/feed+json", false,    \
                                                                "feed",                            \
                                                                "feed readers and programs: the "  \
                                                                "same as JSON")

/* A writer appends the document to job->out; on failure a part of it may be there. */
#define EXPORT_WRITER(name, suffix, type, lists, kind, about)                                      \
    bool export_##name(struct export_job *job, struct err *err);
EXPORT_FORMATS(EXPORT_WRITER)
#undef EXPORT_WRITER

struct export_format {
    const char *name, *suffix, *type, *kind, *about;
    bool lists;
    bool (*write)(struct export_job *job, struct err *err);
};
/* The rows of the table, closed by a NULL name. */
extern const struct export_format export_formats[];

/* The format of that name, or NULL. */
const struct export_format *export_named(struct str name);
/* The format of lists whose suffix it is, or NULL. */
const struct export_format *export_of_list(struct str suffix);
/* Appends the names of all formats with `between` between them. */
void export_names(struct buf *out, const char *between);

/* Sets what a name of EXPORT_SETTINGS or EXPORT_FILTERS says; the value must live as long as the
 * job. ERR_INVALID names what is wrong: no such name, or not one of its words. */
bool export_set(struct export_job *job, struct str name, struct str value, struct err *err);
/* For writers: text within XML, without what XML cannot hold. */
void export_xml(struct buf *out, struct str text);
/* For writers whose documents grow long: lets go of what has gathered in job->out. */
bool export_flush(struct export_job *job, struct err *err);
/* What is set, or what holds when nothing is. */
struct str export_get(const struct export_job *job, enum export_setting_id id);

/* For writers: the job's rows into the sink, those of setting `list` for a job that is `all`. */
bool export_rows(struct export_job *job, struct row_sink *sink, struct err *err);

#endif
