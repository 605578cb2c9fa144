/* Statements of a story into the tables. What a row will hold is made before the store is locked;
 * rows that are as they should be are left alone, and the search index gets them all at once
 * (engine.h). */
#include "store/story/saving.h"

#include <stdlib.h>

/* ------------------------------------------------------------------------- before the store is */

static struct str render_spans(struct saving *s, size_t article, const struct spans *spans,
                               struct buf *out)
{
    out->n = 0;
    struct json j = json_begin(out);
    json_array(&j);
    for (size_t i = 0; i < spans->n; i++) {
        json_array(&j);
        json_int(&j, saving_point(s, article, spans->v[i].start));
        json_int(&j, saving_point(s, article, spans->v[i].end));
        json_end_array(&j);
    }
    json_end_array(&j);
    return arena_str(&s->arena, buf_str(out));
}

/* Empty where the row's numbers tell them. */
static struct str render_words(struct saving *s, size_t article, const struct spans *content)
{
    struct buf out = {0};
    for (size_t i = 0; i < content->n; i++) {
        buf_add(&out, i ? S(" … ") : S(""));
        buf_add(&out, str_slice(s->indexes[article].text, content->v[i].start, content->v[i].end));
    }
    struct str words = arena_str(&s->arena, buf_str(&out));
    buf_finish(&out);
    return words;
}

/* `from`: what a single span's beginning is counted from. An empty one is a list, too, for it has
 * a place. */
static struct placed place_spans(struct saving *s, size_t article, const struct spans *spans,
                                 int64_t from)
{
    struct placed placed = {0};
    if (spans->n == 1 && spans->v[0].start < spans->v[0].end) {
        placed.at = saving_point(s, article, spans->v[0].start) - from;
        placed.length = saving_point(s, article, spans->v[0].end) - from - placed.at;
    } else if (spans->n) {
        struct buf out = {0};
        placed.list = render_spans(s, article, spans, &out);
        buf_finish(&out);
    }
    return placed;
}

static struct statement_row row_of(struct saving *s, size_t article, size_t n)
{
    const struct compare_article *from = &s->c->input->articles[article];
    const struct lang_statement *st = &from->reading->statements[n];
    int64_t start = st->content.n ? saving_point(s, article, st->content.v[0].start) : 0;
    return (struct statement_row){
        .id = from->statement_ids[n],
        .article = article,
        .statement = st,
        .status = from->statement_status ? from->statement_status[n] : STATUS_PROPOSED,
        .content = place_spans(s, article, &st->content, start),
        .source = place_spans(s, article, &st->source, start),
        .cue = place_spans(s, article, &st->cue, start),
        .words = st->content.n > 1 ? render_words(s, article, &st->content) : (struct str){0},
    };
}

static void place_in_utterances(struct saving *s, const size_t *first)
{
    for (size_t i = 0; i < s->c->n_utterances; i++) {
        const struct utterance *u = &s->c->utterances[i];
        for (size_t k = 0; k < u->n_wordings; k++) {
            const struct wording *w = &u->wordings[k];
            struct statement_row *row = &s->rows[first[w->article] + w->statement];
            row->utterance = u->id;
            row->wording = w;
            row->others = (int64_t)u->n_wordings - 1;
        }
    }
}

static int by_id(const void *a, const void *b)
{
    int64_t x = (*(struct statement_row *const *)a)->id,
            y = (*(struct statement_row *const *)b)->id;
    return (x > y) - (x < y);
}

static void order_rows(struct saving *s)
{
    s->by_id = arena_array(&s->arena, s->n_rows + 1, sizeof(struct statement_row *));
    for (size_t i = 0; i < s->n_rows; i++)
        s->by_id[i] = &s->rows[i];
    if (s->n_rows)
        qsort(s->by_id, s->n_rows, sizeof *s->by_id, by_id);
}

struct statement_row *saving_row(const struct saving *s, int64_t id)
{
    struct statement_row key = {.id = id}, *wanted = &key;
    struct statement_row **found =
        s->n_rows ? bsearch(&wanted, s->by_id, s->n_rows, sizeof *s->by_id, by_id) : NULL;
    return found ? *found : NULL;
}

