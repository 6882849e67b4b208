#!/usr/bin/env python3
"""Times the three bench scenes in ascii-scene and in the numpy yardstick, in turns, and prints the ratios.

The two take turns in one run because the times move with the load of the machine, the ratio much less. Each number is
the median of the rounds. Neither side encodes; both use one core. Fails where a ratio misses its target, after printing all.
"""

import argparse
import json
import os
import pathlib
import platform
import statistics
import subprocess
import sys

HERE = pathlib.Path(__file__).parent
ROUNDS = 3
FRAMES = 48

# scene: (frames of the yardstick per round, target ratio)
SCENES = {
    "minimal": (8, 50),
    "standard": (4, 60),
    "complex": (4, 40),
}


def output_of(command):
    """The JSON a command prints; what it writes to standard error stays visible."""
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)


def measure(program, scene):
    yardstick_frames, target = SCENES[scene]
    yardstick = [sys.executable, str(HERE / "numpy_reference.py"), scene, str(yardstick_frames), "--json"]
    ours = [program, "profile", str(HERE.parent / f"scenes/bench/{scene}.yaml")]
    ours += ["--frames", str(FRAMES), "--format", "json"]
    theirs_ms, ours_ms = [], []
    for _ in range(ROUNDS):
        theirs_ms.append(output_of(yardstick)["ms"])
        ours_ms.append(output_of(ours)["msPerFrame"])
    theirs, own = statistics.median(theirs_ms), statistics.median(ours_ms)
    return {
        "scene": scene,
        "numpyMsPerFrame": round(theirs, 2),
        "msPerFrame": round(own, 3),
        "ratio": round(theirs / own, 1),
        "target": target,
    }


def processor():
    for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.processor()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", required=True, help="the ascii-scene to time")
    parser.add_argument("--output", type=pathlib.Path, help="write the results here as JSON")
    arguments = parser.parse_args()

    print(f"{'scene':10}{'numpy ms/frame':>16}{'ours ms/frame':>15}{'ratio':>9}{'target':>9}")
    results = []
    for scene in SCENES:
        result = measure(arguments.program, scene)
        results.append(result)
        print(
            f"{scene:10}{result['numpyMsPerFrame']:16.1f}{result['msPerFrame']:15.2f}"
            f"{result['ratio']:8.1f}x{result['target']:8}x",
            flush=True,
        )
    if arguments.output:
        arguments.output.parent.mkdir(parents=True, exist_ok=True)
        report = {"processor": processor(), "cores": os.cpu_count(), "rounds": ROUNDS, "scenes": results}
        arguments.output.write_text(json.dumps(report, indent=2) + "\n")
    if missed := [f"{r['scene']} {r['ratio']}x of {r['target']}x" for r in results if r["ratio"] < r["target"]]:
        sys.exit(f"compare: below the target: {', '.join(missed)}")


if __name__ == "__main__":
    main()
