import SceneLang

@testable import Renderer

/// Shaders that draw lots. Their numbers are hashes of seed, frame and index (`CellHash`), for dots of noise hashed once
/// more by lowbias32; what is made of them is written here anew.
let randomFormulas: [String: ShaderReference] = [
  "block_glitch": ShaderReference(tolerance: 1e-6) { shader in
    let longest = shader.pixels(1)
    func side(_ least: Double, _ greatest: Int, _ whole: Int, _ block: Int, _ role: Int) -> Int {
      min(
        whole,
        max(
          1, shader.unit(from: shader.pixels(least / 1080), to: max(shader.pixels(least / 1080), greatest), block, role)
        ))
    }
    let blocks = (0..<shader.integer(0)).map { block in
      let width = side(10, longest, shader.width, block, 0)
      let height = side(5, longest / 2, shader.height, block, 1)
      func place(_ whole: Int, _ role: Int) -> Int { shader.unit(from: 0, to: whole, block, role) }
      let (right, bottom) = (shader.width - width, shader.height - height)
      return (
        y: place(bottom, 2), x: place(right, 3), fromX: place(right, 4), fromY: place(bottom, 5), width: width,
        height: height
      )
    }
    return { x, y in
      // Later rectangles lie over earlier ones.
      let block = blocks.last { ($0.x..<$0.x + $0.width).contains(x) && ($0.y..<$0.y + $0.height).contains(y) }
      guard let block else { return shader.pixel(x, y) }
      return shader.pixel(block.fromX + x - block.x, block.fromY + y - block.y)
    }
  },
  "glitch_bands": ShaderReference(tolerance: 1e-6) { shader in
    let (height, most) = (max(1, shader.pixels(1)), shader.pixels(2))
    let bands = (0..<Int(shader.number(0))).map { band in
      let start = shader.unit(from: 0, to: shader.height - 1, band, 0)
      return (
        rows: start...start + shader.unit(from: 0, to: height - 1, band, 1),
        shift: shader.unit(from: -most, to: most, band, 2)
      )
    }
    return { x, y in
      let shift = bands.reduce(0) { $1.rows.contains(y) ? $0 + $1.shift : $0 }
      return shader.pixel(wrapped(x - shift, shader.width), y)
    }
  },
  // In 65536ths, an odd number of −255…255 times the amount of full scale (65280), rounded half up.
  "grain": .exact { shader, x, y in
    let size = max(1, shader.pixels(2.0 / 1080))
    let key = CellHash.key(seed: shader.seed, frame: shader.frame, row: y / size)
    let odd = 2 * Int(lowbias32(UInt32(x / size) &* 0x9E37_79B9 ^ key) >> 24) - 255
    let amount = (shader.number(0) * 65280 + 0.5).rounded(.down)
    return shader.pixel(x, y).map { $0 + ((Double(odd) * amount + 32768) / 65536).rounded(.down) }
  },
  "static": .exact { shader, x, y in
    let size = max(1, shader.pixels(2.0 / 1080))
    let key = CellHash.key(seed: shader.seed, frame: shader.frame, row: y / size)
    let choice = lowbias32(UInt32(x / size) &* 0x9E37_79B9 ^ key)
    guard Double(choice >> 16) < (shader.number(0) * 65536 + 0.5).rounded(.down) else { return shader.pixel(x, y) }
    let color = lowbias32(choice &+ 0x9E37_79B9)
    return [24, 16, 8].map { Double(color >> (shader.number(1) != 0 ? $0 : 24) & 255) }
  },
  "vhs": ShaderReference { shader in
    let (bleed, tracking) = (shader.pixels(0), shader.number(2))
    func offset(_ y: Int) -> Int {
      let below = (Double(y) + 0.5) / Double(shader.height) - (1 - tracking)
      let torn = below > 0 ? below * below / (tracking * tracking) * (0.6 + 0.4 * shader.unit(y, 1)) : 0
      let trembling = shader.number(1) * shader.side * (2 * shader.unit(y, 0) - 1)
      return Int((trembling + torn * Double(shader.width) / 12 + 0.5).rounded(.down))
    }
    return { x, y in
      let shift = offset(y)
      func pixel(_ x: Int) -> [Double] { shader.pixel(min(max(x, 0), shader.width - 1) - shift, y) }
      func luma(_ pixel: [Double]) -> Double { 0.2126 * pixel[0] + 0.7152 * pixel[1] + 0.0722 * pixel[2] }
      let pixels = (0...bleed).map { pixel(x - $0) }
      let noise = shader.number(3) * 255 * (2 * shader.unit(y << 12 | x >> 3, 2) - 1)
      return (0..<3).map { channel in
        luma(pixels[0]) + noise + pixels.reduce(0) { $0 + $1[channel] - luma($1) } / Double(bleed + 1)
      }
    }
  },
]

/// The hash by C. Wellons.
private func lowbias32(_ input: UInt32) -> UInt32 {
  var x = input
  x = (x ^ (x >> 16)) &* 0x7FEB_352D
  x = (x ^ (x >> 15)) &* 0x846C_A68B
  return x ^ (x >> 16)
}
