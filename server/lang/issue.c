/* Issues proposed from the readings of one story.
 *
 * What several speakers speak of is a candidate: an action with its object ("lift sanctions"), or
 * a noun phrase ("a ceasefire"). Wordings with one head word are one candidate; it is weighed by
 * its speakers, articles and statements, and bears its commonest wording as title. An action
 * outranks the bare noun where a fair part of the mentions have it. */
#include "lang/polarity.h"
#include "lang/terms.h"

#include <stdlib.h>
#include <string.h>

enum { MOST = 6, LONGEST_PHRASE = 4, COMPLEMENT = 3, LONG_SENTENCE = 400, MANY = 4000 };

/* One mention of a candidate. */
struct wording {
    struct str key;              /* stem of the head, or of verb and head */
    struct str head;             /* stem of the head */
    struct str phrase;           /* as a title would have it */
    struct str noun;             /* the noun phrase alone */
    struct str actor;            /* key of the speaker */
    uint32_t article, statement; /* statement: counted over all articles */
    bool action;
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

static bool is_function_word(struct str word)
{
    const struct lexicon_entry *e = lexicon_find(lexicon_open(WORDS_LANGUAGES), word);
    return e && str_contains(e->class, S("en"));
}

/* May the token stand in a noun phrase that names an issue? */
static bool is_content(const struct passage *p, size_t t)
{
    struct str word = lang_token_text(p->doc, t);
    unsigned char c = word.n ? (unsigned char)word.p[0] : 0;
    if (!p->doc->tokens[t].word || word.n < 3 || word.n > 40 || (c >= '0' && c <= '9') || c == '\'')
        return false;
    const struct lexicon_entry *e = lexicon_find(lexicon_open(WORDS_STANCE), word);
    bool verb_form = e && (e->class.p[0] == 'x' || e->class.p[0] == 'm' ||
                           (e->class.p[0] == 'v' && e->form != FORM_BASE && e->form != FORM_S));
    return !verb_form && !is_function_word(word) && !str_ends(word, S("ly"));
}

static bool leads_noun(struct str word)
{
    static const struct str words[] = {
        STR("the"),  STR("a"),    STR("an"),      STR("its"),   STR("their"),
        STR("his"),  STR("her"),  STR("our"),     STR("any"),   STR("no"),
        STR("this"), STR("that"), STR("of"),      STR("on"),    STR("for"),
        STR("over"), STR("'s"),   STR("against"), STR("about"), STR("with"),
        STR("such"), STR("to"),   STR("into"),    STR("into"),  STR("\xE2\x80\x99s")};
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

/* The noun phrase at `t`: up to its end, at most a few words; its head is the last. */
static size_t phrase_end(const struct passage *p, size_t t)
{
    size_t end = t;
    while (end < p->to && end - t < LONGEST_PHRASE && is_content(p, end))
        end++;
    return end;
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
        if (p->doc->tokens[i].capital)
            last = i + 1;
        else if (!is_article_word(lang_token_text(p->doc, i)))
            break;
    }
    return last;
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

static bool fits(const struct passage *p, size_t head, bool action)
{
    struct str word = lang_token_text(p->doc, head);
    const struct lexicon_entry *e = lexicon_find(lexicon_open(WORDS_STANCE), word);
    bool judging = e && e->class.p[0] == 'a';
    return !in_list(WORDS_GENERIC_NOUNS, word) && !judging &&
           (action || !p->doc->tokens[head].capital) && !is_mention(p, head);
}

/* An action: a verb for or against, and its object. */
static void add_action(struct proposer *x, const struct passage *p, const struct polar_hit *h)
{
    size_t t = h->end;
    if (t < p->to &&
        (is_article_word(lang_token_text(p->doc, t)) || leads_noun(lang_token_text(p->doc, t))))
        t++;
    size_t end = phrase_end(p, t);
    if (end == t || h->kind != POLAR_VERB || h->passive)
        return;
    size_t head = end - 1;
    bool name = p->doc->tokens[head].capital;
    if (!fits(p, head, true))
        return;
    struct str noun = text_of(p, x->arena, t, end), stem = stem_of(p, x->arena, head);
    size_t complement = complement_end(p, end);
    struct str object = text_of(p, x->arena, h->end, complement > end ? complement : end);
    struct wording w = {
        .head = stem, .noun = name ? noun : lang_token_text(p->doc, head), .action = true};
    w.key = arena_fmt(x->arena, "%.*s %.*s", STR_ARG(h->entry->ing), STR_ARG(stem));
    w.phrase = arena_fmt(x->arena, "%.*s %.*s", STR_ARG(h->entry->ing), STR_ARG(object));
    add(x, p, w);
}

static size_t add_noun(struct proposer *x, const struct passage *p, size_t t)
{
    bool led = t > p->from && leads_noun(lang_token_text(p->doc, t - 1));
    size_t end = phrase_end(p, t);
    if (end == t)
        return t + 1;
    size_t head = end - 1;
    if (!led || !fits(p, head, false))
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
                         .noun = lang_token_text(p->doc, head)});
    return end;
}

