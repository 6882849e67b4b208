import KernelTable
import SceneLang

/// The density of a cloud of points on a strange attractor: 0.9 · ln(1 + n) / ln(1 + m), at most 1, where m is the count
/// that one cell in fifty exceeds. The densest cell would be a poor measure: a few knots of the cloud hold many times what
/// its veils do, which would stay dark.
///
/// The cloud goes on from tick to tick instead of starting anew, so that a few steps a tick are enough; counts fade instead
/// of being cleared, which averages some hundred thousand points. The frame follows the cloud's bounds, the same scale in
/// both directions. Source of the maps: Pickover (clifford), de Jong, Emrich (bedhead).
struct StrangeAttractor: SimulationOp {
  static let declaration = OpDeclaration(
    .field, "strange_attractor", aliases: ["attractor"],
    "Veils of a cloud of points that a simple map keeps in motion.",
    parameters: [
      ParameterDeclaration(
        "attractor", .choice, default: "clifford", choices: ["clifford", "de_jong", "bedhead"], "Which map."),
      ParameterDeclaration(
        "points", aliases: ["n_points"], .integer, default: "50000", in: 16...200_000, rate: .constant, "Of the cloud."),
      ParameterDeclaration(
        "a", default: "0", in: -10...10,
        "First number of the map; 0 for its usual one, which moves slowly, as -1.4 + 0.3 * sin(0.05 * t) of clifford."),
      ParameterDeclaration(
        "b", default: "0", in: -10...10, "Second number; 0 for the usual one, 1.6 + 0.2 * cos(0.07 * t) of clifford."),
      ParameterDeclaration(
        "c", default: "0", in: -10...10,
        "Third; 0 for the usual one, 1 + 0.3 * sin(0.03 * t + 1) of clifford; not of bedhead."),
      ParameterDeclaration(
        "d", default: "0", in: -10...10,
        "Fourth; 0 for the usual one, 0.7 + 0.2 * cos(0.04 * t + 2) of clifford; not of bedhead."),
      .simulationGrid("sm"),
      ParameterDeclaration(
        "warm_up", aliases: ["warmup"], .integer, default: "200", in: 0...5000,
        "Turns of the map before the first frame."),
      ParameterDeclaration(
        "brightness", aliases: ["bri"], default: "1", in: 0...4, "A factor on its values, the brightest 1."),
      .simulationSeed,
    ],
    facts: Facts(isStateless: false), show: ["grid": "sm", "palette": "ascii", "color": "nebula"],
    example: "strange_attractor(attractor=de_jong, a=1.4, b=-2.3, c=2.4, d=-2.1)")

  static let isTorus = false

  /// Cells that are brighter than `brightness`, as a share.
  private static let brightShare = 0.02
  private static let brightness = 0.9
  private static let stepsPerTick = 4
  /// What is left of the counts after a tick.
  private static let memory: Float = 0.88
  /// The frame's size in those of the cloud: it may grow before the frame does.
  private static let room = 1.06
  /// How fast the frame follows the bounds.
  private static let follow = 0.15

  private struct Bounds: Sendable {
    var centerX = 0.0
    var centerY = 0.0
    var width = 1.0
    var height = 1.0
  }

  private var setting: SimulationSetting
  private var x: [Float] = []
  private var y: [Float] = []
  private var density: TorusPlane
  private var bounds: Bounds?
  /// A factor on what is shown.
  private var light = 1.0

  init(_ setting: SimulationSetting) {
    self.setting = setting
    density = TorusPlane(columns: setting.columns, rows: setting.rows)
  }

  mutating func advance(_ arguments: CallArguments, tick: Int) {
    let map = Self.map(arguments.word("attractor"))
    let usual = Self.usual(map, at: Double(tick) / Double(FrameRate.ticksPerSecond))
    let numbers = zip(["a", "b", "c", "d"], usual).map { name, usual in
      let given = arguments.number(name)
      return ScalarMath.single(given == 0 ? usual : given)
    }
    if tick == 0 {
      setting.reseed(arguments.integer("seed"))
      scatter(arguments.integer("points"))
      for _ in 0..<arguments.integer("warm_up") { iterate(map, numbers) }
    }
    light = arguments.number("brightness")
    frame()
    for _ in 0..<(tick == 0 ? 3 : 1) * Self.stepsPerTick {
      iterate(map, numbers)
      count()
    }
    let (columns, rows, stride) = (density.columns, density.rows, density.stride)
    let kernels = setting.kernels.simulation
    density.withMutableValues {
      _ = kernels.scale($0, by: Self.memory, columns: columns, rows: rows, stride: stride)
    }
  }

