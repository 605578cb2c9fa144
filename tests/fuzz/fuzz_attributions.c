/* Attributions that were stored with an article, and are not what they were: what does not fit is
 * not used. A text of ours; the bytes are the attributions. */
#include "lang/lang.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct str text = STR("The mayor opened the bridge on Friday.\n\n"
                                   "“It took nine years,” mayor Olga Brandt said. She said the "
                                   "bridge would be free.\n\nPaul Holm, a driver, called it late.");

static void read_with(struct str attributions)
{
    struct arena a = {0};
    struct lang_article article = {.text = text, .language = S("en")};
    struct lang_run *run = lang_run_create();
    struct lang_reading reading;
    struct lang_draft *draft = lang_draft(&a, &article, attributions);
    lang_run_survey(run, draft);
    lang_read(run, &a, draft, &reading);
    for (size_t i = 0; i < reading.n_statements; i++)
        for (size_t k = 0; k < reading.statements[i].content.n; k++)
            if (reading.statements[i].content.v[k].end > text.n)
                abort();
    lang_run_destroy(run);
    arena_finish(&a);
}

/* As they are; and, as a mutation of what this build made, with one byte of that changed each. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena a = {0};
    struct lang_article article = {.text = text, .language = S("en")};
    struct str good = lang_find_attributions(&a, &article);
    char *changed = arena_alloc(&a, good.n + 1);
    for (size_t i = 0; i < good.n; i++)
        changed[i] = good.p[i];
    for (size_t i = 0; i + 1 < size && i < 32 && good.n; i += 2)
        changed[(data[i] * 256u + i * 7u) % good.n] ^= (char)data[i + 1];
    read_with((struct str){(const char *)data, size});
    read_with((struct str){changed, good.n});
    read_with(str_slice((struct str){changed, good.n}, 0, size));
    arena_finish(&a);
    return 0;
}
