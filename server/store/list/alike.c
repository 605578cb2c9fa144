/* Actors that may be one: pairs that share a word of their names, judged by how the names are
 * spelt, by office and by what they belong to, each with its reasons. A pair of which somebody said
 * that they are two is not asked about again.
 *
 * Only pairs that share a key are looked at: a folded word of the name, the beginning of a name of
 * one word, or initials. A key that very many bear tells nobody apart and is passed over. */
#include "store/list/fragments.h"
#include "store/list/list.h"

#include "base/map.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

enum { MOST_ACTORS = 5000, MOST_WORDS = 8, MOST_ALIKE = 40, MOST_PAIRS = 200 };

struct named {
    struct str key, name, kind, role, of;
    int64_t statements, articles;
    struct str words[MOST_WORDS], initials, form; /* folded; form: the words in one */
    size_t n;
};

struct pair {
    const struct named *a, *b; /* a: who has more statements */
    double score;
    const char *reasons[4];
    size_t n;
};

struct alike {
    struct arena arena;
    struct db *db;
    struct err *err;
    struct named *all;
    size_t n, cap;
    struct map keys; /* the place in `lists` of who bears it */
    struct map seen; /* pairs that were looked at, or are two */
    struct {
        uint32_t v[MOST_ALIKE], n;
    } * lists;
    size_t n_lists, cap_lists;
    struct pair *pairs;
    size_t n_pairs, cap_pairs;
};

/* --------------------------------------------------------------------------------------- names */

/* Without case, accents and points. */
static struct str fold(struct arena *a, struct str s)
{
    utf8proc_uint8_t *out = NULL;
    utf8proc_ssize_t n = utf8proc_map((const utf8proc_uint8_t *)s.p, (utf8proc_ssize_t)s.n, &out,
                                      UTF8PROC_DECOMPOSE | UTF8PROC_STRIPMARK | UTF8PROC_CASEFOLD);
    char *kept = arena_alloc(a, (n > 0 ? (size_t)n : 0) + 1);
    size_t k = 0;
    for (utf8proc_ssize_t i = 0; i < n; i++)
        if (out[i] != '.' && out[i] != '\'')
            kept[k++] = (char)(out[i] == '-' ? ' ' : out[i]);
    free(out);
    return (struct str){kept, k};
}

static void fill_words(struct alike *al, struct named *who)
{
    struct str rest = fold(&al->arena, who->name), word;
    char *initials = arena_alloc(&al->arena, MOST_WORDS + 1);
    size_t k = 0;
    while (who->n < MOST_WORDS && str_split(&rest, ' ', &word)) {
        if (!word.n || str_listed("the of and for", word))
            continue;
        initials[k++] = word.p[0];
        who->words[who->n++] = word;
    }
    who->initials = (struct str){initials, k};
    who->form = S("");
    for (size_t i = 0; i < who->n; i++)
        who->form = arena_fmt(&al->arena, "%.*s %.*s", STR_ARG(who->form), STR_ARG(who->words[i]));
}

/* How many letters must change, or more than `most`. Bytes of folded words: a letter with an accent
 * has lost it. */
static size_t distance(struct str a, struct str b, size_t most)
{
    size_t row[64];
    if (a.n >= 64 || b.n >= 64 || (a.n > b.n ? a.n - b.n : b.n - a.n) > most)
        return most + 1;
    for (size_t k = 0; k <= b.n; k++)
        row[k] = k;
    for (size_t i = 1; i <= a.n; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t k = 1; k <= b.n; k++) {
            size_t least = row[k] < row[k - 1] ? row[k] + 1 : row[k - 1] + 1;
            size_t change = diagonal + (a.p[i - 1] != b.p[k - 1]);
            diagonal = row[k];
            row[k] = least < change ? least : change;
        }
    }
    return row[b.n];
}

static bool nearly(struct str a, struct str b)
{
    size_t shorter = a.n < b.n ? a.n : b.n, most = shorter >= 8 ? 2 : shorter >= 4 ? 1 : 0;
    return distance(a, b, most) <= most;
}

static bool is_initial(struct str a, struct str b)
{
    return a.n == 1 ? b.n > 0 && a.p[0] == b.p[0] : b.n == 1 && a.p[0] == b.p[0];
}

