import SceneLang
import Testing

@testable import Renderer

/// A distance is moved and joined; anything else wants it filled or glowing.
@Suite struct DistanceTests {
  private func findings(_ layer: String, _ sections: String = "") -> [Diagnostic] {
    let text = "ascii-scene: 1\n\(sections)\nsegments: [{duration: 1s, layers: [\(layer)]}]\n"
    return check(path: "s.yaml", name: "s", bytes: Array(text.utf8), using: .builtin).diagnostics
  }

  @Test(arguments: [
    "circle * 2", "circle / 3px", "circle ^ 2", "1 - circle", "0.1 - circle", "circle + circle(0.1)",
    "circle - circle(0.1)", "abs(circle)", "sin(circle)", "sqrt(circle)", "mix(circle, circle(0.1), 0.5)",
    "smoothstep(0, 1, circle)", "step(0.1, circle)", "mod(circle, 0.1)", "length(circle, x)",
    "sum(k in 0..3, circle(0.1 * k))", "plasma + circle * plasma",
  ])
  func arithmeticOfDistancesIsRefused(_ field: String) {
    let found = findings("{field: '\(field)'}")
    #expect(found.map(\.id) == ["wrong_type"])
    #expect(found.first?.help?.contains("fill(…)") == true)
  }

  @Test(arguments: [
    "circle + 0.1", "0.1 + circle", "circle - 5px", "circle + 1cell", "min(circle, circle(0.1))",
    "max(circle, -circle(0.1), 5px)", "clamp(circle, -5px, 5px)", "min(k in 0..3, circle(0.1 * k))",
    "if(t < 1, circle, circle(0.1))", "at(circle, x=x - 0.1)", "smooth_min(circle, circle(0.1), 0.05)",
    "2 * fill(circle)",
  ])
  func whatKeepsTheDistanceIsTaken(_ field: String) { #expect(findings("{field: '\(field)'}").map(\.id) == []) }

  @Test(arguments: ["circle < 5px", "circle <= circle(0.1)", "invert(circle)"]) func shapesAreMasks(_ mask: String) {
    #expect(findings("{field: plasma, mask: '\(mask)'}").map(\.id) == [])
  }

  @Test(arguments: [
    "circle + plasma", "plasma + circle", "circle - fbm", "min(circle, plasma)", "max(plasma, circle)",
    "union(circle, plasma)", "clamp(circle, 0, plasma)", "smooth_min(circle, plasma, 0.1)", "circle + layer",
    "circle + named", "circle - own", "circle + at(plasma, x=x - 0.1)", "circle + rotate(plasma, 10deg)",
    "circle + if(t < 1, plasma, 0)", "circle + simplex(4 * x, 4 * y)", "circle - fill(box)", "union(circle, own)",
  ])
  func theLevelOfAFieldIsNoLength(_ field: String) {
    let found = findings("{let: {layer: plasma}, field: '\(field)'}", "fields: {own: fbm}\nlet: {named: plasma}")
    #expect(found.filter { $0.severity == .error }.map(\.id) == ["wrong_type"])
    #expect(found.contains { $0.help?.contains("fill(…)") == true })
  }

  @Test(arguments: [
    "circle + 0.02 * sin(9 * x)", "circle - x", "min(circle, dist - 0.2)", "circle + 5px * fbm", "circle - 0.1 * bass",
    "union(circle, y - 0.3)", "circle + wobble", "circle + bend(0.1)", "max(circle, u - 0.5)", "union(circle, box)",
    "circle + 0.02 * plasma",
  ])
  func whatIsCalculatedIsALength(_ field: String) {
    let fields = "fields: {wobble: 0.02 * sin(9 * angle), bend: {params: {a: {default: 0.2}}, value: a * x * x}}"
    #expect(findings("{field: '\(field)'}", fields).filter { $0.severity == .error }.map(\.message) == [])
  }

  @Test func aDistanceOfOnesOwnIsOneToo() {
    let fields = "fields: {blob: 'circle - 0.05', moved: {params: {a: {type: distance}}, value: 'a + 2px'}}"
    #expect(findings("{field: 'blob * 2'}", fields).map(\.id) == ["wrong_type"])
    #expect(findings("{field: 'moved(blob) * 2'}", fields).map(\.id) == ["wrong_type"])
    #expect(findings("{field: 'moved(blob)'}", fields).map(\.id) == [])
    #expect(findings("{field: 'circle(radius=blob)'}", fields).map(\.id) == ["wrong_unit"])
  }
}
