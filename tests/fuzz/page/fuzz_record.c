/* Tables, JSON Lines, ninjs, NewsArticle and Markdown of any bytes: no crash, UTF-8, and what is
 * written of a record can be read again. The first byte chooses the reader. */
#include "base/utf8.h"
#include "page/page.h"
#include "page/record/record.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool take(struct record_sink *sink, size_t number, const struct record *r,
                 struct str problem)
{
    struct arena a = {0};
    cJSON *tree = NULL;
    (void)sink;
    if (!utf8_valid(problem) || !r == !problem.n)
        abort();
    for (int f = 0; r && f < RECORD_FIELDS; f++)
        if (!utf8_valid(r->field[f]))
            abort();
    if (r && !json_parse(record_write(&a, r), &tree, NULL))
        abort();
    cJSON_Delete(tree);
    arena_finish(&a);
    return number < 1000;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    setenv("PATH", "/no/such/folder", 1); /* PDF: no other program is started */
    struct arena a = {0};
    struct record_sink sink = {take};
    struct record_map map = {0};
    struct table_view view;
    struct page p = {0};
    if (size == 0)
        return 0;
    struct str bytes = {(const char *)data + 1, size - 1};
    switch (data[0] % 4) {
    case 0:
        records_of_csv(bytes, &map, &sink, NULL);
        table_view_csv(&a, bytes, true, &view, NULL);
        break;
    case 1:
        records_of_json(bytes, &map, &sink, NULL);
        table_view_json(&a, bytes, false, &view, NULL);
        break;
    case 2:
        if (page_read(&a, &(struct page_source){.bytes = bytes, .content_type = S("text/markdown")},
                      &p, NULL) &&
            (!utf8_valid(p.text) || !utf8_valid(p.title) || !utf8_valid(p.byline)))
            abort();
        break;
    default:
        record_map_parse(bytes, &map, NULL);
        records_of_csv(S("title,text,a\nb,c,d\n"), &map, &sink, NULL);
    }
    arena_finish(&a);
    return 0;
}
