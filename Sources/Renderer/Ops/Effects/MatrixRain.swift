import SceneLang

/// Columns of falling characters (CATALOGUE 1.10). In every column drops follow one another; a drop is a bright head and a
/// tail that fades as 1 − i / length and reaches over 1/7 to 5/7 of the height (8 to 40 of 56 rows). The state is the way
/// the rain has come; where each drop stands is a hash of the column and the count of its passes.
struct MatrixRain: EffectOp {
  static let declaration = OpDeclaration(
    .effect, "matrix_rain", aliases: ["digital_rain"],
    "Columns of characters that fall; energy tells the drops apart, 0…1 at random.",
    parameters: [
      ParameterDeclaration(
        "speed", aliases: ["speed_base"], default: "0.5", in: 0...20,
        "Cells per tick of 1/24 s, for a column of speed 1."),
      ParameterDeclaration(
        "beat_speed", aliases: ["speed_beat"], default: "3", in: 0...40, "What `drive` adds to the speed."),
      ParameterDeclaration(
        "drive", default: "0.15 * bass + 0.45 * bdecay * bass", in: 0...1, "How hard the rain is driven."),
      ParameterDeclaration("density", default: "1", in: 0...1, "Share of the columns in which a drop falls."),
      ParameterDeclaration("length", default: "1.5", in: 0.1...8, "Scales the tails."),
      ParameterDeclaration("change", default: "0.2", in: 0...24, "How often a second a cell changes its character."),
      .time,
    ],
    facts: Facts(isStateless: false),
    show: [
      "grid": "md", "palette": "kata", "hue": "0.42", "saturation": "0.85 * (1 - smoothstep(0.86, 1, value))",
      "brightness": "0.35 + 0.65 * value", "wash": "0.3",
    ],
    example: "effect: matrix_rain(speed=0.4, density=0.5)")

  private enum Role: Int { case phase, speed, gap, length, isThere, kind, character, change }

  private let setting: EffectSetting
  /// Cells that a column of speed 1 has fallen.
  private var way = 0.0

  init(_ setting: EffectSetting) { self.setting = setting }

  mutating func advance(_ arguments: CallArguments, tick: Int) {
    way += arguments.number("speed") * (1 + arguments.number("beat_speed") * arguments.number("drive"))
  }

  func draw(_ arguments: CallArguments, ahead: Double, into cells: EffectCells) {
    let seventh = arguments.number("length") * Double(cells.rows) / 7
    let density = arguments.number("density")
    let change = arguments.number("change")
    let time = arguments.time
    for column in 0..<cells.columns {
      // A pass leads from above the grid until the longest tail has left it, and some way on.
      let turn = Double(cells.rows) * (1 + 0.4 * random(.gap, column)) + 5 * seventh
      let speed = 0.3 + 1.7 * random(.speed, column)
      let fallen = way * speed + turn * random(.phase, column)
      let pass = Int(ScalarMath.floor(fallen / turn))
      guard random(.isThere, column, pass) < density else { continue }
      let head = Int(ScalarMath.floor(fallen - turn * Double(pass)))
      let length = max(1, Int(seventh * (1 + 4 * random(.length, column, pass))))
      let kind = Float(random(.kind, column, pass))
      for row in max(0, head - length + 1)...max(0, head) where row <= head && row < cells.rows {
        let fade = 1 - Double(head - row) / Double(length)
        cells.put(
          column, row, value: Float(row == head ? 1 : 0.86 * fade), energy: kind,
          character(column, row, time, change))
      }
    }
  }

  /// Fixed per cell but for a change now and then, at other times in every cell.
  private func character(_ column: Int, _ row: Int, _ time: Double, _ change: Double) -> CellSymbol {
    guard setting.characterCount > 0 else { return .byValue }
    let turn = Int(ScalarMath.floor(time * change + random(.change, column, row)))
    let share = setting.random(Role.character.rawValue + 16 * turn, column, row)
    return .palette(Int(share * Double(setting.characterCount)))
  }

  private func random(_ role: Role, _ index: Int, _ turn: Int = 0) -> Double {
    setting.random(role.rawValue, index, turn)
  }
}
