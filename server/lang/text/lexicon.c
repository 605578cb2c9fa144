/* Word lists and a map from each phrase's hash to its entry: read from the binary once, shared by
 * all threads, never freed. */
#include "lang/text/lexicon.h"

#include "assets/wordlist.h"
#include "base/map.h"
#include "base/utf8.h"

#include <pthread.h>
#include <string.h>
#include <utf8proc.h>

enum { MAX_WORD = 128 };

static const char *const files[WORDS_COUNT] = {
    [WORDS_ALIASES] = "lang/issue/words/aliases.txt",
    [WORDS_ATTITUDES] = "lang/attitude/words/attitudes.txt",
    [WORDS_BODY_NAMES] = "lang/actors/words/body_names.txt",
    [WORDS_BODY_NOUNS] = "lang/actors/words/body_nouns.txt",
    [WORDS_CARRIERS] = "lang/attribution/words/carriers.txt",
    [WORDS_CHANNEL_LEADS] = "lang/attribution/words/channel_leads.txt",
    [WORDS_CHANNEL_VERBS] = "lang/attribution/words/channel_verbs.txt",
    [WORDS_CHANNELS] = "lang/attribution/words/channels.txt",
    [WORDS_CLAUSE_WORDS] = "lang/attitude/words/clause-words.txt",
    [WORDS_CUE_NOUNS] = "lang/attribution/words/cue_nouns.txt",
    [WORDS_DAYS] = "lang/attribution/words/days.txt",
    [WORDS_FOREIGN_LINKS] = "lang/attribution/words/foreign_links.txt",
    [WORDS_FOREIGN_VERBS] = "lang/attribution/words/foreign_verbs.txt",
    [WORDS_FUNCTION_WORDS] = "lang/text/words/function_words.txt",
    [WORDS_GENERIC_NOUNS] = "lang/issue/words/generic_nouns.txt",
    [WORDS_HAPPENING] = "lang/attitude/words/happening.txt",
    [WORDS_HEDGES] = "lang/attribution/words/hedges.txt",
    [WORDS_ISSUE_BACKING] = "lang/issue/words/backing.txt",
    [WORDS_ISSUE_IRONY] = "lang/issue/words/irony.txt",
    [WORDS_ISSUE_FILLERS] = "lang/issue/words/fillers.txt",
    [WORDS_ISSUE_KIN] = "lang/issue/words/kin.txt",
    [WORDS_ISSUE_PRIZES] = "lang/issue/words/prizes.txt",
    [WORDS_LANGUAGES] = "assets/words/languages.txt",
    [WORDS_NOBODY] = "lang/attribution/words/nobody.txt",
    [WORDS_PATTERNS] = "lang/attribution/words/patterns.txt",
    [WORDS_POLICY_VERBS] = "lang/issue/words/policy_verbs.txt",
    [WORDS_REPLIES] = "lang/attribution/words/replies.txt",
    [WORDS_STANCE] = "lang/stance/words/stance.txt",
    [WORDS_SYNONYMS] = "lang/issue/words/synonyms.txt",
    [WORDS_EFFECTS] = "lang/issue/words/effects.txt",
    [WORDS_OTHER_THINGS] = "lang/issue/words/other_things.txt",
    [WORDS_TOPIC_NOUNS] = "lang/issue/words/topic_nouns.txt",
    [WORDS_UNDOING] = "lang/attitude/words/undoing.txt",
    [WORDS_VAGUE_NOUNS] = "lang/issue/words/vague_nouns.txt",
    [WORDS_WEAK_MODIFIERS] = "lang/issue/words/weak_modifiers.txt",
};

/* `letters` has a bit for the first three letters and the last of each phrase: most words of a text
 * are rejected by it without folding and hashing them. */
enum { LETTER_BITS = 15 };

struct lexicon {
    struct lexicon_entry *entries; /* [0] is what an unknown phrase gets */
    size_t n, cap;
    struct map index; /* hash of the phrase: its place in entries */
    uint32_t letters[1 << (LETTER_BITS - 5)];
};

static struct {
    pthread_once_t once;
    struct arena arena;
    struct lexicon lists[WORDS_COUNT];
    struct wordset doubling;
} shared = {.once = PTHREAD_ONCE_INIT};

