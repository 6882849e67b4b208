import SceneLang

/// How the characters of a text come, move or go: a function of the moment, without a state.
protocol TextStyle: Sendable {
  /// Of kind `style`.
  static var declaration: OpDeclaration { get }
  /// Characters it writes beside those of the text and of the palette.
  static var ownCharacters: [Unicode.Scalar] { get }
  /// Whether lines are not to be broken because they run through the picture.
  static var keepsLines: Bool { get }
  /// Whether it shows one word at a time, so that there is room for the text where there is for a word.
  static var showsWords: Bool { get }
  /// Whether it shows one line at a time, or lets the lines pass, so that there is room for the text where there is for a
  /// line.
  static var showsLines: Bool { get }

  /// Changes what the styles before it left. All randomness is a hash of the layer's key.
  static func apply(_ arguments: CallArguments, at moment: TextMoment, to text: inout StyledText)
}

extension TextStyle {
  static var ownCharacters: [Unicode.Scalar] { [] }
  static var keepsLines: Bool { false }
  static var showsWords: Bool { false }
  static var showsLines: Bool { false }
}

/// Where a frame stands in the time of a text.
struct TextMoment: Hashable {
  /// Seconds since the text appeared.
  var elapsed: Double
  /// Seconds until it is gone.
  var remaining: Double
  /// When each word begins, in seconds since the text appeared; empty where nobody says.
  var words: [Double] = []

  /// Times beyond the clock of effects are taken as its ends.
  init(elapsed: Double, remaining: Double, words: [Double] = []) {
    self.elapsed = EffectClock.limited(elapsed)
    self.remaining = EffectClock.limited(remaining)
    self.words = words
  }
}

/// The text styles, by name.
enum TextStyles {
  /// Alphabetical.
  static let all: [any TextStyle.Type] = [
    BeatWords.self,
    Credits.self,
    Crumble.self,
    Decrypt.self,
    Drop.self,
    FadeIn.self,
    FadeOut.self,
    Flash.self,
    Glitch.self,
    Karaoke.self,
    Messages.self,
    Scatter.self,
    Shimmer.self,
    SlideIn.self,
    SlideOut.self,
    TextWave.self,
    Ticker.self,
    Typewriter.self,
    Unfold.self,
  ]

  /// Precondition: a style has that name (analysis has seen to it).
  static func named(_ name: String) -> any TextStyle.Type {
    guard let style = all.first(where: { $0.declaration.name == name }) else {
      preconditionFailure("no text style is called `\(name)`")
    }
    return style
  }
}

extension ParameterDeclaration {
  static func over(_ seconds: Double, _ doc: String) -> ParameterDeclaration {
    let usual = seconds == seconds.rounded() ? "\(Int(seconds))" : "\(seconds)"
    return ParameterDeclaration(
      "over", default: "0s", in: 0...3600, .time,
      doc + " 0 stands for \(usual) s, or for half of the time that the text is shown if that is less.")
  }

  /// What an entrance waits.
  static let after = ParameterDeclaration(
    "after", default: "0s", in: 0...3600, .time, "Time before it begins, counted from where the text appears.")

  static func by(_ unit: StyleUnit) -> ParameterDeclaration {
    ParameterDeclaration(
      "by", .choice, default: unit.rawValue, choices: StyleUnit.allCases.map(\.rawValue),
      "What comes one after another; `text` is all at once.")
  }
}

/// What a style treats as one.
enum StyleUnit: String, CaseIterable {
  case text, line, word, character
}

extension CallArguments {
  var unit: StyleUnit { StyleUnit(rawValue: word("by"))! }

  /// 0 before `after`, 1 when `over` has passed since; `usual`: the seconds that `over` stands for.
  func entrance(_ moment: TextMoment, usual: Double) -> Double {
    ScalarMath.clamp((moment.elapsed - number("after")) / over(moment, usual), 0, 1)
  }

  /// 0 until `over` before the end, 1 at the end.
  func exit(_ moment: TextMoment, usual: Double) -> Double {
    ScalarMath.clamp(1 - moment.remaining / over(moment, usual), 0, 1)
  }

  /// Seconds; half of a text's time leaves it the other half to be read.
  private func over(_ moment: TextMoment, _ usual: Double) -> Double {
    let given = number("over")
    return given > 0 ? given : max(0.001, min(usual, (moment.elapsed + moment.remaining) / 2))
  }
}
