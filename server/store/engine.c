/* Which engine an address is for, and what all engines share: see engine.h. */
#include "store/engine.h"

#include "store/postgres/postgres.h"
#include "store/sqlite/sqlite.h"
#include "store/store.h"

/* The first that fits; paths of files fit last. */
static const struct engine *const engines[] = {&postgres_engine, &sqlite_engine};

/* FNV over everything but ASCII white space: layout does not make another article. */
int64_t engine_text_digest(struct str text)
{
    uint64_t hash = str_hash((struct str){0});
    size_t from = 0;
    for (size_t i = 0; i <= text.n; i++) {
        if (i < text.n && !(text.p[i] == ' ' || (text.p[i] >= '\t' && text.p[i] <= '\r')))
            continue;
        hash = str_hash_more(hash, str_slice(text, from, i));
        from = i + 1;
    }
    return (int64_t)hash;
}

bool engine_match(struct arena *a, struct str words,
                  void (*add)(struct buf *out, struct str phrase, bool prefix), struct str *match,
                  struct err *err)
{
    struct buf out = {0};
    struct str rest = str_slice(words, 0, 1000), word;
    while (rest.n) {
        if (rest.p[0] == '"') {
            size_t end = str_find_char(rest, '"', 1);
            struct str phrase = str_slice(rest, 1, end);
            rest = str_slice(rest, end == STR_NONE ? rest.n : end + 1, rest.n);
            bool prefix = rest.n && rest.p[0] == '*';
            add(&out, phrase, prefix);
            rest = str_slice(rest, prefix, rest.n);
        } else if (str_split(&rest, ' ', &word)) {
            bool prefix = str_ends(word, S("*"));
            add(&out, str_slice(word, 0, word.n - prefix), prefix);
        }
    }
    *match = arena_str(a, buf_str(&out));
    buf_finish(&out);
    return match->n || fail(err, ERR_INVALID, "there is no word to search for");
}

static bool is_own(const struct engine *engine, struct str where)
{
    struct str schemes = str_of(engine->schemes), scheme;
    while (str_split(&schemes, ' ', &scheme))
        if (str_starts(where, scheme))
            return true;
    return false;
}

const struct engine *engine_for(const char *where)
{
    size_t n = sizeof engines / sizeof *engines, i = 0;
    while (i + 1 < n && !is_own(engines[i], str_of(where)))
        i++;
    return engines[i];
}

/* "user:word@": up to the first @ or /, as libpq reads it. */
static struct str without_word(struct buf *out, struct str rest)
{
    size_t at = str_find_char(rest, '@', 0), colon = str_find_char(rest, ':', 0);
    if (at == STR_NONE || colon > at || str_find_char(rest, '/', 0) < at)
        return rest;
    buf_add(out, str_slice(rest, 0, colon));
    buf_add(out, S(":***"));
    return str_slice(rest, at, rest.n);
}

struct str store_said(struct arena *a, const char *path)
{
    struct str rest = str_of(path), part;
    struct buf out = {0};
    size_t scheme = str_find(rest, S("://"), 0);
    if (scheme == STR_NONE)
        return rest;
    buf_add(&out, str_slice(rest, 0, scheme + 3));
    rest = without_word(&out, str_slice(rest, scheme + 3, rest.n));
    str_split(&rest, '?', &part);
    buf_add(&out, part);
    for (char mark = '?'; rest.n && str_split(&rest, '&', &part); mark = '&') {
        size_t is = str_find_char(part, '=', 0);
        bool secret = str_ends(str_slice(part, 0, is), S("password"));
        buf_char(&out, mark);
        buf_add(&out, secret ? str_slice(part, 0, is + 1) : part);
        buf_add(&out, secret ? S("***") : S(""));
    }
    struct str said = arena_str(a, buf_str(&out));
    buf_finish(&out);
    return said;
}
