import KernelTable
import SceneLang

@testable import Renderer

/// Runs one shader over a whole picture.
func shaded(
  _ source: Picture, _ name: String, _ values: [ShaderArguments.Value], frame: Int = 0, seed: UInt64 = 1,
  kernels: any PixelKernels.Type = baselinePixels
) -> Picture {
  let setting = ShaderSetting(width: source.width, height: source.height, seed: seed, kernels: kernels)
  let out = Picture(width: source.width, height: source.height)
  let arguments = ShaderArguments(values: values)
  switch Shaders.op(name).implementation {
  case .channelwise(let curve):
    let tables = ColorTables(curve: curve(arguments))
    for y in 0..<source.height {
      for channel in 0..<3 {
        kernels.lookup(
          out.pixelRow(y)[channel], source.pixelRow(y)[channel], table: Array(tables.entries[(256 * channel)...]),
          count: source.width)
      }
    }
  case .row(let make):
    let shader = make(setting)
    guard shader.begin(arguments, frame: frame) else { return source }
    let gatherer = shader as? any PictureGatherer
    gatherer?.gather(source)
    for y in 0..<source.height { shader.shade(row: y, from: source.pixelRow(y), to: out.pixelRow(y)) }
    gatherer?.endShading()
  }
  return out
}

extension PictureGatherer {
  /// Shows it all of a picture.
  func gather(_ picture: Picture) {
    beginGathering()
    for y in 0..<picture.height { gather(row: y, picture.pixelRow(y)) }
    if let reader = self as? any PictureReader { reader.picture = picture }
    finishGathering()
  }
}

extension SegmentGraph {
  /// A segment for shaders that read no nodes.
  static let empty = SegmentGraph(
    name: "empty", frames: 0..<1, nodes: [], layers: [], tone: Tone(exposure: .none, gamma: 1), shaders: [])
}

/// A shader's arguments: `defaults`, with an expression as 0.5; or every number at a place 0…1 of its range.
func arguments(of op: ShaderOp, at place: Double) -> [ShaderArguments.Value] {
  arguments(of: op.declaration, at: place)
}

func arguments(of op: OpDeclaration, at place: Double) -> [ShaderArguments.Value] {
  op.parameters.map { parameter in
    switch parameter.type {
    case .choice: .choice(place < 0.5 ? parameter.choices.first! : parameter.choices.last!)
    case .color: .color(red: 0.5, green: 0.9, blue: place)
    case .gradient:
      .gradient(
        Gradient(
          stops: [.init(position: 0, color: RGB(9, 0, 80)), .init(position: 1, color: RGB(255, 250, 90))], space: .oklab
        ))
    case .boolean: .number(place < 0.5 ? 0 : 1)
    case .field: .field
    case .lut:
      .lookup(
        ColorLookup(
          place < 0.5 ? .curves : .lattice, size: 2,
          entries: (0..<(place < 0.5 ? 6 : 24)).map { Float($0 * 7 % 24) / 24 }))
    default: .number(parameter.range.map { $0.lowerBound + place * ($0.upperBound - $0.lowerBound) } ?? 7 * place)
    }
  }
}

/// Sizes that are odd, portrait, a single pixel.
let shaderSizes = [(193, 109), (64, 97), (1, 1), (2, 3)]

extension Picture {
  /// A picture without hard edges: waves of about 40 pixels.
  static func smooth(width: Int, height: Int) -> Picture {
    let picture = Picture(width: width, height: height)
    for plane in 0..<3 {
      for y in 0..<height {
        for x in 0..<width {
          let wave = ScalarMath.sin(Double(x) * 0.13 + Double(plane)) * ScalarMath.sin(Double(y) * 0.11 - Double(plane))
          picture.row(y, plane: plane)[x] = UInt8(clampingUnit: 0.5 + 0.48 * wave)
        }
      }
    }
    return picture
  }

  /// The largest distance of a level from `expected` of (plane, x, y), limited to 0…255.
  func worst(_ expected: (_ plane: Int, _ x: Int, _ y: Int) -> Double) -> Double {
    var worst = 0.0
    for plane in 0..<3 {
      for y in 0..<height {
        let levels = row(y, plane: plane)
        for x in 0..<width { worst = max(worst, abs(Double(levels[x]) - min(max(expected(plane, x, y), 0), 255))) }
      }
    }
    return worst
  }
}

/// A plane read between its pixels, in Double; beyond its edges they are repeated, or it is black.
struct SampledPlane {
  var picture: Picture
  var plane: Int
  var isBlackOutside = false

  init(_ picture: Picture, _ plane: Int, isBlackOutside: Bool = false) {
    (self.picture, self.plane, self.isBlackOutside) = (picture, plane, isBlackOutside)
  }

  private func level(_ x: Int, _ y: Int) -> Double {
    let (width, height) = (picture.width, picture.height)
    if isBlackOutside && !((0..<width).contains(x) && (0..<height).contains(y)) { return 0 }
    return Double(picture.row(min(max(y, 0), height - 1), plane: plane)[min(max(x, 0), width - 1)])
  }

  /// Bilinear; 0 is the centre of the first pixel.
  func at(_ x: Double, _ y: Double) -> Double {
    let (left, top) = (x.rounded(.down), y.rounded(.down))
    let (u, v) = (x - left, y - top)
    let (i, j) = (Int(left), Int(top))
    let above = level(i, j) * (1 - u) + level(i + 1, j) * u
    let below = level(i, j + 1) * (1 - u) + level(i + 1, j + 1) * u
    return above * (1 - v) + below * v
  }
}
