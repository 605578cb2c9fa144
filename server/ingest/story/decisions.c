/* Decisions outrank the engine: what persons said about actors, statements and conflicts is put
 * over what was read anew, and statements keep their ids as long as their words are there. */
#include "ingest/story/story.h"

#include <stdlib.h>
#include <string.h>

/* ------------------------------------------------------------------------------------- actors */

static int32_t actor_find(const struct lang_reading *reading, struct str key)
{
    for (size_t i = 0; i < reading->n_actors; i++)
        if (str_eq(reading->actors[i].key, key))
            return (int32_t)i;
    return NO_ACTOR;
}

/* The actor's place in the reading, where it is put if it is not there yet. */
static int32_t actor_place(struct arena *a, struct lang_reading *reading,
                           const struct lang_actor *actor)
{
    int32_t at = actor_find(reading, actor->key);
    if (at >= 0)
        return at;
    struct lang_actor *all = arena_array(a, reading->n_actors + 1, sizeof *all);
    if (reading->n_actors)
        memcpy(all, reading->actors, reading->n_actors * sizeof *all);
    all[reading->n_actors] = *actor;
    reading->actors = all;
    return (int32_t)reading->n_actors++;
}

/* The actor that a person split off under this key: it goes before what was kept of it in the
 * store, which may be no more than its key. */
static const struct lang_actor *split_off(const struct story_work *w, struct str key)
{
    for (size_t i = 0; i < w->story.n_rules; i++) {
        const struct store_actor_rule *rule = &w->story.rules[i];
        if ((rule->n_only || rule->n_statements) && str_eq(rule->actor.key, key))
            return &rule->actor;
    }
    return NULL;
}

/* Any actor that is known by this key: to persons, to this story. */
static const struct lang_actor *actor_known(const struct story_work *w, struct str key)
{
    for (size_t i = 0; i < w->story.n_known; i++)
        if (str_eq(w->story.known[i].key, key))
            return &w->story.known[i];
    const struct lang_actor *split = split_off(w, key);
    if (split)
        return split;
    for (size_t i = 0; i < w->story.n_pinned; i++)
        if (str_eq(w->story.pinned[i].key, key))
            return &w->story.pinned[i];
    for (size_t i = 0; i < w->story.n_articles; i++) {
        int32_t at = actor_find(&w->stages.readings[i], key);
        if (at >= 0)
            return &w->stages.readings[i].actors[at];
    }
    return NULL;
}

static int32_t actor_by_key(struct story_work *w, struct lang_reading *reading, struct str key)
{
    if (key.n == 0)
        return NO_ACTOR;
    const struct lang_actor *actor = actor_known(w, key);
    struct lang_actor bare = {.key = key, .name = key, .kind = ACTOR_PERSON};
    return actor_place(&w->arena, reading, actor ? actor : &bare);
}

static bool is_one_of(const struct store_actor_rule *rule, struct str text)
{
    for (size_t i = 0; i < rule->n_only; i++)
        if (str_eq_case(rule->only[i], text))
            return true;
    return false;
}

static bool names_one_of(const struct store_actor_rule *rule, struct str text,
                         const struct spans *source)
{
    for (size_t i = 0; i < rule->n_only; i++)
        for (size_t k = 0; k < source->n; k++)
            if (str_contains(str_slice(text, source->v[k].start, source->v[k].end), rule->only[i]))
                return true;
    return false;
}

/* A split: only the mentions that bear one of the names, and what is said under them. */
static void split_actor(struct arena *a, const struct store_actor_rule *rule,
                        struct lang_reading *reading, int32_t from)
{
    for (size_t i = 0; i < reading->n_mentions; i++) {
        struct lang_mention *m = &reading->mentions[i];
        if (m->actor == from && is_one_of(rule, str_slice(reading->text, m->at.start, m->at.end)))
            m->actor = actor_place(a, reading, &rule->actor);
    }
    for (size_t i = 0; i < reading->n_statements; i++) {
        struct lang_statement *st = &reading->statements[i];
        if (st->speaker == from && names_one_of(rule, reading->text, &st->source))
            st->speaker = actor_place(a, reading, &rule->actor);
    }
}

