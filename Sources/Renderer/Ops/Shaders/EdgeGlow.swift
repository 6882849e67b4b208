import KernelTable
import SceneLang

extension ShaderOp {
  static let edgeGlow = ShaderOp(
    declaration: OpDeclaration(
      .shader, "edge_glow", "Adds colored light along edges.",
      parameters: [
        .init("hue", default: "0.5", .plain, "Of the light, in turns; its saturation is 0.8."),
        .init("strength", default: "0.5", in: 0...1, .plain, "The light of a hard edge."),
      ],
      facts: .init(access: .stencil(radius: 1)), example: "edge_glow: {hue: 0.08, strength: 0.7}"),
    implementation: .row { EdgeGlow($0) })
}

/// c + strength · e · HSV(hue, 0.8, 1), where e = min(1, 2·|∇|) and ∇ are the differences of luma between the neighbours on
/// both sides; the edge of the picture is repeated.
final class EdgeGlow: PictureReader {
  var picture: Picture?
  private let setting: ShaderSetting
  private var gains: [Float] = []
  /// Luma rows by y modulo 3, with a repeated pixel on either side, and the rows that they hold.
  private let luminance: [AlignedBuffer<UInt8>]
  private var rows = [-1, -1, -1]
  private let edges: AlignedBuffer<Float>

  init(_ setting: ShaderSetting) {
    self.setting = setting
    luminance = (0..<3).map { _ in AlignedBuffer(count: setting.paddedWidth + 1) }
    edges = AlignedBuffer(count: setting.paddedWidth)
  }

  func begin(_ arguments: ShaderArguments, frame: Int) -> Bool {
    let hue = ScalarMath.fract(arguments.number(0)) * 6
    let strength = arguments.number(1)
    gains = [5.0, 3, 1].map { n in
      let k = ScalarMath.modulo(n + hue, 6)
      return Float(strength * (1 - 0.8 * max(0, min(k, 4 - k, 1))))
    }
    rows = [-1, -1, -1]
    return strength > 0
  }

  func shade(row y: Int, from source: PixelRow, to out: PixelRow) {
    let (above, row, below) = (lumaRow(max(y - 1, 0)), lumaRow(y), lumaRow(min(y + 1, setting.height - 1)))
    let count = setting.width
    setting.kernels.edges(edges.base, above: above, row, below: below, count: count)
    for channel in PixelRow.channels {
      setting.kernels.mix(
        out[channel], source[channel], weight: 1, edges.base, gains[channel], edges.base, 0, count: count)
    }
  }

  private func lumaRow(_ y: Int) -> Bytes {
    let row = luminance[y % 3].base
    if rows[y % 3] != y {
      rows[y % 3] = y
      setting.kernels.luminance(row, pictureRow(y).bytes, count: setting.width)
      row[-1] = row[0]
      row[setting.width] = row[setting.width - 1]
    }
    return Bytes(row)
  }
}
