/* Issues proposed from the readings of one story.
 *
 * People take sides on a thing where their words say so: such sides (side.h) are gathered over all
 * statements, those on one thing make a cluster, and a cluster of two actors at least, or of one
 * whom outlets report differently, is an issue. One whose sides say that something is so needs
 * somebody who denies it. Which sides are on one thing is told by cluster.c. */
#include "lang/issue/parts.h"

#include "assets/wordlist.h"
#include "lang/lean/terms.h"
#include "lang/names/gazetteer.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { MOST = 7, TENTATIVE = 16, TERMS = 8, MANY = 4000 };

/* What is found stays with the reading, for positions are taken of the same. */
static void collect(struct issue_takings *x, struct lang_reading *r, uint32_t article)
{
    struct lang_doc *doc = &x->docs[article];
    struct issue_sides *found = arena_array(x->arena, r->n_statements + 1, sizeof *found);
    *doc = lang_words_of(x->arena, r);
    for (size_t i = 0; i < r->n_statements && x->n < MANY; i++) {
        if (!issue_speaker_counts(r, &r->statements[i]))
            continue;
        struct issue_sides sides = found[i] = issue_sides_of(x->arena, doc, r, i);
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
    r->sides = found;
}

/* ----------------------------------------------------------------------------------------- issues
 */

static int by_text(const void *a, const void *b)
{
    return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

static struct issue_marks *marks_of(struct arena *a, const struct issue_cluster *c, int8_t turn)
{
    struct issue_marks *m = arena_alloc(a, sizeof *m);
    size_t room = 0;
    *m = (struct issue_marks){.key = arena_str(a, c->v[0]->key), .turn = turn};
    for (size_t i = 0; i < c->n; i++)
        room += c->v[i]->n_marks;
    m->v = arena_array(a, room + 1, sizeof *m->v);
    m->names = arena_array(a, room + 1, sizeof *m->names);
    for (size_t i = 0; i < c->n; i++) {
        m->bare = m->bare || !c->v[i]->n_marks;
        m->told = m->told || (c->v[i]->object.n && c->v[i]->n_marks > 1);
        for (size_t k = 0; k < c->v[i]->n_marks; k++)
            m->v[m->n++] = arena_str(a, c->v[i]->marks[k]);
        for (size_t k = 0; k < c->v[i]->n_names; k++)
            m->names[m->n_names++] = arena_str(a, c->v[i]->names[k]);
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

static void add_terms(const struct issue_takings *x, struct arena *a, const struct issue_cluster *c,
                      struct lang_issue *issue)
{
    if (!issue->terms)
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
    for (size_t i = 0; i < x->n_uses; i++) {
        const struct lexicon_entry *e = x->uses[i].kin;
        if (!e->listed || (e->more.n && !str_eq(e->more, S("d")) && !str_eq(e->more, S("m"))))
            continue;
        struct str word = lang_token_text(&x->docs[x->uses[i].doc], x->uses[i].token);
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
    return has && issue_share_mark(in, of);
}

static bool are_near(const struct issue_takings *x, const struct issue_cluster *a,
                     const struct issue_cluster *b)
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
    bool several = (str_contains(title, S("Sens. ")) || str_contains(title, S("Reps. "))) &&
                   !str_contains(title, S(" and ")); /* "Endorsing Sens. Reed" */
    return several || (at && (participle || wordset_find_lower(&title_ends, last)));
}

/* The issues so far, each with the sides that it was made of. */
struct proposing {
    struct lang_issues *out;
    struct issue_cluster made[TENTATIVE];
    struct str asked[TENTATIVE]; /* their titles before names were put in */
};

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

/* Do the two name others, Reed and Stone? */
static bool are_others(const struct issue_cluster *a, const struct issue_cluster *b)
{
    for (size_t i = 0; i < a->n; i++)
        for (size_t k = 0; k < b->n; k++)
            if (issue_names_others(a->v[i]->names, a->v[i]->n_names, b->v[k]->names,
                                   b->v[k]->n_names))
                return true;
    return false;
}

/* An inquiry into an inquiry. */
static bool looks_into_another(const struct issue_cluster *c)
{
    for (size_t i = 0; i < c->n; i++)
        for (size_t k = 0; k < c->v[i]->n_marks; k++)
            if (str_eq(c->v[i]->marks[k], S("~")))
                return true;
    return false;
}

/* Is the issue one already, in other words? Then sides on what goes by the same key are on it, too.
 */
static bool is_asked(const struct issue_takings *x, struct arena *a, struct proposing *p,
                     const struct issue_cluster *c, struct str title)
{
    for (size_t i = 0; i < p->out->n; i++) {
        struct issue_cluster *had = &p->made[i];
        if (!had->v)
            continue;
        bool like = str_eq(had->v[0]->key, c->v[0]->key);
        struct str asked = p->asked[i];
        bool half = like && !had->alone && !c->alone && !are_others(had, c) &&
                    !looks_into_another(c) && issue_tells_other_half(asked, title);
        bool named = like && issue_describes_body(title) && !issue_describes_body(asked);
        if (!half && !named && !issue_asks_same(asked, title) &&
            !issue_asks_same(p->out->v[i].title, title))
            continue;
        if (like && looks_into_another(c))
            continue;
        if (!like || (!named && are_others(had, c)))
            return true;
        const struct issue_taking **v = arena_array(x->arena, had->n + c->n, sizeof *v);
        memcpy(v, had->v, had->n * sizeof *v);
        memcpy(v + had->n, c->v, c->n * sizeof *v);
        had->v = v;
        had->n += c->n;
        had->alone = had->alone && c->alone && str_eq(had->v[0]->actor, c->v[0]->actor);
        p->out->v[i].marks = marks_of(a, had, p->out->v[i].marks->turn);
        add_terms(x, a, c, &p->out->v[i]);
        return true;
    }
    return false;
}

static void add_issue(const struct issue_takings *x, struct arena *a, const struct issue_cluster *c,
                      struct proposing *p)
{
    struct lang_issue *issue = &p->out->v[p->out->n];
    struct issue_name name = issue_name_of(a, x, c->v, c->n);
    struct str id = issue_slug(a, name.title);
    if (!id.n || is_cut(name.title) || tells_of_nobody(&name) ||
        (c->alone && !says_enough(name.title)) || issue_is_in_passing(name.title, c->alone) ||
        is_asked(x, a, p, c, name.title) || (c->alone && issue_describes_body(name.title)))
        return;
    p->asked[p->out->n] = name.title;
    if (name.sort != ISSUE_FACT) {
        name.title = issue_named_title(a, x, c->v, c->n, name.title);
        id = issue_slug(a, name.title);
    }
    *issue = (struct lang_issue){.id = id, .title = name.title, .sort = name.sort};
    issue->marks = marks_of(a, c, name.turn);
    add_terms(x, a, c, issue);
    p->made[p->out->n++] = *c;
}

void lang_propose_issues(struct arena *a, const struct lang_reading *readings, size_t n,
                         struct lang_issues *out)
{
    struct arena work = {0};
    struct lang_reading *own = arena_array(&work, n + 1, sizeof *own);
    struct issue_takings x = {.arena = &work, .readings = own, .n_docs = n};
    x.docs = arena_array(&work, n + 1, sizeof *x.docs);
    for (size_t i = 0; i < n; i++) {
        own[i] = readings[i];
        collect(&x, &own[i], (uint32_t)i);
    }
    *out = (struct lang_issues){arena_array(a, TENTATIVE, sizeof *out->v), 0};
    struct issue_cluster *c = arena_array(&work, x.n + 1, sizeof *c);
    size_t n_clusters = x.n ? issue_find_clusters(&x, &work, c) : 0;
    struct proposing p = {.out = out};
    enum issue_place place[TENTATIVE];
    size_t certain = 0;
    for (size_t i = 0; i < n_clusters && out->n < (c[i].alone ? TENTATIVE : MOST); i++) {
        bool near = false;
        for (size_t k = 0; k < certain; k++)
            near = near || are_near(&x, &p.made[k], &c[i]);
        if (!near)
            add_issue(&x, a, &c[i], &p);
        certain = c[i].alone ? certain : out->n;
    }
    for (size_t i = 0; i < out->n; i++)
        place[i] = issue_place_of(&x, out->v[i].title);
    add_kin(&x, a, out);
    issue_keep_backed(&work, out, place, own, n);
    if (out->n > MOST)
        out->n = MOST;
    arena_finish(&work);
}
