/* The comparison's word lists, read from the embedded files server/lang/words/compare-*.txt.
 *
 * One entry a line, "#" begins a comment line, fields are parted by tabs. Lists are small; they
 * are read once for each comparison rather than kept in globals. */
#include "assets/assets.h"
#include "compare/parts.h"

static struct str words_file(const char *name)
{
    const struct embedded *e = asset_find(assets_words, str_of(name));
    return e ? e->bytes : (struct str){0};
}

/* The next line with something in it. */
static bool next_line(struct str *rest, struct str *line)
{
    while (str_split(rest, '\n', line)) {
        *line = str_trim(*line);
        if (line->n && line->p[0] != '#')
            return true;
    }
    return false;
}

static void load_stop(struct arena *a, struct vocabulary *lex)
{
    struct str rest = words_file("compare-stop.txt"), line, word;
    while (next_line(&rest, &line))
        while (str_split(&line, ' ', &word))
            *table_at(a, &lex->stop, word_fold(word)) = 1;
}

/* "BAND word word …": the band is the share of everyday reports that have the word, in tenths
 * of its logarithm: 1 rare .. 9 in nearly all. */
static void load_common(struct arena *a, struct vocabulary *lex)
{
    struct str rest = words_file("compare-common.txt"), line, band, word;
    uint64_t value;
    while (next_line(&rest, &line))
        if (str_split(&line, ' ', &band) && str_to_u64(band, &value))
            while (str_split(&line, ' ', &word)) {
                uint32_t *known = table_at(a, &lex->common, word_stem(word));
                *known = value > *known ? (uint32_t)value : *known;
            }
}

static void load_numbers(struct arena *a, struct vocabulary *lex)
{
    struct str rest = words_file("compare-numbers.txt"), line, word, number;
    uint64_t value;
    while (next_line(&rest, &line))
        if (str_split(&line, '\t', &word) && str_split(&line, '\t', &number) &&
            str_to_u64(number, &value))
            *table_at(a, &lex->numbers, word_fold(word)) = (uint32_t)value + 1;
}

static void load_synonyms(struct arena *a, struct vocabulary *lex)
{
    struct str rest = words_file("compare-synonyms.txt"), line, word;
    for (uint32_t id = 1; next_line(&rest, &line); id++)
        while (str_split(&line, ' ', &word))
            *table_at(a, &lex->synonyms, word_stem(word)) = id;
}

static void load_marks(struct arena *a, struct vocabulary *lex)
{
    static const char *const kinds[] = {"negation",     "denial", "claim",   "approx",
                                        "abbreviation", "unit",   "negative"};
    struct str rest = words_file("compare-marks.txt"), line, kind, word;
    while (next_line(&rest, &line)) {
        if (!str_split(&line, ' ', &kind))
            continue;
        for (uint32_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
            if (str_eq(kind, str_of(kinds[k])))
                while (str_split(&line, ' ', &word))
                    *table_at(a, &lex->marks, word_fold(word)) |= 1u << k;
    }
}

static void add_event(struct arena *a, struct vocabulary *lex, struct str phrase, size_t *cap)
{
    struct event_word e = {.group = (uint16_t)lex->n_groups, .takes_object = phrase.p[0] != '~'};
    if (!e.takes_object)
        phrase = str_slice(phrase, 1, phrase.n);
    struct str word;
    while (e.n < 3 && str_split(&phrase, ' ', &word))
        e.stem[e.n++] = word_stem(word);
    lex->events = arena_grow(a, lex->events, lex->n_events, cap, sizeof *lex->events);
    lex->events[lex->n_events++] = e;
}

/* "GROUP TAB phrase, phrase TAB phrase …": a field for each member; "~" before a phrase that
 * takes no object. */
static void load_events(struct arena *a, struct vocabulary *lex)
{
    struct str rest = words_file("compare-events.txt"), line, name, member, phrase;
    size_t cap = 0, group_cap = 0;
    while (next_line(&rest, &line)) {
        if (!str_split(&line, '\t', &name))
            continue;
        lex->group_names =
            arena_grow(a, lex->group_names, lex->n_groups, &group_cap, sizeof *lex->group_names);
        lex->group_names[lex->n_groups++] = name;
        for (uint16_t m = 1; str_split(&line, '\t', &member); m++)
            while (str_split(&member, ',', &phrase)) {
                phrase = str_trim(phrase);
                if (!phrase.n)
                    continue;
                add_event(a, lex, phrase, &cap);
                lex->events[lex->n_events - 1].member = m;
            }
    }
}

void vocabulary_load(struct arena *a, struct vocabulary *lex)
{
    *lex = (struct vocabulary){0};
    load_stop(a, lex);
    load_common(a, lex);
    load_numbers(a, lex);
    load_synonyms(a, lex);
    load_marks(a, lex);
    load_events(a, lex);
}

double vocabulary_rarity(const struct vocabulary *lex, uint64_t stem)
{
    return 1 - table_get(&lex->common, stem, 0) / 10.0;
}
