import KernelTable
import SceneLang

@testable import Renderer

/// The kernels of every instruction set that this machine runs.
let pixelKernelLevels = KernelLevel.allCases.filter(\.isSupported).map { KernelSet($0) }
let baselinePixels = KernelSet(.baseline).pixel

/// Numbers that look random and are the same in every run (SplitMix64).
struct TestNumbers: RandomNumberGenerator {
  var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var x = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
    x = (x ^ (x >> 27)) &* 0x94D0_49BB_1331_11EB
    return x ^ (x >> 31)
  }

  mutating func bytes(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8.random(in: 0...255, using: &self) } }
  mutating func floats(_ count: Int, in range: ClosedRange<Float> = 0...1) -> [Float] {
    (0..<count).map { _ in Float.random(in: range, using: &self) }
  }
}

extension Picture {
  /// A picture of random levels.
  static func noise(width: Int, height: Int, seed: UInt64) -> Picture {
    let picture = Picture(width: width, height: height)
    var numbers = TestNumbers(seed)
    for plane in 0..<3 {
      for y in 0..<height {
        for x in 0..<width { picture.row(y, plane: plane)[x] = UInt8.random(in: 0...255, using: &numbers) }
      }
    }
    return picture
  }

  /// The levels of a plane as 0…255 in Double.
  func plane(_ index: Int) -> [[Double]] {
    (0..<height).map { y in (0..<width).map { Double(row(y, plane: index)[$0]) } }
  }
}

/// An atlas of random coverage; glyph 0 is blank.
func toyAtlas(cellWidth: Int, cellHeight: Int, glyphs: Int, seed: UInt64 = 1) -> GlyphAtlas {
  let stride = (cellWidth + 15) & ~15
  var numbers = TestNumbers(seed)
  var storage = [UInt8](repeating: 0, count: glyphs * cellHeight * stride + 64)
  for glyph in 1..<max(glyphs, 2) where glyph < glyphs {
    for y in 0..<cellHeight {
      for x in 0..<cellWidth {
        storage[(glyph * cellHeight + y) * stride + x] = UInt8.random(in: 0...255, using: &numbers)
      }
    }
  }
  return GlyphAtlas(
    cellWidth: cellWidth, cellHeight: cellHeight, rowStride: stride, ink: (0..<glyphs).map { Double($0) / 10 },
    glyphs: [:], storage: storage)
}

/// A geometry that centres `columns` × `rows` cells in a picture; origins are negative where they overflow.
func toyGeometry(columns: Int, rows: Int, cellWidth: Int, cellHeight: Int, width: Int, height: Int) -> GridGeometry {
  func middle(_ size: Int, _ used: Int) -> Int { Int((Double(size - used) / 2).rounded(.down)) }
  return GridGeometry(
    columns: columns, rows: rows, cellWidth: cellWidth, cellHeight: cellHeight,
    originX: middle(width, columns * cellWidth), originY: middle(height, rows * cellHeight),
    cellWidthShare: Double(cellWidth) / Double(min(width, height)),
    cellHeightShare: Double(cellHeight) / Double(min(width, height)))
}
