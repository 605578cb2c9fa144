/* Articles split over several pages: see further_pages.h. */
#include "ingest/fetch/further_pages.h"
#include "page/unpack/unpack.h"

enum { JOINED_MAX = 32 << 20 };

/* Fetches the page that `place` says is next; place becomes its own. */
static bool follow(const struct polite *p, struct arena *a, struct split_place *place,
                   struct polite_answer *next, struct split_page *page)
{
    struct split_place here = *place;
    if (!polite_fetch(p, a, (struct polite_request){.url = here.next}, next, NULL))
        return false;
    *page = (struct split_page){here.next, next->got.content_type, next->got.body};
    if (!split_find(a, page->bytes, page->content_type, page->url, place) ||
        !str_eq(place->base, here.base) || place->number != here.number + 1)
        place->next = (struct str){0};
    return true;
}

void follow_pages(const struct polite *p, struct arena *a, bool ask, struct polite_answer *answer)
{
    const struct fetched *got = &answer->got;
    struct split_page pages[SPLIT_PAGES] = {{got->url, got->content_type, got->body}};
    struct split_place place;
    size_t n = 1, bytes = got->body.n;
    if (!split_find(a, got->body, got->content_type, got->url, &place) || place.number != 1)
        return;
    while (n < SPLIT_PAGES && place.next.n && bytes < JOINED_MAX) {
        struct polite_answer next = {0};
        bool had = (!ask || polite_allowed(p, a, place.next, NULL)) &&
                   follow(p, a, &place, &next, &pages[n]);
        answer->rest = next.rest;
        if (!had)
            break;
        bytes += pages[n++].bytes.n;
    }
    if (n > 1) {
        answer->got.body = split_join(a, pages, n);
        answer->got.content_type = S("multipart/mixed");
    }
}
