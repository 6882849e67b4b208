#!/usr/bin/env python3
"""Holds the program to its word with scenes made at random from all that it lists: `check` finds what is wrong with a scene,
and one without errors is drawn. Most scenes are wrong somewhere; each has a number, and one that fails is printed.

    scripts/check_random_scenes.py PROGRAM [FIRST LAST]
"""

import json
import pathlib
import random
import re
import subprocess
import sys
import tempfile

NUMBERS = "0 1 -1 0.5 2.5 -3 7 100 1e30 1e-30".split()
QUANTITIES = "2s -0.2s 10deg 0.3turn 5px 1cell 1char 440Hz 50% 12f 2beats".split()
OF_FRAMES = ["p", "t / 1s", "T / 1s", "rms", "bass", "bdecay", "beat_n", "fps", "tau", "cols", "rows", "cell_aspect", "n"]
OF_CELLS = "u v x y dist angle row col".split()
OF_LAYERS = ["value", "energy"]
MOMENTS = ["0s", "0.3s", "0.9s", "1s", "-0.2s", "50%", "100%"]
# Functions with forms of their own: some are written out below.
FORMS = set("at beats bars hsl hsv if levels mean mix oklab oklch oklch_angle pick product ramp random rgb sum".split())
PALETTES = ['{chars: "ab c"}', "{ramp: dense, gamma: 2}", "{ramp: blocks, dither: bayer}", "{ramp: dense, hysteresis: 0.1}",
            "{ramp: dense, edges: {palette: lines, above: 0.2}}", "{ramp: dense, match: coverage}",
            "{ramp: lines, direction: angle}", '"pick(blocks, dense)"']  # fmt: skip
TONES = ["none", "{exposure: frame}", "{exposure: segment, gamma: 0.8}", "{exposure: frame, smooth: 3f}"]
SHADERS = ["color * k", "mix(color, heat(luma), k)", "at(color, x=x * k, y=y)", "luma", "if(luma < k, ember, color)"]


class Catalogue:
    """What the program lists: names by kind, and parameters and signatures by kind and name."""

    def __init__(self, program):
        self.names, self.shown = {}, {}
        for item in self.read(program, "list"):
            self.names.setdefault(item["kind"], []).append(item["name"])
        for name in {name for names in self.names.values() for name in names}:
            for item in self.read(program, "show", name):
                self.shown[item["kind"], item["name"]] = item

    @staticmethod
    def read(program, *arguments):
        done = subprocess.run([program, *arguments, "--format", "json"], capture_output=True, check=True)
        return json.loads(done.stdout)


