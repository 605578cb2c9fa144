/* Options from the command line and the environment, and the help text made from the tables. */
#include "cli/cli.h"
#include "export/export.h"

#include <ctype.h>
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct config_option options[OPT_COUNT] = {
    [OPT_HELP] = {"help", NULL, "say how the command is used"},
    [OPT_VERSION] = {"version", NULL, "print the version"},
    [OPT_JSON] = {"json", NULL, "print results and errors as JSON"},
    [OPT_DB] = {"db", "FILE", "the store (default: synoptic.db in the user's data folder)"},
    [OPT_STORE] = {"store", "ADDRESS", "the same; also postgres://USER@HOST/DATABASE"},
    [OPT_HOST] = {"host", "ADDRESS", "address to listen on (default 127.0.0.1)"},
    [OPT_PORT] = {"port", "N", "port to listen on, 0 for any free one (default 8080)"},
    [OPT_TOKEN] = {"token", "TEXT", "what a client must show; needed off loopback"},
    [OPT_USERS] = {"users", "FILE", "let in whom the file names (see the command users)"},
    [OPT_ALLOW_HOST] = {"allow-host", "NAMES",
                        "host names to answer to besides localhost, parted by commas"},
    [OPT_ALLOW_PRIVATE_FETCH] = {"allow-private-fetch", NULL,
                                 "let URLs of this machine and network be fetched"},
    [OPT_WEB] = {"web", "DIR", "serve the pages from this folder (for developing)"},
    [OPT_TYPE] =
        {"type", "auto|html|text|body|statements|actors",
         "what the files are (default auto; import: statements is a table of them, actors a "
         "list)"},
    [OPT_URL] = {"url", "URL", "where the file came from"},
    [OPT_MANIFEST] = {"manifest", "FILE", "lines of path TAB url to read besides the arguments"},
    [OPT_ISSUES] = {"issues", "FILE", "issues to look for: [{\"id\",\"title\",\"terms\":[]}]"},
    [OPT_PAGES] = {"pages", NULL, "clean the pages only: title, authors, days, text"},
    [OPT_FORMAT] = {"format", "FORMAT", "format of the export"},
    [OPT_FLAVOUR] =
        {"flavour", "spreadsheet|data|flat|excel",
         "tables: keep spreadsheets from calculating cells, leave all as it is, one value "
         "a cell, or that for Excel (default spreadsheet)"},
    [OPT_STORY] = {"story", "ID", "only this story"},
    [OPT_OUTLET] = {"outlet", "NAME", "the outlet, where the files do not tell"},
    [OPT_LIMIT] = {"limit", "N", "at most so many results (default 20)"},
    [OPT_OFFSETS] = {"offsets", "utf16",
                     "offsets are UTF-16 units instead of code points (import: also utf8)"},
    [OPT_SAMPLE] = {"sample", NULL, "put the sample story into a store that has no article"},
    [OPT_NO_ORIGINALS] = {"no-originals", NULL,
                          "do not keep the bytes that articles are read from"},
    [OPT_IGNORE_ROBOTS] = {"ignore-robots", NULL, "fetch what a robots.txt asks programs not to"},
    [OPT_EVERY] = {"every", "MINUTES", "how often to look at a feed (5 to 10080, default 30)"},
    [OPT_ONCE] = {"once", NULL, "look at what is due, import it, and end"},
    [OPT_DRY] =
        {"dry-run", NULL,
         "say what would become of a file of statements or a list of actors, and change nothing"},
    [OPT_LOG] = {"log", "text|json",
                 "how to write what goes wrong to standard error (default text)"},
    [OPT_SLOW] = {"slow", "MS",
                  "log requests and queries that take longer; 0: none (default 1000)"},
    [OPT_BACKUPS] = {"backups", "DIR|off",
                     "where a copy of the store is kept each day (default STORE.backups)"},
    [OPT_ACCEPT] = {"accept", NULL,
                    "first take for right what another program wrote into the store"},
    [OPT_KEEP] = {"keep", "N",
                  "days to keep copies of, besides one of each of 4 weeks (default 7)"},
    [OPT_ANSWER_ONLY] = {"answer-only", NULL,
                         "leave imports to other programs on the same store in PostgreSQL"},
    [OPT_MAP] =
        {"map", "FIELD=COLUMN,...",
         "columns of CSV or JSON: title, text, url, outlet, published, author, language; of "
         "statements: article, quote, start, speaker, kind, organisation, issue, stance, "
         "condition, status"},
};

