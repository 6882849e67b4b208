"""Compares what `ascii-scene analyze` finds with numpy, with what was played, and with librosa.

    compare_audio.py PROGRAM MUSIC...

Ends with 1 where something differs by more than it may.
"""

import json
import pathlib
import subprocess
import sys
import tempfile
import wave

import librosa
import numpy as np

RATE = 22_050
HOP, WINDOW = 512, 1024
FRAMES = RATE / HOP  # a second
EDGES = (20, 80, 250, 500, 2000, 6000, np.inf)
BANDS = ("sub", "bass", "lomid", "mid", "himid", "hi")


def analyze(program, path):
    return json.loads(subprocess.check_output([program, "analyze", str(path), "--format", "json"]))


def decode(path):
    """One channel at 22 050 Hz, decoded and resampled without processor features, as the program does."""
    chain = f"aresample={RATE}:async=1:first_pts=0,aformat=sample_fmts=flt:channel_layouts=mono"
    command = ["ffmpeg", "-v", "error", "-cpuflags", "0", "-i", str(path), "-map", "0:a:0", "-af", chain, "-f", "f32le", "-"]
    return np.frombuffer(subprocess.check_output(command), dtype="<f4").astype(np.float64)


# Features


def smooth(values, share):
    """The exponential moving mean with the time constant of `share` at 24 values a second."""
    own, mean, out = 1 - (1 - share) ** (24 / FRAMES), values[0], []
    for value in values:
        mean += own * (value - mean)
        out.append(mean)
    return np.array(out)


def stretch(values):
    low, high = values.min(), values.max()
    span = max(high - low, 0.01 * high)
    return np.clip((values - low) / span, 0, 1) if span > 0 else np.zeros_like(values)


