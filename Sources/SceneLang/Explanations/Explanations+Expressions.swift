extension Explanation {
  /// How expressions and text slots are written.
  static let expressions: [Explanation] = [
    .init(
      "assignment", "`=` names an argument of a call; whether two values are equal is asked with `==`.",
      wrong: .layer("field: plasma\nwhen: frame = 48"), right: .layer("field: plasma\nwhen: frame == 48")),
    .init(
      "bad_format", "Behind the colon of a text slot stands how a number is written: digits, or places and `f`.",
      wrong: .layer(#"text: "Take {7:2}""#), right: .layer(#"text: "Take {7:02d}""#)),
    .init(
      "bad_number", "Numbers are decimal, with a point and digits on both sides of it.",
      wrong: .layer("field: plasma\nopacity: .5"), right: .layer("field: plasma\nopacity: 0.5")),
    .init(
      "chained_comparison", "A comparison is true or false, which cannot be compared with a number.",
      wrong: .layer("field: if(0.2 < dist < 0.4, 1, 0)"),
      right: .layer("field: if(0.2 < dist and dist < 0.4, 1, 0)")),
    .init(
      "clock_time", "Times are numbers with a unit, so that `1:30` cannot be minutes here and hours there.",
      wrong: .segment("duration: 1:30\nlayers: [field: plasma]"),
      right: .segment("duration: 90s\nlayers: [field: plasma]")),
    .init(
      "detached_unit", "A unit touches its number.",
      wrong: .segment("duration: 4 s\nlayers: [field: plasma]"),
      right: .segment("duration: 4s\nlayers: [field: plasma]")),
    .init(
      "empty_expression", "An expression has at least one value.",
      wrong: .layer(#"field: """#), right: .layer("field: plasma")),
    .init(
      "empty_format", "Behind the colon of a text slot stands a format.",
      wrong: .layer(#"text: "Take {7:}""#), right: .layer(#"text: "Take {7}""#)),
    .init(
      "expression_too_deep", "An expression is nested at most 100 levels deep.",
      wrong: .described("a hundred and one parentheses inside each other", deepExpression),
      right: .segment("duration: 4s\nlet: {swell: sin(9 * x - t)}\nlayers: [field: 0.5 + 0.5 * swell]")),
    .init(
      "expression_too_large", "An expression has at most 10 000 parts; a loop, or names under `let:`, make it shorter.",
      wrong: .described("a `max` of ten thousand values and one", wideExpression),
      right: .layer(#"field: "mean(i in 0..64, sin(i * x))""#)),
    .init(
      "incomplete_loop", "A loop has a name, a range and a body: `sum(i in 0..4, sin(i * x))`.",
      wrong: .layer(#"field: "sum(i in 0..4)""#), right: .layer(#"field: "sum(i in 0..4, sin(i * x)) / 4""#)),
    .init(
      "leading_zero", "`010` is ten here as in YAML 1.2, but older YAML reads eight, so better leave the zero off.",
      wrong: .segment("duration: 010s\nlayers: [field: plasma]"),
      right: .segment("duration: 10s\nlayers: [field: plasma]")),
    .init(
      "missing_argument", "A parameter without a default must be given, and between two commas stands an argument.",
      wrong: .layer(#"field: "mix(plasma, , 0.5)""#), right: .layer(#"field: "mix(plasma, fbm, 0.5)""#)),
    .init(
      "missing_operator", "Two values side by side mean nothing: a product is written with `*`.",
      wrong: .layer("field: 0.5 plasma"), right: .layer("field: 0.5 * plasma")),
    .init(
      "missing_parenthesis", "Every `(` needs its `)`.",
      wrong: .layer("field: 0.5 * (plasma + fbm"), right: .layer("field: 0.5 * (plasma + fbm)")),
    .init(
      "name_expected", "Behind a point stands the name of a member.",
      wrong: .layer("field: neon.(1)"), right: .layer("field: plasma")),
    .init(
      "number_too_large", "Numbers go up to 1.7e308.",
      wrong: .layer("field: 1e400"), right: .layer("field: plasma")),
    .init(
      "levels_in_loop", "`levels` is measured before rendering, when a loop has not run.",
      wrong: .layer(#"field: "mean(k in 0..4, levels(plasma(speed=k + 1)))""#),
      right: .layer(#"field: "levels(mean(k in 0..4, plasma(speed=k + 1)))""#)),
    .init(
      "levels_unknown",
      "`levels` is measured before rendering, so it takes what is known then: no states, nothing of a layer's own cells.",
      wrong: .layer("field: plasma\nbrightness: levels(value)"),
      right: .layer("field: levels(plasma)\nbrightness: value")),
    .init(
      "positional_after_named", "Arguments without a name come first, since their place tells what they are.",
      wrong: .layer(#"field: "fbm(octaves=3, 0.1)""#), right: .layer(#"field: "fbm(octaves=3, freq=0.1)""#)),
    .init(
      "stray_brace", "Braces in a text enclose expressions; a brace that is meant as such is doubled.",
      wrong: .layer(#"text: "set }""#), right: .layer(#"text: "set }}""#)),
    .init(
      "stray_parenthesis", "Every `)` needs its `(`.",
      wrong: .layer("field: 0.5 * plasma + fbm)"), right: .layer("field: 0.5 * (plasma + fbm)")),
    .init(
      "trailing_comma", "Behind the last argument stands no comma.",
      wrong: .layer(#"field: "fbm(octaves=3,)""#), right: .layer(#"field: "fbm(octaves=3)""#)),
    .init(
      "unclosed_slot", "A brace in a text opens an expression, which ends at the next `}`.",
      wrong: .layer(#"text: "take {7""#), right: .layer(#"text: "take {7}""#)),
    .init(
      "unexpected_character", "Expressions are made of ASCII letters, digits, operators and quoted strings.",
      wrong: .layer("field: 0.5 * φ"), right: .layer("field: 0.5 * plasma")),
    .init(
      "unexpected_symbol", "The mark has a meaning, but not in this place.",
      wrong: .layer("field: plasma .. fbm"), right: .layer("field: mix(plasma, fbm, 0.5)")),
    .init(
      "unknown_operator",
      "The operators are `+ - * / ^ < > <= >= == != and or not`; there is `mod(a, b)` and `if(c, a, b)`.",
      wrong: .layer("field: plasma\nwhen: bass > 0.3 && t > 2"),
      right: .layer("field: plasma\nwhen: bass > 0.3 and t > 2")),
    .init(
      "unknown_unit", "The units are s ms f frames beats bars deg rad turn cells px chars Hz and %.",
      wrong: .segment("duration: 4sec\nlayers: [field: plasma]"),
      right: .segment("duration: 4s\nlayers: [field: plasma]")),
    .init(
      "value_expected", "An operator has a value on each side.",
      wrong: .layer("field: plasma + "), right: .layer("field: plasma + 0.1")),
  ]

  private static let deepExpression = layer(
    String(repeating: "(", count: 101) + "x" + String(repeating: ")", count: 101))

  private static let wideExpression = layer(
    "max(" + [String](repeating: "x", count: 10_001).joined(separator: ", ") + ")")

  private static func layer(_ field: String) -> [UInt8] {
    Array("ascii-scene: 1\nsegments:\n  - duration: 4s\n    layers:\n      - field: \(field)\n".utf8)
  }
}
