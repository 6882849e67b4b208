import KernelTable
import SceneLang
import Testing

@testable import Renderer

private func histogram(_ counts: [Int: Int]) -> [Int] { (0..<256).map { counts[$0] ?? 0 } }

@Test func theExposureIsThePercentiles() {
  let flat = Exposure(histogram: [Int](repeating: 10, count: 256))
  #expect(flat == Exposure(black: 2, white: 254))
  // Half a percent of white pixels is left out, a little more is not.
  #expect(Exposure(histogram: histogram([20: 995, 200: 5])) == Exposure(black: 0, white: 255))
  #expect(Exposure(histogram: histogram([20: 994, 200: 6])) == Exposure(black: 20, white: 200))
  #expect(Exposure(histogram: histogram([:])) == nil)
}

/// A narrow range is stretched the less the narrower it is; a single level stays as it is but for gamma.
@Test func aFlatPictureKeepsItsBrightness() {
  for level in [0, 1, 128, 254, 255] {
    #expect(Exposure(histogram: histogram([level: 7])) == Exposure(black: 0, white: 255))
  }
  #expect(Exposure(histogram: histogram([100: 50, 105: 50])) == Exposure(black: 50, white: 183))
  #expect(Exposure(histogram: histogram([100: 50, 109: 50])) == Exposure(black: 90, white: 125))
  #expect(Exposure(histogram: histogram([100: 50, 110: 50])) == Exposure(black: 100, white: 110))
  #expect(Exposure(histogram: histogram([250: 50, 253: 50])) == Exposure(black: 75, white: 256))
}

/// What is behind everything is as bright beside something brighter as it is alone; a shadow becomes black.
@Test func aGroundOfASegmentIsNoShadow() {
  #expect(Exposure(segment: histogram([100: 50, 250: 50])) == Exposure(black: 38, white: 250))
  #expect(Exposure(segment: histogram([100: 95, 250: 5])) == Exposure(black: 38, white: 250))
  #expect(Exposure(segment: histogram([100: 30, 180: 20, 250: 50])) == Exposure(black: 88, white: 250))
  #expect(Exposure(segment: histogram([100: 25, 180: 25, 250: 50])) == Exposure(black: 100, white: 250))
  #expect(Exposure(segment: histogram([30: 80, 250: 20])) == Exposure(black: 30, white: 250))
  for level in [80, 120, 160, 200] {
    let ground = Exposure(segment: histogram([level: 80, 255: 20]))!
    #expect(
      abs(ground.target(level, Tone(exposure: .segment, gamma: 0.75)) - Double(level)) <= 12,
      "\(level): \(ground.target(level, Tone(exposure: .segment, gamma: 0.75)))")
  }
  #expect(Exposure(segment: histogram([:])) == nil)
}

@Test(arguments: [0.5, 0.75, 1, 1.8])
func theToneCurveRisesFrom2To253(_ gamma: Double) {
  let table = Exposure(black: 17, white: 180).table(Tone(exposure: .frame, gamma: gamma))
  #expect(table[...17].allSatisfy { $0 == 2 })
  #expect(table[180...].allSatisfy { $0 == 253 })
  #expect(zip(table, table.dropFirst()).allSatisfy { $0 <= $1 })
}

@Test func gainsAreAtMostFourAndRiseTheBrightestChannel() {
  let exposure = Exposure(black: 0, white: 40)
  let tone = Tone(exposure: .segment, gamma: 0.75)
  let gains = exposure.gains(tone)
  #expect(gains[0] == 0 && gains.max() == 4 * 8192)
  let levels = gains.enumerated().map { Double($1) / 8192 * Double($0) }
  #expect(zip(levels, levels.dropFirst()).allSatisfy { $0 <= $1 + 0.05 })
  for level in 1...255 {
    #expect(abs(levels[level] - min(4 * Double(level), exposure.target(level, tone))) < 0.02)
  }
}

@Test func aSegmentIsSampledFromItsMiddleNineTenths() {
  #expect(Exposure.sampledFrames(count: 201, fps: FrameRate(24)) == [10, 33, 55, 78, 100, 123, 145, 168, 190])
  #expect(Exposure.sampledFrames(count: 41, fps: FrameRate(24)) == [2, 20, 38])
  #expect(Exposure.sampledFrames(count: 1, fps: FrameRate(24)) == [0])
  for count in 1...400 {
    let frames = Exposure.sampledFrames(count: count, fps: FrameRate(24))
    #expect(frames.first! >= 0 && frames.last! < count && frames == Array(Set(frames)).sorted())
  }
}

@Test func aFrameOfAFadeThatIsNearlyBlackDoesNotCount() {
  #expect(Exposure.isNearlyEmpty(histogram([0: 9960, 200: 40])))
  #expect(!Exposure.isNearlyEmpty(histogram([0: 9940, 200: 60])))
  #expect(Exposure.isNearlyEmpty(histogram([15: 10_000])))
}

