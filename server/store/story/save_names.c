/* The forms of a story's actors and the offices they hold into the tables: what has changed since
 * the story was saved last, and what follows from it for the actors of all stories
 * (schema/005-claims.sql). */
#include "store/story/saving.h"

#include <stdlib.h>
#include <string.h>

/* What stories say of the form - the others: this one's are written with its actors - and of the
 * office. */
#define OF_NAMES                                                                                   \
    "story_actors w WHERE w.actor = :key AND w.story <> :story AND " HAS_NAME("w", ":text")
#define OF_ROLES "story_roles t WHERE t.actor = :key AND t.title = :text AND t.of = :with"

/* A form of an actor's, or an office of its. */
struct form {
    struct str key, text, with;     /* name: text, kind; office: title, of */
    struct str first_day, last_day; /* of an office */
};

struct forms {
    struct form *v;
    size_t n, cap;
};

static void add_form(struct saving *s, struct forms *to, struct form form)
{
    to->v = arena_grow(&s->arena, to->v, to->n, &to->cap, sizeof *to->v);
    to->v[to->n++] = form;
}

static int by_form(const void *a, const void *b)
{
    const struct form *x = a, *y = b;
    int order = str_cmp(x->key, y->key);
    order = order ? order : str_cmp(x->text, y->text);
    return order ? order : str_cmp(x->with, y->with);
}

/* A story has one kind for a text. */
static int by_text(const void *a, const void *b)
{
    const struct form *x = a, *y = b;
    int order = str_cmp(x->key, y->key);
    return order ? order : str_cmp(x->text, y->text);
}

/* The kind of name that begins with the letter. */
static struct str kind_of(char letter)
{
    for (int kind = 0; kind < NAME_KIND_COUNT; kind++)
        if (name_kind_names[kind][0] == letter)
            return str_of(name_kind_names[kind]);
    return (struct str){0};
}

static void add_names(struct saving *s, struct forms *to, struct str key, struct str column)
{
    struct str line, text;
    str_split(&column, '\n', &line);
    while (str_split(&column, '\n', &line))
        if (str_split(&line, '\t', &text) && line.n && kind_of(line.p[0]).n)
            add_form(s, to, (struct form){.key = key, .text = text, .with = kind_of(line.p[0])});
}

static bool names_before(struct saving *s, struct forms *before)
{
    struct query q = query_begin(s->db, "SELECT actor, names FROM story_actors"
                                        " WHERE story = :story");
    query_int(&q, ":story", s->story->id);
    while (query_step(&q))
        add_names(s, before, query_get_str(&q, 0, &s->arena), query_get_str(&q, 1, &s->arena));
    if (before->n)
        qsort(before->v, before->n, sizeof *before->v, by_form);
    return query_end(&q, s->err);
}

/* One of each text: of several kinds the first by name. */
static struct forms names_now(struct saving *s)
{
    struct forms all = {0}, now = {0};
    for (size_t i = 0; i < s->c->n_actors; i++) {
        const struct lang_actor *actor = s->c->actors[i].actor;
        for (size_t k = 0; k < actor->n_names; k++)
            add_form(s, &all,
                     (struct form){.key = actor->key,
                                   .text = actor->names[k].text,
                                   .with = str_of(name_kind_names[actor->names[k].kind])});
    }
    if (all.n)
        qsort(all.v, all.n, sizeof *all.v, by_form);
    for (size_t i = 0; i < all.n; i++)
        if (i == 0 || by_text(&all.v[i], &all.v[i - 1]) != 0)
            add_form(s, &now, all.v[i]);
    return now;
}

static bool run_form(struct saving *s, const char *sql, const struct form *form)
{
    struct query q = query_begin(s->db, sql);
    if (query_has(&q, ":story"))
        query_int(&q, ":story", s->story->id);
    query_str(&q, ":key", form->key);
    query_str(&q, ":text", form->text);
    if (query_has(&q, ":with"))
        query_str(&q, ":with", form->with);
    if (query_has(&q, ":first"))
        query_str_opt(&q, ":first", form->first_day);
    if (query_has(&q, ":last"))
        query_str_opt(&q, ":last", form->last_day);
    return query_do(&q, s->err);
}

