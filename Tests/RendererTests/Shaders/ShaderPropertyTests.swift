import KernelTable
import SceneLang
import Testing

@testable import Renderer

/// What holds for a shader beside its formula (`ShaderLawTests`).
@Suite struct ShaderPropertyTests {
  private let source = Picture.noise(width: 131, height: 37, seed: 21)

  @Test func wholeTurnsOfTheHueChangeNothing() {
    for amount in [0.0, 1, -3, 1e9] { #expect(shaded(source, "hue_rotate", [.number(amount)]).hash == source.hash) }
  }

  @Test func twoColorsAreAGradient() {
    let colors: [ShaderArguments.Value] = [
      .color(red: 0, green: 0.2, blue: 0.4), .color(red: 1, green: 0.8, blue: 0.6),
    ]
    let gradient = Gradient(
      stops: [.init(position: 0, color: RGB(0, 51, 102)), .init(position: 1, color: RGB(255, 204, 153))], space: .oklab)
    #expect(shaded(source, "duotone", colors).hash == shaded(source, "color_ramp", [.gradient(gradient)]).hash)
  }

  @Test func aNeutralGradeChangesNothing() {
    func gray(_ level: Double) -> ShaderArguments.Value { .color(red: level, green: level, blue: level) }
    let neutral = [gray(0), gray(128.0 / 255), gray(1)]
    #expect(shaded(source, "lift_gamma_gain", neutral).hash == source.hash)
  }

  @Test func barsLeaveAPictureOfTheRatio() {
    let planes = (0..<3).map(source.plane)
    let bars = shaded(source, "letterbox", [.number(5)])
    // 131 / 5 = 26 of 37 rows, from row 5 on.
    #expect(bars.worst { (5..<31).contains($2) ? planes[$0][$2][$1] : 0 } == 0)
    let pillars = shaded(source, "letterbox", [.number(1)])
    #expect(pillars.worst { (47..<84).contains($1) ? planes[$0][$2][$1] : 0 } == 0)
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

  @Test func longRunsAreSortedAsShortOnesAre() {
    // A falling ramp, brighter than the threshold all along, with equal neighbours of different hue.
    let ramp = Picture(width: 300, height: 2)
    for x in 0..<300 {
      let level = UInt8(255 - x / 2)
      for plane in 0..<3 { for y in 0..<2 { ramp.row(y, plane: plane)[x] = level } }
    }
    let out = shaded(ramp, "pixel_sort", [.number(0.1), .choice("horizontal")])
    #expect(out.worst { _, x, _ in Double(255 - (299 - x) / 2) } == 0)
  }

  @Test func staticReplacesAShareOfTheDots() {
    let grey = Picture(width: 400, height: 1080)
    for plane in 0..<3 { for y in 0..<1080 { grey.row(y, plane: plane).update(repeating: 128, count: 400) } }
    func share(_ out: Picture) -> Double {
      let changed = (0..<1080).reduce(0) { sum, y in sum + (0..<400).count { out[$0, y] != (128, 128, 128) } }
      return Double(changed) / 432_000
    }
    // The shorter side is 400: dots of one pixel.
    let colored = shaded(grey, "static", [.number(0.2), .number(1)])
    #expect(abs(share(colored) - 0.2) < 0.01)
    let plain = shaded(grey, "static", [.number(0.2), .number(0)])
    #expect(plain.plane(0) == plain.plane(1) && plain.plane(1) == plain.plane(2))
    #expect(colored.plane(0) != colored.plane(1))
    #expect(abs(plain.plane(0).joined().filter { $0 != 128 }.reduce(0, +) / (432_000 * share(plain)) - 127.5) < 2)
    #expect(share(shaded(grey, "static", [.number(1), .number(1)])) > 0.999)
    #expect(shaded(grey, "static", [.number(0), .number(1)]).hash == grey.hash)
  }

  @Test func bumpsOfHazeAreSmoothStayWithinTheirStrengthAndMorph() {
    // Red shows the column, green the row.
    let ramp = Picture(width: 251, height: 241)
    for y in 0..<241 {
      for x in 0..<251 { (ramp.row(y, plane: 0)[x], ramp.row(y, plane: 1)[x]) = (UInt8(x), UInt8(y)) }
    }
    func moved(_ phase: Double, seed: UInt64 = 1) -> Picture {
      shaded(ramp, "heat_haze", [.number(0.05), .number(0.2), .number(phase)], seed: seed)
    }
    let (out, later, next) = (moved(2), moved(2.02), moved(3))
    var (widest, between, afterwards) = (0, 0, 0)
    for y in 12..<229 {
      for x in 12..<239 {
        let (dx, dy) = (Int(out[x, y].red) - x, Int(out[x, y].green) - y)
        widest = max(widest, abs(dx), abs(dy))
        #expect(abs(Int(out[x + 1, y].red) - Int(out[x, y].red) - 1) <= 1, "\(x), \(y)")
        between = max(between, abs(Int(out[x, y].red) - Int(later[x, y].red)))
        afterwards = max(afterwards, abs(Int(out[x, y].red) - Int(next[x, y].red)))
      }
    }
    #expect((7...12).contains(widest))
    #expect(between <= 1 && afterwards > 5)
    #expect(moved(2, seed: 2).hash != out.hash)
  }

  /// Means over wide areas stay: light is neither made nor lost.
  @Test func diffusionKeepsTheMean() {
    let source = Picture.smooth(width: 192, height: 108)
    let out = shaded(source, "error_diffusion", [.number(2), .choice("floyd_steinberg")])
    func mean(_ picture: Picture) -> Double { picture.plane(0).joined().reduce(0, +) / Double(192 * 108) }
    #expect(abs(mean(out) - mean(source)) < 1)
  }
}
