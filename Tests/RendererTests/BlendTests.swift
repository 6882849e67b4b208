import KernelTable
import SceneLang
import Testing

@testable import Renderer

/// B(Cb, Cs) on 0…1: W3C Compositing and Blending, level 1, where it has the mode, else CATALOGUE 1.13.
func formula(_ mode: BlendMode, _ b: Double, _ s: Double) -> Double {
  switch mode {
  case .normal: s
  case .add: min(1, b + s)
  case .subtract: max(0, b - s)
  case .screen: b + s - b * s
  case .multiply: b * s
  case .difference: abs(b - s)
  case .exclusion: b + s - 2 * b * s
  case .overlay: formula(.hardLight, s, b)
  case .hardLight: s <= 0.5 ? b * 2 * s : formula(.screen, b, 2 * s - 1)
  case .softLight:
    if s <= 0.5 {
      b - (1 - 2 * s) * b * (1 - b)
    } else {
      b + (2 * s - 1) * ((b <= 0.25 ? ((16 * b - 12) * b + 4) * b : b.squareRoot()) - b)
    }
  case .colorDodge: b == 0 ? 0 : s >= 1 ? 1 : min(1, b / (1 - s))
  case .colorBurn: b == 1 ? 1 : s <= 0 ? 0 : 1 - min(1, (1 - b) / s)
  case .linearLight: min(max(b + 2 * s - 1, 0), 1)
  case .vividLight: s <= 0.5 ? formula(.colorBurn, b, 2 * s) : formula(.colorDodge, b, 2 * s - 1)
  case .pinLight: s <= 0.5 ? min(b, 2 * s) : max(b, 2 * s - 1)
  case .hardMix: b + s >= 1 ? 1 : 0
  case .lighten: max(b, s)
  case .darken: min(b, s)
  case .grainExtract: min(max(b - s + 0.5, 0), 1)
  case .grainMerge: min(max(b + s - 0.5, 0), 1)
  case .hue, .saturation, .color, .luminosity: preconditionFailure("mixes whole colors")
  }
}

/// B(Cb, Cs) of the modes that are not separable, as W3C writes them: red, green, blue on 0…1.
func formula(_ mode: BlendMode, _ b: [Double], _ s: [Double]) -> [Double] {
  func luminosity(_ c: [Double]) -> Double { 0.3 * c[0] + 0.59 * c[1] + 0.11 * c[2] }
  func saturation(_ c: [Double]) -> Double { c.max()! - c.min()! }
  func clipped(_ c: [Double]) -> [Double] {
    let (l, n, x) = (luminosity(c), c.min()!, c.max()!)
    var c = c
    if n < 0 { c = c.map { l + ($0 - l) * l / (l - n) } }
    if x > 1 { c = c.map { l + ($0 - l) * (1 - l) / (x - l) } }
    return c
  }
  func with(_ c: [Double], luminosity l: Double) -> [Double] { clipped(c.map { $0 + l - luminosity(c) }) }
  func with(_ c: [Double], saturation s: Double) -> [Double] {
    let (n, x) = (c.min()!, c.max()!)
    return x > n ? c.map { ($0 - n) * s / (x - n) } : [0, 0, 0]
  }
  return switch mode {
  case .hue: with(with(s, saturation: saturation(b)), luminosity: luminosity(b))
  case .saturation: with(with(b, saturation: saturation(s)), luminosity: luminosity(b))
  case .color: with(s, luminosity: luminosity(b))
  case .luminosity: with(b, luminosity: luminosity(s))
  default: preconditionFailure("blends channels")
  }
}

private let separable = BlendMode.allCases.filter(\.isSeparable)
private let wholeColors = BlendMode.allCases.filter { !$0.isSeparable }

@Test(arguments: separable)
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

/// Every pair of colors on a grid of 9 levels per channel, blended with one coverage.
private func blended(
  _ mode: BlendMode, alpha: UInt8, kernels: any PixelKernels.Type
) -> (backdrop: [[UInt8]], source: [[UInt8]], out: [[UInt8]]) {
  let levels: [UInt8] = [0, 1, 40, 100, 127, 128, 200, 254, 255]
  let colors = levels.flatMap { r in levels.flatMap { g in levels.map { b in [r, g, b] } } }
  let count = colors.count * colors.count
  var (backdrop, source) = ([[UInt8]](repeating: [], count: 3), [[UInt8]](repeating: [], count: 3))
  for channel in 0..<3 {
    backdrop[channel] = colors.flatMap { below in colors.map { _ in below[channel] } }
    source[channel] = colors.flatMap { _ in colors.map { $0[channel] } }
  }
  let rows = (0..<9).map { _ in AlignedBuffer<UInt8>(count: count) }
  for channel in 0..<3 {
    rows[channel].base.update(from: backdrop[channel], count: count)
    rows[3 + channel].base.update(from: source[channel], count: count)
  }
  let row = { (first: Int) in
    PixelRow(red: rows[first].base, green: rows[first + 1].base, blue: rows[first + 2].base)
  }
  kernels.blendColors(
    mode, row(6).mutableBytes, backdrop: row(0).bytes, source: row(3).bytes,
    alpha: [UInt8](repeating: alpha, count: count), count: count)
  return (backdrop, source, (6..<9).map { Array(UnsafeBufferPointer(start: rows[$0].base, count: count)) })
}

