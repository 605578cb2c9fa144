/* Issues, utterances, positions and conflicts of a story into the tables. */
#include "store/story/saving.h"

#include <stdlib.h>
#include <string.h>

/* -------------------------------------------------------------------------------------- issues */

static bool save_issue(struct saving *s, const struct lang_issue *issue)
{
    static const char *const rows[] = {
        "INSERT INTO issues (key, title, by, sort, number) VALUES (:key, :title, :by, :sort,"
        " (SELECT coalesce(max(number), 0) + 1 FROM issues)) ON CONFLICT DO NOTHING",
        "INSERT INTO story_issues (story, issue, title, by, sort) SELECT :story, key, :title, :by,"
        " :sort FROM issues WHERE key = :key ON CONFLICT DO NOTHING"};
    struct query q = {0};
    for (size_t i = 0; i < 2; i++) {
        q = query_begin(s->db, rows[i]);
        if (query_has(&q, ":story"))
            query_int(&q, ":story", s->story->id);
        query_str(&q, ":key", issue->id);
        query_str(&q, ":title", issue->title);
        query_str(&q, ":by", issue->by_person ? S("person") : S("engine"));
        query_str(&q, ":sort", str_of(issue_sort_names[issue->sort]));
        if (!query_do(&q, s->err))
            return false;
    }
    q = query_begin(s->db, "INSERT INTO issue_terms (story, issue, number, term)"
                           " VALUES (:story, :key, :number, :term)"
                           " ON CONFLICT DO NOTHING");
    for (size_t i = 0; i < issue->n_terms; i++) {
        query_int(&q, ":story", s->story->id);
        query_str(&q, ":key", issue->id);
        query_int(&q, ":number", (int64_t)i + 1);
        query_str(&q, ":term", issue->terms[i]);
        query_again(&q);
    }
    return query_end(&q, s->err);
}

/* An issue goes by what a person says of it in some story, else by what the oldest story says. */
static bool settle_issue(struct saving *s, struct str key)
{
    struct query q = query_begin(
        s->db, "UPDATE issues SET (title, by, sort) = (SELECT t.title, t.by, t.sort FROM"
               " story_issues t WHERE t.issue = :key AND t.title <> '' ORDER BY t.by DESC, t.story"
               " LIMIT 1) WHERE key = :key AND EXISTS (SELECT 1 FROM story_issues t"
               "  WHERE t.issue = :key AND t.title <> '')");
    query_str(&q, ":key", key);
    return query_do(&q, s->err);
}

/* The keys of the issues that the story has as it is stored. */
static bool stored_issues(struct saving *s, struct str **keys, size_t *n)
{
    size_t cap = 0;
    struct query q = query_begin(s->db, "SELECT issue FROM story_issues WHERE story = :story");
    query_int(&q, ":story", s->story->id);
    *n = 0;
    while (query_step(&q)) {
        *keys = arena_grow(&s->arena, *keys, *n, &cap, sizeof **keys);
        (*keys)[(*n)++] = query_get_str(&q, 0, &s->arena);
    }
    return query_end(&q, s->err);
}

bool save_issues(struct saving *s)
{
    const struct lang_issues *issues = s->c->input->issues;
    struct str *before = NULL;
    size_t n_before = 0;
    if (!stored_issues(s, &before, &n_before))
        return false;
    struct query q = query_begin(s->db, "DELETE FROM issue_terms WHERE story = :story");
    query_int(&q, ":story", s->story->id);
    if (!query_do(&q, s->err))
        return false;
    q = query_begin(s->db, "DELETE FROM story_issues WHERE story = :story");
    query_int(&q, ":story", s->story->id);
    if (!query_do(&q, s->err))
        return false;
    for (size_t i = 0; issues && i < issues->n; i++)
        if (!save_issue(s, &issues->v[i]) || !settle_issue(s, issues->v[i].id))
            return false;
    for (size_t i = 0; i < n_before; i++)
        if (!settle_issue(s, before[i]))
            return false;
    return true;
}

/* ----------------------------------------------------------------------------------- utterances */

