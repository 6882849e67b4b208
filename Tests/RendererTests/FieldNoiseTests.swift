import Foundation
import SceneLang
import Testing

@testable import Renderer

struct FieldNoiseTests {
  private func samples(_ count: Int) -> (x: [Float], y: [Float], z: [Float]) {
    var random = SplitMix(state: 5)
    func coordinates() -> [Float] { (0..<count).map { _ in Float.random(in: -60...60, using: &random) } }
    return (coordinates(), coordinates(), coordinates())
  }

  @Test func valueNoiseEqualsItsReference() {
    let (xs, ys, _) = samples(20000)
    for seed: Float in [0, 3, -17] {
      let noise = FieldLanes.run(.valueNoise, [xs, ys, xs.map { _ in seed }], level: .best)
      let errors = noise.indices.map { index in
        abs(Double(noise[index]) - ValueNoise.value([Double(xs[index]), Double(ys[index]), Double(seed)]))
      }
      #expect(errors.allSatisfy { $0 < 2e-6 })
      #expect(noise.allSatisfy { $0 >= 0 && $0 <= 1 })
    }
  }

  @Test func valueNoiseIsTheHashOfTheCatalogueAtIntegers() {
    for (x, y) in [(0, 0), (1, 0), (0, 1), (-3, 5), (1000, -77)] {
      var n = Int32(truncatingIfNeeded: 374_761_393 * x + 668_265_263 * y)
      n = (n ^ Int32(bitPattern: UInt32(bitPattern: n) >> 13)) &* 1_274_126_177
      let hash = UInt32(bitPattern: n) ^ (UInt32(bitPattern: n) >> 16)
      let expected = Double(hash & 0x7fff_ffff) / Double(0x7fff_ffff)
      #expect(ValueNoise.value([Double(x), Double(y), 0]) == expected)
    }
  }

  @Test func simplexEqualsItsReference() {
    let (xs, ys, zs) = samples(20000)
    let noise = FieldLanes.run(.simplex, [xs, ys, zs, xs.map { _ in 2 }], level: .best)
    let errors = noise.indices.map { index in
      abs(Double(noise[index]) - Simplex.value([Double(xs[index]), Double(ys[index]), Double(zs[index]), 2]))
    }
    #expect(errors.allSatisfy { $0 < 1e-4 })
    #expect(noise.allSatisfy { $0 >= 0 && $0 <= 1 })
  }

  @Test func simplexIsContinuousAndUsesItsRange() {
    var (low, high) = (1.0, 0.0)
    var previous = Simplex.value([0, 0, 0, 0])
    var largestStep = 0.0
    for step in 1...100_000 {
      let t = Double(step) * 0.004
      let value = Simplex.value([t, 0.37 * t, 0.11 * t, 0])
      largestStep = max(largestStep, abs(value - previous))
      (low, high, previous) = (min(low, value), max(high, value), value)
    }
    #expect(largestStep < 0.02 && low < 0.1 && high > 0.9)
  }

  @Test func seedsChooseOtherLandscapes() {
    for op in FieldOps.all where op.declaration.parameters.contains(where: { $0.name == "seed" }) {
      let count = op.declaration.parameters.count
      let base = Array(repeating: 0.3, count: count - 1)
      #expect(op.value(base + [0]) != op.value(base + [1]))
    }
  }

  @Test func everyFileOfAFieldIsInTheList() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(
      path: "../../Sources/Renderer/Ops/Fields")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".swift") }
    let names = FieldOps.all.map { "\($0)" }
    #expect(names == names.sorted(), "FieldOps.all is alphabetical")
    let drawn = SimulationOps.drawn.map { "\($0)" }
    #expect((names + drawn).map { "\($0).swift" }.sorted() == files.sorted(), "both name each file of Ops/Fields")
  }

  @Test func everyFieldIsDeclaredWhole() {
    for op in FieldOps.all {
      let declaration = op.declaration
      #expect(declaration.kind == .field && declaration.summary.hasSuffix(".") && !declaration.example.isEmpty)
      #expect(declaration.parameters.allSatisfy { !$0.doc.isEmpty })
    }
  }
}