void prepare_statements(struct saving *s)
{
    const struct compare_input *in = s->c->input;
    size_t *first = arena_array(&s->arena, in->n_articles + 1, sizeof *first);
    for (size_t i = 0; i < in->n_articles; i++)
        first[i + 1] = first[i] + in->articles[i].reading->n_statements;
    s->rows = arena_array(&s->arena, first[in->n_articles] + 1, sizeof *s->rows);
    for (size_t i = 0; i < in->n_articles; i++)
        for (size_t k = 0; k < in->articles[i].reading->n_statements; k++)
            s->rows[s->n_rows++] = row_of(s, i, k);
    place_in_utterances(s, first);
    order_rows(s);
    prepare_worth(s);
}

/* ------------------------------------------------------------------------------------ in there */

static void bind_spans(struct query *q, const struct statement_row *row)
{
    query_int(q, ":length", row->content.length);
    query_str(q, ":words", row->words);
    query_str_opt(q, ":content_list", row->content.list);
    query_int(q, ":source_at", row->source.at);
    query_int(q, ":source_length", row->source.length);
    query_str_opt(q, ":source_list", row->source.list);
    query_int(q, ":cue_at", row->cue.at);
    query_int(q, ":cue_length", row->cue.length);
    query_str_opt(q, ":cue_list", row->cue.list);
}

static void bind_row(struct query *q, const struct saving *s, const struct statement_row *row)
{
    const struct compare_article *from = &s->c->input->articles[row->article];
    const struct lang_statement *st = row->statement;
    query_int(q, ":id", row->id);
    query_int(q, ":article", from->id);
    query_int(q, ":story", s->story->id);
    query_int(q, ":start",
              st->content.n ? saving_point(s, row->article, st->content.v[0].start) : 0);
    query_int(q, ":kind", st->kind);
    query_str_opt(q, ":speaker", saving_key(from->reading, st->speaker));
    query_str_opt(q, ":via", saving_key(from->reading, st->via));
    query_str(q, ":channel", st->channel);
    query_str(q, ":said_on", st->said_on);
    query_int(q, ":confidence", saving_millionths((double)st->confidence));
    query_str(q, ":rule", str_of(st->rule ? st->rule : ""));
    query_int(q, ":status", row->status);
    query_int_opt(q, ":utterance", row->utterance);
    query_int(q, ":variant", row->wording ? 1 + (int64_t)row->wording->variant : 0);
    query_int(q, ":fullest", row->wording && row->wording->fullest);
    query_int(q, ":worth", row->worth);
    bind_spans(q, row);
}

/* The ids of the rows that are to stay, whose words change, or whose words come. */
enum which { ROWS_ALL, ROWS_OUT, ROWS_IN };

static bool is_of(const struct statement_row *row, enum which which)
{
    if (which == ROWS_OUT)
        return row->is_there && !row->same_words;
    return which == ROWS_ALL || !row->same_words;
}

static struct ids ids_of(struct saving *s, enum which which)
{
    int64_t *ids = arena_array(&s->arena, s->n_rows + 1, sizeof *ids);
    size_t n = 0;
    for (size_t i = 0; i < s->n_rows; i++)
        if (is_of(&s->rows[i], which))
            ids[n++] = s->rows[i].id;
    return (struct ids){ids, n};
}

static bool are_numbers(struct query *q, int column, const int64_t *numbers, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (query_get_int(q, column + (int)i) != numbers[i])
            return false;
    return true;
}

/* A row whose article's text is another now holds its words. */
#define WORDS_COLUMNS "article, start, length, content_list, kept_words"

static bool has_words(struct query *q, int column, const struct saving *s,
                      const struct statement_row *row)
{
    const struct lang_statement *st = row->statement;
    const int64_t numbers[] = {s->c->input->articles[row->article].id,
                               st->content.n ? saving_point(s, row->article, st->content.v[0].start)
                                             : 0,
                               row->content.length};
    return are_numbers(q, column, numbers, 3) &&
           str_eq(query_peek_str(q, column + 3), row->content.list) &&
           str_eq(query_peek_str(q, column + 4), row->words);
}

