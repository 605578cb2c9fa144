#!/usr/bin/env bash
# The engine by stage, beside wink-nlp and compromise tagging the same texts, on one core, in one run. By hand,
# not in CI.     tests/bench/reader.sh FOLDER [BUILD]     FOLDER holds *.txt
set -euo pipefail
folder=$(cd "$1" && pwd)
cd "$(dirname "$0")/../.."
build=${2:-build}
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cp tests/bench/package.json tests/bench/package-lock.json "$dir"
(cd "$dir" && npm ci --silent --no-audit --no-fund)
mapfile -t files < <(find "$folder" -name '*.txt' | sort)
core=$(($(nproc) - 1))
taskset -c "$core" "$build/tests/bench/bench-reader" "${files[@]}"
taskset -c "$core" node tests/bench/tagging.mjs "$dir/node_modules" "${files[@]}"
