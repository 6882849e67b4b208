#!/usr/bin/env bash
# Proves that frames do not depend on the processor: hashes two frames of each scene here and under an emulated Nehalem,
# which has neither AVX nor FMA. A wide instruction on the baseline path ends the emulated run (illegal instruction).
#
#   scripts/check-baseline.sh PROGRAM [SCENE...]
set -euo pipefail

program=$1
shift
[ $# -gt 0 ] || set -- scenes/intro.yaml

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

for scene in "$@"; do
  options=(hash "$scene" --quality draft --frames 100..102)
  "$program" "${options[@]}" >"$work/native"
  qemu-x86_64 -cpu Nehalem "$program" "${options[@]}" >"$work/emulated"
  if [ "$(sort -u "$work/native" | wc -l)" != 2 ]; then
    echo "check-baseline: $scene: wanted two lines of hashes, got:" >&2
    cat "$work/native" >&2
    exit 1
  fi
  if ! diff "$work/native" "$work/emulated" >&2; then
    echo "check-baseline: $scene has other frames on a processor without AVX (< here, > Nehalem)" >&2
    exit 1
  fi
  echo "$scene: the same frames on Nehalem"
done
