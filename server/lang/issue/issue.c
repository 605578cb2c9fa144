/* Issues proposed from the readings of one story.
 *
 * What several speakers speak of is a candidate: an action with its object ("lift sanctions"), or
 * a noun phrase ("a ceasefire"). Wordings with one head word are one candidate; it is weighed by
 * its speakers, articles and statements, and bears its commonest wording as title. An action
 * outranks the bare noun where a fair part of the mentions have it. */
#include "lang/issue/polarity.h"
#include "lang/issue/terms.h"
#include "lang/issue/title.h"
#include "lang/names/gazetteer.h"

#include <stdlib.h>
#include <string.h>

enum {
    MOST = 7,
    LONGEST_PHRASE = 4,
    COMPLEMENT = 3,
    NEAR = 5,
    TERMS = 4,
    LONG_SENTENCE = 400,
    MANY = 4000
};

/* One mention of a candidate. */
struct wording {
    struct str key;              /* stem of the head, or of verb and head */
    struct str head;             /* stem of the head */
    struct str phrase;           /* as a title would have it */
    struct str noun;             /* the noun phrase alone */
    struct str actor;            /* key of the speaker */
    uint32_t article, statement; /* statement: counted over all articles */
    bool action;
    bool judged; /* a word for or against stands close by */
};

struct candidate {
    const struct wording *first;
    size_t n; /* wordings, adjacent */
    uint32_t actors, articles, statements;
    double weight;
};

struct proposer {
    struct arena *arena;
    struct wording *v;
    size_t n, cap;
    uint32_t statements;
    struct lang_doc *docs; /* the articles' */
    size_t n_docs;
};

struct passage {
    const struct lang_doc *doc;
    const struct lang_reading *reading;
    const struct lang_statement *statement;
    uint32_t article;
    size_t from, to;
};

static bool in_list(enum lexicon_list list, struct str word)
{
    return lexicon_find(lexicon_open(list), word) != NULL;
}

static bool follows_verb(struct str word)
{
    static const struct str words[] = {STR("the"),   STR("a"),   STR("an"),  STR("our"), STR("its"),
                                       STR("their"), STR("his"), STR("her"), STR("that")};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_eq(word, words[i]))
            return true;
    return false;
}

/* A verb's form that is no noun here: "ended", "undermines our". */
static bool is_verb_form(const struct passage *p, size_t t)
{
    const struct lexicon_entry *e =
        lexicon_find(lexicon_open(WORDS_STANCE), lang_token_text(p->doc, t));
    if (!e)
        return false;
    if (e->class.p[0] == 'v' && e->form == FORM_S)
        return t + 1 < p->to && follows_verb(lang_token_text(p->doc, t + 1));
    return e->class.p[0] == 'x' || e->class.p[0] == 'm' ||
           (e->class.p[0] == 'v' && e->form != FORM_BASE);
}

/* May the token stand in a noun phrase that names an issue? */
static bool is_content(const struct passage *p, size_t t)
{
    struct str word = lang_token_text(p->doc, t);
    unsigned char c = word.n ? (unsigned char)word.p[0] : 0;
    if (!p->doc->tokens[t].word || word.n < 3 || word.n > 40 || (c >= '0' && c <= '9') || c == '\'')
        return false;
    return !in_list(WORDS_FUNCTION_WORDS, word) && !str_ends(word, S("ly")) && !is_verb_form(p, t);
}

static bool leads_noun(struct str word)
{
    static const struct str words[] = {
        STR("the"),  STR("a"),    STR("an"),           STR("its"), STR("their"),   STR("his"),
        STR("her"),  STR("our"),  STR("any"),          STR("no"),  STR("this"),    STR("of"),
        STR("on"),   STR("for"),  STR("over"),         STR("'s"),  STR("against"), STR("about"),
        STR("with"), STR("such"), STR("\xE2\x80\x99s")};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_eq_case(word, words[i]))
            return true;
    return false;
}

