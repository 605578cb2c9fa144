/* Signs: the words for and against that govern an issue's terms, multiplied.
 *
 * The attitude to a term is the product of the signs of the words that govern it, the cue included:
 * "refused (-) to recognise (+)", "sanctions must be lifted (-)". Where the issue's own title turns
 * its object's sign ("Lifting sanctions"), so does the attitude to that object. A condition in the
 * same sentence makes it conditional. */
#include "lang/issue/parts.h"

#include <stdlib.h>

enum { LEFT_REACH = 5, CHAIN_REACH = 6, RIGHT_REACH = 9, NEAR_SENTENCES = 2 };
/* Longer ones are cut: pairs of words are looked at. */
enum { LONG_SENTENCE = 400 };

/* The title as a document of its own. */
static struct lang_doc title_doc(struct arena *a, struct str title)
{
    struct lang_doc d = {.arena = a, .text = title};
    lang_tokenise(&d);
    lang_split_sentences(&d);
    return d;
}

bool lang_title_turns(struct arena *a, struct str title)
{
    struct lang_doc d = title_doc(a, title);
    struct polar_hits hits = lang_polar_hits(a, &d, 0, d.n_tokens);
    for (size_t i = 0; i < hits.n; i++)
        if (hits.v[i].kind == POLAR_VERB)
            return hits.v[i].sign < 0;
    return false;
}

static bool in_title(struct str title, struct str word)
{
    char a[128], b[128];
    struct str rest = title, other, stem;
    if (word.n > 100)
        return false;
    stem = lang_term_stem(word, a, sizeof a);
    while (str_split(&rest, ' ', &other))
        if (other.n < 100 && str_eq(lang_term_stem(other, b, sizeof b), stem))
            return true;
    return false;
}

/* How many of the tokens are words of the issue's title. */
static uint32_t words_of_title(const struct positions *p, uint32_t issue, size_t from, size_t to)
{
    uint32_t n = 0;
    for (size_t t = from; t < to; t++) {
        struct str word = lang_token_text(&p->doc, t);
        n += p->doc.tokens[t].word && word.n > 3 && in_title(p->issues->v[issue].title, word);
    }
    return n;
}

static bool parts(const struct lang_doc *doc, size_t token)
{
    static const struct str marks[] = {STR(";"), STR(":"), STR("but"), STR("while"),
                                       STR("although")};
    struct str word = lang_token_text(doc, token);
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (str_eq(word, marks[i]))
            return true;
    return false;
}

static bool parted(const struct lang_doc *doc, size_t from, size_t to)
{
    for (size_t t = from; t < to; t++)
        if (parts(doc, t))
            return true;
    return false;
}

/* "Ukrainian resistance to": somebody else's. */
static bool is_of_another(const struct lang_doc *doc, const struct polar_hit *h)
{
    return h->kind == POLAR_NOUN && h->first && doc->tokens[h->first - 1].capital;
}

/* "is unacceptable and ...": said of what stands before, not of what comes. */
static bool looks_back(const struct lang_doc *doc, const struct polar_hit *h)
{
    static const struct str be[] = {STR("is"),   STR("are"), STR("was"),
                                    STR("were"), STR("be"),  STR("been")};
    static const struct str on[] = {STR("to"), STR("that"), STR("for"),
                                    STR("of"), STR("with"), STR("about")};
    bool predicate = false;
    for (size_t i = 0; h->first && i < sizeof be / sizeof *be; i++)
        predicate |= str_eq(lang_token_text(doc, h->first - 1), be[i]);
    for (size_t i = 0; h->end < doc->n_tokens && i < sizeof on / sizeof *on; i++)
        predicate &= !str_eq(lang_token_text(doc, h->end), on[i]);
    return predicate && h->kind == POLAR_QUALITY;
}

/* The product of the signs before the term, 0 if there is none. A quality that a verb governs
 * ("recognise the illegal seizure") is no part of it. */
static int sign_before(const struct lang_doc *doc, const struct polar_hits *hits, size_t term)
{
    int sign = 0, quality = 0;
    size_t edge = term, reach = LEFT_REACH;
    for (size_t i = hits->n; i-- > 0;) {
        const struct polar_hit *h = &hits->v[i];
        if (h->end > edge)
            continue;
        if (edge - h->end > reach || parted(doc, h->end, edge))
            break;
        if (is_of_another(doc, h))
            return 0;
        if ((h->passive && h->kind == POLAR_VERB) || looks_back(doc, h))
            continue;
        if (h->kind == POLAR_QUALITY && !sign)
            quality = h->sign;
        else
            sign = (sign ? sign : 1) * h->sign;
        edge = h->first;
        reach = CHAIN_REACH;
    }
    return sign ? sign : quality;
}

