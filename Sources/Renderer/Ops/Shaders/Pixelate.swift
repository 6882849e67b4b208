import KernelTable
import SceneLang

extension ShaderOp {
  static let pixelate = ShaderOp(
    declaration: OpDeclaration(
      .shader, "pixelate", "Turns the picture into square blocks of one color.",
      parameters: [.init("block", default: "4px", in: 0.0005...1, .length, "The side of a block.")],
      facts: .init(access: .warp), example: "pixelate: 12px"),
    implementation: .row { Pixelate($0) })
}

/// Each block shows the pixel in its middle: the nearest one, not a mean, so that glyphs stay sharp.
final class Pixelate: PictureReader {
  var picture: Picture?
  private let setting: ShaderSetting
  private var block = 1
  /// The row of blocks in `blocks`.
  private var blockRow = -1
  private let blocks: PixelRowBuffer

  init(_ setting: ShaderSetting) {
    self.setting = setting
    blocks = PixelRowBuffer(width: setting.width, margin: setting.width + 16)
  }

  func begin(_ arguments: ShaderArguments, frame: Int) -> Bool {
    block = max(1, setting.pixels(arguments.number(0)))
    blockRow = -1
    return block > 1
  }

  func shade(row y: Int, from _: PixelRow, to out: PixelRow) {
    if y / block != blockRow {
      blockRow = y / block
      spread(pictureRow(min(blockRow * block + block / 2, setting.height - 1)), over: out)
      blocks.row.copy(from: out, count: setting.width)
    } else {
      out.copy(from: blocks.row, count: setting.width)
    }
  }

  private func spread(_ source: PixelRow, over out: PixelRow) {
    for channel in PixelRow.channels {
      var x = 0
      while x < setting.width {
        let level = source[channel][min(x + block / 2, setting.width - 1)]
        (out[channel] + x).update(repeating: level, count: min(block, setting.width - x))
        x += block
      }
    }
  }
}
