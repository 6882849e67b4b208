import Glibc
import SceneLang

/// A gradient as a table: entry i is its colour at i / 255, in sRGB components of 8 bits, a plane each. Several gradients
/// share the entries: each of n has ⌊256 / n⌋ of them from its start to its end.
public struct GradientTable: Sendable, Hashable {
  /// 256 entries each.
  public let red: [UInt8]
  public let green: [UInt8]
  public let blue: [UInt8]

  /// Evaluates a gradient. Before the first stop and after the last their colours hold, and at a stop that falls on an
  /// entry the colour is exactly the stop's; `steps` holds each stop's colour up to the next.
  ///
  /// Precondition: at least one stop, positions in 0…1 and ascending; of two at one place the later begins there.
  public init(_ gradient: Gradient) { self.init([gradient]) }

  /// Evaluates gradients side by side. Precondition: at least one.
  public init(_ gradients: [Gradient]) {
    let count = max(1, 256 / gradients.count)
    let colors = (0...255).map { entry in
      Self.color(
        of: gradients[min(entry / count, gradients.count - 1)],
        at: Double(entry % count) / Double(max(1, count - 1)))
    }
    red = colors.map(\.red)
    green = colors.map(\.green)
    blue = colors.map(\.blue)
  }

  private static func color(of gradient: Gradient, at position: Double) -> RGB {
    let stops = gradient.stops
    precondition(!stops.isEmpty, "a gradient without colours")
    precondition(
      stops.allSatisfy { (0...1).contains($0.position) }
        && zip(stops, stops.dropFirst()).allSatisfy { $0.position <= $1.position },
      "the stops of a gradient ascend in 0…1: \(stops.map(\.position))")
    guard let before = stops.lastIndex(where: { $0.position <= position }) else { return stops[0].color }
    let (start, end) = (stops[before], stops[min(before + 1, stops.count - 1)])
    if gradient.space == .steps || position == start.position || start.position >= end.position { return start.color }
    let share = (position - start.position) / (end.position - start.position)
    return mix(start.color, end.color, share, gradient)
  }

  private static func mix(_ from: RGB, _ to: RGB, _ share: Double, _ gradient: Gradient) -> RGB {
    func between(_ a: Double, _ b: Double) -> Double { a + (b - a) * share }
    let (start, end) = (OKLab(LinearRGB(from)), OKLab(LinearRGB(to)))
    switch gradient.space {
    case .steps:
      return from
    case .rgb:
      func component(_ a: UInt8, _ b: UInt8) -> UInt8 { UInt8((between(Double(a), Double(b)) + 0.5).rounded(.down)) }
      return RGB(component(from.red, to.red), component(from.green, to.green), component(from.blue, to.blue))
    case .oklab:
      return OKLab(
        lightness: between(start.lightness, end.lightness), a: between(start.a, end.a), b: between(start.b, end.b)
      ).displayed
    case .oklch:
      var (polarStart, polarEnd) = (OKLCh(start), OKLCh(end))
      if polarStart.isGray { polarStart.hue = polarEnd.hue }
      if polarEnd.isGray { polarEnd.hue = polarStart.hue }
      let turn = hueTurn(from: polarStart.hue, to: polarEnd.hue, gradient.huePath)
      return OKLCh(
        lightness: between(polarStart.lightness, polarEnd.lightness),
        chroma: between(polarStart.chroma, polarEnd.chroma), hue: polarStart.hue + turn * share
      ).lab.displayed
    }
  }

  /// The way from one hue to another in turns: within ±½ on the short path, and the other way round on the long one.
  /// Source: CSS Color 4, section 12.4 (hue interpolation); equal hues take no way on either path.
  private static func hueTurn(from: Double, to: Double, _ path: Gradient.HuePath) -> Double {
    var turn = to - from
    switch path {
    case .short:
      if turn > 0.5 { turn -= 1 } else if turn < -0.5 { turn += 1 }
    case .long:
      if turn > 0 && turn < 0.5 { turn -= 1 } else if turn > -0.5 && turn < 0 { turn += 1 }
    }
    return turn
  }
}
