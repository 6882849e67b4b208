import Glibc
import SceneLang

extension TransitionOp {
  static let glitchCut = TransitionOp(
    "glitch_cut", "A cut in the middle, round which bands of rows are torn sideways.",
    parameters: [
      ParameterDeclaration("intensity", default: "1", in: 0...4, rate: .frame, "How far the bands are torn.")
    ], example: "transition: {glitch_cut: 0.4s}"
  ) { GlitchCut($0) }
}

/// CATALOGUE 1.17: the pictures swap at the half; while 0.3 < progress < 0.7 bands of rows roll by up to
/// ±(1 − 4 · |progress − 0.5|) · intensity twelfths of the width, anew every frame.
final class GlitchCut: PictureTransition {
  private let setting: TransitionSetting
  private var progress = 0.0
  private var intensity = 0.0
  private var frame = 0

  init(_ setting: TransitionSetting) { self.setting = setting }

  func begin(progress: Double, _ arguments: ShaderArguments, frame: Int) {
    self.progress = progress
    self.frame = frame
    intensity = arguments.number(1) * max(0, 1 - 4 * abs(progress - 0.5))
  }

  func row(_ y: Int, from old: Picture, to new: Picture, into out: PixelRow) {
    let source = progress < 0.5 ? old : new
    let width = setting.width
    let shift = ((offset(y) % width) + width) % width
    for channel in PixelRow.channels {
      let row = source.row(y, plane: channel)
      memcpy(out[channel], row + shift, width - shift)
      memcpy(out[channel] + (width - shift), row, shift)
    }
  }

  /// How far the row's band is rolled: about one band in three is torn.
  private func offset(_ y: Int) -> Int {
    guard progress > 0.3, progress < 0.7 else { return 0 }
    let band = y * 48 / setting.height
    let hash = ContentDigest.of(["\(setting.seed)", "\(frame)", "\(band)"])
    guard hash % 3 == 0 else { return 0 }
    let share = Double(hash >> 11) * 0x1p-53 * 2 - 1
    return Int(share * intensity * Double(setting.width) / 12)
  }
}
