import Foundation
import SceneLang
import Testing

@testable import Renderer

/// Colours of other spaces against their formulas (CATALOGUE C-1, C-6) and the harmonies of a colour (C-8).
struct ColorFunctionTests {
  /// What a colour expression of u and v is in some cells, as red, green and blue.
  private func check(
    _ expression: String, within tolerance: Double = 1e-4, _ expected: (_ u: Double, _ v: Double) -> [Double]
  ) throws {
    let graph = compiledScene("{field: 1, grid: xl, color: \"\(expression)\"}")
    let layer = graph.segments[0].layers[0]
    guard case .rgb(let r, let g, let b) = layer.paint.base else { fatalError("no colour") }
    let grid = GridGeometry(grid: layer.grid, format: graph.format, faces: FaceLibrary())
    let evaluator = LayerEvaluator(
      segment: graph.segments[0], value: nil, outputs: [r, g, b], geometry: grid, kernels: KernelSet(.best).field)
    evaluator.begin(graph.context(segment: 0, frame: 0))
    for row in stride(from: 0, to: grid.rows, by: 5) {
      let channels = evaluator.row(row)
      for column in stride(from: 0, to: grid.columns, by: 7) {
        let wanted = expected(grid.u(column: column), grid.v(row: row))
        for channel in 0..<3 {
          #expect(
            abs(Double(channels[channel][column]) - wanted[channel]) < tolerance, "\(expression) \(column) \(row)")
        }
      }
    }
  }

  /// Six sectors, as colours of a wheel are usually written.
  @Test func hueSaturationAndValue() throws {
    try check("hsv(2 * u, v, 0.8)") { u, v in
      let h = (2 * u).truncatingRemainder(dividingBy: 1) * 6
      let (c, x) = (0.8 * v, 0.8 * v * (1 - abs(h.truncatingRemainder(dividingBy: 2) - 1)))
      let wheel = [[c, x, 0], [x, c, 0], [0, c, x], [0, x, c], [x, 0, c], [c, 0, x]][min(Int(h), 5)]
      return wheel.map { $0 + 0.8 - c }
    }
  }

  @Test func hueSaturationAndLightness() throws {
    try check("hsl(u, 0.7, v)") { u, v in
      let h = u * 6
      let c = (1 - abs(2 * v - 1)) * 0.7
      let x = c * (1 - abs(h.truncatingRemainder(dividingBy: 2) - 1))
      let wheel = [[c, x, 0], [x, c, 0], [0, c, x], [0, x, c], [x, 0, c], [c, 0, x]][min(Int(h), 5)]
      return wheel.map { $0 + v - c / 2 }
    }
  }

  private func shown(_ color: LinearRGB) -> [Double] {
    [color.red, color.green, color.blue].map { component in
      let c = min(max(component, 0), 1)
      return c <= 0.0031308 ? 12.92 * c : 1.055 * pow(c, 1 / 2.4) - 0.055
    }
  }

  @Test func perceptualColors() throws {
    try check("oklab(0.7, 0.3 * u - 0.15, 0.3 * v - 0.15)", within: 1e-3) { u, v in
      shown(OKLab(lightness: 0.7, a: 0.3 * u - 0.15, b: 0.3 * v - 0.15).linear)
    }
    try check("oklch(0.3 + 0.6 * v, 0.1, u)", within: 1e-3) { u, v in
      shown(OKLCh(lightness: 0.3 + 0.6 * v, chroma: 0.1, hue: u).lab.linear)
    }
  }

  private static let harmonies: [(name: String, turns: [Double])] = [
    ("complementary", [0, 0.5]), ("triadic", [0, 1.0 / 3, 2.0 / 3]), ("analogous", [-0.16, -0.08, 0, 0.08, 0.16]),
    ("split_complementary", [0, 0.42, 0.58]), ("tetradic", [0, 0.25, 0.5, 0.75]),
  ]

  @Test(arguments: harmonies)
  func harmoniesTurnTheHue(_ name: String, _ turns: [Double]) throws {
    // Dull enough that no turn of it leaves sRGB.
    let graph = compiledScene("{field: 1, color: {\(name): \"#b08070\"}}")
    guard case .gradients(let gradients, _) = graph.segments[0].layers[0].paint.base else { fatalError("no gradient") }
    let seed = OKLCh(OKLab(LinearRGB(RGB(0xB0, 0x80, 0x70))))
    #expect(gradients[0].space == .steps && gradients[0].stops.count == turns.count)
    for (stop, turn) in zip(gradients[0].stops, turns) {
      let color = OKLCh(OKLab(LinearRGB(stop.color)))
      #expect(abs(color.lightness - seed.lightness) < 0.005 && abs(color.chroma - seed.chroma) < 0.005)
      #expect(abs(remainder(color.hue - seed.hue - turn, 1)) < 0.01)
    }
  }
}
