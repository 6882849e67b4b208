import KernelTable
import SceneLang

extension ShaderOp {
  static let mirrorDiag = ShaderOp(
    declaration: OpDeclaration(
      .shader, "mirror_diag", "What lies above the falling diagonal mirrored to what lies below it.",
      facts: .init(access: .warp), cautions: [.scramblesText], example: "mirror_diag"),
    implementation: .row { Warp(MirrorDiagonal($0), isGentle: false, $0) }, keeps: InterleavedPicture.self)
}

/// Below the diagonal, where v > u, samples at (v, u): the diagonal runs from corner to corner at every aspect ratio.
final class MirrorDiagonal: WarpMap {
  private let setting: ShaderSetting

  init(_ setting: ShaderSetting) { self.setting = setting }

  func begin(_ arguments: ShaderArguments, frame: Int) -> Bool { true }

  func setCoordinates(row y: Int, of source: WarpSource) {
    let (width, height) = (setting.width, setting.height)
    let (right, bottom) = (Float(width - 1), Float(height - 1))
    // The pixels with (2x + 1) / width < (2y + 1) / height.
    let crossing = (2 * y + 1) * width
    let below = min(width, max(0, (crossing + height - 1) / (2 * height)))
    let ratio = Double(height) / Double(width)
    let across = CoordinateCurve(start: 0, constant: Float(Double(crossing) / Double(2 * height) - 0.5))
    let down = CoordinateCurve(start: 0, constant: Float(0.5 * ratio - 0.5), linear: Float(ratio))
    setting.kernels.coordinates(source.x.base, across, low: 0, high: right, count: below)
    setting.kernels.coordinates(source.y.base, down, low: 0, high: bottom, count: below)
    let rest = width - below
    setting.kernels.coordinates(
      source.x.base + below, CoordinateCurve(start: Float(below), constant: 0, linear: 1), low: 0, high: right,
      count: rest)
    setting.kernels.coordinates(
      source.y.base + below, CoordinateCurve(start: 0, constant: Float(y)), low: 0, high: bottom, count: rest)
  }
}
