#!/bin/sh
# Trains the stance network anew: retrain_stance.sh BUILD POLNEAR DSE WORK
#   BUILD    the build folder (bench-tokens, bench-stances); POLNEAR holds train/ and dev/; DSE train.txt and valid.txt
#   WORK     a scratch folder. Writes stance.bin in the folder above, on the words of its reader.bin.
# Needs Debian's python3-torch and libopenblas0; about 17 minutes on one quiet core: two teachers of twice the
# size, then the network, which learns from their mean as well as from the annotators.
set -eu
build=$1 polnear=$2 dse=$3 work=$4
here=$(cd "$(dirname "$0")" && pwd)
model=$here/..
python=/usr/bin/python3
export OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1
mkdir -p "$work"
for part in train valid; do "$build/tests/bench/bench-stances" --pairs "$dse/$part.txt" > "$work/pairs-$part.txt"; done
"$build/tests/bench/bench-stances" "$polnear"/train/text/*.txt > "$work/texts.txt"
for part in train dev; do
  "$build/tests/bench/bench-tokens" "$polnear/$part"/text/*.txt > "$work/$part.tokens"
  $python "$here/data.py" "$work/$part.tokens" "$polnear/$part" "$work/$part.pickle"
done
train() {
  $python "$here/stance_train.py" "$model/reader.bin" "$work/pairs-train.txt" "$work/pairs-valid.txt" "$work/train.pickle" "$work/texts.txt" "$@"
}
for seed in 1 2; do
  train "$work/stance-$seed.pt" --H=128 --D=96 --drop=0.4 --seed=$seed --teach="$work/stance-$seed.npz"
done
train "$work/stance.pt" --hidden=32 --seed=4 --epochs=9 --pre=7 --mix=0.6 --silver="$work/dev.pickle" --teacher="$work/stance-1.npz,$work/stance-2.npz"
$python "$here/stance_export.py" "$work/stance.pt" "$model/stance.bin"
ninja -C "$build"
