/// A time span on the command line.
struct TimeSpan: Sendable, Hashable {
  var seconds: Int

  private static let units = ["s": 1, "min": 60, "h": 3600, "d": 86_400]

  /// `30d`, `12h`, `90min`, `0s`: a whole number with a unit.
  init(parsing text: String) throws(InvalidValue) {
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    guard let number = Int(digits), number < 1_000_000_000, let unit = Self.units[String(text[digits.endIndex...])]
    else {
      throw InvalidValue(expected: "a time such as 30d, 12h, 90min or 60s")
    }
    seconds = number * unit
  }

  /// In the largest unit that fits, rounded down: `3 d`.
  static func text(_ span: Duration) -> String {
    let seconds = Int(span.components.seconds)
    let unit = units.sorted { $0.value > $1.value }.first { seconds >= $0.value } ?? ("s", 1)
    return "\(max(0, seconds) / unit.value) \(unit.key)"
  }
}
