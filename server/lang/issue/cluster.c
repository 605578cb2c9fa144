/* Which sides are taken on one thing: clusters of takings.
 *
 * On one thing are sides with one key ("law", words/kin.txt) that share a mark ("harbour") and do
 * not name different people or bodies; those without marks of their own join what their article
 * speaks of. Linear in the story but for clusters of one key, which are
 * compared mark by mark. */
#include "assets/wordlist.h"
#include "lang/issue/parts.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { LARGEST_GROUP = 300, MOST_COMPARED = 64 };

static int by_key(const void *a, const void *b)
{
    const struct issue_taking *x = a, *y = b;
    int order = str_cmp(x->key, y->key);
    if (order)
        return order;
    if (x->statement != y->statement)
        return x->statement < y->statement ? -1 : 1;
    return (x->side.at > y->side.at) - (x->side.at < y->side.at);
}

bool issue_share_mark(const struct issue_taking *a, const struct issue_taking *b)
{
    /* "release the party's memo", "release the court's memo": told apart by more than "memo" */
    bool told = a->object.n && str_eq(a->object, b->object) && a->n_marks > 1 && b->n_marks > 1;
    if (issue_names_others(a->names, a->n_names, b->names, b->n_names))
        return false;
    for (size_t i = 0, k = 0; i < a->n_marks && k < b->n_marks;) {
        int order = str_cmp(a->marks[i], b->marks[k]);
        if (!order && !(told && str_eq(a->marks[i], a->object)))
            return true;
        i += order <= 0;
        k += order >= 0;
    }
    return false;
}

/* Does any taking of a cluster tell by its own words what it is on? Indexed by the cluster's
 * number. */
struct tells {
    bool firm;
    bool other; /* ... than what is done to somebody named: "investigate Reed" */
    uint32_t size;
};

static void rename_cluster(struct issue_taking *v, size_t n, uint32_t from, uint32_t to)
{
    for (size_t i = 0; i < n; i++)
        if (v[i].cluster == from)
            v[i].cluster = to;
}

static void count_clusters(const struct issue_taking *v, size_t n, struct tells *of)
{
    memset(of, 0, n * sizeof *of);
    for (size_t i = 0; i < n; i++) {
        struct tells *t = &of[v[i].cluster];
        t->size++;
        t->firm = t->firm || (v[i].n_marks && !v[i].has_full);
        t->other = t->other || v[i].side.target.head != NO_TOKEN || !v[i].n_names;
    }
}

/* Does the same actor take the same side there? */
static bool stands_alike(const struct issue_taking *a, const struct issue_taking *b)
{
    return a->cluster != b->cluster && str_eq(a->actor, b->actor) &&
           issue_taking_sign(a) == issue_taking_sign(b);
}

/* The cluster for a taking that does not tell what it is on: that with the most takings, of equals
 * one where its actor takes its side, a firm one rather than another ("the inquiry" is seldom
 * "investigate Reed"), one of its own article before all. */
static uint32_t nearest_of(const struct issue_taking *v, size_t n, const struct tells *of,
                           const struct issue_taking *x)
{
    size_t most = 0;
    uint32_t nearest = x->cluster;
    uint32_t here[LARGEST_GROUP] = {0};
    for (size_t i = 0; i < n; i++)
        here[v[i].cluster] += v[i].article == x->article && v[i].n_marks && !v[i].has_full;
    for (size_t i = 0; i < n; i++) {
        const struct tells *t = &of[v[i].cluster];
        bool firm = t->firm && (t->other || x->side.target.head == NO_TOKEN);
        size_t size = 2 * t->size + (size_t)here[v[i].cluster] * 2 * LARGEST_GROUP +
                      (firm ? 2 * LARGEST_GROUP * LARGEST_GROUP : 0) + stands_alike(&v[i], x);
        if (size > most) {
            most = size;
            nearest = v[i].cluster;
        }
    }
    return nearest;
}

/* "its release" between "the release of Reed's memo" and "of Stone's": what names nobody joins no
 * two that name others. */
static bool would_join_others(const struct issue_taking *v, size_t n, uint32_t a, uint32_t b)
{
    for (size_t i = 0; i < n && n <= MOST_COMPARED; i++)
        for (size_t k = 0; k < n && v[i].cluster == a; k++)
            if (v[k].cluster == b &&
                issue_names_others(v[i].names, v[i].n_names, v[k].names, v[k].n_names))
                return true;
    return false;
}

/* Numbers the clusters of takings with one key: those that share marks; one in which none tells by
 * its own words what it is on joins the largest. */
