/* Whatever people do, in any order, can be taken back: sequences of decisions, undoing, redoing,
 * reading again and new reports over made-up stories. Taking everything back gives the store as it
 * was, to the byte, and bringing it back what it had become; ids stay; nothing refers to nothing.
 *
 * SYNOPTIC_SEQUENCES=10000 runs so many (FROM=n: beginning with the one of that seed); a failure
 * names its seed and what was done. */
#include "store/db/db.h"
#include "support/address.h"
#include "support/world.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FEW = 20, MOST_STEPS = 14 };

static struct stored s;
static struct world w;
static struct arena arena; /* of one sequence */
static struct buf told;    /* what was done in it */
static uint64_t seed;

#define expect(condition, ...)                                                                     \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            fprintf(stderr, "sequence %llu:\n%.*s", (unsigned long long)seed,                      \
                    STR_ARG(buf_str(&told)));                                                      \
            ck_abort_msg(__VA_ARGS__);                                                             \
        }                                                                                          \
    } while (0)

/* ------------------------------------------------------------------------------------- choosing */

/* One of the rows of the literal at random, its first column; empty: there is none. */
static struct str pick(const char *sql)
{
    struct err err = {0};
    struct str *all = NULL;
    size_t n = 0, cap = 0;
    struct db *db = store_read_begin(s.store, 0, &err);
    struct query q = query_begin(db, sql);
    while (query_step(&q)) {
        all = arena_grow(&arena, all, n, &cap, sizeof *all);
        all[n++] = query_get_str(&q, 0, &arena);
    }
    ck_assert_msg(query_end(&q, &err), "%s: %s", sql, err.message);
    store_read_end(s.store, db);
    return n ? all[world_random(&w, n)] : (struct str){0};
}

/* What a placeholder stands for. */
static const struct {
    char letter;
    const char *sql;
} kinds[] = {
    {'s', "SELECT id FROM statements WHERE story > 0 ORDER BY id"},
    {'S', "SELECT DISTINCT st.id FROM statement_positions p JOIN statements st ON"
          " st.id = p.statement WHERE st.story > 0 ORDER BY 1"},
    {'a', "SELECT id FROM articles WHERE story > 0 ORDER BY id"},
    {'t', "SELECT id FROM stories WHERE articles > 0 ORDER BY id"},
    {'k', "SELECT key FROM actors WHERE stories > 0 ORDER BY key"},
    {'i', "SELECT DISTINCT issue FROM story_issues ORDER BY 1"},
    {'u', "SELECT id FROM utterances ORDER BY id"},
    {'c', "SELECT id FROM conflicts ORDER BY id"},
    {'n', "SELECT text FROM actor_names ORDER BY 1"},
    {'w', "VALUES ('support'), ('oppose'), ('conditional'), ('neutral'), ('denies')"},
    {'N', "VALUES ('Edda Storm'), ('Pia Holt'), ('Reed'), ('The Valley Board')"},
    {'T', "VALUES ('A toll on lorries'), ('The night ferry'), ('Jobs at sea'), ('The bridge')"},
    {'x', "VALUES ('toll'), ('ferry'), ('lorries'), ('jobs')"},
    {'O', "SELECT DISTINCT outlet FROM articles WHERE story > 0 AND outlet IS NOT NULL ORDER BY 1"},
    {'o', "VALUES ('Selby Gazette'), ('Valley Post'), ('Nobody''s Paper'), ('')"},
};

static void put_span(struct buf *out)
{
    size_t start = world_random(&w, 320);
    buf_fmt(out, "{\"start\":%zu,\"end\":%zu}", start, start + 4 + world_random(&w, 60));
}

/* The template with its placeholders filled in; empty: there is nothing of a kind. */
static struct str fill_in(const char *template)
{
    struct buf out = {0};
    bool ok = true;
    for (const char *p = template; ok && *p; p++) {
        if (*p != '%') {
            buf_char(&out, *p);
            continue;
        }
        if (*++p == 'p')
            put_span(&out);
        for (size_t i = 0; *p != 'p' && i < sizeof kinds / sizeof *kinds; i++) {
            if (kinds[i].letter != *p)
                continue;
            struct str one = pick(kinds[i].sql);
            ok = one.n || *p == 'o';
            buf_add(&out, one);
        }
    }
    struct str text = ok ? arena_str(&arena, buf_str(&out)) : (struct str){0};
    buf_finish(&out);
    return text;
}

