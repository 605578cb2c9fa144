/* WARC records (ISO 28500, versions 1.0 and 1.1): pages of response and resource records, plain
 * text of conversion records. HTTP answers are taken out of their transfer: chunks (RFC 9112, 7.1)
 * and gzip or deflate. Answers other than 200, other types and other kinds of records are passed
 * over.
 *
 * A record's length is believed only as far as the file goes; where the next record does not begin
 * behind it, the reader looks for the next line that begins one. */
#include "page/unpack/parts.h"

#include "base/url.h"
#include "base/utf8.h"

#include <string.h>

enum { LINE_MAX_BYTES = 8192, HEADER_LINES = 200, HTTP_HEAD_MAX = 1 << 16 };

struct record_head {
    struct str type, url, content_type;
    uint64_t length;
    bool told; /* has a length */
};

/* The next line without its end; false at the end of the stream. Longer lines are cut. */
static bool next_line(struct stream *s, struct buf *line)
{
    bool any = false;
    line->n = 0;
    while (stream_fill(s)) {
        const char *end = memchr(s->p, '\n', s->n);
        size_t n = end ? (size_t)(end - s->p) : s->n;
        size_t room = LINE_MAX_BYTES - line->n;
        buf_add(line, (struct str){s->p, n < room ? n : room});
        any = true;
        s->p += n + (end != NULL);
        s->n -= n + (end != NULL);
        if (end)
            break;
    }
    while (line->n && (line->p[line->n - 1] == '\r' || line->p[line->n - 1] == '\n'))
        line->n--;
    return any;
}

/* Passes over everything up to a line that begins a record. */
static bool find_record(struct stream *s, struct buf *line)
{
    while (next_line(s, line))
        if (str_starts(buf_str(line), S("WARC/")))
            return true;
    return false;
}

static bool split_header(struct str line, struct str *name, struct str *value)
{
    size_t colon = str_find_char(line, ':', 0);
    if (colon == STR_NONE)
        return false;
    *name = str_trim(str_slice(line, 0, colon));
    *value = str_trim(str_slice(line, colon + 1, line.n));
    return true;
}

static void read_head(struct arena *a, struct stream *s, struct buf *line, struct record_head *h)
{
    struct str name, value;
    *h = (struct record_head){0};
    for (int i = 0; i < HEADER_LINES && next_line(s, line) && line->n; i++) {
        if (!split_header(buf_str(line), &name, &value))
            continue;
        if (str_eq_case(name, S("WARC-Type")))
            h->type = arena_str(a, value);
        else if (str_eq_case(name, S("Content-Type")))
            h->content_type = arena_str(a, value);
        else if (str_eq_case(name, S("Content-Length")))
            h->told = str_to_u64(value, &h->length);
        else if (str_eq_case(name, S("WARC-Target-URI"))) /* 1.0 has it in angle brackets */
            h->url =
                arena_str(a, str_starts(value, S("<")) ? str_slice(value, 1, value.n - 1) : value);
    }
}

/* Takes `length` bytes, the first UNPACK_MEMBER of them into *out if it is not NULL. False where
 * the stream ends before. */
static bool take_bytes(struct unpacking *u, struct stream *s, struct str name, uint64_t length,
                       struct buf *out)
{
    while (length && stream_fill(s)) {
        size_t n = s->n < length ? s->n : (size_t)length;
        if (!unpack_count(u, name, n))
            return false;
        if (out && out->n < UNPACK_MEMBER)
            buf_add(out, (struct str){s->p, n});
        s->p += n;
        s->n -= n;
        length -= n;
    }
    return length == 0;
}

/* ------------------------------------------------------------------------------------------ HTTP
 */

struct answer {
    struct str content_type, coding, body;
    bool ok, chunked;
};

static void read_http(struct str bytes, struct answer *out)
{
    struct str head = str_slice(bytes, 0, HTTP_HEAD_MAX), line, name, value;
    size_t crlf = str_find(head, S("\r\n\r\n"), 0), lf = str_find(head, S("\n\n"), 0);
    size_t end = crlf < lf ? crlf + 4 : lf == STR_NONE ? STR_NONE : lf + 2;
    *out = (struct answer){0};
    if (end == STR_NONE || !str_starts(head, S("HTTP/")))
        return;
    out->body = str_slice(bytes, end, bytes.n);
    head = str_slice(bytes, 0, end);
    str_split(&head, '\n', &line);
    size_t status = str_find_char(line, ' ', 0);
    out->ok = status != STR_NONE && str_eq(str_slice(line, status + 1, status + 4), S("200"));
    while (str_split(&head, '\n', &line)) {
        if (!split_header(line, &name, &value))
            continue;
        if (str_eq_case(name, S("Content-Type")))
            out->content_type = value;
        else if (str_eq_case(name, S("Content-Encoding")))
            out->coding = value;
        else if (str_eq_case(name, S("Transfer-Encoding")))
            out->chunked = str_contains(value, S("chunked"));
    }
}

/* The chunks' data. Some writers take the chunks away and leave the header: then all as it is. */
static struct str join_chunks(struct arena *a, struct str body)
{
    char *out = arena_alloc(a, body.n + 1);
    size_t n = 0, at = 0;
    for (;;) {
        uint64_t size = 0;
        size_t from = at, digits = 0;
        for (; at < body.n && digits < 8; at++, digits++) {
            char c = body.p[at];
            int d = c >= '0' && c <= '9'                 ? c - '0'
                    : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10
                                                         : -1;
            if (d < 0)
                break;
            size = size * 16 + (uint64_t)d;
        }
        size_t line = str_find_char(body, '\n', at);
        if (digits == 0 || line == STR_NONE || line > at + 200)
            return from == 0 ? body : (struct str){out, n};
        struct str data = str_slice(body, line + 1, line + 1 + (size_t)size);
        if (data.n)
            memcpy(out + n, data.p, data.n);
        n += data.n;
        at = line + 1 + data.n;
        if (size == 0 || data.n < size)
            return (struct str){out, n};
        while (at < body.n && (body.p[at] == '\r' || body.p[at] == '\n'))
            at++;
    }
}

