import Foundation
import SceneLang

@testable import Renderer

/// Shaders whose pixels depend on the pixel alone, and on its place.
let colorFormulas: [String: ShaderReference] = [
  "brightness": .curve { $1 * $0.number(0) },
  "channel_swap": .exact { shader, x, y in
    shader.choice(0).map { shader.pixel(x, y)[$0 == "r" ? 0 : $0 == "g" ? 1 : 2] }
  },
  "color_grade": .near { shader, x, y in
    let tint = tints[shader.choice(0)]!
    return (0..<3).map { shader.pixel(x, y)[$0] * tint[$0] * shader.color(1)[$0] }
  },
  "color_ramp": .near { shader, x, y in
    guard case .gradient(let gradient) = shader.values[0] else { return [] }
    let colors = gradient.stops.map { [$0.color.red, $0.color.green, $0.color.blue].map { Double($0) / 255 } }
    return mixed(colors[0], colors[1], Double(shader.luma(x, y)) / 255)
  },
  "color_wobble": .near { shader, x, y in
    (0..<3).map {
      let wave = sin(shader.number(1) + Double($0) * 2 * .pi / 3)
      return shader.pixel(x, y)[$0] * (1 + shader.number(0) * wave)
    }
  },
  "contrast": .curve { 128.0 / 255 + ($1 - 128.0 / 255) * $0.number(0) },
  "duotone": .near { shader, x, y in
    // Its colors are whole levels.
    let colors = (0..<2).map { shader.color($0).map { ($0 * 255).rounded() / 255 } }
    return mixed(colors[0], colors[1], Double(shader.luma(x, y)) / 255)
  },
  "gamma": .curve { pow($1, 1 / $0.number(0)) },
  "hue_rotate": .near { shader, x, y in
    let pixel = shader.pixel(x, y)
    let (high, low) = (pixel.max()!, pixel.min()!)
    return color(
      hue: hue(pixel) + shader.number(0), saturation: high > 0 ? (high - low) / high : 0, value: high)
  },
  "invert": .exact { shader, x, y in shader.pixel(x, y).map { 255 - $0 } },
  "levels": .curve { shader, level in
    let range = max(shader.number(1) - shader.number(0), 1.0 / 255)
    return pow(min(max((level - shader.number(0)) / range, 0), 1), 1 / shader.number(2))
  },
  "lift_gamma_gain": .near { shader, x, y in
    (0..<3).map { channel in
      let (lift, gain) = (shader.color(0)[channel], shader.color(2)[channel])
      let exponent = log(min(max(shader.color(1)[channel], 1.0 / 255), 254.0 / 255)) / log(128.0 / 255)
      return 255 * (lift + (gain - lift) * pow(shader.pixel(x, y)[channel] / 255, exponent))
    }
  },
  "lut": .near { shader, x, y in
    guard case .lookup(let table) = shader.values[0] else { return [] }
    return ShaderLUTTests.expected(table, shader.pixel(x, y))
  },
  "posterize": .exact { shader, x, y in
    let step = 256 / shader.number(0).rounded(.down)
    return shader.pixel(x, y).map { (($0 / step).rounded(.down) * step).rounded(.down) }
  },
  "reverse_vignette": .near { shader, x, y in
    let share = max(0.2, 1 - shader.number(0) * (1 - shader.radius(x, y)))
    return shader.pixel(x, y).map { $0 * share }
  },
  "saturation": .near { shader, x, y in
    let pixel = shader.pixel(x, y)
    let (high, low) = (pixel.max()!, pixel.min()!)
    guard high > low else { return pixel }
    let saturation = (high - low) / high
    return pixel.map { high - (high - $0) * min(1, saturation * shader.number(0)) / saturation }
  },
  "solarize": .exact { shader, x, y in shader.pixel(x, y).map { $0 / 255 > shader.number(0) ? 255 - $0 : $0 } },
  "threshold": .exact { shader, x, y in
    let isWhite = shader.pixel(x, y).reduce(0, +) > 765 * shader.number(0)
    return [Double](repeating: isWhite ? 255 : 0, count: 3)
  },
  "vignette": .near { shader, x, y in
    let share = max(0.15, 1 - shader.number(0) * shader.radius(x, y))
    return shader.pixel(x, y).map { $0 * share }
  },
]

/// CATALOGUE 1.16.
private let tints: [String: [Double]] = [
  "neutral": [1, 1, 1], "warm": [1.15, 1, 0.85], "cool": [0.85, 0.95, 1.15], "matrix": [0.7, 1.2, 0.7],
  "amber": [1.2, 0.9, 0.6], "sepia": [1.2, 1.05, 0.8], "neon_pink": [1.3, 0.7, 1.1], "ice": [0.8, 1, 1.3],
  "blood": [1.4, 0.7, 0.7], "forest": [0.8, 1.15, 0.75], "void": [0.85, 0.85, 1.1], "sunset": [1.3, 0.85, 0.7],
]

/// HSV → RGB with the six sectors of a textbook; hue in turns, `value` and the result in one scale.
func color(hue: Double, saturation: Double, value: Double) -> [Double] {
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

/// Two colors 0…1 mixed in OKLAB, 0…255 (B. Ottosson, "A perceptual color space for image processing", 2020).
private func mixed(_ a: [Double], _ b: [Double], _ share: Double) -> [Double] {
  func linear(_ level: Double) -> Double { level <= 0.04045 ? level / 12.92 : pow((level + 0.055) / 1.055, 2.4) }
  func encoded(_ light: Double) -> Double {
    light <= 0.0031308 ? light * 12.92 : 1.055 * pow(light, 1 / 2.4) - 0.055
  }
  func apply(_ matrix: [[Double]], _ v: [Double]) -> [Double] {
    matrix.map { zip($0, v).reduce(0) { $0 + $1.0 * $1.1 } }
  }
  // OKLAB is linear in the cube roots, so that these may be mixed.
  func roots(_ color: [Double]) -> [Double] {
    let lms: [[Double]] = [
      [0.4122214708, 0.5363325363, 0.0514459929], [0.2119034982, 0.6806995451, 0.1073969566],
      [0.0883024619, 0.2817188376, 0.6299787005],
    ]
    return apply(lms, color.map(linear)).map { cbrt($0) }
  }
  let rgb: [[Double]] = [
    [4.0767416621, -3.3077115913, 0.2309699292], [-1.2684380046, 2.6097574011, -0.3413193965],
    [-0.0041960863, -0.7034186147, 1.7076147010],
  ]
  let cubes = zip(roots(a), roots(b)).map { pow($0 + ($1 - $0) * share, 3) }
  return apply(rgb, cubes).map { 255 * encoded($0) }
}
