/* Fetching with libcurl: see fetch.h. */
#include "ingest/fetch/fetch.h"

#include "base/buf.h"
#include "base/url.h"

#include <curl/curl.h>
#include <netinet/in.h>
#include <pthread.h>
#include <string.h>
#include <unistd.h>

enum {
    LIMIT = 10 << 20,
    TIMEOUT = 20,
    CONNECT_TIMEOUT = 10,
    REDIRECTS = 5,
    RATIO = 100,
    RATIO_FROM = 1 << 16
};

struct transfer {
    const struct fetch_options *o;
    CURL *curl;
    struct buf body;
    size_t limit;
    bool denied, too_large, too_dense;
    char etag[256], last_modified[128];
    unsigned retry_after;
};

static pthread_once_t once = PTHREAD_ONCE_INIT;

static void start_curl(void)
{
    curl_global_init(CURL_GLOBAL_DEFAULT);
}

/* ---- addresses ------------------------------------------------------------------------------- */

/* The special-purpose registries of IANA, as of 2025. */
static bool v4_is_public(uint32_t ip)
{
    static const struct {
        uint32_t net;
        int bits;
    } special[] = {{0x00000000, 8},  {0x0A000000, 8},  {0x64400000, 10}, {0x7F000000, 8},
                   {0xA9FE0000, 16}, {0xAC100000, 12}, {0xC0000000, 24}, {0xC0000200, 24},
                   {0xC0586300, 24}, {0xC0A80000, 16}, {0xC6120000, 15}, {0xC6336400, 24},
                   {0xCB007100, 24}, {0xE0000000, 4},  {0xF0000000, 4}};
    for (size_t i = 0; i < sizeof special / sizeof *special; i++)
        if ((ip ^ special[i].net) >> (32 - special[i].bits) == 0)
            return false;
    return true;
}

