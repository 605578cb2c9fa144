/* See site.h. */
#include "support/site.h"

#include "base/buf.h"
#include "support/support.h"

#include <sys/mman.h>
#include <time.h>

static struct site_state *shared;

/* Every report is another event: its words are its own. */
static void report(struct buf *out, int n, int edition)
{
    static const char *const what[] = {"bridge", "school", "harbour", "museum", "tram",
                                       "well",   "market", "theatre", "forest", "mill"};
    static const char *const place[] = {"Asby",  "Borne", "Calder", "Dunmore", "Elvet", "Farley",
                                        "Grane", "Holt",  "Ister",  "Jarrow",  "Kelso"};
    const char *w = what[n % 10], *p = place[n / 10 % 11];
    buf_fmt(out,
            "<p>The council of %s%d decided on the %s on Monday after a debate that had lasted "
            "until the lamps were lit, and put the plan number %d to the vote.</p>"
            "<p>\"We want the %s of %s%d,\" said Mayor Ann Hill%d. The plan was opposed by Bo "
            "Dale%d, who said it would cost %d crowns.</p><p>Printed as edition %d.</p>",
            p, n, w, n, w, p, n, n, n, 1000 + n, edition);
}

static void feed(int fd, struct str request)
{
    struct buf out = {0}, tag = {0};
    int edition = shared->edition, fault = shared->feed_fail;
    shared->feeds++;
    buf_fmt(&tag, "\"e%d-%d\"", edition, shared->items);
    if (fault) {
        buf_fmt(&out, "%d No\r\n", fault);
        server_answer(fd, fault == 503 ? "503 Busy" : "500 Broken",
                      fault == 503 ? "Retry-After: 7200\r\n" : "", S(""));
    } else if (str_contains(request, buf_str(&tag))) {
        shared->unchanged++;
        server_answer(fd, "304 Not Modified", "", S(""));
    } else {
        buf_add(&out, S("<rss version=\"2.0\" xmlns:content=\"x\"><channel><title>Valley Post"
                        "</title>"));
        for (int i = 0; i < shared->items; i++) {
            buf_fmt(&out,
                    "<item><title>Report %d</title><guid isPermaLink=\"false\">r%d</guid>"
                    "<link>http://127.0.0.1:%u/a/%d</link>",
                    i, i, shared->port, i);
            if (shared->full) {
                buf_add(&out, S("<content:encoded><![CDATA["));
                for (int k = 0; k < 4; k++)
                    report(&out, i * 7 + k, edition);
                buf_add(&out, S("]]></content:encoded>"));
            }
            buf_add(&out, S("</item>"));
        }
        buf_add(&out, S("</channel></rss>"));
        struct buf head = {0};
        buf_fmt(&head, "Content-Type: application/rss+xml\r\nETag: %s\r\n", tag.p);
        server_answer(fd, "200 OK", head.p, buf_str(&out));
        buf_finish(&head);
    }
    buf_finish(&out);
    buf_finish(&tag);
}

static void page(int fd, int n)
{
    struct buf out = {0};
    struct timespec pause = {shared->slow_ms / 1000, shared->slow_ms % 1000 * 1000000L};
    shared->pages[n % SITE_PAGES]++;
    int now = ++shared->at_once;
    if (now > shared->most_at_once)
        shared->most_at_once = now;
    nanosleep(&pause, NULL);
    buf_fmt(&out,
            "<!doctype html><html lang=\"en\"><head><title>Report %d</title></head><body><article>"
            "<h1>Report %d</h1>",
            n, n);
    report(&out, n, shared->edition);
    buf_add(&out, S("</article></body></html>"));
    shared->at_once--;
    server_answer(fd, "200 OK", "Content-Type: text/html; charset=utf-8\r\n", buf_str(&out));
    buf_finish(&out);
}

static void respond(int fd, struct str request)
{
    struct arena a = {0};
    struct str path = server_path(request);
    uint64_t n = 0;
    if (str_eq(path, S("/feed"))) {
        feed(fd, request);
    } else if (str_eq(path, S("/list"))) {
        server_answer(fd, "200 OK", "Content-Type: text/x-opml\r\n",
                      arena_fmt(&a,
                                "<opml version=\"2.0\"><body><outline text=\"x\" type=\"rss\" "
                                "xmlUrl=\"http://127.0.0.1:%u/feed\"/></body></opml>",
                                shared->port));
    } else if (str_eq(path, S("/page"))) {
        server_answer(fd, "200 OK", "Content-Type: text/html\r\n",
                      S("<!doctype html><html><head><link rel=alternate type='application/rss+xml' "
                        "href='/feed'></head><body>Home</body></html>"));
    } else if (str_eq(path, S("/robots.txt"))) {
        shared->robots++;
        server_answer(fd, "200 OK", "Content-Type: text/plain\r\n",
                      S("User-agent: *\nDisallow: /closed/\n"));
    } else if (str_starts(path, S("/closed/"))) {
        shared->closed++;
        page(fd, 1999);
    } else if (str_eq(path, S("/busy"))) {
        shared->busy++;
        if (shared->broken-- > 0)
            server_answer(fd, "503 Busy", "Retry-After: 1\r\n", S(""));
        else
            page(fd, 1998);
    } else if (str_starts(path, S("/a/")) && str_to_u64(str_slice(path, 3, path.n), &n)) {
        page(fd, (int)n);
    } else {
        shared->others++;
        server_answer(fd, "404 Not Found", "", S("none"));
    }
    arena_finish(&a);
}

void site_start(struct site *site)
{
    site->state = shared =
        mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    ck_assert_ptr_ne(shared, MAP_FAILED);
    shared->edition = 1;
    server_start(&site->server, respond);
    shared->port = site->server.port;
}

void site_stop(struct site *site)
{
    server_stop(&site->server);
    munmap(site->state, sizeof *site->state);
}

struct str site_url(struct site *site, struct arena *a, const char *path)
{
    return arena_fmt(a, "http://127.0.0.1:%u%s", site->server.port, path);
}

int site_pages(const struct site *site, int *most)
{
    int sum = 0;
    *most = 0;
    for (int i = 0; i < SITE_PAGES; i++) {
        int n = site->state->pages[i];
        sum += n;
        *most = n > *most ? n : *most;
    }
    return sum;
}