/* All words of the shorter name stand in the longer one, in their order. */
static bool is_part(const struct named *a, const struct named *b)
{
    const struct named *small = a->n < b->n ? a : b, *large = a->n < b->n ? b : a;
    size_t at = 0;
    for (size_t i = 0; i < large->n && at < small->n; i++)
        at += str_eq(small->words[at], large->words[i]);
    return small->n < large->n && small->n && at == small->n;
}

/* Word by word the same but for spelling or initials; the number of words that differ. */
static bool word_by_word(const struct named *a, const struct named *b, bool *initial)
{
    size_t off = 0;
    *initial = false;
    if (a->n != b->n || a->n == 0)
        return false;
    for (size_t i = 0; i < a->n; i++) {
        if (str_eq(a->words[i], b->words[i]))
            continue;
        bool first = i + 1 < a->n && is_initial(a->words[i], b->words[i]);
        if (!first && !nearly(a->words[i], b->words[i]))
            return false;
        *initial |= first;
        off += !first;
    }
    return off <= 1;
}

/* --------------------------------------------------------------------------------------- pairs */

static void because(struct pair *p, const char *reason, double score)
{
    if (p->n < sizeof p->reasons / sizeof *p->reasons)
        p->reasons[p->n++] = reason;
    p->score += score;
}

static bool is_person(const struct named *who)
{
    return str_eq(who->kind, S("person"));
}

static void judge_names(struct pair *p)
{
    const struct named *a = p->a, *b = p->b;
    bool initial;
    if (str_eq(a->form, b->form))
        because(p, "the same name", 1);
    else if (word_by_word(a, b, &initial))
        because(p, initial ? "an initial of the name" : "nearly the same spelling",
                initial ? 0.8 : 0.7);
    else if (is_part(a, b) && (is_person(a) || a->n + b->n > 3))
        because(p, "one name is part of the other", a->n > 1 && b->n > 1 ? 0.7 : 0.5);
    else if (!is_person(a) && ((a->n == 1 && b->n > 1 && str_eq(a->words[0], b->initials)) ||
                               (b->n == 1 && a->n > 1 && str_eq(b->words[0], a->initials))))
        because(p, "initials of the other", 0.8);
}

/* Office and belonging speak for or against names that could be one. */
static void judge_rest(struct alike *al, struct pair *p)
{
    const struct named *a = p->a, *b = p->b;
    struct str x = fold(&al->arena, a->role), y = fold(&al->arena, b->role);
    if (x.n && y.n && str_eq(x, y))
        because(p, "the same office", 0.15);
    if (a->of.n && str_eq(a->of, b->of))
        because(p, "of the same country or body", 0.1);
    else if (a->of.n && b->of.n && !str_eq(a->of, b->key) && !str_eq(b->of, a->key))
        p->score -= 0.25;
}

static uint64_t pair_key(struct str a, struct str b)
{
    bool swap = str_cmp(a, b) > 0;
    return str_hash_more(str_hash(swap ? b : a), swap ? a : b);
}

static void judge(struct alike *al, const struct named *x, const struct named *y)
{
    uint32_t *seen = map_at(&al->arena, &al->seen, pair_key(x->key, y->key));
    struct pair p = {.a = x->statements >= y->statements ? x : y,
                     .b = x->statements >= y->statements ? y : x};
    if (*seen || !str_eq(x->kind, y->kind))
        return;
    *seen = 1;
    judge_names(&p);
    if (!p.n)
        return;
    judge_rest(al, &p);
    if (p.score < 0.4)
        return;
    al->pairs = arena_grow(&al->arena, al->pairs, al->n_pairs, &al->cap_pairs, sizeof *al->pairs);
    al->pairs[al->n_pairs++] = p;
}

static void meet(struct alike *al, size_t who, struct str key)
{
    uint32_t *at = map_at(&al->arena, &al->keys, str_hash(key));
    if (!*at) {
        al->lists =
            arena_grow(&al->arena, al->lists, al->n_lists, &al->cap_lists, sizeof *al->lists);
        al->lists[al->n_lists].n = 0;
        *at = (uint32_t)++al->n_lists;
    }
    size_t list = *at - 1;
    for (size_t i = 0; i < al->lists[list].n; i++)
        if (al->lists[list].v[i] != who)
            judge(al, &al->all[al->lists[list].v[i]], &al->all[who]);
    if (al->lists[list].n < MOST_ALIKE)
        al->lists[list].v[al->lists[list].n++] = (uint32_t)who;
}

