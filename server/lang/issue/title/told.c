/* Titles that name a thing and leave open which: "The House bill", "A clean resolution", "Stopping
 * the council's policy" (words/untold.txt). They are completed out of the articles - by what the
 * thing is to do ("The House bill to close the harbour"), or by the noun that oftenest stands
 * before it there ("The House harbour bill") - or are no titles. */
#include "assets/wordlist.h"
#include "lang/issue/parts.h"
#include "lang/issue/phrase.h"
#include "lang/names/gazetteer.h"

#include <pthread.h>

enum { MOST_WORDS = 16, MOST_PHRASES = 60, LEAST_USES = 2, LONGEST_TOLD = 12, PART_OF_USES = 3 };

static pthread_once_t once = PTHREAD_ONCE_INIT;
static struct wordset untold;

static void load(void)
{
    untold = wordset_load("lang/issue/words/untold.txt");
}

bool issue_is_untold(struct str word, const char *how)
{
    pthread_once(&once, load);
    const struct wordset_entry *e = wordset_find_lower(&untold, word);
    return e && str_eq(e->value, str_of(how));
}

struct str issue_without_owner(struct str word)
{
    static const struct str ends[] = {STR("'s"), STR("\xE2\x80\x99s"), STR("'"),
                                      STR("\xE2\x80\x99")};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (str_ends(word, ends[i]))
            return str_slice(word, 0, word.n - ends[i].n);
    return word;
}

bool issue_is_capital(struct str word)
{
    return word.n && word.p[0] >= 'A' && word.p[0] <= 'Z';
}

/* Is the word part of what somebody or some place is called in the articles? */
static bool names_somebody(const struct issue_takings *all, struct str word)
{
    for (size_t i = 0; i < all->n_docs; i++)
        for (size_t k = 0; k < all->readings[i].n_mentions; k++) {
            struct span at = all->readings[i].mentions[k].at;
            struct str rest = str_slice(all->readings[i].text, at.start, at.end), part;
            while (str_split(&rest, ' ', &part))
                if (str_eq(issue_without_owner(part), word))
                    return true;
        }
    return false;
}

/* Does the word before a noun tell what it is about, rather than whose it is or of what manner? */
static bool tells_subject(const struct issue_takings *all, struct str owner)
{
    struct str word = issue_without_owner(owner);
    uint32_t flags = gaz_word(word),
             bodies = WORD_LEADER | WORD_COUNTRY | WORD_NOMINAL_ORG | WORD_HONORIFIC | WORD_RANK,
             people = WORD_ROLE | WORD_COLLECTIVE | WORD_UNNAMED;
    bool owns = owner.n > word.n || issue_is_capital(word); /* not "the employees bill" */
    bool made = str_ends(word, S("-authored")) || str_ends(word, S("-backed")) ||
                str_ends(word, S("-led")) || str_ends(word, S("-passed")) ||
                str_ends(word, S("-drafted")) || str_ends(word, S("-sponsored"));
    if (made || (flags & bodies) || (owns && (flags & people)) || issue_is_untold(word, "manner") ||
        issue_is_untold(word, "aside") || issue_is_untold(word, "whose") || !issue_tells(word))
        return false;
    return !issue_is_capital(word) || !names_somebody(all, word);
}

/* The words of a title, and the noun of which they may tell too little. */
struct words {
    struct str title, v[MOST_WORDS];
    size_t n, first; /* behind article and act */
    size_t last;     /* its noun */
    size_t head;     /* the same; n where the title tells enough, or is no such thing */
    bool linked;     /* something stands behind the noun */
};

static bool is_link(struct str word)
{
    static const char *const links[] = {"of",  "on",    "over",  "against", "with",  "between",
                                        "for", "into",  "to",    "that",    "from",  "in",
                                        "as",  "which", "about", "behind",  "under", NULL};
    return str_one_of(word, links);
}

static bool is_article(struct str word)
{
    return str_eq_case(word, S("the")) || str_eq_case(word, S("a")) || str_eq_case(word, S("an"));
}