static uint32_t v4_at(const uint8_t *p)
{
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static bool v6_is_public(const uint8_t p[16])
{
    static const uint8_t nat64[12] = {0x00, 0x64, 0xFF, 0x9B};
    if (memcmp(p, nat64, sizeof nat64) == 0)
        return v4_is_public(v4_at(p + 12));
    if ((p[0] & 0xE0) != 0x20) /* global unicast is 2000::/3 */
        return false;
    if (p[0] == 0x20 && p[1] == 0x02) /* 6to4 wraps an IPv4 address */
        return v4_is_public(v4_at(p + 2));
    bool protocol = p[0] == 0x20 && p[1] == 0x01 && p[2] < 0x02; /* Teredo and its neighbours */
    bool documentation = p[0] == 0x20 && p[1] == 0x01 && p[2] == 0x0D && p[3] == 0xB8;
    return !protocol && !documentation && !(p[0] == 0x3F && p[1] == 0xFF);
}

bool address_is_public(const struct sockaddr *address)
{
    if (address->sa_family == AF_INET) {
        struct sockaddr_in in;
        memcpy(&in, address, sizeof in);
        return v4_is_public(ntohl(in.sin_addr.s_addr));
    }
    if (address->sa_family != AF_INET6)
        return false;
    struct sockaddr_in6 in6;
    memcpy(&in6, address, sizeof in6);
    return v6_is_public(in6.sin6_addr.s6_addr);
}

/* ---- callbacks ------------------------------------------------------------------------------- */

static curl_socket_t open_socket(void *data, curlsocktype purpose, struct curl_sockaddr *to)
{
    struct transfer *t = data;
    (void)purpose;
    if (!t->o->allow_private && !address_is_public(&to->addr)) {
        t->denied = true;
        return CURL_SOCKET_BAD;
    }
    return socket(to->family, to->socktype | SOCK_CLOEXEC, to->protocol);
}

static size_t take_body(char *p, size_t size, size_t n, void *data)
{
    struct transfer *t = data;
    curl_off_t received = 0;
    size_t bytes = size * n;
    if (bytes > t->limit - t->body.n) {
        t->too_large = true;
        return 0;
    }
    curl_easy_getinfo(t->curl, CURLINFO_SIZE_DOWNLOAD_T, &received);
    if (t->body.n + bytes > RATIO_FROM && received > 0 &&
        (t->body.n + bytes) / RATIO > (size_t)received) {
        t->too_dense = true;
        return 0;
    }
    buf_add(&t->body, (struct str){p, bytes});
    return bytes;
}

static void copy_header(char *out, size_t size, struct str value)
{
    if (value.n < size) {
        memcpy(out, value.p, value.n);
        out[value.n] = 0;
    }
}

/* Headers of the last answer; a new status line forgets those of a redirect. */
static size_t take_header(char *p, size_t size, size_t n, void *data)
{
    struct transfer *t = data;
    struct str line = {p, size * n}, name = {0};
    uint64_t seconds;
    if (str_starts(line, S("HTTP/"))) {
        t->etag[0] = t->last_modified[0] = 0;
        t->body.n = 0;
    }
    size_t colon = str_find_char(line, ':', 0);
    struct str value = str_trim(str_slice(line, colon == STR_NONE ? line.n : colon + 1, line.n));
    name = str_slice(line, 0, colon);
    if (str_eq_case(name, S("etag")))
        copy_header(t->etag, sizeof t->etag, value);
    else if (str_eq_case(name, S("last-modified")))
        copy_header(t->last_modified, sizeof t->last_modified, value);
    else if (str_eq_case(name, S("retry-after")) && str_to_u64(value, &seconds))
        t->retry_after = seconds > 86400 ? 86400 : (unsigned)seconds;
    return size * n;
}

static int watch(void *data, curl_off_t total, curl_off_t now, curl_off_t up_total,
                 curl_off_t up_now)
{
    const struct transfer *t = data;
    (void)total, (void)now, (void)up_total, (void)up_now;
    return t->o->cancel && atomic_load(t->o->cancel);
}

/* ---- the request ----------------------------------------------------------------------------- */

static struct curl_slist *request_headers(struct arena *a, const struct fetch_options *o)
{
    struct curl_slist *list =
        curl_slist_append(NULL, "Accept: text/html,application/xhtml+xml,application/xml;"
                                "q=0.9,application/rss+xml,application/atom+xml,*/*;q=0.5");
    bool clean = !memchr(o->etag.n ? o->etag.p : "", '\n', o->etag.n) &&
                 !memchr(o->last_modified.n ? o->last_modified.p : "", '\n', o->last_modified.n);
    for (const char *const *line = o->headers; line && *line; line++)
        list = curl_slist_append(list, *line);
    if (o->etag.n && clean)
        list = curl_slist_append(list, arena_fmt(a, "If-None-Match: %.*s", STR_ARG(o->etag)).p);
    if (o->last_modified.n && clean)
        list = curl_slist_append(
            list, arena_fmt(a, "If-Modified-Since: %.*s", STR_ARG(o->last_modified)).p);
    return list;
}

static void set_options(CURL *c, struct transfer *t, const char *url, struct curl_slist *headers)
{
    curl_easy_setopt(c, CURLOPT_URL, url);
    curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(c, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 1L);
    curl_easy_setopt(c, CURLOPT_MAXREDIRS, (long)REDIRECTS);
    if (t->o->post) {
        curl_easy_setopt(c, CURLOPT_POSTFIELDS, t->o->post->p);
        curl_easy_setopt(c, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)t->o->post->n);
        curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 0L);
    }
    curl_easy_setopt(c, CURLOPT_PROXY, "");
    curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(c, CURLOPT_TIMEOUT, (long)(t->o->timeout ? t->o->timeout : TIMEOUT));
    curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_TIMEOUT);
    curl_easy_setopt(c, CURLOPT_ACCEPT_ENCODING, "");
    curl_easy_setopt(c, CURLOPT_USERAGENT, FETCH_AGENT);
    curl_easy_setopt(c, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(c, CURLOPT_OPENSOCKETFUNCTION, open_socket);
    curl_easy_setopt(c, CURLOPT_OPENSOCKETDATA, t);
    curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, take_body);
    curl_easy_setopt(c, CURLOPT_WRITEDATA, t);
    curl_easy_setopt(c, CURLOPT_HEADERFUNCTION, take_header);
    curl_easy_setopt(c, CURLOPT_HEADERDATA, t);
    curl_easy_setopt(c, CURLOPT_XFERINFOFUNCTION, watch);
    curl_easy_setopt(c, CURLOPT_XFERINFODATA, t);
    curl_easy_setopt(c, CURLOPT_NOPROGRESS, 0L);
}