static bool is_article_word(struct str word)
{
    return str_eq_case(word, S("the")) || str_eq_case(word, S("a")) || str_eq_case(word, S("an")) ||
           str_eq_case(word, S("any")) || str_eq_case(word, S("all"));
}

static bool is_possessive(struct str word)
{
    return str_eq(word, S("'s")) || str_eq(word, S("\xE2\x80\x99s"));
}

/* Is the token part of the name of an actor that speaks or acts? */
static bool is_mention(const struct passage *p, size_t t)
{
    const struct lang_reading *r = p->reading;
    struct span at = p->doc->tokens[t].at;
    size_t low = 0, high = r->n_mentions;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (r->mentions[mid].at.end <= at.start)
            low = mid + 1;
        else
            high = mid;
    }
    return low < r->n_mentions && r->mentions[low].at.start <= at.start &&
           r->mentions[low].reading != READING_PLACE;
}

static struct str stem_of(const struct passage *p, struct arena *a, size_t t)
{
    char out[128];
    return arena_str(a, lang_term_stem(lang_token_text(p->doc, t), out, sizeof out));
}

/* The tokens [from, to) as one line. */
static struct str text_of(const struct passage *p, struct arena *a, size_t from, size_t to)
{
    struct str raw = lang_span_text(
        p->doc, (struct span){p->doc->tokens[from].at.start, p->doc->tokens[to - 1].at.end});
    struct str copy = arena_str(a, raw);
    for (size_t i = 0; i < copy.n; i++)
        if ((unsigned char)copy.p[i] < ' ')
            ((char *)copy.p)[i] = ' ';
    return copy;
}

/* Does a word behind nouns begin something else: "trial [starts]", "findings [confirm]"? */
static bool ends_phrase(const struct passage *p, size_t t)
{
    struct str word = lang_token_text(p->doc, t), before = lang_token_text(p->doc, t - 1);
    return str_ends(word, S("ed")) || issue_acts(word) ||
           ((gaz_word(word) & WORD_VERB) && str_ends(before, S("s")));
}

/* The noun phrase at `t`: up to its end, at most a few words; its head is the last. */
static size_t phrase_end(const struct passage *p, size_t t)
{
    size_t end = t;
    while (end < p->to && is_content(p, end) && (end == t || !ends_phrase(p, end)))
        end++;
    return end;
}

/* Where the name before `last` only begins a longer phrase, that phrase's end: "with Russian
 * officials"; `t` if that is long. */
static size_t name_end(const struct passage *p, size_t t, size_t last)
{
    enum { NOUNS = 2 };
    size_t end = last;
    while (end < p->to && is_content(p, end) && !p->doc->tokens[end].capital &&
           (gaz_word(lang_token_text(p->doc, end)) & WORD_NOUN))
        end++;
    return end - last <= NOUNS ? end : t;
}

/* "on Russia", "for Ukraine" behind the head: up to a name. */
static size_t complement_end(const struct passage *p, size_t t)
{
    static const struct str links[] = {STR("on"), STR("over"), STR("for"),
                                       STR("as"), STR("with"), STR("of")};
    bool link = false;
    for (size_t i = 0; t < p->to && i < sizeof links / sizeof *links; i++)
        link |= str_eq(lang_token_text(p->doc, t), links[i]);
    if (!link)
        return t;
    size_t last = t;
    for (size_t i = t + 1; i < p->to && i <= t + COMPLEMENT && p->doc->tokens[i].word; i++) {
        struct str word = lang_token_text(p->doc, i);
        bool compound = str_find_char(word, '-', 0) != STR_NONE;
        if (gaz_word(word) & WORD_DATE)
            return t;                               /* "goods on June 1" */
        if (p->doc->tokens[i].capital && !compound) /* not "Ukraine-related" */
            last = i + 1;
        else if (!is_article_word(word))
            break;
    }
    return last > t ? name_end(p, t, last) : t;
}

