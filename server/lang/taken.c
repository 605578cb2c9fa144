/* Positions that were taken before: a story is compared again for every report that is added, and
 * nearly all of its statements are what they were, towards the same issues. What positions depend
 * on - the reading and the issues, as their contents - is the key under which they are kept in
 * memory (base/memo.h); lang/issue/position.c finds them where they are not. */
#include "base/memo.h"
#include "lang/issue/parts.h"

#include <stdlib.h>

/* A position as it is kept: by numbers of statement and issue, the condition as bytes of the text.
 */
struct kept {
    uint32_t statement, issue, stance;
    float confidence;
    struct span condition;
};

/* Of a story of 500 reports they take half a megabyte. */
static struct memo taken = MEMO(8 << 20);

static void put(struct buf *out, const void *p, size_t n)
{
    buf_add(out, (struct str){(const char *)&n, sizeof n});
    if (n)
        buf_add(out, (struct str){p, n});
}

static void put_str(struct buf *out, struct str s)
{
    put(out, s.p, s.n);
}

static void put_number(struct buf *out, int64_t number)
{
    buf_add(out, (struct str){(const char *)&number, sizeof number});
}

static int by_text(const void *a, const void *b)
{
    return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

/* How often one stands there says nothing. */
static void put_set(struct buf *out, const struct str *v, size_t n)
{
    struct arena work = {0};
    struct str *sorted = arena_array(&work, n + 1, sizeof *sorted);
    for (size_t i = 0; i < n; i++)
        sorted[i] = v[i];
    qsort(sorted, n, sizeof *sorted, by_text);
    for (size_t i = 0; i < n; i++)
        if (!i || !str_eq(sorted[i], sorted[i - 1]))
            put_str(out, sorted[i]);
    put_number(out, -1);
    arena_finish(&work);
}

static void put_marks(struct buf *out, const struct issue_marks *m)
{
    put_number(out, m != NULL);
    if (!m)
        return;
    put_str(out, m->key);
    put_set(out, m->v, m->n);
    put_set(out, m->names, m->n_names);
    put_number(out, m->told << 1 | m->bare);
    put_number(out, m->turn);
}

struct memo_key lang_issues_key(const struct lang_issues *issues)
{
    struct buf out = {0};
    for (size_t i = 0; i < issues->n; i++) {
        const struct lang_issue *x = &issues->v[i];
        put_str(&out, x->id);
        put_str(&out, x->title);
        for (size_t t = 0; t < x->n_terms; t++)
            put_str(&out, x->terms[t]);
        put_number(&out, -1);
        put_number(&out, x->by_person << 1 | x->actor);
        put_number(&out, x->sort);
        put_marks(&out, x->marks);
    }
    struct memo_key key = memo_key(buf_str(&out));
    buf_finish(&out);
    return key;
}

static void put_actors(struct buf *out, const struct lang_reading *r)
{
    put_number(out, (int64_t)r->n_actors);
    for (size_t i = 0; i < r->n_actors; i++) {
        const struct lang_actor *x = &r->actors[i];
        put_str(out, x->key);
        put_str(out, x->name);
        put_str(out, x->role);
        put_str(out, x->of);
        put_number(out, x->kind);
        put_number(out, (int64_t)x->n_names);
        for (size_t k = 0; k < x->n_names; k++) {
            put_str(out, x->names[k].text);
            put_number(out, x->names[k].kind);
        }
    }
}

static void put_spans(struct buf *out, struct spans s)
{
    put(out, s.v, s.n * sizeof *s.v);
}

static void put_statement(struct buf *out, const struct lang_statement *s)
{
    put_number(out, s->kind);
    put_number(out, s->speaker);
    put_number(out, s->via);
    put_spans(out, s->source);
    put_spans(out, s->cue);
    put_spans(out, s->content);
    put_str(out, s->channel);
    put_str(out, s->said_on);
    put(out, &s->confidence, sizeof s->confidence);
    put_str(out, str_of(s->rule));
}

static void put_mentions(struct buf *out, const struct lang_reading *r)
{
    put_number(out, (int64_t)r->n_mentions);
    for (size_t i = 0; i < r->n_mentions; i++) {
        put_number(out, (int64_t)r->mentions[i].at.start << 32 | r->mentions[i].at.end);
        put_number(out, (int64_t)r->mentions[i].actor * READING_COUNT + r->mentions[i].reading);
    }
}

/* Of the draft there are words, which follow from the text, and the article's fields. */
static void put_article(struct buf *out, const struct lang_reading *r)
{
    struct arena none = {0};
    const struct lang_article *x = r->draft ? lang_words_of(&none, r).article : NULL;
    put_str(out, r->text);
    put_str(out, r->language);
    put_number(out, r->fully_read);
    put_number(out, x != NULL);
    if (!x)
        return;
    put_str(out, x->title);
    put_str(out, x->subtitle);
    put_str(out, x->outlet);
    put_str(out, x->published);
}

static struct memo_key key_of(struct memo_key issues, const struct lang_reading *r)
{
    struct buf out = {0};
    put(&out, &issues, sizeof issues);
    put_article(&out, r);
    put_actors(&out, r);
    put_mentions(&out, r);
    for (size_t i = 0; i < r->n_statements; i++)
        put_statement(&out, &r->statements[i]);
    struct memo_key key = memo_key(buf_str(&out));
    buf_finish(&out);
    return key;
}

static uint32_t number_of(const struct lang_issues *issues, struct str id)
{
    uint32_t i = 0;
    while (i < issues->n && !str_eq(issues->v[i].id, id))
        i++;
    return i;
}

/* False if a condition is no part of the text. */
static bool put_position(struct buf *out, const struct lang_issues *issues,
                         const struct lang_reading *r, uint32_t statement,
                         const struct lang_position *p)
{
    struct kept one = {.statement = statement,
                       .issue = number_of(issues, p->issue),
                       .stance = (uint32_t)p->stance,
                       .confidence = p->confidence};
    const char *from = p->condition.p, *text = r->text.p;
    if (p->condition.n && !(from >= text && from + p->condition.n <= text + r->text.n))
        return false;
    if (p->condition.n)
        one.condition = (struct span){(uint32_t)(from - text),
                                      (uint32_t)(from - text + (ptrdiff_t)p->condition.n)};
    buf_add(out, (struct str){(const char *)&one, sizeof one});
    return true;
}

static void keep(const struct lang_issues *issues, struct memo_key key,
                 const struct lang_reading *r)
{
    struct buf out = {0};
    bool ok = true;
    for (uint32_t i = 0; i < r->n_statements; i++)
        for (size_t k = 0; k < r->statements[i].n_positions; k++)
            ok = ok && put_position(&out, issues, r, i, &r->statements[i].positions[k]);
    if (ok)
        memo_keep(&taken, key, buf_str(&out));
    buf_finish(&out);
}

/* In the order in which they were kept: statement by statement. */
static void give(struct arena *a, const struct lang_issues *issues, struct lang_reading *r,
                 struct str value)
{
    const struct kept *v = (const struct kept *)(const void *)value.p;
    size_t n = value.n / sizeof *v;
    struct lang_position *all = arena_array(a, n + 1, sizeof *all);
    for (size_t i = 0; i < n; i++) {
        struct lang_statement *s = &r->statements[v[i].statement];
        all[i] = (struct lang_position){
            .issue = issues->v[v[i].issue].id,
            .stance = (enum stance)v[i].stance,
            .condition = str_slice(r->text, v[i].condition.start, v[i].condition.end),
            .confidence = v[i].confidence};
        s->positions = s->n_positions ? s->positions : &all[i];
        s->n_positions++;
    }
}

/* What a person gave is laid over positions afterwards; with some there before, nothing is kept. */
static bool is_untouched(const struct lang_reading *r)
{
    for (size_t i = 0; i < r->n_statements; i++)
        if (r->statements[i].n_positions)
            return false;
    return true;
}

/* Two issues with one id can't be told apart by it. */
static bool are_told_apart(const struct lang_issues *issues)
{
    for (uint32_t i = 0; i < issues->n; i++)
        if (number_of(issues, issues->v[i].id) != i)
            return false;
    return true;
}

void lang_take_positions_again(struct arena *a, const struct lang_issues *issues,
                               struct memo_key key, struct lang_reading *r)
{
    struct arena work = {0};
    struct str value;
    if (!issues->n)
        return;
    if (!is_untouched(r) || !are_told_apart(issues)) {
        lang_take_positions(a, issues, r);
        return;
    }
    key = key_of(key, r);
    if (memo_find(&taken, key, &work, &value)) {
        give(a, issues, r, value);
    } else {
        lang_take_positions(a, issues, r);
        keep(issues, key, r);
    }
    arena_finish(&work);
}

void lang_forget_positions(void)
{
    memo_forget(&taken);
}
