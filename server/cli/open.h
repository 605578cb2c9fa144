/* The store that a command works on. */
#ifndef CLI_OPEN_H
#define CLI_OPEN_H

#include "cli/cli.h"
#include "ingest/worker.h"

enum cli_store_use {
    CLI_STORE_READ,  /* the file must exist; a server may be running on it */
    CLI_STORE_WRITE, /* made if missing */
    CLI_STORE_SERVE, /* made if missing; only read where it cannot be written */
};

/* --db, else synoptic.db in the user's data folder, which is made if missing. */
bool cli_store_path(struct arena *a, const struct config *config, const char **path,
                    struct err *err);
bool cli_store_open(struct arena *a, const struct config *config, enum cli_store_use use,
                    struct store **out, struct err *err);
/* How the worker is to fetch and keep, as the options say. */
struct worker_options cli_worker_options(const struct config *config);
/* SIGINT and SIGTERM set what is returned from here on, instead of ending the program. */
const atomic_bool *cli_interrupt(void);
/* GET /healthz of the server on --host and the port: false where nobody answers. */
bool cli_ask_health(struct arena *a, const struct config *config, long port, long *status);
/* Imports the sample story and compares it. */
bool cli_sample(struct store *store, struct err *err);

#endif
