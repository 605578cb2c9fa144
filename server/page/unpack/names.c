/* What the names of files tell: see unpack.h. */
#include "page/unpack/unpack.h"

#include "page/text/words.h"

#include <string.h>

/* Suffixes of what is read, and the content type where the bytes alone do not tell. */
static const struct {
    struct str suffix, type;
} suffixes[] = {
    {STR(".txt"), STR("")},
    {STR(".text"), STR("")},
    {STR(".html"), STR("")},
    {STR(".htm"), STR("")},
    {STR(".xhtml"), STR("")},
    {STR(".shtml"), STR("")},
    {STR(".xml"), STR("")},
    {STR(".rss"), STR("")},
    {STR(".atom"), STR("")},
    {STR(".opml"), STR("")},
    {STR(".mhtml"), STR("")},
    {STR(".mht"), STR("")},
    {STR(".eml"), STR("")},
    {STR(".mbox"), STR("")},
    {STR(".mbx"), STR("")},
    {STR(".md"), STR("text/markdown")},
    {STR(".markdown"), STR("text/markdown")},
    {STR(".pdf"), STR("application/pdf")},
    {STR(".csv"), STR("text/csv")},
    {STR(".tsv"), STR("text/csv")},
    {STR(".json"), STR("application/json")},
    {STR(".jsonld"), STR("application/json")},
    {STR(".ninjs"), STR("application/json")},
    {STR(".jsonl"), STR("application/json")},
    {STR(".ndjson"), STR("application/json")},
    {STR(".warc"), STR("")},
    {STR(".zip"), STR("")},
    {STR(".wacz"), STR("")},
    {STR(".tar"), STR("")},
    {STR(".tgz"), STR("")},
    {STR(".gz"), STR("")},
};

static int suffix_of(struct str name)
{
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
        struct str s = suffixes[i].suffix;
        if (name.n > s.n && str_eq_case(str_slice(name, name.n - s.n, name.n), s))
            return (int)i;
    }
    return -1;
}

bool name_is_readable(struct str name)
{
    struct str inner = str_slice(name, 0, name.n > 3 ? name.n - 3 : 0);
    if (name.n > 3 && str_eq_case(str_slice(name, name.n - 3, name.n), S(".gz")))
        return str_find_char(inner, '.', 0) == STR_NONE || suffix_of(inner) >= 0;
    return suffix_of(name) >= 0;
}

struct str name_content_type(struct str name)
{
    int i = suffix_of(name);
    return i < 0 ? (struct str){0} : suffixes[i].type;
}

/* ------------------------------------------------------------------------------- saved pages */

void name_add(struct arena *a, struct map *names, struct str name)
{
    *map_at(a, names, str_hash(name)) = 1;
}

static bool has_page(const struct map *names, struct str folder, size_t stem)
{
    static const struct str ends[] = {STR(".html"), STR(".htm"), STR(".xhtml"), STR("")};
    char name[1024];
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        if (stem == 0 || stem + ends[i].n > sizeof name)
            return false;
        memcpy(name, folder.p, stem);
        memcpy(name + stem, ends[i].p, ends[i].n);
        if (map_get(names, str_hash((struct str){name, stem + ends[i].n}), 0))
            return true;
    }
    return false;
}

/* Does the path's folder [0, slash) belong to a page beside it? */
static bool is_folder_of_parts(const struct map *names, struct str folder)
{
    struct str value;
    size_t from = folder.n;
    while (from && folder.p[from - 1] != '/')
        from--;
    for (size_t i = folder.n; i-- > from;)
        if (strchr("_-.", folder.p[i]) &&
            word_find(LIST_SAVED, str_slice(folder, i, folder.n), &value) &&
            has_page(names, folder, i))
            return true;
    return false;
}

bool name_is_part(const struct map *names, struct str name)
{
    for (size_t at = 0; names->n && (at = str_find_char(name, '/', at)) != STR_NONE; at++)
        if (is_folder_of_parts(names, str_slice(name, 0, at)))
            return true;
    return false;
}
