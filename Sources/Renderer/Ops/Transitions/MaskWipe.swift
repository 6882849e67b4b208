import SceneLang

extension TransitionOp {
  static let maskWipe = TransitionOp(
    "mask_wipe", aliases: ["field_wipe"],
    "The new picture comes in where a pattern is low first, and last where it is high.",
    parameters: [
      ParameterDeclaration(
        "pattern", .choice, default: "noise", choices: ["noise", "blinds", "checker", "rings", "spiral"],
        "`noise`: clouds. `blinds`: strips that open. `checker`: squares, every other one later. `rings` and `spiral`: "
          + "round the middle."),
      ParameterDeclaration(
        "size", default: "160px", in: 0.01...4, .length, rate: .frame,
        "The size of a cloud, a strip, a square or a ring."),
      .softness,
    ], example: "transition: {mask_wipe: {duration: 1s, pattern: blinds, size: 90px}}"
  ) { setting in
    MaskTransition(setting) { y, mask, transition in
      let arguments = transition.arguments
      let pattern = WipePattern(
        arguments.choice(1), size: arguments.number(2), seed: setting.seed, width: setting.width, height: setting.height
      )
      for x in 0..<setting.width {
        mask[x] = transition.front(pattern.place(x, y), softness: arguments.number(3))
      }
    }
  }
}

/// When the border of a `mask_wipe` reaches a pixel, 0…1.
struct WipePattern {
  private let pattern: String
  /// Pixels, at least 2.
  private let size: Double
  private let seed: UInt64
  private let width: Double
  private let height: Double

  /// `size` in shares of the shorter side.
  init(_ pattern: String, size: Double, seed: UInt64, width: Int, height: Int) {
    self.pattern = pattern
    self.size = max(2, size * Double(min(width, height)))
    self.seed = seed
    self.width = Double(width)
    self.height = Double(height)
  }

  func place(_ column: Int, _ row: Int) -> Double {
    let (x, y) = ((Double(column) + 0.5) / size, (Double(row) + 0.5) / size)
    switch pattern {
    case "blinds": return ScalarMath.fract(x)
    case "checker":
      let (i, j) = (Int(x), Int(y))
      // A square opens from its middle.
      let inside = max(abs(2 * (x - Double(i)) - 1), abs(2 * (y - Double(j)) - 1))
      return (Double((i + j) & 1) + inside) / 2
    case "rings": return ScalarMath.fract(radius(x, y))
    case "spiral":
      let turn = ScalarMath.atan2(y - 0.5 * height / size, x - 0.5 * width / size) / (2 * .pi)
      return ScalarMath.fract(radius(x, y) - turn)
    default: return (2 * noise(x, y, octave: 0) + noise(2 * x, 2 * y, octave: 1)) / 3
    }
  }

  private func radius(_ x: Double, _ y: Double) -> Double {
    ScalarMath.hypot(x - 0.5 * width / size, y - 0.5 * height / size)
  }

  /// Value noise, 0…1: hashes at the corners of a lattice, 3t² − 2t³ between them.
  private func noise(_ x: Double, _ y: Double, octave: UInt64) -> Double {
    let (i, j) = (Int(x), Int(y))
    func corner(_ dx: Int, _ dy: Int) -> Double { TransitionOp.threshold(i + dx, j + dy, seed &+ octave) }
    func smooth(_ t: Double) -> Double { t * t * (3 - 2 * t) }
    let (u, v) = (smooth(x - Double(i)), smooth(y - Double(j)))
    let above = corner(0, 0) * (1 - u) + corner(1, 0) * u
    let below = corner(0, 1) * (1 - u) + corner(1, 1) * u
    return above * (1 - v) + below * v
  }
}
