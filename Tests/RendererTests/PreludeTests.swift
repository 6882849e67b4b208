import SceneLang
import Testing

@testable import Renderer

/// What the prelude promises: everything in it is documented and compiles, and a field that says how it likes to be drawn
/// (`show:`) uses the whole range from dark to light, whether there is sound or not.
struct PreludeTests {
  static let fields = Catalog.builtin.items().filter { $0.kind == "field" && $0.source != nil }
  static let shown = fields.filter { $0.source!.contains("\n  show:") }.map(\.name)
  static let shownScene = Result { try PreludeScene(shown) }

  /// The value that a share of all values does not exceed.
  private func percentile(_ share: Double, of sorted: [Float]) -> Float {
    sorted[Int(share * Double(sorted.count - 1))]
  }

  @Test func thereAreFieldsToSee() {
    #expect(Self.shown.contains("plasma") && Self.shown.count >= 20)
    #expect(!Self.shown.contains("circle"))
  }

  @Test(arguments: shown, [true, false])
  func aShownFieldGoesFromDarkToLight(_ field: String, withSound: Bool) throws {
    let scene = try Self.shownScene.get()
    let segment = scene.segment(field)
    let contexts = stride(from: 0, to: scene.graph.segments[segment].frames.count, by: 36).map { frame in
      var context = scene.graph.context(segment: segment, frame: frame)
      if !withSound { context.features = [Double](repeating: 0, count: context.features.count) }
      return context
    }
    let values = try scene.values(of: field, contexts: contexts).frames.flatMap(\.self).sorted()
    #expect(values.allSatisfy { $0 >= 0 && $0 <= 1 }, "a NaN or a value out of range")
    #expect(percentile(0.02, of: values) <= 0.1)
    #expect(percentile(0.98, of: values) >= 0.85)
    // What is bright stays rare: no large flat highlights.
    #expect(percentile(0.5, of: values) <= 0.55)
    #expect(percentile(0.85, of: values) <= 0.85)
  }

  @Test(arguments: fields.map(\.name)) func everyFieldIsDocumented(_ name: String) throws {
    let item = try #require(Self.fields.first { $0.name == name })
    #expect(item.source!.contains("\n  doc: "), "`\(name)` has no doc")
    #expect(item.summary.hasSuffix(".") || item.summary.hasSuffix(")"), "the doc of `\(name)` is no sentence")
    for parameter in item.parameters {
      #expect(!parameter.doc.isEmpty, "`\(parameter.name)` of `\(name)` has no doc")
    }
  }

  /// A field that needs another one is given a circle.
  @Test func everyFieldCompilesAndHasValues() throws {
    let calls = Self.fields.map { field in
      let needed = field.parameters.filter { $0.default == nil }.map { "\($0.name)=circle" }
      return needed.isEmpty ? field.name : "\(field.name)(\(needed.joined(separator: ", ")))"
    }
    let scene = try PreludeScene(calls)
    for call in calls {
      let frames = try scene.values(of: call, contexts: [.test(0), .test(50)]).frames
      #expect(frames.joined().allSatisfy { $0 >= 0 && $0 <= 1 }, "\(call)")
    }
  }
}
