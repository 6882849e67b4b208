import SceneLang
import Testing

@testable import Renderer

/// Every slot of names, calls and words takes one that is chosen before rendering, and all that could be are checked.
@Suite struct ChosenWordTests {
  private func check(_ scene: String, format: String = "{aspect: landscape}") -> Compilation {
    SceneLang.check(
      path: "s.yaml", name: "s", bytes: Array("ascii-scene: 1\nvideo: \(format)\n\(scene)\n".utf8), using: .builtin)
  }

  private static let segments = [
    "layers: [{text: hello, align: 'WORD'}]": ("left", "right"),
    "layers: [{text: hello, style: 'WORD'}]": ("typewriter", "fade_in(1s)"),
    "layers: [{text: hello, face: 'WORD'}]": ("bold", "regular"),
    "layers: [{field: plasma, grid: 'WORD'}]": ("lg", "xl"),
    "layers: [{field: plasma, palette: 'WORD'}]": ("dense", "dots"),
    "layers: [{field: plasma, blend: 'WORD'}]": ("soft-light", "hard_light"),
    "layers: [{field: plasma, blend: {mode: screen, light: 'WORD'}}]": ("encoded", "linear"),
    "layers: [{field: plasma, mask: circle, mask_at: 'WORD'}]": ("pixels", "cells"),
    "layers: [{field: plasma, palette: {chars: ' .:#', order: 'WORD'}}]": ("measured", "as_written"),
    "layers: [{effect: 'WORD'}]": ("fire", "matrix_rain(speed=0.5)"),
    "layers: [{particles: 'WORD'}]": ("embers", "starfield"),
    "layers: [{field: plasma}, {text: on, effects: ['WORD']}]": ("shake", "scan_bars"),
    "layers: [{field: 'voronoi(mode=WORD)'}]": ("edge", "distance"),
    "layers: [{field: plasma}], look: 'WORD'": ("sepia", "none"),
    "layers: [{field: plasma}], look: ['WORD']": ("mirror-h", "hue_rotate(0.2)"),
    "layers: [{field: plasma}], tone: 'WORD'": ("frame", "none"),
    "layers: [{field: plasma}], tone: {curve: 'WORD'}": ("aces", "hable"),
    "layers: [{field: plasma}], transition: 'WORD'": ("crossfade(0.5s)", "cut"),
  ]

  @Test(arguments: segments.keys.sorted()) func aWordIsChosenByTheAspect(_ slot: String) throws {
    let words = try #require(Self.segments[slot])
    func scene(_ word: String) -> String {
      let own = slot.replacingOccurrences(of: "WORD", with: word)
      return "segments: [{name: a, duration: 1s, layers: [{field: u}]}, {name: b, duration: 1s, \(own)}]"
    }
    func content(_ word: String, _ format: String) throws -> String {
      let found = check(scene(word), format: format)
      #expect(found.diagnostics.filter { $0.severity == .error }.map(\.message) == [], "\(word)")
      let segment = try #require(found.scene).renderGraph(using: .builtin).segments[1]
      let hashes = SegmentHashes(segment)
      return "\(hashes.layers) \(hashes.look) \(String(describing: hashes.transition)) \(segment.tone)"
    }
    let choice = "if(portrait, \(words.0), \(words.1))"
    for (format, word, other) in [("{aspect: portrait}", words.0, words.1), ("{aspect: landscape}", words.1, words.0)] {
      let chosen = try content(choice, format)
      #expect(chosen == (try content(word, format)))
      #expect(chosen != (try content(other, format)))
    }
    for wrong in ["if(portrait, \(words.0), zzzz)", "if(portrait, zzzz, \(words.0))"] {
      #expect(check(scene(wrong)).diagnostics.filter { $0.severity == .error }.count == 1, "\(wrong)")
    }
  }

  @Test func aBandOfBrightnessIsChosen() throws {
    let found = check("segments: [{duration: 1s, level: 'if(portrait, dark, quiet)', layers: [{field: u}]}]")
    #expect(try #require(found.scene).segments.map(\.level) == [.quiet])
  }

  @Test(arguments: ["side", "side2"]) func aParameterIsAWordToo(_ name: String) {
    let params = "params: {\(name): {type: choice, choices: [lg, xl], default: lg}}"
    let found = check("\(params)\nsegments: [{duration: 1s, layers: [{field: plasma, grid: \(name)}]}]")
    #expect(found.diagnostics.map(\.id) == [])
  }

  @Test(arguments: ["[mirror-h]", "mirror-h", "[Mirror-H]", "[{mirror-h: {}}]"]) func hyphensAreOfNames(_ look: String)
  {
    #expect(check("segments: [{duration: 1s, layers: [{field: plasma}], look: \(look)}]").diagnostics.map(\.id) == [])
  }

