extension Explanation {
  /// What is no mistake of the language and yet hardly meant.
  static let lints: [Explanation] = [
    .init(
      "after_the_end", "Nobody reads words, or hears a track, whose time comes when the video is over.",
      wrong: .top(
        "inputs: {words: {lyrics: [{from: 6s, to: 7s, text: Hello}]}}\n"
          + "segments: [{duration: 4s, layers: [lyrics: words]}]"),
      right: .top(
        "inputs: {words: {lyrics: [{from: 1s, to: 2s, text: Hello}]}}\n"
          + "segments: [{duration: 4s, layers: [lyrics: words]}]")),
    .init(
      "beats_without_audio", "Without a track and a tempo the beats come from a made-up clock of 120 beats per minute.",
      wrong: .layer("field: plasma\nopacity: 0.5 + 0.5 * bdecay"),
      right: .top("tempo: 120\nsegments: [{duration: 4s, layers: [{field: plasma, opacity: 0.5 + 0.5 * bdecay}]}]")),
    .init(
      "black_blend", "Multiplying with black gives black, and below the first layer there is nothing else.",
      wrong: .layer("field: plasma\nblend: multiply"),
      right: .segment("duration: 4s\nlayers:\n  - field: plasma\n  - {field: fbm, blend: multiply}")),
    .init(
      "dark_blend",
      "Overlaid or multiplied, two dark levels become a darker one: 0.12 and 0.12 become 0.03. Such blends need light below them.",
      wrong: .segment("duration: 4s\nlayers:\n  - field: 0.1 * plasma\n  - {field: fbm, blend: multiply}"),
      right: .segment("duration: 4s\nlayers:\n  - field: 0.1 * plasma\n  - {field: fbm, blend: screen}")),
    .init(
      "dark_feedback", "A blend that never lightens multiplies the new picture by all before it, until all is black.",
      wrong: .segment("duration: 4s\nlayers: [field: plasma]\nfeedback: {blend: multiply}"),
      right: .segment("duration: 4s\nlayers: [field: plasma]\nfeedback: {blend: screen}")),
    .init(
      "dark_look",
      "Inverting or thinning out the light tones leaves a dark picture unless the tone map lifts it first.",
      wrong: .segment("duration: 4s\nlayers: [field: plasma]\nlook: [solarize]"),
      right: .segment("duration: 4s\nlayers: [field: plasma]\nlook: [solarize]\ntone: {gamma: 0.55}")),
    .init(
      "invisible_layer", "Time is spent on a layer that no frame shows.",
      wrong: .segment("duration: 4s\nlayers:\n  - field: plasma\n  - {text: the end, from: 5s}"),
      right: .segment("duration: 4s\nlayers:\n  - field: plasma\n  - {text: the end, from: 3s}")),
    .init(
      "no_effect",
      "A key that changes nothing only seems to help: without an exposure no tone is mapped, so its gamma is none.",
      wrong: .segment("duration: 4s\nlayers: [field: plasma]\ntone: {exposure: none, gamma: 0.6}"),
      right: .segment("duration: 4s\nlayers: [field: plasma]\ntone: {exposure: segment, gamma: 0.6}")),
    .init(
      "one_piece",
      "With feedback, or with glyphs that hold on (`hysteresis`), each frame is made from the one before, so that the segment is rendered in one go, from its first frame on. It is right all the same; it only takes longer to change.",
      wrong: .segment("duration: 60s\nlayers: [field: plasma]\nfeedback: {decay: 0.8}"),
      right: .segment("duration: 12s\nlayers: [field: plasma]\nfeedback: {decay: 0.8}")),
    .init(
      "overlapping_texts",
      "A text without a `position` stands in the middle of the picture, and two of them cannot be read there.",
      wrong: .segment("duration: 4s\nlayers:\n  - field: plasma\n  - {text: Hello}\n  - {text: world}"),
      right: .segment(
        "duration: 4s\nlayers:\n  - field: plasma\n  - {text: Hello, position: [0.5, 0.3]}\n  - {text: world}")),
    .init(
      "rounded_time",
      "A video has whole frames: a segment ends at the one nearest to the time that is written. The first such time of a scene is told.",
      wrong: .segment("duration: 2.02s\nlayers: [field: plasma]"),
      right: .segment("duration: 48f\nlayers: [field: plasma]")),
    .init(
      "scaled_particles",
      "The quality, or `total` of `particle_caps`, gives particle systems fewer or more particles than is written.",
      wrong: .top(
        "particle_caps: {total: 100}\nsegments:\n  - duration: 4s\n    layers: [{particles: embers, cap: 400}]"),
      right: .top(
        "particle_caps: {total: 400}\nsegments:\n  - duration: 4s\n    layers: [{particles: embers, cap: 400}]")),
    .init(
      "scrambled_text", "Folding and mirroring the picture makes letters unreadable.",
      wrong: .segment("duration: 4s\nlayers: [field: plasma, text: HELLO]\nlook: [kaleidoscope]"),
      right: .segment("duration: 4s\nlayers: [field: plasma]\nlook: [kaleidoscope]")),
    .init(
      "shadowed_name",
      "A name of the scene's comes before that of the language or the catalogue, which then cannot be said any more.",
      wrong: .layer("field: x\nlet: {x: 0.5 + 0.5 * sin(9 * y)}"),
      right: .layer("field: swell\nlet: {swell: 0.5 + 0.5 * sin(9 * y)}")),
    .init(
      "slow_layer",
      "A frame should not take longer than its turn on the screen; this is an estimate from the text alone.",
      wrong: .layer(#"field: "mean(i in 0..10000, sin(i * x + t) * sin(i * y))""#),
      right: .layer(#"field: "mean(i in 0..20, sin(i * x + t) * sin(i * y))""#)),
    .init(
      "small_text",
      "The named grids are sizes for fields, whose characters are looked at together; words in them are specks. A grid among the `defaults` of layers is that of texts, too.",
      wrong: .layer("text: HELLO\ngrid: sm"), right: .layer("text: HELLO\ngrid: {size: 120px}")),
    .init(
      "text_outside",
      "`position` is where the middle of a text stands, or its left or right end with `align`; what lies outside of 0…1 is cut off.",
      wrong: .layer("text: READ\nposition: [0.5, 1.5]"),
      right: .layer("text: READ\nposition: [0.5, 0.85]")),
    .init(
      "text_too_large",
      "A line of text takes nine tenths of the columns of its grid, all but two where there are few, and no more.",
      wrong: .layer("text: Donaudampfschifffahrtsgesellschaft\ngrid: {size: 100px}"),
      right: .layer("text: Donaudampfschifffahrtsgesellschaft\ngrid: lg")),
    .init(
      "too_heavy",
      "Nested loops can take hours for a frame, and simulations are played from the beginning of their segment; more than 1e10 operations, or steps of cells, are an error.",
      wrong: .layer(#"field: "mean(i in 0..1000, mean(k in 0..1000, sin(i * x + k * y)))""#),
      right: .layer(#"field: "mean(i in 0..8, mean(k in 0..8, 0.5 + 0.5 * sin(i * x + k * y)))""#)),
    .init(
      "unreached_key",
      "A key of keyframes that lies outside of the segment: the value is on its way there when the segment ends, or has left it when it begins.",
      wrong: .segment("duration: 4s\nlayers: [{field: plasma, opacity: {keys: {0s: 0, 8s: 1}}}]"),
      right: .segment("duration: 4s\nlayers: [{field: plasma, opacity: {keys: {0s: 0, 100%: 1}}}]")),
    .init(
      "unused_allow", "A comment that allows what is not found, or what has no such name, only seems to help.",
      wrong: .layer("field: plasma   # ascii-scene: allow leading_zero"),
      right: .segment("duration: 04s   # ascii-scene: allow leading_zero\nlayers: [field: plasma]")),
    .init(
      "unused_name", "What nothing uses is either forgotten or misspelt where it should be used.",
      wrong: .top("fields: {swell: 0.5 + 0.5 * sin(9 * x)}"),
      right: .top(
        "fields: {swell: 0.5 + 0.5 * sin(9 * x)}\nsegments: [{duration: 4s, layers: [field: swell]}]")),
    .init(
      "flashing",
      "Light that goes on and off more than three times a second can harm people with photosensitive epilepsy (WCAG 2.3.1). What depends on a sound's loudness or on the picture is measured by `verify`.",
      wrong: .layer("{field: plasma, opacity: \"if(mod(t, 0.2s) < 0.1s, 1, 0)\"}"),
      right: .layer("{field: plasma, opacity: \"if(mod(t, 1s) < 0.5s, 1, 0)\"}")),
    .init(
      "unusual_value", "The value is allowed, but past where pictures usually begin to suffer.",
      wrong: .segment("duration: 4s\nlayers: [field: plasma]\nlook: [vignette: 0.9]"),
      right: .segment("duration: 4s\nlayers: [field: plasma]\nlook: [vignette: 0.3]")),
    .init(
      "wide_glyph",
      "Every glyph has one cell, so what is two cells wide elsewhere is drawn at half its size and lost among the others.",
      wrong: .layer("{field: plasma, palette: {chars: \"·✨\"}}"),
      right: .layer("{field: plasma, palette: {chars: \"·✦\"}}")),
  ]
}
