import SceneLang

/// Measures the frames of a picture one after another (CATALOGUE I-12).
struct PictureMeter {
  /// Changes whenever the same frames give other values.
  static let version = 1
  /// Pixels across at which frames are measured.
  static let width = 160
  /// The least step of the luma that is an edge (CATALOGUE I-10).
  private static let edge: Float = 0.15
  private static let hueBins = 36

  /// By `PictureFeature.allCases`, frame after frame.
  private(set) var values: [[Float]] = PictureFeature.allCases.map { _ in [] }
  /// Of the frame before, 0…255.
  private var before: [Int] = []

  /// All frames have one size.
  mutating func measure(_ block: PixelBlock) {
    let lumas = stride(from: 0, to: block.bytes.count, by: 4).map { pixel in
      (PictureLuma.red * Int(block.bytes[pixel]) + PictureLuma.green * Int(block.bytes[pixel + 1])
        + PictureLuma.blue * Int(block.bytes[pixel + 2]) + 32_768) >> 16
    }
    let channels = (0..<3).map { channel in
      Self.moments(stride(from: channel, to: block.bytes.count, by: 4).lazy.map { Int(block.bytes[$0]) })
    }
    let (mean, deviation) = Self.moments(lumas)
    for (place, feature) in PictureFeature.allCases.enumerated() {
      let value: Double
      switch feature {
      case .brightness: value = mean / 255
      case .contrast: value = deviation / 128
      case .edgeDensity: value = Self.edgeDensity(block)
      case .movement: value = before.isEmpty ? 0 : Self.movement(lumas, before)
      case .dominantHue: value = Self.dominantHue(block)
      case .colorVariance: value = channels.reduce(0) { $0 + $1.deviation } / (3 * 128)
      }
      values[place].append(Float(min(1, value)))
    }
    before = lumas
  }

  private static func moments(_ levels: some Collection<Int>) -> (mean: Double, deviation: Double) {
    var (sum, squares) = (0, 0)
    for level in levels { (sum, squares) = (sum + level, squares + level * level) }
    let count = Double(levels.count)
    let mean = Double(sum) / count
    return (mean, ScalarMath.sqrt(max(0, Double(squares) / count - mean * mean)))
  }

  private static func edgeDensity(_ block: PixelBlock) -> Double {
    let plane = SimulationPlane(columns: block.width, rows: block.height, columnsPerUnit: 1, rowsPerUnit: 1)
    ChannelPlanes.write(.edges, of: block, before: [], into: plane)
    var count = 0
    for row in 0..<block.height {
      for column in 0..<block.width where plane.row(row)[column] > edge { count += 1 }
    }
    return Double(count) / Double(block.width * block.height)
  }

  /// Differences above 30 levels count as 30, as in `motion` (CATALOGUE I-11).
  private static func movement(_ lumas: [Int], _ before: [Int]) -> Double {
    Double(zip(lumas, before).reduce(0) { $0 + min(30, abs($1.0 - $1.1)) }) / Double(30 * lumas.count)
  }

  /// The middle of the fullest of 36 parts of the circle, each pixel weighed by its chroma.
  private static func dominantHue(_ block: PixelBlock) -> Double {
    var bins = [Int](repeating: 0, count: hueBins)
    for pixel in stride(from: 0, to: block.bytes.count, by: 4) {
      let (red, green, blue) = (Int(block.bytes[pixel]), Int(block.bytes[pixel + 1]), Int(block.bytes[pixel + 2]))
      let most = max(red, green, blue)
      let chroma = most - min(red, green, blue)
      guard chroma > 0 else { continue }
      // In sixths of a turn, times the chroma.
      let sixths =
        most == red
        ? green - blue + (green < blue ? 6 * chroma : 0)
        : most == green ? blue - red + 2 * chroma : red - green + 4 * chroma
      bins[min(hueBins - 1, sixths * hueBins / (6 * chroma))] += chroma
    }
    guard let most = bins.max(), most > 0, let bin = bins.firstIndex(of: most) else { return 0 }
    return (Double(bin) + 0.5) / Double(hueBins)
  }
}
