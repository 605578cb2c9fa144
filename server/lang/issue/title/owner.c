/* Whose is it, and who does it? "Releasing the tax returns", "The nomination", "Testifying to
 * Congress" say nothing to somebody who has not read the story: whose is told by the owners that
 * the articles put before the noun ("Reed's tax returns", "his returns"), who does it by the words
 * that take a side on it ("refused to testify"). See words/untold.txt, "owned" and "doer". */
#include "lang/issue/parts.h"
#include "lang/names/gazetteer.h"

enum { MOST_OWNERS = 24, REACH = 5, LEAST_OWNED = 2, BY_NAME = 2, MOST_WORDS = 16, ONE_IN = 6 };

static bool is_owning_mark(struct str word)
{
    return str_eq(word, S("'s")) || str_eq(word, S("\xE2\x80\x99s")) || str_eq(word, S("'")) ||
           str_eq(word, S("\xE2\x80\x99"));
}

/* ------------------------------------------------------------------------------------- owners */

struct owners {
    const struct lang_actor *who[MOST_OWNERS];
    size_t uses[MOST_OWNERS], n, all;
    size_t nouns; /* how often the noun stands there, owned or not */
};

static void count_owner(struct owners *o, const struct lang_actor *actor, size_t uses)
{
    size_t i = 0;
    if (actor->kind == ACTOR_UNNAMED || actor->kind == ACTOR_OUTLET)
        return;
    while (i < o->n && !str_eq(o->who[i]->key, actor->key))
        i++;
    if (i == MOST_OWNERS)
        return;
    if (i == o->n) {
        o->who[i] = actor;
        o->uses[o->n++] = 0;
    }
    o->uses[i] += uses;
    o->all += uses;
}

/* Is no other person named in the sentence of token t? There "his" is seldom another's. */
static bool is_only_one(const struct issue_scene *s, size_t t, int32_t who)
{
    const struct sentence *in = &s->doc->sentences[s->doc->tokens[t].sentence];
    for (uint32_t i = in->first; i < in->end && who != NO_ACTOR; i++) {
        int32_t other = issue_actor_at(s, i);
        if (other != NO_ACTOR && other != who && s->reading->actors[other].kind == ACTOR_PERSON)
            return false;
    }
    return who != NO_ACTOR;
}

/* The actor who owns the noun at token t: "Reed's [secret] memo", or "his memo", which counts less.
 */
static int32_t owner_at(const struct issue_scene *s, size_t t, size_t *uses)
{
    static const char *const his[] = {"his", "her", "its", "their", NULL};
    size_t first = s->doc->sentences[s->doc->tokens[t].sentence].first;
    *uses = BY_NAME;
    for (size_t i = t; i-- > first && t - i <= REACH;) {
        struct str word = lang_token_text(s->doc, i);
        if (str_one_of(word, his)) {
            int32_t who = issue_actor_at(s, i);
            *uses = 1;
            return is_only_one(s, t, who) ? who : NO_ACTOR;
        }
        if (is_owning_mark(word))
            return i > first ? issue_actor_at(s, i - 1) : NO_ACTOR;
        if (!s->doc->tokens[i].word || lexicon_find(lexicon_open(WORDS_FUNCTION_WORDS), word))
            return NO_ACTOR;
        int32_t actor = issue_actor_at(s, i);
        if (actor != NO_ACTOR && str_ends(word, S("'s")))
            return actor;
    }
    return NO_ACTOR;
}

static bool same_noun(struct str word, struct str noun)
{
    const struct lexicon *kin = lexicon_open(WORDS_ISSUE_KIN);
    const struct lexicon_entry *x = lexicon_find(kin, word), *y = lexicon_find(kin, noun);
    return str_eq_case(word, noun) || (x && y && str_eq(x->class, y->class));
}

static void count_article(const struct issue_takings *all, uint32_t article, struct str noun,
                          struct owners *o)
{
    const struct lang_reading *r = &all->readings[article];
    struct issue_scene s = {.doc = &all->docs[article], .reading = r};
    for (size_t t = 1; t < s.doc->n_tokens; t++) {
        size_t uses;
        if (!same_noun(lang_token_text(s.doc, t), noun))
            continue;
        o->nouns++;
        int32_t who = owner_at(&s, t, &uses);
        if (who != NO_ACTOR)
            count_owner(o, &r->actors[who], uses);
    }
}

/* "vowed to release his records": his who does it. */
static void count_doer(const struct issue_takings *all, const struct issue_taking *t,
                       struct str noun, struct owners *o)
{
    const struct lang_reading *r = &all->readings[t->article];
    const struct lang_doc *doc = &all->docs[t->article];
    const struct issue_target *x = &t->side.target;
    bool noun_told = x->head != NO_TOKEN && x->noun > x->first;
    if (!t->side.doer || t->side.foreign || t->side.confidence < issue_least_sure ||
        (noun_told && !same_noun(lang_token_text(doc, x->head), noun)))
        return;
    struct str own = lang_token_text(doc, noun_told ? x->noun - 1 : x->verb + 1);
    if (issue_is_pronoun(own) && !str_starts(own, S("th")))
        count_owner(o, &r->actors[t->side.doer - 1], BY_NAME);
}

/* Whose the thing is that the noun names in the articles; NULL where that is not plain. `own`: the
 * noun is one for somebody's own, others have to be told with the owner often. */
