import KernelTable
import SceneLang

/// The soft shadow below a text (CATALOGUE T-9): what is below times 1 − 0.75 · mask, where the mask is the bounding box
/// of the text, 80 px larger on every side (px of a picture whose shorter side is 1080), blurred by a Gaussian of σ 48 px.
///
/// A Gaussian of a rectangle is the product of two profiles, so a row needs one product per pixel, in integers.
final class TextBackdrop {
  /// A rectangle in pixels; ends excluded.
  struct Box: Equatable {
    var x: Range<Int>
    var y: Range<Int>
  }

  private let width: Int
  private let padding: Int
  private let kernels: any PixelKernels.Type
  /// 32768 · Φ((d + 0.5) / σ) for d = −reach … reach.
  private let cumulative: [Int]
  private let reach: Int
  private var box: Box?
  private var opacity = 1.0
  private let profile: AlignedBuffer<UInt16>
  private let gain: AlignedBuffer<UInt16>

  init(width: Int, shorterSide: Int, kernels: any PixelKernels.Type) {
    self.width = width
    self.kernels = kernels
    padding = (80 * shorterSide + 540) / 1080
    let sigma = max(0.5, 0.6 * Double(padding))
    reach = Int(4 * sigma) + 1
    let weights = (-reach...reach).map { ScalarMath.exp(-Double($0 * $0) / (2 * sigma * sigma)) }
    let total = weights.reduce(0, +)
    var sum = 0.0
    cumulative = weights.map {
      sum += $0
      return Int(sum / total * 32768 + 0.5)
    }
    profile = AlignedBuffer(count: PixelRow.padded(width))
    gain = AlignedBuffer(count: PixelRow.padded(width))
  }

  /// Sets the text's bounding box for a frame; nil for no text.
  func begin(box: Box?, opacity: Double) {
    self.opacity = min(max(opacity, 0), 1)
    guard box != self.box else { return }
    self.box = box
    guard let box else { return }
    for x in 0..<width { profile.base[x] = UInt16(mask(x, box.x)) }
  }

  /// Darkens row `y`. Returns false, with nothing written, where the shadow does not reach.
  func shade(row y: Int, from source: PixelRow, to out: PixelRow) -> Bool {
    guard let box else { return false }
    let depth = UInt16(0.75 * opacity * Double(mask(y, box.y)) + 0.5)
    guard depth > 0 else { return false }
    let count = PixelRow.padded(width)
    kernels.shade(gain.base, profile: profile.base, depth: depth, count: count)
    for channel in PixelRow.channels {
      kernels.attenuate(out[channel], source[channel], gain: gain.base, count: count)
    }
    return true
  }

  /// The blurred edge profile, 0…32768.
  private func mask(_ position: Int, _ range: Range<Int>) -> Int {
    let from = range.lowerBound - padding
    let to = range.upperBound + padding
    return max(0, share(position - from) - share(position - to))
  }

  private func share(_ distance: Int) -> Int {
    distance < -reach ? 0 : distance > reach ? 32768 : cumulative[distance + reach]
  }
}
