/* The program: finds the command, runs it, and turns its error into a sentence and an exit code. */
#include "base/json.h"
#include "base/utf8.h"
#include "cli/cli.h"

#include <malloc.h>
#include <signal.h>
#include <stdio.h>

#define BIT(option) (UINT64_C(1) << (option))

#define FETCHING (BIT(OPT_ALLOW_PRIVATE_FETCH) | BIT(OPT_NO_ORIGINALS) | BIT(OPT_IGNORE_ROBOTS))
#define SERVING                                                                                    \
    (BIT(OPT_HOST) | BIT(OPT_PORT) | BIT(OPT_TOKEN) | BIT(OPT_ALLOW_HOST) | BIT(OPT_WEB) |         \
     BIT(OPT_LOG) | BIT(OPT_SLOW) | BIT(OPT_USERS) | FETCHING)
#define READING                                                                                    \
    (BIT(OPT_TYPE) | BIT(OPT_URL) | BIT(OPT_MANIFEST) | BIT(OPT_ISSUES) | BIT(OPT_OUTLET) |        \
     BIT(OPT_MAP))

static const struct command commands[] = {
    {"serve", "", "Serve the pages and the API on this machine",
     SERVING | BIT(OPT_DB) | BIT(OPT_SAMPLE) | BIT(OPT_BACKUPS) | BIT(OPT_KEEP) |
         BIT(OPT_ANSWER_ONLY),
     run_serve, 0, 0},
    {"demo", "", "Serve the sample story from a throw-away store", SERVING, run_demo, 0, 0},
    {"import", "FILE|DIR|URL|FEED|-...", "Put articles into the store and compare them",
     BIT(OPT_DB) | BIT(OPT_TYPE) | BIT(OPT_MAP) | BIT(OPT_DRY) | BIT(OPT_OFFSETS) | FETCHING,
     run_import, 1, -1},
    {"watch", "[FEED...]", "Look at feeds again and again and import what is new",
     BIT(OPT_DB) | BIT(OPT_EVERY) | BIT(OPT_ONCE) | FETCHING, run_watch, 0, -1},
    {"export", "[NAME=VALUE...]", "Print statements, other rows, or a network made of them",
     BIT(OPT_DB) | BIT(OPT_FORMAT) | BIT(OPT_FLAVOUR) | BIT(OPT_STORY), run_export, 0, -1},
    {"hooks", "[list | add URL actor=KEY|issue=KEY [secret=TEXT] | remove N | test N]",
     "Webhooks: list, add, remove them, or try one out", BIT(OPT_DB) | BIT(OPT_ALLOW_PRIVATE_FETCH),
     run_hooks, 0, 5},
    {"search", "WORDS...", "Search articles and statements", BIT(OPT_DB) | BIT(OPT_LIMIT),
     run_search, 1, -1},
    {"reread", "", "Read all articles again from the bytes that were kept; decisions stand",
     BIT(OPT_DB), run_reread, 0, 0},
    {"verify", "", "Check the whole store", BIT(OPT_DB) | BIT(OPT_ACCEPT), run_verify, 0, 0},
    {"backup", "FILE", "Copy the store while it may be in use", BIT(OPT_DB), run_backup, 1, 1},
    {"restore", "FILE", "Put a backup in the store's place", BIT(OPT_DB), run_restore, 1, 1},
    {"doctor", "", "Look for what is wrong with the installation, and say what to do",
     BIT(OPT_DB) | BIT(OPT_HOST) | BIT(OPT_PORT) | BIT(OPT_BACKUPS), run_doctor, 0, 0},
    {"migrate-store", "FROM TO", "Copy a store into a new one, in a file or on a server", 0,
     run_migrate_store, 2, 2},
    {"users", "FILE [add NAME ROLE|remove NAME]",
     "Who may use a server with --users: readers, reviewers, owners", 0, run_users, 1, 4},
    {"health", "", "Ask a running server whether it is well", BIT(OPT_HOST) | BIT(OPT_PORT),
     run_health, 0, 0},
    {"manual", "", "Print the manual page (synoptic manual | man -l -)", 0, run_manual, 0, 0},
    {"completion", "bash|zsh|fish", "Print what the shell needs to complete commands and options",
     0, run_completion, 1, 1},
    {"extract", "FILE...", "Read articles and print who says what in each, as JSON",
     READING | BIT(OPT_PAGES), run_extract, 0, -1},
    {"group", "FILE...", "Sort articles into stories that report the same event", READING,
     run_group, 0, -1},
    {"compare", "FILE...", "Lay the articles of one story side by side, as JSON",
     READING | BIT(OPT_OFFSETS), run_compare, 0, -1},
    {0},
};

static int exit_code(enum err_kind kind)
{
    return kind == ERR_USAGE ? 2 : 1;
}

static void report(struct arena *a, const struct config *config, const struct err *err)
{
    if (!config_on(config, OPT_JSON)) {
        fprintf(stderr, "synoptic: %s\n", err->message);
        return;
    }
    struct buf b = {0};
    struct json j = json_begin(&b);
    json_object(&j);
    json_field_str(&j, "error", utf8_repair(a, str_of(err->message)));
    json_field_str(&j, "kind", str_of(err_name(err->kind)));
    json_end_object(&j);
    fprintf(stderr, "%.*s\n", STR_ARG(buf_str(&b)));
    buf_finish(&b);
}

/* Articles come and go by the thousand, each with arenas of some hundred kilobytes: memory that was
 * used once is kept for the next, rather than given back and asked for page by page. */
static void hold_memory(void)
{
    mallopt(M_MMAP_THRESHOLD, 32 << 20);
    mallopt(M_TRIM_THRESHOLD, 64 << 20);
    mallopt(M_TOP_PAD, 1 << 20);
}

int main(int argc, char **argv)
{
    struct config config;
    struct err err = {0};
    struct arena a = {0};
    signal(SIGPIPE, SIG_IGN);
    hold_memory();
    bool ok = config_read(argc, argv, commands, &config, &err) &&
              (!config.command || config.command->run(&a, &config, &err));
    if (!ok)
        report(&a, &config, &err);
    arena_finish(&a);
    return ok ? 0 : exit_code(err.kind);
}
