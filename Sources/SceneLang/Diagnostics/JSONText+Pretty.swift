extension JSONValue {
  /// RFC 8259 text for people and diffs: what fits into a line stands on one, everything else is indented by two blanks.
  public var prettyText: String { pretty(indent: 0, behind: 0) + "\n" }

  private static let width = 120

  /// - Parameter behind: characters of the line that stand before the value.
  private func pretty(indent: Int, behind: Int) -> String {
    let compact = self.spacedText
    if indent + behind + compact.count <= Self.width { return compact }
    let margin = "\n" + String(repeating: " ", count: indent + 2)
    let end = "\n" + String(repeating: " ", count: indent)
    switch self {
    case .array(let values) where !values.isEmpty:
      return "[" + margin + values.map { $0.pretty(indent: indent + 2, behind: 1) }.joined(separator: "," + margin)
        + end
        + "]"
    case .object(let members) where !members.isEmpty:
      let lines = members.map { member -> String in
        let key = JSONValue.string(member.key).text + ": "
        return key + member.value.pretty(indent: indent + 2, behind: key.count + 1)
      }
      return "{" + margin + lines.joined(separator: "," + margin) + end + "}"
    default: return compact
    }
  }

  /// On one line, with blanks behind commas and colons.
  private var spacedText: String {
    switch self {
    case .array(let values): "[" + values.map(\.spacedText).joined(separator: ", ") + "]"
    case .object(let members):
      "{" + members.map { JSONValue.string($0.key).text + ": " + $0.value.spacedText }.joined(separator: ", ") + "}"
    default: text
    }
  }
}
