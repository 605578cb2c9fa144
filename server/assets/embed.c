/* Build tool: packs files into the binary.
 *
 *   embed NAME OUT.c OUT.S OUT.bin [--gzip] KEY=PATH...
 *
 * OUT.bin holds the files' bytes one after the other, each followed by a zero byte (with --gzip
 * also a compressed copy of those that gain by it); OUT.S pulls it in by .incbin; OUT.c is the
 * table `const struct embedded NAME[]` of assets/assets.h, sorted by key and closed by a NULL key.
 * A key that is given again takes the later path. The etag is FNV-1a over the bytes: it only has
 * to change when they do. */
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum { SMALLEST_GAIN = 100 };

struct entry {
    const char *key, *path;
    size_t at, n, gz_at, gz_n;
    uint64_t hash;
};

static void die(const char *what)
{
    fprintf(stderr, "embed: %s: %s\n", what, strerror(errno));
    exit(1);
}

static unsigned char *slurp(const char *path, size_t *n)
{
    FILE *f = fopen(path, "rb");
    if (!f || fseek(f, 0, SEEK_END) != 0)
        die(path);
    long size = ftell(f);
    rewind(f);
    unsigned char *bytes = malloc((size_t)size + 1);
    if (!bytes || fread(bytes, 1, (size_t)size, f) != (size_t)size)
        die(path);
    fclose(f);
    *n = (size_t)size;
    return bytes;
}

static unsigned char *gzip(const unsigned char *bytes, size_t n, size_t *out_n)
{
    z_stream z = {0};
    if (deflateInit2(&z, 9, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY) != Z_OK)
        die("deflate");
    size_t cap = deflateBound(&z, (uLong)n) + 32;
    unsigned char *out = malloc(cap);
    if (!out)
        die("memory");
    z.next_in = (unsigned char *)(uintptr_t)bytes;
    z.avail_in = (uInt)n;
    z.next_out = out;
    z.avail_out = (uInt)cap;
    if (deflate(&z, Z_FINISH) != Z_STREAM_END)
        die("deflate");
    *out_n = z.total_out;
    deflateEnd(&z);
    return out;
}

static size_t append(FILE *out, const unsigned char *bytes, size_t n, size_t *at)
{
    size_t start = *at;
    if (fwrite(bytes, 1, n, out) != n || fputc(0, out) == EOF)
        die("write");
    *at += n + 1;
    for (; *at % 64; (*at)++) /* weights want to be aligned */
        if (fputc(0, out) == EOF)
            die("write");
    return start;
}

static void pack(FILE *bin, struct entry *e, int with_gzip, size_t *at)
{
    unsigned char *bytes = slurp(e->path, &e->n);
    e->hash = UINT64_C(14695981039346656037);
    for (size_t i = 0; i < e->n; i++)
        e->hash = (e->hash ^ bytes[i]) * UINT64_C(1099511628211);
    e->at = append(bin, bytes, e->n, at);
    if (with_gzip) {
        unsigned char *gz = gzip(bytes, e->n, &e->gz_n);
        if (e->gz_n + SMALLEST_GAIN < e->n)
            e->gz_at = append(bin, gz, e->gz_n, at);
        else
            e->gz_n = 0;
        free(gz);
    }
    free(bytes);
}

static int by_key(const void *a, const void *b)
{
    return strcmp(((const struct entry *)a)->key, ((const struct entry *)b)->key);
}

static void add(struct entry *entries, size_t *n, struct entry one)
{
    size_t at = 0;
    while (at < *n && strcmp(entries[at].key, one.key) != 0)
        at++;
    entries[at] = one;
    *n += at == *n;
}

static void write_sources(const char *name, char **out, const struct entry *e, size_t n)
{
    FILE *c = fopen(out[0], "w"), *s = fopen(out[1], "w");
    if (!c || !s)
        die("output");
    fprintf(
        s,
        ".section .rodata\n.balign 64\n.globl %s_blob\n.hidden %s_blob\n%s_blob:\n.incbin \"%s\"\n",
        name, name, name, out[2]);
    fprintf(s, ".section .note.GNU-stack,\"\",%%progbits\n");
    fprintf(c,
            "#include \"assets/assets.h\"\n\nextern const char %s_blob[];\n\nconst struct embedded "
            "%s[] = {\n",
            name, name);
    for (size_t i = 0; i < n; i++) {
        fprintf(c, "    {\"%s\", {%s_blob + %zu, %zu}, ", e[i].key, name, e[i].at, e[i].n);
        if (e[i].gz_n)
            fprintf(c, "{%s_blob + %zu, %zu}, ", name, e[i].gz_at, e[i].gz_n);
        else
            fprintf(c, "{0, 0}, ");
        fprintf(c, "\"%016llx\"},\n", (unsigned long long)e[i].hash);
    }
    fprintf(c, "    {0, {0, 0}, {0, 0}, 0},\n};\n");
    if (fclose(c) != 0 || fclose(s) != 0)
        die("output");
}

int main(int argc, char **argv)
{
    if (argc < 5) {
        fputs("usage: embed NAME OUT.c OUT.S OUT.bin [--gzip] KEY=PATH...\n", stderr);
        return 2;
    }
    int with_gzip = argc > 5 && strcmp(argv[5], "--gzip") == 0;
    struct entry *entries = calloc((size_t)argc, sizeof *entries);
    FILE *bin = fopen(argv[4], "wb");
    if (!entries || !bin)
        die(argv[4]);
    size_t n = 0, at = 0;
    for (int i = 5 + with_gzip; i < argc; i++) {
        char *equals = strchr(argv[i], '=');
        if (!equals)
            die(argv[i]);
        *equals = 0;
        add(entries, &n, (struct entry){.key = argv[i], .path = equals + 1});
    }
    qsort(entries, n, sizeof *entries, by_key);
    for (size_t i = 0; i < n; i++)
        pack(bin, &entries[i], with_gzip, &at);
    if (fclose(bin) != 0)
        die(argv[4]);
    write_sources(argv[1], argv + 2, entries, n);
    free(entries);
    return 0;
}
