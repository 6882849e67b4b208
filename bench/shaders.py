#!/usr/bin/env python3
"""Times every shader of ascii-scene on a 1920×1080 frame, and those that have a target beside numpy versions that make the
same picture, in one run; prints milliseconds and ratios.

Both shade a frame of the same scene, one core each. The numpy versions compute in Float32 what the documented formula says,
whole planes at a time; what depends on the parameters alone (maps, tables, distances) is made before the clock starts. Warps
sample bilinearly on both sides. Fails where a ratio misses its target, after printing all.
"""

import argparse
import json
import pathlib
import subprocess
import sys
import tempfile
import time

import numpy as np
from PIL import Image

WIDTH, HEIGHT = 1920, 1080
F32, U8 = np.float32, np.uint8
ROUNDS = 3
FRAMES = 24
# What shaders are timed with that need an argument, or whose defaults change nothing without a sound.
ARGUMENTS = {
    "channel_shift": "{red_x: 4px, blue_x: -4px}",
    "chromatic": "4px",
    "color_grade": "{tint: warm}",
    "displacement_map": "{dx: 0.5 + 0.5 * sin(9 * y), dy: 0.5 + 0.5 * sin(9 * x)}",
    "glitch_bands": "{count: 8, height: 16px, shift: 30px}",
    "lut": "exchange",
}
# Red, green and blue in turn.
TABLE = "LUT_3D_SIZE 2\n" + "".join(f"{g} {b} {r}\n" for b in (0, 1) for g in (0, 1) for r in (0, 1))
SCENE = """ascii-scene: 1
video: {{aspect: landscape, fps: 24}}
inputs: {inputs}
segments:
  - name: shader
    duration: 2s
    tone: {{exposure: {exposure}}}
    layers: [{{field: plasma, grid: sm, opaque: true}}]
    look: {look}
"""


def luma(picture):
    return picture @ np.array([0.2126, 0.7152, 0.0722], F32)


def rounded(picture):
    return np.clip(picture + F32(0.5), 0, 255).astype(U8)


def grid():
    """Places of the pixel centres, from the middle of the picture."""
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH].astype(F32)
    return x + F32(0.5 - WIDTH / 2), y + F32(0.5 - HEIGHT / 2)


def sampler(dx, dy, black_outside=False):
    """Samples bilinearly at places from the middle; edges are repeated, or black is around."""
    margin = 1 if black_outside else 0
    x = np.clip(dx + F32(WIDTH / 2 - 0.5), -margin, WIDTH - 1 + margin) + margin
    y = np.clip(dy + F32(HEIGHT / 2 - 0.5), -margin, HEIGHT - 1 + margin) + margin
    left, top = np.floor(x).astype(np.int32), np.floor(y).astype(np.int32)
    u, v = (x - left)[..., None], (y - top)[..., None]

    def sample(picture):
        p = np.pad(picture, ((margin, margin + 1), (margin, margin + 1), (0, 0)), mode="constant" if margin else "edge")
        a, b, c, d = (p[top + j, left + i].astype(F32) for j in (0, 1) for i in (0, 1))
        upper, lower = a + (b - a) * u, c + (d - c) * u
        return upper + (lower - upper) * v

    return sample


def gamma(level=1.5):
    table = rounded(255 * (np.arange(256, dtype=F32) / 255) ** F32(1 / level))
    return lambda picture: table[picture]


def posterize(levels=4):
    step = F32(256 / levels)
    return lambda picture: np.floor(np.floor(picture / step) * step).astype(U8)


def solarize():
    return lambda picture: np.where(picture > 127, 255 - picture, picture)


def threshold(limit=382):
    def shade(picture):
        white = picture.sum(axis=2, dtype=np.uint16) > limit
        return np.repeat((white * U8(255))[..., None], 3, axis=2)

    return shade


def saturation(factor=1.5):
    def shade(picture):
        p = picture.astype(F32)
        high, low = p.max(axis=2, keepdims=True), p.min(axis=2, keepdims=True)
        span = high - low
        grown = np.minimum(span * F32(factor), high)
        return rounded(high - (high - p) * np.divide(grown, span, out=np.zeros_like(span), where=span > 0))

    return shade


