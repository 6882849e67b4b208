extension Name {
  /// The form in which names are looked up: lower case, `-` as `_`, and American spelling (`colour` → `color`,
  /// `grey` → `gray`, `centre` → `center`).
  public static func folded(_ text: String) -> String {
    // Nearly every name of a scene is already in this form, and a long scene has many thousands.
    if isFolded(text) { return text }
    var key = text.lowercased()
    key = String(key.map { $0 == "-" ? "_" : $0 })
    for (british, american) in spellings {
      while let range = key.firstRange(of: british) { key.replaceSubrange(range, with: american) }
    }
    return key
  }

  /// Whether folding changes the spelling, not only case and hyphens.
  static func isBritish(_ text: String) -> Bool {
    let key = text.lowercased()
    return spellings.contains { key.contains($0.0) }
  }

  private static let spellings = [("colour", "color"), ("grey", "gray"), ("centre", "center")]

  private static func isFolded(_ text: String) -> Bool {
    var mayBeBritish = false
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"):
        mayBeBritish = mayBeBritish || byte == UInt8(ascii: "c") || byte == UInt8(ascii: "g")
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"): break
      default: return false
      }
    }
    return !mayBeBritish || !spellings.contains { holds(text.utf8[...], $0.0.utf8) }
  }

  /// Byte by byte: `contains` of strings took a quarter of the check of a long scene.
  private static func holds(_ text: Substring.UTF8View, _ word: String.UTF8View) -> Bool {
    var rest = text
    while rest.count >= word.count {
      if rest.starts(with: word) { return true }
      rest.removeFirst()
    }
    return false
  }
}
