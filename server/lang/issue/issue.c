/* Issues proposed from the readings of one story.
 *
 * People take sides on a thing where their words say so: such sides (side.h) are gathered over all
 * statements, those on one thing make a cluster, and a cluster of two actors at least, or of one
 * whom outlets report differently, is an issue. One whose sides say that something is so needs
 * somebody who denies it. On one thing are sides with one key ("law", words/kin.txt) that share a
 * mark ("harbour") or that nothing tells apart ("fraud charges", "charges against the men"); those
 * without marks of their own join what their article speaks of. Linear in the story but for
 * clusters of one key, which are compared mark by mark. */
#include "lang/issue/parts.h"

#include "assets/wordlist.h"
#include "lang/lean/terms.h"
#include "lang/names/gazetteer.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { MOST = 7, TENTATIVE = 16, TERMS = 8, MANY = 4000, LARGEST_GROUP = 300 };

static void collect(struct issue_takings *x, const struct lang_reading *r, uint32_t article)
{
    struct lang_doc *doc = &x->docs[article];
    *doc = lang_words_of(x->arena, r);
    for (size_t i = 0; i < r->n_statements && x->n < MANY; i++) {
        if (!issue_speaker_counts(r, &r->statements[i]))
            continue;
        struct issue_sides sides = issue_sides_of(x->arena, doc, r, i);
        for (size_t k = 0; k < sides.n; k++) {
            if (sides.v[k].foreign)
                continue;
            struct issue_taking t = issue_taking_of(x->arena, doc, r, sides.v[k]);
            t.actor = r->actors[r->statements[i].speaker].key;
            t.name = r->actors[r->statements[i].speaker].name;
            t.person = r->actors[r->statements[i].speaker].kind == ACTOR_PERSON;
            t.article = article;
            t.statement = x->statements;
            x->v = arena_grow(x->arena, x->v, x->n, &x->cap, sizeof *x->v);
            x->v[x->n++] = t;
        }
        x->statements++;
    }
}

/* --------------------------------------------------------------------------------------- clusters
 */

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

static bool share_mark(const struct issue_taking *a, const struct issue_taking *b)
{
    for (size_t i = 0, k = 0; i < a->n_marks && k < b->n_marks;) {
        int order = str_cmp(a->marks[i], b->marks[k]);
        if (!order)
            return true;
        i += order < 0;
        k += order > 0;
    }
    return false;
}

/* What the takings of a cluster tell by their own words: firm if any does, and the places of the
 * words. Indexed by the number of the cluster. */
struct tells {
    bool firm;
    uint32_t slots;
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
        t->slots |= v[i].has_full ? 0 : v[i].slots;
    }
}

/* The cluster for a taking that does not tell what it is on: that with the most takings, a firm one
 * rather than another, one of its own article before all. */
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
        size_t size = t->size + (size_t)here[v[i].cluster] * LARGEST_GROUP +
                      (t->firm ? LARGEST_GROUP * LARGEST_GROUP : 0);
        if (size > most) {
            most = size;
            nearest = v[i].cluster;
        }
    }
    return nearest;
}

/* Joins what nothing tells apart: "charges against the brothers", "fraud charges". */
static void join_untold(struct issue_taking *v, size_t n, struct tells *of)
{
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < i; k++) {
            uint32_t from = v[i].cluster, to = v[k].cluster;
            if (from == to || !of[from].firm || !of[to].firm || (of[from].slots & of[to].slots))
                continue;
            rename_cluster(v, n, from, to);
            of[to].slots |= of[from].slots;
        }
}

/* Numbers the clusters of takings with one key: those that share marks; one in which none tells by
 * its own words what it is on joins the largest. */
static void part(struct issue_taking *v, size_t n)
{
    struct tells of[LARGEST_GROUP];
    if (n > LARGEST_GROUP)
        n = LARGEST_GROUP;
    for (size_t i = 0; i < n; i++)
        v[i].cluster = (uint32_t)i;
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < i; k++)
            if (v[i].cluster != v[k].cluster && share_mark(&v[i], &v[k]))
                rename_cluster(v, n, v[i].cluster, v[k].cluster);
    count_clusters(v, n, of);
    join_untold(v, n, of);
    for (size_t i = 0; i < n; i++) {
        count_clusters(v, n, of);
        if (!of[v[i].cluster].firm)
            v[i].cluster = nearest_of(v, n, of, &v[i]);
    }
}

struct cluster {
    const struct issue_taking **v;
    size_t n;
    uint32_t actors, articles;
    bool differs;
    bool alone;             /* one actor only takes a side in plain words */
    bool contested, denied; /* denied: not only by what somebody says in passing */
    double weight;
};

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

static struct cluster weigh(const struct issue_taking **v, size_t n)
{
    struct cluster c = {.v = v, .n = n};
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
    const struct cluster *x = a, *y = b;
    if (x->alone != y->alone)
        return x->alone ? 1 : -1;
    if (x->weight != y->weight)
        return x->weight > y->weight ? -1 : 1;
    return str_cmp(x->v[0]->key, y->v[0]->key);
}

/* Are the sides on a thing that is no matter of decision, and all the same: a firm and its manager
 * praise their product? */
