import SceneLang

@testable import Renderer

/// Shaders that spread light, by operations on the lines of a picture, first its rows and then its columns.
let blurFormulas: [String: ShaderReference] = [
  "bloom": .whole { shader in shader.choice(2) == "wide" ? wideGlow(shader) : smallGlow(shader) },
  "gaussian_blur": .whole { overlaid($0, sigma: $0.number(0), share: 1) },
  "sharpen": .whole { overlaid($0, sigma: $0.number(1), share: -$0.number(0)) },
  "soft_focus": .whole { overlaid($0, sigma: $0.number(1), share: $0.number(0)) },
]

private typealias Plane = [[Double]]

extension Plane {
  fileprivate func lines(_ body: ([Double]) -> [Double]) -> Plane { map(body).transposed.map(body).transposed }

  private var transposed: Plane { self[0].indices.map { x in map { $0[x] } } }

  fileprivate func combined(with other: Plane, _ body: (Double, Double) -> Double) -> Plane {
    zip(self, other).map { zip($0, $1).map(body) }
  }
}

/// A line of which `margin` values more are known at either end; farther out these are repeated.
private struct EdgedLine {
  var values: [Double]
  var margin = 0
  var count: Int { values.count - 2 * margin }

  init(_ values: [Double]) { self.values = values }

  /// With one value more at either end.
  init(count: Int, _ value: (Int) -> Double) {
    values = (-1...count).map(value)
    margin = 1
  }

  subscript(_ index: Int) -> Double { values[min(max(index + margin, 0), values.count - 1)] }

  func weighted(_ weights: [Double], from start: Int) -> Double {
    weights.indices.reduce(0) { $0 + weights[$1] * self[start + $1] }
  }
}

private func gaussian(variance: Double, reach: Int) -> [Double] {
  let weights = (-reach...reach).map { ScalarMath.exp(-Double($0 * $0) / (2 * variance)) }
  let total = weights.reduce(0, +)
  return weights.map { $0 / total }
}

// MARK: The Gaussian blur

/// (1 − share) · picture + share · its blur.
private func overlaid(_ shader: ShaderCase, sigma: Double, share: Double) -> [Plane] {
  (0..<3).map { plane in
    let levels = shader.source.plane(plane)
    return levels.combined(with: levels.lines { blurred($0, sigma: sigma * shader.side) }) {
      (1 - share) * $0 + share * $1
    }
  }
}

/// From a σ of 2 on at a half, a quarter … of the size, to where 1, 3, 3, 1 leads and leads back.
private func blurred(_ line: [Double], sigma: Double) -> [Double] {
  guard sigma > 0.1 else { return line }
  var levels = [EdgedLine(line)]
  while levels.count < 9 && sigma >= Double(1 << levels.count) {
    let above = levels[levels.count - 1]
    levels.append(
      EdgedLine(count: (above.count + 1) / 2) { above.weighted([0.125, 0.375, 0.375, 0.125], from: 2 * $0 - 1) })
  }
  let f = Double(1 << (levels.count - 1))
  let variance = (sigma * sigma - (f * f - 1) / 2) / (f * f)
  let reach = min(Int((9 * variance).squareRoot() + 1), 63)
  let taps = gaussian(variance: variance, reach: reach)
  let smallest = levels.removeLast()
  if levels.isEmpty { return line.indices.map { smallest.weighted(taps, from: $0 - reach) } }
  var out = EdgedLine(count: smallest.count) { smallest.weighted(taps, from: $0 - reach) }
  for level in levels.reversed() {
    let small = out
    out = EdgedLine(count: level.count) { 0.75 * small[$0 >> 1] + 0.25 * small[($0 >> 1) + ($0 & 1 == 0 ? -1 : 1)] }
  }
  return line.indices.map { out[$0] }
}

// MARK: Bloom

/// Means of `size` values, the last one repeated.
private func reduced(_ line: [Double], by size: Int) -> [Double] {
  let line = EdgedLine(line)
  let weights = [Double](repeating: 1 / Double(size), count: size)
  return (0..<(line.count + size - 1) / size).map { line.weighted(weights, from: size * $0) }
}

/// Back to `count` values, straight between the centres of means: 1.5, 5.5 … of four.
private func expanded(_ line: [Double], to count: Int, by size: Int) -> [Double] {
  let line = EdgedLine(line)
  return (0..<count).map { index in
    let place = Double(2 * index - size + 1) / Double(2 * size)
    let (left, share) = (Int(place.rounded(.down)), place - place.rounded(.down))
    return line[left] * (1 - share) + line[left + 1] * share
  }
}

