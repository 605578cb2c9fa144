/* The strict JSON reader: what it takes, cJSON can print, and the reader takes again. */
#include "base/json.h"

#include <assert.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    cJSON *tree = NULL, *again = NULL;
    struct err err;
    if (!json_parse((struct str){(const char *)data, size}, &tree, &err))
        return 0;
    char *text = cJSON_PrintUnformatted(tree);
    assert(text);
    if (json_parse(str_of(text), &again, &err))
        assert(cJSON_Compare(tree, again, true));
    cJSON_Delete(again);
    cJSON_free(text);
    cJSON_Delete(tree);
    return 0;
}
