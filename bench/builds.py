#!/usr/bin/env python3
"""Times builds of the bench scenes beside two ffmpeg processes that only encode the same frames, and prints the shares.

A build renders and encodes half a minute with two workers into a cache that has no clip, and only knows which ffmpeg this
is (the first build on a machine asks it, 0.1 s). The limit is what two encoders reach at once, one thread each, from a file
of the same frames, which is decoded from a lossless build: those of a build that lost some, such as grain, are encoded 4 %
faster. Both in turns in one run, and the median of the shares of all turns counts: how fast a machine is changes with what
its neighbours do. Fails below a target.
"""

import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).parent
ROUNDS = 5
# (scene, preset): share of the limit
TARGETS = {
    ("standard", "ultrafast"): 0.8,
    ("complex", "ultrafast"): 0.6,
    ("standard", "superfast"): 0.85,
    ("complex", "superfast"): 0.75,
}
FFMPEG = ["ffmpeg", "-v", "error", "-nostdin", "-y"]


def build(program, scene, preset, crf, folder):
    """Frames a second of a whole build of a scene file; the film stays in `folder`."""
    command = [program, "build", str(scene), "-o", str(folder / "film.mp4")]
    command += ["--workers", "2", "--preset", preset, "--crf", str(crf), "--format", "json"]
    with tempfile.TemporaryDirectory() as cache:
        environment = {**os.environ, "ASCII_SCENE_CACHE": cache}
        first = [program, "build", str(HERE.parent / "scenes/bench/minimal.yaml"), "-o", str(folder / "first.mp4")]
        first += ["--frames", "1", "--quality", "draft"]
        quiet = {"check": True, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL, "env": environment}
        subprocess.run(first, **quiet)
        done = subprocess.run(command, **quiet)
    return json.loads(done.stdout)["fps"]


def encode(raw, preset, folder):
    """Frames a second of two encoders at once."""
    source = ["-f", "rawvideo", "-pix_fmt", "yuv420p", "-s", "1920x1080", "-r", "24", "-i", str(raw)]
    settings = ["-c:v", "libx264", "-preset", preset, "-crf", "20", "-threads", "1"]
    start = time.perf_counter()
    running = [subprocess.Popen(FFMPEG + source + settings + [str(folder / f"{n}.mp4")]) for n in (1, 2)]
    if any([process.wait() for process in running]):
        sys.exit("builds: ffmpeg failed")
    return 2 * (raw.stat().st_size // (1920 * 1080 * 3 // 2)) / (time.perf_counter() - start)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", required=True, help="the ascii-scene to time")
    parser.add_argument("--output", type=pathlib.Path, help="write the results here as JSON")
    options = parser.parse_args()

    print(f"{'scene':10}{'preset':11}{'encoders fps':>13}{'build fps':>11}{'share':>8}{'target':>8}  shares of the turns")
    results = []
    for (scene, preset), target in TARGETS.items():
        with tempfile.TemporaryDirectory() as name:
            folder, raw = pathlib.Path(name), pathlib.Path(name) / "frames.yuv"
            file, turns = HERE.parent / f"scenes/bench/{scene}.yaml", []
            # x264 at crf 0 keeps every bit.
            build(options.program, file, "ultrafast", 0, folder)
            subprocess.run(
                FFMPEG + ["-i", str(folder / "film.mp4"), "-f", "rawvideo", "-pix_fmt", "yuv420p", str(raw)],
                check=True)  # fmt: skip
            for _ in range(ROUNDS):
                turns.append((build(options.program, file, preset, 20, folder), encode(raw, preset, folder)))
        built, limit = (statistics.median(values) for values in zip(*turns))
        shares = [of_build / of_encoders for of_build, of_encoders in turns]
        share = statistics.median(shares)
        words = " ".join(f"{value:.2f}" for value in shares)
        print(f"{scene:10}{preset:11}{limit:13.0f}{built:11.0f}{share:8.2f}{target:8}  {words}", flush=True)
        results.append(
            {"scene": scene, "preset": preset, "encodersFps": limit, "buildFps": built, "share": share,
             "target": target})  # fmt: skip
    if options.output:
        options.output.parent.mkdir(parents=True, exist_ok=True)
        options.output.write_text(json.dumps(results, indent=2) + "\n")
    below = [r for r in results if r["share"] < r["target"]]
    if missed := [f"{r['scene']} {r['preset']} {r['share']:.2f} of {r['target']}" for r in below]:
        sys.exit(f"builds: below the target: {', '.join(missed)}")


if __name__ == "__main__":
    main()
