/* Headers and codings: see headers.h. */
#include "page/format/headers.h"

#include "base/buf.h"
#include "page/text/encoding.h"

enum { HEADER_NAME = 60 };

struct str header_value(struct arena *a, struct str head, struct str name)
{
    struct str line, value = {0};
    struct buf joined = {0};
    bool inside = false;
    while (str_split(&head, '\n', &line)) {
        bool folded = line.n && (line.p[0] == ' ' || line.p[0] == '\t');
        if (inside && !folded)
            break;
        if (inside) {
            if (joined.n == 0)
                buf_add(&joined, value);
            buf_char(&joined, ' ');
            buf_add(&joined, str_trim(line));
        } else if (!folded && line.n > name.n && line.p[name.n] == ':' &&
                   str_eq_case(str_slice(line, 0, name.n), name)) {
            value = str_trim(str_slice(line, name.n + 1, line.n));
            inside = true;
        }
    }
    if (joined.n)
        value = arena_str(a, buf_str(&joined));
    buf_finish(&joined);
    return value;
}

/* Is every line a header, or one folded into it? */
static bool only_headers(struct str head)
{
    struct str line;
    for (size_t n = 0; str_split(&head, '\n', &line); n++) {
        size_t colon = str_find_char(line, ':', 0);
        bool folded = n && line.n && (line.p[0] == ' ' || line.p[0] == '\t');
        if (folded || str_trim(line).n == 0)
            continue;
        if (colon == STR_NONE || colon == 0 || colon > HEADER_NAME)
            return false;
        for (size_t i = 0; i < colon; i++)
            if (line.p[i] <= ' ' || line.p[i] >= 0x7F)
                return false;
    }
    return true;
}

bool head_is_of_mail(struct arena *a, struct str head)
{
    static const struct str sure[] = {STR("MIME-Version"), STR("Received"), STR("Return-Path"),
                                      STR("Message-ID"), STR("Delivered-To")};
    static const struct str usual[] = {STR("From"), STR("Date"), STR("Subject"), STR("To"),
                                       STR("Content-Type")};
    size_t n = 0;
    if (!only_headers(head))
        return false;
    for (size_t i = 0; i < sizeof sure / sizeof *sure; i++)
        if (header_value(a, head, sure[i]).n)
            return true;
    for (size_t i = 0; i < sizeof usual / sizeof *usual; i++)
        n += header_value(a, head, usual[i]).n > 0;
    return n >= 3 || (n == 2 && header_value(a, head, S("From")).n) ||
           (n == 2 && header_value(a, head, S("Content-Type")).n);
}

/* ---- codings --------------------------------------------------------------------------------- */

static int hex_digit(char c)
{
    return c >= '0' && c <= '9'                 ? c - '0'
           : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10
                                                : -1;
}

/* Behind "=" and blanks: the end of a soft line break, or 0. */
static size_t soft_break(struct str s, size_t at)
{
    while (at < s.n && (s.p[at] == ' ' || s.p[at] == '\t' || s.p[at] == '\r'))
        at++;
    return at < s.n && s.p[at] == '\n' ? at + 1 : 0;
}

struct str from_quoted(struct arena *a, struct str s, bool in_header)
{
    char *out = arena_alloc(a, s.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '=' && i + 2 < s.n && hex_digit(s.p[i + 1]) >= 0 &&
            hex_digit(s.p[i + 2]) >= 0) {
            out[n++] = (char)(hex_digit(s.p[i + 1]) * 16 + hex_digit(s.p[i + 2]));
            i += 2;
        } else if (s.p[i] == '=' && soft_break(s, i + 1)) {
            i = soft_break(s, i + 1) - 1;
        } else {
            out[n++] = in_header && s.p[i] == '_' ? ' ' : s.p[i];
        }
    }
    return (struct str){out, n};
}

static int base64_digit(char c)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (c >= '0' && c <= '9')
        return c - '0' + 52;
    return c == '+' || c == '-' ? 62 : c == '/' || c == '_' ? 63 : -1;
}

struct str from_base64(struct arena *a, struct str s)
{
    char *out = arena_alloc(a, s.n / 4 * 3 + 4);
    size_t n = 0;
    uint32_t bits = 0;
    int have = 0;
    for (size_t i = 0; i < s.n; i++) {
        int d = base64_digit(s.p[i]);
        if (s.p[i] == '=') /* what follows is another piece */
            have = 0;
        if (d < 0)
            continue;
        bits = bits << 6 | (uint32_t)d;
        have += 6;
        if (have >= 8) {
            have -= 8;
            out[n++] = (char)(bits >> have & 0xFF);
        }
    }
    return (struct str){out, n};
}

/* ---- encoded words --------------------------------------------------------------------------- */

/* One "=?charset?B?coded?=". */
struct word {
    size_t from, to;
    struct str charset, coded;
    bool quoted;
};

static bool find_word(struct str s, size_t from, struct word *out)
{
    for (size_t at = from; (at = str_find(s, S("=?"), at)) != STR_NONE; at += 2) {
        size_t q1 = str_find_char(s, '?', at + 2);
        size_t q2 = q1 == STR_NONE ? q1 : str_find_char(s, '?', q1 + 1);
        size_t end = q2 == STR_NONE || q2 != q1 + 2 ? STR_NONE : str_find(s, S("?="), q2 + 1);
        if (end == STR_NONE)
            continue;
        struct str charset = str_slice(s, at + 2, q1);
        *out = (struct word){.from = at,
                             .to = end + 2,
                             .charset = str_slice(charset, 0, str_find_char(charset, '*', 0)),
                             .coded = str_slice(s, q2 + 1, end),
                             .quoted = (s.p[q1 + 1] | 32) == 'q'};
        return true;
    }
    return false;
}

static void add_decoded(struct arena *a, struct buf *out, struct str raw, struct str type)
{
    struct str text;
    if (encoding_decode(a, raw, type, &text, NULL))
        buf_add(out, text);
    else if (str_trim(raw).n == 0)
        buf_add(out, raw);
}

struct str header_text(struct arena *a, struct str s, struct str charset)
{
    struct buf out = {0}, raw = {0};
    struct word w, next;
    size_t at = 0;
    for (bool found = find_word(s, 0, &w); found; w = next) {
        add_decoded(a, &out, str_slice(s, at, w.from), charset);
        buf_add(&raw, w.quoted ? from_quoted(a, w.coded, true) : from_base64(a, w.coded));
        at = w.to;
        found = find_word(s, at, &next);
        bool beside = found && str_trim(str_slice(s, at, next.from)).n == 0;
        if (beside) /* blanks between two of them do not count */
            at = next.from;
        if (beside && str_eq_case(next.charset, w.charset))
            continue;
        add_decoded(a, &out, buf_str(&raw), arena_fmt(a, "charset=%.*s", STR_ARG(w.charset)));
        raw.n = 0;
    }
    add_decoded(a, &out, str_slice(s, at, s.n), charset);
    struct str plain = text_clean(a, buf_str(&out));
    buf_finish(&out);
    buf_finish(&raw);
    return str_trim(plain);
}
