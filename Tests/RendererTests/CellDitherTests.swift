import KernelTable
import SceneLang
import Testing

@testable import Renderer

@Suite struct CellDitherTests {
  /// Five glyphs in equal steps: they stand for 0, 1/4, 1/2, 3/4 and 1.
  private static let steps = GlyphRamp(glyphs: (0..<1024).map { UInt16(min(($0 + 128) / 256, 4)) })

  private static let shares: [(right: Int, down: Int, share: Double)] = [(1, 0, 7), (-1, 1, 3), (0, 1, 5), (1, 1, 1)]

  private func rows(_ method: Palette.Dither, _ values: [[Float]]) -> [[UInt16]] {
    let dither = CellDither(method: method, ramp: Self.steps, columns: values[0].count)
    return values.enumerated().map { row, line in
      var out = [UInt16](repeating: 9, count: line.count)
      let isSeen = line.withUnsafeBufferPointer { dither.place(row: row, $0.baseAddress!, into: &out) }
      #expect(isSeen == out.contains { $0 != 0 })
      return out
    }
  }

  private func flat(_ value: Float, columns: Int = 64, rows: Int = 32) -> [[Float]] {
    Array(repeating: Array(repeating: value, count: columns), count: rows)
  }

  /// Bayer's first two rows, of which the threshold of a cell is (2m + 1) / 128.
  @Test func orderedFollowsItsMatrix() {
    let matrix = [[0, 32, 8, 40, 2, 34, 10, 42], [48, 16, 56, 24, 50, 18, 58, 26]]
    for share in [0.05, 0.3, 0.5, 0.8] {
      let found = rows(.ordered, flat(Float(0.25 + 0.25 * share), columns: 16, rows: 10))
      for (row, line) in matrix.enumerated() {
        for (column, rank) in line.enumerated() {
          let expected: UInt16 = share > Double(2 * rank + 1) / 128 ? 2 : 1
          #expect(found[row][column] == expected && found[row + 8][column + 8] == expected, "\(share) \(row) \(column)")
        }
      }
    }
  }

  /// Floyd and Steinberg as written in 1976, in doubles.
  @Test func diffusionHandsOnWhatIsLacking() {
    var values = flat(0, columns: 20, rows: 12)
    for row in 0..<12 {
      for column in 0..<20 { values[row][column] = Float((column * 7 + row * 3) % 16 + 1) / 17 }
    }
    let levels: [Double] = [0, 511.0 / 2046, 0.5, 1535.0 / 2046, 1]
    var rest = values.map { $0.map(Double.init) }
    var expected: [[UInt16]] = []
    for row in 0..<12 {
      expected.append([])
      for column in 0..<20 {
        let wanted = rest[row][column]
        let level = levels.indices.min { abs(wanted - levels[$0]) < abs(wanted - levels[$1]) }!
        expected[row].append(UInt16(level))
        let error = wanted - levels[level]
        for (right, down, share) in Self.shares where (0..<20).contains(column + right) && row + down < 12 {
          rest[row + down][column + right] += error * share / 16
        }
      }
    }
    #expect(rows(.diffusion, values) == expected)
  }

  @Test(arguments: [Palette.Dither.ordered, .diffusion]) func theMeanIsTheValue(_ method: Palette.Dither) {
    for value in stride(from: Float(0.06), through: 0.96, by: 0.05) {
      let found = rows(method, flat(value)).joined()
      let mean = found.reduce(0) { $0 + Double($1) / 4 } / Double(found.count)
      #expect(abs(mean - Double(value)) < 0.01, "\(value) \(mean)")
    }
  }

  @Test(arguments: [Palette.Dither.ordered, .diffusion]) func nothingAndAllStayAsTheyAre(_ method: Palette.Dither) {
    #expect(Set(rows(method, flat(0)).joined()) == [0])
    #expect(Set(rows(method, flat(1)).joined()) == [4])
    #expect(Set(rows(method, flat(.nan)).joined()) == [0])
    #expect(Set(rows(method, flat(0.5)).joined()) == [2])
  }

  /// A frame is the same whatever was drawn before it, by any kernels.
  @Test(arguments: ["ordered", "diffusion"]) func framesDependOnNothingElse(_ method: String) {
    let graph = compiledScene(
      "{field: \"0.5 + 0.5 * sin(6 * u + 4 * v + t)\", palette: {chars: \"+#\", dither: \(method)}, color: \"#ffffff\"}"
    )
    let plain = compiledScene(
      "{field: \"0.5 + 0.5 * sin(6 * u + 4 * v + t)\", palette: {chars: \"+#\"}, color: \"#ffffff\"}")
    let all = hashes(graph, frames: [0, 1, 2, 3])
    #expect(hashes(graph, frames: [3]) == [all[3]] && hashes(plain, frames: [3]) != [all[3]])
  }

  @Test func ditherNeedsARampAndNoJitter() {
    func ids(_ palette: String) -> [String] {
      let text = "ascii-scene: 1\nsegments: [{duration: 1s, layers: [{field: plasma, palette: \(palette)}]}]\n"
      return check(path: "a.yaml", name: "a", bytes: Array(text.utf8), using: .builtin).diagnostics.map(\.id)
    }
    #expect(ids("{ramp: ascii, dither: ordered}") == [])
    #expect(ids("{chars: \".:#\", match: index, dither: diffusion}") == [])
    #expect(ids("{ramp: ascii, match: coverage, dither: ordered}") == ["conflicting_keys"])
    #expect(ids("{ramp: ascii, jitter: 0.1, dither: diffusion}") == ["conflicting_keys"])
    #expect(ids("{ramp: ascii, jitter: 0.1, dither: none}") == [])
  }
}