static const struct {
    const char *type, *id, *action, *value;
} deeds[] = {
    {"statement", "%s", "confirm", "{}"},
    {"statement", "%s", "reject", "{}"},
    {"statement", "%s", "edit", "{\"speaker\":\"%k\"}"},
    {"statement", "%s", "edit", "{\"speaker\":null}"},
    {"statement", "%s", "edit", "{\"speaker\":{\"name\":\"%N\",\"kind\":\"person\"}}"},
    {"statement", "%s", "edit", "{\"via\":\"%k\",\"channel\":\"radio\"}"},
    {"statement", "%s", "edit", "{\"kind\":\"indirect\",\"said_on\":\"2025-03-01\"}"},
    {"statement", "%s", "edit", "{\"content\":[%p]}"},
    {"statement", "%s", "edit", "{\"source\":[%p],\"cue\":[%p]}"},
    {"statement", "%s", "edit", "{\"issue\":\"%i\",\"stance\":\"%w\",\"condition\":\"if paid\"}"},
    {"statement", "%s", "edit", "{\"issue\":\"%i\",\"stance\":null}"},
    {"statement", "%s", "edit", "{\"positions\":[{\"issue\":\"%i\",\"stance\":\"%w\"}]}"},
    {"statement", "%s", "add", "{\"article\":%a,\"content\":[%p],\"speaker\":\"%k\"}"},
    {"utterance", "%u", "merge", "{\"with\":%u}"},
    {"utterance", "%u", "split", "{\"statement\":%s}"},
    {"conflict", "%c", "confirm", "{}"},
    {"conflict", "%c", "dismiss", "{}"},
    {"issue", "\"\"", "add", "{\"title\":\"%T\",\"terms\":[\"%x\"],\"story\":%t}"},
    {"issue", "\"%i\"", "edit", "{\"title\":\"%T\"}"},
    {"issue", "\"%i\"", "edit", "{\"terms\":[\"%x\",\"%x\"],\"sort\":\"fact\"}"},
    {"issue", "\"%i\"", "dismiss", "{}"},
    {"issue", "\"%i\"", "merge", "{\"into\":\"%i\"}"},
    {"issue", "\"%i\"", "split", "{\"title\":\"%T\",\"statements\":[%S]}"},
    {"issue", "\"%i\"", "split", "{\"title\":\"%T\",\"terms\":[\"%x\"],\"statements\":[%S]}"},
    {"actor", "\"%k\"", "edit", "{\"name\":\"%N\"}"},
    {"actor", "\"%k\"", "edit", "{\"kind\":\"group\",\"role\":\"witness\"}"},
    {"actor", "\"%k\"", "edit", "{\"of\":\"%k\"}"},
    {"actor", "\"%k\"", "edit", "{\"names\":[\"%N\",\"%n\"]}"},
    {"actor", "\"%k\"", "edit", "{\"names\":[]}"},
    {"actor", "\"%k\"", "merge", "{\"into\":\"%k\"}"},
    {"actor", "\"%k\"", "split", "{\"name\":\"%N\",\"names\":[\"%n\"]}"},
    {"actor", "\"%k\"", "split", "{\"name\":\"%N\",\"statements\":[%s]}"},
    {"actor", "\"%k\"", "dismiss", "{}"},
    {"actor", "\"\"", "add",
     "{\"actors\":[{\"name\":\"%N\",\"kind\":\"person\",\"role\":\"witness\",\"names\":[\"%n\"]},"
     "{\"key\":\"%k\",\"of\":\"%k\",\"wikidata\":\"Q7\"}]}"},
    {"actor", "\"%k\"", "reject", "{\"as\":\"%k\"}"},
    {"article", "%a", "confirm", "{}"},
    {"article", "%a", "edit", "{\"title\":\"%T\",\"published\":\"2025-02-02\"}"},
    {"article", "%a", "edit", "{\"outlet\":\"%o\",\"byline\":\"%N\"}"},
    {"article", "%a", "edit", "{\"story\":%t}"},
    {"article", "%a", "edit", "{\"story\":null}"},
    {"article", "%a", "dismiss", "{}"},
    {"story", "%t", "edit", "{\"title\":\"%T\"}"},
    {"story", "%t", "merge", "{\"with\":%t}"},
    {"story", "%t", "split", "{\"articles\":[%a,%a]}"},
    {"story", "%t", "merge", "{\"with\":[%t,%t]}"},
    {"story", "%t", "dismiss", "{}"},
    {"outlet", "%O", "edit", "{\"name\":\"%o\"}"},
    {"outlet", "%O", "edit", "{\"name\":\"%T\",\"domain\":\"paper.example\"}"},
    {"outlet", "%O", "merge", "{\"into\":%O}"},
};

