import KernelTable
import SceneLang

/// Cellular automata on a torus that count their eight neighbours (Conway's life and relatives). Shows 1 for the living;
/// the dead leave a trail that fades.
struct GameOfLife: SimulationOp {
  static let declaration = OpDeclaration(
    .field, "game_of_life", aliases: ["life"], "Cells that live and die by the number of their neighbours.",
    parameters: [
      ParameterDeclaration(
        "rule", .choice, default: "life", choices: rules.map(\.name),
        "At how many neighbours cells are born and survive."),
      ParameterDeclaration(
        "density", default: "0", in: 0...1,
        "Share of the cells that live at first; 0 for what suits the rule, 0.3 of most."),
      ParameterDeclaration("rate", default: "12", in: 0...240, "Generations a second."),
      ParameterDeclaration("fade", default: "0.92", in: 0...1, "What is left of a trail after a tick of 1/24 s."),
      ParameterDeclaration("inject", default: "0.02", in: 0...1, "Share of the cells that a pulse brings to life."),
      ParameterDeclaration("pulse", default: "beat_n", "A pulse comes whenever this number changes."),
      .simulationGrid("md"),
      counts("birth", "Numbers of neighbours at which cells are born, in a row: 36 is three or six"),
      counts("survive", "Numbers of neighbours at which cells live on, in a row: 23 is two or three"),
      ParameterDeclaration("age", .integer, default: "0", in: 0...2000, "Generations before the first frame."),
      ParameterDeclaration(
        "steps", aliases: ["steps_per_frame"], .integer, default: "0", in: 0...64,
        "Generations of a tick of 1/24 s, in place of `rate`; 0 for none."),
      .simulationSeed,
    ],
    facts: Facts(isStateless: false), show: ["grid": "sm", "palette": "ascii", "color": "borealis"],
    example: "game_of_life(rule=day_night, density=0.45)")

  /// The digits of a number; no cell has 9 neighbours, so that 9 alone is never.
  private static func counts(_ name: String, _ doc: String) -> ParameterDeclaration {
    ParameterDeclaration(
      name, .integer, default: "0", in: 0...999_999_999, doc + ", 9 is never, and 0 alone what `rule` says.")
  }

  private struct Rule: Sendable {
    var name: String
    var birth: UInt32
    var survival: UInt32
    /// The share of living cells from which it goes on for long.
    var density: Double

    /// Numbers of neighbours.
    init(_ name: String, birth: [Int], survival: [Int], density: Double = 0.3) {
      self.density = density
      self.name = name
      self.birth = Self.set(birth)
      self.survival = Self.set(survival)
    }

    /// The rule with other numbers of neighbours, the digits of `birth` and `survival` unless 0.
    func with(birth: Int, survival: Int) -> Rule {
      var rule = self
      if birth != 0 { rule.birth = Self.set(Self.digits(birth)) }
      if survival != 0 { rule.survival = Self.set(Self.digits(survival)) }
      return rule
    }

    private static func set(_ counts: [Int]) -> UInt32 { counts.reduce(0) { $0 | 1 << UInt32($1) } }
    private static func digits(_ number: Int) -> [Int] { number < 10 ? [number] : digits(number / 10) + [number % 10] }
  }

  private static let rules = [
    Rule("life", birth: [3], survival: [2, 3]), Rule("coral", birth: [3], survival: [4, 5, 6, 7, 8]),
    Rule("maze", birth: [3], survival: [1, 2, 3, 4, 5]),
    Rule("anneal", birth: [4, 6, 7, 8], survival: [3, 5, 6, 7, 8], density: 0.5),
    Rule("day_night", birth: [3, 6, 7, 8], survival: [3, 4, 6, 7, 8], density: 0.45),
    Rule("high_life", birth: [3, 6], survival: [2, 3]), Rule("seeds", birth: [2], survival: []),
  ]

  private var setting: SimulationSetting
  private var alive: TorusPlane
  private var next: TorusPlane
  private var trail: TorusPlane
  /// Generations due, and those that have been.
  private var due = 0.0
  private var generation = 0
  private var pulse = 0.0

  init(_ setting: SimulationSetting) {
    self.setting = setting
    alive = TorusPlane(columns: setting.columns, rows: setting.rows)
    (next, trail) = (alive, alive)
  }

  mutating func advance(_ arguments: CallArguments, tick: Int) {
    let name = arguments.word("rule")
    guard let named = Self.rules.first(where: { $0.name == name }) else { preconditionFailure("no rule \(name)") }
    let rule = named.with(birth: arguments.integer("birth"), survival: arguments.integer("survive"))
    let now = arguments.number("pulse")
    if tick == 0 {
      setting.reseed(arguments.integer("seed"))
      let given = arguments.number("density")
      populate(given == 0 ? rule.density : given, turn: 0)
    } else if now != pulse {
      populate(arguments.number("inject"), turn: tick)
    }
    pulse = now
    if tick == 0 { for _ in 0..<arguments.integer("age") { step(rule) } }
    let steps = arguments.integer("steps")
    if tick > 0 { due += steps > 0 ? Double(steps) : arguments.number("rate") / Double(FrameRate.ticksPerSecond) }
    while generation < Int(due) {
      step(rule)
      generation += 1
    }
    let (columns, rows, stride) = (alive.columns, alive.rows, alive.stride)
    let (kernels, fade) = (setting.kernels.simulation, ScalarMath.single(arguments.number("fade")))
    alive.withValues { alive in
      trail.withMutableValues {
        kernels.fade($0, alive: alive, by: fade, columns: columns, rows: rows, stride: stride)
      }
    }
  }

  func write(into plane: SimulationPlane) {
    trail.withValues { values in
      for row in 0..<trail.rows { plane.row(row).update(from: values + row * trail.stride, count: trail.columns) }
    }
  }

  private mutating func step(_ rule: Rule) {
    let kernels = setting.kernels.simulation
    let (columns, rows, stride) = (alive.columns, alive.rows, alive.stride)
    alive.withMutableValues { kernels.wrap($0, columns: columns, rows: rows, stride: stride) }
    alive.withValues { alive in
      next.withMutableValues {
        kernels.life(
          $0, alive, birth: rule.birth, survival: rule.survival, columns: columns, rows: rows, stride: stride)
      }
    }
    swap(&alive, &next)
  }

  private mutating func populate(_ share: Double, turn: Int) {
    for row in 0..<alive.rows {
      for column in 0..<alive.columns where setting.random(turn, column, row) < share { alive[column, row] = 1 }
    }
  }
}
