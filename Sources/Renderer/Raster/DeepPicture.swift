import KernelTable

/// An RGB picture of 16 bits in three planes with a black border one pixel wide. Not `Sendable`: it belongs to one worker.
final class DeepPicture {
  let width: Int
  let height: Int
  /// Words from one row of a plane to the next.
  let stride: Int
  private let storage: AlignedBuffer<UInt16>
  private let planeStride: Int
  private let lead = 32

  /// A black picture.
  init(width: Int, height: Int) {
    self.width = width
    self.height = height
    // The words between two rows are the right border of one and the left border of the next.
    let stride = PixelRow.padded(width) + 32
    self.stride = stride
    planeStride = stride * (height + 2) + 32
    storage = AlignedBuffer(count: 3 * planeStride)
  }

  /// A row of a plane (0 red, 1 green, 2 blue), −1…height; words −1…width can be read.
  func row(_ y: Int, plane: Int) -> MutableWords { storage.base + plane * planeStride + lead + (y + 1) * stride }

  /// Makes the border black again after kernels wrote whole vectors into row `y`.
  func clearBorder(row y: Int) {
    for plane in PixelRow.channels {
      let row = row(y, plane: plane)
      for x in width..<PixelRow.padded(width) { row[x] = 0 }
    }
  }
}
