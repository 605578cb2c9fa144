/* Issues' terms in the text.
 *
 * A phrase is a set of stems; function words do not count. A phrase of one or two words must be
 * there whole, a longer one by more than half, close together. Names of people also count by last
 * name, names of bodies by their initials and by words/aliases.txt. */
#include "lang/lean/terms.h"

#include "assets/wordlist.h"
#include "base/map.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { WINDOW = 8, MAX_PHRASE = 16, MAX_STEM = 48 };

struct phrase {
    uint32_t issue;
    uint16_t words, need;
    bool capital; /* a name: counts only where it is written like one */
    bool touched;
    /* Of the sentence being looked at: */
    uint32_t seen, first, last, mask;
};

/* A phrase's word; those of one stem hang together. */
struct link {
    struct str stem;
    uint32_t phrase, word;
    uint32_t next; /* in the links, 0 at the end */
};

struct terms {
    struct arena *arena;
    struct phrase *phrases;
    size_t n_phrases, cap_phrases;
    struct link *links; /* [0] is none */
    size_t n_links, cap_links;
    struct map heads; /* hash of a stem: its newest link */
    uint32_t *touched;
    size_t n_touched;
    const struct lang_doc *doc; /* whose tokens' stems are kept */
    struct str *stems;          /* of each token, empty until it is asked for */
};

static struct str without(struct str s, struct str ending, size_t least)
{
    return s.n >= ending.n + least && str_ends(s, ending) ? str_slice(s, 0, s.n - ending.n) : s;
}

/* Snowball's English stemmer in place of these endings: positions on the five stories 28.7 instead
 * of 28.0 F1, but stances of a sentence 28.9 instead of 29.1, of an article 39.6 instead of 39.8.
 */
static struct str find_stem(struct str word, char *out, size_t room)
{
    static const struct str endings[] = {
        STR("isation"), STR("ization"), STR("ation"), STR("ising"), STR("izing"), STR("ised"),
        STR("ized"),    STR("ises"),    STR("izes"),  STR("ition"), STR("ise"),   STR("ize"),
        STR("ments"),   STR("ment"),    STR("ings"),  STR("ing"),   STR("ies"),   STR("ied"),
        STR("ial"),     STR("ed"),      STR("es"),    STR("s"),     STR("e"),     STR("y")};
    struct str s = lexicon_fold(word, out, room);
    const struct lexicon_entry *e = lexicon_find(lexicon_open(WORDS_SYNONYMS), s);
    if (e)
        s = lexicon_fold(e->class, out, room);
    s = without(s, S("'s"), 2);
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        struct str shorter = without(s, endings[i], 4);
        if (shorter.n != s.n)
            return shorter;
    }
    return s;
}

/* Stems found before, of this thread: one and the same word is asked for again and again. */
enum { STEMS_KEPT = 1024, LONGEST_KEPT = 30 };
struct kept_stem {
    uint8_t n, n_stem;
    char word[LONGEST_KEPT], stem[LONGEST_KEPT];
};

struct str lang_term_stem(struct str word, char *out, size_t room)
{
    static _Thread_local struct kept_stem kept[STEMS_KEPT];
    struct kept_stem *k = &kept[str_hash(word) % STEMS_KEPT];
    if (!word.n || word.n > LONGEST_KEPT || room < 2 * LONGEST_KEPT)
        return find_stem(word, out, room);
    if (k->n == word.n && memcmp(k->word, word.p, word.n) == 0) {
        memcpy(out, k->stem, k->n_stem);
        return (struct str){out, k->n_stem};
    }
    memcpy(k->word, word.p, word.n); /* before `out`, where it may stand, is written over */
    struct str stem = find_stem(word, out, room);
    k->n = stem.n <= LONGEST_KEPT ? (uint8_t)word.n : 0;
    if (k->n) {
        k->n_stem = (uint8_t)stem.n;
        memcpy(k->stem, stem.p, stem.n);
    }
    return stem;
}

