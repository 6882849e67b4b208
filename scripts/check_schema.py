"""Holds `ascii-scene schema` to the scenes of the project and to the examples of `explain`. Called by check-schema.sh."""

import json
import pathlib
import re
import subprocess
import sys

import jsonschema
import yaml

# What a schema can express. Types of expressions, names of the scene's own and everything about YAML itself it cannot.
EXPRESSIBLE = {
    "conflicting_keys", "foreign_boolean", "missing_key", "missing_unit", "out_of_range", "unknown_blend",
    "unknown_choice", "unknown_grid", "unknown_key", "unknown_version",
}


class CoreLoader(yaml.SafeLoader):
    """YAML 1.2, core schema: `no` is text, `010` is ten, `1:30` is text. Merge keys and dates do not exist."""


CoreLoader.yaml_implicit_resolvers = {}
for tag, pattern, first in [
    ("tag:yaml.org,2002:bool", r"^(true|True|TRUE|false|False|FALSE)$", "tTfF"),
    ("tag:yaml.org,2002:null", r"^(~|null|Null|NULL|)$", ["~", "n", "N", ""]),
    ("tag:yaml.org,2002:int", r"^[-+]?[0-9]+$", "-+0123456789"),
    ("tag:yaml.org,2002:float", r"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$", "-+0123456789."),
]:
    CoreLoader.add_implicit_resolver(tag, re.compile(pattern), list(first))
CoreLoader.add_constructor("tag:yaml.org,2002:int", lambda loader, node: int(node.value))


def errors(validator, text):
    """The schema's complaints about a scene; None where the text is not YAML."""
    try:
        scene = yaml.load(text, CoreLoader)
    except yaml.YAMLError:
        return None
    return sorted(validator.iter_errors(scene), key=str)


def run(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def main(program):
    schema = json.loads(run(program, "schema"))
    validator_class = jsonschema.Draft202012Validator
    validator_class.check_schema(schema)
    validator = validator_class(schema)
    failures = []

    folders = [pathlib.Path("scenes"), pathlib.Path("Tests/SceneLangTests/Fixtures/ok")]
    files = sorted(path for folder in folders for path in folder.rglob("*.yaml"))
    for path in files:
        for error in errors(validator, path.read_text()) or []:
            best = jsonschema.exceptions.best_match([error])
            failures.append(f"{path}: {best.json_path}: {best.message[:200]}")

    explanations = json.loads(run(program, "explain", "--format", "json"))
    rejected = 0
    for explanation in explanations:
        right = explanation["right"]["scene"]
        for error in errors(validator, right) or []:
            failures.append(f"the right example of {explanation['id']} is rejected: {error.message[:200]}")
        if explanation["id"] in EXPRESSIBLE:
            if errors(validator, explanation["wrong"]["scene"]):
                rejected += 1
            else:
                failures.append(f"the wrong example of {explanation['id']} is accepted")

    for failure in failures:
        print(failure, file=sys.stderr)
    print(f"{len(files)} files and {len(explanations)} examples pass, {rejected} wrong examples do not")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
