import KernelTable
import SceneLang

/// Blurs a picture with a Gaussian of any width, a row at a time; edges are repeated.
///
/// From a σ of 2 pixels on the blur works on a picture of 1 / f of the size, f a power of two with 1 ≤ σ / f < 2. The
/// variances of going down, of the blur there and of coming back add up, so the blur is what is missing to σ².
final class GaussianBlur {
  private static let greatestLevel = 8
  /// Taps on either side.
  private static let greatestReach = 63

  private let setting: ShaderSetting
  /// What is taken for a frame, unless its blur is narrow.
  private var taken: BinomialPyramid?
  private var picture: Picture?
  private var sigma = -1.0
  private var level = 0
  private var reach = 0
  private let weights = AlignedBuffer<Float>(count: 2 * greatestReach + 1)

  /// A row after the vertical blur, with room for its edges.
  private let upright: AlignedBuffer<Float>
  /// Rows at the picture's width by channel and parity of the row, and which rows they are.
  private let wide: [[AlignedBuffer<Float>]]
  private var wideRows: [[Int]] = []
  private let floatRows = UnsafeMutablePointer<Floats>.allocate(capacity: 2 * greatestReach + 1)
  private let byteRows = UnsafeMutablePointer<Bytes>.allocate(capacity: 2 * greatestReach + 1)

  init(_ setting: ShaderSetting) {
    self.setting = setting
    upright = AlignedBuffer(count: setting.paddedWidth + 2 * (Self.greatestReach + 2) + 32)
    wide = PixelRow.channels.map { _ in (0..<2).map { _ in AlignedBuffer(count: setting.paddedWidth + 2) } }
  }

  deinit {
    floatRows.deallocate()
    byteRows.deallocate()
  }

  /// Sets the standard deviation in pixels, above 0.
  func set(sigma: Double) {
    guard sigma != self.sigma else { return }
    self.sigma = sigma
    level = 0
    while level < Self.greatestLevel && sigma >= Double(2 << level) { level += 1 }
    let f = Double(1 << level)
    // Weights of 1, 3, 3, 1 have a variance of ¾; at all levels together (f² − 1) / 4, on the way up the same.
    let variance = (sigma * sigma - (f * f - 1) / 2) / (f * f)
    reach = min(Int((9 * variance).squareRoot() + 1), Self.greatestReach)
    let taps = (-reach...reach).map { ScalarMath.exp(-Double($0 * $0) / (2 * variance)) }
    let total = taps.reduce(0, +)
    for (tap, weight) in taps.enumerated() { weights.base[tap] = Float(weight / total) }
  }

  /// Takes in a picture, which must stay as it is while rows are asked for.
  func read(_ picture: Picture) {
    self.picture = picture
    wideRows = PixelRow.channels.map { _ in [.min, .min] }
    guard level > 0 else { return }
    if taken == nil { taken = setting.scratch.take(setting) }
    pyramid.reduce(picture, levels: level)
    for channel in PixelRow.channels {
      for y in -1...pyramid.size(level).height {
        blur(row: y, channel, edge: 1, to: pyramid.upRow(y, level: level, channel: channel) - 1)
      }
    }
    for index in stride(from: level, to: 1, by: -1) { pyramid.expand(level: index) }
  }

  /// Lets go of the picture.
  func finish() {
    picture = nil
    setting.scratch.put(&taken)
  }

  private var pyramid: BinomialPyramid {
    guard let taken else { preconditionFailure("a wide blur without its pyramid") }
    return taken
  }

  /// The two blurred rows around row `y` of the picture and the share of the second; Float32 levels 0…255.
  func rows(around y: Int, channel: Int) -> (nearest: Floats, other: Floats, share: Float) {
    guard level > 0 else {
      let row = wideRow(y, channel)
      return (row, row, 0)
    }
    let nearest = y >> 1
    return (wideRow(nearest, channel), wideRow(y & 1 == 0 ? nearest - 1 : nearest + 1, channel), 0.25)
  }

  /// A blurred row of the picture, or one of half its height, at the picture's width.
  private func wideRow(_ y: Int, _ channel: Int) -> Floats {
    let out = wide[channel][y & 1].base
    if wideRows[channel][y & 1] != y {
      wideRows[channel][y & 1] = y
      if level == 0 {
        blur(row: y, channel, edge: 0, to: out)
      } else {
        let row = pyramid.upRow(y, level: 1, channel: channel)
        setting.kernels.double(out, Floats(row), count: pyramid.size(1).width)
      }
    }
    return Floats(out)
  }

  /// A row of the level, blurred both ways; `edge` more values are known and written on either side.
  private func blur(row y: Int, _ channel: Int, edge: Int, to out: MutableFloats) {
    let width = level == 0 ? setting.width : pyramid.size(level).width
    let line = upright.base + Self.greatestReach + 2
    sumRows(around: y, channel, edge: edge, to: line - edge, count: width + 2 * edge)
    for x in 1...(reach + 1) {
      line[-edge - x] = line[-edge]
      line[width - 1 + edge + x] = line[width - 1 + edge]
    }
    let taps = 2 * reach + 1
    for tap in 0..<taps { floatRows[tap] = Floats(line + (tap - reach - edge)) }
    setting.kernels.weightedSum(out, rows: floatRows, weights: weights.base, taps: taps, count: width + 2 * edge)
  }

  private func sumRows(around y: Int, _ channel: Int, edge: Int, to out: MutableFloats, count: Int) {
    guard let picture else { preconditionFailure("a blur without a picture") }
    let taps = 2 * reach + 1
    if level == 0 {
      for tap in 0..<taps {
        byteRows[tap] = Bytes(picture.pixelRow(min(max(y + tap - reach, 0), picture.height - 1))[channel])
      }
      setting.kernels.weightedSum(out, rows: byteRows, weights: weights.base, taps: taps, count: count)
    } else {
      for tap in 0..<taps { floatRows[tap] = pyramid.downRow(y + tap - reach, level: level, channel: channel) - edge }
      setting.kernels.weightedSum(out, rows: floatRows, weights: weights.base, taps: taps, count: count)
    }
  }
}
