import SceneLang

@testable import Renderer

/// A place outside of 0…last, mirrored at the edge.
private func thrownBack(_ place: Double, _ last: Double) -> Double { max(0, last - abs(last - abs(place))) }

/// Shaders that move pixels: by whole ones, and by fractions.
let placeFormulas: [String: ShaderReference] = [
  "camera": .warp { shader, x, y in
    let (width, height) = (Double(shader.width), Double(shader.height))
    let dx = x + 0.5 - width / 2 - shader.number(2) * shader.side
    let dy = y + 0.5 - height / 2 - shader.number(3) * shader.side
    // In polar coordinates.
    let radius = (dx * dx + dy * dy).squareRoot() / shader.number(0)
    let angle = ScalarMath.atan2(dy, dx) - shader.number(1)
    return (
      thrownBack((width - 1) / 2 + radius * ScalarMath.cos(angle), width - 1),
      thrownBack((height - 1) / 2 + radius * ScalarMath.sin(angle), height - 1)
    )
  },
  "channel_shift": .exact { shader, x, y in
    func shift(_ index: Int) -> Int {
      let length = shader.number(index) * shader.side
      return Int((abs(length) + 0.5).rounded(.down)) * (length < 0 ? -1 : 1)
    }
    return (0..<3).map { channel in
      let (dx, dy) = (shift(2 * channel), shift(2 * channel + 1))
      return shader.level(channel, wrapped(x - dx, shader.width), wrapped(y - dy, shader.height))
    }
  },
  "chromatic": .exact { shader, x, y in
    let shift = shader.pixels(0)
    return [shader.level(0, x - shift, y), shader.level(1, x, y), shader.level(2, x + shift, y)]
  },
  "crt": .warp(isBlackOutside: true) { shader, x, y in
    let (width, height) = (Double(shader.width), Double(shader.height))
    let (nx, ny) = ((2 * x + 1) / width - 1, (2 * y + 1) / height - 1)
    let bulge = 1 + shader.number(0) * (nx * nx + ny * ny)
    return (
      min(max((nx * bulge + 1) * width / 2 - 0.5, -1), width), min(max((ny * bulge + 1) * height / 2 - 0.5, -1), height)
    )
  },
  "data_bend": .exact { shader, x, y in
    let total = shader.width * shader.height
    let (first, length) = (Int(shader.number(0) * Double(total) + 0.5), Int(shader.number(1) * Double(total) + 0.5))
    let (place, count) = (y * shader.width + x, shader.integer(2))
    // Later runs lie over earlier ones.
    for run in (0..<count).reversed() {
      let start = (first + run * total / count) % total
      guard (start + 3 * length..<start + 4 * length).contains(place) else { continue }
      let from = place - 3 * length
      return shader.pixel(from % shader.width, from / shader.width)
    }
    return shader.pixel(x, y)
  },
  "heat_haze": .warp { shader, x, y in
    let (strength, scale) = (shader.number(0) * shader.side, shader.number(1) * shader.side)
    let offset = (0..<2).map { bump(shader, x, y, axis: $0, scale: max(scale, 8)) }
    return (
      min(max(x + strength * offset[0], 0), Double(shader.width - 1)),
      min(max(y + strength * offset[1], 0), Double(shader.height - 1))
    )
  },
  "kaleidoscope": .warp { shader, x, y in
    let (width, height) = (Double(shader.width), Double(shader.height))
    let (dx, dy) = (x + 0.5 - width / 2, y + 0.5 - height / 2)
    let wedge = 2 * Double.pi / Double(shader.integer(0))
    let angle = abs(ScalarMath.modulo(ScalarMath.atan2(dy, dx), wedge) - wedge / 2) + shader.number(1)
    let radius = (dx * dx + dy * dy).squareRoot()
    return (
      thrownBack((width - 1) / 2 + radius * ScalarMath.cos(angle), width - 1),
      thrownBack((height - 1) / 2 + radius * ScalarMath.sin(angle), height - 1)
    )
  },
  "mirror_diag": .warp { shader, x, y in
    let (u, v) = ((x + 0.5) / Double(shader.width), (y + 0.5) / Double(shader.height))
    return v > u ? (v * Double(shader.width) - 0.5, u * Double(shader.height) - 0.5) : (x, y)
  },
  "mirror_h": .exact { shader, x, y in shader.pixel(min(x, shader.width - 1 - x), y) },
  "mirror_quad": .exact { shader, x, y in
    shader.pixel(min(x, shader.width - 1 - x), min(y, shader.height - 1 - y))
  },
  "mirror_v": .exact { shader, x, y in shader.pixel(x, min(y, shader.height - 1 - y)) },
  "pixel_sort": ShaderReference(tolerance: 1e-6) { shader in
    let isVertical = ["vertical", "v"].contains(shader.choice(1))
    var lines: [Int: [[Double]]] = [:]
    return { x, y in
      let line = isVertical ? x : y
      if lines[line] == nil {
        let pixels = (0..<(isVertical ? shader.height : shader.width)).map {
          isVertical ? shader.pixel(x, $0) : shader.pixel($0, y)
        }
        lines[line] = sorted(pixels, above: shader.number(0))
      }
      return lines[line]![isVertical ? y : x]
    }
  },
  "pixelate": .exact { shader, x, y in
    let block = max(1, shader.pixels(0))
    return shader.pixel(x / block * block + block / 2, y / block * block + block / 2)
  },
  // Every sample is rounded before their mean is.
  "radial_blur": ShaderReference(tolerance: 1, source: .smooth) { shader in
    let (u, v) = (shader.number(1) * Double(shader.width), shader.number(2) * Double(shader.height))
    let samples = shader.integer(3)
    return { x, y in
      (0..<3).map { plane in
        (0..<samples).reduce(0) { sum, sample in
          let scale = max(0, 1 - Double(sample) * shader.number(0))
          return sum
            + shader.sample(plane, u + (Double(x) + 0.5 - u) * scale - 0.5, v + (Double(y) + 0.5 - v) * scale - 0.5)
        } / Double(samples)
      }
    }
  },
  "rgb_split_radial": ShaderReference(tolerance: 0.65, source: .smooth) { shader in
    let (width, height) = (Double(shader.width), Double(shader.height))
    let share = shader.number(0) * shader.side / ((width * width + height * height).squareRoot() / 2)
    return { x, y in
      let (dx, dy) = (Double(x) + 0.5 - width / 2, Double(y) + 0.5 - height / 2)
      return [1 - share, 1, 1 + share].enumerated().map { plane, scale in
        shader.sample(plane, width / 2 - 0.5 + dx * scale, height / 2 - 0.5 + dy * scale)
      }
    }
  },
  "wave_distort": .exact { shader, x, y in
    let isVertical = ["vertical", "y"].contains(shader.choice(3))
    let perPixel =
      shader.number(4) > 0 ? shader.number(4) * 1080 / shader.side : 2 * .pi / (shader.number(1) * shader.side)
    func shift(_ place: Int) -> Int {
      let turn = perPixel * Double(place)
      return Int((shader.number(0) * shader.side * ScalarMath.sin(turn + shader.number(2))).rounded(.down))
    }
    return isVertical
      ? shader.pixel(x, wrapped(y - shift(x), shader.height)) : shader.pixel(wrapped(x - shift(y), shader.width), y)
  },
]

