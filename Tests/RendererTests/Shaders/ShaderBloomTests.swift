import KernelTable
import SceneLang
import Testing

@testable import Renderer

private func bloom(
  _ source: Picture, threshold: Double = 0.5, strength: Double = 0.36, radius: String = "wide"
) -> Picture {
  let setting = ShaderSetting(width: source.width, height: source.height, seed: 0, kernels: KernelSet(.best).pixel)
  let shader = Bloom(setting)
  let out = Picture(width: source.width, height: source.height)
  let arguments = ShaderArguments(values: [.number(threshold), .number(strength), .choice(radius)])
  guard shader.begin(arguments, frame: 0) else { return source }
  shader.gather(source)
  for y in 0..<source.height { shader.shade(row: y, from: source.pixelRow(y), to: out.pixelRow(y)) }
  shader.endShading()
  return out
}

/// A white disc on black.
private func disc(width: Int, height: Int, radius: Int = 20) -> Picture {
  let picture = Picture(width: width, height: height)
  for y in 0..<height {
    for x in 0..<width where (x - width / 2) * (x - width / 2) + (y - height / 2) * (y - height / 2) <= radius * radius
    {
      for plane in 0..<3 { picture.row(y, plane: plane)[x] = 255 }
    }
  }
  return picture
}

@Test func aDarkPictureDoesNotGlow() {
  let source = Picture(width: 97, height: 61)
  for y in 0..<61 { for x in 0..<97 { source.row(y, plane: 1)[x] = UInt8(x) } }
  #expect(bloom(source, threshold: 0.6).hash == source.hash)
  #expect(bloom(source, threshold: 0.6, radius: "small").hash == source.hash)
}

@Test func anEvenBrightPictureGlowsEvenly() {
  let source = Picture(width: 211, height: 155)
  for y in 0..<155 { for plane in 0..<3 { source.row(y, plane: plane).update(repeating: 150, count: 211) } }
  // Light 150² / 255² = 0.346 is 0.24 into a knee of 0.5 that starts at 0.1.
  let t = (150.0 * 150 / 65025 - 0.1) / 0.5
  let light = 150.0 * 150 * (3 * t * t - 2 * t * t * t)
  let expected = (150.0 * 150 + 0.1 * 2.2 * light).squareRoot()
  let levels = bloom(source, threshold: 0.35, strength: 0.1).plane(0).joined()
  #expect(abs(levels.min()! - expected) <= 1 && abs(levels.max()! - expected) <= 1)
}

@Test func theWideGlowIsThreeGaussiansInLinearLight() {
  let (width, height) = (900, 1080)
  let source = disc(width: width, height: height)
  let out = bloom(source)
  // The exact glow on the middle row: the disc's columns, blurred by each Gaussian.
  let gain = 0.36 * 2.2
  for distance in stride(from: 24, to: 300, by: 6) {
    var glow = 0.0
    for (sigma, weight) in [(6.0, 0.5), (24.0, 0.3), (80.0, 0.2)] {
      let scale = weight / (2 * .pi * sigma * sigma)
      for dy in -20...20 {
        for dx in -20...20 where dx * dx + dy * dy <= 400 {
          let squared = Double((distance - dx) * (distance - dx) + dy * dy)
          glow += scale * ScalarMath.exp(-squared / (2 * sigma * sigma))
        }
      }
    }
    let exact = min(255, 255 * (gain * glow).squareRoot())
    let found = Double(out[width / 2 + distance, height / 2].red)
    #expect(abs(found - exact) <= max(3, 0.04 * exact), "at \(distance)")
  }
}

