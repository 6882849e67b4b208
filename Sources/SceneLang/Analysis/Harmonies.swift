/// Colours that go with one, by turns of its hue in OKLCH at its lightness and chroma (CATALOGUE C-8).
enum Harmony: String, CaseIterable {
  case complementary, triadic, analogous, tetradic
  case splitComplementary = "split_complementary"

  /// Of hue, in the order of the colours; the seed itself is 0.
  var turns: [Double] {
    switch self {
    case .complementary: [0, 0.5]
    case .triadic: [0, 1.0 / 3, 2.0 / 3]
    case .analogous: [-0.16, -0.08, 0, 0.08, 0.16]
    case .tetradic: [0, 0.25, 0.5, 0.75]
    case .splitComplementary: [0, 0.42, 0.58]
    }
  }

  /// What sRGB cannot show keeps lightness and hue, and as much of its chroma as it can.
  func colors(of seed: RGB) -> [RGB] {
    let base = OKLCh(OKLab(LinearRGB(seed)))
    return turns.map { turn in
      turn == 0
        ? seed
        : OKLCh(lightness: base.lightness, chroma: base.chroma, hue: ScalarMath.fract(base.hue + turn)).lab.displayed
    }
  }
}
