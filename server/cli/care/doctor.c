/* `synoptic doctor`: what is wrong with an installation, a line a topic, with what to do about it.
 * Nothing is changed. "wrong" is what keeps the program from working (exit code 1), "advice" what
 * makes it work less well or less safely. */
#include "cli/care/care.h"

#include "base/day.h"
#include "base/sandbox.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/vfs.h>
#include <time.h>
#include <unistd.h>

enum level { FINE, ADVICE, WRONG };

struct doctor {
    struct arena *a;
    const struct config *config;
    const char *db;
    const char *said;  /* the same for people to read */
    struct str folder; /* that the store lies in */
    struct buf out;
    struct json json;
    bool as_json;
    int wrong;
};

static void say(struct doctor *d, enum level level, const char *topic, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

static void say(struct doctor *d, enum level level, const char *topic, const char *format, ...)
{
    static const char *const names[] = {"ok", "advice", "wrong"};
    char text[600];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    d->wrong += level == WRONG;
    if (!d->as_json) {
        printf("%-7s %-9s %s\n", names[level], topic, text);
        return;
    }
    json_object(&d->json);
    json_field_str(&d->json, "level", str_of(names[level]));
    json_field_str(&d->json, "topic", str_of(topic));
    json_field_str(&d->json, "finding", utf8_repair(d->a, str_of(text)));
    json_end_object(&d->json);
}

/* ------------------------------------------------------------------------------------ the store */

static void look_inside(struct doctor *d, struct store *store)
{
    struct store_counters n = {0};
    struct str findings = {0};
    struct err err = {0};
    if (!store_count(store, &n, &err) || !store_verify(store, d->a, &findings, &err))
        say(d, WRONG, "store", "%s", err.message);
    else if (findings.n)
        say(d, WRONG, "store", "damaged, restore a backup: %.*s", STR_ARG(findings));
    else
        say(d, FINE, "store", "%s: sound, %lld articles in %lld stories, %lld MB", d->said,
            (long long)n.articles, (long long)n.stories, (long long)(n.file_bytes >> 20));
    if (n.queued)
        say(d, ADVICE, "queue", "%lld items wait to be imported: is a server running?",
            (long long)n.queued);
}

static void look_at_store(struct doctor *d)
{
    struct store *store = NULL;
    struct err err = {0};
    struct stat at;
    if (!strstr(d->db, "://") && stat(d->db, &at) != 0) {
        say(d, errno == ENOENT ? FINE : WRONG, "store", "%s: %s", d->said,
            errno == ENOENT ? "not there yet; it is made when it is first used" : strerror(errno));
        return;
    }
    struct store_options options = {.path = d->db, .read_only = true, .readers = 1};
    if (!store_open(&options, &store, &err))
        say(d, WRONG, "store", "%s: %s", d->said, err.message);
    else
        look_inside(d, store);
    store_close(store);
}

/* On a shared folder of another machine SQLite's shared memory and locks do not hold. */
static bool is_remote(const char *folder)
{
    static const long remote[] = {0x6969 /* NFS */, 0xff534d42 /* CIFS */, 0xfe534d42 /* SMB2 */,
                                  0x517b /* SMB */, 0x564c /* NCP */,      0x6b414653 /* AFS */};
    struct statfs fs;
    if (statfs(folder, &fs) != 0)
        return false;
    for (size_t i = 0; i < sizeof remote / sizeof *remote; i++)
        if ((unsigned long)fs.f_type == (unsigned long)remote[i])
            return true;
    return false;
}

static void look_at_folder(struct doctor *d)
{
    struct statvfs disk;
    struct stat at;
    if (access(d->folder.p, W_OK) != 0)
        say(d, WRONG, "folder", "%s cannot be written (%s): stores are only read there",
            d->folder.p, strerror(errno));
    else if (is_remote(d->folder.p))
        say(d, WRONG, "folder", "%s is another machine's: keep the store on a local disk",
            d->folder.p);
    else if (stat(d->db, &at) == 0 && (at.st_mode & 022))
        say(d, ADVICE, "folder", "others may write to the store: chmod go-w %s", d->db);
    else
        say(d, FINE, "folder", "%s can be written", d->folder.p);
    if (statvfs(d->folder.p, &disk) != 0)
        return;
    uint64_t mb = (uint64_t)disk.f_bavail * disk.f_frsize >> 20;
    uint64_t store = stat(d->db, &at) == 0 ? (uint64_t)at.st_size >> 20 : 0;
    enum level level = mb < 50 ? WRONG : mb < 500 || mb < 2 * store ? ADVICE : FINE;
    say(d, level, "space", "%llu MB are free%s", (unsigned long long)mb,
        level == FINE ? "" : ": too little for a copy of the store or for a large import");
}

static void look_at_backups(struct doctor *d)
{
    const char *folder = care_folder(d->a, d->config, d->db);
    struct stat at;
    if (!folder) {
        say(d, ADVICE, "backups", "none are made here: see to it that the store is copied");
        return;
    }
    int32_t newest = store_copies_newest(folder), today = (int32_t)(time(NULL) / 86400);
    if (newest == NO_DAY)
        say(d, stat(d->db, &at) == 0 ? ADVICE : FINE, "backups",
            "none in %s yet; a running server makes one a day", folder);
    else if (today - newest > 7)
        say(d, ADVICE, "backups", "the newest in %s is %d days old", folder, today - newest);
    else
        say(d, FINE, "backups", "the newest in %s is %d days old", folder, today - newest);
}

/* ------------------------------------------------------------------------------ the surroundings
 */

static bool is_in_path(struct arena *a, const char *program)
{
    const char *path = getenv("PATH");
    struct str rest = str_of(path ? path : "/usr/local/bin:/usr/bin:/bin"), folder;
    while (str_split(&rest, ':', &folder))
        if (folder.n && access(arena_fmt(a, "%.*s/%s", STR_ARG(folder), program).p, X_OK) == 0)
            return true;
    return false;
}

static void look_at_helpers(struct doctor *d)
{
    bool pdf = is_in_path(d->a, "pdftotext");
    say(d, pdf ? FINE : ADVICE, "pdf",
        pdf ? "pdftotext is there" : "PDF cannot be read: install poppler-utils");
    static const char *const bundles[] = {"/etc/ssl/certs/ca-certificates.crt",
                                          "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/cert.pem"};
    bool certificates = false;
    for (size_t i = 0; i < sizeof bundles / sizeof *bundles; i++)
        certificates = certificates || access(bundles[i], R_OK) == 0;
    say(d, certificates ? FINE : ADVICE, "https",
        certificates ? "certificates are there"
                     : "pages behind https cannot be fetched: install ca-certificates");
}

static void look_at_limits(struct doctor *d)
{
    struct rlimit files;
    if (getrlimit(RLIMIT_NOFILE, &files) == 0)
        say(d, files.rlim_max < 1536 ? ADVICE : FINE, "files", "%llu files may be open at once%s",
            (unsigned long long)files.rlim_max,
            files.rlim_max < 1536 ? ": not enough for 1,024 connections (ulimit -n)" : "");
    time_t now = time(NULL);
    struct tm utc;
    gmtime_r(&now, &utc);
    bool set = utc.tm_year + 1900 >= 2025 && utc.tm_year + 1900 < 2100;
    say(d, set ? FINE : WRONG, "clock", "it is %04d-%02d-%02d%s", utc.tm_year + 1900,
        utc.tm_mon + 1, utc.tm_mday, set ? "" : ": set the clock, days of articles follow it");
}

/* Whoever listens on loopback at the port: 0 nobody, else errno of trying to listen there. */
static int try_port(unsigned port)
{
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), yes = 1;
    if (fd < 0)
        return errno;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    int problem = bind(fd, (struct sockaddr *)&at, sizeof at) == 0 ? 0 : errno;
    close(fd);
    return problem;
}

