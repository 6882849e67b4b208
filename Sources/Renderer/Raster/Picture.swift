import CXXHash
import Glibc
import KernelTable

/// An RGB picture of 8 bits in three planes, each with one row above, three below and 64 bytes after each row that can be
/// read as its border. Not `Sendable`: it belongs to one worker.
public final class Picture {
  public let width: Int
  public let height: Int
  /// Bytes from one row of a plane to the next, at least `width`.
  public let stride: Int
  private let storage: AlignedBuffer<UInt8>

  /// A black picture. Precondition: width and height are at least 1.
  public init(width: Int, height: Int) {
    precondition(width > 0 && height > 0, "a picture has pixels: \(width) × \(height)")
    self.width = width
    self.height = height
    stride = PixelRow.padded(width) + 64
    storage = AlignedBuffer(count: 3 * stride * (height + 4))
  }

  /// One row of a plane (0 red, 1 green, 2 blue), `width` bytes; valid while the picture lives.
  public func row(_ y: Int, plane: Int) -> UnsafeMutablePointer<UInt8> {
    precondition((0..<height).contains(y) && (0..<3).contains(plane), "no row \(y) in plane \(plane)")
    return storage.base + (plane * (height + 4) + y + 1) * stride
  }

  func pixelRow(_ y: Int) -> PixelRow {
    PixelRow(red: row(y, plane: 0), green: row(y, plane: 1), blue: row(y, plane: 2))
  }

  /// Makes the border black again after kernels wrote a little past the ends of rows.
  func clearBorder() {
    for plane in PixelRow.channels {
      for y in 0..<height { memset(row(y, plane: plane) + width, 0, stride - width) }
    }
  }

  /// The mean luma of the pixels (BT.709 on levels, 0…255), and the largest.
  public var brightness: (mean: Double, most: Double) {
    var (sum, most) = (0.0, 0.0)
    for y in 0..<height {
      let row = pixelRow(y)
      for x in 0..<width {
        let luma = 0.2126 * Double(row.red[x]) + 0.7152 * Double(row.green[x]) + 0.0722 * Double(row.blue[x])
        sum += luma
        most = max(most, luma)
      }
    }
    return (sum / Double(width * height), most)
  }

  /// The bytes of a pixel, for tests and measurements.
  public subscript(x: Int, y: Int) -> (red: UInt8, green: UInt8, blue: UInt8) {
    precondition((0..<width).contains(x), "no column \(x)")
    return (row(y, plane: 0)[x], row(y, plane: 1)[x], row(y, plane: 2)[x])
  }

  /// XXH3-128 over the red, the green and the blue plane, rows without padding; 32 hexadecimal digits.
  public var hash: String {
    guard let state = XXH3_createState() else { preconditionFailure("out of memory for a hash state") }
    defer { XXH3_freeState(state) }
    XXH3_128bits_reset(state)
    for plane in 0..<3 {
      for y in 0..<height { XXH3_128bits_update(state, row(y, plane: plane), width) }
    }
    let digest = XXH3_128bits_digest(state)
    return hexadecimal(digest.high64) + hexadecimal(digest.low64)
  }

  private func hexadecimal(_ value: UInt64) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
