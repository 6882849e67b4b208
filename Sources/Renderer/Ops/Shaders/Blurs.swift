import KernelTable
import SceneLang

extension ShaderOp {
  private static func radius(_ length: String) -> ParameterDeclaration {
    .init("radius", default: length, in: 0...0.25, .length, "The standard deviation of the Gaussian.")
  }

  static let gaussianBlur = ShaderOp(
    declaration: OpDeclaration(
      .shader, "gaussian_blur", aliases: ["blur"], "Blurs the picture.", parameters: [radius("4px")],
      facts: .init(access: .global), example: "gaussian_blur: 8px"),
    implementation: .row { Blurred($0) { (radius: $0.number(0), share: 1) } }, keeps: BinomialPyramid.self)

  static let sharpen = ShaderOp(
    declaration: OpDeclaration(
      .shader, "sharpen", aliases: ["unsharp_mask"], "Adds what a blur takes away.",
      parameters: [.init("amount", default: "0.5", in: 0...4, .plain, "How much of it."), radius("1.5px")],
      facts: .init(access: .global), example: "sharpen: {amount: 0.8, radius: 2px}"),
    implementation: .row { Blurred($0) { (radius: $0.number(1), share: -$0.number(0)) } }, keeps: BinomialPyramid.self)

  // The catalogue's blur, means of 2 × 2 and then of 3 × 3 of those, has a standard deviation of 1.9 pixels.
  static let softFocus = ShaderOp(
    declaration: OpDeclaration(
      .shader, "soft_focus", "Lays a blurred copy over the picture.",
      parameters: [.init("strength", default: "0.3", in: 0...1, .plain, "The share of the copy."), radius("1.9px")],
      facts: .init(access: .global), example: "soft_focus: {strength: 0.5, radius: 6px}"),
    implementation: .row { Blurred($0) { (radius: $0.number(1), share: $0.number(0)) } }, keeps: BinomialPyramid.self)
}

/// (1 − share) · picture + share · its blur. A share of 1 blurs, a negative one sharpens.
final class Blurred: PictureReader {
  var picture: Picture?
  private let setting: ShaderSetting
  private let amounts: (ShaderArguments) -> (radius: Double, share: Double)
  private let blur: GaussianBlur
  private var share: Float = 0

  init(_ setting: ShaderSetting, _ amounts: @escaping (ShaderArguments) -> (radius: Double, share: Double)) {
    self.setting = setting
    self.amounts = amounts
    blur = GaussianBlur(setting)
  }

  func begin(_ arguments: ShaderArguments, frame: Int) -> Bool {
    let (radius, share) = amounts(arguments)
    let sigma = radius * Double(setting.shorterSide)
    // A Gaussian narrower than a tenth of a pixel changes nothing.
    guard share != 0, sigma > 0.1 else { return false }
    self.share = Float(share)
    blur.set(sigma: sigma)
    return true
  }

  func finishGathering() {
    guard let picture else { preconditionFailure("a blur without a picture") }
    blur.read(picture)
  }

  func endShading() { blur.finish() }

  func shade(row y: Int, from source: PixelRow, to out: PixelRow) {
    for channel in PixelRow.channels {
      let (upper, lower, part) = blur.rows(around: y, channel: channel)
      setting.kernels.mix(
        out[channel], source[channel], weight: 1 - share, upper, share * (1 - part), lower, share * part,
        count: setting.width)
    }
  }
}
