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

  init(
    _ motion: TextMotion, _ placement: TextPlacement, of layer: Layer, in segment: SegmentGraph, assets: LayerAssets,
    simulations: SimulationPlanes?, kernels: FieldKernels
  ) {
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
  func cells(_ context: FrameContext, _ stand: inout TextStand, columns: Int, rows: Int) -> [TextCell] {
    clock.update(context)
    let moment = TextMoment(elapsed: clock[motion.elapsed], remaining: clock[motion.remaining])
    return cells(context, placement, moment, &stand, columns: columns, rows: rows)
  }

  /// The same of another text at its own moment.
  func cells(
    _ context: FrameContext, _ placement: TextPlacement, _ moment: TextMoment, _ stand: inout TextStand, columns: Int,
    rows: Int
  ) -> [TextCell] {
    var text = StyledText(
      placement.glyphs(stand), at: stand, lines: placement.lines.map(\.count), columns: columns, rows: rows, seed: seed,
      symbols: symbols, own: own)
    for style in styles { style.type.apply(style.arguments.evaluate(context), at: moment, to: &text) }
    stand = text.stand
    let most = Float(max(text.count - 1, 1))
    return text.glyphs.compactMap { glyph in
      guard glyph.opacity > 0 else { return nil }
      let cell = TextCell(
        column: TextPlacement.nearest(glyph.column), row: TextPlacement.nearest(glyph.row), glyph: glyph.glyph,
        opacity: Float(min(glyph.opacity, 1)), place: glyph.tint.map { Float($0) } ?? Float(glyph.index) / most)
      return (0..<columns).contains(cell.column) && (0..<rows).contains(cell.row) ? cell : nil
    }
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
