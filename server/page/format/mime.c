/* Saved pages in one file (MHTML) and mails (.eml): MIME after RFC 2045 and 2046, as far as
 * finding the one readable part goes. Nested parts are followed to a fixed depth. */
#include "page/format/format.h"

#include "page/format/headers.h"

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
    struct str place = header_value(a, part.head, S("Content-Disposition"));
    if (rank <= best->rank || str_eq_case(str_slice(place, 0, 10), S("attachment")))
        return;
    struct str coding = header_value(a, part.head, S("Content-Transfer-Encoding"));
    best->rank = rank;
    best->content_type = type;
    best->location = header_value(a, part.head, S("Content-Location"));
    best->bytes = str_eq_case(coding, S("base64"))             ? from_base64(a, part.body)
                  : str_eq_case(coding, S("quoted-printable")) ? from_quoted(a, part.body, false)
                                                               : part.body;
}

/* The best readable part of a message; html goes before plain text, earlier before later. */
static void find_part(struct arena *a, struct str bytes, int depth, struct mime *best)
{
    struct part part = split_head(bytes);
    struct str type = header_value(a, part.head, S("Content-Type")), boundary = boundary_of(type);
    bool forwarded =
        depth && depth < DEPTH && str_eq_case(str_slice(type, 0, 14), S("message/rfc822"));
    if (forwarded && best->rank < 1) {
        struct str inner = split_head(part.body).head;
        best->from = header_text(a, header_value(a, inner, S("From")), type);
        find_part(a, part.body, depth + 1, best);
        return;
    }
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

/* Lines before the head: blank ones, and the mark of a mailbox. */
static struct str without_mark(struct str s)
{
    while (s.n && (s.p[0] == '\n' || s.p[0] == '\r'))
        s = str_slice(s, 1, s.n);
    size_t end = str_starts(s, S("From ")) ? str_find_char(s, '\n', 0) : STR_NONE;
    return end == STR_NONE ? s : str_slice(s, end + 1, s.n);
}

/* The day it was sent, or when the last host took it. */
static struct str sent(struct arena *a, struct str head)
{
    struct str date = header_value(a, head, S("Date"));
    struct str received = date.n ? date : header_value(a, head, S("Received"));
    for (size_t at; date.n == 0 && (at = str_find_char(received, ';', 0)) != STR_NONE;)
        received = str_slice(received, at + 1, received.n);
    return str_trim(received);
}

bool mime_read(struct arena *a, struct str bytes, struct mime *out)
{
    if (str_starts(bytes, S("\xEF\xBB\xBF")))
        bytes = str_slice(bytes, 3, bytes.n);
    bytes = without_mark(bytes);
    if (bytes.n && bytes.p[0] == '<') /* markup: no need to look for the end of a head */
        return false;
    struct part part = split_head(bytes);
    if (part.head.n == 0 || !head_is_of_mail(a, part.head))
        return false;
    struct mime best = {.date = sent(a, part.head)};
    struct str snapshot = header_value(a, part.head, S("Snapshot-Content-Location"));
    find_part(a, bytes, 0, &best);
    if (best.rank == 0)
        return false;
    best.subject = header_text(a, header_value(a, part.head, S("Subject")), best.content_type);
    if (best.from.n == 0)
        best.from = header_text(a, header_value(a, part.head, S("From")), best.content_type);
    best.mail = snapshot.n == 0 && best.location.n == 0;
    if (snapshot.n)
        best.location = snapshot;
    *out = best;
    return true;
}