static void take_apart(const struct issue_takings *all, struct str title, struct words *w)
{
    struct str rest = title, word;
    bool told = false;
    *w = (struct words){.title = title};
    while (w->n < MOST_WORDS && str_split(&rest, ' ', &word))
        w->v[w->n++] = word;
    bool act = w->n > 1 && str_ends(w->v[0], S("ing"));
    w->first = act;
    while (w->first < w->n && (is_article(w->v[w->first]) || (act && is_link(w->v[w->first]))))
        w->first++;
    w->head = w->first;
    while (w->head + 1 < w->n && !str_eq(w->v[w->head + 1], S("by")) && !is_link(w->v[w->head + 1]))
        w->head++;
    w->last = w->head;
    w->linked = w->head + 1 < w->n && !str_eq(w->v[w->head + 1], S("by"));
    bool open = w->first < w->n && (issue_is_untold(w->v[w->head], "whose") ||
                                    (issue_is_untold(w->v[w->head], "object") && !act));
    for (size_t i = w->first; i < w->head; i++)
        told = told || tells_subject(all, w->v[i]);
    if (rest.n || w->linked || !open || told)
        w->head = w->n;
}

/* -------------------------------------------------------------------------- what it is to do */

/* Where "to close the harbour", "that would close the harbour" ends, whose verb is at token t; t
 * where it is no such thing. */
static size_t verb_end(const struct issue_scene *s, size_t t)
{
    struct issue_target x;
    return issue_verb_at(s, t, &x) && x.first == t && x.noun_end > t + 1 ? x.noun_end : t;
}

/* Where what restricts a noun from behind ends, from token t on; `verb` is set to its verb. */
static size_t restriction_end(const struct issue_scene *s, size_t t, size_t *verb)
{
    const struct lang_doc *doc = s->doc;
    static const char *const auxiliaries[] = {"would", "will", "could", NULL};
    if (t + 2 >= s->to)
        return t;
    struct str word = lang_token_text(doc, t);
    *verb = t + 1;
    if (str_eq(word, S("that")) || str_eq(word, S("which"))) {
        *verb = t + 2;
        return str_one_of(lang_token_text(doc, t + 1), auxiliaries) ? verb_end(s, t + 2) : t;
    }
    if (str_eq(word, S("to")))
        return verb_end(s, t + 1);
    bool of = str_eq(word, S("of")) && str_ends(lang_token_text(doc, t + 1), S("ing"));
    bool ing = str_ends(word, S("ing"));
    struct issue_target x;
    *verb = t + of;
    return (of || ing) && issue_action_at(s, t + of, &x) && x.noun_end > t + of + 1 ? x.noun_end
                                                                                    : t;
}

/* "to close the harbour" behind the phrase x of an article; empty where nothing that can stand in a
 * title is there. */
static struct str purpose_of(struct arena *a, const struct issue_takings *all, uint32_t article,
                             const struct issue_target *x)
{
    const struct lang_doc *doc = &all->docs[article];
    struct issue_scene s = {.arena = all->arena,
                            .doc = doc,
                            .reading = &all->readings[article],
                            .from = x->noun,
                            .to = doc->sentences[doc->tokens[x->noun].sentence].end};
    size_t verb = 0, end = restriction_end(&s, x->noun_end, &verb);
    const struct issue_taking here = {.article = article};
    if (end > x->noun_end)
        end = issue_restricted_title_end(all, &here, (uint32_t)end);
    if (end < s.to && issue_is_hyphen(lang_token_text(doc, end)))
        return (struct str){0}; /* "a veto of an anti[-noise bill]" */
    if (end <= x->noun_end || !issue_fits(all, &here, verb, end, LONGEST_TOLD - 2))
        return (struct str){0};
    if (end + 1 < s.to && str_eq(lang_token_text(doc, end), S("by")) &&
        str_eq(lang_token_text(doc, end + 1), lang_token_text(doc, end - 1)))
        end--; /* "bit by bit" */
    struct str open = lang_token_text(doc, x->noun_end), text = issue_text_of(a, doc, verb, end);
    bool plain = str_ends(open, S("ing"));
    return plain ? text
                 : arena_fmt(a, "%s %.*s", str_eq(open, S("of")) ? "of" : "to", STR_ARG(text));
}

static bool is_of_cluster(const struct issue_taking *t, const struct issue_taking *const *v,
                          size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (issue_share_mark(t, v[i]))
            return true;
    return false;
}

/* The noun at token t with the words right before it. */
static struct issue_target noun_at(const struct lang_doc *doc, uint32_t t)
{
    enum { BEFORE = 4 };
    uint32_t first = doc->sentences[doc->tokens[t].sentence].first, from = t;
    while (from > first && t - from < BEFORE && doc->tokens[from - 1].word &&
           !lexicon_find(lexicon_open(WORDS_FUNCTION_WORDS), lang_token_text(doc, from - 1)))
        from--;
    return (struct issue_target){.first = from,
                                 .noun = from,
                                 .head = t,
                                 .noun_end = t + 1,
                                 .end = t + 1,
                                 .verb = NO_TOKEN,
                                 .who = NO_ACTOR,
                                 .turn = 1};
}