static void meet_all(struct alike *al)
{
    for (size_t i = 0; i < al->n; i++) {
        const struct named *who = &al->all[i];
        for (size_t k = 0; k < who->n; k++)
            meet(al, i, who->words[k]);
        if (who->n == 1)
            meet(al, i, arena_fmt(&al->arena, "%.*s-", STR_ARG(str_slice(who->words[0], 0, 3))));
        else
            meet(al, i, who->initials);
    }
}

/* --------------------------------------------------------------------------------------- rows */

/* Those with most to say; what one is a description of ("a spokesman") is nobody's name. */
static bool load_actors(struct alike *al, int64_t story)
{
    struct query q = query_begin(
        al->db, "SELECT x.key, x.name, x.kind, x.role, x.of, x.statements, x.articles FROM actors x"
                " WHERE x.stories > 0 AND x.kind <> 'unnamed' AND (:story IS NULL OR x.key IN"
                " (SELECT t.actor FROM story_actors t WHERE t.story = :story))"
                " ORDER BY -x.statements, x.key LIMIT :limit");
    query_int(&q, ":limit", MOST_ACTORS);
    query_int_opt(&q, ":story", story);
    while (query_step(&q)) {
        struct arena *a = &al->arena;
        struct named who = {query_get_str(&q, 0, a),
                            query_get_str(&q, 1, a),
                            query_get_str(&q, 2, a),
                            query_get_str(&q, 3, a),
                            query_get_str(&q, 4, a),
                            query_get_int(&q, 5),
                            query_get_int(&q, 6),
                            {{0}},
                            {0},
                            {0},
                            0};
        fill_words(al, &who);
        al->all = arena_grow(a, al->all, al->n, &al->cap, sizeof *al->all);
        al->all[al->n++] = who;
    }
    return query_end(&q, al->err);
}

static bool load_two(struct alike *al)
{
    struct query q = query_begin(
        al->db, "SELECT d.target_key, json_extract(d.after, '$.apart.id') FROM decisions d"
                " WHERE d.target = 'actor' AND d.action = 'reject' AND NOT " DECISION_UNDONE);
    while (query_step(&q)) {
        struct str key = query_get_str(&q, 0, &al->arena), other = query_get_str(&q, 1, &al->arena);
        if (other.n)
            *map_at(&al->arena, &al->seen, pair_key(key, other)) = 1;
    }
    return query_end(&q, al->err);
}

static int likeliest_first(const void *a, const void *b)
{
    const struct pair *x = a, *y = b;
    if (x->score != y->score)
        return x->score < y->score ? 1 : -1;
    int64_t p = x->b->statements, q = y->b->statements;
    return p != q ? (p < q) - (p > q) : str_cmp(x->b->key, y->b->key);
}

static void write_named(struct json *j, const char *name, const struct named *who)
{
    json_key(j, name);
    json_object(j);
    json_field_str(j, "key", who->key);
    json_field_str(j, "name", who->name);
    json_field_str(j, "kind", who->kind);
    json_field_opt(j, "role", who->role);
    json_field_opt(j, "of", who->of);
    json_field_int(j, "statements", who->statements);
    json_field_int(j, "articles", who->articles);
    json_end_object(j);
}

static void write_pairs(const struct alike *al, struct json *j)
{
    json_object(j);
    json_key(j, "data");
    json_array(j);
    for (size_t i = 0; i < al->n_pairs && i < MOST_PAIRS; i++) {
        const struct pair *p = &al->pairs[i];
        json_object(j);
        write_named(j, "actor", p->a);
        write_named(j, "other", p->b);
        json_key(j, "score");
        json_num(j, p->score > 1 ? 1 : p->score, 2);
        json_key(j, "reasons");
        json_array(j);
        for (size_t k = 0; k < p->n; k++)
            json_str(j, str_of(p->reasons[k]));
        json_end_array(j);
        json_end_object(j);
    }
    json_end_array(j);
    json_field_int(j, "total", (int64_t)al->n_pairs);
    json_end_object(j);
}

bool store_alike(struct store *store, int64_t story, struct json *j, struct err *err)
{
    struct alike al = {.err = err, .db = store_read_begin(store, READ_LIMIT_MS, err)};
    bool ok = al.db && load_two(&al) && load_actors(&al, story);
    if (al.db)
        store_read_end(store, al.db);
    if (ok) {
        meet_all(&al);
        if (al.n_pairs)
            qsort(al.pairs, al.n_pairs, sizeof *al.pairs, likeliest_first);
        write_pairs(&al, j);
    }
    arena_finish(&al.arena);
    return ok;
}
