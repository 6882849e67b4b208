import SceneLang

extension TransitionOp {
  static let iris = TransitionOp(
    "iris", aliases: ["mask_reveal"], "A shape with the new picture opens from a point.",
    parameters: [
      ParameterDeclaration("u", default: "0.5", in: 0...1, rate: .frame, "Its centre across the picture."),
      ParameterDeclaration("v", default: "0.5", in: 0...1, rate: .frame, "Its centre down the picture."), .softness,
      ParameterDeclaration(
        "shape", .choice, default: "circle", choices: ["circle", "diamond", "square", "star"], "What opens."),
    ], example: "transition: {iris: {duration: 1s, shape: star}}"
  ) { setting in
    MaskTransition(setting) { y, mask, transition in
      let arguments = transition.arguments
      guard let shape = IrisShape(rawValue: arguments.choice(4)) else { preconditionFailure("no such shape") }
      let (width, height) = (Double(setting.width), Double(setting.height))
      let (cx, cy) = (arguments.number(1) * width, arguments.number(2) * height)
      let reach = shape.reach(max(cx, width - cx), max(cy, height - cy))
      let dy = Double(y) + 0.5 - cy
      for x in 0..<setting.width {
        mask[x] = transition.front(shape.size(Double(x) + 0.5 - cx, dy) / reach, softness: arguments.number(3))
      }
    }
  }
}

/// The shapes that an `iris` has.
enum IrisShape: String {
  case circle, diamond, square, star

  /// How large the shape round 0 is whose edge goes through (x, y).
  func size(_ x: Double, _ y: Double) -> Double {
    switch self {
    case .circle: return ScalarMath.hypot(x, y)
    case .diamond: return abs(x) + abs(y)
    case .square: return max(abs(x), abs(y))
    case .star:
      // A fifth of a pentagram, folded at its tip: one straight edge from the tip at 1 to the dent at 36°.
      let turn = ScalarMath.atan2(x, -y) / (2 * .pi) * 5
      let angle = abs(ScalarMath.fract(turn + 0.5) - 0.5) * 2 * .pi / 5
      let radius = ScalarMath.hypot(x, y)
      return radius * ScalarMath.cos(angle) + radius * ScalarMath.sin(angle) * Self.slope
    }
  }

  /// The size from which on a shape holds all within (±width, ±height).
  func reach(_ width: Double, _ height: Double) -> Double {
    switch self {
    case .circle, .diamond, .square: size(width, height)
    case .star: ScalarMath.hypot(width, height) / Self.dent
    }
  }

  /// The dent of a pentagram whose tips are at 1: sin 18° / sin 126°.
  private static let dent = 0.381_966_011_250_105_1
  /// (1 − dent · cos 36°) / (dent · sin 36°): the edge is cos φ + slope · sin φ = 1 / radius.
  private static let slope = 3.077_683_537_175_253
}
