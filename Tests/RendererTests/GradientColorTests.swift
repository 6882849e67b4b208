import SceneLang
import Testing

@testable import Renderer

/// The colours of a layer `field: u` of a one-second scene, cell by cell, at a frame; with the messages of `check`.
private func colors(_ keys: String, frame: Int = 0, lets: String = "{}") throws -> (
  at: (_ column: Int, _ row: Int) -> [Float], messages: [String]
) {
  let text = """
    ascii-scene: 1
    gradients: {ruby: {rgb: ["#000000", "#ff0000"]}, sea: {rgb: ["#0000ff", "#00ff00"]}}
    let: \(lets)
    segments: [{duration: 1s, layers: [{field: u, \(keys)}]}]
    """
  let result = check(path: "s.yaml", name: "s", bytes: Array(text.utf8), using: .builtin)
  let errors = result.diagnostics.filter { $0.severity == .error }
  guard errors.isEmpty, let scene = result.scene else {
    return ({ _, _ in [] }, errors.map(\.message))
  }
  let segment = scene.renderGraph(using: .builtin).segments[0]
  let layer = segment.layers[0]
  guard case .rgb(let red, let green, let blue) = layer.paint.base, case .field(let value) = layer.source else {
    return ({ _, _ in [] }, ["no colour of three numbers"])
  }
  let geometry = GridGeometry.test(columns: 40, rows: 9)
  let evaluator = LayerEvaluator(
    segment: segment, value: value, outputs: [red, green, blue, layer.paint.brightness], geometry: geometry,
    kernels: KernelSet(.baseline).field)
  evaluator.begin(.test(frame))
  return ({ column, row in (0..<4).map { evaluator.row(row)[$0][column] } }, [])
}

private func isNear(_ found: [Float], _ expected: [Float]) -> Bool {
  found.count == expected.count && zip(found, expected).allSatisfy { abs($0 - $1) <= 1 / 255 }
}

@Test func gradientsAreMixedByTheirColors() throws {
  let geometry = GridGeometry.test(columns: 40, rows: 9)
  for color in ["mix(ruby, sea, v)", "mix(ruby(value), sea(value), v)", "ruby * (1 - v) + sea * v"] {
    let colors = try colors("color: '\(color)'")
    #expect(colors.messages.isEmpty)
    for row in 0..<9 {
      for column in 0..<40 {
        let (u, v) = (Float(geometry.u(column: column)), Float(geometry.v(row: row)))
        // Brightness stays 1: a gradient carries its own lightness.
        #expect(isNear(colors.at(column, row), [u * (1 - v), u * v, (1 - u) * v, 1]), "\(color), \(column), \(row)")
      }
    }
  }
}

@Test func aGradientIsMixedWithAColor() throws {
  let mixed = try colors("color: 'mix(ruby(v), \"#ffffff\", 0.5)'")
  #expect(isNear(mixed.at(3, 4), [0.75, 0.5, 0.5, 1]))
  let chosen = try colors("color: 'if(u < 0.5, ruby, \"#ffffff\")'")
  #expect(isNear(chosen.at(9, 0), [9.5 / 40, 0, 0, 1]))
  #expect(isNear(chosen.at(30, 0), [1, 1, 1, 1]))
}

@Test func keyframesGoFromGradientToGradient() throws {
  let keys = "color: {keys: {0s: ruby, 1s: {to: sea, ease: linear}}}"
  let u: Float = 10.5 / 40
  #expect(isNear(try colors(keys).at(10, 0), [u, 0, 0, 1]))
  #expect(isNear(try colors(keys, frame: 12).at(10, 0), [u / 2, u / 2, (1 - u) / 2, 1]))
  #expect(isNear(try colors(keys, frame: 24).at(10, 0), [0, u, 1 - u, 1]))
}

@Test func aNamedMixtureIsReadAtItsPlace() throws {
  let named = try colors("color: dyed", lets: "{dyed: \"mix(ruby(v), sea(0.5), 0.5)\"}")
  #expect(isNear(named.at(0, 8), [0.5 * 8.5 / 9, 0.25, 0.25, 1]))
  let without = try colors("color: dyed", lets: "{dyed: \"mix(ruby, sea, 0.5)\"}")
  #expect(without.messages.count == 2)
  #expect(without.messages.allSatisfy { $0.contains("at a place") })
}

/// What is fixed is a number, and what is not follows a table of 256 places, alike at every rate.
@Test func aGradientHasOneValueAtEveryRate() throws {
  let gradient = Gradient(
    stops: [.init(position: 0, color: RGB(10, 20, 30)), .init(position: 1, color: RGB(250, 200, 90))], space: .oklab)
  var graph = GraphBuilder()
  let places = [graph.number(0.4), graph.input(.progress), graph.input(.v), graph.input(.u), graph.input(.x)]
  let outputs = places.flatMap { place in
    ColorChannel.allCases.map { graph.add(.gradient(gradient, $0, at: place), graph.rate(place)) }
  }
  let (segment, geometry) = (graph.segment, GridGeometry.test(columns: 33, rows: 5))
  let evaluator = LayerEvaluator(
    segment: segment, value: nil, outputs: outputs, geometry: geometry, kernels: KernelSet(.baseline).field)
  evaluator.begin(.test(40))
  let reference = FieldReference(segment: segment, geometry: geometry, frame: .test(40), value: nil)
  for row in 0..<5 {
    let cells = evaluator.row(row)
    for column in 0..<33 {
      for index in outputs.indices {
        #expect(cells[index][column] == reference.output(outputs[index], column: column, row: row))
      }
      #expect(abs(Double(cells[0][column]) - Double(gradient.color(at: 0.4).red) / 255) < 1e-7)
    }
  }
}
