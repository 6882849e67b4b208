import SceneLang
import Testing

@testable import Renderer

/// What a transition makes of two pictures, by its formula in Double.
private struct TransitionReference: GivenArguments {
  var values: [ShaderArguments.Value]
  var progress: Double
  var old: Picture
  var new: Picture

  var width: Int { old.width }
  var height: Int { old.height }

  func levels(_ picture: Picture, _ x: Int, _ y: Int) -> [Double] {
    (0..<3).map { Double(picture.row(y, plane: $0)[x]) }
  }

  /// The old pixel and the new one, the new by a share.
  func mixed(_ x: Int, _ y: Int, _ share: Double) -> [Double] {
    zip(levels(old, x, y), levels(new, x, y)).map { $0 * (1 - share) + $1 * share }
  }

  /// The same where a front that has come to `progress` reaches the pixel at `place`.
  func front(_ x: Int, _ y: Int, _ place: Double, softness: Double) -> [Double] {
    let share = (progress * (1 + softness) - place) / max(softness, 1e-6)
    return mixed(x, y, progress >= 1 ? 1 : min(max(share, 0), 1))
  }

  /// The middle of a pixel, 0…1, and its distance from the middle of the picture in pixels.
  func place(_ x: Int, _ y: Int) -> (u: Double, v: Double, dx: Double, dy: Double) {
    let (u, v) = ((Double(x) + 0.5) / Double(width), (Double(y) + 0.5) / Double(height))
    return (u, v, (u - 0.5) * Double(width), (v - 0.5) * Double(height))
  }
}

/// A pixel's red, green and blue, 0…255.
private typealias Formula = @Sendable (TransitionReference, _ x: Int, _ y: Int) -> [Double]

/// How far the new picture has come in, in whole pixels.
private func moving(old movesOld: Bool) -> Formula {
  { it, x, y in
    let isAcross = ["left", "right"].contains(it.choice(1))
    let size = isAcross ? it.width : it.height
    let come = Int((it.progress * Double(size) + 0.5).rounded(.down))
    // Along the way of the new picture: the place of its front edge, and those that it has passed.
    let isBackwards = ["left", "up"].contains(it.choice(1))
    let at = isAcross ? x : y
    let isNew = isBackwards ? at >= size - come : at < come
    let shift = isNew ? size - come : movesOld ? -come : 0
    let moved = at + (isBackwards ? -shift : shift)
    let picture = isNew ? it.new : it.old
    return isAcross ? it.levels(picture, moved, y) : it.levels(picture, x, moved)
  }
}

private let formulas: [String: Formula] = [
  "crossfade": { it, x, y in it.mixed(x, y, it.progress) },
  "dip": { it, x, y in
    let share = 1 - abs(2 * it.progress - 1)
    let pixel = it.levels(it.progress < 0.5 ? it.old : it.new, x, y)
    return zip(pixel, it.color(1)).map { $0 * (1 - share) + (255 * $1).rounded() * share }
  },
  "dissolve": { it, x, y in
    let size = max(1, Int(it.number(1) * Double(min(it.width, it.height)) + 0.5))
    // SplitMix64's finaliser of the block's place, as a share of 2^64.
    var z = 7 ^ (UInt64(x / size) << 32 | UInt64(y / size))
    for (shift, factor) in [(UInt64(30), 0xBF58_476D_1CE4_E5B9), (27, 0x94D0_49BB_1331_11EB)] as [(UInt64, UInt64)] {
      z = (z ^ (z >> shift)) &* factor
    }
    return it.front(x, y, Double((z ^ (z >> 31)) >> 11) / 9_007_199_254_740_992, softness: it.number(2))
  },
  "iris": { it, x, y in
    let (width, height) = (Double(it.width), Double(it.height))
    let (cx, cy) = (it.number(1) * width, it.number(2) * height)
    let (dx, dy) = (Double(x) + 0.5 - cx, Double(y) + 0.5 - cy)
    func size(_ dx: Double, _ dy: Double) -> Double {
      switch it.choice(4) {
      case "diamond": abs(dx) + abs(dy)
      case "square": max(abs(dx), abs(dy))
      default: (dx * dx + dy * dy).squareRoot()
      }
    }
    return it.front(x, y, size(dx, dy) / size(max(cx, width - cx), max(cy, height - cy)), softness: it.number(3))
  },
  "luma_fade": { it, x, y in
    let pixel = it.levels(it.new, x, y)
    // A whole level, by weights in 65536ths.
    let luma = ((13933 * pixel[0] + 46871 * pixel[1] + 4732 * pixel[2]) / 65536 + 0.5).rounded(.down)
    return it.front(x, y, (it.choice(1) == "bright" ? 255 - luma : luma) / 255, softness: it.number(2))
  },
  "mask": { it, x, y in it.front(x, y, it.place(x, y).u, softness: it.number(2)) },
  "push": moving(old: true),
  "slide": moving(old: false),
  "wipe": { it, x, y in
    let (u, v, dx, dy) = it.place(x, y)
    let corner = (Double(it.width * it.width + it.height * it.height)).squareRoot() / 2
    let turn = ScalarMath.atan2(dx, -dy) / (2 * .pi)
    let places = [
      "left": 1 - u, "right": u, "up": 1 - v, "down": v, "up_left": (1 - u + 1 - v) / 2, "up_right": (u + 1 - v) / 2,
      "down_left": (1 - u + v) / 2, "down_right": (u + v) / 2, "clock": turn < 0 ? turn + 1 : turn,
      "radial": (dx * dx + dy * dy).squareRoot() / corner,
    ]
    return it.front(x, y, places[it.choice(1)] ?? .nan, softness: it.number(2))
  },
  "zoom": { it, x, y in
    let scale = 1 + (it.number(1) - 1) * it.progress
    func near(_ at: Int, _ size: Int) -> Int {
      let middle = Double(size) / 2
      return Int((middle + (Double(at) + 0.5 - middle) / scale).rounded(.down))
    }
    let old = it.levels(it.old, near(x, it.width), near(y, it.height))
    return zip(old, it.levels(it.new, x, y)).map { $0 * (1 - it.progress) + $1 * it.progress }
  },
]

