#!/bin/sh
# Writes one Swift file that holds the text of scene files.
#
# usage: embed.sh RESULT.swift [FILE.yaml …]
set -eu

result=$1
shift
draft=$result.draft
trap 'rm -f "$draft"' EXIT
{
  type=${result##*/}
  echo '/// The text of files by their name without extension. Made by the plugin EmbedScenes.'
  echo "enum ${type%.swift} {"
  echo '  static let sources: [String: String] = ['
  for file in "$@"; do
    # The only two things that a raw string literal with these delimiters cannot hold.
    if grep -q -e '"""###' -e '\\###' "$file"; then
      echo "$file: error: an embedded file cannot hold \"\"\"### or \\###" >&2
      exit 1
    fi
    name=${file##*/}
    printf '"%s": ###"""\n' "${name%.yaml}"
    cat "$file"
    printf '\n"""###,\n'
  done
  [ $# -gt 0 ] || echo ':'
  echo '  ]'
  echo '}'
} >"$draft"
# The compiler driver compares the dates of sources by whole seconds: a second text within the second of the first would
# be embedded, but not compiled.
while [ -e "$result" ] && [ "$(date -r "$result" +%s)" = "$(date -r "$draft" +%s)" ]; do
  sleep 0.1
  touch "$draft"
done
mv "$draft" "$result"