static void become(struct lang_reading *reading, int32_t from, int32_t to)
{
    for (size_t i = 0; i < reading->n_mentions; i++)
        if (reading->mentions[i].actor == from)
            reading->mentions[i].actor = to;
    for (size_t i = 0; i < reading->n_statements; i++) {
        struct lang_statement *st = &reading->statements[i];
        st->speaker = st->speaker == from ? to : st->speaker;
        st->via = st->via == from ? to : st->via;
    }
}

/* Whoever two turn out to be goes by the names of both. */
static void join_names(struct arena *a, struct lang_actor *to, const struct lang_actor *from)
{
    struct lang_name *all = arena_array(a, to->n_names + from->n_names + 1, sizeof *all);
    size_t n = 0;
    for (size_t i = 0; i < to->n_names; i++)
        all[n++] = to->names[i];
    for (size_t i = 0; i < from->n_names; i++) {
        size_t k = 0;
        while (k < to->n_names && !str_eq(to->names[k].text, from->names[i].text))
            k++;
        if (k == to->n_names)
            all[n++] = from->names[i];
    }
    to->names = all;
    to->n_names = n;
}

/* The engine makes keys of names: an actor a person renamed comes back under its new name, with
 * another key. The person's key stays. */
static int32_t find_renamed(struct lang_reading *reading, const struct store_actor_rule *rule)
{
    int32_t from = actor_find(reading, rule->key);
    for (size_t i = 0; rule->renames && i < reading->n_actors; i++) {
        if ((int32_t)i == from || !str_eq(reading->actors[i].name, rule->actor.name))
            continue;
        if (from >= 0)
            become(reading, (int32_t)i, from);
        else
            from = (int32_t)i;
    }
    return from;
}

static void belong(struct lang_reading *reading, struct str from, struct str to)
{
    for (size_t i = 0; i < reading->n_actors; i++)
        if (str_eq(reading->actors[i].of, from))
            reading->actors[i].of = to;
}

/* Without the names that a person took from it. */
static void drop_names(const struct store_actor_rule *rule, struct lang_actor *actor)
{
    size_t left = 0;
    for (size_t i = 0; i < actor->n_names; i++) {
        bool gone = false;
        for (size_t k = 0; k < rule->n_without; k++)
            gone |= str_eq(actor->names[i].text, rule->without[k]);
        if (!gone)
            actor->names[left++] = actor->names[i];
    }
    actor->n_names = left;
}

void decisions_on_actors(struct story_work *w, struct lang_reading *reading)
{
    for (size_t r = 0; r < w->story.n_rules; r++) {
        const struct store_actor_rule *rule = &w->story.rules[r];
        int32_t from = find_renamed(reading, rule);
        if (from < 0)
            continue;
        if (rule->gone) {
            become(reading, from, NO_ACTOR);
            belong(reading, rule->key, (struct str){0});
            continue;
        }
        if (rule->n_only || rule->n_statements) {
            split_actor(&w->arena, rule, reading, from);
            continue;
        }
        int32_t to = actor_find(reading, rule->actor.key);
        if (to >= 0 && to != from) {
            join_names(&w->arena, &reading->actors[to], &reading->actors[from]);
            become(reading, from, to);
        } else {
            struct lang_actor was = reading->actors[from];
            reading->actors[from] = rule->actor;
            join_names(&w->arena, &reading->actors[from], &was);
            drop_names(rule, &reading->actors[from]);
        }
        belong(reading, rule->key, rule->actor.key);
    }
}

/* --------------------------------------------------------------------------------- statements */

static struct span hull(const struct spans *spans)
{
    struct span all = {0};
    if (spans->n)
        all = (struct span){spans->v[0].start, spans->v[spans->n - 1].end};
    return all;
}

