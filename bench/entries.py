#!/usr/bin/env python3
"""Times every field, simulation, particle system, effect and cell effect by itself on the grid `sm` (320 × 83 at 1920×1080).

Prints nanoseconds per cell of fields, microseconds per 1000 particles, and milliseconds per frame of all of them, and fails
where one takes more than its limit or cannot be timed. A frame's time here is that of its cells and of its ticks: drawing is
the same for all. That of a cell effect is what it adds to the cells of the field below it.
"""

import argparse
import json
import pathlib
import subprocess
import sys
import tempfile

CELLS = 320 * 83
FRAMES = 48
ROUNDS = 3
# Fields with a state: what grows from frame to frame is not among the cells.
TICKING = {"game_of_life", "letters", "reaction_diffusion", "strange_attractor"}
# Milliseconds of a frame; reaction_diffusion with its 8 steps.
MOST = 15
LIMITS = {"reaction_diffusion": 1, "strange_attractor": 3}

# Systems with about 1000 particles at a time; the rates are 1000 over the mean life.
THOUSAND = {
    "boids": "boids(count=1000)",
    "dissolve": "dissolve(count=1000, cap=1000, fade=0)",
    "embers": "embers(rate=370, life=4)",
    "emitter": "emitter(rate=570, life=2.5)",
    "explosion": "explosion(count=1000, pulse=0, life=6)",
    "flow": "flow(count=1000)",
    "gravity_well": "gravity_well(count=1000)",
    "orbit": "orbit(count=1000)",
    "starfield": "starfield(count=1000, cap=1000)",
}


def run(program, *arguments):
    return subprocess.run([program, *arguments], capture_output=True, text=True)


def measure(program, folder, layer, has_ticks=False):
    """Milliseconds of a frame's cells and ticks, the least of some rounds; exits with what was said where it fails."""
    scene = pathlib.Path(folder) / "entry.yaml"
    scene.write_text(
        "ascii-scene: 1\nsegments:\n  - name: entry\n    duration: 4s\n    tone: {exposure: none}\n    look: none\n"
        f"    layers: [{{{layer}, grid: sm}}]\n"
    )
    times = []
    for _ in range(ROUNDS):
        result = run(program, "profile", str(scene), "--frames", str(FRAMES), "--format", "json")
        if result.returncode:
            sys.exit(f"entries: {layer} cannot be profiled:\n{result.stderr}")
        profile = json.loads(result.stdout)
        drawn = sum(node["ms"] for node in profile["nodes"] if not node["name"].startswith("cells "))
        cells = sum(node["ms"] for node in profile["nodes"] if node["name"].startswith("cells "))
        times.append(profile["msPerFrame"] - drawn if has_ticks else cells)
    return min(times)


def names(program, kind):
    return [entry["name"] for entry in json.loads(run(program, "list", kind, "--format", "json").stdout)]


def stands_alone(program, field):
    """Whether a field needs no argument: transforms and combinators have no time of their own."""
    entry = next(
        entry for entry in json.loads(run(program, "show", field, "--format", "json").stdout) if entry["kind"] == "field"
    )
    return all(parameter["default"] is not None for parameter in entry["parameters"])


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", required=True)
    options = parser.parse_args()
    slow = []

    def show(kind, name, ms, unit):
        print(f"| {kind} | {name} | {unit} | {ms:.2f} |")
        most = LIMITS.get(name, MOST)
        if ms > most:
            slow.append(f"{name} {ms:.2f} of {most}")

    print("| kind | entry | per cell or 1000 particles | ms per frame |\n|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for name in names(options.program, "field"):
            if stands_alone(options.program, name):
                ms = measure(options.program, folder, f"field: {name}", name in TICKING)
                show("field", name, ms, f"{ms * 1e6 / CELLS:.1f} ns")
        for name in names(options.program, "particles"):
            ms = measure(options.program, folder, f'particles: "{THOUSAND[name]}"', True)
            show("particles", name, ms, f"{ms * 1e3:.0f} µs")
        for name in names(options.program, "effect"):
            ms = measure(options.program, folder, f"effect: {name}")
            show("effect", name, ms, "")
        bare = measure(options.program, folder, "field: plasma")
        for name in names(options.program, "cell_effect"):
            ms = measure(options.program, folder, f"field: plasma, effects: [{name}]") - bare
            show("cell effect", name, max(ms, 0), "")
    if slow:
        sys.exit(f"entries: more milliseconds per frame than allowed: {', '.join(slow)}")


if __name__ == "__main__":
    main()
