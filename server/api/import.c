/* POST imports: what comes in goes into the queue, and the answer says where to watch it. */
#include "api/parts.h"
#include "base/day.h"
#include "base/url.h"

#include "ingest/project/project.h"
#include "page/unpack/unpack.h"

/* 202 with the import as it stands. */
static bool answer_import(struct http_context *c, int64_t import, struct err *err)
{
    worker_wake(api_of(c)->worker);
    if (!answer_item(c, 202, NOUN_IMPORT, import, err))
        return false;
    http_header(c, "Location", arena_fmt(c->arena, "/api/v1/imports/%lld", (long long)import));
    return true;
}

static bool is_published(struct str published, struct err *err)
{
    return !published.n || day_is_moment(published) ||
           fail(err, ERR_INVALID,
                "\"published\" must be a day, YYYY-MM-DD, or a day and a time, "
                "YYYY-MM-DDThh:mm:ssZ");
}

struct submission {
    struct str url, feed, text, title, outlet, published;
    const cJSON *urls; /* several addresses, or NULL */
    bool sample;       /* the made-up story */
};

enum { MOST_URLS = 200 };

static bool read_urls(const cJSON *urls, struct err *err)
{
    const cJSON *url;
    if (urls && (!cJSON_IsArray(urls) || cJSON_GetArraySize(urls) > MOST_URLS))
        return fail(err, ERR_INVALID, "\"urls\" must be a list of at most %d addresses", MOST_URLS);
    cJSON_ArrayForEach(url, urls) {
        if (!cJSON_IsString(url) || !url_is_web(str_of(url->valuestring)))
            return fail(err, ERR_INVALID, "each address must begin with http:// or https://");
    }
    return true;
}

/* One import with an item an address. */
static bool submit_urls(struct http_context *c, const cJSON *urls, int64_t *import, struct err *err)
{
    size_t n = 0;
    const cJSON *url;
    struct store_import_item *items =
        arena_array(c->arena, (size_t)cJSON_GetArraySize(urls) + 1, sizeof *items);
    cJSON_ArrayForEach(url, urls) {
        struct str at = str_of(url->valuestring);
        items[n++] = (struct store_import_item){.kind = IMPORT_URL, .name = at, .url = at};
    }
    struct str what = arena_fmt(c->arena, "%zu addresses", n);
    return ingest_submit_items(api_of(c)->store, &(struct store_import_batch){what, items, n},
                               import, err);
}

static bool read_submission(const cJSON *body, struct submission *s, struct err *err)
{
    struct {
        const char *key;
        struct str *value;
    } members[] = {{"url", &s->url},     {"feed", &s->feed},     {"text", &s->text},
                   {"title", &s->title}, {"outlet", &s->outlet}, {"published", &s->published}};
    for (size_t i = 0; i < sizeof members / sizeof *members; i++)
        if (!json_get_str(body, members[i].key, false, members[i].value, err))
            return false;
    s->urls = cJSON_GetObjectItemCaseSensitive(body, "urls");
    s->sample = cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(body, "sample"));
    if (!read_urls(s->urls, err))
        return false;
    if (cJSON_GetArraySize(s->urls) || s->sample)
        return true;
    if ((s->feed.n && (s->text.n || s->url.n)) || (!s->feed.n && !s->text.n && !s->url.n))
        return fail(err, ERR_INVALID, "give a url, a feed or a text");
    if ((s->url.n && !url_is_web(s->url)) || (s->feed.n && !url_is_web(s->feed)))
        return fail(err, ERR_INVALID, "the address must begin with http:// or https://");
    if (s->text.n && !str_trim(s->text).n)
        return fail(err, ERR_INVALID, "the text is empty");
    return is_published(s->published, err);
}

/* A text whose title is given apart is read like a file that begins with it. */
static bool submit(struct http_context *c, const struct submission *s, int64_t *import,
                   struct err *err)
{
    struct store *store = api_of(c)->store;
    if (s->sample)
        return ingest_submit_sample(store, import, err);
    if (cJSON_GetArraySize(s->urls))
        return submit_urls(c, s->urls, import, err);
    if (s->feed.n)
        return ingest_submit_feed(store, s->feed, import, err);
    if (!s->text.n)
        return ingest_submit_url(store, s->url, import, err);
    struct str text = s->text;
    if (s->title.n)
        text = arena_fmt(c->arena, "%.*s\n\n%.*s", STR_ARG(s->title), STR_ARG(s->text));
    struct store_import_item item = {.kind = IMPORT_BYTES,
                                     .name = s->title.n ? s->title : S("text"),
                                     .bytes = text,
                                     .page_type = S("text"),
                                     .url = s->url,
                                     .title = s->title,
                                     .outlet = s->outlet,
                                     .published = s->published};
    return ingest_submit_items(store, &(struct store_import_batch){item.name, &item, 1}, import,
                               err);
}

/* What the fields of a form say of all its files. */
struct form {
    struct str outlet, published, url, map;
    struct map names; /* of its files, with folders */
};

static bool read_form(struct http_context *c, struct form *form, struct err *err)
{
    const struct http_request *r = &c->request;
    struct record_map map;
    *form = (struct form){0};
    for (size_t i = 0; i < r->n_parts; i++) {
        const struct http_part *part = &r->parts[i];
        struct str value = part->file.n ? S("") : utf8_repair(c->arena, part->bytes);
        if (part->file.n)
            name_add(c->arena, &form->names, part->path);
        else if (str_eq(part->name, S("outlet")))
            form->outlet = value;
        else if (str_eq(part->name, S("published")))
            form->published = value;
        else if (str_eq(part->name, S("url")))
            form->url = value;
        else if (str_eq(part->name, S("map")))
            form->map = value;
    }
    if (form->url.n && !url_is_web(form->url))
        return fail(err, ERR_INVALID, "the address must begin with http:// or https://");
    return is_published(form->published, err) && record_map_parse(form->map, &map, err);
}