/* Shared part of two spans over what they cover together. */
static double overlap(struct span a, struct span b)
{
    uint32_t start = a.start > b.start ? a.start : b.start;
    uint32_t end = a.end < b.end ? a.end : b.end;
    uint32_t low = a.start < b.start ? a.start : b.start;
    uint32_t high = a.end > b.end ? a.end : b.end;
    return end > start && high > low ? (double)(end - start) / (high - low) : 0;
}

/* One statement with what goes along with it through sorting. */
struct settled {
    struct lang_statement statement;
    int64_t id;
    enum statement_status status;
};

static int by_place(const void *a, const void *b)
{
    const struct settled *x = a, *y = b;
    uint32_t p = x->statement.content.n ? x->statement.content.v[0].start : 0;
    uint32_t q = y->statement.content.n ? y->statement.content.v[0].start : 0;
    return p != q ? (p > q) - (p < q) : (x->id > y->id) - (x->id < y->id);
}

static bool says(struct str text, const struct spans *content, struct str words)
{
    size_t at = 0;
    for (size_t i = 0; i < content->n; i++) {
        struct str part = str_slice(text, content->v[i].start, content->v[i].end);
        if (i && str_starts(str_slice(words, at, words.n), S(" … ")))
            at += S(" … ").n;
        if (!str_starts(str_slice(words, at, words.n), part))
            return false;
        at += part.n;
    }
    return content->n && at == words.n;
}

/* How well an old statement is this one: 0 not at all, 1..2 same place, 2..3 same words. */
static double sameness(struct str text, const struct lang_statement *st,
                       const struct store_old_statement *old)
{
    double place = overlap(hull(&st->content), old->content);
    if (says(text, &st->content, old->words))
        return 2 + (place + overlap(hull(&st->cue), old->cue)) / 2;
    return place >= 0.5 ? 1 + place : 0;
}

/* Likewise for one that a person decided about, by its words now or when the engine found it. */
static double pin_sameness(const struct lang_statement *st, const struct store_pin *pin)
{
    double now = overlap(hull(&pin->statement.content), hull(&st->content));
    double was = overlap(pin->was, hull(&st->content)), place = now > was ? now : was;
    if (place >= 1)
        return 2 + (place + overlap(hull(&st->cue), hull(&pin->statement.cue))) / 2;
    return place >= 0.5 ? 1 + place : 0;
}

/* A new statement that an old one may be, or that a person's decision is about. */
struct fit {
    double score;
    size_t at, from; /* among the new; among the old, and behind these among the pins */
};

struct fits {
    struct fit *v;
    size_t n, cap;
};

static int best_first(const void *a, const void *b)
{
    const struct fit *x = a, *y = b;
    if (x->score != y->score)
        return x->score < y->score ? 1 : -1;
    if (x->at != y->at)
        return x->at < y->at ? -1 : 1;
    return (x->from > y->from) - (x->from < y->from);
}

static void add_fit(struct story_work *w, struct fits *fits, struct fit fit)
{
    if (fit.score == 0)
        return;
    fits->v = arena_grow(&w->arena, fits->v, fits->n, &fits->cap, sizeof *fits->v);
    fits->v[fits->n++] = fit;
}

static void find_fits(struct story_work *w, size_t article, const struct settled *v, size_t n,
                      struct fits *fits)
{
    const struct store_story *s = &w->story;
    struct str text = w->stages.readings[article].text;
    for (size_t k = 0; k < s->n_old; k++)
        for (size_t i = 0; i < n && s->old[k].article == s->articles[article].id; i++)
            if (!s->old[k].taken)
                add_fit(w, fits, (struct fit){sameness(text, &v[i].statement, &s->old[k]), i, k});
    for (size_t k = 0; k < s->n_pins; k++)
        for (size_t i = 0; i < n && s->pins[k].article == s->articles[article].id; i++)
            add_fit(w, fits,
                    (struct fit){pin_sameness(&v[i].statement, &s->pins[k]), i, s->n_old + k});
}

