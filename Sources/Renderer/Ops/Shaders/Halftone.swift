import KernelTable
import SceneLang

extension ShaderOp {
  static let halftone = ShaderOp(
    declaration: OpDeclaration(
      .shader, "halftone", "Draws the picture in dots, larger where it is brighter, as a printer does.",
      parameters: [.init("dot_size", default: "6px", in: 0.0018...0.05, .length, "The distance between dots.")],
      facts: .init(access: .global), example: "halftone: 10px"),
    implementation: .row { Halftone($0) })
}

/// A dot in each square of n × n pixels, on black. Its color is the square's mean, brightened until a channel is full, both
/// in whole levels; its radius is that channel's share of n / 2, so that the area carries the tone. Its rim is smooth over
/// one pixel.
final class Halftone: PictureShader {
  /// The largest square, in pixels: the sums of its levels are exact in Float32 (256 · 256 · 255 < 2²⁴).
  private static let largest = 256

  private let setting: ShaderSetting
  private var size = 0
  private var columns = 0
  private let sums: [AlignedBuffer<UInt16>]
  private let totals: AlignedBuffer<Float>
  /// Of every row of squares: levels (the radius), red, green, blue, `columns` bytes each.
  private var squares: [UInt8] = []
  /// From the middle of its square to each pixel, a row for each row of a square.
  private var distances: [AlignedBuffer<Float>] = []
  /// The row of squares in `levels` and `colors`.
  private var squareRow = -1
  private let levels: AlignedBuffer<UInt8>
  private let colors: PixelRowBuffer
  private let dots: AlignedBuffer<UInt8>

  init(_ setting: ShaderSetting) {
    self.setting = setting
    sums = PixelRow.channels.map { _ in AlignedBuffer(count: setting.paddedWidth + Self.largest) }
    totals = AlignedBuffer(count: setting.paddedWidth)
    levels = AlignedBuffer(count: setting.paddedWidth + Self.largest + 16)
    colors = PixelRowBuffer(width: setting.width, margin: Self.largest + 16)
    dots = AlignedBuffer(count: setting.paddedWidth)
  }

  func begin(_ arguments: ShaderArguments, frame: Int) -> Bool {
    let size = min(max(setting.pixels(arguments.number(0)), 2), Self.largest)
    squareRow = -1
    guard size != self.size else { return true }
    self.size = size
    columns = (setting.width + size - 1) / size
    squares = [UInt8](repeating: 0, count: 4 * columns * ((setting.height + size - 1) / size))
    distances = (0..<size).map { line in
      let row = AlignedBuffer<Float>(count: setting.paddedWidth)
      let dy = Double(line) + 0.5 - Double(size) / 2
      for x in 0..<setting.width {
        let dx = Double(x % size) + 0.5 - Double(size) / 2
        row.base[x] = Float((dx * dx + dy * dy).squareRoot())
      }
      return row
    }
    return true
  }

  func gather(row y: Int, _ source: PixelRow) {
    for channel in PixelRow.channels {
      if y % size == 0 { sums[channel].clear() }
      setting.kernels.addRow(sums[channel].base, source[channel], count: setting.width)
    }
    if y % size == size - 1 || y == setting.height - 1 { finishSquares(row: y / size, lines: y % size + 1) }
  }

  func finishGathering() {}

  private func finishSquares(row: Int, lines: Int) {
    let start = 4 * columns * row
    for channel in PixelRow.channels {
      // A scale of 1: whole sums.
      setting.kernels.sumGroups(totals.base, sums[channel].base, size: size, scale: 1, count: columns)
      for column in 0..<columns {
        // The last square may be cut.
        let count = min(size, setting.width - column * size) * lines
        squares[start + (1 + channel) * columns + column] = UInt8((2 * Int(totals.base[column]) + count) / (2 * count))
      }
    }
    for column in 0..<columns {
      let place = start + column
      let color = (1...3).map { Int(squares[place + $0 * columns]) }
      let high = max(color[0], color[1], color[2])
      squares[place] = UInt8(high)
      guard high > 0 else { continue }
      for channel in 1...3 { squares[place + channel * columns] = UInt8((color[channel - 1] * 510 / high + 1) / 2) }
    }
  }

  func shade(row y: Int, from _: PixelRow, to out: PixelRow) {
    if y / size != squareRow {
      squareRow = y / size
      spread()
    }
    setting.kernels.dots(
      dots.base, levels: levels.base, distance: distances[y % size].base, scale: Float(size) / 510, count: setting.width
    )
    for channel in PixelRow.channels {
      setting.kernels.multiply(out[channel], colors.row[channel], dots.base, count: setting.width)
    }
  }

  private func spread() {
    squares.withUnsafeBufferPointer { squares in
      let row = squares.baseAddress! + 4 * columns * squareRow
      setting.kernels.spread(levels.base, cells: row, columns: columns, cellWidth: size)
      for channel in PixelRow.channels {
        setting.kernels.spread(
          colors.row[channel], cells: row + (1 + channel) * columns, columns: columns, cellWidth: size)
      }
    }
  }
}
