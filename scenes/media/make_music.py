#!/usr/bin/env python3
"""Composes and synthesises intro.ogg, the music of scenes/intro.yaml.

Thirty seconds at 120 bpm in four sections of 15 beats (7.5 s): calm, pulse, drive, resolution. Every section is three
bars of four beats and one of three, so that its last bar leans into the next section. E minor resolves to G major.

Needs numpy and ffmpeg. Every sound is computed here: there are no samples and no outside material. The noise has a
fixed seed, so the same numpy and ffmpeg give the same file.

    python3 make_music.py [--wav KEEP.wav] [OUTPUT.ogg]
"""

import argparse
import pathlib
import subprocess
import tempfile
import wave

import numpy as np

RATE = 48_000
BEAT = 0.5  # seconds
SECTION = 15  # beats
DURATION = 30.0  # seconds
TAIL = 4.0  # seconds of working room for sounds that ring past the end
PEAK_DB = -1.2  # sample peak before encoding: Vorbis adds some 0.2 dB
MASTER_DB = -3.2  # gain into the limiter, chosen for -14 LUFS

LENGTH = int((DURATION + TAIL) * RATE)
NOISE = np.random.default_rng(20_240_229)

# Chords: MIDI notes of the pad from low to high, and the root of the bass.
EM9 = ((52, 59, 62, 66, 67), 40)
CMAJ9 = ((48, 55, 59, 62, 64), 36)
GADD9 = ((55, 59, 62, 67, 69), 43)
DSUS = ((50, 57, 62, 64, 69), 38)
DMAJ = ((50, 57, 62, 66, 69), 38)
AM9 = ((57, 60, 64, 67, 71), 45)
CADD9 = ((48, 55, 62, 64, 67), 36)
GFINAL = ((43, 50, 55, 59, 62, 67, 69), 31)

# (beat, beats, chord) from the beginning of the piece.
HARMONY = [
    *[(0, 4, EM9), (4, 4, CMAJ9), (8, 4, GADD9), (12, 3, DSUS)],
    *[(15, 4, EM9), (19, 4, CMAJ9), (23, 4, AM9), (27, 3, DMAJ)],
    *[(30, 4, EM9), (34, 4, CMAJ9), (38, 4, GADD9), (42, 3, DMAJ)],
    *[(45, 4, CADD9), (49, 4, DMAJ), (53, 7, GFINAL)],
]

# (beat, MIDI note) of the bells, which announce the melody of the third section.
BELLS = [
    *[(0, 71), (2, 74), (3, 78), (4, 76), (6.5, 71), (7, 79), (8, 74), (10, 71), (11, 69), (12, 74), (13.5, 76), (14, 78)],
    *[(15, 83), (17.5, 78), (19, 79), (21.5, 76), (23, 76), (25.5, 72), (27, 74), (28.5, 78)],
    *[(45, 91), (46.5, 86), (48, 88), (49, 90), (50.5, 86), (52, 93)],
    *[(53, 95), (53.5, 91), (54, 86), (55, 93), (56, 83), (57, 90)],
]

# (beat, beats, MIDI note) of the lead.
MELODY = [
    *[(30, 1.5, 71), (31.5, 0.5, 74), (32, 1, 76), (33, 1, 78)],
    *[(34, 1.5, 79), (35.5, 0.5, 78), (36, 1, 76), (37, 1, 74)],
    *[(38, 1.5, 74), (39.5, 0.5, 76), (40, 1, 78), (41, 1, 79)],
    *[(42, 1.5, 81), (43.5, 0.5, 79), (44, 1, 78)],
    *[(45, 2, 79), (47, 1, 76), (48, 1, 79), (49, 1.5, 81), (50.5, 0.5, 78), (51, 2, 81), (53, 5, 83)],
]


def hertz(note):
    """Frequency of a MIDI note in equal temperament."""
    return 440.0 * 2.0 ** ((note - 69) / 12)


def seconds(count):
    """Sample times of `count` samples."""
    return np.arange(count) / RATE


def samples(beats):
    return int(round(beats * BEAT * RATE))


# Sources and filters


