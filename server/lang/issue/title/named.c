/* What a title calls by what it is, and the articles by name: "The president's remarks", "The
 * harbour care law", "Buying the ferry company". Whoever reads but the title knows only the name:
 * it is the person's whom all articles mean by these words, the one act's that is named after what
 * the title tells, or the body's that the articles say is bought. */
#include "lang/issue/parts.h"
#include "lang/lean/terms.h"
#include "lang/names/gazetteer.h"

enum { MOST_WORDS = 16, MOST_NAMED = 16, STEM = 64, LONGEST_ACT = 7, REACH = 5, LEAST = 2 };

/* ------------------------------------------------------------------------- holders of offices */

static size_t find_phrase(struct str title, struct str phrase)
{
    for (size_t i = 0; i + phrase.n <= title.n; i++) {
        bool starts = !i || title.p[i - 1] == ' ';
        size_t end = i + phrase.n;
        bool ends = end == title.n || title.p[end] == ' ' || title.p[end] == '\'' ||
                    str_starts(str_slice(title, end, title.n), S("\xE2\x80\x99"));
        if (starts && ends && str_eq_case(str_slice(title, i, end), phrase))
            return i;
    }
    return STR_NONE;
}

static struct str without_the(struct str text)
{
    bool the = text.n > 4 && str_eq_case(str_slice(text, 0, 4), S("the "));
    return the ? str_slice(text, 4, text.n) : text;
}

/* Whom all articles mean by the phrase; NULL where they mean several, or none. */
static const struct lang_actor *meant_by(const struct issue_takings *all, struct str phrase)
{
    const struct lang_actor *who = NULL;
    for (size_t i = 0; i < all->n_docs; i++) {
        const struct lang_reading *r = &all->readings[i];
        for (size_t k = 0; k < r->n_mentions; k++) {
            const struct lang_mention *m = &r->mentions[k];
            struct str text = str_slice(r->text, m->at.start, m->at.end);
            bool the = text.n == phrase.n + 4 && str_eq_case(without_the(text), phrase);
            if (m->reading == READING_PLACE || m->actor == NO_ACTOR || !the)
                continue;
            if (who && !str_eq(who->key, r->actors[m->actor].key))
                return NULL;
            who = &r->actors[m->actor];
        }
    }
    return who;
}

/* "The president's remarks" with the name of whom the articles mean. */
static struct str with_holder(struct arena *a, const struct issue_takings *all, struct str title)
{
    if (!str_contains(title, S("he "))) /* "The", "the": most titles have none */
        return title;
    for (size_t i = 0; i < all->n_docs; i++) {
        const struct lang_reading *r = &all->readings[i];
        for (size_t k = 0; k < r->n_mentions; k++) {
            const struct lang_mention *m = &r->mentions[k];
            struct str text = without_the(str_slice(r->text, m->at.start, m->at.end));
            if (m->reading != READING_NOMINAL || m->actor == NO_ACTOR ||
                r->actors[m->actor].kind != ACTOR_PERSON)
                continue;
            size_t at = find_phrase(title, text);
            if (at == STR_NONE || at < 4 || !str_eq_case(str_slice(title, at - 4, at), S("the ")))
                continue;
            struct str behind = str_slice(title, at + text.n, title.n);
            const struct lang_actor *who = meant_by(all, text);
            bool named = behind.n > 1 && issue_is_capital(str_slice(behind, 1, behind.n));
            if (who && !named && str_contains(who->name, S(" ")) && !str_contains(title, who->name))
                return arena_fmt(a, "%.*s%.*s%.*s", (int)(at - 4), title.p, STR_ARG(who->name),
                                 STR_ARG(behind));
        }
    }
    return title;
}

/* ----------------------------------------------------------------------------------- acts */

/* The words of a title, and the noun phrase that ends it. */
struct ending {
    struct str v[MOST_WORDS];
    size_t n, from; /* its words v[from .. n), behind the article */
};

static bool take_apart(struct str title, struct ending *x)
{
    struct str word;
    *x = (struct ending){0};
    while (x->n < MOST_WORDS && str_split(&title, ' ', &word))
        x->v[x->n++] = word;
    if (title.n || !x->n)
        return false;
    for (x->from = x->n; x->from && !str_eq_case(x->v[x->from - 1], S("the"));)
        if (issue_is_capital(x->v[--x->from]))
            return false;
    return x->from && x->from + 1 < x->n;
}

static struct str stem_of(struct str word, char *room)
{
    return word.n < STEM ? lang_term_stem(word, room, STEM) : word;
}

/* Does a word before the noun of the title stand in the name, too? */
static bool is_after(const struct ending *x, const struct lang_doc *doc, size_t from, size_t to)
{
    char room[2][STEM];
    for (size_t i = x->from; i + 1 < x->n; i++)
        for (size_t t = from; t < to; t++)
            if (issue_tells(x->v[i]) &&
                str_eq_case(stem_of(x->v[i], room[0]), stem_of(lang_token_text(doc, t), room[1])))
                return true;
    return false;
}

/* Where the name that ends with the word at token t, "the Harbour and Ferry Care Act", begins; t
 * where there is none. */
