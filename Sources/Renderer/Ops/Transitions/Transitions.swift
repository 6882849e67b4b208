import SceneLang

/// The transitions of the catalogue.
enum Transitions {
  /// Alphabetical.
  static let all: [TransitionOp] = [
    .cellCrossfade, .crossfade, .dip, .dissolve, .glitchCut, .iris, .lumaFade, .mask, .maskWipe, .push, .slide, .wipe,
    .zoom,
  ]

  /// The op of a lowered call. Precondition: analysis found it in the catalogue, so it is here.
  static func op(_ name: String) -> TransitionOp {
    guard let op = all.first(where: { $0.declaration.name == name }) else {
      preconditionFailure("no transition named `\(name)`")
    }
    return op
  }
}
