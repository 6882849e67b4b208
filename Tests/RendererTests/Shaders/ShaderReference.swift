import SceneLang

@testable import Renderer

/// What a formula reads of its arguments, by their places; a wrong type is no number, no word, no levels.
protocol GivenArguments {
  var values: [ShaderArguments.Value] { get }
}

extension GivenArguments {
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
}

/// A picture, arguments and a frame: all that a shader's formula may read.
struct ShaderCase: GivenArguments {
  var source: Picture
  var values: [ShaderArguments.Value]
  var frame = 0
  var seed: UInt64 = 1

  var width: Int { source.width }
  var height: Int { source.height }
  /// The shorter side, which lengths are shares of.
  var side: Double { Double(min(width, height)) }

  /// A count, rounded half up.
  func integer(_ index: Int) -> Int { Int((number(index) + 0.5).rounded(.down)) }

  /// A length in whole pixels, rounded half up.
  func pixels(_ index: Int) -> Int { pixels(number(index)) }
  func pixels(_ share: Double) -> Int { Int((share * side + 0.5).rounded(.down)) }

  /// A level 0…255; beyond its edges the picture repeats them.
  func level(_ plane: Int, _ x: Int, _ y: Int) -> Double {
    Double(source.row(min(max(y, 0), height - 1), plane: plane)[min(max(x, 0), width - 1)])
  }

  func pixel(_ x: Int, _ y: Int) -> [Double] { [level(0, x, y), level(1, x, y), level(2, x, y)] }

  /// BT.709 luma in whole levels.
  func luma(_ x: Int, _ y: Int) -> Int { Self.luma(pixel(x, y)) }
  static func luma(_ pixel: [Double]) -> Int {
    (54 * Int(pixel[0]) + 183 * Int(pixel[1]) + 19 * Int(pixel[2]) + 128) / 256
  }

  /// Bilinear; 0 is the centre of the first pixel.
  func sample(_ plane: Int, _ x: Double, _ y: Double, isBlackOutside: Bool = false) -> Double {
    SampledPlane(source, plane, isBlackOutside: isBlackOutside).at(x, y)
  }

  /// The square of the distance from the middle, 1 in the corners.
  func radius(_ x: Int, _ y: Int) -> Double {
    let (dx, dy) = (Double(2 * x + 1 - width), Double(2 * y + 1 - height))
    return (dx * dx + dy * dy) / Double(width * width + height * height)
  }

  /// Uniform in 0..<1, by what it is for.
  func unit(_ index: Int, _ role: Int) -> Double {
    CellHash.unit(seed: seed, column: frame, row: index << 4 | role)
  }

  /// Uniform among `least`…`greatest`, and `least` if that is above it.
  func unit(from least: Int, to greatest: Int, _ index: Int, _ role: Int) -> Int {
    least + Int(unit(index, role) * Double(max(greatest - least + 1, 0)))
  }
}

/// What a shader makes of a picture, by its formula in Double.
struct ShaderReference: Sendable {
  /// A pixel's red, green and blue, 0…255, before they are limited.
  typealias Formula = (_ x: Int, _ y: Int) -> [Double]

  enum Source { case noise, smooth }

  /// In levels. A shader that copies or compares is exact; the others may be off by one.
  var tolerance = 1.0
  /// Pixels that are moved by fractions are compared on a smooth picture.
  var source = Source.noise
  /// The formula needs all of the picture, so that a large one takes long.
  var readsAll = false
  /// Takes what one picture has in common.
  var formula: @Sendable (ShaderCase) -> Formula

  static func near(_ pixel: @escaping @Sendable (ShaderCase, _ x: Int, _ y: Int) -> [Double]) -> Self {
    Self { shader in { pixel(shader, $0, $1) } }
  }

  static func exact(_ pixel: @escaping @Sendable (ShaderCase, _ x: Int, _ y: Int) -> [Double]) -> Self {
    Self(tolerance: 1e-6) { shader in { pixel(shader, $0, $1) } }
  }

  /// A curve of one level 0…1.
  static func curve(_ body: @escaping @Sendable (ShaderCase, Double) -> Double) -> Self {
    .near { shader, x, y in shader.pixel(x, y).map { 255 * body(shader, $0 / 255) } }
  }

  /// Where each pixel comes from. On the smooth picture a neighbour differs by at most 14 levels each way, so that 1/256
  /// pixel is 0.11 levels beside the rounding of the result; where the picture fades to black, it is one level.
  static func warp(
    isBlackOutside: Bool = false,
    _ place: @escaping @Sendable (ShaderCase, _ x: Double, _ y: Double) -> (x: Double, y: Double)
  ) -> Self {
    Self(tolerance: isBlackOutside ? 1 : 0.65, source: .smooth) { shader in
      { x, y in
        let from = place(shader, Double(x), Double(y))
        return (0..<3).map { shader.sample($0, from.x, from.y, isBlackOutside: isBlackOutside) }
      }
    }
  }

  /// The whole picture's levels by channel, row and column.
  static func whole(
    tolerance: Double = 1, _ planes: @escaping @Sendable (ShaderCase) -> [[[Double]]]
  ) -> Self {
    Self(tolerance: tolerance, readsAll: true) { shader in
      let levels = planes(shader)
      return { x, y in levels.map { $0[y][x] } }
    }
  }
}

extension Picture {
  /// Every row is a part of one row of levels by channel, from a place of its own on.
  static func slanted(
    width: Int, height: Int, levels: [[UInt8]], from start: (_ plane: Int, _ y: Int) -> Int
  ) -> Picture {
    let picture = Picture(width: width, height: height)
    for plane in 0..<3 {
      levels[plane].withUnsafeBufferPointer { levels in
        for y in 0..<height {
          picture.row(y, plane: plane).update(from: levels.baseAddress! + start(plane, y), count: width)
        }
      }
    }
    return picture
  }

  /// The picture that a reference is compared on.
  static func source(_ kind: ShaderReference.Source, width: Int, height: Int) -> Picture {
    switch kind {
    case .noise:
      var numbers = TestNumbers(21)
      let levels = numbers.bytes(2 * width + 64)
      return slanted(width: width, height: height, levels: [levels, levels, levels]) { plane, y in
        (131 * y + 47 * plane) % (width + 64)
      }
    case .smooth:
      // Slanted waves: up, down and steeply down.
      let levels = [0.11, 0.09, 0.05].map { turn in
        (0..<width + 2 * height).map { UInt8(clampingUnit: 0.5 + 0.48 * ScalarMath.sin(turn * Double($0))) }
      }
      return slanted(width: width, height: height, levels: levels) { plane, y in [y, height - 1 - y, 2 * y][plane] }
    }
  }
}
