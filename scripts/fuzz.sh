#!/usr/bin/env bash
# Lets libFuzzer look for texts that break the checker: first builds the program `fuzz`, then runs each target for a while.
#
#   scripts/fuzz.sh SECONDS|runs=N [TARGET...]      targets: yaml scene expression words
#
# Seeds are the scenes of the project and of its tests, and Fuzz/Seeds. A text that breaks something is written to
# .build/fuzz/found, and the run fails. What libFuzzer finds interesting in SECONDS is kept in .build/fuzz/corpus for the
# next run. With runs=N it tries N texts, the same on every machine: nobody's commit fails by bad luck.
set -euo pipefail
cd "$(dirname "$0")/.."
amount=$1
shift
targets=("$@")
[ $# -gt 0 ] || targets=(yaml scene expression words)

build=.build/fuzz
options=(-c release --product fuzz --scratch-path "$build")
FUZZ=1 swift build "${options[@]}"
program=$(FUZZ=1 swift build "${options[@]}" --show-bin-path)/fuzz

# Swift's own report of a crash would keep libFuzzer from writing the text that broke something.
export SWIFT_BACKTRACE=enable=no
# With orders and addresses of its own, each run would take another path through the texts.
export SWIFT_DETERMINISTIC_HASHING=1
same=()
if setarch -R true 2>/dev/null; then same=(setarch -R); fi
rm -rf "$build/seeds"
mkdir -p "$build/seeds" "$build/found"
find scenes Tests/SceneLangTests/Fixtures -name '*.yaml' | while read -r scene; do
  cp "$scene" "$build/seeds/${scene//\//_}"
done
# Words that the language knows, for the fuzzer to put together.
export LC_ALL=C
grep -hoE '[a-z_]{2,20}' "$build"/seeds/* | sort -u | sed 's/.*/"&"/' >"$build/words.dict"

for target in "${targets[@]}"; do
  case $target in
    yaml | scene) seeds=("$build"/seeds/*) ;;
    *) seeds=(Fuzz/Seeds/"$target"/*) ;;
  esac
  options=(-seed_inputs="$(IFS=, && echo "${seeds[*]}")" -dict="$build/words.dict" -artifact_prefix="$build/found/$target-"
    -timeout=10 -max_len=4096 -rss_limit_mb=2048 -verbosity=0 -print_funcs=0 -print_final_stats=1)
  case $amount in
    runs=*) options+=(-runs="${amount#runs=}" -seed=1) ;;
    *)
      mkdir -p "$build/corpus/$target"
      options+=(-max_total_time="$amount" "$build/corpus/$target")
      ;;
  esac
  echo "Fuzzing $target, $amount"
  log=$build/$target.log
  if ! "${same[@]}" "$program" "$target" "${options[@]}" >"$log" 2>&1; then
    tail -n 40 "$log"
    exit 1
  fi
  grep '^stat::' "$log"
done
