/* The seam below the store: what it asks of a database engine, as one table of functions.
 *
 * sqlite/ and postgres/ are the engines there are. Another one is a folder beside them that fills
 * this table, and a row in engine.c that says which addresses are its own: nothing outside store/
 * knows which engine runs.
 *
 * An engine understands the store's SQL, or translates it in `prepare`: `:named` parameters,
 * upserts (ON CONFLICT), RETURNING, row values, IS NOT DISTINCT FROM; the functions substr, instr,
 * nullif, coalesce, max and min of two values, strftime; and, in lists, items and the journal, the
 * JSON functions of SQLite (json_object, json_array, json_group_array, json_group_object, json,
 * json_extract). What full-text search needs stands behind `match` and `index`.
 *
 * A connection serves one thread at a time. Codes: 0 is success, ENGINE_ROW a row, anything above 0
 * a failure in the engine's own numbering, which `fail` turns into a kind and a sentence. */
#ifndef STORE_ENGINE_H
#define STORE_ENGINE_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

#include <stdint.h>

struct engine_link;      /* a connection; the engine's own */
struct engine_statement; /* a prepared statement; likewise */

enum engine_access {
    ENGINE_WRITE, /* the writer; of an engine with one writer it locks others out */
    ENGINE_QUEUE, /* the second writer of an engine that locks rows, see there */
    ENGINE_READ,  /* a reader beside this program's writer */
    ENGINE_LOOK,  /* a reader of a store that this program does not write */
    ENGINE_HEAR   /* that of `hear`, and of `wait` */
};

enum engine_span {
    SPAN_READ,
    SPAN_WRITE,
    SPAN_DURABLE, /* a write that a power cut must not take once it is acknowledged */
    SPAN_QUEUE,   /* a write of the queue's tables, see locks_rows */
    SPAN_SCHEMA,  /* the steps of the schema, perhaps of a store that is still empty */
    SPAN_PART     /* a savepoint within a write */
};

enum engine_type { ENGINE_NULL, ENGINE_INT, ENGINE_REAL, ENGINE_TEXT, ENGINE_BLOB };

struct engine_value {
    enum engine_type type;
    enum engine_type meant; /* of a null that is bound: what it would be otherwise, if known */
    int64_t integer;
    double real;
    struct str text; /* of texts and blobs */
};

enum engine_heard {
    HEARD_NOTHING,
    HEARD_CHANGE,
    HEARD_ANEW, /* it hears from now on: what was before is not known */
    HEARD_FAILED
};

enum { ENGINE_DONE = 0, ENGINE_ROW = -1 };

struct engine_version {
    bool ours, empty; /* made by synoptic; nothing is in it */
    int64_t schema;
};

struct store_places; /* store.h */

/* Rows of the tables that are searched. */
struct engine_rows {
    enum { ROWS_OF_ARTICLES /* article_versions */, ROWS_OF_STATEMENTS } of;
    const int64_t *ids;
    size_t n;
};

/* Which of the literals that stand side by side where the engines' SQL differs (search/hits.c,
 * queue/queue.c) is an engine's. */
enum engine_sql { ENGINE_SQL_SQLITE, ENGINE_SQL_POSTGRES, ENGINE_SQLS };

struct engine {
    const char *schemes; /* addresses that begin with one of them are its own, parted by blanks; "":
                          * the path of a file */
    enum engine_sql sql;
    /* While one program has the store open for writing no other has: numbers that everybody must
     * agree on may then be kept in memory. */
    bool one_writer;
    /* Spans of the queue go on beside the one write that runs: they lock the rows that they change
     * until they end, and no more. */
    bool locks_rows;

    /* Connections. ------------------------------------------------------------------------- */
    bool (*may_write)(const char *where);
    /* What it needs of the file system while it is open: see store_places. */
    void (*places)(struct arena *a, const char *where, struct store_places *out);
    /* ERR_BUSY: another program writes. ERR_MISSING (ENGINE_LOOK): there is nothing to read. */
    bool (*open)(const char *where, enum engine_access access, struct engine_link **out,
                 struct err *err);
    /* Once the schema is there: settings of a writer, and a look whether it is sound. *left: that
     * would take long, and somebody is to look meanwhile. */
    bool (*settle)(struct engine_link *link, bool *left, struct err *err);
    /* That look; another thread ends it by `limit`. */
    bool (*look)(struct engine_link *link, struct err *err);
    /* Is the store that was opened still the one at its address? ERR_IO: it was deleted, replaced
     * or cut to nothing. Cheap: asked before every write, and now and then before reads. */
    bool (*present)(struct engine_link *link, struct err *err);
    void (*close)(struct engine_link *link); /* its statements are finished; NULL is allowed */
    /* Statements are stopped (ERR_TIMEOUT) after this time on the monotonic clock, in milliseconds;
     * 0: never. */
    void (*limit)(struct engine_link *link, int64_t until);
    /* SQL without results, several statements if need be. */
    bool (*run)(struct engine_link *link, const char *sql, struct err *err);

    /* Transactions. `end` commits if `commit`, and takes everything back otherwise and where that
     * fails. ------------------------------------------------------------------------------- */
    bool (*begin)(struct engine_link *link, enum engine_span span, struct err *err);
    bool (*end)(struct engine_link *link, enum engine_span span, bool commit, struct err *err);

