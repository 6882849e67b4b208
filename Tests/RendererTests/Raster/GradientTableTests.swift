import SceneLang
import Testing

@testable import Renderer

@Suite struct GradientTableTests {
  private func gradient(
    _ stops: [(Double, RGB)], _ space: Gradient.Space, _ path: Gradient.HuePath = .short
  ) -> GradientTable {
    GradientTable(
      Gradient(stops: stops.map { .init(position: $0.0, color: $0.1) }, space: space, huePath: path))
  }
  private let red = RGB(255, 0, 0)
  private let blue = RGB(0, 0, 255)

  @Test(arguments: BuiltinGradients.all.map(\.gradient)) func endsAreExact(gradient: Gradient) {
    let table = GradientTable(gradient)
    #expect(table[0] == gradient.stops.first?.color)
    #expect(table[255] == gradient.stops.last?.color)
    #expect([table.red.count, table.green.count, table.blue.count] == [256, 256, 256])
  }

  @Test func severalShareTheEntries() {
    let (first, second) = (
      Gradient(stops: [.init(position: 0, color: red), .init(position: 1, color: blue)], space: .rgb),
      Gradient(stops: [.init(position: 0, color: RGB(9, 9, 9))], space: .rgb)
    )
    let table = GradientTable([first, second])
    #expect(table[0] == red && table[127] == blue && table[128] == RGB(9, 9, 9) && table[255] == RGB(9, 9, 9))
    // A third of 85 entries each, and the last entry is the third's.
    let three = GradientTable([second, first, second])
    #expect(three[84] == RGB(9, 9, 9) && three[85] == red && three[169] == blue && three[255] == RGB(9, 9, 9))
  }

  @Test func outsideTheStopsTheirColoursHold() {
    let table = gradient([(0.2, red), (0.8, blue)], .oklab)
    #expect(table[0] == red && table[51] == red && table[204] == blue && table[255] == blue)
    #expect(table[60] != red && table[200] != blue)
    #expect(gradient([(0.5, red)], .rgb)[0] == red)
  }

  @Test func rgbMixesComponents() {
    let table = gradient([(0, RGB(0, 0, 0)), (1, RGB(255, 100, 0))], .rgb)
    #expect((0...255).allSatisfy { Int(table.red[$0]) == $0 })
    #expect(table.green[51] == 20)
  }

  @Test func oklabMixesPerceivedLightness() {
    // The middle of black and white in OKLab is L 0.5, grey 99 in sRGB (CSS Color 4: oklab(50% 0 0) is #636363).
    let table = gradient([(0, RGB(0, 0, 0)), (127.0 / 255, RGB(0, 0, 0)), (129.0 / 255, RGB(255, 255, 255))], .oklab)
    #expect(table[128] == RGB(99, 99, 99))
  }

  @Test func hueTakesTheShortOrTheLongWay() {
    let short = gradient([(0, red), (1, blue)], .oklch)
    let long = gradient([(0, red), (1, blue)], .oklch, .long)
    // From red to blue the short way leads through magenta, the long one through green.
    #expect(short.green[128] < 80 && short.red[128] > 120 && short.blue[128] > 120)
    #expect(long.green[128] > 120 && long.green[128] > long.red[128] && long.green[128] > long.blue[128])
    #expect(short[0] == red && short[255] == blue && long[0] == red && long[255] == blue)
  }

  @Test func grayHasNoHueOfItsOwn() {
    let table = gradient([(0, RGB(128, 128, 128)), (1, red)], .oklch)
    #expect((1...255).allSatisfy { table.red[$0] >= table.green[$0] && table.red[$0] >= table.blue[$0] })
  }

  @Test func stepsAreEqualShares() {
    let neon = BuiltinGradients.all.first { $0.declaration.name == "neon" }!.gradient
    let table = GradientTable(neon)
    for entry in 0...255 {
      let index = min(Int(Double(entry) / 255 * 5), 4)
      #expect(table[entry] == neon.stops[index].color)
    }
  }

  @Test func twoStopsAtOnePlaceMakeAnEdge() {
    let edge = 128.0 / 255
    let table = gradient([(0, red), (edge, red), (edge, blue), (1, blue)], .oklab)
    #expect(table[127] == red && table[128] == blue)
  }
}

extension GradientTable {
  fileprivate subscript(entry: Int) -> RGB { RGB(red[entry], green[entry], blue[entry]) }
}
