import SceneLang

extension TransitionOp {
  static let cellCrossfade = TransitionOp(
    "cell_crossfade",
    "Each character gives way to the new one at a moment of its own, while the colors go over evenly.",
    parameters: [
      ParameterDeclaration(
        "size", default: "16px", in: 0.002...1, .length, rate: .constant, "The size of the characters, as of `grid:`.")
    ], example: "transition: {cell_crossfade: {duration: 1s, size: 16px}}"
  ) { CellCrossfade($0) }
}

/// A cell shows the old pixels until progress passes its threshold, then the new ones. Its mean color goes from that of the
/// old cell to that of the new one, by progress: pixels are multiplied by what is wanted over what is there, at most by 4.
///
/// Cells are 0.6 of their height wide. Thresholds are fixed for the whole transition (CATALOGUE X-17).
final class CellCrossfade: PictureTransition {
  private let setting: TransitionSetting
  private var progress = 0.0
  private var width = 1
  private var height = 1
  /// The cells of `cellRow`: whether the new picture is seen, and the gain of each channel in 1/256.
  private var cellRow = -1
  private var isNew: [Bool] = []
  private var gains: [[Int]] = [[], [], []]

  init(_ setting: TransitionSetting) { self.setting = setting }

  func begin(progress: Double, _ arguments: ShaderArguments, frame: Int) {
    self.progress = progress
    let size = arguments.number(1) * Double(min(setting.width, setting.height))
    height = max(1, Int(size + 0.5))
    width = max(1, Int(0.6 * size + 0.5))
    cellRow = -1
  }

  func row(_ y: Int, from old: Picture, to new: Picture, into out: PixelRow) {
    if y / height != cellRow { measure(y / height, old, new) }
    write(y, old, new, out) { column, channel, level in min(255, (level * gains[channel][column] + 128) >> 8) }
  }

  /// What is covered goes with the characters.
  func coverage(_ y: Int, from old: Picture, to new: Picture, into out: PixelRow) {
    write(y, old, new, out) { _, _, level in level }
  }

  private func write(
    _ y: Int, _ old: Picture, _ new: Picture, _ out: PixelRow, level: (_ column: Int, _ channel: Int, Int) -> Int
  ) {
    let (a, b) = (old.pixelRow(y), new.pixelRow(y))
    for channel in PixelRow.channels {
      let target = out[channel]
      for column in isNew.indices {
        let source = isNew[column] ? b[channel] : a[channel]
        for x in column * width..<min((column + 1) * width, setting.width) {
          target[x] = UInt8(level(column, channel, Int(source[x])))
        }
      }
    }
  }

  private func measure(_ row: Int, _ old: Picture, _ new: Picture) {
    cellRow = row
    let columns = (setting.width + width - 1) / width
    isNew = (0..<columns).map { progress > 0 && TransitionOp.threshold($0, row, setting.seed) < progress }
    for channel in PixelRow.channels {
      gains[channel] = (0..<columns).map { column in
        let (before, after) = (sum(old, row, column, channel), sum(new, row, column, channel))
        let shown = Double(isNew[column] ? after : before)
        let wanted = (1 - progress) * Double(before) + progress * Double(after)
        return shown > 0 ? Int(min(wanted / shown, 4) * 256 + 0.5) : 256
      }
    }
  }

  /// Of a cell's levels.
  private func sum(_ picture: Picture, _ row: Int, _ column: Int, _ channel: Int) -> Int {
    var sum = 0
    for y in row * height..<min((row + 1) * height, setting.height) {
      let levels = picture.row(y, plane: channel)
      for x in column * width..<min((column + 1) * width, setting.width) { sum += Int(levels[x]) }
    }
    return sum
  }
}
