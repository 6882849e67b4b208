import CYAML

/// Pulls libyaml's events out of a shadow text. Offsets are those of the text.
///
/// Owns the libyaml parser; the text must outlive it.
final class YAMLEventReader {
  struct Event {
    enum Kind {
      case documentStart, documentEnd, streamEnd, alias
      case scalar(YAMLScalar.Style)
      case sequenceStart, sequenceEnd, mappingStart, mappingEnd
    }

    var kind: Kind
    var start: Int
    var end: Int
    /// The name behind `&` or `*`, as it stands in the shadow.
    var anchor: String?
    var hasTag = false
    /// In brackets or braces; for the starts of sequences and mappings.
    var isFlow = false
    /// The text of a block scalar without indentation; nil for other styles, whose text is plain from the source.
    var block: [UInt8]?
  }

  /// Why libyaml cannot go on. It stops at its first error.
  struct Failure: Error {
    /// libyaml's words.
    var problem: String
    var place: Int
    /// What was being read, such as "while parsing a flow mapping", and where it began.
    var context: String
    var contextPlace: Int
  }

  private let parser: UnsafeMutablePointer<yaml_parser_t>
  private let start: Int
  private let end: Int

  /// - Parameter start: where the text begins, behind a byte order mark.
  init(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) {
    parser = .allocate(capacity: 1)
    self.start = start
    end = bytes.count
    let text = UnsafeBufferPointer(rebasing: bytes[start...])
    guard yaml_parser_initialize(parser) == 1 else { preconditionFailure("libyaml found no memory") }
    yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    yaml_parser_set_input_string(parser, text.baseAddress, text.count)
  }

  deinit {
    yaml_parser_delete(parser)
    parser.deallocate()
  }

  func next() throws(Failure) -> Event {
    var raw = yaml_event_t()
    defer { yaml_event_delete(&raw) }
    repeat {
      guard yaml_parser_parse(parser, &raw) == 1 else { throw failure() }
    } while raw.type == YAML_STREAM_START_EVENT
    var event = Event(kind: .streamEnd, start: offset(raw.start_mark), end: offset(raw.end_mark))
    switch raw.type {
    case YAML_DOCUMENT_START_EVENT: event.kind = .documentStart
    case YAML_DOCUMENT_END_EVENT: event.kind = .documentEnd
    case YAML_ALIAS_EVENT:
      event.kind = .alias
      event.anchor = text(raw.data.alias.anchor)
    case YAML_SCALAR_EVENT:
      let scalar = raw.data.scalar
      let style = YAMLScalar.Style(scalar.style)
      event.kind = .scalar(style)
      event.anchor = text(scalar.anchor)
      event.hasTag = scalar.tag != nil
      if style == .literal || style == .folded {
        event.block = Array(UnsafeBufferPointer(start: scalar.value, count: scalar.length))
      }
    case YAML_SEQUENCE_START_EVENT:
      event.kind = .sequenceStart
      event.anchor = text(raw.data.sequence_start.anchor)
      event.hasTag = raw.data.sequence_start.tag != nil
      event.isFlow = raw.data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE
    case YAML_SEQUENCE_END_EVENT: event.kind = .sequenceEnd
    case YAML_MAPPING_START_EVENT:
      event.kind = .mappingStart
      event.anchor = text(raw.data.mapping_start.anchor)
      event.hasTag = raw.data.mapping_start.tag != nil
      event.isFlow = raw.data.mapping_start.style == YAML_FLOW_MAPPING_STYLE
    case YAML_MAPPING_END_EVENT: event.kind = .mappingEnd
    default: break
    }
    return event
  }

  private func failure() -> Failure {
    let state = parser.pointee
    return Failure(
      problem: state.problem.map { String(cString: $0) } ?? "libyaml ran out of memory",
      place: offset(state.problem_mark),
      context: state.context.map { String(cString: $0) } ?? "",
      contextPlace: offset(state.context_mark))
  }

  private func offset(_ mark: yaml_mark_t) -> Int { min(start + Int(mark.index), end) }

  private func text(_ pointer: UnsafeMutablePointer<yaml_char_t>?) -> String? {
    pointer.map { String(cString: $0) }
  }
}

extension YAMLScalar.Style {
  fileprivate init(_ style: yaml_scalar_style_t) {
    switch style {
    case YAML_SINGLE_QUOTED_SCALAR_STYLE: self = .singleQuoted
    case YAML_DOUBLE_QUOTED_SCALAR_STYLE: self = .doubleQuoted
    case YAML_LITERAL_SCALAR_STYLE: self = .literal
    case YAML_FOLDED_SCALAR_STYLE: self = .folded
    default: self = .plain
    }
  }
}
