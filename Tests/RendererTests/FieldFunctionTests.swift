import Foundation
import KernelTable
import Testing

@testable import Renderer

/// The Float32 functions of the kernels.
struct FieldFunctionTests {
  /// Arguments of all sizes and both signs, dense between the powers of two.
  private static let arguments: [Float] = {
    var numbers: [Float] = [
      0, .leastNonzeroMagnitude, .leastNormalMagnitude, .greatestFiniteMagnitude, .infinity,
    ]
    for exponent in stride(from: -126, through: 127, by: 3) {
      let power = Float(sign: .plus, exponent: exponent, significand: 1)
      for step in 0..<23 { numbers.append(power * (1 + Float(step) / 23)) }
    }
    return numbers + numbers.map { -$0 }
  }()

  private static func grid(_ range: ClosedRange<Float>, count: Int = 50_000) -> [Float] {
    (0...count).map { range.lowerBound + (range.upperBound - range.lowerBound) * (Float($0) / Float(count)) }
  }

  private static func expect(
    _ operation: FieldOperation, _ range: ClosedRange<Float>, within bound: (_ exact: Double) -> Double,
    _ exact: (Double) -> Double, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let xs = grid(range)
    let ys = FieldLanes.run(operation, [xs], level: .best)
    var worst: (share: Double, x: Float) = (0, 0)
    for (x, y) in zip(xs, ys) {
      let truth = exact(Double(x))
      let share = abs(Double(y) - truth) / bound(truth)
      if !(share <= worst.share) { worst = (share, x) }
    }
    #expect(
      worst.share <= 1, "\(operation)(\(worst.x)) errs by \(worst.share) of its bound", sourceLocation: sourceLocation)
  }

  @Test func sineAndCosineAreAccurateUpToAMillion() {
    for size: Float in [1, 10, 1000, 32768, 40000, 1_048_576] {
      Self.expect(.sin, -size...size, within: { _ in 2e-7 }, Foundation.sin)
      Self.expect(.cos, -size...size, within: { _ in 2e-7 }, Foundation.cos)
    }
    Self.expect(.sin, -0x1p30...0x1p30, within: { _ in 1e-6 }, Foundation.sin)
    Self.expect(.cos, -0x1p30...0x1p30, within: { _ in 1e-6 }, Foundation.cos)
  }

  @Test func sineAndCosineNeverLeaveTheirRange() {
    // All numbers around the first peaks, and all sizes.
    let peak = (Float(1.568).bitPattern...Float(1.574).bitPattern).map { Float(bitPattern: $0) }
    for operation in [FieldOperation.sin, .cos] {
      for xs in [peak, Self.grid(-32768...32768, count: 100_000), Self.arguments] {
        let ys = FieldLanes.run(operation, [xs], level: .best)
        #expect(ys.allSatisfy { $0 >= -1 && $0 <= 1 })
      }
    }
    #expect(FieldLanes.run(.sin, [[0x1p31, .infinity, .nan]], level: .best) == [0, 0, 0])
    #expect(FieldLanes.run(.cos, [[0x1p31, -.infinity, .nan]], level: .best) == [1, 1, 1])
  }

  @Test func otherAnglesAreAccurate() {
    Self.expect(.tan, -1.5...1.5, within: { 1e-6 * (1 + $0 * $0) }, Foundation.tan)
    Self.expect(.atan, -20...20, within: { _ in 3e-7 }, Foundation.atan)
    Self.expect(.asin, -1...1, within: { _ in 5e-7 }, Foundation.asin)
    Self.expect(.acos, -1...1, within: { _ in 5e-7 }, Foundation.acos)
    let turns = Self.grid(-3.14...3.14)
    let (ys, xs) = (turns.map { Foundation.sin($0) * 7 }, turns.map { Foundation.cos($0) * 7 })
    let errors = zip(FieldLanes.run(.atan2, [ys, xs], level: .best), zip(ys, xs)).map { angle, point in
      abs(Double(angle) - Foundation.atan2(Double(point.0), Double(point.1)))
    }
    #expect(errors.allSatisfy { $0 <= 5e-7 })
    let axes = FieldLanes.run(.atan2, [[0, 0, 1, -1, -0.0], [0, -1, 0, 0, -1]], level: .best)
    #expect(axes == [0, .pi, .pi / 2, -.pi / 2, .pi])
    #expect(FieldLanes.run(.asin, [[2, -2]], level: .best) == [.pi / 2, -.pi / 2])
    #expect(FieldLanes.run(.acos, [[2, -2]], level: .best) == [0, .pi])
  }

  @Test func exponentialsAreAccurate() {
    Self.expect(.exp, -87...88, within: { 3e-7 * $0 }, Foundation.exp)
    Self.expect(.log, 1e-6...10, within: { 3e-7 * max(1, abs($0)) }, Foundation.log)
    Self.expect(.log, 1...1e30, within: { 3e-7 * max(1, abs($0)) }, Foundation.log)
    Self.expect(.cbrt, -1000...1000, within: { 3e-7 * abs($0) + 1e-30 }, Foundation.cbrt)
    Self.expect(.tanh, -12...12, within: { _ in 3e-7 }, Foundation.tanh)
    Self.expect(.tanh, -0.5...0.5, within: { 1e-6 * abs($0) + 1e-30 }, Foundation.tanh)
    let lowest = FieldLanes.run(.log, [[0, -1, .leastNormalMagnitude]], level: .best)
    #expect(lowest[0] == lowest[2] && lowest[1] == lowest[2])
  }

  @Test func powersAreAccurateAndTotal() {
    let bases = Self.grid(0.001...20, count: 2000)
    for exponent: Float in [-3, -0.7, 0.3, 0.5, 1, 1.5, 2, 3, 7.25] {
      let ys = FieldLanes.run(.power, [bases, bases.map { _ in exponent }], level: .best)
      for (x, y) in zip(bases, ys) {
        let exact = Foundation.pow(Double(x), Double(exponent))
        let bound = 4e-7 * (1 + abs(Double(exponent) * Foundation.log(Double(x)))) * exact
        #expect(abs(Double(y) - exact) <= bound, "\(x)^\(exponent)")
      }
    }
    let special = FieldLanes.run(
      .power, [[-2, -2, -2, 0, 0, 0, -8, 3], [3, 2, 0.5, 0, 2, -1, 5, 2]], level: .best)
    #expect(special[0...6].elementsEqual([-8, 4, 0, 1, 0, 0, special[6]]) && special[7] == 9)
    #expect(abs(special[6] + 32768) < 0.1)
    #expect(FieldLanes.run(.power, [[3.7], [2]], level: .best)[0] == Float(3.7) * 3.7)
  }

  @Test func integerFunctionsAreExact() {
    let xs = Self.arguments.filter(\.isFinite) + Self.grid(-9...9, count: 1000) + [2.5, -2.5, 0.49999997, -1e-10]
    for level in FieldLanes.supportedLevels {
      let floors = FieldLanes.run(.floor, [xs], level: level)
      let ceils = FieldLanes.run(.ceil, [xs], level: level)
      let rounds = FieldLanes.run(.round, [xs], level: level)
      let fracts = FieldLanes.run(.fract, [xs], level: level)
      for (index, x) in xs.enumerated() {
        #expect(floors[index] == x.rounded(.down))
        #expect(ceils[index] == x.rounded(.up))
        #expect(rounds[index] == Float((Double(x) + 0.5).rounded(.down)) || x.magnitude >= 0x1p22)
        #expect(fracts[index] >= 0 && fracts[index] < 1)
      }
    }
  }

  @Test func divisionsByZeroGiveZero() {
    #expect(FieldLanes.run(.divide, [[1, -1, 0], [0, 0, -0.0]], level: .best) == [0, 0, 0])
    #expect(FieldLanes.run(.modulo, [[5, -1, 7], [0, 3, 2.5]], level: .best) == [0, 2, 2])
    #expect(FieldLanes.run(.sqrt, [[-1, 4]], level: .best) == [0, 2])
  }

  @Test func sinksAreFinite() {
    let xs: [Float] = [.nan, -.nan, .infinity, -.infinity, 0.5, -3]
    let limit = Float.greatestFiniteMagnitude
    #expect(FieldLanes.run(.clampUnit, [xs], level: .best) == [0, 0, 1, 0, 0.5, 0])
    #expect(FieldLanes.run(.clampFinite, [xs], level: .best) == [0, 0, limit, -limit, 0.5, -3])
  }

  @Test func randomIsUniformAndTheSameInBothPrecisions() {
    let xs = Self.grid(-40000...40000, count: 40000)
    let ys = FieldLanes.run(.random, [xs], level: .best, key: 0x1234_5678_9abc_def0)
    #expect(zip(xs, ys).allSatisfy { Double($1) == ScalarHash.random(Double($0), key: 0x1234_5678_9abc_def0) })
    var counts = Array(repeating: 0, count: 16)
    for integer in 0..<16000 { counts[Int(ScalarHash.random(Double(integer), key: 7) * 16)] += 1 }
    // 1000 each: 6 standard deviations are 184.
    #expect(counts.allSatisfy { abs($0 - 1000) < 184 })
  }

  @Test(arguments: FieldOperation.allCases)
  func everyInstructionSetGivesTheSameBits(_ operation: FieldOperation) {
    var random = SplitMix(state: 11)
    let xs = Self.arguments
    let others = (0..<5).map { _ in
      xs.map { _ in
        Bool.random(using: &random) ? xs.randomElement(using: &random)! : Float.random(in: -20...20, using: &random)
      }
    }
    var arguments = [xs] + others
    // What is sampled is a plane, here of 7 × 5 values in rows of 8, three columns and two rows a unit.
    if [.sample, .sampleBounded].contains(operation) {
      arguments[2] = [7, 5, 8, 3, 2] + Array(repeating: 0, count: 11) + others[2].prefix(40)
    }
    // A picture, here of 7 × 5 pixels in rows of 8 with 3 a unit; what follows is their address.
    let pixels = AlignedBuffer<Float>(count: 60)
    defer { withExtendedLifetime(pixels) {} }
    if operation == .samplePicture {
      for (place, value) in others[2].prefix(60).enumerated() { pixels.base[place] = value }
      let address = UInt(bitPattern: pixels.base)
      arguments[2] = [7, 5, 8, 3] + [address, address >> 32].map { Float(bitPattern: UInt32(truncatingIfNeeded: $0)) }
    }
    func bits(_ level: KernelLevel) -> [UInt32] {
      // A NaN's payload is nobody's business: sinks drop it.
      FieldLanes.run(operation, arguments, level: level, key: 99).map { $0.isNaN ? 0x7fc0_0000 : $0.bitPattern }
    }
    let baseline = bits(.baseline)
    for level in FieldLanes.supportedLevels { #expect(bits(level) == baseline) }
  }

  @Test func lanesDoNotDependOnTheirNeighbours() {
    let xs: [Float] = [1, 40000, -3, 5e5, 2, 1e9, 0.5, -77777]
    for operation in [FieldOperation.sin, .cos, .tan] {
      let together = FieldLanes.run(operation, [xs], level: .best)
      for (x, y) in zip(xs, together) { #expect(FieldLanes.run(operation, [[x]], level: .best) == [y]) }
    }
  }

  @Test func fusedOperationsEqualTheirParts() {
    var random = SplitMix(state: 3)
    let v = (0..<5).map { _ in (0..<512).map { _ in Float.random(in: -9...9, using: &random) } }
    func run(_ operation: FieldOperation, _ arguments: [Float]...) -> [Float] {
      FieldLanes.run(operation, arguments, level: .best)
    }
    let sum = run(.add, run(.multiply, v[0], v[1]), v[2])
    let products = run(.add, run(.multiply, v[0], v[1]), run(.multiply, v[2], v[3]))
    let all = run(.add, products, v[4])
    #expect(run(.multiplyAdd, v[0], v[1], v[2]) == sum)
    #expect(run(.sumOfProducts, v[0], v[1], v[2], v[3]) == products)
    #expect(run(.sumOfProductsAdd, v[0], v[1], v[2], v[3], v[4]) == all)
    #expect(run(.sinOfMultiplyAdd, v[0], v[1], v[2]) == run(.sin, sum))
    #expect(run(.sinOfSumOfProducts, v[0], v[1], v[2], v[3]) == run(.sin, products))
    #expect(run(.sinOfSumOfProductsAdd, v[0], v[1], v[2], v[3], v[4]) == run(.sin, all))
    #expect(run(.cosOfMultiplyAdd, v[0], v[1], v[2]) == run(.cos, sum))
    #expect(run(.cosOfSumOfProducts, v[0], v[1], v[2], v[3]) == run(.cos, products))
    #expect(run(.cosOfSumOfProductsAdd, v[0], v[1], v[2], v[3], v[4]) == run(.cos, all))
    #expect(run(.clamp, v[0], v[1], v[2]) == run(.minimum, run(.maximum, v[0], v[1]), v[2]))
    #expect(run(.mix, v[0], v[1], v[2]) == run(.add, v[0], run(.multiply, run(.subtract, v[1], v[0]), v[2])))
    let (two, three) = (v[0].map { _ in Float(2) }, v[0].map { _ in Float(3) })
    let curve = run(.multiply, run(.multiply, v[0], v[0]), run(.subtract, three, run(.multiply, two, v[0])))
    #expect(run(.smoothCurve, v[0]) == curve)
  }
}
