/* Articles read together: see batch.h. */
#include "cli/batch.h"

#include "base/file.h"

void batch_load(struct arena *a, const struct config *config, struct inputs inputs, size_t from,
                size_t n, struct batch *out)
{
    *out = (struct batch){
        .n = n,
        .input = inputs.v + from,
        .page = arena_array(a, n, sizeof *out->page),
        .error = arena_array(a, n, sizeof *out->error),
        .article = arena_array(a, n, sizeof *out->article),
        .draft = arena_array(a, n, sizeof(struct lang_draft *)),
        .reading = arena_array(a, n, sizeof *out->reading),
    };
    for (size_t i = 0; i < n; i++) {
        struct page *p = &out->page[i];
        if (!inputs_read(a, config, out->input[i], p, &out->error[i]))
            continue;
        out->article[i] = (struct lang_article){p->title,  p->subtitle, p->text,
                                                p->outlet, p->language, p->published};
    }
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
