import SceneLang

/// The shaders of the catalogue, by name.
enum Shaders {
  static let all: [ShaderOp] = [
    .bloom, .brightness, .chromatic, .colorGrade, .contrast, .gamma, .grain, .invert, .levels, .posterize, .saturation,
    .scanlines, .solarize, .threshold, .vignette,
  ]

  /// The op of a lowered call. Precondition: Analysis found it in the catalogue, so it is here.
  static func op(_ name: String) -> ShaderOp {
    guard let op = all.first(where: { $0.declaration.name == name }) else {
      preconditionFailure("no shader named `\(name)`")
    }
    return op
  }
}
