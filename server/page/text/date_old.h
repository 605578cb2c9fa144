/* Days as mails, feeds and old servers write them. */
#ifndef PAGE_TEXT_DATE_OLD_H
#define PAGE_TEXT_DATE_OLD_H

#include "base/str.h"

struct old_day {
    int year, month, day;
    int hour, minute, second; /* hour -1: no time given */
    struct str zone;          /* "EST", "+0200"; or empty */
};

/* "Wed, 03 Mar 21 10:00:00 EST" (RFC 822), "Monday, 11-Mar-24 09:30:00 GMT" (RFC 850), "Mon Mar 11
 * 09:30:00 PDT 2024" (ctime, date(1)), without week day, with blanks of any kind: a month's name
 * and, around it, a day and a year that may have two digits. Years before 70 of two digits are of
 * this century. False for anything else. */
bool date_old_read(struct str s, struct old_day *out);

#endif