class Author:
    """Writes the scene of one number."""

    def __init__(self, catalogue, number):
        self.catalogue, self.dice = catalogue, random.Random(number)
        # How often something stands where it does not belong.
        self.carelessness = self.dice.choice([0, 0, 0.03, 0.08])
        # What may be read where it writes just now.
        self.cells, self.layer = True, False
        # Names of its own.
        self.names, self.shaders = [], []

    def one(self, choices):
        return self.dice.choice(choices)

    def likely(self, share):
        return self.dice.random() < share

    def name(self, kind):
        return self.one(self.catalogue.names[kind])

    # Expressions, at most so deep.

    def number(self, depth):
        if depth <= 0 or self.likely(0.25):
            return self.one(
                NUMBERS + OF_FRAMES + (OF_CELLS + self.names) * 2 * self.cells + OF_LAYERS * 4 * self.layer)
        def part():
            return self.value("number", depth - 1)
        form = self.dice.random()
        if form < 0.3:
            return f"({part()} {self.one('+-*/^')} {part()})"
        if form < 0.5:
            return self.call("function", self.one([f for f in self.catalogue.names["function"] if f not in FORMS]), depth - 1)
        if form < 0.75:
            return self.call("field", self.name("field"), depth - 1) if self.cells else f"clip({part()})"
        if form < 0.8:
            return f"if({self.condition(depth - 1)}, {part()}, {part()})"
        if form < 0.85:
            return f"at({part()}, {self.one(['x', 'y', 't'])}={part()})"
        if form < 0.9:
            return f"{self.one(['sum', 'product', 'min', 'max', 'mean'])}(i in 0..{self.one('2305')}, i * {part()})"
        if form < 0.95:
            return self.one(["random()", "random(beat)", "random(frame)", f"pick({part()}, {part()})", f"mix({part()}, 1, 0.5)"])
        return self.one(QUANTITIES + [f"-{part()}"])

    def condition(self, depth):
        if depth <= 0:
            return self.one(["beat", "true", "portrait", "bdecay > 0.3", "t < 1s"] + ["x < 0"] * self.cells)
        sides = self.value("number", depth - 1), self.value("number", depth - 1)
        return self.one([
            f"{sides[0]} {self.one(['<', '>', '<=', '==', '!='])} {sides[1]}",
            f"({self.condition(depth - 1)} {self.one(['and', 'or'])} {self.condition(depth - 1)})",
            f"not ({self.condition(depth - 1)})"])  # fmt: skip

    def color(self, depth):
        if depth <= 0 or self.likely(0.2):
            return self.one(['"#ff5f6d"', '"#fff"', "rgb(0.2, 0.5, 1)", self.gradient(depth)])
        def part():
            return self.color(depth - 1)
        numbers = ", ".join(self.number(depth - 1) for _ in range(3))
        return self.one([
            f"mix({part()}, {part()}, {self.value('number', depth - 1)})", f"if({self.condition(depth - 1)}, {part()}, {part()})",
            f"{self.one(['hsv', 'hsl', 'oklab', 'oklch', 'rgb'])}({numbers})", f"({part()} {self.one('+-*/')} {part()})",
            f"at({part()}, x={self.number(depth - 1)})"])  # fmt: skip

    def gradient(self, depth):
        return self.name("gradient") + (f"({self.number(depth - 1)})" if self.likely(0.5) else "")

    def value(self, kind, depth):
        if self.likely(self.carelessness):
            kind = self.one(["number", "condition", "color", "text", "name"])
        if kind == "text":
            return '"HI"'
        if kind == "name":
            return self.name(self.one(sorted(self.catalogue.names)))
        return getattr(self, kind)(depth)

    def call(self, kind, name, depth):
        outer, self.cells = self.cells, self.cells and kind in ("field", "function")
        shown = self.catalogue.shown[kind, name]
        if shown["parameters"]:
            given = [p for p in shown["parameters"] if not p["default"] or self.likely(0.4)]
            arguments = [f"{p['name']}={self.argument(p['type'], depth)}" for p in given]
        else:
            inside = re.search(r"\((.+)\)", shown["signature"])
            arguments = [self.value("number", depth) for _ in inside[1].split(",")] if inside else []
        self.cells = outer
        return f"{name}({', '.join(arguments)})" if arguments else name

    def argument(self, kind, depth):
        """For a parameter, whose kind says its range, such as `number -20…20`."""
        if self.likely(self.carelessness):
            return self.value("name", depth)
        bounds = re.search(r"([-−]?[\d.]+)…([\d.]+)", kind)
        if bounds and self.likely(0.7):
            low, high = float(bounds[1].replace("−", "-")), float(bounds[2])
            number = self.one([low, high, self.dice.uniform(low, high)])
            unit = next((unit for word, unit in [("time", "s"), ("angle", "rad"), ("Hz", "Hz")] if word in kind), "")
            return f"{round(number) if kind.startswith('integer') else number:.6g}{unit}"
        if kind.startswith("choice"):
            return self.one(re.findall(r"\w+", kind)[1:])
        for word in ("boolean", "color", "gradient", "text"):
            if kind.startswith(word):
                return self.value(word.replace("boolean", "condition"), depth)
        return self.value("number", depth)

    # Keys of a scene.

    def slot(self, kind, cells=True, layer=False):
        """A value in YAML, at times one that runs through keys."""
        outer, (self.cells, self.layer) = (self.cells, self.layer), (cells, layer)
        depth = self.dice.randint(0, 3)
        text = json.dumps(self.value(kind, depth))
        if self.likely(0.12):
            moments = self.dice.sample(MOMENTS, self.dice.randint(1, 3))
            keys = [f"{moment}: {{to: {json.dumps(self.value(kind, depth))}, ease: {self.name('ease')}}}" for moment in moments]
            text = f"{{keys: {{{', '.join(keys)}}}}}"
        self.cells, self.layer = outer
        return text

    def use(self, kind):
        return json.dumps(self.call(kind, self.name(kind), self.dice.randint(0, 2)))

    def look(self):
        if self.likely(0.3):
            return f"{{{self.name('shader')}: {self.slot('number', cells=False)}, mix: {self.slot('number', cells=False)}}}"
        return self.one([self.use("shader"), self.name("look"), *self.shaders])

    def layers(self, depth=1):
        return "[" + ", ".join(self.one_layer(depth) for _ in range(self.dice.randint(1, 2))) + "]"

    def one_layer(self, depth):
        source = self.one(["field"] * 5 + ["text", "effect", "particles"] + ["layers"] * depth)
        sources = {
            "field": lambda: self.slot("number"), "text": lambda: self.one(["HELLO", '"two\\nlines"', "x" * 60]),
            "layers": lambda: self.layers(depth - 1)}  # fmt: skip
        keys = {source: sources.get(source, lambda: self.use(source))()}
        options = {
            "opacity": lambda: self.slot("number", cells=False), "when": lambda: self.slot("condition", cells=False),
            "mask": lambda: self.slot(self.one(["number", "condition"])), "blend": lambda: self.name("blend"),
            "grid": lambda: self.name("grid"), "look": lambda: f"[{self.look()}]", "from": lambda: "0.2s", "to": lambda: "90%",
        }  # fmt: skip
        if source != "layers":
            options |= {
                "color": lambda: self.slot("color", layer=True), "hue": lambda: self.slot("number", layer=True),
                "brightness": lambda: self.slot("number", layer=True), "wash": lambda: self.slot("number", layer=True),
                "effects": lambda: f"[{self.use('cell_effect')}]"}  # fmt: skip
        if source == "text":
            numbers = [self.slot("number", cells=False) for _ in range(2)]
            options |= {"style": lambda: self.use("style"), "position": lambda: f"[{', '.join(numbers)}]"}
        if source == "field":
            transforms = ["rotate(0.2rad * t / 1s)", "tile(3, 3)", "zoom(2)", "mirror"]
            options |= {"palette": lambda: self.one(PALETTES + self.catalogue.names["palette"]),
                        "transform": lambda: json.dumps(self.one(transforms))}  # fmt: skip
        keys |= {key: write() for key, write in options.items() if self.likely(0.2)}
        return "{" + ", ".join(f"{key}: {text}" for key, text in keys.items()) + "}"

    def scene(self):
        lines = ["ascii-scene: 1", "params: {n: 3}", self.one(["tempo: 120bpm", "audio: {features: synthetic}"])]
        if self.likely(0.3):
            lines.append(f"let: {{named: {self.slot('number')}}}")
            self.names = ["named"]
        if self.likely(0.2):
            lines += ["shaders:", f"  own: {{params: {{k: 0.5}}, color: {json.dumps(self.one(SHADERS))}}}"]
            self.shaders = ["own", "own(k=0.2)"]
        lines.append("segments:")
        for place in range(self.one([1, 1, 2])):
            lines += [f"- duration: {self.one(['1s', '0.5s', '24f'])}", f"  layers: {self.layers()}"]
            options = {
                "look": lambda: f"[{self.look()}, {self.look()}]", "feedback": lambda: self.use("feedback"),
                "tone": lambda: self.one(TONES)} | ({"transition": lambda: self.use("transition")} if place else {})  # fmt: skip
            lines += [f"  {key}: {write()}" for key, write in options.items() if self.likely(0.3)]
        return "\n".join(lines) + "\n"


def main():
    program, *numbers = sys.argv[1:]
    first, last = [int(number) for number in numbers] or (0, 400)
    catalogue, clean = Catalogue(program), 0
    with tempfile.TemporaryDirectory() as name:
        scene, frame = pathlib.Path(name) / "scene.yaml", pathlib.Path(name) / "frame.png"
        def run(*arguments):
            try:
                return subprocess.run([program, *arguments], capture_output=True, timeout=120).returncode
            except subprocess.TimeoutExpired:
                return "no end"
        for number in range(first, last):
            scene.write_text(Author(catalogue, number).scene())
            found = run("check", scene)
            drawn = run("frame", scene, "--at", "40%", "--resolution", "320x180", "-o", frame) if found == 0 else 0
            clean += found == 0
            if found not in (0, 1) or drawn != 0:
                sys.exit(f"scene {number}: check ends with {found}, frame with {drawn}\n{scene.read_text()}")
    print(f"{clean} of {last - first} random scenes are right and were drawn")
    if clean * 20 < last - first:
        sys.exit("too few random scenes are right to say anything")


if __name__ == "__main__":
    main()