/* ---------------------------------------------------------------------------------- ids that stay
 */

/* Statements by article and words. */
struct known {
    struct known_statement {
        int64_t id, article;
        struct str words;
    } * v;
    size_t n, cap;
};

static struct known known_now(void)
{
    struct err err = {0};
    struct known k = {0};
    struct db *db = store_read_begin(s.store, 0, &err);
    struct query q = query_begin(
        db,
        "SELECT s.id, s.article, w.words FROM statements s JOIN statement_words w ON w.id = s.id"
        " ORDER BY s.id");
    while (query_step(&q)) {
        k.v = arena_grow(&arena, k.v, k.n, &k.cap, sizeof *k.v);
        k.v[k.n++] = (struct known_statement){query_get_int(&q, 0), query_get_int(&q, 1),
                                              query_get_str(&q, 2, &arena)};
    }
    ck_assert_msg(query_end(&q, &err), "%s", err.message);
    store_read_end(s.store, db);
    return k;
}

static bool same_words(const struct known_statement *a, const struct known_statement *b)
{
    return a->article == b->article && str_eq(a->words, b->words);
}

static size_t with_words(const struct known *k, const struct known_statement *of, int64_t id)
{
    size_t n = 0;
    for (size_t i = 0; i < k->n; i++)
        n += same_words(&k->v[i], of) && (id == 0 || k->v[i].id == id);
    return n;
}

/* The same words in the same article are the same statement. */
static void expect_ids(const struct known *was, const struct known *is)
{
    for (size_t i = 0; i < was->n; i++) {
        const struct known_statement *one = &was->v[i];
        if (with_words(was, one, 0) == 1 && with_words(is, one, 0) == 1)
            expect(with_words(is, one, one->id) == 1, "statement %lld (\"%.*s\") has another id",
                   (long long)one->id, STR_ARG(one->words));
    }
}

/* ------------------------------------------------------------------------------------------ steps
 */

static void expect_same(struct str was, struct str is, const char *what)
{
    size_t at = 0;
    while (at < was.n && at < is.n && was.p[at] == is.p[at])
        at++;
    size_t from = at > 300 ? at - 300 : 0;
    expect(str_eq(was, is), "%s: was\n%.*s\n\nis\n%.*s", what,
           STR_ARG(str_slice(was, from, at + 100)), STR_ARG(str_slice(is, from, at + 100)));
}

static bool may_be(const struct err *err)
{
    return err->kind == ERR_INVALID || err->kind == ERR_MISSING || err->kind == ERR_CONFLICT;
}

/* A decision at random; it may be one that does not fit. */
static void decide(void)
{
    size_t which = world_random(&w, sizeof deeds / sizeof *deeds);
    struct str id = fill_in(deeds[which].id), value = fill_in(deeds[which].value);
    struct err err = {0};
    int64_t entry = 0;
    if (!id.n || !value.n)
        return;
    cJSON *target = cJSON_Parse(id.p), *tree = cJSON_Parse(value.p);
    ck_assert_msg(target && tree, "%s %s", id.p, value.p);
    struct store_decision d = {.action = str_of(deeds[which].action),
                               .target = str_of(deeds[which].type),
                               .id = cJSON_IsNumber(target) ? (int64_t)target->valuedouble : 0,
                               .key = cJSON_IsString(target) ? str_of(target->valuestring)
                                                             : (struct str){0},
                               .value = tree};
    bool ok = ingest_decide(s.store, &d, &entry, &err);
    buf_fmt(&told, "  %s %s %s %s: %s\n", deeds[which].action, deeds[which].type, id.p, value.p,
            ok ? "done" : err.message);
    expect(ok || may_be(&err), "%s", err.message);
    cJSON_Delete(target);
    cJSON_Delete(tree);
}

/* Back or forth, of one decision or of the newest; false: there is nothing. */
static bool turn(bool back, int64_t about)
{
    struct store_turn turn = {.about = about};
    struct err err = {0};
    bool ok = ingest_turn(s.store, back, &turn, &err);
    buf_fmt(&told, "  %s %lld: %s\n", back ? "undo" : "redo", (long long)(ok ? turn.about : about),
            ok ? "done" : err.message);
    expect(ok || may_be(&err), "%s", err.message);
    return ok;
}

/* One of the journal, back or forth. */
static void turn_one(void)
{
    struct str one = pick("SELECT id FROM decisions WHERE target <> 'decision' ORDER BY id");
    uint64_t id = 0;
    if (str_to_u64(one, &id) && id)
        turn(world_random(&w, 3) > 0, (int64_t)id);
}

