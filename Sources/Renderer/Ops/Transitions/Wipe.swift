import SceneLang

extension TransitionOp {
  private static let directions = [
    "left", "right", "up", "down", "up_left", "up_right", "down_left", "down_right", "diagonal", "clock",
    "radial",
  ]

  static let wipe = TransitionOp(
    "wipe", "The new picture moves over the old one behind a border: straight, diagonal, round or like a clock's hand.",
    parameters: [
      ParameterDeclaration(
        "direction", .choice, default: "right", choices: directions,
        "Where the border moves, or its shape; `diagonal` is `down_right`."),
      .softness,
    ], example: "transition: {wipe: {duration: 1s, direction: left}}"
  ) { setting in
    MaskTransition(setting) { y, mask, transition in
      let softness = transition.arguments.number(2)
      let direction = transition.arguments.choice(1)
      for x in 0..<setting.width {
        mask[x] = transition.front(place(x, y, setting, direction), softness: softness)
      }
    }
  }

  /// When the border reaches a pixel, 0…1.
  private static func place(_ x: Int, _ y: Int, _ setting: TransitionSetting, _ direction: String) -> Double {
    let u = (Double(x) + 0.5) / Double(setting.width)
    let v = (Double(y) + 0.5) / Double(setting.height)
    switch direction {
    case "left": return 1 - u
    case "right": return u
    case "up": return 1 - v
    case "down": return v
    case "up_left": return 1 - (u + v) / 2
    case "up_right": return (u + 1 - v) / 2
    case "down_left": return (1 - u + v) / 2
    case "down_right", "diagonal": return (u + v) / 2
    default: break
    }
    let (dx, dy) = ((u - 0.5) * Double(setting.width), (v - 0.5) * Double(setting.height))
    if direction == "radial" {
      return ScalarMath.hypot(dx, dy) / ScalarMath.hypot(Double(setting.width) / 2, Double(setting.height) / 2)
    }
    // A clock's hand from twelve on.
    return ScalarMath.fract(ScalarMath.atan2(dx, -dy) / (2 * .pi))
  }
}
