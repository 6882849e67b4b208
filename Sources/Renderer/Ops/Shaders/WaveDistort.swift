import Glibc
import KernelTable
import SceneLang

extension ShaderOp {
  static let waveDistort = ShaderOp(
    declaration: OpDeclaration(
      .shader, "wave_distort", "Moves rows or columns to and fro by a travelling wave; the picture wraps round.",
      parameters: [
        .init("amount", aliases: ["amp"], default: "8px", in: 0...1, .length, "How far at the crest."),
        .init("wavelength", default: "314px", in: 0.002...64, .length, "From crest to crest."),
        .init("phase", default: "3rad * t", .angle, "Where the wave stands."),
        .init(
          "direction", aliases: ["axis"], .choice, default: "horizontal", rate: .constant,
          choices: ["horizontal", "vertical", "x", "y"],
          "`horizontal` or `x` moves rows to the side, `vertical` or `y` moves columns up and down."),
        .init(
          "freq", default: "0", in: 0...4, .plain,
          "Radians per 1/1080 of the shorter side, in place of `wavelength`; 0 for none."),
      ],
      facts: .init(access: .warp), example: "wave_distort: {amount: 12px, wavelength: 200px}"),
    implementation: .row { WaveDistort($0) })
}

/// Row (or column) k moves by floor(amount · sin(2π·k / wavelength + phase)) pixels.
final class WaveDistort: PictureReader {
  /// Neighbouring columns that move alike.
  private struct Run {
    var columns: Range<Int>
    var shift: Int
  }

  var picture: Picture?
  private let setting: ShaderSetting
  private var isVertical = false
  private var shifts: [Int] = []
  private var runs: [Run] = []

  init(_ setting: ShaderSetting) { self.setting = setting }

  func begin(_ arguments: ShaderArguments, frame: Int) -> Bool {
    let side = Double(setting.shorterSide)
    let amount = arguments.number(0) * side
    let freq = arguments.number(4)
    let step = freq > 0 ? freq * 1080 / side : 2 * Double.pi / (arguments.number(1) * side)
    let phase = arguments.number(2)
    isVertical = ["vertical", "y"].contains(arguments.choice(3))
    let count = isVertical ? setting.width : setting.height
    shifts = (0..<count).map { Int((amount * ScalarMath.sin(Double($0) * step + phase)).rounded(.down)) }
    guard shifts.contains(where: { $0 != 0 }) else { return false }
    runs = []
    if isVertical {
      for (column, shift) in shifts.enumerated() {
        if runs.last?.shift == shift {
          runs[runs.count - 1].columns = runs[runs.count - 1].columns.lowerBound..<(column + 1)
        } else {
          runs.append(Run(columns: column..<(column + 1), shift: shift))
        }
      }
    }
    return true
  }

  func shade(row y: Int, from source: PixelRow, to out: PixelRow) {
    guard isVertical else { return out.roll(from: source, by: shifts[y], width: setting.width) }
    let height = setting.height
    for run in runs {
      let row = pictureRow(((y - run.shift) % height + height) % height)
      let start = run.columns.lowerBound
      for channel in PixelRow.channels { memcpy(out[channel] + start, row[channel] + start, run.columns.count) }
    }
  }
}
