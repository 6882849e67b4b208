/// The picture of the frame before, dimmed, moved and blended onto the canvas between tone and shaders (CATALOGUE 1.15).
/// What comes of it is what the next frame starts from; a segment starts from its first frame alone.
///
/// Rates are those of 1/24 s, whatever the frame rate. All nodes are of at most frame rate.
public struct Feedback: Hashable, Sendable {
  public enum Motion: String, Sendable, Hashable, CaseIterable {
    case none
    /// Away from the middle, which grows: the picture without a share `amount` on every side, at full size.
    case zoom
    /// The inverse of zoom; what comes in from outside is black.
    case shrink
    /// About the middle by `amount` · 10 degrees.
    case clockwise = "rotate_cw"
    case counterclockwise = "rotate_ccw"
    /// By a share `amount` of the height; what comes in is black.
    case up = "shift_up"
    case down = "shift_down"
    /// Left and right exchanged, every frame anew; without an amount.
    case mirror = "mirror_h"
  }

  /// 0…1: what stays of a level.
  public var decay: NodeID
  public var motion: Motion
  /// 0…0.4.
  public var amount: NodeID
  /// In turns, modulo 1.
  public var hueShift: NodeID
  /// The name of a blend of the catalogue, with the canvas as what is below.
  public var blend: String
  /// 0…1; not a rate.
  public var opacity: NodeID

  public init(
    decay: NodeID, motion: Motion, amount: NodeID, hueShift: NodeID, blend: String, opacity: NodeID
  ) {
    self.decay = decay
    self.motion = motion
    self.amount = amount
    self.hueShift = hueShift
    self.blend = blend
    self.opacity = opacity
  }

  /// The nodes it reads.
  public var roots: [NodeID] { [decay, amount, hueShift, opacity] }

  func mapNodes(_ map: (NodeID) -> NodeID) -> Feedback {
    Feedback(
      decay: map(decay), motion: motion, amount: map(amount), hueShift: map(hueShift), blend: blend,
      opacity: map(opacity))
  }
}
