#!/usr/bin/env python3
"""The numpy yardstick: three scenes rendered by the method that ascii-scene replaces.

One script per video, numpy for the fields, Pillow for the glyphs, one Python iteration per cell for the picture. It
serves as a timing baseline only; scenes/bench/*.yaml do the same work.

    numpy_reference.py SCENE FRAMES [--without STAGE,STAGE] [--png FOLDER] [--json]

Prints milliseconds per frame, after two frames of warm-up, and milliseconds per stage. Nothing is encoded.
"""

import argparse
import collections
import json
import math
import pathlib
import random
import time

import numpy as np
from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT, FPS = 1920, 1080, 24
FONTS = (
    pathlib.Path(__file__).parent.parent / "fonts/DejaVuSansMono.ttf",
    pathlib.Path("/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf"),
)
FONT_SIZES = {"sm": 10, "md": 16, "lg": 20}
F32, U8 = np.float32, np.uint8

DENSE = " .:;+=xX$#@█"
CLASSIC = " .`'-:;!><=+*^~?/|(){}[]#&$@%"
BLOCK = " ░▒▓█"
GREEK = " ιτγνσοπαλεζηκδθβξφωψμ"
DOTS = " ⋅∘∙●◉◎◆★"
SPARK = "★✶✳✸✦*+"
CHARACTERS = sorted(set(DENSE + CLASSIC + BLOCK + GREEK + DOTS + SPARK) - {" "})


class Clock:
    """Adds up wall time per named stage."""

    def __init__(self):
        self.seconds = collections.OrderedDict()

    def __call__(self, stage):
        self.stage = stage
        return self

    def __enter__(self):
        self.start = time.perf_counter()

    def __exit__(self, *_):
        self.seconds[self.stage] = self.seconds.get(self.stage, 0.0) + time.perf_counter() - self.start


CLOCK = Clock()


# Grids


class Grid:
    """Cell coordinates and glyph bitmaps of one font size."""

    def __init__(self, key):
        path = next((path for path in FONTS if path.exists()), None)
        if path is None:
            raise SystemExit(f"numpy_reference: no DejaVuSansMono.ttf in {FONTS[0].parent} or {FONTS[1].parent}")
        self.font = ImageFont.truetype(str(path), FONT_SIZES[key])
        ascent, descent = self.font.getmetrics()
        self.cell_width, self.cell_height = int(round(self.font.getlength("M"))), ascent + descent
        self.columns, self.rows = WIDTH // self.cell_width, HEIGHT // self.cell_height
        self.left = (WIDTH - self.columns * self.cell_width) // 2
        self.top = (HEIGHT - self.rows * self.cell_height) // 2
        self.row = np.arange(self.rows, dtype=F32)[:, None]
        self.column = np.arange(self.columns, dtype=F32)[None, :]
        dx = self.column - F32(self.columns / 2)
        dy = (self.row - F32(self.rows / 2)) * F32(self.cell_height / self.cell_width)
        self.distance = np.sqrt(dx * dx + dy * dy)  # in columns
        self.angle = np.arctan2(dy, dx)
        self.distance_share = self.distance / F32(self.columns)
        self.bitmaps = {character: self.bitmap(character) for character in CHARACTERS}

    def bitmap(self, character):
        image = Image.new("L", (self.cell_width, self.cell_height), 0)
        ImageDraw.Draw(image).text((0, 0), character, fill=255, font=self.font)
        return np.asarray(image, dtype=F32) / F32(255)

    def draw(self, characters, colors):
        """The bottleneck of the method: one Python iteration per cell."""
        canvas = np.zeros((HEIGHT, WIDTH, 3), U8)
        bitmaps, width, height = self.bitmaps, self.cell_width, self.cell_height
        for row in range(self.rows):
            y = self.top + row * height
            if y + height > HEIGHT:
                break
            for column in range(self.columns):
                character = characters[row, column]
                if character == " ":
                    continue
                x = self.left + column * width
                if x + width > WIDTH:
                    break
                below = canvas[y : y + height, x : x + width]
                canvas[y : y + height, x : x + width] = np.maximum(
                    below, (bitmaps[character][:, :, None] * colors[row, column]).astype(U8)
                )
        return canvas


GRIDS = {}


def grid(key):
    if key not in GRIDS:
        GRIDS[key] = Grid(key)
    return GRIDS[key]


# Layers


