/* Sides on one thing that share no mark: a phrase of the articles that holds the marks of both
 * ("fraud charges against the brothers") tells that "the fraud charges" and "charges against the
 * brothers" are the same ones. Only for nouns that count as one thing (words/kin.txt). */
#include "lang/issue/parts.h"

#include "lang/lean/terms.h"

enum { MOST_USES = 400, MOST_CLUSTERS = 64, STEM = 128 };

struct group {
    struct issue_taking *v;
    size_t n;
};

/* Does a taking of the cluster have the mark, as one that tells it from its like? */
static bool has_mark(const struct group *g, uint32_t cluster, struct str mark)
{
    for (size_t i = 0; i < g->n; i++) {
        const struct issue_taking *t = &g->v[i];
        bool tells = t->cluster == cluster && !(t->n_marks > 1 && str_eq(t->object, mark));
        for (size_t k = 0; tells && k < t->n_marks; k++)
            if (str_eq(t->marks[k], mark))
                return true;
    }
    return false;
}

/* "Reed's fraud charges" are not "Stone's fraud charges". */
static bool are_of_others(const struct group *g, uint32_t a, uint32_t b)
{
    for (size_t i = 0; i < g->n; i++)
        for (size_t k = 0; g->v[i].cluster == a && k < g->n; k++)
            if (g->v[k].cluster == b &&
                issue_names_others(g->v[i].names, g->v[i].n_names, g->v[k].names, g->v[k].n_names))
                return true;
    return false;
}

static void join(const struct group *g, uint32_t from, uint32_t to)
{
    if (are_of_others(g, from, to))
        return;
    for (size_t i = 0; i < g->n; i++)
        if (g->v[i].cluster == from)
            g->v[i].cluster = to;
}

/* The clusters of the group whose marks the phrase holds. */
static size_t clusters_in(const struct group *g, const struct lang_doc *doc,
                          const struct issue_target *x, uint32_t *out)
{
    size_t n = 0;
    char room[STEM];
    for (uint32_t t = x->noun, end = issue_restricted_end(doc, x); t < end; t++) {
        struct str word = lang_token_text(doc, t);
        if (t == x->head || !doc->tokens[t].word || word.n >= STEM || !issue_tells(word))
            continue;
        struct str mark = lang_term_stem(word, room, STEM);
        for (size_t i = 0; i < g->n && n < MOST_CLUSTERS; i++) {
            bool met = false;
            for (size_t k = 0; k < n; k++)
                met = met || out[k] == g->v[i].cluster;
            if (!met && has_mark(g, g->v[i].cluster, mark))
                out[n++] = g->v[i].cluster;
        }
    }
    return n;
}

static bool are_parted(const struct group *g)
{
    for (size_t i = 1; i < g->n; i++)
        if (g->v[i].cluster != g->v[0].cluster)
            return true;
    return false;
}

void issue_note_uses(struct issue_takings *x)
{
    const struct lexicon *kin = lexicon_open(WORDS_ISSUE_KIN);
    for (uint32_t i = 0; i < x->n_docs; i++)
        for (uint32_t t = 0; t < x->docs[i].n_tokens; t++) {
            const struct lexicon_entry *e = lexicon_find(kin, lang_token_text(&x->docs[i], t));
            if (!e)
                continue;
            x->uses = arena_grow(x->arena, x->uses, x->n_uses, &x->cap_uses, sizeof *x->uses);
            x->uses[x->n_uses++] = (struct issue_kin_use){i, t, e};
        }
}

void issue_join_bridged(const struct issue_takings *x, struct issue_taking *v, size_t n)
{
    struct group g = {v, n};
    uint32_t met[MOST_CLUSTERS];
    size_t uses = 0;
    for (size_t i = 0; i < x->n_uses && uses < MOST_USES && are_parted(&g); i++) {
        const struct issue_kin_use *use = &x->uses[i];
        if (!str_eq(use->kin->class, v[0].key))
            continue;
        struct issue_scene s = {
            .arena = x->arena, .doc = &x->docs[use->doc], .reading = &x->readings[use->doc]};
        struct issue_target phrase;
        uses++;
        if (!issue_phrase_headed(&s, use->token, &phrase))
            continue;
        for (size_t k = clusters_in(&g, s.doc, &phrase, met); k-- > 1;)
            join(&g, met[k], met[0]);
    }
}