  func write(into plane: SimulationPlane) {
    let scale = light * Self.brightness / ScalarMath.log(1 + Double(max(bright(), 1e-3)))
    let logarithm = setting.kernels.field[.log]
    density.withValues { values in
      for row in 0..<density.rows {
        let out = plane.row(row)
        for column in 0..<density.columns { out[column] = 1 + values[row * density.stride + column] }
        logarithm(out, [FieldOperand(strip: out)], density.columns, 0)
        for column in 0..<density.columns { out[column] = min(out[column] * Float(scale), 1) }
      }
    }
  }

  /// The count that `brightShare` of the cells exceed, from a histogram of sixteen bins an octave and even within a bin.
  private func bright() -> Float {
    let shift: UInt32 = 19  // Leaves the exponent and four bits of the mantissa, whose order is that of the numbers.
    var cells = [Int](repeating: 0, count: Int(Float.infinity.bitPattern >> shift))
    density.withValues { values in
      for row in 0..<density.rows {
        for column in 0..<density.columns {
          cells[Int(values[row * density.stride + column].bitPattern >> shift)] += 1
        }
      }
    }
    var left = Int(Self.brightShare * Double(density.rows * density.columns))
    var bin = cells.count - 1
    while bin > 0, cells[bin] <= left {
      left -= cells[bin]
      bin -= 1
    }
    let within = UInt32((1 << Int(shift)) * (cells[bin] - left) / max(cells[bin], 1))
    return Float(bitPattern: UInt32(bin) << shift + within)
  }

  private mutating func scatter(_ points: Int) {
    let count = (points + 15) / 16 * 16
    x = (0..<count).map { Float(0.2 * setting.random(0, $0) - 0.1) }
    y = (0..<count).map { Float(0.2 * setting.random(1, $0) - 0.1) }
  }

  private static func map(_ name: String) -> AttractorMap {
    switch name {
    case "de_jong": .deJong
    case "bedhead": .bedhead
    default: .clifford
    }
  }

  /// The numbers of a map at `t` seconds: they wander about ones with wide veils.
  private static func usual(_ map: AttractorMap, at t: Double) -> [Double] {
    let turns = [
      ScalarMath.sin(0.05 * t), ScalarMath.cos(0.07 * t), ScalarMath.sin(0.03 * t + 1), ScalarMath.cos(0.04 * t + 2),
    ]
    let (middles, reaches): ([Double], [Double]) =
      switch map {
      case .clifford: ([-1.4, 1.6, 1, 0.7], [0.3, 0.2, 0.3, 0.2])
      case .deJong: ([1.4, -2.3, 2.4, -2.1], [0.2, 0.15, 0.15, 0.15])
      case .bedhead: ([0.9, 0.35, 0, 0], [0.06, 0.03, 0, 0])
      }
    return (0..<4).map { middles[$0] + reaches[$0] * turns[$0] }
  }

  private mutating func iterate(_ map: AttractorMap, _ numbers: [Float]) {
    let kernels = setting.kernels.simulation
    x.withUnsafeMutableBufferPointer { x in
      y.withUnsafeMutableBufferPointer { y in
        kernels.iterate(
          map, x.baseAddress!, y.baseAddress!, a: numbers[0], b: numbers[1], c: numbers[2], d: numbers[3],
          count: x.count)
      }
    }
  }

  /// Moves the frame towards the cloud's bounds.
  private mutating func frame() {
    let kernels = setting.kernels.simulation
    let (across, down) = (kernels.extremes(x, count: x.count), kernels.extremes(y, count: y.count))
    let target = Bounds(
      centerX: (Double(across.least) + Double(across.greatest)) / 2,
      centerY: (Double(down.least) + Double(down.greatest)) / 2,
      width: Self.room * (Double(across.greatest) - Double(across.least)) + 0.2,
      height: Self.room * (Double(down.greatest) - Double(down.least)) + 0.2)
    guard var own = bounds else {
      bounds = target
      return
    }
    own.centerX += (target.centerX - own.centerX) * Self.follow
    own.centerY += (target.centerY - own.centerY) * Self.follow
    own.width += (target.width - own.width) * Self.follow
    own.height += (target.height - own.height) * Self.follow
    bounds = own
  }

  private mutating func count() {
    guard let bounds else { preconditionFailure("counted before framed") }
    let (columns, rows, stride) = (density.columns, density.rows, density.stride)
    let scale = min(Double(columns) / bounds.width, Double(rows) / bounds.height)
    let kernels = setting.kernels.simulation
    density.withMutableValues { plane in
      kernels.count(
        plane, x: x, y: y, scale: Float(scale), offsetX: Float(Double(columns) / 2 - bounds.centerX * scale),
        offsetY: Float(Double(rows) / 2 - bounds.centerY * scale), count: x.count, columns: columns, rows: rows,
        stride: stride)
    }
  }
}