def saw(frequency, count, phase=0.0):
    """A sawtooth in -1...1, its step rounded by polyBLEP (Valimaki and Huovilainen 2007) against aliasing."""
    step = frequency / RATE
    position = (phase + step * np.arange(count)) % 1.0
    tone = 2.0 * position - 1.0
    after, before = position < step, position > 1.0 - step
    x = position[after] / step
    tone[after] -= 2.0 * x - x * x - 1.0
    x = (position[before] - 1.0) / step
    tone[before] -= x * x + 2.0 * x + 1.0
    return tone


def swell(count, attack, release):
    """Rises over `attack` seconds and falls over the last `release` seconds, both as half a cosine."""
    envelope = np.ones(count)
    rise, fall = min(int(attack * RATE), count), min(int(release * RATE), count)
    envelope[:rise] *= 0.5 - 0.5 * np.cos(np.pi * np.arange(rise) / max(rise, 1))
    envelope[count - fall :] *= 0.5 + 0.5 * np.cos(np.pi * np.arange(fall) / max(fall, 1))
    return envelope


def low_pass(signal, cutoff, order=2):
    """Zero-phase low pass whose cutoff (Hz, one number or one per sample) may move: overlapping windows of 1024."""
    size, hop = 1024, 256
    window = np.hanning(size + 1)[:-1]
    padded = np.concatenate([np.zeros(size), signal, np.zeros(size)])
    cutoffs = np.broadcast_to(cutoff, signal.shape)
    frequency = np.fft.rfftfreq(size, 1 / RATE)
    out = np.zeros_like(padded)
    for start in range(0, len(padded) - size, hop):
        edge = cutoffs[min(max(start - size // 2, 0), len(signal) - 1)]
        response = 1.0 / np.sqrt(1.0 + (frequency / edge) ** (2 * order))
        spectrum = np.fft.rfft(padded[start : start + size] * window) * response
        out[start : start + size] += np.fft.irfft(spectrum, size) * window
    return out[size:-size] / 1.5  # hanning squared at a quarter overlap adds up to 1.5


def band(signal, low, high):
    """What lies between two frequencies, with second-order slopes. The signal is treated as periodic."""
    frequency = np.maximum(np.fft.rfftfreq(len(signal), 1 / RATE), 1e-9)
    response = 1.0 / np.sqrt((1.0 + (frequency / high) ** 4) * (1.0 + (low / frequency) ** 4))
    return np.fft.irfft(np.fft.rfft(signal) * response, len(signal))


def noise(count):
    return NOISE.uniform(-1.0, 1.0, count)


# Instruments: each returns one sound, mono or stereo (2, n)


def pad(notes, beats, bright):
    """Five detuned saws per note, spread over the stereo field; `bright` is the cutoff in Hz at its height."""
    count = samples(beats) + int(0.9 * RATE)  # rings into the next chord
    out = np.zeros((2, count))
    for index, note in enumerate(notes):
        for voice, cents in enumerate((-11, -5, 0, 6, 10)):
            place = 0.5 + 0.42 * (voice - 2) / 2 * (-1) ** index
            tone = saw(hertz(note + cents / 100), count, phase=NOISE.uniform())
            out += np.array([[np.cos(place * np.pi / 2)], [np.sin(place * np.pi / 2)]]) * tone
    time = seconds(count)
    cutoff = bright * (0.55 + 0.45 * np.sin(np.pi * np.minimum(time / time[-1], 1.0)))
    out = np.stack([low_pass(side, cutoff) for side in out])
    return out * swell(count, 0.5, 0.9) / (5 * len(notes)) ** 0.5


def bell(note):
    """Inharmonic partials, the higher ones dying sooner."""
    count = int(3.2 * RATE)
    time, out = seconds(count), np.zeros(count)
    for ratio, level, decay in ((1, 1, 1.1), (2.0, 0.5, 0.8), (3.01, 0.28, 0.5), (4.17, 0.16, 0.3), (6.9, 0.08, 0.12)):
        out += level * np.exp(-time / decay) * np.sin(2 * np.pi * hertz(note) * ratio * time)
    return out * swell(count, 0.003, 0.4) * 0.5


def pluck(note, bright):
    """A short detuned pair of saws whose filter closes."""
    count = int(0.34 * RATE)
    time = seconds(count)
    tone = saw(hertz(note) * 1.003, count) + saw(hertz(note) * 0.997, count, phase=0.37)
    cutoff = 250 + bright * np.exp(-time / 0.07)
    return low_pass(tone, cutoff) * np.exp(-time / 0.13) * swell(count, 0.002, 0.05) * 0.5


def lead(note, beats):
    """Three saws and a sine an octave below, with a vibrato that arrives late on long notes."""
    count = samples(beats) + int(0.25 * RATE)
    time = seconds(count)
    tone = sum(saw(hertz(note + cents / 100), count, phase=0.1 * cents % 1) for cents in (-7, 0, 8)) / 3
    tone = low_pass(tone, 1000 + 3800 * np.exp(-time / 0.5))
    tone += 0.4 * np.sin(2 * np.pi * hertz(note - 12) * time)
    late = 1 + 0.08 * np.sin(2 * np.pi * 5.2 * time) * np.clip((time - 0.4) / 0.4, 0, 1)
    return tone * late * swell(count, 0.02, 0.25)


def bass(note, beats, bright):
    """A sine of the fundamental and a filtered saw one octave up."""
    count = samples(beats)
    time = seconds(count)
    sub = np.sin(2 * np.pi * hertz(note) * time)
    grit = low_pass(saw(hertz(note + 12), count), 120 + bright * np.exp(-time / 0.11))
    return (0.75 * sub + 0.5 * grit) * swell(count, 0.006, 0.05)


def kick(level=1.0):
    count = int(0.34 * RATE)
    time = seconds(count)
    phase = 47 * time + (155 - 47) * 0.035 * (1 - np.exp(-time / 0.035))  # the integral of the falling pitch
    body = np.sin(2 * np.pi * phase) * np.exp(-time / 0.12)
    click = band(noise(count), 1500, 9000) * np.exp(-time / 0.004)
    return (body + 0.25 * level * click) * swell(count, 0.001, 0.08) * level


def clap():
    count = int(0.4 * RATE)
    time = seconds(count)
    bursts = sum(np.exp(-np.maximum(time - at, 0) / 0.006) * (time >= at) for at in (0.0, 0.011, 0.022))
    envelope = 0.6 * bursts + np.exp(-time / 0.09)
    return band(noise(count), 900, 7000) * envelope * swell(count, 0.001, 0.1)


def hat(decay):
    count = int(6 * decay * RATE)
    return band(noise(count), 7500, 17_000) * np.exp(-seconds(count) / decay) * swell(count, 0.001, decay)


def crash():
    count = int(2.6 * RATE)
    out = np.stack([band(noise(count), 3500, 16_000) for _ in range(2)])
    return out * np.exp(-seconds(count) / 0.7) * swell(count, 0.002, 0.5)


def riser(beats):
    """Noise that opens upwards."""
    count = samples(beats)
    share = np.arange(count) / count
    return np.stack([low_pass(noise(count), 300 * 30**share) for _ in range(2)]) * share**2


# The score


class Bus:
    """A stereo track that sounds are added to."""

    def __init__(self):
        self.signal = np.zeros((2, LENGTH))

    def add(self, beat, sound, gain=1.0, pan=0.0):
        """Adds at a beat; `pan` from -1 (left) to 1 (right) with equal power, for mono sounds."""
        if sound.ndim == 1:
            angle = (pan + 1) * np.pi / 4
            sound = np.stack([np.cos(angle) * sound, np.sin(angle) * sound]) * 2**0.5
        start = samples(beat)
        count = min(sound.shape[1], LENGTH - start)
        self.signal[:, start : start + count] += gain * sound[:, :count]


def chord_at(beat):
    return next(chord for start, beats, chord in HARMONY if start <= beat < start + beats)


def compose():
    """The buses by name, and the beats at which the kick pushes the others down."""
    buses = {name: Bus() for name in ("pad", "bell", "arp", "lead", "bass", "kick", "drums", "sweep")}
    brightness = (1100, 1800, 3600, 4800)
    for start, beats, (notes, root) in HARMONY:
        section = start // SECTION
        length = beats + 1.5 if start == 53 else beats
        buses["pad"].add(start, pad(notes, length, brightness[section]), 0.26 if section < 2 else 0.23)
        if section == 0:
            buses["bass"].add(start, bass(root, beats, 0) * swell(samples(beats), 0.4, 0.6), 0.19)
    for beat, note in BELLS:
        buses["bell"].add(beat, bell(note), 0.20 if beat < 15 else 0.14, pan=0.6 * (-1) ** int(2 * beat))
    for beat, beats, note in MELODY:
        buses["lead"].add(beat, lead(note, beats), 0.26)

    # Arpeggio: sixteenths up and down the chord, opening through the second section.
    for step in range(4 * SECTION, 4 * 53):
        beat = step / 4
        notes = chord_at(beat)[0]
        pattern = (0, 2, 1, 3, 4, 3, 2, 1)
        note = notes[pattern[step % 8]] + (12 if beat < 45 else 24 if step % 4 == 0 else 12)
        rise = min((beat - 15) / 15, 1.0)
        accent = 1.0 if step % 4 == 0 else 0.7
        buses["arp"].add(beat, pluck(note, 600 + 5400 * rise), (0.11 + 0.19 * rise) * accent, pan=0.5 * (-1) ** step)

    # Bass: eighths that start softly, leave out the beat under the kick in the drive, and hold the last chord.
    for half in range(2 * 15, 2 * 53):
        beat = half / 2
        _, root = chord_at(beat)
        if beat < 30:
            buses["bass"].add(beat, bass(root, 0.45, 300 + 20 * (half - 30)), 0.25 if half % 2 else 0.19)
        else:
            octave = 12 if half % 8 in (5, 7) else 0
            buses["bass"].add(beat, bass(root + octave, 0.47, 1500), 0.34 if half % 2 else 0.25)
    buses["bass"].add(53, bass(GFINAL[1] + 12, 7, 500) * swell(samples(7), 0.01, 3.0), 0.30)

    # Drums.
    kicks = [(beat, 0.55) for beat in range(15, 27, 2)] + [(27, 0.6), (28, 0.65), (29, 0.7)]
    kicks += [(beat, 1.0) for beat in range(30, 53)] + [(37.75, 0.7), (44.75, 0.7), (53, 1.0)]
    for beat, level in kicks:
        buses["kick"].add(beat, kick(level), 0.66)
    for bar in (30, 34, 38, 42, 45, 49):
        for beat in (bar + 1, bar + 3):
            buses["drums"].add(beat, clap(), 0.30)
    for step, level in enumerate((0.06, 0.08, 0.1, 0.12, 0.15, 0.18)):
        buses["drums"].add(28.5 + step / 4, clap(), level)
    for step in range(4 * 22, 4 * 53):
        beat = step / 4
        drive = 1.0 if beat >= 30 else 0.55
        level = (0.12, 0.08, 0.25, 0.09)[step % 4] * drive * NOISE.uniform(0.85, 1.1)
        buses["drums"].add(beat, hat(0.075 if step % 4 == 2 and beat >= 30 else 0.022), level, pan=0.25)
    for beat, level in ((30, 0.22), (45, 0.22), (53, 0.16)):
        buses["sweep"].add(beat, crash(), level)
    buses["sweep"].add(12, riser(3), 0.06)
    buses["sweep"].add(26, riser(4), 0.20)
    buses["sweep"].add(43, riser(2), 0.12)
    return buses, [beat for beat, _ in kicks]


# The mix


def convolve(signal, response):
    size = 1 << (signal.shape[1] + response.shape[1] - 1).bit_length()
    product = np.fft.rfft(signal, size) * np.fft.rfft(response, size)
    return np.fft.irfft(product, size)[:, : signal.shape[1]]


def room():
    """A stereo impulse response: noise that decays by 60 dB in 2.8 s, darker as it fades."""
    count = int(3.0 * RATE)
    time = seconds(count)
    early = int(0.018 * RATE)
    response = np.stack([low_pass(noise(count), 9000 * np.exp(-time / 0.9) + 900, order=1) for _ in range(2)])
    response *= np.exp(-6.9 * time / 2.8) * (1 - np.exp(-time / 0.02))
    response = np.pad(response, ((0, 0), (early, 0)))[:, :count]
    return response / np.sqrt((response**2).sum(axis=1, keepdims=True))


def ping_pong(signal, beats, feedback, turns):
    """Echoes that change sides, each darker than the one before."""
    out, echo = signal.copy(), signal
    for turn in range(1, turns + 1):
        echo = np.stack([low_pass(side, 4500 / turn**0.5, order=1) for side in echo[::-1]]) * feedback
        delay = samples(beats) * turn
        out[:, delay:] += echo[:, :-delay]
    return out


def duck(kicks, depth, recovery=0.14):
    """The gain of what makes room for the kick."""
    gain = np.ones(LENGTH)
    for beat in kicks:
        start = samples(beat)
        dip = 1.0 - depth * np.exp(-seconds(LENGTH - start) / recovery)
        gain[start:] = np.minimum(gain[start:], dip)
    width = int(0.004 * RATE)
    return np.convolve(gain, np.ones(width) / width, mode="same")


def limit(signal, ceiling):
    """A look-ahead limiter: the gain that every 5 ms needs, smoothed over 5 ms, so that no peak passes `ceiling`."""
    span = int(0.005 * RATE)
    peak = np.maximum(np.abs(signal).max(axis=0), 1e-9)
    needed = np.minimum(1.0, ceiling / peak)
    for shift in (span // 2 // 2**k for k in range(int(np.log2(span // 2)) + 1)):
        # A running minimum over the span by doubling windows.
        padded = np.pad(needed, shift, mode="edge")
        needed = np.minimum(needed, np.minimum(padded[: -2 * shift], padded[2 * shift :]))
    window = np.hanning(span // 2 + 2)[1:-1]
    gain = np.convolve(np.pad(needed, span, mode="edge"), window / window.sum(), mode="same")[span:-span]
    return signal * np.minimum(gain, ceiling / peak)


def mix(buses, kicks):
    for name, depth in (("pad", 0.45), ("bass", 0.6), ("arp", 0.35), ("lead", 0.2), ("sweep", 0.3)):
        buses[name].signal *= duck(kicks, depth)
    buses["arp"].signal = ping_pong(buses["arp"].signal, 0.75, 0.42, 4)
    buses["lead"].signal = ping_pong(buses["lead"].signal, 0.75, 0.3, 3)
    sends = {"pad": 0.35, "bell": 0.6, "arp": 0.22, "lead": 0.3, "drums": 0.14, "sweep": 0.3}
    wet = convolve(sum(send * buses[name].signal for name, send in sends.items()), room())
    total = sum(bus.signal for bus in buses.values()) + wet
    total = np.stack([band(side, 28, 19_000) for side in total])[:, : int(DURATION * RATE)]
    total *= swell(total.shape[1], 0.01, 2.2)
    total = np.tanh(0.5 * total * 10 ** (MASTER_DB / 20)) / 0.5
    return limit(total, 10 ** (PEAK_DB / 20))


def write_wav(path, signal):
    """16 bits with triangular dither."""
    dither = NOISE.uniform(-0.5, 0.5, signal.shape) + NOISE.uniform(-0.5, 0.5, signal.shape)
    pcm = np.clip(np.round(signal * 32767 + dither), -32768, 32767).astype("<i2")
    with wave.open(str(path), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(pcm.T.tobytes())


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("output", nargs="?", default=pathlib.Path(__file__).with_name("intro.ogg"))
    parser.add_argument("--wav", help="keep the uncompressed music here")
    arguments = parser.parse_args()
    signal = mix(*compose())
    with tempfile.TemporaryDirectory() as folder:
        path = arguments.wav or pathlib.Path(folder, "intro.wav")
        write_wav(path, signal)
        subprocess.run(
            [
                *("ffmpeg", "-v", "error", "-y", "-bitexact", "-i", str(path), "-map_metadata", "-1"),
                *("-c:a", "libvorbis", "-q:a", "5", "-fflags", "+bitexact", "-flags:a", "+bitexact"),
                str(arguments.output),
            ],
            check=True,
        )


if __name__ == "__main__":
    main()
