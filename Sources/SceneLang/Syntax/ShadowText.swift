/// What libyaml reads in place of the file: a copy of the same length in plain ASCII.
///
/// Every byte above 127 stands as `x`. So libyaml's marks, which count characters, are byte offsets, and the Unicode line
/// breaks of YAML 1.1 are ordinary text, as in YAML 1.2; scalars take their text from the file itself. And since nothing
/// in the shadow is ever shown, a faulty value can be overwritten there so that the rest of the file can be read.
struct ShadowText {
  private(set) var bytes: [UInt8]
  /// Ranges, most of them overwritten, whose nodes are `.invalid`, because their mistake is already reported.
  private(set) var spoiled: [Range<Int>] = []

  /// A change of the shadow that hides one mistake.
  struct Repair {
    enum Cover {
      /// As one word, like a quoted value.
      case word
      /// As blanks; line breaks stay.
      case blanks
      /// Each tab in the indentation of a line as one blank.
      case indentingTabs
    }

    var range: Range<Int>
    var cover: Cover
    /// Whether the nodes in the range become `.invalid`.
    var spoils: Bool
    /// Where else they do.
    var spoilsToo: [Range<Int>] = []
  }

  /// `spoiled`: where the file itself cannot be read.
  init(ascii bytes: [UInt8], spoiled: [Range<Int>] = []) {
    self.bytes = bytes
    self.spoiled = spoiled
  }

  /// Whether anything changed; if not, the repair was of no use.
  mutating func apply(_ repair: Repair) -> Bool {
    var changed = false
    var isIndentation = true
    for offset in repair.range {
      let old = bytes[offset]
      let isBreak = old == UInt8(ascii: "\n") || old == UInt8(ascii: "\r")
      let new =
        switch repair.cover {
        case .word: UInt8(ascii: "x")
        case .blanks: isBreak ? old : UInt8(ascii: " ")
        case .indentingTabs: isIndentation && old == UInt8(ascii: "\t") ? UInt8(ascii: " ") : old
        }
      isIndentation = isBreak || isIndentation && isBlank(old)
      if new != old {
        bytes[offset] = new
        changed = true
      }
    }
    if repair.spoils { spoiled.append(repair.range) }
    spoiled += repair.spoilsToo
    return changed
  }

  func isSpoiled(_ range: Range<Int>) -> Bool { spoiled.contains { $0.overlaps(range) } }
}
