/// One line to be said aloud.
public struct SpeechRequest: Hashable, Sendable {
  public var text: String
  /// A language or a voice of the synthesiser: letters, digits, `-`, `_` and `+`.
  public var voice: String
  /// Words a minute.
  public var pace: Int
}

/// A line that was said: a sound file of ours.
public struct Speech: Hashable, Sendable {
  /// Absolute.
  public var path: String
  /// Seconds.
  public var duration: Double

  public init(path: String, duration: Double) {
    self.path = path
    self.duration = duration
  }
}

/// Says a line aloud.
public typealias SpeechReader = @Sendable (SpeechRequest) -> Result<Speech, InputFailure>

/// Words with the time at which all of them are over, in seconds of the video.
struct CheckedWords {
  var cues: [TextCue]
  var end: Double
}

/// Narrations: lines that are shown while they are said, or for as long as saying them takes.
extension Analyzer {
  /// A line as it is shown and as it is said.
  private struct Line {
    var shown: String
    var said: String
    var span: Span
  }

  /// `quotes: {narration: [Hello, {text: "12 km", say: twelve kilometres}], pace: 150}`. Read before the sound, to whose
  /// tracks what is said belongs.
  func readNarrations(_ entry: YAMLEntry?) {
    guard let entry, case .mapping(let items) = entry.value.content else { return }
    for item in items {
      guard case .mapping(let entries) = item.value.content else { continue }
      let keys = Dictionary(entries.map { (Name.folded($0.key), $0) }) { first, _ in first }
      if let source = keys["narration"] { inputs.words[Name.folded(item.key)] = readNarration(source, keys) }
    }
  }

  private func readNarration(_ source: YAMLEntry, _ keys: [String: YAMLEntry]) -> CheckedWords? {
    var layout = NarrationLayout()
    let start = Slot("`start` of a narration", .number, .time, rate: .constant, in: 0...Self.longest)
    if let intro = keys["start"].flatMap({ number($0, in: start) }) { layout.intro = intro }
    if let outro = number("outro", of: keys, .input) { layout.outro = outro }
    layout.length = number("length", of: keys, .input)
    let pace = number("pace", of: keys, .input) ?? 160
    let duck = number("duck", of: keys, .input) ?? 0.4
    guard let voice = voice(keys["voice"]), let items = sequence(source.value, as: "a list of lines") else {
      return nil
    }
    let lines = items.map { line($0) }
    guard !lines.isEmpty, lines.allSatisfy({ $0 != nil }) else {
      if lines.isEmpty { report(.noLines(source)) }
      return nil
    }
    var speeches: [Speech?] = []
    for line in lines.compactMap({ $0 }) {
      switch speechReader?(SpeechRequest(text: line.said, voice: voice, pace: Int(pace))) {
      case .failure(let failure):
        report(Diagnostic("unreadable_file", failure.message, at: line.span))
        return nil
      case .success(let speech): speeches.append(speech)
      case nil: speeches.append(nil)
      }
    }
    let spoken = zip(lines, speeches).map { $1?.duration ?? NarrationLayout.duration(of: $0!.said, pace: pace) }
    let (places, end) = layout.places(of: spoken)
    for (speech, place) in zip(speeches, places) {
      guard let speech else { continue }
      var track = AudioTrack(path: speech.path)
      (track.start, track.duck) = (place.lowerBound, duck)
      inputs.speeches.append((track, source.value.span))
    }
    let cues = zip(lines, places).map { TextCue(text: $0!.shown, start: $1.lowerBound, end: $1.upperBound) }
    return CheckedWords(cues: cues, end: end)
  }

  private func line(_ node: YAMLNode) -> Line? {
    guard case .mapping = node.content else {
      return text(node, in: makeBareScope()).flatMap { line($0, said: $0, node.span) }
    }
    guard let keys = read(node, as: "a line", keys: KeyTable.spokenLine.names, required: ["text"]),
      let shown = keys["text"].flatMap({ text($0.value, in: makeBareScope()) })
    else { return nil }
    guard let entry = keys["say"] else { return line(shown, said: shown, node.span) }
    return text(entry.value, in: makeBareScope()).flatMap { line(shown, said: $0, node.span) }
  }

  private func line(_ shown: String, said: String, _ span: Span) -> Line? {
    guard !TextCue.words(of: shown).isEmpty, !TextCue.words(of: said).isEmpty else {
      report(.lineWithoutWords(span))
      return nil
    }
    return Line(shown: shown, said: said, span: span)
  }

  /// SAFETY: a voice becomes an argument of a program, so it can name neither an option nor a file.
  private func voice(_ entry: YAMLEntry?) -> String? {
    guard let entry else { return "en" }
    guard let text = scalar(entry.value, as: "the name of a voice")?.text else { return nil }
    let isName = text.utf8.allSatisfy { byte in
      (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte) || "-_+".utf8.contains(byte)
    }
    guard isName, (1...32).contains(text.utf8.count), text.first?.isLetter == true else {
      report(.noVoice(text, entry.value.span))
      return nil
    }
    return text
  }
}

extension Diagnostic {
  fileprivate static func noLines(_ source: YAMLEntry) -> Diagnostic {
    Diagnostic("missing_key", "a narration has lines", at: source.keySpan, help: "as in `narration: [Hello]`")
  }

  fileprivate static func lineWithoutWords(_ span: Span) -> Diagnostic {
    Diagnostic("wrong_type", "expected words, and this line has none", at: span)
  }

  fileprivate static func noVoice(_ text: String, _ span: Span) -> Diagnostic {
    Diagnostic(
      "wrong_type", "`\(text)` names no voice", at: span,
      help: "a language or a voice of espeak-ng, such as `en`, `de` or `en-us+f3`")
  }
}
