import KernelTable
import SceneLang

/// The styles of a text layer, ready to be applied. One per worker.
final class MovingText {
  private let placement: TextPlacement
  private let seed: UInt64
  private let symbols: SymbolGlyphs
  private let own: [Unicode.Scalar]
  private let styles: [(type: any TextStyle.Type, arguments: CallEvaluator)]
  private let clock: FrameValues
  private let motion: TextMotion
  private let geometry: GridGeometry
  /// Pixels of the picture.
  private let size: (width: Int, height: Int)

  init(
    _ motion: TextMotion, _ placement: TextPlacement, of layer: Layer, in segment: SegmentGraph, assets: LayerAssets,
    width: Int, height: Int, simulations: SimulationPlanes?, kernels: FieldKernels
  ) {
    geometry = assets.geometry
    size = (width, height)
    self.placement = placement
    self.motion = motion
    seed = layer.seed
    symbols = assets.symbols
    own = motion.ownCharacters
    styles = motion.styles.map { call in
      let type = TextStyles.named(call.op)
      return (
        type,
        CallEvaluator(
          call, type.declaration.parameters, in: segment, geometry: assets.geometry, simulations: simulations,
          kernels: kernels)
      )
    }
    clock = FrameValues(segment: segment, roots: [motion.elapsed, motion.remaining], geometry: assets.geometry)
  }

  /// The visible cells of the text at a moment; `stand` is where it is at rest, and becomes where its lines are.
  func cells(_ context: FrameContext, _ stand: inout TextStand) -> [TextCell] {
    clock.update(context)
    let moment = TextMoment(elapsed: clock[motion.elapsed], remaining: clock[motion.remaining])
    return cells(context, placement, moment, &stand)
  }

  /// The same of another text at its own moment.
  func cells(
    _ context: FrameContext, _ placement: TextPlacement, _ moment: TextMoment, _ stand: inout TextStand
  ) -> [TextCell] {
    var text = StyledText(
      placement.glyphs(stand), at: stand, lines: placement.lines.map(\.count), columns: geometry.columns,
      rows: geometry.rows, seed: seed, symbols: symbols, own: own)
    for style in styles { style.type.apply(style.arguments.evaluate(context), at: moment, to: &text) }
    stand = text.stand
    return text.cells(in: geometry, width: size.width, height: size.height)
  }
}

extension StyledText {
  /// The cells of the glyphs that are seen in a picture; of those that lie beside theirs, as where they stand says.
  func cells(in geometry: GridGeometry, width: Int, height: Int) -> [TextCell] {
    let most = Float(max(count - 1, 1))
    let rest = stand.shift(in: geometry)
    var isBeside = false
    let cells = glyphs.compactMap { glyph -> TextCell? in
      guard glyph.opacity > 0 else { return nil }
      let beside = stand.shift(of: glyph, in: geometry)
      let cell = TextCell(
        column: TextPlacement.nearest(glyph.column), row: TextPlacement.nearest(glyph.row), glyph: glyph.glyph,
        opacity: Float(min(glyph.opacity, 1)), place: glyph.tint.map { Float($0) } ?? Float(glyph.index) / most,
        beside: beside)
      guard cell.isInside(columns: columns, rows: rows) || geometry.shows(cell, width: width, height: height) else {
        return nil
      }
      let row = min(max(cell.row, 0), rows - 1)
      if beside != LetterShift(right: rest.across(row: row), down: rest.down) { isBeside = true }
      return cell
    }
    if isBeside { return cells }
    return cells.filter { $0.isInside(columns: columns, rows: rows) }.map { cell in
      var cell = cell
      cell.beside = nil
      return cell
    }
  }
}

extension GridGeometry {
  /// Whether a letter reaches into the picture.
  fileprivate func shows(_ cell: TextCell, width: Int, height: Int) -> Bool {
    let x = originX + cell.column * cellWidth + (cell.beside?.right ?? 0)
    let y = originY + cell.row * cellHeight + (cell.beside?.down ?? 0)
    return x < width && x + cellWidth > 0 && y < height && y + cellHeight > 0
  }
}

extension TextMotion {
  /// What the styles write beside the text and the palette: of themselves, and in texts that they were given.
  var ownCharacters: [Unicode.Scalar] {
    styles.flatMap { call in
      let style = TextStyles.named(call.op)
      let given = zip(style.declaration.parameters, call.arguments).flatMap { parameter, value -> [Unicode.Scalar] in
        if parameter.type == .text, case .word(let text) = value { Array(text.unicodeScalars) } else { [] }
      }
      return style.ownCharacters + given
    }
  }
}
