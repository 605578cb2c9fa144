#!/usr/bin/env bash
# The figures that the corpora beside the project give, held against floors (a little under what was
# reached, so that only a real loss fails). Needs ../shared; prints every figure.
set -u
cd "$(dirname "$0")/../.."
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
run() { echo "--- $*"; python3 "$@" >"$out" 2>&1 || { echo "FAILED: $*"; bad=1; }; cat "$out"; }

run $measure/story.py $program ../shared/corpus/london-talks/gold ../shared/corpus/london-talks
least body 100 '^body +([0-9.]+).*'
least title 100 '^title +([0-9.]+).*'
least statements 90 '^statements .*F1 ([0-9.]+).*'
least speaker 95 '^speaker +([0-9.]+).*'
least kind 95 '^kind +([0-9.]+).*'
least carrier 4 '^carrier +([0-9]+) of.*'
least utterances 90 '^utterances .*F1 ([0-9.]+).*'
least positions 82 '^positions .*F1 ([0-9.]+).*'

if [ -d $data/stories ]; then
    # Five whole stories; the counts of each stand first, so what is wanted is what follows "together".
    run $measure/story.py $program $data/stories
    sed -n '/together/,$p' "$out" >"$out.all" && mv "$out.all" "$out"
    least "stories: statements" 85 '^statements .*F1 ([0-9.]+).*'
    least "stories: speaker" 92 '^speaker +([0-9.]+).*'
    least "stories: carrier" 106 '^carrier +([0-9]+) of.*'
    least "stories: utterances" 60 '^utterances .*F1 ([0-9.]+).*'
    least "stories: utterances, precision" 85 '^utterances +P ([0-9.]+).*'
    least "stories: positions" 38 '^positions +.*F1 ([0-9.]+).*'
    least "stories: positions, precision" 69 '^positions +P ([0-9.]+).*'
    least "stories: positions on own issues, precision" 74 '.*own issues P ([0-9.]+).*'
    least "stories: conflicts" 10 '^conflicts +([0-9]+) of.*'
    least "stories: rewrites" 2 '^rewrites +([0-9]+) of.*'
    echo "--- cases of reading"
    python3 $measure/cases.py $program ../shared/cases/reading >"$out" 2>&1; tail -1 "$out"
    least "cases of reading" 280 '^([0-9]+) of [0-9]+ assertions.*'
fi

run $measure/attribution.py $program $data/polnear/dev
least source 79.5 '^role +source .*F1 ([0-9.]+).*'
least cue 73.5 '^role +cue .*F1 ([0-9.]+).*'
least content 66.5 '^role +content .*F1 ([0-9.]+).*'
least linked 72.5 '^linked .*F1 ([0-9.]+).*'
least quoted 88 '^quoted +R ([0-9.]+).*'

run $measure/actors.py $program $data/actors
least "named found" 97 '^found +named +R ([0-9.]+).*'
least "actor chains" 93.5 '^resolve +actor +with misses +B3 .*F1 ([0-9.]+)  pairwise.*'
least "whole chains" 76 '^whole +person +([0-9.]+).*'

run $measure/stance.py $program $data/stance/dev
least "stances of a sentence" 28.5 '^sentence .*F1 ([0-9.]+).*'
least "stances of an article" 39 '^article .*F1 ([0-9.]+).*'

run $measure/grouping.py $program $data/stance/dev
least "grouping pairs" 96.5 '^pairs .*F1 ([0-9.]+).*'
least "grouping exact" 94 '^exact +([0-9.]+).*'

run $measure/body.py $program $data/html
least "page body" 0.960 '^body +F1 ([0-9.]+).*'
least "chunk recall" 0.945 '^chunks +recall ([0-9.]+).*'
least "page title" 0.80 '^title +R ([0-9.]+).*'
least "page author" 0.70 '^author +R ([0-9.]+).*'
least "page date" 0.88 '^date +R ([0-9.]+).*'
least htmldate 0.945 '^htmldate F ([0-9.]+).*'
exit $bad
