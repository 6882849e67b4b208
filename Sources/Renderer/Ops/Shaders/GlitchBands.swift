import KernelTable
import SceneLang

extension ShaderOp {
  static let glitchBands = ShaderOp(
    declaration: OpDeclaration(
      .shader, "glitch_bands", "Moves random bands of rows to the side, other ones in every frame.",
      parameters: [
        .init("count", default: "3 + 10 * bdecay", in: 0...1000, .plain, "How many bands, rounded down."),
        .init("height", default: "(4 + 12 * sub) * 1px", in: 0...1, .length, "The highest band."),
        .init("shift", default: "30px * bdecay", in: 0...1, .length, "How far to either side at most."),
      ],
      facts: .init(access: .row, variesByFrame: true, readsKey: true),
      example: "glitch_bands: {count: 8, shift: 40px * bass}"),
    implementation: .row { GlitchBands($0) })
}

/// Bands of random place, height (at least a row) and shift; the shifts of bands that overlap add up, rows wrap round.
final class GlitchBands: RowShader {
  private let setting: ShaderSetting
  /// By row.
  private var shifts: [Int] = []

  init(_ setting: ShaderSetting) { self.setting = setting }

  func begin(_ arguments: ShaderArguments, frame: Int) -> Bool {
    let count = Int(arguments.number(0))
    let height = max(1, setting.pixels(arguments.number(1)))
    let shift = setting.pixels(arguments.number(2))
    guard count > 0, shift > 0 else { return false }
    let random = FrameRandom(seed: setting.seed, frame: frame)
    shifts = [Int](repeating: 0, count: setting.height)
    for band in 0..<count {
      let start = random.integer(in: 0..<setting.height, band, 0)
      let end = min(start + 1 + random.integer(in: 0..<height, band, 1), setting.height)
      let offset = random.integer(in: -shift..<(shift + 1), band, 2)
      for y in start..<end { shifts[y] += offset }
    }
    return true
  }

  func shade(row y: Int, from source: PixelRow, to out: PixelRow) {
    out.roll(from: source, by: shifts[y], width: setting.width)
  }
}
