#!/usr/bin/env bash
# Checks a video file by probing it: H.264 and AAC, exactly this many video frames, exactly this duration.
#
#   scripts/check-video.sh FILE FRAMES SECONDS
set -euo pipefail
export LC_ALL=C

file=$1 frames=$2 seconds=$3

probe() { ffprobe -v error "$@" -of default=noprint_wrappers=1:nokey=1 "$file"; }
# expect WHAT WANTED FOUND
expect() {
  if [ "$2" != "$3" ]; then
    echo "check-video: $file: $1: wanted $2, found $3" >&2
    exit 1
  fi
}

expect "streams" "h264 aac" "$(probe -show_entries stream=codec_name | tr '\n' ' ' | sed 's/ $//')"
expect "video frames" "$frames" "$(probe -select_streams v:0 -count_packets -show_entries stream=nb_read_packets)"
duration=$(probe -select_streams v:0 -show_entries stream=duration)
expect "seconds of video" "$(printf '%.3f' "$seconds")" "$(printf '%.3f' "$duration")"
echo "$file: $frames frames, $seconds s, H.264 and AAC"
