import KernelTable
import SceneLang

/// A mask read at every pixel instead of every cell, so that edges are as sharp as the picture.
final class PixelMask {
  /// One pixel row of the mask, 0…255, zeros in the padding.
  struct Row {
    var bytes: Bytes
    /// 255 all over.
    var isFull: Bool
    /// 0 all over.
    var isEmpty: Bool
  }

  private let field: PixelField
  private let bytes: AlignedBuffer<UInt8>
  /// What is left of a row of coverage.
  private let product: AlignedBuffer<UInt8>
  private let width: Int
  private let kernels: any PixelKernels.Type
  /// The row that `bytes` has.
  private var last: (y: Int, row: Row)?

  init(
    _ mask: NodeID, in segment: SegmentGraph, simulations: SimulationPlanes?, width: Int, height: Int,
    kernels: KernelSet
  ) {
    field = PixelField(mask, in: segment, simulations: simulations, width: width, height: height, kernels: kernels)
    bytes = AlignedBuffer(count: PixelRow.padded(width))
    product = AlignedBuffer(count: PixelRow.padded(width))
    self.width = width
    self.kernels = kernels.pixel
  }

  /// A new frame.
  func begin(_ context: FrameContext) {
    field.begin(context)
    last = nil
  }

  /// Pixel row `y` of the frame of the last `begin`; valid until the next call.
  func row(_ y: Int) -> Row {
    if let last, last.y == y { return last.row }
    let extremes = kernels.coverage(bytes.base, mask: field.row(y), opacity: 1, count: width)
    let row = Row(bytes: Bytes(bytes.base), isFull: extremes.all == 255, isEmpty: extremes.any == 0)
    last = (y, row)
    return row
  }

  /// A row of coverage times one of the mask; valid until the next call. Precondition: the coverage is padded.
  func cut(_ coverage: Bytes, by row: Row) -> Bytes {
    if row.isFull { return coverage }
    kernels.multiply(product.base, coverage, row.bytes, count: PixelRow.padded(width))
    return Bytes(product.base)
  }
}
