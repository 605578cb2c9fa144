/* The comparison's word lists, read from the embedded files of compare/words/.
 *
 * One entry a line, "#" begins a comment line, fields are parted by tabs. The lists are read once
 * and never change, so any thread may use them. */
#include "assets/wordlist.h"
#include "compare/parts.h"

#include <pthread.h>

static struct str words_file(const char *name)
{
    return wordlist_text(name);
}

/* The next line with something in it. */
static bool next_line(struct str *rest, struct str *line)
{
    return wordlist_next(rest, line);
}

static void load_stop(struct arena *a, struct vocabulary *lex)
{
    struct str rest = words_file("compare/words/stop.txt"), line, word;
    while (next_line(&rest, &line))
        while (str_split(&line, ' ', &word))
            *map_at(a, &lex->stop, word_fold(word)) = 1;
}

/* "BAND word word …": the band is the share of everyday reports that have the word, in tenths
 * of its logarithm: 1 rare .. 9 in nearly all. */
static void load_common(struct arena *a, struct vocabulary *lex)
{
    struct str rest = words_file("compare/words/common.txt"), line, band, word;
    uint64_t value;
    while (next_line(&rest, &line))
        if (str_split(&line, ' ', &band) && str_to_u64(band, &value))
            while (str_split(&line, ' ', &word)) {
                uint32_t *known = map_at(a, &lex->common, word_stem(word));
                *known = value > *known ? (uint32_t)value : *known;
            }
}

static void load_numbers(struct arena *a, struct vocabulary *lex)
{
    struct str rest = words_file("compare/words/numbers.txt"), line, word, number;
    uint64_t value;
    while (next_line(&rest, &line))
        if (str_split(&line, '\t', &word) && str_split(&line, '\t', &number) &&
            str_to_u64(number, &value))
            *map_at(a, &lex->numbers, word_fold(word)) = (uint32_t)value + 1;
}

/* "BASE form form …" */
static void load_irregular(struct arena *a, struct vocabulary *lex)
{
    struct str rest = words_file("compare/words/irregular.txt"), line, base, word;
    while (next_line(&rest, &line)) {
        if (!str_split(&line, ' ', &base))
            continue;
        uint32_t *at = map_at(a, &lex->irregular, word_fold(base));
        *at = *at ? *at : ++lex->n_bases;
        lex->bases =
            arena_grow(a, lex->bases, lex->n_bases - 1, &lex->bases_cap, sizeof *lex->bases);
        lex->bases[lex->n_bases - 1] = word_stem(base);
        while (str_split(&line, ' ', &word))
            *map_at(a, &lex->irregular, word_fold(word)) = lex->n_bases;
    }
}

uint64_t vocabulary_stem(const struct vocabulary *lex, uint64_t folded, uint64_t stem)
{
    uint32_t at = map_get(&lex->irregular, folded, 0);
    return at ? lex->bases[at - 1] : stem;
}

/* The stem of a word of a list. */
static uint64_t list_stem(const struct vocabulary *lex, struct str word)
{
    return vocabulary_stem(lex, word_fold(word), word_stem(word));
}

static void load_synonyms(struct arena *a, struct vocabulary *lex)
{
    struct str rest = words_file("compare/words/synonyms.txt"), line, word;
    for (uint32_t id = 1; next_line(&rest, &line); id++)
        while (str_split(&line, ' ', &word))
            *map_at(a, &lex->synonyms, word_stem(word)) = id;
}

static void load_works(struct arena *a, struct vocabulary *lex)
{
    struct str rest = words_file("compare/words/works.txt"), line;
    while (next_line(&rest, &line))
        *map_at(a, &lex->works, word_stem(line)) = 1;
}

static void load_channels(struct arena *a, struct vocabulary *lex)
{
    struct str rest = words_file("compare/words/channels.txt"), line, name;
    for (uint32_t number = 1; next_line(&rest, &line); number++)
        while (str_split(&line, ',', &name))
            *map_at(a, &lex->channels, word_fold(str_trim(name))) = number;
}

/* "NAME TAB word word …": the words of one line are one fate. */
static void load_tolls(struct arena *a, struct vocabulary *lex)
{
    struct str rest = words_file("compare/words/tolls.txt"), line, word;
    for (uint32_t id = 1; next_line(&rest, &line); id++) {
        str_split(&line, '\t', &word); /* the name is for readers of the file */
        while (str_split(&line, ' ', &word))
            *map_at(a, &lex->tolls, word_fold(word)) = id;
    }
}

