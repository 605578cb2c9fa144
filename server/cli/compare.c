/* `synoptic group` and `synoptic compare`: stories of files, and one story laid side by side. */
#include "cli/batch.h"

#include "base/buf.h"
#include "compare/compare.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool print(struct buf *b, struct err *err)
{
    buf_char(b, '\n');
    bool ok = fwrite(b->p, 1, b->n, stdout) == b->n && fflush(stdout) == 0;
    buf_finish(b);
    return ok || fail(err, ERR_IO, "standard output cannot be written");
}

bool run_group(struct arena *a, const struct config *config, struct err *err)
{
    struct inputs inputs;
    struct batch batch;
    if (!inputs_list(a, config, &inputs, err))
        return false;
    batch_load(a, config, inputs, &batch);
    struct group_article *articles = arena_array(a, batch.n, sizeof *articles);
    uint32_t *story = arena_array(a, batch.n, sizeof *story);
    for (size_t i = 0; i < batch.n; i++) {
        if (batch.error[i].kind)
            fprintf(stderr, "synoptic: %s\n", batch.error[i].message);
        articles[i] = (struct group_article){batch.page[i].title, batch.page[i].text,
                                             batch.page[i].published};
    }
    compare_group(a, articles, batch.n, story);
    struct buf out = {0};
    for (uint32_t s = 0, first = 0; first < batch.n; s++) {
        while (first < batch.n && story[first] != s)
            first++;
        if (first == batch.n)
            break;
        struct json j = json_begin(&out);
        if (out.n)
            buf_char(&out, '\n');
        json_object(&j);
        json_field_int(&j, "story", s + 1);
        json_key(&j, "files");
        json_array(&j);
        for (size_t i = first; i < batch.n; i++)
            if (story[i] == s)
                json_str(&j, utf8_repair(a, batch.input[i].path));
        json_end_array(&j);
        json_end_object(&j);
        first = 0;
    }
    return print(&out, err);
}

/* Only what could be read takes part; what could not is said on standard error. */
static size_t drop_bad(struct batch *b)
{
    size_t n = 0;
    for (size_t i = 0; i < b->n; i++) {
        if (b->error[i].kind) {
            fprintf(stderr, "synoptic: %s\n", b->error[i].message);
            continue;
        }
        b->input[n] = b->input[i];
        b->page[n] = b->page[i];
        b->error[n++] = b->error[i];
    }
    size_t dropped = b->n - n;
    b->n = n;
    return dropped;
}

struct seat {
    struct str title, text, path;
    size_t at;
};

static int by_words(const void *a, const void *b)
{
    const struct seat *x = a, *y = b;
    int order = str_cmp(x->title, y->title);
    order = order ? order : str_cmp(x->text, y->text);
    return order ? order : str_cmp(x->path, y->path);
}

/* Articles are numbered by what they say, not by the order of the files: so the document is the
 * same in whatever order they are given. */
static void sort_by_words(struct arena *a, struct batch *b)
{
    struct batch from = *b;
    struct seat *seats = arena_array(a, b->n, sizeof *seats);
    for (size_t i = 0; i < b->n; i++)
        seats[i] = (struct seat){b->page[i].title, b->page[i].text, b->input[i].path, i};
    qsort(seats, b->n, sizeof *seats, by_words);
    b->input = arena_array(a, b->n, sizeof *b->input);
    b->page = arena_array(a, b->n, sizeof *b->page);
    for (size_t i = 0; i < b->n; i++) {
        b->input[i] = from.input[seats[i].at];
        b->page[i] = from.page[seats[i].at];
    }
}

/* The story of the files, as it is filled while the stages run. */
struct file_story {
    struct stage_hooks hooks;
    struct arena *a;
    const struct batch *batch;
    struct stages stages;
    struct compare_article *articles;
    int64_t next; /* id of a statement */
};

/* Articles and statements are numbered in their order. */
static bool number(struct stage_hooks *hooks, size_t i, struct err *err)
{
    struct file_story *s = (struct file_story *)hooks;
    const struct lang_reading *reading = &s->stages.readings[i];
    const struct page *p = &s->batch->page[i];
    int64_t *ids = arena_array(s->a, reading->n_statements + 1, sizeof *ids);
    (void)err;
    for (size_t k = 0; k < reading->n_statements; k++)
        ids[k] = ++s->next;
    s->articles[i] = (struct compare_article){
        .id = (int64_t)i + 1,
        .file = utf8_repair(s->a, s->batch->input[i].path),
        .outlet = p->outlet,
        .title = p->title,
        .published = p->published,
        .url = p->url,
        .reading = reading,
        .statement_ids = ids,
    };
    return true;
}

/* They stand in the order of their words. */
bool compare_files(struct arena *a, const struct config *config, struct lang_run *run,
                   struct comparison *out, struct err *err)
{
    struct inputs inputs;
    struct batch *batch = arena_alloc(a, sizeof *batch);
    struct lang_issues *issues = arena_alloc(a, sizeof *issues);
    struct compare_input *input = arena_alloc(a, sizeof *input);
    if (!inputs_list(a, config, &inputs, err) || !batch_issues(a, config, issues, err))
        return false;
    batch_load(a, config, inputs, batch);
    drop_bad(batch);
    if (batch->n == 0)
        return fail(err, ERR_INVALID, "none of the files could be read");
    sort_by_words(a, batch);
    struct file_story *s = arena_alloc(a, sizeof *s);
    *s = (struct file_story){.hooks = {.statements = number}, .a = a, .batch = batch};
    s->articles = arena_array(a, batch->n, sizeof *s->articles);
    *input = (struct compare_input){.story_id = 1, .articles = s->articles, .n_articles = batch->n};
    s->stages = (struct stages){.run = run, .hooks = &s->hooks, .input = input};
    s->stages.given = config_on(config, OPT_ISSUES) ? issues : NULL;
    if (!batch_run(a, batch, &s->stages, err))
        return false;
    *out = s->stages.comparison;
    return true;
}

bool run_compare(struct arena *a, const struct config *config, struct err *err)
{
    struct comparison comparison = {0};
    struct lang_run *run = lang_run_create(); /* names in the comparison may point into it */
    struct buf out = {0};
    bool ok = compare_files(a, config, run, &comparison, err);
    if (ok) {
        struct json j = json_begin(&out);
        const char *unit = config->value[OPT_OFFSETS];
        bool utf16 = unit && strcmp(unit, "utf16") == 0;
        compare_write(&comparison, utf16 ? OFFSET_UTF16 : OFFSET_CODE_POINTS, &j);
        ok = print(&out, err);
    }
    lang_run_destroy(run);
    return ok;
}
