import KernelTable
import SceneLang

extension ShaderOp {
  static let bloom = ShaderOp(
    declaration: OpDeclaration(
      .shader, "bloom", "Lets bright pixels glow.",
      parameters: [
        .init(
          "threshold", aliases: ["thr"], default: "0.51", in: 0...1, .plain,
          "What glows: linear light of the brightest channel, in a soft knee of ±0.25 (wide); each channel's level (small)."
        ),
        .init(
          "strength", default: "0.36", in: 0...4, .plain, "How much light is added: × 2.2 (wide) or × 1.4 (small)."),
        .init(
          "radius", .choice, default: "wide", rate: .constant, choices: ["wide", "small"],
          "`wide`: three Gaussians of 6, 24 and 80 px in linear light. `small`: three boxes of 12 px."),
      ],
      facts: .init(access: .global), example: "bloom: {threshold: 0.5, strength: 0.3}"),
    implementation: .row { Bloom($0) })
}

/// Gathers the bright light in blocks of 4 × 4 pixels, blurs it, and adds it to the picture.
final class Bloom: PictureShader {
  private let setting: ShaderSetting
  private var glow: (any Glow)?

  init(_ setting: ShaderSetting) { self.setting = setting }

  func begin(_ arguments: ShaderArguments, frame: Int) -> Bool {
    // The choice is constant, so the glow is made once.
    let glow = self.glow ?? (arguments.choice(2) == "wide" ? WideGlow(setting) : SmallGlow(setting))
    self.glow = glow
    return glow.begin(threshold: min(max(arguments.number(0), 0), 1), strength: max(arguments.number(1), 0))
  }

  func gather(row y: Int, _ source: PixelRow) { glow?.gather(row: y, source) }
  func finishGathering() { glow?.finishGathering() }
  func shade(row y: Int, from source: PixelRow, to out: PixelRow) { glow?.shade(row: y, from: source, to: out) }
}

/// How bloom finds, blurs and adds light. Blocks of pixels at the right and the lower edge repeat the last pixels.
protocol Glow: AnyObject {
  /// Takes a frame's arguments, both limited to their ranges. Returns false if no level can change.
  func begin(threshold: Double, strength: Double) -> Bool
  func gather(row y: Int, _ source: PixelRow)
  func finishGathering()
  func shade(row y: Int, from source: PixelRow, to out: PixelRow)
}

/// Where a pixel row lies between rows of blocks, whose centres are at 1.5, 5.5, 9.5 …
struct BlockPosition {
  /// The rows of blocks above and below; the same one at an edge of the picture.
  let upper: Int
  let lower: Int
  /// Share of the lower row: 1, 3, 5 or 7.
  let eighths: Int

  init(row y: Int, blocks: Int) {
    let position = 2 * y - 3
    eighths = position & 7
    upper = max(position >> 3, 0)
    lower = min((position >> 3) + 1, blocks - 1)
  }
}

extension ShaderSetting {
  /// How many lines of its row of blocks a pixel row stands for: the last row also for those below the picture.
  func blockLines(row y: Int) -> Int { y == height - 1 ? 4 - y % 4 : 1 }
}

extension PixelRow {
  /// Repeats the last pixel in the padding, so that the last block of four pixels is whole.
  func repeatLastPixel(width: Int) {
    for x in width..<((width + 3) & ~3) {
      for channel in PixelRow.channels { self[channel][x] = self[channel][width - 1] }
    }
  }
}
