/// The comments `# ascii-scene: allow ID` with which an author says that a finding is meant so.
///
/// A comment counts for its own line, or, alone on its line, for the next line with text. Several ids are separated by
/// commas or blanks. Errors cannot be allowed: what they stand for has no picture.
struct Allowances {
  private struct Allowance {
    var id: String
    var span: Span
    /// The line, from 1, whose findings it is about.
    var line: Int
  }

  private let sources: SourceMap
  private var byFile: [FileID: [Allowance]] = [:]

  /// - Parameter files: those whose comments count.
  init(in sources: SourceMap, files: some Sequence<FileID>) {
    self.sources = sources
    for file in files { byFile[file] = Self.read(sources[file], file) }
  }

  /// The findings that are not allowed, by place, with warnings for the comments of one file that allow nothing.
  func heed(_ findings: [Diagnostic], unusedIn file: FileID) -> [Diagnostic] {
    var used: Set<Span> = []
    var result = DiagnosticBag()
    for finding in findings {
      guard finding.severity != .error, let allowances = byFile[finding.span.file], !allowances.isEmpty else {
        result.report(finding)
        continue
      }
      let line = sources[finding.span.file].line(at: finding.span.start)
      let matching = allowances.filter { $0.line == line && $0.id == finding.id }
      used.formUnion(matching.map(\.span))
      if matching.isEmpty { result.report(finding) }
    }
    // After an error the rest of a scene is not reviewed, so nothing can be said of what would have been found.
    let isComplete = !findings.contains { $0.severity == .error }
    for allowance in byFile[file] ?? [] where !used.contains(allowance.span) {
      if Explanation.of(allowance.id) == nil {
        result.report(.unknownID(allowance.id, at: allowance.span))
      } else if isComplete {
        result.report(.nothingAllowed(allowance.id, at: allowance.span))
      }
    }
    return result.sorted()
  }

  // MARK: Comments

  private static func read(_ source: SourceFile, _ file: FileID) -> [Allowance] {
    var result: [Allowance] = []
    let bytes = source.bytes
    var offset = source.contentStart
    while let mark = bytes[offset...].firstIndex(of: UInt8(ascii: "#")) {
      offset = mark + 1
      let isComment = mark == 0 || isBlank(bytes[mark - 1]) || isBreak(bytes[mark - 1])
      guard isComment, let ids = ids(in: bytes, from: offset) else { continue }
      let line = line(of: mark, in: source)
      result += ids.map { range in
        Allowance(
          id: String(decoding: bytes[range], as: UTF8.self),
          span: Span(file: file, start: range.lowerBound, end: range.upperBound), line: line)
      }
    }
    return result
  }

  /// The ids behind `ascii-scene: allow`; nil if that does not stand at `start`.
  private static func ids(in bytes: [UInt8], from start: Int) -> [Range<Int>]? {
    var offset = start
    func skipBlanks() { while offset < bytes.count, isBlank(bytes[offset]) { offset += 1 } }
    for word in ["ascii-scene:", "allow"] {
      skipBlanks()
      guard bytes[offset...].starts(with: word.utf8) else { return nil }
      offset += word.utf8.count
    }
    guard offset < bytes.count, isBlank(bytes[offset]) else { return nil }
    var ids: [Range<Int>] = []
    while true {
      while offset < bytes.count, isBlank(bytes[offset]) || bytes[offset] == UInt8(ascii: ",") { offset += 1 }
      let first = offset
      while offset < bytes.count, !isBlank(bytes[offset]), !isBreak(bytes[offset]), bytes[offset] != UInt8(ascii: ",") {
        offset += 1
      }
      if offset == first { return ids }
      ids.append(first..<offset)
    }
  }

  /// The line that a comment is about.
  private static func line(of comment: Int, in source: SourceFile) -> Int {
    var line = source.line(at: comment)
    let own = source.lineRange(line)
    guard source.bytes[own.lowerBound..<comment].allSatisfy(isBlank) else { return line }
    repeat { line += 1 } while line <= source.lineStarts.count && !hasText(source, line)
    return line
  }

  private static func hasText(_ source: SourceFile, _ line: Int) -> Bool {
    let first = source.bytes[source.lineRange(line)].first { !isBlank($0) }
    return first != nil && first != UInt8(ascii: "#")
  }
}

extension Diagnostic {
  fileprivate static func unknownID(_ id: String, at span: Span) -> Diagnostic {
    let ids = Explanation.all.map(\.id)
    return Diagnostic(
      "unused_allow", .warning, "no finding is called `\(id)`", at: span, caret: didYouMean(id, among: ids),
      help: "the id stands in brackets at the head of a finding", edit: replacement(id, among: ids, at: span))
  }

  fileprivate static func nothingAllowed(_ id: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "unused_allow", .warning, "nothing is found here that `\(id)` would allow", at: span,
      help: "a comment counts for its own line, or alone on its line for the next")
  }
}