#define OTHER_COLUMNS                                                                              \
    "millionths, story, kind_number, status_number, utterance, variant_number, fullest,"           \
    " source_at, source_length, cue_at, cue_length, speaker, via, channel, said_on, rule,"         \
    " source_list, cue_list, context"

static bool is_same(struct query *q, int column, const struct saving *s,
                    const struct statement_row *row)
{
    enum { NUMBERS = 10, TEXTS = 8 };
    const struct lang_reading *reading = s->c->input->articles[row->article].reading;
    const struct lang_statement *st = row->statement;
    const int64_t numbers[NUMBERS] = {s->story->id,
                                      st->kind,
                                      row->status,
                                      row->utterance,
                                      row->wording ? 1 + (int64_t)row->wording->variant : 0,
                                      row->wording && row->wording->fullest,
                                      row->source.at,
                                      row->source.length,
                                      row->cue.at,
                                      row->cue.length};
    const struct str texts[TEXTS] = {saving_key(reading, st->speaker),
                                     saving_key(reading, st->via),
                                     st->channel,
                                     st->said_on,
                                     str_of(st->rule ? st->rule : ""),
                                     row->source.list,
                                     row->cue.list,
                                     S("")};
    bool same = query_get_int(q, column) == saving_millionths((double)st->confidence) &&
                are_numbers(q, column + 1, numbers, NUMBERS);
    for (int i = 0; same && i < TEXTS; i++)
        same = str_eq(query_peek_str(q, column + 1 + NUMBERS + i), texts[i]);
    return same;
}

/* How the rows stand in the table now: asked for at once, since on a server each question is waited
 * for. */
static bool look_up(struct saving *s)
{
    struct ids all = ids_of(s, ROWS_ALL);
    struct query q = query_begin(s->db, "SELECT id, " WORDS_COLUMNS ", " OTHER_COLUMNS
                                        " FROM statements WHERE id IN " SAVING_AMONG);
    query_str(&q, ":ids", saving_list(s, &all));
    while (query_step(&q)) {
        struct statement_row *found = saving_row(s, query_get_int(&q, 0));
        if (!found)
            continue;
        found->is_there = true;
        found->same_words = has_words(&q, 1, s, found);
        found->same = found->same_words && is_same(&q, 6, s, found);
    }
    return query_end(&q, s->err);
}

/* As schema/019-numbers.sql has them. */
#define RULE_NUMBER                                                                                \
    "CASE :rule WHEN 'reader.model' THEN 1 WHEN 'reader.model.nested' THEN 2"                      \
    " WHEN 'reader.noun' THEN 3 WHEN 'reader.late' THEN 4 WHEN 'reader.clause' THEN 5"             \
    " WHEN 'reader.passive' THEN 6 WHEN 'reader.participle' THEN 7 WHEN 'reader.second' THEN 8"    \
    " WHEN 'reader.quote.after' THEN 9 WHEN 'reader.quote.before' THEN 10"                         \
    " WHEN 'reader.quote.naming' THEN 11 WHEN 'reader.quote.turn' THEN 12"                         \
    " WHEN 'reader.quote.signature' THEN 13 WHEN 'reader.transcript' THEN 14"                      \
    " WHEN 'reader.question' THEN 15 WHEN 'reader.answer' THEN 16 ELSE 0 END"
#define RULE_TEXT "CASE WHEN " RULE_NUMBER " = 0 THEN :rule ELSE '' END"

