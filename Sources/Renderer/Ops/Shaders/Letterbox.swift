import Glibc
import SceneLang

extension ShaderOp {
  static let letterbox = ShaderOp(
    declaration: OpDeclaration(
      .shader, "letterbox", "Black bars that leave a picture of another shape.",
      parameters: [.init("ratio", default: "2.39", in: 0.1...10, .plain, "Width over height of what is left.")],
      facts: .init(access: .pointwise), example: "letterbox: 2.39"),
    implementation: .row { Letterbox($0) })
}

/// Blackens rows above and below, or columns on both sides, evenly; sizes are rounded to whole pixels.
final class Letterbox: RowShader {
  private let setting: ShaderSetting
  private var rows = 0..<0
  private var columns = 0..<0

  init(_ setting: ShaderSetting) { self.setting = setting }

  func begin(_ arguments: ShaderArguments, frame: Int) -> Bool {
    let ratio = arguments.number(0)
    func middle(_ length: Double, of whole: Int) -> Range<Int> {
      let length = min(Int(length + 0.5), whole)
      return (whole - length) / 2..<(whole - length) / 2 + length
    }
    rows = middle(Double(setting.width) / ratio, of: setting.height)
    columns = middle(Double(setting.height) * ratio, of: setting.width)
    return rows.count < setting.height || columns.count < setting.width
  }

  func shade(row y: Int, from source: PixelRow, to out: PixelRow) {
    for channel in PixelRow.channels {
      memset(out[channel], 0, setting.width)
      guard rows.contains(y) else { continue }
      memcpy(out[channel] + columns.lowerBound, source[channel] + columns.lowerBound, columns.count)
    }
  }
}
