#!/usr/bin/env bash
# The figures that the corpora beside the project give, held against floors (a little under what was
# reached, so that only a real loss fails). Needs ../shared; prints every figure.
set -u
cd "$(dirname "$0")/.."
measure=../shared/measure data=../shared/data program=build/synoptic bad=0
out=$(mktemp)
trap 'rm -f "$out"' EXIT

# least NAME FLOOR REGEX: the first number that REGEX captures in the last output must not be below FLOOR.
least() {
    local value; value=$(sed -nE "s/$3/\1/p" "$out" | head -1)
    if [ -z "$value" ] || awk -v v="$value" -v f="$2" 'BEGIN { exit !(v < f) }'; then
        echo "BELOW $1: ${value:-nothing} (floor $2)"; bad=1
    fi
}
run() { echo "--- $*"; python3 "$@" | tee "$out" || { echo "FAILED: $*"; bad=1; }; }

run $measure/story.py $program ../shared/corpus/london-talks/gold ../shared/corpus/london-talks
least body 100 '^body +([0-9.]+).*'
least title 100 '^title +([0-9.]+).*'
least statements 70 '^statements .*F1 ([0-9.]+).*'
least speaker 85 '^speaker +([0-9.]+).*'
least kind 85 '^kind +([0-9.]+).*'
least carrier 3 '^carrier +([0-9]+) of.*'
least utterances 50 '^utterances .*F1 ([0-9.]+).*'
least positions 40 '^positions .*F1 ([0-9.]+).*'
exit $bad
