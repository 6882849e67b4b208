import KernelTable
import SceneLang
import Testing

@testable import Renderer

/// A shader that moves pixels, against the formula of where each comes from, on a smooth picture.
private func expectWarp(
  _ name: String, _ values: [ShaderArguments.Value], isBlackOutside: Bool = false,
  from source: (_ x: Double, _ y: Double, _ width: Double, _ height: Double) -> (Double, Double)
) {
  for (width, height) in shaderSizes {
    let picture = Picture.smooth(width: width, height: height)
    let planes = (0..<3).map { SampledPlane(picture, $0, isBlackOutside: isBlackOutside) }
    let error = shaded(picture, name, values).worst { plane, x, y in
      let (sx, sy) = source(Double(x), Double(y), Double(width), Double(height))
      return planes[plane].at(sx, sy)
    }
    #expect(error <= 1, "\(name) \(values) at \(width) × \(height)")
  }
}

@Test(arguments: [0.01, 0.05, 1])
func theTubeSamplesAtTheBarrelsPlaces(_ strength: Double) {
  expectWarp("crt", [.number(strength)], isBlackOutside: true) { x, y, width, height in
    let (nx, ny) = ((2 * x + 1) / width - 1, (2 * y + 1) / height - 1)
    let bulge = 1 + strength * (nx * nx + ny * ny)
    return (
      min(max((nx * bulge + 1) * width / 2 - 0.5, -1), width), min(max((ny * bulge + 1) * height / 2 - 0.5, -1), height)
    )
  }
}

@Test(arguments: [(1.0, 0.0), (6, 0), (7, 1.3), (64, -0.4)])
func theKaleidoscopeFoldsTheAngle(_ folds: Double, _ rotation: Double) {
  expectWarp("kaleidoscope", [.number(folds), .number(rotation)]) { x, y, width, height in
    let (dx, dy) = (x + 0.5 - width / 2, y + 0.5 - height / 2)
    let wedge = 2 * Double.pi / folds
    let angle = abs(ScalarMath.modulo(ScalarMath.atan2(dy, dx), wedge) - wedge / 2) + rotation
    let radius = (dx * dx + dy * dy).squareRoot()
    func thrownBack(_ place: Double, _ last: Double) -> Double { max(0, last - abs(last - abs(place))) }
    return (
      thrownBack((width - 1) / 2 + radius * ScalarMath.cos(angle), width - 1),
      thrownBack((height - 1) / 2 + radius * ScalarMath.sin(angle), height - 1)
    )
  }
}

@Test func theDiagonalMirrorExchangesTheSidesOfThePicture() {
  expectWarp("mirror_diag", []) { x, y, width, height in
    let (u, v) = ((x + 0.5) / width, (y + 0.5) / height)
    return v > u ? (v * width - 0.5, u * height - 0.5) : (x, y)
  }
}

@Test func theOtherMirrorsCopyPixels() {
  for (width, height) in shaderSizes {
    let source = Picture.noise(width: width, height: height, seed: 4)
    let planes = (0..<3).map(source.plane)
    #expect(shaded(source, "mirror_h", []).worst { planes[$0][$2][min($1, width - 1 - $1)] } == 0)
    #expect(shaded(source, "mirror_v", []).worst { planes[$0][min($2, height - 1 - $2)][$1] } == 0)
    let quad = shaded(source, "mirror_quad", [])
    #expect(quad.worst { planes[$0][min($2, height - 1 - $2)][min($1, width - 1 - $1)] } == 0)
  }
}

@Test(arguments: [5.0 / 1080, 0.1])
func theRadialSplitScalesRedUpAndBlueDown(_ strength: Double) {
  for (width, height) in shaderSizes {
    let picture = Picture.smooth(width: width, height: height)
    let planes = (0..<3).map { SampledPlane(picture, $0) }
    let diagonal = Double(width * width + height * height).squareRoot() / 2
    let share = strength * Double(min(width, height)) / diagonal
    let error = shaded(picture, "rgb_split_radial", [.number(strength)]).worst { plane, x, y in
      let scale = [1 - share, 1, 1 + share][plane]
      let (dx, dy) = (Double(x) + 0.5 - Double(width) / 2, Double(y) + 0.5 - Double(height) / 2)
      return planes[plane].at(Double(width) / 2 - 0.5 + dx * scale, Double(height) / 2 - 0.5 + dy * scale)
    }
    #expect(error <= 1, "\(width) × \(height)")
  }
}

@Test(arguments: [(0.03, 0.5, 0.5, 3), (0.5, 0.0, 1.0, 16), (0.001, 0.3, 0.7, 2)])
func theRadialBlurIsTheMeanOfZoomedPictures(_ strength: Double, _ u: Double, _ v: Double, _ samples: Int) {
  for (width, height) in shaderSizes {
    let picture = Picture.smooth(width: width, height: height)
    let planes = (0..<3).map { SampledPlane(picture, $0) }
    let center = (u * Double(width), v * Double(height))
    let out = shaded(
      picture, "radial_blur", [.number(strength), .number(u), .number(v), .number(Double(samples))])
    let error = out.worst { plane, x, y in
      let levels = (0..<samples).map { sample in
        let scale = max(0, 1 - Double(sample) * strength)
        return planes[plane].at(
          center.0 + (Double(x) + 0.5 - center.0) * scale - 0.5, center.1 + (Double(y) + 0.5 - center.1) * scale - 0.5)
      }
      return levels.reduce(0, +) / Double(samples)
    }
    #expect(error <= 1.001, "\(width) × \(height)")
  }
}

