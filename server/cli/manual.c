/* `synoptic manual` and `synoptic completion`: the manual page (roff) and what shells need to
 * complete a line, made from the tables of commands, options, formats and settings. */
#include "cli/cli.h"
#include "export/export.h"

#include <stdio.h>
#include <string.h>

/* The options of a command, with those that all have. */
static bool takes(const struct command *c, int option)
{
    return (c->options | CONFIG_EVERYWHERE) >> option & 1;
}

/* ------------------------------------------------------------------------------- the manual page
 */

/* Text for roff: no line begins with a control character, backslashes and hyphens print as such. */
static void roff(const char *text)
{
    if (*text == '.' || *text == '\'')
        fputs("\\&", stdout);
    for (; *text; text++)
        if (*text == '\\')
            fputs("\\e", stdout);
        else if (*text == '-')
            fputs("\\-", stdout);
        else
            putchar(*text);
}

/* A paragraph with a tag: its bold part, its italic part, and the text. */
static void item(const char *bold, const char *italic, const char *text)
{
    fputs(".TP\n\\fB", stdout);
    roff(bold);
    fputs("\\fR", stdout);
    if (*italic) {
        fputs(" \\fI", stdout);
        roff(italic);
        fputs("\\fR", stdout);
    }
    putchar('\n');
    roff(text);
    putchar('\n');
}

static void manual_commands(const struct command *c)
{
    puts(".SH COMMANDS");
    for (; c->name; c++) {
        item(c->name, c->arguments, c->summary);
        fputs(".br\nOptions:", stdout);
        for (int o = 0; o < OPT_COUNT; o++)
            if (takes(c, o) && !(CONFIG_EVERYWHERE >> o & 1))
                printf(" \\-\\-%s", config_option((enum option_id)o)->name);
        puts(c->options ? "" : " none");
    }
}

static void manual_options(void)
{
    puts(".SH OPTIONS\nEach is also a variable of the environment: \\-\\-allow\\-host is "
         "SYNOPTIC_ALLOW_HOST.");
    for (int o = 0; o < OPT_COUNT; o++) {
        const struct config_option *option = config_option((enum option_id)o);
        char name[64];
        snprintf(name, sizeof name, "--%s", option->name);
        item(name, option->value ? option->value : "", option->help);
    }
}

static void manual_exports(void)
{
    puts(".SH FORMATS\nOf \\fBexport \\-\\-format\\fR and of /api/v1/exports?format=");
    for (const struct export_format *f = export_formats; f->name; f++)
        item(f->name, f->kind, f->about);
    puts(".SH SETTINGS\nArguments of \\fBexport\\fR, and parameters of /api/v1/exports.");
    item(EXPORT_FILTERS, "", "choose rows");
    for (int i = 0; i < EXPORT_SETTING_COUNT; i++) {
        item(export_settings[i].name, export_settings[i].initial, export_settings[i].about);
        if (export_settings[i].words[0]) {
            puts(".br");
            roff(export_settings[i].words);
            putchar('\n');
        }
    }
}

static void manual_examples(void)
{
    static const char *const examples[][2] = {
        {"Read reports and look at them", "synoptic import reports/ && synoptic serve"},
        {"A spreadsheet", "synoptic export --format xlsx > rows.xlsx"},
        {"A network of actors who agree, for Gephi",
         "synoptic export --format gexf mode=one qualifier=congruence normalise=average > a.gexf"},
        {"The same from a running server",
         "curl -sOJ 'localhost:8080/api/v1/exports?format=gexf&mode=one&normalise=average'"},
        {"To Discourse Network Analyzer and back",
         "synoptic export --format dna > project.dna; synoptic import project.dna"},
    };
    puts(".SH EXAMPLES");
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
        puts(".PP");
        roff(examples[i][0]);
        fputs(":\n.PP\n.nf\n.RS\n", stdout);
        roff(examples[i][1]);
        puts("\n.RE\n.fi");
    }
}

bool run_manual(struct arena *a, const struct config *config, struct err *err)
{
    (void)a;
    (void)err;
    puts(".TH SYNOPTIC 1 \"\" \"synoptic " SYNOPTIC_VERSION "\"\n.SH NAME\n"
         "synoptic \\- who said what, on which issue, for or against, according to whom\n"
         ".SH SYNOPSIS\n\\fBsynoptic\\fR \\fICOMMAND\\fR [\\fIoptions\\fR] [\\fIarguments\\fR]");
    manual_commands(config->commands);
    manual_options();
    manual_exports();
    puts(".SH EXIT STATUS\n0 done, 1 failed, 2 wrong usage.");
    manual_examples();
    return true;
}

/* ------------------------------------------------------------------------------------ completion
 */

static void format_names(const char *between)
{
    struct buf names = {0};
    export_names(&names, between);
    printf("%.*s", STR_ARG(buf_str(&names)));
    buf_finish(&names);
}

/* What may follow an option: "auto|html|text|body" as words; others are files or free text. */
static bool words_of(int option, char *out, size_t size)
{
    const char *value = config_option((enum option_id)option)->value;
    if (!value || !strchr(value, '|'))
        return false;
    snprintf(out, size, "%s", value);
    for (char *p = out; *p; p++)
        *p = *p == '|' ? ' ' : *p;
    return true;
}

static void print_settings(const char *between)
{
    struct str rest = str_of(EXPORT_FILTERS), word;
    while (str_split(&rest, ' ', &word))
        printf("%.*s=%s", STR_ARG(word), between);
    for (int i = 0; i < EXPORT_SETTING_COUNT; i++) {
        struct str words = str_of(export_settings[i].words);
        if (!words.n)
            printf("%s=%s", export_settings[i].name, between);
        while (str_split(&words, ' ', &word))
            printf("%s=%.*s%s", export_settings[i].name, STR_ARG(word), between);
    }
}