def hue_rotate(amount=0.1):
    def shade(picture):
        p = picture.astype(F32)
        red, green, blue = p[..., 0], p[..., 1], p[..., 2]
        high = p.max(axis=2)
        chroma = high - p.min(axis=2)
        span = np.maximum(chroma, F32(1e-6))
        hue = np.where(
            high == red, (green - blue) / span, np.where(high == green, (blue - red) / span + 2, (red - green) / span + 4)
        ) + F32(6 * amount)
        out = np.empty_like(p)
        for channel, start in enumerate((5, 3, 1)):
            k = (hue + F32(start)) % F32(6)
            out[..., channel] = high - chroma * np.clip(np.minimum(k, 4 - k), 0, 1)
        return rounded(out)

    return shade


def color_ramp():
    level = np.linspace(0, 255, 256, dtype=F32)
    table = rounded(np.stack([level, level**2 / 255, level**3 / 65025], axis=1))
    return lambda picture: table[rounded(luma(picture.astype(F32)))]


def tone_map():
    """The curve of a segment as a gain on the greatest channel."""
    level = np.arange(256, dtype=F32)
    curve = 255 * np.clip((level - 3) / 240, 0, 1) ** F32(0.75)
    gains = np.divide(curve, level, out=np.zeros_like(level), where=level > 0)

    def shade(picture):
        return rounded(picture * gains[picture.max(axis=2)][..., None])

    return shade


def edge_glow(strength=0.5):
    light = F32(255 * strength) * np.array([0.2, 1, 1], F32)

    def shade(picture):
        y = np.pad(luma(picture.astype(F32)), 1, mode="edge") / F32(255)
        across, down = y[1:-1, 2:] - y[1:-1, :-2], y[2:, 1:-1] - y[:-2, 1:-1]
        edge = np.minimum(1, 2 * np.sqrt(across * across + down * down))
        return rounded(picture + edge[..., None] * light)

    return shade