def hsv_to_rgb(hue, saturation, value):
    hue = hue % F32(1)
    chroma = value * saturation
    x = chroma * (F32(1) - np.abs((hue * F32(6)) % F32(2) - F32(1)))
    base = value - chroma
    sector = np.minimum((hue * F32(6)).astype(np.int32), 5)
    zero = np.zeros_like(chroma)
    red = np.choose(sector, (chroma, x, zero, zero, x, chroma))
    green = np.choose(sector, (x, chroma, chroma, x, zero, zero))
    blue = np.choose(sector, (zero, zero, x, chroma, chroma, x))
    return np.clip(np.stack((red + base, green + base, blue + base), axis=-1) * F32(255), 0, 255).astype(U8)


def to_characters(value, visible, palette):
    index = np.clip((value * len(palette)).astype(int), 0, len(palette) - 1)
    characters = np.full(value.shape, " ", dtype="U1")
    for position, character in enumerate(palette):
        characters[visible & (index == position)] = character
    return characters


def layer(key, field, hue_field, palette, features, t, saturation, threshold=0.03):
    g = grid(key)
    with CLOCK("fields"):
        value = np.clip(field(g, features, t), 0, 1).astype(F32)
        visible = value > threshold
        hue = np.broadcast_to(np.asarray(hue_field(g, t), dtype=F32), value.shape).copy()
    with CLOCK("characters and colors"):
        characters = to_characters(value, visible, palette)
        colors = hsv_to_rgb(hue, np.full_like(value, saturation), value)
    with CLOCK("glyphs"):
        return g.draw(characters, colors)


# Fields


def plasma(g, features, t):
    v = np.sin(g.column * F32(0.03) + F32(t * 0.7)) * F32(0.5)
    v = v + np.sin(g.row * F32(0.04) - F32(t * 0.5)) * F32(0.4)
    v = v + np.sin(g.column * F32(0.02) + g.row * F32(0.03) + F32(t * 0.3)) * F32(0.3)
    v = v + np.sin(g.distance_share * F32(8) - F32(t * 0.8)) * F32(0.3)
    return (v * F32(0.5) + F32(0.5)) * F32(1.15)


def lattice(ix, iy):
    n = ix * 374761393 + iy * 668265263
    n = (n ^ (n >> 13)) * 1274126177
    return ((n ^ (n >> 16)) & 0x7FFFFFFF).astype(F32) / F32(0x7FFFFFFF)


def smoother_step(x):
    return x * x * x * (x * (x * F32(6) - F32(15)) + F32(10))


def value_noise(x, y):
    x, y = np.broadcast_arrays(np.asarray(x, F32), np.asarray(y, F32))
    fx, fy = np.floor(x), np.floor(y)
    ix, iy = fx.astype(np.int64), fy.astype(np.int64)
    u, w = smoother_step(x - fx), smoother_step(y - fy)
    a, b = lattice(ix, iy), lattice(ix + 1, iy)
    c, d = lattice(ix, iy + 1), lattice(ix + 1, iy + 1)
    above, below = a + (b - a) * u, c + (d - c) * u
    return above + (below - above) * w


def fractal_noise(x, y, octaves, fx, fy, t, speed):
    total, amplitude, weight = 0, 1.0, 0.0
    for octave in range(octaves):
        phase = t * speed * (1 + 0.3 * octave)
        noise = value_noise(x * F32(fx) + F32(phase + 17.3 * octave), y * F32(fy) - F32(0.6 * phase - 31.7 * octave))
        total = total + noise * F32(amplitude)
        weight += amplitude
        amplitude *= 0.5
        fx *= 2
        fy *= 2
    return total / F32(weight)


def fbm(g, features, t):
    return fractal_noise(g.column, g.row, 5, 0.06, 0.051, t, 0.2) * F32(0.8 * (0.6 + 0.6 * features["rms"]) * 1.4)


def tunnel(g, features, t):
    depth = F32(1) / (g.distance_share + F32(0.1))
    a = np.sin(depth * F32(2) - F32(t * 4)) * F32(0.45) + F32(0.55)
    b = np.sin(g.angle * F32(8) + depth * F32(1.5) - F32(t * 2)) * F32(0.35) + F32(0.55)
    return (a * F32(0.5) + b * F32(0.5)) * F32(1.2)


