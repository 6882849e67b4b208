import KernelTable
import SceneLang

/// A transition: what the catalogue shows of it, and how it is made.
struct TransitionOp: Sendable {
  var declaration: OpDeclaration
  var make: @Sendable (TransitionSetting) -> any PictureTransition

  /// `parameters` come after the duration, which every transition has.
  init(
    _ name: String, aliases: [String] = [], _ summary: String, parameters: [ParameterDeclaration] = [],
    example: String, make: @escaping @Sendable (TransitionSetting) -> any PictureTransition
  ) {
    let duration = ParameterDeclaration(
      "duration", default: "0.5s", in: 0.001...60, .time, rate: .constant, "How long both segments are seen.")
    declaration = OpDeclaration(
      .transition, name, aliases: aliases, summary, parameters: [duration] + parameters, example: example)
    self.make = make
  }
}

/// The picture a transition works on.
struct TransitionSetting {
  var width: Int
  var height: Int
  var kernels: any PixelKernels.Type
  /// The transition's randomness key.
  var seed: UInt64
}

/// Mixes the picture of the segment that ends with that of the one that begins. One per worker.
protocol PictureTransition: AnyObject {
  /// `progress` 0…1: how far the new segment has come. `arguments` begin with the duration. `frame` counts from 0 in the
  /// new segment.
  func begin(progress: Double, _ arguments: ShaderArguments, frame: Int)
  /// Writes row `y`; both pictures are whole.
  func row(_ y: Int, from old: Picture, to new: Picture, into out: PixelRow)
  /// Writes what row `y` covers, right after `row` has written its premultiplied colors; here the pictures are grey, a
  /// level being a coverage.
  func coverage(_ y: Int, from old: Picture, to new: Picture, into out: PixelRow)
}

extension PictureTransition {
  /// Coverages are mixed as colors are.
  func coverage(_ y: Int, from old: Picture, to new: Picture, into out: PixelRow) {
    row(y, from: old, to: new, into: out)
  }
}

/// A transition that reads a field of the scene at every pixel.
protocol FieldTransition: PictureTransition {
  /// Set, and ready for the frame, before its first row.
  var field: PixelField? { get set }
}