struct str lexicon_fold(struct str text, char *out, size_t room)
{
    size_t n = 0;
    for (size_t at = 0; at < text.n && n + 4 <= room;) {
        unsigned char byte = (unsigned char)text.p[at];
        if (byte < 128) {
            out[n++] = (char)(byte >= 'A' && byte <= 'Z' ? byte + 32 : byte);
            at++;
            continue;
        }
        size_t next = at; /* apart, so that `at` stays in a register */
        uint32_t c = utf8_next(text, &next);
        at = next;
        if (c == 0x2019 || c == 0x2BC)
            c = '\'';
        else
            c = (uint32_t)utf8proc_tolower((utf8proc_int32_t)c);
        n += utf8_encode(c, out + n);
    }
    return (struct str){out, n};
}

/* The bit of a text in any case, or false where letters beyond ASCII fold to who knows what. */
static bool letters_of(struct str text, uint32_t *bit)
{
    const unsigned char *p = (const unsigned char *)text.p;
    if (!text.n)
        return false;
    uint32_t a = p[0], b = text.n > 1 ? p[1] : 0, c = text.n > 2 ? p[2] : 0, d = p[text.n - 1];
    if ((a | b | c | d) & 128)
        return false;
    uint32_t key = (a | 32) | (b | 32) << 8 | (c | 32) << 16 | (d | 32) << 24;
    *bit = key * 2654435761u >> (32 - LETTER_BITS);
    return true;
}

static void note_letters(struct lexicon *x, struct str phrase)
{
    uint32_t bit;
    if (letters_of(phrase, &bit))
        x->letters[bit / 32] |= 1u << bit % 32;
}

static bool may_hold(const struct lexicon *x, struct str text)
{
    uint32_t bit;
    return !letters_of(text, &bit) || (x->letters[bit / 32] >> bit % 32 & 1);
}

/* The entry of a phrase with this hash, or the empty one: a text may hold what only hashes alike.
 */
static const struct lexicon_entry *entry_of(const struct lexicon *x, struct str phrase,
                                            uint64_t hash)
{
    const struct lexicon_entry *e = &x->entries[map_get(&x->index, hash, 0)];
    return str_eq(e->phrase, phrase) ? e : x->entries;
}

/* The same to write to; a new phrase gets an empty entry. Valid until the next call. */
static struct lexicon_entry *entry_at(struct lexicon *x, struct str phrase)
{
    uint32_t *place = map_at(&shared.arena, &x->index, str_hash(phrase));
    if (!*place) {
        x->entries = arena_grow(&shared.arena, x->entries, x->n, &x->cap, sizeof *x->entries);
        *place = (uint32_t)x->n++;
        x->entries[*place] = (struct lexicon_entry){.phrase = phrase};
    }
    return &x->entries[*place];
}

static size_t count_words(struct str phrase)
{
    size_t n = 1;
    for (size_t i = 0; i < phrase.n; i++)
        n += phrase.p[i] == ' ';
    return n;
}

/* Notes at a phrase's first word how far it goes: most words of a text begin none. */
static void note_reach(struct lexicon *x, struct str phrase)
{
    size_t words = count_words(phrase), blank = str_find_char(phrase, ' ', 0);
    struct str word = str_slice(phrase, 0, blank == STR_NONE ? phrase.n : blank);
    struct lexicon_entry *e = entry_at(x, word);
    note_letters(x, word);
    if (words > e->reach)
        e->reach = (uint8_t)words;
}

/* The first entry of a phrase stays, but a line of its own outranks a form made of another's
 * ("disappointing" is a quality). */
static void enter(struct lexicon *x, struct lexicon_entry entry, struct str first, struct str tail)
{
    entry.phrase = arena_fmt(&shared.arena, "%.*s%.*s", STR_ARG(first), STR_ARG(tail));
    struct lexicon_entry *e = entry_at(x, entry.phrase);
    if (e->listed && (e->form == FORM_BASE || entry.form != FORM_BASE))
        return;
    entry.listed = true;
    entry.reach = e->reach;
    *e = entry;
    note_letters(x, entry.phrase);
    note_reach(x, entry.phrase);
}

static bool vowel(char c)
{
    return memchr("aeiou", c, 5) && c;
}

