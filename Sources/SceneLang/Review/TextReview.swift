/// Texts that lie over one another because nobody says where they stand, and those that nobody can read.
extension Analyzer {
  func reviewTexts(of layers: [CheckedLayer]) {
    var earlier: [(text: CheckedText, layer: Span, time: Range<Double>)] = []
    for layer in layers {
      if case .group(let group) = layer.source { reviewTexts(of: group.layers) }
      guard case .text(let text) = layer.source, !text.hasPosition, text.cues.isEmpty, !text.text.isEmpty,
        layer.mask == nil, let opacity = constant(layer.opacity), opacity > 0, let time = shownTime(layer.when)
      else { continue }
      // The same words twice are one text of several colours.
      let other = earlier.first {
        $0.text.text != text.text && $0.text.alignment == text.alignment && isSamePlace($0.text, text)
          && $0.time.overlaps(time)
      }
      if let other { report(.overlappingTexts(layer.span, other.layer)) }
      earlier.append((text, layer.span, time))
    }
  }

  /// Says of texts whose lines are lower than a fiftieth of the picture, unless they share the cells of a group or have
  /// effects, whose cells may be meant to be small.
  func reviewTextSizes(of layers: [CheckedLayer]) {
    for layer in layers {
      switch layer.source {
      case .group(let group): if !group.sharesCells { reviewTextSizes(of: group.layers) }
      case .text(let text):
        let hasWords = !text.cues.isEmpty || !text.text.isEmpty
        if hasWords, layer.effects.isEmpty, GridEstimate.height(layer.grid) < Self.leastHeight {
          report(.smallText(layer.grid, text.span))
        }
      case .field, .effect: break
      }
    }
  }

  /// In shares of the shorter side.
  private static let leastHeight = 0.02

  private func isSamePlace(_ a: CheckedText, _ b: CheckedText) -> Bool {
    constant(a.u) == constant(b.u) && constant(a.v) == constant(b.v)
  }

  /// When a layer is shown that has no other condition than `from` and `to`, in seconds of the segment; nil for others.
  private func shownTime(_ condition: TypedExpression?) -> Range<Double>? {
    guard let condition else { return -Double.infinity..<Double.infinity }
    guard case .binary(let function, let a, let b) = condition.kind else { return nil }
    switch function {
    // Both of two conditions.
    case .minimum:
      guard let first = shownTime(a), let second = shownTime(b) else { return nil }
      return first.clamped(to: second)
    case .lessOrEqual where b.kind == .input(.time): return constant(a).map { $0..<Double.infinity }
    case .less where a.kind == .input(.time): return constant(b).map { -Double.infinity..<$0 }
    default: return nil
    }
  }
}

extension Diagnostic {
  fileprivate static func smallText(_ grid: Grid, _ span: Span) -> Diagnostic {
    Diagnostic(
      "small_text", .note,
      "characters of \(plain(grid.fontSize)) pixels, in a picture of 1080, are too small to be read", at: span,
      help: "give the layer a size for texts, as in `grid: {size: 120px}`; the named grids are sizes for fields")
  }

  fileprivate static func overlappingTexts(_ span: Span, _ other: Span) -> Diagnostic {
    Diagnostic(
      "overlapping_texts", .warning, "this text lies over another one", at: span,
      labels: [.init(other, "the other text is here")],
      help: "say where each stands, as in `position: [0.5, 0.3]`, or when, with `from` and `to`")
  }
}
