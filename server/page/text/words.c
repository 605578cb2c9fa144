/* Word lists for reading pages: see words.h. They are loaded at first use and kept for the life of
 * the process. */
#include "page/text/words.h"

#include "assets/wordlist.h"
#include "base/map.h"
#include "base/utf8.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

struct entry {
    struct str key, effect;
    uint32_t next; /* the next of this bucket in the list's order; 0: none */
};

/* Entries by the hash of the whole phrase or of its first word. */
struct phrases {
    struct entry *entries; /* [0] is none */
    uint32_t n;
    struct map index;             /* hash: the first of its entries */
    uint8_t pairs[(1 << 16) / 8]; /* the first two bytes of the phrases: most texts have others */
};

static struct lines {
    struct phrases whole, start, inside; /* the latter two by first word */
} lines;

static const char *const list_files[LIST_COUNT] = {
    [LIST_AGENCIES] = "page/words/agencies.txt",  [LIST_SECTIONS] = "page/words/sections.txt",
    [LIST_MONTHS] = "page/words/months.txt",      [LIST_BYLINES] = "page/words/bylines.txt",
    [LIST_HINTS] = "page/words/hints.txt",        [LIST_NONAMES] = "page/words/nonames.txt",
    [LIST_COLUMNS] = "page/words/columns.txt",    [LIST_NAMES] = "page/words/names.txt",
    [LIST_NETWORKS] = "page/words/networks.txt",  [LIST_PROMO] = "page/words/promo.txt",
    [LIST_PAGES] = "page/words/pages.txt",        [LIST_LEAD] = "page/words/lead.txt",
    [LIST_SAVED] = "page/words/saved.txt",        [LIST_CHARSETS] = "page/words/charsets.txt",
    [LIST_CUTS] = "page/words/cuts.txt",          [LIST_NOTHING] = "page/words/nothing.txt",
    [LIST_HYPHENS] = "page/words/hyphens.txt",    [LIST_PEOPLE] = "page/words/people.txt",
    [LIST_ZONES] = "page/words/zones.txt",        [LIST_DAY_FIRST] = "page/words/day_first.txt",
    [LIST_MAILBOXES] = "page/words/mailboxes.txt"};

static struct wordset lists[LIST_COUNT];
static uint8_t hint_shapes[(1 << 15) / 8];
static struct arena memory; /* never released: as long-lived as the word lists themselves */
static pthread_once_t once = PTHREAD_ONCE_INIT;

/* Its first two bytes as a number. */
static size_t pair_of(struct str s)
{
    return (unsigned char)s.p[0] | (size_t)(s.n > 1 ? (unsigned char)s.p[1] : ' ') << 8;
}

static void add_phrase(struct phrases *list, struct str key, struct entry e)
{
    uint32_t *place = map_at(&memory, &list->index, str_hash(key));
    while (*place)
        place = &list->entries[*place].next;
    *place = ++list->n;
    list->entries[list->n] = e;
    size_t pair = pair_of(e.key);
    list->pairs[pair / 8] |= (uint8_t)(1 << pair % 8);
}

static struct str first_word(struct str s)
{
    return str_slice(s, 0, str_find_char(s, ' ', 0));
}

static bool is_word_char(uint32_t c)
{
    if (c < 0x80)
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    utf8proc_category_t k = utf8proc_category((utf8proc_int32_t)c);
    return (k >= UTF8PROC_CATEGORY_LU && k <= UTF8PROC_CATEGORY_NO);
}

/* The first word of a folded line, without the marks behind it: "source: agency" opens with the
 * phrase "source". */
static struct str opening_word(struct str s)
{
    struct str word = first_word(s);
    while (word.n && (unsigned char)word.p[word.n - 1] < 0x80 &&
           !is_word_char((unsigned char)word.p[word.n - 1]))
        word.n--;
    return word;
}

/* "phrase TAB whole|start|in TAB effect". */
static void load_lines(void)
{
    struct str text = wordlist_text("page/words/lines.txt"), rest = text, line;
    size_t n = 1;
    while (wordlist_next(&rest, &line))
        n++;
    lines.whole.entries = arena_array(&memory, n, sizeof(struct entry));
    lines.start.entries = arena_array(&memory, n, sizeof(struct entry));
    lines.inside.entries = arena_array(&memory, n, sizeof(struct entry));
    while (wordlist_next(&text, &line)) {
        struct entry e = {0};
        struct str place;
        str_split(&line, '\t', &e.key);
        str_split(&line, '\t', &place);
        e.effect = line;
        if (str_eq(place, S("whole")))
            add_phrase(&lines.whole, e.key, e);
        else
            add_phrase(str_eq(place, S("start")) ? &lines.start : &lines.inside,
                       opening_word(e.key), e);
    }
}

/* First two letters and length as a number: pages ask for many class names, few are listed. */
static size_t shape_of(struct str s)
{
    unsigned a = s.n ? (unsigned char)s.p[0] & 31 : 0, b = s.n > 1 ? (unsigned char)s.p[1] & 31 : 0;
    return a << 10 | b << 5 | (s.n & 31);
}

static void load_shapes(void)
{
    struct str text = wordlist_text(list_files[LIST_HINTS]), line, key;
    while (wordlist_next(&text, &line)) {
        str_split(&line, '\t', &key);
        size_t shape = shape_of(key);
        hint_shapes[shape / 8] |= (uint8_t)(1 << shape % 8);
    }
}

static void load(void)
{
    load_lines();
    load_shapes();
    for (int i = 0; i < LIST_COUNT; i++)
        lists[i] = wordset_load(list_files[i]);
}