@Test(arguments: wholeColors)
func everyBlendOfWholeColorsIsWithinOneLevelOfItsFormula(_ mode: BlendMode) {
  for alpha in [0, 128, 255] as [UInt8] {
    let (backdrop, source, out) = blended(mode, alpha: alpha, kernels: baselinePixels)
    var worst = 0.0
    for i in stride(from: 0, to: out[0].count, by: 3) {
      let (b, s) = (backdrop.map { Double($0[i]) / 255 }, source.map { Double($0[i]) / 255 })
      let a = Double(alpha) / 255
      for (channel, exact) in formula(mode, b, s).enumerated() {
        worst = max(worst, abs(Double(out[channel][i]) - ((1 - a) * b[channel] + a * exact) * 255))
      }
    }
    #expect(worst <= 1, "at a coverage of \(alpha)")
  }
}

@Test(arguments: wholeColors)
func everyInstructionSetBlendsWholeColorsToTheSameBits(_ mode: BlendMode) {
  let results = pixelKernelLevels.map { blended(mode, alpha: 200, kernels: $0.pixel).out }
  #expect(Set(results).count == 1)
}

@Test(arguments: separable)
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

@Test func everyInstructionSetBlendsEveryPairOfLevelsToTheSameBits() {
  let backdrop = (0..<65536).map { UInt8($0 & 255) }
  let source = (0..<65536).map { UInt8($0 >> 8) }
  let alpha = (0..<65536).map { UInt8(truncatingIfNeeded: $0 &* 97) }
  for mode in separable {
    let results = pixelKernelLevels.map { level in
      var out = [UInt8](repeating: 0, count: 65536)
      level.pixel.blend(mode, &out, backdrop: backdrop, source: source, alpha: alpha, count: 65536)
      return out
    }
    #expect(Set(results).count == 1, "\(mode)")
  }
}

// MARK: Linear light

private func light(_ level: Double) -> Double {
  level <= 0.04045 ? level / 12.92 : ScalarMath.pow((level + 0.055) / 1.055, 2.4)
}

private func encoded(_ light: Double) -> Double {
  light <= 0.0031308 ? 12.92 * light : 1.055 * ScalarMath.pow(light, 1 / 2.4) - 0.055
}

/// Blends rows of levels with `RowBlender`, over a canvas that is covered all over.
private func blendedInLight(_ mode: BlendMode, _ below: [[UInt8]], _ source: [[UInt8]], alpha: UInt8) -> [[UInt8]] {
  let count = below[0].count
  let blender = RowBlender(mode, light: .linear, width: count, kernels: baselinePixels)
  let rows = (0..<4).map { _ in PixelRowBuffer(width: count) }
  for channel in 0..<3 {
    rows[0].row[channel].update(from: below[channel], count: count)
    rows[1].row[channel].update(from: source[channel], count: count)
    rows[2].row[channel].update(repeating: alpha, count: count)
  }
  blender.blend(rows[1].row, alpha: Bytes(rows[2].row.red), over: rows[0].row, isBlack: false, into: rows[3].row)
  return (0..<3).map { Array(UnsafeBufferPointer(start: rows[3].row[$0], count: count)) }
}

@Test(arguments: separable)
func everyBlendInLinearLightIsWithinOneLevelOfItsFormula(_ mode: BlendMode) {
  let sources = (0...255).map { UInt8($0) }
  for backdrop in stride(from: 0, through: 255, by: 15) {
    for alpha in [255, 77] as [UInt8] {
      let below = [UInt8](repeating: UInt8(backdrop), count: 256)
      let out = blendedInLight(mode, [below, below, below], [sources, sources, sources], alpha: alpha)[1]
      let (b, a) = (Double(backdrop) / 255, Double(alpha) / 255)
      for (source, result) in zip(sources, out) {
        let s = Double(source) / 255
        let blended = mode == .normal ? s : encoded(formula(mode, light(b), light(s)))
        #expect(abs(Double(result) - 255 * ((1 - a) * b + a * blended)) <= 1, "\(backdrop) \(source)")
      }
    }
  }
}

@Test(arguments: wholeColors)
func wholeColorsInLinearLightKeepWhatTheModeKeeps(_ mode: BlendMode) {
  var numbers = TestNumbers(4)
  let (below, source) = ((0..<3).map { _ in numbers.bytes(512) }, (0..<3).map { _ in numbers.bytes(512) })
  let out = blendedInLight(mode, below, source, alpha: 255)
  func luminosity(_ row: [[UInt8]], _ i: Int) -> Double {
    zip([0.2126, 0.7152, 0.0722], row).reduce(0) { $0 + $1.0 * light(Double($1.1[i]) / 255) }
  }
  for i in 0..<512 {
    // The luminosity is that of one of the two, to the rounding of a level.
    let wanted = luminosity(mode == .luminosity ? source : below, i)
    #expect(abs(encoded(luminosity(out, i)) - encoded(wanted)) <= 1.5 / 255, "\(i)")
  }
}

@Test func lightAddsUpAsLampsDo() {
  let grey = [[UInt8]](repeating: [128], count: 3)
  // Twice the light of 128 is level 176, not 255.
  #expect(blendedInLight(.add, grey, grey, alpha: 255)[0] == [176])
}
