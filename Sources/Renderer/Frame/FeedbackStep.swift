import KernelTable
import SceneLang

/// Blends the picture of the frame before onto the canvas and keeps the result, in 16 bits, for the next frame.
///
/// Frames are to come in order from the segment's first, each by one of the steps that share pictures; the same frame may
/// come again. Rows ascend.
final class FeedbackStep: ChainStep {
  let name = "feedback"
  let gatherer: (any PictureGatherer)? = nil

  /// So many rows are published at a time.
  private static let publishedRows = 16

  private let feedback: Feedback
  private let setting: ShaderSetting
  private let blend: BlendMode
  private let sampler: FeedbackSampler
  /// How many ticks of 1/24 s a frame lasts.
  private let ticks: Double
  private let pictures: FeedbackPictures
  private var previous: DeepPicture?
  private var current: DeepPicture?
  /// Rows of `previous` that are known to be whole.
  private var wholeRows = 0
  private let sampled: ChannelRows<UInt16>

  /// The frame that was begun last.
  private var frame = 0
  private var decay: Float = 0
  private var sixths: Float = 0
  private var opacity: Float = 0

  init(_ feedback: Feedback, fps: FrameRate, pictures: FeedbackPictures? = nil, _ setting: ShaderSetting) {
    self.feedback = feedback
    self.setting = setting
    blend = Blends.mode(feedback.blend)
    sampler = FeedbackSampler(width: setting.width, height: setting.height, kernels: setting.kernels)
    ticks = Double(FrameRate.ticksPerSecond) / fps.value
    self.pictures = pictures ?? FeedbackPictures(width: setting.width, height: setting.height)
    sampled = ChannelRows(count: FeedbackSampler.stripWidth)
  }

  /// The frames that must be begun, and drawn, before `frame`.
  func missing(before frame: Int) -> Range<Int> { pictures.missing(before: frame) }

  func begin(_ context: FrameContext, value: (NodeID) -> Double) -> Bool {
    let frame = context.frame
    precondition(missing(before: frame).isEmpty, "feedback of frame \(frame) needs the frames before it")
    (previous, current) = pictures.begin(frame)
    wholeRows = 0
    self.frame = frame
    let amount = min(max(value(feedback.amount), 0), 0.4)
    sampler.begin(feedback.motion, amount: amount, ticks: ticks)
    decay = Float(power(min(max(value(feedback.decay), 0), 1), ticks))
    sixths = Float(ScalarMath.fract(value(feedback.hueShift) * ticks) * 6)
    // Nothing comes before the first frame.
    opacity = frame == 0 ? 0 : Float(min(max(value(feedback.opacity), 0), 1))
    return true
  }

  func shade(row y: Int, from source: PixelRow, to out: PixelRow) {
    guard let current else { preconditionFailure("a row of no frame") }
    let previous = opacity > 0 ? previous : nil
    if let previous {
      let needed = sampler.rowsRead(forRow: y)
      if needed > wholeRows { wholeRows = pictures.wait(forRowsBefore: needed, of: frame - 1) }
      sampler.begin(row: y, of: previous)
    }
    for start in stride(from: 0, to: setting.width, by: FeedbackSampler.stripWidth) {
      let count = min(FeedbackSampler.stripWidth, setting.paddedWidth - start)
      if let previous {
        sampler.sample(strip: start, row: y, of: previous, into: sampled)
        if sixths > 0 { setting.kernels.rotateHue(fed, sixths: sixths, count: count) }
      }
      blend(start..<start + count, row: y, of: source.dropping(start), to: out.dropping(start), current)
    }
    current.clearBorder(row: y)
    if (y + 1).isMultiple(of: Self.publishedRows) || y + 1 == setting.height {
      pictures.publish(rowsBefore: y + 1, of: frame)
    }
  }

  /// What was sampled.
  private var fed: MutableColorWords { MutableColorWords(red: sampled[0], green: sampled[1], blue: sampled[2]) }

  /// Blends what was sampled onto columns of row `y`, with which `source` and `out` begin.
  private func blend(_ columns: Range<Int>, row y: Int, of source: PixelRow, to out: PixelRow, _ current: DeepPicture) {
    let kernels = setting.kernels
    func deep(_ channel: Int) -> MutableWords { current.row(y, plane: channel) + columns.lowerBound }
    if blend.isSeparable {
      for channel in PixelRow.channels {
        if y + 1 < setting.height {
          kernels.prefetch(deep(channel) + current.stride, toWrite: true, count: columns.count)
        }
        kernels.feedBack(
          blend, out[channel], deep(channel), backdrop: source[channel], source: sampled[channel], gain: decay,
          alpha: opacity, count: columns.count)
      }
    } else {
      let words = MutableColorWords(red: deep(0), green: deep(1), blue: deep(2))
      kernels.feedBackColors(
        blend, out.mutableBytes, words, backdrop: source.bytes, source: fed, gain: decay, alpha: opacity,
        count: columns.count)
    }
  }
}