/* A word that may stand for an issue: no function word, no mark. */
static bool counts(struct str word)
{
    const struct lexicon_entry *e = lexicon_find(lexicon_open(WORDS_LANGUAGES), word);
    if (e && (str_contains(e->class, S("en"))) && word.n < 5)
        return false;
    unsigned char c = word.n ? (unsigned char)word.p[0] : 0;
    return c > 127 || (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z');
}

static void add_word(struct terms *t, struct str stem, uint32_t word)
{
    uint32_t *head = map_at(t->arena, &t->heads, str_hash(stem));
    t->links = arena_grow(t->arena, t->links, t->n_links, &t->cap_links, sizeof *t->links);
    t->links[t->n_links] =
        (struct link){arena_str(t->arena, stem), (uint32_t)t->n_phrases, word, *head};
    *head = (uint32_t)t->n_links++;
}

static bool has_capital(struct str phrase)
{
    for (size_t i = 0; i < phrase.n; i++)
        if (phrase.p[i] >= 'A' && phrase.p[i] <= 'Z')
            return true;
    return false;
}

/* Enters the words of a phrase; they are parted by anything but letters, digits, . - and '. */
static void add_phrase(struct terms *t, uint32_t issue, struct str phrase, bool name)
{
    char folded[MAX_STEM * 4];
    uint32_t words = 0;
    for (size_t i = 0; i < phrase.n && words < MAX_PHRASE;) {
        size_t from = i;
        while (i < phrase.n && !strchr(" ,;:()/\"", phrase.p[i]))
            i++;
        struct str word = str_slice(phrase, from, i++);
        if (word.n < sizeof folded - 8 && counts(word))
            add_word(t, lang_term_stem(word, folded, sizeof folded), words++);
    }
    if (!words)
        return;
    t->phrases =
        arena_grow(t->arena, t->phrases, t->n_phrases, &t->cap_phrases, sizeof *t->phrases);
    t->phrases[t->n_phrases++] =
        (struct phrase){.issue = issue,
                        .words = (uint16_t)words,
                        .need = (uint16_t)(words < 3 ? words : words / 2 + 1),
                        .capital = name && has_capital(phrase)};
}

static void add_aliases(struct terms *t, uint32_t issue, struct str title)
{
    const struct lexicon_entry *e = lexicon_find(lexicon_open(WORDS_ALIASES), title);
    struct str rest = e ? e->class : (struct str){0}, alias;
    while (str_split(&rest, ',', &alias))
        add_phrase(t, issue, alias, false);
}

/* The initials of three capitalised words or more: "NRA". */
static void add_initials(struct terms *t, uint32_t issue, struct str title)
{
    char initials[MAX_PHRASE];
    size_t n = 0;
    bool start = true;
    for (size_t i = 0; i < title.n && n < sizeof initials; i++) {
        if (start && title.p[i] >= 'A' && title.p[i] <= 'Z')
            initials[n++] = title.p[i];
        start = title.p[i] == ' ';
    }
    if (n >= 3)
        add_phrase(t, issue, (struct str){initials, n}, true);
}

static pthread_once_t once = PTHREAD_ONCE_INIT;
static struct wordset title_words;

static void load(void)
{
    title_words = wordset_load("lang/lean/words/title-words.txt");
}

static bool is_title_word(struct str word, struct str kind)
{
    pthread_once(&once, load);
    const struct wordset_entry *e = wordset_find_lower(&title_words, word);
    return e && str_eq(e->value, kind);
}

static struct str last_word(struct str title)
{
    struct str rest = title, word, last = {0};
    while (str_split(&rest, ' ', &word))
        if (!is_title_word(word, S("suffix")))
            last = word;
    return last;
}

/* Two to four words, none of them a function word or a common noun of bodies: a person perhaps. */
static bool like_person(struct str title)
{
    struct str rest = title, word;
    size_t n = 0;
    while (str_split(&rest, ' ', &word)) {
        n++;
        if (!word.n || !(word.p[0] >= 'A' && word.p[0] <= 'Z') || is_title_word(word, S("body")))
            return false;
    }
    return n >= 2 && n <= 4;
}

/* A last name counts if no other issue has it. */
static void add_last_name(struct terms *t, const struct lang_issues *issues, uint32_t issue)
{
    if (!like_person(issues->v[issue].title))
        return;
    struct str last = last_word(issues->v[issue].title);
    for (size_t i = 0; i < issues->n; i++)
        if (i != issue && issues->v[i].actor && str_eq(last_word(issues->v[i].title), last))
            return;
    add_phrase(t, issue, last, true);
}

struct terms *lang_terms_make(struct arena *a, const struct lang_issues *issues)
{
    struct terms *t = arena_alloc(a, sizeof *t);
    t->arena = a;
    t->links = arena_grow(a, NULL, 0, &t->cap_links, sizeof *t->links);
    t->n_links = 1;
    for (uint32_t i = 0; i < issues->n; i++) {
        const struct lang_issue *issue = &issues->v[i];
        for (size_t k = 0; k < issue->n_terms; k++)
            add_phrase(t, i, issue->terms[k], issue->actor);
        if (!issue->marks) /* the terms of the engine's own proposals hold their words already */
            add_phrase(t, i, issue->title, issue->actor);
        add_aliases(t, i, issue->title);
        if (issue->actor) {
            add_initials(t, i, issue->title);
            add_last_name(t, issues, i);
        }
    }
    t->touched = arena_array(a, t->n_phrases + 1, sizeof *t->touched);
    return t;
}

/* A passage that is looked through, and what was found in it. */
struct search {
    struct terms *terms;
    const struct lang_doc *doc;
    struct arena *arena; /* of the hits */
    struct term_hits hits;
    size_t cap;
};

static void see(struct search *s, const struct link *l, size_t token)
{
    struct terms *t = s->terms;
    struct phrase *p = &t->phrases[l->phrase];
    if (p->capital && !s->doc->tokens[token].capital)
        return;
    if (p->seen && token - p->first > WINDOW) {
        p->seen = 0; /* too far apart: begin anew */
        p->mask = 0;
    }
    if (!p->seen) {
        p->first = (uint32_t)token;
        if (!p->touched)
            t->touched[t->n_touched++] = l->phrase;
        p->touched = true;
    }
    if (!(p->mask & (1u << l->word)))
        p->seen++;
    p->mask |= 1u << l->word;
    if (p->seen < p->need)
        return;
    struct term_hits *hits = &s->hits;
    hits->v = arena_grow(s->arena, hits->v, hits->n, &s->cap, sizeof *hits->v);
    hits->v[hits->n++] = (struct term_hit){p->first, (uint32_t)token + 1, p->issue, l->phrase};
    p->seen = p->mask = 0;
}

static void forget(struct terms *t)
{
    for (size_t i = 0; i < t->n_touched; i++) {
        struct phrase *p = &t->phrases[t->touched[i]];
        p->seen = p->mask = 0;
        p->touched = false;
    }
    t->n_touched = 0;
}

static int by_place(const void *a, const void *b)
{
    const struct term_hit *x = a, *y = b;
    if (x->issue != y->issue)
        return x->issue < y->issue ? -1 : 1;
    if (x->first != y->first)
        return x->first < y->first ? -1 : 1;
    return x->end > y->end ? -1 : x->end < y->end;
}

static int by_first(const void *a, const void *b)
{
    const struct term_hit *x = a, *y = b;
    if (x->first != y->first)
        return x->first < y->first ? -1 : 1;
    return by_place(a, b);
}

static void keep_longest(struct term_hits *hits)
{
    size_t kept = 0;
    qsort(hits->v, hits->n, sizeof *hits->v, by_place);
    for (size_t i = 0; i < hits->n; i++) {
        struct term_hit *last = kept ? &hits->v[kept - 1] : NULL;
        if (last && last->issue == hits->v[i].issue && hits->v[i].first < last->end)
            last->end = hits->v[i].end > last->end ? hits->v[i].end : last->end;
        else
            hits->v[kept++] = hits->v[i];
    }
    hits->n = kept;
    qsort(hits->v, hits->n, sizeof *hits->v, by_first);
}

/* Every passage is looked at more than once: stems are kept for the document in hand. */
static struct str stem_of(struct terms *t, const struct lang_doc *doc, size_t token)
{
    char folded[MAX_STEM * 4];
    if (t->doc != doc) {
        t->doc = doc;
        t->stems = arena_array(t->arena, doc->n_tokens + 1, sizeof *t->stems);
    }
    struct str *stem = &t->stems[token];
    if (!stem->p)
        *stem =
            arena_str(t->arena, lang_term_stem(lang_token_text(doc, token), folded, sizeof folded));
    return *stem;
}

struct term_hits lang_terms_find(struct arena *a, struct terms *t, const struct lang_doc *doc,
                                 size_t from, size_t to)
{
    struct search s = {.terms = t, .doc = doc, .arena = a};
    for (size_t i = from; i < to; i++) {
        struct str word = lang_token_text(doc, i);
        if (!doc->tokens[i].word || word.n > MAX_STEM)
            continue;
        struct str stem = stem_of(t, doc, i);
        for (uint32_t l = map_get(&t->heads, str_hash(stem), 0); l; l = t->links[l].next)
            if (str_eq(t->links[l].stem, stem))
                see(&s, &t->links[l], i);
    }
    forget(t);
    if (s.hits.n)
        keep_longest(&s.hits);
    return s.hits;
}
