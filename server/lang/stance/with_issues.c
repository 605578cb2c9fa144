/* Stances with issues among those who are for and against, and among what they are for or against.
 *
 * Whoever gives issues may name people and bodies among them. Such an issue counts as one with the
 * actor of the reading that bears its name, so that its pronouns are known. */
#include "lang/stance/stance.h"

#include <stdlib.h>

struct merger {
    struct lang_doc *doc;
    const struct lang_issues *issues;
    struct lang_reading *reading;
    int32_t *issue_of; /* per actor: the issue that is this actor, or -1 */
    struct place *places;
    size_t n_places, cap_places;
};

/* Sentences for which an issue named is remembered. */
enum { MEMORY = 3 };

static bool same_name(struct str a, struct str b)
{
    static const struct str the = STR("the ");
    a = str_slice(a, str_eq_case(str_slice(a, 0, 4), the) ? 4 : 0, a.n);
    b = str_slice(b, str_eq_case(str_slice(b, 0, 4), the) ? 4 : 0, b.n);
    return str_eq_case(a, b);
}

/* "Joe Biden" and "Joseph R. Biden": one last name, and a first name that begins alike. */
static bool same_person(struct str a, struct str b)
{
    return a.n > 3 && b.n > 3 && (a.p[0] | 32) == (b.p[0] | 32) &&
           str_find_char(a, ' ', 0) != STR_NONE && str_find_char(b, ' ', 0) != STR_NONE &&
           str_eq_case(str_last_word(a), str_last_word(b));
}

static bool is_actor(const struct lang_issue *issue, const struct lang_actor *actor)
{
    if (same_name(actor->name, issue->title))
        return true;
    if (actor->kind == ACTOR_PERSON && same_person(actor->name, issue->title))
        return true;
    for (size_t i = 0; i < actor->n_names; i++)
        if (actor->names[i].kind != NAME_SHORT && actor->names[i].kind != NAME_METONYM &&
            same_name(actor->names[i].text, issue->title))
            return true;
    return false;
}

static int32_t find_issue(const struct lang_issues *issues, const struct lang_actor *actor)
{
    for (size_t i = 0; i < issues->n; i++)
        if (issues->v[i].actor && is_actor(&issues->v[i], actor))
            return (int32_t)i;
    return -1;
}

static uint32_t entity_of(const struct merger *m, int32_t actor)
{
    int32_t issue = m->issue_of[actor];
    return issue < 0 ? (uint32_t)actor : (uint32_t)(m->reading->n_actors + (size_t)issue);
}

static void add_place(struct merger *m, size_t first, size_t end, uint32_t entity)
{
    m->places =
        arena_grow(m->doc->arena, m->places, m->n_places, &m->cap_places, sizeof *m->places);
    m->places[m->n_places++] = (struct place){(uint32_t)first, (uint32_t)end, entity};
}

static void add_mentions(struct merger *m)
{
    for (size_t i = 0; i < m->reading->n_mentions; i++) {
        const struct lang_mention *x = &m->reading->mentions[i];
        size_t first = lang_token_at(m->doc, x->at.start),
               last = lang_token_at(m->doc, x->at.end - 1);
        if (x->actor != NO_ACTOR && last < m->doc->n_tokens && first <= last)
            add_place(m, first, last + 1, entity_of(m, x->actor));
    }
}

/* "the plan", "this law": an issue named before. */
static bool takes_up(const struct lang_doc *doc, size_t token, size_t first)
{
    static const struct str words[] = {STR("the"), STR("this"),  STR("that"), STR("such"),
                                       STR("his"), STR("their"), STR("its"),  STR("her")};
    if (token == first ||
        !lexicon_find(lexicon_open(WORDS_TOPIC_NOUNS), lang_token_text(doc, token)))
        return false;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_eq_case(lang_token_text(doc, token - 1), words[i]))
            return true;
    return false;
}

/* The issues' terms; and nouns that take up the issue named last. */
static void add_terms(struct merger *m, struct terms *terms)
{
    int32_t last = NO_ACTOR;
    size_t named = 0;
    for (size_t s = 0; s < m->doc->n_sentences; s++) {
        const struct sentence *at = &m->doc->sentences[s];
        struct term_hits hits = lang_terms_find(m->doc->arena, terms, m->doc, at->first, at->end);
        size_t next = 0;
        for (size_t t = at->first; t < at->end; t++) {
            for (; next < hits.n && hits.v[next].first <= t; next++) {
                const struct term_hit *h = &hits.v[next];
                add_place(m, h->first, h->end, (uint32_t)(m->reading->n_actors + h->issue));
                if (m->issues->v[h->issue].actor)
                    continue;
                last = (int32_t)(m->reading->n_actors + h->issue);
                named = s;
            }
            if (last != NO_ACTOR && s - named <= MEMORY && takes_up(m->doc, t, at->first))
                add_place(m, t, t + 1, (uint32_t)last);
        }
    }
}

