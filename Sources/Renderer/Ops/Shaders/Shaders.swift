import SceneLang

/// The shaders of the catalogue, by name.
enum Shaders {
  static let all: [ShaderOp] = [
    .blockGlitch, .bloom, .brightness, .camera, .channelShift, .channelSwap, .chromatic, .colorGrade, .colorRamp,
    .colorWobble,
    .contrast, .crt, .dataBend, .dither, .duotone, .edgeGlow, .errorDiffusion, .gamma, .gaussianBlur,
    .glitchBands, .grain, .halftone, .heatHaze, .hueRotate, .invert, .kaleidoscope, .letterbox, .levels, .liftGammaGain,
    .lut,
    .mirrorDiag, .mirrorH, .mirrorQuad, .mirrorV, .phosphor, .pixelSort, .pixelate, .posterize, .radialBlur,
    .reverseVignette, .rgbSplitRadial, .saturation, .scanlines, .sharpen, .softFocus, .solarize, .staticNoise,
    .threshold, .vhs, .vignette, .waveDistort,
  ]

  /// The op of a lowered call. Precondition: Analysis found it in the catalogue, so it is here.
  static func op(_ name: String) -> ShaderOp {
    guard let op = all.first(where: { $0.declaration.name == name }) else {
      preconditionFailure("no shader named `\(name)`")
    }
    return op
  }
}
