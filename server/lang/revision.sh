#!/bin/sh
# Writes the header $2 with a number that stands for all that decides what the engine finds in a
# text: what lies in folder $1, and in assets/ beside it (which language a text is in). Leaves the
# header alone when it says so already.
set -e
sum=$(find "$1" "$1/../assets" \( -name '*.[ch]' -o -path '*/words/*.txt' -o -name '*.bin' \) ! -path '*/training/*' | LC_ALL=C sort | xargs cat | sha256sum | cut -c1-16)
line="#define LANG_REVISION UINT64_C(0x$sum)"
[ -f "$2" ] && [ "$(cat "$2")" = "$line" ] || echo "$line" >"$2"
