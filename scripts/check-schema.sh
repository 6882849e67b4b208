#!/usr/bin/env bash
# Validates scenes against the JSON Schema with Python's jsonschema, in a virtual environment under .build.
#
#   scripts/check-schema.sh PROGRAM
#
# Every scene and library of the project and every right example of `explain` must pass; every wrong example whose mistake
# a schema can express must not.
set -euo pipefail
program=$(realpath "$1")
cd "$(dirname "$0")/.."

environment=.build/schema-venv
if ! "$environment/bin/python" -c 'import jsonschema, yaml' 2>/dev/null; then
  scripts/install-deps.sh bench
  echo "Installing jsonschema and pyyaml into $environment"
  python3 -m venv "$environment"
  "$environment/bin/python" -m pip install --quiet --disable-pip-version-check jsonschema pyyaml
fi
exec "$environment/bin/python" scripts/check_schema.py "$program"
