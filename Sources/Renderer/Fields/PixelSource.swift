import KernelTable
import SceneLang

/// What a pixel shader reads of the picture before it: the row being shaded, and the whole picture if it samples it.
final class PixelSource: PictureGatherer {
  /// Levels 0…1 of the row.
  private let channels: ChannelRows<Float>
  /// A header of 16 floats (width, height, pixels from row to row, pixels per unit of x and y), then the pixels, 32 bits
  /// each; a sample reads its right and lower neighbours. Nil where nothing is sampled.
  private let samples: AlignedBuffer<Float>?
  private let stride: Int
  private let setting: ShaderSetting

  init(_ setting: ShaderSetting, isSampled: Bool) {
    self.setting = setting
    channels = ChannelRows(count: setting.paddedWidth)
    stride = setting.width + 1
    samples = isSampled ? AlignedBuffer(count: 16 + stride * (setting.height + 1) + 1) : nil
    let header = [setting.width, setting.height, stride, setting.shorterSide]
    if let samples { for (place, value) in header.enumerated() { samples.base[place] = Float(value) } }
  }

  func channel(_ channel: ColorChannel) -> UnsafePointer<Float> { UnsafePointer(channels[channel.rawValue]) }

  /// What the field engine samples. Precondition: the source was made to be sampled.
  var picture: UnsafePointer<Float> {
    guard let samples else { preconditionFailure("a picture that was not kept is sampled") }
    return UnsafePointer(samples.base)
  }

  /// Sets the row whose pixels are read.
  func begin(_ row: PixelRow) {
    for channel in PixelRow.channels {
      setting.kernels.shares(channels[channel], row[channel], count: setting.paddedWidth)
    }
  }

  /// Keeps a row of the picture to be sampled.
  func gather(row y: Int, _ source: PixelRow) {
    guard let samples else { return }
    let pixels = UnsafeMutableRawPointer(samples.base + 16 + y * stride).assumingMemoryBound(to: UInt32.self)
    setting.kernels.interleave(pixels, source.bytes, count: setting.width)
  }

  func finishGathering() {}
}
