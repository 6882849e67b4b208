import Foundation

@testable import SceneLang

/// The catalogue the language's own tests use: a few toy ops and the real prelude.
enum TestCatalog {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  static let prelude: [String: String] = {
    let folder = root.appendingPathComponent("Sources/Renderer/Prelude")
    var files: [String: String] = [:]
    for file in (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [] where file.hasSuffix(".yaml")
    {
      files[String(file.dropLast(5))] = try? String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8)
    }
    return files
  }()

  private static let feedbackBlends = ["normal", "screen", "soft_light", "add", "multiply"]

  static let catalog: Catalog = {
    let plain = Palette(
      characters: [" ", ".", "#"], match: .ink, order: .measured, gamma: 1, jitter: 0, stretch: 1)
    let halves = Palette(
      characters: [" ", "▀", "▄", "█"], match: .pattern, order: .asWritten, gamma: 1, jitter: 0, stretch: 1)
    let gradient = Gradient(
      stops: [.init(position: 0, color: RGB(0, 0, 0)), .init(position: 1, color: RGB(255, 255, 255))], space: .oklab)
    let names = [
      "orchid", "heliotrope", "deep", "ember", "nebula", "coral", "sea", "dusk", "warm", "borealis", "lagoon",
      "glacier",
      "brass", "bone", "vermilion", "vaporwave",
    ]
    let unit: ClosedRange<Double> = 0...1
    return Catalog(
      entries: [
        OpDeclaration(
          .field, "value_noise", "Value noise.",
          parameters: [
            ParameterDeclaration("x", default: nil, rate: .cell, "Across."),
            ParameterDeclaration("y", default: nil, rate: .cell, "Down."),
            ParameterDeclaration("seed", .integer, default: "0", in: 0...65535, "Seed."),
          ]),
        OpDeclaration(
          .field, "simplex", "Simplex noise.",
          parameters: [
            ParameterDeclaration("x", default: nil, rate: .cell, "Across."),
            ParameterDeclaration("y", default: nil, rate: .cell, "Down."),
            ParameterDeclaration("z", default: "0", rate: .cell, "Time."),
            ParameterDeclaration("seed", .integer, default: "0", in: 0...65535, "Seed."),
          ]),
        OpDeclaration(
          .field, "reaction_diffusion", "Grows.",
          parameters: [
            ParameterDeclaration("preset", .choice, default: "coral", choices: ["coral", "worms"], "What grows.")
          ], facts: Facts(isStateless: false)),
        OpDeclaration(
          .shader, "bloom", "Glow.",
          parameters: [
            ParameterDeclaration("threshold", default: "0.51", in: unit, "Level."),
            ParameterDeclaration("radius", .choice, default: "wide", choices: ["wide", "small"], "Size."),
          ], facts: Facts(access: .global)),
        OpDeclaration(
          .shader, "vignette", "Darker corners.",
          parameters: [ParameterDeclaration("strength", default: "0.18", in: unit, usual: 0...0.45, "How much.")]),
        OpDeclaration(
          .shader, "grain", "Noise.",
          parameters: [ParameterDeclaration("amount", default: "0.04", in: unit, "How much.")],
          facts: Facts(variesByFrame: true)),
        OpDeclaration(
          .shader, "scanlines", "Dark lines.",
          parameters: [
            ParameterDeclaration("intensity", default: "0.08", in: unit, "How dark."),
            ParameterDeclaration("spacing", default: "3px", .length, "Apart."),
          ]),
        OpDeclaration(
          .shader, "gamma", "Gamma.",
          parameters: [ParameterDeclaration("gamma", default: "1.5", in: 0.1...8, "Exponent.")],
          facts: Facts(access: .channelwise)),
        OpDeclaration(
          .shader, "invert", "Negative.", facts: Facts(access: .channelwise)),
        OpDeclaration(
          .shader, "lut", "Other colors.",
          parameters: [.init("table", .lut, default: nil, rate: .constant, "A table.")]),
        OpDeclaration(.shader, "kaleidoscope", "Folds.", facts: Facts(access: .warp), cautions: [.scramblesText]),
        OpDeclaration(.shader, "solarize", "Inverts the light.", cautions: [.needsGamma(atMost: 0.6)]),
        OpDeclaration(
          .blend, "multiply", "Times.", facts: Facts(keepsBlack: true), cautions: [.darkensFeedback, .crushesDark]),
        .feedback("trails", "Plain.", blends: feedbackBlends),
        .feedback("rainbow_trails", "Colors.", transform: .zoom, hueShift: "0.02", blends: feedbackBlends),
        .feedback("multiplied_depth", "Shade.", blend: "multiply", opacity: "0.3", blends: feedbackBlends),
        OpDeclaration(
          .effect, "matrix_rain", "Falling glyphs.",
          parameters: [ParameterDeclaration("speed", default: "0.5 * bass", in: 0...10, "How fast.")],
          facts: Facts(isStateless: false), show: ["grid": "sm", "hue": "0.4"]),
        OpDeclaration(
          .particles, "embers", "Rising sparks.",
          parameters: [
            ParameterDeclaration("cap", .integer, default: "800", in: 0...20000, rate: .constant, "The most at once.")
          ], facts: Facts(isStateless: false)),
        OpDeclaration(
          .style, "typewriter", "Types.",
          parameters: [
            ParameterDeclaration("over", default: "2s", in: 0.001...3600, .time, "Time."),
            ParameterDeclaration("cursor", .text, default: "▌", rate: .constant, "What goes ahead."),
          ]),
        OpDeclaration(.cellEffect, "shake", "Shakes."),
        OpDeclaration(.style, "fade_out", "Goes."),
        OpDeclaration(.blend, "normal", "Over."), OpDeclaration(.blend, "screen", "Light."),
        OpDeclaration(.blend, "soft_light", aliases: ["softlight"], "Soft."), OpDeclaration(.blend, "add", "Sum."),
        OpDeclaration(
          .transition, "crossfade", "Fades.",
          parameters: [
            ParameterDeclaration("duration", default: "0.5s", in: 0.001...60, .time, rate: .constant, "Length.")
          ]),
        OpDeclaration(.grid, "sm", "Small."), OpDeclaration(.grid, "md", "Middle."),
        OpDeclaration(.grid, "lg", "Large."),
        OpDeclaration(.grid, "xl", "Larger."),
        OpDeclaration(.palette, "ascii", "Text."), OpDeclaration(.palette, "dense", "Dense."),
        OpDeclaration(.palette, "blocks", "Blocks."), OpDeclaration(.palette, "halves", "Two places."),
      ] + names.map { OpDeclaration(.gradient, $0, "Colours.") },
      prelude: prelude, palettes: ["ascii": plain, "halves": halves, "dense": plain, "blocks": plain],
      gradients: Dictionary(uniqueKeysWithValues: names.map { ($0, gradient) }),
      grids: ["sm": 10, "md": 16, "lg": 20, "xl": 24],
      defaults: .init(grid: "md", palette: "ascii", gradient: "orchid", feedback: "trails"))
  }()

  /// Checks a scene text; imports are read from `folder`.
  static func check(
    _ text: String, overrides: SceneOverrides = SceneOverrides(), folder: URL? = nil
  ) -> Compilation {
    SceneLang.check(
      path: "scene.yaml", name: "scene", bytes: Array(text.utf8), using: catalog, overrides: overrides,
      importer: { path in
        guard let data = folder.flatMap({ try? Data(contentsOf: $0.appendingPathComponent(path)) }) else {
          return .failure(ImportFailure(reason: "no such file"))
        }
        return .success([UInt8](data))
      }, soundReader: { _ in .success(nil) }, inputReader: { .success($0.kind == .image ? still : video) })
  }

  private static let content = PictureContent(high: 1, low: 2)
  private static let still = PictureFacts(
    content: content, width: 300, height: 400, colors: [RGB(9, 9, 9)],
    subject: SubjectMask(columns: 2, rows: 1, levels: [0, 255]))
  private static let video = PictureFacts(
    content: content, width: 320, height: 180, frameCount: 240, duration: 10, colors: [RGB(9, 9, 9)])

  static func rendered(_ compilation: Compilation) -> String {
    DiagnosticRenderer(sources: compilation.sources).render(compilation.diagnostics)
  }
}
