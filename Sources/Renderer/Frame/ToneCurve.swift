import SceneLang

extension Tone.Curve {
  /// A level 0…1 after the curve, 0…1: 0 and 1 stay, and it never falls. The curves are those for light, so the level is
  /// decoded from sRGB, exposed up to the curve's white, and encoded again.
  func apply(_ level: Double) -> Double {
    guard self != .linear else { return level }
    let light = level <= 0.04045 ? level / 12.92 : ScalarMath.pow((level + 0.055) / 1.055, 2.4)
    let out = min(max(response(light * white) / response(white), 0), 1)
    return out <= 0.0031308 ? 12.92 * out : 1.055 * ScalarMath.pow(out, 1 / 2.4) - 0.055
  }

  /// The light that becomes white.
  private var white: Double {
    switch self {
    case .linear: 1
    case .reinhard, .aces: 4
    case .hable: 11.2
    }
  }

  private func response(_ x: Double) -> Double {
    switch self {
    case .linear: return x
    // Reinhard et al., SIGGRAPH 2002, equation 4: x · (1 + x / white²) / (1 + x).
    case .reinhard: return x * (1 + x / (white * white)) / (1 + x)
    // Hable, GDC 2010: a shoulder, a linear part and a toe.
    case .hable:
      let (a, b, c, d, e, f) = (0.15, 0.5, 0.1, 0.2, 0.02, 0.3)
      return (x * (a * x + c * b) + d * e) / (x * (a * x + b) + d * f) - e / f
    // Narkowicz 2015, a fit of the ACES reference rendering.
    case .aces: return x * (2.51 * x + 0.03) / (x * (2.43 * x + 0.59) + 0.14)
    }
  }
}
