/* The store: everything that is kept. All SQL of the program is in this folder, and nothing of the
 * engine below (engine.h; SQLite: one file) leaves it.
 *
 * Any thread may call any function: reads run on a pool of read-only connections, writes one at
 * a time on the one writer, each in a transaction of its own. Offsets are code points in the
 * database and in every row that is listed, bytes in C structs. Ids are positive and below 2^53
 * and never used twice; actors and issues are known by key (a slug). Times are RFC 3339 UTC.
 *
 * Errors of every function: ERR_READ_ONLY (write to a store opened for reading), ERR_FULL (no
 * space left), ERR_TIMEOUT (a read took over its limit), ERR_IO (damaged or unreadable file). */
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include "compare/compare.h"
#include "store/rows.h"

struct store;

struct store_options {
    const char *path; /* the file, whose folder must exist; or an address of another engine */
    bool read_only;   /* never write; the file must exist. Needs no lock: a server may be running */
    bool may_read_only; /* fall back to reading where the file or its folder cannot be written */
    bool is_copy;       /* of a file that stays: it is migrated without a backup */
    bool stays;         /* for long: a large file is looked at as a whole meanwhile */
    unsigned readers;   /* read connections, 0: 4 */
    unsigned slow_ms;   /* queries that take longer are logged, without their values; 0: none */
};

/* Opens or creates the store: takes the writer's lock, applies pending migrations in one
 * transaction after a backup beside the file (PATH.before-NNN), checks a small file.
 * ERR_BUSY: another program writes to this store. ERR_UNSUPPORTED (nothing touched): made by a
 * newer version or an early one of the development, or not a synoptic store. ERR_IO: damaged. */
bool store_open(const struct store_options *options, struct store **out, struct err *err);
/* Waits for running calls, checkpoints, releases the lock. NULL is allowed. */
void store_close(struct store *store);
/* What keeping that store open needs of the file system: a folder to write in (or NULL), files to
 * read. For who gives up the right to all others. */
struct store_places {
    const char *writable;
    const char *readable[5]; /* NULL ends them */
};
void store_places(struct arena *a, const char *path, struct store_places *out);
/* The store's address as people may read it: without a password. */
struct str store_said(struct arena *a, const char *path);

bool store_is_read_only(const struct store *store);
/* May other programs write to it as well? */
bool store_has_others(const struct store *store);

/* Makes what this thread reads and writes until store_batch_end one transaction, during which other
 * writers wait: for what takes milliseconds. Not for decisions, and not nested. The end takes
 * everything back unless `ok` and no write in it failed; returns whether it stands. */
bool store_batch_begin(struct store *store, struct err *err);
/* The same for those who have something else to do: false at once, without an error, where another
 * thread is writing. */
bool store_batch_try(struct store *store);
bool store_batch_end(struct store *store, bool ok, struct err *err);

/* Numbers that grow with every change: of the content, of the progress of imports, of watches. An
 * answer that depends on neither more than that may carry them as its ETag; they survive a restart.
 * Where another program may write, they are asked of the store each time. */
struct store_revision {
    uint64_t content, imports, watches;
};
struct store_revision store_revision(struct store *store);

/* For /metrics. */
struct store_counters {
    uint64_t reads, writes, timeouts; /* since opening: transactions, queries stopped for time */
    int64_t stories, articles, statements, actors, decisions, queued, watches; /* rows */
    int64_t file_bytes, wal_bytes;
};
bool store_count(struct store *store, struct store_counters *out, struct err *err);
/* Another program wrote into the store, which checks what it reads: what is there is right from now
 * on. For whoever did so on purpose; verify still looks at what the rows say. ERR_BUSY: it is in
 * use. */
bool store_accept(const char *path, struct err *err);
/* Is the store there and readable? And how many items wait. */
bool store_is_well(struct store *store, int64_t *queued, struct err *err);

/* ------------------------------------------------------------------------------ lists and items */

