import SceneLang
import Testing

@testable import Renderer

/// The shader calls of a one-second scene with a look, or its errors. The scene has a table of colors, `teal`.
private func calls(look: String) -> (ops: [String], errors: [String]) {
  let text = """
    ascii-scene: 1
    inputs: {teal: {lut: teal.cube}}
    segments: [{duration: 1s, layers: [field: plasma], look: \(look)}]
    """
  let result = check(
    path: "scene.yaml", name: "scene", bytes: Array(text.utf8), using: .builtin,
    importer: { _ in .success(Array("LUT_1D_SIZE 2\n0 0 0\n1 1 1\n".utf8)) })
  let errors = result.diagnostics.filter { $0.severity == .error }.map(\.message)
  let graph = result.scene?.renderGraph(using: .builtin)
  return (graph?.segments[0].shaders.flatMap(\.calls).map(\.op) ?? [], errors)
}

@Test(arguments: Catalog.builtin.items().filter { $0.kind == "look" }.map(\.name))
func everyNamedLookIsAChainOfShaders(_ name: String) {
  let (ops, errors) = calls(look: name)
  #expect(errors.isEmpty)
  // A mood is several shaders, a tint is one.
  #expect(tints.contains(name) ? ops == ["color_grade"] : ops.count >= 2)
}

/// The tints of CATALOGUE 1.16.
private let tints: Set = [
  "warm", "cool", "matrix", "amber", "sepia", "neon_pink", "ice", "blood", "forest", "void", "sunset", "neutral",
]

@Test func theMoodsOfTheCatalogueAreLooks() {
  let names = Set(Catalog.builtin.items().filter { $0.kind == "look" }.map(\.name))
  let moods = [
    "retro", "clean", "glitch", "cinematic", "dreamy", "industrial", "psychedelic", "corruption", "recursive",
    "default",
  ]
  #expect(names.isSuperset(of: moods))
  #expect(names.isSuperset(of: tints))
}

/// The feedback of a one-second scene with these keys, and the messages of its errors.
private func feedback(_ segment: String, looks: String = "{}") -> (feedback: Feedback?, errors: [String]) {
  let text = "ascii-scene: 1\nlooks: \(looks)\nsegments: [{duration: 1s, layers: [field: plasma], \(segment)}]"
  let result = check(path: "scene.yaml", name: "scene", bytes: Array(text.utf8), using: .builtin)
  return (
    result.scene?.renderGraph(using: .builtin).segments[0].feedback,
    result.diagnostics.filter { $0.severity == .error }.map(\.message)
  )
}

@Test func aLookBringsItsFeedbackUnlessTheSegmentSaysItsOwn() throws {
  let brought = try #require(feedback("look: recursive").feedback)
  #expect(brought.motion == .zoom && brought.blend == "screen")
  #expect(feedback("look: [bloom, recursive(amount=1)]").feedback?.motion == .zoom)
  #expect(feedback("look: recursive, feedback: none").feedback == nil)
  #expect(feedback("look: recursive, feedback: {transform: shift_up}").feedback?.motion == .up)
  #expect(feedback("look: [bloom]").feedback == nil)
  #expect(feedback("look: psychedelic").feedback?.motion == Feedback.Motion.none)
  let own = feedback(
    "look: mine(by=0.7)", looks: "{mine: {params: {by: 0.5}, chain: [gamma: 1], feedback: {decay: by}}}")
  #expect(own.errors.isEmpty && own.feedback != nil)
}

@Test func shareAndConditionOfALookWeakenItsFeedback() throws {
  func opacity(_ item: String) throws -> Double {
    let text = "ascii-scene: 1\nsegments: [{duration: 1s, layers: [field: plasma], look: [\(item)]}]"
    let scene = try #require(check(path: "s.yaml", name: "s", bytes: Array(text.utf8), using: .builtin).scene)
    let segment = scene.renderGraph(using: .builtin).segments[0]
    let feedback = try #require(segment.feedback)
    let values = FrameValues(segment: segment, roots: [feedback.opacity], geometry: .test(columns: 4, rows: 3))
    values.update(.test(7))
    return values[feedback.opacity]
  }
  let whole = try opacity("recursive")
  #expect(abs(try opacity("{recursive: , mix: 0.25}") - whole / 4) < 1e-12)
  #expect(try opacity("{recursive: , when: p > 0.99}") == 0)
  #expect(try opacity("{recursive: , when: p < 0.99}") == whole)
}

@Test func aGroupAndASecondLookCannotBringAFeedback() {
  #expect(
    feedback("look: [recursive, psychedelic]").errors == ["`psychedelic` brings a second feedback, a segment has one"])
  let text = "ascii-scene: 1\nsegments: [{duration: 1s, layers: [{field: plasma, look: recursive}]}]"
  let result = check(path: "scene.yaml", name: "scene", bytes: Array(text.utf8), using: .builtin)
  #expect(result.diagnostics.map(\.message).contains("`recursive` brings a feedback, which only a segment has"))
}

@Test(arguments: Shaders.all.map(\.declaration.name))
func everyShaderCompilesWithItsDefaultsAndAsItsExample(_ name: String) {
  let declaration = Shaders.op(name).declaration
  let example = declaration.example
  let bare = declaration.parameters.allSatisfy { $0.default != nil } ? ["[\(name)]"] : []
  for look in bare + [example.contains(":") ? "[{\(example)}]" : "[\(example)]"] {
    let (ops, errors) = calls(look: look)
    #expect(errors.isEmpty, "\(look)")
    #expect(ops == [name] || example.hasPrefix("tint"))
  }
}

@Test func aGradientOfAShaderIsWholeAndNotReadAtAPlace() {
  #expect(
    calls(look: "[color_ramp: ember(0.3)]").errors == [
      "`ramp` of `color_ramp` takes a whole gradient, not its colour at a place"
    ])
  #expect(calls(look: "[color_ramp: 0.3]").errors.count == 1)
  #expect(calls(look: "[color_ramp: nebula]").ops == ["color_ramp"])
}

/// Every name that CATALOGUE 1.13 and 1.16 give, in their spelling or a better one.
@Test func theCatalogueHasEveryBlendAndShader() {
  let blends = """
    normal add subtract multiply screen overlay softlight hardlight difference exclusion colordodge colorburn
    linearlight vividlight pin_light hard_mix lighten darken grain_extract grain_merge hue saturation color luminosity
    """
  for name in blends.split(whereSeparator: \.isWhitespace) {
    #expect(Catalog.builtin.entry(.blend, Name.folded(String(name))) != nil, "\(name)")
  }
  let shaders = """
    crt pixelate wave_distort kaleidoscope mirror_h mirror_v mirror_quad mirror_diag chromatic channel_shift channel_swap
    rgb_split_radial invert posterize threshold solarize hue_rotate saturation color_grade color_wobble color_ramp bloom
    edge_glow soft_focus radial_blur grain static scanlines halftone vignette contrast gamma levels brightness
    glitch_bands block_glitch pixel_sort data_bend displacement_map reverse_vignette
    """
  let known = Catalog.builtin.items().filter { $0.kind == "shader" }.flatMap { [$0.name] + $0.aliases }
  for name in shaders.split(whereSeparator: \.isWhitespace) { #expect(known.contains(String(name))) }
}
