/* Encodings: see encoding.h. Labels (charset.c) and the windows-1252 reading of Latin-1 follow
 * the WHATWG Encoding Standard; conversion itself is iconv's.
 * What is declared nowhere is guessed (guess.c). */
#include "page/text/encoding.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "page/text/charset.h"

#include <errno.h>
#include <iconv.h>
#include <string.h>
#include <utf8proc.h>

/* windows-1252 0x80-0x9F; its five holes are read as U+FFFD. */
static const uint16_t cp1252[32] = {0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                    0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD,
                                    0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                    0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178};

static const struct str magics[] = {STR("%PDF-"),
                                    STR("\x89PNG"),
                                    STR("\xFF\xD8\xFF"),
                                    STR("GIF8"),
                                    STR("PK\x03\x04"),
                                    STR("\x7F"
                                        "ELF"),
                                    STR("\x1F\x8B"),
                                    STR("Rar!"),
                                    STR("\xD0\xCF\x11\xE0"),
                                    STR("SQLite format 3")};

static size_t count_nul(struct str s)
{
    size_t n = 0;
    for (const char *p = s.p, *end = s.p + s.n; p < end && (p = memchr(p, 0, (size_t)(end - p)));
         p++)
        n++;
    return n;
}

/* UTF-16 without a mark: every other byte is zero in western text and in markup. */
static const char *utf16_look(struct str s)
{
    size_t even = 0, odd = 0, n = s.n < 1024 ? s.n & ~(size_t)1 : 1024;
    for (size_t i = 0; i < n; i += 2) {
        even += s.p[i] == 0;
        odd += s.p[i + 1] == 0;
    }
    if (n < 16 || (even * 4 < n && odd * 4 < n))
        return NULL;
    return odd > even * 8 ? "utf-16le" : even > odd * 8 ? "utf-16be" : NULL;
}

static bool looks_binary(struct str s)
{
    for (size_t i = 0; i < sizeof magics / sizeof *magics; i++)
        if (str_starts(s, magics[i]))
            return true;
    struct str head = str_slice(s, 0, 1 << 14);
    size_t odd = 0;
    for (size_t i = 0; i < head.n; i++) {
        unsigned char c = (unsigned char)head.p[i];
        odd += c < 32 && c != '\n' && c != '\r' && c != '\t' && c != '\f' && c != 27;
    }
    return odd * 50 > head.n || count_nul(head) * 200 > head.n;
}

static void decode_1252(struct str s, struct buf *out)
{
    for (size_t i = 0; i < s.n;) {
        size_t end = i;
        while (end < s.n && (unsigned char)s.p[end] < 0x80)
            end++;
        buf_add(out, str_slice(s, i, end));
        i = end;
        if (i == s.n)
            break;
        unsigned char c = (unsigned char)s.p[i++];
        char bytes[4];
        buf_add(out, (struct str){bytes, utf8_encode(c < 0xA0 ? cp1252[c - 0x80] : c, bytes)});
    }
}

/* False when iconv does not know the name; bytes it cannot read become U+FFFD. */
static bool decode_iconv(const char *name, struct str s, struct buf *out)
{
    iconv_t cd = iconv_open("UTF-8", name);
    if (cd == (iconv_t)-1)
        return false;
    char *in = (char *)(uintptr_t)s.p; /* iconv does not write through it */
    size_t left = s.n;
    while (left) {
        size_t room = left * 2 + 64;
        char *to = buf_reserve(out, room), *start = to;
        size_t r = iconv(cd, &in, &left, &to, &room);
        out->n += (size_t)(to - start);
        if (r != (size_t)-1 || errno == E2BIG)
            continue;
        buf_add(out, S("\xEF\xBF\xBD"));
        if (errno == EINVAL)
            break;
        in++;
        left--;
        iconv(cd, NULL, NULL, NULL, NULL);
    }
    iconv_close(cd);
    return true;
}

/* The character that byte `from` is where no UTF-8 begins: of windows-1252, in which parts of UTF-8
 * pages are written and stray quotation marks were pasted; *at moves behind what is left of a cut
 * sequence. */
static uint32_t stray_byte(struct str s, size_t from, size_t *at)
{
    unsigned char first = (unsigned char)s.p[from];
    if (first >= 0x80 && first < 0xA0)
        return cp1252[first - 0x80];
    if (first >= 0xC2 && first < 0xF5 && (*at == s.n || ((unsigned char)s.p[*at] & 0xC0) == 0x80)) {
        while (*at < s.n && ((unsigned char)s.p[*at] & 0xC0) == 0x80)
            ++*at;
        return 0xFFFD;
    }
    return first;
}

