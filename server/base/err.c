/* Errors: see err.h. */
#include "base/err.h"

#include <stdarg.h>
#include <stdio.h>

bool fail(struct err *err, enum err_kind kind, const char *format, ...)
{
    if (!err)
        return false;
    va_list args;
    va_start(args, format);
    err->kind = kind;
    vsnprintf(err->message, sizeof err->message, format, args);
    va_end(args);
    return false;
}

const char *err_name(enum err_kind kind)
{
    static const char *const names[ERR_COUNT] = {
        [ERR_NONE] = "none",           [ERR_INVALID] = "invalid",
        [ERR_USAGE] = "usage",         [ERR_DENIED] = "denied",
        [ERR_MISSING] = "missing",     [ERR_CONFLICT] = "conflict",
        [ERR_TOO_LARGE] = "too-large", [ERR_UNSUPPORTED] = "unsupported",
        [ERR_READ_ONLY] = "read-only", [ERR_BUSY] = "busy",
        [ERR_TIMEOUT] = "timeout",     [ERR_FULL] = "full",
        [ERR_REMOTE] = "remote",       [ERR_IO] = "io",
        [ERR_INTERNAL] = "internal",
    };
    return kind >= 0 && kind < ERR_COUNT ? names[kind] : "internal";
}
