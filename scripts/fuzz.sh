#!/usr/bin/env bash
# Lets libFuzzer look for texts that break the checker: first builds the program `fuzz`, then runs each target for a while.
#
#   scripts/fuzz.sh SECONDS [TARGET...]      targets: yaml scene expression words
#
# Seeds are the scenes of the project and of its tests, and Fuzz/Seeds. What libFuzzer finds interesting is kept in
# .build/fuzz/corpus for the next run. A text that breaks something is written to .build/fuzz/found, and the run fails.
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=$1
shift
targets=("$@")
[ $# -gt 0 ] || targets=(yaml scene expression words)

build=.build/fuzz
options=(-c release --product fuzz --scratch-path "$build")
FUZZ=1 swift build "${options[@]}"
program=$(FUZZ=1 swift build "${options[@]}" --show-bin-path)/fuzz

# Swift's own report of a crash would keep libFuzzer from writing the text that broke something.
export SWIFT_BACKTRACE=enable=no
mkdir -p "$build/seeds/scenes" "$build/found"
find scenes Tests/SceneLangTests/Fixtures -name '*.yaml' | while read -r scene; do
  cp "$scene" "$build/seeds/scenes/${scene//\//_}"
done
# Words that the language knows, for the fuzzer to put together.
grep -hoE '[a-z_]{2,20}' "$build"/seeds/scenes/* | sort -u | sed 's/.*/"&"/' >"$build/words.dict"

for target in "${targets[@]}"; do
  case $target in
    yaml | scene) seeds=$build/seeds/scenes ;;
    *) seeds=Fuzz/Seeds/$target ;;
  esac
  mkdir -p "$build/corpus/$target"
  echo "Fuzzing $target for $seconds s"
  log=$build/$target.log
  if ! "$program" "$target" "$build/corpus/$target" "$seeds" -max_total_time="$seconds" -timeout=10 -max_len=4096 \
    -rss_limit_mb=2048 -dict="$build/words.dict" -artifact_prefix="$build/found/$target-" -verbosity=0 -print_funcs=0 \
    -print_final_stats=1 >"$log" 2>&1; then
    tail -n 40 "$log"
    exit 1
  fi
  grep '^stat::' "$log"
done