static size_t count_outlets(const struct saving *s, const struct utterance *u)
{
    size_t n = 0;
    for (size_t i = 0; i < u->n_wordings; i++) {
        struct str outlet = s->c->input->articles[u->wordings[i].article].outlet;
        size_t k = 0;
        while (k < i && !str_eq(outlet, s->c->input->articles[u->wordings[k].article].outlet))
            k++;
        n += k == i;
    }
    return n;
}

/* As schema/015-lean.sql says: the letter of most articles, then one for each slot up to the last
 * that has another. */
static const char absence_letters[ABSENT_COUNT] = {'a', 'p', 'c', 'n'};

static char most_frequent(const struct saving *s, const struct utterance *u)
{
    size_t count[ABSENT_COUNT] = {0}, most = s->c->input->n_articles - u->n_absent;
    char letter = '.';
    for (size_t i = 0; i < u->n_absent; i++)
        count[u->absent[i].why]++;
    for (int why = 0; why < ABSENT_COUNT; why++)
        if (count[why] > most) {
            most = count[why];
            letter = absence_letters[why];
        }
    return letter;
}

static struct str absences_of(const struct saving *s, const struct utterance *u, char *letters)
{
    size_t n = s->n_slots + 1;
    memset(letters, most_frequent(s, u), n);
    for (size_t i = 0; i < s->c->input->n_articles; i++)
        letters[s->slots[i]] = '.';
    for (size_t i = 0; i < u->n_absent; i++)
        letters[s->slots[u->absent[i].article]] = absence_letters[u->absent[i].why];
    while (n > 1 && letters[n - 1] == letters[0])
        n--;
    return (struct str){letters, n};
}

/* As utterance_rows.rule tells them, from 1 on. */
static const char *const utterance_rules[] = {"alone", "same.words", "same.quotation", "same.act",
                                              "same.quotation.acting-for"};
enum { UTTERANCE_RULES = sizeof utterance_rules / sizeof *utterance_rules };

static void bind_rule(struct query *q, const char *rule)
{
    int number = 0;
    while (number < UTTERANCE_RULES && strcmp(utterance_rules[number], rule) != 0)
        number++;
    bool known = number < UTTERANCE_RULES;
    query_int(q, ":rule", known ? number + 1 : 0);
    query_str(q, ":rule_text", known ? S("") : str_of(rule));
}

static void bind_utterance(struct query *q, const struct saving *s, const struct utterance *u,
                           struct str absences)
{
    query_int(q, ":id", u->id);
    query_int(q, ":story", s->story->id);
    query_str_opt(q, ":speaker", u->speaker);
    query_str(q, ":issue", u->issue);
    query_str(q, ":said_on", u->said_on);
    bind_rule(q, u->rule ? u->rule : "");
    query_int(q, ":outlets", (int64_t)count_outlets(s, u));
    query_str(q, ":absent", absences);
}

#define UTTERANCE_COLUMNS                                                                          \
    "story, speaker_number, issue_number, said_on, rule_number, rule_text, outlets, absent"
#define UTTERANCE_VALUES                                                                           \
    ":story, (SELECT number FROM actors WHERE key = :speaker), (SELECT number FROM issues WHERE"   \
    " key = :issue), :said_on, :rule, :rule_text, :outlets, :absent"

static bool put_utterance(struct saving *s, const struct utterance *u, bool is_there,
                          struct str absences)
{
    struct query q = query_begin(s->db, is_there ? "UPDATE utterance_rows SET (" UTTERANCE_COLUMNS
                                                   ") = (" UTTERANCE_VALUES ") WHERE id = :id"
                                                 : "INSERT INTO utterance_rows (" UTTERANCE_COLUMNS
                                                   ", id) SELECT " UTTERANCE_VALUES ", :id");
    bind_utterance(&q, s, u, absences);
    return query_do(&q, s->err);
}

/* As the table has it, if it does. */
struct stored_utterance {
    bool is_there;
    int64_t story, outlets;
    struct str speaker, issue, said_on, rule, absent;
};

struct numbered {
    int64_t id;
    size_t number;
};

static int by_id(const void *a, const void *b)
{
    int64_t x = ((const struct numbered *)a)->id, y = ((const struct numbered *)b)->id;
    return (x > y) - (x < y);
}

