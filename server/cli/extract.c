/* `synoptic extract`: one JSON object per input, in order (DESIGN.md 3.1).
 *
 * Inputs are taken in windows: a window's names are surveyed together, its articles grouped into
 * stories to propose issues for where none are given, and its objects printed; then its memory is
 * released. So the program's size does not grow with the number of files. With --pages the engine
 * is left out: pages are cleaned and printed, nothing more. */
#include "cli/batch.h"

#include "base/buf.h"
#include "compare/compare.h"

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

/* Proposed issues hold for the articles of one story. */
static void propose_positions(struct arena *a, struct batch *batch)
{
    struct group_article *articles = arena_array(a, batch->n, sizeof *articles);
    uint32_t *story = arena_array(a, batch->n, sizeof *story);
    for (size_t i = 0; i < batch->n; i++)
        articles[i] = (struct group_article){batch->page[i].title, batch->page[i].text,
                                             batch->page[i].published};
    compare_group(a, articles, batch->n, story);
    struct lang_reading *together = arena_array(a, batch->n, sizeof *together);
    for (uint32_t s = 0; s < batch->n; s++) {
        struct lang_issues issues = {0};
        size_t n = 0;
        for (size_t i = 0; i < batch->n; i++)
            if (story[i] == s && !batch->error[i].kind)
                together[n++] = batch->reading[i];
        if (n)
            lang_propose_issues(a, together, n, &issues);
        for (size_t i = 0; i < batch->n && issues.n; i++)
            if (story[i] == s && !batch->error[i].kind)
                lang_take_positions(a, &issues, &batch->reading[i]);
    }
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
            lang_write_reading(a, &batch->reading[i], j);
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

/* The engine's part: names surveyed over the window, each article read, positions found. */
static void read_window(struct arena *a, struct lang_run *run, const struct lang_issues *issues,
                        bool given, struct batch *batch)
{
    batch_read(a, run, batch);
    if (!given)
        propose_positions(a, batch);
    for (size_t i = 0; i < batch->n && given; i++)
        if (!batch->error[i].kind)
            lang_take_positions(a, issues, &batch->reading[i]);
}

bool run_extract(struct arena *a, const struct config *config, struct err *err)
{
    struct inputs inputs;
    struct lang_issues issues = {0};
    if (!inputs_list(a, config, &inputs, err) || !batch_issues(a, config, &issues, err))
        return false;
    bool pages = config_on(config, OPT_PAGES);
    struct lang_run *run = pages ? NULL : lang_run_create();
    struct progress progress = progress_begin("reading", inputs.n);
    struct arena window = {0};
    bool ok = true;
    for (size_t from = 0; from < inputs.n && ok; from += WINDOW) {
        struct batch batch;
        batch_load(&window, config, inputs, from,
                   inputs.n - from < WINDOW ? inputs.n - from : WINDOW, &batch);
        if (!pages)
            read_window(&window, run, &issues, config_on(config, OPT_ISSUES), &batch);
        ok = print_window(&window, &batch, pages, err);
        arena_reset(&window);
        progress_show(&progress, from + batch.n);
    }
    progress_end(&progress);
    arena_finish(&window);
    lang_run_destroy(run);
    return ok;
}
