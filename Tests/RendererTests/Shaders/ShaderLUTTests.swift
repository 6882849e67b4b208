import SceneLang
import Testing

@testable import Renderer

/// Tables of colors against their formulas in Double.
@Suite struct ShaderLUTTests {
  /// Entries between −0.2 and 1.2, some equal.
  private static func table(_ form: ColorLookup.Form, size: Int) -> ColorLookup {
    var numbers = TestNumbers(UInt64(size))
    let count = form == .curves ? size : size * size * size
    let entries = numbers.bytes(3 * count).map { Float($0) / 255 * 1.4 - 0.2 }
    return ColorLookup(form, size: size, low: [0, 0.1, -0.5], high: [1, 0.9, 1.5], entries: entries)
  }

  /// Where a level stands among the entries: the one below, and the share of the one above.
  private static func place(_ level: Double, _ table: ColorLookup, _ channel: Int) -> (Int, Double) {
    let share = (level / 255 - table.low[channel]) / (table.high[channel] - table.low[channel])
    let position = min(max(share, 0), 1) * Double(table.size - 1)
    let below = min(position.rounded(.down), Double(table.size - 2))
    return (Int(below), position - below)
  }

  /// From the corner below, along the axes by falling shares, to the corner above.
  static func expected(_ table: ColorLookup, _ pixel: [Double]) -> [Double] {
    let places = (0..<3).map { place(pixel[$0], table, $0) }
    func entry(_ at: [Int], _ channel: Int) -> Double {
      Double(table.entries[3 * ((at[2] * table.size + at[1]) * table.size + at[0]) + channel])
    }
    if table.form == .curves {
      return (0..<3).map { channel in
        let (below, share) = places[channel]
        let (a, b) = (table.entries[3 * below + channel], table.entries[3 * below + 3 + channel])
        return 255 * (Double(a) * (1 - share) + Double(b) * share)
      }
    }
    return (0..<3).map { channel in
      var at = places.map(\.0)
      var sum = entry(at, channel)
      for axis in [0, 1, 2].sorted(by: { places[$0].1 > places[$1].1 }) {
        let before = entry(at, channel)
        at[axis] += 1
        sum += places[axis].1 * (entry(at, channel) - before)
      }
      return 255 * sum
    }
  }

  @Test(arguments: [(ColorLookup.Form.curves, 2), (.curves, 4096), (.lattice, 2), (.lattice, 17), (.lattice, 65)])
  func colorsAreThoseOfTheTable(_ form: ColorLookup.Form, _ size: Int) {
    let table = Self.table(form, size: size)
    for (width, height) in [(1, 1), (193, 109), (64, 97)] {
      let source = Picture.noise(width: width, height: height, seed: 3)
      for level in pixelKernelLevels {
        let out = shaded(source, "lut", [.lookup(table)], kernels: level.pixel)
        let planes = (0..<3).map(source.plane)
        var colors: [[Double]] = []
        for y in 0..<height {
          for x in 0..<width { colors.append(Self.expected(table, planes.map { $0[y][x] })) }
        }
        #expect(out.worst { plane, x, y in colors[y * width + x][plane] } <= 0.51)
      }
    }
  }

  @Test func aTableOfEveryColorItselfChangesNothing() {
    let source = Picture.noise(width: 67, height: 45, seed: 5)
    for size in [2, 33] {
      let entries = (0..<size * size * size).flatMap { index in
        [index % size, index / size % size, index / size / size].map { Float($0) / Float(size - 1) }
      }
      let out = shaded(source, "lut", [.lookup(ColorLookup(.lattice, size: size, entries: entries))])
      #expect(out.hash == source.hash)
    }
  }

  @Test func graysBetweenGraysStayGray() {
    var numbers = TestNumbers(9)
    var entries = numbers.bytes(3 * 125).map { Float($0) / 255 }
    for gray in 0..<5 {
      for channel in 0..<3 { entries[3 * 31 * gray + channel] = Float(gray * gray) / 16 }
    }
    let source = Picture(width: 256, height: 1)
    for plane in 0..<3 { for x in 0..<256 { source.row(0, plane: plane)[x] = UInt8(x) } }
    let out = shaded(source, "lut", [.lookup(ColorLookup(.lattice, size: 5, entries: entries))])
    #expect(out.plane(0) == out.plane(1) && out.plane(1) == out.plane(2))
  }

  /// The content of the file is part of a clip's key.
  @Test func anotherTableIsAnotherClip() throws {
    func key(_ last: String) throws -> ContentHash {
      let text = """
        ascii-scene: 1
        video: {size: 64x36}
        inputs: {warm: {lut: warm.cube}}
        segments: [{duration: 1s, layers: [field: plasma], look: [lut: warm]}]
        """
      let scene = try #require(
        check(
          path: "s.yaml", name: "s", bytes: Array(text.utf8), using: .builtin,
          importer: { _ in .success(Array("LUT_1D_SIZE 2\n0 0 0\n\(last)\n".utf8)) }
        ).scene)
      return SegmentHashes(scene.renderGraph(using: .builtin).segments[0]).look
    }
    #expect(try key("1 1 1") == key("1.0 1.0 1.0"))
    #expect(try key("1 1 1") != key("1 1 0.9"))
  }
}
