/* What stands in a project file. Variables are found by name, whatever type of statement has them.
 */
#include "store/project/project.h"

struct reading {
    struct db db;
    struct project_sink *sink;
    struct arena one;
    struct err *err;
};

bool store_project_likely(struct str bytes)
{
    return str_starts(bytes, (struct str){"SQLite format 3\0", 16});
}

static bool is_project(struct reading *r)
{
    static const char tables[] =
        "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name IN ('DOCUMENTS',"
        " 'STATEMENTS', 'STATEMENTTYPES', 'VARIABLES', 'ENTITIES', 'DATASHORTTEXT',"
        " 'DATABOOLEAN', 'DATALONGTEXT')";
    return db_number(&r->db, tables, 0, 0) == 8 ||
           fail(r->err, ERR_UNSUPPORTED,
                "the file is no project of Discourse Network Analyzer 3 (those of version 2 have "
                "to be imported there first)");
}

static bool read_documents(struct reading *r)
{
    struct query q = query_begin(&r->db, "SELECT ID, Date, Title, Text, Author, Source, Section,"
                                         " Notes, Type FROM DOCUMENTS ORDER BY ID");
    bool ok = true;
    while (ok && query_step(&q)) {
        struct project_document d = {.id = query_get_int(&q, 0), .date = query_get_int(&q, 1)};
        struct str *texts[] = {&d.title,   &d.text,  &d.author, &d.source,
                               &d.section, &d.notes, &d.type};
        for (int i = 0; i < 7; i++)
            *texts[i] = utf8_repair(&r->one, query_get_str(&q, i + 2, &r->one));
        ok = r->sink->document(r->sink, &d, r->err);
        arena_reset(&r->one);
    }
    return query_end(&q, ok ? r->err : NULL) && ok;
}

#define SHORT(name)                                                                                \
    "(SELECT e.Value FROM DATASHORTTEXT d JOIN VARIABLES v ON v.ID = d.VariableId"                 \
    " JOIN ENTITIES e ON e.ID = d.Entity WHERE d.StatementId = s.ID AND v.Variable = '" name "')"

static bool read_statements(struct reading *r)
{
    struct query q = query_begin(
        &r->db,
        "SELECT s.ID, s.DocumentId, s.Start, s.Stop, t.Label, " SHORT("person") ", " SHORT(
            "organization") ", " SHORT("concept") ", " SHORT("stance") ","
                                                                       " (SELECT l.Value FROM "
                                                                       "DATALONGTEXT l JOIN "
                                                                       "VARIABLES v ON v.ID = "
                                                                       "l.VariableId"
                                                                       "  WHERE l.StatementId = "
                                                                       "s.ID AND v.Variable = "
                                                                       "'record'),"
                                                                       " (SELECT b.Value FROM "
                                                                       "DATABOOLEAN b JOIN "
                                                                       "VARIABLES v ON v.ID = "
                                                                       "b.VariableId"
                                                                       "  WHERE b.StatementId = "
                                                                       "s.ID AND v.Variable = "
                                                                       "'agreement')"
                                                                       " FROM STATEMENTS s JOIN "
                                                                       "STATEMENTTYPES t ON t.ID = "
                                                                       "s.StatementTypeId"
                                                                       " ORDER BY s.DocumentId, "
                                                                       "s.Start, s.ID");
    bool ok = true;
    while (ok && query_step(&q)) {
        struct project_statement s = {.id = query_get_int(&q, 0),
                                      .document = query_get_int(&q, 1),
                                      .start = query_get_int(&q, 2),
                                      .end = query_get_int(&q, 3),
                                      .agreement =
                                          query_is_null(&q, 10) ? -1 : query_get_int(&q, 10) != 0};
        struct str *texts[] = {&s.type,    &s.person, &s.organization,
                               &s.concept, &s.stance, &s.record};
        for (int i = 0; i < 6; i++)
            *texts[i] = utf8_repair(&r->one, query_get_str(&q, i + 4, &r->one));
        ok = r->sink->statement(r->sink, &s, r->err);
        arena_reset(&r->one);
    }
    return query_end(&q, ok ? r->err : NULL) && ok;
}

bool store_project_read(struct store *store, struct str bytes, struct project_sink *sink,
                        struct err *err)
{
    struct reading r = {.db = {.engine = engine_for(""), .store = store}, .sink = sink, .err = err};
    bool ok = r.db.engine->memory(&bytes, &r.db.link, err) && is_project(&r) &&
              read_documents(&r) && read_statements(&r);
    db_close(&r.db);
    arena_finish(&r.one);
    return ok;
}
