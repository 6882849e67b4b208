import KernelTable
import Testing

@testable import Renderer

private let ramp = (0..<1024).map { UInt16($0) }

private func glyphs(_ value: [Float], jitter: Float = 0) -> [UInt16] {
  var out = [UInt16](repeating: 0, count: value.count)
  _ = baselinePixels.glyphs(
    &out, value: value, jitter: [Float](repeating: jitter, count: value.count), ramp: ramp, count: value.count)
  return out
}

@Test func valuesOutsideTheRangeTakeTheEndsOfTheRamp() {
  #expect(glyphs([-1, 0, 0.5, 1, 2, .nan]) == [0, 0, 512, 1023, 1023, 0])
}

@Test func jitterFadesOutBelowAnEmptyCell() {
  let found = glyphs([0, 0.075, 0.15, 0.5], jitter: 0.1).map { Double($0) / 1023 }
  for (value, expected) in zip(found, [0, 0.125, 0.25, 0.6]) { #expect(abs(value - expected) < 0.001) }
}

@Test func aRowOfBlanksIsReported() {
  var out = [UInt16](repeating: 9, count: 4)
  let zeros = [Float](repeating: 0, count: 4)
  #expect(!baselinePixels.glyphs(&out, value: zeros, jitter: zeros, ramp: ramp, count: 4))
  #expect(baselinePixels.glyphs(&out, value: [0, 0, 0, 0.01], jitter: zeros, ramp: ramp, count: 4))
}

@Test func hueColorsFollowTheFormulaOfHSV() {
  let hues = stride(from: Float(-2), through: 2, by: 0.0137).map { $0 }
  let count = hues.count
  let saturation = [Float](repeating: 0.8, count: count)
  let brightness = [Float](repeating: 0.9, count: count)
  var planes = [[UInt8]](repeating: [UInt8](repeating: 0, count: count), count: 3)
  var (red, green, blue) = (planes[0], planes[1], planes[2])
  baselinePixels.hueColors(
    &red, &green, &blue, hue: hues, saturation: saturation, brightness: brightness, count: count)
  planes = [red, green, blue]
  for (index, hue) in hues.enumerated() {
    let turns = Double(hue) - Double(hue).rounded(.down)
    for (plane, n) in zip(planes, [5.0, 3, 1]) {
      let k = (n + turns * 6).truncatingRemainder(dividingBy: 6)
      let expected = 255 * 0.9 * (1 - 0.8 * max(0, min(k, 4 - k, 1)))
      #expect(abs(Double(plane[index]) - expected) <= 0.51)
    }
  }
}

@Test func gradientColorsAreReadRoundedAndDimmed() {
  let levels = (0..<256).map { UInt8($0) }
  let table = levels + levels.reversed() + [UInt8](repeating: 200, count: 256)
  var (red, green, blue) = (
    [UInt8](repeating: 0, count: 3), [UInt8](repeating: 0, count: 3), [UInt8](repeating: 0, count: 3)
  )
  baselinePixels.gradientColors(
    &red, &green, &blue, at: [0, 0.5, 7], brightness: [1, 0.5, 2], table: table, count: 3)
  #expect(red == [0, 64, 255])
  #expect(green == [255, 64, 0])
  #expect(blue == [200, 100, 200])
}

@Test func aCellWithoutWashHasNoSolidColor() {
  var strength = [Float](repeating: -1, count: 3)
  baselinePixels.washStrength(&strength, wash: [0, 0.3, 1], value: [1, 0.25, 1], count: 3)
  #expect(strength[0] == 0)
  #expect(abs(strength[1] - (0.1 + 0.3 * 0.125)) < 1e-6)
  #expect(strength[2] == 1)
  var solid = [UInt8](repeating: 9, count: 3)
  let extremes = baselinePixels.solidCells(&solid, strength: strength, count: 3)
  #expect(solid == [0, 255, 255] && extremes == (0, 255))
  var colors = [UInt8](repeating: 0, count: 3)
  var any = baselinePixels.washColors(&colors, color: [80, 80, 80], strength: strength, isOpaque: false, count: 3)
  #expect(colors == [80, 11, 80] && any == 80 | 11)
  any = baselinePixels.washColors(&colors, color: [80, 80, 80], strength: strength, isOpaque: true, count: 3)
  #expect(colors == [0, 11, 80] && any == 80 | 11)
  any = baselinePixels.washColors(&colors, color: [80, 80, 80], strength: [0, 0, 0], isOpaque: true, count: 3)
  #expect(colors == [0, 0, 0] && any == 0)
}

@Test func coverageIsMaskTimesOpacity() {
  var out = [UInt8](repeating: 0, count: 4)
  let extremes = baselinePixels.coverage(&out, mask: [0, 0.5, 1, 3], opacity: 0.5, count: 4)
  #expect(out == [0, 64, 128, 128] && extremes == (0, 192))
}
