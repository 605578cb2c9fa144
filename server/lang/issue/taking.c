/* What a side is taken on, made comparable over statements and articles: see parts.h. */
#include "lang/issue/parts.h"

#include "assets/wordlist.h"

#include "lang/lean/terms.h"
#include "lang/names/gazetteer.h"

#include <pthread.h>
#include <stdlib.h>

enum { MOST_MARKS = 12 };

static int by_text(const void *a, const void *b)
{
    return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

bool issue_tells(struct str word)
{
    static const enum lexicon_list empty[] = {WORDS_FUNCTION_WORDS, WORDS_GENERIC_NOUNS,
                                              WORDS_WEAK_MODIFIERS};
    uint32_t flags = gaz_word(word);
    if (word.n < 3 || issue_evaluates(word) || (flags & (WORD_DATE | WORD_ADVERB | WORD_HONORIFIC)))
        return false;
    for (size_t i = 0; i < sizeof empty / sizeof *empty; i++)
        if (lexicon_find(lexicon_open(empty[i]), word))
            return false;
    return true;
}

/* Between a noun and what tells which is meant. */
static bool is_link(struct str word)
{
    static const char *const links[] = {"on", "over", "against", "with", "between", "for",
                                        "in", "into", "to",      "of",   "by",      NULL};
    return str_one_of(word, links);
}

/* What stands behind these tells only where it is a name: "a vote for the better". */
static bool is_loose(struct str word)
{
    static const char *const links[] = {"for", "in", "into", "to", NULL};
    return str_one_of(word, links);
}

/* "the House bill", "the State plan": general words that are names where they are written large. */
static bool names_house(const struct lang_doc *doc, uint32_t t)
{
    struct str word = lang_token_text(doc, t);
    return doc->tokens[t].capital && t > doc->sentences[doc->tokens[t].sentence].first &&
           lexicon_find(lexicon_open(WORDS_GENERIC_NOUNS), word) &&
           !(gaz_word(word) & (WORD_DATE | WORD_HONORIFIC));
}

/* Of "investigating the start of [the ferry inquiry]": the noun phrase of another thing that goes
 * by the same key, whose words do not tell which is meant; empty where there is none. */
static struct span inner_of(const struct lang_doc *doc, const struct issue_target *x, uint32_t to)
{
    uint32_t start = x->noun;
    for (uint32_t i = x->noun; i < to; i++) {
        struct str word = lang_token_text(doc, i);
        const struct lexicon_entry *e = lexicon_find(lexicon_open(WORDS_ISSUE_KIN), word);
        if (is_link(word) || lexicon_find(lexicon_open(WORDS_FUNCTION_WORDS), word))
            start = i + 1;
        if (i > x->noun && i != x->head && i != x->verb && i > start && e &&
            (x->head == NO_TOKEN || i > x->head) && str_eq(e->class, x->key))
            return (struct span){start, i + 1};
    }
    return (struct span){0, 0};
}

/* Adds the marks among the tokens [x->noun, to) of a target. */
static void add_marks(struct arena *a, const struct lang_doc *doc, const struct issue_target *x,
                      uint32_t to, struct issue_taking *t)
{
    char stem[128];
    bool linked = false, of = false; /* of: behind "the release of" */
    struct span inner = inner_of(doc, x, to);
    for (uint32_t i = x->noun; i < to && t->n_marks < MOST_MARKS; i++) {
        struct str word = lang_token_text(doc, i);
        linked = linked || is_link(word);
        of = is_link(word) || i >= x->noun_end ? i == x->head + 1 && str_eq(word, S("of")) : of;
        if (i >= inner.start && i < inner.end) {
            t->marks[t->n_marks] = S("~"); /* another one of its kind */
            t->n_marks += i + 1 == inner.end;
            continue;
        }
        if ((i == x->head && !x->nominal) || i == x->verb || !doc->tokens[i].word || word.n > 60 ||
            !(issue_tells(word) || names_house(doc, i)) ||
            (x->head == NO_TOKEN && linked && !doc->tokens[i].capital))
            continue; /* of a lone verb only names tell: "impeach the mayor for neglect" */
        bool plain_verb =
            i >= x->noun_end && !doc->tokens[i].capital && (gaz_word(word) & WORD_VERB) != 0;
        if (!plain_verb)
            t->marks[t->n_marks++] = arena_str(a, lang_term_stem(word, stem, sizeof stem));
        if (!plain_verb && (i == x->head || of))
            t->object = t->marks[t->n_marks - 1];
    }
}

bool issue_is_told(const struct lang_doc *doc, const struct issue_target *x)
{
    bool loose = false;
    for (uint32_t i = x->noun, end = issue_restricted_end(doc, x); i < end; i++) {
        struct str word = lang_token_text(doc, i);
        if (i >= x->noun_end)
            loose = false;
        else if (i > x->head && is_link(word))
            loose = is_loose(word);
        if (i != x->head && doc->tokens[i].word && !(loose && !doc->tokens[i].capital) &&
            (issue_tells(word) || names_house(doc, i)))
            return true;
    }
    return false;
}

/* "the Norlandic leader" and "Reed" tell the same. */
static void add_actors(const struct issue_scene *s, const struct issue_target *x, uint32_t to,
                       struct issue_taking *t)
{
    int32_t last = NO_ACTOR;
    struct span inner = inner_of(s->doc, x, to);
    for (uint32_t i = x->noun; i < to && t->n_marks < MOST_MARKS; i++) {
        bool skip = i == x->verb || (i >= inner.start && i < inner.end);
        int32_t actor = skip ? NO_ACTOR : issue_actor_at(s, i);
        if (actor != NO_ACTOR && actor != last) {
            t->marks[t->n_marks++] = s->reading->actors[actor].key;
            t->names[t->n_names++] = s->reading->actors[actor].key;
        }
        last = actor;
    }
}

/* Talks with the one are talks with the other: whom they are with tells nothing. */
static bool is_mutual(const struct lang_doc *doc, const struct issue_target *x)
{
    const struct lexicon_entry *e =
        lexicon_find(lexicon_open(WORDS_ISSUE_KIN),
                     lang_token_text(doc, x->head == NO_TOKEN ? x->verb : x->head));
    return e && str_find_char(e->more, 'm', 0) != STR_NONE;
}

static void find_marks(struct arena *a, const struct lang_doc *doc,
                       const struct lang_reading *reading, struct issue_taking *t)
{
    const struct issue_target *x = &t->side.target;
    struct issue_scene s = {.arena = a, .doc = doc, .reading = reading};
    t->marks = arena_array(a, MOST_MARKS, sizeof *t->marks);
    t->names = arena_array(a, MOST_MARKS, sizeof *t->names);
    add_marks(a, doc, x, issue_restricted_end(doc, x), t);
    add_actors(&s, x, x->noun_end, t);
    enum issue_before found = t->n_marks ? ISSUE_NONE_BEFORE : issue_antecedent(&s, x, &t->full);
    t->apart = found == ISSUE_ANOTHER_BEFORE;
    if (found == ISSUE_ONE_BEFORE) {
        t->has_full = true;
        add_marks(a, doc, &t->full, issue_restricted_end(doc, &t->full), t);
        add_actors(&s, &t->full, t->full.noun_end, t);
    }
    if (is_mutual(doc, x))
        t->n_names = 0;
    if (t->n_marks > 1)
        qsort(t->marks, t->n_marks, sizeof *t->marks, by_text);
}

struct issue_taking issue_taking_of(struct arena *a, const struct lang_doc *doc,
                                    const struct lang_reading *reading, struct issue_side side)
{
    struct issue_taking t = {.side = side};
    const struct issue_target *target = &side.target;
    if (side.sort == ISSUE_FACT)
        t.key = arena_fmt(a, "%.*s?", STR_ARG(target->key));
    else if (target->head == NO_TOKEN && target->who != NO_ACTOR)
        t.key = arena_fmt(a, "%.*s of %.*s", STR_ARG(target->key),
                          STR_ARG(reading->actors[target->who].key));
    else
        t.key = target->key;
    if (target->head == NO_TOKEN && target->who != NO_ACTOR)
        t.who = reading->actors[target->who].name;
    if (side.sort != ISSUE_FACT)
        find_marks(a, doc, reading, &t);
    return t;
}

/* "three officials", "critics of the plan": people; not "the lawsuit", "a report". */
static bool is_people(struct str name)
{
    const uint32_t people =
        WORD_ROLE | WORD_KIN | WORD_UNNAMED | WORD_COLLECTIVE | WORD_COUNTRY | WORD_NOMINAL_ORG;
    struct str rest = name, word;
    bool begun = false;
    while (str_split(&rest, ' ', &word)) {
        if (gaz_word(word) & people)
            return true;
        bool function = lexicon_find(lexicon_open(WORDS_FUNCTION_WORDS), word) != NULL;
        if (function && begun)
            break; /* behind "two" may come people, behind "report of" none that speak */
        begun = begun || !function;
    }
    return str_ends(name, S("s")) && !str_contains(name, S(" of ")) &&
           !lexicon_find(lexicon_open(WORDS_ISSUE_KIN), name);
}

/* "Officials", "a country"; those of somebody ("his aides") are known by whose they are. */
bool issue_is_anybody(const struct lang_actor *actor)
{
    if (actor->kind != ACTOR_UNNAMED)
        return false;
    struct str rest = actor->name, word;
    size_t n = 0, leads = 0;
    bool state = false;
    while (str_split(&rest, ' ', &word)) {
        n += !(lexicon_find(lexicon_open(WORDS_FUNCTION_WORDS), word) ||
               (gaz_word(word) & WORD_MODIFIER));
        leads += str_eq_case(word, S("a")) || str_eq_case(word, S("an"));
        state = state || gaz_word(word) & WORD_COUNTRY;
    }
    return (n < 2 && !actor->of.n) || (state && n < 2 + leads);
}

bool lang_is_by_office(const struct lang_actor *actor)
{
    static const char *const some[] = {"a", "an", "another", "one", "some", NULL};
    struct str rest = actor->name, word = {0}, first = {0};
    bool office = false;
    while (str_split(&rest, ' ', &word)) {
        first = first.n ? first : word;
        office = word.n && gaz_word(word) & WORD_ROLE && word.p[word.n - 1] != 's';
    }
    return actor->kind == ACTOR_UNNAMED && office && !str_one_of(first, some);
}

static pthread_once_t once = PTHREAD_ONCE_INIT;
static struct wordset voices;

static void load(void)
{
    voices = wordset_load("lang/issue/words/voices.txt");
}

/* Has the actor no side of its own: a chamber ("Congress"), "people familiar with the talks"? */
static bool has_no_voice(const struct lang_actor *actor)
{
    pthread_once(&once, load);
    struct str rest = actor->name, word;
    while (actor->kind != ACTOR_PERSON && str_split(&rest, ' ', &word)) {
        const struct wordset_entry *e = wordset_find_lower(&voices, word);
        if (e && !rest.n && str_eq(e->value, S("event")))
            return true; /* "the 2011 election" */
        if (e && ((str_eq(e->value, S("divided")) && actor->kind != ACTOR_UNNAMED) ||
                  (str_eq(e->value, S("hearsay")) && actor->kind == ACTOR_UNNAMED)))
            return true;
    }
    return false;
}

static bool has_voice(struct str text, const char *kind)
{
    struct str word;
    while (str_split(&text, ' ', &word)) {
        const struct wordset_entry *e = wordset_find_lower(&voices, word);
        if (e && str_eq(e->value, str_of(kind)))
            return true;
    }
    return false;
}

static bool tells_judge(struct str text)
{
    return has_voice(text, "judging");
}

bool issue_measures(const struct lang_doc *doc, const struct lang_statement *s)
{
    pthread_once(&once, load);
    return (s->source.n && has_voice(lang_span_text(doc, s->source.v[0]), "measuring")) ||
           (s->cue.n && has_voice(lang_span_text(doc, s->cue.v[0]), "measuring"));
}

bool issue_judges(const struct lang_doc *doc, const struct lang_reading *r,
                  const struct lang_statement *s)
{
    pthread_once(&once, load);
    if (s->speaker == NO_ACTOR)
        return false;
    const struct lang_actor *actor = &r->actors[s->speaker];
    struct str source = s->source.n ? lang_span_text(doc, s->source.v[0]) : (struct str){0};
    return tells_judge(actor->name) ||
           (!str_contains(source, S("former")) && tells_judge(source)) ||
           (actor->kind == ACTOR_PERSON && !str_starts(actor->role, S("former")) &&
            tells_judge(actor->role));
}

bool issue_speaker_counts(const struct lang_reading *r, const struct lang_statement *s)
{
    if (s->speaker == NO_ACTOR || !s->content.n)
        return false;
    const struct lang_actor *actor = &r->actors[s->speaker];
    bool author =
        str_starts(actor->name, S("author of ")) || str_starts(actor->name, S("authors of "));
    if (issue_is_anybody(actor) || has_no_voice(actor) || author)
        return false;
    return actor->kind != ACTOR_OUTLET && (actor->kind != ACTOR_UNNAMED || is_people(actor->name));
}

/* "a plan like the one that Reed proposed [would close the harbour]": what is told of another
 * thing, not said by whom a clause of it names. */
bool issue_goes_on(const struct lang_doc *doc, const struct lang_statement *s)
{
    static const char *const finite[] = {"would", "will", "could", "can", "may", "might", "is",
                                         "are",   "was",  "were",  "has", "had", NULL};
    struct str word = lang_token_text(doc, lang_token_at(doc, s->content.v[0].start));
    return s->cue.n && s->cue.v[0].end <= s->content.v[0].start && str_one_of(word, finite) &&
           word.p[0] >= 'a';
}

/* "declined to confirm": no side, whatever else the words say. */
bool issue_declines(const struct lang_doc *doc, const struct lang_statement *s)
{
    size_t n;
    if (!s->cue.n)
        return false;
    for (size_t t = lang_token_at(doc, s->cue.v[0].start);
         t < doc->n_tokens && doc->tokens[t].at.start < s->cue.v[0].end; t++) {
        const struct lexicon_entry *e =
            lexicon_match(lexicon_open(WORDS_REPLIES), doc, t, doc->n_tokens, &n);
        bool stem = str_starts(lang_token_text(doc, t), S("declin"));
        if (stem || (e && e->class.p[0] != 'v'))
            return true;
    }
    return false;
}

/* "depending on how [Reed decides]": the source begins at token t. */
static bool is_depended_on(const struct lang_doc *doc, size_t t)
{
    static const char *const open[] = {"how", "what", "when", "which", "who", NULL};
    return t > 2 && str_one_of(lang_token_text(doc, t - 1), open) &&
           str_starts(lang_token_text(doc, t - 2), S("on")) &&
           (str_starts(lang_token_text(doc, t - 3), S("depend")) ||
            str_starts(lang_token_text(doc, t - 3), S("Depend")));
}

/* "Norlanders oppose it, a Norland Today poll finds": some of the people, in per cent, and not
 * their state. */
bool issue_is_polled(const struct lang_doc *doc, const struct lang_reading *r,
                     const struct lang_statement *s)
{
    static const char *const words[] = {"poll",    "polls",    "polled",         "survey",
                                        "surveys", "majority", "overwhelmingly", "percent",
                                        "%",       NULL};
    if (s->speaker == NO_ACTOR || !s->source.n || r->actors[s->speaker].kind != ACTOR_COUNTRY)
        return false;
    struct span source = s->source.v[0];
    bool people = str_ends(lang_span_text(doc, source), S("s"));
    size_t t = lang_token_at(doc, source.start);
    size_t end = doc->sentences[doc->tokens[t].sentence].end;
    for (t = people ? doc->sentences[doc->tokens[t].sentence].first : t;
         t < end && (people || doc->tokens[t].at.start < source.end); t++)
        if (str_one_of(lang_token_text(doc, t), words))
            return true;
    return false;
}

static bool is_alleging(const struct lang_doc *doc, size_t t)
{
    const struct wordset_entry *e = wordset_find_lower(&voices, lang_token_text(doc, t));
    return e && str_eq(e->value, S("alleging"));
}

/* Is somebody else than the speaker named among the tokens? */
static bool names_another(const struct issue_scene *s, int32_t speaker, size_t from, size_t to)
{
    for (size_t t = from; t < to; t++) {
        int32_t who = issue_actor_at(s, t);
        if (who != NO_ACTOR && who != speaker)
            return true;
    }
    return false;
}

/* "Stone alleges that [Reed] proposed a deal", "[Reed] proposed a deal, Stone claims": what an
 * opponent tells of somebody. */
bool issue_is_alleged(const struct lang_doc *doc, const struct lang_reading *r,
                      const struct lang_statement *st)
{
    enum { REACH = 8 };
    static const char *const stops[] = {",", ";", "but", "and", "who", "which", NULL};
    if (st->speaker == NO_ACTOR || !st->source.n)
        return false;
    pthread_once(&once, load);
    struct issue_scene s = {.doc = doc, .reading = r};
    size_t at = lang_token_at(doc, st->source.v[0].start);
    size_t first = doc->sentences[doc->tokens[at].sentence].first,
           end = doc->sentences[doc->tokens[at].sentence].end;
    for (size_t t = at, n = 0; t-- > first && n < REACH; n++) {
        if (str_one_of(lang_token_text(doc, t), stops))
            break;
        if (is_alleging(doc, t))
            return names_another(&s, st->speaker, first, t);
    }
    size_t last = lang_token_at(doc, st->content.v[st->content.n - 1].end);
    if (last >= end || last < at || !str_eq(lang_token_text(doc, last), S(",")))
        return false;
    for (size_t t = last + 1; t < end && t < last + REACH; t++)
        if (is_alleging(doc, t))
            return names_another(&s, st->speaker, last, t);
    return false;
}

/* "If a country wants to buy it", "would normally defend it": what is supposed, done otherwise, or
 * not meant. */
bool issue_supposes(const struct lang_doc *doc, const struct lang_statement *s)
{
    static const char *const ifs[] = {"if", "whenever", "unless", "suppose", "whether", NULL};
    static const char *const habits[] = {"normally",   "usually",      "typically",
                                         "ordinarily", "historically", "traditionally",
                                         "jokingly",   "facetiously",  NULL};
    size_t t = s->source.n ? lang_token_at(doc, s->source.v[0].start) : 0;
    if (t && doc->tokens[t - 1].sentence == doc->tokens[t].sentence &&
        (str_one_of(lang_token_text(doc, t - 1), ifs) || is_depended_on(doc, t)))
        return true;
    for (size_t i = 0; i < s->cue.n; i++)
        for (t = lang_token_at(doc, s->cue.v[i].start);
             t < doc->n_tokens && doc->tokens[t].at.start < s->cue.v[i].end; t++)
            if (str_one_of(lang_token_text(doc, t), habits))
                return true;
    return false;
}

int8_t issue_taking_sign(const struct issue_taking *t)
{
    return (int8_t)(t->side.sign * t->side.target.turn * (t->side.target.undone ? -1 : 1));
}

bool issue_names_others(const struct str *a, size_t n_a, const struct str *b, size_t n_b)
{
    for (size_t i = 0; i < n_a; i++)
        for (size_t k = 0; k < n_b; k++)
            if (str_eq(a[i], b[k]))
                return false;
    return n_a && n_b;
}

bool issue_share_marks(const struct issue_marks *marks, const struct issue_taking *t)
{
    if (!t->n_marks)
        return marks->bare && !t->apart;
    if (issue_names_others(marks->names, marks->n_names, t->names, t->n_names))
        return false;
    for (size_t i = 0; i < t->n_marks; i++)
        if (!(marks->told && t->n_marks > 1 && str_eq(t->marks[i], t->object)) &&
            bsearch(&t->marks[i], marks->v, marks->n, sizeof *marks->v, by_text))
            return true;
    return false;
}

bool issue_marked(const struct issue_marks *marks, const struct issue_taking *t)
{
    return str_eq(marks->key, t->key) && issue_share_marks(marks, t);
}
