import KernelTable
import SceneLang

/// What a pixel shader reads of the picture before it: the row being shaded, and the whole picture if it samples it.
final class PixelSource: PictureGatherer {
  /// Levels 0…1 of the row.
  private let channels: ChannelRows<Float>
  /// What the field engine reads of the picture: width, height, pixels from row to row, pixels per unit of x and y, and
  /// where the pixels are. Nil where nothing is sampled.
  private let header: AlignedBuffer<Float>?
  /// Taken for a frame.
  private var samples: PixelSamples?
  private let setting: ShaderSetting

  init(_ setting: ShaderSetting, isSampled: Bool) {
    self.setting = setting
    channels = ChannelRows(count: setting.paddedWidth)
    header = isSampled ? AlignedBuffer(count: 16) : nil
    let numbers = [setting.width, setting.height, PixelSamples.stride(setting), setting.shorterSide]
    if let header { for (place, value) in numbers.enumerated() { header.base[place] = Float(value) } }
  }

  func channel(_ channel: ColorChannel) -> UnsafePointer<Float> { UnsafePointer(channels[channel.rawValue]) }

  /// What the field engine samples. Precondition: the source was made to be sampled.
  var picture: UnsafePointer<Float> {
    guard let header else { preconditionFailure("a picture that was not kept is sampled") }
    return UnsafePointer(header.base)
  }

  /// Sets the row whose pixels are read.
  func begin(_ row: PixelRow) {
    for channel in PixelRow.channels {
      setting.kernels.shares(channels[channel], row[channel], count: setting.paddedWidth)
    }
  }

  func beginGathering() {
    guard let header else { return }
    let samples: PixelSamples = setting.scratch.take(setting)
    self.samples = samples
    UnsafeMutableRawPointer(header.base + 4).storeBytes(of: samples.pixels.base, as: UnsafeMutablePointer<UInt32>.self)
  }

  /// Keeps a row of the picture to be sampled.
  func gather(row y: Int, _ source: PixelRow) {
    guard let samples else { return }
    let pixels = samples.pixels.base + y * PixelSamples.stride(setting)
    setting.kernels.interleave(pixels, source.bytes, count: setting.width)
  }

  func finishGathering() {}
  func endShading() { setting.scratch.put(&samples) }
}

/// A picture in interleaved pixels of 32 bits; a sample reads its right and lower neighbours.
final class PixelSamples: ScratchMemory {
  static var bytesPerPixel: Int { 4 }

  let pixels: AlignedBuffer<UInt32>

  init(_ setting: ShaderSetting) {
    pixels = AlignedBuffer(count: Self.stride(setting) * (setting.height + 1) + 1)
  }

  /// Pixels from row to row.
  static func stride(_ setting: ShaderSetting) -> Int { setting.width + 1 }
}