def halftone(size=6):
    place = np.arange(size, dtype=F32) + F32(0.5 - size / 2)
    distance = np.tile(np.hypot(place[:, None], place[None, :]), (HEIGHT // size, WIDTH // size))

    def shade(picture):
        squares = picture.reshape(HEIGHT // size, size, WIDTH // size, size, 3).mean(axis=(1, 3), dtype=F32)
        high = squares.max(axis=2, keepdims=True)
        color = squares * np.divide(F32(255), high, out=np.zeros_like(high), where=high > 0)
        radius = high[..., 0] * F32(size / 2 / 255)
        radius, color = (np.repeat(np.repeat(a, size, axis=0), size, axis=1) for a in (radius, color))
        return rounded(color * np.clip(radius - distance + F32(0.5), 0, 1)[..., None])

    return shade


def crt(strength=0.05):
    dx, dy = grid()
    bulge = 1 + F32(strength) * ((2 * dx / WIDTH) ** 2 + (2 * dy / HEIGHT) ** 2)
    sample = sampler(dx * bulge, dy * bulge, black_outside=True)
    return lambda picture: rounded(sample(picture))


def kaleidoscope(folds=6):
    dx, dy = grid()
    wedge = F32(2 * np.pi / folds)
    angle = np.abs(np.mod(np.arctan2(dy, dx), wedge) - wedge / 2)
    radius = np.hypot(dx, dy)

    def thrown_back(offset, size):
        last = size - 1
        return last - np.abs(last - np.abs(offset + F32(last / 2))) - F32(last / 2)

    sample = sampler(thrown_back(radius * np.cos(angle), WIDTH), thrown_back(radius * np.sin(angle), HEIGHT))
    return lambda picture: rounded(sample(picture))


def rgb_split_radial(pixels=5):
    dx, dy = grid()
    share = F32(pixels / (np.hypot(WIDTH, HEIGHT) / 2))
    red, blue = (sampler(dx * scale, dy * scale) for scale in (1 - share, 1 + share))

    def shade(picture):
        out = picture.copy()
        out[..., :1] = rounded(red(picture[..., :1]))
        out[..., 2:] = rounded(blue(picture[..., 2:]))
        return out

    return shade


def radial_blur(strength=0.03, samples=3):
    dx, dy = grid()
    zooms = [sampler(dx * F32(1 - k * strength), dy * F32(1 - k * strength)) for k in range(1, samples)]

    def shade(picture):
        return rounded(sum((zoom(picture) for zoom in zooms), picture.astype(F32)) / samples)

    return shade


def pixel_sort(limit=0.39):
    def shade(picture):
        bright = luma(picture.astype(F32))
        edges = np.diff(np.pad(bright > F32(255 * limit), ((0, 0), (1, 1))).astype(np.int8), axis=1)
        out = picture.copy()
        for y in range(HEIGHT):
            starts, ends = np.flatnonzero(edges[y] == 1), np.flatnonzero(edges[y] == -1)
            for start, end in zip(starts, ends):
                if end - start > 2:
                    out[y, start:end] = picture[y, start + np.argsort(bright[y, start:end], kind="stable")]
        return out

    return shade


# name: (numpy version, target ratio); with the same parameters as the declared defaults. `exposure` is the tone map.
SHADERS = {
    "halftone": (halftone, 10),
    "hue_rotate": (hue_rotate, 10),
    "saturation": (saturation, 10),
    "color_ramp": (color_ramp, 10),
    "edge_glow": (edge_glow, 10),
    "exposure": (tone_map, 10),
    "rgb_split_radial": (rgb_split_radial, 10),
    "kaleidoscope": (kaleidoscope, 10),
    "gamma": (gamma, 10),
    "posterize": (posterize, 10),
    "threshold": (threshold, 10),
    "solarize": (solarize, 10),
    "crt": (crt, 4),
    "radial_blur": (radial_blur, 4),
    "pixel_sort": (pixel_sort, 4),
}


def scene(folder, name):
    """A scene of that shader, or with the tone map alone, or with neither."""
    inputs = "{}"
    if name == "lut":
        (pathlib.Path(folder) / "exchange.cube").write_text(TABLE)
        inputs = "{exchange: {lut: exchange.cube}}"
    look = f"[{{{name}: {ARGUMENTS[name]}}}]" if name in ARGUMENTS else f"[{name}]"
    path = pathlib.Path(folder) / f"{name}.yaml"
    path.write_text(
        SCENE.format(
            inputs=inputs, exposure="segment" if name == "exposure" else "none",
            look="none" if name in ("exposure", "plain") else look))  # fmt: skip
    return path


def names(program):
    """The tone map and every shader of the catalogue."""
    listed = subprocess.run([program, "list", "shader", "--format", "json"], check=True, stdout=subprocess.PIPE).stdout
    return ["exposure"] + [entry["name"] for entry in json.loads(listed)]


def stage(program, path, name):
    """Milliseconds a frame of one stage."""
    command = [program, "profile", str(path), "--frames", str(FRAMES), "--format", "json"]
    profile = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
    return next(node["ms"] for node in profile["nodes"] if node["name"] == name)


def measure(program, path, name, shade, picture):
    """Milliseconds of numpy, if it has the shader, and of ours, in turns: the least disturbed of each."""
    theirs, own = [], []
    for _ in range(ROUNDS):
        if shade:
            start = time.perf_counter()
            shade(picture)
            theirs.append((time.perf_counter() - start) * 1000)
        own.append(stage(program, path, name))
    return min(theirs, default=None), min(own)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", required=True, help="the ascii-scene to time")
    parser.add_argument("--output", type=pathlib.Path, help="write the results here as JSON")
    parser.add_argument("shader", nargs="*", help="only these")
    options = parser.parse_args()

    results, slow = [], []
    print(f"{'shader':18}{'numpy ms':>10}{'ours ms':>10}{'ratio':>9}{'target':>8}")
    with tempfile.TemporaryDirectory() as folder:
        still = pathlib.Path(folder) / "still.png"
        plain = scene(folder, "plain")
        subprocess.run([options.program, "frame", str(plain), "--at", "1s", "-o", str(still)], check=True, capture_output=True)
        picture = np.asarray(Image.open(still).convert("RGB"))
        for name in options.shader or names(options.program):
            make, target = SHADERS.get(name, (None, None))
            theirs, own = measure(options.program, scene(folder, name), name, make() if make else None, picture)
            results.append({"shader": name, "ms": own})
            if not make:
                print(f"{name:18}{'':10}{own:10.2f}", flush=True)
                continue
            ratio = theirs / own
            print(f"{name:18}{theirs:10.1f}{own:10.2f}{ratio:8.1f}x{target:7}x", flush=True)
            results[-1] |= {"numpyMs": theirs, "ratio": ratio, "target": target}
            if ratio < target:
                slow.append(f"{name} {ratio:.1f}x of {target}x")
    if options.output:
        options.output.parent.mkdir(parents=True, exist_ok=True)
        options.output.write_text(json.dumps(results, indent=2) + "\n")
    if slow:
        sys.exit(f"shaders: below the target: {', '.join(slow)}")


if __name__ == "__main__":
    main()
