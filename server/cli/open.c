/* Opening the store that a command works on, putting the sample story into it; options and signals
 * that several commands share. */
#include "cli/open.h"

#include "assets/assets.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Makes the folders of the path up to its last slash; those that are there already are fine. */
static bool make_folders(struct arena *a, struct str path, struct err *err)
{
    for (size_t i = 1; i < path.n; i++) {
        if (path.p[i] != '/')
            continue;
        struct str folder = arena_str(a, str_slice(path, 0, i));
        if (mkdir(folder.p, 0700) != 0 && errno != EEXIST)
            return fail(err, ERR_IO, "the folder %s cannot be made: %s", folder.p, strerror(errno));
    }
    return true;
}

/* XDG base directory specification: $XDG_DATA_HOME, else ~/.local/share. */
static bool default_path(struct arena *a, const char **path, struct err *err)
{
    const char *data = getenv("XDG_DATA_HOME"), *home = getenv("HOME");
    struct str found;
    if (data && data[0] == '/')
        found = arena_fmt(a, "%s/synoptic/synoptic.db", data);
    else if (home && home[0] == '/')
        found = arena_fmt(a, "%s/.local/share/synoptic/synoptic.db", home);
    else
        return fail(err, ERR_USAGE,
                    "there is no home folder to keep the store in; name a file with --db");
    *path = found.p;
    return make_folders(a, found, err);
}

bool cli_store_path(struct arena *a, const struct config *config, const char **path,
                    struct err *err)
{
    *path = config->value[OPT_DB];
    return *path || default_path(a, path, err);
}

bool cli_store_open(struct arena *a, const struct config *config, enum cli_store_use use,
                    struct store **out, struct err *err)
{
    struct store_options options = {
        .read_only = use == CLI_STORE_READ,
        .may_read_only = use == CLI_STORE_SERVE,
        .stays = use == CLI_STORE_SERVE,
    };
    long slow = use == CLI_STORE_SERVE ? 1000 : 0;
    if (!config_number(config, OPT_SLOW, (struct number_range){0, 3600000}, &slow, err))
        return false;
    options.slow_ms = (unsigned)slow;
    return cli_store_path(a, config, &options.path, err) && store_open(&options, out, err);
}

struct worker_options cli_worker_options(const struct config *config)
{
    return (struct worker_options){.allow_private_fetch =
                                       config_on(config, OPT_ALLOW_PRIVATE_FETCH),
                                   .forget_originals = config_on(config, OPT_NO_ORIGINALS),
                                   .ignore_robots = config_on(config, OPT_IGNORE_ROBOTS)};
}

static atomic_bool interrupted;

static void interrupt(int signal)
{
    (void)signal;
    atomic_store(&interrupted, true);
}

const atomic_bool *cli_interrupt(void)
{
    struct sigaction action = {.sa_handler = interrupt, .sa_flags = SA_RESETHAND};
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    return &interrupted;
}

bool cli_sample(struct store *store, struct err *err)
{
    int64_t import;
    struct worker_options options = {0};
    return ingest_submit_sample(store, &import, err) && worker_drain(store, &options, NULL, err);
}