/* What the takings, or or other phrases of the articles for the same thing, have. */
static struct str purpose(struct arena *a, const struct issue_takings *all,
                          const struct issue_taking *const *v, size_t n)
{
    struct str best = {0};
    for (size_t i = 0; i < n && !best.n; i++) {
        const struct issue_target *x = &v[i]->side.target;
        if (x->head != NO_TOKEN)
            best = purpose_of(a, all, v[i]->article, x);
        if (!best.n && v[i]->has_full)
            best = purpose_of(a, all, v[i]->article, &v[i]->full);
    }
    size_t met = 0;
    for (uint32_t i = 0; i < all->n_docs && !best.n; i++)
        for (uint32_t t = 0; t < all->docs[i].n_tokens && !best.n && met < MOST_PHRASES; t++) {
            const struct lexicon_entry *e =
                lexicon_find(lexicon_open(WORDS_ISSUE_KIN), lang_token_text(&all->docs[i], t));
            if (!e || !str_eq(e->class, v[0]->key) || ++met > MOST_PHRASES)
                continue;
            struct issue_side side = {.sort = ISSUE_PROPOSAL, .target = noun_at(&all->docs[i], t)};
            struct issue_taking x = issue_taking_of(a, &all->docs[i], &all->readings[i], side);
            if (is_of_cluster(&x, v, n))
                best = purpose_of(a, all, i, &side.target);
        }
    return best;
}

/* ------------------------------------------------------------------------- what it is about */

/* The noun before token t that tells what the thing is about, with one further such before it;
 * empty if none does. */
static struct str subject_before(const struct issue_takings *all, const struct lang_doc *doc,
                                 size_t t)
{
    uint32_t first = doc->sentences[doc->tokens[t].sentence].first;
    size_t from = t;
    for (; from > first && t - from < 2; from--) {
        struct str word = lang_token_text(doc, from - 1);
        uint32_t flags = gaz_word(word);
        bool noun = (flags & WORD_NOUN) || !(flags & WORD_COMMON);
        bool fits = doc->tokens[from - 1].word && word.n > 2 && !(flags & WORD_VERB) &&
                    (noun || from == t) && !(flags & WORD_ADVERB) && !str_ends(word, S("ly"));
        if (!fits || str_contains(word, S("'")) || !tells_subject(all, word))
            break;
    }
    return from == t ? (struct str){0}
                     : lang_span_text(doc, (struct span){doc->tokens[from].at.start,
                                                         doc->tokens[t - 1].at.end});
}

static size_t uses_of(const struct str *v, size_t n, struct str text)
{
    size_t same = 0;
    for (size_t i = 0; i < n; i++)
        same += str_ends(v[i], text) && (v[i].n == text.n || v[i].p[v[i].n - text.n - 1] == ' ');
    return same;
}

/* Of the subjects that stand before the noun, or another word for the same, the commonest, if a
 * third have it. */
static struct str subject(struct arena *a, const struct issue_takings *all, struct str noun)
{
    enum { MOST_USES = 400 };
    struct str *v = arena_array(a, MOST_USES, sizeof *v), key = issue_key(a, noun), best = {0};
    size_t n = 0, most = 0;
    for (size_t i = 0; i < all->n_docs; i++)
        for (size_t t = 1; t < all->docs[i].n_tokens && n < MOST_USES; t++) {
            const struct lang_doc *doc = &all->docs[i];
            struct str word = lang_token_text(doc, t);
            const struct lexicon_entry *e = lexicon_find(lexicon_open(WORDS_ISSUE_KIN), word);
            bool same = str_eq_case(word, noun) || (e && str_eq(e->class, key));
            struct str s = same ? subject_before(all, doc, t) : (struct str){0};
            if (s.n)
                v[n++] = s;
        }
    for (size_t i = 0; i < n; i++) {
        size_t uses = uses_of(v, n, v[i]);
        if (uses > most || (uses == most && v[i].n < best.n)) {
            most = uses;
            best = v[i];
        }
    }
    return most >= LEAST_USES && most * PART_OF_USES >= n ? best : (struct str){0};
}

bool issue_is_aside(struct str word)
{
    return issue_is_untold(word, "aside");
}