static void decode_broken_utf8(struct str s, struct buf *out)
{
    for (size_t at = 0; at < s.n;) {
        size_t from = at;
        char bytes[4];
        uint32_t c = utf8_next(s, &at);
        if (c == 0xFFFD && at == from + 1)
            c = stray_byte(s, from, &at);
        buf_add(out, (struct str){bytes, utf8_encode(c, bytes)});
    }
}

/* How much of the bytes above ASCII is UTF-8. What is not UTF-8 hardly ever looks like it by
 * chance. */
struct utf8_share {
    size_t good, runs, alone; /* sequences; bytes that are none: beside others, among ASCII */
};

static struct utf8_share utf8_share_of(struct str s)
{
    struct utf8_share x = {0};
    for (size_t at = 0; at < s.n;) {
        size_t from = at;
        utf8_next(s, &at);
        bool bad = at == from + 1 && (s.p[from] & 0x80);
        bool alone =
            bad && (from == 0 || !(s.p[from - 1] & 0x80)) && (at >= s.n || !(s.p[at] & 0x80));
        bool mark = (unsigned char)s.p[from] < 0xA0; /* a quotation mark, it may be */
        x.good += at > from + 1;
        if (bad && !alone) /* of a cut sequence, only the beginning counts */
            stray_byte(s, from, &at);
        x.alone += alone && !mark;
        x.runs += bad && !alone;
    }
    return x;
}

/* Is it UTF-8 with some mistakes, or with a part in Latin-1, rather than something else? Against
 * another declaration it has to be so nearly throughout. */
static bool is_broken_utf8(struct str s, const char *declared)
{
    bool open = !declared || strncmp(declared, "utf-8", 5) == 0 || strcmp(declared, "cp1252") == 0;
    struct utf8_share x = utf8_share_of(s);
    if (!open)
        return x.good >= 10 && x.good > 50 * (x.runs + x.alone);
    return x.good * 2 > x.runs && x.good * 10 > x.alone;
}

static void decode_guessed(struct str bytes, struct buf *out)
{
    char name[CHARSET_NAME];
    charset_guess(bytes, name);
    if (strcmp(name, "cp1252") == 0 || !decode_iconv(name, bytes, out))
        decode_1252(bytes, out);
}

static void decode_as(struct str label, struct str bytes, struct buf *out)
{
    char name[CHARSET_NAME];
    bool ascii = str_eq_case(label, S("us-ascii")) || str_eq_case(label, S("ascii"));
    bool declared = !ascii && charset_name(label, name) && strncmp(name, "utf-16", 6) != 0;
    if (is_broken_utf8(bytes, declared ? name : NULL))
        decode_broken_utf8(bytes, out);
    else if (!declared || strcmp(name, "utf-8") == 0)
        decode_guessed(bytes, out);
    else if (strcmp(name, "cp1252") == 0)
        decode_1252(bytes, out);
    else if (!decode_iconv(name, bytes, out))
        decode_guessed(bytes, out);
}

static struct str finish(struct arena *a, struct buf *out)
{
    struct str text = utf8_repair(a, arena_str(a, buf_str(out)));
    buf_finish(out);
    return text;
}

/* Written with ASCII alone, so that being valid UTF-8 does not tell: ISO-2022-JP, UTF-7. */
static bool is_seven_bit(struct str label)
{
    char name[CHARSET_NAME];
    return charset_name(label, name) &&
           (strncmp(name, "iso-2022-", 9) == 0 || strcmp(name, "utf-7") == 0);
}

bool encoding_decode(struct arena *a, struct str bytes, struct str content_type, struct str *text,
                     struct err *err)
{
    struct buf out = {0};
    if (str_starts(bytes, S("\xEF\xBB\xBF")))
        bytes = str_slice(bytes, 3, bytes.n);
    if (str_trim(str_slice(bytes, 0, 1 << 16)).n == 0 && str_trim(bytes).n == 0)
        return fail(err, ERR_INVALID, "the input is empty");
    bool le = str_starts(bytes, S("\xFF\xFE")), be = str_starts(bytes, S("\xFE\xFF"));
    const char *wide = le ? "utf-16le" : be ? "utf-16be" : utf16_look(bytes);
    if (wide) {
        decode_iconv(wide, str_slice(bytes, le || be ? 2 : 0, bytes.n), &out);
        struct str wide_text = finish(a, &out);
        if (str_trim(wide_text).n == 0)
            return fail(err, ERR_INVALID, "the input is empty");
        *text = wide_text;
        return true;
    }
    if (looks_binary(bytes))
        return fail(err, ERR_UNSUPPORTED, "the input is binary data, not text");
    bool valid = utf8_valid(bytes);
    struct str label = charset_of(content_type);
    if (label.n == 0 && (!valid || str_find_char(bytes, 27, 0) != STR_NONE))
        label = charset_inside(bytes);
    if (valid && !is_seven_bit(label)) {
        *text = memchr(bytes.p, 0, bytes.n) ? utf8_repair(a, bytes) : bytes;
        return true;
    }
    decode_as(label, bytes, &out);
    *text = finish(a, &out);
    return true;
}