/* By number in the comparison; asked for at once, since on a server each question is waited for. */
static bool stored_utterances(struct saving *s, struct stored_utterance *out)
{
    size_t n = s->c->n_utterances;
    int64_t *ids = arena_array(&s->arena, n + 1, sizeof *ids);
    struct numbered *numbers = arena_array(&s->arena, n + 1, sizeof *numbers), *found;
    for (size_t i = 0; i < n; i++) {
        ids[i] = s->c->utterances[i].id;
        numbers[i] = (struct numbered){ids[i], i};
    }
    qsort(numbers, n, sizeof *numbers, by_id);
    struct query q =
        query_begin(s->db, "SELECT id, story, outlets, coalesce(speaker, ''), coalesce(issue, ''),"
                           " said_on, rule, absent FROM utterances WHERE id IN " SAVING_AMONG);
    query_str(&q, ":ids", saving_list(s, &(struct ids){ids, n}));
    while (query_step(&q)) {
        struct numbered key = {.id = query_get_int(&q, 0)};
        if ((found = bsearch(&key, numbers, n, sizeof *numbers, by_id)) != NULL)
            out[found->number] = (struct stored_utterance){true,
                                                           query_get_int(&q, 1),
                                                           query_get_int(&q, 2),
                                                           query_get_str(&q, 3, &s->arena),
                                                           query_get_str(&q, 4, &s->arena),
                                                           query_get_str(&q, 5, &s->arena),
                                                           query_get_str(&q, 6, &s->arena),
                                                           query_get_str(&q, 7, &s->arena)};
    }
    return query_end(&q, s->err);
}

/* Most utterances of a large story are as they were. */
static bool save_utterance(struct saving *s, const struct utterance *u,
                           const struct stored_utterance *was, struct str absences)
{
    bool same = was->is_there && was->story == s->story->id &&
                was->outlets == (int64_t)count_outlets(s, u) && str_eq(was->speaker, u->speaker) &&
                str_eq(was->issue, u->issue) && str_eq(was->said_on, u->said_on) &&
                str_eq(was->rule, str_of(u->rule ? u->rule : "")) && str_eq(was->absent, absences);
    return same || put_utterance(s, u, was->is_there, absences);
}

static bool drop_utterances(struct saving *s)
{
    int64_t *stay = arena_array(&s->arena, s->c->n_utterances + 1, sizeof *stay);
    for (size_t i = 0; i < s->c->n_utterances; i++)
        stay[i] = s->c->utterances[i].id;
    struct ids gone;
    struct query q = query_begin(s->db, "SELECT id FROM utterances WHERE story = :story");
    query_int(&q, ":story", s->story->id);
    return saving_gone(s, &q, stay, s->c->n_utterances, &gone) &&
           saving_delete(s, "DELETE FROM utterance_rows WHERE id = :id", &gone);
}

bool save_utterances(struct saving *s)
{
    char *letters = arena_alloc(&s->arena, s->n_slots + 2);
    struct stored_utterance *was = arena_array(&s->arena, s->c->n_utterances + 1, sizeof *was);
    bool ok = drop_utterances(s) && (!s->c->n_utterances || stored_utterances(s, was));
    for (size_t i = 0; ok && i < s->c->n_utterances; i++)
        ok = save_utterance(s, &s->c->utterances[i], &was[i],
                            absences_of(s, &s->c->utterances[i], letters));
    return ok;
}

/* ------------------------------------------------------------------------ positions, conflicts */

static bool save_evidence(struct saving *s, const struct position *p, int64_t id)
{
    struct query q = query_begin(s->db, "INSERT INTO position_statements"
                                        " (position, statement) VALUES (:position, :statement)"
                                        " ON CONFLICT DO NOTHING");
    for (size_t i = 0; i < p->n_statements; i++) {
        query_int(&q, ":position", id);
        query_int(&q, ":statement", p->statements[i]);
        query_again(&q);
    }
    return query_end(&q, s->err);
}

/* Positions are numbered by story, so that they stand in the same order whichever story was
 * compared last. Small numbers weigh less; no story is known that needs the other ones. */
