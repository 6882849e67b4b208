import CUTF8Proc

extension Unicode.Scalar {
  /// How many columns a terminal gives the character (Unicode Standard Annex 11): 0 for marks and controls, 2 for wide
  /// ones such as kana and most emoji. Here each character has one cell, and wide ones are fitted into it.
  public var terminalWidth: Int { Int(utf8proc_charwidth(utf8proc_int32_t(bitPattern: value))) }

  /// Whether an empty cell is what the character looks like: white space and the empty braille pattern.
  var isBlank: Bool { properties.isWhitespace || value == 0x2800 }

  /// Whether the character moves the others instead of having a cell: line breaks and tabs.
  var isLayout: Bool { self == "\n" || self == "\r" || self == "\t" }
}
