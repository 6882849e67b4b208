import SceneLang

/// What the layers of a segment need besides the graph: geometry, glyphs, ramps, gradients and laid out text. Made once,
/// shared read-only by all workers.
public struct SegmentAssets: Sendable {
  /// One for each layer.
  let layers: [LayerAssets]
  /// One for each layer of the overlay.
  let overlay: [LayerAssets]

  /// Rasterises the glyphs of a segment at the size of the format's cells; layers that want the same share an atlas.
  public init(_ segment: SegmentGraph, format: PictureFormat, faces: FaceLibrary) {
    var atlases: [AtlasKey: GlyphAtlas] = [:]
    func assets(of layer: Layer) -> LayerAssets {
      let geometry = GridGeometry(grid: layer.grid, format: format, faces: faces)
      var lines: [[Unicode.Scalar]] = []
      var cues: [[[Unicode.Scalar]]] = []
      if case .text(let block) = layer.source {
        let width = TextLayout.width(wrap: block.wrap, styles: block.motion?.styles.map(\.op) ?? [], grid: geometry)
        lines = TextLayout.wrap(block.text, width: width)
        cues = block.lyrics?.cues.map { TextLayout.wrap($0.text, width: width) } ?? []
      }
      let isText = if case .text = layer.source { true } else { false }
      let own = layer.source.ownCharacters
      let stamped = layer.effects.flatMap { CellEffects.named($0.op).ownCharacters }
      let characters =
        (layer.source.usesPalette ? layer.palette.characters + own : []) + (layer.palette.edges?.characters ?? [])
        + (lines + cues.joined()).flatMap { $0 } + stamped
      let key = AtlasKey(characters: characters, grid: layer.grid, stretch: layer.palette.stretch)
      var atlas =
        atlases[key]
        ?? GlyphAtlas.make(
          characters: characters, grid: layer.grid, geometry: geometry, stretch: key.stretch, faces: faces)
      atlases[key] = atlas
      var members: [LayerAssets] = []
      if case .group(let group) = layer.source {
        members = group.layers.map(assets)
        if group.sharesCells { atlas = .joined([atlas] + members.map(\.atlas)) }
      }
      return LayerAssets(
        geometry: geometry, atlas: atlas, ramp: isText ? nil : .measure(palette: layer.palette, atlas: atlas),
        symbols: SymbolGlyphs(palette: layer.palette.characters, own: own, atlas: atlas),
        text: TextPlacement(layer, lines, atlas), cues: TextPlacement.cues(layer, cues, atlas),
        capitalRise: CellMetrics(layer.grid, faces: faces).capitalRise,
        places: isText ? GridPlaces(geometry, grid: layer.grid, format: format, faces: faces) : nil,
        gradient: layer.paint.gradients.map { GradientTable($0) }, members: members)
    }
    layers = segment.layers.map(assets)
    overlay = segment.overlay.map(assets)
  }

  private struct AtlasKey: Hashable {
    var characters: [Unicode.Scalar]
    var grid: Grid
    var stretch: Double
  }
}

/// What one layer needs besides its graph.
struct LayerAssets: Sendable {
  var geometry: GridGeometry
  var atlas: GlyphAtlas
  /// Nil for text.
  var ramp: GlyphRamp?
  /// What an effect chooses glyphs from.
  var symbols: SymbolGlyphs
  /// Nil for fields.
  var text: TextPlacement?
  /// Of lyrics: one for each cue.
  var cues: [TextPlacement] = []
  /// Of a text: rows from the middle of its capitals to that of its cells.
  var capitalRise = 0.0
  /// Of a text.
  var places: GridPlaces?
  /// Nil unless the paint reads gradients.
  var gradient: GradientTable?
  /// One for each layer of a group.
  var members: [LayerAssets] = []
}

extension Layer.Source {
  /// What it writes beside the characters of the palette and of its text.
  fileprivate var ownCharacters: [Unicode.Scalar] {
    switch self {
    case .field, .group: []
    case .effect(let call): EffectOps.named(call.op).ownCharacters
    case .text(let block): block.motion?.ownCharacters ?? []
    }
  }

  /// Whether glyphs of the palette may show: a text that moves takes them for what is not yet readable.
  fileprivate var usesPalette: Bool {
    if case .text(let block) = self { block.motion != nil } else { true }
  }
}

extension Paint {
  fileprivate var gradients: [Gradient]? {
    if case .gradients(let gradients, _) = base { gradients } else { nil }
  }
}