static void collect_passage(struct proposer *x, const struct passage *p)
{
    struct polar_hits hits = lang_polar_hits(x->arena, p->doc, p->from, p->to);
    for (size_t i = 0; i < hits.n; i++)
        add_action(x, p, &hits.v[i]);
    for (size_t t = p->from; t < p->to;)
        t = add_noun(x, p, t);
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
    struct lang_doc doc = {.arena = x->arena, .text = r->text};
    lang_tokenise(&doc);
    lang_split_sentences(&doc);
    lang_find_quotes(&doc);
    for (size_t i = 0; i < r->n_statements && x->n < MANY; i++) {
        struct passage p = {
            .doc = &doc, .reading = r, .statement = &r->statements[i], .article = article};
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

/* How many different values of a field there are: few wordings, so pairs are fine. */
static struct candidate weigh(const struct wording *v, size_t n)
{
    struct candidate c = {.first = v, .n = n};
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
    }
    c.weight = 2.0 * c.actors + 1.0 * c.articles + 0.5 * c.statements + (v->action ? 2.0 : 0.0);
    return c;
}

static int by_weight(const void *a, const void *b)
{
    const struct candidate *x = a, *y = b;
    if (x->weight != y->weight)
        return x->weight > y->weight ? -1 : 1;
    return str_cmp(x->first->key, y->first->key);
}

/* The commonest wording; of equals the longer, up to a limit, then the first. Wordings are sorted.
 */
static struct str title_of(struct arena *a, const struct candidate *c)
{
    const struct wording *best = c->first;
    size_t best_count = 0;
    for (size_t i = 0; i < c->n;) {
        size_t end = i + 1;
        while (end < c->n && str_eq_case(c->first[end].phrase, c->first[i].phrase))
            end++;
        size_t length = c->first[i].phrase.n;
        bool longer = length > best->phrase.n && length < 48;
        if (end - i > best_count || (end - i == best_count && longer)) {
            best = &c->first[i];
            best_count = end - i;
        }
        i = end;
    }
    struct str title = arena_str(a, best->phrase);
    if (title.n && title.p[0] >= 'a' && title.p[0] <= 'z')
        ((char *)title.p)[0] = (char)(title.p[0] - 32);
    return title;
}

static struct str slug_of(struct arena *a, struct str title)
{
    struct str id = arena_str(a, title);
    char *p = (char *)id.p;
    size_t n = 0;
    for (size_t i = 0; i < title.n; i++) {
        unsigned char c = (unsigned char)title.p[i];
        if (c >= 'A' && c <= 'Z')
            p[n++] = (char)(c + 32);
        else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c > 127)
            p[n++] = (char)c;
        else if (n && p[n - 1] != '-')
            p[n++] = '-';
    }
    while (n && p[n - 1] == '-')
        n--;
    p[n] = 0;
    return (struct str){id.p, n};
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

static void add_issue(struct arena *a, const struct candidate *c, struct lang_issues *out)
{
    struct lang_issue *issue = &out->v[out->n];
    struct str title = title_of(a, c), id = slug_of(a, title);
    for (size_t i = 0; i < out->n; i++)
        if (str_eq(out->v[i].id, id))
            return;
    if (!id.n)
        return;
    *issue = (struct lang_issue){.id = id, .title = title};
    issue->terms = arena_array(a, 1, sizeof *issue->terms);
    issue->terms[issue->n_terms++] = arena_str(a, c->first->noun);
    out->n++;
}

void lang_propose_issues(struct arena *a, const struct lang_reading *readings, size_t n,
                         struct lang_issues *out)
{
    struct proposer x = {.arena = a};
    for (size_t i = 0; i < n && x.n < MANY; i++)
        collect(&x, &readings[i], (uint32_t)i);
    *out = (struct lang_issues){arena_array(a, MOST, sizeof *out->v), 0};
    if (!x.n)
        return;
    qsort(x.v, x.n, sizeof *x.v, by_key);
    struct candidate *c = arena_array(a, x.n, sizeof *c), *chosen[MOST];
    size_t n_candidates = 0, n_chosen = 0;
    for (size_t i = 0; i < x.n;) {
        size_t end = i;
        while (end < x.n && str_eq(x.v[end].key, x.v[i].key))
            end++;
        c[n_candidates] = weigh(&x.v[i], end - i);
        n_candidates += c[n_candidates].actors >= 2;
        i = end;
    }
    qsort(c, n_candidates, sizeof *c, by_weight);
    for (size_t i = 0; i < n_candidates && n_chosen < MOST; i++) {
        bool fresh = true;
        for (size_t k = 0; k < n_chosen && fresh; k++)
            fresh = !alike(&c[i], chosen[k]);
        if (!fresh)
            continue;
        chosen[n_chosen++] = &c[i];
        add_issue(a, &c[i], out);
    }
}