static bool is_mere_praise(const struct issue_takings *x, const struct cluster *c)
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
 * of a saying that is judged ("remarks"); not a mere thing ("e-mails", "the harbour")? */
static bool is_matter(const struct issue_takings *x, const struct issue_taking *v)
{
    const struct issue_target *t = &v->side.target;
    struct issue_scene s = {.arena = x->arena, .doc = &x->docs[v->article]};
    s.to = s.doc->n_tokens;
    if (v->side.sort == ISSUE_FACT || t->head == NO_TOKEN || t->verb != NO_TOKEN)
        return true;
    return issue_is_policy(&s, t) ||
           (v->side.sort == ISSUE_JUDGEMENT &&
            lexicon_find(lexicon_open(WORDS_ISSUE_KIN), lang_token_text(s.doc, t->head)));
}

/* Only a thing, of which nobody says what is to be done, and nobody is on the other side. */
static bool is_mere_topic(const struct issue_takings *x, const struct cluster *c)
{
    bool matter = c->contested;
    for (size_t i = 0; i < c->n; i++)
        matter = matter || is_matter(x, c->v[i]);
    return !matter;
}

/* Do people take sides here? On what is merely said to be so nobody does before it is denied. */
static bool is_question(const struct cluster *c)
{
    bool fact = c->v[0]->side.sort == ISSUE_FACT;
    if (fact)
        return c->contested && c->denied && c->actors >= 2;
    return c->actors >= 2 || c->differs;
}

/* One actor's side: a question if others speak of it, too (issue_keep_seconded). */
static bool may_be_seconded(const struct cluster *c)
{
    return c->actors == 1 && c->v[0]->side.sort != ISSUE_FACT;
}

static size_t find_clusters(struct issue_takings *x, struct arena *a, struct cluster *out)
{
    size_t n_out = 0;
    qsort(x->v, x->n, sizeof *x->v, by_key);
    for (size_t i = 0, end; i < x->n; i = end) {
        for (end = i + 1; end < x->n && str_eq(x->v[end].key, x->v[i].key);)
            end++;
        if (end - i > LARGEST_GROUP)
            end = i + LARGEST_GROUP;
        part(&x->v[i], end - i);
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
                     (!out[n_out].alone || may_be_seconded(&out[n_out]));
        }
    }
    if (n_out)
        qsort(out, n_out, sizeof *out, by_weight);
    return n_out;
}

/* ----------------------------------------------------------------------------------------- issues
 */

