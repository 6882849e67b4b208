import KernelTable
import SceneLang

/// Moves the picture of the frame before: bilinear samples at where each pixel came from, black outside.
///
/// The maps keep neighbours together, so that a row falls into a few runs of samples that lie side by side. A row is sampled
/// in strips, so that what is done with a strip's words finds them in the nearest cache.
final class FeedbackSampler {
  /// Columns of a strip, whole vectors; the last one may be narrower.
  static let stripWidth = 384

  private enum Map {
    case mirrored
    /// Scaled about the middle, then shifted down by pixels; the runs are the same for every row.
    case straight(scale: Double, shift: Double)
    /// About the middle, in radians, clockwise.
    case turned(sine: Double, cosine: Double)
  }

  /// Columns of the moved picture that are sampled together.
  private struct Strip {
    var runs: Range<Int>
    /// The columns, in whole vectors, that a scaled row reads of the picture.
    var read = 0..<0
  }

  private let width: Int
  private let height: Int
  private let kernels: any PixelKernels.Type
  private var map = Map.straight(scale: 1, shift: 0)
  private var runs: [SampleRun] = []
  private var strips: [Strip] = []
  /// What a strip reads of one channel, between two rows of the picture: whole vectors, those of the border, and one that
  /// only what is written over reads.
  private let between: AlignedBuffer<UInt16>
  /// Of each column's right neighbour, in 1/65536, where every row has the same.
  private let shares: AlignedBuffer<UInt16>

  init(width: Int, height: Int, kernels: any PixelKernels.Type) {
    self.width = width
    self.height = height
    self.kernels = kernels
    between = AlignedBuffer(count: PixelRow.padded(width) + 96)
    shares = AlignedBuffer(count: PixelRow.padded(width) + 32)
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
    if case .straight(let scale, _) = map {
      findRuns(u: Double(width - 1) / 2 * (1 - scale), across: scale - 1)
      for index in strips.indices { strips[index].read = columnsRead(by: runs[strips[index].runs]) }
      for run in runs {
        for x in run.start..<run.end {
          shares.base[x] = Self.word(Double(run.across) + Double(x - run.start) * (scale - 1))
        }
      }
    }
  }

  /// The columns, in whole vectors, that runs of one row read of the picture.
  private func columnsRead(by runs: ArraySlice<SampleRun>) -> Range<Int> {
    let inside = runs.filter { $0.offset != SampleRun.outside }
    guard let first = inside.first, let last = inside.last else { return 0..<0 }
    // The last one's right neighbour, too.
    return first.offset & ~31..<(last.offset + last.end - last.start + 32) & ~31
  }

  /// Finds where row `y` of the moved picture is in `picture`.
  func begin(row y: Int, of picture: DeepPicture) {
    guard case .turned(let sine, let cosine) = map else { return }
    let (x, y) = (Double(1 - width) / 2, Double(2 * y + 1 - height) / 2)
    findRuns(
      u: x * cosine + y * sine + Double(width - 1) / 2, across: cosine - 1,
      v: y * cosine - x * sine + Double(height - 1) / 2, down: -sine, stride: picture.stride)
  }

  /// Samples the strip of row `y` that begins at column `start`.
  func sample(strip start: Int, row y: Int, of picture: DeepPicture, into out: ChannelRows<UInt16>) {
    let count = min(Self.stripWidth, width - start)
    switch map {
    case .mirrored:
      for channel in PixelRow.channels {
        let row = picture.row(y, plane: channel) + (width - start - count)
        kernels.mirror(out[channel], row, count: count)
      }
    case .straight(let scale, let shift):
      let v = Double(2 * y + 1 - height) / 2 * scale + Double(height - 1) / 2 + shift
      straight(v, start, picture, isScaled: scale != 1, into: out)
    case .turned(let sine, let cosine):
      let strip = strips[start / Self.stripWidth]
      runs.withUnsafeBufferPointer { runs in
        for channel in PixelRow.channels {
          kernels.resample(
            out[channel] - start, picture.row(0, plane: channel), stride: picture.stride,
            runs: runs.baseAddress! + strip.runs.lowerBound, runCount: strip.runs.count, across: Float(cosine - 1),
            down: Float(-sine))
        }
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
    _ v: Double, _ start: Int, _ picture: DeepPicture, isScaled: Bool, into out: ChannelRows<UInt16>
  ) {
    guard v > -1 && v < Double(height) else { return out.clear() }
    let upper = Int(v.rounded(.down))
    let share = Self.word(v - v.rounded(.down))
    let strip = strips[start / Self.stripWidth]
    let columns = isScaled ? strip.read : start..<min(start + Self.stripWidth, PixelRow.padded(width))
    runs.withUnsafeBufferPointer { runs in
      for channel in PixelRow.channels {
        let first = picture.row(upper, plane: channel) + columns.lowerBound
        if upper + 2 <= height {
          kernels.prefetch(first + 2 * picture.stride, toWrite: false, count: columns.count)
        }
        let mixed = isScaled ? between.base : out[channel]
        kernels.mixRows(mixed, first, first + picture.stride, share: share, count: columns.count)
        guard isScaled else { continue }
        kernels.resample(
          out[channel] - start, mixed - columns.lowerBound, shares: shares.base,
          runs: runs.baseAddress! + strip.runs.lowerBound, runCount: strip.runs.count)
      }
    }
  }

  /// The runs of a row whose pixel x comes from column u + x·(1 + across) and row v + x·down.
  private func findRuns(u: Double, across: Double, v: Double = 0, down: Double = 0, stride: Int = 0) {
    runs.removeAll(keepingCapacity: true)
    strips.removeAll(keepingCapacity: true)
    var x = 0
    while x < width {
      if x.isMultiple(of: Self.stripWidth) { strips.append(Strip(runs: runs.count..<runs.count)) }
      let (left, rightShare) = split(u + Double(x) * across)
      let (row, lowerShare) = split(v + Double(x) * down)
      var end = min(next(x, rightShare, across), next(x, lowerShare, down))
      end = min(end, (x / Self.stripWidth + 1) * Self.stripWidth)
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
      strips[strips.count - 1].runs = strips[strips.count - 1].runs.lowerBound..<runs.count
      x = end
    }
  }

  /// A share, 0…1, in 1/65536.
  private static func word(_ share: Double) -> UInt16 { UInt16(min(max(share, 0) * 65536, 65535)) }

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
