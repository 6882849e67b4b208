import Glibc
import KernelTable
import SceneLang

/// Mask × opacity of a group over its pixels: a share per cell of the mask's grid, as a layer's own mask is.
final class GroupMask {
  private let evaluator: LayerEvaluator?
  /// In place of cells, where the mask is read at pixels.
  private let pixelMask: PixelMask?
  private let geometry: GridGeometry
  private let kernels: any PixelKernels.Type
  private let paddedWidth: Int
  /// Shares of the cells, `stride` apart, 0…255.
  private let cells: AlignedBuffer<UInt8>
  private let stride: Int
  private let pixels: PixelRowBuffer
  private var spreadRow = -1

  init(_ layer: Layer, in segment: SegmentGraph, geometry: GridGeometry, _ frame: FrameSetting) {
    self.geometry = geometry
    kernels = frame.kernels.pixel
    let isOfPixels = layer.maskPlace == .pixels
    pixelMask = (isOfPixels ? layer.mask : nil).map {
      PixelMask(
        $0, in: segment, simulations: frame.simulations, width: frame.width, height: frame.height,
        kernels: frame.kernels)
    }
    evaluator = (isOfPixels ? nil : layer.mask).map {
      LayerEvaluator(
        segment: segment, value: nil, outputs: [$0], geometry: geometry,
        sources: LayerSources(simulations: frame.simulations), kernels: frame.kernels.field)
    }
    paddedWidth = PixelRow.padded(frame.width)
    stride = PixelRow.padded(geometry.columns)
    cells = AlignedBuffer(count: stride * geometry.rows)
    let overflow = max(0, -geometry.originX, geometry.originX + geometry.columns * geometry.cellWidth - frame.width)
    pixels = PixelRowBuffer(width: frame.width, margin: overflow + 32)
  }

  func fill(_ context: FrameContext, opacity: Double) {
    spreadRow = -1
    memset(pixels.row.green, Int32(UInt8(clampingUnit: opacity)), paddedWidth)
    pixelMask?.begin(context)
    guard let evaluator else { return }
    evaluator.begin(context)
    for row in 0..<geometry.rows {
      _ = kernels.coverage(
        cells.base + row * stride, mask: evaluator.row(row)[0], opacity: Float(opacity), count: geometry.columns)
    }
  }

  /// The shares of pixel row `y`; the margins have those of the nearest cells.
  func row(_ y: Int) -> Bytes {
    if let pixelMask { return pixelMask.cut(Bytes(pixels.row.green), by: pixelMask.row(y)) }
    guard evaluator != nil else { return Bytes(pixels.row.green) }
    let row = min(max((y - geometry.originY) / geometry.cellHeight, 0), geometry.rows - 1)
    if row != spreadRow {
      spreadRow = row
      geometry.spread(cells.base + row * stride, over: pixels.row.red, paddedWidth: paddedWidth, kernels)
    }
    return Bytes(pixels.row.red)
  }
}

extension GridGeometry {
  /// Cells over their pixels and `right` pixels beside them, the first and the last cell over the margins beside them.
  func spread(
    _ cells: Bytes, over row: MutableBytes, right: Int = 0, paddedWidth: Int, _ kernels: any PixelKernels.Type
  ) {
    let originX = originX + right
    kernels.spread(row + originX, cells: cells, columns: columns, cellWidth: cellWidth)
    let end = originX + columns * cellWidth
    if originX > 0 { memset(row, Int32(cells[0]), originX) }
    if end < paddedWidth { memset(row + end, Int32(cells[columns - 1]), paddedWidth - end) }
  }
}
