/* Articles read together: see batch.h. */
#include "cli/batch.h"

#include "base/file.h"

struct batch batch_make(struct arena *a, size_t most)
{
    return (struct batch){
        .input = arena_array(a, most + 1, sizeof(struct input)),
        .page = arena_array(a, most + 1, sizeof(struct page)),
        .error = arena_array(a, most + 1, sizeof(struct err)),
        .reading = arena_array(a, most + 1, sizeof(struct lang_reading *)),
    };
}

void batch_add(struct arena *a, const struct config *config, const struct input *input,
               struct batch *batch)
{
    size_t i = batch->n++;
    batch->input[i] = (struct input){.path = arena_str(a, input->path)};
    inputs_read(a, config, *input, &batch->page[i], &batch->error[i]);
}

void batch_load(struct arena *a, const struct config *config, struct inputs inputs,
                struct batch *out)
{
    *out = batch_make(a, inputs.n);
    for (size_t i = 0; i < inputs.n; i++)
        batch_add(a, config, &inputs.v[i], out);
}

bool batch_run(struct arena *a, struct batch *batch, struct stages *stages, struct err *err)
{
    struct lang_article *articles = arena_array(a, batch->n + 1, sizeof *articles);
    size_t *at = arena_array(a, batch->n + 1, sizeof *at);
    stages->n = 0;
    for (size_t i = 0; i < batch->n; i++) {
        const struct page *p = &batch->page[i];
        if (batch->error[i].kind)
            continue;
        at[stages->n] = i;
        articles[stages->n++] = (struct lang_article){p->title,  p->subtitle, p->text,
                                                      p->outlet, p->language, p->published};
    }
    stages->articles = articles;
    if (!stages_run(stages, a, err))
        return false;
    for (size_t k = 0; k < stages->n; k++)
        batch->reading[at[k]] = &stages->readings[k];
    return true;
}

bool batch_issues(struct arena *a, const struct config *config, struct lang_issues *out,
                  struct err *err)
{
    struct str json;
    const char *path = config->value[OPT_ISSUES];
    return !path ||
           (file_read(a, path, 16 << 20, &json, err) && lang_issues_parse(a, json, out, err));
}