@Test func theSegmentCurveKeepsTheRatiosOfTheChannels() {
  let setting = ShaderSetting(width: 257, height: 3, seed: 0, kernels: baselinePixels)
  let shader = SegmentExposure(Tone(exposure: .segment, gamma: 0.75), setting)
  let exposure = Exposure(black: 4, white: 120)
  shader.exposure = exposure
  #expect(shader.begin(ShaderArguments(values: []), frame: 0))
  let source = Picture.noise(width: 257, height: 3, seed: 4)
  let outBuffer = PixelRowBuffer(width: 257)
  defer { withExtendedLifetime(outBuffer) {} }
  let out = outBuffer.row
  for y in 0..<3 {
    shader.shade(row: y, from: source.pixelRow(y), to: out)
    for x in 0..<257 {
      let pixel = source[x, y]
      let high = Int(max(pixel.red, pixel.green, pixel.blue))
      let gain = high == 0 ? 0 : min(4, exposure.target(high, Tone(exposure: .segment, gamma: 0.75)) / Double(high))
      for (level, result) in [(pixel.red, out.red[x]), (pixel.green, out.green[x]), (pixel.blue, out.blue[x])] {
        #expect(abs(Double(result) - min(255, Double(level) * gain)) <= 0.6)
      }
    }
  }
}

@Test func theFrameCurveStretchesWhatItMeasured() {
  let setting = ShaderSetting(width: 64, height: 64, seed: 0, kernels: baselinePixels)
  let shader = FrameExposure(Tone(exposure: .segment, gamma: 1), setting)
  let source = Picture(width: 64, height: 64)
  // Levels 40…71 on every row; all three channels are pooled.
  for y in 0..<64 {
    for plane in 0..<3 { for x in 0..<64 { source.row(y, plane: plane)[x] = UInt8(40 + x / 2) } }
  }
  for _ in 0..<2 {
    shader.measure(frame: 0) { source.pixelRow($0) }
    #expect(shader.begin(ShaderArguments(values: []), frame: 0))
    let outBuffer = PixelRowBuffer(width: 64)
    defer { withExtendedLifetime(outBuffer) {} }
    let out = outBuffer.row
    shader.shade(row: 0, from: source.pixelRow(0), to: out)
    #expect(out.red[0] == 2 && out.red[63] == 253 && out.blue[32] == out.red[32])
    #expect((0..<63).allSatisfy { out.green[$0] <= out.green[$0 + 1] })
  }
}

/// A smoothed frame is the same wherever a clip begins, and lies between those of the frames it is the mean of.
@Test func theSmoothedCurveReadsTheFramesBefore() {
  let layers = "{field: plasma, opacity: \"if(t < 0.5s, 0.2, 1)\"}"
  func graph(_ tone: String) -> RenderGraph {
    var graph = compiledScene(layers)
    graph.segments[0].tone = Tone(exposure: .frame, gamma: 1, window: tone == "smooth" ? 6 : 1)
    return graph
  }
  let smooth = graph("smooth")
  let forth = hashes(smooth, frames: Array(8..<20))
  #expect(hashes(smooth, frames: [13, 19]) == [forth[5], forth[11]])
  #expect(hashes(smooth, frames: [19, 13]) == [forth[11], forth[5]])
  let alone = hashes(graph("alone"), frames: Array(8..<20))
  // Frame 12 is the first bright one; its window has five dark frames, that of frame 17 none.
  #expect(zip(forth, alone).map(==)[4..<9].allSatisfy { !$0 })
}

@Test func theMeanOfExposuresIsRoundedHalfUp() {
  let mean = Exposure(meanOf: [Exposure(black: 0, white: 100), Exposure(black: 5, white: 15)])
  #expect(mean == Exposure(black: 3, white: 58))
}

@Test(arguments: Tone.Curve.allCases)
func everyCurveKeepsBothEndsAndNeverFalls(_ curve: Tone.Curve) {
  #expect(curve.apply(0) == 0)
  #expect(abs(curve.apply(1) - 1) < 1e-9)
  let levels = (0...1000).map { curve.apply(Double($0) / 1000) }
  #expect(zip(levels, levels.dropFirst()).allSatisfy { $0 <= $1 })
  #expect(levels.allSatisfy { (0...1).contains($0) })
}

/// Values of the published formulas, worked out by hand in light: 0.25 of white is 1, 1 and 2.8 before the curve.
@Test(arguments: [(Tone.Curve.reinhard, 0.53125), (.aces, 0.825748), (.hable, 0.598641)])
func aQuarterOfWhiteIsWhatTheFormulaSays(_ curve: Tone.Curve, _ expected: Double) {
  let encoded = 1.055 * ScalarMath.pow(0.25, 1 / 2.4) - 0.055
  let out = curve.apply(encoded)
  let light = ScalarMath.pow((out + 0.055) / 1.055, 2.4)
  #expect(abs(light - expected) < 1e-4)
}

@Test func blackAndWhitePointsAreTheEndsOfTheTable() {
  let exposure = Exposure(black: 30, white: 200)
  let table = exposure.table(Tone(exposure: .frame, gamma: 1, black: 0, white: 255))
  #expect(table[30] == 0 && table[200] == 255 && table[0] == 0 && table[255] == 255)
  #expect(exposure.table(Tone(exposure: .frame, gamma: 1, black: 51, white: 102))[115] == 77)
}