@Test func wavesOfADisplacementMapAreSines() {
  for (strength, scale, phase) in [(0.02, 0.3, 0.0), (0.1, 2, 0.7)] {
    expectWarp("displacement_map", [.number(strength), .number(scale), .number(phase), .choice("waves")]) {
      x, y, width, height in
      let side = min(width, height)
      let dx = ScalarMath.sin(2 * .pi * (y / (scale * side) + phase))
      let dy = ScalarMath.sin(2 * .pi * (x / (scale * side) + phase))
      return (
        min(max(x + strength * side * dx, 0), width - 1), min(max(y + strength * side * dy, 0), height - 1)
      )
    }
  }
}

@Test func bumpsOfADisplacementMapAreSmoothStayWithinTheirStrengthAndMorph() {
  // Red shows the column, green the row.
  let ramp = Picture(width: 251, height: 241)
  for y in 0..<241 {
    for x in 0..<251 { (ramp.row(y, plane: 0)[x], ramp.row(y, plane: 1)[x]) = (UInt8(x), UInt8(y)) }
  }
  func moved(_ phase: Double, seed: UInt64 = 1) -> Picture {
    shaded(
      ramp, "displacement_map", [.number(0.05), .number(0.2), .number(phase), .choice("noise")], seed: seed)
  }
  let (out, later, next) = (moved(2), moved(2.02), moved(3))
  var (widest, between, afterwards) = (0, 0, 0)
  for y in 12..<229 {
    for x in 12..<239 {
      let (dx, dy) = (Int(out[x, y].red) - x, Int(out[x, y].green) - y)
      widest = max(widest, abs(dx), abs(dy))
      #expect(abs(Int(out[x + 1, y].red) - Int(out[x, y].red) - 1) <= 1, "\(x), \(y)")
      between = max(between, abs(Int(out[x, y].red) - Int(later[x, y].red)))
      afterwards = max(afterwards, abs(Int(out[x, y].red) - Int(next[x, y].red)))
    }
  }
  #expect((7...12).contains(widest))
  #expect(between <= 1 && afterwards > 5)
  #expect(moved(2, seed: 2).hash != out.hash)
}

@Test func wavesMoveRowsAndColumnsByWholePixels() {
  for (width, height) in shaderSizes {
    let source = Picture.noise(width: width, height: height, seed: 9)
    let planes = (0..<3).map(source.plane)
    let side = Double(min(width, height))
    for (amount, wavelength, phase) in [(0.1, 0.4, 0.3), (1, 0.01, 40)] {
      func shift(_ place: Int) -> Int {
        Int((amount * side * ScalarMath.sin(Double(place) * (2 * .pi / (wavelength * side)) + phase)).rounded(.down))
      }
      func wrapped(_ place: Int, _ size: Int) -> Int { (place % size + size) % size }
      func values(_ direction: String) -> [ShaderArguments.Value] {
        [.number(amount), .number(wavelength), .number(phase), .choice(direction)]
      }
      let rows = shaded(source, "wave_distort", values("horizontal"))
      #expect(rows.worst { planes[$0][$2][wrapped($1 - shift($2), width)] } == 0)
      let columns = shaded(source, "wave_distort", values("vertical"))
      #expect(columns.worst { planes[$0][wrapped($2 - shift($1), height)][$1] } == 0)
    }
  }
}

@Test func blocksShowThePixelInTheirMiddle() {
  for (width, height) in shaderSizes {
    let source = Picture.noise(width: width, height: height, seed: 2)
    let planes = (0..<3).map(source.plane)
    for block in [1, 2, 5, 40] where block <= min(width, height) {
      let out = shaded(source, "pixelate", [.number(Double(block) / Double(min(width, height)))])
      let error = out.worst { plane, x, y in
        planes[plane][min(y / block * block + block / 2, height - 1)][min(x / block * block + block / 2, width - 1)]
      }
      #expect(error == 0)
    }
  }
}

@Test func channelsShiftAndSwap() {
  let source = Picture.noise(width: 131, height: 37, seed: 21)
  let planes = (0..<3).map(source.plane)
  let lengths = [4, 0, 0, -3, -140, 50].map { ShaderArguments.Value.number(Double($0) / 37) }
  let shifts = [(4, 0), (0, -3), (-140, 50)]
  let shifted = shaded(source, "channel_shift", lengths)
  #expect(shifted.worst { planes[$0][($2 - shifts[$0].1 + 370) % 37][($1 - shifts[$0].0 + 1310) % 131] } == 0)
  let order = [1, 2, 0]
  #expect(shaded(source, "channel_swap", [.choice("gbr")]).worst { planes[order[$0]][$2][$1] } == 0)
}
