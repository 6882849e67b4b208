#!/usr/bin/env bash
# Runs a Python script with numpy and Pillow, which live in a virtual environment of their own under .build.
#
#   scripts/bench-python.sh SCRIPT [ARGUMENT...]
set -euo pipefail
cd "$(dirname "$0")/.."

environment=.build/bench-venv
if ! "$environment/bin/python" -c 'import numpy, PIL' 2>/dev/null; then
  scripts/install-deps.sh bench
  echo "Installing numpy and pillow into $environment"
  python3 -m venv "$environment"
  "$environment/bin/python" -m pip install --quiet --disable-pip-version-check numpy pillow
fi
exec "$environment/bin/python" "$@"