/* Tokens from `from` to `to`, without what stands between dashes. */
static size_t distance(const struct lang_doc *doc, size_t from, size_t to)
{
    size_t n = 0, dashes = 0;
    for (size_t t = from; t < to; t++) {
        struct str word = lang_token_text(doc, t);
        bool dash = str_eq(word, S("-")) || str_eq(word, S("--")) ||
                    str_eq(word, S("\xE2\x80\x94")) || str_eq(word, S("\xE2\x80\x93"));
        dashes += dash;
        n += !dash && dashes % 2 == 0;
    }
    return n;
}

/* What is said of the term behind it: 2 or -2, 1 or -1 where it is called for only. That something
 * was done to it is an event and no attitude, unless it must or must not be done. */
static int sign_behind(const struct lang_doc *doc, const struct polar_hits *hits, size_t end)
{
    int sign = 0;
    for (size_t i = 0; i < hits->n; i++) {
        const struct polar_hit *h = &hits->v[i];
        if (h->first < end)
            continue;
        if (distance(doc, end, h->first) > RIGHT_REACH || parted(doc, end, h->first))
            break;
        bool done = h->kind == POLAR_VERB && h->passive && (sign || h->negated);
        if (h->kind == POLAR_QUALITY || done)
            return (sign ? sign : 1) * h->sign * 2;
        if (h->kind == POLAR_CALL && !sign)
            sign = h->sign;
    }
    return sign;
}

/* "its cuts", "the strike": no verb. */
static bool follows_determiner(const struct lang_doc *doc, size_t token)
{
    static const struct str words[] = {STR("the"), STR("a"),     STR("its"), STR("their"),
                                       STR("any"), STR("his"),   STR("her"), STR("our"),
                                       STR("no"),  STR("of"),    STR("on"),  STR("new"),
                                       STR("'s"),  STR("these"), STR("this")};
    for (size_t i = 0; token && i < sizeof words / sizeof *words; i++)
        if (str_eq_case(lang_token_text(doc, token - 1), words[i]))
            return true;
    return false;
}

/* The verb that is the term itself ("walk away") or the title's ("lifting"): said to be done or
 * not. */
static int sign_of_itself(const struct positions *p, const struct polar_hits *hits,
                          const struct term_hit *term)
{
    for (size_t i = 0; i < hits->n; i++) {
        const struct polar_hit *h = &hits->v[i];
        if (h->kind != POLAR_VERB || h->first >= term->end || term->first >= h->end)
            continue;
        bool whole = term->end - term->first <= h->end - h->first + 1;
        if (in_title(p->issues->v[term->issue].title, lang_token_text(&p->doc, h->first)) ||
            (whole && !follows_determiner(&p->doc, h->first)))
            return h->negated ? -1 : 1;
    }
    return 0;
}

/* "if they are to": a purpose, no condition. */
static bool is_purpose(const struct lang_doc *doc, size_t token, size_t end)
{
    for (size_t t = token + 2; t < end && t < token + 7; t++) {
        struct str word = lang_token_text(doc, t);
        if (str_eq(word, S("to")) && (str_eq(lang_token_text(doc, t - 1), S("are")) ||
                                      str_eq(lang_token_text(doc, t - 1), S("is"))))
            return true;
    }
    return false;
}

/* The condition in [from, to): from its word to the next comma or the end. */
static bool find_condition(const struct lang_doc *doc, size_t from, size_t to, size_t *first,
                           size_t *end)
{
    const struct lexicon *hedges = lexicon_open(WORDS_HEDGES);
    size_t n;
    for (size_t t = from; t < to; t++) {
        const struct lexicon_entry *e = lexicon_match(hedges, doc, t, to, &n);
        if (!e || e->class.p[0] != 'c' || is_purpose(doc, t, to))
            continue;
        *first = t;
        for (*end = t + n; *end < to; ++*end)
            if (str_eq(lang_token_text(doc, *end), S(",")) || parts(doc, *end))
                break;
        while (*end > t && !doc->tokens[*end - 1].word)
            --*end;
        return *end > t;
    }
    return false;
}

static bool is_hedged(const struct lang_doc *doc, size_t from, size_t to)
{
    static const struct str words[] = {STR("may"), STR("might"), STR("could")};
    for (size_t t = from; t < to; t++)
        for (size_t i = 0; i < sizeof words / sizeof *words; i++)
            if (str_eq(lang_token_text(doc, t), words[i]))
                return true;
    return false;
}

static struct view *view_of(struct positions *p, uint32_t issue)
{
    for (size_t i = 0; i < p->n_views; i++)
        if (p->views[i].issue == issue)
            return &p->views[i];
    p->views = arena_grow(p->arena, p->views, p->n_views, &p->cap_views, sizeof *p->views);
    p->views[p->n_views] = (struct view){.issue = issue};
    return &p->views[p->n_views++];
}

struct passage {
    size_t from, to;        /* tokens of the content in one sentence */
    struct polar_hits hits; /* the cue's, too */
    bool has_condition;
    size_t condition, condition_end;
};

