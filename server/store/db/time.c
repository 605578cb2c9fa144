/* The clock, as the store writes it down and as it limits queries. */
#include "store/db/db.h"

#include <string.h>
#include <time.h>

struct stamp stamp_now(void)
{
    struct stamp stamp;
    time_t now = time(NULL);
    struct tm utc;
    gmtime_r(&now, &utc);
    strftime(stamp.text, sizeof stamp.text, "%Y-%m-%dT%H:%M:%SZ", &utc);
    return stamp;
}

struct str stamp_str(const struct stamp *stamp)
{
    return str_of(stamp->text);
}

int64_t monotonic_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int64_t wall_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}
