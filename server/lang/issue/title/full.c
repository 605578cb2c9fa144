/* Titles that end with a noun which leaves open of what, on what or for whom: "Scheduling the
 * hearing", "The inquiry", "Raising tax rates". What the articles commonly put behind the noun
 * completes it ("the hearing on the harbour wall"). A bare noun for which they tell nothing is a
 * title only where a headline or a lead has it, so that whoever knows the story knows it. */
#include "lang/issue/parts.h"
#include "lang/issue/phrase.h"
#include "lang/lean/terms.h"
#include "lang/names/gazetteer.h"

enum {
    MOST_WORDS = 16,
    MOST_USES = 60,
    MOST_BEFORE = 200,
    STEM = 64,
    LONGEST = 8,
    LEAST = 2,
    PART = 3,
    LEAD = 700
};

/* The noun phrase with which a title ends. */
struct last_noun {
    struct str v[MOST_WORDS];
    size_t n, from; /* its words v[from .. n), behind article and owner */
    bool owned;     /* "the state's" before it */
    bool article;
};

/* What stands behind the noun in an article: tokens [first, end). */
struct use {
    const struct lang_doc *doc;
    uint32_t first, end, article;
    bool own; /* of one who takes a side */
};

struct uses {
    struct use v[MOST_USES];
    size_t n, all; /* all: with those that have nothing behind them */
};

static bool is_small(struct str word)
{
    return word.n > 1 && word.p[0] >= 'a' && word.p[0] <= 'z';
}

static bool is_article(struct str word)
{
    return str_eq_case(word, S("the")) || str_eq_case(word, S("a")) || str_eq_case(word, S("an"));
}

static bool owns(struct str word)
{
    return str_ends(word, S("'s")) || str_ends(word, S("\xE2\x80\x99s")) ||
           str_ends(word, S("'")) || str_ends(word, S("\xE2\x80\x99"));
}

/* "to [end] support", not "the alternatives to [family] detention". */
static bool is_verb(struct str word)
{
    const struct lexicon_entry *policy = lexicon_find(lexicon_open(WORDS_POLICY_VERBS), word),
                               *stance = lexicon_find(lexicon_open(WORDS_STANCE), word);
    return (gaz_word(word) & WORD_VERB) || (policy && policy->listed) ||
           (stance && stance->listed && stance->class.p[0] == 'v');
}

/* False where the title ends with a name, or with no noun. */
static bool take_apart(struct str title, struct last_noun *x)
{
    struct str word;
    *x = (struct last_noun){0};
    while (x->n < MOST_WORDS && str_split(&title, ' ', &word))
        x->v[x->n++] = word;
    if (title.n || x->n < 2 || !is_small(x->v[x->n - 1]) || !(gaz_word(x->v[x->n - 1]) & WORD_NOUN))
        return false;
    bool act = str_ends(x->v[0], S("ing"));
    for (x->from = x->n - 1; x->from > 0; x->from--) {
        struct str before = x->v[x->from - 1];
        x->article = is_article(before);
        x->owned = owns(before);
        if (x->article || x->owned || (x->from == 1 && act) ||
            (x->from >= 2 && str_eq(x->v[x->from - 2], S("to")) && is_verb(before)) ||
            lexicon_find(lexicon_open(WORDS_FUNCTION_WORDS), before))
            break;
        if (!is_small(before))
            return false; /* "the Harbour law" */
    }
    return x->from > 0;
}

static bool is_bare(const struct last_noun *x)
{
    return x->from + 1 == x->n;
}

static bool same_stem(struct str a, struct str b)
{
    char room[2][STEM];
    return a.n && b.n && a.n < STEM && b.n < STEM && (a.p[0] | 32) == (b.p[0] | 32) &&
           str_eq_case(lang_term_stem(a, room[0], STEM), lang_term_stem(b, room[1], STEM));
}

/* ------------------------------------------------------------------------- what stands behind it
 */

/* Is the token the noun, behind the word that the title has before it? In a headline that writes
 * all words large nothing ends where a name does. */
static bool is_use(const struct lang_doc *doc, uint32_t t, const struct last_noun *x)
{
    struct str word = lang_token_text(doc, t);
    return is_small(word) && same_stem(word, x->v[x->n - 1]) &&
           (is_bare(x) || (t && same_stem(lang_token_text(doc, t - 1), x->v[x->n - 2])));
}

static bool may_follow(struct str link, const struct last_noun *x)
{
    static const char *const tight[] = {"on", "for", "against", "of", "into", "over", "to", NULL};
    static const char *const loose[] = {"with", "between", "about", "regarding", NULL};
    return str_one_of(link, tight) || (is_bare(x) && str_one_of(link, loose));
}

