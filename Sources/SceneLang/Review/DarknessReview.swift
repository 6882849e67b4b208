/// Blends that make dark material darker still (CATALOGUE 1.14: overlay, multiply and color burn crush dark input).
extension Analyzer {
  /// Below this share of full light two levels overlaid are a quarter of one.
  private static let dark = 0.25

  /// Each layer that is blended onto what is dark whatever happens; groups for themselves.
  func reviewDarkness(of layers: [CheckedLayer]) {
    let light = LightBound(analyzer: self)
    for (place, layer) in layers.enumerated() {
      if case .group(let group) = layer.source { reviewDarkness(of: group.layers) }
      guard place > 0, isAuthors(layer.blendSpan), let blend = catalog.entry(.blend, Name.folded(layer.blend)),
        blend.cautions.contains(.crushesDark)
      else { continue }
      let most = light.of(Array(layers[..<place]))
      if most <= Self.dark { report(.darkBlend(blend.name, most, layer.blendSpan)) }
    }
  }
}

/// The light, 0…1, that layers cannot exceed, as far as the text tells; 1 where nothing is known.
struct LightBound {
  let analyzer: Analyzer

  /// Of layers on one another, screened: no blend but `add` gives more, and that only by their product.
  func of(_ layers: [CheckedLayer]) -> Double { 1 - layers.reduce(1) { $0 * (1 - of($1)) } }

  private func of(_ layer: CheckedLayer) -> Double {
    let own: Double =
      switch layer.source {
      case .field(let field): most(field) * most(layer.brightness) * paint(layer.paint)
      case .text, .effect: most(layer.brightness) * paint(layer.paint)
      case .group(let group): of(group.layers)
      }
    return min(1, own * most(layer.opacity))
  }

  private func paint(_ paint: CheckedLayer.Paint) -> Double {
    guard case .color(let color) = paint, let rgb = analyzer.constantColor(color) else { return 1 }
    return Double(max(rgb.red, rgb.green, rgb.blue)) / 255
  }

  /// What a value cannot exceed, 0…1, as every value is that becomes light.
  private func most(_ expression: TypedExpression) -> Double { min(1, size(of: expression)) }

  /// The largest magnitude; fields are 0…1.
  private func size(of expression: TypedExpression) -> Double {
    switch expression.kind {
    case .field, .native, .simulation: return 1
    case .binding(let id): return analyzer.binding(id).map { size(of: $0) } ?? .infinity
    case .binary(.multiply, let a, let b):
      let (p, q) = (size(of: a), size(of: b))
      return p == 0 || q == 0 ? 0 : p * q
    case .binary(.minimum, let a, let b): return min(size(of: a), size(of: b))
    case .binary(.maximum, let a, let b): return max(size(of: a), size(of: b))
    case .binary(.add, let a, let b): return size(of: a) + size(of: b)
    default:
      let known = ValueBounds(analyzer: analyzer).of(expression)
      return known.map { max($0.upperBound, -$0.lowerBound) } ?? .infinity
    }
  }
}

extension Diagnostic {
  fileprivate static func darkBlend(_ blend: String, _ most: Double, _ span: Span) -> Diagnostic {
    Diagnostic(
      "dark_blend", .warning,
      "`\(blend)` leaves nothing to see: what is below has at most \(plain((most * 100).rounded(.up)))% of full light",
      at: span, help: "`screen` and `add` brighten what is dark")
  }
}
