/* Reads an issues file: a JSON array of {"id","title","terms","kind","sort"}.
 *
 * Nothing is guessed: an issue without id or title, two with one id, or a term that is no text
 * are refused with a sentence that says which. */
#include "lang/lang.h"

enum { MAX_ISSUES = 10000, MAX_TERMS = 1000 };

static bool read_terms(struct arena *a, const cJSON *item, struct lang_issue *issue,
                       struct err *err)
{
    const cJSON *terms = cJSON_GetObjectItemCaseSensitive(item, "terms"), *term;
    if (!terms)
        return true;
    size_t n = cJSON_IsArray(terms) ? (size_t)cJSON_GetArraySize(terms) : MAX_TERMS + 1;
    if (n > MAX_TERMS)
        return fail(err, ERR_INVALID, "issue \"%.60s\": \"terms\" must be an array of texts",
                    issue->id.p);
    issue->terms = arena_array(a, n, sizeof *issue->terms);
    cJSON_ArrayForEach(term, terms) {
        if (!cJSON_IsString(term))
            return fail(err, ERR_INVALID, "issue \"%.60s\": a term is not a text", issue->id.p);
        struct str text = str_trim(str_of(term->valuestring));
        if (text.n)
            issue->terms[issue->n_terms++] = arena_str(a, text);
    }
    return true;
}

enum issue_sort lang_issue_sort(struct str title)
{
    struct str rest = title, first;
    str_split(&rest, ' ', &first);
    bool one = str_eq_case(first, S("a")) || str_eq_case(first, S("an"));
    return one || (first.n > 5 && str_ends(first, S("ing"))) ? ISSUE_PROPOSAL : ISSUE_JUDGEMENT;
}

static bool read_sort(struct str text, struct lang_issue *issue, struct err *err)
{
    for (int i = 0; i < ISSUE_SORT_COUNT; i++)
        if (str_eq(text, str_of(issue_sort_names[i]))) {
            issue->sort = (enum issue_sort)i;
            return true;
        }
    issue->sort = lang_issue_sort(issue->title);
    if (!text.n)
        return true;
    return fail(err, ERR_INVALID, "issue \"%.60s\": \"sort\" must be proposal, judgement or fact",
                issue->id.p);
}

static bool read_issue(struct arena *a, const cJSON *item, struct lang_issue *issue,
                       struct err *err)
{
    struct str id, title, kind = {0}, sort = {0};
    if (!cJSON_IsObject(item))
        return fail(err, ERR_INVALID, "an issue must be an object with \"id\" and \"title\"");
    if (!json_get_str(item, "id", true, &id, err) ||
        !json_get_str(item, "title", true, &title, err) ||
        !json_get_str(item, "kind", false, &kind, err) ||
        !json_get_str(item, "sort", false, &sort, err))
        return false;
    if (!str_trim(id).n || !str_trim(title).n)
        return fail(err, ERR_INVALID, "an issue has an empty \"id\" or \"title\"");
    issue->id = arena_str(a, id);
    issue->title = arena_str(a, title);
    issue->by_person = true;
    issue->actor = str_eq(kind, S("actor"));
    return read_sort(str_trim(sort), issue, err) && read_terms(a, item, issue, err);
}

static bool read_all(struct arena *a, const cJSON *tree, struct lang_issues *out, struct err *err)
{
    if (!cJSON_IsArray(tree))
        return fail(err, ERR_INVALID, "an issues file must hold an array of issues");
    size_t n = (size_t)cJSON_GetArraySize(tree);
    if (n > MAX_ISSUES)
        return fail(err, ERR_TOO_LARGE, "more than %d issues", MAX_ISSUES);
    struct lang_issues all = {arena_array(a, n, sizeof *all.v), 0};
    const cJSON *item;
    cJSON_ArrayForEach(item, tree) {
        struct lang_issue *issue = &all.v[all.n];
        if (!read_issue(a, item, issue, err))
            return false;
        for (size_t i = 0; i < all.n; i++)
            if (str_eq(all.v[i].id, issue->id))
                return fail(err, ERR_INVALID, "two issues have the id \"%.60s\"", issue->id.p);
        all.n++;
    }
    *out = all;
    return true;
}

bool lang_issues_parse(struct arena *a, struct str json, struct lang_issues *out, struct err *err)
{
    cJSON *tree;
    if (!json_parse(json, &tree, err))
        return false;
    bool ok = read_all(a, tree, out, err);
    cJSON_Delete(tree);
    return ok;
}
