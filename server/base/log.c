/* Lines for people or as JSON, made in memory and written with one call, so that lines of several
 * threads never run into each other. */
#include "base/log.h"

#include "base/utf8.h"

#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

static atomic_bool json_wanted;

void log_as_json(bool on)
{
    atomic_store(&json_wanted, on);
}

static void write_time(struct json *j)
{
    char text[32];
    struct timespec now;
    struct tm utc;
    clock_gettime(CLOCK_REALTIME, &now);
    gmtime_r(&now.tv_sec, &utc);
    size_t n = strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S", &utc);
    snprintf(text + n, sizeof text - n, ".%03dZ", (int)(now.tv_nsec / 1000000 % 1000));
    json_field_str(j, "time", str_of(text));
}

/* One line stays one line, whatever stands in it. */
static struct str clean(struct arena *a, struct str text)
{
    struct str repaired = arena_str(a, utf8_repair(a, text));
    char *p = (char *)(uintptr_t)repaired.p;
    for (size_t i = 0; i < repaired.n; i++)
        if ((unsigned char)p[i] < ' ' || p[i] == 0x7f)
            p[i] = ' ';
    return repaired;
}

struct log log_begin(enum log_level level, const char *event, struct str message)
{
    static const char *const levels[] = {"note", "warning", "error"};
    struct log l = {.as_json = atomic_load(&json_wanted)};
    struct arena a = {0};
    struct str sentence = clean(&a, message);
    if (l.as_json) {
        l.json = json_begin(&l.line);
        json_object(&l.json);
        write_time(&l.json);
        json_field_str(&l.json, "level", str_of(levels[level]));
        json_field_str(&l.json, "event", str_of(event));
        json_field_str(&l.json, "message", sentence);
    } else {
        buf_fmt(&l.line, "synoptic: %.*s", STR_ARG(sentence));
    }
    arena_finish(&a);
    return l;
}

/* The name of a field in a line for people. */
static void lead(struct log *l, const char *name)
{
    buf_fmt(&l->line, "%s%s ", l->has_field ? ", " : " (", name);
    l->has_field = true;
}

/* The buffer moves with the struct that log_begin returned. */
static struct json *writer(struct log *l)
{
    l->json.out = &l->line;
    return &l->json;
}

void log_int(struct log *l, const char *name, int64_t value)
{
    if (l->as_json) {
        json_field_int(writer(l), name, value);
        return;
    }
    lead(l, name);
    buf_fmt(&l->line, "%lld", (long long)value);
}

void log_str(struct log *l, const char *name, struct str value)
{
    struct arena a = {0};
    struct str text = clean(&a, value);
    if (l->as_json) {
        json_field_str(writer(l), name, text);
    } else {
        lead(l, name);
        buf_add(&l->line, text);
    }
    arena_finish(&a);
}

void log_end(struct log *l)
{
    if (l->as_json)
        json_end_object(writer(l));
    else if (l->has_field)
        buf_char(&l->line, ')');
    buf_char(&l->line, '\n');
    ssize_t written = write(STDERR_FILENO, l->line.p, l->line.n);
    (void)written;
    buf_finish(&l->line);
}

void log_event(enum log_level level, const char *event, const char *format, ...)
{
    char message[400];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    struct log l = log_begin(level, event, str_of(message));
    log_end(&l);
}