static bool save_row(struct saving *s, const struct statement_row *row)
{
    struct query q = query_begin(
        s->db,
        "INSERT INTO statement_rows (id, article, story, start, length, source_at, source_length,"
        " cue_at, cue_length, source_list, cue_list, content_list, kept_words, kind_number,"
        " speaker_number, via_number, channel, said_on, millionths, rule_number, rule_text, "
        "status_number, utterance,"
        " variant_number, fullest, worth_number) VALUES (:id, :article, :story, :start, :length, "
        ":source_at,"
        " :source_length, :cue_at, :cue_length, :source_list, :cue_list, :content_list, :words,"
        " :kind,"
        " (SELECT number FROM actors WHERE key = :speaker), (SELECT number FROM actors WHERE key = "
        ":via), :channel, :said_on, :confidence, " RULE_NUMBER ", " RULE_TEXT ","
        " :status, :utterance, :variant, :fullest, :worth) ON CONFLICT (id) DO UPDATE SET"
        " article = excluded.article, story = excluded.story, start = excluded.start,"
        " length = excluded.length, source_at = excluded.source_at,"
        " source_length = excluded.source_length, cue_at = excluded.cue_at,"
        " cue_length = excluded.cue_length, source_list = excluded.source_list,"
        " cue_list = excluded.cue_list, content_list = excluded.content_list,"
        " kept_words = excluded.kept_words,"
        " kind_number = excluded.kind_number, speaker_number = excluded.speaker_number, via_number "
        "= excluded.via_number,"
        " channel = excluded.channel, said_on = excluded.said_on,"
        " millionths = excluded.millionths, rule_number = excluded.rule_number,"
        " rule_text = excluded.rule_text, status_number = excluded.status_number,"
        " utterance = excluded.utterance, variant_number = excluded.variant_number,"
        " fullest = excluded.fullest, context = ''");
    bind_row(&q, s, row);
    return query_do(&q, s->err);
}

static bool save_stances(struct saving *s, const struct statement_row *row)
{
    const struct lang_statement *st = row->statement;
    struct query q = query_begin(s->db, "INSERT INTO stance_rows (statement, issue_number,"
                                        " stance_number, condition, millionths) SELECT :id,"
                                        " number, :stance, :condition, :confidence FROM issues"
                                        " WHERE key = :issue ON CONFLICT DO NOTHING");
    for (size_t i = 0; i < st->n_positions; i++) {
        query_int(&q, ":id", row->id);
        query_str(&q, ":issue", st->positions[i].issue);
        query_int(&q, ":stance", st->positions[i].stance);
        query_str(&q, ":condition", st->positions[i].condition);
        query_int(&q, ":confidence", saving_millionths((double)st->positions[i].confidence));
        query_again(&q);
    }
    return query_end(&q, s->err);
}

static bool save_statement(struct saving *s, const struct statement_row *row)
{
    return (row->same || save_row(s, row)) && save_stances(s, row);
}

static bool index_words(struct saving *s, struct ids ids, bool add)
{
    struct engine_rows rows = {ROWS_OF_STATEMENTS, ids.v, ids.n};
    return s->db->engine->index(s->db->link, &rows, add, s->err);
}

/* Statements that were stored and are no more. */
static bool drop_gone(struct saving *s)
{
    struct ids stay = ids_of(s, ROWS_ALL), gone;
    if (s->story->n_old == 0)
        return true;
    struct query q = query_begin(s->db, "SELECT id FROM statement_rows WHERE article IN (SELECT id "
                                        "FROM articles WHERE story = :story)");
    query_int(&q, ":story", s->story->id);
    return saving_gone(s, &q, stay.v, stay.n, &gone) && index_words(s, gone, false) &&
           saving_delete(s, "DELETE FROM statement_rows WHERE id = :id", &gone);
}

/* What hangs on the story's statements goes first, in the order of the references. */
static bool clear_derived(struct saving *s)
{
    static const char of_statements[] = "DELETE FROM stance_rows WHERE statement IN"
                                        " (SELECT id FROM statement_rows WHERE article IN (SELECT "
                                        "id FROM articles WHERE story = :id))";
    static const char *const clear[] = {"DELETE FROM position_rows WHERE story = :id",
                                        "DELETE FROM conflicts WHERE story = :id", of_statements};
    for (size_t i = 0; i < sizeof clear / sizeof *clear; i++) {
        struct query q = query_begin(s->db, clear[i]);
        query_int(&q, ":id", s->story->id);
        if (!query_do(&q, s->err))
            return false;
    }
    return true;
}

bool save_statements(struct saving *s)
{
    bool ok = clear_derived(s) && drop_gone(s) && look_up(s) &&
              index_words(s, ids_of(s, ROWS_OUT), false);
    for (size_t i = 0; ok && i < s->n_rows; i++)
        ok = save_statement(s, &s->rows[i]);
    return ok && index_words(s, ids_of(s, ROWS_IN), true);
}
