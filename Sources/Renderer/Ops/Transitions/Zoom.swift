import SceneLang

extension TransitionOp {
  static let zoom = TransitionOp(
    "zoom", "The old picture flies past the viewer and fades, and the new one is behind it.",
    parameters: [
      ParameterDeclaration(
        "scale", default: "3", in: 1...20, rate: .frame, "How large the old picture is when it is gone.")
    ], example: "transition: {zoom: {duration: 0.6s, ease: in_cubic}}"
  ) { Zoom($0) }
}

/// The old picture about its middle at 1 … scale, by the nearest pixel, mixed with the new one by progress.
final class Zoom: PictureTransition {
  private let setting: TransitionSetting
  private var share: UInt8 = 0
  /// How many pixels of the old picture a pixel shows.
  private var step = 1.0
  private var columns: [Int]
  private let moved: PixelRowBuffer

  init(_ setting: TransitionSetting) {
    self.setting = setting
    columns = Array(0..<setting.width)
    moved = PixelRowBuffer(width: setting.width)
  }

  func begin(progress: Double, _ arguments: ShaderArguments, frame: Int) {
    share = UInt8(clampingUnit: progress)
    step = 1 / (1 + (arguments.number(1) - 1) * progress)
    columns = (0..<setting.width).map { place($0, of: setting.width) }
  }

  func row(_ y: Int, from old: Picture, to new: Picture, into out: PixelRow) {
    let (source, target) = (old.pixelRow(place(y, of: setting.height)), new.pixelRow(y))
    for channel in PixelRow.channels {
      let (from, to) = (source[channel], moved.row[channel])
      for x in 0..<setting.width { to[x] = from[columns[x]] }
      setting.kernels.interpolate(out[channel], from: to, to: target[channel], constant: share, count: setting.width)
    }
  }

  /// The nearest pixel of the old picture; inside for every step up to 1.
  private func place(_ index: Int, of count: Int) -> Int {
    let middle = Double(count) / 2
    return Int(ScalarMath.floor(middle + (Double(index) + 0.5 - middle) * step))
  }
}
