/* Days as numbers: since 1970-01-01, in the proleptic Gregorian calendar. */
#ifndef BASE_DAY_H
#define BASE_DAY_H

#include "base/str.h"

enum { NO_DAY = INT32_MIN };

/* Days since 1970-01-01 of "YYYY-MM-DD...", or NO_DAY where the string does not begin with a day.
 * The day of the month is checked against 31 only. */
int32_t day_parse(struct str s);
/* Exactly "YYYY-MM-DD", a day that the calendar has. */
bool day_valid(struct str s);
/* A valid day, alone or with a time of RFC 3339: "2026-01-31T12:00:00Z", "2026-01-31T12:00+02:00";
 * seconds may be left out, and the zone. */
bool day_is_moment(struct str s);
int32_t day_of(int year, int month, int day);
void day_civil(int32_t days, int *year, int *month, int *day);
/* 0 for Monday to 6 for Sunday. */
int day_weekday(int32_t day);
/* The last day of the month that `day` lies in. */
int32_t day_month_end(int32_t day);

#endif
