/* Every row of the table of formats can be asked for, and stands in the API's description. */
#include "support/client.h"
#include "support/stored.h"

#include "api/api.h"
#include "export/export.h"

static void try_format(struct arena *a, const char *at, const struct export_format *format)
{
    struct str type = str_of(format->type);
    type = str_slice(type, 0, str_find_char(type, ';', 0));
    struct str path = arena_fmt(a, "/api/v1/exports?format=%s", format->name);
    struct answer got = client_ask(a, at, "GET", path.p, "", S(""));
    ck_assert_msg(got.status == 200 && got.body.n > 0, "%s: %d", path.p, got.status);
    ck_assert(str_starts(client_header(&got, "Content-Type"), type));
    ck_assert(str_contains(client_header(&got, "Content-Disposition"),
                           arena_fmt(a, "exports.%s", format->suffix)));
    path = arena_fmt(a, "/api/v1/actors.%s", format->suffix);
    got = client_ask(a, at, "GET", path.p, "", S(""));
    ck_assert_int_eq(got.status, format->lists ? 200 : 404);
    got = client_ask(a, at, "GET", "/openapi.json", "", S(""));
    ck_assert(str_contains(got.body, arena_fmt(a, "\"%.*s\":{", STR_ARG(type))));
    ck_assert(str_contains(got.body, arena_fmt(a, "\"%s\"", format->name)));
}

START_TEST(formats)
{
    struct arena a = {0};
    struct stored s;
    struct http_options options = {0};
    struct api *api;
    struct err err = {0};
    stored_setup(&s);
    stored_import(&s, "data/harbour");
    ck_assert_msg(api_start(&options, s.store, NULL, &api, &err), "%s", err.message);
    for (const struct export_format *f = export_formats; f->name; f++)
        try_format(&a, api_address(api), f);
    api_stop(api, 1);
    stored_teardown(&s);
    arena_finish(&a);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("formats");
    TCase *tests = tcase_create("formats");
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, formats);
    suite_add_tcase(suite, tests);
    return support_run(suite);
}
