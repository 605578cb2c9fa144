/* `synoptic extract`: one JSON object per input, in order (DESIGN.md 3.1).
 *
 * Inputs are taken in windows: a window's names are surveyed together, its articles grouped into
 * stories to propose issues for where none are given, and its objects printed; then its memory is
 * released. So the program's size does not grow with the number of files. With --pages the engine
 * is left out: pages are cleaned and printed, nothing more. */
#include "cli/batch.h"

#include "base/buf.h"

#include <stdio.h>
#include <string.h>

enum { WINDOW = 128 };

static bool print_line(struct buf *b, struct err *err)
{
    buf_char(b, '\n');
    bool ok = fwrite(b->p, 1, b->n, stdout) == b->n && fflush(stdout) == 0;
    b->n = 0;
    return ok || fail(err, ERR_IO, "standard output cannot be written");
}

static void write_input(struct arena *a, const struct batch *batch, size_t i, bool pages,
                        struct json *j)
{
    const struct page *p = &batch->page[i];
    json_object(j);
    json_field_str(j, "file", utf8_repair(a, batch->input[i].path));
    if (batch->error[i].kind) {
        json_field_str(j, "error", utf8_repair(a, str_of(batch->error[i].message)));
    } else {
        page_write(p, j);
        if (pages) {
            json_field_opt(j, "language", p->language);
            json_field_str(j, "text", p->text);
        } else {
            lang_write_reading(a, batch->reading[i], j);
        }
    }
    json_end_object(j);
}

static bool print_window(struct arena *a, const struct batch *batch, bool pages, struct err *err)
{
    struct buf line = {0};
    bool ok = true;
    for (size_t i = 0; i < batch->n && ok; i++) {
        struct json j = json_begin(&line);
        write_input(a, batch, i, pages, &j);
        ok = print_line(&line, err);
    }
    buf_finish(&line);
    return ok;
}

struct extracting {
    struct input_sink sink;
    const struct config *config;
    const struct lang_issues *issues; /* given ones */
    struct lang_run *run;             /* NULL: pages only */
    struct arena arena;               /* of the window */
    struct batch batch;
    struct progress progress;
    size_t n; /* articles so far */
    struct err *err;
    bool failed;
};

/* The engine's part: proposed issues hold for the articles of one story, given ones for all. */
static bool read_window(struct extracting *x)
{
    struct stages stages = {.run = x->run, .several = true, .stances = true};
    stages.given = config_on(x->config, OPT_ISSUES) ? x->issues : NULL;
    return batch_run(&x->arena, &x->batch, &stages, x->err);
}

static bool end_window(struct extracting *x)
{
    bool ok = (!x->run || read_window(x)) && print_window(&x->arena, &x->batch, !x->run, x->err);
    arena_reset(&x->arena);
    x->batch = batch_make(&x->arena, WINDOW);
    x->failed = !ok;
    return ok;
}

static bool take(struct input_sink *sink, const struct input *input, size_t file, size_t files)
{
    struct extracting *x = (struct extracting *)sink;
    batch_add(&x->arena, x->config, input, &x->batch);
    x->n++;
    x->progress.total = files > 1 ? files : 0; /* of one archive, articles are counted */
    progress_show(&x->progress, files > 1 ? file : x->n);
    return x->batch.n < WINDOW || end_window(x);
}

bool run_extract(struct arena *a, const struct config *config, struct err *err)
{
    struct lang_issues issues = {0};
    if (!batch_issues(a, config, &issues, err))
        return false;
    struct extracting x = {.sink = {take}, .config = config, .issues = &issues, .err = err};
    x.run = config_on(config, OPT_PAGES) ? NULL : lang_run_create();
    x.batch = batch_make(&x.arena, WINDOW);
    x.progress = progress_begin("reading", 0);
    bool ok = inputs_each(a, config, &x.sink, err) && !x.failed && end_window(&x);
    progress_end(&x.progress);
    arena_finish(&x.arena);
    lang_run_destroy(x.run);
    return ok;
}
