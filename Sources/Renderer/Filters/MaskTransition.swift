import SceneLang

/// Mixes two pictures by a mask of one byte per pixel, 255 where the new one is seen.
final class MaskTransition: PictureTransition {
  /// Fills a row of the mask.
  typealias Mask = (_ y: Int, _ mask: UnsafeMutablePointer<UInt8>, MaskTransition) -> Void

  let setting: TransitionSetting
  private(set) var progress = 0.0
  private(set) var arguments = ShaderArguments(values: [])
  private let mask: AlignedBuffer<UInt8>
  private let fill: Mask

  init(_ setting: TransitionSetting, fill: @escaping Mask) {
    self.setting = setting
    self.fill = fill
    mask = AlignedBuffer(count: PixelRow.padded(setting.width))
  }

  func begin(progress: Double, _ arguments: ShaderArguments, frame: Int) {
    self.progress = progress
    self.arguments = arguments
  }

  func row(_ y: Int, from old: Picture, to new: Picture, into out: PixelRow) {
    fill(y, mask.base, self)
    let (a, b) = (old.pixelRow(y), new.pixelRow(y))
    for channel in PixelRow.channels {
      setting.kernels.interpolate(
        out[channel], from: a[channel], to: b[channel], alpha: mask.base, count: setting.width)
    }
  }

  /// The mask of a front that has come to `progress`: places 0…1 behind it are 255, a band of `softness` is between.
  func front(_ place: Double, softness: Double) -> UInt8 {
    // The front starts before the first place and ends behind the last, so that both ends are whole pictures.
    let reach = progress * (1 + softness)
    return UInt8(clampingUnit: (reach - place) / max(softness, 1e-6))
  }
}

extension ParameterDeclaration {
  /// The width of a transition's border.
  static let softness = ParameterDeclaration(
    "softness", default: "0.05", in: 0...1, rate: .frame,
    "Width of the border between the pictures, as a share of the way.")
}