def rings_and_spiral(g, features, t):
    bass, rms = features["bass"], features["rms"]
    v = np.zeros((g.rows, g.columns), F32)
    wobble = np.sin(g.angle * F32(3) + F32(t * 4)) * F32(features["mid"] * 5)
    thickness = F32(1 + bass * 3)
    for ring in range(int(10 + bass * 12)):
        radius = F32((ring + 1) * (3 + rms * 6) + features["beat"] * 15)
        edge = np.abs(g.distance - radius - wobble)
        v = np.maximum(v, np.clip((F32(1) - edge / thickness) * F32(0.4 + bass * 0.8), 0, 1))
    turn = np.log(g.distance + F32(1)) * F32(2.5)
    for arm in range(3):
        phase = g.angle + F32(arm * 2 * math.pi / 3 + t * 0.8) - turn
        light = np.clip(np.cos(phase * F32(3)) * F32(0.6) + F32(0.2), 0, 1)
        v = np.maximum(v, light * F32(0.4 + 0.6 * rms) * np.clip(1 - g.distance_share * F32(0.5), 0.2, 1))
    return v * F32(1.4)


def domain_warp(g, features, t):
    freq, speed = 0.05, 0.15
    wx = value_noise(g.column * F32(freq * 1.3) + F32(t * speed), g.row * F32(freq) + F32(7.1))
    wy = value_noise(g.column * F32(freq) + F32(t * speed * 0.7 + 3.2), g.row * F32(freq * 1.1) - F32(11.8))
    wx = (wx - F32(0.5)) * F32(20 * (0.5 + features["rms"]))
    wy = (wy - F32(0.5)) * F32(20 * (0.5 + 0.8 * features["bass"]))
    return fractal_noise(g.column + wx, g.row + wy, 4, freq * 0.8, freq * 0.7, t, speed)


def hue_angle(g, t):
    return g.angle / F32(2 * math.pi) + F32(0.05 * t)


def hue_distance(g, t):
    return F32(0.3 + 0.03 * t) + g.distance * F32(0.02)


def hue_cycle(speed):
    return lambda g, t: F32(t * speed)


# Particles


def particles(state):
    """One thousand sparks from the middle, each a Python list: x, y, dx, dy, life, character."""
    g, rng = grid("sm"), state["random"]
    with CLOCK("particles"):
        sparks = state.setdefault("sparks", [])
        while len(sparks) < 1000:
            angle, speed = rng.uniform(0, 2 * math.pi), rng.uniform(0.3, 3.0)
            life = 1.0 if "started" in state else rng.uniform(0.4, 1.0)
            velocity = [math.cos(angle) * speed * 2.5, math.sin(angle) * speed]
            sparks.append([g.columns / 2, g.rows / 2, *velocity, life, rng.choice(SPARK)])
        state["started"] = True
        characters = np.full((g.rows, g.columns), " ", dtype="U1")
        colors = np.zeros((g.rows, g.columns, 3), U8)
        alive = []
        for spark in sparks:
            spark[0] += spark[2]
            spark[1] += spark[3]
            spark[3] += 0.03
            spark[4] -= 0.02
            if spark[4] <= 0:
                continue
            alive.append(spark)
            row, column, life = int(spark[1]), int(spark[0]), spark[4]
            if 0 <= row < g.rows and 0 <= column < g.columns:
                characters[row, column] = spark[5]
                hue = (0.08 + (1 - life) * 0.15) * 6
                sector = int(hue)
                red = 1 - (hue - sector) * sector
                green = hue - sector if sector == 0 else 1
                colors[row, column] = (int(255 * life * red), int(255 * life * green), int(12 * life))
        state["sparks"] = alive
    with CLOCK("glyphs"):
        return g.draw(characters, colors)


# Canvas


BLENDS = {
    "screen": lambda a, b: F32(1) - (F32(1) - a) * (F32(1) - b),
    "difference": lambda a, b: np.abs(a - b),
    "add": lambda a, b: np.clip(a + b, 0, 1),
}


def blend(base, top, mode, opacity):
    a, b = base.astype(F32) / F32(255), top.astype(F32) / F32(255)
    result = BLENDS[mode](a, b)
    if opacity < 1:
        result = a * F32(1 - opacity) + result * F32(opacity)
    return np.clip(result * F32(255), 0, 255).astype(U8)


def tone_map(canvas):
    x = canvas.astype(F32)
    sample = x[::4, ::4]
    low, high = np.percentile(sample, 1), np.percentile(sample, 99.5)
    if high - low < 10:
        high = max(high, low + 10)
    x = np.clip((x - F32(low)) / F32(high - low), 0, 1)
    np.power(x, F32(0.75), out=x)
    x *= F32(253 - 2)
    x += F32(2)
    return np.clip(x, 0, 255).astype(U8)


