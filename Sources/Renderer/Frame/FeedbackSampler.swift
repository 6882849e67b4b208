import KernelTable
import SceneLang

/// Moves the picture of the frame before: bilinear samples at where each pixel came from, black outside.
///
/// The maps keep neighbours together, so that a row falls into a few runs of samples that lie side by side.
final class FeedbackSampler {
  private enum Map {
    case mirrored
    /// Scaled about the middle, then shifted down by pixels; the runs are the same for every row.
    case straight(scale: Double, shift: Double)
    /// About the middle, in radians, clockwise.
    case turned(sine: Double, cosine: Double)
  }

  private let width: Int
  private let height: Int
  private let kernels: any PixelKernels.Type
  private var map = Map.straight(scale: 1, shift: 0)
  private var runs: [SampleRun] = []
  /// A row of one channel of the picture between two of its rows.
  private let between: AlignedBuffer<Float>
  /// Floats before and after it that are read.
  private static let edge = 16

  init(width: Int, height: Int, kernels: any PixelKernels.Type) {
    self.width = width
    self.height = height
    self.kernels = kernels
    between = AlignedBuffer(count: PixelRow.padded(width) + 2 * Self.edge)
    runs.reserveCapacity(2 * width)
  }

  /// Takes a frame's motion; `amount` is that of 1/24 s, of which a frame lasts `ticks`.
  func begin(_ motion: Feedback.Motion, amount: Double, ticks: Double) {
    switch motion {
    case .none: map = .straight(scale: 1, shift: 0)
    case .zoom: map = .straight(scale: power(1 - 2 * amount, ticks), shift: 0)
    case .shrink: map = .straight(scale: 1 / power(1 - 2 * amount, ticks), shift: 0)
    case .up: map = .straight(scale: 1, shift: amount * ticks * Double(height))
    case .down: map = .straight(scale: 1, shift: -amount * ticks * Double(height))
    case .clockwise: map = turned(degrees: amount * 10 * ticks)
    case .counterclockwise: map = turned(degrees: -amount * 10 * ticks)
    case .mirror: map = .mirrored
    }
    if case .straight(let scale, _) = map { findRuns(u: Double(width - 1) / 2 * (1 - scale), across: scale - 1) }
  }

  /// Samples row `y` of the moved picture as floats 0…1 times `gain`.
  func sample(row y: Int, of picture: DeepPicture, gain: Double, into out: ChannelRows<Float>) {
    // Words to 0…1.
    let gain = gain / 65535
    switch map {
    case .mirrored:
      for channel in PixelRow.channels {
        kernels.mirror(out[channel], picture.row(y, plane: channel), gain: Float(gain), count: width)
      }
    case .straight(let scale, let shift):
      let v = Double(2 * y + 1 - height) / 2 * scale + Double(height - 1) / 2 + shift
      straight(v, picture, gain, isScaled: scale != 1, across: Float(scale - 1), into: out)
    case .turned(let sine, let cosine):
      let (x, y) = (Double(1 - width) / 2, Double(2 * y + 1 - height) / 2)
      findRuns(
        u: x * cosine + y * sine + Double(width - 1) / 2, across: cosine - 1,
        v: y * cosine - x * sine + Double(height - 1) / 2, down: -sine, stride: picture.stride)
      for channel in PixelRow.channels {
        kernels.resample(
          out[channel], picture.row(0, plane: channel), stride: picture.stride, runs: runs, runCount: runs.count,
          across: Float(cosine - 1), down: Float(-sine), gain: Float(gain))
      }
    }
  }

  /// How many rows of the picture, from the first, row `y` reads at most.
  func rowsRead(forRow y: Int) -> Int {
    let middle = Double(2 * y + 1 - height) / 2
    let last: Double
    switch map {
    case .mirrored: last = Double(y)
    case .straight(let scale, let shift): last = middle * scale + Double(height - 1) / 2 + shift
    case .turned(let sine, let cosine): last = middle * cosine + abs(sine) * Double(width) / 2 + Double(height - 1) / 2
    }
    // The row below takes part, and rounding may reach one further.
    return Int(min(max(last + 3, 0), Double(height)))
  }

  private func straight(
    _ v: Double, _ picture: DeepPicture, _ gain: Double, isScaled: Bool, across: Float, into out: ChannelRows<Float>
  ) {
    guard v > -1 && v < Double(height) else { return out.clear() }
    let upper = Int(v.rounded(.down))
    let share = v - v.rounded(.down)
    for channel in PixelRow.channels {
      if upper + 2 <= height {
        kernels.prefetch(Words(picture.row(upper + 2, plane: channel)), toWrite: false, count: width)
      }
      let mixed = isScaled ? between.base + Self.edge : out[channel]
      kernels.mixRows(
        mixed, picture.row(upper, plane: channel), Float(gain * (1 - share)),
        picture.row(upper + 1, plane: channel), Float(gain * share), count: PixelRow.padded(width))
      guard isScaled else { continue }
      kernels.resample(out[channel], Floats(mixed), runs: runs, runCount: runs.count, across: across)
    }
  }

  /// The runs of a row whose pixel x comes from column u + x·(1 + across) and row v + x·down.
  private func findRuns(u: Double, across: Double, v: Double = 0, down: Double = 0, stride: Int = 0) {
    runs.removeAll(keepingCapacity: true)
    var x = 0
    while x < width {
      let (left, rightShare) = split(u + Double(x) * across)
      let (row, lowerShare) = split(v + Double(x) * down)
      var end = min(next(x, rightShare, across), next(x, lowerShare, down))
      let column = x + left
      var isInside = row >= -1 && row < height && column < width
      if isInside && column < -1 {
        isInside = false
        end = min(end, x - 1 - column)
      } else if isInside {
        end = min(end, x + width - column)
      }
      runs.append(
        SampleRun(
          start: x, end: end, offset: isInside ? row * stride + column : SampleRun.outside, across: Float(rightShare),
          down: Float(lowerShare)))
      x = end
    }
  }

  private func split(_ position: Double) -> (whole: Int, share: Double) {
    let whole = position.rounded(.down)
    return (Int(whole), position - whole)
  }

  /// The first pixel after x at which a share, growing by `slope` from pixel to pixel, leaves 0…1.
  private func next(_ x: Int, _ share: Double, _ slope: Double) -> Int {
    guard slope != 0 else { return width }
    let count = slope > 0 ? ((1 - share) / slope).rounded(.up) : (share / -slope).rounded(.down) + 1
    return count < Double(width - x) ? x + max(1, Int(count)) : width
  }

  private func turned(degrees: Double) -> Map {
    let angle = degrees * .pi / 180
    return .turned(sine: ScalarMath.sin(angle), cosine: ScalarMath.cos(angle))
  }
}

/// x to the power y; x itself for 1.
func power(_ x: Double, _ y: Double) -> Double { y == 1 ? x : ScalarMath.pow(x, y) }
