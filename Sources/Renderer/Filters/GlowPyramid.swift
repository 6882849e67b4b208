import KernelTable
import SceneLang

/// Blurs a picture of light with wide Gaussians at the cost of narrow ones: a level has a quarter of the width and
/// height of the level above, is blurred there, and comes back by bilinear samples that the blur above makes smooth.
///
/// The variances of box, blur and bilinear samples add up, so each level's blur is what is missing to its σ. Where a
/// quarter would leave a σ of less than a block, whose square would be seen, in small pictures, the first level has half
/// of the size, and the others that of the level above. Outside the picture the edge is repeated. Everything is Float32:
/// 16 bits would show steps in dark glows.
///
/// A bright ground does not glow: light that is added to it would bleach its colour and the dark letters on it. Where the
/// widest Gaussian of the brightest channel rises from 0.45 to 0.72, the glow falls to nothing. Beside a straight
/// edge that Gaussian is a half at most, so that lamps, suns and windows keep their halos.
final class GlowPyramid: ScratchMemory {
  // Five planes of floats of a sixteenth of the pixels, and smaller ones; of small pictures a fourth.
  static var bytesPerPixel: Int { 2 }

  /// σ in pixels of a picture whose shorter side is 1080, and the share of each Gaussian.
  private static let radii = [6.0, 24, 80]
  private static let weights: [Float] = [0.5, 0.3, 0.2]
  /// Lines of a picture below which the means of small blocks are too coarse for a glow, and nobody sees squares.
  private static let smallest = 90

  private let levels: [GlowLevel]
  /// Pixels of a block across and down, 4 or 2.
  let blockSize: Int

  /// Blocks across and down.
  var width: Int { levels[0].width }
  var height: Int { levels[0].height }

  init(_ setting: ShaderSetting) {
    var levels: [GlowLevel] = []
    /// Variance that the levels above add, in pixels of this level.
    var added = 0.0
    var (width, height, scale) = (setting.width, setting.height, 1.0)
    for (radius, weight) in zip(Self.radii, Self.weights) {
      let pixels = radius * Double(setting.shorterSide) / 1080
      let isCoarse = pixels >= 4 * scale || setting.shorterSide < Self.smallest
      let reduction = isCoarse ? 4 : levels.isEmpty ? 2 : 1
      (width, height) = ((width + reduction - 1) / reduction, (height + reduction - 1) / reduction)
      scale *= Double(reduction)
      // A mean of n samples has the variance (n² − 1) / 12, bilinear samples of spacing n that of a tent, n² / 6.
      let square = Double(reduction * reduction)
      if reduction > 1 { added = (added + (square - 1) / 12 + square / 6) / square }
      let sigma = pixels / scale
      let variance = max(0, sigma * sigma - added)
      levels.append(
        GlowLevel(
          width: width, height: height, reduction: reduction, taps: Self.gaussian(variance: variance), weight: weight,
          kernels: setting.kernels))
      added += variance
    }
    self.levels = levels
    blockSize = levels[0].reduction
  }

  /// Where the light of a row of blocks is to be written.
  func source(row: Int, channel: Int) -> MutableFloats { levels[0].row(row, channel: channel) }
  /// A blurred row; one value before and after it can be read.
  func glow(row: Int, channel: Int) -> Floats { Floats(levels[0].row(row, channel: channel)) }

  /// Blurs what has been written to `source`.
  func blur() {
    for channel in PixelRow.channels {
      for (level, below) in zip(levels, levels.dropFirst()) { below.reduce(level, channel: channel) }
      for index in levels.indices.reversed() {
        levels[index].blur(channel: channel, below: index + 1 < levels.count ? levels[index + 1] : nil)
      }
    }
    guard levels[levels.count - 1].findGrounds() else { return }
    for (level, below) in zip(levels, levels.dropFirst()).reversed() { level.takeGrounds(from: below) }
    levels[0].dimGrounds()
  }

  /// Weights of a Gaussian, out to 3 σ, that add up to 1.
  private static func gaussian(variance: Double) -> [Float] {
    guard variance > 0.01 else { return [1] }
    let reach = Int((9 * variance).squareRoot() + 0.5)
    let weights = (-reach...reach).map { ScalarMath.exp(-Double($0 * $0) / (2 * variance)) }
    let total = weights.reduce(0, +)
    return weights.map { Float($0 / total) }
  }
}
