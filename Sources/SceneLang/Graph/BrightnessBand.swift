/// How bright a segment says it is, by its `level:` (CATALOGUE X-24).
public enum BrightnessBand: String, Sendable, Hashable, CaseIterable {
  case dark, quiet, active, peak, any

  /// Means of a frame's luma that fit, 0…255.
  public var range: ClosedRange<Double> {
    switch self {
    case .dark: 3...255
    case .quiet: 30...60
    case .active: 40...100
    case .peak: 60...150
    case .any: 0...255
    }
  }
}
