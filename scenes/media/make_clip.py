#!/usr/bin/env python3
"""Paints shore.mp4, the clip of the scenes that show a video: twelve seconds on a train along a shore at dusk.

1280x720 at 24 frames a second, H.264, no sound. Hills pass at three speeds, the sea glitters below a low sun, birds
cross, poles flit by. Needs numpy and ffmpeg. Everything is computed here; the noise has a fixed seed, so the same numpy
and ffmpeg give the same file.

    python3 make_clip.py [OUTPUT.mp4]
"""

import pathlib
import subprocess
import sys

import numpy as np

WIDTH, HEIGHT, FPS, SECONDS = 1280, 720, 24, 12
HORIZON = 430
RANDOM = np.random.default_rng(7)
Y, X = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float32)


def mix(a, b, share):
    share = np.asarray(share, np.float32)[..., None]
    return np.asarray(a, np.float32) * (1 - share) + np.asarray(b, np.float32) * share


def ridge(length, octaves, roughness):
    """A closed line of hills, 0...1, that repeats after `length` pixels."""
    x = np.arange(length) / length * 2 * np.pi
    line = np.zeros(length)
    for octave in range(octaves):
        line += roughness**octave * np.sin(x * (3 * 2**octave + octave) + RANDOM.uniform(0, 2 * np.pi))
    return (line - line.min()) / (line.max() - line.min())


# Distance, height, foot, speed in pixels a second, colour.
HILLS = [
    (ridge(4096, 5, 0.52), 150, HORIZON - 4, 26, (120, 62, 96)),
    (ridge(4096, 6, 0.5), 110, HORIZON + 2, 70, (70, 34, 72)),
    (ridge(4096, 6, 0.55), 70, HORIZON + 8, 150, (34, 18, 48)),
]
GLITTER = RANDOM.random((HEIGHT, 2048)).astype(np.float32)
BIRDS = [(RANDOM.uniform(0, 1400), RANDOM.uniform(90, 240), RANDOM.uniform(0, 6)) for _ in range(7)]


def sky():
    share = np.clip(Y / HORIZON, 0, 1)
    low = mix((38, 24, 84), (214, 84, 92), np.clip(share * 1.5, 0, 1))
    return mix(low, (255, 190, 96), np.clip(share * 2.6 - 1.6, 0, 1))


def frame(t, backdrop):
    sun_x, sun_y = 860 - 6 * t, 300 + 3.2 * t
    distance = np.hypot(X - sun_x, Y - sun_y)
    picture = backdrop + np.exp(-distance / 170)[..., None] * np.array((120, 80, 30), np.float32)
    picture = mix(picture, (255, 240, 190), np.clip((72 - distance) / 3, 0, 1))
    for start, height, phase in BIRDS:
        x, y = (start + 62 * t) % 1500 - 100, height + 8 * np.sin(t * 0.7 + phase)
        wing = 9 * np.sin(5 * t + phase)
        across = np.abs(X - x)
        shape = np.abs(Y - y + wing * across / 22) < 2.2
        picture = mix(picture, (26, 14, 40), (shape & (across < 24)).astype(np.float32))
    for line, height, foot, speed, color in HILLS:
        columns = (np.arange(WIDTH) + int(speed * t)) % len(line)
        top = foot - height * line[columns]
        land = np.clip((Y - top) / 2, 0, 1) * (Y < foot + 40)
        picture = mix(picture, color, land)
    depth = np.clip((Y - HORIZON) / (HEIGHT - HORIZON), 0, 1)
    sea = mix((150, 70, 92), (14, 16, 46), np.sqrt(depth))
    row = np.clip(Y.astype(int), 0, HEIGHT - 1)
    stretch = 0.25 + 2.2 * depth
    column = ((X - WIDTH / 2) / stretch + 40 * t * (1 + 3 * depth)).astype(int) % 2048
    waves = GLITTER[(row + (6 * t * (1 + 2 * depth)).astype(int)) % HEIGHT, column // 6]
    lane = np.exp(-((X - sun_x) / (60 + 230 * depth)) ** 2)
    sparkle = np.clip(waves + 0.45 * lane - 0.93, 0, 1) * 12 * (0.15 + lane)
    sea = mix(sea, (255, 214, 140), np.clip(sparkle, 0, 1) * 0.9)
    picture = mix(picture, sea, (Y >= HORIZON).astype(np.float32))
    for number in range(4):
        x = 1600 - (t * 900 + number * 1300) % 5200
        pole = (np.abs(X - x) < 13) | ((np.abs(X - x) < 70) & (np.abs(Y - 150) < 7))
        picture = mix(picture, (10, 6, 18), pole.astype(np.float32))
    wire = np.abs(Y - 120 - 26 * np.sin(np.pi * ((X + t * 900) % 1300) / 1300)) < 1.6
    picture = mix(picture, (20, 10, 30), wire.astype(np.float32) * 0.8)
    return np.clip(picture, 0, 255).astype(np.uint8)


def main():
    output = sys.argv[1] if len(sys.argv) > 1 else str(pathlib.Path(__file__).with_name("shore.mp4"))
    encoder = subprocess.Popen(
        ["ffmpeg", "-v", "error", "-y", "-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{WIDTH}x{HEIGHT}", "-r", str(FPS),
         "-i", "-", "-c:v", "libx264", "-preset", "slow", "-crf", "40", "-pix_fmt", "yuv420p", "-color_range", "tv",
         "-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709", "-vf", "scale=out_color_matrix=bt709",
         "-fflags", "+bitexact", "-flags:v", "+bitexact", "-movflags", "+faststart", "-threads", "1", output],
        stdin=subprocess.PIPE)
    backdrop = sky()
    for number in range(FPS * SECONDS):
        encoder.stdin.write(frame(number / FPS, backdrop).tobytes())
    encoder.stdin.close()
    if encoder.wait() != 0:
        raise SystemExit("ffmpeg failed")


if __name__ == "__main__":
    main()
