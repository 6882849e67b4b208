"""Holds `ascii-scene schema` to the scenes of the project, to the examples of `explain` and to what `check` says of keys
that stand together. Called by check-schema.sh."""

import itertools
import json
import pathlib
import re
import subprocess
import sys
import tempfile

import jsonschema
import yaml

# What a schema can express. Types of expressions, names of the scene's own and everything about YAML itself it cannot.
EXPRESSIBLE = {
    "conflicting_keys", "foreign_boolean", "missing_key", "missing_unit", "out_of_range", "unknown_blend",
    "unknown_choice", "unknown_grid", "unknown_key", "unknown_version",
}


# What `check` says of keys that do not go together.
OF_KEYS = {"conflicting_keys", "missing_key", "unknown_key"}

# By mapping: what it says anyway, one of these at a time, and keys of which every two are added to it.
LAYER = {
    "grid": "md", "palette": "dense", "hue": 0.4, "color": "deep", "colour": "deep", "blend": "Soft-Light", "look": "none",
    "cap": 100, "opaque": "True", "mask": "circle", "effects": ["shake"], "mask_at": "Pixels", "transform": "mirror_x",
    "align": "left", "position": [0.5, 0.5], "backdrop": True, "style": "typewriter", "cells": True, "prefer": "top",
    "Grid": "lg", "text": "Ho",
}
SOURCES = {
    "field": "plasma", "effect": "fire", "particles": "embers", "text": "Hi", "layers": [{"field": "plasma"}], "use": "one",
}
INPUT = {
    "start": "1s", "outro": "2s", "length": "60s", "voice": "en", "pace": 120, "duck": 0.5, "fit": "cover", "from": "1s",
    "to": "2s", "speed": 2, "loop": True, "clock": "video", "fps": 12,
}
PALETTE = {
    "match": "index", "order": "as_written", "gamma": 1.5, "jitter": 0.1, "stretch": 1.2, "thresholds": [0.2, 0.6],
    "direction": "angle", "hysteresis": 0.05, "chars": " .#", "ramp": " .#",
}
AUDIO = {
    "features": "synthetic", "markers": {"x": "1s"}, "gain": 0.5, "start": "1s", "loudness": -16, "tracks": [{"track": "missing.ogg"}],
    "beats": {"tempo": 100}, "track": "missing.ogg",
}
SEGMENT = {
    "duration": "3s", "until": "3s", "name": "a", "level": "Quiet", "tone": "none", "look": "none", "use": "two",
    "with": {"n": 1}, "layers": [{"field": "plasma"}],
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


def scenes_of_pairs():
    """Scenes that differ in two keys of one mapping."""

    def scene(layer=None, segment=None, **top):
        whole = {"duration": "3s", "layers": [layer or {"field": "plasma"}]} if segment is None else segment
        templates = {
            "one": {"kind": "layer", "field": "plasma"},
            "two": {"kind": "segment", "params": {"n": 1}, "duration": "2s", "layers": [{"field": "plasma"}]},
        }
        return {"ascii-scene": 1, **top, "templates": templates, "segments": [whole]}

    def pairs(keys):
        for a, b in itertools.combinations(keys, 2):
            yield {a: keys[a], b: keys[b]}

    for source, value in SOURCES.items():
        for keys in pairs(LAYER):
            yield scene(layer={**{source: value}, **keys})
    for child in ({"field": "plasma", "grid": "md"}, {"field": "plasma", "opacity": 0.5}):
        yield scene(layer={"layers": [child], "cells": True, "grid": "md"})
    for words in ({"lyrics": [{"from": "1s", "to": "2s", "text": "Hi"}]}, {"narration": ["Hi"]}, {}):
        for keys in pairs(INPUT):
            yield scene(inputs={"words": {**words, **keys}})
    for keys in pairs(PALETTE):
        yield scene(layer={"field": "plasma", "palette": keys})
    for keys in pairs(AUDIO):
        yield scene(audio=keys)
    for keys in pairs(SEGMENT):
        yield scene(segment=keys)


def disagreements(program, validator):
    """Where schema and checker say different things of keys that stand together, and how many scenes were asked."""
    scenes = list(scenes_of_pairs())
    with tempfile.TemporaryDirectory() as folder:
        for number, scene in enumerate(scenes):
            text = yaml.safe_dump(scene, sort_keys=False, allow_unicode=True)
            pathlib.Path(folder, f"{number}.yaml").write_text(text)
        report = subprocess.run(
            [program, "check", "--format", "json", folder], capture_output=True, text=True, check=False).stdout
    found = {}
    for finding in json.loads(report):
        if finding["severity"] == "error":
            found.setdefault(int(pathlib.Path(finding["file"]).stem), set()).add(finding["id"])
    failures = []
    for number, scene in enumerate(scenes):
        ids = found.get(number, set())
        refused = list(validator.iter_errors(scene))
        if refused and not ids:
            failures.append(f"the schema refuses a clean scene: {scene}: {refused[0].message[:200]}")
        # What templates bring, and what is spelt otherwise, only the checker knows.
        is_open = re.search(r"'use':|'Grid':", str(scene["segments"]))
        if ids and ids <= OF_KEYS and not refused and not is_open:
            failures.append(f"the schema accepts what has {sorted(ids)}: {scene}")
    return failures, len(scenes)


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

    more, pairs = disagreements(program, validator)
    failures += more

    for failure in failures:
        print(failure, file=sys.stderr)
    print(f"{len(files)} files and {len(explanations)} examples pass, {rejected} wrong examples do not")
    print(f"{pairs} scenes of two keys: schema and check agree but for {len(more)}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
