/// A node of a scene file as YAML sees it, with its exact place. Nothing is interpreted yet: `12` and `plasma` are
/// scalars alike.
public struct YAMLNode: Sendable, Hashable {
  public enum Content: Sendable, Hashable {
    case scalar(YAMLScalar)
    case sequence([YAMLNode])
    case mapping([YAMLEntry])
    /// Something already reported; phases pass over it in silence.
    case invalid
  }

  public var content: Content
  public var span: Span

  public init(_ content: Content, span: Span) {
    self.content = content
    self.span = span
  }
}

/// One `key: value` line of a mapping, in the order written. Duplicate keys are reported and dropped by the parser.
public struct YAMLEntry: Sendable, Hashable {
  public var key: String
  public var keySpan: Span
  public var value: YAMLNode

  public init(key: String, keySpan: Span, value: YAMLNode) {
    self.key = key
    self.keySpan = keySpan
    self.value = value
  }
}

/// The text of a scalar with the way back to the bytes it was written with.
public struct YAMLScalar: Sendable, Hashable {
  public enum Style: Sendable, Hashable { case plain, singleQuoted, doubleQuoted, literal, folded }

  /// Unescaped, unfolded text.
  public var text: String
  public var style: Style
  /// For piecewise offsets: `text` from UTF-8 offset `pieces[i].text` on stands in the file from `pieces[i].source` on.
  /// Sorted; the first begins at text offset 0. Within a piece offsets grow together.
  public var pieces: [Piece]
  public var file: FileID

  public struct Piece: Sendable, Hashable {
    public var text: Int
    public var source: Int

    public init(text: Int, source: Int) {
      self.text = text
      self.source = source
    }
  }

  public init(text: String, style: Style, pieces: [Piece], file: FileID) {
    self.text = text
    self.style = style
    self.pieces = pieces
    self.file = file
  }

  /// A plain scalar that was left empty, `~` or `null`.
  public var isNull: Bool { style == .plain && (text.isEmpty || text == "~" || text == "null") }

  /// The place in the file of a range of UTF-8 offsets of `text`.
  public func span(_ range: Range<Int>) -> Span {
    Span(file: file, start: source(range.lowerBound), end: max(source(range.lowerBound), source(range.upperBound)))
  }

  private func source(_ offset: Int) -> Int {
    let piece = pieces.last { $0.text <= offset } ?? Piece(text: 0, source: 0)
    return piece.source + offset - piece.text
  }
}
