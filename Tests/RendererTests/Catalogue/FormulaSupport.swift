import Foundation
import SceneLang
import Testing

@testable import Renderer

/// What a field can read at one cell of one frame, in Double.
struct Place {
  var column = 0.0
  var row = 0.0
  var columns = 0.0
  var rows = 0.0
  /// In shares of the shorter side, from the middle.
  var x = 0.0
  var y = 0.0
  /// Width of a cell in these, and its height over its width.
  var cell = 0.0
  var aspect = 0.0
  var frame = FrameContext.test(0)
  /// `random(per=segment)` in the layer, 0 where it is not read.
  var roll = 0.0

  var u: Double { (column + 0.5) / columns }
  var v: Double { (row + 0.5) / rows }
  var dist: Double { hypot(x, y) }
  var angle: Double { atan2(y, x) }
  var t: Double { frame.time }
  var p: Double { frame.progress }
  func feature(_ feature: Feature) -> Double { frame.features[Feature.allCases.firstIndex(of: feature)!] }
}

func clip(_ x: Double, _ low: Double = 0, _ high: Double = 1) -> Double { min(max(x, low), high) }
func mix(_ a: Double, _ b: Double, _ share: Double) -> Double { a + (b - a) * share }
func fract(_ x: Double) -> Double { x - x.rounded(.down) }
func smoothstep(_ low: Double, _ high: Double, _ x: Double) -> Double {
  let s = clip((x - low) / (high - low))
  return s * s * (3 - 2 * s)
}
func easeInOutCubic(_ p: Double) -> Double { p < 0.5 ? 4 * p * p * p : 1 - 4 * (1 - p) * (1 - p) * (1 - p) }
func sum(_ range: Range<Int>, _ term: (Double) -> Double) -> Double { range.reduce(0) { $0 + term(Double($1)) } }
/// The noises of the engine, one place at a time in Double; they have tests of their own.
func valueNoise(_ x: Double, _ y: Double, _ seed: Double = 0) -> Double { ValueNoise.value([x, y, seed]) }
func simplex(_ x: Double, _ y: Double, _ z: Double = 0) -> Double { Simplex.value([x, y, z, 0]) }

/// One entry of the catalogue with its formula, written anew in Double.
struct FieldFormula: Sendable, CustomTestStringConvertible {
  /// The entry's name, or a call of it.
  var call: String
  /// The largest difference from the formula. The engine works in Float32: noise of large coordinates loses most.
  var tolerance = 2e-4
  var value: @Sendable (Place) -> Double

  var name: String { String(call.prefix { $0.isLetter || $0.isNumber || $0 == "_" }) }
  var testDescription: String { call }

  init(_ call: String, within tolerance: Double = 2e-4, _ value: @escaping @Sendable (Place) -> Double) {
    (self.call, self.tolerance, self.value) = (call, tolerance, value)
  }

  /// Compares some 150 cells in three frames of a segment of 8 s, before values are limited to 0…1 as those of layers are.
  /// `expression`: what is drawn, for a call that is no value by itself.
  func check(as expression: String? = nil) throws {
    let scene = try PreludeScene([expression ?? call])
    let segment = scene.graph.segments[0]
    guard case .field(let node) = segment.layers[0].source else { fatalError("no field") }
    let grid = GridGeometry(grid: segment.layers[0].grid, format: scene.graph.format, faces: FaceLibrary())
    let evaluator = LayerEvaluator(
      segment: segment, value: nil, outputs: [node], geometry: grid, kernels: KernelSet(.best).field)
    var place = Place()
    (place.columns, place.rows) = (Double(grid.columns), Double(grid.rows))
    (place.cell, place.aspect) = (grid.cellWidthShare, grid.cellHeightShare / grid.cellWidthShare)
    for node in segment.nodes {
      if case .random(let key, _) = node.kind { place.roll = ScalarHash.random(0, key: key) }
    }
    for frame in [0, 37, 149] {
      place.frame = scene.graph.context(segment: 0, frame: frame)
      evaluator.begin(place.frame)
      for row in stride(from: 1, to: grid.rows, by: 9) {
        let values = evaluator.row(row)[0]
        for column in stride(from: row % 7, to: grid.columns, by: grid.columns / 9) {
          (place.column, place.row) = (Double(column), Double(row))
          (place.x, place.y) = (grid.x(column: column), grid.y(row: row))
          let expected = value(place)
          #expect(
            abs(Double(values[column]) - expected) <= tolerance * max(1, abs(expected)),
            "\(call) is \(values[column]), by its formula \(expected), in cell \(column), \(row) of frame \(frame)")
        }
      }
    }
  }
}
