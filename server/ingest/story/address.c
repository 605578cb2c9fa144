/* One article, many addresses: see url.h. By general marks only: no rule is for one site. */
#include "base/url.h"

#include "base/buf.h"

const char *const url_view_names[URL_VIEW_COUNT] = {"page", "amp", "print", "mobile"};

/* Parameters that say where a reader came from, not what is read. */
static bool is_tracking(struct str name)
{
    static const struct str names[] = {
        STR("fbclid"), STR("gclid"),    STR("dclid"),  STR("msclkid"), STR("yclid"),
        STR("twclid"), STR("igshid"),   STR("mc_cid"), STR("mc_eid"),  STR("ref_src"),
        STR("cmpid"),  STR("wt.mc_id"), STR("_ga"),    STR("s_kwcid")};
    if (str_starts(name, S("utm_")))
        return true;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_eq_case(name, names[i]))
            return true;
    return false;
}

/* "amp=1", "outputType=amp", "print=true", "view=print". */
static enum url_view view_of_parameter(struct str name, struct str value)
{
    static const struct str print[] = {STR("print"), STR("printable"), STR("printerfriendly")};
    if (str_eq_case(name, S("amp")) || str_eq_case(value, S("amp")))
        return URL_AMP;
    bool off = str_eq(value, S("0")) || str_eq_case(value, S("false"));
    for (size_t i = 0; i < sizeof print / sizeof *print; i++)
        if ((str_eq_case(name, print[i]) && !off) || str_eq_case(value, print[i]))
            return URL_PRINT;
    return URL_PAGE;
}

static enum url_view view_of_word(struct str word)
{
    if (str_eq_case(word, S("amp")))
        return URL_AMP;
    return str_eq_case(word, S("print")) || str_eq_case(word, S("printable")) ? URL_PRINT
                                                                              : URL_PAGE;
}

/* "m.", "amp." and the like at the beginning of a host that has two more labels. */
static struct str plain_host(struct str host, enum url_view *view)
{
    size_t dot = str_find_char(host, '.', 0);
    if (dot == STR_NONE || str_find_char(host, '.', dot + 1) == STR_NONE)
        return host;
    struct str first = str_slice(host, 0, dot);
    if (str_eq(first, S("amp")))
        *view = URL_AMP;
    else if (str_eq(first, S("m")) || str_eq(first, S("mobile")))
        *view = URL_MOBILE;
    else
        return host;
    return str_slice(host, dot + 1, host.n);
}

/* A last segment "story.amp.html" or "story.amp" without its mark. */
static void add_segment(struct buf *out, struct str s, enum url_view *view)
{
    struct str rest = s, part;
    while (str_split(&rest, '.', &part)) {
        bool first = part.p == s.p;
        enum url_view here = first ? URL_PAGE : view_of_word(part);
        if (here != URL_PAGE) {
            *view = here;
            continue;
        }
        buf_char(out, first ? '/' : '.');
        buf_add(out, part);
    }
}

/* The mark of a view is the first or the last segment, never the only one. */
static void add_path(struct buf *out, struct str path, enum url_view *view)
{
    struct str rest = str_slice(path, 1, path.n), segment;
    bool first = true;
    while (rest.n && rest.p[rest.n - 1] == '/')
        rest.n--;
    while (str_split(&rest, '/', &segment)) {
        enum url_view here = view_of_word(segment);
        bool edge = first ? rest.n > 0 : rest.n == 0;
        first = false;
        if (here != URL_PAGE && edge)
            *view = here;
        else if (rest.n == 0)
            add_segment(out, segment, view);
        else
            buf_fmt(out, "/%.*s", STR_ARG(segment));
    }
}

static void add_query(struct buf *out, struct str url, enum url_view *view)
{
    size_t mark = str_find_char(url, '?', 0);
    struct str query = mark == STR_NONE ? (struct str){0} : str_slice(url, mark + 1, url.n), pair;
    query = str_slice(query, 0, str_find_char(query, '#', 0));
    char before = '?';
    while (str_split(&query, '&', &pair)) {
        size_t equals = str_find_char(pair, '=', 0);
        struct str name = str_slice(pair, 0, equals);
        struct str value =
            equals == STR_NONE ? (struct str){0} : str_slice(pair, equals + 1, pair.n);
        enum url_view here = view_of_parameter(name, value);
        if (here != URL_PAGE)
            *view = here;
        if (here != URL_PAGE || is_tracking(name) || pair.n == 0)
            continue;
        buf_fmt(out, "%c%.*s", before, STR_ARG(pair));
        before = '&';
    }
    /* "#/story/7" and "#!story": pages that keep their address behind the mark. */
    size_t hash = str_find_char(url, '#', 0);
    if (hash != STR_NONE && hash + 1 < url.n && (url.p[hash + 1] == '/' || url.p[hash + 1] == '!'))
        buf_add(out, str_slice(url, hash, url.n));
}

struct str url_key(struct arena *a, struct str url, enum url_view *view)
{
    struct buf out = {0};
    *view = URL_PAGE;
    if (!url_is_web(url))
        return (struct str){0};
    buf_add(&out, plain_host(url_domain(a, url), view));
    struct str port = url_port(url);
    if (port.n)
        buf_fmt(&out, ":%.*s", STR_ARG(port));
    add_path(&out, url_path(url), view);
    add_query(&out, url, view);
    struct str key = arena_str(a, buf_str(&out));
    buf_finish(&out);
    return key;
}
