/* robots.txt, after RFC 9309: the group that names this program, else that for everybody; the
 * longest matching rule decides, and allowing wins a tie. */
#include "ingest/fetch/fetch.h"

#include "base/url.h"

struct str robots_url(struct arena *a, struct str url)
{
    return url_resolve(a, url, S("/robots.txt"));
}

/* Matches a rule's path ("*" any run, "$" at the end only the end) at the path's beginning. */
static bool path_matches(struct str rule, struct str path)
{
    size_t r = 0, p = 0, star = STR_NONE, resume = 0;
    for (;;) {
        if (r == rule.n)
            return true;
        if (rule.p[r] == '$' && r + 1 == rule.n && p == path.n)
            return true;
        if (rule.p[r] == '*') {
            star = r++;
            resume = p;
        } else if (p < path.n && rule.p[r] == path.p[p]) {
            r++;
            p++;
        } else if (star != STR_NONE && resume < path.n) {
            r = star + 1;
            p = ++resume;
        } else {
            return false;
        }
    }
}

struct rules {
    size_t best; /* length of the longest rule that matched */
    bool allow, seen;
};

static void apply(struct rules *x, struct str path, struct str value, bool allow)
{
    if (value.n && path_matches(value, path) &&
        (value.n > x->best || (value.n == x->best && allow))) {
        x->best = value.n;
        x->allow = allow;
    }
}

static struct str path_and_query(struct str url)
{
    size_t at = str_find_char(url, '/', 8); /* behind "https://" */
    return at == STR_NONE ? S("/") : str_slice(url, at, url.n);
}

bool robots_allow(struct str robots, struct str url)
{
    struct rules own = {.allow = true}, all = {.allow = true};
    struct str line, path = path_and_query(url);
    path = str_slice(path, 0, str_find_char(path, '#', 0));
    bool for_own = false, for_all = false, naming = false;
    robots = str_slice(robots, 0, 500 << 10);
    while (str_split(&robots, '\n', &line)) {
        line = str_slice(line, 0, str_find_char(line, '#', 0));
        size_t colon = str_find_char(line, ':', 0);
        if (colon == STR_NONE)
            continue;
        struct str key = str_trim(str_slice(line, 0, colon)),
                   value = str_trim(str_slice(line, colon + 1, line.n));
        if (str_eq_case(key, S("user-agent"))) {
            for_own = naming && for_own;
            for_all = naming && for_all;
            for_own |= str_eq_case(value, S("synoptic"));
            for_all |= str_eq(value, S("*"));
            own.seen |= for_own;
            naming = true;
            continue;
        }
        bool allow = str_eq_case(key, S("allow"));
        if (!allow && !str_eq_case(key, S("disallow")))
            continue;
        naming = false;
        if (for_own)
            apply(&own, path, value, allow);
        if (for_all)
            apply(&all, path, value, allow);
    }
    return own.seen ? own.allow : all.allow;
}

/* Not of RFC 9309, but many write it and mean it. */
unsigned robots_delay(struct str robots)
{
    struct str line;
    bool own = false, naming = false, own_seen = false, all = false;
    uint64_t of_own = 0, of_all = 0, seconds;
    robots = str_slice(robots, 0, 500 << 10);
    while (str_split(&robots, '\n', &line)) {
        line = str_slice(line, 0, str_find_char(line, '#', 0));
        size_t colon = str_find_char(line, ':', 0);
        struct str key = str_trim(str_slice(line, 0, colon));
        struct str value =
            colon == STR_NONE ? (struct str){0} : str_trim(str_slice(line, colon + 1, line.n));
        value = str_slice(value, 0, str_find_char(value, '.', 0));
        if (str_eq_case(key, S("user-agent"))) {
            own = (naming && own) || str_eq_case(value, S("synoptic"));
            all = (naming && all) || str_eq(value, S("*"));
            own_seen |= own;
            naming = true;
            continue;
        }
        naming = naming && key.n == 0;
        if (!str_eq_case(key, S("crawl-delay")) || !str_to_u64(value, &seconds))
            continue;
        of_own = own ? seconds : of_own;
        of_all = all ? seconds : of_all;
    }
    seconds = own_seen ? of_own : of_all;
    return seconds > 60 ? 60 : (unsigned)seconds;
}