func wrapped(_ place: Int, _ size: Int) -> Int { (place % size + size) % size }

/// One offset of a displacement map of bumps, −1…1: value noise at every eighth pixel, linear in between. It goes over from
/// the bumps of one step of the phase to those of the next.
private func bump(_ shader: ShaderCase, _ x: Double, _ y: Double, axis: Int, scale: Double) -> Double {
  func smooth(_ t: Double) -> Double { t * t * t * (t * (6 * t - 15) + 10) }
  let step = shader.number(2).rounded(.down)
  let morph = smooth(shader.number(2) - step)
  func corner(_ column: Int, _ row: Int) -> Double {
    let levels = [step, step + 1].map {
      CellHash.unit(
        seed: shader.seed &+ UInt64(axis) &+ UInt64(Int64($0)) &* 0x9E37_79B9_7F4A_7C15, column: column, row: row)
    }
    return 2 * (levels[0] * (1 - morph) + levels[1] * morph) - 1
  }
  func bilinear(_ x: Double, _ y: Double, _ at: (Int, Int) -> Double, _ share: (Double) -> Double) -> Double {
    let (column, row) = (Int(x), Int(y))
    let (u, v) = (share(x - Double(column)), share(y - Double(row)))
    let above = at(column, row) * (1 - u) + at(column + 1, row) * u
    let below = at(column, row + 1) * (1 - u) + at(column + 1, row + 1) * u
    return above * (1 - v) + below * v
  }
  return bilinear(
    x / 8, y / 8, { bilinear(Double(8 * $0) / scale, Double(8 * $1) / scale, corner, smooth) }, { $0 })
}

/// A line of pixels with its runs of three and more above a luma sorted by it.
private func sorted(_ line: [[Double]], above threshold: Double) -> [[Double]] {
  let lumas = line.map { Double(ShaderCase.luma($0)) }
  var (out, start) = (line, 0)
  while start < line.count {
    guard lumas[start] > threshold * 255 else {
      start += 1
      continue
    }
    let end = lumas[start...].firstIndex { $0 <= threshold * 255 } ?? line.count
    if end - start > 2 {
      let run = (start..<end).sorted { (lumas[$0], $0) < (lumas[$1], $1) }
      out.replaceSubrange(start..<end, with: run.map { line[$0] })
    }
    start = end
  }
  return out
}
