import SceneLang

/// One option of a command with the type of its value: declared once, read as `arguments[option]`.
///
/// An option that was not given has its default, so reading never fails: `Int?` with nil for "not given", `Bool` for a
/// flag, an array for an option that may be repeated.
struct Option<Value: Sendable>: OptionDeclaration {
  let name: String
  let short: Character?
  let valueName: String?
  let help: String
  let onceHelp: String?
  let defaultValue: Value
  private let absorb: @Sendable (inout Value, String) throws(InvalidValue) -> Void

  /// An option with a value. `absorb` takes the text into the value, or throws what was expected.
  init(
    _ name: String, short: Character? = nil, value valueName: String, default defaultValue: Value, _ help: String,
    once onceHelp: String? = nil,
    absorb: @escaping @Sendable (inout Value, String) throws(InvalidValue) -> Void
  ) {
    self.name = name
    self.short = short
    self.valueName = valueName
    self.help = help
    self.onceHelp = onceHelp
    self.defaultValue = defaultValue
    self.absorb = absorb
  }

  func absorb(_ text: String, into values: inout OptionValues) throws(InvalidValue) {
    var value = values[self]
    try absorb(&value, text)
    values[self] = value
  }
}

extension Option where Value == Bool {
  /// A flag: true when given.
  init(flag name: String, short: Character? = nil, _ help: String) {
    self.name = name
    self.short = short
    self.valueName = nil
    self.help = help
    self.onceHelp = nil
    self.defaultValue = false
    self.absorb = { (value, _) throws(InvalidValue) in value = true }
  }
}

extension Option {
  /// An option with one of a few words, which are the raw values of an enumeration; nil when it is not given.
  init<Word>(choice name: String, default defaultValue: Value, _ help: String)
  where Word: RawRepresentable<String> & CaseIterable & Sendable, Value == Word? {
    self.init(name, value: Word.choices, default: defaultValue, help) { (value, text) throws(InvalidValue) in
      value = try Word(choosing: text)
    }
  }
}

extension Option where Value: RawRepresentable<String> & CaseIterable {
  /// As above, for an option that always has a value.
  init(choice name: String, default defaultValue: Value, _ help: String) {
    self.init(name, value: Value.choices, default: defaultValue, "\(help) Default: \(defaultValue.rawValue).") {
      (value, text) throws(InvalidValue) in value = try Value(choosing: text)
    }
  }
}

extension RawRepresentable<String> where Self: CaseIterable {
  fileprivate static var choices: String { allCases.map(\.rawValue).joined(separator: "|") }

  fileprivate init(choosing text: String) throws(InvalidValue) {
    guard let word = Self(rawValue: text) else {
      let words = Self.allCases.map(\.rawValue)
      throw InvalidValue(
        expected: "one of \(words.joined(separator: ", "))", nearest: nearestName(to: text, among: words))
    }
    self = word
  }
}

/// What help and parsing need of an option, whatever the type of its value.
protocol OptionDeclaration: Sendable {
  /// Without dashes.
  var name: String { get }
  /// The letter of `-o`.
  var short: Character? { get }
  /// Shown in help; nil for a flag.
  var valueName: String? { get }
  var help: String { get }
  /// What to do instead of giving it twice; nil where that is allowed.
  var onceHelp: String? { get }

  func absorb(_ text: String, into values: inout OptionValues) throws(InvalidValue)
}

/// The values given for options, by the option's name.
struct OptionValues: Sendable {
  private var values: [String: any Sendable] = [:]

  subscript<Value>(option: Option<Value>) -> Value {
    get { values[option.name].map { $0 as! Value } ?? option.defaultValue }
    set { values[option.name] = newValue }
  }

  /// Whether the option of this name was given.
  func has(_ name: String) -> Bool { values.keys.contains(name) }

  /// The word that was given for the option of this name, if it takes one of a few.
  func word(of name: String) -> String? { (values[name] as? any RawRepresentable)?.rawValue as? String }
}

/// A value that an option does not take.
struct InvalidValue: Error, Sendable {
  /// Continues "expected …".
  let expected: String
  var nearest: String?
}