class Feedback:
    """The frame before, darker, zoomed by a share of the picture and turned in hue, screened onto this one."""

    def __init__(self, decay, opacity, zoom, hue):
        self.decay, self.opacity, self.zoom, self.hue = decay, opacity, zoom, hue
        self.buffer = None

    def apply(self, canvas):
        if self.buffer is None:
            self.buffer = canvas.astype(F32) / F32(255)
            return canvas
        past = self.buffer * F32(self.decay)
        dy, dx = int(HEIGHT * self.zoom), int(WIDTH * self.zoom)
        crop = Image.fromarray(np.clip(past[dy:-dy, dx:-dx] * F32(255), 0, 255).astype(U8))
        past = np.asarray(crop.resize((WIDTH, HEIGHT), Image.NEAREST)).astype(F32) / F32(255)
        past = self.turn_hue(past)
        out = blend(canvas, np.clip(past * F32(255), 0, 255).astype(U8), "screen", self.opacity)
        self.buffer = out.astype(F32) / F32(255)
        return out

    def turn_hue(self, picture):
        red, green, blue = picture[..., 0], picture[..., 1], picture[..., 2]
        high = np.maximum(np.maximum(red, green), blue)
        span = high - np.minimum(np.minimum(red, green), blue) + F32(1e-10)
        from_green = (blue - red) / span + F32(2)
        from_blue = (red - green) / span + F32(4)
        hue = np.where(high == red, ((green - blue) / span) % F32(6), np.where(high == green, from_green, from_blue))
        hue = ((hue / F32(6) + F32(self.hue)) % F32(1)) * F32(6)
        chroma = high * (span / (high + F32(1e-10)))
        x = chroma * (F32(1) - np.abs(hue % F32(2) - F32(1)))
        out = np.zeros_like(picture)
        for sector, (first, second) in enumerate(((0, 1), (1, 0), (1, 2), (2, 1), (2, 0), (0, 2))):
            inside = (hue >= sector) & (hue < sector + 1)
            out[..., first][inside] = chroma[inside]
            out[..., second][inside] = x[inside]
        return out + (high - chroma)[..., None]


# Shaders


def bloom(canvas, frame):
    small = canvas[::4, ::4].astype(F32)
    small = np.where(small > 110, small, F32(0))
    for _ in range(3):
        p = np.pad(small, ((1, 1), (1, 1), (0, 0)), mode="edge")
        small = (
            p[:-2, :-2] + p[:-2, 1:-1] + p[:-2, 2:]
            + p[1:-1, :-2] + p[1:-1, 1:-1] + p[1:-1, 2:]
            + p[2:, :-2] + p[2:, 1:-1] + p[2:, 2:]
        ) / F32(9)  # fmt: skip
    glow = np.repeat(np.repeat(small, 4, axis=0), 4, axis=1)[:HEIGHT, :WIDTH]
    return np.clip(canvas.astype(F32) + glow * F32(0.5), 0, 255).astype(U8)


def chromatic(canvas, frame, shift=4):
    out = canvas.copy()
    out[:, shift:, 0] = canvas[:, :-shift, 0]
    out[:, :-shift, 2] = canvas[:, shift:, 2]
    return out


TABLES = {}  # what crt and vignette compute once


def crt(canvas, frame, strength=0.05):
    if "crt" not in TABLES:
        y = ((np.arange(HEIGHT, dtype=F32) - F32(HEIGHT / 2)) / F32(HEIGHT / 2))[:, None]
        x = ((np.arange(WIDTH, dtype=F32) - F32(WIDTH / 2)) / F32(WIDTH / 2))[None, :]
        bulge = F32(1) + F32(strength) * (x * x + y * y)
        TABLES["crt"] = (
            np.clip(y * bulge * F32(HEIGHT / 2) + F32(HEIGHT / 2), 0, HEIGHT - 1).astype(np.int32),
            np.clip(x * bulge * F32(WIDTH / 2) + F32(WIDTH / 2), 0, WIDTH - 1).astype(np.int32),
        )
    return canvas[TABLES["crt"]]


def scanlines(canvas, frame, intensity=0.08, spacing=3):
    light = np.ones(HEIGHT, F32)
    light[::spacing] = 1 - intensity
    return np.clip(canvas * light[:, None, None], 0, 255).astype(U8)


def vignette(canvas, frame, strength=0.22):
    if "vignette" not in TABLES:
        y, x = np.linspace(-1, 1, HEIGHT)[:, None], np.linspace(-1, 1, WIDTH)[None, :]
        TABLES["vignette"] = np.clip(1 - np.hypot(x, y) * strength, 0.15, 1).astype(F32)[:, :, None]
    return np.clip(canvas * TABLES["vignette"], 0, 255).astype(U8)


