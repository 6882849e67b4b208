extension Explanation {
  /// Types, units, ranges and rates.
  static let values: [Explanation] = [
    .init(
      "bad_character", "A glyph is one code point; flags, letters with separate marks and control characters are not.",
      wrong: .layer("{field: plasma, palette: {chars: \".e\u{0301}#\"}}"),
      right: .layer("{field: plasma, palette: {chars: \".é#\"}}")),
    .init(
      "bad_color", "A colour is `#` and three or six hexadecimal digits, in quotes.",
      wrong: .layer(##"{field: plasma, color: "#ff5f6"}"##), right: .layer(##"{field: plasma, color: "#ff5f6d"}"##)),
    .init(
      "beats_without_tempo", "Beats have a length when the scene has a tempo.",
      wrong: .segment("duration: 8beats\nlayers: [field: plasma]"),
      right: .top("tempo: 120\nsegments: [{duration: 8beats, layers: [field: plasma]}]")),
    .init(
      "empty_range", "No value lies between a min and a smaller max.",
      wrong: .top(
        "params: {hue: {default: 0.5, min: 1, max: 0}}\nsegments: [{duration: 4s, layers: [{field: plasma, hue: hue}]}]"
      ),
      right: .top(
        "params: {hue: {default: 0.5, min: 0, max: 1}}\nsegments: [{duration: 4s, layers: [{field: plasma, hue: hue}]}]"
      )
    ),
    .init(
      "key_outside_segment", "Times from the end, and shares, need a segment that they count from.",
      wrong: .top(
        "let: {fade: {keys: {0s: 0, -1s: 1}}}\nsegments: [{duration: 4s, layers: [{field: plasma, opacity: fade}]}]"),
      right: .segment("duration: 4s\nlet: {fade: {keys: {0s: 0, -1s: 1}}}\nlayers: [{field: plasma, opacity: fade}]")),
    .init(
      "bad_cue",
      "Words need a time to appear and a later one to go; a cue without is left out, and the others are shown.",
      wrong: .top(
        "inputs: {words: {lyrics: [{from: 2s, to: 1s, text: Hello}]}}\n"
          + "segments: [{duration: 4s, layers: [lyrics: words]}]"),
      right: .top(
        "inputs: {words: {lyrics: [{from: 1s, to: 2s, text: Hello}]}}\n"
          + "segments: [{duration: 4s, layers: [lyrics: words]}]")),
    .init(
      "missing_unit", "A time says whether it is in seconds, frames or beats, and an angle whether it is in degrees.",
      wrong: .segment("duration: 4\nlayers: [field: plasma]"), right: .segment("duration: 4s\nlayers: [field: plasma]")),
    .init(
      "not_drawn", "None of the faces in the program has a glyph for the character, so it would leave a hole.",
      wrong: .layer("text: \u{1F980} at sea"), right: .layer("text: crab at sea")),
    .init(
      "out_of_range", "The value lies outside of what has a meaning here; it is never bent silently. Levels are 0…1.",
      wrong: .layer("field: plasma\nopacity: 1.5"), right: .layer("field: plasma\nopacity: 1")),
    .init(
      "right_to_left",
      "Letters stand in their cells in the order in which they are written, each as it stands alone: Arabic cannot be read so.",
      wrong: .layer("text: \u{633}\u{644}\u{627}\u{645}"), right: .layer("text: salaam")),
    .init(
      "state_at_time",
      "A simulation grows tick by tick, so only its present is known; `at` can read it at other coordinates.",
      wrong: .layer("field: at(reaction_diffusion, t=t - 1s)"), right: .layer("field: at(reaction_diffusion, x=-x)")),
    .init(
      "state_in_branch",
      "A simulation in a branch of `if` would stand still while the other is taken; a name in `let:` goes on.",
      wrong: .layer("field: if(t < 2, reaction_diffusion, plasma)"),
      right: .segment(
        "duration: 4s\nlet: {growth: reaction_diffusion}\nlayers: [{field: \"if(t < 2, growth, plasma)\"}]")),
    .init(
      "state_in_loop",
      "A simulation inside of a loop would be as many simulations as the loop has turns; a name in `let:` is one.",
      wrong: .layer("field: max(k in 0..3, 0.3 * k * reaction_diffusion)"),
      right: .segment(
        "duration: 4s\nlet: {growth: reaction_diffusion}\nlayers: [{field: \"max(k in 0..3, 0.3 * k * growth)\"}]")),
    .init(
      "unbounded_loop", "A loop must have a known greatest length, so that a frame has a known greatest cost.",
      wrong: .layer(#"field: "mean(i in 0..t, 0.5 + 0.5 * sin(i * x))""#),
      right: .layer(#"field: "mean(i in 0..min(t, 16), 0.5 + 0.5 * sin(i * x))""#)),
    .init(
      "wrong_rate",
      "Every value changes at most as often as its place can use: once per frame for an opacity, per cell for a field.",
      wrong: .layer("field: plasma\nopacity: u"), right: .layer("field: plasma * u\nopacity: p")),
    .init(
      "wrong_type", "The place takes another kind of value. A number is never a condition: compare it.",
      wrong: .layer("field: plasma\nwhen: bass"), right: .layer("field: plasma\nwhen: bass > 0.3")),
    .init(
      "wrong_unit", "Seconds, angles and lengths cannot be mixed; a time divided by a time is a plain number.",
      wrong: .layer("field: plasma + 2s"), right: .layer("field: plasma * (t / 2s)")),
  ]
}
