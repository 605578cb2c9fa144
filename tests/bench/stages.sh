#!/usr/bin/env bash
# A figure for every stage of the engine, as the table of the model card (server/lang/model/README.md):
#   tests/bench/stages.sh [BUILD_FOLDER]
# Needs ../shared.
set -u
cd "$(dirname "$0")/../.."
build=${1:-build} data=../shared/data measure=../shared/measure
# take LABEL WHERE REGEX: a row with what REGEX captures in standard input.
take() {
    local found; found=$(sed -nE "s/$3/\1/p" | head -1)
    [ -n "$found" ] || { echo "stages.sh: no figure for $1" >&2; exit 1; }
    echo "| $1 | $2 | $found |"
}
echo '| stage | measured on | figure |'
echo '|---|---|---|'
python3 tests/bench/stages.py "$build" ../shared || exit 1
out=$(python3 $measure/attribution.py "$build/synoptic" $data/polnear/dev) || exit 1
for role in source cue content; do
    take "$role, F1" 'PolNeAR dev' "^role +$role .*F1 ([0-9.]+).*" <<<"$out"
done
take 'content and source together, F1' 'PolNeAR dev' '^linked .*F1 ([0-9.]+).*' <<<"$out"
out=$(python3 $measure/story.py "$build/synoptic" ../shared/corpus/london-talks/gold ../shared/corpus/london-talks) || exit 1
take 'speakers right' 'two annotated reports' '^speaker +([0-9.]+ *\([^)]*\)).*' <<<"$out"
out=$(python3 $measure/actors.py "$build/synoptic" $data/actors) || exit 1
take 'actor chains, B3 F1 with misses' 'five events in five outlets' '^resolve +actor +with misses +B3 .*F1 ([0-9.]+)  pairwise.*' <<<"$out"
take 'whole chains of persons' 'five events in five outlets' '^whole +person +([0-9.]+).*' <<<"$out"
out=$(python3 $measure/stance.py "$build/synoptic" $data/stance/dev) || exit 1
take 'stances of a sentence, F1' 'SEESAW dev' '^sentence .*F1 ([0-9.]+).*' <<<"$out"
take 'stances of an article, F1' 'SEESAW dev' '^article .*F1 ([0-9.]+).*' <<<"$out"
