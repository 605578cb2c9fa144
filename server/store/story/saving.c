/* What the files that save a story share: offsets in code points, keys, spans as JSON, rows that
 * are no more. */
#include "store/story/saving.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

int64_t saving_point(const struct saving *s, size_t article, uint32_t byte)
{
    return (int64_t)utf8_offset(&s->indexes[article], byte, OFFSET_CODE_POINTS);
}

struct str saving_key(const struct lang_reading *reading, int32_t actor)
{
    return actor < 0 ? (struct str){0} : reading->actors[actor].key;
}

static int by_id(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

bool saving_gone(struct saving *s, struct query *q, const int64_t *stay, size_t n, struct ids *out)
{
    int64_t *sorted = arena_array(&s->arena, n + 1, sizeof *sorted), *gone = NULL;
    size_t cap = 0, n_gone = 0;
    if (n)
        memcpy(sorted, stay, n * sizeof *sorted);
    qsort(sorted, n, sizeof *sorted, by_id);
    while (query_step(q)) {
        int64_t id = query_get_int(q, 0);
        if (bsearch(&id, sorted, n, sizeof *sorted, by_id))
            continue;
        gone = arena_grow(&s->arena, gone, n_gone, &cap, sizeof *gone);
        gone[n_gone++] = id;
    }
    *out = (struct ids){gone, n_gone};
    return query_end(q, s->err);
}

int64_t saving_millionths(double confidence)
{
    return llround(confidence * 1e6);
}

struct str saving_list(struct saving *s, const struct ids *ids)
{
    struct buf out = {0};
    struct json j = json_begin(&out);
    json_array(&j);
    for (size_t i = 0; i < ids->n; i++)
        json_int(&j, ids->v[i]);
    json_end_array(&j);
    struct str list = arena_str(&s->arena, buf_str(&out));
    buf_finish(&out);
    return list;
}

bool saving_delete(struct saving *s, const char *sql, const struct ids *ids)
{
    struct query q = query_begin(s->db, sql);
    for (size_t i = 0; i < ids->n; i++) {
        query_int(&q, ":id", ids->v[i]);
        query_again(&q);
    }
    return query_end(&q, s->err);
}
