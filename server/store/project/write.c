/* The store as a project file: articles, their statements, and the persons, organisations and
 * issues in them as entities. Read in one snapshot, written into a database in memory. */
#include "store/project/project.h"

#include "base/map.h"
#include "store/list/fragments.h"

#include <string.h>

struct writing {
    struct db *in, *out;
    const struct store_filter *filter;
    struct arena arena;  /* of the whole */
    struct arena one;    /* of an article or statement */
    struct map entities; /* hash of variable and key -> number */
    uint32_t n_entities;
    int64_t n_statements, outlet;
    struct err *err;
};

/* At most 190 characters, ending at a whole one; `tail` is kept. */
static struct str value_of(struct writing *w, struct str text, struct str tail)
{
    size_t most = LONGEST_VALUE - utf8_count(tail), at = 0;
    for (size_t n = 0; n < most && at < text.n; n++)
        utf8_next(text, &at);
    return arena_fmt(&w->one, "%.*s%.*s", STR_ARG(str_slice(text, 0, at)), STR_ARG(tail));
}

static bool is_taken(struct writing *w, int variable, struct str value)
{
    struct query q = query_begin(w->out, "SELECT 1 FROM ENTITIES WHERE VariableId = :variable"
                                         " AND Value = :value");
    query_int(&q, ":variable", variable);
    query_str(&q, ":value", value);
    bool taken = query_step(&q);
    return query_end(&q, w->err) && taken;
}

static bool add_attributes(struct writing *w, uint32_t entity, int variable, struct str type,
                           struct str notes)
{
    struct query q = query_begin(
        w->out, "INSERT INTO ATTRIBUTEVALUES (EntityId, AttributeVariableId, AttributeValue)"
                " SELECT :entity, a.ID, CASE a.AttributeVariable WHEN 'Type' THEN :type"
                " WHEN 'Notes' THEN :notes ELSE '' END FROM ATTRIBUTEVARIABLES a"
                " WHERE a.VariableId = :variable");
    query_int(&q, ":entity", entity);
    query_int(&q, ":variable", variable);
    query_str(&q, ":type", value_of(w, type, S("")));
    query_str(&q, ":notes", value_of(w, notes, S("")));
    return query_do(&q, w->err);
}

struct entity {
    struct str key, label, type;
};

/* The entity's number, which it gets when it is new; 0: failed. Two with one label differ by key.
 */
static uint32_t entity(struct writing *w, int variable, struct entity e)
{
    struct str name = arena_fmt(&w->one, "%d %.*s", variable, STR_ARG(e.key));
    uint32_t *at = map_at(&w->arena, &w->entities, str_hash(name));
    if (*at)
        return *at;
    struct str value = value_of(w, e.label, S(""));
    if (is_taken(w, variable, value))
        value =
            value_of(w, e.label, arena_fmt(&w->one, " (%.*s)", STR_ARG(str_slice(e.key, 0, 80))));
    *at = ++w->n_entities;
    struct query q =
        query_begin(w->out, "INSERT INTO ENTITIES (ID, VariableId, Value, Red, Green, Blue)"
                            " VALUES (:id, :variable, :value, 0, 0, 0)");
    query_int(&q, ":id", w->n_entities);
    query_int(&q, ":variable", variable);
    query_str(&q, ":value", value);
    return query_do(&q, w->err) && add_attributes(w, w->n_entities, variable, e.type, e.key)
               ? w->n_entities
               : 0;
}

static bool put_entity(struct writing *w, int variable, struct entity e)
{
    uint32_t number = entity(w, variable, e);
    if (!number)
        return false;
    struct query q =
        query_begin(w->out, "INSERT INTO DATASHORTTEXT (StatementId, VariableId, Entity)"
                            " VALUES (:statement, :variable, :entity)");
    query_int(&q, ":statement", w->n_statements);
    query_int(&q, ":variable", variable);
    query_int(&q, ":entity", number);
    return query_do(&q, w->err);
}

