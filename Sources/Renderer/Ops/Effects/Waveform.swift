import SceneLang

/// An oscilloscope's line (CATALOGUE 1.10): three travelling sines, one for each third of the sound,
/// 0.5 bass · sin(9.6 u + 5t) + 0.3 mid · sin(57 u + 8t) + 0.15 hi · sin(115 u + 12t), u = 0…1 across, with a glow around it. No state.
struct Waveform: EffectOp {
  static let declaration = OpDeclaration(
    .effect, "waveform", aliases: ["oscilloscope"],
    "A line that swings with the levels of the sound, whose own trace is the field `waveform`; energy is how far it swings.",
    parameters: [
      ParameterDeclaration("height", default: "0.5", in: 0...2, "Swing of a full sound, in shares of the height."),
      ParameterDeclaration("offset", default: "0", in: -1...1, "How far below the middle it lies, in the same shares."),
      ParameterDeclaration("glow", default: "2.5", in: 0.1...40, "Rows to each side over which its light fades."),
      ParameterDeclaration("speed", default: "1", in: -20...20, "How fast the waves travel."),
      ParameterDeclaration("bass", default: "0.25 + 0.75 * bass", in: 0...1, "Level of the slow wave."),
      ParameterDeclaration("mid", default: "0.2 + 0.8 * mid", in: 0...1, "Level of the middle wave."),
      ParameterDeclaration("hi", default: "0.15 + 0.85 * hi", in: 0...1, "Level of the fast wave."),
      ParameterDeclaration(
        "row_offset", default: "0", in: -1000...1000, "How many rows it lies lower, beside `offset`."),
      .time,
    ],
    show: ["grid": "md", "palette": "ascii", "color": "borealis"],
    example: "effect: waveform(height=0.3, offset=0.2)")

  /// The line where it is flat, falls, rises and is steep.
  static let ownCharacters: [Unicode.Scalar] = ["~", "\\", "/", "|"]

  init(_ setting: EffectSetting) {}

  func draw(_ arguments: CallArguments, ahead: Double, into cells: EffectCells) {
    let (bass, mid, hi) = (arguments.number("bass"), arguments.number("mid"), arguments.number("hi"))
    let time = arguments.time * arguments.number("speed")
    let rows = Double(cells.rows)
    let middle = rows * (0.5 + arguments.number("offset")) + arguments.number("row_offset")
    let glow = arguments.number("glow")
    func swing(_ column: Int) -> Double {
      let u = (Double(column) + 0.5) / Double(cells.columns)
      return 0.5 * bass * ScalarMath.sin(9.6 * u + 5 * time) + 0.3 * mid * ScalarMath.sin(57 * u + 8 * time)
        + 0.15 * hi * ScalarMath.sin(115 * u + 12 * time)
    }
    let scale = rows * arguments.number("height")
    var before = middle + scale * swing(-1)
    for column in 0..<cells.columns {
      let own = swing(column)
      let height = middle + scale * own
      // Where the line is steep it fills the rows between this column and the last.
      let (top, bottom) = (min(before, height), max(before, height))
      let symbol = CellSymbol.own(bottom - top > 1.5 ? 3 : bottom - top < 0.5 ? 0 : height > before ? 1 : 2)
      for row in Int(max(top - glow, 0))...Int(max(min(bottom + glow, rows - 1), max(top - glow, 0))) {
        let center = Double(row) + 0.5
        let distance = max(top - 0.5 - center, center - bottom - 0.5, 0)
        let light = 1 - distance / glow
        guard light > 0 else { continue }
        cells.put(
          column, row, value: Float(distance == 0 ? 1 : 0.6 * light * light), energy: Float(min(1, 2 * abs(own))),
          distance == 0 ? symbol : .byValue)
      }
      before = height
    }
  }
}
