#!/usr/bin/env python3
"""Shows that a worker's memory depends on the size of the picture and not on the length of the video.

Renders the complex bench scene and the one of many groups with one worker, once a few frames and once five times as many, at
1080p and at 4K, alone (`hash`), the complex one also together with its encoder (`build`), and prints the peaks: proportional set sizes of the process and all its children, read thirty times a
second. Fails where rendering alone takes more than 150 MB or 600 MB, or where the longer run takes a tenth more than the shorter.

    scripts/check_memory.py PROGRAM
"""

import itertools
import os
import pathlib
import subprocess
import sys
import tempfile
import time

SCENES = pathlib.Path(__file__).parent.parent / "scenes/bench"
# How many frames; those of the groups take a second and more.
FRAMES = {("complex", "hash"): (48, 240), ("complex", "build"): (48, 240), ("groups", "hash"): (4, 20)}
LIMITS = {"1920x1080": 150, "3840x2160": 600}


def tree(process):
    """A process and its descendants."""
    yield process
    for task in pathlib.Path(f"/proc/{process}/task").glob("*/children"):
        for child in task.read_text().split():
            yield from tree(int(child))


def megabytes(process):
    """Proportional set size: what several processes share counts once."""
    total = 0
    for member in tree(process):
        for line in pathlib.Path(f"/proc/{member}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                total += int(line.split()[1])
    return total / 1000


def peak(arguments, cache):
    running = subprocess.Popen(
        arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={**os.environ, "ASCII_SCENE_CACHE": cache})
    most = 0
    while running.poll() is None:
        try:
            most = max(most, megabytes(running.pid))
        except (FileNotFoundError, ProcessLookupError):
            pass  # A process ended while it was read.
        time.sleep(1 / 30)
    if running.returncode:
        sys.exit(f"check-memory: {' '.join(arguments)} ended with {running.returncode}")
    return most


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    program, failed = sys.argv[1], False
    print(f"{'scene':10}{'picture':12}{'command':9}{'few':>9} frames{'many':>9} frames")
    for (scene, command), size in itertools.product(FRAMES, LIMITS):
        peaks = []
        for frames in FRAMES[scene, command]:
            with tempfile.TemporaryDirectory() as folder:
                arguments = [program, command, str(SCENES / f"{scene}.yaml"), "--workers", "1", "--resolution", size]
                if command == "hash":
                    arguments += ["--frames", str(frames)]
                else:
                    arguments += ["--to", f"{frames / 24}s", "-o", f"{folder}/film.mp4"]
                peaks.append(peak(arguments, folder))
        grows = peaks[1] > 1.1 * peaks[0]
        over = command == "hash" and max(peaks) > LIMITS[size]
        failed = failed or grows or over
        told = ("grows " if grows else "") + ("over" if over else "")
        print(f"{scene:10}{size:12}{command:9}{peaks[0]:6.0f} MB{peaks[1]:13.0f} MB", told)
    sys.exit(failed)


if __name__ == "__main__":
    main()
