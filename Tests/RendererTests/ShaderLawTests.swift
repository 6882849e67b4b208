import Foundation
import KernelTable
import SceneLang
import Testing

@testable import Renderer

/// What a shader makes of a picture, by its formula in Double.
private struct ShaderReference {
  var values: [ShaderArguments.Value]
  var width: Int
  var height: Int
  var source: Picture

  func number(_ index: Int) -> Double {
    guard case .number(let value) = values[index] else { return .nan }
    return value
  }

  func choice(_ index: Int) -> String {
    guard case .choice(let value) = values[index] else { return "" }
    return value
  }

  func color(_ index: Int) -> [Double] {
    guard case .color(let red, let green, let blue) = values[index] else { return [] }
    return [red, green, blue]
  }

  /// A length in whole pixels, rounded half up.
  func pixels(_ index: Int) -> Int { Int((number(index) * Double(min(width, height)) + 0.5).rounded(.down)) }

  func pixel(_ x: Int, _ y: Int) -> [Double] { (0..<3).map { level($0, x, y) } }

  func level(_ plane: Int, _ x: Int, _ y: Int) -> Double { Double(source.row(y, plane: plane)[x]) }

  /// The square of the distance from the middle, 1 in the corners.
  func radius(_ x: Int, _ y: Int) -> Double {
    let (dx, dy) = (Double(2 * x + 1 - width), Double(2 * y + 1 - height))
    return (dx * dx + dy * dy) / Double(width * width + height * height)
  }
}

/// A pixel's red, green and blue, 0…255, before they are limited.
private typealias Formula = @Sendable (ShaderReference, _ x: Int, _ y: Int) -> [Double]

/// A curve of one level 0…1.
private func curve(_ body: @escaping @Sendable (ShaderReference, Double) -> Double) -> Formula {
  { reference, x, y in reference.pixel(x, y).map { 255 * body(reference, $0 / 255) } }
}

private func wrapped(_ place: Int, _ size: Int) -> Int { (place % size + size) % size }

