#!/usr/bin/env bash
# Runs every benchmark: scenes and shaders beside numpy, builds beside encoders alone, fields beside loops by hand, and all
# entries by themselves. Each prints all of its numbers; the end names those that missed a target, and fails if one did.
#
#   scripts/bench.sh PROGRAM
set -uo pipefail
program=$(realpath "$1")
cd "$(dirname "$0")/.."

missed=()
run() {
  printf '\n== %s\n' "$1"
  scripts/bench-python.sh "bench/$1.py" --program "$program" "${@:2}" || missed+=("$1")
}
run compare --output out/bench.json
run shaders --output out/bench-shaders.json
run builds --output out/bench-builds.json
run fused
run entries

if ((${#missed[@]})); then
  printf '\nbench: missed targets, or failed: %s\n' "${missed[*]}" >&2
  exit 1
fi
