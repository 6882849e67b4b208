/// Names of the author's that stand in expressions: they are written as the grammar has them, or no one can say them.
extension Analyzer {
  func expectUsable(_ name: String, at span: Span) {
    let key = Name.folded(name)
    let isWord =
      key.utf8.allSatisfy { byte in
        let letter = byte | 0x20
        return (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(letter) || byte == UInt8(ascii: "_")
          || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      } && key.first?.isNumber == false
    if name == LanguageNames.timeline {
      report(.ownMeaning(name, "it is the time in the video", span))
    } else if ["and", "or", "not"].contains(key) {
      report(.ownMeaning(name, "it is an operator", span))
    } else if !isWord {
      report(.notAWord(name, span))
    }
  }
}

extension Diagnostic {
  fileprivate static func ownMeaning(_ name: String, _ meaning: String, _ span: Span) -> Diagnostic {
    Diagnostic("unusable_name", "`\(name)` cannot be a name: \(meaning)", at: span)
  }

  fileprivate static func notAWord(_ name: String, _ span: Span) -> Diagnostic {
    Diagnostic(
      "unusable_name", "no expression can say the name `\(name)`", at: span,
      help: "names are made of the letters a to z, digits and `_`, and begin with a letter")
  }
}
