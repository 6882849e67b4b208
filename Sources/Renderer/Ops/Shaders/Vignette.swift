import KernelTable
import SceneLang

extension ShaderOp {
  static let vignette = ShaderOp(
    declaration: OpDeclaration(
      .shader, "vignette", "Darkens towards the corners: × max(0.15, 1 − strength · r²), r = 1 in the corner.",
      parameters: [
        .init(
          "strength", aliases: ["s"], default: "0.22", in: 0...1, usual: 0...0.45, .plain,
          "How much darker the corners are. 0.45 leaves the middle alone: it darkens as much as 0.25 of a fall by r would."
        )
      ],
      facts: .init(access: .pointwise), example: "vignette: 0.18"),
    implementation: .row { Vignette($0, darkens: .corners) })

  static let reverseVignette = ShaderOp(
    declaration: OpDeclaration(
      .shader, "reverse_vignette", "Darkens the middle, so that words stand out: × max(0.2, 1 − strength · (1 − r²)).",
      parameters: [.init("strength", default: "0.5", in: 0...1, .plain, "How much darker the middle is.")],
      facts: .init(access: .pointwise), example: "reverse_vignette: 0.4"),
    implementation: .row { Vignette($0, darkens: .middle) })
}

/// Multiplies by 1 − s·r², at least 0.15, or by 1 − s·(1 − r²), at least 0.2; r is 1 in the corners.
///
/// The square, rather than the catalogue's r or LOOK's r^2.2: it leaves the middle alone as r^2.2 does, and is a sum over x
/// and y, so that a row needs one subtraction per pixel and no map of the frame. The usual strengths are LOOK's, 0.30 to
/// 0.45; the catalogue's limit of 0.25 is that of its r: the mean of r over 16:9 is 0.55, of r² ⅓, so that 0.25 there
/// takes away as much light as 0.41 here.
final class Vignette: RowShader {
  enum Region { case corners, middle }

  private let setting: ShaderSetting
  private let region: Region
  private var strength = 0.0
  /// 32768 · s·x² of every column; in the middle, what that lacks to the value at the edge.
  private let slope: AlignedBuffer<UInt16>
  private let gain: AlignedBuffer<UInt16>

  init(_ setting: ShaderSetting, darkens region: Region) {
    self.setting = setting
    self.region = region
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
      gain.base, slope: slope.base, start: 32768 - drop(y, setting.height), floor: region == .corners ? 4915 : 6554,
      count: setting.paddedWidth)
    for channel in PixelRow.channels {
      setting.kernels.attenuate(out[channel], source[channel], gain: gain.base, count: setting.paddedWidth)
    }
  }

  /// The share of a coordinate in 32768 · s·r²: distances from the centre in half pixels, over the squared half diagonal.
  private func drop(_ position: Int, _ size: Int) -> UInt16 {
    let distance = 2 * position + 1 - size
    let diagonal = setting.width * setting.width + setting.height * setting.height
    let square = region == .corners ? distance * distance : size * size - distance * distance
    return UInt16(min(1, strength * Double(square) / Double(diagonal)) * 32768 + 0.5)
  }
}