/* The columns of each are the fields of server/api/README.md, under the same names. */
enum store_noun {
    NOUN_STORY, /* as an item without id: totals over what the filter lets through */
    NOUN_ARTICLE,
    NOUN_VERSION, /* of filter.article */
    NOUN_OUTLET,
    NOUN_ACTOR,
    NOUN_ACTOR_LIST, /* actors as another store takes them (listing.h) */
    NOUN_STATEMENT,
    NOUN_STANCE,        /* what a statement says on an issue */
    NOUN_NEWS,          /* statements, the newest first */
    NOUN_NEWS_CHANGE,   /* positions that changed, of the newest stories first */
    NOUN_NEWS_CONFLICT, /* conflicts, likewise */
    NOUN_UTTERANCE,
    NOUN_ISSUE,
    NOUN_POSITION,
    NOUN_CONFLICT,
    NOUN_SEARCH, /* filter.q; as an item (no id): what the hits are of */
    NOUN_TIMELINE,
    NOUN_NODE, /* of the network */
    NOUN_EDGE, /* of the network; as an item (no id): {nodes, edges} */
    NOUN_IMPORT,
    NOUN_IMPORT_ITEM, /* of filter.import */
    NOUN_DECISION,
    NOUN_WATCH,
    NOUN_HOOK,
    NOUN_HOOK_CALL, /* of filter.import, the hook's number */
    NOUN_REREAD,
    NOUN_CHANGE,  /* of filter.article: what its versions say otherwise than those before */
    NOUN_CODING,  /* how persons read statements, each on their own; of filter.import, a sample's */
    NOUN_SAMPLE,  /* statements drawn by chance */
    NOUN_SAMPLED, /* of filter.import, the sample's number; with filter.by's coding of each */
    NOUN_COUNT
};

/* Which rows. Zero, or the empty text, means any. A filter that a noun does not have (see
 * server/api/README.md) is ignored. */
struct store_filter {
    int64_t story, article, utterance, import;
    struct str outlet;           /* id or name */
    struct str actor, issue, of; /* keys */
    struct str stance, kind, status, rule, nature, language, type;
    /* Statements: "worth", the proposed ones, first those at which a look is worth most. Search:
     * "best", "newest", "oldest". Stories: as in server/api/README.md. */
    struct str order;
    struct str from, to; /* YYYY-MM-DD, both inclusive */
    struct str q;        /* words, "a phrase", prefix*: for search, and names of actors */
    struct str by;       /* decisions and codings: whose */
    struct str target;   /* decisions: about what kind of thing */
    struct str mode;     /* network: "two" (actors and issues, default) or "one" (actors) */
    double min_confidence;
    bool disputed; /* only disputed positions */
    bool left; /* of a sample: only what filter.by has not coded (of an audit: nobody decided) */
    bool orphaned; /* only decisions whose words are gone from the article */
};

struct store_query {
    enum store_noun noun;
    struct store_filter filter;
    unsigned limit;    /* 0: 50; more than 200 becomes 200 */
    struct str cursor; /* store_page.next of the page before, or empty */
    /* For store_item: which one. Actors and issues by key, the others by id. */
    int64_t id;
    struct str key;
    struct compare_form form; /* of a comparison */
    const bool *stop;         /* NULL, or: true as soon as no more rows are wanted */
};

struct store_page {
    char next[768]; /* cursor of the next page, empty after the last */
    int64_t total;  /* rows that the filter lets through, on all pages */
    bool more;      /* and more: of long lists it is not counted how many */
};

/* Writes one page of rows to the sink, in the noun's order. ERR_INVALID: a cursor that is not
 * ours, or a search without a word in it. On failure rows may already have been written. */
bool store_list(struct store *store, const struct store_query *query, struct row_sink *sink,
                struct store_page *page, struct err *err);
/* All pages after one another, read in one snapshot: what exports are made of. */
bool store_list_all(struct store *store, const struct store_query *query, struct row_sink *sink,
                    struct err *err);
/* Writes the one row, with the further fields that an item has over its list. ERR_MISSING. */
bool store_item(struct store *store, const struct store_query *query, struct row_sink *sink,
                struct err *err);
/* Where a merged actor or issue (by key), story or outlet (by id) is now, as text in the arena;
 * empty: it is where it was, or nowhere. */
bool store_moved(struct store *store, struct arena *a, const struct store_query *what,
                 struct str *to, struct err *err);
/* Pairs of actors (of the story, unless 0) that may be one, as server/api/README.md has them. */
bool store_alike(struct store *store, int64_t story, struct json *j, struct err *err);
/* The story's comparison document, as compare_write_as makes it, appended to `out`. ERR_MISSING: no
 * such story. */
bool store_comparison(struct store *store, int64_t story, struct compare_form form, struct buf *out,
                      struct err *err);

/* ------------------------------------------------------------------------------- articles, stories
 */

struct store_article {
    int64_t id, story;
    int32_t version;
    struct str url, title, subtitle, outlet, domain, byline, agency, published, modified, language;
    struct str section, notice, text;
    struct str sources;             /* JSON object: where each field was found; empty: not known */
    struct str signature;           /* compare_signature of it; may be empty */
    struct str attributions;        /* lang_draft_attributions of the text, or empty */
    bool attributions_new;          /* they are to be saved with the story */
    const uint32_t *signature_keys; /* for saving: compare_signature_keys */
    size_t n_signature_keys;
    bool reviewed, sample;
};

