/// Segments whose frames need those before them, however long they are: a change of any part renders all of it again.
extension Analyzer {
  /// Seconds; a segment of this length is rendered in several places at once otherwise.
  private static let longPiece = 24.0

  func reviewSplitting(of segment: CheckedSegment) {
    let seconds = fps.seconds(ofFrame: segment.frames.count)
    guard seconds >= Self.longPiece else { return }
    if let feedback = segment.feedback {
      let span = isAuthors(feedback.call.span) ? feedback.call.span : segment.span
      report(.onePiece("feedback", seconds, span))
    } else if let layer = segment.layers.flatMap(\.parts).first(where: { $0.palette.glyphs.hysteresis > 0 }) {
      report(.onePiece("`hysteresis`", seconds, layer.span))
    }
  }
}

extension Diagnostic {
  fileprivate static func onePiece(_ cause: String, _ seconds: Double, _ span: Span) -> Diagnostic {
    Diagnostic(
      "one_piece", .performance,
      "\(cause) makes each frame need the one before: these \(plain(seconds)) s are rendered in one go",
      at: span, help: "of several segments only those that change are rendered again, and several at once")
  }
}