def grain(canvas, frame, amount=8):
    rng = np.random.default_rng(frame)
    noise = rng.integers(-amount, amount + 1, (HEIGHT // 2, WIDTH // 2, 1), dtype=np.int16)
    noise = np.repeat(np.repeat(noise, 2, axis=0), 2, axis=1)[:HEIGHT, :WIDTH]
    return np.clip(canvas.astype(np.int16) + noise, 0, 255).astype(U8)


# Scenes


def minimal(state, features, t, without):
    return layer("md", plasma, hue_angle, DENSE, features, t, 0.8)


def standard(state, features, t, without):
    a = layer("md", plasma, hue_angle, DENSE, features, t, 0.8)
    b = layer("sm", fbm, hue_cycle(0.06), GREEK, features, t, 0.6)
    with CLOCK("blends"):
        return blend(a, b, "screen", 0.8)


def complex_(state, features, t, without):
    a = layer("sm", tunnel, hue_angle, CLASSIC, features, t, 0.8)
    b = layer("md", rings_and_spiral, hue_distance, DOTS, features, t, 0.9)
    c = layer("lg", domain_warp, hue_cycle(0.12), BLOCK, features, t, 0.7)
    with CLOCK("blends"):
        canvas = blend(blend(a, b, "screen", 0.8), c, "difference", 0.5)
    if "particles" in without:
        return canvas
    sparks = particles(state)
    with CLOCK("blends"):
        return blend(canvas, sparks, "add", 0.8)


Scene = collections.namedtuple("Scene", "layers tone_mapped feedback shaders")
SCENES = {
    "minimal": Scene(minimal, False, None, (vignette,)),
    "standard": Scene(standard, True, None, (bloom, vignette, grain)),
    "complex": Scene(
        complex_,
        True,
        {"decay": 0.75, "opacity": 0.35, "zoom": 0.012, "hue": 0.015},
        (bloom, chromatic, crt, scanlines, vignette, grain),
    ),
}
OPTIONAL = ("particles", "feedback", "bloom", "chromatic", "crt", "scanlines", "vignette", "grain")


def audio_features(frame):
    """What an analysis of music would give, made up."""
    phase = (frame % 12) / 12
    return {
        "rms": 0.35 + 0.2 * math.sin(frame * 0.13),
        "bass": 0.35 + 0.25 * math.sin(frame * 0.21),
        "mid": 0.3 + 0.2 * math.sin(frame * 0.17),
        "beat": max(0.0, 1 - 2 * phase) * 0.5,
    }


def render(name, count, without=()):
    """Yields `count` pictures, each (1080, 1920, 3) in 0...255."""
    scene = SCENES[name]
    state = {"random": random.Random(1000)}
    feedback = Feedback(**scene.feedback) if scene.feedback and "feedback" not in without else None
    for frame in range(count):
        canvas = scene.layers(state, audio_features(frame), frame / FPS, without)
        if scene.tone_mapped:
            with CLOCK("tone map"):
                canvas = tone_map(canvas)
        if feedback:
            with CLOCK("feedback"):
                canvas = feedback.apply(canvas)
        for shader in scene.shaders:
            if shader.__name__ in without:
                continue
            with CLOCK(shader.__name__):
                canvas = shader(canvas, frame)
        yield canvas


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("scene", choices=SCENES)
    parser.add_argument("frames", type=int)
    parser.add_argument("--without", default="", help=f"stages to leave out, of {', '.join(OPTIONAL)}")
    parser.add_argument("--png", type=pathlib.Path, help="write the frames here as well (not timed separately)")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    without = tuple(filter(None, arguments.without.split(",")))
    if unknown := set(without) - set(OPTIONAL):
        parser.error(f"no stage named {', '.join(sorted(unknown))}; there are {', '.join(OPTIONAL)}")

    for _ in render(arguments.scene, 2, without):  # grids and tables are made once per video
        pass
    CLOCK.seconds.clear()

    start = time.perf_counter()
    for frame, canvas in enumerate(render(arguments.scene, arguments.frames, without)):
        if arguments.png:
            arguments.png.mkdir(parents=True, exist_ok=True)
            Image.fromarray(canvas).save(arguments.png / f"{arguments.scene}_{frame:04d}.png")
    per_frame = (time.perf_counter() - start) / arguments.frames * 1000
    stages = {stage: seconds / arguments.frames * 1000 for stage, seconds in CLOCK.seconds.items()}

    if arguments.json:
        print(json.dumps({"scene": arguments.scene, "frames": arguments.frames, "ms": per_frame, "stages": stages}))
        return
    for stage, milliseconds in stages.items():
        print(f"{stage:22} {milliseconds:8.2f} ms")
    print(f"{'a frame':22} {per_frame:8.2f} ms, {1000 / per_frame:.2f} frames a second")


if __name__ == "__main__":
    main()
