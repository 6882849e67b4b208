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
        func number(_ value: String, usual: ClosedRange<Double>? = nil, aliases: [String] = []) -> ParameterDeclaration
        {
          ParameterDeclaration(
            parameter.rawValue, aliases: aliases, default: value, in: parameter.range, usual: usual, parameter.doc)
        }
        func choice(_ value: String, _ choices: [String]) -> ParameterDeclaration {
          ParameterDeclaration(parameter.rawValue, .choice, default: value, choices: choices, parameter.doc)
        }
        return switch parameter {
        case .decay: number(decay, usual: 0.5...1)
        case .blend: choice(blend, blends)
        case .opacity: number(opacity)
        case .transform: choice(transform.rawValue, motions)
        case .amount: number(amount, aliases: ["amt"])
        case .hueShift: number(hueShift)
        }
      },
      example: "feedback: \(name)")
  }
}

/// The parameters of every feedback, in order.
enum FeedbackParameter: String, CaseIterable {
  case decay, blend, opacity, transform, amount
  case hueShift = "hue_shift"

  /// Nil for words.
  var range: ClosedRange<Double>? {
    switch self {
    case .decay, .opacity: 0...1
    case .amount: 0...0.4
    case .hueShift: -1...1
    case .blend, .transform: nil
    }
  }

  var doc: String {
    switch self {
    case .decay: "What stays of a level after 1/24 s."
    case .blend: "How it is blended onto the new picture."
    case .opacity: "How much of it is seen."
    case .transform: "How the picture before is moved."
    case .amount: "How far in 1/24 s: a share cut off on each side, or of the height, or of 10 degrees."
    case .hueShift: "Turns around the color wheel in 1/24 s."
    }
  }
}
