/* Looking formats up: see export.h, which holds their table. */
#include "export/export.h"

#define EXPORT_ROW(name, suffix, type, lists, kind, about)                                         \
    {#name, suffix, type, kind, about, lists, export_##name},
const struct export_format export_formats[] = {EXPORT_FORMATS(EXPORT_ROW){0}};
#undef EXPORT_ROW

const struct export_format *export_named(struct str name)
{
    for (const struct export_format *f = export_formats; f->name; f++)
        if (str_eq(str_of(f->name), name))
            return f;
    return NULL;
}

const struct export_format *export_of_list(struct str suffix)
{
    for (const struct export_format *f = export_formats; f->name; f++)
        if (f->lists && str_eq(str_of(f->suffix), suffix))
            return f;
    return NULL;
}

void export_names(struct buf *out, const char *between)
{
    for (const struct export_format *f = export_formats; f->name; f++)
        buf_fmt(out, "%s%s", f == export_formats ? "" : between, f->name);
}
