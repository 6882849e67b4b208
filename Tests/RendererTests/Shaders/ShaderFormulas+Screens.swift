import SceneLang

@testable import Renderer

/// Shaders that show a picture on another screen: dots, lines, masks, few levels, bars, lit edges.
let screenFormulas: [String: ShaderReference] = [
  "dither": .exact { shader, x, y in
    /// The recursion of the definition: four copies of 4·M, plus 0, 2, 3, 1.
    func bayer(_ order: Int, _ x: Int, _ y: Int) -> Int {
      guard order > 0 else { return 0 }
      let half = 1 << (order - 1)
      return 4 * bayer(order - 1, x % half, y % half) + [[0, 2], [3, 1]][y / half][x / half]
    }
    let (steps, size) = (shader.integer(0) - 1, max(1, shader.pixels(1)))
    let threshold = (2 * bayer(3, x / size % 8, y / size % 8) + 1) * 255 / 128
    // 256 levels are all there are.
    guard steps < 255 else { return shader.pixel(x, y) }
    return shader.pixel(x, y).map { (Double((Int($0) * steps + threshold) / 255) * 255 / Double(steps)).rounded() }
  },
  "edge_glow": .near { shader, x, y in
    let light = color(hue: shader.number(0), saturation: 0.8, value: shader.number(1))
    let across = Double(shader.luma(x + 1, y) - shader.luma(x - 1, y))
    let down = Double(shader.luma(x, y + 1) - shader.luma(x, y - 1))
    let edge = min(255, 2 * (across * across + down * down).squareRoot())
    return zip(shader.pixel(x, y), light).map { $0 + edge * $1 }
  },
  "error_diffusion": .whole(tolerance: 1e-6) { shader in
    (0..<3).map { diffused(shader.source.plane($0), levels: shader.integer(0), shader.choice(1)) }
  },
  "halftone": ShaderReference { shader in
    let size = min(max(shader.pixels(0), 2), 256)
    var squares: [Int: [Double]] = [:]
    /// The mean of a square in whole levels, rounded half up.
    func square(_ column: Int, _ row: Int) -> [Double] {
      if let known = squares[row << 16 | column] { return known }
      let columns = column * size..<min((column + 1) * size, shader.width)
      let rows = row * size..<min((row + 1) * size, shader.height)
      let mean = (0..<3).map { plane in
        let sum = rows.reduce(0.0) { sum, y in columns.reduce(sum) { $0 + shader.level(plane, $1, y) } }
        return (sum / Double(rows.count * columns.count) + 0.5).rounded(.down)
      }
      squares[row << 16 | column] = mean
      return mean
    }
    return { x, y in
      let mean = square(x / size, y / size)
      let high = mean.max()!
      let (dx, dy) = (Double(x % size) + 0.5 - Double(size) / 2, Double(y % size) + 0.5 - Double(size) / 2)
      let coverage = min(max(high / 255 * Double(size) / 2 - (dx * dx + dy * dy).squareRoot() + 0.5, 0), 1)
      // The brightened color is in whole levels, too.
      return mean.map { high > 0 ? ($0 * 255 / high + 0.5).rounded(.down) * coverage : 0 }
    }
  },
  "letterbox": .exact { shader, x, y in
    func isInside(_ place: Int, _ length: Double, _ whole: Int) -> Bool {
      let length = min(Int((length + 0.5).rounded(.down)), whole)
      return place >= (whole - length) / 2 && place < (whole - length) / 2 + length
    }
    let ratio = shader.number(0)
    let isShown =
      isInside(y, Double(shader.width) / ratio, shader.height)
      && isInside(x, Double(shader.height) * ratio, shader.width)
    return isShown ? shader.pixel(x, y) : [0, 0, 0]
  },
  "phosphor": .near { shader, x, y in
    let (strength, p, mask) = (shader.number(0), max(3, shader.pixels(1)), shader.choice(2))
    let bright = 1 / (1 - 2 * strength / 3)
    let place = mask == "shadow" && y / p % 2 == 1 ? x + p / 2 : x
    let gap = mask == "slot" && (y + (x / p % 2 == 1 ? p : 0)) % (2 * p) < max(1, p / 4) ? 1 - strength : 1
    return (0..<3).map { channel in
      let own = 3 * (place % p) / p == channel
      return shader.pixel(x, y)[channel] * bright * (own ? 1 : 1 - strength) * gap
    }
  },
  "scanlines": .near { shader, x, y in
    let isLine = y % max(2, shader.pixels(1)) == 0
    return shader.pixel(x, y).map { isLine ? $0 * (1 - shader.number(0)) : $0 }
  },
]

/// A plane in few levels, the errors in sixteenths of a level.
private func diffused(_ plane: [[Double]], levels: Int, _ spread: String) -> [[Double]] {
  guard levels < 256 else { return plane }
  let (width, height, steps) = (plane[0].count, plane.count, Double(levels - 1))
  var sixteenths = plane.map { $0.map { Int($0) * 16 } }
  var out = plane
  func add(_ share: Int, _ x: Int, _ y: Int) {
    if (0..<width).contains(x) && (0..<height).contains(y) { sixteenths[y][x] += share }
  }
  for y in 0..<height {
    for x in 0..<width {
      let step = min(max((Double(sixteenths[y][x]) / 16 * steps / 255 + 0.5).rounded(.down), 0), steps)
      out[y][x] = (step * 255 / steps + 0.5).rounded(.down)
      let error = sixteenths[y][x] - 16 * Int(out[y][x])
      if spread == "atkinson" {
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
  return out
}
