import KernelTable
import SceneLang

extension ShaderOp {
  static let grain = ShaderOp(
    declaration: OpDeclaration(
      .shader, "grain", "Adds grey noise that changes with every frame, in dots of 2 px.",
      parameters: [
        .init(
          "amount", aliases: ["amt"], default: "0.04 * (0.5 + 0.8 * rms)", in: 0...1, .plain,
          "The largest change of a level.")
      ],
      facts: .init(access: .pointwise, variesByFrame: true, readsKey: true), example: "grain: 0.02"),
    implementation: .row { Grain($0) })
}

/// Noise of dots of 2 × 2 pixels (of a picture whose shorter side is 1080), a hash of seed, frame and position.
final class Grain: RowShader {
  private let setting: ShaderSetting
  private let size: Int
  private var amount: UInt16 = 0
  private var frame = 0
  /// The row of dots in `noise`.
  private var dotRow = -1
  private let noise: AlignedBuffer<Int16>

  init(_ setting: ShaderSetting) {
    self.setting = setting
    size = max(1, setting.pixels(2.0 / 1080))
    noise = AlignedBuffer(count: setting.paddedWidth + size)
  }

  func begin(_ arguments: ShaderArguments, frame: Int) -> Bool {
    amount = UInt16(arguments.number(0) * 65280 + 0.5)
    self.frame = frame
    dotRow = -1
    return amount > 0
  }

  func shade(row y: Int, from source: PixelRow, to out: PixelRow) {
    if y / size != dotRow {
      dotRow = y / size
      setting.kernels.noise(
        noise.base, key: CellHash.key(seed: setting.seed, frame: frame, row: dotRow), amount: amount, size: size,
        count: setting.paddedWidth)
    }
    for channel in PixelRow.channels {
      setting.kernels.addNoise(out[channel], source[channel], noise: noise.base, count: setting.paddedWidth)
    }
  }
}
