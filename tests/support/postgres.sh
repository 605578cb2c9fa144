#!/usr/bin/env bash
# Runs a program beside a PostgreSQL of its own: postgres.sh PROGRAM ARGUMENTS... The server is this
# machine's (Debian's postgresql-15), listens on a socket in a temporary folder only, and is gone
# afterwards. Stores are then at $TEST_STORE&schema=NAME. Exit code 77, with a word, where there is none.
set -u
programs=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)
[ -n "$programs" ] && [ -x "$programs/initdb" ] || { echo "skipped: PostgreSQL is not installed"; exit 77; }
folder=$(mktemp -d /tmp/synoptic-postgres-XXXXXX)
as=()
if [ "$(id -u)" = 0 ]; then # the server refuses to run as root
    user=nobody
    id postgres >/dev/null 2>&1 && user=postgres
    chown "$user" "$folder"
    as=(setpriv --reuid "$user" --regid "$(id -g "$user")" --clear-groups)
fi
chmod 711 "$folder"
stop() {
    "${as[@]}" "$programs/pg_ctl" -D "$folder/data" -m immediate -w stop >/dev/null 2>&1
    rm -rf "$folder"
}
trap stop EXIT
cd "$folder" || exit 1
settings="-k $folder -c listen_addresses= -c fsync=off -c max_connections=200 -c shared_buffers=32MB"
if ! "${as[@]}" "$programs/initdb" -D data -A trust -U postgres --no-sync -E UTF8 --locale=C.UTF-8 >start 2>&1 ||
    ! "${as[@]}" "$programs/pg_ctl" -D data -l "$folder/log" -w start -o "$settings ${POSTGRES_SETTINGS:-}" >>start 2>&1
then
    cat start log 2>/dev/null
    exit 1
fi
cd - >/dev/null || exit 1
export PGUSER=postgres PGDATABASE=postgres TEST_STORE="postgres://?host=$folder" TEST_POSTGRES_PROGRAMS=$programs TEST_POSTGRES_AS="${as[*]}"
export TEST_POSTGRES_DATA="$folder/data"
"$@"
code=$?
if [ $code != 0 ]; then
    echo "--- what the server said"
    grep -A3 -E 'ERROR|FATAL|PANIC' "$folder/log" | cut -c1-1200 | tail -40
fi
exit $code
