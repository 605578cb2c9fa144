/* Prints a reading as fields of the object of DESIGN.md 3.1.
 *
 * Offsets leave the program here: bytes become code points through one index of the text. */
#include "lang/lang.h"

#include "base/utf8.h"

struct writer {
    struct json *j;
    const struct lang_reading *reading;
    struct utf8_index index;
};

static void write_offsets(const struct writer *w, struct span at)
{
    json_field_int(w->j, "start", (int64_t)utf8_offset(&w->index, at.start, OFFSET_CODE_POINTS));
    json_field_int(w->j, "end", (int64_t)utf8_offset(&w->index, at.end, OFFSET_CODE_POINTS));
}

static void write_place(const struct writer *w, struct span at)
{
    write_offsets(w, at);
    json_field_str(w->j, "exact", str_slice(w->reading->text, at.start, at.end));
}

static void write_spans(const struct writer *w, const char *key, struct spans spans)
{
    json_key(w->j, key);
    json_array(w->j);
    for (size_t i = 0; i < spans.n; i++) {
        json_object(w->j);
        write_place(w, spans.v[i]);
        json_end_object(w->j);
    }
    json_end_array(w->j);
}

static void write_actor_key(const struct writer *w, const char *key, int32_t actor)
{
    json_field_opt(w->j, key, actor == NO_ACTOR ? (struct str){0} : w->reading->actors[actor].key);
}

static void write_mentions(const struct writer *w)
{
    json_key(w->j, "mentions");
    json_array(w->j);
    for (size_t i = 0; i < w->reading->n_mentions; i++) {
        const struct lang_mention *m = &w->reading->mentions[i];
        json_object(w->j);
        write_place(w, m->at);
        write_actor_key(w, "actor", m->actor);
        json_field_str(w->j, "reading", str_of(mention_reading_names[m->reading]));
        json_end_object(w->j);
    }
    json_end_array(w->j);
}

static void write_actors(const struct writer *w)
{
    json_key(w->j, "actors");
    json_array(w->j);
    for (size_t i = 0; i < w->reading->n_actors; i++) {
        const struct lang_actor *actor = &w->reading->actors[i];
        json_object(w->j);
        json_field_str(w->j, "key", actor->key);
        json_field_str(w->j, "name", actor->name);
        json_field_str(w->j, "kind", str_of(actor_kind_names[actor->kind]));
        json_field_opt(w->j, "role", actor->role);
        json_field_opt(w->j, "of", actor->of);
        json_key(w->j, "names");
        json_array(w->j);
        for (size_t k = 0; k < actor->n_names; k++)
            json_str(w->j, actor->names[k].text);
        json_end_array(w->j);
        json_end_object(w->j);
    }
    json_end_array(w->j);
}

static void write_positions(const struct writer *w, const struct lang_statement *s)
{
    json_key(w->j, "positions");
    json_array(w->j);
    for (size_t i = 0; i < s->n_positions; i++) {
        json_object(w->j);
        json_field_str(w->j, "issue", s->positions[i].issue);
        json_field_str(w->j, "stance", str_of(stance_names[s->positions[i].stance]));
        json_field_opt(w->j, "condition", s->positions[i].condition);
        json_key(w->j, "confidence");
        json_num(w->j, (double)s->positions[i].confidence, 3);
        json_end_object(w->j);
    }
    json_end_array(w->j);
}

static void write_statement(const struct writer *w, const struct lang_statement *s)
{
    json_object(w->j);
    json_field_str(w->j, "kind", str_of(statement_kind_names[s->kind]));
    write_actor_key(w, "speaker", s->speaker);
    write_spans(w, "source", s->source);
    write_spans(w, "cue", s->cue);
    write_spans(w, "content", s->content);
    write_actor_key(w, "via", s->via);
    json_field_opt(w->j, "channel", s->channel);
    json_field_opt(w->j, "said_on", s->said_on);
    json_key(w->j, "confidence");
    json_num(w->j, (double)s->confidence, 3);
    json_field_opt(w->j, "rule", str_of(s->rule));
    write_positions(w, s);
    json_end_object(w->j);
}

static void write_statements(const struct writer *w)
{
    json_key(w->j, "statements");
    json_array(w->j);
    for (size_t i = 0; i < w->reading->n_statements; i++)
        write_statement(w, &w->reading->statements[i]);
    json_end_array(w->j);
}

static void write_stances(const struct writer *w)
{
    json_key(w->j, "stances");
    json_array(w->j);
    for (size_t i = 0; i < w->reading->n_stances; i++) {
        const struct lang_stance *s = &w->reading->stances[i];
        json_object(w->j);
        json_field_str(w->j, "subject", s->subject);
        json_field_str(w->j, "object", s->object);
        json_field_str(w->j, "polarity", s->positive ? S("positive") : S("negative"));
        json_field_opt(w->j, "rule", str_of(s->rule));
        json_key(w->j, "confidence");
        json_num(w->j, (double)s->confidence, 3);
        write_offsets(w, s->at);
        json_end_object(w->j);
    }
    json_end_array(w->j);
}

void lang_write_reading(struct arena *a, const struct lang_reading *reading, struct json *j)
{
    struct writer w = {j, reading, utf8_index_make(a, reading->text)};
    json_field_opt(j, "language", reading->language);
    json_field_bool(j, "fully_read", reading->fully_read);
    json_field_str(j, "text", reading->text);
    write_mentions(&w);
    write_actors(&w);
    write_statements(&w);
    write_stances(&w);
}
