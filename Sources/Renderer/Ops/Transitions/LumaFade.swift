import SceneLang

extension TransitionOp {
  static let lumaFade = TransitionOp(
    "luma_fade", "The new picture comes in where it is bright, or dark, first.",
    parameters: [
      ParameterDeclaration(
        "first", .choice, default: "bright", choices: ["bright", "dark"], "Which parts of the new picture come first."),
      ParameterDeclaration(
        "softness", default: "0.25", in: 0...1, rate: .frame, "How many levels are between the pictures at a time."),
    ], example: "transition: {luma_fade: 1s}"
  ) { LumaFade($0) }
}

/// A front that goes through the levels of the new picture's BT.709 luma.
final class LumaFade: PictureTransition {
  private let setting: TransitionSetting
  /// How much of the new picture is seen, by luma.
  private var shares = [UInt8](repeating: 0, count: 256)
  private let mask: AlignedBuffer<UInt8>

  init(_ setting: TransitionSetting) {
    self.setting = setting
    mask = AlignedBuffer(count: PixelRow.padded(setting.width))
  }

  func begin(progress: Double, _ arguments: ShaderArguments, frame: Int) {
    let (isBright, softness) = (arguments.choice(1) == "bright", arguments.number(2))
    // The front starts before the first level and ends behind the last, so that both ends are whole pictures.
    let reach = progress * (1 + softness)
    shares = (0..<256).map { level in
      let place = Double(isBright ? 255 - level : level) / 255
      return progress >= 1 ? 255 : UInt8(clampingUnit: (reach - place) / max(softness, 1e-6))
    }
  }

  func row(_ y: Int, from old: Picture, to new: Picture, into out: PixelRow) {
    let (a, b) = (old.pixelRow(y), new.pixelRow(y))
    for x in 0..<setting.width {
      // BT.709 in 65536ths: 0.2126, 0.7152, 0.0722.
      let luma = 13933 * Int(b.red[x]) + 46871 * Int(b.green[x]) + 4732 * Int(b.blue[x])
      mask.base[x] = shares[(luma + 32768) >> 16]
    }
    mix(a, b, into: out)
  }

  /// By the luma of the colors that were written before.
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