  @Test(arguments: ["cubic-bezier(0.1, 0.2, 0.3, 1)", "out-cubic", "in-out-cubic"]) func ofCurvesToo(_ ease: String) {
    let opacity = "{keys: {0s: 0, 1s: 1}, ease: '\(ease)'}"
    let found = check("segments: [{duration: 1s, layers: [{field: plasma, opacity: \(opacity)}]}]")
    #expect(found.diagnostics.map(\.id) == [])
  }
}

/// Gradients stand wherever one is taken, with or without a name.
@Suite struct UnnamedGradientTests {
  private func ids(_ segment: String) -> [String] {
    let scene = "ascii-scene: 1\nsegments: [{duration: 1s, \(segment)}]\n"
    return check(path: "s.yaml", name: "s", bytes: Array(scene.utf8), using: .builtin).diagnostics.map(\.id)
  }

  @Test(arguments: [
    ##"layers: [{field: plasma, color: ["#000000", "#ff5f6d"]}]"##,
    ##"layers: [{field: plasma, color: {oklch: ["#000000", "#ff5f6d"]}}]"##,
    ##"layers: [{field: plasma, color: {triadic: "#ff5f6d"}}]"##,
    ##"layers: [{field: plasma, color: warmth}], let: {warmth: ["#000000", {color: "#ff5f6d", at: 40%}, "#ffffff"]}"##,
    ##"layers: [{field: plasma}], look: [color_ramp: ["#000000", "#ff5f6d"]]"##,
    ##"layers: [{field: plasma}], look: [color_ramp: {ramp: ["#000000", "#ff5f6d"]}]"##,
    ##"layers: [{field: plasma}], look: [color_ramp: {ramp: {oklch: ["#000000", "#ff5f6d"]}}]"##,
    ##"layers: [{field: plasma}], look: [duotone: ["#000000", "#ff5f6d"]]"##,
    ##"layers: [{field: plasma, color: {mix: ["#000000", "#ff5f6d", t]}}]"##,
  ]) func isTaken(_ segment: String) { #expect(ids(segment) == []) }

  @Test(arguments: [
    "layers: [{field: {plasma: {speed: [1, 2]}}}]", "layers: [{field: {plasma: {nonsense: [1, 2]}}}]",
    ##"layers: [{field: plasma, opacity: ["#000000", "#ff5f6d"]}]"##, "layers: [{field: plasma, color: [1, 2]}]",
  ]) func aListIsNoOtherValue(_ segment: String) { #expect(ids(segment) == ["wrong_type"]) }
}

/// Units that are mostly mistaken, and how they are told.
@Suite struct MistakenUnitTests {
  private func findings(_ layer: String, quality: FrameRate? = nil) -> Compilation {
    var overrides = SceneOverrides()
    overrides.presetFPS = quality
    let scene = "ascii-scene: 1\nsegments: [{duration: 48f, layers: [{field: plasma, \(layer)}]}]\n"
    return check(path: "s.yaml", name: "s", bytes: Array(scene.utf8), using: .builtin, overrides: overrides)
  }

  @Test func framesAreThoseOfTheSceneInADraftToo() throws {
    #expect(try #require(findings("wash: 0").scene).segments[0].frames == 0..<48)
    #expect(try #require(findings("wash: 0", quality: FrameRate(12)).scene).segments[0].frames == 0..<24)
  }

  @Test func aShareOfTheSegmentIsATimeOfALayer() throws {
    #expect(findings("to: 50%").diagnostics.map(\.id) == [])
    #expect(findings("from: -50%").diagnostics.map(\.id) == [])
    #expect(findings("from: 150%").diagnostics.map(\.id) == ["out_of_range"])
    #expect(findings("from: 1").diagnostics.compactMap(\.edit?.replacement) == ["1s"])
  }

  @Test(arguments: [
    ("color: 'rgb(130, 0.2, 0)'", "out_of_range", "0.51"), ("color: 'hsv(0.5, 0.5, 255)'", "out_of_range", "1"),
    ("hue: 200", "out_of_range", nil), ("hue: 120deg", "wrong_unit", nil),
    ("transform: [rotate: 30]", "missing_unit", "30deg"), ("transform: [rotate: 3]", "missing_unit", "3rad"),
  ]) func numbersOfAnotherScaleAreTold(_ layer: String, _ id: String, _ replacement: String?) {
    let found = findings(layer).diagnostics
    #expect(found.map(\.id) == [id])
    #expect(found.first?.edit?.replacement == replacement)
    #expect(found.first?.edit?.isSafe != true)
  }

  @Test func brightLightIsNoMistake() { #expect(findings("color: 'rgb(1.3, 1, 0.8)'").diagnostics.map(\.id) == []) }
}
