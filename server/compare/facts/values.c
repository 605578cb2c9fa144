/* Can two values be right of one thing? Rounded and converted numbers can, limits that allow both,
 * times that are told roughly. */
#include "compare/facts/fact.h"

#include <math.h>

#define ROUNDING 0.05
#define UNDER 0.02

static bool rounded(const struct fact *x, const struct fact *y)
{
    double more = fmax(x->value, y->value), share = fabs(x->value - y->value) / more;
    bool round = fmod(x->value, 100) == 0 || fmod(y->value, 100) == 0;
    if (x->about || y->about)
        return share <= (x->kind == FACT_SHARE ? ROUNDING : 2 * ROUNDING);
    return round && share <= ROUNDING;
}

/* "$13 billion" is "$13.9 billion" to somebody who does not round, or up to it. */
static bool cut_off(const struct fact *x, const struct fact *y)
{
    double a = x->value / x->scale, b = y->value / y->scale;
    bool whole_a = a == floor(a), whole_b = b == floor(b);
    return x->scale == y->scale && whole_a != whole_b && fabs(a - b) < 1;
}

/* "Almost 90" is less than 90, and not half of it. */
static bool is_beyond(const struct fact *less, const struct fact *more)
{
    return less->under && more->value > (1 + UNDER) * less->value;
}

bool facts_agree(const struct fact *x, const struct fact *y)
{
    const struct fact *less = x->value < y->value ? x : y, *more = less == x ? y : x;
    if (x->value == y->value)
        return true;
    if (x->kind == FACT_CLOCK)
        return clocks_agree(x, y);
    if (is_beyond(less, more))
        return false;
    if (x->kind >= FACT_LATER)
        return false;
    if (less->least || more->most)
        return true;
    if (cut_off(x, y) && x->scale > 1)
        return true;
    /* values are rounded when units are converted */
    bool converted = x->kind == FACT_MEASURE && x->what != str_hash(S("magnitude"));
    if (converted && fabs(x->value - y->value) <= ROUNDING * more->value)
        return fmod(x->value, 1) != 0 || fmod(y->value, 1) != 0;
    return x->kind != FACT_AGE && rounded(x, y);
}