bool word_find(enum word_list list, struct str key, struct str *value)
{
    pthread_once(&once, load);
    size_t shape = shape_of(key);
    if (list == LIST_HINTS && !(hint_shapes[shape / 8] & 1 << shape % 8))
        return false;
    const struct wordset_entry *e = wordset_find(&lists[list], key);
    if (e)
        *value = e->value;
    return e != NULL;
}

/* Plain forms of what typographers vary; 0 stands for "nothing at all". */
static uint32_t plain_char(uint32_t c)
{
    switch (c) {
    case 0x2018:
    case 0x2019:
    case 0x02BC:
        return '\'';
    case 0x201C:
    case 0x201D:
    case 0x00AB:
    case 0x00BB:
        return '"';
    case 0x2010:
    case 0x2011:
    case 0x2013:
    case 0x2014:
        return '-';
    case 0x00AD:
    case 0x200B:
    case 0x200C:
    case 0x200D:
    case 0x2060:
    case 0xFEFF:
        return 0;
    default:
        return c;
    }
}

static bool is_space_char(uint32_t c)
{
    return c == ' ' || (c >= 9 && c <= 13) || c == 0xA0 || c == 0x85 ||
           (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x3000;
}

/* A letter in lower case or a digit, else 0. */
static char plain_ascii(unsigned char c)
{
    unsigned char low = c | 32;
    return low >= 'a' && low <= 'z' ? (char)low : c >= '0' && c <= '9' ? (char)c : 0;
}

struct str fold_line(struct str s, char out[FOLD_MAX])
{
    size_t n = 0, end = 0; /* end: behind the last letter or digit, where trailing marks go */
    bool blank = false;
    for (size_t at = 0; at < s.n && n + 8 < FOLD_MAX;) {
        unsigned char byte = (unsigned char)s.p[at];
        char low = byte < 0x80 ? plain_ascii(byte) : 0;
        if (low) { /* most characters */
            if (blank)
                out[n++] = ' ';
            blank = false;
            out[n++] = low;
            end = n;
            at++;
            continue;
        }
        uint32_t c = byte < 0x80 ? (at++, byte) : plain_char(utf8_next(s, &at));
        bool word = c >= 0x80 && (is_word_char(c) || c == 0xA9); /* (c) says much */
        if (c == 0 || (n == 0 && !word))
            continue;
        if (is_space_char(c)) {
            blank = true;
            continue;
        }
        if (blank)
            out[n++] = ' ';
        blank = false;
        if (c < 0x80)
            out[n++] = (char)c;
        else
            n += utf8_encode((uint32_t)utf8proc_tolower((utf8proc_int32_t)c), out + n);
        end = word ? n : end;
    }
    return (struct str){out, end};
}

static bool begins_with_phrase(struct str s, struct str phrase)
{
    if (!str_starts(s, phrase))
        return false;
    unsigned char next = s.n > phrase.n ? (unsigned char)s.p[phrase.n] : ' ';
    char last = phrase.p[phrase.n - 1];
    return (last >= '0' && last <= '9') ||
           (!is_word_char(next) && next < 0x80); /* "© 20" of 2025 */
}

static enum line_effect effect_of(const struct entry *e)
{
    static const struct str names[] = {[LINE_END] = STR("end"),
                                       [LINE_LIST] = STR("list"),
                                       [LINE_PAYWALL] = STR("paywall"),
                                       [LINE_CONSENT] = STR("consent")};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (names[i].n && str_eq(e->effect, names[i]))
            return (enum line_effect)i;
    return LINE_DROP;
}

/* The entry of which the folded text is the whole phrase, or NULL. */
static const struct entry *find_whole(const struct phrases *list, struct str s)
{
    size_t pair = pair_of(s);
    if (!(list->pairs[pair / 8] & 1 << pair % 8)) /* no need to hash a paragraph */
        return NULL;
    for (uint32_t at = map_get(&list->index, str_hash(s), 0); at; at = list->entries[at].next)
        if (str_eq(list->entries[at].key, s))
            return &list->entries[at];
    return NULL;
}

/* The entry with whose phrase the folded text begins, or NULL. */
static const struct entry *find_start(const struct phrases *list, struct str s)
{
    size_t pair = pair_of(s);
    if (!(list->pairs[pair / 8] & 1 << pair % 8))
        return NULL;
    uint32_t at = map_get(&list->index, str_hash(opening_word(s)), 0);
    for (; at; at = list->entries[at].next)
        if (begins_with_phrase(s, list->entries[at].key))
            return &list->entries[at];
    return NULL;
}

static bool at_word_edge(struct str s, size_t at)
{
    return at == 0 || s.p[at - 1] == ' ' || s.p[at - 1] == '(' || s.p[at - 1] == '"';
}

enum line_effect line_effect(struct str folded)
{
    pthread_once(&once, load);
    if (folded.n == 0)
        return LINE_PLAIN;
    const struct entry *e = find_whole(&lines.whole, folded);
    if (e)
        return effect_of(e);
    e = find_start(&lines.start, folded);
    enum line_effect effect = e ? effect_of(e) : LINE_PLAIN;
    for (size_t at = 0; effect <= LINE_DROP && at < folded.n; at++) { /* telling ones go first */
        if (!at_word_edge(folded, at))
            continue;
        e = find_start(&lines.inside, str_slice(folded, at, folded.n));
        effect = e ? effect_of(e) : effect;
        if (e && effect == LINE_DROP)
            break;
    }
    return effect;
}
