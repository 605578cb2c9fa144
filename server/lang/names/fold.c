/* Folding of names for comparison: case, accents and the spellings of transliterations. */
#include "lang/names/gazetteer.h"

#include "base/utf8.h"

#include <string.h>
#include <utf8proc.h>

/* Letters that Unicode does not decompose. */
static const struct {
    uint32_t c;
    const char *plain;
} special[] = {{0xDF, "ss"},  {0xE6, "ae"}, {0xF0, "d"},   {0xF8, "o"},   {0xFE, "th"},
               {0x111, "d"},  {0x131, "i"}, {0x142, "l"},  {0x153, "oe"}, {0x2019, "'"},
               {0x2018, "'"}, {0x2BC, "'"}, {0x2010, "-"}, {0x2011, "-"}, {0xA0, " "}};

static size_t put(char *out, size_t n, size_t cap, const char *p, size_t len)
{
    if (n + len > cap)
        return n;
    memcpy(out + n, p, len);
    return n + len;
}

static size_t fold_code_point(uint32_t c, char *out, size_t n, size_t cap)
{
    int32_t parts[8];
    int cls = 0;
    c = (uint32_t)utf8proc_tolower((int32_t)c);
    for (size_t i = 0; i < sizeof special / sizeof *special; i++)
        if (special[i].c == c)
            return put(out, n, cap, special[i].plain, strlen(special[i].plain));
    ssize_t k = utf8proc_decompose_char((int32_t)c, parts, 8,
                                        UTF8PROC_DECOMPOSE | UTF8PROC_STRIPMARK, &cls);
    for (ssize_t i = 0; i < k && i < 8; i++) {
        char b[4];
        n = put(out, n, cap, b, utf8_encode((uint32_t)parts[i], b));
    }
    return n;
}

size_t name_fold(struct str s, char *out, size_t cap)
{
    size_t n = 0;
    for (size_t at = 0; at < s.n && n < cap;) {
        unsigned char b = (unsigned char)s.p[at];
        if (b < 0x80) {
            out[n++] = (char)(b >= 'A' && b <= 'Z' ? b + 32 : b);
            at++;
        } else {
            n = fold_code_point(utf8_next(s, &at), out, n, cap);
        }
    }
    return n;
}

/* The last vowels of Slavic endings, doubled letters, and pairs that name one sound. */
static const struct sound {
    const char *from;
    size_t n;
    const char *to;
} sounds[] = {{"kh", 2, "h"},   {"ph", 2, "f"},   {"ck", 2, "k"},  {"cz", 2, "ch"},
              {"tch", 3, "ch"}, {"sch", 3, "sh"}, {"ow", 2, "ov"}, {"ew", 2, "ev"},
              {"x", 1, "ks"},   {"w", 1, "v"},    {"q", 1, "k"},   {"z", 1, "s"}};

/* The entry of `sounds` that begins at p, or NULL. p ends with a zero byte. */
static const struct sound *sound_at(const char *p)
{
    if (!strchr("kpctsoexwqz", *p))
        return NULL;
    for (size_t i = 0; i < sizeof sounds / sizeof *sounds; i++)
        if (sounds[i].from[0] == p[0] && strncmp(p, sounds[i].from, sounds[i].n) == 0)
            return &sounds[i];
    return NULL;
}

uint64_t name_skeleton(struct str word)
{
    char f[128], out[128];
    size_t n = name_fold(word, f, sizeof f - 1), k = 0;
    f[n] = 0;
    for (size_t i = 0; i < n && k + 3 < sizeof out;) {
        if (f[i] == '\'' || f[i] == '-' || f[i] == '.' || f[i] == ' ') {
            i++;
            continue;
        }
        const struct sound *sound = n > 4 ? sound_at(f + i) : NULL;
        if (sound) {
            k = put(out, k, sizeof out, sound->to, strlen(sound->to));
            i += sound->n;
            continue;
        }
        char c = f[i++];
        if (c == 'j' || c == 'y')
            c = 'i';
        if (!k || out[k - 1] != c || n <= 4)
            out[k++] = c;
    }
    return str_hash((struct str){out, k});
}
