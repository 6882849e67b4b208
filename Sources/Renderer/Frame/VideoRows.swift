import KernelTable

/// Writes rows as planar yuv420p, BT.709, limited range: Y, then U, then V, rows without padding.
///
/// Luma is (47·R + 157·G + 16·B + 128) / 256 + 16; chroma comes from sums of 2 × 2 pixels with the coefficients
/// (−103, −347, 450) and (450, −409, −41) in 1/1024. Chroma is sited in the middle of the four pixels, as in MPEG-1.
final class VideoRows {
  /// Bytes of a picture: 1.5 per pixel.
  static func byteCount(width: Int, height: Int) -> Int { width * height * 3 / 2 }

  private let width: Int
  private let height: Int
  private let kernels: any PixelKernels.Type
  private let sums: ChannelRows<UInt16>
  private var upper: PixelRow?

  /// Precondition: width and height are even.
  init(width: Int, height: Int, kernels: any PixelKernels.Type) {
    precondition(width.isMultiple(of: 2) && height.isMultiple(of: 2), "chroma needs even sizes: \(width) × \(height)")
    self.width = width
    self.height = height
    self.kernels = kernels
    sums = ChannelRows(count: width / 2)
  }

  /// Writes row `y`. Rows come in ascending order, and an even row stays readable until the odd one has been written.
  func write(row y: Int, _ row: PixelRow, into out: MutableBytes) {
    kernels.luma(out + y * width, row.red, row.green, row.blue, count: width)
    guard y & 1 == 1 else {
      upper = row
      return
    }
    guard let upper else { preconditionFailure("row \(y) came without the row above") }
    let half = width / 2
    for channel in PixelRow.channels {
      kernels.sumSquares(sums[channel], upper[channel], row[channel], count: half)
    }
    let u = out + width * height + (y / 2) * half
    kernels.chroma(
      u, u + half * (height / 2), red: sums[0], green: sums[1], blue: sums[2], count: half)
  }
}
