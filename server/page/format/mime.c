/* Saved pages in one file (MHTML) and mails (.eml): MIME after RFC 2045 to 2047, as far as finding
 * the one readable part goes. Nested parts are followed to a fixed depth. */
#include "page/format/format.h"
#include "page/text/encoding.h"

enum { DEPTH = 5, PARTS_MAX = 500, HEAD_MAX = 1 << 16 };

struct part {
    struct str head, body;
};

static struct part split_head(struct str bytes)
{
    struct str head = str_slice(bytes, 0, HEAD_MAX);
    size_t lf = str_find(head, S("\n\n"), 0), crlf = str_find(head, S("\r\n\r\n"), 0);
    size_t at = lf < crlf ? lf : crlf;
    if (at == STR_NONE)
        return (struct part){{0}, bytes};
    return (struct part){str_slice(bytes, 0, at),
                         str_slice(bytes, at + (lf < crlf ? 2 : 4), bytes.n)};
}

/* A header's value with its folded lines joined, or empty. */
static struct str header(struct arena *a, struct str head, struct str name)
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

static int hex_digit(char c)
{
    return c >= '0' && c <= '9'                 ? c - '0'
           : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10
                                                : -1;
}

/* Quoted-printable; in headers "_" is a blank. */
static struct str from_quoted(struct arena *a, struct str s, bool in_header)
{
    char *out = arena_alloc(a, s.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '=' && i + 2 < s.n && hex_digit(s.p[i + 1]) >= 0 &&
            hex_digit(s.p[i + 2]) >= 0) {
            out[n++] = (char)(hex_digit(s.p[i + 1]) * 16 + hex_digit(s.p[i + 2]));
            i += 2;
        } else if (s.p[i] == '=' && i + 1 < s.n && (s.p[i + 1] == '\n' || s.p[i + 1] == '\r')) {
            i += 1 + (s.p[i + 1] == '\r' && i + 2 < s.n && s.p[i + 2] == '\n');
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

static struct str from_base64(struct arena *a, struct str s)
{
    char *out = arena_alloc(a, s.n / 4 * 3 + 4);
    size_t n = 0;
    uint32_t bits = 0;
    int have = 0;
    for (size_t i = 0; i < s.n && s.p[i] != '='; i++) {
        int d = base64_digit(s.p[i]);
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

/* "=?utf-8?B?...?=": one encoded word of a header, or the words as they are. */
static struct str decode_words(struct arena *a, struct str s)
{
    struct buf out = {0};
    struct str text;
    while (s.n) {
        size_t at = str_find(s, S("=?"), 0),
               q1 = at == STR_NONE ? at : str_find_char(s, '?', at + 2);
        size_t q2 = q1 == STR_NONE ? q1 : str_find_char(s, '?', q1 + 1);
        size_t end = q2 == STR_NONE || q2 != q1 + 2 ? STR_NONE : str_find(s, S("?="), q2 + 1);
        if (end == STR_NONE)
            break;
        if (str_trim(str_slice(s, 0, at)).n ||
            out.n == 0) /* blanks between two of them do not count */
            buf_add(&out, str_slice(s, 0, at));
        struct str coded = str_slice(s, q2 + 1, end);
        bool quoted = (s.p[q1 + 1] | 32) == 'q';
        struct str raw = quoted ? from_quoted(a, coded, true) : from_base64(a, coded);
        struct str type = arena_fmt(a, "charset=%.*s", STR_ARG(str_slice(s, at + 2, q1)));
        if (encoding_decode(a, raw, type, &text, NULL))
            buf_add(&out, text);
        s = str_slice(s, end + 2, s.n);
    }
    buf_add(&out, s);
    struct str plain = text_clean(a, buf_str(&out));
    buf_finish(&out);
    return str_trim(plain);
}

static struct str boundary_of(struct str type)
{
    for (size_t i = 0; i + 9 < type.n; i++)
        if (str_eq_case(str_slice(type, i, i + 9), S("boundary="))) {
            struct str s = str_slice(type, i + 9, type.n);
            if (s.n && s.p[0] == '"')
                return str_slice(s, 1, str_find_char(s, '"', 1));
            return str_slice(s, 0, str_find_char(s, ';', 0));
        }
    return (struct str){0};
}

static int rank_of(struct str type)
{
    if (str_eq_case(str_slice(type, 0, 9), S("text/html")) ||
        str_eq_case(str_slice(type, 0, 21), S("application/xhtml+xml")))
        return 2;
    return type.n == 0 || str_eq_case(str_slice(type, 0, 10), S("text/plain")) ? 1 : 0;
}

static void take_leaf(struct arena *a, struct part part, struct str type, struct mime *best)
{
    int rank = rank_of(type);
    if (rank <= best->rank)
        return;
    struct str coding = header(a, part.head, S("Content-Transfer-Encoding"));
    best->rank = rank;
    best->content_type = type;
    best->location = header(a, part.head, S("Content-Location"));
    best->bytes = str_eq_case(coding, S("base64"))             ? from_base64(a, part.body)
                  : str_eq_case(coding, S("quoted-printable")) ? from_quoted(a, part.body, false)
                                                               : part.body;
}

/* The best readable part of a message; html goes before plain text, earlier before later. */
static void find_part(struct arena *a, struct str bytes, int depth, struct mime *best)
{
    struct part part = split_head(bytes);
    struct str type = header(a, part.head, S("Content-Type")), boundary = boundary_of(type);
    if (!str_eq_case(str_slice(type, 0, 10), S("multipart/")) || boundary.n == 0) {
        take_leaf(a, part, type, best);
        return;
    }
    if (depth == DEPTH)
        return;
    struct str mark = arena_fmt(a, "\n--%.*s", STR_ARG(boundary)), body = part.body;
    size_t at = str_find(body, mark, 0), behind = at == STR_NONE ? STR_NONE : at + mark.n;
    if (str_starts(body, str_slice(mark, 1, mark.n)))
        behind = mark.n - 1;
    for (int i = 0; i < PARTS_MAX && behind != STR_NONE && best->rank < 2; i++) {
        size_t from = str_find_char(body, '\n', behind);
        size_t to = from == STR_NONE ? STR_NONE : str_find(body, mark, from);
        if (from == STR_NONE || str_starts(str_slice(body, behind, body.n), S("--")))
            return;
        find_part(a, str_slice(body, from + 1, to), depth + 1, best);
        behind = to == STR_NONE ? STR_NONE : to + mark.n;
    }
}

bool mime_read(struct arena *a, struct str bytes, struct mime *out)
{
    struct part part = split_head(bytes);
    size_t colon = str_find_char(part.head, ':', 0), blank = str_find_char(part.head, ' ', 0);
    if (colon == STR_NONE || blank < colon || header(a, part.head, S("MIME-Version")).n == 0)
        return false;
    struct mime best = {.subject = decode_words(a, header(a, part.head, S("Subject"))),
                        .date = header(a, part.head, S("Date"))};
    struct str snapshot = header(a, part.head, S("Snapshot-Content-Location"));
    find_part(a, bytes, 0, &best);
    if (best.rank == 0)
        return false;
    if (snapshot.n)
        best.location = snapshot;
    *out = best;
    return true;
}