static bool put_name(struct saving *s, const struct form *form)
{
    return run_form(
        s,
        "INSERT INTO actor_name_rows (actor_number, text, kind) SELECT number, :text, :with FROM "
        "actors"
        " WHERE key = :key ON CONFLICT (actor_number, text) DO UPDATE SET kind = excluded.kind"
        " WHERE kind > excluded.kind",
        form);
}

static bool drop_name(struct saving *s, const struct form *form)
{
    return run_form(s,
                    "DELETE FROM actor_name_rows WHERE actor_number = (SELECT number FROM actors "
                    "WHERE key = :key) AND text = :text AND NOT EXISTS"
                    " (SELECT 1 FROM " OF_NAMES ")",
                    form) &&
           run_form(s,
                    "UPDATE actor_name_rows SET kind = " KIND_OF_NAME("(SELECT min(" LETTER_OF_NAME(
                        "w", ":text") ") FROM " OF_NAMES
                                      ")") " WHERE actor_number = (SELECT number FROM actors WHERE "
                                           "key = :key) AND text = :text",
                    form);
}

static int by_name(const void *a, const void *b)
{
    const struct lang_name *x = *(const struct lang_name *const *)a,
                           *y = *(const struct lang_name *const *)b;
    int order = str_cmp(x->text, y->text);
    return order ? order : strcmp(name_kind_names[x->kind], name_kind_names[y->kind]);
}

static void add_line(struct buf *out, struct str text, char letter)
{
    buf_char(out, '\n');
    buf_add(out, text);
    buf_char(out, '\t');
    buf_char(out, letter);
}

struct str names_column(struct saving *s, const struct lang_actor *actor)
{
    const struct lang_name **names = arena_array(&s->arena, actor->n_names + 1, sizeof(void *));
    struct buf first = {0}, others = {0};
    for (size_t i = 0; i < actor->n_names; i++)
        names[i] = &actor->names[i];
    if (actor->n_names)
        qsort(names, actor->n_names, sizeof *names, by_name);
    for (size_t i = 0; i < actor->n_names; i++) {
        bool own = str_eq(names[i]->text, actor->name);
        if (i == 0 || !str_eq(names[i]->text, names[i - 1]->text))
            add_line(own ? &first : &others, names[i]->text, name_kind_names[names[i]->kind][0]);
    }
    if (!first.n)
        add_line(&first, actor->name, '-');
    buf_add(&first, buf_str(&others));
    struct str column = arena_str(&s->arena, buf_str(&first));
    buf_finish(&first);
    buf_finish(&others);
    return column;
}

static bool roles_before(struct saving *s, struct forms *before)
{
    struct query q = query_begin(s->db, "SELECT actor, title, of, first_day, last_day FROM"
                                        " story_roles WHERE story = :story"
                                        " ORDER BY actor, title, of");
    query_int(&q, ":story", s->story->id);
    while (query_step(&q))
        add_form(s, before,
                 (struct form){query_get_str(&q, 0, &s->arena), query_get_str(&q, 1, &s->arena),
                               query_get_str(&q, 2, &s->arena), query_get_str(&q, 3, &s->arena),
                               query_get_str(&q, 4, &s->arena)});
    return query_end(&q, s->err);
}

/* Days are compared as texts; the empty one is none. */
static void widen(struct form *to, struct str day)
{
    if (day.n && (!to->first_day.n || str_cmp(day, to->first_day) < 0))
        to->first_day = day;
    if (day.n && str_cmp(day, to->last_day) > 0)
        to->last_day = day;
}

