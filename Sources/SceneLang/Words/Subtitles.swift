/// SubRip and WebVTT: blocks between empty lines, each with a line of two times and lines of words.
extension CueFile {
  mutating func readSubtitles(_ lines: [CueLine]) {
    var block: [CueLine] = []
    for line in lines + [CueLine(text: "", place: 0..<0)] {
      if line.isTiming, block.contains(where: \.isTiming) {
        // The empty line before it is missing; the number of the cue, if it has one, stands before its times.
        let number = block.last.flatMap { $0.text.allSatisfy(\.isNumber) ? $0 : nil }
        readBlock(number == nil ? block : Array(block.dropLast()))
        block = [number, line].compactMap { $0 }
      } else if !line.text.isEmpty {
        block.append(line)
      } else if !block.isEmpty {
        readBlock(block)
        block = []
      }
    }
  }

  /// Blocks of WebVTT that are no cues.
  private static let others = ["WEBVTT", "NOTE", "STYLE", "REGION"]

  private mutating func readBlock(_ block: [CueLine]) {
    guard let timing = block.firstIndex(where: \.isTiming) else {
      let word = block[0].text.prefix { !$0.isWhitespace && $0 != ":" }
      if !Self.others.contains(String(word)) { fault("a cue needs a line such as `00:01,000 --> 00:03,500`", block[0]) }
      return
    }
    let line = block[timing]
    guard cues.count < Self.mostCues else { return fault("there are more than \(Self.mostCues) cues", line) }
    guard let arrow = line.text.firstRange(of: "-->") else { return }
    let before = line.text[..<arrow.lowerBound].split { $0.isWhitespace }
    // Settings may follow the second time.
    let after = line.text[arrow.upperBound...].split { $0.isWhitespace }
    guard before.count == 1, let start = CueTime.seconds(before[0]), let end = after.first.flatMap(CueTime.seconds)
    else {
      return fault("expected two times, as in `00:01,000 --> 00:03,500`", line)
    }
    guard start < end else { return fault("the cue ends before it begins", line) }
    var words = TimedWords()
    for (index, text) in block[(timing + 1)...].enumerated() {
      if index > 0 { words.add(" ") }
      Self.read(text.text, into: &words)
    }
    guard let cue = words.cue(from: start, to: end) else { return fault("the cue has no words", line) }
    cues.append(cue)
  }

  /// Words without their tags; a time in a tag is when the next word begins.
  private static func read(_ text: String, into words: inout TimedWords) {
    var rest = text[...]
    while let character = rest.first {
      if let tag = tag(at: rest) {
        if let time = CueTime.seconds(tag) { words.mark(time) }
        rest = rest[tag.endIndex...].dropFirst()
      } else if character == "&", let (name, meaning) = entities.first(where: { rest.hasPrefix($0.0) }) {
        words.add(meaning)
        rest = rest.dropFirst(name.count)
      } else {
        words.add(String(character))
        rest = rest.dropFirst()
      }
    }
  }

  /// What stands between the brackets of a tag at the beginning of a text; nil for a bracket that is one of the words.
  static func tag(at text: Substring) -> Substring? {
    let inside = text.dropFirst()
    switch text.first {
    case "{": return inside.first == "\\" ? inside.firstIndex(of: "}").map { inside[..<$0] } : nil
    case "<":
      guard let tag = inside.firstIndex(of: ">").map({ inside[..<$0] }), let first = tag.first else { return nil }
      return first.isLetter || first == "/" || CueTime.seconds(tag) != nil ? tag : nil
    default: return nil
    }
  }

  private static let entities = [
    ("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"), ("&nbsp;", " "), ("&quot;", "\""), ("&#39;", "'"),
  ]
}