static void add(struct proposer *x, const struct passage *p, struct wording w)
{
    if (x->n >= MANY)
        return;
    w.actor = p->reading->actors[p->statement->speaker].key;
    w.article = p->article;
    w.statement = x->statements;
    x->v = arena_grow(x->arena, x->v, x->n, &x->cap, sizeof *x->v);
    x->v[x->n++] = w;
}

/* A noun for people: they take positions, they are not what these are on. */
static bool is_somebody(struct str word)
{
    const uint32_t people = WORD_ROLE | WORD_KIN | WORD_UNNAMED | WORD_COLLECTIVE;
    return (gaz_word(word) & people) != 0;
}

static bool fits(const struct passage *p, size_t head)
{
    struct str word = lang_token_text(p->doc, head);
    const struct lexicon_entry *e = lexicon_find(lexicon_open(WORDS_STANCE), word);
    bool judging = e && e->class.p[0] == 'a';
    return !in_list(WORDS_GENERIC_NOUNS, word) && !judging && !p->doc->tokens[head].capital &&
           !is_mention(p, head) && !is_somebody(word) && issue_may_name(word);
}

/* Where the object behind a verb ends: a noun phrase, perhaps that of an owner ("Norland's ...").
 */
static size_t object_end(const struct passage *p, size_t t)
{
    size_t end = phrase_end(p, t);
    if (end > t && end + 1 < p->to && is_possessive(lang_token_text(p->doc, end)) &&
        phrase_end(p, end + 1) > end + 1)
        end = phrase_end(p, end + 1);
    return end;
}

/* An action: a policy verb and its object. Wordings that share verb and a word of
 * the object are one candidate. */
static size_t add_action(struct proposer *x, const struct passage *p,
                         const struct lexicon_entry *verb, size_t t)
{
    if (t < p->to && leads_noun(lang_token_text(p->doc, t)))
        t++;
    size_t from = t, end = object_end(p, t);
    if (end == t || end - t > LONGEST_PHRASE + 1)
        return t;
    size_t complement = complement_end(p, end), last = complement > end ? complement : end;
    struct str object = text_of(p, x->arena, from, last);
    for (size_t i = from; i < last; i++) {
        struct str word = lang_token_text(p->doc, i);
        if (!is_content(p, i) || in_list(WORDS_GENERIC_NOUNS, word) || is_mention(p, i))
            continue;
        struct str stem = stem_of(p, x->arena, i);
        struct wording w = {.head = stem, .noun = word, .action = true, .judged = true};
        w.key = arena_fmt(x->arena, "%.*s %.*s", STR_ARG(verb->ing), STR_ARG(stem));
        w.phrase = arena_fmt(x->arena, "%.*s %.*s", STR_ARG(verb->ing), STR_ARG(object));
        add(x, p, w);
    }
    return t;
}

static void add_actions(struct proposer *x, const struct passage *p)
{
    const struct lexicon *verbs = lexicon_open(WORDS_POLICY_VERBS);
    size_t n;
    for (size_t t = p->from; t < p->to;) {
        const struct lexicon_entry *e = lexicon_match(verbs, p->doc, t, p->to, &n);
        bool noun = t > p->from && leads_noun(lang_token_text(p->doc, t - 1));
        bool active = e && !noun && (e->form == FORM_BASE || e->form == FORM_ING);
        t = active ? add_action(x, p, e, t + n) : t + 1;
    }
}

static bool judged_near(const struct polar_hits *hits, size_t head)
{
    for (size_t i = 0; i < hits->n; i++)
        if (hits->v[i].first <= head + NEAR && head <= hits->v[i].end + NEAR)
            return true;
    return false;
}

