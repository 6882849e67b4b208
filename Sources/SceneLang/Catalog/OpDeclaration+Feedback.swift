extension OpDeclaration {
  /// A named feedback: the defaults of the parameters that all feedbacks have, in the order of `FeedbackParameter`.
  ///
  /// Numbers are written in the scene language. `blends`: the words that `blend` accepts.
  public static func feedback(
    _ name: String, aliases: [String] = [], _ summary: String, decay: String = "0.85", blend: String = "screen",
    opacity: String = "0.5", transform: Feedback.Motion = .none, amount: String = "0.02", hueShift: String = "0",
    blends: [String]
  ) -> OpDeclaration {
    let motions = Feedback.Motion.allCases.map(\.rawValue)
    return OpDeclaration(
      .feedback, name, aliases: aliases, summary,
      parameters: FeedbackParameter.allCases.map { parameter in
        switch parameter {
        case .decay:
          ParameterDeclaration(
            parameter.rawValue, default: decay, in: 0...1, usual: 0.5...1, "What stays of a level after 1/24 s.")
        case .blend:
          ParameterDeclaration(
            parameter.rawValue, .choice, default: blend, choices: blends, "How it is blended onto the new picture.")
        case .opacity:
          ParameterDeclaration(parameter.rawValue, default: opacity, in: 0...1, "How much of it is seen.")
        case .transform:
          ParameterDeclaration(
            parameter.rawValue, .choice, default: transform.rawValue, choices: motions,
            "How the picture before is moved.")
        case .amount:
          ParameterDeclaration(
            parameter.rawValue, aliases: ["amt"], default: amount, in: 0...0.4,
            "How far in 1/24 s: a share cut off on each side, or of the height, or of 10 degrees.")
        case .hueShift:
          ParameterDeclaration(
            parameter.rawValue, default: hueShift, in: -1...1, "Turns around the color wheel in 1/24 s.")
        }
      },
      example: "feedback: \(name)")
  }
}

/// The parameters of every feedback, in order.
enum FeedbackParameter: String, CaseIterable {
  case decay, blend, opacity, transform, amount
  case hueShift = "hue_shift"
}
