/// A part of a text slot such as `Take {n:02d}`.
public enum TextPiece: Sendable, Hashable {
  case literal(String)
  /// `format` is what stands behind the colon, not yet interpreted.
  case expression(Expression, format: String?)
}

/// Splits a text slot into literal text and expressions: `{expr}`, `{expr:02d}`, with `{{` and `}}` for braces. A
/// mistake is reported once; its expression is `.invalid`.
public func parseTextTemplate(_ scalar: YAMLScalar, reporting bag: inout DiagnosticBag) -> [TextPiece] {
  var parser = TextTemplateParser(scalar: scalar)
  parser.parse(reporting: &bag)
  return parser.pieces
}

private struct TextTemplateParser {
  let scalar: YAMLScalar
  let bytes: [UInt8]
  var pieces: [TextPiece] = []
  var literal: [UInt8] = []

  init(scalar: YAMLScalar) {
    self.scalar = scalar
    bytes = Array(scalar.text.utf8)
  }

  mutating func parse(reporting bag: inout DiagnosticBag) {
    var offset = 0
    while offset < bytes.count {
      let byte = bytes[offset]
      let isBrace = byte == UInt8(ascii: "{") || byte == UInt8(ascii: "}")
      if isBrace, offset + 1 < bytes.count, bytes[offset + 1] == byte {
        literal.append(byte)
        offset += 2
      } else if byte == UInt8(ascii: "{") {
        offset = parseSlot(from: offset, reporting: &bag)
      } else if byte == UInt8(ascii: "}") {
        bag.report(.strayBrace(at: scalar.span(offset..<offset + 1)))
        offset += 1
      } else {
        literal.append(byte)
        offset += 1
      }
    }
    finishLiteral()
  }

  private mutating func finishLiteral() {
    if !literal.isEmpty { pieces.append(.literal(String(decoding: literal, as: UTF8.self))) }
    literal = []
  }

  /// Parses the slot whose brace opens at `start` and answers where it ends.
  private mutating func parseSlot(from start: Int, reporting bag: inout DiagnosticBag) -> Int {
    finishLiteral()
    var depth = 0
    var quote: UInt8?
    var colon: Int?
    for offset in start + 1..<bytes.count {
      let byte = bytes[offset]
      if let open = quote {
        if byte == open { quote = nil }
        continue
      }
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "'"): quote = byte
      case UInt8(ascii: "("): depth += 1
      case UInt8(ascii: ")"): depth -= 1
      case UInt8(ascii: ":") where depth == 0 && colon == nil: colon = offset
      case UInt8(ascii: "}"):
        let expression = parseExpression(scalar, in: start + 1..<(colon ?? offset), reporting: &bag)
        let format = colon.map { String(decoding: bytes[($0 + 1)..<offset], as: UTF8.self) }
        if format == "" { bag.report(.emptyFormat(at: scalar.span((colon ?? offset)..<offset))) }
        pieces.append(.expression(expression, format: format))
        return offset + 1
      default: break
      }
    }
    let rest = scalar.span(start..<bytes.count)
    bag.report(.unclosedSlot(at: rest))
    pieces.append(.expression(Expression(.invalid, span: rest), format: nil))
    return bytes.count
  }
}

extension Diagnostic {
  fileprivate static func strayBrace(at span: Span) -> Diagnostic {
    Diagnostic("stray_brace", "`}` closes nothing", at: span, help: "a brace in the text is written `}}`")
  }

  fileprivate static func unclosedSlot(at span: Span) -> Diagnostic {
    Diagnostic("unclosed_slot", "`{` is never closed", at: span, help: "a brace in the text is written `{{`")
  }

  fileprivate static func emptyFormat(at span: Span) -> Diagnostic {
    Diagnostic("empty_format", "expected a format behind the colon", at: span, help: "such as `{n:02d}`")
  }
}
