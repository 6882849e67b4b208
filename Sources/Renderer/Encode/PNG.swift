import CZlib
import Glibc

/// Writes pictures as PNG (W3C Recommendation, third edition).
public enum PNG {
  /// A PNG file of 8-bit sRGB from three planes of `height` rows, `stride` bytes apart, of `width` bytes.
  ///
  /// Each row is stored as differences from the row above (filter type 2), which suits pictures made of cells, and
  /// deflated at zlib's `level`, 1…9: the fast levels, since stills are made while somebody waits. The same pixels give
  /// the same bytes with the same zlib. Allocates the filtered picture and the file. Precondition: the sides are 1 to
  /// 65 535, and `stride` is at least `width`.
  public static func encode(
    width: Int, height: Int, red: UnsafePointer<UInt8>, green: UnsafePointer<UInt8>, blue: UnsafePointer<UInt8>,
    stride: Int, level: Int32 = 1
  ) -> [UInt8] {
    precondition((1...65_535).contains(width) && (1...65_535).contains(height), "a PNG of \(width)×\(height)")
    precondition(stride >= width && (1...9).contains(level), "a stride of \(stride), level \(level)")
    let filtered = filter(width: width, height: height, planes: (red, green, blue), stride: stride)

    var file: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    // Eight bits a sample, colour type 2 (RGB), deflate, adaptive filtering, not interlaced.
    append("IHDR", bigEndian(width) + bigEndian(height) + [8, 2, 0, 0, 0], to: &file)
    // Perceptual intent.
    append("sRGB", [0], to: &file)
    append("IDAT", deflated(filtered, level: level), to: &file)
    append("IEND", [], to: &file)
    return file
  }

  private static func filter(
    width: Int, height: Int, planes: (UnsafePointer<UInt8>, UnsafePointer<UInt8>, UnsafePointer<UInt8>), stride: Int
  ) -> [UInt8] {
    let rowBytes = 1 + 3 * width
    return [UInt8](unsafeUninitializedCapacity: height * rowBytes) { bytes, count in
      let base = bytes.baseAddress!
      for row in 0..<height {
        let target = base + row * rowBytes
        target[0] = row == 0 ? 0 : 2
        for (channel, plane) in [planes.0, planes.1, planes.2].enumerated() {
          let source = plane + row * stride
          let pixels = target + 1 + channel
          if row == 0 {
            for x in 0..<width { pixels[3 * x] = source[x] }
          } else {
            let above = source - stride
            for x in 0..<width { pixels[3 * x] = source[x] &- above[x] }
          }
        }
      }
      count = height * rowBytes
    }
  }

  private static func deflated(_ bytes: [UInt8], level: Int32) -> [UInt8] {
    let bound = compressBound(uLong(bytes.count))
    return [UInt8](unsafeUninitializedCapacity: Int(bound)) { target, count in
      var size = bound
      let status = compress2(target.baseAddress, &size, bytes, uLong(bytes.count), level)
      // The target is large enough and the level valid, so only memory can have run out.
      precondition(status == Z_OK, "zlib cannot compress: error \(status)")
      count = Int(size)
    }
  }

  private static func append(_ type: StaticString, _ data: [UInt8], to file: inout [UInt8]) {
    file += bigEndian(data.count)
    let start = file.count
    type.withUTF8Buffer { file += $0 }
    file += data
    let checksum = file[start...].withUnsafeBufferPointer { crc32(0, $0.baseAddress, uInt($0.count)) }
    file += bigEndian(Int(checksum))
  }

  private static func bigEndian(_ value: Int) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
  }
}
