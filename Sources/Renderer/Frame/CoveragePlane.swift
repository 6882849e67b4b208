import Glibc
import KernelTable

/// How far each pixel of a canvas is covered, 0…255, in rows of whole vectors.
final class CoveragePlane: RowSource {
  private let storage: AlignedBuffer<UInt8>
  /// Bytes from row to row.
  let stride: Int

  init(width: Int, height: Int) {
    stride = PixelRow.padded(width)
    storage = AlignedBuffer(count: stride * height)
  }

  func row(_ y: Int) -> MutableBytes { storage.base + y * stride }

  /// Makes a row 0 all over.
  func clear(row y: Int) { memset(row(y), 0, stride) }

  // Moved by the shaders that move pixels, it is a grey picture.
  var writeCount: Int { 0 }
  func draw(row y: Int, with pair: RowPair, clock: StageClock?) -> PixelRow { draw(row: y) }
  func draw(row y: Int) -> PixelRow { PixelRow(red: row(y), green: row(y), blue: row(y)) }

  func set(row y: Int, _ levels: Bytes) { memcpy(row(y), levels, stride) }
}
