import KernelTable
import SceneLang

extension ShaderOp {
  static let vignette = ShaderOp(
    declaration: OpDeclaration(
      .shader, "vignette", "Darkens towards the corners: × max(0.15, 1 − strength · r²), r = 1 in the corner.",
      parameters: [
        .init("strength", default: "0.22", in: 0...1, usual: 0...0.45, .plain, "How much darker the corners are.")
      ],
      facts: .init(access: .pointwise), example: "vignette: 0.18"),
    implementation: .row { Vignette($0) })
}

/// Multiplies by 1 − s·r², at least 0.15. The square, rather than the catalogue's r or LOOK's r^2.2: it leaves the middle
/// alone as r^2.2 does, and is a sum over x and y, so that a row needs one subtraction per pixel and no map of the frame.
final class Vignette: RowShader {
  private let setting: ShaderSetting
  private var strength = 0.0
  /// 32768 · s·x² of every column.
  private let slope: AlignedBuffer<UInt16>
  private let gain: AlignedBuffer<UInt16>

  init(_ setting: ShaderSetting) {
    self.setting = setting
    slope = AlignedBuffer(count: setting.paddedWidth)
    gain = AlignedBuffer(count: setting.paddedWidth)
  }

  func begin(_ arguments: ShaderArguments, frame: Int) -> Bool {
    let strength = arguments.number(0)
    guard strength > 0 else { return false }
    if strength != self.strength {
      self.strength = strength
      for x in 0..<setting.width { slope.base[x] = drop(x, setting.width) }
    }
    return true
  }

  func shade(row y: Int, from source: PixelRow, to out: PixelRow) {
    setting.kernels.falloff(
      gain.base, slope: slope.base, start: 32768 - drop(y, setting.height), floor: 4915, count: setting.paddedWidth)
    for channel in PixelRow.channels {
      setting.kernels.attenuate(out[channel], source[channel], gain: gain.base, count: setting.paddedWidth)
    }
  }

  /// The share of a coordinate in 32768 · s·r²: distances from the centre in half pixels, over the squared half diagonal.
  private func drop(_ position: Int, _ size: Int) -> UInt16 {
    let distance = 2 * position + 1 - size
    let diagonal = setting.width * setting.width + setting.height * setting.height
    return UInt16(min(1, strength * Double(distance * distance) / Double(diagonal)) * 32768 + 0.5)
  }
}
