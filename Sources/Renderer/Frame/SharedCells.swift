import KernelTable
import SceneLang

/// A group whose layers write into the cells of one grid, of one worker: in order, each glyph replaces what stands in its
/// cell, and blanks let it show. Where a layer covers a cell by a share, it replaces as large a share of such cells, chosen
/// once and for all.
final class SharedCells {
  let layers: FrameLayers
  let compositor: LayerCompositor
  let cells: CellGrid
  /// What the glyphs of its cells are.
  let characters: [Unicode.Scalar]
  private let effects: LayerCellEffects?
  private let mask: LayerEvaluator?
  private let pixelMask: PixelMask?
  private let kernels: any PixelKernels.Type
  /// Added to the glyphs of each layer: where its atlas begins in that of the group.
  private let offsets: [UInt16]

  init(_ group: LayerGroup, of layer: Layer, assets: LayerAssets, keepsCoverage: Bool, _ frame: FrameSetting) {
    let geometry = assets.geometry
    kernels = frame.kernels.pixel
    layers = FrameLayers(group.layers, assets: assets.members, frame)
    cells = CellGrid(columns: geometry.columns, rows: geometry.rows)
    characters = assets.atlas.characters
    effects = LayerCellEffects(
      of: layer, in: frame.segment, cells: cells, assets: assets, simulations: frame.simulations,
      kernels: frame.kernels.field)
    mask = (layer.maskPlace == .cells ? layer.mask : nil).map {
      LayerEvaluator(
        segment: frame.segment, value: nil, outputs: [$0], geometry: geometry,
        sources: LayerSources(simulations: frame.simulations), kernels: frame.kernels.field)
    }
    pixelMask = (layer.maskPlace == .pixels ? layer.mask : nil).map {
      PixelMask(
        $0, in: frame.segment, simulations: frame.simulations, width: frame.width, height: frame.height,
        kernels: frame.kernels)
    }
    compositor = LayerCompositor(
      grid: cells, atlas: assets.atlas, geometry: geometry, blend: Blends.mode(layer.blend),
      light: layer.blendLight, mask: pixelMask,
      width: frame.width, kernels: frame.kernels.pixel, keepsCoverage: keepsCoverage)
    var offset = assets.atlas.glyphCount - assets.members.reduce(0) { $0 + $1.atlas.glyphCount }
    offsets = assets.members.map { member in
      defer { offset += member.atlas.glyphCount }
      return UInt16(offset)
    }
  }

  func fill(_ context: FrameContext, _ values: FrameValues, opacity: Double, isSteady: Bool) {
    layers.fill(context, values, isSteady: isSteady, clock: nil)
    mask?.begin(context)
    pixelMask?.begin(context)
    for row in 0..<cells.rows {
      cells.glyphs(row).update(repeating: 0, count: cells.columns)
      cells.solid(row).update(repeating: 0, count: cells.columns)
      for (place, grid) in layers.visibleCells { write(row, of: grid, at: place) }
      cover(row, opacity)
    }
    cells.summarize()
    effects?.apply(context, opacity: opacity)
    compositor.begin()
  }

  /// Writes a row of the layer at `place` over what is there.
  private func write(_ row: Int, of grid: CellGrid, at place: Int) {
    let summary = grid.summaries[row]
    if summary.isHidden || !summary.hasGlyphs { return }
    let (glyphs, out) = (grid.glyphs(row), cells.glyphs(row))
    let (color, outColor) = (grid.color(row), cells.color(row))
    let (wash, outWash) = (grid.wash(row), cells.wash(row))
    for column in 0..<cells.columns where glyphs[column] != 0 {
      if !summary.isFull {
        let share = Double(grid.coverage(row)[column]) / 255
        if CellHash.unit(seed: UInt64(place), column: column, row: row) >= share { continue }
      }
      out[column] = glyphs[column] + offsets[place]
      for channel in PixelRow.channels { outColor[channel][column] = color[channel][column] }
      let isSolid = summary.hasSolid && grid.solid(row)[column] != 0
      cells.solid(row)[column] = isSolid ? 255 : 0
      if isSolid { for channel in PixelRow.channels { outWash[channel][column] = wash[channel][column] } }
    }
  }

  private func cover(_ row: Int, _ opacity: Double) {
    guard let mask else {
      cells.coverage(row).update(repeating: UInt8(clampingUnit: opacity), count: cells.columns)
      return
    }
    _ = kernels.coverage(
      cells.coverage(row), mask: mask.row(row)[0], opacity: Float(opacity), count: cells.columns)
  }
}
