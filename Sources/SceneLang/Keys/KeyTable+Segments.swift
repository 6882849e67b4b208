extension KeyTable {
  static let segment = KeyTable.named("segment")
  static let segmentDefaults = KeyTable.named("segment defaults")
  static let cut = KeyTable.named("cut")
  static let rhythm = KeyTable.named("rhythm")
  static let tone = KeyTable.named("tone")

  private static let toneKey = KeyDeclaration(
    "tone", .either([.words(Tone.Exposure.allCases.map(\.rawValue)), .table("tone")]),
    "How the segment is brought to its brightness.")
  private static let look = KeyDeclaration("look", .look, "The shaders that the finished picture goes through.")
  private static let level = KeyDeclaration(
    "level", .words(BrightnessBand.allCases.map(\.rawValue)), "How bright the segment means to be.")
  private static let transition = KeyDeclaration(
    "transition", .call(.transition), "How the segment before goes over into this one.")
  private static let feedback = KeyDeclaration(
    "feedback", .either([.words(["none"]), .call(.feedback), .table("feedback")]),
    "How the finished picture of the frame before shows through.")
  private static let layers = KeyDeclaration(
    "layers", .list(.table("layer")), required: true, "The layers, the lowest first.")
  private static let body: [KeyDeclaration] = [
    layers,
    .bindings(rate: .pixel),
    toneKey, look, level,
    .init("seed", .text, "Another seed gives other random values in this segment; its name unless given."),
    feedback, transition,
  ]
  private static let times: [KeyDeclaration] = [
    .init("name", .text, "Unique in the scene."),
    .init("duration", .value(.number, .time, rate: .constant), "How long it lasts."),
    .init("until", .value(.number, .time, rate: .constant), "When it ends, on the clock of the video."),
  ]

  private static let oneEnd = KeyRule.excludes("until", ["duration"])

  static let segmentTables: [KeyTable] = [
    KeyTable(
      "segment", "A part of the video.", rules: [oneEnd], takesTemplates: true, times + body),
    KeyTable(
      "segment template", "A segment that is written once.", rules: [oneEnd], takesTemplates: true,
      templateKeys(of: "segment") + times + body),
    KeyTable(
      "segment defaults", "What segments have that do not say otherwise.", [toneKey, look, level, feedback, transition]),
    KeyTable(
      "cut", "Segments made from a rhythm and a set of templates.",
      [
        .init("cut", .table("rhythm"), required: true, "When the segments change."),
        .init("use", .either([.text, .list(.text)]), required: true, "Templates of segments."),
        .init(
          "with", .named(.either([.value(.number, rate: .pixel), .look, .list(.table("layer"))])),
          "Values of their parameters."),
        .init("order", .words(Analyzer.Order.allCases.map(\.rawValue)), "Which comes next; neighbours differ."),
        .init("name", .text, "Begins the names of the segments."),
        .init("seed", .text, "Another seed gives another order."),
      ]),
    KeyTable(
      "rhythm", "When the segments of a cut change.", oneOf: ["every", "at"],
      [
        .init("every", .value(.number, .time, rate: .constant), "How long each lasts; in beats it ends on a beat."),
        .init(
          "at",
          .either([
            .words(Analyzer.Moments.allCases.map(\.rawValue)),
            .list(.value(.number, .time, rate: .constant)),
          ]), "Moments of the sound, or times."),
        .init("until", .value(.number, .time, rate: .constant), required: true, "When the last one ends."),
      ]),
    KeyTable(
      "feedback", "The plain feedback with other parameters.",
      FeedbackParameter.allCases.map { parameter in
        let shape: KeyShape =
          switch parameter {
          case .blend: .name(.blend, own: false)
          case .transform: .words(Feedback.Motion.allCases.map(\.rawValue))
          case .decay, .opacity, .amount, .hueShift: .value(.number, in: parameter.range, rate: .frame)
          }
        return .init(parameter.rawValue, shape, parameter.doc)
      }),
    KeyTable(
      "tone", "How a segment is brought to its brightness.",
      [
        .init(
          "exposure", .words(Tone.Exposure.allCases.map(\.rawValue)),
          "One curve for the segment, one for every frame, or none."),
        .init("gamma", .value(.number, in: 0.2...5, rate: .constant), "Below 1 lifts the dark tones."),
        .init("curve", .words(Tone.Curve.allCases.map(\.rawValue)), "How the light is compressed, as films do."),
        .init(
          "smooth", .value(.number, .time, in: 0...10, rate: .constant),
          "With `exposure: frame`, the time up to the present frame that the levels are the mean of, such as `12f`."),
        .init("black", .value(.number, in: 0...1, rate: .constant), "The level of the darkest; 0.008 unless given."),
        .init("white", .value(.number, in: 0...1, rate: .constant), "The level of the brightest; 0.992 unless given."),
      ]),
  ]

  static func templateKeys(of kind: String) -> [KeyDeclaration] {
    [
      .init("kind", .words([kind]), required: true, "What the template makes."),
      .init("doc", .text, "What it is for."),
      .init(
        "params", .named(.either([.value(.number, rate: .cell), .table("parameter")])),
        "What `with:` may give it."),
    ]
  }
}