static void take_id(struct store_story *s, int64_t id)
{
    for (size_t i = 0; i < s->n_old; i++)
        s->old[i].taken |= s->old[i].id == id;
}

/* The engine's statements get the ids they had, best fits first; each old id goes to one statement.
 * What a person decided about takes the place of one of them, and of no other that lies within its
 * words or around them. Returns how many are left. */
static size_t reuse_ids(struct story_work *w, size_t article, struct settled *v, size_t n)
{
    struct store_story *s = &w->story;
    struct fits fits = {0};
    bool *met = arena_array(&w->arena, s->n_pins + 1, sizeof *met);
    bool *gone = arena_array(&w->arena, n + 1, sizeof *gone);
    size_t left = 0;
    find_fits(w, article, v, n, &fits);
    if (fits.n)
        qsort(fits.v, fits.n, sizeof *fits.v, best_first);
    for (size_t f = 0; f < fits.n; f++) {
        size_t at = fits.v[f].at, from = fits.v[f].from, pin = from - s->n_old;
        if (v[at].id || gone[at] || (from < s->n_old ? s->old[from].taken : met[pin]))
            continue;
        if (from < s->n_old) {
            v[at].id = s->old[from].id;
            s->old[from].taken = true;
        } else {
            met[pin] = gone[at] = true;
        }
    }
    for (size_t i = 0; i < n; i++)
        if (!gone[i])
            v[left++] = v[i];
    return left;
}

static size_t put_pins(struct story_work *w, size_t article, struct settled *v)
{
    struct lang_reading *reading = &w->stages.readings[article];
    size_t n = 0;
    for (size_t i = 0; i < w->story.n_pins; i++) {
        const struct store_pin *pin = &w->story.pins[i];
        if (pin->article != w->story.articles[article].id)
            continue;
        v[n] = (struct settled){pin->statement, pin->id, pin->status};
        v[n].statement.speaker = actor_by_key(w, reading, pin->speaker);
        v[n++].statement.via = actor_by_key(w, reading, pin->via);
        take_id(&w->story, pin->id);
    }
    return n;
}

/* A split by statements: these are the other actor's, whatever it is called in them. What a person
 * decided of one carries its speaker (store/effect/). */
static void split_statements(struct story_work *w, size_t article, struct settled *v, size_t n)
{
    for (size_t r = 0; r < w->story.n_rules; r++) {
        const struct store_actor_rule *rule = &w->story.rules[r];
        for (size_t k = 0; k < rule->n_statements; k++)
            for (size_t i = 0; i < n; i++)
                if (v[i].id == rule->statements[k])
                    v[i].statement.speaker =
                        actor_place(&w->arena, &w->stages.readings[article], &rule->actor);
    }
}

bool decisions_on_statements(struct story_work *w, size_t article, struct err *err)
{
    struct lang_reading *reading = &w->stages.readings[article];
    struct compare_article *out = &w->articles[article];
    size_t most = reading->n_statements + w->story.n_pins;
    struct settled *v = arena_array(&w->arena, most + 1, sizeof *v);
    size_t n = put_pins(w, article, v), pinned = n, fresh = 0;
    for (size_t i = 0; i < reading->n_statements; i++)
        v[n++] = (struct settled){reading->statements[i], 0, STATUS_PROPOSED};
    n = pinned + reuse_ids(w, article, v + pinned, n - pinned);
    for (size_t i = 0; i < n; i++)
        fresh += v[i].id == 0;
    int64_t next = 0;
    if (fresh && !store_statement_ids(w->store, fresh, &next, err))
        return false;
    for (size_t i = 0; i < n; i++)
        v[i].id = v[i].id ? v[i].id : next++;
    split_statements(w, article, v + pinned, n - pinned);
    qsort(v, n, sizeof *v, by_place);
    int64_t *ids = arena_array(&w->arena, n + 1, sizeof *ids);
    enum statement_status *statuses = arena_array(&w->arena, n + 1, sizeof *statuses);
    reading->statements = arena_array(&w->arena, n + 1, sizeof *reading->statements);
    reading->n_statements = n;
    for (size_t i = 0; i < n; i++) {
        reading->statements[i] = v[i].statement;
        ids[i] = v[i].id;
        statuses[i] = v[i].status;
    }
    out->statement_ids = ids;
    out->statement_status = statuses;
    return true;
}

