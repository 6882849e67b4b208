#!/bin/sh
# Makes the faces in this folder from the Debian packages fonts-dejavu-core, fonts-noto-cjk and fonts-unifont, with
# pyftsubset of the package fonttools. The faces are committed: run this only to change what they hold.
#
# usage: fonts/make-subsets.sh [folder of the installed fonts]
set -eu

installed=${1:-/usr/share/fonts}
here=$(cd "$(dirname "$0")" && pwd)

# Half-width katakana, and the full-width kana and marks that Japanese titles need.
kana='U+FF61-FF9F,U+3001-3003,U+300C-300F,U+3041-3096,U+3099-309F,U+30A0-30FF'

# What neither DejaVu Sans Mono nor Noto has and the catalogue's palettes and particle sets use: runes, the water
# wave, sparkles and the large circle.
last_resort='U+16A0-16F0,U+2307,U+2728,U+2B24'

# subset OUTPUT SOURCE CODEPOINTS [options]
# Layout tables and hints are dropped: glyphs are drawn one by one and unhinted. Dates stay those of the source, so
# that the same packages give the same bytes.
subset() {
  output=$1 source=$2 codepoints=$3
  shift 3
  pyftsubset "$installed/$source" --output-file="$here/$output" --unicodes="$codepoints" \
    --layout-features='' --no-hinting --desubroutinize --drop-tables+=vhea,vmtx,VORG,BASE,GPOS,GSUB \
    --name-IDs='*' --name-languages=0x409 --no-prune-unicode-ranges --no-recalc-timestamp "$@"
}

cp "$installed/truetype/dejavu/DejaVuSansMono.ttf" "$installed/truetype/dejavu/DejaVuSansMono-Bold.ttf" "$here/"

# In the collections of Noto Sans CJK the face 5 is Noto Sans Mono CJK JP.
subset NotoSansMonoCJKjp-Kana.otf opentype/noto/NotoSansCJK-Regular.ttc "$kana" --font-number=5
subset NotoSansMonoCJKjp-Kana-Bold.otf opentype/noto/NotoSansCJK-Bold.ttc "$kana" --font-number=5
subset Unifont-LastResort.otf opentype/unifont/unifont.otf "$last_resort"
