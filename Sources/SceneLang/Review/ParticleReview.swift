/// Particle systems that have other numbers of particles than is written.
extension Analyzer {
  /// The quality scales them (CATALOGUE S-32).
  func reviewParticles(of scene: CheckedScene) {
    guard overrides.particleScale != 1 else { return }
    let layers = (scene.segments.flatMap(\.layers) + scene.overlay.layers).flatMap(\.parts)
    guard let first = layers.first(where: { particles(of: $0) != nil }) else { return }
    report(.scaledParticles(overrides.particleScale, first.span))
  }

  /// `total` of `particle_caps` leaves this share of those of a segment's layers.
  func tellShare(_ share: Double, of total: Double, _ layers: [CheckedLayer]) {
    guard let first = layers.first(where: { particles(of: $0) != nil }) else { return }
    report(.sharedParticles(total, share, first.span))
  }
}

extension Diagnostic {
  fileprivate static func scaledParticles(_ scale: Double, _ span: Span) -> Diagnostic {
    Diagnostic(
      "scaled_particles", .note, "at this quality each particle system has \(plain(scale)) of its particles", at: span,
      help: "`--quality production` shows all of them")
  }

  fileprivate static func sharedParticles(_ total: Double, _ share: Double, _ span: Span) -> Diagnostic {
    Diagnostic(
      "scaled_particles", .note,
      "`total` allows \(plain(total)) particles, so that each system of this segment has \(plain(share)) of its own",
      at: span, help: "raise `total` of `particle_caps`, or give the layers a lower `cap`")
  }
}