static int by_text(const void *a, const void *b)
{
    return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

static struct issue_marks *marks_of(struct arena *a, const struct cluster *c, int8_t turn)
{
    struct issue_marks *m = arena_alloc(a, sizeof *m);
    size_t room = 0;
    *m = (struct issue_marks){.key = arena_str(a, c->v[0]->key), .turn = turn};
    for (size_t i = 0; i < c->n; i++)
        room += c->v[i]->n_marks;
    m->v = arena_array(a, room + 1, sizeof *m->v);
    for (size_t i = 0; i < c->n; i++) {
        m->bare = m->bare || !c->v[i]->n_marks;
        for (size_t k = 0; k < c->v[i]->n_marks; k++)
            m->v[m->n++] = arena_str(a, c->v[i]->marks[k]);
    }
    if (m->n > 1)
        qsort(m->v, m->n, sizeof *m->v, by_text);
    return m;
}

static void add_term(struct arena *a, struct lang_issue *issue, struct str word)
{
    if (issue->n_terms >= TERMS)
        return;
    for (size_t k = 0; k < issue->n_terms; k++)
        if (str_eq_case(issue->terms[k], word))
            return;
    issue->terms[issue->n_terms++] = arena_str(a, word);
}

static void add_terms(const struct issue_takings *x, struct arena *a, const struct cluster *c,
                      struct lang_issue *issue)
{
    issue->terms = arena_array(a, TERMS, sizeof *issue->terms);
    for (size_t i = 0; i < c->n; i++) {
        const struct issue_target *t = &c->v[i]->side.target;
        bool verb = t->head == NO_TOKEN || (issue->sort == ISSUE_FACT && t->verb != NO_TOKEN);
        add_term(a, issue, lang_token_text(&x->docs[c->v[i]->article], verb ? t->verb : t->head));
    }
}

/* Other words of the articles for the same things: "takeover" beside "merger". */
static void add_kin(const struct issue_takings *x, struct arena *a, struct lang_issues *issues)
{
    const struct lexicon *kin = lexicon_open(WORDS_ISSUE_KIN);
    for (size_t i = 0; i < x->n_docs; i++)
        for (size_t t = 0; t < x->docs[i].n_tokens; t++) {
            struct str word = lang_token_text(&x->docs[i], t);
            const struct lexicon_entry *e = lexicon_find(kin, word);
            if (!e || !e->listed ||
                (e->more.n && !str_eq(e->more, S("d")) && !str_eq(e->more, S("m"))))
                continue;
            for (size_t k = 0; k < issues->n; k++)
                if (str_eq(issues->v[k].marks->key, e->class))
                    add_term(a, &issues->v[k], word);
        }
}

/* Is the one on what the other is on, among more words: "A vote on the clean bill", "The clean
 * bill"? */
static bool is_within(const struct issue_takings *x, const struct issue_taking *in,
                      const struct issue_taking *of)
{
    char folded[128];
    if (of->side.target.head == NO_TOKEN || of->side.sort == ISSUE_FACT)
        return false;
    struct str word = lang_token_text(&x->docs[of->article], of->side.target.head);
    struct str stem = word.n < 64 ? lang_term_stem(word, folded, sizeof folded) : word;
    bool has = false;
    for (size_t i = 0; i < in->n_marks; i++)
        has = has || str_eq(in->marks[i], stem);
    return has && share_mark(in, of);
}

static bool are_near(const struct issue_takings *x, const struct cluster *a,
                     const struct cluster *b)
{
    for (size_t i = 0; i < a->n; i++)
        for (size_t k = 0; k < b->n; k++)
            if (is_within(x, a->v[i], b->v[k]) || is_within(x, b->v[k], a->v[i]))
                return true;
    return false;
}

static pthread_once_t once = PTHREAD_ONCE_INIT;
static struct wordset title_ends;

static void load(void)
{
    title_ends = wordset_load("lang/issue/words/title-ends.txt");
}

/* "The children vaccinated", "A vote on": cut behind what is to be done, or before of what; "Moss's
 * decision": to do what? */
static bool is_cut(struct str title)
{
    size_t at = title.n;
    pthread_once(&once, load);
    while (at && title.p[at - 1] != ' ')
        at--;
    struct str last = str_slice(title, at, title.n);
    bool participle = str_ends(last, S("ed")) && !(gaz_word(last) & WORD_NOUN);
    return at && (participle || wordset_find_lower(&title_ends, last));
}

static bool is_capital(struct str word)
{
    return word.n && word.p[0] >= 'A' && word.p[0] <= 'Z';
}

/* What is so or not is told of somebody: "The massacre in Weidau" is no statement. */
static bool tells_of_nobody(const struct issue_name *name)
{
    struct str rest = name->title, word;
    if (!str_split(&rest, ' ', &word) || !str_eq(word, S("The")))
        return false;
    str_split(&rest, ' ', &word);
    return name->sort == ISSUE_FACT && lexicon_find(lexicon_open(WORDS_ISSUE_KIN), word);
}

/* On what one alone takes a side says of what it is: "Delaying enforcement", "The House bill" do
 * not without a name or another word. */
static bool says_enough(struct str title)
{
    struct str rest = title, word;
    unsigned n = 0, told = 0;
    bool first = true;
    for (; str_split(&rest, ' ', &word); first = false) {
        bool act = first && str_ends(word, S("ing")), name = !first && is_capital(word);
        if (act || lexicon_find(lexicon_open(WORDS_FUNCTION_WORDS), word))
            continue;
        told += issue_tells(word);
        n += name && issue_tells(word) ? 2 : 1;
    }
    return told && n >= 2;
}

static bool add_issue(const struct issue_takings *x, struct arena *a, const struct cluster *c,
                      struct lang_issues *out)
{
    struct lang_issue *issue = &out->v[out->n];
    struct issue_name name = issue_name_of(a, x, c->v, c->n);
    struct str id = issue_slug(a, name.title);
    if (!id.n || is_cut(name.title) || tells_of_nobody(&name) ||
        (c->alone && !says_enough(name.title)))
        return false;
    for (size_t i = 0; i < out->n; i++)
        if (str_eq(out->v[i].id, id))
            return false;
    *issue = (struct lang_issue){.id = id, .title = name.title, .sort = name.sort};
    issue->marks = marks_of(a, c, name.turn);
    add_terms(x, a, c, issue);
    out->n++;
    return true;
}

void lang_propose_issues(struct arena *a, const struct lang_reading *readings, size_t n,
                         struct lang_issues *out)
{
    struct arena work = {0};
    struct issue_takings x = {.arena = &work, .n_docs = n};
    x.docs = arena_array(&work, n + 1, sizeof *x.docs);
    for (size_t i = 0; i < n; i++)
        collect(&x, &readings[i], (uint32_t)i);
    *out = (struct lang_issues){arena_array(a, TENTATIVE, sizeof *out->v), 0};
    struct cluster *c = arena_array(&work, x.n + 1, sizeof *c);
    size_t n_clusters = x.n ? find_clusters(&x, &work, c) : 0;
    const struct cluster *made[TENTATIVE] = {NULL};
    size_t certain = 0;
    for (size_t i = 0; i < n_clusters && out->n < (c[i].alone ? TENTATIVE : MOST); i++) {
        bool near = false;
        for (size_t k = 0; k < certain; k++)
            near = near || (made[k] && are_near(&x, made[k], &c[i]));
        if (!near && add_issue(&x, a, &c[i], out))
            made[out->n - 1] = &c[i];
        certain = c[i].alone ? certain : out->n;
    }
    add_kin(&x, a, out);
    issue_keep_seconded(&work, out, certain, readings, n);
    if (out->n > MOST)
        out->n = MOST;
    arena_finish(&work);
}
