#!/usr/bin/env bash
# Installs what is missing of the named groups through apt-get, and prints what it installs. Looks for the programs and
# libraries themselves, not for packages, so that it also accepts those that came another way. Uses the network only
# when something is missing.
#
#   scripts/install-deps.sh GROUP...      groups: ffmpeg libraries bench emulator speech
set -euo pipefail

missing=()

# program NAME PACKAGE: PACKAGE is missing unless NAME is on the PATH.
program() { command -v "$1" >/dev/null || missing+=("$2"); }

# library MODULE PACKAGE: PACKAGE is missing unless pkg-config knows MODULE.
library() { pkg-config --exists "$1" 2>/dev/null || missing+=("$2"); }

for group in "$@"; do
  case $group in
    ffmpeg)
      program ffmpeg ffmpeg
      program ffprobe ffmpeg
      ;;
    libraries)
      program pkg-config pkg-config
      library yaml-0.1 libyaml-dev
      library freetype2 libfreetype-dev
      library zlib zlib1g-dev
      library libxxhash libxxhash-dev
      library kissfft-float libkissfft-dev
      library libutf8proc libutf8proc-dev
      ;;
    bench)
      program python3 python3
      python3 -c 'import ensurepip' 2>/dev/null || missing+=(python3-venv)
      ;;
    speech) program espeak-ng espeak-ng ;;
    emulator) program qemu-x86_64 qemu-user ;;
    *)
      echo "install-deps: no group named '$group'" >&2
      exit 2
      ;;
  esac
done

[ ${#missing[@]} -gt 0 ] || exit 0
mapfile -t missing < <(printf '%s\n' "${missing[@]}" | sort -u)

if ! command -v apt-get >/dev/null; then
  echo "install-deps: please install what provides these Debian packages: ${missing[*]}" >&2
  exit 3
fi
as_root=()
if [ "$(id -u)" != 0 ]; then
  command -v sudo >/dev/null || {
    echo "install-deps: root must run: apt-get install ${missing[*]}" >&2
    exit 3
  }
  as_root=(sudo)
fi
echo "Installing with apt-get: ${missing[*]}"
"${as_root[@]}" apt-get update -qq
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"
