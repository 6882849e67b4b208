/// A colour in linear light with the primaries of sRGB; 0…1 within its gamut.
package struct LinearRGB: Hashable, Sendable {
  package var red: Double
  package var green: Double
  package var blue: Double

  package init(red: Double, green: Double, blue: Double) {
    self.red = red
    self.green = green
    self.blue = blue
  }

  package init(_ color: RGB) {
    self.init(red: Self.decoded(color.red), green: Self.decoded(color.green), blue: Self.decoded(color.blue))
  }

  /// The nearest sRGB colour of 8 bits; components beyond 0…1 are clamped.
  package var encoded: RGB { RGB(Self.encoded(red), Self.encoded(green), Self.encoded(blue)) }

  /// Whether the components lie in 0…1, but for an error that 8 bits do not show.
  package var isInGamut: Bool {
    let range = -0.0001...1.0001
    return range.contains(red) && range.contains(green) && range.contains(blue)
  }

  /// IEC 61966-2-1, with the threshold of CATALOGUE C-5.
  private static func decoded(_ component: UInt8) -> Double {
    let c = Double(component) / 255
    return c <= 0.04045 ? c / 12.92 : ScalarMath.pow((c + 0.055) / 1.055, 2.4)
  }

  private static func encoded(_ component: Double) -> UInt8 {
    let c = min(max(component, 0), 1)
    let encoded = c <= 0.003_130_8 ? c * 12.92 : 1.055 * ScalarMath.pow(c, 1 / 2.4) - 0.055
    return UInt8((encoded * 255 + 0.5).rounded(.down))
  }
}

/// A colour in OKLab: lightness 0…1, green to red and blue to yellow within about ±0.4.
/// Source: Björn Ottosson, "A perceptual color space for image processing", 2020.
package struct OKLab: Hashable, Sendable {
  package var lightness: Double
  package var a: Double
  package var b: Double

  package init(lightness: Double, a: Double, b: Double) {
    self.lightness = lightness
    self.a = a
    self.b = b
  }

  package init(_ color: LinearRGB) {
    let (red, green, blue) = (color.red, color.green, color.blue)
    let long = ScalarMath.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    let medium = ScalarMath.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    let short = ScalarMath.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
  }

  package var linear: LinearRGB {
    let long = lightness + 0.3963377774 * a + 0.2158037573 * b
    let medium = lightness - 0.1055613458 * a - 0.0638541728 * b
    let short = lightness - 0.0894841775 * a - 1.2914855480 * b
    let (l, m, s) = (long * long * long, medium * medium * medium, short * short * short)
    return LinearRGB(
      red: 4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
      green: -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
      blue: -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s)
  }

  /// The colour of the same lightness and hue, and of as much of its chroma as sRGB can show, in 8 bits.
  ///
  /// Clamping the components instead shifts the hue. Source of the idea: CSS Color 4, section 13 (gamut mapping).
  package var displayed: RGB {
    if linear.isInGamut { return linear.encoded }
    var (inside, outside) = (0.0, 1.0)
    for _ in 0..<20 {
      let share = (inside + outside) / 2
      if OKLab(lightness: lightness, a: a * share, b: b * share).linear.isInGamut {
        inside = share
      } else {
        outside = share
      }
    }
    return OKLab(lightness: lightness, a: a * inside, b: b * inside).linear.encoded
  }
}

/// OKLab in polar coordinates: hue in turns, 0 ≤ hue < 1.
package struct OKLCh: Hashable, Sendable {
  package var lightness: Double
  package var chroma: Double
  package var hue: Double

  package init(lightness: Double, chroma: Double, hue: Double) {
    self.lightness = lightness
    self.chroma = chroma
    self.hue = hue
  }

  package init(_ color: OKLab) {
    lightness = color.lightness
    chroma = (color.a * color.a + color.b * color.b).squareRoot()
    hue = ScalarMath.fract(ScalarMath.atan2(color.b, color.a) / (2 * .pi))
  }

  package var lab: OKLab {
    let (cosine, sine) = (ScalarMath.cos(2 * .pi * hue), ScalarMath.sin(2 * .pi * hue))
    return OKLab(lightness: lightness, a: chroma * cosine, b: chroma * sine)
  }

  /// Whether the colour is so grey that its hue means nothing.
  package var isGray: Bool { chroma < 0.0002 }
}