/* Does a word of the phrase tell what, where more than "rights" or "years" stands there? */
static bool phrase_tells(const struct lang_doc *doc, const struct phrase *p)
{
    static const enum lexicon_list empty[] = {WORDS_VAGUE_NOUNS, WORDS_GENERIC_NOUNS,
                                              WORDS_FUNCTION_WORDS};
    for (size_t t = p->first; t < p->end; t++) {
        struct str word = lang_token_text(doc, t);
        bool tells = issue_tells(word) && !(gaz_word(word) & WORD_DATE) && doc->tokens[t].word;
        for (size_t i = 0; i < sizeof empty / sizeof *empty && !doc->tokens[t].capital; i++)
            tells = tells && !lexicon_find(lexicon_open(empty[i]), word);
        if (tells)
            return true;
    }
    return false;
}

/* Where "into fishing rights", "to private harbours" ends from token t on; t where no such thing
 * stands there. */
static uint32_t complement_end(const struct issue_scene *s, uint32_t t)
{
    struct phrase p;
    size_t at = issue_skip_determiners(s, t + 1);
    bool to = str_eq(lang_token_text(s->doc, t), S("to"));
    if (at >= s->to || (to && (gaz_word(lang_token_text(s->doc, at)) & WORD_VERB)) ||
        !issue_phrase_at(s, at, &p) || !phrase_tells(s->doc, &p))
        return t;
    return (uint32_t)issue_complements_end(s, p.end);
}

static uint32_t end_behind(const struct issue_takings *all, uint32_t article, uint32_t t,
                           const struct last_noun *x)
{
    const struct lang_doc *doc = &all->docs[article];
    const struct issue_taking here = {.article = article};
    struct issue_scene s = {.arena = all->arena,
                            .doc = doc,
                            .reading = &all->readings[article],
                            .from = t,
                            .to = doc->sentences[doc->tokens[t].sentence].end};
    if (t + 2 >= s.to || !may_follow(lang_token_text(doc, t + 1), x))
        return t + 1;
    uint32_t end = complement_end(&s, t + 1);
    end = end > t + 1 ? issue_restricted_title_end(all, &here, end) : end;
    if (end < s.to && issue_is_hyphen(lang_token_text(doc, end)) &&
        doc->tokens[end].at.start == doc->tokens[end - 1].at.end)
        return t + 1; /* "on the U.S.[-Norland border]" */
    return end > t + 1 && issue_fits(all, &here, t + 1, end, LONGEST) ? end : t + 1;
}

static bool is_taken(const struct issue_taking *const *v, size_t n, uint32_t article, uint32_t t)
{
    for (size_t i = 0; i < n; i++)
        if (v[i]->article == article && v[i]->side.target.head == t)
            return true;
    return false;
}

static void find_uses(const struct issue_takings *all, const struct issue_taking *const *v,
                      size_t n, const struct last_noun *x, struct uses *out)
{
    for (uint32_t i = 0; i < all->n_docs; i++)
        for (uint32_t t = 0; t < all->docs[i].n_tokens && out->n < MOST_USES; t++) {
            if (!is_use(&all->docs[i], t, x))
                continue;
            uint32_t end = end_behind(all, i, t, x);
            out->all++;
            if (end > t + 1)
                out->v[out->n++] = (struct use){&all->docs[i], t + 1, end, i, is_taken(v, n, i, t)};
        }
}

/* Do both tell the same thing by a word? */
static bool are_alike(const struct use *a, const struct use *b)
{
    for (uint32_t i = a->first + 1; i < a->end; i++)
        for (uint32_t k = b->first + 1; k < b->end; k++) {
            struct str word = lang_token_text(a->doc, i);
            if (word.n > 2 && issue_tells(word) &&
                !lexicon_find(lexicon_open(WORDS_FUNCTION_WORDS), word) &&
                same_stem(word, lang_token_text(b->doc, k)))
                return true;
        }
    return false;
}

/* Of what stands behind the noun, that which most uses have; NULL where too few do. */
static const struct use *commonest(const struct uses *u, const struct last_noun *x)
{
    const struct use *best = NULL;
    size_t most = 0;
    for (size_t i = 0; i < u->n; i++) {
        size_t same = u->v[i].own;
        for (size_t k = 0; k < u->n; k++)
            same += are_alike(&u->v[i], &u->v[k]);
        if (same > most ||
            (best && same == most && u->v[i].end - u->v[i].first > best->end - best->first)) {
            most = same;
            best = &u->v[i];
        }
    }
    bool enough = is_bare(x) ? most * 2 >= u->n : most * PART >= u->all;
    return most >= LEAST && enough ? best : NULL;
}

