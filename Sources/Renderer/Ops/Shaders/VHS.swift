import KernelTable
import SceneLang

extension ShaderOp {
  static let vhs = ShaderOp(
    declaration: OpDeclaration(
      .shader, "vhs",
      "A worn tape: colors bleed to the right, rows tremble, the lowest ones are torn away, and all is noisy.",
      parameters: [
        .init("bleed", default: "24px", in: 0...0.25, .length, "How far colors bleed; edges of brightness stay."),
        .init("jitter", default: "2px", in: 0...0.1, .length, "How far a row trembles to either side."),
        .init("tracking", default: "0.05", in: 0...1, .plain, "The share of the rows, from below, that is torn."),
        .init("noise", default: "0.08", in: 0...1, .plain, "The levels by which brightness is wrong at most."),
      ],
      facts: .init(access: .row, variesByFrame: true, readsKey: true), example: "vhs: {tracking: 0.1 * bdecay}"),
    implementation: .row { VHS($0) })
}

/// What recording a picture as brightness and much narrower color does to it; edges are repeated.
///
/// Row y is moved by jitter · (2·u − 1) pixels, and, if it is among the lowest `tracking` of the rows, q of the way down
/// these, by q² · (0.6 + 0.4·u) twelfths of the width more. Then a level is its pixel's BT.709 luma, plus noise · (2·u − 1)
/// for every 8 pixels, plus the mean of (level − luma) over the pixel and those as far as `bleed` to its left. All u are
/// uniform, anew in every frame.
final class VHS: RowShader {
  private let setting: ShaderSetting
  private var bleed = 0
  private var jitter = 0.0
  private var tracking = 0.0
  private var noise = 0.0
  private var random = FrameRandom(seed: 0, frame: 0)
  /// A moved row: luma in 1/65536.
  private var lumas: [Int] = []

  init(_ setting: ShaderSetting) {
    self.setting = setting
    lumas = [Int](repeating: 0, count: setting.width)
  }

  func begin(_ arguments: ShaderArguments, frame: Int) -> Bool {
    bleed = setting.pixels(arguments.number(0))
    jitter = arguments.number(1) * Double(setting.shorterSide)
    tracking = arguments.number(2)
    noise = arguments.number(3)
    random = FrameRandom(seed: setting.seed, frame: frame)
    return bleed > 0 || jitter > 0 || tracking > 0 || noise > 0
  }

  /// How far a row is moved to the right, in pixels.
  private func offset(_ y: Int) -> Int {
    var offset = jitter * (2 * random.unit(y, 0) - 1)
    let height = Double(setting.height)
    let below = (Double(y) + 0.5) / height - (1 - tracking)
    if below > 0 {
      let share = below / tracking
      offset += share * share * (0.6 + 0.4 * random.unit(y, 1)) * Double(setting.width) / 12
    }
    return Int((offset + 0.5).rounded(.down))
  }

  func shade(row y: Int, from source: PixelRow, to out: PixelRow) {
    let (width, offset) = (setting.width, offset(y))
    func place(_ x: Int) -> Int { min(max(x - offset, 0), width - 1) }
    for x in 0..<width {
      let from = place(x)
      // BT.709 in 65536ths.
      lumas[x] = 13933 * Int(source.red[from]) + 46871 * Int(source.green[from]) + 4732 * Int(source.blue[from])
    }
    let count = bleed + 1
    for channel in PixelRow.channels {
      let (levels, target) = (source[channel], out[channel])
      func color(_ x: Int) -> Int { Int(levels[place(x)]) << 16 - lumas[x] }
      var sum = count * color(0)
      var disturbance = 0
      for x in 0..<width {
        if x & 7 == 0 { disturbance = self.disturbance(x >> 3, y) }
        sum += color(x) - color(max(x - count, 0))
        target[x] = UInt8(min(max((lumas[x] + sum / count + disturbance + 32768) >> 16, 0), 255))
      }
    }
  }

  /// Of eight pixels, in 1/65536 of a level.
  private func disturbance(_ column: Int, _ y: Int) -> Int {
    guard noise > 0 else { return 0 }
    return Int(noise * (2 * random.unit(y << 12 | column, 2) - 1) * 255 * 65536)
  }
}
