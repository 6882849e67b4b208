/// The moments that belong to a frame: those that it is nearest to, as a cut there falls on it. One half way between two
/// frames belongs to the later.
struct FrameSpan {
  /// Seconds; what lies at or before it has begun when the frame is shown.
  let end: Double
  /// The end of the frame before.
  let start: Double

  /// What rounding may move a moment by, in frames.
  static let tolerance = 1e-6

  /// The frame of a video at `time` seconds that is shown for `period` seconds. Whole frames are counted, so that one ends
  /// exactly where the next begins and a moment belongs to one of them.
  init(at time: Double, period: Double) {
    let place = time / period
    let frame = place.rounded()
    let counted = abs(place - frame) < Self.tolerance ? frame : place
    end = (counted + 0.5 - Self.tolerance) * period
    start = (counted - 0.5 - Self.tolerance) * period
  }
}
