/* The whole engine over any bytes: survey, reading, proposed and given issues, printing. */
#include "base/buf.h"
#include "base/utf8.h"
#include "lang/lang.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void read_all(struct arena *a, struct str text, const struct lang_issues *issues)
{
    struct lang_article article = {.text = text, .published = S("2025-04-24")};
    struct lang_run *run = lang_run_create();
    struct lang_reading reading;
    struct lang_issues proposed;
    struct buf b = {0};
    struct json j = json_begin(&b);
    struct lang_draft *draft = lang_draft(a, &article, S(""));
    lang_run_survey(run, draft);
    lang_read(run, a, draft, &reading);
    lang_propose_issues(a, &reading, 1, &proposed);
    lang_take_positions(a, &proposed, &reading);
    lang_take_positions(a, issues, &reading);
    lang_find_stances(a, &(struct lang_issues){0}, &reading);
    lang_find_stances(a, issues, &reading);
    json_object(&j);
    lang_write_reading(a, &reading, &j);
    json_end_object(&j);
    buf_finish(&b);
    lang_run_destroy(run);
}

/* Up to the first NUL an issues file, behind it (or all, without one) the text. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    static const struct str standard =
        STR("[{\"id\":\"t\",\"title\":\"Lifting sanctions on "
            "Norland\",\"terms\":[\"sanctions\",\"the\"]},"
            "{\"id\":\"r\",\"title\":\"Ann Reed\",\"kind\":\"actor\"}]");
    struct arena a = {0};
    struct str all = {(const char *)data, n}, text = all;
    struct lang_issues issues = {0};
    struct err err;
    size_t cut = str_find_char(all, 0, 0);
    bool given = cut != STR_NONE && lang_issues_parse(&a, str_slice(all, 0, cut), &issues, &err);
    if (given)
        text = str_slice(all, cut + 1, n);
    else if (!lang_issues_parse(&a, standard, &issues, &err))
        return 1;
    read_all(&a, utf8_repair(&a, text), &issues);
    arena_finish(&a);
    return 0;
}
