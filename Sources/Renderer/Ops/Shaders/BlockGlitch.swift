import Glibc
import KernelTable
import SceneLang

extension ShaderOp {
  static let blockGlitch = ShaderOp(
    declaration: OpDeclaration(
      .shader, "block_glitch", "Copies random rectangles to random places, other ones in every frame.",
      parameters: [
        .init("count", aliases: ["n_blocks"], .integer, default: "8", in: 0...1000, .plain, "How many rectangles."),
        .init(
          "max_size", default: "40px", in: 0...1, .length,
          "The widest; heights go up to half of it. At least 10 and 5 px."),
      ],
      facts: .init(access: .global, variesByFrame: true, readsKey: true),
      example: "block_glitch: {count: 12, max_size: 120px}"),
    implementation: .row { BlockGlitch($0) })
}

/// Rectangles of the picture as it was before, later ones over earlier ones.
final class BlockGlitch: PictureReader {
  private struct Block {
    var width: Int
    var rows: Range<Int>
    var x: Int
    var sourceX: Int
    var sourceY: Int
  }

  var picture: Picture?
  private let setting: ShaderSetting
  private var blocks: [Block] = []

  init(_ setting: ShaderSetting) { self.setting = setting }

  func begin(_ arguments: ShaderArguments, frame: Int) -> Bool {
    let count = arguments.integer(0)
    let longest = setting.pixels(arguments.number(1))
    let random = FrameRandom(seed: setting.seed, frame: frame)
    /// A random side, from a share of 1080 px to `greatest`, at most that of the picture.
    func side(_ least: Double, _ greatest: Int, of whole: Int, _ block: Int, _ role: Int) -> Int {
      let least = setting.pixels(least / 1080)
      return min(whole, max(1, random.integer(in: least..<max(least, greatest) + 1, block, role)))
    }
    blocks = (0..<count).map { block in
      let width = side(10, longest, of: setting.width, block, 0)
      let height = side(5, longest / 2, of: setting.height, block, 1)
      let columns = 0..<(setting.width - width + 1)
      let rows = 0..<(setting.height - height + 1)
      let y = random.integer(in: rows, block, 2)
      return Block(
        width: width, rows: y..<(y + height), x: random.integer(in: columns, block, 3),
        sourceX: random.integer(in: columns, block, 4), sourceY: random.integer(in: rows, block, 5))
    }
    return count > 0
  }

  func shade(row y: Int, from source: PixelRow, to out: PixelRow) {
    out.copy(from: source, count: setting.width)
    for block in blocks where block.rows.contains(y) {
      let row = pictureRow(block.sourceY + y - block.rows.lowerBound)
      for channel in PixelRow.channels {
        memcpy(out[channel] + block.x, row[channel] + block.sourceX, block.width)
      }
    }
  }
}
