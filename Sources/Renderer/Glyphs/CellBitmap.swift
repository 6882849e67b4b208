/// The coverage of one cell, row by row without padding, 0…255.
struct CellBitmap: Hashable {
  let width: Int
  let height: Int
  var coverage: [UInt8]

  init(width: Int, height: Int) {
    self.width = width
    self.height = height
    coverage = .init(repeating: 0, count: width * height)
  }

  var isBlank: Bool { coverage.allSatisfy { $0 == 0 } }

  /// Mean coverage, 0…1.
  var ink: Double { Double(coverage.reduce(0) { $0 + Int($1) }) / Double(255 * coverage.count) }

  /// Sets a rectangle of whole pixels; what lies beyond the cell is cut.
  mutating func fill(x: Range<Int>, y: Range<Int>, coverage value: UInt8 = 255) {
    for row in y.clamped(to: 0..<height) {
      for column in x.clamped(to: 0..<width) { coverage[row * width + column] = value }
    }
  }

  /// Adds a shape, given as a test of points in pixels, sampled on 8 × 8 points of each pixel.
  mutating func add(_ isInside: (_ x: Double, _ y: Double) -> Bool) {
    let side = 8
    for row in 0..<height {
      for column in 0..<width {
        var hits = 0
        for j in 0..<side {
          let y = Double(row) + (Double(j) + 0.5) / Double(side)
          for i in 0..<side where isInside(Double(column) + (Double(i) + 0.5) / Double(side), y) { hits += 1 }
        }
        let added = (hits * 255 + side * side / 2) / (side * side)
        coverage[row * width + column] = max(coverage[row * width + column], UInt8(added))
      }
    }
  }
}