static void bash(const struct command *commands)
{
    char words[80];
    puts("_synoptic() {\n    local cur prev command\n    COMPREPLY=()\n"
         "    cur=${COMP_LINE:0:COMP_POINT}; cur=${cur##* }; command=${COMP_WORDS[1]}\n"
         "    prev=${COMP_LINE:0:COMP_POINT}; prev=${prev% *}; prev=${prev##* }\n"
         "    local strip=; [[ $cur == *=* ]] && strip=${cur%%=*}=");
    fputs("    if [ \"$COMP_CWORD\" = 1 ]; then COMPREPLY=($(compgen -W '", stdout);
    for (const struct command *c = commands; c->name; c++)
        printf("%s ", c->name);
    puts("' -- \"$cur\")); return; fi\n    case $prev in");
    fputs("    --format) COMPREPLY=($(compgen -W '", stdout);
    format_names(" ");
    puts("' -- \"$cur\")); return ;;");
    for (int o = 0; o < OPT_COUNT; o++)
        if (words_of(o, words, sizeof words))
            printf("    --%s) COMPREPLY=($(compgen -W '%s' -- \"$cur\")); return ;;\n",
                   config_option((enum option_id)o)->name, words);
    puts("    esac\n    case $command in");
    for (const struct command *c = commands; c->name; c++) {
        printf("    %s) COMPREPLY=($(compgen -W '", c->name);
        for (int o = 0; o < OPT_COUNT; o++)
            if (takes(c, o))
                printf("--%s ", config_option((enum option_id)o)->name);
        if (takes(c, OPT_FORMAT))
            print_settings(" ");
        puts("' -- \"$cur\")) ;;");
    }
    /* readline breaks words at "=": only what comes behind is to be put in. */
    puts("    esac\n    [ -n \"$strip\" ] && COMPREPLY=(\"${COMPREPLY[@]#$strip}\")\n}\n"
         "complete -o default -F _synoptic synoptic");
}

/* Single-quoted for zsh and fish, with what _describe and _arguments take for their own escaped. */
static void quoted(const char *text, const char *escape)
{
    for (; *text; text++) {
        if (*text == '\'')
            fputs("'\\''", stdout);
        else if (strchr(escape, *text))
            printf("\\%c", *text);
        else
            putchar(*text);
    }
}

static void zsh_command(const struct command *c)
{
    printf("    %s) _arguments", c->name);
    for (int o = 0; o < OPT_COUNT; o++) {
        const struct config_option *option = config_option((enum option_id)o);
        char words[80];
        if (!takes(c, o))
            continue;
        printf(" \\\n        '--%s[", option->name);
        quoted(option->help, "[]:");
        putchar(']');
        if (o == OPT_FORMAT) {
            fputs(":format:(", stdout);
            format_names(" ");
            putchar(')');
        } else if (words_of(o, words, sizeof words)) {
            printf(":value:(%s)", words);
        } else if (option->value) {
            fputs(":value:_files", stdout);
        }
        putchar('\'');
    }
    if (takes(c, OPT_FORMAT)) {
        fputs(" \\\n        '*:setting:(", stdout);
        print_settings(" ");
        fputs(")'", stdout);
    } else if (c->most) {
        fputs(" \\\n        '*:file:_files'", stdout);
    }
    puts(" ;;");
}

static void zsh(const struct command *commands)
{
    puts("#compdef synoptic\nlocal -a commands\ncommands=(");
    for (const struct command *c = commands; c->name; c++) {
        printf("    '%s:", c->name);
        quoted(c->summary, ":");
        puts("'");
    }
    puts(")\nif (( CURRENT == 2 )); then\n    _describe command commands\nelse\n"
         "    local command=$words[2]\n    shift words; (( CURRENT-- ))\n    case $command in");
    for (const struct command *c = commands; c->name; c++)
        zsh_command(c);
    puts("    esac\nfi");
}

static void fish_command(const struct command *c)
{
    printf("complete -c synoptic -n __fish_use_subcommand -f -a %s -d '", c->name);
    quoted(c->summary, "");
    puts("'");
    for (int o = 0; o < OPT_COUNT; o++) {
        const struct config_option *option = config_option((enum option_id)o);
        char words[80];
        if (!takes(c, o))
            continue;
        printf("complete -c synoptic -n '__fish_seen_subcommand_from %s' -l %s", c->name,
               option->name);
        if (o == OPT_FORMAT) {
            fputs(" -x -a '", stdout);
            format_names(" ");
            putchar('\'');
        } else if (words_of(o, words, sizeof words)) {
            printf(" -x -a '%s'", words);
        } else if (option->value) {
            fputs(" -r", stdout);
        }
        fputs(" -d '", stdout);
        quoted(option->help, "");
        puts("'");
    }
    if (takes(c, OPT_FORMAT)) {
        printf("complete -c synoptic -n '__fish_seen_subcommand_from %s' -f -a '", c->name);
        print_settings(" ");
        puts("'");
    }
}

bool run_completion(struct arena *a, const struct config *config, struct err *err)
{
    struct str shell = str_of(config->args[0]);
    (void)a;
    if (str_eq(shell, S("bash")))
        bash(config->commands);
    else if (str_eq(shell, S("zsh")))
        zsh(config->commands);
    else if (str_eq(shell, S("fish")))
        for (const struct command *c = config->commands; c->name; c++)
            fish_command(c);
    else
        return fail(err, ERR_USAGE, "completion is for bash, zsh or fish");
    return true;
}
