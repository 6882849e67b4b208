/// LRC: lines of words behind their times, `[00:12.34] words`, with the times of words as `<00:12.80>`.
extension CueFile {
  /// Seconds that a line stays for which no next one says when it goes.
  private static let longestLine = 8.0

  mutating func readLyrics(_ lines: [CueLine]) {
    var found: [(time: Double, words: TimedWords)] = []
    var offset = 0.0
    for line in lines where !line.text.isEmpty {
      if let value = LyricLine.tag("offset", line.text) {
        guard let milliseconds = Double(value) else {
          fault("expected milliseconds, as in `[offset:200]`", line)
          continue
        }
        // A positive offset brings the words sooner.
        offset = -milliseconds / 1000
      } else if LyricLine.isTag(line.text) {
        continue
      } else if let read = LyricLine(line.text) {
        guard found.count < Self.mostCues else { return fault("there are more than \(Self.mostCues) lines", line) }
        for time in read.times { found.append((time, read.words(at: time))) }
      } else {
        fault("expected a time before the words, as in `[00:12.34] words`", line)
      }
    }
    found.sort { $0.time < $1.time }
    for (index, line) in found.enumerated() {
      let next = found[index...].first { $0.time > line.time }?.time ?? .infinity
      if let cue = line.words.cue(from: line.time, to: min(next, line.time + Self.longestLine)) {
        if let moved = cue.moved(by: offset) { cues.append(moved) }
      }
    }
  }
}

/// One line of words with the times at which it is sung.
struct LyricLine {
  var times: [Double]
  private var text: Substring

  /// Nil for a line that has no time, or one that is none as LRC writes them.
  init?(_ line: String) {
    var rest = line[...]
    times = []
    while let (time, after) = Self.stamp(rest) {
      times.append(time)
      rest = after.drop { $0 == " " }
    }
    if times.isEmpty || rest.first == "[" && rest.dropFirst().first?.isNumber == true { return nil }
    text = rest
  }

  /// The words; times between them belong to the first singing and move along with the others.
  func words(at time: Double) -> TimedWords {
    var words = TimedWords()
    var rest = text
    while let character = rest.first {
      if character == "<", let end = rest.firstIndex(of: ">"),
        let mark = Self.seconds(rest[rest.index(after: rest.startIndex)..<end])
      {
        words.mark(mark + time - times[0])
        rest = rest[rest.index(after: end)...]
      } else if let tag = CueFile.tag(at: rest), CueTime.seconds(tag) == nil {
        rest = rest[tag.endIndex...].dropFirst()
      } else {
        words.add(String(character))
        rest = rest.dropFirst()
      }
    }
    return words
  }

  /// The time at the beginning of a line and what follows it.
  static func stamp(_ text: Substring) -> (time: Double, rest: Substring)? {
    guard text.first == "[", let end = text.firstIndex(of: "]"),
      let time = seconds(text[text.index(after: text.startIndex)..<end])
    else { return nil }
    return (time, text[text.index(after: end)...])
  }

  /// Minutes and seconds, `12:34.5`: of three numbers nobody knows whether the first are hours or the last hundredths.
  private static func seconds(_ text: Substring) -> Double? {
    text.split(separator: ":", omittingEmptySubsequences: false).count == 2 ? CueTime.seconds(text) : nil
  }

  /// `[ar: somebody]`: what is said of the song.
  static func isTag(_ line: String) -> Bool {
    guard line.first == "[", line.last == "]", let colon = line.firstIndex(of: ":") else { return false }
    let name = line[line.index(after: line.startIndex)..<colon]
    return !name.isEmpty && name.allSatisfy { $0.isLetter || $0 == "#" }
  }

  /// What a tag of that name says.
  static func tag(_ name: String, _ line: String) -> String? {
    guard isTag(line), let colon = line.firstIndex(of: ":"),
      line[line.index(after: line.startIndex)..<colon].lowercased() == name
    else { return nil }
    return String(line[line.index(after: colon)...].dropLast().filter { !$0.isWhitespace })
  }
}
