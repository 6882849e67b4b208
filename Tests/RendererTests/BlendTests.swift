import KernelTable
import Testing

@testable import Renderer

/// B(Cb, Cs) of W3C Compositing and Blending, level 1, on 0…1.
private func formula(_ mode: BlendMode, _ b: Double, _ s: Double) -> Double {
  switch mode {
  case .normal: s
  case .add: min(1, b + s)
  case .screen: b + s - b * s
  case .multiply: b * s
  case .difference: abs(b - s)
  case .exclusion: b + s - 2 * b * s
  case .overlay: b <= 0.5 ? 2 * b * s : 1 - 2 * (1 - b) * (1 - s)
  case .lighten: max(b, s)
  case .darken: min(b, s)
  }
}

@Test(arguments: BlendMode.allCases)
func everyBlendIsWithinOneLevelOfItsFormula(_ mode: BlendMode) {
  let sources = (0...255).map { UInt8($0) }
  var worst = 0.0
  for backdrop in sources {
    for alpha in [0, 1, 77, 128, 254, 255] as [UInt8] {
      var out = [UInt8](repeating: 0, count: 256)
      baselinePixels.blend(
        mode, &out, backdrop: [UInt8](repeating: backdrop, count: 256), source: sources,
        alpha: [UInt8](repeating: alpha, count: 256), count: 256)
      let (b, a) = (Double(backdrop) / 255, Double(alpha) / 255)
      for (source, result) in zip(sources, out) {
        let exact = (1 - a) * b + a * formula(mode, b, Double(source) / 255)
        worst = max(worst, abs(Double(result) - exact * 255))
      }
    }
  }
  #expect(worst <= 1)
}

@Test(arguments: BlendMode.allCases)
func aBlendWithoutCoverageChangesNothing(_ mode: BlendMode) {
  let backdrop = (0...255).map { UInt8($0) }
  var out = [UInt8](repeating: 0, count: 256)
  baselinePixels.blend(
    mode, &out, backdrop: backdrop, source: backdrop.reversed(), alpha: [UInt8](repeating: 0, count: 256), count: 256)
  #expect(out == backdrop)
}

@Test func everyBlendModeIsInTheCatalogueOnce() {
  #expect(Set(Blends.all.map(\.mode)) == Set(BlendMode.allCases))
  #expect(Blends.all.count == BlendMode.allCases.count)
  #expect(Blends.all.map(\.declaration.name) == Blends.all.map(\.declaration.name).sorted())
  for entry in Blends.all { #expect(Blends.mode(entry.declaration.name) == entry.mode) }
}
