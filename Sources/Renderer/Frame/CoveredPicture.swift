import Glibc
import KernelTable

/// A picture with what each pixel of it covers, 0…255: what a transparent output shows. Not `Sendable`: it belongs to one
/// worker.
public final class CoveredPicture {
  /// Premultiplied by the coverage, so that no channel exceeds it; straight after `straighten`.
  public let colors: Picture
  let coverage: CoveragePlane

  /// Empty. Precondition: width and height are at least 1.
  public init(width: Int, height: Int) {
    colors = Picture(width: width, height: height)
    coverage = CoveragePlane(width: width, height: height)
  }

  /// Divides the colors by what they cover; where nothing is covered they are black.
  func straighten(_ kernels: any PixelKernels.Type) {
    let straight = PixelRowBuffer(width: colors.width)
    let count = PixelRow.padded(colors.width)
    for y in 0..<colors.height {
      let row = colors.pixelRow(y)
      for channel in PixelRow.channels {
        kernels.unpremultiply(straight.row[channel], row[channel], alpha: coverage.row(y), count: count)
      }
      row.copy(from: straight.row, count: count)
    }
  }

  /// Writes the colors as red, green and blue of one pixel after the other, and below them the coverage as a grey picture:
  /// width · height · 6 bytes.
  func interleave(into out: UnsafeMutablePointer<UInt8>) {
    colors.interleave(into: out)
    var target = out + 3 * colors.width * colors.height
    for y in 0..<colors.height {
      let row = coverage.row(y)
      for x in 0..<colors.width {
        for channel in 0..<3 { target[3 * x + channel] = row[x] }
      }
      target += 3 * colors.width
    }
  }
}
