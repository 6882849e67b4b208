#!/usr/bin/env bash
# Holds what the program hears of music to other programs, and says where they differ:
#   - the features of real music to a reference in numpy, within 1e-4;
#   - beats and tempo of ten synthesised tracks to what was played;
#   - beats of five pieces from games in Debian to librosa's tracker.
#
#   scripts/compare-audio.sh PROGRAM
#
# The music is fetched with apt-get download and unpacked below .build; numpy and librosa live in an environment of their
# own there. Nothing is installed in the system.
set -euo pipefail
program=$(realpath "$1")
cd "$(dirname "$0")/.."
scripts/install-deps.sh ffmpeg bench

work=.build/compare-audio
environment=$work/venv
mkdir -p "$work/music"
if ! "$environment/bin/python" -c 'import numpy, librosa' 2>/dev/null; then
  echo "Installing numpy and librosa into $environment"
  python3 -m venv "$environment"
  "$environment/bin/python" -m pip install --quiet --disable-pip-version-check numpy librosa
fi

# Package and the path of a piece in it.
pieces=(
  "asc-music usr/share/games/asc/music/frontiers.mp3"
  "gunroar-data usr/share/games/gunroar/sounds/musics/gr3.ogg"
  "noiz2sa-data usr/share/games/noiz2sa/sounds/stg4.ogg"
  "rrootage-data usr/share/games/rrootage/sounds/stg_a.ogg"
  "titanion-data usr/share/games/titanion/sounds/musics/ttn3.ogg"
)
files=()
for piece in "${pieces[@]}"; do
  read -r package path <<<"$piece"
  if [ ! -f "$work/music/$package/$path" ]; then
    echo "Fetching $package"
    (cd "$work" && apt-get download -qq -o APT::Sandbox::User="$(id -un)" "$package" && dpkg -x "$package"_*.deb "music/$package" && rm "$package"_*.deb)
  fi
  files+=("$work/music/$package/$path")
done

ASCII_SCENE_CACHE=$work/cache exec "$environment/bin/python" -W ignore scripts/compare_audio.py "$program" "${files[@]}"
