#!/usr/bin/env bash
# What a build promises, tried with a built program: how little an edit renders, that a killed build goes on to the same
# bytes, that workers, cache and folder change no byte, that a thousand clips are joined in little memory.
# Usage: scripts/check-build.sh PROGRAM. About 5 minutes on two cores; prints what it saw, fails at the first broken promise.
set -euo pipefail

program=$(realpath "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

step() { printf '\n== %s\n' "$1"; }
exec 3>&2 # what is timed has another standard error
fail() { printf 'broken: %s\n' "$1" >&3; exit 1; }
# build SCENE FILE [options]: the report, as JSON.
build() {
  "$program" build "$1" -o "$2" --cache "${cache:-cache}" --format json "${@:3}" 2>said || { cat said >&2; fail "no $2"; }
}
number() { sed -n "s/.*\"$1\":\([0-9.]*\).*/\1/p"; }
same() { cmp -s "$1" "$2" || fail "$1 and $2 differ"; }
strays() { find . -name '*.part' -o -name '.scratch*' | grep -q . && fail "stray files: $(find . -name '*.part' -o -name '.scratch*')" || true; }

# Twenty segments of four seconds, a clip each.
twenty() {
  printf 'ascii-scene: 1\nsegments:\n'
  for n in $(seq 20); do
    printf '  - {name: s%s, duration: 4s, layers: [{field: "fbm(speed=%s)"}, {text: "part %s", grid: xl}]}\n' "$n" "$((n - 10))" "$n"
  done
}

step "An edit of one of twenty segments renders its clip only"
twenty > scene.yaml
build scene.yaml whole.mp4 --quality draft > whole.json
printf '# a comment\n' >> scene.yaml
rendered=$(build scene.yaml comment.mp4 --quality draft | number rendered)
[ "$rendered" = 0 ] || fail "a comment rendered $rendered clips"
same whole.mp4 comment.mp4
sed -i 's/part 7"/part seven"/' scene.yaml
edited=$(build scene.yaml edited.mp4 --quality draft)
rendered=$(number rendered <<< "$edited")
[ "$rendered" = 1 ] || fail "an edit rendered $rendered clips"
alone=$(cache=alone build scene.yaml alone.mp4 --quality draft --segment s7 | sed 's/.*"seconds":\([0-9.]*\),"fps".*/\1/')
took=$(sed 's/.*"seconds":\([0-9.]*\),"fps".*/\1/' <<< "$edited")
join=$(sed 's/.*"join":{"seconds":\([0-9.]*\).*/\1/' <<< "$edited")
awk -v took="$took" -v alone="$alone" -v join="$join" 'BEGIN {
  printf "the comment rendered 0 clips, the edit 1 of 20 in %.2f s; the segment alone takes %.2f s, the join %.2f s: %.2f times\n",
    took, alone, join, took / (alone + join)
  exit took > 1.5 * (alone + join) }' || fail "the edit took too long"

step "A build that is killed ten times ends in the same bytes"
rm -rf cache
kills=0
whole=$(sed 's/.*"seconds":\([0-9.]*\),"fps".*/\1/' whole.json)
for try in $(seq 10); do
  "$program" build scene.yaml -o killed.mp4 --cache cache --quality draft >/dev/null 2>&1 &
  sleep "$(awk -v whole="$whole" -v share="$RANDOM" 'BEGIN { print 0.1 + 0.4 * whole * share / 32768 }')"
  if kill -9 $! 2>/dev/null; then kills=$((kills + 1)); fi
  wait $! 2>/dev/null || true
done
rendered=$(build scene.yaml killed.mp4 --quality draft | number rendered)
same edited.mp4 killed.mp4
strays
echo "$kills kills; the last build rendered $rendered of 20 clips; the file is the undisturbed one"

step "Workers, cache and folder change no byte"
mkdir -p other/place && cp scene.yaml other/place/
for workers in 1 2 3 8; do
  cache="cold-$workers" build scene.yaml "workers-$workers.mp4" --quality draft --workers "$workers" > /dev/null
  same edited.mp4 "workers-$workers.mp4"
done
cache=cold-8 build scene.yaml hot.mp4 --quality draft > /dev/null
same edited.mp4 hot.mp4
(cd other/place && "$program" build scene.yaml -o here.mp4 --cache ../../cold-other --quality draft >/dev/null 2>&1)
same edited.mp4 other/place/here.mp4
echo "1, 2, 3 and 8 workers, cold and hot, and from another folder: $(sha256sum < edited.mp4 | cut -c1-16)"

step "A thousand clips are joined, and memory stays flat"
many() {
  printf 'ascii-scene: 1\nvideo: {size: 64x36, fps: 2}\nsegments:\n'
  for n in $(seq "$1"); do printf '  - {name: s%s, duration: 4s, layers: [{field: "%s / 1000", grid: xxl}]}\n' "$n" "$n"; done
}
# Builds many.yaml as $1.mp4 with the cache $1 and prints the most memory in MB that it held.
peak() {
  "$program" build many.yaml -o "$1.mp4" --cache "$1" --format json > "$1.json" 2>said &
  local process=$! peak=0 key value
  while [ -e "/proc/$process/status" ] && kill -0 $process 2>/dev/null; do
    while read -r key value _; do [ "$key" != VmHWM: ] || peak=$value; done < "/proc/$process/status" || true
    sleep 0.1
  done
  wait $process || { cat said >&3; fail "no $1.mp4"; }
  echo $((peak / 1024))
}
TIMEFORMAT='%U %S'
for count in 250 1000; do
  many "$count" > many.yaml
  { time peak "many-$count" > memory; } 2> cold
  [ "$(number total < "many-$count.json")" = "$count" ] || fail "not $count clips"
  { time cache="many-$count" build many.yaml "many-$count.mp4" > hot.json; } 2> hot
  printf '%s clips: %s s of the processor, from the cache %s s, joined in %s s, %s MB at most\n' "$count" \
    "$(awk '{ print $1 + $2 }' cold)" "$(awk '{ print $1 + $2 }' hot)" \
    "$(sed 's/.*"join":{"seconds":\([0-9.]*\).*/\1/' hot.json)" "$(cat memory)"
done
strays

printf '\nAll promises held.\n'