enum store_saved { SAVED_NEW, SAVED_SAME, SAVED_VERSION };

/* Is this article here already? Same text from the same outlet (or an unknown one): SAVED_SAME;
 * same URL, other text: SAVED_VERSION; *id is the article's then. */
bool store_article_find(struct store *store, const struct store_article *article,
                        enum store_saved *how, int64_t *id, struct err *err);
/* Adds the article to the story (0: a new one) or, with article->id, a further version to the
 * article. The story is then stale. *id and *story say where it went. */
bool store_article_save(struct store *store, const struct store_article *article, int64_t *id,
                        int64_t *story, struct err *err);

/* What was found in articles' texts, ahead of comparing their stories: only the fields `id` and
 * `attributions` count. Articles that are gone are passed over. */
bool store_attributions_save(struct store *store, const struct store_article *articles, size_t n,
                             struct err *err);

/* The articles, by story, of the stories that are to be found anew: those that are not compared
 * yet; FRESH_IMPORT, also those that came up since the oldest import under way began; FRESH_ALL, in
 * a store of up to 1000 articles, all. Stories of which a person decided something and articles
 * without a signature are left out. */
enum store_fresh_part { FRESH_NEW, FRESH_IMPORT, FRESH_ALL };
struct store_fresh {
    int64_t after; /* stories above this number are among them */
    struct store_fresh_article {
        int64_t id, story;
        struct str signature;
    } * v;
    size_t n;
};
bool store_fresh_articles(struct store *store, struct arena *a, enum store_fresh_part part,
                          struct store_fresh *out, struct err *err);
/* Gives them stories anew: those with one number in `group` share one. Stories that are left empty
 * are dropped and lead to where their articles went, further ones made; the items of imports
 * follow. */
bool store_regroup(struct store *store, const struct store_fresh *fresh, const uint32_t *group,
                   struct err *err);

bool store_article_story(struct store *store, int64_t article, int64_t *story, struct err *err);

/* The articles that a new one may belong with: those that share keys of the signature which few
 * others have. */
struct store_candidates {
    struct compare_candidate *v;
    size_t n;
};
bool store_candidates(struct store *store, struct arena *a, const struct store_article *article,
                      struct store_candidates *out, struct err *err);

/* What a person decided about one statement: it stands as it is here, whatever the engine finds. */
struct store_pin {
    struct span was; /* hull of the content that was decided about, where it is found still */
    int64_t id, article;
    enum statement_status status;
    struct lang_statement statement; /* spans re-found in the present text; speaker and via unset */
    struct str speaker, via;         /* actor keys */
    bool positions_final;            /* nothing is added to the statement's positions */
};

/* An actor as persons want it: `key` is what the engine may say, `actor` what is then meant
 * (a merge), or the same actor with another name, kind, role or names. */
struct store_actor_rule {
    struct str key;
    struct lang_actor actor;
    bool renames;        /* actor's fields are the person's, not only its key */
    bool gone;           /* it is nobody: nothing is said by it */
    struct str *only;    /* a split: only mentions that read so, */
    int64_t *statements; /* and these statements, by id */
    struct str *without; /* names that are not its */
    size_t n_only, n_statements, n_without;
};

/* What these say on the one issue they say on the other; of two positions the other's stays. */
struct store_issue_rule {
    struct str from, to;
    int64_t *statements;
    size_t n_statements;
};
void store_move_position(struct lang_statement *st, struct str from, struct str to);

/* A statement as it is stored now, so that the same words keep their id. */
struct store_old_statement {
    int64_t id, article;
    struct span content, cue; /* hulls */
    struct str words;
    bool taken; /* the pipeline's mark: its id is used */
};

/* Everything the pipeline needs to compare a story anew. */
struct store_story {
    int64_t id;
    struct str title; /* a person's, or empty */
    int64_t stale;    /* as of loading: what came later is not forgotten by saving */
    int64_t saved;    /* likewise: whether somebody else saved it later */
    struct store_article *articles;
    size_t n_articles;
    struct lang_actor *known; /* actors as persons described them */
    size_t n_known;
    struct lang_actor *pinned; /* the speakers of pinned statements */
    size_t n_pinned;
    struct store_actor_rule *rules;
    size_t n_rules;
    struct lang_issue *issues;            /* by persons */
    struct store_issue_rule *issue_rules; /* in the order they were made */
    size_t n_issues, n_issue_rules;
    struct str *dismissed_issues; /* ids the engine shall not propose again */
    size_t n_dismissed_issues;
    struct store_pin *pins;
    size_t n_pins;
    struct compare_verdict
        *verdicts; /* those on conflicts carry the id of the day they were made */
    size_t n_verdicts;
    struct store_conflict_verdict *conflicts;
    size_t n_conflicts;
    struct store_old_statement *old; /* statements now stored, so that ids are kept */
    size_t n_old;
};

