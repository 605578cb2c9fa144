/* Full text as words with their places (tsvector, under a GIN index). What is a word is decided
 * here and not by PostgreSQL's parsers, so that both engines find the same: runs of letters and
 * digits, small, without marks, as FTS5's unicode61 has them. */
#include "store/postgres/link.h"

#include "base/utf8.h"

#include <utf8proc.h>

enum {
    WORD_SIZE = 256,        /* bytes; what is longer is cut */
    LAST_PLACE = 16383,     /* PostgreSQL counts no further */
    VECTOR_SIZE = 900 << 10 /* bytes; it takes a megabyte */
};

static bool is_word_part(uint32_t c)
{
    utf8proc_category_t k = utf8proc_category((utf8proc_int32_t)c);
    return (k >= UTF8PROC_CATEGORY_LU && k <= UTF8PROC_CATEGORY_NO) || k == UTF8PROC_CATEGORY_CO;
}

static bool is_mark(uint32_t c)
{
    utf8proc_category_t k = utf8proc_category((utf8proc_int32_t)c);
    return k == UTF8PROC_CATEGORY_MN || k == UTF8PROC_CATEGORY_MC || k == UTF8PROC_CATEGORY_ME;
}

/* Its letters without marks, small. */
static void add_plain(struct buf *out, uint32_t c)
{
    utf8proc_int32_t parts[8];
    int bounds = 0;
    utf8proc_ssize_t n = utf8proc_decompose_char(utf8proc_tolower((utf8proc_int32_t)c), parts, 8,
                                                 UTF8PROC_DECOMPOSE, &bounds);
    for (utf8proc_ssize_t i = 0; i < n && i < 8; i++) {
        char bytes[4];
        if (is_mark((uint32_t)parts[i]))
            continue;
        size_t size = utf8_encode((uint32_t)parts[i], bytes);
        if (out->n + size <= WORD_SIZE)
            buf_add(out, (struct str){bytes, size});
    }
}

/* The next word of the text, plain; false: there is none. */
static bool next_word(struct str text, size_t *at, struct buf *word)
{
    word->n = 0;
    while (*at < text.n) {
        size_t next = *at;
        uint32_t c = utf8_next(text, &next);
        if (is_word_part(c))
            add_plain(word, c);
        else if (word->n && !is_mark(c))
            return true;
        *at = next;
    }
    return word->n > 0;
}

/* ------------------------------------------------------------------------------- users' words */

/* 'one' <-> 'two' <-> 'three':* */
static void add_phrase(struct buf *out, struct str s, bool prefix)
{
    struct buf word = {0};
    bool first = true;
    for (size_t at = 0; next_word(s, &at, &word); first = false) {
        buf_add(out, !first ? S(" <-> ") : out->n ? S(" & ") : S(""));
        buf_fmt(out, "'%.*s'", STR_ARG(buf_str(&word)));
    }
    if (prefix && !first)
        buf_add(out, S(":*"));
    buf_finish(&word);
}

bool pg_match(struct arena *a, struct str words, struct str *match, struct err *err)
{
    return engine_match(a, words, add_phrase, match, err);
}

/* ----------------------------------------------------------------------------------- the index */

struct vectors {
    struct buf ids, words; /* as PostgreSQL's arrays: {1,2}, {"'one':1 'two':2","..."} */
    struct buf word;
    size_t from; /* where the present row's words begin */
    int place;
};

static void add_words(struct vectors *v, struct str text, const char *weight)
{
    for (size_t at = 0; v->words.n - v->from < VECTOR_SIZE && next_word(text, &at, &v->word);) {
        v->place += v->place < LAST_PLACE;
        buf_fmt(&v->words, "'%.*s':%d%s ", STR_ARG(buf_str(&v->word)), v->place, weight);
    }
    v->place += v->place < LAST_PLACE; /* no phrase goes from one text into the next */
}

static void add_row(struct vectors *v, struct engine_statement *q, enum engine_type title)
{
    buf_fmt(&v->ids, "%s%lld", v->ids.n > 1 ? "," : "",
            (long long)pg_column(q, 0, ENGINE_INT).integer);
    buf_add(&v->words, v->words.n > 1 ? S(",\"") : S("\""));
    v->from = v->words.n;
    v->place = 0;
    if (title)
        add_words(v, pg_column(q, 2, ENGINE_TEXT).text, "A");
    add_words(v, pg_column(q, 1, ENGINE_TEXT).text, "");
    buf_char(&v->words, '"');
}

static bool run_with(struct engine_link *link, const char *sql, const struct vectors *v,
                     struct vectors *into)
{
    struct engine_statement *q = NULL;
    int code;
    pg_prepare(link, sql, &q);
    int words = pg_parameter(q, ":words");
    pg_bind(q, pg_parameter(q, ":ids"),
            &(struct engine_value){.type = ENGINE_TEXT, .text = buf_str(&v->ids)});
    if (words)
        pg_bind(q, words, &(struct engine_value){.type = ENGINE_TEXT, .text = buf_str(&v->words)});
    while ((code = pg_step(q)) == ENGINE_ROW)
        if (into)
            add_row(into, q, pg_name(q, 2) ? ENGINE_TEXT : ENGINE_NULL);
    pg_finish(q);
    return code == ENGINE_DONE;
}

static const struct {
    const char *read, *take_out, *put_in;
} index_sql[] = {[ROWS_OF_ARTICLES] =
                     {"SELECT id, text, title FROM article_versions"
                      " WHERE id = ANY(CAST(:ids AS _int8))",
                      "DELETE FROM article_search WHERE id = ANY(CAST(:ids AS _int8))",
                      "INSERT INTO article_search (id, words) SELECT unnest(CAST(:ids AS _int8)),"
                      " unnest(CAST(:words AS _tsvector))"
                      " ON CONFLICT (id) DO UPDATE SET words = excluded.words"},
                 [ROWS_OF_STATEMENTS] = {
                     "SELECT id, words FROM statement_words WHERE id = ANY(CAST(:ids AS _int8))",
                     "DELETE FROM statement_search WHERE id = ANY(CAST(:ids AS _int8))",
                     "INSERT INTO statement_search (id, words)"
                     " SELECT unnest(CAST(:ids AS _int8)), unnest(CAST(:words AS _tsvector))"
                     " ON CONFLICT (id) DO UPDATE SET words = excluded.words"}};

static bool put_in(struct engine_link *link, int of, const struct vectors *rows)
{
    struct vectors v = {0};
    buf_char(&v.ids, '{');
    buf_char(&v.words, '{');
    bool ok = run_with(link, index_sql[of].read, rows, &v);
    buf_char(&v.ids, '}');
    buf_char(&v.words, '}');
    ok = ok && run_with(link, index_sql[of].put_in, &v, NULL);
    buf_finish(&v.ids);
    buf_finish(&v.words);
    buf_finish(&v.word);
    return ok;
}

bool pg_index(struct engine_link *link, const struct engine_rows *rows, bool add, struct err *err)
{
    struct vectors v = {0};
    if (rows->n == 0)
        return true;
    for (size_t i = 0; i < rows->n; i++)
        buf_fmt(&v.ids, "%c%lld", i ? ',' : '{', (long long)rows->ids[i]);
    buf_char(&v.ids, '}');
    bool ok =
        add ? put_in(link, rows->of, &v) : run_with(link, index_sql[rows->of].take_out, &v, NULL);
    buf_finish(&v.ids);
    return ok || pg_fail(link, 0, err);
}
