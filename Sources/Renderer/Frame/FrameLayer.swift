import KernelTable
import SceneLang

extension Layer {
  /// Whether it covers all of the picture, its margins too: what effects make stands by itself.
  fileprivate var isGround: Bool { if case .effect = source { false } else { true } }
}

/// One layer of one worker: evaluates its fields and fills its cells, frame by frame.
final class FrameLayer {
  let layer: Layer
  let compositor: LayerCompositor
  let backdrop: TextBackdrop?
  let cells: CellGrid
  /// What the glyphs of its cells are.
  var characters: [Unicode.Scalar] { assets.atlas.characters }

  let assets: LayerAssets
  let painter: CellPainter
  let evaluator: LayerEvaluator
  private let paintCount: Int
  let cellEffects: LayerCellEffects?
  /// Nil unless the layer is masked pixel by pixel.
  let pixelMask: PixelMask?
  /// What masks the cells.
  private let cellMask: NodeID?
  /// Nil unless the palette chooses the glyphs of a field otherwise than by a ramp.
  private let chooser: (any GlyphChooser)?
  /// Nil unless a direction chooses the glyphs of a field.
  private let lines: LineGlyphs?
  /// Nil unless the palette has glyphs for the edges of a field.
  private let edges: EdgeGlyphs?
  /// Nil unless an effect makes the cells.
  let effect: EffectLayer?
  /// Nil unless the layer is a text that moves.
  let movingText: MovingText?
  /// Nil unless the palette has a hysteresis.
  let held: HeldValues?
  /// A text's cells for colours: value is the opacity of a letter, energy its place in the text.
  let textCells: EffectCells?
  /// Text and effects: the mask where there is something, else 0, so that wash and black stay behind it.
  let letters: AlignedBuffer<Float>
  private let washes: AlignedBuffer<Float>

  init(
    _ layer: Layer, in segment: SegmentGraph, assets: LayerAssets, simulations: SimulationPlanes?, width: Int,
    height: Int, kernels: KernelSet, keepsCoverage: Bool = false
  ) {
    self.layer = layer
    self.assets = assets
    let geometry = assets.geometry
    var field: NodeID?
    if case .field(let node) = layer.source { field = node }
    cells = CellGrid(columns: geometry.columns, rows: geometry.rows)
    painter = CellPainter(
      layer: layer, gradient: assets.gradient, ramp: assets.ramp, grid: cells, kernels: kernels.pixel)
    cellEffects = LayerCellEffects(
      of: layer, in: segment, cells: cells, assets: assets, simulations: simulations, kernels: kernels.field)
    cellMask = layer.maskPlace == .pixels ? nil : layer.mask
    pixelMask = layer.mask.flatMap { mask in
      layer.maskPlace == .pixels
        ? PixelMask(mask, in: segment, simulations: simulations, width: width, height: height, kernels: kernels) : nil
    }
    compositor = LayerCompositor(
      grid: cells, atlas: assets.atlas, geometry: geometry, blend: Blends.mode(layer.blend),
      light: layer.blendLight, mask: pixelMask,
      width: width, kernels: kernels.pixel, keepsCoverage: keepsCoverage,
      fillsMargins: field != nil && layer.palette.characters.allSatisfy { $0 == " " || $0 == "█" },
      extendsGround: layer.isGround)
    backdrop =
      layer.hasBackdrop
      ? TextBackdrop(width: width, shorterSide: min(width, height), kernels: kernels.pixel) : nil
    let paint = layer.paint.nodes
    paintCount = paint.count
    if case .effect(let call) = layer.source {
      effect = EffectLayer(
        call, of: layer, in: segment, geometry: geometry, characterCount: assets.symbols.paletteCount,
        simulations: simulations, kernels: kernels.field)
    } else {
      effect = nil
    }
    chooser = field.flatMap {
      GlyphChoice(
        field: $0, layer: layer, segment: segment, geometry: geometry, atlas: assets.atlas, ramp: assets.ramp,
        simulations: simulations, kernels: kernels
      ).chooser()
    }
    lines =
      field == nil || layer.direction == nil
      ? nil : LineGlyphs(layer.palette.characters, columns: geometry.columns, atlas: assets.atlas)
    edges =
      field == nil
      ? nil
      : layer.palette.edges.map {
        EdgeGlyphs($0, geometry: geometry, width: width, height: height, atlas: assets.atlas)
      }
    if case .text(let block) = layer.source {
      textCells = EffectCells(geometry: geometry)
      movingText = block.motion.map {
        MovingText(
          $0, assets.text!, of: layer, in: segment, assets: assets, width: width, height: height,
          simulations: simulations, kernels: kernels.field)
      }
    } else {
      (textCells, movingText) = (nil, nil)
    }
    evaluator = LayerEvaluator(
      segment: segment, value: field,
      outputs: paint + [layer.paint.brightness, layer.wash] + [cellMask, layer.direction].compactMap { $0 },
      geometry: geometry,
      sources: LayerSources(cells: effect?.cells ?? textCells, simulations: simulations), kernels: kernels.field)
    held =
      layer.palette.hysteresis > 0 && field != nil
      ? HeldValues(threshold: layer.palette.hysteresis, columns: geometry.columns, rows: geometry.rows) : nil
    letters = AlignedBuffer(count: cells.stride)
    washes = AlignedBuffer(count: cells.stride)
  }

