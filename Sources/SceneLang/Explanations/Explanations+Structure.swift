extension Explanation {
  /// What a scene is made of.
  static let structure: [Explanation] = [
    .init(
      "conflicting_keys", "Two keys say the same thing in different ways.",
      wrong: .layer("field: plasma\ncolor: deep\nhue: 0.3"), right: .layer("field: plasma\ncolor: deep")),
    .init(
      "empty_segment", "A segment lasts at least one frame.",
      wrong: .segment("duration: 0s\nlayers: [field: plasma]"), right: .segment("duration: 4s\nlayers: [field: plasma]")
    ),
    .init(
      "missing_key", "Without this key the rest has no meaning.",
      wrong: .segment("layers: [field: plasma]"), right: .segment("duration: 4s\nlayers: [field: plasma]")),
    .init(
      "missing_parameter", "A parameter of a scene has a default, or a value from the command line.",
      wrong: .top("params: {hue: {min: 0, max: 1}}\nsegments: [{duration: 4s, layers: [{field: plasma, hue: hue}]}]"),
      right: .top(
        "params: {hue: {default: 0.6, min: 0, max: 1}}\nsegments: [{duration: 4s, layers: [{field: plasma, hue: hue}]}]"
      )
    ),
    .init(
      "missing_value", "A key with nothing behind its colon: give it a value, or remove it.",
      wrong: .layer("field: plasma\ncolor:"), right: .layer("field: plasma\ncolor: deep")),
    .init(
      "path_outside",
      "A scene reads and writes only below its own folder, so that running one from elsewhere is safe; `--root` names a wider "
        + "one to read from.",
      wrong: .top("output: /tmp/film.mp4"), right: .top("output: out/film.mp4")),
    .init(
      "scene_too_large",
      "What uses another twice, which does so too, grows as a power of two: a short file would fill the machine.",
      wrong: .described(
        "thirty fields, each of which reads the one before twice",
        Array(
          ("ascii-scene: 1\nfields:\n  f0: sin(t)\n"
            + (1...30).map { "  f\($0): f\($0 - 1) * 0.5 + f\($0 - 1)\n" }.joined()
            + "segments: [{duration: 4s, layers: [{field: plasma, opacity: 0.5 + 0.1 * f30}]}]\n").utf8)),
      right: .layer("{field: plasma, let: {a: sin(t), b: a * 0.5 + a}, opacity: 0.5 + 0.1 * b}")),
    .init(
      "too_long", "A video lasts at most ten hours.",
      wrong: .segment("duration: 40000s\nlayers: [field: plasma]"),
      right: .segment("duration: 4s\nlayers: [field: plasma]")),
    .init(
      "too_many_groups", "Each group, and each layer with a look of its own, is a picture to draw: 16 at most.",
      wrong: .segment(
        "duration: 4s\nlayers: [" + Array(repeating: "{layers: [field: plasma]}", count: 17).joined(separator: ", ")
          + "]"),
      right: .segment("duration: 4s\nlayers: [field: plasma, {layers: [field: plasma], blend: add}]")),
    .init(
      "transition_too_long", "A transition takes the first part of the segment that it leads into.",
      wrong: .top(
        "segments:\n  - {duration: 4s, layers: [field: plasma]}\n  - {duration: 1s, layers: [field: fbm], transition: {crossfade: 2s}}"
      ),
      right: .top(
        "segments:\n  - {duration: 4s, layers: [field: plasma]}\n  - {duration: 4s, layers: [field: fbm], transition: {crossfade: 2s}}"
      )),
    .init(
      "transition_without_before", "A transition leads from one segment into the next, and before the first is none.",
      wrong: .segment("duration: 4s\nlayers: [field: plasma]\ntransition: crossfade"),
      right: .segment("duration: 4s\nlayers: [{field: plasma, opacity: \"ramp(0s, 1s)\"}]")),
    .init(
      "unknown_version", "The first line says for which version of the language a scene was written.",
      wrong: .file("ascii-scene: 2\nsegments: [{duration: 4s, layers: [field: plasma]}]"),
      right: .file("ascii-scene: 1\nsegments: [{duration: 4s, layers: [field: plasma]}]")),
  ]
}
