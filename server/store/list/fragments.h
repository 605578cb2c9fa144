/* Pieces of literals that several lists share, so that a thing looks the same wherever it stands.
 */
#ifndef STORE_LIST_FRAGMENTS_H
#define STORE_LIST_FRAGMENTS_H

/* Of statements st: those of the story :story, in the order of its articles. (An index by story
 * would be as large as that by article.) */
#define IN_STORY "st.article IN (SELECT id FROM articles WHERE story = :story)"
/* Those of the actor :actor. */
#define SPEAKER_IS_ACTOR "st.speaker_number = (SELECT number FROM actors WHERE key = :actor)"

/* Of statements st: [{issue, stance, condition, confidence}]. */
#define STATEMENT_POSITIONS                                                                        \
    "(SELECT json_group_array(json_object('issue', g.issue, 'stance', g.stance,"                   \
    " 'condition', nullif(g.condition, ''), 'confidence', round(g.confidence, 3)))"                \
    " FROM (SELECT * FROM statement_positions WHERE statement = st.id ORDER BY issue) g)"

/* The words of a conflict's span b, and up to 32 characters around; of a row from before schema
 * step 15 they are in it. */
#define SPAN_TEXT                                                                                  \
    "(SELECT v.text FROM article_versions v WHERE v.article = b.article AND v.current)"
#define SPAN_EXACT                                                                                 \
    "CASE WHEN b.exact <> '' THEN b.exact ELSE substr(" SPAN_TEXT ", b.start + 1,"                 \
    " b.end - b.start) END"
#define SPAN_PREFIX                                                                                \
    "CASE WHEN b.exact <> '' THEN b.prefix ELSE substr(" SPAN_TEXT ", max(b.start - 31, 1),"       \
    " min(b.start, 32)) END"
#define SPAN_SUFFIX                                                                                \
    "CASE WHEN b.exact <> '' THEN b.suffix ELSE substr(" SPAN_TEXT ", b.end + 1, 32) END"

/* What its spans are made of, for span_lines and its like. */
#define STATEMENT_SPANS                                                                            \
    "((SELECT v.text FROM article_versions v WHERE v.article = st.article AND v.current),"         \
    " st.kept_words, st.source, st.cue, st.content, st.context)"
/* What it says: as the view statement_words has it. */
#define WORDS_OF(st)                                                                               \
    "CASE WHEN " st ".kept_words <> '' THEN " st ".kept_words ELSE substr((SELECT v.text FROM"     \
    " article_versions v WHERE v.article = " st ".article AND v.current), " st ".start + 1, " st   \
    ".length) END"
#define STATEMENT_WORDS WORDS_OF("st")

/* Behind its last span; of a row from before schema step 13 in the older form. */
#define STATEMENT_END                                                                              \
    "coalesce(json_extract(st.content, '$[#-1][1]'), json_extract(st.content, '$[#-1].end'))"

/* A statement st in article a as one object. */
#define STATEMENT_OBJECT                                                                           \
    "(rtrim(json_object('id', st.id, 'article', st.article, 'story', st.story,"                    \
    " 'outlet', (SELECT o.name FROM outlets o WHERE o.id = a.outlet), 'title', a.title,"           \
    " 'published', nullif(a.published, ''), 'kind', st.kind, 'speaker', st.speaker,"               \
    " 'speaker_name', (SELECT x.name FROM actors x WHERE x.key = st.speaker), 'via', st.via,"      \
    " 'channel', nullif(st.channel, ''), 'said_on', nullif(st.said_on, ''),"                       \
    " 'confidence', round(st.confidence, 4), 'rule', st.rule,"                                     \
    " 'status', st.status, 'utterance', st.utterance, 'variant', nullif(st.variant, ''),"          \
    " 'positions', json(" STATEMENT_POSITIONS ")), '}') || span_members_all" STATEMENT_SPANS       \
    " || '}')"

/* Of utterances u: the letter of article a of the same story (schema/015-lean.sql). */
#define ABSENCE                                                                                    \
    "CASE WHEN length(u.absent) > a.slot THEN substr(u.absent, a.slot + 1, 1)"                     \
    " ELSE substr(u.absent, 1, 1) END"
