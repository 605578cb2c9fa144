/* What other hosts name themselves with: addresses, a robots.txt, days. A line each: an address, a
 * second one, a day; the rest is a robots.txt. */
#include "base/day.h"
#include "base/url.h"
#include "ingest/fetch/fetch.h"
#include "page/text/date.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_address(struct arena *a, struct str url, struct str other)
{
    enum url_view view = URL_PAGE;
    url_key(a, url_key(a, url, &view), &view);
    url_domain(a, url);
    url_host(a, url);
    url_path(url);
    url_port(url);
    url_resolve(a, url, other);
    url_resolve(a, other, url);
    date_of_url(a, url);
}

static void read_day(struct arena *a, struct str text)
{
    int year, month, day;
    int32_t number = day_parse(text);
    if (number != NO_DAY)
        day_civil(number, &year, &month, &day);
    if (day_valid(text) && !(day_is_moment(text) && day_of(year, month, day) == number))
        abort();
    date_machine(a, text);
    date_find(a, text, S("en"));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena a = {0};
    struct str rest = {(const char *)data, size}, url = {0}, other = {0}, day = {0};
    str_split(&rest, '\n', &url);
    str_split(&rest, '\n', &other);
    str_split(&rest, '\n', &day);
    read_address(&a, url, other);
    read_day(&a, day);
    if (url_is_web(url)) {
        robots_url(&a, url);
        robots_allow(rest, url);
    }
    robots_delay(rest);
    arena_finish(&a);
    return 0;
}
