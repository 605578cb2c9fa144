/* Addresses: see url.h. */
#include "base/url.h"

#include "base/buf.h"

static size_t scheme_length(struct str url)
{
    if (str_eq_case(str_slice(url, 0, 7), S("http://")))
        return 7;
    return str_eq_case(str_slice(url, 0, 8), S("https://")) ? 8 : 0;
}

static size_t authority_end(struct str url)
{
    size_t i = scheme_length(url);
    while (i < url.n && url.p[i] != '/' && url.p[i] != '?' && url.p[i] != '#')
        i++;
    return i;
}

bool url_is_web(struct str url)
{
    size_t from = scheme_length(url);
    if (from == 0 || authority_end(url) == from)
        return false;
    for (size_t i = 0; i < url.n; i++)
        if ((unsigned char)url.p[i] <= ' ' || url.p[i] == 0x7F)
            return false;
    return true;
}

/* Host and port as written, without the user. */
static struct str host_of(struct str url)
{
    size_t from = scheme_length(url);
    struct str host = from ? str_slice(url, from, authority_end(url)) : (struct str){0};
    size_t at = str_find_char(host, '@', 0);
    return at == STR_NONE ? host : str_slice(host, at + 1, host.n);
}

static struct str lowered(struct arena *a, struct str s)
{
    char *copy = arena_alloc(a, s.n + 1);
    for (size_t i = 0; i < s.n; i++)
        copy[i] = (char)(s.p[i] >= 'A' && s.p[i] <= 'Z' ? s.p[i] + 32 : s.p[i]);
    return (struct str){copy, s.n};
}

struct str url_host(struct arena *a, struct str url)
{
    return lowered(a, host_of(url));
}

struct str url_domain(struct arena *a, struct str url)
{
    struct str host = host_of(url);
    if (host.n && host.p[0] != '[')
        host = str_slice(host, 0, str_find_char(host, ':', 0));
    if (str_eq_case(str_slice(host, 0, 4), S("www.")))
        host = str_slice(host, 4, host.n);
    return lowered(a, host);
}

struct str url_port(struct str url)
{
    size_t from = scheme_length(url);
    struct str host = from ? str_slice(url, from, authority_end(url)) : (struct str){0}, port = {0};
    for (size_t i = host.n; i-- > 0 && host.p[i] != ']' && host.p[i] != '@';)
        if (host.p[i] == ':') {
            port = str_slice(host, i + 1, host.n);
            break;
        }
    return str_eq(port, from == 7 ? S("80") : S("443")) ? (struct str){0} : port;
}

struct str url_path(struct str url)
{
    struct str path = str_slice(url, authority_end(url), url.n);
    path = str_slice(path, 0, str_find_char(path, '#', 0));
    path = str_slice(path, 0, str_find_char(path, '?', 0));
    return path.n ? path : S("/");
}

static bool has_scheme(struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (c == ':')
            return i > 0;
        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
              c == '+' || c == '.' || c == '-'))
            return false;
    }
    return false;
}

/* "a/b/../c/./d" without its dots. */
static struct str without_dots(struct arena *a, struct str path)
{
    struct buf out = {0};
    struct str rest = path, part;
    bool folder = false;
    str_split(&rest, '/', &part); /* what stands before the first slash is empty */
    while (str_split(&rest, '/', &part)) {
        folder = str_eq(part, S(".")) || str_eq(part, S(".."));
        if (str_eq(part, S("..")))
            while (out.n && out.p[--out.n] != '/')
                continue;
        if (folder)
            continue;
        buf_char(&out, '/');
        buf_add(&out, part);
    }
    if (folder || out.n == 0 || (path.n > 1 && path.p[path.n - 1] == '/'))
        buf_char(&out, '/');
    struct str result = arena_str(a, buf_str(&out));
    buf_finish(&out);
    return result;
}

static struct str join(struct arena *a, struct str base, struct str link)
{
    struct str origin = str_slice(base, 0, authority_end(base));
    if (str_starts(link, S("//")))
        return arena_fmt(a, "%.*s:%.*s", (int)scheme_length(base) - 3, base.p, STR_ARG(link));
    if (link.p[0] == '#')
        return str_slice(base, 0, str_find_char(base, '#', 0));
    size_t tail_at = 0;
    while (tail_at < link.n && link.p[tail_at] != '?' && link.p[tail_at] != '#')
        tail_at++;
    struct str tail = str_slice(link, tail_at, link.n), path = str_slice(link, 0, tail_at);
    struct str folder = url_path(base);
    if (path.n == 0)
        path = folder;
    else if (path.p[0] != '/') {
        while (folder.n && folder.p[folder.n - 1] != '/')
            folder.n--;
        path = arena_fmt(a, "%.*s%.*s", STR_ARG(folder), STR_ARG(path));
    }
    path = without_dots(a, path);
    return arena_fmt(a, "%.*s%.*s%.*s", STR_ARG(origin), STR_ARG(path), STR_ARG(tail));
}

struct str url_resolve(struct arena *a, struct str base, struct str link)
{
    link = str_trim(link);
    if (link.n == 0 || link.n > 8000 || base.n > 8000)
        return (struct str){0};
    if (!has_scheme(link)) {
        if (!url_is_web(base))
            return (struct str){0};
        link = join(a, base, link);
    }
    return url_is_web(link) ? arena_str(a, link) : (struct str){0};
}
