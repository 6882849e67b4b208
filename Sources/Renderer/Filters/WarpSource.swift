import KernelTable

/// The picture before a warp, read between its pixels, and the coordinates of one row to read it at.
///
/// Coordinates are in 1/256 pixel, 0 the centre of the first pixel. From −1 to 0 and from the last pixel to one after it
/// the picture fades to black; beyond, nothing can be read.
final class WarpSource {
  let setting: ShaderSetting
  /// Where the pixels of the row come from; padded.
  let x: AlignedBuffer<Int32>
  let y: AlignedBuffer<Int32>
  /// The whole picture, set once all rows have been taken.
  var picture: Picture?
  /// Whether its planes are read, and not a copy.
  private let readsPlanes: Bool
  /// The copy, taken for a frame.
  private var interleaved: InterleavedPicture?

  /// `isGentle`: neighbours mostly come from neighbours in the same or the next row.
  init(_ setting: ShaderSetting, isGentle: Bool) {
    self.setting = setting
    x = AlignedBuffer(count: setting.paddedWidth)
    y = AlignedBuffer(count: setting.paddedWidth)
    readsPlanes = isGentle && setting.kernels.prefersPlanes
  }

  func begin() {
    if !readsPlanes { interleaved = setting.scratch.take(setting) }
  }

  func end() { setting.scratch.put(&interleaved) }

  func take(row: Int, _ source: PixelRow) { interleaved?.take(row: row, source) }

  func finish() {
    if readsPlanes { wholePicture.clearBorder() }
  }

  private var wholePicture: Picture {
    guard let picture else { preconditionFailure("reading a picture before it was whole") }
    return picture
  }

  /// Writes the picture at the coordinates.
  func sample(to out: PixelRow) {
    if let interleaved { return interleaved.sample(to: out, x: x.base, y: y.base) }
    setting.kernels.samplePlanes(
      out.mutableBytes, wholePicture.pixelRow(0).bytes, stride: wholePicture.stride, x: x.base, y: y.base,
      count: setting.paddedWidth)
  }

  /// Writes one channel of it; `spare` may be written, too.
  func sample(channel: Int, to out: MutableBytes, spare: PixelRow) {
    if let interleaved {
      interleaved.sample(to: spare, x: x.base, y: y.base)
      out.update(from: spare[channel], count: setting.width)
    } else {
      setting.kernels.samplePlane(
        out, wholePicture.row(0, plane: channel), stride: wholePicture.stride, x: x.base, y: y.base,
        count: setting.paddedWidth)
    }
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

/// A shader that reads the picture before it through a `WarpSource`.
protocol WarpShader: PictureReader {
  var source: WarpSource { get }
}

extension WarpShader {
  var picture: Picture? {
    get { source.picture }
    set { source.picture = newValue }
  }

  func beginGathering() { source.begin() }
  func gather(row y: Int, _ row: PixelRow) { source.take(row: y, row) }
  func finishGathering() { source.finish() }
  func endShading() { source.end() }
}
