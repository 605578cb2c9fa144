/* Where an article names actors, as one row (schema/019-numbers.sql). */
#include "store/story/saving.h"

#include <stdlib.h>

/* Never 0. */
static int64_t hash_mentions(const struct lang_reading *r)
{
    uint64_t hash = str_hash(r->text);
    for (size_t i = 0; i < r->n_mentions; i++) {
        const struct lang_mention *m = &r->mentions[i];
        uint32_t place[] = {m->at.start, m->at.end, (uint32_t)m->reading};
        hash = str_hash_more(hash, (struct str){(const char *)place, sizeof place});
        hash = str_hash_more(hash, saving_key(r, m->actor));
    }
    return (int64_t)(hash | 1);
}

static bool note_mentions(struct saving *s, int64_t article, int64_t hash)
{
    struct query q = query_begin(s->db, "UPDATE articles SET mentions = :hash WHERE id = :id");
    query_int(&q, ":id", article);
    query_int(&q, ":hash", hash);
    return query_do(&q, s->err);
}

struct named_place {
    int32_t actor;
    size_t number; /* of the mention: the first of two at one place counts */
    int64_t place;
};

enum { LONGEST = 1023 };

static int64_t place_of(const struct saving *s, size_t article, const struct lang_mention *m)
{
    int64_t start = saving_point(s, article, m->at.start),
            length = saving_point(s, article, m->at.end) - start;
    return (start * (LONGEST + 1) + (length < LONGEST ? length : LONGEST)) * 4 + m->reading;
}

static int by_place(const void *a, const void *b)
{
    const struct named_place *x = a, *y = b;
    int order = (x->place / 4 > y->place / 4) - (x->place / 4 < y->place / 4);
    return order ? order : (x->number > y->number) - (x->number < y->number);
}

static int by_actor(const void *a, const void *b)
{
    const struct named_place *x = a, *y = b;
    int order = (x->actor > y->actor) - (x->actor < y->actor);
    return order ? order : (x->place > y->place) - (x->place < y->place);
}

/* The article's, actor by actor. */
static size_t list_places(struct saving *s, size_t article, struct named_place *out)
{
    const struct lang_reading *r = s->c->input->articles[article].reading;
    size_t n = 0;
    for (size_t i = 0; i < r->n_mentions; i++)
        out[i] =
            (struct named_place){r->mentions[i].actor, i, place_of(s, article, &r->mentions[i])};
    if (r->n_mentions)
        qsort(out, r->n_mentions, sizeof *out, by_place);
    for (size_t i = 0; i < r->n_mentions; i++)
        if (n == 0 || out[n - 1].place / 4 != out[i].place / 4)
            out[n++] = out[i];
    if (n)
        qsort(out, n, sizeof *out, by_actor);
    return n;
}

static struct str write_places(struct saving *s, size_t article)
{
    const struct lang_reading *r = s->c->input->articles[article].reading;
    struct named_place *places = arena_array(&s->arena, r->n_mentions + 1, sizeof *places);
    size_t n = list_places(s, article, places);
    struct buf out = {0};
    struct json j = json_begin(&out);
    json_array(&j);
    for (size_t i = 0; i < n; i++) {
        if (i == 0 || places[i].actor != places[i - 1].actor) {
            struct str key = saving_key(r, places[i].actor);
            json_array(&j);
            key.n ? json_str(&j, key) : json_null(&j);
        }
        json_int(&j, places[i].place);
        if (i + 1 == n || places[i + 1].actor != places[i].actor)
            json_end_array(&j);
    }
    json_end_array(&j);
    struct str text = arena_str(&s->arena, buf_str(&out));
    buf_finish(&out);
    return text;
}

bool save_mentions(struct saving *s, size_t article)
{
    const struct compare_article *from = &s->c->input->articles[article];
    int64_t hash = hash_mentions(from->reading);
    if (s->stored[article].mentions == hash)
        return true;
    struct query q = query_begin(
        s->db, "INSERT INTO article_mentions (article, places) VALUES (:article, :places)"
               " ON CONFLICT (article) DO UPDATE SET places = excluded.places");
    query_int(&q, ":article", from->id);
    query_str(&q, ":places", write_places(s, article));
    return query_do(&q, s->err) && note_mentions(s, from->id, hash);
}
