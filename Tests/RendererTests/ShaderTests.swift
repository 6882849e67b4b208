import KernelTable
import SceneLang
import Testing

@testable import Renderer

/// The largest distance of a shader's result from `expected` (levels 0…255, of the levels of the pixel), in levels.
private func worst(
  _ name: String, _ values: [ShaderArguments.Value], width: Int = 131, height: Int = 37,
  expected: (_ pixel: [Double], _ x: Int, _ y: Int) -> [Double]
) -> Double {
  let source = Picture.noise(width: width, height: height, seed: 21)
  let out = shaded(source, name, values)
  let (before, after) = ((0..<3).map(source.plane), (0..<3).map(out.plane))
  var worst = 0.0
  for y in 0..<height {
    for x in 0..<width {
      let exact = expected((0..<3).map { before[$0][y][x] }, x, y)
      for channel in 0..<3 { worst = max(worst, abs(after[channel][y][x] - min(max(exact[channel], 0), 255))) }
    }
  }
  return worst
}

@Test func curvesFollowTheirFormulas() {
  #expect(worst("brightness", [.number(1.4)]) { pixel, _, _ in pixel.map { $0 * 1.4 } } <= 0.5)
  #expect(worst("contrast", [.number(1.7)]) { pixel, _, _ in pixel.map { 128 + ($0 - 128) * 1.7 } } <= 0.501)
  #expect(worst("invert", []) { pixel, _, _ in pixel.map { 255 - $0 } } == 0)
  #expect(worst("gamma", [.number(2)]) { pixel, _, _ in pixel.map { ($0 * 255).squareRoot() } } <= 0.501)
  let levels = worst("levels", [.number(0.2), .number(0.8), .number(0.5)]) { pixel, _, _ in
    pixel.map { level in
      let share = min(max((level / 255 - 0.2) / 0.6, 0), 1)
      return share * share * 255
    }
  }
  #expect(levels <= 0.501)
  #expect(worst("posterize", [.number(4)]) { pixel, _, _ in pixel.map { ($0 / 64).rounded(.down) * 64 } } == 0)
  #expect(worst("solarize", [.number(0.6)]) { pixel, _, _ in pixel.map { $0 > 153 ? 255 - $0 : $0 } } == 0)
  let tint = worst("color_grade", [.choice("matrix"), .color(red: 1, green: 0.5, blue: 1)]) { pixel, _, _ in
    [pixel[0] * 0.7, pixel[1] * 0.6, pixel[2] * 0.7]
  }
  #expect(tint <= 0.501)
}

@Test(arguments: [(131, 37), (64, 96), (1, 1)])
func theVignetteDarkensWithTheSquareOfTheDistance(_ width: Int, _ height: Int) {
  for strength in [0.18, 1] {
    let error = worst("vignette", [.number(strength)], width: width, height: height) { pixel, x, y in
      let (dx, dy) = (Double(2 * x + 1 - width), Double(2 * y + 1 - height))
      let radius = (dx * dx + dy * dy) / Double(width * width + height * height)
      return pixel.map { $0 * max(0.15, 1 - strength * radius) }
    }
    #expect(error <= 0.52)
  }
}

@Test func scanlinesDarkenOneRowInThree() {
  let error = worst("scanlines", [.number(0.3), .number(3.0 / 37)]) { pixel, _, y in
    pixel.map { y % 3 == 0 ? $0 * 0.7 : $0 }
  }
  #expect(error <= 0.52)
}

@Test func saturationFollowsHSV() {
  for factor in [0, 0.5, 1.5, 4] {
    let error = worst("saturation", [.number(factor)]) { pixel, _, _ in
      let (high, low) = (pixel.max()!, pixel.min()!)
      guard high > low else { return pixel }
      let saturation = (high - low) / high
      let k = min(1, saturation * factor) / saturation
      return pixel.map { high - (high - $0) * k }
    }
    #expect(error <= 0.501)
  }
}

@Test func thresholdComparesTheMean() {
  let error = worst("threshold", [.number(0.5)]) { pixel, _, _ in
    [Double](repeating: pixel.reduce(0, +) / 3 > 127.5 ? 255 : 0, count: 3)
  }
  #expect(error == 0)
}

