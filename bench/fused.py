#!/usr/bin/env python3
"""Times three fields of the prelude beside loops that were fused by hand (hand_fused.c), and fails beyond twice their time.

Ours is the time of the cells of a frame less that of a layer whose field is a constant: glyphs and colors are chosen in
both. The two sides take turns, and each number is the least of the rounds.
"""

import argparse
import json
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).parent
CELLS = 320 * 83
FRAMES = 96
ROUNDS = 5
FIELDS = ["plasma", "stripes", "sinefield"]
MOST = 2


def cells(program, folder, field):
    """Nanoseconds per cell of a layer with that field: evaluation, glyphs and colors."""
    scene = pathlib.Path(folder) / "fused.yaml"
    scene.write_text(
        "ascii-scene: 1\nsegments:\n  - name: fused\n    duration: 8s\n    tone: {exposure: none}\n    look: none\n"
        f'    layers: [{{field: "{field}", grid: sm, palette: minimal, color: "#ffffff", wash: 0}}]\n'
    )
    command = [program, "profile", str(scene), "--frames", str(FRAMES), "--format", "json"]
    profile = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    return sum(node["ms"] for node in profile["nodes"] if node["name"].startswith("cells ")) * 1e6 / CELLS


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", required=True, help="the ascii-scene to time")
    options = parser.parse_args()
    slow = []
    with tempfile.TemporaryDirectory() as folder:
        loops = str(pathlib.Path(folder) / "hand_fused")
        flags = ["-O3", "-march=native", "-ffp-contract=off", "-fno-math-errno", "-fno-trapping-math"]
        subprocess.run(["cc", *flags, "-o", loops, str(HERE / "hand_fused.c"), "-lm"], check=True)
        print("| field | by hand, ns per cell | ours | ratio |\n|---|---|---|---|")
        for field in FIELDS:
            by_hand, ours, idle = [], [], []
            for _ in range(ROUNDS):
                by_hand.append(float(subprocess.run([loops, field], check=True, capture_output=True).stdout))
                ours.append(cells(options.program, folder, field))
                idle.append(cells(options.program, folder, "0.5"))
            own, best = min(ours) - min(idle), min(by_hand)
            print(f"| {field} | {best:.2f} | {own:.2f} | {own / best:.2f} |", flush=True)
            if own > MOST * best:
                slow.append(field)
    if slow:
        sys.exit(f"fused: more than {MOST} times a loop by hand: {', '.join(slow)}")


if __name__ == "__main__":
    main()
