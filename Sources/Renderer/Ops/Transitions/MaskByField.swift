import SceneLang

extension TransitionOp {
  static let mask = TransitionOp(
    "mask", "The new picture comes in where a field of the scene is low first, and last where it is high.",
    parameters: [
      ParameterDeclaration(
        "field", .field, default: nil, rate: .pixel,
        "Read at every pixel, on the clock of the new segment: where it is 0 the new picture comes at once, where it is 1 "
          + "at the end."),
      .softness,
    ], example: "transition: {mask: {field: fbm, duration: 1s, softness: 0.1}}"
  ) { MaskByField($0) }
}

/// A front that goes through the values of a field.
final class MaskByField: FieldTransition {
  var field: PixelField?
  private let setting: TransitionSetting
  private let mask: AlignedBuffer<UInt8>
  private var progress = 0.0
  private var softness = 0.0

  init(_ setting: TransitionSetting) {
    self.setting = setting
    mask = AlignedBuffer(count: PixelRow.padded(setting.width))
  }

  func begin(progress: Double, _ arguments: ShaderArguments, frame: Int) {
    (self.progress, softness) = (progress, arguments.number(2))
  }

  func row(_ y: Int, from old: Picture, to new: Picture, into out: PixelRow) {
    guard let field else { preconditionFailure("a row before its field is known") }
    let places = field.row(y)
    // The front starts before the first place and ends behind the last, so that both ends are whole pictures.
    let reach = progress * (1 + softness)
    for x in 0..<setting.width {
      let place = min(max(Double(places[x]), 0), 1)
      mask.base[x] = progress >= 1 ? 255 : UInt8(clampingUnit: (reach - place) / max(softness, 1e-6))
    }
    mix(old.pixelRow(y), new.pixelRow(y), into: out)
  }

  /// By the mask of the colors that were written before.
  func coverage(_ y: Int, from old: Picture, to new: Picture, into out: PixelRow) {
    mix(old.pixelRow(y), new.pixelRow(y), into: out)
  }

  private func mix(_ a: PixelRow, _ b: PixelRow, into out: PixelRow) {
    for channel in PixelRow.channels {
      setting.kernels.interpolate(
        out[channel], from: a[channel], to: b[channel], alpha: mask.base, count: setting.width)
    }
  }
}