@Test func chromaticMovesRedRightAndBlueLeft() {
  let source = Picture.noise(width: 131, height: 37, seed: 21)
  let out = shaded(source, "chromatic", [.number(4.0 / 37)])
  for y in 0..<37 {
    for x in 0..<131 {
      #expect(out[x, y].red == source[max(x - 4, 0), y].red)
      #expect(out[x, y].green == source[x, y].green)
      #expect(out[x, y].blue == source[min(x + 4, 130), y].blue)
    }
  }
}

@Test func grainDiffersByFrameAndSeedAndStaysWithinItsAmount() {
  let source = Picture(width: 64, height: 48)
  for y in 0..<48 { for plane in 0..<3 { source.row(y, plane: plane).update(repeating: 128, count: 64) } }
  let first = shaded(source, "grain", [.number(0.04)])
  #expect(shaded(source, "grain", [.number(0.04)]).hash == first.hash)
  #expect(shaded(source, "grain", [.number(0.04)], frame: 1).hash != first.hash)
  #expect(shaded(source, "grain", [.number(0.04)], seed: 2).hash != first.hash)
  let levels = first.plane(0).joined()
  #expect(levels.max()! - 128 == 10 && 128 - levels.min()! == 10)
  #expect(first.plane(1) == first.plane(0) && first.plane(2) == first.plane(0))
  #expect(shaded(source, "grain", [.number(0)]).hash == source.hash)
}

@Test(arguments: Shaders.all.map(\.declaration.name))
func everyShaderGivesTheSameBitsOnEveryInstructionSetAndAtOddSizes(_ name: String) {
  for place in [0, 0.3, 1] {
    let values = arguments(of: Shaders.op(name), at: place)
    for (width, height) in shaderSizes + [(320, 181)] {
      let source = Picture.noise(width: width, height: height, seed: 3)
      let results = pixelKernelLevels.map { shaded(source, name, values, kernels: $0.pixel).hash }
      #expect(Set(results).count == 1, "\(width) × \(height), at \(place) of the ranges")
    }
  }
}

@Test(arguments: Shaders.all.map(\.declaration.name))
func aShaderDependsOnNoFrameBeforeUnlessItSaysSo(_ name: String) {
  guard case .row(let make) = Shaders.op(name).implementation else { return }
  let source = Picture.noise(width: 97, height: 61, seed: 8)
  let setting = ShaderSetting(width: 97, height: 61, seed: 1, kernels: baselinePixels)
  let shader = make(setting)
  var hashes: [String] = []
  // One instance: at 0.4 of the ranges, at 0.6, and at 0.4 again.
  for (frame, place) in [(5, 0.4), (6, 0.6), (5, 0.4)] {
    let out = Picture(width: 97, height: 61)
    let values = ShaderArguments(values: arguments(of: Shaders.op(name), at: place))
    guard shader.begin(values, frame: frame) else { continue }
    if let shader = shader as? any PictureShader {
      for y in 0..<61 { shader.gather(row: y, source.pixelRow(y)) }
      if let reader = shader as? any PictureReader { reader.picture = source }
      shader.finishGathering()
    }
    for y in (0..<61).reversed() { shader.shade(row: y, from: source.pixelRow(y), to: out.pixelRow(y)) }
    hashes.append(out.hash)
  }
  let values = arguments(of: Shaders.op(name), at: 0.4)
  let fresh = shaded(source, name, values, frame: 5).hash
  #expect(hashes.count < 3 || (hashes[0] == hashes[2] && hashes[0] == fresh))
  if Shaders.op(name).declaration.facts.variesByFrame {
    #expect(shaded(source, name, values, frame: 6).hash != fresh)
    #expect(shaded(source, name, values, frame: 5, seed: 2).hash != fresh)
  } else {
    #expect(shaded(source, name, values, frame: 6).hash == fresh)
  }
}

@Test func theListOfShadersIsSortedAndDeclaresWhatItDoes() {
  let names = Shaders.all.map(\.declaration.name)
  #expect(names == names.sorted() && Set(names).count == names.count)
  for op in Shaders.all {
    #expect(op.declaration.summary.hasSuffix("."))
    #expect(op.declaration.parameters.allSatisfy { $0.doc.hasSuffix(".") && ($0.default != nil || $0.type == .lut) })
    if case .channelwise = op.implementation {
      #expect(op.declaration.facts.access == .channelwise)
    } else {
      #expect(op.declaration.facts.access != .channelwise)
    }
  }
}
