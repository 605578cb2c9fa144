#!/usr/bin/env bash
# The page side beside Readability.js, on the same pages, on one core, in one run. By hand, not in CI.
#   tests/bench/page.sh FOLDER [BUILD]     FOLDER holds *.html or *.html.gz; needs `npm ci` in tests/web
set -euo pipefail
folder=$(cd "$1" && pwd)
cd "$(dirname "$0")/../.."
build=${2:-build}
[ -d tests/web/node_modules/linkedom ] || { echo "run npm ci in tests/web first" >&2; exit 2; }
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
find "$folder" -name '*.html' -exec cp {} "$dir" \;
find "$folder" -name '*.html.gz' | while read -r f; do zcat "$f" >"$dir/$(basename "$f" .gz)"; done
core=$(($(nproc) - 1))
taskset -c "$core" "$build/tests/bench/bench-page" "$dir"/*.html
taskset -c "$core" node tests/bench/readability.mjs tests/web/node_modules "$dir"/*.html