/* ---------------------------------------------------------------------------------- positions */

static bool is_issue(const struct story_work *w, struct str key)
{
    for (size_t i = 0; i < w->stages.issues.n; i++)
        if (str_eq(w->stages.issues.v[i].id, key))
            return true;
    return false;
}

/* The person's stance on an issue, else the engine's on issues the person said nothing of. An
 * issue that is none of the story's any more waits in the journal. */
static void put_positions(struct story_work *w, const struct store_pin *pin,
                          struct lang_statement *st)
{
    const struct lang_statement *decided = &pin->statement;
    struct lang_position *all =
        arena_array(&w->arena, decided->n_positions + st->n_positions + 1, sizeof *all);
    size_t n = 0;
    for (size_t i = 0; i < decided->n_positions; i++)
        if (is_issue(w, decided->positions[i].issue))
            all[n++] = decided->positions[i];
    for (size_t i = 0; i < st->n_positions && !pin->positions_final; i++) {
        size_t k = 0;
        while (k < decided->n_positions &&
               !str_eq(decided->positions[k].issue, st->positions[i].issue))
            k++;
        if (k == decided->n_positions)
            all[n++] = st->positions[i];
    }
    st->positions = all;
    st->n_positions = n;
}

/* A split of an issue, for what the engine found on it. */
static void split_issues(const struct story_work *w, int64_t id, struct lang_statement *st)
{
    for (size_t r = 0; r < w->story.n_issue_rules; r++) {
        const struct store_issue_rule *rule = &w->story.issue_rules[r];
        for (size_t k = 0; k < rule->n_statements; k++)
            if (rule->statements[k] == id && !str_eq(rule->from, rule->to) && is_issue(w, rule->to))
                store_move_position(st, rule->from, rule->to);
    }
}

void decisions_on_positions(struct story_work *w, size_t article)
{
    struct lang_reading *reading = &w->stages.readings[article];
    for (size_t i = 0; i < reading->n_statements; i++)
        split_issues(w, w->articles[article].statement_ids[i], &reading->statements[i]);
    for (size_t i = 0; i < reading->n_statements; i++)
        for (size_t k = 0; k < w->story.n_pins; k++)
            if (w->story.pins[k].id == w->articles[article].statement_ids[i])
                put_positions(w, &w->story.pins[k], &reading->statements[i]);
}

/* ---------------------------------------------------------------------------------- conflicts */

static bool same_conflict(const struct story_work *w, const struct conflict *c,
                          const struct store_conflict_verdict *v)
{
    size_t met = 0;
    if (c->id == v->id)
        return true;
    if (!str_eq(str_of(c->rule), v->rule))
        return false;
    for (size_t i = 0; i < v->n_spans; i++)
        for (size_t k = 0; k < c->n_spans; k++)
            if (w->articles[c->spans[k].article].id == v->spans[i].article &&
                overlap(c->spans[k].at, v->spans[i].at) >= 0.5) {
                met++;
                break;
            }
    return met && met == v->n_spans;
}

void decisions_on_conflicts(struct story_work *w, struct comparison *c)
{
    for (size_t i = 0; i < c->n_conflicts; i++)
        for (size_t k = 0; k < w->story.n_conflicts; k++)
            if (same_conflict(w, &c->conflicts[i], &w->story.conflicts[k]))
                c->conflicts[i].status =
                    w->story.conflicts[k].confirmed ? CONFLICT_CONFIRMED : CONFLICT_DISMISSED;
}