/* Is all that the use tells in the title already? */
static bool is_said(const struct last_noun *x, const struct use *u)
{
    for (uint32_t i = u->first + 1; i < u->end; i++)
        for (size_t k = 0; k < x->n; k++)
            if (issue_tells(x->v[k]) && same_stem(x->v[k], lang_token_text(u->doc, i)))
                return true;
    return false;
}

/* -------------------------------------------------------------------------------- bare nouns */

/* The word that tells one detention from another before the noun at token t, or before the two
 * words of the title that end there: "family", "automatic" of "spending cuts". */
static struct str told_before(const struct lang_doc *doc, uint32_t t, const struct last_noun *x)
{
    uint32_t words = (uint32_t)(x->n - x->from);
    if (t < words || !is_use(doc, t, x))
        return (struct str){0};
    struct str word = lang_token_text(doc, t - words);
    uint32_t flags = gaz_word(word), noun = is_bare(x) ? WORD_NOUN : WORD_COMMON;
    bool fits =
        is_small(word) && (flags & noun) && !(flags & (WORD_VERB | WORD_ADVERB | WORD_DATE)) &&
        !issue_evaluates(word) && !lexicon_find(lexicon_open(WORDS_WEAK_MODIFIERS), word) &&
        !lexicon_find(lexicon_open(WORDS_FUNCTION_WORDS), word) && !same_stem(word, x->v[0]);
    return fits && !issue_is_done_to(doc, t - words) ? word : (struct str){0};
}

/* The word that most uses with such a word have before the noun, and several do; before two words,
 * that a third of all `uses` have. */
static struct str common_before(const struct issue_takings *all, const struct last_noun *x,
                                size_t uses)
{
    struct str v[MOST_BEFORE], best = {0};
    size_t n = 0, most = 0;
    for (size_t i = 0; i < all->n_docs; i++)
        for (uint32_t t = 1; t < all->docs[i].n_tokens && n < MOST_BEFORE; t++) {
            v[n] = told_before(&all->docs[i], t, x);
            n += v[n].n > 0;
        }
    for (size_t i = 0; i < n; i++) {
        size_t same = 0;
        for (size_t k = 0; k < n; k++)
            same += str_eq_case(v[i], v[k]);
        if (same > most) {
            most = same;
            best = v[i];
        }
    }
    bool common = is_bare(x) ? most * 2 > n : most * PART >= uses && most * 2 > n;
    return most > LEAST && common ? best : (struct str){0};
}

static bool is_in_lead(const struct issue_takings *all, struct str noun)
{
    for (size_t i = 0; i < all->n_docs; i++)
        for (size_t t = 0; t < all->docs[i].n_tokens && all->docs[i].tokens[t].at.start < LEAD; t++)
            if (same_stem(lang_token_text(&all->docs[i], t), noun))
                return true;
    return false;
}

/* "Releasing [all] the documents": on what? */
static bool is_of_all(const struct last_noun *x)
{
    static const char *const words[] = {"all", "any", "every", "everything", NULL};
    size_t at = x->from - x->article;
    return at > 0 && str_one_of(x->v[at - 1], words);
}

struct str issue_full_title(struct arena *a, const struct issue_takings *all,
                            const struct issue_taking *const *v, size_t n, struct str title)
{
    struct last_noun x;
    struct uses u = {0};
    if (!take_apart(title, &x))
        return title;
    find_uses(all, v, n, &x, &u);
    const struct use *best = commonest(&u, &x);
    if (best && !is_said(&x, best))
        return arena_fmt(a, "%.*s %.*s", STR_ARG(title),
                         STR_ARG(issue_text_of(a, best->doc, best->first, best->end)));
    struct str noun = x.v[x.n - 1], first = x.v[x.from], before = {0};
    if (!x.owned && x.n - x.from <= 2)
        before = common_before(all, &x, u.all);
    if (before.n)
        return arena_fmt(a, "%.*s%.*s %.*s", (int)(first.p - title.p), title.p, STR_ARG(before),
                         STR_ARG(str_slice(title, (size_t)(first.p - title.p), title.n)));
    if (!is_bare(&x) || x.owned)
        return title;
    size_t all_of = is_of_all(&x);
    if (x.from > (size_t)x.article + str_ends(x.v[0], S("ing")) + all_of)
        return title; /* "... before the vote" */
    bool open = all_of || issue_needs_word(noun) || (x.article && !is_in_lead(all, noun));
    return open ? (struct str){0} : title;
}