  /// Takes the values of a frame without drawing it, for the frames after it.
  func hold(_ context: FrameContext) {
    guard let held else { return }
    evaluator.begin(context)
    held.begin(context.frame)
    for row in 0..<cells.rows { _ = held.take(row: row, evaluator.row(row).value, count: cells.columns) }
    chooser?.hold(context)
  }

  /// Fills the cells for a frame; `isSteady`: with the values that are held, as of all frames in order; `opacity` 0…1, `ahead`: seconds since the last tick, (u, v) is the anchor of a text.
  func fill(
    _ context: FrameContext, opacity: Double, isSteady: Bool = true, ahead: Double = 0, u: Double = 0, v: Double = 0
  ) {
    evaluator.begin(context)
    pixelMask?.begin(context)
    var shift = CellShift()
    if let effect {
      effect.draw(context, ahead: ahead)
      fill(effect.cells, opacity)
    } else if let text = assets.text, let drawn = textCells {
      var stand = stand(of: text, u: u, v: v)
      let cells =
        movingText?.cells(context, &stand)
        ?? text.cells(stand, columns: cells.columns, rows: cells.rows)
      fill(cells, drawn, opacity)
      shift = stand.shift(in: assets.geometry)
      layShadow(below: cells, shift, opacity)
    } else {
      fill(context, opacity, isSteady: isSteady)
    }
    cellEffects?.apply(context, opacity: opacity)
    compositor.begin(shift: shift)
  }

  /// Fills the cells of a field.
  private func fill(_ context: FrameContext, _ opacity: Double, isSteady: Bool) {
    chooser?.begin(context, isSteady: isSteady)
    if isSteady { held?.begin(context.frame) }
    for row in 0..<cells.rows {
      let fields = evaluator.row(row)
      let steady = isSteady ? held?.take(row: row, fields.value, count: cells.columns) : nil
      let strips = strips(fields, value: steady ?? fields.value)
      if let lines {
        let directions = fields[paintCount + (cellMask == nil ? 2 : 3)]
        let hasGlyphs = lines.place(strips.value, directions: directions, into: cells.glyphs(row))
        painter.color(row: row, strips, opacity: opacity, hasGlyphs: hasGlyphs)
      } else if let chooser {
        let hasGlyphs = chooser.place(row: row, strips.value, into: cells.glyphs(row))
        painter.color(row: row, strips, opacity: opacity, hasGlyphs: hasGlyphs)
      } else {
        painter.paint(row: row, strips, opacity: opacity)
      }
      edges?.take(row: row, strips.value)
    }
    edges?.draw(into: cells)
  }

  /// Fills the rows in which the effect drew something.
  private func fill(_ drawn: EffectCells, _ opacity: Double) {
    for row in 0..<cells.rows {
      guard drawn.isUsed(row: row) else {
        cells.summaries[row] = CellGrid.RowSummary()
        continue
      }
      let values = drawn.values + row * drawn.stride
      var strips = strips(evaluator.row(row), value: values)
      let symbols = drawn.symbols + row * drawn.stride
      for column in 0..<cells.columns {
        letters.base[column] = values[column] > 0 ? strips.mask?[column] ?? 1 : 0
        // An effect's own characters are shapes: a solid cell below would hide them.
        washes.base[column] = CellSymbol.isOwn(symbols[column]) ? 0 : strips.wash[column]
      }
      strips.mask = Floats(letters.base)
      strips.wash = Floats(washes.base)
      painter.paint(row: row, strips, opacity: opacity)
      cells.summaries[row].hasGlyphs = assets.symbols.place(drawn, row: row, into: cells.glyphs(row))
    }
  }

  func strips(_ fields: FieldRow, value: Floats) -> CellStrips {
    CellStrips(
      value: value, paint: (0..<paintCount).map { fields[$0] }, brightness: fields[paintCount],
      wash: fields[paintCount + 1], mask: cellMask == nil ? nil : fields[paintCount + 2])
  }
}

extension Paint {
  /// The nodes of the base, in the order `CellStrips.paint` has them.
  var nodes: [NodeID] {
    switch base {
    case .gradients(_, let at): [at]
    case .hue(let hue, let saturation): [hue, saturation]
    case .rgb(let red, let green, let blue): [red, green, blue]
    }
  }
}
