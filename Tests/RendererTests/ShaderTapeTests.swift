import KernelTable
import SceneLang
import Testing

@testable import Renderer

/// The shaders of old machines: tape, and screens of few levels.
@Suite struct ShaderTapeTests {
  /// The definition, in Double.
  @Test(arguments: [(193, 109), (64, 97), (1, 1)], [[0.1, 0.02, 0.3, 0.1], [0.25, 0.1, 1, 1], [0, 0, 0, 0.05]])
  func aTapeKeepsBrightnessAndSmearsColors(_ size: (Int, Int), _ values: [Double]) {
    let (width, height) = size
    let source = Picture.noise(width: width, height: height, seed: 5)
    let planes = (0..<3).map(source.plane)
    let out = shaded(source, "vhs", values.map { .number($0) }, frame: 7, seed: 3)
    let random = FrameRandom(seed: 3, frame: 7)
    let side = Double(min(width, height))
    let bleed = Int(values[0] * side + 0.5)
    func offset(_ y: Int) -> Int {
      let below = (Double(y) + 0.5) / Double(height) - (1 - values[2])
      let torn = below > 0 ? below * below / (values[2] * values[2]) * (0.6 + 0.4 * random.unit(y, 1)) : 0
      let trembling = values[1] * side * (2 * random.unit(y, 0) - 1)
      return Int((trembling + torn * Double(width) / 12 + 0.5).rounded(.down))
    }
    let error = out.worst { plane, x, y in
      func place(_ x: Int) -> Int { min(max(min(max(x, 0), width - 1) - offset(y), 0), width - 1) }
      func luma(_ x: Int) -> Double {
        0.2126 * planes[0][y][place(x)] + 0.7152 * planes[1][y][place(x)] + 0.0722 * planes[2][y][place(x)]
      }
      let colors = (0...bleed).map { planes[plane][y][place(x - $0)] - luma(max(x - $0, 0)) }
      let noise = values[3] * 255 * (2 * random.unit(y << 12 | x >> 3, 2) - 1)
      return luma(x) + colors.reduce(0, +) / Double(bleed + 1) + noise
    }
    #expect(error <= 1)
  }

  /// The definition over whole pictures of errors, in sixteenths.
  @Test(arguments: [("floyd_steinberg", 2), ("floyd_steinberg", 255), ("atkinson", 2), ("atkinson", 5)], shaderSizes)
  func errorsGoToTheNeighbours(_ kind: (spread: String, levels: Int), _ size: (Int, Int)) {
    let (width, height) = size
    let source = Picture.noise(width: width, height: height, seed: 9)
    let out = shaded(source, "error_diffusion", [.number(Double(kind.levels)), .choice(kind.spread)])
    for plane in 0..<3 {
      var sixteenths = source.plane(plane).map { $0.map { Int($0) * 16 } }
      func add(_ share: Int, _ x: Int, _ y: Int) {
        if (0..<width).contains(x) && (0..<height).contains(y) { sixteenths[y][x] += share }
      }
      for y in 0..<height {
        for x in 0..<width {
          let steps = Double(kind.levels - 1)
          let step = min(max((Double(sixteenths[y][x]) / 16 * steps / 255 + 0.5).rounded(.down), 0), steps)
          let level = Int((step * 255 / steps + 0.5).rounded(.down))
          #expect(Int(out.row(y, plane: plane)[x]) == level)
          let error = sixteenths[y][x] - 16 * level
          if kind.spread == "atkinson" {
            for (dx, dy) in [(1, 0), (2, 0), (-1, 1), (0, 1), (1, 1), (0, 2)] { add(error >> 3, x + dx, y + dy) }
          } else {
            let (right, left, down) = (error * 7 >> 4, error * 3 >> 4, error * 5 >> 4)
            add(right, x + 1, y)
            add(left, x - 1, y + 1)
            add(down, x, y + 1)
            add(error - right - left - down, x + 1, y + 1)
          }
        }
      }
    }
  }

  /// Means over wide areas stay: light is neither made nor lost.
  @Test func diffusionKeepsTheMean() {
    let source = Picture.smooth(width: 192, height: 108)
    let out = shaded(source, "error_diffusion", [.number(2), .choice("floyd_steinberg")])
    func mean(_ picture: Picture) -> Double { picture.plane(0).joined().reduce(0, +) / Double(192 * 108) }
    #expect(abs(mean(out) - mean(source)) < 1)
  }
}
