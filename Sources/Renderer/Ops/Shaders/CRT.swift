import KernelTable
import SceneLang

extension ShaderOp {
  static let crt = ShaderOp(
    declaration: OpDeclaration(
      .shader, "crt", "Bulges the picture like the glass of a picture tube; outside it is black.",
      parameters: [
        .init("strength", default: "0.05", in: 0...1, .plain, "How far the middle of an edge moves inwards.")
      ],
      facts: .init(access: .warp), example: "crt: 0.05"),
    implementation: .row { Warp(CRT($0), isGentle: true, $0) }, keeps: InterleavedPicture.self)
}

/// Barrel distortion: samples at n·(1 + s·r²), where n runs from −1 to 1 over width and height and r is its length.
final class CRT: WarpMap {
  private let setting: ShaderSetting
  private var strength = 0.0

  init(_ setting: ShaderSetting) { self.setting = setting }

  func begin(_ arguments: ShaderArguments, frame: Int) -> Bool {
    strength = arguments.number(0)
    return strength > 0
  }

  func setCoordinates(row y: Int, of source: WarpSource) {
    let (width, height) = (Double(setting.width), Double(setting.height))
    let dy = Double(y) + 0.5 - height / 2
    // 1 + s·r² = upright + bend·dx², dx in pixels.
    let upright = 1 + strength * 4 * dy * dy / (height * height)
    let bend = strength * 4 / (width * width)
    let across = CoordinateCurve(
      start: Float(0.5 - width / 2), constant: Float(width / 2 - 0.5), linear: Float(upright), cubic: Float(bend))
    let down = CoordinateCurve(
      start: Float(0.5 - width / 2), constant: Float(height / 2 - 0.5 + dy * upright), square: Float(dy * bend))
    let count = setting.paddedWidth
    setting.kernels.coordinates(source.x.base, across, low: -1, high: Float(width), count: count)
    setting.kernels.coordinates(source.y.base, down, low: -1, high: Float(height), count: count)
  }
}
