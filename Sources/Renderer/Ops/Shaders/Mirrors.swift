import KernelTable
import SceneLang

extension ShaderOp {
  static let mirrorH = ShaderOp(
    declaration: OpDeclaration(
      .shader, "mirror_h", "The left half mirrored to the right.", facts: .init(access: .row),
      cautions: [.scramblesText], example: "mirror_h"),
    implementation: .row { MirrorRight($0) })

  static let mirrorV = ShaderOp(
    declaration: OpDeclaration(
      .shader, "mirror_v", "The upper half mirrored to the lower.", facts: .init(access: .warp),
      cautions: [.scramblesText], example: "mirror_v"),
    implementation: .row { MirrorDown($0, across: nil) })

  static let mirrorQuad = ShaderOp(
    declaration: OpDeclaration(
      .shader, "mirror_quad", "The upper left quarter mirrored to the three others.", facts: .init(access: .warp),
      cautions: [.scramblesText], example: "mirror_quad"),
    implementation: .row { MirrorDown($0, across: MirrorRight($0)) })
}

/// Copies the first half of a row to the second, reversed; a middle pixel stays.
final class MirrorRight: RowShader {
  private let setting: ShaderSetting

  init(_ setting: ShaderSetting) { self.setting = setting }

  func begin(_ arguments: ShaderArguments, frame: Int) -> Bool { true }

  func shade(row y: Int, from source: PixelRow, to out: PixelRow) {
    let half = setting.width / 2
    out.copy(from: source, count: setting.width - half)
    for channel in PixelRow.channels {
      setting.kernels.reverse(out[channel] + (setting.width - half), source[channel], count: half)
    }
  }
}

/// Copies the first half of the rows to the second, last row first; a middle row stays.
final class MirrorDown: PictureReader {
  var picture: Picture?
  private let setting: ShaderSetting
  /// What becomes of the rows as well.
  private let across: MirrorRight?

  init(_ setting: ShaderSetting, across: MirrorRight?) {
    self.setting = setting
    self.across = across
  }

  func begin(_ arguments: ShaderArguments, frame: Int) -> Bool { true }

  func shade(row y: Int, from _: PixelRow, to out: PixelRow) {
    let row = pictureRow(min(y, setting.height - 1 - y))
    if let across {
      across.shade(row: y, from: row, to: out)
    } else {
      out.copy(from: row, count: setting.width)
    }
  }
}
