/* Members of what the journal holds, and words of a decision found again in the present texts. */
#include "store/effect/effect.h"

struct str effect_text(const struct effects *e, const cJSON *object, const char *name)
{
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, name);
    return cJSON_IsString(item) ? arena_str(e->a, str_of(item->valuestring)) : (struct str){0};
}

int64_t effect_number(const cJSON *object, const char *name)
{
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, name);
    return cJSON_IsNumber(item) ? (int64_t)item->valuedouble : 0;
}

int effect_word(const char *const *words, int n, struct str word)
{
    for (int i = 0; i < n; i++)
        if (str_eq(word, str_of(words[i])))
            return i;
    return 0;
}

const struct utf8_index *effect_index(const struct effects *e, int64_t article)
{
    for (size_t i = 0; i < e->story->n_articles; i++)
        if (e->story->articles[i].id == article)
            return &e->indexes[i];
    return NULL;
}

/* --------------------------------------------------------------------------------------- anchors
 */

/* Where the words are now: at their old place, else at the nearest. */
bool effect_find(const struct utf8_index *x, const cJSON *span, struct span *out)
{
    const cJSON *words = cJSON_GetObjectItemCaseSensitive(span, "exact");
    if (!cJSON_IsString(words))
        return false;
    struct str exact = str_of(words->valuestring);
    size_t was = utf8_byte(x, (size_t)effect_number(span, "start")), best = STR_NONE,
           far = SIZE_MAX;
    for (size_t at = str_find(x->text, exact, 0); at != STR_NONE;
         at = str_find(x->text, exact, at + 1)) {
        size_t distance = at > was ? at - was : was - at;
        if (distance < far) {
            far = distance;
            best = at;
        }
        if (exact.n == 0)
            break;
    }
    if (best == STR_NONE)
        return false;
    *out = (struct span){(uint32_t)best, (uint32_t)(best + exact.n)};
    return true;
}

struct spans effect_spans(struct effects *e, const struct utf8_index *x, const cJSON *list)
{
    struct spans out = {arena_array(e->a, (size_t)cJSON_GetArraySize(list) + 1, sizeof *out.v), 0};
    const cJSON *span;
    cJSON_ArrayForEach(span, list) {
        if (effect_find(x, span, &out.v[out.n]) &&
            (out.n == 0 || out.v[out.n].start >= out.v[out.n - 1].end))
            out.n++;
    }
    return out;
}

struct span effect_hull(const struct spans *spans)
{
    return spans->n ? (struct span){spans->v[0].start, spans->v[spans->n - 1].end}
                    : (struct span){0};
}
