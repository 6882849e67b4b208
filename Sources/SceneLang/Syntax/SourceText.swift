/// The text of a scene file after the checks that come before YAML: size, encoding, control characters, directives.
struct SourceText {
  /// SAFETY: a larger file is a mistake or an attack.
  static let largestFile = 4 << 20
  /// Faults of encoding after which the rest are no longer listed.
  private static let mostFaults = 20

  /// The file, in which bytes that are not UTF-8 stand as `?` and what the shadow blanks is blank. Offsets are kept.
  private(set) var bytes: [UInt8]
  private(set) var shadow: ShadowText

  /// Nil if the file cannot be read as text at all, which has then been reported.
  init?(_ file: FileID, _ source: SourceFile, reporting bag: inout DiagnosticBag) {
    let bytes = source.bytes
    if bytes.count > SourceText.largestFile {
      bag.report(.fileTooLarge(file, bytes.count))
      return nil
    }
    if SourceText.isUTF16(bytes) {
      bag.report(.utf16(file))
      return nil
    }
    self.bytes = bytes
    shadow = ShadowText(ascii: [])
    var ascii = bytes
    var faults: [Diagnostic] = []
    bytes.withUnsafeBufferPointer { bytes in
      var offset = source.contentStart
      while offset < bytes.count {
        let byte = bytes[offset]
        if byte < 0x80 {
          let isAllowed = byte >= 0x20 && byte != 0x7F || byte == 0x09 || byte == 0x0A || byte == 0x0D
          if !isAllowed {
            faults.append(.controlCharacter(byte, at: Span(file: file, start: offset, end: offset + 1)))
            ascii[offset] = UInt8(ascii: "x")
          }
          offset += 1
        } else {
          let length = utf8SequenceLength(bytes, at: offset)
          if length == nil {
            faults.append(.notUTF8(byte, at: Span(file: file, start: offset, end: offset + 1)))
            self.bytes[offset] = UInt8(ascii: "?")
          }
          for position in offset..<offset + (length ?? 1) { ascii[position] = UInt8(ascii: "x") }
          offset += length ?? 1
        }
        if faults.count > SourceText.mostFaults { break }
      }
    }
    if faults.count > SourceText.mostFaults {
      bag.report(.notText(at: faults[0].span))
      return nil
    }
    for fault in faults { bag.report(fault) }
    shadow = ShadowText(ascii: ascii, spoiled: faults.map { $0.span.start..<$0.span.end })
    blankDirectives(file, source, reporting: &bag)
  }

  /// Mends the shadow; answers whether anything changed, for if not, the repair was of no use.
  mutating func apply(_ repair: ShadowText.Repair) -> Bool {
    guard shadow.apply(repair) else { return false }
    for offset in repair.range where shadow.bytes[offset] == UInt8(ascii: " ") { bytes[offset] = UInt8(ascii: " ") }
    return true
  }

  /// Directives stand before the document. libyaml compares each with all before it, so thousands would take minutes.
  private mutating func blankDirectives(_ file: FileID, _ source: SourceFile, reporting bag: inout DiagnosticBag) {
    var reported = false
    for line in 1...source.lineStarts.count {
      let range = source.lineRange(line)
      switch range.isEmpty ? UInt8(ascii: "#") : bytes[range.lowerBound] {
      case UInt8(ascii: "#"): continue
      case UInt8(ascii: "%"):
        let text = String(decoding: bytes[range], as: UTF8.self)
        if !text.hasPrefix("%YAML 1."), !reported {
          bag.report(.directive(text, at: Span(file: file, start: range.lowerBound, end: range.upperBound)))
          reported = true
        }
        _ = apply(.init(range: range, cover: .blanks, spoils: false))
      default: return
      }
    }
  }

  /// A UTF-16 mark, or the zero bytes that UTF-16 puts around the first ASCII letter.
  private static func isUTF16(_ bytes: [UInt8]) -> Bool {
    guard bytes.count >= 2 else { return false }
    return switch (bytes[0], bytes[1]) {
    case (0xFF, 0xFE), (0xFE, 0xFF): true
    case (0, 1...), (1..., 0): bytes.count % 2 == 0
    default: false
    }
  }
}

extension Diagnostic {
  fileprivate static func fileTooLarge(_ file: FileID, _ count: Int) -> Diagnostic {
    Diagnostic(
      "file_too_large", "the file has \(count) bytes; at most \(SourceText.largestFile) are read",
      at: Span(file: file, start: 0, end: 0), help: "split the scene with `import:`")
  }

  fileprivate static func utf16(_ file: FileID) -> Diagnostic {
    Diagnostic(
      "not_utf8", "the file is written in UTF-16", at: Span(file: file, start: 0, end: 0), help: "save it as UTF-8")
  }

  fileprivate static func controlCharacter(_ byte: UInt8, at span: Span) -> Diagnostic {
    Diagnostic(
      "control_character",
      "the control character U+\(hexadecimal(UInt32(byte), digits: 4)) cannot stand in a scene file",
      at: span, help: "delete it, or write it as an escape in double quotes")
  }

  fileprivate static func notUTF8(_ byte: UInt8, at span: Span) -> Diagnostic {
    Diagnostic(
      "not_utf8", "the byte 0x\(hexadecimal(UInt32(byte), digits: 2)) is not valid UTF-8 here", at: span,
      help: "save the file as UTF-8")
  }

  fileprivate static func notText(at span: Span) -> Diagnostic {
    Diagnostic("not_text", "this does not look like a text file", at: span, help: "a scene is text in UTF-8")
  }

  fileprivate static func directive(_ text: String, at span: Span) -> Diagnostic {
    Diagnostic("yaml_directive", "scene files take no YAML directives", at: span, help: "delete the line")
  }
}
