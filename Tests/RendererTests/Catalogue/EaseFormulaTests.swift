import Foundation
import Testing

/// CATALOGUE 1.9: every ease by its formula, and by the values that the catalogue gives.
@Suite struct EaseFormulaTests {
  private static let eases: [(name: String, value: @Sendable (Double) -> Double)] = [
    ("linear", { $0 }),
    ("in_quad", { $0 * $0 }),
    ("out_quad", { 1 - (1 - $0) * (1 - $0) }),
    ("in_out_quad", { $0 < 0.5 ? 2 * $0 * $0 : 1 - 2 * (1 - $0) * (1 - $0) }),
    ("in_cubic", { $0 * $0 * $0 }),
    ("out_cubic", { 1 - (1 - $0) * (1 - $0) * (1 - $0) }),
    ("in_out_cubic", easeInOutCubic),
    ("in_expo", { $0 == 0 ? 0 : exp2(10 * $0 - 10) }),
    ("out_expo", { $0 == 1 ? 1 : 1 - exp2(-10 * $0) }),
    ("elastic", { $0 == 0 || $0 == 1 ? $0 : exp2(-10 * $0) * sin((10 * $0 - 0.75) * 2 * .pi / 3) + 1 }),
    ("bounce", bounce),
  ]

  /// Four parabolas, each a smaller bounce than the one before.
  private static func bounce(_ p: Double) -> Double {
    let (k, d) = (7.5625, 2.75)
    for (end, middle, low) in [(1.0, 0.0, 0.0), (2, 1.5, 0.75), (2.5, 2.25, 0.9375)] where p < end / d {
      return k * pow(p - middle / d, 2) + low
    }
    return k * pow(p - 2.625 / d, 2) + 0.984375
  }

  /// In the frames at 0 s, 1.54 s and 6.21 s: shares of 0, of 0.14 to 0.77, and of 1.
  @Test(arguments: eases.map(\.name), [(1.0, 5.0), (0.0, 4.0), (1.0, 2.0), (0.0, 2.0)])
  func easesAreTheirFormulas(_ name: String, _ span: (from: Double, to: Double)) throws {
    let ease = try #require(Self.eases.first { $0.name == name }).value
    let call = "ramp(\(span.from)s, \(span.to)s, ease=\(name))"
    try FieldFormula(call) { ease(clip(($0.t - span.from) / (span.to - span.from))) }.check()
  }

  @Test(arguments: [
    ("in_out_cubic", [0.0625, 0.5, 0.9375]), ("out_expo", [0.8232, 0.9688, 0.9945]),
    ("elastic", [0.9116, 1.0156, 1.0055]), ("bounce", [0.4727, 0.7656, 0.9727]),
  ])
  func theFormulasGiveTheValuesOfTheCatalogue(_ name: String, _ values: [Double]) throws {
    let ease = try #require(Self.eases.first { $0.name == name }).value
    for (p, value) in zip([0.25, 0.5, 0.75], values) { #expect(abs(ease(p) - value) < 6e-5, "\(name) at \(p)") }
  }
}
