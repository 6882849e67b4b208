/// How a segment's canvas is brought to its brightness, before the shaders.
public struct Tone: Hashable, Sendable {
  /// `segment`: one curve for the segment, from frames between 5 % and 95 % of it, as a gain on max(r, g, b).
  /// `frame`: percentiles 1 and 99.5 of every frame, all channels pooled, applied per channel (CATALOGUE B-1).
  public enum Exposure: String, Sendable, Hashable, CaseIterable { case segment, frame, none }

  /// How light is compressed between the darkest and the brightest level. All but `linear` lift what is dark and leave
  /// less difference between what is bright; formulas are at their uses.
  public enum Curve: String, Sendable, Hashable, CaseIterable { case linear, reinhard, hable, aces }

  public var exposure: Exposure
  /// The power that comes after the curve.
  public var gamma: Double
  public var curve: Curve
  /// Frames up to the present one whose levels `exposure: frame` takes the mean of; 1 for the frame alone.
  public var window: Int
  /// Levels 0…255 that the darkest and the brightest become; `white` is above `black`.
  public var black: Double
  public var white: Double

  public init(
    exposure: Exposure, gamma: Double, curve: Curve = .linear, window: Int = 1, black: Double = 2, white: Double = 253
  ) {
    precondition(window > 0, "a window has frames: \(window)")
    self.exposure = exposure
    self.gamma = gamma
    self.curve = curve
    self.window = window
    self.black = black
    self.white = white
  }
}

extension Tone {
  /// All of it in a line; what is as usual is left out.
  public var text: String {
    var parts = [exposure.rawValue, "gamma=\(gamma)"]
    if curve != .linear { parts.append("curve=\(curve.rawValue)") }
    if window != 1 { parts.append("window=\(window)") }
    if black != 2 || white != 253 { parts.append("black=\(black) white=\(white)") }
    return parts.joined(separator: " ")
  }
}
