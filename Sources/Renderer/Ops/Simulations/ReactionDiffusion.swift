import KernelTable
import SceneLang

/// Two substances that diffuse and react on a torus: u' = da·∇²u − uv² + f(1 − u), v' = db·∇²v + uv² − (f + k)v, which
/// grows spots, worms and corals from a few seeds, in steps of dt. Shows v over the range that it has in the preset.
/// Source: Gray and Scott 1984; Pearson, Science 261 (1993).
struct ReactionDiffusion: SimulationOp {
  static let declaration = OpDeclaration(
    .field, "reaction_diffusion", aliases: ["gray_scott"],
    "Patterns that grow like corals: two substances that diffuse and react.",
    parameters: [
      ParameterDeclaration(
        "preset", .choice, default: "coral", choices: presets.map(\.name), "What grows: a feed and a kill rate."),
      ParameterDeclaration(
        "start", aliases: ["init"], .choice, default: "spots", choices: ["spots", "center", "ring"],
        "Where the second substance begins."),
      ParameterDeclaration(
        "steps", aliases: ["steps_per_frame"], .integer, default: "8", in: 0...64, "Steps of a tick of 1/24 s."),
      ParameterDeclaration("age", .integer, default: "1200", in: 0...20000, "Steps before the first frame."),
      .simulationGrid("sm"),
      ParameterDeclaration(
        "feed", default: "0.003 * bass", in: -0.02...0.1, "Added to the preset's feed rate, which stays above 0."),
      ParameterDeclaration(
        "kill", default: "0.002 * hi_r", in: -0.05...0.1, "Added to the preset's kill rate, which stays above 0."),
      ParameterDeclaration("da", default: "1", in: 0...1, "How fast the first substance diffuses."),
      ParameterDeclaration("db", default: "0.5", in: 0...1, "How fast the second one does."),
      ParameterDeclaration("dt", default: "1", in: 0...1, "How long a step is."),
      .simulationSeed,
    ],
    facts: Facts(isStateless: false), show: ["grid": "sm", "palette": "ascii", "color": "coral"],
    example: "reaction_diffusion(preset=worms, start=ring)")

  private struct Preset: Sendable {
    var name: String
    var feed: Double
    var kill: Double
    /// Of v in a grown pattern, percentiles 2 and 98: what is shown as 0 and as 0.9.
    var low: Double
    var high: Double
  }

  private static let presets = [
    Preset(name: "spots", feed: 0.055, kill: 0.062, low: 0, high: 0.37),
    Preset(name: "worms", feed: 0.046, kill: 0.063, low: 0, high: 0.365),
    Preset(name: "coral", feed: 0.037, kill: 0.060, low: 0.01, high: 0.325),
    Preset(name: "mitosis", feed: 0.028, kill: 0.062, low: 0, high: 0.345),
    Preset(name: "labyrinth", feed: 0.029, kill: 0.057, low: 0.02, high: 0.3),
    Preset(name: "holes", feed: 0.039, kill: 0.058, low: 0.04, high: 0.295),
    Preset(name: "chaos", feed: 0.020, kill: 0.049, low: 0, high: 0.33),
  ]

  private var setting: SimulationSetting
  /// The two substances, and room for their next step.
  private var u: TorusPlane
  private var v: TorusPlane
  private var nextU: TorusPlane
  private var nextV: TorusPlane
  private var preset = presets[0]

  init(_ setting: SimulationSetting) {
    self.setting = setting
    u = TorusPlane(columns: setting.columns, rows: setting.rows, repeating: 1)
    v = TorusPlane(columns: setting.columns, rows: setting.rows)
    (nextU, nextV) = (u, v)
  }

  mutating func advance(_ arguments: CallArguments, tick: Int) {
    if tick == 0 {
      setting.reseed(arguments.integer("seed"))
      plant(arguments.word("start"))
    }
    let name = arguments.word("preset")
    guard let chosen = Self.presets.first(where: { $0.name == name }) else { preconditionFailure("no preset \(name)") }
    preset = chosen
    let rates = GrayScottRates(
      feed: ScalarMath.single(preset.feed + arguments.number("feed")),
      kill: ScalarMath.single(preset.kill + arguments.number("kill")),
      diffusionA: ScalarMath.single(arguments.number("da")), diffusionB: ScalarMath.single(arguments.number("db")),
      time: ScalarMath.single(arguments.number("dt")))
    let steps = arguments.integer("steps") + (tick == 0 ? arguments.integer("age") : 0)
    for _ in 0..<steps { step(rates) }
  }

  func write(into plane: SimulationPlane) {
    let (low, scale) = (Float(preset.low), Float(0.9 / (preset.high - preset.low)))
    v.withValues { values in
      for row in 0..<v.rows {
        let out = plane.row(row)
        for column in 0..<v.columns { out[column] = min(max((values[row * v.stride + column] - low) * scale, 0), 1) }
      }
    }
  }

  private mutating func step(_ rates: GrayScottRates) {
    let kernels = setting.kernels.simulation
    let (columns, rows, stride) = (u.columns, u.rows, u.stride)
    u.withMutableValues { kernels.wrap($0, columns: columns, rows: rows, stride: stride) }
    v.withMutableValues { kernels.wrap($0, columns: columns, rows: rows, stride: stride) }
    u.withValues { u in
      v.withValues { v in
        nextU.withMutableValues { nextU in
          nextV.withMutableValues { nextV in
            kernels.grayScott(
              nextU, nextV, a: u, b: v, rates, columns: columns, rows: rows, stride: stride)
          }
        }
      }
    }
    swap(&u, &nextU)
    swap(&v, &nextV)
  }

  /// Sets seeds of half of each substance.
  private mutating func plant(_ start: String) {
    switch start {
    case "center": plant(around: u.columns / 2, u.rows / 2, side: 6)
    case "ring":
      let shorter = Double(min(u.columns, u.rows))
      for row in 0..<u.rows {
        for column in 0..<u.columns {
          let distance = ScalarMath.hypot(
            Double(column) + 0.5 - Double(u.columns) / 2, Double(row) + 0.5 - Double(u.rows) / 2)
          if (0.2 * shorter..<0.3 * shorter).contains(distance) { plant(column, row) }
        }
      }
    default:
      for seed in 0..<max(3, u.columns * u.rows / 400) {
        let column = Int(setting.random(0, seed) * Double(u.columns))
        plant(around: column, Int(setting.random(1, seed) * Double(u.rows)), side: 3)
      }
    }
  }

  private mutating func plant(around column: Int, _ row: Int, side: Int) {
    for y in 0..<side { for x in 0..<side { plant(column + x - side / 2, row + y - side / 2) } }
  }

  private mutating func plant(_ column: Int, _ row: Int) {
    u[column, row] = 0.5
    v[column, row] = 0.25 + 0.25 * Float(setting.random(2, column, row))
  }
}
