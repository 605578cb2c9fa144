/* Articles read together: see batch.h. */
#include "cli/batch.h"

#include "base/file.h"

struct batch batch_make(struct arena *a, size_t most)
{
    return (struct batch){
        .input = arena_array(a, most + 1, sizeof(struct input)),
        .page = arena_array(a, most + 1, sizeof(struct page)),
        .error = arena_array(a, most + 1, sizeof(struct err)),
        .article = arena_array(a, most + 1, sizeof(struct lang_article)),
        .draft = arena_array(a, most + 1, sizeof(struct lang_draft *)),
        .reading = arena_array(a, most + 1, sizeof(struct lang_reading)),
    };
}

void batch_add(struct arena *a, const struct config *config, const struct input *input,
               struct batch *batch)
{
    size_t i = batch->n++;
    struct page *p = &batch->page[i];
    batch->input[i] = (struct input){.path = arena_str(a, input->path)};
    if (!inputs_read(a, config, *input, p, &batch->error[i]))
        return;
    batch->article[i] =
        (struct lang_article){p->title, p->subtitle, p->text, p->outlet, p->language, p->published};
}

void batch_load(struct arena *a, const struct config *config, struct inputs inputs,
                struct batch *out)
{
    *out = batch_make(a, inputs.n);
    for (size_t i = 0; i < inputs.n; i++)
        batch_add(a, config, &inputs.v[i], out);
}

void batch_read(struct arena *a, struct lang_run *run, struct batch *batch)
{
    for (size_t i = 0; i < batch->n; i++)
        if (!batch->error[i].kind) {
            batch->draft[i] = lang_draft(a, &batch->article[i], S(""));
            lang_run_survey(run, batch->draft[i]);
        }
    for (size_t i = 0; i < batch->n; i++)
        if (!batch->error[i].kind)
            lang_read(run, a, batch->draft[i], &batch->reading[i]);
}

bool batch_issues(struct arena *a, const struct config *config, struct lang_issues *out,
                  struct err *err)
{
    struct str json;
    const char *path = config->value[OPT_ISSUES];
    return !path ||
           (file_read(a, path, 16 << 20, &json, err) && lang_issues_parse(a, json, out, err));
}
