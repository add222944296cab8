#!/usr/bin/env bash
# The whole recipe: from the data under ../shared/data to the shipped weights and their numbers. Two cores, about two hours.
set -euo pipefail
cd "$(dirname "$0")/../.."
python3 -m pip install --quiet -r training/requirements.txt -e .
minutes="${MINUTES:-90}"
out="${OUT:-training/out}"
python3 -m training.train --minutes "$minutes" --out "$out"
python3 -m training.export_onnx "$out" "${WEIGHTS:-src/dragoman/language/weights}"
python3 -m training.evaluate "${WEIGHTS:-src/dragoman/language/weights}"
