#!/usr/bin/env python3
"""Measures a video that becomes ASCII: exact in frames, steady where it stands still, fast, and flat in memory.

Paints a 720p clip with ffmpeg (30 s: the left half moves, the right half stands still but for the noise of a camera),
builds it as a draft, and
  - numbers: paints a clip whose brightness tells its frames apart, and finds each of them at its place in the video,
  - flicker: decodes the video and compares each frame's right half with the one before,
  - speed: the seconds of the clip by the seconds of the build (nothing cached) and by those of the processors,
  - memory: the peak of the program and its children for 30 s and for 150 s of the clip.
Ends with 1 where a frame is not at its place, more than 0.1 % of the still half's pixels change, the build is not five
times faster than real time (by the wall or, on a busy machine, by the processors' time shared by two), or memory grows by
more than a tenth.

    scripts/check_video_input.py PROGRAM
"""

import os
import pathlib
import resource
import subprocess
import sys
import tempfile
import time

sys.path.append(str(pathlib.Path(__file__).parent))
from check_memory import peak  # noqa: E402

SECONDS, LONG = 30, 150
SCENE = """ascii-scene: 1
inputs: {clip: {video: %s}}
segments: [{duration: clip.end, layers: [{video: clip, palette: {ramp: ascii, hysteresis: 0.04}}]}]
"""


def ffmpeg(*arguments):
    subprocess.run(["ffmpeg", "-v", "error", "-y", *arguments], check=True)


def paint(path, seconds):
    """Left a moving test picture, right a still fractal; 720p at 24 frames a second, H.264 as a camera's."""
    graph = (
        f"testsrc2=s=640x720:r=24:d={seconds}[left];"
        f"mandelbrot=s=640x720:r=24:maxiter=200,select='eq(n,0)',loop=-1:1,setpts=N/24/TB,trim=duration={seconds},"
        "noise=alls=5:allf=t,format=yuv420p[right];[left]format=yuv420p[l];[l][right]hstack"
    )
    ffmpeg("-filter_complex", graph, "-r", "24", "-t", str(seconds), "-c:v", "libx264", "-preset", "veryfast", "-crf", "28",
           "-pix_fmt", "yuv420p", path)


def numbered(path):
    """Ten seconds at 24 frames a second, each an even grey, 16 levels that come again in an order without repetition."""
    greys = "lum='40+11*mod(N*7\\,16)':cb=128:cr=128"
    ffmpeg("-f", "lavfi", "-i", f"color=black:s=1280x720:r=24:d=10,geq={greys}", "-c:v", "libx264", "-crf", "12", path)


def grey_means(path, width=32, height=18):
    """The mean of each frame, in the middle of the picture."""
    raw = subprocess.run(
        ["ffmpeg", "-v", "error", "-i", path, "-vf", f"scale={width}:{height}:flags=area,format=gray", "-f", "rawvideo", "-"],
        check=True, capture_output=True).stdout
    size = width * height
    return [sum(raw[start : start + size]) / size for start in range(0, len(raw), size)]


def still_changes(path):
    """The shares of pixels in the right half that differ visibly (by more than 24 of 255) from the frame before: most and mean."""
    width, height = 960, 540
    graph = (
        f"scale={width}:{height},crop={width // 2 - 16}:{height}:{width // 2 + 16}:0,format=gray,tblend=all_mode=difference,"
        "lutyuv=y='if(gt(val,24),255,0)',signalstats,metadata=print:key=lavfi.signalstats.YAVG:file=-"
    )
    lines = subprocess.run(
        ["ffmpeg", "-v", "error", "-i", path, "-vf", graph, "-f", "null", "-"], check=True, capture_output=True, text=True).stdout
    # The first frame has none before it.
    shares = [float(line.split("=")[1]) / 255 for line in lines.splitlines() if line.startswith("lavfi")][1:]
    return max(shares), sum(shares) / len(shares)


def build(program, scene, out, cache):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.monotonic()
    subprocess.run([program, "build", scene, "--quality", "draft", "--fps", "24", "-o", out], check=True,
                   env={**os.environ, "ASCII_SCENE_CACHE": cache}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.monotonic() - start, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    program, passed = os.path.abspath(sys.argv[1]), True
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        numbered("numbered.mp4")
        paint("clip.mp4", SECONDS)
        paint("long.mp4", LONG)
        for name in ("numbered", "clip", "long"):
            pathlib.Path(f"{name}.yaml").write_text(SCENE % f"{name}.mp4")

        build(program, "numbered.yaml", "numbered-out.mp4", "cache")
        shown, made = grey_means("numbered.mp4"), grey_means("numbered-out.mp4")
        # Brightness grows with that of the source: frames of one grey look alike, those of a brighter one brighter.
        order = {}
        for source, result in zip(shown, made):
            order.setdefault(round(source / 11), []).append(result)
        steps = [order[level] for level in sorted(order)]
        exact = len(shown) == len(made) and len(steps) == 16 and all(max(a) <= min(b) for a, b in zip(steps, steps[1:]))
        passed &= exact
        print(f"frames: {len(made)} of {len(shown)}, {len(steps)} levels {'each at its place' if exact else 'NOT in order'}")

        wall, cpu = build(program, "clip.yaml", "clip-out.mp4", "cache")
        ratio = max(SECONDS / wall, SECONDS / (cpu / 2))
        passed &= ratio >= 5
        print(f"speed: {SECONDS} s in {wall:.1f} s ({SECONDS / wall:.1f}x), {cpu:.1f} s of processors ({SECONDS / cpu * 2:.1f}x on two)")

        most, mean = still_changes("clip-out.mp4")
        passed &= most <= 0.001
        print(f"flicker: {100 * most:.3f} % of the still half's pixels change at most, {100 * mean:.4f} % in the mean")

        peaks = [peak([program, "build", f"{name}.yaml", "--quality", "draft", "--fps", "24", "--workers", "1", "-o", "x.mp4"],
                      f"cache-{name}") for name in ("clip", "long")]
        passed &= peaks[1] < 1.1 * peaks[0]
        print(f"memory: {peaks[0]:.0f} MB for {SECONDS} s, {peaks[1]:.0f} MB for {LONG} s")
    print("passed" if passed else "FAILED")
    sys.exit(0 if passed else 1)


if __name__ == "__main__":
    main()