/// The tests of the others.
private let tests = [
  "cell_crossfade": "charactersGoOverOneByOneWhileColorsGoOverEvenly",
  "glitch_cut": "rowsAreTornSidewaysRoundTheMiddle",
  "mask_wipe": "aPatternGoesOverPixelByPixelAndNeverBack",
]

/// The law of the transitions: each is its formula, at both ends of every range and at sizes that no loop likes.
@Suite struct TransitionLawTests {
  struct Case {
    var op: TransitionOp
    var values: [ShaderArguments.Value]
    var about: String
  }

  /// Each transition at both ends of its ranges, for each of its choices; `TransitionTests` has the geometry of a star.
  private static var cases: [Case] {
    Transitions.all.filter { formulas[$0.declaration.name] != nil }.flatMap { op in
      let choices = op.declaration.parameters.first { $0.type == .choice }?.choices.filter { $0 != "star" } ?? [""]
      return [0.0, 1].flatMap { place in
        choices.map { choice in
          let values = arguments(of: op.declaration, at: place).map { value -> ShaderArguments.Value in
            if case .choice = value { .choice(choice) } else { value }
          }
          return Case(op: op, values: values, about: "\(op.declaration.name) \(choice) at \(place)")
        }
      }
    }
  }

  @Test func everyTransitionHasAReference() {
    #expect(Set(formulas.keys).union(tests.keys) == Set(Transitions.all.map(\.declaration.name)))
    #expect(Set(formulas.keys).isDisjoint(with: tests.keys))
  }

  @Test(arguments: [(1, 1), (1921, 1079), (64, 97)])
  func transitionsFollowTheirFormulas(_ width: Int, _ height: Int) throws {
    let old = Picture.noise(width: width, height: height, seed: 3)
    let new = Picture.noise(width: width, height: height, seed: 4)
    let out = Picture(width: width, height: 1)
    let rows = height < 100 ? Array(0..<height) : [0, 1, height / 3, height / 2, height - 1]
    for one in Self.cases {
      let formula = try #require(formulas[one.op.declaration.name])
      let setting = TransitionSetting(width: width, height: height, kernels: baselinePixels, seed: 7)
      let transition = one.op.make(setting)
      if let transition = transition as? any FieldTransition {
        transition.field = TransitionTests.ramp(width, height, .baseline)
      }
      for progress in [0, 0.21, 0.5, 0.74, 1] {
        transition.begin(progress: progress, ShaderArguments(values: one.values), frame: 5)
        let reference = TransitionReference(values: one.values, progress: progress, old: old, new: new)
        var worst = 0.0
        for y in rows {
          transition.row(y, from: old, to: new, into: out.pixelRow(0))
          for x in stride(from: 0, to: width, by: width < 100 ? 1 : 37) {
            for (plane, exact) in formula(reference, x, y).enumerated() {
              worst = max(worst, abs(Double(out.row(0, plane: plane)[x]) - exact))
            }
          }
        }
        #expect(worst <= 1, "\(one.about), progress \(progress)")
      }
    }
  }

  /// The pictures swap in the middle; round it, some rows are rolled, at most by the intensity in twelfths of the width.
  @Test(arguments: [0.0, 1, 4]) func rowsAreTornSidewaysRoundTheMiddle(_ intensity: Double) throws {
    let (width, height) = (97, 61)
    let old = Picture.noise(width: width, height: height, seed: 3)
    let new = Picture.noise(width: width, height: height, seed: 4)
    for progress in [0, 0.29, 0.4, 0.5, 0.6, 0.71, 1] {
      let op = Transitions.op("glitch_cut")
      let transition = op.make(TransitionSetting(width: width, height: height, kernels: baselinePixels, seed: 7))
      transition.begin(
        progress: progress, ShaderArguments(values: [.number(1), .number(intensity)]), frame: 5)
      let out = Picture(width: width, height: height)
      for y in 0..<height { transition.row(y, from: old, to: new, into: out.pixelRow(y)) }
      let reach = Int(intensity * max(0, 1 - 4 * abs(progress - 0.5)) * Double(width) / 12)
      var torn = 0
      let planes = (0..<3).map { (out.plane($0), (progress < 0.5 ? old : new).plane($0)) }
      for y in 0..<height {
        let rows = planes.map { ($0[y], $1[y]) }
        let shift = (-reach...reach).first { shift in
          rows.allSatisfy { row, source in
            row.indices.allSatisfy { row[$0] == source[(($0 + shift) % width + width) % width] }
          }
        }
        if try #require(shift) != 0 { torn += 1 }
      }
      let isTorn = reach > 0 && progress > 0.3 && progress < 0.7
      #expect(isTorn ? (1..<height * 2 / 3).contains(torn) : torn == 0, "\(torn) rows at \(progress)")
    }
  }
}