static const uint64_t everywhere = CONFIG_EVERYWHERE;

const struct config_option *config_option(enum option_id option)
{
    return &options[option];
}

static uint64_t options_of(const struct command *command)
{
    bool has_store = command->options >> OPT_DB & 1;
    return command->options | (has_store ? UINT64_C(1) << OPT_STORE : 0);
}

static void print_formats(void)
{
    struct buf names = {0};
    export_names(&names, ", ");
    printf(": %.*s (default %s)", STR_ARG(buf_str(&names)), export_formats->name);
    buf_finish(&names);
}

static void print_options(uint64_t mask)
{
    puts("\nOptions (each also as environment variable: --allow-host is SYNOPTIC_ALLOW_HOST)");
    for (int o = 0; o < OPT_COUNT; o++) {
        char left[48];
        if (!(mask >> o & 1))
            continue;
        snprintf(left, sizeof left, "--%s%s%s", options[o].name, options[o].value ? " " : "",
                 options[o].value ? options[o].value : "");
        printf("  %-28s %s", left, options[o].help);
        if (o == OPT_FORMAT)
            print_formats();
        putchar('\n');
    }
}

/* A text in lines that begin at `indent`. */
static void print_wrapped(struct str text, int indent)
{
    int at = indent;
    struct str word;
    while (str_split(&text, ' ', &word)) {
        if (at + (int)word.n > 98) {
            printf("\n%*s", indent, "");
            at = indent;
        }
        at += printf("%.*s ", STR_ARG(word));
    }
    putchar('\n');
}

static void print_exports(void)
{
    puts("\nFormats");
    for (const struct export_format *f = export_formats; f->name; f++)
        printf("  %-16s %s: %s\n", f->name, f->kind, f->about);
    puts("\nSettings, as name=value (the same as in the query of /api/v1/exports)");
    printf("  %-16s choose rows\n", EXPORT_FILTERS);
    for (int i = 0; i < EXPORT_SETTING_COUNT; i++) {
        const struct export_setting *s = &export_settings[i];
        printf("  %-16s ", s->name);
        print_wrapped(str_of(s->about), 19);
        if (s->words[0])
            printf("%19s%s%s%s\n", "", s->words, s->initial[0] ? "; default " : "", s->initial);
    }
}

static void print_help(const struct command *commands, const struct command *one)
{
    if (one) {
        printf("usage: synoptic %s [options] %s\n\n%s.\n", one->name, one->arguments, one->summary);
        print_options(options_of(one) | everywhere);
        if (one->options >> OPT_FORMAT & 1)
            print_exports();
        return;
    }
    puts("synoptic: who said what, on which issue, for or against, according to whom\n\n"
         "usage: synoptic COMMAND [options] [arguments]\n\nCommands");
    for (; commands->name; commands++)
        printf("  %-10s %s\n", commands->name, commands->summary);
    puts("\n`synoptic COMMAND --help` tells more. Exit codes: 0 done, 1 failed, 2 wrong usage.");
}

static const struct command *find(const struct command *commands, const char *name)
{
    for (; commands->name; commands++)
        if (strcmp(commands->name, name) == 0)
            return commands;
    return NULL;
}

/* Where an option's value goes. */
static int place_of(int option)
{
    return option == OPT_STORE ? OPT_DB : option;
}

