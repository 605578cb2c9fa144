/* Sets of words from the embedded lists: see wordlist.h. */
#include "assets/wordlist.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "assets/assets.h"

enum { LONGEST_KEY = 128 };

static size_t count_lines(struct str text)
{
    size_t n = 1;
    for (size_t i = 0; i < text.n; i++)
        n += text.p[i] == '\n';
    return n;
}

static void insert(struct wordset_entry *entries, uint32_t mask, struct wordset_entry e)
{
    uint32_t at = (uint32_t)str_hash(e.key) & mask;
    while (entries[at].key.n && !str_eq(entries[at].key, e.key))
        at = (at + 1) & mask;
    entries[at] = e;
}

struct wordset wordset_load(const char *list)
{
    const struct embedded *file = asset_find(assets_words, str_of(list));
    if (!file) {
        fprintf(stderr, "synoptic: no word list %s\n", list);
        abort();
    }
    size_t size = 16;
    while (size < 2 * count_lines(file->bytes))
        size *= 2;
    struct wordset_entry *entries = calloc(size, sizeof *entries);
    if (!entries)
        abort();
    struct wordset set = {entries, (uint32_t)(size - 1), 0};
    struct str rest = file->bytes, line;
    while (str_split(&rest, '\n', &line)) {
        if (!line.n || line.p[0] == '#')
            continue;
        size_t tab = str_find_char(line, '\t', 0);
        struct wordset_entry e = {line, {0}};
        if (tab != STR_NONE)
            e = (struct wordset_entry){str_slice(line, 0, tab), str_slice(line, tab + 1, line.n)};
        if (e.key.n)
            insert(entries, set.mask, e);
        if (e.key.n > set.longest)
            set.longest = e.key.n;
    }
    return set;
}

const struct wordset_entry *wordset_find(const struct wordset *set, struct str key)
{
    if (!key.n || key.n > set->longest)
        return NULL;
    uint32_t at = (uint32_t)str_hash(key) & set->mask;
    for (; set->entries[at].key.n; at = (at + 1) & set->mask)
        if (str_eq(set->entries[at].key, key))
            return &set->entries[at];
    return NULL;
}

const struct wordset_entry *wordset_find_lower(const struct wordset *set, struct str key)
{
    char low[LONGEST_KEY];
    if (key.n > set->longest || key.n > sizeof low)
        return NULL;
    for (size_t i = 0; i < key.n; i++)
        low[i] = key.p[i] >= 'A' && key.p[i] <= 'Z' ? (char)(key.p[i] + 32) : key.p[i];
    return wordset_find(set, (struct str){low, key.n});
}