static size_t add_noun(struct proposer *x, const struct passage *p, const struct polar_hits *hits,
                       size_t t)
{
    bool led = t > p->from && leads_noun(lang_token_text(p->doc, t - 1));
    size_t end = phrase_end(p, t);
    if (end == t)
        return t + 1;
    size_t head = end - 1;
    if (!led || end - t > LONGEST_PHRASE || !fits(p, head))
        return end;
    struct str stem = stem_of(p, x->arena, head);
    size_t start = t;
    while (start < head && (p->doc->tokens[start].capital ||
                            in_list(WORDS_GENERIC_NOUNS, lang_token_text(p->doc, start))))
        start++;
    size_t complement = complement_end(p, end);
    add(x, p,
        (struct wording){.key = stem,
                         .head = stem,
                         .phrase = text_of(p, x->arena, start, complement > end ? complement : end),
                         .noun = lang_token_text(p->doc, head),
                         .judged = judged_near(hits, head)});
    return end;
}

static void collect_passage(struct proposer *x, const struct passage *p)
{
    struct polar_hits hits = lang_polar_hits(x->arena, p->doc, p->from, p->to);
    add_actions(x, p);
    for (size_t t = p->from; t < p->to;)
        t = add_noun(x, p, &hits, t);
}

static void collect_statement(struct proposer *x, struct passage p)
{
    struct spans content = p.statement->content;
    x->statements++;
    for (size_t i = 0; i < content.n; i++) {
        size_t t = lang_token_at(p.doc, content.v[i].start);
        while (t < p.doc->n_tokens && p.doc->tokens[t].at.start < content.v[i].end) {
            size_t end = p.doc->sentences[p.doc->tokens[t].sentence].end;
            p.from = p.to = t;
            while (p.to < end && p.to - t < LONG_SENTENCE &&
                   p.doc->tokens[p.to].at.start < content.v[i].end)
                p.to++;
            collect_passage(x, &p);
            t = p.to;
        }
    }
}

static void collect(struct proposer *x, const struct lang_reading *r, uint32_t article)
{
    struct lang_doc *doc = &x->docs[article];
    *doc = lang_words_of(x->arena, r);
    for (size_t i = 0; i < r->n_statements && x->n < MANY; i++) {
        struct passage p = {
            .doc = doc, .reading = r, .statement = &r->statements[i], .article = article};
        if (r->statements[i].speaker != NO_ACTOR && r->statements[i].content.n)
            collect_statement(x, p);
    }
}

static int by_key(const void *a, const void *b)
{
    const struct wording *x = a, *y = b;
    int order = str_cmp(x->key, y->key);
    return order ? order : str_cmp(x->phrase, y->phrase);
}

/* Does any wording have more than one word? */
static bool has_modifier(const struct wording *v, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (str_find_char(v[i].phrase, ' ', 0) != STR_NONE)
            return true;
    return false;
}

/* How many different values of a field there are: few wordings, so pairs are fine. */
static struct candidate weigh(const struct wording *v, size_t n)
{
    struct candidate c = {.first = v, .n = n};
    unsigned judged = 0;
    for (size_t i = 0; i < n && i < 200; i++) {
        bool actor = true, article = true, statement = true;
        for (size_t k = 0; k < i; k++) {
            actor &= !str_eq(v[k].actor, v[i].actor);
            article &= v[k].article != v[i].article;
            statement &= v[k].statement != v[i].statement;
        }
        c.actors += actor;
        c.articles += article;
        c.statements += statement;
        judged += statement && v[i].judged;
    }
    c.weight = 2.0 * c.actors + 1.0 * c.articles + 0.3 * c.statements + 0.7 * judged +
               (v->action ? 4.0 : 0.0) + (has_modifier(v, n) ? 1.5 : 0.0);
    return c;
}

static bool is_capital(struct str word)
{
    return word.n && word.p[0] >= 'A' && word.p[0] <= 'Z';
}

static int by_weight(const void *a, const void *b)
{
    const struct candidate *x = a, *y = b;
    if (x->weight != y->weight)
        return x->weight > y->weight ? -1 : 1;
    bool name = is_capital(x->first->noun), other = is_capital(y->first->noun);
    if (name != other) /* sanctions are lifted, not whom they are on */
        return name ? 1 : -1;
    return str_cmp(x->first->key, y->first->key);
}

