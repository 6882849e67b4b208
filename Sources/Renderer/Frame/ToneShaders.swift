import KernelTable
import SceneLang

/// `exposure: segment`: one curve for the segment, as a gain on max(r, g, b).
final class SegmentExposure: RowShader {
  /// The segment's levels; set before the first frame.
  var exposure: Exposure? {
    didSet {
      let gains = exposure?.gains(tone) ?? []
      low = gains.map { UInt8(truncatingIfNeeded: $0) }
      high = gains.map { UInt8($0 >> 8) }
    }
  }

  private let setting: ShaderSetting
  private let tone: Tone
  private var low: [UInt8] = []
  private var high: [UInt8] = []
  private let maximum: AlignedBuffer<UInt8>
  private let gainLow: AlignedBuffer<UInt8>
  private let gainHigh: AlignedBuffer<UInt8>

  init(_ tone: Tone, _ setting: ShaderSetting) {
    self.tone = tone
    self.setting = setting
    maximum = AlignedBuffer(count: setting.paddedWidth)
    gainLow = AlignedBuffer(count: setting.paddedWidth)
    gainHigh = AlignedBuffer(count: setting.paddedWidth)
  }

  func begin(_ arguments: ShaderArguments, frame: Int) -> Bool {
    precondition(exposure != nil, "the exposure of the segment has not been measured")
    return true
  }

  func shade(row y: Int, from source: PixelRow, to out: PixelRow) {
    let count = setting.paddedWidth
    let kernels = setting.kernels
    kernels.maximum(maximum.base, source.red, source.green, source.blue, count: count)
    low.withUnsafeBufferPointer {
      kernels.lookup(gainLow.base, maximum.base, table: $0.baseAddress!, count: count)
    }
    high.withUnsafeBufferPointer {
      kernels.lookup(gainHigh.base, maximum.base, table: $0.baseAddress!, count: count)
    }
    for channel in PixelRow.channels {
      kernels.amplify(
        out[channel], source[channel], gainLow: gainLow.base, gainHigh: gainHigh.base, count: count)
    }
  }
}

/// `exposure: frame` (CATALOGUE B-1): percentiles of every fourth pixel of every fourth row, channels pooled, as one table
/// for all channels. With a window, the mean of the levels of the frames in it.
///
/// A frame that was measured before it is begun can be shaded row by row; else all its rows are gathered first.
final class FrameExposure: PictureShader {
  private let setting: ShaderSetting
  private let tone: Tone
  private let bins = AlignedBuffer<UInt32>(count: 1024)
  /// Of the frames that were measured, as far back as the window reaches.
  private var measured: [Int: Exposure] = [:]
  private var frame = 0
  private var table: [UInt8] = []

  init(_ tone: Tone, _ setting: ShaderSetting) {
    self.tone = tone
    self.setting = setting
  }

  /// The frames that must be measured before `frame` is begun, ascending.
  func missing(before frame: Int) -> [Int] {
    (max(0, frame - tone.window + 1)..<frame).filter { measured[$0] == nil }
  }

  /// Measures a frame; `draw` makes its rows.
  func measure(frame: Int, draw: (_ y: Int) -> PixelRow) {
    bins.clear()
    for y in stride(from: 0, to: setting.height, by: 4) { gather(row: y, draw(y)) }
    measured[frame] = gathered()
  }

  var gathers: Bool { measured[frame] == nil }

  func begin(_ arguments: ShaderArguments, frame: Int) -> Bool {
    self.frame = frame
    if gathers { bins.clear() } else { makeTable() }
    return true
  }

  func gather(row y: Int, _ source: PixelRow) {
    guard y % 4 == 0 else { return }
    for channel in PixelRow.channels {
      setting.kernels.histogram(bins.base, source[channel], step: 4, count: setting.width)
    }
  }

  func finishGathering() {
    measured[frame] = gathered()
    makeTable()
  }

  private func gathered() -> Exposure {
    let histogram = (0..<256).map { level in (0..<4).reduce(0) { $0 + Int(bins.base[$1 * 256 + level]) } }
    guard let exposure = Exposure(histogram: histogram) else { preconditionFailure("no row was gathered") }
    return exposure
  }

  private func makeTable() {
    measured = measured.filter { $0.key <= frame && $0.key > frame - tone.window }
    table = Exposure(meanOf: Array(measured.values)).table(tone)
  }

  func shade(row y: Int, from source: PixelRow, to out: PixelRow) {
    table.withUnsafeBufferPointer { table in
      for channel in PixelRow.channels {
        setting.kernels.lookup(
          out[channel], source[channel], table: table.baseAddress!, count: setting.paddedWidth)
      }
    }
  }
}