    /* Statements. -------------------------------------------------------------------------- */
    int (*prepare)(struct engine_link *link, const char *sql, struct engine_statement **out);
    void (*finish)(struct engine_statement *statement);
    /* The place of a named parameter (":id"), from 1; 0: there is none of that name. */
    int (*parameter)(struct engine_statement *statement, const char *name);
    /* Texts and blobs are not copied: they live until `reset` with `unbind`. */
    void (*bind)(struct engine_statement *statement, int at, const struct engine_value *value);
    int (*step)(struct engine_statement *statement);
    void (*reset)(struct engine_statement *statement, bool unbind);
    /* The name of a column, from 0; NULL behind the last. */
    const char *(*name)(struct engine_statement *statement, int column);
    /* A column of the present row, converted if need be; ENGINE_NULL: as the type it has. Texts are
     * the statement's own until the next step. */
    struct engine_value (*column)(struct engine_statement *statement, int column,
                                  enum engine_type as);
    /* What a code means for people (0: the last failure of the connection); false. */
    bool (*fail)(struct engine_link *link, int code, struct err *err);

    /* The whole. --------------------------------------------------------------------------- */
    bool (*version)(struct engine_link *link, struct engine_version *out, struct err *err);
    bool (*mark)(struct engine_link *link, int64_t schema, struct err *err); /* as ours */
    /* A consistent copy in a file, while others read and write. NULL, as `restore`: the engine's
     * own programs do that; steps of the schema are taken back whole by the engine if one fails. */
    bool (*copy)(struct engine_link *link, const char *to, struct err *err);
    /* A copy of `from`, once `ready` has made it so, takes the store's place; the old one stays
     * beside it, as do those of earlier restores. ERR_BUSY: it is in use. */
    bool (*restore)(const char *from, const char *where,
                    bool (*ready)(const char *copy, struct err *err), struct err *err);
    /* Looks at everything; one finding a line. */
    bool (*verify)(struct engine_link *link, struct buf *findings, struct err *err);
    /* Another program wrote into the store: what is there is taken for right from now on. ERR_BUSY:
     * it is in use. NULL: an engine that others may write to anyway. */
    bool (*accept)(const char *where, struct err *err);
    void (*size)(const char *where, int64_t *bytes, int64_t *log_bytes);
    /* A database of its own in memory, beside any store: an empty one, or one that is only read, of
     * the bytes of a file (which must outlive it). ERR_UNSUPPORTED: they are none. And the bytes of
     * such a database. NULL: an engine without files. */
    bool (*memory)(const struct str *bytes, struct engine_link **out, struct err *err);
    bool (*bytes)(struct engine_link *link, struct buf *out, struct err *err);
    /* Takes or returns the right to compare a story, among all programs that share the store; false
     * while another has it. Below 0: a program's number instead of a story. What a program claims
     * is free when it ends, however it does. NULL: one writer. */
    bool (*claim)(struct engine_link *link, int64_t story, bool take);
    /* Until nobody has what another claimed, for so many milliseconds at most; by a connection of
     * ENGINE_HEAR. NULL: it is asked for again and again. */
    void (*wait)(struct engine_link *link, int64_t story, int ms);
    /* Has the program that claimed its own number `worker` shown no sign of life for so long, or
     * ended? Then nothing is claimed by it any more. A sign of life is that its connection of
     * ENGINE_QUEUE is used (store_note_long). NULL: what is claimed is all there is to know. */
    bool (*gone)(struct engine_link *link, int64_t worker, int seconds);
    /* Waits so many milliseconds for word that a write raised a revision, whoever wrote. Its
     * connection may be asked between two calls. NULL: one writer. */
    enum engine_heard (*hear)(struct engine_link *link, int ms);

    /* Full-text search. -------------------------------------------------------------------- */
    /* A user's words as the engine wants them: words, "phrases", prefix*. ERR_INVALID: none. */
    bool (*match)(struct arena *a, struct str words, struct str *out, struct err *err);
    /* Puts rows into the index, or takes them out before they change or go. Many at once: an index
     * may write itself out whenever another table is written in between. */
    bool (*index)(struct engine_link *link, const struct engine_rows *rows, bool add,
                  struct err *err);
};

/* What somebody searches for, taken apart for `match`: `add` gets each word and each phrase in
 * quotation marks, and whether an asterisk stands behind it. ERR_INVALID: nothing was added. */
bool engine_match(struct arena *a, struct str words,
                  void (*add)(struct buf *out, struct str phrase, bool prefix), struct str *match,
                  struct err *err);

/* Of a text, by which the same article is told twice. The store's SQL has
 * checked(text, digest): the text, or a failure of the kind ERR_IO where that is not its digest (by
 * engine_text_digest);
 * span_lines(text, words, source, cue, content, context), span_members and span_members_all of the
 * same: what spans_write (spans.h) writes of these as lines, members, or members with the context;
 * mention_list(text, places): what mentions_write writes. */
int64_t engine_text_digest(struct str text);

/* The engine whose address that is. */
const struct engine *engine_for(const char *where);

#endif
