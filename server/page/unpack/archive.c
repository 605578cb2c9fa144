/* zip and tar by libarchive, with only these formats switched on; single gzipped files and WARC go
 * through a stream of their own, which gives what stands before a damage to the last byte.
 *
 * An archive is gone through twice: first its names, to know which folders are the parts of saved
 * pages, then its members. Links, folders and what is no article by its suffix or its first bytes
 * are passed over; nothing is ever written to disk, so a member's path can do no harm. */
#include "page/unpack/parts.h"

#include "base/utf8.h"

#include <archive.h>
#include <archive_entry.h>
#include <locale.h>
#include <string.h>

enum { BLOCK = 1 << 16, ARCHIVE_MAX = 256 << 20, NAME_MAX_BYTES = 1024 };

/* Names of an archive's members, and what they tell of it. */
struct survey {
    struct arena memory;
    struct map names;
    size_t n, size;   /* members, and bytes as the headers say */
    bool web_archive; /* WACZ: the pages are in archive/, the rest is about them */
    bool document;    /* an office file or an e-book */
};

static struct archive *open_archive(const char *path, struct str bytes)
{
    struct archive *in = archive_read_new();
    archive_read_support_filter_gzip(in);
    archive_read_support_format_zip(in);
    archive_read_support_format_tar(in);
    int code = path ? archive_read_open_filename(in, path, BLOCK)
                    : archive_read_open_memory(in, bytes.p, bytes.n);
    if (code >= ARCHIVE_WARN)
        return in;
    archive_read_free(in);
    return NULL;
}

/* The next header; what libarchive only warns of is read all the same. */
static bool next_entry(struct archive *in, struct archive_entry **entry, bool *damaged)
{
    int code = archive_read_next_header(in, entry);
    *damaged = code < ARCHIVE_WARN;
    return code == ARCHIVE_OK || code == ARCHIVE_WARN;
}

/* The member's path in UTF-8. */
static struct str entry_name(struct arena *a, struct archive_entry *entry)
{
    const char *name = archive_entry_pathname_utf8(entry);
    if (!name)
        name = archive_entry_pathname(entry);
    struct str s = str_of(name ? name : "");
    s = utf8_repair(a, arena_str(a, str_slice(s, 0, NAME_MAX_BYTES)));
    while (str_starts(s, S("./")))
        s = str_slice(s, 2, s.n);
    return s;
}

static bool is_hidden(struct str name)
{
    return str_starts(name, S("__MACOSX/")) || str_starts(name, S(".")) ||
           str_contains(name, S("/.")) || str_ends(name, S("/"));
}

/* "../../page.html": nothing is written to disk, but no honest archive has such a member. */
static bool leads_out(struct str name)
{
    for (size_t at = 0; (at = str_find(name, S(".."), at)) != STR_NONE; at += 2) {
        char before = at ? name.p[at - 1] : '/', behind = at + 2 < name.n ? name.p[at + 2] : '/';
        if (strchr("/\\", before) && strchr("/\\", behind))
            return true;
    }
    return false;
}

static bool is_file(struct archive_entry *entry)
{
    return archive_entry_filetype(entry) == AE_IFREG && !archive_entry_hardlink(entry);
}

/* May it hold an article? What its suffix does not tell, its first bytes will (give_member). */
static bool is_wanted(const struct survey *s, struct archive_entry *entry, struct str name)
{
    if (!is_file(entry) || is_hidden(name))
        return false;
    if (s->web_archive)
        return str_starts(name, S("archive/"));
    return !name_is_part(&s->names, name);
}

static void note_name(struct survey *s, struct str name)
{
    s->n++;
    name_add(&s->memory, &s->names, name);
    s->web_archive |= str_eq(name, S("datapackage.json"));
    s->document |= str_eq(name, S("[Content_Types].xml")) || str_eq(name, S("mimetype"));
}

/* Did the headers and what is skipped alone unpack to too much? */
static bool is_bomb(const struct unpacking *u, struct archive *in, size_t said)
{
    size_t out = (size_t)archive_filter_bytes(in, 0) + said;
    return out > u->source->most || (out > UNPACK_FREE && out / UNPACK_RATIO > u->in);
}

/* Only until the headers say more than may come out: skipping would unpack it. */
static void survey_names(const struct unpacking *u, struct archive *in, struct survey *s)
{
    struct archive_entry *entry;
    bool damaged;
    while (s->n <= UNPACK_MEMBERS && next_entry(in, &entry, &damaged)) {
        bool zip = archive_format(in) == ARCHIVE_FORMAT_ZIP;
        struct str name = entry_name(&s->memory, entry);
        if (name.n)
            note_name(s, name);
        if (!zip && is_bomb(u, in, (size_t)archive_entry_size(entry)))
            return;
    }
}

/* --------------------------------------------------------------------------------------- members
 */

/* All of a member into *out, or nothing where neither its name nor its first bytes are those of an
 * article. The problem is NULL, or why it cannot be read. */
static const char *read_member(struct unpacking *u, struct archive *in, struct str name,
                               struct buf *out)
{
    bool archive = false; /* which may be larger than what one article's file can be */
    for (;;) {
        ssize_t got = archive_read_data(in, buf_reserve(out, BLOCK), BLOCK);
        if (got == 0)
            return NULL;
        if (got < 0)
            return "it is damaged or cut off in the archive";
        out->n += (size_t)got;
        struct str head = buf_str(out);
        if (out->n == (size_t)got && !name_is_readable(name) && !head_is_readable(head)) {
            out->n = 0;
            return NULL;
        }
        if (out->n == (size_t)got)
            archive = unpack_kind(str_slice(head, 0, 512), name, S("")) == UNPACK_ARCHIVE;
        if (!unpack_count(u, name, (size_t)got))
            return NULL;
        if (out->n > (archive ? ARCHIVE_MAX : UNPACK_MEMBER))
            return archive ? "it is larger than 256 MB" : "it is larger than 16 MB";
    }
}