static void part(const struct issue_takings *x, struct issue_taking *v, size_t n)
{
    struct tells of[LARGEST_GROUP];
    if (n > LARGEST_GROUP)
        n = LARGEST_GROUP;
    for (size_t i = 0; i < n; i++)
        v[i].cluster = (uint32_t)i;
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < i; k++)
            if (v[i].cluster != v[k].cluster && issue_share_mark(&v[i], &v[k]) &&
                ((v[i].n_names && v[k].n_names) ||
                 !would_join_others(v, n, v[i].cluster, v[k].cluster)))
                rename_cluster(v, n, v[i].cluster, v[k].cluster);
    issue_join_bridged(x, v, n);
    for (size_t i = 0; i < n; i++) {
        count_clusters(v, n, of);
        if (!of[v[i].cluster].firm)
            v[i].cluster = nearest_of(v, n, of, &v[i]);
    }
}

/* How the actor of the i-th taking stands by all that is sure enough to be shown: 0 if unclear, or
 * if the actor has been met before. */
static int stand_of(const struct issue_taking *const *v, size_t n, size_t i)
{
    int sum = 0;
    for (size_t k = 0; k < n; k++) {
        if (!str_eq(v[k]->actor, v[i]->actor))
            continue;
        if (k < i)
            return 0;
        if (v[k]->side.confidence >= issue_least_sure)
            sum += issue_taking_sign(v[k]);
    }
    return sum;
}

/* One actor whom two articles report differently. */
static bool are_told_apart(const struct issue_taking *a, const struct issue_taking *b)
{
    return a->article != b->article && str_eq(a->actor, b->actor) &&
           a->side.confidence >= issue_least_sure && b->side.confidence >= issue_least_sure &&
           issue_taking_sign(a) * issue_taking_sign(b) < 0;
}

static struct issue_cluster weigh(const struct issue_taking **v, size_t n)
{
    struct issue_cluster c = {.v = v, .n = n};
    bool plus = false, minus = false;
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        bool article = true, actor = stand_of(v, n, i) != 0;
        for (size_t k = 0; k < i; k++) {
            article = article && v[k]->article != v[i]->article;
            c.differs = c.differs || are_told_apart(v[k], v[i]);
        }
        c.actors += actor;
        c.articles += article;
        sum += (double)v[i]->side.confidence * (actor ? 1 : 0.1);
        plus = plus || issue_taking_sign(v[i]) > 0;
        minus = minus || issue_taking_sign(v[i]) < 0;
        c.denied =
            c.denied || (v[i]->side.sign < 0 && !str_eq(str_of(v[i]->side.rule), S("side.says")));
    }
    c.contested = plus && minus;
    c.weight = sum + 0.5 * c.articles + (c.contested ? 1.5 : 0);
    return c;
}

static int by_weight(const void *a, const void *b)
{
    const struct issue_cluster *x = a, *y = b;
    if (x->alone != y->alone)
        return x->alone ? 1 : -1;
    if (x->weight != y->weight)
        return x->weight > y->weight ? -1 : 1;
    return str_cmp(x->v[0]->key, y->v[0]->key);
}

/* Are the sides on a thing that is no matter of decision, and all the same: a firm and its manager
 * praise their product? */
static bool is_mere_praise(const struct issue_takings *x, const struct issue_cluster *c)
{
    if (c->contested || c->actors > 2)
        return false;
    for (size_t i = 0; i < c->n; i++) {
        struct issue_scene s = {.arena = x->arena, .doc = &x->docs[c->v[i]->article]};
        const struct issue_target *t = &c->v[i]->side.target;
        if (c->v[i]->side.sort != ISSUE_JUDGEMENT || t->head == NO_TOKEN || issue_is_policy(&s, t))
            return false;
        s.to = s.doc->n_tokens;
        if (lexicon_find(lexicon_open(WORDS_ISSUE_KIN), lang_token_text(s.doc, t->head)))
            return false;
    }
    return true;
}

/* Is there something to be for or against: an act, the noun of a decision ("inquiry", "bill"), or
 * of a saying that is judged ("remarks"); not a mere thing ("e-mails", "the harbour"), which one
 * alone finds bad? */
static bool is_matter(const struct issue_takings *x, const struct issue_taking *v, bool alone)
{
    const struct issue_target *t = &v->side.target;
    struct issue_scene s = {.arena = x->arena, .doc = &x->docs[v->article]};
    s.to = s.doc->n_tokens;
    if (v->side.sort == ISSUE_FACT || t->head == NO_TOKEN || t->verb != NO_TOKEN)
        return true;
    const struct lexicon_entry *kin =
        lexicon_find(lexicon_open(WORDS_ISSUE_KIN), lang_token_text(s.doc, t->head));
    bool thing = kin && str_find_char(kin->more, 't', 0) != STR_NONE;
    return issue_is_policy(&s, t) || (kin && v->side.sort == ISSUE_JUDGEMENT && !(alone && thing));
}