/* Stem and ending of one form, "stop" + "p" + "ed" where the last consonant is doubled. */
static void enter_form(struct lexicon *x, struct lexicon_entry entry, struct str stem,
                       const char *ending, struct str tail)
{
    char word[MAX_WORD];
    size_t n = strlen(ending);
    if (stem.n + n > sizeof word)
        return;
    memcpy(word, stem.p, stem.n);
    memcpy(word + stem.n, ending, n);
    enter(x, entry, (struct str){word, stem.n + n}, tail);
}

static void enter_s(struct lexicon *x, struct lexicon_entry e, struct str word, struct str tail)
{
    char last = word.p[word.n - 1], before = word.n > 1 ? word.p[word.n - 2] : 'a';
    if (last == 'y' && !vowel(before))
        enter_form(x, e, str_slice(word, 0, word.n - 1), "ies", tail);
    else if (strchr("sxzo", last) || (last == 'h' && (before == 'c' || before == 's')))
        enter_form(x, e, word, "es", tail);
    else
        enter_form(x, e, word, "s", tail);
}

static void enter_past_and_ing(struct lexicon *x, struct lexicon_entry e, struct str word,
                               struct str tail)
{
    struct lexicon_entry past = e, ing = e;
    past.form = FORM_PAST;
    ing.form = FORM_ING;
    size_t n = word.n;
    char last = word.p[n - 1], before = n > 1 ? word.p[n - 2] : 'a';
    struct str cut = str_slice(word, 0, n - 1);
    if (last == 'e') {
        enter_form(x, past, word, "d", tail);
        enter_form(x, ing, before == 'e' ? word : cut, "ing", tail);
        return;
    }
    if (last == 'y' && !vowel(before))
        enter_form(x, past, cut, "ied", tail);
    else
        enter_form(x, past, word, "ed", tail);
    enter_form(x, ing, word, "ing", tail);
    /* Both spellings are entered: which verbs double is not for the list's author to remember. */
    if (n > 2 && !vowel(last) && vowel(before) && !vowel(word.p[n - 3]) && !strchr("wxy", last)) {
        char doubled[8] = {last, 'e', 'd', 0};
        enter_form(x, past, word, doubled, tail);
        char doubled_ing[8] = {last, 'i', 'n', 'g', 0};
        enter_form(x, ing, word, doubled_ing, tail);
    }
}

/* Does the last letter double before "-ing": "scrapping" and "admitting", but "opening"? A verb of
 * one syllable whose last letters are one vowel and one consonant; of others those of a list, which
 * bear the stress at their end. */
static bool doubles_last(struct str verb)
{
    size_t n = verb.n, syllables = 0;
    char last = n ? verb.p[n - 1] : 0;
    if (n < 3 || vowel(last) || strchr("wxy", last) || !vowel(verb.p[n - 2]))
        return false;
    bool qu = n > 3 && verb.p[n - 3] == 'u' && verb.p[n - 4] == 'q';
    if (vowel(verb.p[n - 3]) && !qu)
        return false;
    for (size_t i = qu ? n - 2 : 0; i < n; i++)
        syllables += vowel(verb.p[i]) && (i == 0 || !vowel(verb.p[i - 1]) || qu);
    return syllables == 1 || wordset_find(&shared.doubling, verb);
}

/* The one form in -ing that is right, for titles. */
static struct str ing_form(struct str first, struct str tail)
{
    struct str form = first, rest = first;
    for (int i = 0; i < 4 && str_find_char(first, '/', 0) != STR_NONE; i++)
        if (!str_split(&rest, '/', &form))
            break;
    if (form.p != first.p)
        return arena_fmt(&shared.arena, "%.*s%.*s", STR_ARG(form), STR_ARG(tail));
    size_t n = form.n;
    char last = form.p[n - 1], before = n > 1 ? form.p[n - 2] : 'a';
    bool silent = last == 'e' && before != 'e' && n > 2;
    return arena_fmt(&shared.arena, "%.*s%.*sing%.*s", (int)(silent ? n - 1 : n), form.p,
                     doubles_last(form) ? 1 : 0, &form.p[n - 1], STR_ARG(tail));
}

