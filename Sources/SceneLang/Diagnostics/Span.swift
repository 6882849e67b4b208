/// Names one source file of a compilation: its index in `SourceMap`.
public struct FileID: Hashable, Sendable, Comparable {
  public let index: Int

  public init(_ index: Int) { self.index = index }

  public static func < (a: FileID, b: FileID) -> Bool { a.index < b.index }
}

/// A half-open range of UTF-8 offsets in one source file. An empty span marks a place between two bytes.
public struct Span: Hashable, Sendable {
  public var file: FileID
  public var start: Int
  public var end: Int

  public init(file: FileID, start: Int, end: Int) {
    precondition(start <= end, "a span ends before it begins: \(start)..<\(end)")
    self.file = file
    self.start = start
    self.end = end
  }

  /// The smallest span that holds both; both lie in one file.
  public func joined(with other: Span) -> Span {
    precondition(file == other.file, "spans of two files cannot be joined")
    return Span(file: file, start: min(start, other.start), end: max(end, other.end))
  }

  /// Whether all of the other lies in this.
  func holds(_ other: Span) -> Bool { file == other.file && start <= other.start && other.end <= end }
}
