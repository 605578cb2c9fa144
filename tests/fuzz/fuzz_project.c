/* Statements of other programs: whatever the bytes are, a reader ends, and with a sentence where it
 * fails. The first byte says which reader; what is read is looked for in its own text. */
#include "ingest/project/taking.h"

#include <assert.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void find_all(struct taking *t)
{
    for (size_t i = 0; i < t->n_told; i++) {
        struct paper *p = &t->papers[t->told[i].paper];
        struct span *at = arena_array(&t->one, t->told[i].n_places + 1, sizeof *at);
        if (!p->index.marks) {
            p->text = p->in.text.n ? p->in.text : S("The quay is old. The quay is new.");
            p->index = utf8_index_make(&t->arena, p->text);
        }
        if (!taking_spans(&t->one, p, &t->told[i], at))
            continue;
        for (size_t k = 0; k < t->told[i].n_places; k++)
            assert(at[k].start < at[k].end);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    bool (*const readers[])(struct taking *, struct str) = {reading_annotations, reading_table,
                                                            reading_refi, reading_brat};
    struct err err = {0};
    struct ingest_project count = {0};
    struct ingest_project_options options = {.map = S("quote=q,article=a")};
    struct taking t = {.err = &err, .count = &count, .options = &options};
    if (n == 0)
        return 0;
    if (data[0] & 4)
        options.map = S("");
    options.unit = (enum project_unit)(data[0] / 8 % 3);
    struct str bytes = {(const char *)data + 1, n - 1};
    ingest_project_kind(bytes);
    if (readers[data[0] % 4](&t, bytes))
        find_all(&t);
    else
        assert(err.message[0]);
    arena_finish(&t.one);
    arena_finish(&t.arena);
    return 0;
}
