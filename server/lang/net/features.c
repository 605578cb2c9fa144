/* What the network sees of a token; lang/model/training/features.py computes the same for training.
 */
#include <string.h>

#include "lang/net/reader_model.h"

enum { LONGEST_KEY = 64 };

enum shape {
    SHAPE_REST,
    SHAPE_LOWER,
    SHAPE_CAPITALISED,
    SHAPE_ONE_CAPITAL,
    SHAPE_CAPITALS,
    SHAPE_MIXED,
    SHAPE_DIGITS,
    SHAPE_WITH_DIGIT,
    SHAPE_LOWER_HYPHEN,
    SHAPE_CAPITAL_HYPHEN,
    SHAPE_MARK,
    SHAPE_WIDE_MARK
};

/* The form a word is looked up by: ASCII lower case, plain apostrophe, digits as 0. Longer words
 * are cut, which only costs them their vector. */
static size_t key_of(struct str word, char *key)
{
    size_t n = 0;
    for (size_t i = 0; i < word.n && n < LONGEST_KEY; i++) {
        char c = word.p[i];
        if (c == '\xE2' && i + 2 < word.n && word.p[i + 1] == '\x80' && word.p[i + 2] == '\x99') {
            c = '\'';
            i += 2;
        } else if (c >= '0' && c <= '9') {
            c = '0';
        } else if (c >= 'A' && c <= 'Z') {
            c = (char)(c + 32);
        }
        key[n++] = c;
    }
    return n;
}

static uint32_t affix_hash(char kind, const char *p, size_t n)
{
    uint32_t h = (2166136261u ^ (unsigned char)kind) * 16777619u;
    for (size_t i = 0; i < n; i++)
        h = (h ^ (unsigned char)p[i]) * 16777619u;
    return h;
}

struct letters {
    size_t lower, upper, digit, wide;
    bool hyphen;
};

static struct letters count_letters(struct str word)
{
    struct letters l = {0};
    for (size_t i = 0; i < word.n; i++) {
        unsigned char c = (unsigned char)word.p[i];
        l.lower += (c >= 'a' && c <= 'z') || c >= 128;
        l.upper += c >= 'A' && c <= 'Z';
        l.digit += c >= '0' && c <= '9';
        l.wide += c >= 128;
        l.hyphen |= c == '-';
    }
    return l;
}

static enum shape shape_of(struct str word)
{
    struct letters l = count_letters(word);
    bool first = word.p[0] >= 'A' && word.p[0] <= 'Z';
    if (l.digit)
        return !l.lower && !l.upper ? SHAPE_DIGITS : SHAPE_WITH_DIGIT;
    if (!l.lower && !l.upper)
        return SHAPE_MARK;
    if (l.wide == word.n && word.n <= 3)
        return SHAPE_WIDE_MARK;
    if (l.hyphen)
        return first ? SHAPE_CAPITAL_HYPHEN : SHAPE_LOWER_HYPHEN;
    if (!l.upper)
        return SHAPE_LOWER;
    if (!l.lower)
        return l.upper == 1 ? SHAPE_ONE_CAPITAL : SHAPE_CAPITALS;
    return first && l.upper == 1 ? SHAPE_CAPITALISED : SHAPE_MIXED;
}

static size_t word_row(const struct reader_model *m, struct str key)
{
    uint64_t hash = str_hash(key);
    size_t low = 0, high = m->n_words;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (m->word_hash[mid] < hash)
            low = mid + 1;
        else
            high = mid;
    }
    return low < m->n_words && m->word_hash[low] == hash ? low + 1 : 0;
}

const uint8_t *reader_word_vector(const struct reader_model *m, struct str word)
{
    char key[LONGEST_KEY];
    size_t row = word_row(m, (struct str){key, key_of(word, key)});
    return row ? m->words + row * m->word_dims : NULL;
}

size_t reader_input_size(const struct reader_model *m)
{
    return m->word_dims + READER_AFFIXES * (size_t)m->affix_dims + m->shape_dims;
}

void reader_input(const struct reader_model *m, struct str word, uint8_t *input)
{
    char key[LONGEST_KEY];
    size_t n = key_of(word, key), two = n < 2 ? n : 2, three = n < 3 ? n : 3;
    memcpy(input, m->words + word_row(m, (struct str){key, n}) * m->word_dims, m->word_dims);
    input += m->word_dims;
    uint32_t hashes[READER_AFFIXES] = {affix_hash('p', key, three),
                                       affix_hash('s', key + n - two, two),
                                       affix_hash('t', key + n - three, three)};
    for (size_t i = 0; i < READER_AFFIXES; i++) {
        size_t row = i * m->affix_rows + hashes[i] % m->affix_rows;
        memcpy(input, m->affixes + row * m->affix_dims, m->affix_dims);
        input += m->affix_dims;
    }
    memcpy(input, m->shape_rows + (size_t)shape_of(word) * m->shape_dims, m->shape_dims);
}

unsigned reader_flags(const struct lang_doc *doc, size_t token)
{
    uint32_t s = doc->tokens[token].sentence, paragraph = doc->sentences[s].paragraph;
    bool first = doc->sentences[s].first == token;
    bool opens = first && (s == 0 || doc->sentences[s - 1].paragraph != paragraph);
    return (unsigned)doc->tokens[token].in_quote | (unsigned)first << 1 | (unsigned)opens << 2 |
           (unsigned)(paragraph == 0) << 3;
}
