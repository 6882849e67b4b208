extension TransitionOp {
  static let crossfade = TransitionOp(
    "crossfade", aliases: ["fade", "canvas_crossfade"], "The old picture fades into the new one.",
    example: "transition: {crossfade: 0.5s}"
  ) { Crossfade($0) }
}

/// (1 − progress) · old + progress · new, in 255ths.
final class Crossfade: PictureTransition {
  private let setting: TransitionSetting
  private var share: UInt8 = 0

  init(_ setting: TransitionSetting) { self.setting = setting }

  func begin(progress: Double, _ arguments: ShaderArguments, frame: Int) { share = UInt8(clampingUnit: progress) }

  func row(_ y: Int, from old: Picture, to new: Picture, into out: PixelRow) {
    let (a, b) = (old.pixelRow(y), new.pixelRow(y))
    for channel in PixelRow.channels {
      setting.kernels.interpolate(
        out[channel], from: a[channel], to: b[channel], constant: share, count: setting.width)
    }
  }
}