/* A verdict on a conflict, found again by rule and overlapping spans when its id has changed. */
struct store_conflict_verdict {
    int64_t id;
    bool confirmed;
    struct str rule;
    struct {
        int64_t article;
        struct span at;
    } * spans;
    size_t n_spans;
};

bool store_story_load(struct store *store, struct arena *a, int64_t story, struct store_story *out,
                      struct err *err);
/* `n` fresh ids for statements, *first and those behind it. */
bool store_statement_ids(struct store *store, size_t n, int64_t *first, struct err *err);
/* Ids that were reserved and not given out go back, so that the next one follows the last. */
void store_statement_ids_back(struct store *store);
/* Keeps the result of a comparison: mentions, statements, actors, issues, utterances, positions,
 * conflicts, origins, rewrites and the document, in one transaction; the story is fresh then.
 * Unless somebody else saved it since it was loaded: it stays as it is, and stale. */
bool store_story_save(struct store *store, const struct store_story *story,
                      const struct comparison *comparison, struct err *err);
/* The next story behind *story that is stale (an article or a decision was added), and how many
 * articles it has; 0: none is. */
bool store_story_stale(struct store *store, int64_t *story, int64_t *articles, struct err *err);
/* Marks every story stale: for reading all again with a better engine. */
bool store_stories_touch(struct store *store, struct err *err);

/* ------------------------------------------------------------------------------------- decisions
 */

struct store_decision {
    struct str action; /* confirm, reject, edit, merge, split, dismiss, add */
    struct str target; /* statement, actor, conflict, utterance, issue, article, story, outlet */
    int64_t id;
    struct str key;     /* of an actor or issue */
    const cJSON *value; /* object or NULL; see decision/README.md for each action's members */
    struct str note;
    struct str by;        /* who decides: a name, or the window of somebody without; may be empty */
    uint64_t if_revision; /* content revision that was seen; 0: any. ERR_CONFLICT: the target has
                             been decided about since */
    struct store_listing *listing; /* of a list of actors (listing.h): what became of its lines;
                                      may be NULL. Dry: the journal stays, the entry is 0 */
};

/* Appends to the journal and marks the stories it touches stale; *id is the journal's. The caller
 * lets the pipeline compare them anew (ingest_decide does both). ERR_INVALID: an action or value
 * that does not fit the target; ERR_MISSING: no such target. */
bool store_decide(struct store *store, const struct store_decision *decision, int64_t *id,
                  struct err *err);
/* Takes back the newest decision that stands; brings back the last one taken back, unless another
 * was made since. ERR_MISSING: nothing to undo (redo). */
bool store_undo(struct store *store, int64_t *id, struct err *err);
bool store_redo(struct store *store, int64_t *id, struct err *err);

/* The same among one person's decisions, or for one decision, while nothing that stands was decided
 * about the same since (ERR_CONFLICT). */
struct store_turn {
    struct str by; /* whose; empty: anybody's */
    int64_t about; /* which decision, 0: the newest (of redo: the one taken back last); out */
    int64_t id;    /* out: the journal's entry */
};
bool store_turn_back(struct store *store, struct store_turn *turn, struct err *err);
bool store_turn_forth(struct store *store, struct store_turn *turn, struct err *err);

/* Entries of the journal behind one, oldest first: what others have done since. Of an undo or redo
 * the target is that of the decision it is about. */
struct store_event {
    int64_t id, target_id;
    struct str action, target, key, by, stories; /* stories: JSON [id]; until `take` returns */
};
struct store_events {
    int64_t after; /* below 0: none, only which is the newest */
    unsigned most;
    bool (*take)(const struct store_event *event, void *to);
    void *to;
    int64_t newest; /* out */
    unsigned n;     /* out */
};
bool store_events(struct store *store, struct store_events *events, struct err *err);

/* Whose a decision is; empty: not known, or no such decision. */
bool store_decision_by(struct store *store, struct arena *a, int64_t decision, struct str *by,
                       struct err *err);