static void look_at_port(struct doctor *d)
{
    long port = 8080, status = 0;
    struct err err = {0};
    if (!config_number(d->config, OPT_PORT, (struct number_range){0, 65535}, &port, &err)) {
        say(d, WRONG, "port", "%s", err.message);
        return;
    }
    int problem = try_port((unsigned)port);
    if (problem == EADDRINUSE && cli_ask_health(d->a, d->config, port, &status))
        say(d, status == 200 ? FINE : ADVICE, "port",
            status == 200 ? "a well server answers at %ld"
                          : "the server at %ld says it is not well",
            port);
    else if (problem)
        say(d, WRONG, "port", "%ld cannot be listened at (%s): choose another with --port", port,
            strerror(problem));
    else
        say(d, FINE, "port", "%ld is free", port);
}

/* Last: there is no way back out of it. */
static void look_at_sandbox(struct doctor *d)
{
    const char *writable[] = {d->folder.p, NULL}, *readable[] = {NULL};
    sandbox_enter(writable, readable);
    struct sandbox box = sandbox_state();
    bool all = box.landlock && box.seccomp;
    say(d, all ? FINE : ADVICE, "sandbox", "landlock %s, seccomp %s%s",
        box.landlock ? "works" : "missing", box.seccomp ? "works" : "missing",
        all ? "" : ": a mistake in the server would reach further than it must");
}

bool run_doctor(struct arena *a, const struct config *config, struct err *err)
{
    struct doctor d = {.a = a, .config = config, .as_json = config_on(config, OPT_JSON)};
    if (!cli_store_path(a, config, &d.db, err))
        return false;
    d.said = store_said(a, d.db).p;
    const char *slash = strrchr(d.db, '/');
    d.folder = slash ? arena_fmt(a, "%.*s", (int)(slash - d.db + 1), d.db) : S(".");
    d.json = json_begin(&d.out);
    json_array(&d.json);
    look_at_store(&d);
    if (!strstr(d.db, "://")) {
        look_at_folder(&d);
        look_at_backups(&d);
    }
    look_at_helpers(&d);
    look_at_limits(&d);
    look_at_port(&d);
    look_at_sandbox(&d);
    json_end_array(&d.json);
    if (d.as_json)
        printf("%.*s\n", STR_ARG(buf_str(&d.out)));
    buf_finish(&d.out);
    return !d.wrong ||
           fail(err, ERR_IO, "%d %s wrong", d.wrong, d.wrong == 1 ? "thing is" : "things are");
}
