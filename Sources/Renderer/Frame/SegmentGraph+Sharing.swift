import SceneLang

extension SegmentGraph {
  /// Whether several renderers can take turns at its frames without repeating each other's work: not where each frame
  /// needs values of all frames before it, nor where a moving picture is decoded in order.
  var sharesFrames: Bool {
    let holdsGlyphs = (layers + overlay).flatMap(\.parts).contains { $0.palette.hysteresis > 0 }
    let smoothsExposure = tone.exposure == .frame && tone.window > 1
    let showsMovingPicture = nodes.contains { node in
      guard case .picture(_, _, _, _, let time) = node.kind else { return false }
      return self[time].rate != .constant
    }
    return !holdsGlyphs && !smoothsExposure && !showsMovingPicture
  }
}
