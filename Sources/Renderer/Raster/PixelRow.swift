import Glibc
import KernelTable

/// The three channels of one pixel row, not owned. Rows are padded to `PixelRow.padded(width)` bytes, so that kernels
/// need no remainder loop.
struct PixelRow {
  var red: MutableBytes
  var green: MutableBytes
  var blue: MutableBytes

  static let channels = 0..<3

  subscript(channel: Int) -> MutableBytes {
    switch channel {
    case 0: red
    case 1: green
    default: blue
    }
  }

  /// A width rounded up to whole vectors of 64 bytes.
  static func padded(_ width: Int) -> Int { (width + 63) & ~63 }

  var bytes: ColorBytes { ColorBytes(red: red, green: green, blue: blue) }
  var mutableBytes: MutableColorBytes { MutableColorBytes(red: red, green: green, blue: blue) }

  /// The row from a column on.
  func dropping(_ columns: Int) -> PixelRow {
    PixelRow(red: red + columns, green: green + columns, blue: blue + columns)
  }

  func copy(from source: PixelRow, count: Int) {
    for channel in PixelRow.channels { memcpy(self[channel], source[channel], count) }
  }
}

/// Owns one pixel row. `margin` more bytes can be written on either side.
final class PixelRowBuffer {
  let row: PixelRow
  private let storage: AlignedBuffer<UInt8>

  init(width: Int, margin: Int = 0) {
    let lead = PixelRow.padded(margin)
    let stride = PixelRow.padded(width) + 2 * lead
    storage = AlignedBuffer(count: 3 * stride)
    let base = storage.base + lead
    row = PixelRow(red: base, green: base + stride, blue: base + 2 * stride)
  }
}
