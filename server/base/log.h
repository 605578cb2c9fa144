/* What a long-running program tells whoever looks after it: a line an event on standard error,
 * whole in one write. For people "synoptic: SENTENCE (name value, ...)"; as JSON one object a line,
 * with "time" (RFC 3339, UTC), "level", "event" (a fixed word to filter by), "message" and the
 * fields.
 *
 * Logs are kept and passed on, so nothing of what people read, write or look for belongs into one:
 * no titles, names, words, addresses or files; ids, counts, durations and SQL without its values
 * do. */
#ifndef BASE_LOG_H
#define BASE_LOG_H

#include "base/json.h"

enum log_level { LOG_NOTE, LOG_WARNING, LOG_ERROR };

/* For the whole program: from now on as JSON, or for people (at first). */
void log_as_json(bool on);

/* A line being made:
 *
 *     struct log l = log_begin(LOG_WARNING, "slow_request", S("a request took long"));
 *     log_int(&l, "ms", ms);
 *     log_end(&l); */
struct log {
    struct buf line;
    struct json json;
    bool as_json, has_field;
};
struct log log_begin(enum log_level level, const char *event, struct str message);
void log_int(struct log *l, const char *name, int64_t value);
/* The text is made valid UTF-8; control characters become blanks. */
void log_str(struct log *l, const char *name, struct str value);
/* Writes the line. What cannot be written is lost: nobody could be told. */
void log_end(struct log *l);

/* A whole line without fields. */
void log_event(enum log_level level, const char *event, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
