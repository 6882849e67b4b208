extension KeyTable {
  static let layer = KeyTable.named("layer")
  static let layerDefaults = KeyTable.named("layer defaults")
  static let show = KeyTable.named("show")
  static let palette = KeyTable.named("palette")
  static let paletteEdges = KeyTable.named("palette edges")
  static let keyframes = KeyTable.named("keyframes")
  static let key = KeyTable.named("key")
  static let grid = KeyTable.named("grid size")
  static let blendMode = KeyTable.named("blend mode")
  static let gradient = KeyTable.named("gradient")
  static let colorStop = KeyTable.named("color stop")

  private static let unit: ClosedRange<Double> = 0...1
  /// The most particles at once.
  static let particleCaps: ClosedRange<Double> = 0...20000

  /// How cells look; a field's `show:` has these too.
  private static let drawing: [KeyDeclaration] = [
    .init("grid", .either([.name(.grid, own: false), .table("grid size")]), "How large the cells are."),
    .init("face", .words(Grid.Face.allCases.map(\.rawValue)), "The weight of the glyphs."),
    .init("palette", .either([.name(.palette, own: true), .table("palette")]), "Which glyph stands for a value."),
    // Whole turns change nothing, so many of them were meant as degrees.
    .init("hue", .value(.number, in: -10...10, rate: .cell), "In turns: 0 is red, 1/3 green, 2/3 blue."),
    .init("saturation", .value(.number, in: unit, rate: .cell), "0 is grey."),
    .init("brightness", .value(.number, in: 0...4, rate: .cell), "A factor."),
    .init(
      "color", .either([.value(.color, rate: .cell), .name(.gradient, own: true), .table("gradient"), .colors]),
      "A quoted colour, or a gradient read at the layer's value."),
    .init(
      "wash", .value(.number, in: unit, rate: .cell),
      "A solid cell below the glyph, in its color, and darker where the value is low."),
  ]
  private static let textPlaces = [
    "top_left", "top", "top_right", "left", "center", "right", "bottom_left", "bottom", "bottom_right",
  ]
  private static let blendKey = KeyDeclaration(
    "blend", .either([.name(.blend, own: false), .table("blend mode")]), "How the layer is laid over what is below.")
  private static let sources: [KeyDeclaration] = [
    .init("field", .call(.field), "A value 0…1 for every cell."),
    .init("effect", .call(.effect), "Something that makes cells of its own."),
    .init("particles", .call(.particles), "A particle system."),
    .init("text", .template, "Words."),
    .init("lyrics", .text, "Words with times, of `inputs`."),
    .init("image", .text, "A picture of `inputs`, in its own colours."),
    .init("video", .text, "A moving picture of `inputs`, in its own colours."),
    .init(
      "layers", .either([.list(.table("layer")), .text]),
      "A group: layers on a canvas of their own. In a template and alone, the name of layers that `with:` gave it."),
  ]
  private static let layerKeys: [KeyDeclaration] =
    [.init("name", .text, "What it is called; its random values depend on it.")] + sources + drawing + [
      blendKey,
      .init(
        "cells", .flag,
        "Of a group with a `grid`: its layers write into the cells of that one grid; a blank lets the cell below show."),
      .init("look", .look, "The shaders that the layer or group goes through before it is blended."),
      .init("opacity", .value(.number, in: unit, rate: .frame), "0 is not there at all."),
      .init(
        "cap", .value(.integer, in: particleCaps, rate: .constant),
        "Of particles: the most at once; over it the oldest go. A quality preset scales it."),
      .init("opaque", .flag, "Cells are black below their glyphs."),
      .init("mask", .value(.field, rate: .cell), "Where the layer shows: a field, a shape or a condition."),
      .init(
        "effects", .either([.call(.cellEffect), .list(.call(.cellEffect))]),
        "What happens to the finished cells before they become pixels; several act one after another."),
      .init(
        "mask_at", .words(Layer.MaskPlace.allCases.map(\.rawValue)),
        "Whether the mask cuts whole cells or, with edges as sharp as the picture, pixels."),
      .init(
        "transform", .either([.call(.field), .list(.call(.field))]), "Fields that move the layer's field, in order."),
      .init(
        "from", .value(.number, .time, rate: .frame),
        "When it appears in its segment, or in the video in an overlay; from the end if negative."),
      .init(
        "to", .value(.number, .time, rate: .frame),
        "When it disappears; from the end of its segment, or of the video in an overlay, if negative."),
      .init("when", .value(.boolean, rate: .frame), "Only while this holds."),
      .init("seed", .text, "Another seed gives other random values in this layer."),
      .bindings(rate: .pixel),
      .init("align", .words(TextBlock.Alignment.allCases.map(\.rawValue)), "Of text."),
      .init(
        "position", .list(.value(.number, in: -1...2, rate: .frame)), "Of text: its middle, in shares of the picture."),
      .init(
        "keep_clear", .value(.field, rate: .cell),
        "Of text: the subject of a picture that it does not hide, as `clip.subject`."),
      .init(
        "prefer", .either([.words(textPlaces), .list(.words(textPlaces))]),
        "Of text: where it may stand; the first place at which it hides nothing of `keep_clear` is taken."),
      .init("wrap", .value(.integer, in: 1...1024, rate: .constant), "The longest line of text, in characters."),
      .init(
        "backdrop", .flag,
        "A soft shadow below text; there over other layers unless the text has a mask or a dark color."),
      .init(
        "style", .either([.call(.style), .list(.call(.style))]),
        "How the letters of text come, move and go; several act one after another."),
    ]

  /// Keys of texts alone.
  static let textKeys = ["align", "backdrop", "keep_clear", "position", "prefer", "style", "wrap"]
  /// What a group may say of itself, apart from what it may with `cells: true`.
  static let groupKeys = [
    "layers", "look", "name", "blend", "opacity", "mask", "mask_at", "grid", "from", "to", "when", "seed", "let",
  ]
  /// What layers cannot say of themselves where they share their cells.
  static let unsharedKeys = ["grid", "blend", "mask_at", "look", "backdrop", "layers"]

  private static let oneColor = KeyRule.excludes("color", ["hue", "saturation"])
  private static let layerRules: [KeyRule] =
    [
      oneColor, .excludes("position", ["keep_clear", "prefer"]),
      .excludes("layers", layerKeys.map(\.name).filter { !(groupKeys + ["cells", "effects"]).contains($0) }),
      .needs("mask_at", oneOf: ["mask"]), .needs("transform", oneOf: ["field", "image", "video"]),
      .needs("cap", oneOf: ["particles"]), .needs("cells", oneOf: ["layers"]),
      .needs("effects", oneOf: ["cells"], beside: "layers"),
      .whereTrue("cells", needed: "grid", items: "layers", without: unsharedKeys),
    ] + textKeys.map { .needs($0, oneOf: ["text", "lyrics"]) }

  static let layerTables: [KeyTable] = [
    KeyTable(
      "layer", "Glyphs in the cells of a grid.", oneOf: sources.map(\.name), rules: layerRules, takesTemplates: true,
      layerKeys),
    KeyTable(
      "layer template", "A layer that is written once.", rules: [oneColor], takesTemplates: true,
      templateKeys(of: "layer") + layerKeys),
    KeyTable("layer defaults", "What layers have that do not say otherwise.", drawing + [blendKey]),
    KeyTable("show", "How a field likes to be drawn when a layer does not say.", drawing),
    KeyTable(
      "blend mode", "A blend, and what it calculates with.",
      [
        .init("mode", .name(.blend, own: false), required: true, "How the layer is laid over what is below."),
        .init(
          "light", .words(Layer.BlendLight.allCases.map(\.rawValue)),
          "`linear`: with the light that levels stand for; with the levels unless given."),
      ]),
    KeyTable(
      "grid size", "A grid of any size.",
      [
        .init(
          "size", .value(.number, .length, in: 4.0 / 1080...0.5, rate: .constant), required: true,
          "The font size; 1080px is the shorter side of every picture.")
      ]),
    KeyTable(
      "palette", "How a value becomes a glyph.", oneOf: ["chars", "ramp"],
      rules: [
        .excludes("direction", ["match", "order", "gamma", "jitter", "thresholds"]),
        .excludes("thresholds", ["match", "order"]),
      ],
      [
        .init("chars", .text, "Characters; the blank comes first by itself."),
        .init("ramp", .text, "The name of a palette, or characters in quotes."),
        .init(
          "match", .words(Palette.Match.allCases.map(\.rawValue)),
          "By the ink of the glyphs, in equal steps, by the shape of the field within the cell (`coverage`), by lot, as a "
            + "fixed text, or as a pattern of points."),
        .init("gamma", .value(.number, in: 0.1...10, rate: .constant), "value^gamma; below 1 is brighter."),
        .init("order", .words(Palette.Order.allCases.map(\.rawValue)), "Sorted by ink, or as written."),
        .init(
          "dither", .words(Palette.Dither.allCases.map(\.rawValue)),
          "Tones between the glyphs of a ramp: by a fixed matrix of 8 × 8 cells (`ordered`), or by handing on what a cell lacks "
            + "(`diffusion`)."),
        .init("jitter", .value(.number, in: unit, rate: .constant), "A fixed unrest of the cells."),
        .init(
          "hysteresis", .value(.number, in: 0...0.5, rate: .constant),
          "How far a value moves before its cell follows, against flicker."),
        .init("stretch", .value(.number, in: 0.5...2, rate: .constant), "Glyphs taller than their cells."),
        .init(
          "thresholds", .list(.value(.number, in: unit, rate: .constant)),
          "The value at which each character begins, in place of equal steps."),
        .init(
          "direction", .value(.number, rate: .cell),
          "Which way a line runs in each cell, as `angle` does; the characters as written cover half a turn, the first of "
            + "them level."),
        .init("edges", .table("palette edges"), "Glyphs that run along the edges of the field, as a drawing has them."),
      ]),
    KeyTable(
      "palette edges", "Glyphs along edges.",
      [
        .init(
          "palette", .either([.name(.palette, own: true), .table("palette")]), required: true,
          "Its characters, each for the direction in which its ink lies."),
        .init(
          "above", .value(.number, in: unit, rate: .constant),
          "The least step of the field that counts as an edge; 0.15 unless given."),
      ]),
    KeyTable(
      "gradient", "Colours along 0…1: a list that is mixed in one space, or those that go with one colour.",
      oneOf: Gradient.Space.allCases.map(\.rawValue) + Harmony.allCases.map(\.rawValue),
      Gradient.Space.allCases.map { space in
        .init(
          space.rawValue, .list(.either([.value(.color, rate: .constant), .table("color stop")])),
          space == .steps ? "Colours side by side." : "Colours mixed in \(space.rawValue.uppercased()).")
      }
        + Harmony.allCases.map { harmony in
          .init(
            harmony.rawValue, .value(.color, rate: .constant),
            "The colour and what goes with it, \(harmony.turns.count) side by side.")
        } + [.init("hue_path", .words(Gradient.HuePath.allCases.map(\.rawValue)), "Which way round OKLCH goes.")]),
    KeyTable(
      "color stop", "A colour at a place of a gradient.",
      [
        .init("color", .value(.color, rate: .constant), required: true, "A quoted colour."),
        .init("at", .value(.number, in: unit, rate: .constant), "Its place, as in 40%."),
      ]),
    KeyTable(
      "keyframes", "A value that runs through keys.",
      [
        .init(
          "keys", .named(.either([.value(.number, rate: .frame), .table("key")])), required: true,
          "Values by times: seconds, shares of the segment, negative from its end."),
        .init("ease", .value(.number, rate: .frame), "A curve for all spans; `in_out_cubic` unless given."),
        .init("loop", .flag, "Begins anew after the last key."),
      ]),
    KeyTable(
      "key", "A key with a curve of its own.",
      [
        .init("to", .value(.number, rate: .frame), required: true, "The value."),
        .init("ease", .value(.number, rate: .frame), "The curve of the span that arrives here."),
      ]),
  ]
}
