-- What the store's SQL calls and PostgreSQL lacks, in the store's own schema, which stands first in
-- the search path. Run at opening whenever this file is not the one that was run last.

DO $$ BEGIN
    IF to_regcollation('nocase') IS NULL THEN
        CREATE COLLATION nocase (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
    END IF;
END $$;

-- A number with a fraction as SQLite writes it: 15 digits, and never without a point.
CREATE OR REPLACE FUNCTION real_text(x float8) RETURNS text LANGUAGE sql IMMUTABLE
    SET extra_float_digits = 0 AS
$$ SELECT CASE WHEN x::text ~ '[.eN]|inf' THEN x::text ELSE x::text || '.0' END $$;

-- The text of a value within a JSON document; never null.
CREATE OR REPLACE FUNCTION json_text(text) RETURNS text LANGUAGE sql STABLE AS
$$ SELECT coalesce(to_json($1)::text, 'null') $$;
CREATE OR REPLACE FUNCTION json_text(bigint) RETURNS text LANGUAGE sql IMMUTABLE AS
$$ SELECT coalesce($1::text, 'null') $$;
CREATE OR REPLACE FUNCTION json_text(int) RETURNS text LANGUAGE sql IMMUTABLE AS
$$ SELECT coalesce($1::text, 'null') $$;
CREATE OR REPLACE FUNCTION json_text(float8) RETURNS text LANGUAGE sql IMMUTABLE AS
$$ SELECT coalesce(real_text($1), 'null') $$;
CREATE OR REPLACE FUNCTION json_text(json) RETURNS text LANGUAGE sql IMMUTABLE AS
$$ SELECT coalesce($1::text, 'null') $$;

-- Each once, where it was first, joined by commas.
CREATE OR REPLACE FUNCTION texts_once(text[]) RETURNS text LANGUAGE sql IMMUTABLE AS
$$ SELECT string_agg(v, ',' ORDER BY n) FROM (SELECT v, min(n) AS n
    FROM unnest($1) WITH ORDINALITY u (v, n) GROUP BY v) w $$;

-- The same as JSON, and null of null.
CREATE OR REPLACE FUNCTION json_value(text) RETURNS json LANGUAGE sql STABLE AS
$$ SELECT to_json($1) $$;
CREATE OR REPLACE FUNCTION json_value(bigint) RETURNS json LANGUAGE sql IMMUTABLE AS
$$ SELECT $1::text::json $$;
CREATE OR REPLACE FUNCTION json_value(int) RETURNS json LANGUAGE sql IMMUTABLE AS
$$ SELECT $1::text::json $$;
CREATE OR REPLACE FUNCTION json_value(float8) RETURNS json LANGUAGE sql IMMUTABLE AS
$$ SELECT real_text($1)::json $$;
CREATE OR REPLACE FUNCTION json_value(json) RETURNS json LANGUAGE sql IMMUTABLE AS
$$ SELECT $1 $$;

-- A text that is a document already.
CREATE OR REPLACE FUNCTION json_of(text) RETURNS json LANGUAGE sql IMMUTABLE AS
$$ SELECT $1::json $$;
CREATE OR REPLACE FUNCTION json_of(bigint) RETURNS json LANGUAGE sql IMMUTABLE AS
$$ SELECT $1::text::json $$;
CREATE OR REPLACE FUNCTION json_of(json) RETURNS json LANGUAGE sql IMMUTABLE AS
$$ SELECT $1 $$;
-- A document that is gone on with.
CREATE OR REPLACE FUNCTION rtrim(json, text) RETURNS text LANGUAGE sql IMMUTABLE AS
$$ SELECT pg_catalog.rtrim($1::text, $2) $$;

-- What stands at a place in a document; null where it is null there.
CREATE OR REPLACE FUNCTION json_at(json, text[]) RETURNS json LANGUAGE sql IMMUTABLE AS
$$ SELECT CASE WHEN json_typeof($1 #> $2) <> 'null' THEN $1 #> $2 END $$;
CREATE OR REPLACE FUNCTION json_at(text, text[]) RETURNS json LANGUAGE sql IMMUTABLE AS
$$ SELECT json_at($1::json, $2) $$;

-- The elements of an array in a document.
CREATE OR REPLACE FUNCTION json_rows(json, text[]) RETURNS TABLE (key bigint, value json)
    LANGUAGE sql IMMUTABLE AS
$$ SELECT n - 1, v FROM json_array_elements(CASE WHEN json_typeof($1 #> $2) = 'array'
    THEN $1 #> $2 ELSE '[]' END) WITH ORDINALITY AS e (v, n) $$;
CREATE OR REPLACE FUNCTION json_rows(text, text[]) RETURNS TABLE (key bigint, value json)
    LANGUAGE sql IMMUTABLE AS
$$ SELECT * FROM json_rows($1::json, $2) $$;
CREATE OR REPLACE FUNCTION json_rows(json) RETURNS TABLE (key bigint, value json)
    LANGUAGE sql IMMUTABLE AS
$$ SELECT n - 1, v FROM json_array_elements(CASE WHEN json_typeof($1) = 'array'
    THEN $1 ELSE '[]' END) WITH ORDINALITY AS e (v, n) $$;
CREATE OR REPLACE FUNCTION json_rows(text) RETURNS TABLE (key bigint, value json)
    LANGUAGE sql IMMUTABLE AS
$$ SELECT n - 1, v FROM json_array_elements(CASE WHEN json_typeof($1::json) = 'array'
    THEN $1::json ELSE '[]' END) WITH ORDINALITY AS e (v, n) $$;

-- Texts beside numbers: what was taken out of a document has no type of its own.
CREATE OR REPLACE FUNCTION is_same(text, bigint) RETURNS boolean LANGUAGE sql IMMUTABLE AS
$$ SELECT $1 = $2::text COLLATE "C" $$;
CREATE OR REPLACE FUNCTION is_same(bigint, text) RETURNS boolean LANGUAGE sql IMMUTABLE AS
$$ SELECT $2 = $1::text COLLATE "C" $$;
CREATE OR REPLACE FUNCTION is_same(bigint, json) RETURNS boolean LANGUAGE sql IMMUTABLE AS
$$ SELECT ($2 #>> '{}') = $1::text COLLATE "C" $$;
CREATE OR REPLACE FUNCTION is_same(text, json) RETURNS boolean LANGUAGE sql IMMUTABLE AS
$$ SELECT ($2 #>> '{}') = $1 COLLATE "C" $$;
CREATE OR REPLACE FUNCTION is_other(text, bigint) RETURNS boolean LANGUAGE sql IMMUTABLE AS
$$ SELECT $1 <> $2::text COLLATE "C" $$;
CREATE OR REPLACE FUNCTION is_more(text, bigint) RETURNS boolean LANGUAGE sql IMMUTABLE AS
$$ SELECT $1::numeric > $2 $$;
CREATE OR REPLACE FUNCTION is_less(text, bigint) RETURNS boolean LANGUAGE sql IMMUTABLE AS
$$ SELECT $1::numeric < $2 $$;
CREATE OR REPLACE FUNCTION is_above(text, bigint) RETURNS boolean LANGUAGE sql IMMUTABLE AS
$$ SELECT $1::numeric >= $2 $$;
CREATE OR REPLACE FUNCTION is_below(text, bigint) RETURNS boolean LANGUAGE sql IMMUTABLE AS
$$ SELECT $1::numeric <= $2 $$;
DO $$ BEGIN
    IF to_regoperator(format('%I.=(bigint,json)', current_schema())) IS NULL THEN
        CREATE OPERATOR = (LEFTARG = text, RIGHTARG = bigint, FUNCTION = is_same);
        CREATE OPERATOR = (LEFTARG = bigint, RIGHTARG = text, FUNCTION = is_same);
        CREATE OPERATOR = (LEFTARG = bigint, RIGHTARG = json, FUNCTION = is_same);
        CREATE OPERATOR = (LEFTARG = text, RIGHTARG = json, FUNCTION = is_same);
        CREATE OPERATOR <> (LEFTARG = text, RIGHTARG = bigint, FUNCTION = is_other);
        CREATE OPERATOR > (LEFTARG = text, RIGHTARG = bigint, FUNCTION = is_more);
        CREATE OPERATOR < (LEFTARG = text, RIGHTARG = bigint, FUNCTION = is_less);
        CREATE OPERATOR >= (LEFTARG = text, RIGHTARG = bigint, FUNCTION = is_above);
        CREATE OPERATOR <= (LEFTARG = text, RIGHTARG = bigint, FUNCTION = is_below);
    END IF;
END $$;

-- The store's numbers are bigint.
CREATE OR REPLACE FUNCTION substr(text, bigint) RETURNS text LANGUAGE sql IMMUTABLE AS
$$ SELECT pg_catalog.substr($1, $2::int) $$;
CREATE OR REPLACE FUNCTION substr(text, bigint, bigint) RETURNS text LANGUAGE sql IMMUTABLE AS
$$ SELECT pg_catalog.substr($1, $2::int, greatest($3, 0)::int) $$;
CREATE OR REPLACE FUNCTION round(float8, int) RETURNS float8 LANGUAGE sql IMMUTABLE AS
$$ SELECT pg_catalog.round($1::numeric, $2)::float8 $$;
-- A sum of whole numbers is one (and no decimal).
CREATE OR REPLACE AGGREGATE sum(bigint) (SFUNC = int8pl, STYPE = bigint);

-- Times. What is none yields null.
CREATE OR REPLACE FUNCTION time_of(at text) RETURNS timestamp LANGUAGE plpgsql IMMUTABLE AS
$$ BEGIN
    RETURN (at || CASE WHEN at ~ '([zZ]|[+-]\d\d(:?\d\d)?)$' AND at ~ ':' THEN ''
        ELSE ' UTC' END)::timestamptz AT TIME ZONE 'UTC';
EXCEPTION WHEN OTHERS THEN
    RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION time_text(form text, at timestamp) RETURNS text LANGUAGE sql IMMUTABLE AS
$$ SELECT CASE WHEN form = '%s' THEN floor(extract(epoch FROM at))::bigint::text
    ELSE to_char(at, replace(replace(replace(replace(replace(replace(replace(form, 'T', '"T"'),
        '%Y', 'YYYY'), '%m', 'MM'), '%d', 'DD'), '%H', 'HH24'), '%M', 'MI'), '%S', 'SS')) END $$;
CREATE OR REPLACE FUNCTION strftime(form text, at text) RETURNS text LANGUAGE sql IMMUTABLE AS
$$ SELECT time_text(form, time_of(at)) $$;
CREATE OR REPLACE FUNCTION strftime(form text, seconds bigint, unixepoch text) RETURNS text
    LANGUAGE sql IMMUTABLE AS
$$ SELECT time_text(form, to_timestamp(seconds) AT TIME ZONE 'UTC') $$;
CREATE OR REPLACE FUNCTION julianday(at text) RETURNS float8 LANGUAGE sql IMMUTABLE AS
$$ SELECT extract(epoch FROM time_of(at))::float8 / 86400 + 2440587.5 $$;

-- The server sees to it itself that a disk has not turned a text (and `verify` looks at all).
CREATE OR REPLACE FUNCTION checked(text, bigint) RETURNS text LANGUAGE sql IMMUTABLE AS
$$ SELECT $1 $$;
CREATE OR REPLACE FUNCTION zeroblob(bigint) RETURNS bytea LANGUAGE sql IMMUTABLE AS
$$ SELECT decode(repeat('00', $1::int), 'hex') $$;
-- Only steps of the schema that a store of this kind has never been without ask for it.
CREATE OR REPLACE FUNCTION packed(text) RETURNS bytea LANGUAGE sql IMMUTABLE AS
$$ SELECT NULL::bytea $$;

-- Rows that came with their ids (from another store) have not moved the counters that give out new ones.
CREATE OR REPLACE FUNCTION counters_catch_up() RETURNS void LANGUAGE plpgsql AS
$$ DECLARE
    r record;
    most bigint;
    given bigint;
BEGIN
    FOR r IN SELECT c.relname AS tab, a.attname AS col, pg_get_serial_sequence(c.oid::regclass::text, a.attname) AS seq
        FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
        WHERE a.attidentity <> '' AND c.relnamespace = current_schema()::regnamespace
    LOOP
        EXECUTE format('SELECT coalesce(max(%I), 0) FROM %I', r.col, r.tab) INTO most;
        EXECUTE format('SELECT last_value - (NOT is_called)::int FROM %s', r.seq) INTO given;
        IF most > given THEN
            PERFORM setval(r.seq, most);
        END IF;
    END LOOP;
END $$;

-- Word of every write that raised a revision, for who listens.
CREATE OR REPLACE FUNCTION tell_write() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
    PERFORM pg_notify('synoptic_' || current_schema(), '');
    RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION tell_of_writes() RETURNS void LANGUAGE plpgsql AS
$$ BEGIN
    IF NOT EXISTS (SELECT 1 FROM pg_trigger WHERE tgname = 'tell_write' AND tgrelid = 'state'::regclass) THEN
        CREATE TRIGGER tell_write AFTER UPDATE ON state FOR EACH ROW
            WHEN (NEW.name IN ('revision', 'imports', 'watches')) EXECUTE FUNCTION tell_write();
    END IF;
END $$;

-- [{"text","hit"}] of a text with marks around its hits.
CREATE OR REPLACE FUNCTION snippet_parts(text) RETURNS json LANGUAGE sql STABLE AS
$$ SELECT ('[' || coalesce(string_agg('{"text":' || to_json(t)::text || ',"hit":' || hit || '}', ','
        ORDER BY n, m), '') || ']')::json
    FROM string_to_table($1, chr(2)) WITH ORDINALITY AS p (part, n),
        LATERAL (VALUES (1, CASE WHEN n > 1 THEN split_part(part, chr(3), 1) ELSE '' END, 'true'),
            (2, CASE WHEN n > 1 THEN split_part(part, chr(3), 2) ELSE part END, 'false'))
            AS v (m, t, hit)
    WHERE t <> '' $$;

-- Who is called so, as sqlite/search.c looks for it: the words are whole words of a name. Forms of a name that begin
-- with them are found by the index; within a name they are looked for among those who say most only.
CREATE OR REPLACE FUNCTION actors_called(asked text) RETURNS SETOF text LANGUAGE plpgsql STABLE ROWS 10 AS
$$ DECLARE
    name text := pg_catalog.substr(asked, 2, length(asked) - 2);
BEGIN
    RETURN QUERY SELECT n.actor FROM actor_names n
        WHERE n.text COLLATE nocase >= name AND n.text COLLATE nocase <= name || '!'
        UNION SELECT n.actor FROM (SELECT x.key FROM actors x ORDER BY -x.statements, x.key LIMIT 1000) h
            JOIN actor_names n ON n.actor = h.key
        WHERE ' ' || n.text || ' ' ILIKE '% ' || name || ' %' ESCAPE '\';
END $$;

-- What the spans of a statement say: see store/spans.c, of which this is the copy for PostgreSQL.
CREATE OR REPLACE FUNCTION span_list(t text, pairs text) RETURNS text LANGUAGE sql STABLE AS
$$ SELECT '[' || coalesce(string_agg('{"start":' || s || ',"end":' || e || ',"exact":'
        || to_json(pg_catalog.substr(t, s + 1, greatest(e - s, 0)))::text || ',"prefix":'
        || to_json(pg_catalog.substr(t, greatest(s - 32, 0) + 1, least(s, 32)))::text || ',"suffix":'
        || to_json(pg_catalog.substr(t, e + 1, 32))::text || '}', ',' ORDER BY n), '') || ']'
    FROM json_array_elements(CASE WHEN pairs = '' THEN '[]' ELSE pairs END::json) WITH ORDINALITY u (v, n),
        LATERAL (SELECT (v ->> 0)::int AS s, (v ->> 1)::int AS e) p WHERE n <= 256 $$;
CREATE OR REPLACE FUNCTION span_words(words text, pairs json) RETURNS text LANGUAGE sql STABLE AS
$$ SELECT '[{"start":' || (pairs -> 0 ->> 0) || ',"end":' || (pairs -> -1 ->> 1) || ',"exact":'
    || to_json(words)::text || ',"prefix":"","suffix":""}]' $$;
CREATE OR REPLACE FUNCTION mention_list(t text, places text) RETURNS json LANGUAGE sql STABLE AS
$$ SELECT ('[' || coalesce(string_agg('{"start":' || p / 4096 || ',"end":' || p / 4096 + p % 4096 / 4 || ',"exact":'
        || to_json(pg_catalog.substr(t, (p / 4096)::int + 1, (p % 4096 / 4)::int))::text || ',"actor":' || (v -> 0)::text || ',"reading":"'
        || (ARRAY['actor', 'place', 'pronoun', 'nominal'])[p % 4 + 1] || '"}', ',' ORDER BY p), '') || ']')::json
    FROM json_array_elements(coalesce(places, '[]')::json) u (v),
        json_array_elements(v) WITH ORDINALITY w (x, n), LATERAL (SELECT (x #>> '{}')::bigint AS p WHERE n > 1) q WHERE n > 1 $$;
CREATE OR REPLACE FUNCTION span_parts(t text, words text, source text, cue text, content text, context text)
    RETURNS text[] LANGUAGE plpgsql STABLE AS
$$ DECLARE
    whole text := t || ''; -- unpacked once
    said json := CASE WHEN content = '' THEN '[]' ELSE content END::json;
    first text := pg_catalog.substr(whole, (said -> 0 ->> 0)::int + 1,
        greatest((said -> 0 ->> 1)::int - (said -> 0 ->> 0)::int, 0));
    low int;
    high int;
BEGIN
    IF context <> '' THEN
        RETURN ARRAY[source, cue, content, context];
    ELSIF words <> '' AND (first = '' OR NOT starts_with(words, first)) THEN
        RETURN ARRAY['[]', '[]', span_words(words, said), '{"before":"","after":""}'];
    END IF;
    SELECT coalesce(min((v ->> 0)::int), 0), coalesce(max((v ->> 1)::int), 0) INTO low, high
        FROM unnest(ARRAY[source, cue, content]) AS r (list),
            json_array_elements(CASE WHEN list = '' THEN '[]' ELSE list END::json) AS u (v);
    RETURN ARRAY[span_list(whole, source), span_list(whole, cue), span_list(whole, content),
        '{"before":' || to_json(pg_catalog.substr(whole, greatest(low - 240, 0) + 1, least(low, 240)))::text
        || ',"after":' || to_json(pg_catalog.substr(whole, high + 1, 240))::text || '}'];
END $$;
CREATE OR REPLACE FUNCTION span_members(text, text, text, text, text, text) RETURNS text LANGUAGE sql STABLE AS
$$ SELECT ',"source":' || p[1] || ',"cue":' || p[2] || ',"content":' || p[3]
    FROM (SELECT span_parts($1, $2, $3, $4, $5, $6)) AS s (p) $$;
CREATE OR REPLACE FUNCTION span_members_all(text, text, text, text, text, text) RETURNS text
    LANGUAGE sql STABLE AS
$$ SELECT ',"source":' || p[1] || ',"cue":' || p[2] || ',"content":' || p[3] || ',"context":' || p[4]
    FROM (SELECT span_parts($1, $2, $3, $4, $5, $6)) AS s (p) $$;
