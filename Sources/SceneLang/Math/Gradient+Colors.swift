extension Gradient {
  /// A channel of the colour at a place, 0…1; beyond the ends the ends' (NaN: the first).
  public func level(_ channel: ColorChannel, at position: Double) -> Double {
    let color = color(at: position > 0 ? min(position, 1) : 0)
    let level =
      switch channel {
      case .red: color.red
      case .green: color.green
      case .blue: color.blue
      }
    return Double(level) / 255
  }

  /// The colour at a place, 0…1. Before the first stop and after the last their colours hold, and at a stop the colour is
  /// exactly the stop's; `steps` holds each stop's colour up to the next.
  ///
  /// Precondition: at least one stop, positions in 0…1 and ascending; of two at one place the later begins there.
  public func color(at position: Double) -> RGB {
    precondition(!stops.isEmpty, "a gradient without colours")
    precondition(
      stops.allSatisfy { (0...1).contains($0.position) }
        && zip(stops, stops.dropFirst()).allSatisfy { $0.position <= $1.position },
      "the stops of a gradient ascend in 0…1: \(stops.map(\.position))")
    guard let before = stops.lastIndex(where: { $0.position <= position }) else { return stops[0].color }
    let (start, end) = (stops[before], stops[min(before + 1, stops.count - 1)])
    if space == .steps || position == start.position || start.position >= end.position { return start.color }
    let share = (position - start.position) / (end.position - start.position)
    return mix(start.color, end.color, share)
  }

  private func mix(_ from: RGB, _ to: RGB, _ share: Double) -> RGB {
    func between(_ a: Double, _ b: Double) -> Double { a + (b - a) * share }
    let (start, end) = (OKLab(LinearRGB(from)), OKLab(LinearRGB(to)))
    switch space {
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
      let turn = Self.hueTurn(from: polarStart.hue, to: polarEnd.hue, huePath)
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