static bool transfer_failed(const struct transfer *t, CURLcode code, struct err *err)
{
    if (t->denied)
        return fail(err, ERR_DENIED, "the address leads into a private network");
    if (t->too_large)
        return fail(err, ERR_TOO_LARGE, "the answer is over %zu MB", t->limit >> 20);
    if (t->too_dense)
        return fail(err, ERR_TOO_LARGE, "the answer unpacks to more than %d times its size", RATIO);
    switch ((int)code) {
    case CURLE_ABORTED_BY_CALLBACK:
        return fail(err, ERR_TIMEOUT, "fetching was cancelled");
    case CURLE_OPERATION_TIMEDOUT:
        return fail(err, ERR_TIMEOUT, "the host did not answer in time");
    case CURLE_COULDNT_RESOLVE_HOST:
        return fail(err, ERR_REMOTE, "there is no host of that name");
    case CURLE_COULDNT_CONNECT:
        return fail(err, ERR_REMOTE, "the host does not accept the connection");
    case CURLE_TOO_MANY_REDIRECTS:
        return fail(err, ERR_REMOTE, "the page redirects more than %d times", REDIRECTS);
    case CURLE_UNSUPPORTED_PROTOCOL:
        return fail(err, ERR_DENIED, "the page redirects to something that is not http or https");
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CONNECT_ERROR:
        return fail(err, ERR_REMOTE, "the host has no valid certificate");
    case CURLE_URL_MALFORMAT:
        return fail(err, ERR_INVALID, "that is not a valid address");
    default:
        return fail(err, ERR_REMOTE, "the host broke off the answer");
    }
}

static bool status_failed(long status, struct err *err)
{
    if (status == 404 || status == 410)
        return fail(err, ERR_REMOTE, "the page does not exist there (status %ld)", status);
    if (status == 401 || status == 402 || status == 403 || status == 451)
        return fail(err, ERR_REMOTE, "the host does not give the page to this program (status %ld)",
                    status);
    if (status == 429 || status == 503)
        return fail(err, ERR_REMOTE, "the host is busy and asks to come back later (status %ld)",
                    status);
    return fail(err, ERR_REMOTE, "the host answered with status %ld", status);
}

static void fill(struct arena *a, CURL *c, const struct transfer *t, struct fetched *out)
{
    const char *type = NULL, *last = NULL;
    curl_easy_getinfo(c, CURLINFO_CONTENT_TYPE, &type);
    curl_easy_getinfo(c, CURLINFO_EFFECTIVE_URL, &last);
    out->body = arena_str(a, buf_str(&t->body));
    out->content_type = arena_str(a, str_of(type));
    out->url = arena_str(a, str_of(last));
    out->etag = arena_str(a, str_of(t->etag));
    out->last_modified = arena_str(a, str_of(t->last_modified));
}

bool fetch_url(struct arena *a, struct str url, const struct fetch_options *options,
               struct fetched *out, struct err *err)
{
    struct transfer t = {.o = options, .limit = options->limit ? options->limit : LIMIT};
    struct fetched got = {0};
    url = str_trim(url);
    if (!url_is_web(url) || url.n > 8000)
        return fail(err, ERR_INVALID, "only http and https addresses can be fetched");
    pthread_once(&once, start_curl);
    t.curl = curl_easy_init();
    if (!t.curl)
        return fail(err, ERR_INTERNAL, "no transfer could be started");
    struct curl_slist *headers = request_headers(a, options);
    set_options(t.curl, &t, arena_str(a, url).p, headers);
    CURLcode code = curl_easy_perform(t.curl);
    curl_easy_getinfo(t.curl, CURLINFO_RESPONSE_CODE, &got.status);
    got.unchanged = got.status == 304;
    bool ok = code == CURLE_OK ? got.unchanged || (got.status >= 200 && got.status < 300) ||
                                     status_failed(got.status, err)
                               : transfer_failed(&t, code, err);
    if (options->retry_after)
        *options->retry_after = t.retry_after;
    if (options->status)
        *options->status = got.status;
    if (ok) {
        fill(a, t.curl, &t, &got);
        *out = got;
    }
    buf_finish(&t.body);
    curl_slist_free_all(headers);
    curl_easy_cleanup(t.curl);
    return ok;
}
