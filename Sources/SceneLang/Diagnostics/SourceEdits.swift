/// Changes of one file, applied at once.
public struct SourceEdits: Sendable {
  private var edits: [Diagnostic.Edit] = []

  /// The safe edits of `diagnostics` and all of `others`, as far as they lie in `file`. Of edits that overlap only the
  /// first is taken: whatever remains is found again when the changed file is checked.
  public init(_ diagnostics: [Diagnostic], and others: [Diagnostic.Edit] = [], in file: FileID) {
    let all = diagnostics.compactMap(\.edit).filter(\.isSafe) + others
    let sorted = all.filter { $0.span.file == file }.sorted {
      ($0.span.start, $0.span.end, $0.replacement) < ($1.span.start, $1.span.end, $1.replacement)
    }
    for edit in sorted where edits.last.map({ edit.span.start >= $0.span.end && edit != $0 }) ?? true {
      edits.append(edit)
    }
  }

  public var count: Int { edits.count }

  /// The text with the edits made.
  public func apply(to bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var offset = 0
    for edit in edits {
      result += bytes[offset..<edit.span.start]
      result += Array(edit.replacement.utf8)
      offset = edit.span.end
    }
    return result + bytes[offset...]
  }
}
