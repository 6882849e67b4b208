import SceneLang

/// Bars of the sound's bands (CATALOGUE 1.10): six levels interpolated over the bars. A bar jumps up with its level and
/// sinks slowly, a cap stays on top and falls after it, and the floor mirrors them. The state is the height of bars and
/// caps.
struct Spectrum: EffectOp {
  static let declaration = OpDeclaration(
    .effect, "spectrum", aliases: ["spectrum_bars"],
    "Bars of the sound's bands with falling caps; value is the height above the floor, energy that of the bar.",
    parameters: [
      ParameterDeclaration(
        "bars", aliases: ["n_bars"], .integer, default: "0", in: 0...1024,
        "How many; 0 for as many as fit with `width` and `gap`."),
      ParameterDeclaration("width", .integer, default: "2", in: 1...64, "Columns of a bar, if `bars` is 0."),
      ParameterDeclaration("gap", .integer, default: "1", in: 0...64, "Columns between bars."),
      ParameterDeclaration("gain", default: "1.15", in: 0...8, "Scales the levels."),
      ParameterDeclaration("flutter", default: "0.45", in: 0...1, "How much neighbouring bars differ."),
      ParameterDeclaration("fall", default: "1.1", in: 0.01...100, "How fast bars sink, in heights a second."),
      ParameterDeclaration("caps", .boolean, default: "true", "Whether caps hold the peaks."),
      ParameterDeclaration("mirror", .boolean, default: "true", "Whether the floor mirrors the bars."),
      ParameterDeclaration(
        "floor", default: "0.65", in: 0.05...1, "Where the floor of mirrored bars lies, 0…1 from the top."),
      ParameterDeclaration("sub", default: "sub", in: 0...1, "Level of the lowest bars."),
      ParameterDeclaration("bass", default: "bass", in: 0...1, "Level at one fifth."),
      ParameterDeclaration("lomid", default: "lomid", in: 0...1, "Level at two fifths."),
      ParameterDeclaration("mid", default: "mid", in: 0...1, "Level at three fifths."),
      ParameterDeclaration("himid", default: "himid", in: 0...1, "Level at four fifths."),
      ParameterDeclaration("hi", default: "hi", in: 0...1, "Level of the highest bars."),
      .time,
    ],
    facts: Facts(isStateless: false),
    show: ["grid": "lg", "palette": "ascii", "color": "orchid", "wash": "0.6"],
    example: "effect: spectrum(width=3, caps=false)")

  /// Blocks of 1 to 8 eighths, and the cap.
  static let ownCharacters: [Unicode.Scalar] = Array("▁▂▃▄▅▆▇█▔".unicodeScalars)
  private static let cap = CellSymbol.own(8)
  /// Of the highest bar, in shares of the room above the floor.
  private static let headroom = 0.96
  /// Of the mirrored bars.
  private static let mirrorHeight = 0.6
  private static let capHold = 10

  private struct Bar {
    var level = 0.0
    var cap = 0.0
    var ticksSincePeak = 0
  }

  private let setting: EffectSetting
  private var bars: [Bar] = []

  init(_ setting: EffectSetting) { self.setting = setting }

  mutating func advance(_ arguments: CallArguments, tick: Int) {
    let count = layout(arguments).count
    if bars.count != count { bars = Array(repeating: Bar(), count: count) }
    let levels = ["sub", "bass", "lomid", "mid", "himid", "hi"].map(arguments.number)
    let (gain, flutter) = (arguments.number("gain"), arguments.number("flutter"))
    let fall = arguments.number("fall") / Double(FrameRate.ticksPerSecond)
    let time = arguments.time
    for index in bars.indices {
      let place = count > 1 ? Double(index) / Double(count - 1) : 0
      let own = flutterOf(index, at: time)
      let level = Self.level(levels, at: place) * gain * (1 - flutter + 2 * flutter * own)
      bars[index].level = max(min(level, 1), bars[index].level - fall)
      if bars[index].level >= bars[index].cap {
        bars[index].cap = bars[index].level
        bars[index].ticksSincePeak = 0
      } else {
        bars[index].ticksSincePeak += 1
        let sinking = Double(max(0, bars[index].ticksSincePeak - Self.capHold))
        bars[index].cap = max(bars[index].level, bars[index].cap - 0.12 * fall * sinking)
      }
    }
  }

  func draw(_ arguments: CallArguments, ahead: Double, into cells: EffectCells) {
    let mirrors = arguments.isTrue("mirror")
    let (left, width, gap, _) = layout(arguments)
    let floor = mirrors ? max(1, Int(arguments.number("floor") * Double(cells.rows))) : cells.rows
    let room = Double(floor) * Self.headroom
    for (index, bar) in bars.enumerated() {
      let columns = left + index * (width + gap)..<left + index * (width + gap) + width
      let eighths = Int(bar.level * room * 8 + 0.5)
      for column in columns {
        for up in 0..<((eighths + 7) / 8) {
          let part = min(8, eighths - 8 * up)
          let height = (Double(up) + 0.5) / room
          cells.put(
            column, floor - 1 - up, value: Float(0.12 + 0.88 * height), energy: Float(bar.level),
            part < 8 ? .own(part - 1) : .byValue)
        }
        if arguments.isTrue("caps") {
          let row = floor - 1 - max(Int(bar.cap * room + 0.5), eighths / 8)
          cells.put(column, max(row, 0), value: 1, energy: Float(bar.level), Self.cap)
        }
        if mirrors { reflect(column, bar, floor, room, into: cells) }
      }
    }
  }

  private func reflect(_ column: Int, _ bar: Bar, _ floor: Int, _ room: Double, into cells: EffectCells) {
    let rows = Int(bar.level * room * Self.mirrorHeight)
    for down in 0..<max(rows, 0) {
      let fade = 1 - (Double(down) + 0.5) / Double(max(rows, 1))
      cells.put(column, floor + down, value: Float(0.3 * fade), energy: Float(bar.level))
    }
  }

  /// The leftmost column, and how bars stand.
  private func layout(_ arguments: CallArguments) -> (left: Int, width: Int, gap: Int, count: Int) {
    let columns = setting.geometry.columns
    let gap = arguments.integer("gap")
    let asked = min(arguments.integer("bars"), columns)
    let width = asked > 0 ? max(1, (columns + gap) / asked - gap) : arguments.integer("width")
    let count = asked > 0 ? asked : max(1, (columns - columns / 10 + gap) / (width + gap))
    return (max(0, (columns - count * (width + gap) + gap) / 2), width, gap, count)
  }

  /// The six levels along 0…1, joined by straight lines.
  private static func level(_ levels: [Double], at place: Double) -> Double {
    let position = place * Double(levels.count - 1)
    let low = min(Int(position), levels.count - 2)
    return levels[low] + (levels[low + 1] - levels[low]) * (position - Double(low))
  }

  /// 0…1, moving for each bar by itself: hashes at eight steps a second, joined smoothly.
  private func flutterOf(_ index: Int, at time: Double) -> Double {
    let position = 8 * time + 8 * setting.random(0, index)
    let step = ScalarMath.floor(position)
    let t = position - step
    let (a, b) = (setting.random(1, index, Int(step)), setting.random(1, index, Int(step) + 1))
    return a + (b - a) * t * t * (3 - 2 * t)
  }
}