static int by_key(const void *a, const void *b)
{
    return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

/* Who has a row in story_actors, in order. */
static struct str *claimed(struct saving *s)
{
    struct str *keys = arena_array(&s->arena, s->c->n_actors + 1, sizeof *keys);
    for (size_t i = 0; i < s->c->n_actors; i++)
        keys[i] = s->c->actors[i].actor->key;
    qsort(keys, s->c->n_actors, sizeof *keys, by_key);
    return keys;
}

/* Of those whom the story names: its articles may speak of others whom a person has dismissed, and
 * what stories have of an actor is looked for by way of story_actors. */
static struct forms roles_now(struct saving *s)
{
    const struct compare_input *in = s->c->input;
    const struct str *keys = claimed(s);
    struct forms all = {0}, now = {0};
    for (size_t i = 0; i < in->n_articles; i++) {
        struct str day = str_slice(in->articles[i].published, 0, 10);
        for (size_t k = 0; k < in->articles[i].reading->n_actors; k++) {
            const struct lang_actor *actor = &in->articles[i].reading->actors[k];
            if (actor->role.n && bsearch(&actor->key, keys, s->c->n_actors, sizeof *keys, by_key))
                add_form(s, &all, (struct form){actor->key, actor->role, actor->of, day, day});
        }
    }
    if (all.n)
        qsort(all.v, all.n, sizeof *all.v, by_form);
    for (size_t i = 0; i < all.n; i++) {
        if (i == 0 || by_form(&all.v[i], &all.v[i - 1]) != 0)
            add_form(s, &now, all.v[i]);
        else
            widen(&now.v[now.n - 1], all.v[i].first_day);
    }
    return now;
}

static bool put_role(struct saving *s, const struct form *form)
{
    return run_form(s,
                    "INSERT INTO story_roles (story, actor, title, of, first_day, last_day)"
                    " VALUES (:story, :key, :text, :with, :first, :last)"
                    " ON CONFLICT (story, actor, title, of) DO UPDATE SET"
                    " first_day = excluded.first_day, last_day = excluded.last_day",
                    form) &&
           run_form(s,
                    "INSERT INTO actor_roles (actor, title, of, first_day, last_day)"
                    " VALUES (:key, :text, :with, :first, :last) ON CONFLICT (actor, title, of)"
                    " DO UPDATE SET"
                    " first_day = min(coalesce(first_day, excluded.first_day),"
                    "  coalesce(excluded.first_day, first_day)),"
                    " last_day = max(coalesce(last_day, excluded.last_day),"
                    "  coalesce(excluded.last_day, last_day))",
                    form);
}

static bool drop_role(struct saving *s, const struct form *form)
{
    return run_form(s,
                    "DELETE FROM story_roles WHERE story = :story AND actor = :key"
                    " AND title = :text AND of = :with",
                    form) &&
           run_form(s,
                    "DELETE FROM actor_roles WHERE actor = :key AND title = :text AND of = :with"
                    " AND NOT EXISTS (SELECT 1 FROM " OF_ROLES ")",
                    form) &&
           run_form(s,
                    "UPDATE actor_roles SET (first_day, last_day) = (SELECT min(t.first_day),"
                    " max(t.last_day) FROM " OF_ROLES
                    ") WHERE actor = :key AND title = :text AND of = :with",
                    form);
}

/* How one kind of form is written and taken back. */
struct form_table {
    int (*order)(const void *a, const void *b);
    bool (*put)(struct saving *s, const struct form *form);
    bool (*drop)(struct saving *s, const struct form *form);
};

static bool same_form(const struct form *a, const struct form *b)
{
    return by_form(a, b) == 0 && str_eq(a->first_day, b->first_day) &&
           str_eq(a->last_day, b->last_day);
}

/* An office that is attested on further days, as those of a growing story are: what follows from
 * all stories can only grow, too. */
static bool is_wider(const struct form *was, const struct form *is)
{
    return by_form(was, is) == 0 && was->first_day.n &&
           str_cmp(is->first_day, was->first_day) <= 0 && str_cmp(is->last_day, was->last_day) >= 0;
}

/* Both are in the table's order. What has changed is taken back and put anew. */
static bool save_forms(struct saving *s, const struct forms *before, const struct forms *now,
                       const struct form_table *table)
{
    bool ok = true;
    for (size_t i = 0, k = 0; ok && (i < before->n || k < now->n);) {
        int order = i == before->n ? 1 : k == now->n ? -1 : table->order(&before->v[i], &now->v[k]);
        const struct form *was = order <= 0 ? &before->v[i++] : NULL;
        const struct form *is = order >= 0 ? &now->v[k++] : NULL;
        if (was && is && same_form(was, is))
            continue;
        bool stays = was && is && is_wider(was, is);
        ok = (!was || stays || table->drop(s, was)) && (!is || table->put(s, is));
    }
    return ok;
}

bool save_names(struct saving *s)
{
    static const struct form_table names = {by_text, put_name, drop_name},
                                   roles = {by_form, put_role, drop_role};
    struct forms old_names = {0}, old_roles = {0};
    if (!names_before(s, &old_names) || !roles_before(s, &old_roles))
        return false;
    struct forms new_names = names_now(s), new_roles = roles_now(s);
    return save_forms(s, &old_names, &new_names, &names) &&
           save_forms(s, &old_roles, &new_roles, &roles);
}
