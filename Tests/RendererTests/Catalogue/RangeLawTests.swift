import SceneLang
import Testing

@testable import Renderer

/// At both ends of the range of each parameter, and for each of its words, what an entry of the catalogue computes is
/// finite: fields, effects, particles, simulations, text styles and cell effects.
@Suite struct RangeLawTests {
  /// The ends of a range, in the scene language; none for what has no range.
  private static func ends(
    _ type: ValueType, _ dimension: Dimension, _ range: ClosedRange<Double>?, _ choices: [String]
  ) -> [String] {
    if type == .choice { return choices }
    guard let range, type == .number || type == .integer else { return [] }
    let units: [Dimension: String] = [.time: "s", .angle: "rad", .frequency: "Hz"]
    return [range.lowerBound, range.upperBound].filter { abs($0) < .greatestFiniteMagnitude }.map { end in
      (type == .integer ? "\(Int(end))" : "\(end)") + units[dimension, default: ""]
    }
  }

  private static func ends(_ parameter: ParameterDeclaration) -> [String] {
    ends(parameter.type, parameter.dimension, parameter.range, parameter.choices)
  }

  // MARK: Fields

  /// Those that `SceneRenderer` alone can evaluate have a state, and are below. `spectrum` and `waveform` have no range.
  private static let fields = Catalog.builtin.items().filter { item in
    let states = SimulationOps.all.map { $0.declaration.name } + ["spectrum", "waveform"]
    return item.kind == "field" && !states.contains(item.name)
  }

  /// Fields whose fields are distances.
  private static let ofShapes = [
    "fill", "glow", "intersect", "repeat", "smooth_subtract", "smooth_union", "subtract", "union",
  ]

  /// Zero times the field, so that neither what is too large nor what is no number is hidden at the end.
  @Test(arguments: fields.map(\.name)) func aFieldIsFinite(_ name: String) throws {
    let item = try #require(Self.fields.first { $0.name == name })
    let needed = item.parameters.filter { $0.default == nil }.map {
      "\($0.name)=\(item.source == nil ? "u" : Self.ofShapes.contains(name) ? "circle" : "plasma")"
    }
    func call(_ argument: String?) -> String {
      "\(name)(\((needed + (argument.map { [$0] } ?? [])).joined(separator: ", ")))"
    }
    var ends: [String] = []
    var isDistance = false
    if let entry = Catalog.builtin.entry(.field, name) {
      ends = entry.parameters.flatMap { parameter in Self.ends(parameter).map { "\(parameter.name)=\($0)" } }
    } else {
      let plain = SceneFiles.check(
        text: "ascii-scene: 1\nsegments: [{duration: 1s, layers: [{field: \"\(call(nil))\"}]}]")
      let field = try #require(plain.scene?.definitions.first { $0.name == name }, "\(plain.findings)")
      isDistance = field.value.dimension == .distance
      ends = field.parameters.flatMap { parameter in
        Self.ends(parameter.type, parameter.dimension, parameter.range, parameter.choices)
          .map { "\(parameter.name)=\($0)" }
      }
    }
    let calls = ends.map { "0.5 + 0 * \(isDistance ? "fill(\(call($0)))" : call($0))" }
    if calls.isEmpty { return }
    let scene = try PreludeScene(calls, grid: "xl")
    for call in calls {
      let frames = try scene.values(of: call, contexts: [.test(0), .test(75)]).frames
      #expect(frames.joined().allSatisfy { $0 == 0.5 }, "\(call)")
    }
  }

  @Test(arguments: SimulationOps.all.map { $0.declaration.name }) func aSimulationIsFinite(_ name: String) throws {
    let type = try #require(SimulationOps.all.first { $0.declaration.name == name })
    for parameter in type.declaration.parameters where parameter.name != "grid" {
      for end in Self.ends(parameter) {
        let number = Double(end).map { [parameter.name: $0] } ?? [:]
        var simulation = LoneSimulation(
          type, columns: 48, rows: 30, numbers: ["steps": 8, "rate": 12].merging(number) { $1 },
          words: number.isEmpty ? [parameter.name: end] : [:])
        simulation.advance(ticks: 0..<12)
        let isFinite = simulation.shown().joined().allSatisfy { $0.isFinite && (0...1).contains($0) }
        #expect(isFinite, "\(name)(\(parameter.name)=\(end))")
      }
    }
  }

  // MARK: What draws cells by itself

  @Test(arguments: EffectOps.all.map { $0.declaration.name }) func anEffectIsFinite(_ name: String) throws {
    let type = try #require(EffectOps.all.first { $0.declaration.name == name })
    for parameter in type.declaration.parameters {
      for end in Self.ends(parameter) {
        let number = Double(end.prefix { !$0.isLetter || $0 == "e" }).map { [parameter.name: $0] } ?? [:]
        var effect = LoneEffect(
          type, geometry: .test(columns: 60, rows: 40), numbers: number,
          words: number.isEmpty ? [parameter.name: end] : [:],
          fields: ["fuel": Self.hills, "from": Self.hills, "along": Self.hills])
        effect.advance(ticks: 0..<12)
        effect.draw()
        let isFinite = (0..<40).allSatisfy { row in
          (0..<60).allSatisfy { column in
            (0...1).contains(effect.value(column, row)) && effect.energy(column, row).isFinite
          }
        }
        #expect(isFinite, "\(name)(\(parameter.name)=\(end))")
      }
    }
  }

  private static func hills(_ column: Int, _ row: Int) -> Float { Float((column * 7 + row * 11) % 16) / 15 }

  // MARK: What changes cells and letters

  /// Their numbers end in whole places and glyphs, where what is not finite would stop the program.
  @Test(arguments: CellEffects.all.map { $0.declaration } + TextStyles.all.map { $0.declaration })
  func cellsAndLettersStayTheSameOnAllMachines(_ declaration: OpDeclaration) {
    for parameter in declaration.parameters {
      for end in Self.ends(parameter) {
        let call = "\"\(declaration.name)(\(parameter.name)=\(end))\""
        let graph = compiledScene(
          declaration.kind == .style
            ? "{text: \"The code is the art\", style: \(call)}" : "{field: plasma, grid: xl, effects: \(call)}")
        let frames = [0, 17, 40]
        #expect(hashes(graph, frames: frames) == hashes(graph, frames: frames, kernels: .baseline), "\(call)")
      }
    }
  }
}