/* A flag in the environment is off when empty or "0". */
static void read_environment(uint64_t mask, struct config *config)
{
    for (int o = 0; o < OPT_COUNT; o++) {
        char name[64];
        int n = snprintf(name, sizeof name, "SYNOPTIC_%s", options[o].name);
        for (int i = 0; i < n; i++)
            name[i] = (char)(name[i] == '-' ? '_' : toupper((unsigned char)name[i]));
        const char *value = getenv(name);
        bool off = !value || !*value || (!options[o].value && strcmp(value, "0") == 0);
        if (!off && (mask >> o & 1) && o != OPT_HELP && o != OPT_VERSION)
            config->value[place_of(o)] = options[o].value ? value : "";
    }
}

static bool read_arguments(int argc, char **argv, uint64_t mask, struct config *config,
                           struct err *err)
{
    struct option long_options[OPT_COUNT + 1] = {0};
    for (int o = 0; o < OPT_COUNT; o++)
        long_options[o] = (struct option){
            options[o].name, options[o].value ? required_argument : no_argument, NULL, 256 + o};
    opterr = 0;
    optind = 1;
    for (int c; (c = getopt_long(argc, argv, ":h", long_options, NULL)) != -1;) {
        if (c == 'h')
            c = 256 + OPT_HELP;
        if (c == ':')
            return fail(err, ERR_USAGE, "%.60s needs a value", argv[optind - 1]);
        if (c < 256)
            return fail(err, ERR_USAGE, "%.60s is not an option", argv[optind - 1]);
        if (!(mask >> (c - 256) & 1))
            return fail(err, ERR_USAGE, "--%s does not go with this command",
                        options[c - 256].name);
        config->value[place_of(c - 256)] = optarg ? optarg : "";
    }
    config->args = argv + optind;
    config->n_args = argc - optind;
    return true;
}

/* `synoptic help [COMMAND]`, as people try it first. */
static bool help_asked(int argc, char **argv, const struct command *commands)
{
    if (argc < 2 || argc > 3 || strcmp(argv[1], "help") != 0)
        return false;
    const struct command *of = argc == 3 ? find(commands, argv[2]) : NULL;
    if (argc == 2 || of)
        print_help(commands, of);
    return argc == 2 || of;
}

bool config_read(int argc, char **argv, const struct command *commands, struct config *config,
                 struct err *err)
{
    *config = (struct config){.program = argv[0], .commands = commands};
    if (help_asked(argc, argv, commands))
        return true;
    bool bare = argc < 2 || argv[1][0] == '-';
    const struct command *found = bare ? NULL : find(commands, argv[1]);
    if (!bare && !found)
        return fail(err, ERR_USAGE, "there is no command \"%.40s\"; synoptic --help lists them",
                    argv[strcmp(argv[1], "help") == 0 && argc > 2 ? 2 : 1]);
    uint64_t mask = everywhere | (found ? options_of(found) : 0);
    read_environment(mask, config);
    if (!read_arguments(argc - !bare, argv + !bare, mask, config, err))
        return false;
    if (config_on(config, OPT_VERSION)) {
        puts("synoptic " SYNOPTIC_VERSION);
        return true;
    }
    if (config_on(config, OPT_HELP)) {
        print_help(commands, found);
        return true;
    }
    if (!found)
        return fail(err, ERR_USAGE, "no command given; synoptic --help lists them");
    if (config->n_args < found->least || (found->most >= 0 && config->n_args > found->most))
        return fail(err, ERR_USAGE, "usage: synoptic %s [options] %s", found->name,
                    found->arguments);
    config->command = found;
    return true;
}

bool config_on(const struct config *config, enum option_id option)
{
    return config->value[option] != NULL;
}

bool config_number(const struct config *config, enum option_id option, struct number_range range,
                   long *value, struct err *err)
{
    const char *text = config->value[option];
    if (!text)
        return true;
    char *end;
    errno = 0;
    long number = strtol(text, &end, 10);
    if (errno || *end || end == text || number < range.least || number > range.most)
        return fail(err, ERR_USAGE, "--%s takes a whole number from %ld to %ld, not \"%.20s\"",
                    options[option].name, range.least, range.most, text);
    *value = number;
    return true;
}