static int64_t position_id(const struct saving *s, size_t number)
{
    return number >> 16 ? ((int64_t)1 << 50) + (s->story->id << 20) + (int64_t)number
                        : (s->story->id << 16) + (int64_t)number;
}

bool save_positions(struct saving *s)
{
    for (size_t i = 0; i < s->c->n_positions; i++) {
        const struct position *p = &s->c->positions[i];
        struct query q = query_begin(
            s->db, "INSERT INTO position_rows (id, story, actor_number, issue_number,"
                   " stance_number, condition, since, was, disputed, articles, millionths) VALUES"
                   " (:id, :story, (SELECT number FROM actors WHERE key = :actor), (SELECT number"
                   " FROM issues WHERE key = :issue), :stance, :condition, :since, :was,"
                   " :disputed, :articles, :confidence)");
        query_int(&q, ":id", position_id(s, i));
        query_int(&q, ":story", s->story->id);
        query_str(&q, ":actor", p->actor);
        query_str(&q, ":issue", p->issue);
        query_int(&q, ":stance", p->stance);
        query_str(&q, ":condition", p->condition);
        query_str(&q, ":since", p->since);
        query_str(&q, ":was", p->was);
        query_int(&q, ":disputed", p->disputed);
        query_int(&q, ":articles", (int64_t)p->n_articles);
        query_int(&q, ":confidence", saving_millionths((double)p->confidence));
        if (!query_do(&q, s->err) || !save_evidence(s, p, position_id(s, i)))
            return false;
    }
    return true;
}

static bool save_conflict_spans(struct saving *s, const struct conflict *c)
{
    struct query q = query_begin(
        s->db,
        "INSERT INTO conflict_spans (conflict, number, article, start, end, exact, prefix, suffix)"
        " VALUES (:conflict, :number, :article, :start, :end, '', '', '')");
    for (size_t i = 0; i < c->n_spans; i++) {
        size_t article = c->spans[i].article;
        struct span at = c->spans[i].at;
        query_int(&q, ":conflict", c->id);
        query_int(&q, ":number", (int64_t)i + 1);
        query_int(&q, ":article", s->c->input->articles[article].id);
        query_int(&q, ":start", saving_point(s, article, at.start));
        query_int(&q, ":end", saving_point(s, article, at.end));
        query_again(&q);
    }
    return query_end(&q, s->err);
}

static bool save_conflict(struct saving *s, const struct conflict *c)
{
    static const char *const statuses[] = {"proposed", "confirmed", "dismissed"};
    struct query q = query_begin(s->db, "INSERT INTO conflicts (id, story, rule, nature, note,"
                                        " status) VALUES (:id, :story, :rule, :nature, :note,"
                                        " :status)");
    query_int(&q, ":id", c->id);
    query_int(&q, ":story", s->story->id);
    query_str(&q, ":rule", str_of(c->rule));
    query_str(&q, ":nature", str_of(c->nature ? c->nature : ""));
    query_str(&q, ":note", c->note);
    query_str(&q, ":status", str_of(statuses[c->status]));
    return query_do(&q, s->err);
}

/* Its old number leads to it, and is that of no other story's conflict like it (a story without
 * articles has handed them on). */
static bool note_former(struct saving *s, const struct conflict *c)
{
    struct query q = query_begin(s->db, "UPDATE conflict_moves SET conflict = :id"
                                        " WHERE former = :former AND (story = :story OR NOT EXISTS"
                                        "  (SELECT 1 FROM articles a WHERE a.story ="
                                        "  conflict_moves.story))");
    query_int(&q, ":id", c->id);
    query_int(&q, ":former", c->former);
    query_int(&q, ":story", s->story->id);
    return query_do(&q, s->err);
}

/* An article that moved may have left its conflicts behind in the story that it was in. */
bool save_conflicts(struct saving *s)
{
    for (size_t i = 0; i < s->c->n_conflicts; i++) {
        const struct conflict *c = &s->c->conflicts[i];
        struct ids same = {&s->c->conflicts[i].id, 1};
        if (!saving_delete(s, "DELETE FROM conflicts WHERE id = :id", &same) ||
            !save_conflict(s, c) || !save_conflict_spans(s, c) || !note_former(s, c))
            return false;
    }
    return true;
}
