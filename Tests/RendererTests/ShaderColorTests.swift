import KernelTable
import SceneLang
import Testing

@testable import Renderer

/// HSV → RGB with the six sectors of a textbook; hue in turns.
private func color(hue: Double, saturation: Double, value: Double) -> [Double] {
  let sixths = ScalarMath.fract(hue) * 6
  let chroma = value * saturation
  let middle = chroma * (1 - abs(sixths.truncatingRemainder(dividingBy: 2) - 1))
  let sectors = [
    [chroma, middle, 0], [middle, chroma, 0], [0, chroma, middle], [0, middle, chroma], [middle, 0, chroma],
    [chroma, 0, middle],
  ]
  return sectors[min(Int(sixths), 5)].map { $0 + value - chroma }
}

private func hue(_ c: [Double]) -> Double {
  let (high, low) = (c.max()!, c.min()!)
  guard high > low else { return 0 }
  if c[0] == high { return (c[1] - c[2]) / (high - low) / 6 }
  if c[1] == high { return (2 + (c[2] - c[0]) / (high - low)) / 6 }
  return (4 + (c[0] - c[1]) / (high - low)) / 6
}

@Suite struct ShaderColorTests {
  private let source = Picture.noise(width: 131, height: 37, seed: 21)
  private func pixel(_ x: Int, _ y: Int) -> [Double] {
    [Double(source[x, y].red), Double(source[x, y].green), Double(source[x, y].blue)]
  }

  @Test(arguments: [0.1, 0.5, 0.99, -0.3, 7.25])
  func theHueTurns(_ amount: Double) {
    let error = shaded(source, "hue_rotate", [.number(amount)]).worst { plane, x, y in
      let c = pixel(x, y)
      let (high, low) = (c.max()!, c.min()!)
      return color(hue: hue(c) + amount, saturation: high > 0 ? (high - low) / high : 0, value: high)[plane]
    }
    #expect(error <= 0.51)
  }