bool issue_is_one(struct str noun)
{
    static const char *const some[] = {"legislation", "reform", "action", "enforcement", NULL};
    return issue_is_untold(noun, "whose") && !str_one_of(noun, some);
}

static bool says(const struct words *w, struct str subject)
{
    for (size_t i = 0; i < w->head; i++)
        if (str_eq_case(w->v[i], subject))
            return true;
    return false;
}

bool issue_is_in_passing(struct str title, bool alone)
{
    struct str word;
    return str_split(&title, ' ', &word) &&
           (issue_is_untold(word, "passing") || (alone && issue_is_untold(word, "alone")));
}

static struct str joined(struct arena *a, const struct words *w, struct str subject)
{
    struct str out = {0};
    for (size_t i = 0; i <= w->head; i++) {
        if (i == w->head && subject.n)
            out = out.n ? arena_fmt(a, "%.*s %.*s", STR_ARG(out), STR_ARG(subject)) : subject;
        out = out.n ? arena_fmt(a, "%.*s %.*s", STR_ARG(out), STR_ARG(w->v[i])) : w->v[i];
    }
    return out;
}

/* "repeal" between what the title tells and its noun, as some article has it: the bill that ends it
 * is called after what it ends ("The harbour tax bill"). */
static struct str undoing_before(const struct issue_takings *all, const struct words *w)
{
    static const char *const undo[] = {"repeal", "abolition", "ban", "moratorium", "freeze", NULL};
    struct str noun = w->v[w->last], last = w->v[w->last - 1];
    for (size_t i = 0; i < all->n_docs; i++)
        for (size_t t = 2; t < all->docs[i].n_tokens; t++) {
            const struct lang_doc *doc = &all->docs[i];
            struct str word = lang_token_text(doc, t - 1);
            if (str_eq_case(lang_token_text(doc, t), noun) && str_one_of(word, undo) &&
                str_eq_case(lang_token_text(doc, t - 2), last) && !str_eq_case(last, word))
                return word;
        }
    return (struct str){0};
}

/* Is the verb that a purpose begins with one that ends things ("to repeal the tax")? */
static bool ends_things(struct str purpose)
{
    struct str word;
    if (!str_split(&purpose, ' ', &word) ||
        (str_eq(word, S("to")) && !str_split(&purpose, ' ', &word)))
        return false;
    const struct lexicon_entry *e = lexicon_find(lexicon_open(WORDS_STANCE), word);
    return e && e->listed && e->class.p[0] == 'v' && str_starts(e->more, S("-"));
}

/* Are all the words that the title has before its noun said there? */
static bool tells_all(const struct words *w, struct str purpose)
{
    for (size_t i = w->first; i < w->last; i++)
        if (!str_contains(purpose, w->v[i]))
            return false;
    return w->first < w->last;
}

/* A title that tells what a bill is about and not that it ends that reads as its opposite. */
static struct str turned_back(struct arena *a, const struct issue_takings *all,
                              const struct issue_taking *const *v, size_t n, struct words *w)
{
    struct arena scratch = {0};
    struct str out = w->title, told = {0};
    bool thing = w->last > w->first && w->last < w->n && issue_is_untold(w->v[w->last], "whose");
    if (thing && (told = undoing_before(all, w)).n) {
        w->head = w->last;
        out = joined(a, w, arena_str(a, told));
    } else if (thing && (told = purpose(&scratch, all, v, n)).n && ends_things(told) &&
               tells_all(w, told)) {
        out = arena_fmt(a, "The %.*s %.*s", STR_ARG(w->v[w->last]), STR_ARG(told));
    }
    arena_finish(&scratch);
    return out;
}

struct str issue_told_title(struct arena *a, const struct issue_takings *all,
                            const struct issue_taking *const *v, size_t n, struct str title)
{
    struct words w;
    take_apart(all, title, &w);
    if (w.head == w.n)
        return w.linked ? title : turned_back(a, all, v, n, &w);
    struct arena scratch = {0};
    bool several = str_ends(w.v[w.head], S("ills")) || str_ends(w.v[w.head], S("aws"));
    struct str told = several ? (struct str){0} : purpose(&scratch, all, v, n), out = {0};
    if (told.n)
        out = arena_fmt(a, "%.*s %.*s", STR_ARG(joined(a, &w, (struct str){0})), STR_ARG(told));
    else if ((told = subject(&scratch, all, w.v[w.head])).n && !says(&w, told))
        out = joined(a, &w, arena_str(a, told));
    arena_finish(&scratch);
    return out;
}
