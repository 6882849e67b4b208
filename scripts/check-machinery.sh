#!/usr/bin/env bash
# Runs every command of docs/machinery.md and makes sure that the page has a row for each of S-01 to S-54.
# Usage: scripts/check-machinery.sh PROGRAM
set -euo pipefail

program=$(realpath "$1")
root=$(cd "$(dirname "$0")/.." && pwd)
page=$root/docs/machinery.md
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
ln -s "$root/scenes" scenes
mkdir out
export ASCII_SCENE_CACHE=$work/cache

for number in $(seq -w 1 54); do
  [ "$(grep -c "^| S-$number |" "$page")" = 1 ] || { echo "no row, or two, for S-$number" >&2; exit 1; }
done

# A command stands between the last two backticks of its row.
commands=$(sed -n 's/^| S-.*`\(ascii-scene [^`]*\)` |$/\1/p' "$page")
[ "$(wc -l <<< "$commands")" = 54 ] || { echo "not every row has a command" >&2; exit 1; }
while read -r _ words; do
  echo "ascii-scene $words"
  # shellcheck disable=SC2086 # words of a command line
  "$program" $words > said 2>&1 < /dev/null || { cat said >&2; exit 1; }
done < <(awk '!seen[$0]++' <<< "$commands")
echo "All commands of docs/machinery.md ran."