static void read_again(void)
{
    struct err err = {0};
    int64_t id;
    bool left = true;
    struct reread_options options = {.threads = 1};
    bool ok = store_reread_begin(s.store, 0, &id, &err) &&
              ingest_reread(s.store, &options, &left, &err) && !left;
    expect(ok || err.kind == ERR_MISSING, "reading again: %s", err.message); /* nothing is there */
}

/* Returns whether it is something that is not taken back. */
static bool step(void)
{
    size_t dice = world_random(&w, 100);
    bool brings = false;
    if (dice < 72) {
        decide();
    } else if (dice < 82) {
        turn(true, 0);
    } else if (dice < 88) {
        turn(false, 0);
    } else if (dice < 92) {
        turn_one();
    } else if (dice < 96) {
        buf_fmt(&told, "  reread\n");
        read_again();
    } else {
        buf_fmt(&told, "  %s\n", dice < 98 ? "new report" : "new version");
        world_bring(&w, dice >= 98);
        brings = true;
    }
    return brings;
}

static void expect_sound(void)
{
    struct str found = world_dangling(&s, &arena);
    expect(found.n == 0, "%.*s", STR_ARG(found));
}

/* ------------------------------------------------------------------------------------- sequences
 */

static size_t all_back(void)
{
    size_t n = 0;
    while (turn(true, 0))
        n++;
    return n;
}

/* All back is as it was, unless something came that stays; all forth is as it had become. */
static void expect_turns(const struct buf *first, bool brought)
{
    struct buf last = world_snapshot(&s);
    size_t n = all_back();
    struct buf back = world_snapshot(&s);
    if (!brought)
        expect_same(buf_str(first), buf_str(&back), "everything taken back");
    expect_sound();
    for (size_t i = 0; i < n; i++)
        expect(turn(false, 0), "what was taken back cannot be made again");
    struct buf forth = world_snapshot(&s);
    expect_same(buf_str(&last), buf_str(&forth), "everything made again");
    expect_sound();
    buf_finish(&forth);
    expect(all_back() == n, "another number taken back");
    forth = world_snapshot(&s);
    expect_same(buf_str(&back), buf_str(&forth), "everything taken back once more");
    read_again();
    buf_finish(&forth);
    forth = world_snapshot(&s);
    expect_same(buf_str(&back), buf_str(&forth), "everything taken back and read again");
    buf_finish(&forth);
    buf_finish(&last);
    buf_finish(&back);
}

static void run_sequence(uint64_t number)
{
    seed = number;
    stored_setup(&s);
    w = (struct world){.stored = &s, .state = number * 0x9E3779B97F4A7C15u + 1};
    for (size_t i = 0, n = 3 + world_random(&w, 4); i < n; i++)
        world_bring(&w, false);
    struct buf first = world_snapshot(&s);
    bool brought = false;
    for (size_t i = 0, n = 2 + world_random(&w, MOST_STEPS); i < n; i++) {
        struct known was = known_now();
        brought |= step();
        struct known is = known_now();
        expect_ids(&was, &is);
        expect_sound();
    }
    expect_turns(&first, brought);
    buf_finish(&first);
    buf_finish(&told);
    arena_finish(&arena);
    told = (struct buf){0};
    arena = (struct arena){0};
    stored_verify(&s);
    stored_teardown(&s);
}

static uint64_t number_from(const char *name, uint64_t otherwise)
{
    const char *text = getenv(name);
    uint64_t number = 0;
    return text && str_to_u64(str_of(text), &number) ? number : otherwise;
}

START_TEST(test_sequences)
{
    uint64_t from = number_from("FROM", 1),
             n = number_from("SYNOPTIC_SEQUENCES", address_is_file() ? FEW : FEW / 4);
    for (uint64_t i = 0; i < n; i++)
        run_sequence(from + i);
}
END_TEST

/* Those that went wrong among thousands. */
START_TEST(test_once_wrong)
{
    static const uint64_t numbers[] = {3841, 7362, 23936, 25347, 4515, 41964, 44641};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        run_sequence(numbers[i]);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("sequences");
    TCase *t = tcase_create("sequences");
    tcase_set_timeout(t, getenv("SYNOPTIC_SEQUENCES") ? 0 : 120);
    tcase_add_test(t, test_sequences);
    if (!getenv("SYNOPTIC_SEQUENCES") && address_is_file())
        tcase_add_test(t, test_once_wrong);
    suite_add_tcase(suite, t);
    return support_run(suite);
}
