/// The names with a meaning of their own (LANGUAGE "Names with meaning") and the constants.
enum LanguageNames {
  static let inputs: [String: Input] = {
    var names: [String: Input] = [
      "x": .x, "y": .y, "u": .u, "v": .v, "col": .column, "row": .row, "cols": .columns, "rows": .rows,
      "value": .value, "energy": .energy, "t": .time, "p": .progress, "frame": .frame,
    ]
    for feature in Feature.allCases { names[feature.rawValue] = .feature(feature) }
    return names
  }()

  static let polar: [String: TypedExpression.PolarCoordinate] = ["dist": .distance, "angle": .angle]

  static let constants: [String: Double] = ["pi": .pi, "tau": 2 * .pi, "true": 1, "false": 0]

  /// Names whose case matters: `T` is the clock of the video, `t` that of the segment.
  static let timeline = "T"

  static let all: [String] =
    Array(inputs.keys) + Array(polar.keys) + Array(constants.keys) + [
      timeline, "portrait", "landscape", "fps", "cell_aspect",
    ]
}
