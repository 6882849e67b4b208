import KernelTable
import SceneLang

extension ShaderOp {
  static let camera = ShaderOp(
    declaration: OpDeclaration(
      .shader, "camera", "Moves, turns and enlarges the whole picture about its centre; its edges are mirrored.",
      parameters: [
        .init("zoom", default: "1 + 0.05 * bdecay", in: 0.4...20, .plain, "How much larger it becomes."),
        .init("angle", aliases: ["rotation"], default: "0deg", .angle, "Turns it clockwise."),
        .init("dx", aliases: ["x"], default: "0px", in: -1...1, .length, "How far it moves to the right."),
        .init("dy", aliases: ["y"], default: "0px", in: -1...1, .length, "How far it moves down."),
      ],
      facts: .init(access: .warp), example: "camera: {zoom: 1 + 0.1 * bdecay, angle: 2deg * sin(t)}"),
    implementation: .row { Warp(Camera($0), isGentle: true, $0) }, keeps: InterleavedPicture.self)
}

/// Samples at c + R(−angle)·(p − c − d) / zoom, c the centre and d the shift; what lies outside the picture is thrown back at
/// its edges. Coordinates are linear along a row.
final class Camera: WarpMap {
  private let setting: ShaderSetting
  /// Of the turn back, over the zoom.
  private var (cosine, sine) = (1.0, 0.0)
  /// In pixels.
  private var shift = (x: 0.0, y: 0.0)

  init(_ setting: ShaderSetting) { self.setting = setting }

  func begin(_ arguments: ShaderArguments, frame: Int) -> Bool {
    let (zoom, angle) = (arguments.number(0), arguments.number(1))
    (cosine, sine) = (ScalarMath.cos(angle) / zoom, ScalarMath.sin(angle) / zoom)
    let side = Double(min(setting.width, setting.height))
    shift = (arguments.number(2) * side, arguments.number(3) * side)
    return (cosine, sine) != (1, 0) || shift != (0, 0)
  }

  func setCoordinates(row y: Int, of source: WarpSource) {
    let (right, bottom) = (Double(setting.width - 1), Double(setting.height - 1))
    let dy = Double(y) - bottom / 2 - shift.y
    let start = Float(-right / 2 - shift.x)
    let across = CoordinateCurve(start: start, constant: Float(right / 2 + dy * sine), linear: Float(cosine))
    let down = CoordinateCurve(start: start, constant: Float(bottom / 2 + dy * cosine), linear: Float(-sine))
    setting.kernels.mirroredCoordinates(source.x.base, across, high: Float(right), count: setting.paddedWidth)
    setting.kernels.mirroredCoordinates(source.y.base, down, high: Float(bottom), count: setting.paddedWidth)
  }
}
