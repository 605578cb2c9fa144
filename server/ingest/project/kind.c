/* What kind of file it is, and the files of archives. */
#include "ingest/project/taking.h"

#include <archive.h>
#include <archive_entry.h>
#include <string.h>

enum { LARGEST = 64 << 20, MOST_FILES = 100000, RATIO = 200 };

/* One file's bytes; false where they cannot be read, are too many, or come of too few. */
static bool read_file(struct archive *in, size_t packed, struct buf *out, size_t *total)
{
    out->n = 0;
    for (;;) {
        enum { PIECE = 64 << 10 };
        la_ssize_t n = archive_read_data(in, buf_reserve(out, PIECE), PIECE);
        if (n <= 0)
            return n == 0;
        out->n += (size_t)n;
        *total += (size_t)n;
        if (out->n > LARGEST || *total / RATIO > packed + LARGEST / RATIO)
            return false;
    }
}

bool reading_archive(struct str bytes, bool (*take)(void *to, const struct archive_file *file),
                     void *to, struct err *err)
{
    struct archive *in = archive_read_new();
    struct archive_entry *entry;
    struct buf content = {0};
    size_t files = 0, total = 0;
    bool ok = true, more = true;
    archive_read_support_format_zip(in);
    archive_read_support_format_tar(in);
    archive_read_support_filter_gzip(in);
    if (archive_read_open_memory(in, bytes.p, bytes.n) != ARCHIVE_OK)
        ok = fail(err, ERR_UNSUPPORTED, "the archive cannot be read");
    while (ok && more && archive_read_next_header(in, &entry) == ARCHIVE_OK) {
        const char *name = archive_entry_pathname(entry);
        if (!name || archive_entry_filetype(entry) != AE_IFREG)
            continue;
        if (++files > MOST_FILES || !read_file(in, bytes.n, &content, &total))
            ok = fail(err, ERR_TOO_LARGE, "the archive is damaged or holds too much");
        else
            more = take(to, &(struct archive_file){str_of(name), buf_str(&content)});
    }
    archive_read_free(in);
    buf_finish(&content);
    return ok;
}

static bool look(void *to, const struct archive_file *file)
{
    enum project_kind *kind = to;
    if (str_eq(file->name, S("project.qde")))
        *kind = PROJECT_REFI;
    else if (str_ends(file->name, S(".ann")))
        *kind = PROJECT_BRAT;
    return *kind == PROJECT_NONE;
}

static bool is_archive(struct str bytes)
{
    return str_starts(bytes, S("PK\3\4")) || str_starts(bytes, S("\x1f\x8b")) ||
           (bytes.n > 262 && memcmp(bytes.p + 257, "ustar", 5) == 0);
}

enum project_kind ingest_project_kind(struct str bytes)
{
    enum project_kind kind = PROJECT_NONE;
    struct err ignored = {0};
    struct str head = str_trim(str_slice(bytes, 0, 4096));
    if (store_project_likely(bytes))
        return PROJECT_DNA;
    if (is_archive(bytes))
        return reading_archive(bytes, look, &kind, &ignored) ? kind : PROJECT_NONE;
    bool json = head.n && (head.p[0] == '{' || head.p[0] == '[');
    bool notes =
        str_contains(head, S("www.w3.org/ns/anno")) || str_contains(head, S("TextQuoteSelector"));
    return json && notes ? PROJECT_ANNOTATIONS : PROJECT_NONE;
}