static void weigh_term(struct positions *p, const struct passage *at, const struct term_hit *term)
{
    const struct lang_doc *doc = &p->doc;
    struct view *v = view_of(p, term->issue);
    v->n_terms++;
    if (v->n_terms == 1)
        v->of_title = words_of_title(p, term->issue, at->from, at->to);
    if (at->has_condition && term->first >= at->condition && term->end <= at->condition_end)
        return;
    int itself = sign_of_itself(p, &at->hits, term);
    int before = sign_before(doc, &at->hits, term->first);
    int behind = itself ? 0 : sign_behind(doc, &at->hits, term->end);
    int sign = before ? before * 2 : behind;
    if (itself)
        sign = itself * (sign ? sign : 2);
    if (itself && !at->has_condition && is_hedged(doc, at->from, term->first))
        sign = 0;
    if (p->turned[term->issue] && !itself &&
        in_title(p->issues->v[term->issue].title, lang_token_text(doc, term->end - 1)))
        sign = -sign;
    v->plus += sign > 0 ? sign : 0;
    v->minus += sign < 0 ? -sign : 0;
    if (sign && at->has_condition) {
        v->conditional = true;
        v->condition = (struct span){doc->tokens[at->condition].at.start,
                                     doc->tokens[at->condition_end - 1].at.end};
    }
}

/* "such speculation", "the move": what was spoken of last. */
static bool refers_back(const struct lang_doc *doc, size_t from, size_t to)
{
    static const struct str words[] = {STR("such"),     STR("this"),      STR("that"),
                                       STR("it"),       STR("move"),      STR("idea"),
                                       STR("proposal"), STR("proposals"), STR("step")};
    for (size_t t = from; t < to && t < from + 4; t++)
        for (size_t i = 0; i < sizeof words / sizeof *words; i++)
            if (str_eq_case(lang_token_text(doc, t), words[i]))
                return true;
    return false;
}

static void weigh_reference(struct positions *p, const struct passage *at)
{
    uint32_t sentence = p->doc.tokens[at->from].sentence;
    if (!p->last_sentence || sentence + 1 - p->last_sentence > NEAR_SENTENCES ||
        !refers_back(&p->doc, at->from, at->to))
        return;
    int sign = sign_behind(&p->doc, &at->hits, at->from);
    if (!sign)
        return;
    struct view *v = view_of(p, p->last_issue);
    v->plus += sign > 0;
    v->minus += sign < 0;
}

/* Does the cue govern the content as a verb its object ("rejected recognising ...")? */
static size_t start_with_cue(const struct lang_doc *doc, const struct lang_statement *s,
                             size_t from)
{
    if (!s->cue.n)
        return from;
    size_t cue = lang_token_at(doc, s->cue.v[0].start);
    bool governs =
        cue < from && from - cue < 6 && doc->tokens[cue].sentence == doc->tokens[from].sentence;
    for (size_t t = cue; governs && t < from; t++)
        governs = !str_eq(lang_token_text(doc, t), S("that")) && !doc->tokens[t].in_quote;
    return governs && !str_eq(lang_token_text(doc, from), S("that")) ? cue : from;
}

static void weigh_passage(struct positions *p, const struct lang_statement *s, size_t from,
                          size_t to)
{
    struct passage at = {.from = from, .to = to};
    at.hits = lang_polar_hits(p->arena, &p->doc, start_with_cue(&p->doc, s, from), to);
    at.has_condition = find_condition(&p->doc, from, to, &at.condition, &at.condition_end);
    struct term_hits terms = lang_terms_find(p->arena, p->terms, &p->doc, from, to);
    p->passages =
        arena_grow(p->arena, p->passages, p->n_passages, &p->cap_passages, sizeof *p->passages);
    p->passages[p->n_passages++] = (struct lean_passage){from, to, at.hits, terms};
    for (size_t i = 0; i < terms.n; i++)
        if (!p->issues->v[terms.v[i].issue].actor)
            weigh_term(p, &at, &terms.v[i]);
    if (!p->n_views)
        weigh_reference(p, &at);
}

void lang_weigh_statement(struct positions *p, const struct lang_statement *s)
{
    const struct lang_doc *doc = &p->doc;
    p->n_views = p->n_passages = 0;
    for (size_t i = 0; i < s->content.n; i++) {
        size_t t = lang_token_at(doc, s->content.v[i].start);
        while (t < doc->n_tokens && doc->tokens[t].at.start < s->content.v[i].end) {
            size_t end = doc->sentences[doc->tokens[t].sentence].end, to = t;
            while (to < end && to - t < LONG_SENTENCE &&
                   doc->tokens[to].at.start < s->content.v[i].end)
                to++;
            weigh_passage(p, s, t, to);
            t = to;
        }
    }
}
