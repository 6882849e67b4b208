/// What a file of timed words holds: SubRip, WebVTT or LRC, told apart by what they say.
struct CueFile: Hashable {
  /// Something that is no cue.
  struct Fault: Hashable {
    /// UTF-8 offsets in the file.
    var place: Range<Int>
    /// One line, lower case.
    var message: String
  }

  /// By their beginning.
  var cues: [TextCue] = []
  var faults: [Fault] = []
  /// Whether a line has times at all: else it is hardly a file of words.
  let hasTimes: Bool

  static let mostCues = 20_000

  /// Nil for what is no text in UTF-8. A byte order mark and any line ends are fine.
  init?(_ bytes: [UInt8]) {
    guard String(validating: bytes, as: UTF8.self) != nil else { return nil }
    let lines = CueLine.lines(of: bytes)
    let isTimed = lines.contains(where: \.isTiming)
    let isLyrics = !isTimed && lines.contains { LyricLine.stamp($0.text[...]) != nil }
    hasTimes = isTimed || isLyrics
    if isLyrics {
      readLyrics(lines)
    } else {
      readSubtitles(lines)
    }
    cues.sort { $0.start < $1.start }
  }

  mutating func fault(_ message: String, _ line: CueLine) { faults.append(Fault(place: line.place, message: message)) }
}

/// A line of a file, without the spaces around it.
struct CueLine: Hashable {
  var text: String
  /// UTF-8 offsets in the file.
  var place: Range<Int>

  /// Whether it says from when to when, in subtitles.
  var isTiming: Bool { text.contains("-->") }

  static func lines(of bytes: [UInt8]) -> [CueLine] {
    var lines: [CueLine] = []
    var start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? bytes.count
      var (low, high) = (start, end)
      while low < high, bytes[low] == 0x20 || bytes[low] == 0x09 { low += 1 }
      while high > low, bytes[high - 1] == 0x20 || bytes[high - 1] == 0x09 { high -= 1 }
      lines.append(CueLine(text: String(decoding: bytes[low..<high], as: UTF8.self), place: low..<high))
      let isPair = end + 1 < bytes.count && bytes[end] == 0x0D && bytes[end + 1] == 0x0A
      start = end + (isPair ? 2 : 1)
    }
    return lines
  }
}

/// Times as subtitles write them.
enum CueTime {
  /// Seconds of `1:02:03,5`, `02:03.45` or `3.4`, with a comma or a point; nil for anything else.
  static func seconds(_ text: Substring) -> Double? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard (2...3).contains(parts.count) else { return nil }
    var seconds = 0.0
    for part in parts.dropLast() {
      guard (1...3).contains(part.count), let whole = number(part) else { return nil }
      seconds = (seconds + whole) * 60
    }
    let last = parts[parts.count - 1].split(separator: ".", omittingEmptySubsequences: false).flatMap {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
    guard (1...2).contains(last.count), let whole = number(last[0]), whole < 60 else { return nil }
    guard last.count == 2 else { return seconds + whole }
    guard (1...6).contains(last[1].count), let share = number(last[1]) else { return nil }
    return seconds + whole + share / ScalarMath.pow(10, Double(last[1].count))
  }

  /// Digits only: no sign, no spaces.
  private static func number(_ text: Substring) -> Double? {
    text.utf8.isEmpty || text.utf8.contains { !(48...57).contains($0) } ? nil : Double(text)
  }
}

/// Words with times between them.
struct TimedWords {
  private(set) var text = ""
  /// When the words from there on begin: the number of words before, and seconds.
  private(set) var marks: [(word: Int, time: Double)] = []

  mutating func add(_ piece: some StringProtocol) { text += piece }
  mutating func mark(_ time: Double) { marks.append((TextCue.words(of: text).count, time)) }

  /// Nil without words or time. Words between two marks share the time between them.
  func cue(from start: Double, to end: Double) -> TextCue? {
    let words = TextCue.words(of: text)
    guard !words.isEmpty, start < end else { return nil }
    let inside = marks.filter { $0.word < words.count && $0.time >= start && $0.time < end }
    guard !inside.isEmpty, zip(inside, inside.dropFirst()).allSatisfy({ $0.time <= $1.time }) else {
      return TextCue(text: text, start: start, end: end)
    }
    // A mark behind the last word says when that is over.
    let over = marks.last { $0.word == words.count && $0.time >= inside[inside.count - 1].time && $0.time < end }?.time
    let last = (word: words.count, time: over ?? end)
    let anchors = (inside[0].word == 0 ? [] : [(word: 0, time: start)]) + inside + [last]
    var times: [Double] = []
    for (anchor, next) in zip(anchors, anchors.dropFirst()) where next.word > anchor.word {
      let count = next.word - anchor.word
      for word in 0..<count { times.append(anchor.time + (next.time - anchor.time) * Double(word) / Double(count)) }
    }
    return TextCue(text: text, start: start, end: end, wordTimes: times + (over.map { [$0] } ?? []))
  }
}
