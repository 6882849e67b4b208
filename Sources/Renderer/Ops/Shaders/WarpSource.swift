import KernelTable

/// A copy of the picture that can be read between its pixels, and the coordinates of one row to read it at.
///
/// Coordinates are in 1/256 pixel, 0 the centre of the first pixel. From −1 to 0 and from the last pixel to one after it
/// the picture fades to black; beyond, nothing can be read.
final class WarpSource {
  let setting: ShaderSetting
  /// Where the pixels of the row come from; padded.
  let x: AlignedBuffer<Int32>
  let y: AlignedBuffer<Int32>

  /// Interleaved pixels within a black frame: one before, two after, since a sample reads its right and lower neighbours.
  private let pixels: AlignedBuffer<UInt32>
  private let stride: Int
  private let sampled: AlignedBuffer<UInt32>

  init(_ setting: ShaderSetting) {
    self.setting = setting
    stride = setting.width + 3
    pixels = AlignedBuffer(count: stride * (setting.height + 3))
    x = AlignedBuffer(count: setting.paddedWidth)
    y = AlignedBuffer(count: setting.paddedWidth)
    sampled = AlignedBuffer(count: setting.paddedWidth)
  }

  private func pixel(row: Int) -> UnsafeMutablePointer<UInt32> { pixels.base + (row + 1) * stride + 1 }

  func take(row: Int, _ source: PixelRow) {
    setting.kernels.interleave(pixel(row: row), source.bytes, count: setting.width)
  }

  /// Writes the picture at the coordinates.
  func sample(to out: PixelRow) {
    setting.kernels.sample(
      sampled.base, pixel(row: 0), stride: stride, x: x.base, y: y.base, count: setting.paddedWidth)
    setting.kernels.deinterleave(out.mutableBytes, sampled.base, count: setting.paddedWidth)
  }

  /// Sets the row's coordinates to those of row `y` after scaling the picture about a point (in pixels from its corner) by
  /// 1 / `scale`; the edges are repeated.
  func zoom(row y: Int, about center: (x: Double, y: Double), by scale: Double) {
    let (width, height) = (setting.width, setting.height)
    let across = CoordinateCurve(
      start: Float(0.5 - center.x), constant: Float(center.x - 0.5), linear: Float(scale))
    setting.kernels.coordinates(x.base, across, low: 0, high: Float(width - 1), count: setting.paddedWidth)
    let down = CoordinateCurve(start: 0, constant: Float(center.y - 0.5 + (Double(y) + 0.5 - center.y) * scale))
    setting.kernels.coordinates(self.y.base, down, low: 0, high: Float(height - 1), count: setting.paddedWidth)
  }
}