/// Shaders whose every pixel follows from a formula, at both ends of every range.
private let formulas: [String: Formula] = [
  "brightness": curve { $1 * $0.number(0) },
  "channel_shift": { shader, x, y in
    (0..<3).map { channel in
      func shift(_ index: Int) -> Int {
        let length = shader.number(index) * Double(min(shader.width, shader.height))
        return Int((abs(length) + 0.5).rounded(.down)) * (length < 0 ? -1 : 1)
      }
      let (dx, dy) = (shift(2 * channel), shift(2 * channel + 1))
      return shader.level(channel, wrapped(x - dx, shader.width), wrapped(y - dy, shader.height))
    }
  },
  "channel_swap": { shader, x, y in
    shader.choice(0).map { shader.pixel(x, y)[$0 == "r" ? 0 : $0 == "g" ? 1 : 2] }
  },
  "chromatic": { shader, x, y in
    let shift = shader.pixels(0)
    return [
      shader.level(0, max(x - shift, 0), y), shader.level(1, x, y),
      shader.level(2, min(x + shift, shader.width - 1), y),
    ]
  },
  "color_grade": { shader, x, y in
    let tint = shader.choice(0) == "sunset" ? [1.3, 0.85, 0.7] : [1, 1, 1]
    return (0..<3).map { shader.pixel(x, y)[$0] * tint[$0] * shader.color(1)[$0] }
  },
  "color_wobble": { shader, x, y in
    (0..<3).map {
      let wave = sin(shader.number(1) + Double($0) * 2 * .pi / 3)
      return shader.pixel(x, y)[$0] * (1 + shader.number(0) * wave)
    }
  },
  "contrast": curve { 128.0 / 255 + ($1 - 128.0 / 255) * $0.number(0) },
  "gamma": curve { pow($1, 1 / $0.number(0)) },
  "invert": curve { 1 - $1 },
  "letterbox": { shader, x, y in
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
  "levels": curve { shader, level in
    let range = max(shader.number(1) - shader.number(0), 1.0 / 255)
    return pow(min(max((level - shader.number(0)) / range, 0), 1), 1 / shader.number(2))
  },
  "lift_gamma_gain": { shader, x, y in
    (0..<3).map { channel in
      let (lift, gain) = (shader.color(0)[channel], shader.color(2)[channel])
      let exponent = log(min(max(shader.color(1)[channel], 1.0 / 255), 254.0 / 255)) / log(128.0 / 255)
      return 255 * (lift + (gain - lift) * pow(shader.pixel(x, y)[channel] / 255, exponent))
    }
  },
  "mirror_h": { shader, x, y in shader.pixel(min(x, shader.width - 1 - x), y) },
  "mirror_quad": { shader, x, y in
    shader.pixel(min(x, shader.width - 1 - x), min(y, shader.height - 1 - y))
  },
  "mirror_v": { shader, x, y in shader.pixel(x, min(y, shader.height - 1 - y)) },
  "phosphor": { shader, x, y in
    let (strength, p, mask) = (shader.number(0), max(3, shader.pixels(1)), shader.choice(2))
    let bright = 1 / (1 - 2 * strength / 3)
    let place = mask == "shadow" && y / p % 2 == 1 ? x + p / 2 : x
    let gap = mask == "slot" && (y + (x / p % 2 == 1 ? p : 0)) % (2 * p) < max(1, p / 4) ? 1 - strength : 1
    return (0..<3).map { channel in
      let own = 3 * (place % p) / p == channel
      return shader.pixel(x, y)[channel] * bright * (own ? 1 : 1 - strength) * gap
    }
  },
  "pixelate": { shader, x, y in
    let block = max(1, shader.pixels(0))
    return shader.pixel(
      min(x / block * block + block / 2, shader.width - 1), min(y / block * block + block / 2, shader.height - 1))
  },
  "posterize": curve { shader, level in
    let step = 256 / shader.number(0).rounded(.down)
    return (((level * 255).rounded() / step).rounded(.down) * step).rounded(.down) / 255
  },
  "reverse_vignette": { shader, x, y in
    let share = max(0.2, 1 - shader.number(0) * (1 - shader.radius(x, y)))
    return shader.pixel(x, y).map { $0 * share }
  },
  "saturation": { shader, x, y in
    let pixel = shader.pixel(x, y)
    let (high, low) = (pixel.max()!, pixel.min()!)
    guard high > low else { return pixel }
    let saturation = (high - low) / high
    return pixel.map { high - (high - $0) * min(1, saturation * shader.number(0)) / saturation }
  },
  "scanlines": { shader, x, y in
    let isLine = y % max(2, shader.pixels(1)) == 0
    return shader.pixel(x, y).map { isLine ? $0 * (1 - shader.number(0)) : $0 }
  },
  "solarize": curve { $1 > $0.number(0) ? 1 - $1 : $1 },
  "threshold": { shader, x, y in
    let isWhite = shader.pixel(x, y).reduce(0, +) > 765 * shader.number(0)
    return [Double](repeating: isWhite ? 255 : 0, count: 3)
  },
  "vignette": { shader, x, y in
    let share = max(0.15, 1 - shader.number(0) * shader.radius(x, y))
    return shader.pixel(x, y).map { $0 * share }
  },
  "wave_distort": { shader, x, y in
    let side = Double(min(shader.width, shader.height))
    let isVertical = shader.choice(3) == "vertical"
    func shift(_ place: Int) -> Int {
      let turn = 2 * Double.pi / (max(shader.number(1), 0.002) * side) * Double(place)
      return Int((shader.number(0) * side * ScalarMath.sin(turn + shader.number(2))).rounded(.down))
    }
    return isVertical
      ? shader.pixel(x, wrapped(y - shift(x), shader.height)) : shader.pixel(wrapped(x - shift(y), shader.width), y)
  },
]

/// The tests of the other shaders, whose definitions need the whole picture, samples between pixels or random numbers.
private let tests: [String: String] = [
  "block_glitch": "blocksAreCopiesOfThePicture", "bloom": "theWideGlowIsThreeGaussiansInLinearLight",
  "color_ramp": "aRampColorsByLuma", "crt": "theTubeSamplesAtTheBarrelsPlaces",
  "data_bend": "dataIsCopiedInReadingOrder",
  "displacement_map": "wavesOfADisplacementMapAreSines", "dither": "ditheringComparesWithBayersMatrix",
  "duotone": "twoColorsAreAGradient", "edge_glow": "edgesGlowByTheSlopeOfTheLuma",
  "error_diffusion": "errorsGoToTheNeighbours", "gaussian_blur": "aWideBlurIsNearlyTheGaussian",
  "glitch_bands": "bandsAreRowsThatWrapRound", "grain": "grainDiffersByFrameAndSeedAndStaysWithinItsAmount",
  "halftone": "halftoneDotsCarryTheTone", "hue_rotate": "theHueTurns", "kaleidoscope": "theKaleidoscopeFoldsTheAngle",
  "lut": "colorsAreThoseOfTheTable",
  "mirror_diag": "theDiagonalMirrorExchangesTheSidesOfThePicture", "pixel_sort": "runsAreSortedByLuma",
  "radial_blur": "theRadialBlurIsTheMeanOfZoomedPictures", "rgb_split_radial": "theRadialSplitScalesRedUpAndBlueDown",
  "sharpen": "softFocusLaysTheBlurOverAndSharpenTakesItAway",
  "soft_focus": "softFocusLaysTheBlurOverAndSharpenTakesItAway", "static": "staticReplacesAShareOfTheDots",
  "vhs": "aTapeKeepsBrightnessAndSmearsColors",
]

/// The law of the catalogue's pixels: no shader, blend or transition is without a reference and a picture whose hash is held.
@Suite struct ShaderLawTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()

  private func text(_ path: String) throws -> String {
    try String(contentsOf: Self.folder.appending(path: path), encoding: .utf8)
  }

  @Test func everyShaderHasAReference() throws {
    let known = Set(formulas.keys).union(tests.keys)
    #expect(known == Set(Shaders.all.map(\.declaration.name)))
    #expect(Set(formulas.keys).isDisjoint(with: tests.keys))
    let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
      .filter { $0.hasPrefix("Shader") && $0 != "ShaderLawTests.swift" }.map { try text($0) }
    for (shader, test) in tests {
      #expect(
        files.contains { $0.contains("func \(test)(") && ($0.contains("\"\(shader)\"") || $0.contains("\(shader)(")) },
        "\(shader)")
    }
  }

  /// The middle of a segment of that name is in `Golden/gallery.txt`, and in the pages of `docs/gallery.md`.
  @Test(arguments: [
    ("filters", Shaders.all.map(\.declaration.name)), ("blends", Blends.all.map(\.declaration.name)),
    ("transitions", Transitions.all.map(\.declaration.name)),
  ])
  func everyEntryHasAGoldenPicture(_ scene: String, _ names: [String]) throws {
    let shown = try text("Golden/gallery.txt").split(separator: "\n")
      .map { $0.split(separator: " ", maxSplits: 2).map(String.init) }.filter { $0[1] == "gallery/\(scene)" }
      .map { $0[2] }
    for name in names {
      #expect(
        shown.contains { $0 == name || $0.hasPrefix("\(name) ") }, "`\(name)` is not in scenes/gallery/\(scene).yaml")
    }
  }

  @Test(arguments: formulas.keys.sorted(), [(1, 1), (1921, 1079), (64, 97)])
  func shadersFollowTheirFormulasAtBothEndsOfEveryRange(_ name: String, _ size: (width: Int, height: Int)) throws {
    let formula = try #require(formulas[name])
    let source = picture(size.width, size.height)
    // A large picture by its edges, its middle and some rows and columns more.
    func places(_ count: Int) -> [Int] {
      count < 200 ? Array(0..<count) : Array(stride(from: 0, to: count, by: 83)) + [count - 1]
    }
    for place in [0.0, 1] {
      let values = arguments(of: Shaders.op(name), at: place)
      let out = shaded(source, name, values)
      let reference = ShaderReference(values: values, width: size.width, height: size.height, source: source)
      var worst = 0.0
      for y in places(size.height) {
        for x in places(size.width) {
          let levels = [out[x, y].red, out[x, y].green, out[x, y].blue].map(Double.init)
          for (level, exact) in zip(levels, formula(reference, x, y)) {
            worst = max(worst, abs(level - min(max(exact, 0), 255)))
          }
        }
      }
      #expect(worst <= 1, "at \(place)")
    }
  }

  /// Random levels: one long row, from another place on in each row of the picture.
  private func picture(_ width: Int, _ height: Int) -> Picture {
    let picture = Picture(width: width, height: height)
    var numbers = TestNumbers(21)
    let levels = numbers.bytes(2 * width + 64)
    for y in 0..<height {
      for plane in 0..<3 {
        let start = (131 * y + 47 * plane) % (width + 64)
        for x in 0..<width { picture.row(y, plane: plane)[x] = levels[start + x] }
      }
    }
    return picture
  }

  /// Every blend is compared with its formula for every pair of levels (or on a grid of colors) by `BlendTests`, whose
  /// formulas are a switch over all modes.
  @Test func everyBlendModeIsCompared() {
    #expect(BlendMode.allCases.filter(\.isSeparable).count == 20)
    #expect(BlendMode.allCases.filter { !$0.isSeparable }.count == 4)
  }
}