/* The stories a decision (or its undoing) touches. */
struct store_touched {
    struct {
        int64_t story, articles;
    } * v;
    size_t n;
};
bool store_decision_stories(struct store *store, struct arena *a, int64_t decision,
                            struct store_touched *out, struct err *err);

/* ------------------------------------------------------------------------------- the import queue
 */

enum import_kind { IMPORT_URL, IMPORT_FEED, IMPORT_BYTES, IMPORT_KIND_COUNT };

/* One thing to import. */
struct store_import_item {
    int64_t id, import;
    enum import_kind kind;
    struct str name;                          /* what a person calls it: file name, URL, title */
    struct str bytes;                         /* IMPORT_BYTES */
    struct str content_type, page_type;       /* page_type: "auto", "html", "text", "body" */
    struct str url, title, outlet, published; /* given by the importer; outrank the page */
    struct str problem;    /* not empty: it could not even be read, and is kept as failed */
    struct str source;     /* where fetched bytes came from, after redirects */
    int64_t tries, deaths; /* how often its host was asked in vain; the program ended over it */
    bool sample;
    bool polite; /* a feed named it, not a person: its host's wishes are heeded */
};

struct store_import {
    int64_t id, total, done, failed;
    char status[12]; /* queued, running, done, failed, cancelled */
};

/* What is imported together. */
struct store_import_batch {
    struct str what; /* for people: "5 files" */
    const struct store_import_item *items;
    size_t n;
};
bool store_import_add(struct store *store, const struct store_import_batch *batch, int64_t *import,
                      struct err *err);
/* More items for an import that runs (what a feed turned out to hold). */
bool store_import_more(struct store *store, int64_t import, const struct store_import_item *items,
                       size_t n, struct err *err);
/* Takes the next item whose bytes are here (or that could not be fetched: out->problem); imports
 * take turns. out->id = 0 if there is none. What was taken and not finished when the program ended
 * is queued again at the next opening; when it ended so twice, the item is set aside as failed.
 * Items still to be fetched: store/watch.h. */
bool store_import_take(struct store *store, struct arena *a, struct store_import_item *out,
                       struct err *err);
/* Up to *n at once, which are read one after another: as many as a program gets that has the store
 * for itself. One that was under way when the program ended comes alone. */
bool store_import_take_some(struct store *store, struct arena *a, struct store_import_item *items,
                            size_t *n, struct err *err);
/* Puts a taken item back into the queue: the store could not take what came of it. */
bool store_import_back(struct store *store, int64_t item, struct err *err);
/* Do items wait to be fetched or read, those being fetched included? */
bool store_import_waits(struct store *store, bool *any, struct err *err);
/* Says how far an item is: "fetch", "read", "place", "compare". */
bool store_import_stage(struct store *store, int64_t item, const char *stage, struct err *err);
/* The item's end: an article, or why there is none (`problem` not empty: failed); and what a feed
 * turned out to hold, which is queued with the end in one transaction. */
struct store_outcome {
    int64_t article, story;
    const char *result; /* "new", "same", "version", "feed", "archive" */
    struct str problem;
    const struct store_import_item *more;
    size_t n_more;
};
bool store_import_finish(struct store *store, int64_t item, const struct store_outcome *outcome,
                         struct err *err);
bool store_import_state(struct store *store, int64_t import, struct store_import *out,
                        struct err *err);
/* What still waits in the queue is dropped; ERR_MISSING: no such import. */
bool store_import_cancel(struct store *store, int64_t import, struct err *err);

/* ------------------------------------------------------------------------------------ maintenance
 */

/* Reads every page and index entry and checks the references; *findings is then empty, or one
 * finding a line. */
bool store_verify(struct store *store, struct arena *a, struct str *findings, struct err *err);
/* A consistent copy, while reads and writes go on; an existing file is not overwritten. */
bool store_backup(struct store *store, const char *to, struct err *err);
/* Puts the backup, brought up to date if it is of an older schema, in the place of the store at
 * `path` (which must not be open anywhere) after checking it as verify does. The old store is kept
 * as PATH.before-restore, -2, -3, ... At no moment is there no store. */
bool store_restore(const char *backup, const char *path, struct err *err);
/* Copies a store into a new one of whichever kind, and compares every row of both. What was broken
 * off goes on where it was. ERR_CONFLICT: the other is not empty, or the first was changed
 * meanwhile. */
struct store_transfer {
    void (*say)(void *to, struct str table, int64_t rows); /* NULL: nobody asks */
    void *to;
    int64_t rows; /* out: compared, and the same */
};
bool store_transfer(const char *from, const char *to, struct store_transfer *how, struct err *err);

#endif
