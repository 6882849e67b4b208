import SceneLang

extension TransitionOp {
  static let iris = TransitionOp(
    "iris", aliases: ["mask_reveal"], "A circle with the new picture opens from a point.",
    parameters: [
      ParameterDeclaration("u", default: "0.5", in: 0...1, rate: .frame, "Its centre across the picture."),
      ParameterDeclaration("v", default: "0.5", in: 0...1, rate: .frame, "Its centre down the picture."), .softness,
    ], example: "transition: {iris: 1s}"
  ) { setting in
    MaskTransition(setting) { y, mask, transition in
      let arguments = transition.arguments
      let (width, height) = (Double(setting.width), Double(setting.height))
      let (cx, cy) = (arguments.number(1) * width, arguments.number(2) * height)
      // The farthest corner is reached last.
      let reach = ScalarMath.hypot(max(cx, width - cx), max(cy, height - cy))
      let dy = Double(y) + 0.5 - cy
      for x in 0..<setting.width {
        mask[x] = transition.front(
          ScalarMath.hypot(Double(x) + 0.5 - cx, dy) / reach, softness: arguments.number(3))
      }
    }
  }
}