/* The type by the name where the browser knows none; a map goes along with tables. */
static struct str type_of(struct http_context *c, const struct form *form,
                          const struct http_part *part)
{
    struct str type = part->type, known = name_content_type(part->file);
    bool vague = type.n == 0 || str_eq(type, S("application/octet-stream")) ||
                 str_eq(type, S("text/plain")) || str_eq(type, S("application/vnd.ms-excel"));
    if (vague && known.n)
        type = known;
    if (form->map.n && (str_contains(type, S("csv")) || str_contains(type, S("json"))))
        type = arena_fmt(c->arena, "%.*s; map=%.*s", STR_ARG(type), STR_ARG(form->map));
    return type;
}

/* Files of a form. The folder of parts beside a saved page is passed over. */
static bool submit_files(struct http_context *c, int64_t *import, struct err *err)
{
    const struct http_request *r = &c->request;
    struct store_import_item *items = arena_array(c->arena, r->n_parts, sizeof *items);
    struct form form;
    size_t n = 0;
    if (!read_form(c, &form, err))
        return false;
    for (size_t i = 0; i < r->n_parts; i++) {
        const struct http_part *part = &r->parts[i];
        if (part->file.n && !name_is_part(&form.names, part->path))
            items[n++] = (struct store_import_item){.kind = IMPORT_BYTES,
                                                    .name = part->file,
                                                    .bytes = part->bytes,
                                                    .content_type = type_of(c, &form, part),
                                                    .page_type = S("auto"),
                                                    .url = form.url,
                                                    .outlet = form.outlet,
                                                    .published = form.published};
    }
    if (!n)
        return fail(err, ERR_INVALID, "the form holds no file");
    struct str what = n == 1 ? items[0].name : arena_fmt(c->arena, "%zu files", n);
    return ingest_submit_items(api_of(c)->store, &(struct store_import_batch){what, items, n},
                               import, err);
}

bool post_import(struct http_context *c, struct err *err)
{
    int64_t import = 0;
    if (!may_write(c, err))
        return false;
    if (c->request.multipart)
        return submit_files(c, &import, err) && answer_import(c, import, err);
    cJSON *body = NULL;
    struct submission s = {0};
    if (!body_object(c, "url urls feed text title outlet published sample", &body, err))
        return false;
    bool ok = read_submission(body, &s, err) && submit(c, &s, &import, err);
    cJSON_Delete(body);
    return ok && answer_import(c, import, err);
}

static bool read_project_field(const struct http_part *part, struct ingest_project_options *options,
                               struct err *err)
{
    static const char *const units[] = {"codepoints", "utf16", "utf8"};
    struct str value = part->bytes;
    if (part->file.n)
        return true;
    if (str_eq(part->name, S("dry_run")))
        options->dry = str_eq(value, S("1"));
    else if (str_eq(part->name, S("type")))
        options->table = str_eq(value, S("statements"));
    else if (str_eq(part->name, S("map")))
        options->map = utf8_valid(value) ? value : S("");
    else if (str_eq(part->name, S("offsets"))) {
        for (int i = 0; i < 3; i++)
            if (str_eq(value, str_of(units[i]))) {
                options->unit = (enum project_unit)i;
                return true;
            }
        return fail(err, ERR_INVALID, "\"offsets\" must be codepoints, utf16 or utf8");
    }
    return true;
}

bool post_project(struct http_context *c, struct err *err)
{
    const struct http_part *file = NULL;
    struct ingest_project n;
    struct ingest_project_options options = {0};
    for (size_t i = 0; i < c->request.n_parts; i++) {
        const struct http_part *part = &c->request.parts[i];
        file = part->file.n ? part : file;
        if (!read_project_field(part, &options, err))
            return false;
    }
    if (!file)
        return fail(err, ERR_INVALID, "give a file of statements");
    if ((!options.dry && !may_write(c, err)) ||
        !ingest_project(api_of(c)->store, file->bytes, &options, &n, err))
        return false;
    struct json j = json_begin(&c->response.body);
    ingest_project_write(&j, &n);
    return true;
}

/* Multipart: the list as a file, by, note, and dry_run=1 to find out what would become of it. */
bool post_actor_list(struct http_context *c, struct err *err)
{
    const struct http_part *file = NULL;
    struct store_listing list = {.arena = c->arena};
    struct store_decision d = {.listing = &list};
    int64_t entry = 0;
    for (size_t i = 0; i < c->request.n_parts; i++) {
        const struct http_part *part = &c->request.parts[i];
        file = part->file.n ? part : file;
        if (!part->file.n && str_eq(part->name, S("dry_run")))
            list.dry = str_eq(part->bytes, S("1"));
        else if (!part->file.n && str_eq(part->name, S("by")) && utf8_valid(part->bytes))
            d.by = str_trim(part->bytes);
    }
    if (!file)
        return fail(err, ERR_INVALID, "give a list of actors as a file");
    d.by = c->user.name.n ? c->user.name : d.by;
    if (d.by.n > 80)
        return fail(err, ERR_INVALID, "\"by\" is too long");
    if ((!list.dry && !may_write(c, err)) ||
        !ingest_actors(api_of(c)->store, file->bytes, &d, &entry, err))
        return false;
    struct json j = json_begin(&c->response.body);
    ingest_actors_write(&j, &list, entry);
    return true;
}

bool post_import_cancel(struct http_context *c, struct err *err)
{
    return may_write(c, err) && worker_cancel(api_of(c)->worker, c->request.id, err) &&
           answer_item(c, 200, NOUN_IMPORT, c->request.id, err);
}