static int by_place(const void *a, const void *b)
{
    const struct place *x = a, *y = b;
    if (x->first != y->first)
        return x->first < y->first ? -1 : 1;
    if (x->end != y->end)
        return x->end > y->end ? -1 : 1;
    /* Of two readings of the same words the issue's stays. */
    return x->entity > y->entity ? -1 : x->entity < y->entity;
}

/* Of places that overlap the first, longer one stays. */
static void drop_overlaps(struct merger *m)
{
    size_t kept = 0;
    if (!m->n_places)
        return;
    qsort(m->places, m->n_places, sizeof *m->places, by_place);
    for (size_t i = 0; i < m->n_places; i++)
        if (!kept || m->places[i].first >= m->places[kept - 1].end)
            m->places[kept++] = m->places[i];
    m->n_places = kept;
}

/* What statements say of issues, as findings. */
static struct finding *positions_of(const struct merger *m, const int32_t *speakers, size_t *n)
{
    const struct lang_reading *r = m->reading;
    struct finding *out = NULL;
    size_t cap = 0;
    *n = 0;
    for (size_t i = 0; i < r->n_statements; i++) {
        const struct lang_statement *s = &r->statements[i];
        const struct lang_position *p = s->n_positions ? &s->positions[s->n_positions - 1] : NULL;
        size_t t = s->content.n ? lang_token_at(m->doc, s->content.v[0].start) : m->doc->n_tokens;
        if (!p || (p->stance != STANCE_SUPPORT && p->stance != STANCE_OPPOSE) ||
            speakers[i] == NO_ACTOR || t >= m->doc->n_tokens)
            continue;
        size_t issue = 0;
        while (issue < m->issues->n && !str_eq(m->issues->v[issue].id, p->issue))
            issue++;
        if (issue == m->issues->n)
            continue;
        out = arena_grow(m->doc->arena, out, *n, &cap, sizeof *out);
        out[(*n)++] = (struct finding){speakers[i],
                                       (int32_t)(r->n_actors + issue),
                                       p->stance == STANCE_SUPPORT ? 1 : -1,
                                       m->doc->tokens[t].sentence,
                                       s->content.v[0],
                                       "stance.position",
                                       lang_stance_unseen};
    }
    return out;
}

void lang_judge_with_issues(struct lang_doc *doc, const struct lang_issues *issues,
                            struct lang_reading *reading)
{
    size_t n_actors = reading->n_actors, n = n_actors + issues->n;
    struct merger m = {.doc = doc, .issues = issues, .reading = reading};
    struct str *names = arena_array(doc->arena, n, sizeof *names);
    int32_t *speakers = arena_array(doc->arena, reading->n_statements + 1, sizeof *speakers);
    m.issue_of = arena_array(doc->arena, n_actors + 1, sizeof *m.issue_of);
    for (size_t i = 0; i < n_actors; i++) {
        m.issue_of[i] = find_issue(issues, &reading->actors[i]);
        names[i] = reading->actors[i].name;
    }
    for (size_t i = 0; i < issues->n; i++)
        names[n_actors + i] = issues->v[i].id;
    for (size_t i = 0; i < n_actors; i++)
        if (m.issue_of[i] >= 0 && same_name(names[i], issues->v[m.issue_of[i]].title))
            names[n_actors + (size_t)m.issue_of[i]] = names[i];
    for (size_t i = 0; i < reading->n_statements; i++) {
        int32_t actor = reading->statements[i].speaker;
        speakers[i] = actor == NO_ACTOR ? NO_ACTOR : (int32_t)entity_of(&m, actor);
    }
    int32_t *of = lang_stance_chiefs(doc->arena, reading);
    int32_t *chiefs = arena_array(doc->arena, n + 1, sizeof *chiefs);
    for (size_t i = 0; i < n; i++)
        chiefs[i] = NO_ACTOR;
    for (size_t i = 0; i < n_actors; i++)
        if (of[i] != NO_ACTOR)
            chiefs[entity_of(&m, (int32_t)i)] = (int32_t)entity_of(&m, of[i]);
    add_mentions(&m);
    add_terms(&m, lang_terms_make(doc->arena, issues));
    drop_overlaps(&m);
    struct stance_input in = {.doc = doc,
                              .places = m.places,
                              .n_places = m.n_places,
                              .names = names,
                              .n_entities = n,
                              .first_issue = n_actors,
                              .issues = issues,
                              .statements = reading->statements,
                              .n_statements = reading->n_statements,
                              .speakers = speakers,
                              .chiefs = chiefs};
    in.given = positions_of(&m, speakers, &in.n_given);
    lang_judge(&in, &reading->stances, &reading->n_stances);
}