private func grown(_ plane: Plane, width: Int, height: Int, by size: Int = 4) -> Plane {
  let wide = plane.map { expanded($0, to: width, by: size) }
  let columns = wide[0].indices.map { x in expanded(wide.map { $0[x] }, to: height, by: size) }
  return (0..<height).map { y in columns.map { $0[y] } }
}

/// The levels above the threshold in blocks of 4 × 4, three boxes of 3 × 3 of these, added.
private func smallGlow(_ shader: ShaderCase) -> [Plane] {
  let limit = (shader.number(0) * 255).rounded()
  let boxes = [1.0, 3, 6, 7, 6, 3, 1].map { $0 / 27 }
  return (0..<3).map { plane in
    let levels = shader.source.plane(plane)
    let glow = levels.map { $0.map { $0 > limit ? $0 : 0 } }.lines { reduced($0, by: 4) }.lines { line in
      line.indices.map { EdgedLine(line).weighted(boxes, from: $0 - 3) }
    }
    let light = glow.map { $0.map { min(255, $0 * shader.number(1) * 1.4) } }
    return levels.combined(with: grown(light, width: shader.width, height: shader.height), +)
  }
}

/// Three Gaussians of the squares of the levels, weighed by the brightest channel's; none where the widest is bright.
private func wideGlow(_ shader: ShaderCase) -> [Plane] {
  let planes = (0..<3).map { shader.source.plane($0) }
  func weight(_ x: Int, _ y: Int) -> Double {
    let high = max(planes[0][y][x], planes[1][y][x], planes[2][y][x])
    let t = min(max((high * high / 65025 - shader.number(0) + 0.25) / 0.5, 0), 1)
    return t * t * (3 - 2 * t)
  }
  let weights = (0..<shader.height).map { y in (0..<shader.width).map { weight($0, y) } }
  let glows = planes.map { plane in
    var light = plane.combined(with: weights) { $0 * $0 * $1 }
    var levels: [(light: Plane, variance: Double, size: Int)] = []
    var (added, scale) = (0.0, 1.0)
    for radius in [6.0, 24, 80] {
      // Blocks of four where they are no wider than the blur, else of two and after that of one.
      let pixels = radius * shader.side / 1080
      let size = pixels >= 4 * scale || shader.side < 90 ? 4 : levels.isEmpty ? 2 : 1
      let square = Double(size * size)
      light = light.lines { reduced($0, by: size) }
      // The variances of the mean, of what comes back bilinearly, and of the blurs above, in these pixels.
      if size > 1 { added = (added + (square - 1) / 12 + square / 6) / square }
      scale *= Double(size)
      let sigma = pixels / scale
      levels.append((light, max(0, sigma * sigma - added), size))
      added += levels[levels.count - 1].variance
    }
    var below: (glow: Plane, size: Int)?
    var widest: Plane?
    for (level, share) in zip(levels, [0.5, 0.3, 0.2]).reversed() {
      var sum = level.light.map { $0.map { $0 * share } }
      if let below {
        sum = sum.combined(with: grown(below.glow, width: sum[0].count, height: sum.count, by: below.size), +)
      }
      let reach = Int((9 * level.variance).squareRoot() + 0.5)
      let taps = level.variance > 0.01 ? gaussian(variance: level.variance, reach: reach) : [1]
      let glow = sum.lines { line in line.indices.map { EdgedLine(line).weighted(taps, from: $0 - taps.count / 2) } }
      below = (glow, level.size)
      widest = widest ?? glow.map { $0.map { $0 / share / 65025 } }
    }
    return (glow: below!.glow, widest: widest!, sizes: levels.map(\.size), shapes: levels.map(\.light))
  }
  // Straight between the blocks of the widest, level by level.
  let brightest = glows[0].widest.combined(with: glows[1].widest, max).combined(with: glows[2].widest, max)
  var rest = brightest.map { $0.map { 1 - smoothstep(0.45, 0.72, $0) } }
  for (size, shape) in zip(glows[0].sizes.dropFirst(), glows[0].shapes).reversed() {
    rest = grown(rest, width: shape[0].count, height: shape.count, by: size)
  }
  return zip(planes, glows).map { plane, glow in
    let dimmed = glow.glow.combined(with: rest, *)
    let grownGlow = grown(dimmed, width: shader.width, height: shader.height, by: glow.sizes[0])
    return plane.combined(with: grownGlow) {
      ($0 * $0 + shader.number(1) * 2.2 * $1).squareRoot()
    }
  }
}
