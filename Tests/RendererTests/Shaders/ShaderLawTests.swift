import Foundation
import KernelTable
import SceneLang
import Testing

@testable import Renderer

/// The law of the catalogue's pixels: no shader, blend or transition is without a reference and a picture whose hash is held.
@Suite struct ShaderLawTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "..")

  private func text(_ path: String) throws -> String {
    try String(contentsOf: Self.folder.appending(path: path), encoding: .utf8)
  }

  /// A shader of which nobody wrote the formula fails here.
  @Test func everyShaderHasAReference() {
    #expect(Set(shaderFormulas.keys) == Set(Shaders.all.map(\.declaration.name)))
  }

  /// The middle of a segment of that name is in `Golden/gallery.txt`, and in the pages of `docs/gallery.md`.
  @Test(arguments: [
    ("filters", Shaders.all.map(\.declaration.name)), ("blends", Blends.all.map(\.declaration.name)),
    ("transitions", Transitions.all.map(\.declaration.name)),
  ])
  func everyEntryHasAGoldenPicture(_ scene: String, _ names: [String]) throws {
    let shown = try text("Golden/gallery.txt").split(separator: "\n")
      .map { $0.split(separator: " ", maxSplits: 2).map(String.init) }.filter { $0[1] == "gallery/\(scene)" }
      .map { $0[2] }
    for name in names {
      #expect(
        shown.contains { $0 == name || $0.hasPrefix("\(name) ") }, "`\(name)` is not in scenes/gallery/\(scene).yaml")
    }
  }

  private static let sizes = [(1, 1), (64, 97), (1921, 1079)]

  /// Arguments at both ends of all ranges and within them, on small pictures also each at its ends while the others are
  /// within their ranges, and every choice.
  private static func cases(_ op: OpDeclaration, isSmall: Bool) -> [(name: String, values: [ShaderArguments.Value])] {
    let (low, middle, high) = (arguments(of: op, at: 0), arguments(of: op, at: 0.4), arguments(of: op, at: 1))
    var cases = [("all at 0", low), ("all at 0.4", middle), ("all at 1", high)]
    guard isSmall else { return cases }
    for (index, parameter) in op.parameters.enumerated() {
      func add(_ name: String, _ value: ShaderArguments.Value) {
        var values = middle
        values[index] = value
        cases.append(("\(parameter.name) \(name)", values))
      }
      for choice in parameter.choices { add(choice, .choice(choice)) }
      if parameter.choices.isEmpty && op.parameters.count > 1 {
        add("at 0", low[index])
        add("at 1", high[index])
      }
    }
    return cases
  }

  @Test(arguments: Shaders.all.map(\.declaration.name), sizes)
  func shadersFollowTheirFormulasAtBothEndsOfEveryRange(_ name: String, _ size: (width: Int, height: Int)) throws {
    let reference = try #require(shaderFormulas[name])
    // Of a large picture a strip, where all of it has to be computed.
    let height = reference.readsAll ? min(size.height, size.width < 200 ? 97 : 31) : size.height
    let source = Picture.source(reference.source, width: size.width, height: height)
    // A large picture by its edges, its middle and some rows and columns more.
    func places(_ count: Int) -> [Int] {
      count < 200 ? Array(0..<count) : Array(stride(from: 0, to: count, by: 83)) + [count - 1]
    }
    for (label, values) in Self.cases(Shaders.op(name).declaration, isSmall: size.width < 200) {
      let out = shaded(source, name, values, frame: 7, seed: 3)
      let formula = reference.formula(ShaderCase(source: source, values: values, frame: 7, seed: 3))
      var (worst, place) = (0.0, "")
      for y in places(height) {
        for x in places(size.width) {
          let levels = [out[x, y].red, out[x, y].green, out[x, y].blue].map(Double.init)
          for (level, exact) in zip(levels, formula(x, y)) {
            let error = abs(level - min(max(exact, 0), 255))
            if !(error <= worst) { (worst, place) = (error, "\(levels) at \(x), \(y), not \(exact)") }
          }
        }
      }
      #expect(worst <= reference.tolerance, "\(label): \(place)")
    }
  }

  /// Every blend is compared with its formula for every pair of levels (or on a grid of colors) by `BlendTests`, whose
  /// formulas are a switch over all modes.
  @Test func everyBlendModeIsCompared() {
    #expect(BlendMode.allCases.filter(\.isSeparable).count == 20)
    #expect(BlendMode.allCases.filter { !$0.isSeparable }.count == 4)
  }
}