static void enter_verb(struct lexicon *x, struct lexicon_entry e, struct str first, struct str tail)
{
    static const enum word_form order[] = {FORM_BASE, FORM_S, FORM_PAST, FORM_ING, FORM_PARTICIPLE};
    if (!e.ing.n)
        e.ing = ing_form(first, tail); /* that in -ise stands for both */
    if (str_find_char(first, '/', 0) != STR_NONE) {
        struct str form;
        for (size_t i = 0; i < 5 && str_split(&first, '/', &form); i++) {
            e.form = order[i];
            enter(x, e, form, tail);
        }
        return;
    }
    e.form = FORM_BASE;
    enter(x, e, first, tail);
    e.form = FORM_S;
    enter_s(x, e, first, tail);
    enter_past_and_ing(x, e, first, tail);
    if (first.n > 4 && str_ends(first, S("ise"))) {
        struct str z = arena_str(&shared.arena, first);
        ((char *)z.p)[z.n - 2] = 'z';
        enter_verb(x, e, z, tail);
    }
}

static void enter_line(struct lexicon *x, struct str line)
{
    struct str phrase, class = {0}, more = {0};
    if (!str_split(&line, '\t', &phrase) || !phrase.n || phrase.p[0] == '#')
        return;
    str_split(&line, '\t', &class);
    more = line;
    struct lexicon_entry e = {.class = class, .more = more};
    size_t blank = str_find_char(phrase, ' ', 0), n = blank == STR_NONE ? phrase.n : blank;
    struct str first = str_slice(phrase, 0, n), tail = str_slice(phrase, n, phrase.n);
    if (str_starts(class, S("v"))) {
        enter_verb(x, e, first, tail);
        return;
    }
    enter(x, e, phrase, (struct str){0});
    e.form = FORM_PLURAL;
    /* The plural of a phrase is that of its last word, "act of" aside: such lines list theirs. */
    size_t last = phrase.n;
    while (last && phrase.p[last - 1] != ' ')
        last--;
    if (str_starts(class, S("n")) && phrase.n > last) {
        char word[MAX_WORD];
        if (phrase.n < sizeof word - 4)
            enter_s(x, e, phrase, (struct str){0});
    }
}

static void load(void)
{
    shared.doubling = wordset_load("lang/text/words/doubling-verbs.txt");
    for (size_t i = 0; i < WORDS_COUNT; i++) {
        struct str rest = wordlist_text(files[i]), line;
        struct lexicon *x = &shared.lists[i];
        entry_at(x, (struct str){0}); /* the first entry is nobody's */
        while (wordlist_next(&rest, &line))
            enter_line(x, line);
    }
}

const struct lexicon *lexicon_open(enum lexicon_list list)
{
    pthread_once(&shared.once, load);
    return &shared.lists[list];
}

const struct lexicon_entry *lexicon_find(const struct lexicon *x, struct str phrase)
{
    char folded[MAX_WORD];
    if (!may_hold(x, phrase))
        return NULL;
    struct str key = lexicon_fold(phrase, folded, sizeof folded);
    const struct lexicon_entry *e = entry_of(x, key, str_hash(key));
    return key.n && e->listed ? e : NULL;
}

const struct lexicon_entry *lexicon_match(const struct lexicon *x, const struct lang_doc *doc,
                                          size_t at, size_t end, size_t *n)
{
    char text[MAX_WORD];
    size_t used = 0, reach = 1;
    const struct lexicon_entry *best = NULL;
    if (at >= end || !may_hold(x, lang_token_text(doc, at)))
        return NULL;
    uint64_t hash = str_hash((struct str){0});
    for (size_t i = at; i < end && i - at < reach; i++) {
        size_t from = used;
        if (i > at)
            text[used++] = ' ';
        used += lexicon_fold(lang_token_text(doc, i), text + used, sizeof text - used).n;
        if (used + 8 > sizeof text)
            break;
        hash = str_hash_more(hash, (struct str){text + from, used - from});
        const struct lexicon_entry *e = entry_of(x, (struct str){text, used}, hash);
        if (i == at)
            reach = e->reach;
        if (e->listed) {
            best = e;
            *n = i - at + 1;
        }
    }
    return best;
}

bool lexicon_has_class(const struct lexicon_entry *e, struct str class)
{
    struct str rest = e ? e->class : (struct str){0}, one;
    while (str_split(&rest, ' ', &one))
        if (str_eq(one, class))
            return true;
    return false;
}
