#!/bin/sh
# Writes the header $2 with a number that stands for all that decides which attributions the engine finds in a
# text, as they are kept beside an article: the rooms of folder $1 up to attribution/, the reader's model, and
# assets/ (the language a text is in). Actors, attitudes, issues and stances come later and do not count. Leaves
# the header alone when it says so already.
set -e
lang=$1
rooms="$lang/text $lang/kernel $lang/net $lang/names $lang/attribution $lang/actors/words $lang/../assets"
sum=$(find $rooms "$lang/lang.h" "$lang/parts.h" "$lang/draft.c" "$lang/model/reader.bin" \
    \( -name '*.[ch]' -o -path '*/words/*.txt' -o -name '*.bin' \) | LC_ALL=C sort | xargs cat | sha256sum | cut -c1-16)
line="#define LANG_REVISION UINT64_C(0x$sum)"
[ -f "$2" ] && [ "$(cat "$2")" = "$line" ] || echo "$line" >"$2"
