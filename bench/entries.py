#!/usr/bin/env python3
"""Times every field, simulation, particle system and effect by itself on the grid `sm` (320 × 83 at 1920×1080).

Prints nanoseconds per cell of fields, microseconds per 1000 particles, and milliseconds per frame of all of them, and fails
where one takes more than 15 ms. A frame's time here is that of its cells and of its ticks: drawing is the same for all.
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
MOST = 15

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
    """Milliseconds of a frame's cells and ticks, the least of some rounds; None for what cannot stand alone (helpers and functions)."""
    scene = pathlib.Path(folder) / "entry.yaml"
    scene.write_text(
        "ascii-scene: 1\nsegments:\n  - name: entry\n    duration: 4s\n    tone: {exposure: none}\n    look: none\n"
        f"    layers: [{{{layer}, grid: sm}}]\n"
    )
    times = []
    for _ in range(ROUNDS):
        result = run(program, "profile", str(scene), "--frames", str(FRAMES), "--format", "json")
        if result.returncode:
            return None
        profile = json.loads(result.stdout)
        drawn = sum(node["ms"] for node in profile["nodes"] if not node["name"].startswith("cells "))
        cells = sum(node["ms"] for node in profile["nodes"] if node["name"].startswith("cells "))
        times.append(profile["msPerFrame"] - drawn if has_ticks else cells)
    return min(times)


def names(program, kind):
    return [entry["name"] for entry in json.loads(run(program, "list", kind, "--format", "json").stdout)]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", required=True)
    options = parser.parse_args()
    slow = []

    def show(kind, name, ms, unit):
        print(f"| {kind} | {name} | {unit} | {ms:.2f} |")
        if ms > MOST:
            slow.append(name)

    print("| kind | entry | per cell or 1000 particles | ms per frame |\n|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for name in names(options.program, "field"):
            ms = measure(options.program, folder, f"field: {name}", name in TICKING)
            if ms is not None:
                show("field", name, ms, f"{ms * 1e6 / CELLS:.1f} ns")
        for name in names(options.program, "particles"):
            ms = measure(options.program, folder, f'particles: "{THOUSAND[name]}"', True)
            show("particles", name, ms, f"{ms * 1e3:.0f} µs")
        for name in names(options.program, "effect"):
            ms = measure(options.program, folder, f"effect: {name}")
            show("effect", name, ms, "")
    if slow:
        sys.exit(f"entries: more than {MOST} ms per frame: {', '.join(slow)}")


if __name__ == "__main__":
    main()