static bool put_values(struct writing *w, int shift, bool sided, int64_t agrees, struct str record)
{
    struct query q = query_begin(w->out, "INSERT INTO DATALONGTEXT (StatementId, VariableId, Value)"
                                         " VALUES (:statement, :variable, :value)");
    query_int(&q, ":statement", w->n_statements);
    query_int(&q, ":variable", RECORD + shift);
    query_str(&q, ":value", record);
    if (!query_do(&q, w->err) || !sided)
        return w->err->kind == ERR_NONE;
    q = query_begin(w->out, "INSERT INTO DATABOOLEAN (StatementId, VariableId, Value)"
                            " VALUES (:statement, 4, :value)");
    query_int(&q, ":statement", w->n_statements);
    query_int(&q, ":value", agrees);
    return query_do(&q, w->err);
}

static bool put_place(struct writing *w, bool sided, int64_t article, struct span at)
{
    struct query q = query_begin(
        w->out, "INSERT INTO STATEMENTS (ID, StatementTypeId, DocumentId, Start, Stop, Coder)"
                " VALUES (:id, :type, :document, :start, :stop, 1)");
    query_int(&q, ":id", ++w->n_statements);
    query_int(&q, ":type", sided ? TYPE_SIDED : TYPE_OTHER);
    query_int(&q, ":document", article);
    query_int(&q, ":start", at.start);
    query_int(&q, ":stop", at.end);
    return query_do(&q, w->err);
}

static struct str get(struct writing *w, struct query *q, int column)
{
    return query_get_str(q, column, &w->one);
}

/* A row of the query below: columns 0 start, 1 end, 2 to 4 speaker (key, name, kind), 5 and 6
 * organisation, 7 and 8 issue, 9 its sort, 10 stance, 11 record. */
static bool write_statement(struct writing *w, struct query *q, const struct utf8_index *x,
                            int64_t article)
{
    struct str stance = get(w, q, 10), kind = get(w, q, 4);
    bool sided = str_listed("support conditional oppose denies", stance),
         person = str_listed("person unnamed", kind);
    int shift = sided ? 0 : OTHERS;
    struct span at = {
        (uint32_t)utf8_offset(x, utf8_byte(x, (size_t)query_get_int(q, 0)), OFFSET_UTF16),
        (uint32_t)utf8_offset(x, utf8_byte(x, (size_t)query_get_int(q, 1)), OFFSET_UTF16)};
    if (at.end <= at.start)
        return true;
    struct entity none = {0}, who = {get(w, q, 2), get(w, q, 3), kind},
                  body = {get(w, q, 5), get(w, q, 6), S("organisation")},
                  issue = {get(w, q, 8), get(w, q, 8), get(w, q, 9)}; /* one title, one concept */
    return put_place(w, sided, article, at) && put_entity(w, PERSON + shift, person ? who : none) &&
           put_entity(w, ORGANIZATION + shift, body) && put_entity(w, CONCEPT + shift, issue) &&
           put_entity(w, STANCE + shift, (struct entity){stance, stance, S("")}) &&
           put_values(w, shift, sided, str_listed("support conditional", stance), get(w, q, 11));
}

#define BODY "CASE WHEN x.kind IN ('person', 'unnamed') THEN nullif(x.of, '') ELSE x.key END"

static bool write_statements(struct writing *w, int64_t article, const struct utf8_index *x)
{
    const struct store_filter *f = w->filter;
    struct query q = query_begin(
        w->in,
        "SELECT st.start, " STATEMENT_END ", x.key, x.name, x.kind, " BODY
        ", coalesce((SELECT y.name FROM actors y WHERE y.key = " BODY "), " BODY "),"
        " i.key, i.title, i.sort, p.stance,"
        " json_object('statement', st.id, 'stance', p.stance, 'condition',"
        "  nullif(p.condition, ''), 'confidence', round(CAST(p.millionths AS REAL) / 1000000, 3), "
        "'kind', st.kind,"
        "  'speaker', st.speaker, 'issue', i.key,  'via', st.via, 'channel',"
        "  nullif(st.channel, ''), 'said_on', nullif(st.said_on, ''), 'status', st.status,"
        "  'content', (SELECT json_group_array(json_array(coalesce(json_extract(s.value, '$[0]'),"
        "   json_extract(s.value, '$.start')), coalesce(json_extract(s.value, '$[1]'),"
        "   json_extract(s.value, '$.end')))) FROM json_each(st.content) s))"
        " FROM statements st LEFT JOIN stance_rows p ON p.statement = st.id"
        " LEFT JOIN issues i ON i.number = p.issue_number  LEFT JOIN actors x ON x.key = st.speaker"
        " WHERE st.article = :article AND st.status <> 'rejected'"
        " AND (:actor IS NULL OR " SPEAKER_IS_ACTOR ") AND (:issue IS NULL OR i.key = :issue)"
        " AND (:stance IS NULL OR p.stance = :stance) ORDER BY st.start, st.id, i.key");
    query_int(&q, ":article", article);
    query_str_opt(&q, ":actor", f->actor);
    query_str_opt(&q, ":issue", f->issue);
    query_str_opt(&q, ":stance", f->stance);
    bool ok = true;
    while (ok && query_step(&q))
        ok = write_statement(w, &q, x, article);
    return query_end(&q, ok ? w->err : NULL) && ok;
}

