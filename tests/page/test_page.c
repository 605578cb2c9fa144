/* Pages with one trap each: data/pages/NAME.html and what is to come of it in NAME.txt, lines of
 * "field: value" up to an empty line, then the text; "error: " where the page is refused. */
#include "support/support.h"

#include "base/buf.h"
#include "page/page.h"

#include <dirent.h>
#include <stdlib.h>

static struct str field(struct str head, const char *name)
{
    struct str line, key = str_of(name);
    while (str_split(&head, '\n', &line))
        if (str_starts(line, key) && line.n > key.n && line.p[key.n] == ':')
            return str_trim(str_slice(line, key.n + 1, line.n));
    return (struct str){0};
}

static void check_field(const char *page, const char *name, struct str want, struct str got)
{
    ck_assert_msg(str_eq(want, got), "%s: %s is \"%.*s\", not \"%.*s\"", page, name, STR_ARG(got),
                  STR_ARG(want));
}

/* "title heading, published time": where each field was found, in the order of enum page_field. */
static struct str sources_of(struct arena *a, const struct page *p)
{
    struct str out = {0};
    for (int f = 0; f < FIELD_COUNT; f++)
        if (p->source[f])
            out = arena_fmt(a, "%.*s%s%s %s", STR_ARG(out), out.n ? ", " : "", page_field_names[f],
                            p->source[f]);
    return out;
}

static void check_page(struct arena *a, const char *file)
{
    struct str html = support_data(a, arena_fmt(a, "data/pages/%s", file).p);
    struct str name = str_slice(str_of(file), 0, str_find_char(str_of(file), '.', 0));
    struct str want = support_data(a, arena_fmt(a, "data/pages/%.*s.txt", STR_ARG(name)).p);
    size_t gap = str_find(want, S("\n\n"), 0);
    struct str head = str_slice(want, 0, gap),
               text = gap == STR_NONE ? S("") : str_trim(str_slice(want, gap, want.n));
    struct page p = {0};
    struct err err = {0};
    bool ok = page_read(a,
                        &(struct page_source){.bytes = html,
                                              .type = PAGE_HTML,
                                              .content_type = field(head, "type"),
                                              .url = field(head, "url")},
                        &p, &err);
    check_field(file, "error", field(head, "error"), str_of(ok ? "" : err.message));
    if (!ok)
        return;
    check_field(file, "title", field(head, "title"), p.title);
    check_field(file, "subtitle", field(head, "subtitle"), p.subtitle);
    check_field(file, "outlet", field(head, "outlet"), p.outlet);
    check_field(file, "byline", field(head, "byline"), p.byline);
    check_field(file, "agency", field(head, "agency"), p.agency);
    check_field(file, "published", field(head, "published"), p.published);
    check_field(file, "modified", field(head, "modified"), p.modified);
    check_field(file, "language", field(head, "language"), p.language);
    check_field(file, "canonical", field(head, "canonical"), p.canonical);
    check_field(file, "section", field(head, "section"), p.section);
    check_field(file, "notice", field(head, "notice"), p.notice);
    struct str sources = field(head, "sources");
    if (sources.n)
        check_field(file, "sources", sources, sources_of(a, &p));
    check_field(file, "text", text, p.text);
}

START_TEST(each_trap_is_seen)
{
    const char *dir = getenv("TESTS_DIR");
    struct arena a = {0};
    DIR *d = opendir(arena_fmt(&a, "%s/data/pages", dir ? dir : "tests").p);
    int n = 0;
    ck_assert_ptr_nonnull(d);
    for (struct dirent *e; (e = readdir(d));)
        if (str_ends(str_of(e->d_name), S(".html"))) {
            check_page(&a, e->d_name);
            n++;
        }
    closedir(d);
    ck_assert_int_gt(n, 0);
    arena_finish(&a);
}
END_TEST

START_TEST(deep_nesting_is_bounded)
{
    struct arena a = {0};
    struct buf b = {0};
    struct page p = {0};
    for (int i = 0; i < 100000; i++)
        buf_add(&b, S("<div><b>"));
    buf_add(&b, S("<p>The council voted on Monday to close the bridge for repairs until the end of "
                  "the year.</p>"));
    ck_assert(
        page_read(&a, &(struct page_source){.bytes = buf_str(&b), .type = PAGE_HTML}, &p, NULL));
    ck_str_is(
        p.text,
        "The council voted on Monday to close the bridge for repairs until the end of the year.");
    buf_finish(&b);
    arena_finish(&a);
}
END_TEST

START_TEST(hostile_markup_takes_linear_time)
{
    static const char *const pieces[] = {
        "<!--", "<![CDATA[", "</i><b>",  "<a href='", "<p class=\"x", "<table><tr><td>",
        "&#",   "<li>",      "<script>", "</p>"};
    struct arena a = {0};
    for (size_t k = 0; k < sizeof pieces / sizeof *pieces; k++) {
        struct buf b = {0};
        struct page p = {0};
        while (b.n < 4000000)
            buf_add(&b, str_of(pieces[k]));
        page_read(&a, &(struct page_source){.bytes = buf_str(&b), .type = PAGE_HTML}, &p, NULL);
        buf_finish(&b);
        arena_reset(&a);
    }
    arena_finish(&a);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("page");
    TCase *t = tcase_create("page");
    tcase_set_timeout(t, 60);
    tcase_add_test(t, each_trap_is_seen);
    tcase_add_test(t, deep_nesting_is_bounded);
    tcase_add_test(t, hostile_markup_takes_linear_time);
    suite_add_tcase(s, t);
    return support_run(s);
}