static void load_marks(struct arena *a, struct vocabulary *lex)
{
    static const char *const kinds[] = {
        "negation",   "denial", "claim",  "approx",  "abbreviation", "unit",   "negative",
        "rejection",  "untrue", "favour", "against", "condition",    "tally",  "other",
        "past",       "date",   "be",     "unreal",  "again",        "clause", "joining",
        "determiner", "people", "unsure", "limit",   "quantity"};
    struct str rest = words_file("compare/words/marks.txt"), line, kind, word;
    while (next_line(&rest, &line)) {
        if (!str_split(&line, ' ', &kind))
            continue;
        for (uint32_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
            if (str_eq(kind, str_of(kinds[k])))
                while (str_split(&line, ' ', &word))
                    *map_at(a, &lex->marks, word_fold(word)) |= 1u << k;
    }
}

/* A feature a line, in the order of its enum: name TAB weight in thousandths. */
static void load_weights(const char *name, double *weights, size_t n)
{
    struct str rest = words_file(name), line, word;
    uint64_t value;
    for (size_t i = 0; i < n && next_line(&rest, &line); i++) {
        if (!str_split(&line, '\t', &word))
            continue;
        bool minus = str_starts(line, S("-"));
        if (str_to_u64(str_slice(line, minus, line.n), &value))
            weights[i] = (minus ? -1e-3 : 1e-3) * (double)value;
    }
}

/* Word TAB what it measures TAB base units in millionths. */
static void load_units(struct arena *a, struct vocabulary *lex)
{
    static const char *const kinds[] = {"share", "money", "span"};
    struct str rest = words_file("compare/words/units.txt"), line, word, measures;
    uint64_t value;
    for (uint32_t n = 0; n < MOST_UNITS && next_line(&rest, &line);) {
        if (!str_split(&line, '\t', &word) || !str_split(&line, '\t', &measures) ||
            !str_to_u64(line, &value))
            continue;
        struct unit *u = &lex->unit[n++];
        *u = (struct unit){UNIT_OTHER, str_hash(measures), 1e-6 * (double)value};
        for (unsigned k = 0; k < sizeof kinds / sizeof *kinds; k++)
            if (str_eq(measures, str_of(kinds[k])))
                u->kind = (enum unit_kind)k;
        *map_at(a, &lex->units, word_fold(word)) = n;
    }
}

/* "~" no object, "!" none at all, "?" weak; then up to PHRASE_WORDS words. */
static struct phrase read_phrase(const struct vocabulary *lex, struct str text)
{
    struct phrase p = {.takes_object = true};
    while (text.n && (text.p[0] == '~' || text.p[0] == '!' || text.p[0] == '?')) {
        p.takes_object = p.takes_object && text.p[0] == '?';
        p.has_none = p.has_none || text.p[0] == '!';
        p.weak = p.weak || text.p[0] == '?';
        text = str_slice(text, 1, text.n);
    }
    struct str word;
    while (p.n < PHRASE_WORDS && str_split(&text, ' ', &word))
        p.stem[p.n++] = list_stem(lex, word);
    return p;
}

uint64_t theme_key(uint16_t group, uint64_t stem)
{
    return stem * 31 + group;
}

static void load_themes(struct arena *a, const struct vocabulary *lex, struct phrases *to,
                        struct str nouns)
{
    struct str noun;
    bool one_thing = str_starts(nouns, S("= "));
    nouns = str_slice(nouns, one_thing ? 2 : 0, nouns.n);
    while (str_split(&nouns, ' ', &noun)) {
        uint64_t stem = word_stem(noun);
        uint32_t same = map_get(&lex->synonyms, stem, 0);
        *map_at(a, &to->themes, theme_key(to->n_groups, same ? synonym_stem(same) : stem)) =
            one_thing ? 2 : 1;
    }
}

/* "GROUP TAB nouns it happens to TAB phrase, phrase TAB phrase …": a field for each member. */
static void load_phrases(struct arena *a, const struct vocabulary *lex, const char *name,
                         struct phrases *to)
{
    struct str rest = words_file(name), line, field, phrase;
    size_t cap = 0;
    while (next_line(&rest, &line)) {
        to->n_groups++;
        str_split(&line, '\t', &field); /* the group's name is for readers of the file */
        if (!str_split(&line, '\t', &field))
            continue;
        load_themes(a, lex, to, field);
        for (uint16_t m = 1; str_split(&line, '\t', &field); m++)
            while (str_split(&field, ',', &phrase)) {
                struct phrase p = read_phrase(lex, str_trim(phrase));
                p.group = to->n_groups;
                p.member = m;
                if (!p.n)
                    continue;
                *map_at(a, &to->first, p.stem[0]) = 1;
                to->v = arena_grow(a, to->v, to->n, &cap, sizeof *to->v);
                to->v[to->n++] = p;
            }
    }
}

const struct phrase *phrase_at(const struct phrases *p, const struct text *t, uint32_t at,
                               size_t *i)
{
    uint32_t end = t->sentences[t->terms[at].sentence].end;
    if (!*i && !map_get(&p->first, t->terms[at].raw_stem, 0))
        return NULL;
    while (*i < p->n) {
        const struct phrase *x = &p->v[(*i)++];
        uint32_t k = 0;
        while (k < x->n && at + k < end && t->terms[at + k].raw_stem == x->stem[k])
            k++;
        if (k == x->n)
            return x;
    }
    return NULL;
}

/* Read at the first use and kept: the lists are constants that happen to be data. */
static struct vocabulary known;
static struct arena keeping;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void load_all(void)
{
    struct arena *a = &keeping;
    struct vocabulary *lex = &known;
    load_stop(a, lex);
    load_common(a, lex);
    load_numbers(a, lex);
    load_irregular(a, lex);
    load_synonyms(a, lex);
    load_channels(a, lex);
    load_marks(a, lex);
    load_phrases(a, lex, "compare/words/events.txt", &lex->events);
    load_phrases(a, lex, "compare/words/presence.txt", &lex->presence);
    load_phrases(a, lex, "compare/words/later.txt", &lex->later);
    load_phrases(a, lex, "compare/words/opposites.txt", &lex->opposites);
    load_works(a, lex);
    load_units(a, lex);
    load_tolls(a, lex);
    load_weights("compare/words/join.txt", lex->join, JOIN_COUNT);
    load_weights("compare/words/act.txt", lex->act, ACT_COUNT);
    load_weights("compare/words/merge.txt", lex->merge, MERGE_COUNT);
}

void vocabulary_load(struct vocabulary *lex)
{
    pthread_once(&once, load_all);
    *lex = known;
}

uint64_t synonym_stem(uint32_t line)
{
    return UINT64_C(0x5359000000000000) | line;
}

double vocabulary_rarity(const struct vocabulary *lex, uint64_t stem)
{
    return 1 - map_get(&lex->common, stem, 0) / 10.0;
}