static const struct lang_actor *owner_of(const struct issue_takings *all,
                                         const struct issue_taking *const *v, size_t n,
                                         struct str noun, bool own)
{
    struct owners o = {0};
    size_t best = 0;
    for (size_t i = 0; i < n; i++)
        count_doer(all, v[i], noun, &o);
    for (uint32_t i = 0; i < all->n_docs; i++)
        count_article(all, i, noun, &o);
    for (size_t i = 1; i < o.n; i++)
        best = o.uses[i] > o.uses[best] ? i : best;
    bool plain = o.n && o.uses[best] >= LEAST_OWNED && o.uses[best] * 3 >= o.all * 2;
    if (!own && plain) /* by name at least twice, or never by another's */
        plain = (o.uses[best] >= 2 * BY_NAME || (o.n == 1 && o.uses[best] >= BY_NAME)) &&
                o.uses[best] * ONE_IN >= o.nouns * BY_NAME;
    return plain ? o.who[best] : NULL;
}

/* ------------------------------------------------------------------------------------- titles */

static bool is_end(struct str word)
{
    static const char *const links[] = {"of",  "on",   "over",  "against", "with", "between",
                                        "for", "into", "to",    "that",    "from", "in",
                                        "as",  "by",   "about", "before",  "at",   NULL};
    return str_one_of(word, links);
}

/* "the Harbour Committee", but "Reed", "Norland". */
static bool takes_article(const struct lang_actor *actor)
{
    struct str rest = actor->name, word = {0};
    size_t n = 0;
    while (str_split(&rest, ' ', &word))
        n++;
    return n > 1 && actor->kind == ACTOR_ORGANISATION &&
           ((gaz_word(word) & WORD_NOMINAL_ORG) ||
            lexicon_find(lexicon_open(WORDS_BODY_NOUNS), word));
}

/* Does but one actor take a side? */
static bool is_alone(const struct issue_taking *const *v, size_t n)
{
    for (size_t i = 1; i < n; i++)
        if (!str_eq(v[i]->actor, v[0]->actor))
            return false;
    return true;
}

/* May an owner tell more of the noun w[head], of a phrase that begins at `first`: a bare one, also
 * before "for Norland", or one for what somebody makes ("the harbour policy")? */
static bool may_be_owned(const struct str *w, size_t n, size_t first, size_t head)
{
    static const char *const links[] = {"for", "on", "over", "against", NULL};
    bool ends = head + 1 == n;
    if (first == head)
        return ends || str_one_of(w[head + 1], links);
    return ends && issue_is_untold(w[head], "whose");
}

struct str issue_owned_title(struct arena *a, const struct issue_takings *all,
                             const struct issue_taking *const *v, size_t n, struct str title)
{
    static const char *const particles[] = {"over", "up", "out", "off", "back", "down", NULL};
    struct str rest = title, word, w[MOST_WORDS];
    size_t n_w = 0, at, head;
    while (n_w < MOST_WORDS && str_split(&rest, ' ', &word))
        w[n_w++] = word;
    at = n_w > 1 && str_ends(w[0], S("ing"));
    at += at && n_w > 2 && str_one_of(w[1], particles);
    if (at + 1 >= n_w || !str_eq_case(w[at], S("the")))
        return title;
    for (head = at + 1; head + 1 < n_w && !is_end(w[head + 1]);)
        head++;
    for (size_t i = at + 1; i <= head; i++)
        if (issue_is_capital(w[i]) || str_contains(w[i], S("'")) ||
            str_contains(w[i], S("\xE2\x80\x99")))
            return title;
    bool own = head + 1 == n_w && issue_is_untold(w[head], "owned");
    if (!own && !may_be_owned(w, n_w, at + 1, head))
        return title;
    const struct lang_actor *owner = owner_of(all, v, n, w[head], own);
    if (!owner)
        return own && is_alone(v, n) ? (struct str){0} : title;
    size_t from = (size_t)(w[at].p - title.p), to = from + w[at].n;
    from += takes_article(owner) ? w[at].n + 1 : 0;
    return arena_fmt(a, "%.*s%.*s%s%.*s", (int)from, title.p, STR_ARG(owner->name),
                     str_ends(owner->name, S("s")) ? "'" : "'s",
                     STR_ARG(str_slice(title, to, title.n)));
}

/* The one by whom it is to be done, by all takings that tell; empty where they differ or none does.
 */
static struct str doer_of(const struct issue_takings *all, const struct issue_taking *const *v,
                          size_t n)
{
    struct str key = {0}, name = {0};
    for (size_t i = 0; i < n; i++) {
        int32_t who = v[i]->side.doer - 1;
        if (who < 0)
            continue;
        const struct lang_actor *actor = &all->readings[v[i]->article].actors[who];
        if (actor->kind == ACTOR_OUTLET || (key.n && !str_eq(key, actor->key)))
            return (struct str){0};
        key = actor->key;
        name = actor->name;
    }
    return name;
}

struct str issue_done_title(struct arena *a, const struct issue_takings *all,
                            const struct issue_taking *const *v, size_t n, struct str title)
{
    struct str rest = title, act;
    bool told = str_split(&rest, ' ', &act), open = told && issue_is_untold(act, "doer");
    if (!open && !(told && issue_is_untold(act, "by")))
        return title;
    struct str doer = doer_of(all, v, n);
    if (!doer.n)
        return open ? (struct str){0} : title;
    return arena_fmt(a, "%.*s %c%.*s", STR_ARG(doer), title.p[0] | 32,
                     STR_ARG(str_slice(title, 1, title.n)));
}