  @Test func wholeTurnsOfTheHueChangeNothing() {
    for amount in [0.0, 1, -3, 1e9] { #expect(shaded(source, "hue_rotate", [.number(amount)]).hash == source.hash) }
  }

  @Test(arguments: [(0.3, 0.0), (1, 2), (0, 1)])
  func theChannelsWobbleInTurn(_ amount: Double, _ phase: Double) {
    let error = shaded(source, "color_wobble", [.number(amount), .number(phase)]).worst { plane, x, y in
      pixel(x, y)[plane] * (1 + amount * ScalarMath.sin(phase + Double(plane) * 2 * .pi / 3))
    }
    #expect(error <= 0.501)
  }

  @Test func aRampColorsByLuma() {
    let gradient = Gradient(
      stops: [.init(position: 0, color: RGB(10, 0, 60)), .init(position: 1, color: RGB(255, 220, 160))], space: .oklch)
    let table = GradientTable(gradient)
    let planes = [table.red, table.green, table.blue]
    let out = shaded(source, "color_ramp", [.gradient(gradient)])
    var farthest = 0.0
    let error = out.worst { plane, x, y in
      let c = source[x, y]
      let luma = (54 * Int(c.red) + 183 * Int(c.green) + 19 * Int(c.blue) + 128) / 256
      let exact = 0.2126 * Double(c.red) + 0.7152 * Double(c.green) + 0.0722 * Double(c.blue)
      farthest = max(farthest, abs(exact - Double(luma)))
      return Double(planes[plane][luma])
    }
    #expect(error == 0)
    #expect(farthest <= 1.1)
  }

  @Test func twoColorsAreAGradient() {
    let colors: [ShaderArguments.Value] = [
      .color(red: 0, green: 0.2, blue: 0.4), .color(red: 1, green: 0.8, blue: 0.6),
    ]
    let gradient = Gradient(
      stops: [.init(position: 0, color: RGB(0, 51, 102)), .init(position: 1, color: RGB(255, 204, 153))], space: .oklab)
    #expect(shaded(source, "duotone", colors).hash == shaded(source, "color_ramp", [.gradient(gradient)]).hash)
  }

  @Test func shadowsMiddleTonesAndLightsAreGraded() {
    func gray(_ level: Double) -> ShaderArguments.Value { .color(red: level, green: level, blue: level) }
    let neutral = [gray(0), gray(128.0 / 255), gray(1)]
    #expect(shaded(source, "lift_gamma_gain", neutral).hash == source.hash)
    let graded = shaded(source, "lift_gamma_gain", [gray(0.1), gray(0.25), gray(0.9)])
    let exponent = ScalarMath.log(0.25) / ScalarMath.log(128.0 / 255)
    let error = graded.worst { plane, x, y in
      255 * (0.1 + 0.8 * ScalarMath.pow(pixel(x, y)[plane] / 255, exponent))
    }
    #expect(error <= 0.501)
  }

  @Test(arguments: shaderSizes)
  func theMiddleIsDarkened(_ width: Int, _ height: Int) {
    let source = Picture.noise(width: width, height: height, seed: 3)
    let planes = (0..<3).map(source.plane)
    for strength in [0.3, 1] {
      let error = shaded(source, "reverse_vignette", [.number(strength)]).worst { plane, x, y in
        let (dx, dy) = (Double(2 * x + 1 - width), Double(2 * y + 1 - height))
        let radius = (dx * dx + dy * dy) / Double(width * width + height * height)
        return planes[plane][y][x] * max(0.2, 1 - strength * (1 - radius))
      }
      #expect(error <= 0.52)
    }
  }

  @Test func ditheringComparesWithBayersMatrix() {
    /// The recursion of the definition: four copies of 4·M, plus 0, 2, 3, 1.
    func bayer(_ order: Int, _ x: Int, _ y: Int) -> Int {
      guard order > 0 else { return 0 }
      let half = 1 << (order - 1)
      let corner = [[0, 2], [3, 1]][y / half][x / half]
      return 4 * bayer(order - 1, x % half, y % half) + corner
    }
    let planes = (0..<3).map(source.plane)
    for (levels, size) in [(2, 1), (4, 3), (255, 1)] {
      let out = shaded(source, "dither", [.number(Double(levels)), .number(Double(size) / 37)])
      let error = out.worst { plane, x, y in
        let threshold = (2 * bayer(3, x / size % 8, y / size % 8) + 1) * 255 / 128
        let step = (Int(planes[plane][y][x]) * (levels - 1) + threshold) / 255
        return (Double(step) * 255 / Double(levels - 1)).rounded()
      }
      #expect(error == 0, "\(levels) levels")
    }
  }

  @Test func barsLeaveAPictureOfTheRatio() {
    let bars = shaded(source, "letterbox", [.number(5)])
    // 131 / 5 = 26 of 37 rows, from row 5 on.
    #expect(bars.worst { (5..<31).contains($2) ? pixel($1, $2)[$0] : 0 } == 0)
    let pillars = shaded(source, "letterbox", [.number(1)])
    #expect(pillars.worst { (47..<84).contains($1) ? pixel($1, $2)[$0] : 0 } == 0)
  }

  @Test func edgesGlowByTheSlopeOfTheLuma() {
    for (width, height) in shaderSizes {
      let source = Picture.noise(width: width, height: height, seed: 6)
      let planes = (0..<3).map(source.plane)
      func lumaOf(_ x: Int, _ y: Int) -> Double {
        let sum = 54 * planes[0][y][x] + 183 * planes[1][y][x] + 19 * planes[2][y][x]
        return ((sum + 128) / 256).rounded(.down)
      }
      let luma = (0..<height).map { y in (0..<width).map { lumaOf($0, y) } }
      for (turn, strength) in [(0.5, 0.5), (0.08, 1), (-0.2, 0.1)] {
        let light = color(hue: turn, saturation: 0.8, value: strength)
        let error = shaded(source, "edge_glow", [.number(turn), .number(strength)]).worst { plane, x, y in
          let across = luma[y][min(x + 1, width - 1)] - luma[y][max(x - 1, 0)]
          let down = luma[min(y + 1, height - 1)][x] - luma[max(y - 1, 0)][x]
          let edge = min(255, 2 * (across * across + down * down).squareRoot())
          return planes[plane][y][x] + edge * light[plane]
        }
        #expect(error <= 0.51, "\(width) × \(height), hue \(turn)")
      }
    }
  }

  @Test(arguments: [(6, 193, 109), (2, 64, 97), (5, 131, 37), (4, 1, 1)])
  func halftoneDotsCarryTheTone(_ size: Int, _ width: Int, _ height: Int) {
    let source = Picture.noise(width: width, height: height, seed: 5)
    let planes = (0..<3).map(source.plane)
    // The smallest dots that the range has at this size, in pixels.
    let out = shaded(source, "halftone", [.number(Double(size) / Double(min(width, height)))])
    func square(_ x: Int, _ y: Int) -> [Double] {
      let columns = x / size * size..<min((x / size + 1) * size, width)
      let rows = y / size * size..<min((y / size + 1) * size, height)
      return (0..<3).map { plane in
        let sum = rows.reduce(0.0) { sum, row in columns.reduce(sum) { $0 + planes[plane][row][$1] } }
        return (sum / Double(rows.count * columns.count) + 0.5).rounded(.down)
      }
    }
    let error = out.worst { plane, x, y in
      let mean = square(x, y)
      let high = mean.max()!
      let (dx, dy) = (Double(x % size) + 0.5 - Double(size) / 2, Double(y % size) + 0.5 - Double(size) / 2)
      let coverage = min(max(high / 255 * Double(size) / 2 - (dx * dx + dy * dy).squareRoot() + 0.5, 0), 1)
      return high > 0 ? mean[plane] * 255 / high * coverage : 0
    }
    #expect(error <= 1.5)
  }
}
