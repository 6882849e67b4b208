import Glibc
import SceneLang

extension TransitionOp {
  private static let direction = ParameterDeclaration(
    "direction", .choice, default: "left", choices: ["left", "right", "up", "down"], "Where the new picture moves.")

  static let push = TransitionOp(
    "push", "The new picture pushes the old one out.", parameters: [direction],
    example: "transition: {push: {duration: 0.6s, direction: up, ease: out_cubic}}"
  ) { Push($0, movesOld: true) }

  static let slide = TransitionOp(
    "slide", "The new picture slides over the old one, which stays.", parameters: [direction],
    example: "transition: {slide: 0.6s}"
  ) { Push($0, movesOld: false) }
}

/// Moves the new picture in by whole pixels, and the old one out before it.
final class Push: PictureTransition {
  private let setting: TransitionSetting
  private let movesOld: Bool
  private var progress = 0.0
  private var direction = ""

  init(_ setting: TransitionSetting, movesOld: Bool) {
    self.setting = setting
    self.movesOld = movesOld
  }

  func begin(progress: Double, _ arguments: ShaderArguments, frame: Int) {
    self.progress = progress
    direction = arguments.choice(1)
  }

  func row(_ y: Int, from old: Picture, to new: Picture, into out: PixelRow) {
    switch direction {
    case "left", "right": across(y, old, new, out)
    default: down(y, old, new, out)
    }
  }

  private func across(_ y: Int, _ old: Picture, _ new: Picture, _ out: PixelRow) {
    let width = setting.width
    let come = Int(progress * Double(width) + 0.5)
    for channel in PixelRow.channels {
      let (a, b) = (old.row(y, plane: channel), new.row(y, plane: channel))
      if direction == "left" {
        // The new picture's left edge stands at width − come.
        memcpy(out[channel], a + (movesOld ? come : 0), width - come)
        memcpy(out[channel] + (width - come), b, come)
      } else {
        memcpy(out[channel], b + (width - come), come)
        memcpy(out[channel] + come, a + (movesOld ? 0 : come), width - come)
      }
    }
  }

  private func down(_ y: Int, _ old: Picture, _ new: Picture, _ out: PixelRow) {
    let height = setting.height
    let come = Int(progress * Double(height) + 0.5)
    let isNew = direction == "up" ? y >= height - come : y < come
    let row: PixelRow
    if isNew {
      row = new.pixelRow(direction == "up" ? y - (height - come) : y + height - come)
    } else {
      let shift = movesOld ? (direction == "up" ? come : -come) : 0
      row = old.pixelRow(y + shift)
    }
    out.copy(from: row, count: setting.width)
  }
}