/* gzip, or deflate with or without zlib's header; what could be decoded if it is cut off. */
static bool inflate_body(struct unpacking *u, struct str name, struct str body, bool raw,
                         struct buf *out)
{
    z_stream z = {.next_in = (Bytef *)(uintptr_t)body.p, .avail_in = (uInt)body.n};
    int code = inflateInit2(&z, raw ? -MAX_WBITS : MAX_WBITS + 32);
    while (code == Z_OK && out->n <= UNPACK_MEMBER) {
        z.next_out = (Bytef *)buf_reserve(out, 1 << 16);
        z.avail_out = 1 << 16;
        code = inflate(&z, Z_NO_FLUSH);
        size_t got = (1 << 16) - z.avail_out;
        out->n += got;
        if (!unpack_count(u, name, got) || (code == Z_OK && got == 0))
            break;
    }
    inflateEnd(&z);
    return out->n > 0;
}

static const char *decode(struct unpacking *u, struct str name, struct answer *answer,
                          struct buf *memory)
{
    bool gzip = str_eq_case(answer->coding, S("gzip")) || str_eq_case(answer->coding, S("x-gzip"));
    bool deflate = str_eq_case(answer->coding, S("deflate"));
    if (answer->coding.n == 0 || str_eq_case(answer->coding, S("identity")))
        return NULL;
    /* Some writers decode the answer and leave the header. */
    if (!gzip && !deflate)
        return str_find_char(str_slice(answer->body, 0, 512), '<', 0) != STR_NONE
                   ? NULL
                   : "its answer is compressed in a way that is not read";
    if (gzip && !str_starts(answer->body, S("\x1F\x8B")))
        return NULL;
    if (!inflate_body(u, name, answer->body, false, memory) &&
        !(deflate && inflate_body(u, name, answer->body, true, memory)))
        return "its compressed answer is damaged";
    answer->body = buf_str(memory);
    return memory->n > UNPACK_MEMBER ? "it is larger than 16 MB unpacked" : NULL;
}

/* --------------------------------------------------------------------------------------- records
 */

static bool is_page_type(struct str type)
{
    return str_eq_case(str_slice(type, 0, 9), S("text/html")) ||
           str_eq_case(str_slice(type, 0, 21), S("application/xhtml+xml"));
}

static bool is_plain_type(struct str type)
{
    return str_eq_case(str_slice(type, 0, 10), S("text/plain"));
}

static void give_page(struct unpacking *u, const struct record_head *h, struct str bytes,
                      struct str name)
{
    struct arena a = {0};
    struct buf memory = {0};
    struct answer answer = {.ok = true, .content_type = h->content_type, .body = bytes};
    bool text = str_eq(h->type, S("conversion"));
    if (str_eq(h->type, S("response")) && str_starts(bytes, S("HTTP/")))
        read_http(bytes, &answer);
    if (answer.ok &&
        (text ? is_plain_type(answer.content_type) : is_page_type(answer.content_type))) {
        if (answer.chunked)
            answer.body = join_chunks(&a, answer.body);
        struct unpack_member m = {
            .name = arena_fmt(&a, "%.*s, %.*s", STR_ARG(name), STR_ARG(utf8_repair(&a, h->url))),
            .content_type = utf8_repair(&a, answer.content_type),
            .url = url_is_web(h->url) ? utf8_repair(&a, h->url) : (struct str){0}};
        m.problem = str_of(decode(u, m.name, &answer, &memory));
        m.bytes = answer.body;
        if (!u->ended) /* a page, whatever its address ends in */
            unpack_member(u, &m, UNPACK_LEVELS + 1);
    }
    buf_finish(&memory);
    arena_finish(&a);
}

static bool holds_pages(const struct record_head *h)
{
    return str_eq(h->type, S("response")) || str_eq(h->type, S("resource")) ||
           str_eq(h->type, S("conversion"));
}

/* One record behind its "WARC/1.0" line. */
static bool read_record(struct unpacking *u, struct stream *s, struct buf *line, struct str name)
{
    struct arena a = {0};
    struct record_head h;
    struct buf body = {0};
    bool wanted, whole;
    read_head(&a, s, line, &h);
    wanted = h.told && holds_pages(&h);
    whole = take_bytes(u, s, name, h.length, wanted ? &body : NULL);
    struct str of = arena_fmt(&a, "%.*s, %.*s", STR_ARG(name), STR_ARG(utf8_repair(&a, h.url)));
    if (u->ended)
        ;
    else if (!whole)
        unpack_problem(u, wanted ? of : name, "the file ends in the middle of a record");
    else if (wanted && body.n >= UNPACK_MEMBER)
        unpack_problem(u, of, "it is larger than 16 MB");
    else if (wanted)
        give_page(u, &h, buf_str(&body), name);
    buf_finish(&body);
    arena_finish(&a);
    return whole && !u->ended;
}

bool unpack_warc(struct unpacking *u, struct stream *s, struct str name)
{
    struct buf line = {0};
    size_t before = u->members;
    bool more = true;
    while (more && !u->ended && find_record(s, &line))
        more = read_record(u, s, &line, name);
    if (!u->ended && s->failed)
        unpack_problem(u, name, "the file is damaged or cut off; what stands before is read");
    else if (!u->ended && more && u->members == before)
        unpack_problem(u, name, "there is no page in the WARC file");
    buf_finish(&line);
    return !u->ended;
}
