import KernelTable

/// One level of a glow pyramid: three planes of Float32 with an edge on every side, and the blur of that level; and a plane
/// of how much of the glow stays, 1 away from bright grounds.
final class GlowLevel {
  let width: Int
  let height: Int
  /// By what it is smaller than the level above; 1 or 4, and what the picture's blocks have for the first.
  let reduction: Int
  /// The share of this level's own light in the glow; the levels below bring theirs.
  private let weight: Float
  private let taps: Int
  private let kernels: any PixelKernels.Type

  private let stride: Int
  /// Floats before a row's first, a whole vector for the blur's reach.
  private let edge: Int
  private let planes: [AlignedBuffer<Float>]
  private static let grounds = 3
  private let blurred: AlignedBuffer<Float>
  private let scratch: [AlignedBuffer<Float>]
  /// The operands of `combine`; not arrays, which would be allocated thousands of times a frame.
  private let operands: UnsafeMutablePointer<Floats>
  private let tapWeights: AlignedBuffer<Float>
  private let mixWeights = AlignedBuffer<Float>(count: 4)

  private var reach: Int { taps / 2 }

  /// `taps`: an odd number of weights for both directions.
  init(width: Int, height: Int, reduction: Int, taps: [Float], weight: Float, kernels: any PixelKernels.Type) {
    self.width = width
    self.height = height
    self.reduction = reduction
    self.taps = taps.count
    self.weight = weight
    self.kernels = kernels
    edge = (taps.count / 2 + 4 + 15) & ~15
    stride = 2 * edge + ((width + 31) & ~31)
    let (stride, edge) = (stride, edge)
    planes = (0...Self.grounds).map { _ in AlignedBuffer(count: stride * height + edge) }
    blurred = AlignedBuffer(count: stride * height + edge)
    scratch = (0..<3).map { _ in AlignedBuffer(count: 4 * stride + edge) }
    operands = .allocate(capacity: max(taps.count, 4))
    tapWeights = AlignedBuffer(count: taps.count)
    for (tap, weight) in taps.enumerated() { tapWeights.base[tap] = weight }
  }

  deinit { operands.deallocate() }

  func row(_ y: Int, channel: Int) -> MutableFloats { planes[channel].base + y * stride + edge }

  /// Takes the means of 4 × 4 values of the level above, or its values; `weight` is applied where light enters a sum.
  func reduce(_ above: GlowLevel, channel: Int) {
    if reduction == 1 {
      for y in 0..<height { row(y, channel: channel).update(from: above.row(y, channel: channel), count: width) }
      return
    }
    let sums = above.scratch[0].base + above.edge
    for k in 0..<4 { above.mixWeights.base[k] = 0.25 }
    for y in 0..<height {
      for k in 0..<4 { above.operands[k] = Floats(above.row(min(4 * y + k, above.height - 1), channel: channel)) }
      above.combine(4, above.mixWeights, into: sums)
      for x in above.width..<(4 * width) { sums[x] = sums[above.width - 1] }
      kernels.sumFours(row(y, channel: channel), Floats(sums), scale: 0.25, count: width)
    }
  }

  /// Blurs the level's own light times its weight, plus the glow of the level below at this size.
  func blur(channel: Int, below: GlowLevel?) {
    let sum = scratch[0].base + edge
    for y in 0..<height {
      gatherLight(y, channel, below, into: sum)
      repeatEdges(sum)
      for tap in 0..<taps { operands[tap] = Floats(sum + tap - reach) }
      combine(taps, tapWeights, into: blurred.base + y * stride + edge)
    }
    for y in 0..<height {
      for tap in 0..<taps {
        operands[tap] = Floats(blurred.base + min(max(y + tap - reach, 0), height - 1) * stride + edge)
      }
      combine(taps, tapWeights, into: row(y, channel: channel))
      repeatEdges(row(y, channel: channel))
    }
  }

  /// Finds the bright grounds in this level's own blurred light. Returns false if there are none.
  func findGrounds() -> Bool {
    var found = false
    for y in 0..<height {
      let (red, green, blue) = (row(y, channel: 0), row(y, channel: 1), row(y, channel: 2))
      let rest = row(y, channel: Self.grounds)
      for x in 0..<width {
        // Light has the square of levels for its unit.
        let light = max(red[x], green[x], blue[x]) / (weight * 65025)
        let t = min(max((light - 0.45) / 0.27, 0), 1)
        rest[x] = 1 - t * t * (3 - 2 * t)
        if t > 0 { found = true }
      }
      repeatEdges(rest)
    }
    return found
  }

  /// Takes the grounds of the level below at this size.
  func takeGrounds(from below: GlowLevel) {
    for y in 0..<height {
      let rest = row(y, channel: Self.grounds)
      if below.reduction == 1 {
        rest.update(from: below.row(y, channel: Self.grounds), count: width)
      } else {
        let expanded = scratch[2].base + edge
        below.expandRow(at: y, channel: Self.grounds, into: expanded)
        rest.update(from: expanded, count: width)
      }
      repeatEdges(rest)
    }
  }

  /// Takes the light of the grounds away.
  func dimGrounds() {
    for y in 0..<height {
      let rest = row(y, channel: Self.grounds)
      for channel in PixelRow.channels {
        let light = row(y, channel: channel)
        for x in 0..<width { light[x] *= rest[x] }
        repeatEdges(light)
      }
    }
  }

  private func gatherLight(_ y: Int, _ channel: Int, _ below: GlowLevel?, into sum: MutableFloats) {
    operands[0] = Floats(row(y, channel: channel))
    mixWeights.base[0] = weight
    guard let below else { return combine(1, mixWeights, into: sum) }
    if below.reduction == 1 {
      operands[1] = Floats(below.row(y, channel: channel))
    } else {
      let expanded = scratch[2].base + edge
      below.expandRow(at: y, channel: channel, into: expanded)
      operands[1] = Floats(expanded)
    }
    mixWeights.base[1] = 1
    combine(2, mixWeights, into: sum)
  }

  /// Row `y` of the level above, from bilinear samples of this one; block centres lie at 1.5, 5.5 … (see `Bloom.shade`).
  private func expandRow(at y: Int, channel: Int, into out: MutableFloats) {
    let position = 2 * y - 3
    let share = Float(position & 7) / 8
    operands[0] = Floats(row(max(position >> 3, 0), channel: channel))
    operands[1] = Floats(row(min((position >> 3) + 1, height - 1), channel: channel))
    mixWeights.base[0] = 1 - share
    mixWeights.base[1] = share
    let mixed = scratch[1].base + edge
    combine(2, mixWeights, into: mixed)
    repeatEdges(mixed)
    kernels.expandFours(out, mixed, count: width)
  }

  /// The weighted sum of the first `count` operands.
  private func combine(_ count: Int, _ weights: AlignedBuffer<Float>, into out: MutableFloats) {
    kernels.weightedSum(out, rows: operands, weights: weights.base, taps: count, count: width)
  }

  private func repeatEdges(_ row: MutableFloats) {
    for x in 1...(reach + 1) {
      row[-x] = row[0]
      row[width - 1 + x] = row[width - 1]
    }
  }
}
