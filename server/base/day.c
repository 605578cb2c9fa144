/* Days as numbers, in the proleptic Gregorian calendar: see day.h. */
#include "base/day.h"

static bool digits(struct str s, size_t at, size_t n, int *value)
{
    *value = 0;
    for (size_t i = at; i < at + n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
        *value = *value * 10 + (s.p[i] - '0');
    }
    return true;
}

/* Days from civil date: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms". */
int32_t day_of(int year, int month, int day)
{
    year -= month <= 2;
    int era = (year >= 0 ? year : year - 399) / 400;
    int yoe = year - era * 400;
    int doy = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
    return era * 146097 + doe - 719468;
}

int32_t day_parse(struct str s)
{
    int year, month, day;
    if (s.n < 10 || s.p[4] != '-' || s.p[7] != '-' || !digits(s, 0, 4, &year) ||
        !digits(s, 5, 2, &month) || !digits(s, 8, 2, &day) || month < 1 || month > 12 || day < 1 ||
        day > 31)
        return NO_DAY;
    return day_of(year, month, day);
}

bool day_valid(struct str s)
{
    int32_t day = s.n == 10 ? day_parse(s) : NO_DAY;
    int year, month, of_month, given;
    if (day == NO_DAY || !digits(s, 8, 2, &given))
        return false;
    day_civil(day, &year, &month, &of_month);
    return of_month == given; /* the 31st of a shorter month is a day of the next */
}

/* "hh:mm", each in its range. */
static bool is_clock(struct str s)
{
    int hour, minute;
    return s.n >= 5 && s.p[2] == ':' && digits(s, 0, 2, &hour) && digits(s, 3, 2, &minute) &&
           hour < 24 && minute < 60;
}

/* ":ss" and a fraction, or nothing. */
static size_t seconds_length(struct str s)
{
    int second;
    if (s.n < 3 || s.p[0] != ':' || !digits(s, 1, 2, &second) || second > 60)
        return 0;
    size_t n = 3;
    if (n < s.n && s.p[n] == '.')
        for (n++; n < s.n && s.p[n] >= '0' && s.p[n] <= '9';)
            n++;
    return n;
}

bool day_is_moment(struct str s)
{
    if (s.n == 10 || !day_valid(str_slice(s, 0, 10)))
        return day_valid(s);
    if ((s.p[10] != 'T' && s.p[10] != ' ') || !is_clock(str_slice(s, 11, s.n)))
        return false;
    struct str zone = str_slice(s, 16, s.n);
    zone = str_slice(zone, seconds_length(zone), zone.n);
    if (zone.n == 0 || str_eq(zone, S("Z")))
        return true;
    return zone.n == 6 && (zone.p[0] == '+' || zone.p[0] == '-') && is_clock(str_slice(zone, 1, 6));
}

int day_weekday(int32_t day)
{
    return (int)(((day + 3) % 7 + 7) % 7); /* 1970-01-01 was a Thursday */
}

void day_civil(int32_t days, int *year, int *month, int *day)
{
    int32_t z = days + 719468;
    int32_t era = (z >= 0 ? z : z - 146096) / 146097;
    int32_t doe = z - era * 146097;
    int32_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int32_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int32_t mp = (5 * doy + 2) / 153;
    *day = (int)(doy - (153 * mp + 2) / 5 + 1);
    *month = (int)(mp < 10 ? mp + 3 : mp - 9);
    *year = (int)(yoe + era * 400 + (*month <= 2));
}

int32_t day_month_end(int32_t at)
{
    int year, month, day;
    day_civil(at, &year, &month, &day);
    return (month == 12 ? day_of(year + 1, 1, 1) : day_of(year, month + 1, 1)) - 1;
}
