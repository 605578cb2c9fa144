/* Mailboxes: mails one behind the other, each after a line "From address day" that stands at the
 * beginning or behind an empty line; such lines inside of mails are written with a ">" before them
 * (RFC 4155). */
#include "page/unpack/parts.h"

#include <string.h>

enum { HEADER_NAME = 40 };

/* A header's line: "Name: value", or one that is folded. */
static bool is_header(struct str line)
{
    size_t colon = str_find_char(line, ':', 0);
    if (colon == STR_NONE || colon == 0 || colon > HEADER_NAME)
        return false;
    for (size_t i = 0; i < colon; i++)
        if (line.p[i] <= ' ' || line.p[i] >= 0x7F)
            return false;
    return true;
}

static struct str line_at(struct str s, size_t at)
{
    return str_slice(s, at, str_find_char(s, '\n', at));
}

/* "From ida@x.example Mon Mar 11 09:30:00 2024", and not "From London": with an address or a time.
 */
static bool is_from_line(struct str line)
{
    bool time = false;
    for (size_t i = 1; i + 1 < line.n; i++)
        time |= line.p[i] == ':' && line.p[i - 1] >= '0' && line.p[i - 1] <= '9' &&
                line.p[i + 1] >= '0' && line.p[i + 1] <= '9';
    return str_starts(line, S("From ")) && (time || str_find_char(line, '@', 0) != STR_NONE);
}

/* Does the line at byte `at` part two mails? */
static bool is_mark(struct str s, size_t at)
{
    struct str line = line_at(s, at);
    return is_from_line(line) && at + line.n + 1 < s.n && is_header(line_at(s, at + line.n + 1));
}

bool mbox_is(struct str head)
{
    while (head.n && (head.p[0] == '\n' || head.p[0] == '\r'))
        head = str_slice(head, 1, head.n);
    return is_mark(head, 0);
}

/* The next mail's mark at or behind `from`, where a line begins; or the end. */
static size_t next_mark(struct str s, size_t from)
{
    for (size_t at = from; (at = str_find(s, S("\nFrom "), at)) != STR_NONE; at++) {
        bool blank = at > 0 && (s.p[at - 1] == '\n' ||
                                (at > 1 && s.p[at - 1] == '\r' && s.p[at - 2] == '\n'));
        if (blank && is_mark(s, at + 1))
            return at + 1;
    }
    return s.n;
}

/* ">From" at the beginning of a line is "From". */
static void add_unquoted(struct buf *out, struct str mail)
{
    size_t from = 0, at;
    while ((at = str_find(mail, S("\n>From "), from)) != STR_NONE) {
        buf_add(out, str_slice(mail, from, at + 1));
        from = at + 2;
    }
    buf_add(out, str_slice(mail, from, mail.n));
}

void unpack_mbox(struct unpacking *u, struct str bytes, struct str name)
{
    struct buf mail = {0};
    struct arena one = {0};
    size_t number = 0;
    for (size_t from = 0, to; from < bytes.n && !u->ended; from = to) {
        from = str_starts(str_slice(bytes, from, bytes.n), S("From "))
                   ? from + line_at(bytes, from).n + 1
                   : from;
        to = next_mark(bytes, from);
        mail.n = 0;
        add_unquoted(&mail, str_slice(bytes, from, to));
        arena_reset(&one);
        if (str_trim(buf_str(&mail)).n == 0)
            continue;
        struct unpack_member m = {.name =
                                      arena_fmt(&one, "%.*s, mail %zu", STR_ARG(name), ++number),
                                  .bytes = buf_str(&mail),
                                  .content_type = S("message/rfc822")};
        unpack_member(u, &m, UNPACK_LEVELS + 1);
    }
    arena_finish(&one);
    buf_finish(&mail);
}