/* Columns: 0 id, 1 title, 2 text, 3 byline, 4 outlet, 5 section, 6 url, 7 seconds. */
static bool write_document(struct writing *w, struct query *from)
{
    struct str text = get(w, from, 2);
    int64_t article = query_get_int(from, 0);
    struct query q = query_begin(
        w->out, "INSERT INTO DOCUMENTS (ID, Title, Text, Coder, Author, Source, Section, Notes,"
                " Type, Date) VALUES (:id, :title, :text, 1, :author, :source, :section, :notes,"
                " '', :date)");
    query_int(&q, ":id", article);
    query_str(&q, ":title", value_of(w, get(w, from, 1), S("")));
    query_str(&q, ":text", text);
    query_str(&q, ":author", value_of(w, get(w, from, 3), S("")));
    query_str(&q, ":source", value_of(w, get(w, from, 4), S("")));
    query_str(&q, ":section", value_of(w, get(w, from, 5), S("")));
    query_str(&q, ":notes", get(w, from, 6));
    query_int(&q, ":date", query_get_int(from, 7));
    if (!query_do(&q, w->err))
        return false;
    struct utf8_index x = utf8_index_make(&w->one, text);
    bool ok = write_statements(w, article, &x);
    arena_reset(&w->one);
    return ok;
}

static bool write_documents(struct writing *w)
{
    const struct store_filter *f = w->filter;
    struct query q = query_begin(
        w->in, "SELECT a.id, a.title, v.text, a.byline, coalesce(o.name, ''), a.section, a.url,"
               " CAST(coalesce(strftime('%s', nullif(a.published, '')),"
               "  strftime('%s', nullif(a.day, '')), '0') AS INTEGER)"
               " FROM articles a JOIN article_versions v ON v.article = a.id AND v.current"
               " LEFT JOIN outlets o ON o.id = a.outlet"
               " WHERE (:story IS NULL OR a.story = :story)"
               " AND (:article IS NULL OR a.id = :article)"
               " AND (:outlet IS NULL OR o.name = :outlet OR o.id = :outlet)"
               " AND (:from IS NULL OR a.day >= :from)"
               " AND (:to IS NULL OR (a.day <> '' AND a.day <= :to)) ORDER BY a.id");
    query_int_opt(&q, ":story", f->story);
    query_int_opt(&q, ":article", f->article);
    query_str_opt(&q, ":outlet", f->outlet);
    query_str_opt(&q, ":from", f->from);
    query_str_opt(&q, ":to", f->to);
    bool ok = true;
    while (ok && query_step(&q))
        ok = write_document(w, &q);
    return query_end(&q, ok ? w->err : NULL) && ok;
}

static bool write_all(struct writing *w)
{
    const struct embedded *tables = asset_find(assets_files, S("project/tables.sql"));
    return db_run(w->out, "BEGIN", w->err) && db_run(w->out, tables->bytes.p, w->err) &&
           write_documents(w) && db_run(w->out, "COMMIT", w->err);
}

bool store_project_write(struct store *store, const struct store_filter *filter, struct buf *out,
                         struct err *err)
{
    struct err failed = {0};
    struct db file = {.engine = engine_for(""), .store = store};
    struct writing w = {.out = &file, .filter = filter, .err = &failed};
    w.in = store_read_begin(store, 0, &failed);
    bool ok = w.in && file.engine->memory(NULL, &file.link, &failed) && write_all(&w) &&
              file.engine->bytes(file.link, out, &failed);
    if (w.in)
        store_read_end(store, w.in);
    db_close(&file);
    arena_finish(&w.arena);
    arena_finish(&w.one);
    return ok || fail(err, failed.kind, "%s", failed.message);
}
