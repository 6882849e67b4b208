import Glibc
import KernelTable

extension PixelRow {
  /// Writes `width` bytes of one channel moved to the right by `shift` pixels, of any sign and size; what leaves on one
  /// side comes in on the other.
  static func roll(_ out: MutableBytes, _ source: Bytes, by shift: Int, width: Int) {
    let turned = shift % width
    let start = turned < 0 ? turned + width : turned
    memcpy(out + start, source, width - start)
    memcpy(out, source + (width - start), start)
  }

  /// Writes all channels moved to the right by `shift` pixels.
  func roll(from source: PixelRow, by shift: Int, width: Int) {
    for channel in PixelRow.channels { PixelRow.roll(self[channel], source[channel], by: shift, width: width) }
  }
}
