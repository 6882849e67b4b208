import SceneLang

/// A gradient as a table: entry i is its colour at i / 255, in sRGB components of 8 bits, a plane each. Several gradients
/// share the entries: each of n has ⌊256 / n⌋ of them from its start to its end.
public struct GradientTable: Sendable, Hashable {
  /// 256 entries each.
  public let red: [UInt8]
  public let green: [UInt8]
  public let blue: [UInt8]

  /// Precondition: as of `Gradient.color(at:)`.
  public init(_ gradient: Gradient) { self.init([gradient]) }

  /// Evaluates gradients side by side. Precondition: at least one.
  public init(_ gradients: [Gradient]) {
    let count = max(1, 256 / gradients.count)
    let colors = (0...255).map { entry in
      gradients[min(entry / count, gradients.count - 1)].color(at: Double(entry % count) / Double(max(1, count - 1)))
    }
    red = colors.map(\.red)
    green = colors.map(\.green)
    blue = colors.map(\.blue)
  }
}