/* False if it is no article. */
static bool give_member(struct unpacking *u, struct archive *in, struct archive_entry *entry,
                        struct str name, int level)
{
    struct buf bytes = {0};
    bool known = name_is_readable(name);
    if (archive_entry_is_encrypted(entry)) {
        if (known)
            unpack_problem(u, name, "it is locked with a password");
        return known;
    }
    const char *problem = read_member(u, in, name, &bytes);
    bool given = known || bytes.n;
    if (problem && given) {
        unpack_problem(u, name, problem);
    } else if (!u->ended && given) {
        struct unpack_member m = {
            .name = name, .bytes = buf_str(&bytes), .content_type = name_content_type(name)};
        unpack_member(u, &m, level);
    }
    buf_finish(&bytes);
    return given;
}

static struct str join(struct arena *a, struct str outer, struct str inner)
{
    return arena_fmt(a, "%.*s/%.*s", STR_ARG(outer), STR_ARG(inner));
}

static void give_members(struct unpacking *u, struct archive *in, const struct survey *s,
                         struct str outer, int level)
{
    struct arena one = {0};
    struct archive_entry *entry;
    size_t seen = 0, given = 0;
    bool damaged = false;
    while (!u->ended && next_entry(in, &entry, &damaged)) {
        arena_reset(&one);
        struct str name = entry_name(&one, entry);
        bool passed_over = false;
        if (++seen > UNPACK_MEMBERS) {
            unpack_problem(u, outer, "the rest is left out: there are more than 100,000 members");
            u->ended = true;
        } else if (is_file(entry) && leads_out(name)) {
            given++;
            unpack_problem(u, join(&one, outer, name),
                           "its name leads out of the archive, so it is not read");
        } else if (is_wanted(s, entry, name)) {
            passed_over = !give_member(u, in, entry, join(&one, outer, name), level);
            given += !passed_over;
        } else {
            passed_over = true;
        }
        /* what is passed over in a tar has to be unpacked all the same */
        if (passed_over && archive_format(in) != ARCHIVE_FORMAT_ZIP)
            unpack_count(u, outer, (size_t)archive_entry_size(entry));
        if (!u->ended && archive_format(in) != ARCHIVE_FORMAT_ZIP && is_bomb(u, in, 0)) {
            unpack_problem(u, outer,
                           "the rest is left out: more came out of it than is read at once");
            u->ended = true;
        }
    }
    if (!u->ended && damaged)
        unpack_problem(u, outer,
                       given ? "the archive is damaged or cut off; what stands before is read"
                             : "the archive is damaged or cut off");
    else if (!u->ended && given == 0)
        unpack_problem(u, outer, "there is no page, text, feed or table in the archive");
    arena_finish(&one);
}

/* ------------------------------------------------------------------------- one compressed file */

/* The one file in a gzip. */
static void give_single(struct unpacking *u, struct stream *s, struct str name, int level)
{
    struct buf bytes = {0};
    while (stream_fill(s) && bytes.n <= UNPACK_MEMBER && unpack_count(u, name, s->n)) {
        buf_add(&bytes, (struct str){s->p, s->n});
        s->n = 0;
    }
    struct str inner = name;
    if (name.n > 3 && str_eq_case(str_slice(name, name.n - 3, name.n), S(".gz")))
        inner.n -= 3;
    struct unpack_member m = {
        .name = inner, .bytes = buf_str(&bytes), .content_type = name_content_type(inner)};
    if (s->failed)
        m.problem = S("it is damaged or cut off");
    else if (bytes.n > UNPACK_MEMBER)
        m.problem = S("it is larger than 16 MB unpacked");
    if (!u->ended)
        unpack_member(u, &m, level);
    buf_finish(&bytes);
}

static void give_archive(struct unpacking *u, const char *path, struct str bytes, struct str name,
                         int level)
{
    struct survey s = {0};
    /* libarchive turns members' names into the locale's encoding: it shall be UTF-8, here only. */
    locale_t utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0), before = uselocale(utf8);
    struct archive *in = open_archive(path, bytes);
    if (in)
        survey_names(u, in, &s);
    if (in)
        archive_read_free(in);
    in = in ? open_archive(path, bytes) : NULL;
    if (!in)
        unpack_problem(u, name, "the archive is damaged or cannot be opened");
    else if (s.document)
        unpack_problem(u, name,
                       "it is an office document or an e-book, which is not read; save it "
                       "as HTML, PDF or text");
    else
        give_members(u, in, &s, name, level);
    if (in)
        archive_read_free(in);
    uselocale(before);
    if (utf8)
        freelocale(utf8);
    arena_finish(&s.memory);
}

bool unpack_archive(struct unpacking *u, const char *path, struct str bytes, struct str name,
                    int level)
{
    struct stream s;
    if (!stream_open(&s, path, bytes))
        return unpack_problem(u, name, "it cannot be opened");
    stream_fill(&s);
    struct str head = {s.p, s.n};
    if (str_starts(head, S("PK")) || str_eq(str_slice(head, 257, 262), S("ustar"))) {
        stream_close(&s);
        give_archive(u, path, bytes, name, level);
        return !u->ended;
    }
    if (str_starts(head, S("WARC/")))
        unpack_warc(u, &s, name);
    else
        give_single(u, &s, name, level);
    stream_close(&s);
    return !u->ended;
}
