#!/usr/bin/env bash
# The house rules that a script can see: sizes, one-way includes, SQL in its room, no inline code in
# pages, comments in the schema, no leftovers. Prints what breaks them; exit 1 if anything does.
set -u
cd "$(dirname "$0")/../.."
bad=0
complain() { # TITLE LINES
    [ -z "$2" ] && return
    bad=1
    printf '%s\n%s\n\n' "$1" "$2"
}
code=$(git ls-files 'server/*.c' 'server/*.h' 'web/*.js' 'web/*.css' 'web/*.html' 'tests/*.c' 'tests/*.mjs' | grep -v -E '^web/vendor/')
complain "Files over 500 lines:" "$(echo "$code" | xargs wc -l | awk '$2 != "total" && $1 > 500')"
complain "Lines over 120 columns:" "$(git ls-files 'server/*.c' 'server/*.h' | xargs awk 'length > 120 { print FILENAME ":" FNR }' | head)"

complain "Lines of the pages over 120 columns:" "$(git ls-files 'web/*.js' 'web/*.css' 'web/*.html' | grep -v '^web/vendor/' | xargs python3 -c 'import sys
for f in sys.argv[1:]:
    print(*(f"{f}:{n}" for n, line in enumerate(open(f, encoding="utf-8"), 1) if len(line) > 121), sep="\n", end="")')"

complain "Rooms, their includes and sizes (rooms.py):" "$(python3 tests/check/rooms.py)"

complain "SQL outside server/store:" "$(git grep -nE '"[^"]*\b(SELECT .* FROM|INSERT INTO|UPDATE .* SET|DELETE FROM)\b' -- 'server/*.c' ':!server/store')"
complain "Forbidden functions:" "$(git grep -nwE '(strcpy|strcat|sprintf|gets|strtok|atoi)\(' -- 'server/*.c' || true)"
complain "typedefs:" "$(git grep -nE '^typedef ' -- 'server/*.[ch]')"
complain "Inline script or style in the pages:" "$(git grep -nE '<script>|<style>| style="| on(click|load|input)=' -- 'web/*.html' 'web/*.js' ':!web/vendor')"
complain "Left for later:" "$(git grep -nIE '\b(TODO|FIXME|XXX)\b' -- server web schema tests ':!tests/check/rules.sh' ':!web/vendor')"
complain "sqlite3.h outside server/store/sqlite:" "$(git grep -nE '#include <sqlite3.h>|store/sqlite/link.h' -- server ':!server/store/sqlite')"
complain "Released schema steps that changed:" "$(tests/check/schema.sh)"
complain "Tables without a comment:" "$(awk '/^CREATE (VIRTUAL )?TABLE/ && prev !~ /^--/ { print FILENAME ":" FNR ": " $0 } { prev = $0 }' schema/*.sql)"
complain "Files without a head comment:" "$(for f in $(git ls-files 'server/*.c' 'server/*.h'); do head -c 2 "$f" | grep -q '/\*' || echo "$f"; done)"
# A list is described by its first line or by a row of a WORDS.md.
described=$(cat $(git ls-files 'server/*WORDS.md'))
complain "Word lists that nothing describes:" "$(for f in $(git ls-files 'server/*/words/*.txt'); do
    head -c 2 "$f" | grep -q '^# ' || grep -qF "${f##*/}" <<<"$described" || echo "$f"; done)"
exit $bad
