import Glibc
import KernelTable
import SceneLang

extension ShaderOp {
  static let rgbSplitRadial = ShaderOp(
    declaration: OpDeclaration(
      .shader, "rgb_split_radial",
      "Spreads red outwards and draws blue inwards, more towards the corners, as a lens does.",
      parameters: [.init("strength", default: "5px", in: 0...0.5, .length, "How far in the corners.")],
      facts: .init(access: .warp), example: "rgb_split_radial: 8px * bdecay"),
    implementation: .row { RGBSplitRadial($0) }, keeps: InterleavedPicture.self)
}

/// Scales red up and blue down about the centre, so that a corner moves by the strength; edges are repeated.
final class RGBSplitRadial: WarpShader {
  private let setting: ShaderSetting
  let source: WarpSource
  private let sampled: PixelRowBuffer
  /// The strength as a share of the half diagonal.
  private var share = 0.0

  init(_ setting: ShaderSetting) {
    self.setting = setting
    source = WarpSource(setting, isGentle: true)
    sampled = PixelRowBuffer(width: setting.width)
  }

  func begin(_ arguments: ShaderArguments, frame: Int) -> Bool {
    let (width, height) = (Double(setting.width), Double(setting.height))
    let strength = arguments.number(0) * Double(setting.shorterSide)
    share = strength / ((width * width + height * height).squareRoot() / 2)
    return share > 0
  }

  func shade(row y: Int, from row: PixelRow, to out: PixelRow) {
    let center = (x: Double(setting.width) / 2, y: Double(setting.height) / 2)
    source.zoom(row: y, about: center, by: 1 - share)
    source.sample(channel: 0, to: out.red, spare: sampled.row)
    memcpy(out.green, row.green, setting.width)
    source.zoom(row: y, about: center, by: 1 + share)
    source.sample(channel: 2, to: out.blue, spare: sampled.row)
  }
}
