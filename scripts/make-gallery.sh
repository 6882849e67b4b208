#!/usr/bin/env bash
# Writes docs/gallery.md and its thumbnails: the middle of every segment of the scenes that show the catalogue, and of the
# pictures made of several of its parts. The captions are drawn by ffmpeg, which must be built with FreeType.
#
#   scripts/make-gallery.sh PROGRAM
set -euo pipefail
program=$(realpath "$1")
cd "$(dirname "$0")/.."
export LC_ALL=C

pictures=docs/gallery
rm -rf "$pictures"
mkdir -p "$pictures"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# sheet SCENE COLUMNS WIDTH: one frame for each segment, all of one length.
sheet() {
  local count
  count=$(grep -cE '^  - (\{|name: )' "scenes/$1.yaml")
  "$program" sheet "scenes/$1.yaml" --count "$count" --columns "$(($2 < count ? $2 : count))" --width "$3" \
    -o "$work/sheet.png" >&2
  mkdir -p "$(dirname "$pictures/$1")"
  ffmpeg -v error -y -i "$work/sheet.png" -q:v 5 "$pictures/$1.jpg"
}

# caption SCENE COLUMNS: the name of its segment below every frame of the sheet just written; they stand 4 pixels apart.
caption() {
  local count columns rows style labels
  count=$(names "$1" | wc -l)
  columns=$(($2 < count ? $2 : count))
  rows=$(((count + columns - 1) / columns))
  style="fontfile=fonts/DejaVuSansMono.ttf:fontsize=13:fontcolor=0xc8d4e6:x=(w-tw-4)/2:y=h-7-ascent"
  labels=$(names "$1" | awk -v style="$style" '{ printf "drawtext=%s:text=%s:enable=eq(n\\,%d),", style, $0, NR - 1 }')
  ffmpeg -v error -y -i "$work/sheet.png" \
    -vf "format=rgb24,pad=iw+4:ih+4,untile=${columns}x$rows,pad=iw:ih+18,${labels}tile=${columns}x$rows" \
    -frames:v 1 -q:v 5 "$pictures/$1.jpg"
}

# The comment that a scene begins with, and the names of its segments.
about() { sed -n '1s/^# //p' "scenes/$1.yaml"; }
names() { sed -nE 's/^  - \{?name: ([^,}]+).*/\1/p' "scenes/$1.yaml"; }

{
  printf '# Gallery\n\nPrinted by `make gallery`.\n\n## Pictures\n'
  for scene in scenes/showcase/*.yaml scenes/look/*.yaml; do
    scene=${scene#scenes/} && scene=${scene%.yaml}
    sheet "$scene" 1 640
    printf '\n### %s\n\n%s\n\n![%s](gallery/%s.jpg)\n' "[$scene](../scenes/$scene.yaml)" "$(about "$scene")" "$scene" "$scene"
  done
  printf '\n## The catalogue\n'
  for scene in scenes/gallery/*.yaml; do
    scene=${scene#scenes/} && scene=${scene%.yaml}
    sheet "$scene" 4 240
    caption "$scene" 4
    printf '\n### %s\n\n%s\n\n![%s](gallery/%s.jpg)\n\nRow by row: %s.\n' "[$scene](../scenes/$scene.yaml)" \
      "$(about "$scene")" "$scene" "$scene" "$(names "$scene" | sed 's/.*/`&`/' | paste -sd, | sed 's/,/, /g')"
  done
} >docs/gallery.md
