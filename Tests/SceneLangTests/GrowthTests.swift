import Glibc
import Testing

@testable import SceneLang

/// What reads another twice, which does so too: as many paths as two to the power of their number. The checker walks each
/// name once, and refuses what would fill the machine.
///
/// Time is that of the processor: by the clock a test may also wait for all the others. The limit only ends what never would.
@Suite(.timeLimit(.minutes(60))) struct GrowthTests {
  private static let steps = 1...50

  /// `line` for each step, with `A` for the name of the step before and `N` for its own.
  private static func chain(_ line: String, first: String) -> String {
    ([first] + steps.map { line.replacing("N", with: "a\($0)").replacing("A", with: "a\($0 - 1)") })
      .joined(separator: "\n")
  }

  private static func lets(_ value: String, first: String = "x") -> String {
    "segments:\n- duration: 2s\n  layers:\n  - let:\n" + chain("      N: \(value)", first: "      a0: \(first)")
  }

  private func ids(_ scene: String) -> Set<String> {
    let start = processorSeconds()
    let found = TestCatalog.check("ascii-scene: 1\n" + scene + "\n").diagnostics.filter { $0.severity == .error }.map(
      \.id)
    #expect(processorSeconds() - start < 30, "the check took too long")
    return Set(found)
  }

  /// Seconds that this thread has had of a processor.
  private func processorSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  @Test(arguments: [
    lets("A * y + A") + "\n    field: a50",
    lets("A * y + A") + "\n    field: 0.5 + 0.1 * a50\n    mask: a50 > 0.5",
    lets("if(A > 0.5, A, A * y)") + "\n    field: a50",
    lets("min(A, sin(A))", first: "t") + "\n    field: sum(i in 0..min(a50, 9), x * i)",
    lets("mix(A, A, 0.5)", first: "'\"#ff8040\"'") + "\n    field: plasma\n    color: a50",
    lets("if(x < y, A, A)", first: "'\"#ff8040\"'") + "\n    field: plasma\n    color: a50",
    lets("if(x < y, A, A)", first: "ember(x)") + "\n    field: plasma\n    color: a50",
    lets("if(x < y, A, A)", first: "ember") + "\n    field: plasma\n    color: mix(a50, a49, x)",
    "fields:\n" + chain("  N: {let: {q: A}, value: q * y + q}", first: "  a0: x")
      + "\nsegments: [{duration: 2s, layers: [field: a50]}]",
  ])
  func namesThatReadOthersTwiceAreFine(_ scene: String) throws {
    #expect(ids(scene) == [])
    let checked = try #require(TestCatalog.check("ascii-scene: 1\n" + scene + "\n").scene)
    let start = processorSeconds()
    #expect(lower(checked).segments[0].nodes.count < 10_000)
    #expect(processorSeconds() - start < 30, "the lowering took too long")
  }

  @Test(arguments: ["", "look: [vignette, bloom, grain], "]) func limitsOfALookAreNotThoseOfAScene(_ look: String) {
    let segments = (0..<300).map { "- {name: s\($0), duration: 1s, \(look)layers: [field: x]}" }
    let looks = (0..<300).map { "  own\($0): [vignette, bloom, grain]" }
    let scene = "looks:\n" + looks.joined(separator: "\n") + "\nsegments:\n" + segments.joined(separator: "\n")
    #expect(ids(scene).subtracting(["unknown_name"]) == [])
  }

  private static func nested(_ call: String) -> String {
    let value = (0..<40).reduce("x") { value, _ in call.replacing("A", with: value) }
    return "segments: [{duration: 2s, layers: [{field: \"\(value)\"}]}]"
  }

  @Test(arguments: ["mod(A, 1)", "clamp(A, 0, 1)", "if(A > 0.5, y, x)", "rotate(A, 20deg)", "length(A, y)"])
  func callsInCallsAreFine(_ call: String) {
    #expect(ids(Self.nested(call)).subtracting(["unknown_name"]) == [])
  }

  @Test(arguments: ["mix(A, y, 0.5)", "smoothstep(0.1, 0.9, A)", "levels(A)"])
  func callsThatReadTheirArgumentTwiceEnd(_ call: String) {
    #expect(ids(Self.nested(call)) == ["scene_too_large"])
  }

  @Test(arguments: [
    lets("at(A, x=y) + at(A, x=x*2)") + "\n    field: a50",
    lets("rotate(A, by=1deg) * rotate(A, by=-1deg)") + "\n    field: a50",
    "fields:\n  twice: {params: {f: {type: field}}, value: \"rotate(f, by=1deg) + rotate(f, by=2deg)\"}\n"
      + lets("twice(A)") + "\n    field: a50",
    "fields:\n" + chain("  N: A * y + A", first: "  a0: x") + "\nsegments: [{duration: 2s, layers: [field: a50]}]",
  ])
  func fieldsThatReadOthersTwiceAreTooHeavy(_ scene: String) {
    #expect(ids(scene).contains("too_heavy") || ids(scene).contains("scene_too_large"))
    #expect(TestCatalog.check("ascii-scene: 1\n" + scene + "\n").scene == nil, "nothing is rendered of it")
  }

  /// At the same place a name is computed once, whoever reads it.
  @Test func fieldsThatReadAnArgumentWhereTheyAreAreFine() {
    let scene =
      "fields:\n  bent: {params: {f: {type: field}}, value: 0.5 * f}\n" + Self.lets("bent(A) + 0.1 * y")
      + "\n    field: a50"
    #expect(ids(scene) == [])
  }

  /// What reads others one after the other, each once: depth is stack.
  private static func line(_ line: String, first: String, _ count: Int = 1500) -> String {
    let steps = (1...count).map { line.replacing("N", with: "a\($0)").replacing("A", with: "a\($0 - 1)") }
    return ([first] + steps).joined(separator: "\n")
  }

  private static let deep = (0..<90).reduce("A") { value, _ in "sin(\(value))" }

  @Test(arguments: [
    "let:\n" + line("  N: A + 2 * x", first: "  a0: x") + "\nsegments: [{duration: 2s, layers: [field: a1500]}]",
    "let:\n" + line("  N: \(deep)", first: "  a0: x") + "\nsegments: [{duration: 2s, layers: [field: a1500]}]",
    "params:\n" + line("  N: {default: A * 0.99}", first: "  a0: 1")
      + "\nsegments: [{duration: 2s, layers: [field: x]}]",
    "fields:\n" + line("  N: A * 0.99", first: "  a0: x") + "\nsegments: [{duration: 2s, layers: [field: a1500]}]",
    "fields:\n" + line("  N: A * 0.99", first: "  a0: x") + "\nsegments: [{duration: 2s, layers: ["
      + (0...1500).map { "{field: a\($0)}" }.joined(separator: ", ") + "]}]",
    "palettes:\n" + line("  N: {ramp: A}", first: "  a0: {ramp: \" .#\"}")
      + "\nsegments: [{duration: 2s, layers: [{field: x, palette: a1500}]}]",
    "palettes:\n" + line("  N: {chars: \"#\", edges: {palette: A}}", first: "  a0: {ramp: \" .#\"}")
      + "\nsegments: [{duration: 2s, layers: [{field: x, palette: a1500}]}]",
    "looks:\n" + line("  N: [A]", first: "  a0: [bloom]")
      + "\nsegments: [{duration: 2s, look: a1500, layers: [field: x]}]",
    "shaders:\n  s:\n    let:\n" + line("      N: A * 0.99", first: "      a0: luma")
      + "\n    color: a1500\nsegments: [{duration: 2s, look: s, layers: [field: x]}]",
    "templates:\n" + line("  N: {kind: layer, use: A}", first: "  a0: {kind: layer, field: x}")
      + "\nsegments: [{duration: 2s, layers: [use: a1500]}]",
    "templates:\n" + line("  N: {kind: layer, layers: [use: A]}", first: "  a0: {kind: layer, field: x}")
      + "\nsegments: [{duration: 2s, layers: [use: a1500]}]",
    "templates:\n"
      + line(
        "  N: {kind: layer, params: {q: x}, use: A, with: {q: \(deep.replacing("A", with: "q"))}}",
        first: "  a0: {kind: layer, params: {q: x}, field: q}", 200)
      + "\nsegments: [{duration: 2s, layers: [use: a200]}]",
  ])
  func whatIsTooDeepIsRefused(_ scene: String) {
    let found = ids(scene).subtracting(["unknown_name"])
    #expect(!found.isEmpty && found.isSubset(of: ["definitions_too_deep", "too_many_groups", "scene_too_large"]))
  }

  @Test(arguments: [
    "fields:\n" + chain("  N: A * 0.5 + A", first: "  a0: t")
      + "\nsegments: [{duration: 2s, layers: [{field: plasma, opacity: a50}]}]",
    "templates:\n"
      + chain("  N: {kind: layer, layers: [{use: A}, {use: A}]}", first: "  a0: {kind: layer, field: plasma}")
      + "\nsegments: [{duration: 2s, layers: [{use: a50}]}]",
    "looks:\n" + chain("  N: [A, A]", first: "  a0: [bloom]")
      + "\nsegments: [{duration: 2s, look: a50, layers: [field: plasma]}]",
    "params:\n" + chain("  N: {type: text, default: \"{A}{A}\"}", first: "  a0: {type: text, default: ab}")
      + "\nsegments: [{duration: 2s, layers: [{text: \"{a50}\"}]}]",
  ])
  func whatWouldFillTheMachineIsRefused(_ scene: String) {
    #expect(ids(scene).contains("scene_too_large"))
  }

  /// States are played from the beginning of their segment.
  @Test func longReplaysAreWork() {
    func found(_ seconds: Int, _ field: String, _ sections: String = "") -> [String] {
      ids("\(sections)segments: [{duration: \(seconds)s, layers: [{field: \(field), grid: sm}]}]").filter {
        $0 == "too_heavy"
      }
    }
    #expect(found(36000, "reaction_diffusion") == ["too_heavy"])
    #expect(found(36000, "mine", "fields: {mine: reaction_diffusion * 0.5}\n") == ["too_heavy"])
    #expect(found(3600, "reaction_diffusion") == [])
    #expect(found(36000, "plasma") == [])
  }

  @Test(arguments: [
    "sum(i in 0..90000, sum(j in 0..90000, sin(t + i * j)))", "smooth(smooth(smooth(t, 30s), 30s), 30s)",
  ])
  func loopsThatRunOncePerFrameAreWork(_ value: String) {
    let layer = "{field: plasma, opacity: \"clamp(\(value), 0, 1)\"}"
    #expect(ids("segments: [{duration: 2s, layers: [\(layer)]}]").contains("too_heavy"))
    let shaded =
      "segments: [{duration: 2s, layers: [field: plasma], look: [{bloom: 0.5, mix: \"clamp(\(value), 0, 1)\"}]}]"
    #expect(ids(shaded).contains("too_heavy"))
  }

  @Test func oneLoopOverTheSoundIsFine() {
    #expect(ids("segments: [{duration: 2s, layers: [{field: plasma, opacity: \"smooth(bass, 30s)\"}]}]") == [])
  }

  @Test func cutsAreCountedBeforeTheyAreMade() {
    let scene = """
      templates: {one: {kind: segment, layers: [field: plasma]}}
      segments: [{cut: {every: 1f, until: 36000s}, use: one}]
      """
    #expect(ids(scene) == ["scene_too_large"])
  }

  @Test func variantsAreCounted() {
    let variants = (0..<257).map { "v\($0): {}" }.joined(separator: ", ")
    #expect(ids("variants: {\(variants)}\nsegments: [{duration: 1s, layers: [field: plasma]}]") == ["scene_too_large"])
  }

  @Test func manyUnknownNamesAreToldInTime() {
    let names = (0..<5000).map { "  a\($0): nosuch\($0)" }.joined(separator: "\n")
    #expect(ids("let:\n\(names)\nsegments: [{duration: 1s, layers: [field: plasma]}]") == ["unknown_name"])
  }

  @Test func longSumsAreFine() {
    let waves = (1...1500).map { "sin(\($0) * x)" }.joined(separator: " + ")
    let scene = "ascii-scene: 1\nsegments: [{duration: 2s, layers: [{field: \"(\(waves)) / 1500\"}]}]\n"
    let result = TestCatalog.check(scene)
    #expect(result.diagnostics.isEmpty, "\(TestCatalog.rendered(result))")
    #expect(result.scene?.renderGraph(using: TestCatalog.catalog).segments.count == 1)
  }

  @Test func manyKeysAreFine() {
    let keys = (0..<2000).map { "\($0)s: \($0 % 2)" }.joined(separator: ", ")
    #expect(ids("segments: [{duration: 2000s, layers: [{field: plasma, opacity: {keys: {\(keys)}}}]}]") == [])
  }
}
