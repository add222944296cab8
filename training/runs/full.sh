#!/usr/bin/env bash
# Trains the shipped weights anew, about four hours on two quiet cores. Wants ../shared/data and training/requirements.txt.
set -euo pipefail
cd "$(dirname "$0")/../.."
python3 -m pip install --quiet -r training/requirements.txt -e .
export PYTHONPATH=src:.
run=training/out/full
weights=training/out/weights
mkdir -p training/out

# What the lexicon is sure of, read with the weights that are there.
python -m training.silver training/out/silver.jsonl

# The encoder with all heads; --resume goes on from the last checkpoint.
python -m training.train --minutes 200 --out "$run" "$@"
python -m training.finish_heads "$run" acts
python -m training.export_onnx "$run" "$weights"

# The relation of a marked pair: answers of five folds, then the network of all rows.
python -m training.pairs "$run" "$weights" --silver training/out/silver.jsonl --folds 0 1 2 3 4 \
  --answers training/out/relations.jsonl --out "$weights/relations.onnx"
python ../shared/scorers/score_events.py relations --gold ../shared/data/events/plv_train.jsonl --pred training/out/relations.jsonl

python -m training.evaluate "$weights"
echo "copy $weights/* to src/dragoman/language/weights once it measures better: python -m bench.quality"
