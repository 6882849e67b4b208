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
          "`wide`: three Gaussians of 6, 24 and 80 px in linear light; bright grounds are left alone. `small`: three boxes of 12 px."
        ),
      ],
      facts: .init(access: .global), example: "bloom: {threshold: 0.5, strength: 0.3}"),
    implementation: .row { Bloom($0) }, keeps: GlowPyramid.self)
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
    return glow.begin(threshold: arguments.number(0), strength: arguments.number(1))
  }

  var reach: Int? { glow?.reach }
  func beginGathering() { glow?.beginGathering() }
  func endShading() { glow?.endShading() }
  func gather(row y: Int, _ source: PixelRow) { glow?.gather(row: y, source) }
  func finishGathering() { glow?.finishGathering() }
  func shade(row y: Int, from source: PixelRow, to out: PixelRow) { glow?.shade(row: y, from: source, to: out) }
}