/* [{article, why}]; rows from before schema step 15 have it so. */
#define ABSENT                                                                                     \
    "CASE WHEN substr(u.absent, 1, 1) = '[' THEN json(u.absent) ELSE (SELECT json_group_array("    \
    "json(b.one)) FROM (SELECT json_object('article', a.id, 'why', CASE " ABSENCE                  \
    " WHEN 'a' THEN 'absent' WHEN 'p' THEN 'published-before' WHEN 'c' THEN 'copy'"                \
    " ELSE 'not-reviewed' END) AS one FROM articles a WHERE a.story = u.story AND a.slot > 0"      \
    " AND " ABSENCE " <> '.' ORDER BY a.rank) b) END"

/* Of decisions d. Undone: the last undo or redo about it was an undo. */
#define DECISION_UNDONE                                                                            \
    "coalesce((SELECT u.action = 'undo' FROM decisions u WHERE u.target = 'decision'"              \
    " AND u.target_id = d.id ORDER BY u.id DESC LIMIT 1), 0)"
/* A later decision d that stands and rests on o: about the same thing, about what one of them was
 * merged into or split off, or about articles and outlets that both move or rename. */
#define KEYS_OF_O                                                                                  \
    "(o.target_key, json_extract(o.after, '$.into.key'), json_extract(o.after, '$.into.id'),"      \
    " json_extract(o.after, '$.actor.key'), json_extract(o.after, '$.issue.id'))"
#define SHARED_ID "json_extract(x.value, '$.id') = json_extract(y.value, '$.id')"
#define RESTS_BY_KEY                                                                               \
    "(d.target = o.target AND (d.target_id = o.target_id OR d.target_key IN " KEYS_OF_O            \
    " OR json_extract(d.after, '$.into.key') IN " KEYS_OF_O                                        \
    " OR json_extract(d.after, '$.into.id') IN " KEYS_OF_O "))"
#define RESTS_BY_OUTLET                                                                            \
    "(d.target = 'outlet' AND o.target = 'outlet' AND EXISTS (SELECT 1 FROM json_each(o.after,"    \
    " '$.outlets') x JOIN json_each(d.after, '$.outlets') y ON " SHARED_ID "))"
#define RESTS_BY_ARTICLE                                                                           \
    "(d.target IN ('article', 'story') AND o.target IN ('article', 'story') AND EXISTS (SELECT 1"  \
    " FROM json_each(o.after, '$.articles') x JOIN json_each(d.after, '$.articles') y"             \
    " ON " SHARED_ID "))"
/* A story that o began, and what was moved into it or out of it. */
#define STORY_OF(item) "json_extract(" item ".value, '$.story')"
#define RESTS_BY_STORY                                                                             \
    "(d.target IN ('article', 'story') AND json_extract(o.after, '$.fresh') IS NOT NULL AND"       \
    " EXISTS (SELECT 1 FROM json_each(d.before, '$.articles') x JOIN json_each(d.after,"           \
    "  '$.articles') y ON " SHARED_ID " WHERE " STORY_OF("x") " <> " STORY_OF(                     \
        "y") " AND json_extract(o.after, '$.fresh') IN (" STORY_OF("x") ", " STORY_OF("y") ")))"
/* A list of actors, and what was decided about one of them, be it by another list. */
#define LISTED(of) "json_extract(" of ".value, '$.key')"
#define RESTS_BY_LIST                                                                              \
    "(d.target = 'actor' AND o.target = 'actor' AND (d.action = 'add' OR o.action = 'add') AND"    \
    " EXISTS (SELECT 1 FROM json_each(CASE WHEN o.action = 'add' THEN json_extract(o.after,"       \
    "  '$.actors') ELSE json_array(json_object('key', o.target_key), json_extract(o.after,"        \
    "  '$.into'), json_extract(o.after, '$.actor')) END) x, json_each(CASE WHEN d.action = 'add'"  \
    "  THEN json_extract(d.after, '$.actors') ELSE json_array(json_object('key', d.target_key),"   \
    "  json_extract(d.after, '$.into')) END) y WHERE " LISTED("x") " = " LISTED("y") "))"
#define DECISION_RESTS                                                                             \
    "d.id > o.id AND d.target <> 'decision' AND NOT " DECISION_UNDONE " AND (" RESTS_BY_KEY        \
    " OR " RESTS_BY_OUTLET " OR " RESTS_BY_ARTICLE " OR " RESTS_BY_STORY " OR " RESTS_BY_LIST ")"

/* Orphaned: the words it was made on are gone from the article's present text. */
#define DECISION_ORPHANED                                                                          \
    "(d.exact IS NOT NULL AND NOT EXISTS (SELECT 1 FROM article_versions v"                        \
    " WHERE v.article = d.article AND v.current AND instr(v.text, d.exact)))"

#endif
