import KernelTable
import SceneLang

/// What a shader is made for.
struct ShaderSetting {
  var width: Int
  var height: Int
  /// The randomness key of the call.
  var seed: UInt64
  var kernels: any PixelKernels.Type
  var scratch = FrameScratch()

  var shorterSide: Int { min(width, height) }
  /// Bytes of a row, in whole vectors.
  var paddedWidth: Int { PixelRow.padded(width) }

  /// A length in shares of the shorter side as pixels, rounded half up.
  func pixels(_ length: Double) -> Int { Int(length * Double(shorterSide) + 0.5) }
}

/// The values of a call's arguments in one frame, in the order of the declaration's parameters. Numbers lie in the ranges
/// that the declaration gives: shaders rely on it.
struct ShaderArguments: Hashable {
  enum Value: Hashable {
    case number(Double)
    /// Has a value at every pixel.
    case field
    case choice(String)
    case color(red: Double, green: Double, blue: Double)
    case gradient(Gradient)
    case lookup(ColorLookup)
  }

  var values: [Value]

  func number(_ index: Int) -> Double {
    guard case .number(let value) = values[index] else { preconditionFailure("argument \(index) is no number") }
    return value
  }

  /// A number of at least 0 as a whole one, rounded half up.
  func integer(_ index: Int) -> Int { Int(number(index) + 0.5) }

  func choice(_ index: Int) -> String {
    guard case .choice(let value) = values[index] else { preconditionFailure("argument \(index) is no choice") }
    return value
  }

  /// Red, green and blue, 0…1.
  func color(_ index: Int) -> [Double] {
    guard case .color(let red, let green, let blue) = values[index] else {
      preconditionFailure("argument \(index) is no color")
    }
    return [red, green, blue]
  }

  func gradient(_ index: Int) -> Gradient {
    guard case .gradient(let value) = values[index] else { preconditionFailure("argument \(index) is no gradient") }
    return value
  }

  func lookup(_ index: Int) -> ColorLookup {
    guard case .lookup(let value) = values[index] else { preconditionFailure("argument \(index) is no table") }
    return value
  }
}

/// A shader whose pixels depend on the same row only. One instance per call and worker.
protocol RowShader: AnyObject {
  /// Takes the arguments of a frame. Returns false if the shader changes nothing with them.
  func begin(_ arguments: ShaderArguments, frame: Int) -> Bool
  /// Writes row `y`; `source` and `out` are padded rows that do not overlap. Rows may be asked for in any order.
  func shade(row y: Int, from source: PixelRow, to out: PixelRow)
}

/// What sees more of a picture than the row that is shaded.
protocol PictureGatherer: AnyObject {
  /// How many rows below it are gathered before a row is shaded, besides those above; nil for all of them. Does not change
  /// between the beginning of a frame and its last row.
  var reach: Int? { get }
  /// Called before the first row; what is taken from the scratch is put back by `endShading`.
  func beginGathering()
  /// Sees row `y`, in ascending order.
  func gather(row y: Int, _ source: PixelRow)
  /// Called after the last row.
  func finishGathering()
  /// Called after the frame's last row has been shaded.
  func endShading()
}

extension PictureGatherer {
  var reach: Int? { nil }
  func beginGathering() {}
  func endShading() {}
}

/// A shader that is shown the picture before it shades it: all of it or, with a `reach`, as far as that.
protocol PictureShader: RowShader, PictureGatherer {
  /// Whether the frame that was begun last has to be shown to it.
  var gathers: Bool { get }
}

extension PictureShader {
  var gathers: Bool { true }
}

/// A shader that reads the picture before it at other rows than the one it writes. It has no `reach`.
protocol PictureReader: PictureShader {
  /// The whole picture: set before `finishGathering`, unchanged until the frame's last row has been shaded.
  var picture: Picture? { get set }
}

extension PictureReader {
  func gather(row y: Int, _ source: PixelRow) {}
  func finishGathering() {}

  /// A row of the picture before this shader.
  func pictureRow(_ y: Int) -> PixelRow {
    guard let picture else { preconditionFailure("reading a picture before it was whole") }
    return picture.pixelRow(y)
  }
}

/// A shader of the catalogue: what the language knows of it and what makes it.
struct ShaderOp: Sendable {
  enum Implementation: Sendable {
    /// A curve per channel (0 red, 1 green, 2 blue) over 0…1; results are limited to 0…1 and rounded half up.
    case channelwise(@Sendable (ShaderArguments) -> (_ channel: Int, _ level: Double) -> Double)
    case row(@Sendable (ShaderSetting) -> any RowShader)
  }

  var declaration: OpDeclaration
  var implementation: Implementation
  /// What it takes at most, besides a canvas, to shade a frame.
  var keeps: (any ScratchMemory.Type)?
}
