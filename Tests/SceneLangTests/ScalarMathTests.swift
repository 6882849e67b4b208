import Foundation
import Testing

@testable import SceneLang

/// The Double functions.
struct ScalarMathTests {
  private func expect(
    _ range: ClosedRange<Double>, _ function: (Double) -> Double, _ exact: (Double) -> Double,
    within bound: (_ exact: Double) -> Double, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    var worst: (share: Double, x: Double) = (0, 0)
    for step in 0...20000 {
      let x = range.lowerBound + (range.upperBound - range.lowerBound) * Double(step) / 20000
      let truth = exact(x)
      let share = abs(function(x) - truth) / bound(truth)
      if !(share <= worst.share) { worst = (share, x) }
    }
    #expect(worst.share <= 1, "at \(worst.x): \(worst.share) of the bound", sourceLocation: sourceLocation)
  }

  @Test func trigonometryIsAccurate() {
    for size in [1.0, 100, 0x1p20] {
      expect(-size...size, ScalarMath.sin, Foundation.sin, within: { _ in 1e-15 })
      expect(-size...size, ScalarMath.cos, Foundation.cos, within: { _ in 1e-15 })
      expect(-size...size, ScalarMath.tan, Foundation.tan, within: { 1e-15 * (1 + $0 * $0) })
    }
    expect(-0x1p30...0x1p30, ScalarMath.sin, Foundation.sin, within: { _ in 1e-12 })
    expect(-0x1p30...0x1p30, ScalarMath.cos, Foundation.cos, within: { _ in 1e-12 })
    expect(-50...50, ScalarMath.atan, Foundation.atan, within: { _ in 1e-15 })
    expect(-1...1, ScalarMath.asin, Foundation.asin, within: { _ in 2e-15 })
    expect(-1...1, ScalarMath.acos, Foundation.acos, within: { _ in 2e-15 })
    expect(
      -3.14...3.14, { ScalarMath.atan2(Foundation.sin($0) * 3, Foundation.cos($0) * 3) },
      { Foundation.atan2(Foundation.sin($0) * 3, Foundation.cos($0) * 3) }, within: { _ in 1e-15 })
  }

  @Test func exponentialsAreAccurate() {
    expect(-708...709, ScalarMath.exp, Foundation.exp, within: { 1e-15 * $0 })
    expect(1e-9...50, ScalarMath.log, Foundation.log, within: { 1e-15 * max(1, abs($0)) })
    expect(-1e6...1e6, ScalarMath.cbrt, Foundation.cbrt, within: { 1e-15 * abs($0) + 1e-300 })
    expect(-20...20, ScalarMath.tanh, Foundation.tanh, within: { 1e-14 * abs($0) + 1e-300 })
    for exponent in [-2.5, 0.5, 1.7, 3, 11] {
      expect(
        0.001...30, { ScalarMath.pow($0, exponent) }, { Foundation.pow($0, exponent) },
        within: { 2e-15 * (1 + abs(Foundation.log($0))) * $0 })
    }
  }

  @Test func everyFunctionIsTotal() {
    let extremes = [
      0, -0.0, 1, -1, Double.leastNonzeroMagnitude, 1e308, -1e308, .infinity, -.infinity, 0x1p31, 0x1p52, 1e-10, -1e-10,
      0.5,
    ]
    for x in extremes {
      #expect(abs(ScalarMath.sin(x)) <= 1 && abs(ScalarMath.cos(x)) <= 1 && abs(ScalarMath.tanh(x)) <= 1)
      #expect(ScalarMath.exp(x).isFinite && ScalarMath.log(x).isFinite && ScalarMath.tan(x).isFinite)
      #expect(ScalarMath.acos(x).isFinite && ScalarMath.asin(x).isFinite && ScalarMath.cbrt(x).isFinite)
      if x.isFinite { #expect(ScalarMath.fract(x) >= 0 && ScalarMath.fract(x) < 1) }
      for y in extremes {
        #expect(abs(ScalarMath.atan2(y, x)) <= Double.pi)
        #expect(!ScalarMath.quotient(x.isFinite ? x : 0, y).isNaN && !ScalarMath.pow(x, y).isNaN)
      }
    }
    #expect(ScalarMath.sqrt(-4) == 0 && ScalarMath.quotient(3, 0) == 0 && ScalarMath.modulo(3, 0) == 0)
    #expect(ScalarMath.log(0) == ScalarMath.log(Double.leastNormalMagnitude))
    #expect(ScalarMath.pow(-2, 3) == -8 && ScalarMath.pow(-2, 0.3) == 0 && ScalarMath.pow(0, 0) == 1)
    #expect(ScalarMath.round(2.5) == 3 && ScalarMath.round(-2.5) == -2 && ScalarMath.modulo(-1, 3) == 2)
  }

  @Test func sinksAreFinite() {
    #expect(ScalarMath.finite(.nan) == 0 && ScalarMath.finite(.infinity) == .greatestFiniteMagnitude)
    #expect(ScalarMath.single(.nan) == 0 && ScalarMath.single(1e300) == .greatestFiniteMagnitude)
    #expect(ScalarMath.single(0.1) == Float(0.1))
  }
}