static bool is_latin(uint32_t c)
{
    return c < 0x250;
}

/* What becomes of one character: itself, another one, or nothing (0). */
static uint32_t clean_char(uint32_t c, uint32_t before)
{
    if (c < 0x20)
        return c == '\n' || c == '\t' ? c : c == '\r' || c == '\f' || c == '\v' ? ' ' : 0;
    if (c >= 0x7F && c < 0xA0)
        return c == 0x7F ? 0 : cp1252[c - 0x80] == 0xFFFD ? 0 : cp1252[c - 0x80];
    if (c == 0xA0 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x205F)
        return ' ';
    if (c == 0x2028 || c == 0x2029)
        return '\n';
    if (c == 0xAD || c == 0x200B || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) ||
        (c >= 0x2060 && c <= 0x2069) || c == 0xFEFF || (c >= 0xFFF9 && c <= 0xFFFB))
        return 0;
    if ((c == 0x200C || c == 0x200D) && is_latin(before)) /* they join letters of other scripts */
        return 0;
    return c;
}

static struct str nfc(struct arena *a, struct str s)
{
    utf8proc_uint8_t *composed = NULL;
    utf8proc_ssize_t n = utf8proc_map((const utf8proc_uint8_t *)s.p, (utf8proc_ssize_t)s.n,
                                      &composed, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
    struct str out = n >= 0 ? arena_str(a, (struct str){(const char *)composed, (size_t)n}) : s;
    free(composed);
    return out;
}

/* Could normalising change this character or its neighbours? Errs on the side of yes. */
static bool needs_nfc(uint32_t c)
{
    static const struct {
        uint32_t from, to;
    } stable[] = {{0x0000, 0x02FF},  {0x0388, 0x0482}, {0x048A, 0x058F}, {0x05D0, 0x05F4},
                  {0x0620, 0x064A},  {0x1E00, 0x1EFF}, {0x2010, 0x205E}, {0x20A0, 0x20BF},
                  {0x212C, 0x214F},  {0x2150, 0x2328}, {0x232B, 0x2ADB}, {0x3000, 0x3098},
                  {0x30A0, 0x30FF},  {0x3100, 0x9FFF}, {0xAC00, 0xD7A3}, {0xFF00, 0xFFEF},
                  {0x1F000, 0x1FAFF}};
    for (size_t i = 0; i < sizeof stable / sizeof *stable; i++)
        if (c <= stable[i].to)
            return c < stable[i].from;
    return true;
}

struct str text_clean(struct arena *a, struct str text)
{
    struct buf out = {0};
    bool compose = false;
    uint32_t before = 0;
    for (size_t at = 0; at < text.n;) {
        unsigned char byte = (unsigned char)text.p[at];
        if (byte == '\r' && at + 1 < text.n && text.p[at + 1] == '\n') {
            at++;
            continue;
        }
        size_t end = at;
        while (end < text.n && (unsigned char)text.p[end] >= 0x20 &&
               (unsigned char)text.p[end] < 0x7F)
            end++;
        if (end > at) { /* most of it */
            buf_add(&out, str_slice(text, at, end));
            before = (unsigned char)text.p[end - 1];
            at = end;
            continue;
        }
        char bytes[4];
        uint32_t c = utf8_next(text, &at);
        if (byte == '\r')
            c = '\n'; /* alone: the old Macintosh line end */
        c = clean_char(c, before);
        compose = compose || needs_nfc(c);
        before = c ? c : before;
        if (c)
            buf_add(&out, (struct str){bytes, utf8_encode(c, bytes)});
    }
    struct str s = compose ? nfc(a, buf_str(&out)) : arena_str(a, buf_str(&out));
    buf_finish(&out);
    return s;
}