def features(samples, beats):
    """The 19 features by their definitions, one value for each analysis frame; beats in seconds."""
    count = -(-len(samples) // HOP)
    padded = np.concatenate([np.zeros(WINDOW // 2), samples, np.zeros(WINDOW)])
    frames = np.lib.stride_tricks.sliding_window_view(padded, WINDOW)[: count * HOP : HOP]
    hann = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(WINDOW) / WINDOW)
    magnitude = np.abs(np.fft.rfft(frames * hann, axis=1))
    hertz = np.arange(WINDOW // 2 + 1) * RATE / WINDOW
    bands = np.stack(
        [np.sqrt((magnitude[:, (hertz >= a) & (hertz < b)] ** 2).mean(axis=1)) for a, b in zip(EDGES, EDGES[1:])], axis=1
    )
    total = magnitude.sum(axis=1)
    heard = total >= 1e-3
    safe = np.where(heard, total, 1)
    centroid = np.where(heard, (magnitude * hertz).sum(axis=1) / safe, 0)
    mean = safe / magnitude.shape[1]
    flatness = np.where(heard, np.exp(np.log(np.maximum(magnitude, 1e-3 * mean[:, None])).mean(axis=1)) / mean, 0)
    before = np.vstack([np.zeros((1, magnitude.shape[1])), magnitude[:-1]])
    all_bands = bands.sum(axis=1)
    found = {
        "rms": stretch(smooth(np.sqrt((frames**2).mean(axis=1)), 0.3)),
        "flux": stretch(smooth(np.maximum(0, magnitude - before).sum(axis=1), 0.3)),
        "cent": stretch(smooth(centroid, 0.12)),
        "flat": stretch(smooth(flatness, 0.12)),
        "cent_d": stretch(smooth(np.abs(np.gradient(smooth(centroid, 0.12))), 0.12)),
    }
    for place, name in enumerate(BANDS):
        found[name] = stretch(smooth(bands[:, place], 0.3))
        ratio = np.divide(bands[:, place], all_bands, out=np.zeros(count), where=all_bands > 0)
        found[name + "_r"] = stretch(smooth(ratio, 0.12))
    time = np.arange(count) / FRAMES
    end = time + 0.5 / FRAMES
    last = np.searchsorted(beats, end, side="right") - 1
    begun = np.where(last >= 0, np.asarray(beats + [0.0])[last], -np.inf)
    found["beat"] = (begun > end - 1 / FRAMES).astype(float)
    since = np.maximum(time - begun, 0)
    found["bdecay"] = np.where(since < 0.5, np.exp(-2.5 * np.minimum(since, 1) / 0.5), 0)
    return found


def compare_features(program, paths):
    passed = True
    for path in paths:
        analysis = analyze(program, path)
        expected = features(decode(path), analysis["beats"])
        errors = {name: np.abs(np.array(analysis["features"][name]) - curve).max() for name, curve in expected.items()}
        worst = max(errors, key=errors.get)
        passed &= errors[worst] <= 1e-4
        print(f"  {path.name:16} {len(errors)} features, worst {worst} {errors[worst]:.1e}")
    return passed


# Beats


def f_measure(found, truth, tolerance=0.07):
    hits, place = 0, 0
    for beat in truth:
        while place < len(found) and found[place] < beat - tolerance:
            place += 1
        if place < len(found) and found[place] <= beat + tolerance:
            hits, place = hits + 1, place + 1
    return 2 * hits / max(len(found) + len(truth), 1)


def mean_tempo(beats, start, end):
    """Beats a minute of those between two seconds."""
    inside = [beat for beat in beats if start - 0.07 < beat < end + 0.07]
    return 60 * (len(inside) - 1) / (inside[-1] - inside[0])


ROCK = {"kick": (0, 8), "snare": (4, 12), "hat": range(0, 16, 2)}
HOUSE = {"kick": (0, 4, 8, 12), "snare": (4, 12), "hat": (2, 6, 10, 14)}
SYNCOPATED = {"kick": (0, 6, 10), "snare": (4, 12), "hat": range(0, 16, 2)}

# Name, pattern, tempo of a bar, bars, share of swing, level of noise.
TRACKS = [
    ("70 rock", ROCK, lambda bar: 70, 14, 0, 0),
    ("85 syncopated", SYNCOPATED, lambda bar: 85, 14, 0, 0),
    ("96 swing", ROCK, lambda bar: 96, 14, 1 / 3, 0),
    ("105 house, noise", HOUSE, lambda bar: 105, 16, 0, 0.1),
    ("120 rock, noise", ROCK, lambda bar: 120, 16, 0, 0.05),
    ("128 house", HOUSE, lambda bar: 128, 16, 0, 0),
    ("140 syncopated", SYNCOPATED, lambda bar: 140, 18, 0, 0),
    ("155 swing", ROCK, lambda bar: 155, 20, 1 / 3, 0),
    ("180 rock", ROCK, lambda bar: 180, 20, 0, 0),
    ("100, then 126", HOUSE, lambda bar: 100 if bar < 10 else 126, 20, 0, 0),
]


def play(pattern, tempo, bars, swing, noise):
    """Samples of drums and chords, and the times of their beats."""
    random = np.random.default_rng(7)
    start, beats, sounds = 0.4, [], []
    chords = ((110, 220, 277.2, 329.6), (87.3, 174.6, 220, 261.6), (130.8, 196, 261.6, 329.6), (98, 196, 246.9, 293.7))
    for bar in range(bars):
        beat = 60 / tempo(bar)
        beats += [start + index * beat for index in range(4)]
        for drum, places in pattern.items():
            sounds += [(drum, start + beat * (place / 4 + (swing / 2 if place % 4 == 2 else 0)), 0) for place in places]
        sounds += [("tone", start, (hertz, 4 * beat)) for hertz in chords[bar % 4]]
        start += 4 * beat
    samples = np.zeros(int((start + 1) * RATE))
    for kind, begin, tone in sounds:
        length = tone[1] if kind == "tone" else 0.18
        time = np.arange(int(length * RATE)) / RATE
        hiss = random.uniform(-1, 1, len(time))
        if kind == "kick":
            sound = 0.8 * np.exp(-18 * time) * np.sin(2 * np.pi * (50 * time + 4 * (1 - np.exp(-30 * time))))
        elif kind == "snare":
            sound = 0.5 * np.exp(-22 * time) * (0.6 * hiss + 0.4 * np.sin(2 * np.pi * 190 * time))
        elif kind == "hat":
            sound = 0.15 * np.exp(-90 * time) * hiss
        else:
            rise = np.minimum(1, np.minimum(time, length - time) / 0.02)
            sound = 0.05 * rise * np.sin(2 * np.pi * tone[0] * time)
        first = int(begin * RATE)
        samples[first : first + len(sound)] += sound[: len(samples) - first]
    return samples + noise * random.uniform(-1, 1, len(samples)), beats


def compare_played(program, folder):
    passed = True
    for name, pattern, tempo, bars, swing, noise in TRACKS:
        samples, truth = play(pattern, tempo, bars, swing, noise)
        path = pathlib.Path(folder, "track.wav")
        with wave.open(str(path), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(RATE)
            file.writeframes((np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes())
        analysis = analyze(program, path)
        score = f_measure(analysis["beats"], truth)
        third = len(truth) // 3
        spans = [(truth[4], truth[third]), (truth[-third], truth[-5])]
        tempi = [(mean_tempo(analysis["beats"], *span), mean_tempo(truth, *span)) for span in spans]
        error = max(abs(found / played - 1) for found, played in tempi)
        passed &= score >= 0.95 and error < 0.01
        print(f"  {name:16} F {score:.3f}, tempo {tempi[0][0]:.1f} to {tempi[1][0]:.1f}, {100 * error:.2f} % off at most")
    return passed


def compare_librosa(program, paths):
    passed = True
    for path in paths:
        found = analyze(program, path)
        tempo, beats = librosa.beat.beat_track(y=decode(path), sr=RATE, units="time")
        beats = list(beats)
        scores = {
            "the same": f_measure(found["beats"], beats),
            "an octave below": max(f_measure(found["beats"], beats[side::2]) for side in (0, 1)),
            "an octave above": f_measure(found["beats"], sorted(beats + [(a + b) / 2 for a, b in zip(beats, beats[1:])])),
        }
        best = max(scores, key=scores.get)
        passed &= scores[best] >= 0.8
        tempi = f"{found['tempo']:.1f} beside librosa's {float(np.atleast_1d(tempo)[0]):.1f}"
        print(f"  {path.name:16} F {scores[best]:.3f}, {best}: {tempi}")
    return passed


def main():
    program, paths = sys.argv[1], [pathlib.Path(path) for path in sys.argv[2:]]
    print("Features against numpy, at most 1e-4 apart:")
    passed = [compare_features(program, paths)]
    print("Beats of what was played, F at least 0.95 within 70 ms, tempo within 1 %:")
    with tempfile.TemporaryDirectory() as folder:
        passed.append(compare_played(program, folder))
    print("Beats of music beside librosa's, F at least 0.8, the same or an octave apart:")
    passed.append(compare_librosa(program, paths))
    print("passed" if all(passed) else "FAILED")
    sys.exit(0 if all(passed) else 1)


main()