/* The commonest good wording; of equals the first. Wordings are sorted. */
static struct str wording_of(const struct candidate *c)
{
    struct str best = c->first->phrase;
    size_t best_weight = 0;
    for (size_t i = 0; i < c->n;) {
        size_t end = i + 1;
        while (end < c->n && str_eq_case(c->first[end].phrase, c->first[i].phrase))
            end++;
        size_t weight = issue_title_weight(c->first[i].phrase, end - i);
        if (weight > best_weight) {
            best = c->first[i].phrase;
            best_weight = weight;
        }
        i = end;
    }
    return best;
}

/* Do most statements of the one speak of the other as well, or have they one head? */
static bool alike(const struct candidate *a, const struct candidate *b)
{
    size_t shared = 0;
    if (str_eq(a->first->head, b->first->head))
        return true;
    for (size_t i = 0; i < a->n && i < 200; i++)
        for (size_t k = 0; k < b->n && k < 200; k++)
            if (a->first[i].statement == b->first[k].statement) {
                shared++;
                break;
            }
    return shared * 10 > a->n * 6;
}

/* False where its best title says too little ("Stand"). */
static bool add_issue(const struct proposer *x, struct arena *a, const struct candidate *c,
                      struct lang_issues *out)
{
    struct lang_issue *issue = &out->v[out->n];
    struct str title = issue_title(a, wording_of(c), x->docs, x->n_docs), id = issue_slug(a, title);
    for (size_t i = 0; i < out->n; i++)
        if (str_eq(out->v[i].id, id))
            return true;
    if (!id.n || in_list(WORDS_VAGUE_NOUNS, title))
        return false;
    *issue = (struct lang_issue){.id = id, .title = title};
    issue->terms = arena_array(a, TERMS, sizeof *issue->terms);
    for (size_t i = 0; i < c->n && issue->n_terms < TERMS; i++) {
        bool fresh = true;
        for (size_t k = 0; k < issue->n_terms && fresh; k++)
            fresh = !str_eq_case(issue->terms[k], c->first[i].noun);
        if (fresh)
            issue->terms[issue->n_terms++] = arena_str(a, c->first[i].noun);
    }
    out->n++;
    return true;
}

void lang_propose_issues(struct arena *a, const struct lang_reading *readings, size_t n,
                         struct lang_issues *out)
{
    struct arena work = {0};
    struct proposer x = {.arena = &work, .n_docs = n};
    x.docs = arena_array(&work, n + 1, sizeof *x.docs);
    for (size_t i = 0; i < n; i++)
        collect(&x, &readings[i], (uint32_t)i);
    *out = (struct lang_issues){arena_array(a, MOST, sizeof *out->v), 0};
    if (x.n)
        qsort(x.v, x.n, sizeof *x.v, by_key);
    struct candidate *c = arena_array(&work, x.n + 1, sizeof *c), *chosen[MOST];
    size_t n_candidates = 0, n_chosen = 0;
    for (size_t i = 0; i < x.n;) {
        size_t end = i;
        while (end < x.n && str_eq(x.v[end].key, x.v[i].key))
            end++;
        c[n_candidates] = weigh(&x.v[i], end - i);
        n_candidates += c[n_candidates].actors >= 2;
        i = end;
    }
    if (n_candidates)
        qsort(c, n_candidates, sizeof *c, by_weight);
    for (size_t i = 0; i < n_candidates && n_chosen < MOST; i++) {
        bool fresh = true;
        for (size_t k = 0; k < n_chosen && fresh; k++)
            fresh = !alike(&c[i], chosen[k]);
        if (fresh && add_issue(&x, a, &c[i], out))
            chosen[n_chosen++] = &c[i];
    }
    arena_finish(&work);
}
