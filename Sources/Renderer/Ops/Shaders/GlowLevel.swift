import Glibc
import KernelTable

/// One level of a glow pyramid: three planes of Float32 with an edge on every side, and the blur of that level.
final class GlowLevel {
  let width: Int
  let height: Int
  /// The share of this level's own light in the glow; the levels below bring theirs.
  private let weight: Float
  private let taps: [Float]
  private let kernels: any PixelKernels.Type

  private let stride: Int
  /// Floats before a row's first, a whole vector for the blur's reach.
  private let edge: Int
  private let planes: [AlignedBuffer<Float>]
  private let blurred: AlignedBuffer<Float>
  private let scratch: [AlignedBuffer<Float>]

  private var reach: Int { taps.count / 2 }

  /// `taps`: an odd number of weights for both directions.
  init(width: Int, height: Int, taps: [Float], weight: Float, kernels: any PixelKernels.Type) {
    self.width = width
    self.height = height
    self.taps = taps
    self.weight = weight
    self.kernels = kernels
    edge = (taps.count / 2 + 4 + 15) & ~15
    stride = 2 * edge + ((width + 31) & ~31)
    let (stride, edge) = (stride, edge)
    planes = (0..<3).map { _ in AlignedBuffer(count: stride * height + edge) }
    blurred = AlignedBuffer(count: stride * height + edge)
    scratch = (0..<3).map { _ in AlignedBuffer(count: 4 * stride + edge) }
  }

  func row(_ y: Int, channel: Int) -> MutableFloats { planes[channel].base + y * stride + edge }

  /// Takes the means of 4 × 4 values of the level above, weighted: `weight` is applied where light enters a level's sum.
  func reduce(_ above: GlowLevel, channel: Int) {
    let mean = scratch[0].base + edge
    let quarters: [Float] = [0.25, 0.25, 0.25, 0.25]
    for y in 0..<height {
      let rows = (0..<4).map { Floats(above.row(min(4 * y + $0, above.height - 1), channel: channel)) }
      above.combine(rows, quarters, into: above.scratch[0].base + above.edge)
      let sums = above.scratch[0].base + above.edge
      for x in above.width..<(4 * width) { sums[x] = sums[above.width - 1] }
      kernels.sumFours(mean, sums, scale: 0.25, count: width)
      memcpy(row(y, channel: channel), mean, width * 4)
    }
  }

  /// Blurs the level's own light times its weight, plus the glow of the level below at this size.
  func blur(channel: Int, below: GlowLevel?) {
    for y in 0..<height {
      let sum = scratch[0].base + edge
      gatherLight(y, channel, below, into: sum)
      repeatEdges(sum)
      let rows = (0..<taps.count).map { Floats(sum + $0 - reach) }
      combine(rows, taps, into: blurred.base + y * stride + edge)
    }
    for y in 0..<height {
      let rows = (0..<taps.count).map { tap in
        Floats(blurred.base + min(max(y + tap - reach, 0), height - 1) * stride + edge)
      }
      combine(rows, taps, into: row(y, channel: channel))
      repeatEdges(row(y, channel: channel))
    }
  }

  private func gatherLight(_ y: Int, _ channel: Int, _ below: GlowLevel?, into sum: MutableFloats) {
    guard let below else { return combine([Floats(row(y, channel: channel))], [weight], into: sum) }
    // Bilinear samples, as in `Bloom.shade`: block centres lie at 1.5, 5.5 ….
    let eighths = 2 * y - 3
    let share = Float(eighths & 7) / 8
    let upper = below.row(max(eighths >> 3, 0), channel: channel)
    let lower = below.row(min((eighths >> 3) + 1, below.height - 1), channel: channel)
    let mixed = below.scratch[1].base + below.edge
    below.combine([Floats(upper), Floats(lower)], [1 - share, share], into: mixed)
    below.repeatEdges(mixed)
    let expanded = scratch[2].base + edge
    kernels.expandFours(expanded, mixed, count: below.width)
    combine([Floats(row(y, channel: channel)), Floats(expanded)], [weight, 1], into: sum)
  }

  private func combine(_ rows: [Floats], _ weights: [Float], into out: MutableFloats) {
    rows.withUnsafeBufferPointer { rows in
      weights.withUnsafeBufferPointer { weights in
        kernels.weightedSum(
          out, rows: rows.baseAddress!, weights: weights.baseAddress!, taps: weights.count, count: width)
      }
    }
  }

  private func repeatEdges(_ row: MutableFloats) {
    for x in 1...(reach + 1) {
      row[-x] = row[0]
      row[width - 1 + x] = row[width - 1]
    }
  }
}