/// A glow is round, and no box, however few pixels the picture has.
@Test(arguments: [(320, 180), (480, 270), (640, 360), (854, 480), (960, 540), (720, 720), (1280, 720), (800, 800)])
func theGlowIsRoundAtEverySize(width: Int, height: Int) {
  let shorter = min(width, height)
  let radius = shorter / 20
  let out = bloom(disc(width: width, height: height, radius: radius), threshold: 0.2, strength: 1)
  func exact(_ x: Int, _ y: Int) -> Double {
    var glow = 0.0
    for (share, weight) in [(6.0, 0.5), (24.0, 0.3), (80.0, 0.2)] {
      let sigma = share * Double(shorter) / 1080
      for dy in -radius...radius {
        for dx in -radius...radius where dx * dx + dy * dy <= radius * radius {
          let squared = Double((x - dx) * (x - dx) + (y - dy) * (y - dy))
          glow += weight / (2 * .pi * sigma * sigma) * ScalarMath.exp(-squared / (2 * sigma * sigma))
        }
      }
    }
    return min(255, 255 * (2.2 * glow).squareRoot())
  }
  for tenths in stride(from: 14, to: 60, by: 4) {
    let distance = Double(radius * tenths) / 10
    for (across, down) in [(1.0, 0.0), (0, 1), (0.707, 0.707), (0.924, 0.383), (-0.707, 0.707)] {
      let (x, y) = (Int((distance * across).rounded()), Int((distance * down).rounded()))
      let (found, wanted) = (Double(out[width / 2 + x, height / 2 + y].red), exact(x, y))
      #expect(abs(found - wanted) <= max(5, 0.06 * wanted), "at \(x), \(y): \(found) for \(wanted)")
    }
  }
}

@Test func theWideGlowFallsOffWithoutStepsOrBlocks() {
  let out = bloom(disc(width: 900, height: 1080))
  // Rounding aside, neighbours on the way out never rise, and differ by little.
  for (dx, dy) in [(1, 0), (0, 1), (1, 1)] {
    let levels = (21..<400).map { Int(out[450 + dx * $0, 540 + dy * $0].green) }
    for (near, far) in zip(levels.dropFirst(3), levels.dropFirst(4)) { #expect(near - far <= 10 && far - near <= 1) }
  }
}

@Test func theGlowIsSymmetric() {
  // A square about the middle of a picture that every level of the pyramid divides.
  let source = Picture(width: 768, height: 768)
  for y in 360..<408 {
    for plane in 0..<3 { source.row(y, plane: plane).advanced(by: 360).update(repeating: 255, count: 48) }
  }
  let out = bloom(source)
  for distance in 0..<384 {
    let levels = [
      out[384 + distance, 384].red, out[383 - distance, 384].red, out[384, 384 + distance].red,
      out[384, 383 - distance].red,
    ]
    #expect(levels.max()! - levels.min()! <= 1, "at \(distance)")
  }
}

@Test func theSmallGlowIsThreeBoxesAtQuarterSize() {
  let (width, height) = (160, 120)
  let source = Picture.noise(width: width, height: height, seed: 8)
  let out = bloom(source, threshold: 0.51, strength: 0.5 / 1.4, radius: "small")
  // CATALOGUE 1.16: blocks of the levels above the threshold, three 3 × 3 boxes with repeated edges, bilinear, half added.
  let plane = source.plane(2)
  var blocks = (0..<30).map { by in
    (0..<40).map { bx in
      var sum = 0.0
      for y in 0..<4 {
        for x in 0..<4 { sum += plane[4 * by + y][4 * bx + x] > 130 ? plane[4 * by + y][4 * bx + x] : 0 }
      }
      return sum / 16
    }
  }
  for _ in 0..<3 {
    let before = blocks
    for y in 0..<30 {
      for x in 0..<40 {
        var sum = 0.0
        for dy in -1...1 { for dx in -1...1 { sum += before[min(max(y + dy, 0), 29)][min(max(x + dx, 0), 39)] } }
        blocks[y][x] = sum / 9
      }
    }
  }
  for y in stride(from: 20, to: 100, by: 3) {
    for x in 20..<140 {
      let (u, v) = ((Double(x) - 1.5) / 4, (Double(y) - 1.5) / 4)
      let (bx, by) = (Int(u), Int(v))
      let (fx, fy) = (u - Double(bx), v - Double(by))
      let top = blocks[by][bx] * (1 - fx) + blocks[by][bx + 1] * fx
      let bottom = blocks[by + 1][bx] * (1 - fx) + blocks[by + 1][bx + 1] * fx
      let exact = min(255, plane[y][x] + 0.5 * (top * (1 - fy) + bottom * fy))
      // Besides the last rounding: two to eighths, halved by the gain, and two to sixteenths of a level.
      #expect(abs(Double(out[x, y].blue) - exact) <= 0.5 + 0.125)
    }
  }
}
