import SceneLang
import Testing

@testable import Renderer

/// What the prelude promises: everything in it is documented and compiles, and a field that says how it likes to be drawn
/// (`show:`) uses the whole range from dark to light, whether there is sound or not.
struct PreludeTests {
  static let fields = Catalog.builtin.items().filter { $0.kind == "field" && $0.source != nil }
  static let shown = fields.filter { $0.source!.contains("\n  show:") }.map(\.name)
  /// By the aspect.
  static let shownScenes = Dictionary(
    uniqueKeysWithValues: ["landscape", "portrait", "square"].map { aspect in
      (aspect, Result { try PreludeScene(shown, aspect: aspect) })
    })

  /// The value that a share of all values does not exceed.
  private func percentile(_ share: Double, of sorted: [Float]) -> Float {
    sorted[Int(share * Double(sorted.count - 1))]
  }

  /// Fields that are no pictures by themselves, and so do not say how they like to be drawn. Everything else has a
  /// `show:`, and goes from dark to light.
  private static let parts: [String: Set<String>] = [
    "distances": [
      "box", "circle", "heart", "line", "polygon", "ring", "star", "triangle", "union", "intersect", "subtract",
      "smooth_union", "smooth_subtract", "repeat", "fill", "glow", "sdf",
    ],
    "hues": [
      "hue_angle", "hue_cent", "hue_cycle", "hue_distance", "hue_fixed", "hue_plasma", "hue_x", "hue_y",
    ],
    "masks": [
      "dissolve", "from_field", "gradient_h", "gradient_radial", "gradient_v", "iris", "letters", "select", "wipe",
      "wipe_h", "wipe_v",
    ],
    "changes of another field": [
      "cartesian_from_polar", "curl", "fisheye", "kaleido", "ken_burns", "mobius", "morph", "polar", "relief", "rotate",
      "scale", "shift", "skew", "tile", "twist", "wave", "zoom",
    ],
    "terms": [
      "aurora_curtain", "beat_decay", "bezier_curve", "eased_ramp", "fbm_noise", "ripple_wave", "simplex", "spectrum",
      "value_noise", "voronoi_power", "voronoi_wall", "voronoi_x", "voronoi_y", "waveform", "worley_distance",
    ],
  ]

  @Test func everyFieldIsShownOrAPart() {
    let natives = Catalog.builtin.entries.filter { $0.kind == .field }
    let all = Set(Catalog.builtin.items().filter { $0.kind == "field" }.map(\.name))
    let parts = Self.parts.values.reduce(into: Set<String>()) { $0.formUnion($1) }
    // Simulations go from dark to light in `SimulationTests`; letters are as large as one says.
    #expect(Set(natives.filter { !$0.show.isEmpty }.map(\.name)) == Set(SimulationOps.all.map { $0.declaration.name }))
    let simulations = Set(SimulationOps.simulations.map { $0.declaration.name })
    #expect(all.subtracting(Self.shown).subtracting(simulations) == parts)
    #expect(parts.isDisjoint(with: Self.shown))
  }

  struct Showing: Sendable, CustomTestStringConvertible {
    var aspect: String
    var withSound: Bool
    var testDescription: String { "\(aspect), \(withSound ? "with" : "without") sound" }

    static let all = shownScenes.keys.sorted().flatMap { aspect in
      [true, false].map { Showing(aspect: aspect, withSound: $0) }
    }
  }

  @Test(arguments: shown, Showing.all)
  func aShownFieldGoesFromDarkToLight(_ field: String, _ showing: Showing) throws {
    let scene = try Self.shownScenes[showing.aspect]!.get()
    let segment = scene.segment(field)
    let contexts = stride(from: 0, to: scene.graph.segments[segment].frames.count, by: 36).map { frame in
      var context = scene.graph.context(segment: segment, frame: frame)
      if !showing.withSound { context.features = [Double](repeating: 0, count: context.features.count) }
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

  /// `seed=` of a noise is another pattern, and the one that it has unless given leaves the picture as it is.
  @Test(arguments: [
    "fbm", "smooth_noise", "domain_warp", "temporal_noise", "ridged", "turbulence", "curl_noise", "fbm_noise", "noise",
  ])
  func aSeedIsAnotherPattern(_ field: String) throws {
    let calls = [field, "\(field)(seed=0)", "\(field)(seed=5)"]
    let scene = try PreludeScene(calls)
    let values = try calls.map { try scene.values(of: $0, contexts: [.test(30)]).frames[0] }
    #expect(values[0] == values[1])
    #expect(values[0] != values[2])
  }

  /// The snow follows from the seed of the layer, and is new in every frame.
  @Test func snowHasTheSeedOfItsLayer() {
    func snow(_ seed: String) -> [String] {
      hashes(compiledScene("{field: noise_static\(seed)}"), frames: [0, 1, 30])
    }
    let (first, second) = (snow(", seed: 1"), snow(", seed: 2"))
    #expect(Set(first + second).count == 6)
    #expect(first == snow(", seed: 1"))
  }

  /// Sites turn back beside the picture: at every speed it is about as full as at the usual one.
  @Test func voronoiIsFullAtEverySpeed() throws {
    func light(_ call: String) throws -> Float {
      let scene = try PreludeScene([call])
      let contexts = [0, 60, 120, 180].map { scene.graph.context(segment: 0, frame: $0) }
      let values = try scene.values(of: call, contexts: contexts).frames.flatMap { $0 }
      return values.reduce(0, +) / Float(values.count)
    }
    let usual = try light("voronoi")
    for speed in [3, 10, 20, -20] { #expect(try light("voronoi(speed=\(speed))") > 0.6 * usual, "speed \(speed)") }
  }

  /// `bar` and `beats(n)` hold in the frame in which a beat of that count begins, at 120 beats a minute every 12 frames.
  @Test func beatsAndBarsBegin() throws {
    let calls = ["if(beats(3), 1, 0)", "if(bar, 1, 0)", "if(beats(1), 1, 0)", "if(beat, 1, 0)"]
    let scene = try PreludeScene(calls)
    let frames = 0..<120
    func begins(_ call: String) throws -> [Int] {
      let segment = scene.segment(call)
      let start = scene.graph.segments[segment].frames.lowerBound
      let contexts = frames.map { scene.graph.context(segment: segment, frame: $0) }
      let values = try scene.values(of: call, contexts: contexts).frames
      return zip(frames, values).filter { $1[0] == 1 }.map { $0.0 + start }
    }
    #expect(try begins(calls[0]) == [0, 36, 72, 108])
    #expect(try begins(calls[1]).allSatisfy { $0 % 48 == 0 })
    #expect(try begins(calls[1]).count == 3)
    #expect(try begins(calls[2]).map { $0 % 12 } == (try begins(calls[3])).map { $0 % 12 })
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
