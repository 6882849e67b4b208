extension Explanation {
  /// Names that mean nothing, or too much.
  static let names: [Explanation] = [
    .init(
      "cyclic_definition", "A value that needs itself has no value.",
      wrong: .top("let: {a: b + 1, b: a * 2}\nsegments: [{duration: 4s, layers: [{field: 0.1 * a}]}]"),
      right: .top("let: {a: t + 1, b: a * 2}\nsegments: [{duration: 4s, layers: [{field: 0.1 * b}]}]")),
    .init(
      "definitions_too_deep",
      "A name may stand for an expression with names in it, and those for others, 240 levels down in all.",
      wrong: .described(
        "three hundred names, each of which reads the one before",
        Array(
          ("ascii-scene: 1\nlet:\n  f0: x\n" + (1...300).map { "  f\($0): f\($0 - 1) * y\n" }.joined()
            + "segments: [{duration: 4s, layers: [field: f300]}]\n").utf8)),
      right: .layer("field: x * product(i in 0..300, y)")),
    .init(
      "duplicate_argument", "A parameter is given once, by its place or by its name.",
      wrong: .layer(#"field: "fbm(3, octaves=4)""#), right: .layer(#"field: "fbm(octaves=4)""#)),
    .init(
      "duplicate_name", "Names are unique among their kind, however they are spelt: `My-Wave` is `my_wave`.",
      wrong: .top(
        "segments:\n  - {name: open, duration: 4s, layers: [field: plasma]}\n  - {name: open, duration: 4s, layers: [field: fbm]}"
      ),
      right: .top(
        "segments:\n  - {name: open, duration: 4s, layers: [field: plasma]}\n  - {name: close, duration: 4s, layers: [field: fbm]}"
      )),
    .init(
      "foreign_boolean", "`yes`, `no`, `on` and `off` are text in YAML 1.2; the truth values are `true` and `false`.",
      wrong: .layer("field: plasma\nopaque: yes"), right: .layer("field: plasma\nopaque: true")),
    .init(
      "not_a_function", "A value of `let` or a parameter takes no arguments; a field of your own does.",
      wrong: .segment("duration: 4s\nlet: {swell: 0.5 + 0.5 * sin(x)}\nlayers: [{field: swell(2)}]"),
      right: .segment("duration: 4s\nlet: {swell: 0.5 + 0.5 * sin(x)}\nlayers: [{field: swell}]")),
    .init(
      "pixel_outside_shader",
      "`r`, `g`, `b`, `luma` and `color` are the picture, which is there when layers are drawn: shaders read it.",
      wrong: .layer("field: plasma\nopacity: luma"),
      right: .top(
        "shaders: {grey: {color: luma}}\nsegments: [{duration: 4s, layers: [field: plasma], look: [grey]}]")),
    .init(
      "too_many_arguments", "There are more arguments than parameters; `ascii-scene show NAME` lists those.",
      wrong: .layer(#"field: "plasma(1, 2, 3)""#), right: .layer(#"field: "plasma(speed=1)""#)),
    .init(
      "unknown_blend", "`ascii-scene list blend` prints the blends.",
      wrong: .layer("field: plasma\nblend: sreen"), right: .layer("field: plasma\nblend: screen")),
    .init(
      "unknown_choice", "This place takes one of a few words.",
      wrong: .layer("text: hello\nalign: centred"), right: .layer("text: hello\nalign: center")),
    .init(
      "unknown_effect", "`ascii-scene list effect` and `ascii-scene list particles` print what makes cells of its own.",
      wrong: .layer("effect: matrx_rain"), right: .layer("effect: matrix_rain")),
    .init(
      "unknown_grid", "`ascii-scene list grid` prints the grids; a size of your own is `{size: 120px}`.",
      wrong: .layer("field: plasma\ngrid: mdd"), right: .layer("field: plasma\ngrid: md")),
    .init(
      "unknown_key", "Nothing unknown is passed over in silence: most keys that are not known are misspelt.",
      wrong: .layer("field: plasma\npalete: dense"), right: .layer("field: plasma\npalette: dense")),
    .init(
      "unusable_name", "An author's names are said in expressions, so they are written as these have them.",
      wrong: .segment("duration: 4s\nlet: {2nd: 0.5}\nlayers: [field: plasma]"),
      right: .segment("duration: 4s\nlet: {second: 0.5}\nlayers: [{field: plasma, opacity: second}]")),
    .init(
      "unknown_name", "An expression can use what the language names, what the scene defines and the built-in fields.",
      wrong: .layer("field: plsama"), right: .layer("field: plasma")),
    .init(
      "unknown_output", "The ending of an output's name says what is made.",
      wrong: .top("output: film.avi"), right: .top("output: [film.mp4, {file: film.gif, width: 480, max_size: 8MB}]")),
    .init(
      "unknown_palette",
      "`ascii-scene list palette` prints the palettes; characters of your own are `{chars: \"·•\"}`.",
      wrong: .layer(#"{field: plasma, palette: "·•"}"#), right: .layer(#"{field: plasma, palette: {chars: "·•"}}"#)),
    .init(
      "unknown_parameter", "`ascii-scene show NAME` lists what a field or a shader takes.",
      wrong: .layer(#"field: "fbm(octave=3)""#), right: .layer(#"field: "fbm(octaves=3)""#)),
    .init(
      "unknown_shader", "A look is made of shaders and of other looks; `ascii-scene list shader` prints the shaders.",
      wrong: .segment("duration: 4s\nlayers: [field: plasma]\nlook: [vignete]"),
      right: .segment("duration: 4s\nlayers: [field: plasma]\nlook: [vignette]")),
    .init(
      "unknown_template", "`use:` names a template of this file, or of an import as in `neon.title_card`.",
      wrong: .top(
        "templates: {card: {kind: layer, text: hello}}\nsegments: [{duration: 4s, layers: [{use: crad}, {use: card}]}]"),
      right: .top(
        "templates: {card: {kind: layer, text: hello}}\nsegments: [{duration: 4s, layers: [{use: card}]}]")),
    .init(
      "unknown_feedback", "`ascii-scene list feedback` prints the feedbacks with a name.",
      wrong: .segment("duration: 4s\nlayers: [field: plasma]\nfeedback: rainbow_trail"),
      right: .segment("duration: 4s\nlayers: [field: plasma]\nfeedback: rainbow_trails")),
    .init(
      "unknown_transition", "`ascii-scene list transition` prints the transitions.",
      wrong: .top(
        "segments:\n  - {duration: 4s, layers: [field: plasma]}\n  - {duration: 4s, layers: [field: fbm], transition: crosfade}"
      ),
      right: .top(
        "segments:\n  - {duration: 4s, layers: [field: plasma]}\n  - {duration: 4s, layers: [field: fbm], transition: crossfade}"
      )),
    .init(
      "unknown_style", "A text style says how the characters of a text come, move or go; `list style` names all.",
      wrong: .layer("{text: Hello, style: typewritter}"), right: .layer("{text: Hello, style: typewriter}")),
    .init(
      "unknown_variant", "`--variant` takes one of the names under `variants:`.",
      wrong: .top("variants: {portrait: {video: {aspect: portrait}}}").variant("portait"),
      right: .top("variants: {portrait: {video: {aspect: portrait}}}").variant("portrait")),
    .init(
      "value_outside_layer",
      "`value` is what a layer's field gives in each cell, so only the colours and the wash of a layer can read it.",
      wrong: .layer("field: value"), right: .layer("field: plasma\nhue: 0.6 + 0.1 * value")),
    .init(
      "wrong_argument_count", "The functions of the language take a fixed number of arguments.",
      wrong: .layer(#"field: "mix(plasma, 0.5)""#), right: .layer(#"field: "mix(plasma, fbm, 0.5)""#)),
  ]
}
