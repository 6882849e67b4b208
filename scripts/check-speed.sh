#!/usr/bin/env bash
# What depends on the machine's quiet: that two workers render nearly twice as fast as one, and that `estimate` is within 30 %
# of the build that follows. Prints the ratios and fails for broken ones; run it when nothing else does.
# Usage: scripts/check-speed.sh PROGRAM SCENE…
set -euo pipefail

program=$(realpath "$1")
shift
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0
TIMEFORMAT='%R %U %S'

# Renders 960 frames with $1 workers, long enough for the start not to count; the caller takes turns, so that what disturbs one
# disturbs the other.
render() { { time "$program" hash scenes/bench/standard.yaml --fps 32 --workers "$1" > "$work/hashes-$1"; } 2>> "$work/render-$1"; }
# The least disturbed of the runs.
best() { sort -n "$1" | awk 'NR == 1 { print $1 }'; }

for _ in 1 2 3 4 5; do
  render 1
  render 2
done
cmp "$work/hashes-1" "$work/hashes-2"
awk -v one="$(best "$work/render-1")" -v two="$(best "$work/render-2")" 'BEGIN {
  printf "two workers: %.2f s, one: %.2f s, %.2f times\n", two, one, one / two
  exit one / two < 1.8 }' || failed=1

for scene in "$@"; do
  for quality in draft production; do
    rm -rf "$work/cache"
    export ASCII_SCENE_CACHE=$work/cache
    said=$("$program" estimate "$scene" --quality "$quality" --format json)
    { time "$program" build "$scene" -o "$work/film.mp4" --quality "$quality" --format json > "$work/built" 2>/dev/null; } \
      2> "$work/time"
    took=$(sed 's/.*"seconds":\([0-9.]*\),"fps".*/\1/' "$work/built")
    estimated=$(sed 's/.*"seconds":\([0-9.]*\),.*/\1/' <<< "$said")
    size=$(sed 's/.*"size":\([0-9]*\).*/\1/' <<< "$said")
    awk -v name="$scene $quality" -v a="$estimated" -v b="$took" -v size="$size" -v built="$(stat -c %s "$work/film.mp4")" \
      -v processor="$(awk '{ print $2 + $3 }' "$work/time")" 'BEGIN {
        printf "%s: %.1f s estimated, %.1f s taken (%.1f s of the processor), %+.0f %%; size %+.0f %%\n",
          name, a, b, processor, 100 * (a / b - 1), 100 * (size / built - 1)
        exit a / b > 1.3 || a / b < 0.7 || size / built > 1.3 || size / built < 0.7 }' || failed=1
  done
done
exit $failed
