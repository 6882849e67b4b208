/// A log in the Static Analysis Results Interchange Format 2.1.0 (OASIS, 2020), which code hosts and editors read.
public struct SARIF: Sendable {
  private let version: String
  private var ruleIDs: [String] = []
  private var results: [JSONValue] = []

  /// - Parameter version: of this program.
  public init(version: String) { self.version = version }

  public mutating func add(_ diagnostic: Diagnostic, in sources: SourceMap) {
    let rule = ruleIDs.firstIndex(of: diagnostic.id) ?? ruleIDs.count
    if rule == ruleIDs.count { ruleIDs.append(diagnostic.id) }
    var message = diagnostic.message
    for part in [diagnostic.caret, diagnostic.help ?? ""] where !part.isEmpty { message += "; \(part)" }
    var members: [(key: String, value: JSONValue)] = [
      ("ruleId", .string(diagnostic.id)), ("ruleIndex", .int(rule)), ("level", .string(diagnostic.severity.sarifLevel)),
      ("message", ["text": .string(message)]), ("locations", [location(diagnostic.span, in: sources)]),
    ]
    if !diagnostic.labels.isEmpty {
      let related = diagnostic.labels.enumerated().map { index, label in
        location(label.span, in: sources, id: index, message: label.message)
      }
      members.append(("relatedLocations", .array(related)))
    }
    if let edit = diagnostic.edit { members.append(("fixes", [fix(edit, in: sources)])) }
    results.append(.object(members))
  }

  public var json: JSONValue {
    let rules = ruleIDs.map { id -> JSONValue in
      let text = Explanation.of(id)?.text ?? id
      return ["id": .string(id), "shortDescription": ["text": .string(text)]]
    }
    let driver: JSONValue = ["name": "ascii-scene", "version": .string(version), "rules": .array(rules)]
    return [
      "$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0",
      "runs": [["tool": ["driver": driver], "columnKind": "unicodeCodePoints", "results": .array(results)]],
    ]
  }

  private func location(_ span: Span, in sources: SourceMap, id: Int? = nil, message: String? = nil) -> JSONValue {
    let physical: JSONValue = ["artifactLocation": artifact(span, in: sources), "region": region(span, in: sources)]
    var members: [(key: String, value: JSONValue)] = [("physicalLocation", physical)]
    if let id { members.insert(("id", .int(id)), at: 0) }
    if let message { members.append(("message", ["text": .string(message)])) }
    return .object(members)
  }

  private func fix(_ edit: Diagnostic.Edit, in sources: SourceMap) -> JSONValue {
    let replacement: JSONValue = [
      "deletedRegion": region(edit.span, in: sources), "insertedContent": ["text": .string(edit.replacement)],
    ]
    return [
      "description": ["text": .string(edit.isSafe ? "Applied by `check --fix`." : "A guess.")],
      "artifactChanges": [
        ["artifactLocation": artifact(edit.span, in: sources), "replacements": [replacement]]
      ],
    ]
  }

  private func artifact(_ span: Span, in sources: SourceMap) -> JSONValue {
    ["uri": .string(uri(sources[span.file].path))]
  }

  private func region(_ span: Span, in sources: SourceMap) -> JSONValue {
    let start = sources[span.file].codePointPosition(at: span.start)
    let end = sources[span.file].codePointPosition(at: span.end)
    return [
      "startLine": .int(start.line), "startColumn": .int(start.column), "endLine": .int(end.line),
      "endColumn": .int(end.column),
    ]
  }

  /// A path as a URI reference (RFC 3986): what is not unreserved or a slash is percent-encoded.
  private func uri(_ path: String) -> String {
    let text = path.utf8.map { byte -> String in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "~"), UInt8(ascii: "/"):
        String(Unicode.Scalar(byte))
      default: "%" + hexadecimal(UInt32(byte), digits: 2).uppercased()
      }
    }.joined()
    return path.hasPrefix("/") ? "file://" + text : text
  }
}

extension Severity {
  fileprivate var sarifLevel: String {
    switch self {
    case .error: "error"
    case .warning: "warning"
    case .performance, .note: "note"
    }
  }
}
