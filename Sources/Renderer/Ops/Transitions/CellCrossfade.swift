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
/// What a channel still lacks is added in proportion to the ink of a pixel, its brightest channel, so that red becomes
/// blue by way of purple; a black cell stays black until the new characters come.
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
  /// What each channel gets of the ink of a pixel, in 1/256.
  private var tints: [[Int]] = [[], [], []]

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
    write(y, old, new, out) { source, x, column, channel in
      let (gain, tint) = (gains[channel][column], tints[channel][column])
      let added = tint > 0 ? tint * Self.ink(source, x) : 0
      return min(255, (Int(source[channel][x]) * gain + added + 128) >> 8)
    }
  }

  /// What is covered goes with the characters.
  func coverage(_ y: Int, from old: Picture, to new: Picture, into out: PixelRow) {
    write(y, old, new, out) { source, x, _, channel in Int(source[channel][x]) }
  }

  /// `level`: what a pixel of the picture that its cell shows becomes.
  private func write(
    _ y: Int, _ old: Picture, _ new: Picture, _ out: PixelRow,
    level: (_ source: PixelRow, _ x: Int, _ column: Int, _ channel: Int) -> Int
  ) {
    let (a, b) = (old.pixelRow(y), new.pixelRow(y))
    for channel in PixelRow.channels {
      let target = out[channel]
      for column in isNew.indices {
        let source = isNew[column] ? b : a
        for x in column * width..<min((column + 1) * width, setting.width) {
          target[x] = UInt8(level(source, x, column, channel))
        }
      }
    }
  }

  private func measure(_ row: Int, _ old: Picture, _ new: Picture) {
    cellRow = row
    let columns = (setting.width + width - 1) / width
    isNew = (0..<columns).map { progress > 0 && TransitionOp.threshold($0, row, setting.seed) < progress }
    let inks = (0..<columns).map { Double(inkSum(isNew[$0] ? new : old, row, $0)) }
    for channel in PixelRow.channels {
      gains[channel] = Array(repeating: 256, count: columns)
      tints[channel] = Array(repeating: 0, count: columns)
      for column in 0..<columns where inks[column] > 0 {
        let (before, after) = (sum(old, row, column, channel), sum(new, row, column, channel))
        let shown = Double(isNew[column] ? after : before)
        let wanted = (1 - progress) * Double(before) + progress * Double(after)
        let gain = shown > 0 ? min(wanted / shown, 4) : 1
        // No channel becomes brighter than 4 times the ink.
        let lacking = min(wanted, 4 * inks[column]) - gain * shown
        gains[channel][column] = Int(gain * 256 + 0.5)
        tints[channel][column] = Int(max(0, lacking / inks[column]) * 256 + 0.5)
      }
    }
  }

  /// The brightest channel of a pixel.
  private static func ink(_ row: PixelRow, _ x: Int) -> Int { Int(max(row.red[x], row.green[x], row.blue[x])) }

  /// Of the ink of a cell's pixels.
  private func inkSum(_ picture: Picture, _ row: Int, _ column: Int) -> Int {
    var sum = 0
    for y in row * height..<min((row + 1) * height, setting.height) {
      let levels = picture.pixelRow(y)
      for x in column * width..<min((column + 1) * width, setting.width) { sum += Self.ink(levels, x) }
    }
    return sum
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
