/* The command line: one table of commands, one table of options, a file per group of commands.
 *
 * A command is described by a `struct command` in main.c: its name, arguments, the options it
 * takes and the function that runs it. Every option has an environment twin (--allow-host:
 * SYNOPTIC_ALLOW_HOST); the command line wins. Exit codes: 0 done, 1 failed, 2 wrong usage. */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include "base/arena.h"
#include "base/err.h"
#include "page/page.h"
#include "page/record/record.h"

enum option_id {
    OPT_HELP,
    OPT_VERSION,
    OPT_JSON,
    OPT_DB,
    OPT_STORE, /* another name of --db: its value is found there */
    OPT_HOST,
    OPT_PORT,
    OPT_TOKEN,
    OPT_ALLOW_HOST,
    OPT_ALLOW_PRIVATE_FETCH,
    OPT_WEB,
    OPT_TYPE,
    OPT_URL,
    OPT_MANIFEST,
    OPT_ISSUES,
    OPT_PAGES,
    OPT_FORMAT,
    OPT_FLAVOUR,
    OPT_STORY,
    OPT_OUTLET,
    OPT_LIMIT,
    OPT_OFFSETS,
    OPT_SAMPLE,
    OPT_NO_ORIGINALS,
    OPT_IGNORE_ROBOTS,
    OPT_EVERY,
    OPT_ONCE,
    OPT_MAP,
    OPT_DRY,
    OPT_LOG,
    OPT_SLOW,
    OPT_BACKUPS,
    OPT_KEEP,
    OPT_ACCEPT,
    OPT_USERS,
    OPT_ANSWER_ONLY,
    OPT_COUNT
};

/* Those that every command takes. */
#define CONFIG_EVERYWHERE                                                                          \
    (UINT64_C(1) << OPT_HELP | UINT64_C(1) << OPT_VERSION | UINT64_C(1) << OPT_JSON)

/* What the command line and the environment say: value[o] is NULL where nobody gave option o; a
 * flag that is on has the value "". */
struct config {
    const char *program;
    const struct command *command;  /* NULL: help or version was asked for */
    const struct command *commands; /* all there are */
    const char *value[OPT_COUNT];
    char **args;
    int n_args;
};

struct command {
    const char *name, *arguments, *summary;
    uint64_t options; /* bits 1 << enum option_id, besides help, version and json */
    bool (*run)(struct arena *a, const struct config *config, struct err *err);
    int least, most; /* number of arguments; most -1: any */
};

/* Fills *config for the command among `commands` (closed by a NULL name) that argv names; prints
 * help or version itself. ERR_USAGE with a sentence otherwise. */
bool config_read(int argc, char **argv, const struct command *commands, struct config *config,
                 struct err *err);
/* An option as the help tells it. */
struct config_option {
    const char *name, *value, *help; /* value: what the option takes; NULL for a flag */
};
const struct config_option *config_option(enum option_id option);
bool config_on(const struct config *config, enum option_id option);
struct number_range {
    long least, most;
};
/* The option's number; *value stays as it is where nobody gave one. Fails when it is no number of
 * the range. */
bool config_number(const struct config *config, enum option_id option, struct number_range range,
                   long *value, struct err *err);

/* A bar on standard error while long work runs, or a number where nobody knows how much there will
 * be (total 0); silent where that is no terminal. */
struct progress {
    const char *what;
    size_t total;
    int64_t shown_at; /* milliseconds */
    bool terminal;
};
struct progress progress_begin(const char *what, size_t total);
void progress_show(struct progress *p, size_t done);
void progress_end(struct progress *p);

/* The columns of tables that --map tells. */
bool cli_map(const struct config *config, struct record_map *map, struct err *err);

/* The files (and URLs) a command is given, from its arguments and --manifest; of those that hold
 * several articles, each of these. */
struct input {
    struct str path, url;
    struct str bytes, content_type; /* of a member; else the file at `path` is to be read */
    struct str problem;             /* why a member cannot be read, or empty */
};
struct inputs {
    struct input *v;
    size_t n;
};
bool inputs_list(struct arena *a, const struct config *config, struct inputs *out, struct err *err);
/* The same one by one, so that an archive of any size fits: the members' bytes live only during the
 * call. It comes from argument (or line of the manifest) `file` of `files`, from 0. */
struct input_sink {
    /* Returning false ends it. */
    bool (*take)(struct input_sink *sink, const struct input *input, size_t file, size_t files);
};
/* False for a wrong option or an unreadable manifest; not where the sink ended it. */
bool inputs_each(struct arena *a, const struct config *config, struct input_sink *sink,
                 struct err *err);
/* Reads and cleans one input as --type says. */
bool inputs_read(struct arena *a, const struct config *config, struct input input, struct page *out,
                 struct err *err);

bool run_extract(struct arena *a, const struct config *config, struct err *err);
bool run_group(struct arena *a, const struct config *config, struct err *err);
bool run_compare(struct arena *a, const struct config *config, struct err *err);
bool run_serve(struct arena *a, const struct config *config, struct err *err);
bool run_demo(struct arena *a, const struct config *config, struct err *err);
bool run_users(struct arena *a, const struct config *config, struct err *err);
bool run_health(struct arena *a, const struct config *config, struct err *err);
bool run_import(struct arena *a, const struct config *config, struct err *err);
bool run_watch(struct arena *a, const struct config *config, struct err *err);
bool run_hooks(struct arena *a, const struct config *config, struct err *err);
bool run_reread(struct arena *a, const struct config *config, struct err *err);
bool run_export(struct arena *a, const struct config *config, struct err *err);
bool run_search(struct arena *a, const struct config *config, struct err *err);
bool run_verify(struct arena *a, const struct config *config, struct err *err);
bool run_backup(struct arena *a, const struct config *config, struct err *err);
bool run_manual(struct arena *a, const struct config *config, struct err *err);
bool run_completion(struct arena *a, const struct config *config, struct err *err);
bool run_doctor(struct arena *a, const struct config *config, struct err *err);
bool run_migrate_store(struct arena *a, const struct config *config, struct err *err);
bool run_restore(struct arena *a, const struct config *config, struct err *err);

#endif