/* Only a thing, of which nobody says what is to be done, and nobody is on the other side. */
static bool is_mere_topic(const struct issue_takings *x, const struct issue_cluster *c)
{
    bool matter = c->contested;
    for (size_t i = 0; i < c->n; i++)
        matter = matter || is_matter(x, c->v[i], c->alone);
    return !matter;
}

static pthread_once_t once = PTHREAD_ONCE_INIT;
static struct wordset ills;

static void load(void)
{
    ills = wordset_load("lang/issue/words/ills.txt");
}

/* Does everybody condemn what nobody is said to have done: "the violence", "ending hunger"? */
static bool is_mere_outrage(const struct issue_takings *x, const struct issue_cluster *c)
{
    pthread_once(&once, load);
    if (c->contested || c->v[0]->side.sort == ISSUE_FACT)
        return false;
    for (size_t i = 0; i < c->n; i++) {
        const struct issue_target *t = &c->v[i]->side.target;
        struct str noun = t->head == NO_TOKEN
                              ? (struct str){0}
                              : lang_token_text(&x->docs[c->v[i]->article], t->head);
        if (issue_taking_sign(c->v[i]) > 0 || c->v[i]->n_names || !noun.n ||
            !wordset_find_lower(&ills, noun))
            return false;
    }
    return true;
}

/* Do people take sides here? On what is merely said to be so nobody does before it is denied. */
static bool is_question(const struct issue_cluster *c)
{
    bool fact = c->v[0]->side.sort == ISSUE_FACT;
    if (fact)
        return c->contested && c->denied && c->actors >= 2;
    return c->actors >= 2 || c->differs;
}

/* Is it done or decided on as such things are (words/kin.txt): "the bill", "resign", "tax cuts";
 * not "turn out in elections"? */
static bool is_known_matter(const struct issue_takings *x, const struct issue_taking *v)
{
    const struct issue_target *t = &v->side.target;
    struct issue_scene s = {.arena = x->arena, .doc = &x->docs[v->article]};
    s.to = s.doc->n_tokens;
    const struct lexicon_entry *verb =
        t->verb == NO_TOKEN
            ? NULL
            : lexicon_find(lexicon_open(WORDS_POLICY_VERBS), lang_token_text(s.doc, t->verb));
    return t->head == NO_TOKEN || t->nominal || issue_is_policy(&s, t) ||
           (verb && str_eq(verb->class, S("v")));
}

/* One actor's side: a question if others speak of it, too (issue_keep_backed), and it is a known
 * matter or told by several articles. */
static bool may_be_backed(const struct issue_takings *x, const struct issue_cluster *c)
{
    bool known = c->articles > 1;
    for (size_t i = 0; i < c->n; i++)
        known = known || is_known_matter(x, c->v[i]);
    return c->actors == 1 && c->v[0]->side.sort != ISSUE_FACT && known;
}

size_t issue_find_clusters(struct issue_takings *x, struct arena *a, struct issue_cluster *out)
{
    size_t n_out = 0;
    qsort(x->v, x->n, sizeof *x->v, by_key);
    issue_note_uses(x);
    for (size_t i = 0, end; i < x->n; i = end) {
        for (end = i + 1; end < x->n && str_eq(x->v[end].key, x->v[i].key);)
            end++;
        if (end - i > LARGEST_GROUP)
            end = i + LARGEST_GROUP;
        part(x, &x->v[i], end - i);
        for (size_t c = 0; c < end - i; c++) {
            const struct issue_taking **v = arena_array(a, end - i, sizeof *v);
            size_t n = 0;
            for (size_t k = i; k < end; k++)
                if (x->v[k].cluster == c)
                    v[n++] = &x->v[k];
            if (!n)
                continue;
            out[n_out] = weigh(v, n);
            out[n_out].alone = !is_question(&out[n_out]);
            n_out += !is_mere_praise(x, &out[n_out]) && !is_mere_topic(x, &out[n_out]) &&
                     !is_mere_outrage(x, &out[n_out]) &&
                     (!out[n_out].alone || may_be_backed(x, &out[n_out]));
        }
    }
    if (n_out)
        qsort(out, n_out, sizeof *out, by_weight);
    return n_out;
}