static size_t act_start(const struct lang_doc *doc, size_t t)
{
    static const char *const inner[] = {"and", "of", "for", "on", "to", NULL};
    size_t first = doc->sentences[doc->tokens[t].sentence].first, from = t;
    for (size_t i = t; i > first && t - i < LONGEST_ACT; i--) {
        struct str word = lang_token_text(doc, i - 1);
        if (doc->tokens[i - 1].capital && !str_eq(word, S("The")))
            from = i - 1;
        else if (!str_one_of(word, inner))
            break;
    }
    return from;
}

/* The one act that is named after what the title tells of a law; empty where there are others. */
static struct str act_named(const struct issue_takings *all, const struct ending *x)
{
    struct str name = {0};
    size_t uses = 0;
    for (size_t i = 0; i < all->n_docs; i++)
        for (size_t t = 0; t < all->docs[i].n_tokens; t++) {
            const struct lang_doc *doc = &all->docs[i];
            if (!str_eq(lang_token_text(doc, t), S("Act")) || doc->tokens[t].sentence == 0)
                continue;
            size_t from = act_start(doc, t);
            if (from + 1 >= t || !is_after(x, doc, from, t))
                continue;
            struct str text = lang_span_text(
                doc, (struct span){doc->tokens[from].at.start, doc->tokens[t].at.end});
            if (name.n && !str_ends(name, text) && !str_ends(text, name))
                return (struct str){0};
            name = !name.n || text.n < name.n ? text : name;
            uses++;
        }
    return uses ? name : (struct str){0};
}

static struct str with_act(struct arena *a, const struct issue_takings *all, struct str title)
{
    struct ending x;
    if (!take_apart(title, &x) ||
        !str_one_of(x.v[x.n - 1], (const char *const[]){"law", "act", "statute", NULL}))
        return title;
    struct str name = act_named(all, &x);
    return name.n ? arena_fmt(a, "%.*s%.*s", (int)(x.v[x.from].p - title.p), title.p, STR_ARG(name))
                  : title;
}

/* --------------------------------------------------------------------------------- bodies */

struct bodies {
    const struct lang_actor *who[MOST_NAMED];
    size_t uses[MOST_NAMED], n;
};

static void count(struct bodies *b, const struct lang_actor *who)
{
    size_t i = 0;
    while (i < b->n && !str_eq(b->who[i]->key, who->key))
        i++;
    if (i == MOST_NAMED)
        return;
    if (i == b->n)
        b->who[b->n++] = who;
    b->uses[i]++;
}

/* The body named right behind "buy", "takeover of" at token t, in the same sentence. */
static const struct lang_actor *object_at(const struct issue_scene *s, size_t t)
{
    for (size_t i = t + 1; i < s->to && i <= t + REACH; i++) {
        int32_t who = issue_actor_at(s, i);
        if (who != NO_ACTOR)
            return s->reading->actors[who].kind == ACTOR_ORGANISATION ? &s->reading->actors[who]
                                                                      : NULL;
        if (i == t + 1 && str_eq(lang_token_text(s->doc, i), S("of")))
            continue;
        if (lexicon_find(lexicon_open(WORDS_FUNCTION_WORDS), lang_token_text(s->doc, i)))
            return NULL;
    }
    return NULL;
}

static bool is_of_cluster(const struct issue_taking *const *v, size_t n, struct str key)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(v[i]->actor, key))
            return true;
    return false;
}

static struct str with_body(struct arena *a, const struct issue_takings *all,
                            const struct issue_taking *const *v, size_t n, struct str title)
{
    struct bodies b = {0};
    struct ending x;
    size_t best = 0;
    if (!issue_describes_body(title) || !take_apart(title, &x))
        return title;
    for (size_t i = 0; i < all->n_docs; i++)
        for (size_t t = 0; t < all->docs[i].n_tokens; t++) {
            const struct lang_doc *doc = &all->docs[i];
            const struct lexicon_entry *e =
                lexicon_find(lexicon_open(WORDS_ISSUE_KIN), lang_token_text(doc, t));
            if (!e || !str_eq(e->class, v[0]->key))
                continue;
            struct issue_scene s = {.doc = doc,
                                    .reading = &all->readings[i],
                                    .to = doc->sentences[doc->tokens[t].sentence].end};
            const struct lang_actor *who = object_at(&s, t);
            if (who && !is_of_cluster(v, n, who->key))
                count(&b, who);
        }
    for (size_t i = 1; i < b.n; i++)
        best = b.uses[i] > b.uses[best] ? i : best;
    bool plain = b.n && b.uses[best] >= LEAST;
    for (size_t i = 0; i < b.n; i++)
        plain = plain && (i == best || b.uses[i] < b.uses[best]);
    return plain ? arena_fmt(a, "%.*s%.*s", (int)(x.v[x.from - 1].p - title.p), title.p,
                             STR_ARG(b.who[best]->name))
                 : title;
}

struct str issue_named_title(struct arena *a, const struct issue_takings *all,
                             const struct issue_taking *const *v, size_t n, struct str title)
{
    title = with_holder(a, all, title);
    title = with_act(a, all, title);
    return with_body(a, all, v, n, title);
}
