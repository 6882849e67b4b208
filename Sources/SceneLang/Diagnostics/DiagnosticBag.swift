/// Where the phases of a compilation leave their findings.
public struct DiagnosticBag: Sendable {
  /// In the order reported.
  public private(set) var all: [Diagnostic] = []
  /// British spellings of the language's own words, which nobody needs to hear of.
  private(set) var respellings: [Diagnostic.Edit] = []

  public init() {}

  public mutating func report(_ diagnostic: Diagnostic) { all.append(diagnostic) }

  /// Adds a label to the findings from index `first` on that lie in one of `places`.
  mutating func label(from first: Int, inside places: some Collection<Span>, _ label: Diagnostic.Label) {
    for index in all.indices[first...] {
      let span = all[index].span
      if span != label.span && places.contains(where: { $0.holds(span) }) { all[index].labels.append(label) }
    }
  }

  /// Notes how a word is spelt in America, if it is not written so.
  mutating func respell(_ text: String, at span: Span, as canonical: String) {
    guard text != canonical, Name.isBritish(text) else { return }
    respellings.append(Diagnostic.Edit(span, replacement: canonical, isSafe: true))
  }

  public var hasErrors: Bool { all.contains { $0.severity == .error } }

  /// By file and place, each once, with the labels it first had; findings at one place keep the order in which they were
  /// reported.
  public func sorted() -> [Diagnostic] {
    var seen = Set<Diagnostic>()
    let unique = all.filter { finding in
      var bare = finding
      bare.labels = []
      return seen.insert(bare).inserted
    }
    // Swift promises no stable sort, so the position joins the key.
    return unique.enumerated().sorted { a, b in
      let (x, y) = (a.element.span, b.element.span)
      return (x.file, x.start, x.end, a.offset) < (y.file, y.start, y.end, b.offset)
    }.map(\.element)
  }
}
