/// Words that are shown for a while.
public struct TextCue: Hashable, Sendable {
  /// Words, single blanks between them, in one line or more; never empty.
  public var text: String
  /// Seconds of the video: shown from `start` on, gone at `end`.
  public var start: Double
  public var end: Double
  /// When each word begins to be sung or said, in seconds of the video, ascending; and when the last is over, if that is known.
  public var wordTimes: [Double]

  /// `wordTimes`: nil gives each word its share of the time by its length. Precondition: some words, `start` before `end`.
  public init(text: String, start: Double, end: Double, wordTimes: [Double]? = nil) {
    let words = Self.words(of: text)
    precondition(!words.isEmpty && start < end, "a cue has words and lasts")
    self.text = text.split(whereSeparator: \.isNewline).map { Self.words(of: String($0)).joined(separator: " ") }
      .filter { !$0.isEmpty }.joined(separator: "\n")
    self.start = start
    self.end = end
    if let wordTimes {
      precondition((words.count...words.count + 1).contains(wordTimes.count), "a time for each word")
      self.wordTimes = wordTimes
    } else {
      let lengths = words.map { Double($0.unicodeScalars.count + 1) }
      let total = lengths.reduce(0, +)
      var before = 0.0
      self.wordTimes = lengths.map { length in
        defer { before += length }
        return start + (end - start) * before / total
      }
    }
  }

  /// The frames that show it: it begins and ends with those that are nearest, halves up, as cuts do.
  public func frames(at fps: FrameRate) -> Range<Int> {
    func frame(_ seconds: Double) -> Int { Int((seconds * fps.value + 0.5).rounded(.down)) }
    return frame(start)..<frame(end)
  }

  /// The words of a text: what stands between spaces and line ends.
  static func words(of text: String) -> [Substring] { text.split { $0.isWhitespace } }

  /// The cue `seconds` later; nil if it is gone before the video begins.
  func moved(by seconds: Double) -> TextCue? {
    guard end + seconds > 0 else { return nil }
    return TextCue(
      text: text, start: max(0, start + seconds), end: end + seconds, wordTimes: wordTimes.map { $0 + seconds })
  }
}

extension [TextCue] {
  /// Seconds that a cue runs into the next one in many a file, where nobody means the two to be read together.
  static let touch = 0.25

  /// The same, in which one that runs into a later one by less than `touch` ends where that begins. Precondition: by their
  /// beginning.
  func parted() -> [TextCue] {
    indices.map { index in
      var cue = self[index]
      let later = self[(index + 1)...].first { $0.start > Swift.max(cue.start, cue.end - Self.touch) }
      if let later { cue.end = Swift.min(cue.end, later.start) }
      return cue
    }
  }
}
