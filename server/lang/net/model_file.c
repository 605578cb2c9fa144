/* Headers and sections of model files. */
#include "lang/net/model_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "assets/assets.h"

enum { ALIGN = 64 };

struct model_sections model_file_open(struct str file, uint32_t magic, uint32_t version,
                                      uint32_t *head)
{
    struct model_sections none = {0};
    if (file.n < ALIGN)
        return none;
    memcpy(head, file.p, MODEL_HEAD * sizeof *head);
    struct str body = str_slice(file, ALIGN, file.n);
    if (head[0] != magic || head[1] != version || head[2] != body.n)
        return none;
    return (struct model_sections){body, true};
}

bool model_file_whole(struct str file)
{
    uint32_t head[MODEL_HEAD];
    if (file.n < ALIGN)
        return false;
    memcpy(head, file.p, sizeof head);
    return head[3] == (uint32_t)str_hash(str_slice(file, ALIGN, file.n));
}

struct str model_file_embedded(const char *name)
{
    const struct embedded *file = asset_find(assets_model, str_of(name));
    if (!file)
        model_file_damaged(name);
    return file->bytes;
}

void model_file_damaged(const char *name)
{
    fprintf(stderr, "synoptic: the embedded model %s is damaged\n", name);
    abort();
}

const void *model_section(struct model_sections *s, size_t bytes)
{
    size_t padded = (bytes + ALIGN - 1) / ALIGN * ALIGN;
    if (!s->ok || padded > s->rest.n) {
        s->ok = false;
        return NULL;
    }
    const void *at = s->rest.p;
    s->rest = str_slice(s->rest, padded, s->rest.n);
    return at;
}

struct kernel_matrix model_matrix(struct model_sections *s, uint32_t in, uint32_t out)
{
    struct kernel_matrix m = {.in = in,
                              .out = (out + 63) / 64 * 64,
                              .used = (out + KERNEL_BLOCK - 1) / KERNEL_BLOCK * KERNEL_BLOCK};
    s->ok = s->ok && in % 4 == 0;
    m.weights = model_section(s, (size_t)m.in * m.out);
    m.zero = model_section(s, m.out * sizeof *m.zero);
    m.scale = model_section(s, m.out * sizeof *m.scale);
    return m;
}
