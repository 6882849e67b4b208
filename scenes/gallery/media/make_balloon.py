"""Paints balloon.png, the picture of subjects.yaml: a striped balloon over hills at dusk. Needs numpy and ffmpeg.

    python3 scenes/gallery/media/make_balloon.py
"""

import pathlib
import subprocess

import numpy as np

WIDTH, HEIGHT = 640, 360


def mix(a, b, share):
    share = np.clip(share, 0, 1)[..., None]
    return np.asarray(a) * (1 - share) + np.asarray(b) * share


def main():
    x, y = np.meshgrid((np.arange(WIDTH) + 0.5) / HEIGHT, (np.arange(HEIGHT) + 0.5) / HEIGHT)
    picture = mix((38, 42, 96), (196, 120, 128), y / 0.8)
    for height, depth, color in ((0.74, 0.05, (84, 70, 120)), (0.82, 0.06, (56, 50, 92)), (0.92, 0.05, (30, 30, 58))):
        ridge = height + depth * (np.sin(5 * x + 40 * height) + 0.4 * np.sin(13 * x + 9 * height))
        picture = mix(picture, color, (y - ridge) * HEIGHT + 0.5)

    cx, cy, radius = 1.16, 0.34, 0.21
    dx, dy = x - cx, y - cy
    # A sphere that runs to a neck below.
    width = np.where(dy < 0.05, np.sqrt(np.clip(radius**2 - dy**2, 0, None)), 0.205 - 0.62 * (dy - 0.05))
    inside = np.where((dy > -radius) & (dy < 0.27), width, 0)
    turn = np.arcsin(np.clip(dx / np.maximum(inside, 1e-6), -1, 1))
    gores = np.where(np.floor(turn / np.pi * 8 + 0.5) % 2 == 0, 1.0, 0.0)
    light = np.clip(0.75 - 0.9 * dx - 0.5 * dy, 0.35, 1.15)[..., None]
    balloon = mix((235, 64, 42), (255, 214, 92), gores) * light
    picture = mix(picture, (0, 0, 0), np.zeros_like(x))
    shape = np.clip((inside - np.abs(dx)) * HEIGHT + 0.5, 0, 1) * (inside > 0)
    picture = picture * (1 - shape[..., None]) + balloon * shape[..., None]
    for rope in (-0.05, 0.05):
        line = np.clip(1.2 - np.abs(dx - rope * (1.3 - 2 * (dy - 0.25))) * HEIGHT, 0, 1) * ((dy > 0.25) & (dy < 0.36))
        picture = mix(picture, (200, 150, 100), line)
    basket = ((np.abs(dx) < 0.04) & (dy > 0.34) & (dy < 0.4)).astype(float)
    picture = mix(picture, (150, 84, 40), basket)

    raw = np.clip(picture + 0.5, 0, 255).astype(np.uint8).tobytes()
    out = pathlib.Path(__file__).with_name("balloon.png")
    subprocess.run(
        ["ffmpeg", "-v", "error", "-y", "-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{WIDTH}x{HEIGHT}", "-i", "-",
         "-frames:v", "1", "-compression_level", "100", "-pred", "mixed", str(out)], input=raw, check=True)


main()
