/* The whole comparison over readings made of bytes: a form feed parts articles, and a line that
 * begins with a digit is a statement by that actor (its first word a mention, and its cue). */
#include "compare/compare.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { MOST_ARTICLES = 6, MOST_LINES = 40, ACTORS = 10 };

static struct lang_actor *make_actors(struct arena *a)
{
    static const char names[ACTORS][8] = {"Rubio", "Lammy", "BBC", "US",   "Trump",
                                          "Kyiv",  "A",     "Bo",  "Ünal", ""};
    struct lang_actor *all = arena_array(a, ACTORS, sizeof *all);
    for (size_t i = 0; i < ACTORS; i++) {
        struct str name = str_of(names[i]);
        all[i] = (struct lang_actor){
            .key = name, .name = name, .kind = (enum actor_kind)(i % ACTOR_KIND_COUNT)};
        all[i].of = i % 3 ? str_of(names[3]) : (struct str){0};
    }
    return all;
}

static struct spans one_span(struct arena *a, size_t start, size_t end)
{
    struct span *s = arena_alloc(a, sizeof *s);
    *s = (struct span){(uint32_t)start, (uint32_t)end};
    return (struct spans){s, 1};
}

static void add_statement(struct arena *a, struct lang_reading *r, size_t start, size_t end)
{
    struct lang_statement *st = &r->statements[r->n_statements++];
    struct str line = str_slice(r->text, start, end);
    size_t word = str_find_char(line, ' ', 0);
    word = word == STR_NONE ? line.n : word;
    *st = (struct lang_statement){.kind = (enum statement_kind)(line.n % STATEMENT_KIND_COUNT),
                                  .via = NO_ACTOR,
                                  .rule = "fuzz"};
    st->speaker = line.p[0] == '9' ? NO_ACTOR : line.p[0] - '0';
    st->cue = one_span(a, start, start + word);
    st->content = one_span(a, start + word, end);
    st->channel = line.n % 5 ? (struct str){0} : S("X");
    st->said_on = line.n % 7 ? (struct str){0} : S("2031-03-04");
    st->positions = arena_alloc(a, sizeof *st->positions);
    st->positions[0] =
        (struct lang_position){S("issue"), (enum stance)(line.n % STANCE_COUNT), {0}, 0};
    st->n_positions = 1;
    r->mentions[r->n_mentions++] = (struct lang_mention){
        {(uint32_t)start, (uint32_t)(start + word)}, st->speaker, READING_ACTOR};
}

static void make_reading(struct arena *a, struct str text, struct lang_reading *r)
{
    *r = (struct lang_reading){
        .text = text, .fully_read = text.n % 2, .actors = make_actors(a), .n_actors = ACTORS};
    r->statements = arena_array(a, MOST_LINES, sizeof *r->statements);
    r->mentions = arena_array(a, MOST_LINES, sizeof *r->mentions);
    for (size_t at = 0; at < text.n && r->n_statements < MOST_LINES;) {
        size_t end = str_find_char(text, '\n', at);
        end = end == STR_NONE ? text.n : end;
        if (end > at && text.p[at] >= '0' && text.p[at] <= '9')
            add_statement(a, r, at, end);
        at = end + 1;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena a = {0};
    struct compare_article articles[MOST_ARTICLES] = {0};
    struct lang_reading readings[MOST_ARTICLES];
    struct group_article grouped[MOST_ARTICLES];
    uint32_t story[MOST_ARTICLES];
    size_t n = 0, statements = 0, wordings = 0;
    int64_t ids[MOST_LINES];
    for (size_t i = 0; i < MOST_LINES; i++)
        ids[i] = (int64_t)i + 1;
    struct str rest = utf8_repair(&a, (struct str){(const char *)data, size}), text;
    while (n < MOST_ARTICLES && str_split(&rest, '\f', &text)) {
        make_reading(&a, text, &readings[n]);
        statements += readings[n].n_statements;
        articles[n] =
            (struct compare_article){.id = (int64_t)n + 1,
                                     .title = str_slice(text, 0, str_find_char(text, '\n', 0)),
                                     .reading = &readings[n],
                                     .statement_ids = ids};
        articles[n].published = n % 2 ? S("2031-03-05") : (struct str){0};
        grouped[n] = (struct group_article){articles[n].title, text, articles[n].published};
        n++;
    }
    struct compare_input in = {.articles = articles, .n_articles = n};
    struct comparison c;
    struct buf b = {0};
    compare_story(&a, &in, &c);
    for (size_t i = 0; i < c.n_utterances; i++)
        wordings += c.utterances[i].n_wordings;
    assert(wordings == statements);
    struct json j = json_begin(&b);
    compare_write(&c, OFFSET_UTF16, &j);
    assert(utf8_valid(buf_str(&b)));
    buf_finish(&b);
    compare_group(&a, grouped, n, story);
    for (size_t i = 0; i < n; i++)
        assert(story[i] < n);
    arena_finish(&a);
    return 0;
}
