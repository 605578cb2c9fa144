/* Finding words in a stored text. */
#include "ingest/project/taking.h"

#include "page/text/encoding.h"

/* The byte where the place is said to begin; STR_NONE: nothing is said. */
static size_t byte_of(const struct paper *p, const struct place *place)
{
    size_t at = 0;
    if (place->start < 0)
        return STR_NONE;
    if (place->unit == UNIT_UTF8)
        return (size_t)place->start < p->text.n ? (size_t)place->start : p->text.n;
    if (place->unit == UNIT_CODE_POINTS)
        return utf8_byte(&p->index, (size_t)place->start);
    for (int64_t units = place->start; units > 0 && at < p->text.n;)
        units -= utf8_next(p->text, &at) > 0xFFFF ? 2 : 1;
    return at;
}

/* Does the text around the words at `at` read as it is said to? */
static int agreement(const struct paper *p, const struct place *place, size_t at)
{
    struct str before = str_slice(p->text, 0, at),
               behind = str_slice(p->text, at + place->exact.n, p->text.n);
    return (place->prefix.n && str_ends(before, place->prefix)) +
           (place->suffix.n && str_starts(behind, place->suffix));
}

/* Of the places where the words stand: the one whose surroundings agree best, then the nearest to
 * where they are said to be, then the first. */
static size_t find(const struct paper *p, const struct place *place)
{
    size_t best = STR_NONE, from = byte_of(p, place), best_off = 0;
    int best_agrees = -1;
    for (size_t at = str_find(p->text, place->exact, 0); at != STR_NONE;
         at = str_find(p->text, place->exact, at + 1)) {
        int agrees = agreement(p, place, at);
        size_t off = from == STR_NONE ? 0 : at > from ? at - from : from - at;
        if (agrees > best_agrees || (agrees == best_agrees && off < best_off)) {
            best = at;
            best_agrees = agrees;
            best_off = off;
        }
    }
    return best;
}

/* Articles are kept in a tidy form (composed letters, no marks that nobody sees); words that are
 * not there as they are may be there in that form. */
static size_t find_either(struct arena *a, const struct paper *p, struct place *place)
{
    size_t at = place->exact.n ? find(p, place) : STR_NONE;
    if (at != STR_NONE || !place->exact.n)
        return at;
    place->exact = text_clean(a, place->exact);
    place->prefix = text_clean(a, place->prefix);
    place->suffix = text_clean(a, place->suffix);
    return place->exact.n ? find(p, place) : STR_NONE;
}

bool taking_spans(struct arena *a, const struct paper *p, const struct told *told, struct span *out)
{
    for (size_t i = 0; i < told->n_places; i++) {
        struct place place = told->places[i];
        size_t at = find_either(a, p, &place);
        if (at == STR_NONE)
            return false;
        out[i] =
            (struct span){(uint32_t)utf8_offset(&p->index, at, OFFSET_CODE_POINTS),
                          (uint32_t)utf8_offset(&p->index, at + place.exact.n, OFFSET_CODE_POINTS)};
    }
    return told->n_places > 0;
}
