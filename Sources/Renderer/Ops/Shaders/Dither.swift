import KernelTable
import SceneLang

extension ShaderOp {
  static let dither = ShaderOp(
    declaration: OpDeclaration(
      .shader, "dither", "Leaves few levels per channel, in the pattern of an old screen.",
      parameters: [
        .init("levels", .integer, default: "4", in: 2...256, .plain, "How many levels are left."),
        .init("size", default: "2px", in: 0...0.25, .length, "The size of a dot."),
      ],
      facts: .init(access: .pointwise), example: "dither: {levels: 2, size: 3px}"),
    implementation: .row { Dither($0) })
}

/// Ordered dithering: level · (n − 1) plus a threshold of Bayer's matrix of 8 × 8 (B. E. Bayer, ICC 1973), rounded down.
final class Dither: RowShader {
  private let setting: ShaderSetting
  private var steps = 0
  private var size = 0
  /// The levels that are left, by number.
  private var table = [UInt8](repeating: 0, count: 256)
  /// The thresholds of the eight rows of dots.
  private let thresholds: [AlignedBuffer<UInt8>]
  private let quantized: AlignedBuffer<UInt8>

  init(_ setting: ShaderSetting) {
    self.setting = setting
    thresholds = (0..<8).map { _ in AlignedBuffer(count: setting.paddedWidth) }
    quantized = AlignedBuffer(count: setting.paddedWidth)
  }

  func begin(_ arguments: ShaderArguments, frame: Int) -> Bool {
    let steps = arguments.integer(0) - 1
    let size = max(1, setting.pixels(arguments.number(1)))
    if steps != self.steps {
      self.steps = steps
      for step in 0...steps { table[step] = UInt8((step * 510 / steps + 1) / 2) }
    }
    if size != self.size {
      self.size = size
      for (row, buffer) in thresholds.enumerated() {
        for x in 0..<setting.width { buffer.base[x] = Self.threshold(x / size & 7, row) }
      }
    }
    return steps < 255
  }

  func shade(row y: Int, from source: PixelRow, to out: PixelRow) {
    let row = thresholds[y / size & 7].base
    for channel in PixelRow.channels {
      setting.kernels.dither(
        quantized.base, source[channel], thresholds: row, steps: UInt16(steps), count: setting.width)
      setting.kernels.lookup(out[channel], quantized.base, table: table, count: setting.width)
    }
  }

  /// (2m + 1) / 128 of 255, where m is the rank.
  private static func threshold(_ x: Int, _ y: Int) -> UInt8 { UInt8((2 * rank(x, y) + 1) * 255 / 128) }

  /// The number 0…63 of a place of the matrix: the bits of x ^ y and of y in turn, the lowest first. Both are 0…7.
  static func rank(_ x: Int, _ y: Int) -> Int {
    let odd = x ^ y
    var m = 0
    for bit in 0..<3 { m = m << 2 | (odd >> bit & 1) << 1 | y >> bit & 1 }
    return m
  }
}
