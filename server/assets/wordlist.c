/* The embedded word lists: see wordlist.h. */
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

struct str wordlist_text(const char *list)
{
    const struct embedded *file = asset_find(assets_words, str_of(list));
    if (!file) {
        fprintf(stderr, "synoptic: no word list %s\n", list);
        abort();
    }
    return file->bytes;
}

bool wordlist_next(struct str *rest, struct str *line)
{
    while (str_split(rest, '\n', line)) {
        *line = str_trim(*line);
        if (line->n && line->p[0] != '#')
            return true;
    }
    return false;
}

struct wordset wordset_load(const char *list)
{
    struct str rest = wordlist_text(list), line;
    struct wordset set = {0};
    struct wordset_entry *entries =
        arena_array(&set.memory, count_lines(rest) + 1, sizeof *entries);
    set.entries = entries;
    for (uint32_t n = 1; wordlist_next(&rest, &line); n++) {
        str_split(&line, '\t', &entries[n].key);
        entries[n].value = line;
        *map_at(&set.memory, &set.index, str_hash(entries[n].key)) = n;
        if (entries[n].key.n > set.longest)
            set.longest = entries[n].key.n;
    }
    return set;
}

const struct wordset_entry *wordset_find(const struct wordset *set, struct str key)
{
    if (!key.n || key.n > set->longest)
        return NULL;
    const struct wordset_entry *e = &set->entries[map_get(&set->index, str_hash(key), 0)];
    return str_eq(e->key, key) ? e : NULL;
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
