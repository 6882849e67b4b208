import KernelTable
import SceneLang
import Testing

@testable import Renderer

/// Feedback over pictures of levels, beside the same in Double. Nodes: 0 decay, 1 amount, 2 hue shift, 3 opacity.
private struct Feeding {
  var width = 67
  var height = 45
  var motion = Feedback.Motion.none
  var blend = "screen"
  var numbers = [0.9, 0.02, 0, 0.5]
  var fps = FrameRate(24)

  func step(_ kernels: any PixelKernels.Type = baselinePixels) -> FeedbackStep {
    let feedback = Feedback(
      decay: NodeID(0), motion: motion, amount: NodeID(1), hueShift: NodeID(2), blend: blend, opacity: NodeID(3))
    return FeedbackStep(
      feedback, fps: fps, ShaderSetting(width: width, height: height, seed: 0, kernels: kernels))
  }

  func draw(_ frame: Int, _ canvas: Picture, with step: FeedbackStep) -> Picture {
    let out = Picture(width: width, height: height)
    #expect(step.begin(.test(frame)) { numbers[$0.index] })
    for y in 0..<height { step.shade(row: y, from: canvas.pixelRow(y), to: out.pixelRow(y)) }
    return out
  }

  /// The picture of the last of `canvases`.
  func picture(_ canvases: [Picture], kernels: any PixelKernels.Type = baselinePixels) -> Picture {
    let step = step(kernels)
    return canvases.enumerated().map { draw($0, $1, with: step) }.last!
  }
}

/// A smooth picture whose pixel (x, y) has the levels 127.5 · (1 + sin(…)).
private func waves(width: Int, height: Int) -> Picture {
  let picture = Picture(width: width, height: height)
  for y in 0..<height {
    for x in 0..<width {
      for plane in 0..<3 {
        let phase = Double(x) * 0.21 + Double(y * (plane + 1)) * 0.17
        picture.row(y, plane: plane)[x] = UInt8(127.5 + 127.5 * ScalarMath.sin(phase))
      }
    }
  }
  return picture
}

/// Where the pixel (x, y) comes from, from the catalogue's words, about the middle of the picture.
private func source(_ motion: Feedback.Motion, _ amount: Double, x: Int, y: Int, _ size: Feeding) -> (Double, Double) {
  let (cx, cy) = (Double(size.width - 1) / 2, Double(size.height - 1) / 2)
  let (dx, dy) = (Double(x) - cx, Double(y) - cy)
  let angle = amount * 10 * .pi / 180
  let (s, c) = (ScalarMath.sin(angle), ScalarMath.cos(angle))
  return switch motion {
  case .none: (Double(x), Double(y))
  case .zoom: (cx + dx * (1 - 2 * amount), cy + dy * (1 - 2 * amount))
  case .shrink: (cx + dx / (1 - 2 * amount), cy + dy / (1 - 2 * amount))
  case .clockwise: (cx + dx * c + dy * s, cy + dy * c - dx * s)
  case .counterclockwise: (cx + dx * c - dy * s, cy + dy * c + dx * s)
  case .up: (Double(x), Double(y) + amount * Double(size.height))
  case .down: (Double(x), Double(y) - amount * Double(size.height))
  case .mirror: (Double(size.width - 1 - x), Double(y))
  }
}

/// A bilinear sample, black outside.
private func sample(_ plane: [[Double]], _ u: Double, _ v: Double) -> Double {
  let (left, top) = (u.rounded(.down), v.rounded(.down))
  func level(_ x: Int, _ y: Int) -> Double {
    plane.indices.contains(y) && plane[0].indices.contains(x) ? plane[y][x] : 0
  }
  let (x, y, right, lower) = (Int(left), Int(top), u - left, v - top)
  return (level(x, y) * (1 - right) + level(x + 1, y) * right) * (1 - lower)
    + (level(x, y + 1) * (1 - right) + level(x + 1, y + 1) * right) * lower
}

