import KernelTable
import SceneLang

extension ShaderOp {
  static let errorDiffusion = ShaderOp(
    declaration: OpDeclaration(
      .shader, "error_diffusion", aliases: ["floyd_steinberg"],
      "Leaves few levels per channel; what a pixel is wrong by goes to its neighbours.",
      parameters: [
        .init("levels", .integer, default: "2", in: 2...256, .plain, "How many levels are left."),
        .init(
          "spread", .choice, default: "floyd_steinberg", rate: .constant, choices: ["floyd_steinberg", "atkinson"],
          "`floyd_steinberg` keeps all of the error, `atkinson` three quarters: more contrast, fewer dots."),
      ],
      facts: .init(access: .global), example: "error_diffusion: {levels: 2, spread: atkinson}"),
    implementation: .row { ErrorDiffusion($0) }, keeps: Picture.self)
}

/// Error diffusion from the upper left, row by row, in sixteenths of a level: R. W. Floyd and L. Steinberg, SID 1976, and
/// Bill Atkinson's weights for the Macintosh of 1984. The nearest of the levels is kept, of two the upper; each neighbour's
/// share of the error is rounded down, and of all of it (Floyd–Steinberg) the lower right pixel takes the rest.
final class ErrorDiffusion: PictureReader {
  var picture: Picture?
  private let setting: ShaderSetting
  /// Taken for a frame.
  private var result: Picture?
  private var steps = 0
  private var isAtkinson = false
  /// Errors of this row and the two below, from the second pixel left of the row to the second right of it.
  private var errors: [AlignedBuffer<Int32>]

  init(_ setting: ShaderSetting) {
    self.setting = setting
    errors = (0..<3).map { _ in AlignedBuffer(count: setting.width + 5) }
  }

  func begin(_ arguments: ShaderArguments, frame: Int) -> Bool {
    steps = arguments.integer(0) - 1
    isAtkinson = arguments.choice(1) == "atkinson"
    return steps < 255
  }

  func finishGathering() {
    let result: Picture = setting.scratch.take(setting)
    self.result = result
    for channel in PixelRow.channels {
      for row in errors { row.clear() }
      for y in 0..<setting.height {
        diffuse(UnsafePointer(pictureRow(y)[channel]), into: result.pixelRow(y)[channel])
        errors = [errors[1], errors[2], errors[0]]
        errors[2].clear()
      }
    }
  }

  private func diffuse(_ source: Bytes, into out: MutableBytes) {
    let rows = (errors[0].base, errors[1].base, errors[2].base)
    for x in 0..<setting.width {
      let wanted = 16 * Int(source[x]) + Int(rows.0[x + 2])
      // round(wanted / 16 · steps / 255), half up.
      let step = min(max((2 * wanted * steps + 4080).quotientRoundedDown(by: 8160), 0), steps)
      let level = (step * 510 / steps + 1) / 2
      out[x] = UInt8(level)
      let error = Int32(wanted - 16 * level)
      if isAtkinson {
        let share = error >> 3
        rows.0[x + 3] += share
        rows.0[x + 4] += share
        for column in x + 1...x + 3 { rows.1[column] += share }
        rows.2[x + 2] += share
      } else {
        let (right, left, down) = (error * 7 >> 4, error * 3 >> 4, error * 5 >> 4)
        rows.0[x + 3] += right
        rows.1[x + 1] += left
        rows.1[x + 2] += down
        rows.1[x + 3] += error - right - left - down
      }
    }
  }

  func shade(row y: Int, from source: PixelRow, to out: PixelRow) {
    guard let result else { preconditionFailure("a row of a picture that was not diffused") }
    out.copy(from: result.pixelRow(y), count: setting.paddedWidth)
  }

  func endShading() { setting.scratch.put(&result) }
}

extension Int {
  /// Towards −∞, as `>>` is; `divisor` is above 0.
  fileprivate func quotientRoundedDown(by divisor: Int) -> Int {
    self >= 0 ? self / divisor : -((-self + divisor - 1) / divisor)
  }
}
