/* Archives for tests: see packed.h. */
#include "support/packed.h"

#include "support/support.h"

#include <archive.h>
#include <archive_entry.h>
#include <locale.h>
#include <stdlib.h>
#include <zlib.h>

static void set_format(struct archive *out, enum packed_kind kind)
{
    if (kind == PACKED_TAR || kind == PACKED_TAR_GZ)
        archive_write_set_format_ustar(out);
    else
        archive_write_set_format_zip(out);
    if (kind == PACKED_TAR_GZ)
        archive_write_add_filter_gzip(out);
    if (kind == PACKED_ZIP_STORED)
        archive_write_set_options(out, "zip:compression=store");
    if (kind == PACKED_ZIP_LOCKED) {
        archive_write_set_options(out, "zip:encryption=traditional");
        archive_write_set_passphrase(out, "secret");
    }
}

struct str packed_make(struct arena *a, enum packed_kind kind, const struct packed_file *files,
                       size_t n)
{
    size_t room = 1 << 20, used = 0;
    for (size_t i = 0; i < n; i++)
        room += files[i].bytes.n + 1024 + 2 * files[i].name.n;
    char *memory = malloc(room);
    struct archive *out = archive_write_new();
    struct archive_entry *entry = archive_entry_new();
    locale_t utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0), before = uselocale(utf8);
    set_format(out, kind);
    ck_assert_int_eq(archive_write_open_memory(out, memory, room, &used), ARCHIVE_OK);
    for (size_t i = 0; i < n; i++) {
        archive_entry_clear(entry);
        archive_entry_set_pathname(entry, arena_str(a, files[i].name).p);
        archive_entry_set_size(entry, (la_int64_t)files[i].bytes.n);
        archive_entry_set_filetype(entry, AE_IFREG);
        archive_entry_set_perm(entry, 0644);
        ck_assert_msg(archive_write_header(out, entry) == ARCHIVE_OK, "%s",
                      archive_error_string(out));
        archive_write_data(out, files[i].bytes.p, files[i].bytes.n);
    }
    ck_assert_int_eq(archive_write_close(out), ARCHIVE_OK);
    archive_write_free(out);
    archive_entry_free(entry);
    uselocale(before);
    freelocale(utf8);
    struct str bytes = arena_str(a, (struct str){memory, used});
    free(memory);
    return bytes;
}

struct str packed_gzip(struct arena *a, struct str bytes)
{
    size_t room = compressBound(bytes.n) + 64;
    char *out = arena_alloc(a, room);
    z_stream z = {.next_in = (Bytef *)(uintptr_t)bytes.p,
                  .avail_in = (uInt)bytes.n,
                  .next_out = (Bytef *)out,
                  .avail_out = (uInt)room};
    deflateInit2(&z, 6, Z_DEFLATED, MAX_WBITS + 16, 8, Z_DEFAULT_STRATEGY);
    ck_assert_int_eq(deflate(&z, Z_FINISH), Z_STREAM_END);
    size_t n = z.total_out;
    deflateEnd(&z);
    return (struct str){out, n};
}

static struct str join(struct arena *a, struct str head, struct str body, struct str end)
{
    char *out = arena_alloc(a, head.n + body.n + end.n + 1);
    struct str parts[] = {head, body, end};
    size_t n = 0;
    for (size_t i = 0; i < 3; i++)
        for (size_t k = 0; k < parts[i].n; k++)
            out[n++] = parts[i].p[k];
    return (struct str){out, n};
}

struct str packed_record(struct arena *a, const char *type, const char *url,
                         const char *content_type, struct str block)
{
    struct str head = arena_fmt(a,
                                "WARC/1.1\r\nWARC-Type: %s\r\nWARC-Target-URI: %s\r\n"
                                "WARC-Date: 2025-04-23T10:00:00Z\r\nContent-Type: %s\r\n"
                                "Content-Length: %zu\r\n\r\n",
                                type, url, content_type, block.n);
    return join(a, head, block, S("\r\n\r\n"));
}

struct str packed_answer(struct arena *a, const char *head, struct str body)
{
    return join(a, arena_fmt(a, "HTTP/1.1 200 OK\r\n%s\r\n", head), body, S(""));
}