@Test(arguments: Feedback.Motion.allCases, [0.0, 0.013, 0.3])
func theFrameBeforeIsMovedAndDimmed(_ motion: Feedback.Motion, _ amount: Double) {
  var feeding = Feeding(motion: motion, blend: "normal", numbers: [0.9, amount, 0, 1])
  for width in [67, 64, 385, 800] {
    feeding.width = width
    let first = waves(width: feeding.width, height: feeding.height)
    for kernels in pixelKernelLevels {
      let found = feeding.picture([first, Picture(width: width, height: feeding.height)], kernels: kernels.pixel)
      for plane in 0..<3 {
        let levels = first.plane(plane)
        for y in 0..<feeding.height {
          for x in 0..<width {
            let (u, v) = source(motion, amount, x: x, y: y, feeding)
            let exact = 0.9 * sample(levels, u, v)
            // The last rounding, and those to words: of what lies between, down and across, of the decay and the product.
            #expect(abs(Double(found.row(y, plane: plane)[x]) - exact) <= 0.5 + 3.0 / 257, "\(x) \(y)")
          }
        }
      }
    }
  }
}

@Test(arguments: [("normal", 1.0, 0.99), ("screen", 0.9, 0.97), ("add", 1, 0.95), ("difference", 1, 0.99)])
func aHundredFramesOfDecayShowNoSteps(_ blend: String, _ opacity: Double, _ decay: Double) {
  let feeding = Feeding(width: 256, height: 2, blend: blend, numbers: [decay, 0, 0, opacity])
  let ramp = Picture(width: 256, height: 2)
  for x in 0..<256 { ramp.row(0, plane: 0)[x] = UInt8(x) }
  let black = Picture(width: 256, height: 2)
  let step = feeding.step()
  var exact = (0..<256).map { Double($0) / 255 }
  var levels = feeding.draw(0, ramp, with: step).plane(0)[0]
  // The last rounding, and those of all frames to words, which fade with the picture.
  let bound = 0.5 + 0.5 / 257 / (1 - decay * opacity)
  for frame in 1...100 {
    levels = feeding.draw(frame, black, with: step).plane(0)[0]
    // Over black, all four of them are the source.
    exact = exact.map { opacity * decay * $0 }
    for (level, exact) in zip(levels, exact) { #expect(abs(level - 255 * exact) <= bound, "frame \(frame)") }
  }
}

@Test func aHundredFramesOfZoomStayCloseToDouble() {
  let feeding = Feeding(motion: .zoom, blend: "screen", numbers: [0.8, 0.015, 0, 0.4])
  let canvas = waves(width: feeding.width, height: feeding.height)
  let still = canvas.plane(1).map { $0.map { $0 / 255 } }
  let step = feeding.step()
  var exact = still
  var found = feeding.draw(0, canvas, with: step)
  for frame in 1...100 {
    found = feeding.draw(frame, canvas, with: step)
    let before = exact
    for y in 0..<feeding.height {
      for x in 0..<feeding.width {
        let (u, v) = source(.zoom, 0.015, x: x, y: y, feeding)
        let (b, s) = (still[y][x], 0.8 * sample(before, u, v))
        exact[y][x] = b + 0.4 * (s - b * s)
      }
    }
  }
  for y in 0..<feeding.height {
    for x in 0..<feeding.width { #expect(abs(found.plane(1)[y][x] - 255 * exact[y][x]) <= 0.6) }
  }
}

@Test func ratesHoldAtEveryFrameRate() {
  for (motion, hue) in [(Feedback.Motion.zoom, 0.0), (.clockwise, 0), (.up, 0), (.none, 0.1)] {
    let slow = Feeding(motion: motion, blend: "normal", numbers: [0.8, 0.02, hue, 1])
    var fast = slow
    fast.fps = FrameRate(48)
    let first = waves(width: slow.width, height: slow.height)
    let black = Picture(width: slow.width, height: slow.height)
    let (one, two) = (slow.picture([first, black]), fast.picture([first, black, black]))
    // Sampled twice, so somewhat softer; away from the edge, which fades.
    for y in 5..<40 { for x in 5..<60 { #expect(abs(Int(one[x, y].red) - Int(two[x, y].red)) <= 4) } }
  }
}

@Test(arguments: [0.01, 0.2, 0.3, 0.5, 0.55, 0.8, 0.99])
func theHueTurnsAndValueAndSaturationStay(_ shift: Double) {
  let feeding = Feeding(width: 64, height: 40, blend: "normal", numbers: [1, 0, shift, 1])
  let colors = Picture.noise(width: 64, height: 40, seed: 4)
  let found = feeding.picture([colors, Picture(width: 64, height: 40)])
  func hsv(_ pixel: (red: UInt8, green: UInt8, blue: UInt8)) -> (hue: Double, chroma: Int, value: Int) {
    let (r, g, b) = (Int(pixel.red), Int(pixel.green), Int(pixel.blue))
    let (high, low) = (max(r, g, b), min(r, g, b))
    let chroma = max(1, high - low)
    let sixths =
      high == r
      ? Double(g - b) / Double(chroma)
      : high == g ? 2 + Double(b - r) / Double(chroma) : 4 + Double(r - g) / Double(chroma)
    return (sixths / 6, high - low, high)
  }
  for y in 0..<40 {
    for x in 0..<64 {
      let (old, new) = (hsv(colors[x, y]), hsv(found[x, y]))
      #expect(abs(old.value - new.value) <= 1 && abs(old.chroma - new.chroma) <= 1)
      let turned = new.hue - old.hue - shift
      #expect(abs(turned - turned.rounded()) * Double(old.chroma) * 6 <= 1.5)
    }
  }
}

@Test(arguments: BlendMode.allCases)
func whatIsFedBackBlendsAsLayersDo(_ mode: BlendMode) throws {
  let name = try #require(Blends.all.first { $0.mode == mode }).declaration.name
  let feeding = Feeding(width: 64, height: 40, blend: name, numbers: [1, 0, 0, 0.6])
  let (below, before) = (Picture.noise(width: 64, height: 40, seed: 1), Picture.noise(width: 64, height: 40, seed: 2))
  let alpha = [UInt8](repeating: 153, count: 64)
  for kernels in pixelKernelLevels {
    let found = feeding.picture([before, below], kernels: kernels.pixel)
    let expected = Picture(width: 64, height: 40)
    for y in 0..<40 {
      let (b, s, out) = (below.pixelRow(y), before.pixelRow(y), expected.pixelRow(y))
      if mode.isSeparable {
        for channel in 0..<3 {
          baselinePixels.blend(mode, out[channel], backdrop: b[channel], source: s[channel], alpha: alpha, count: 64)
        }
      } else {
        baselinePixels.blendColors(
          mode, out.mutableBytes, backdrop: b.bytes, source: s.bytes, alpha: alpha, count: 64)
      }
      // Bytes round once or twice more.
      for channel in 0..<3 {
        for x in 0..<64 {
          #expect(abs(Int(found.row(y, plane: channel)[x]) - Int(expected.row(y, plane: channel)[x])) <= 1)
        }
      }
    }
  }
}

@Test func everyKernelFeedsBackTheSameBits() {
  let canvases = (0..<6).map { Picture.noise(width: 67, height: 45, seed: UInt64($0)) }
  for motion in Feedback.Motion.allCases {
    for blend in ["screen", "soft_light", "hue"] {
      let feeding = Feeding(motion: motion, blend: blend, numbers: [0.9, 0.017, 0.02, 0.5])
      #expect(Set(pixelKernelLevels.map { feeding.picture(canvases, kernels: $0.pixel).hash }).count == 1)
    }
  }
}

@Test func aFrameMayComeAgainAndASegmentMayStartAnew() {
  let feeding = Feeding(motion: .up)
  let canvases = (0..<4).map { Picture.noise(width: 67, height: 45, seed: UInt64($0)) }
  let step = feeding.step()
  let hashes = (0..<4).map { feeding.draw($0, canvases[$0], with: step).hash }
  #expect(feeding.draw(3, canvases[3], with: step).hash == hashes[3])
  #expect(step.missing(before: 3).isEmpty && step.missing(before: 4).isEmpty)
  #expect(step.missing(before: 6) == 4..<6 && step.missing(before: 2) == 0..<2)
  #expect(feeding.draw(0, canvases[0], with: step).hash == hashes[0])
  #expect(hashes[0] == canvases[0].hash)
  #expect(feeding.draw(1, canvases[1], with: step).hash == hashes[1])
}
