/* Prints the sides that might be taken on the program's own issues, with what they rest on, for
 * training model/bearing.txt (server/lang/model/training/sides/bearing.py):
 *
 *   bearing FILE...
 *
 * The files are the articles (--type text) of one story. A line for each statement and issue,
 * fields parted by tabs: the file's name, the statement's id as `synoptic compare` of the same
 * files numbers it, start and end (bytes) of its content in the article's text, the issue's id,
 * title and sort, the side (1 or -1), the speaker, what is said, then the features ("name value").
 */
#include <stdio.h>
#include <string.h>

#include "cli/batch.h"
#include "lang/lean/lean.h"

struct bench {
    struct buf names;
    const struct compare_article *article;
};

static void print_plainly(void *to, size_t statement, const struct lang_issue *issue, float plainly)
{
    struct bench *b = to;
    (void)statement, (void)issue, (void)plainly;
    b->names.n = 0;
}

static void print_text(struct str text)
{
    for (size_t i = 0; i < text.n; i++)
        putchar((unsigned char)text.p[i] < ' ' ? ' ' : text.p[i]);
    putchar('\t');
}

static void print_own(void *to, size_t statement, const struct lang_issue *issue, int sign)
{
    struct bench *b = to;
    const struct lang_reading *r = b->article->reading;
    const struct lang_statement *s = &r->statements[statement];
    struct span whole = {s->content.v[0].start, s->content.v[s->content.n - 1].end};
    printf("%.*s\t%lld\t%u\t%u\t%.*s\t%.*s\t%s\t%d\t", STR_ARG(b->article->file),
           (long long)b->article->statement_ids[statement], whole.start, whole.end,
           STR_ARG(issue->id), STR_ARG(issue->title), issue_sort_names[issue->sort], sign);
    print_text(s->speaker == NO_ACTOR ? S("") : r->actors[s->speaker].name);
    uint32_t from = s->cue.n && s->cue.v[0].start < whole.start ? s->cue.v[0].start : whole.start;
    if (s->source.n && s->source.v[0].start < from)
        from = s->source.v[0].start;
    print_text(str_slice(r->text, from, whole.end));
    struct str names = buf_str(&b->names);
    printf("%.*s\n", STR_ARG(names));
    b->names.n = 0;
}

static void print_article(struct arena *a, const struct compare_article *article,
                          const struct lang_issues *issues)
{
    struct bench b = {.article = article};
    struct lean_trace trace = {&b.names, print_plainly, print_own, &b};
    struct lang_reading copy = *article->reading;
    copy.statements = arena_array(a, copy.n_statements + 1, sizeof *copy.statements);
    for (size_t i = 0; i < copy.n_statements; i++) {
        copy.statements[i] = article->reading->statements[i];
        copy.statements[i].n_positions = 0;
    }
    lang_take_positions_traced(a, issues, &copy, &trace);
    buf_finish(&b.names);
}

int main(int argc, char **argv)
{
    struct arena a = {0};
    struct config config = {.program = argv[0], .args = argv + 1};
    config.n_args = argc - 1;
    config.value[OPT_TYPE] = "text";
    struct comparison compared = {0};
    struct lang_run *run = lang_run_create();
    struct err err = {0};
    if (!compare_files(&a, &config, run, &compared, &err)) {
        fprintf(stderr, "%s\n", err.message);
        return 1;
    }
    for (size_t i = 0; i < compared.input->n_articles; i++)
        print_article(&a, &compared.input->articles[i], compared.input->issues);
    lang_run_destroy(run);
    arena_finish(&a);
    return 0;
}
