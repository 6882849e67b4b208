import SceneLang

extension TransitionOp {
  static let dip = TransitionOp(
    "dip", aliases: ["dip_to_color"], "The old picture fades into a colour, and that into the new picture.",
    parameters: [ParameterDeclaration("color", .color, default: "#000000", rate: .frame, "The colour in the middle.")],
    example: "transition: {dip: {duration: 1s, color: \"#ffffff\"}}"
  ) { Dip($0) }
}

/// Old to colour in the first half, colour to new in the second.
final class Dip: PictureTransition {
  private let setting: TransitionSetting
  private var progress = 0.0
  private let color: PixelRowBuffer
  /// The colour covers all.
  private let full: PixelRowBuffer

  init(_ setting: TransitionSetting) {
    self.setting = setting
    color = PixelRowBuffer(width: setting.width)
    full = PixelRowBuffer(width: setting.width)
    for channel in PixelRow.channels { full.row[channel].update(repeating: 255, count: setting.width) }
  }

  func begin(progress: Double, _ arguments: ShaderArguments, frame: Int) {
    self.progress = progress
    for (channel, level) in zip(PixelRow.channels, arguments.color(1)) {
      color.row[channel].update(repeating: UInt8(clampingUnit: level), count: setting.width)
    }
  }

  func row(_ y: Int, from old: Picture, to new: Picture, into out: PixelRow) {
    mix(y, old, new, color.row, into: out)
  }

  func coverage(_ y: Int, from old: Picture, to new: Picture, into out: PixelRow) {
    mix(y, old, new, full.row, into: out)
  }

  private func mix(_ y: Int, _ old: Picture, _ new: Picture, _ color: PixelRow, into out: PixelRow) {
    let source = progress < 0.5 ? old.pixelRow(y) : new.pixelRow(y)
    let share = UInt8(clampingUnit: progress < 0.5 ? 2 * progress : 2 - 2 * progress)
    for channel in PixelRow.channels {
      setting.kernels.interpolate(
        out[channel], from: source[channel], to: color[channel], constant: share, count: setting.width)
    }
  }
}
