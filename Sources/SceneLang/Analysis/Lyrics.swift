/// Words with times: read from a file or from the scene itself, and the layers that show them.
extension Analyzer {
  /// `words: {lyrics: song.srt, start: 2s}` or `words: {lyrics: [{from: 1s, to: 3s, text: Hello}]}`.
  func readLyrics(_ source: YAMLEntry, _ keys: [String: YAMLEntry]) -> CheckedWords? {
    let start = number("start", of: keys, .input) ?? 0
    let cues: [TextCue]?
    if case .sequence(let items) = source.value.content {
      cues = items.compactMap { cue($0) }.sorted { $0.start < $1.start }
    } else {
      cues = fileCues(source.value)
    }
    return cues.map { cues in
      let moved = cues.compactMap { $0.moved(by: start) }
      if moved.isEmpty, !cues.isEmpty, let entry = keys["start"] { report(.wordsBeforeTheVideo(entry.value.span)) }
      return CheckedWords(cues: moved, end: max(0, start + (cues.map(\.end).max() ?? 0)))
    }
  }

  private func cue(_ item: YAMLNode) -> TextCue? {
    guard let keys = read(item, as: "a cue", keys: KeyTable.cue.names, required: ["from", "to", "text"]),
      let from = number("from", of: keys, .cue), let to = number("to", of: keys, .cue),
      let words = keys["text"].flatMap({ text($0.value, in: makeBareScope()) })
    else { return nil }
    guard from < to else {
      report(.badCue("the cue ends before it begins", keys["to"]!.value.span))
      return nil
    }
    guard !TextCue.words(of: words).isEmpty else {
      report(.badCue("the cue has no words", keys["text"]!.value.span))
      return nil
    }
    return TextCue(text: words, start: from, end: to)
  }

  private func fileCues(_ node: YAMLNode) -> [TextCue]? {
    guard let path = insidePath(node, as: "the path of a file of words") else { return nil }
    switch importer(path) {
    case .failure(let failure):
      report(Diagnostic("unreadable_file", "cannot read `\(path)`: \(failure.reason)", at: node.span))
      return nil
    case .success(let bytes):
      guard let file = CueFile(bytes) else {
        report(.notUTF8(path, node.span))
        return nil
      }
      inputs.paths.append(path)
      // SAFETY: of a file that is something else, and maybe private, nothing is shown.
      guard file.hasTimes else {
        report(.noCues(path, node.span))
        return nil
      }
      let id = sources.add(path: folder + path, bytes: bytes)
      for fault in file.faults {
        report(.badCue(fault.message, Span(file: id, start: fault.place.lowerBound, end: fault.place.upperBound)))
      }
      if file.cues.isEmpty {
        report(.noCues(path, node.span))
        return nil
      }
      return file.cues
    }
  }

  /// A layer with `lyrics: words`: its cues as texts, each on its own time.
  func lyrics(_ keys: inout LayerKeys, _ source: ScopedEntry) -> CheckedText? {
    let node = source.value
    guard let name = scalar(node, as: "the name of an input").map({ Name($0.text, span: node.span) }) else {
      return nil
    }
    inputs.used.insert(name.key)
    guard inputs.spans[name.key] != nil else {
      report(.noLyrics(name, Array(inputs.words.keys)))
      return nil
    }
    guard let cues = inputs.words[name.key]?.cues else {
      // An input that cannot be read is reported at its own line.
      if inputs.pictures[name.key] != nil || inputs.tables[name.key] != nil {
        report(.noLyrics(name, Array(inputs.words.keys)))
      }
      return nil
    }
    guard var text = layout(&keys, at: node.span) else { return nil }
    // Where a film has its subtitles.
    if keys.own["position"] == nil { text.v = .number(0.8, span: node.span) }
    text.wrap = text.wrap ?? (keys.find("grid") == nil ? Self.lyricsWrap : nil)
    shownCharacters[node.span] = .cues(cues)
    text.cues = cues.parted()
    return text
  }
}

extension Diagnostic {
  /// The rest of the words is shown all the same.
  fileprivate static func badCue(_ message: String, _ span: Span) -> Diagnostic {
    Diagnostic("bad_cue", .warning, message, at: span, help: "it is left out")
  }

  fileprivate static func wordsBeforeTheVideo(_ span: Span) -> Diagnostic {
    Diagnostic("out_of_range", "all words are gone before the video begins", at: span)
  }

  fileprivate static func notUTF8(_ path: String, _ span: Span) -> Diagnostic {
    Diagnostic(
      "unreadable_file", "`\(path)` is no text in UTF-8", at: span,
      help: "save it as UTF-8, as by `iconv -f latin1 -t utf-8 old.srt > new.srt`")
  }

  fileprivate static func noCues(_ path: String, _ span: Span) -> Diagnostic {
    Diagnostic(
      "unreadable_file", "`\(path)` holds no words with times", at: span,
      help: "there are SubRip (.srt), WebVTT (.vtt) and LRC (.lrc)")
  }

  fileprivate static func noLyrics(_ name: Name, _ known: [String]) -> Diagnostic {
    Diagnostic(
      "unknown_name", "no words are called `\(name.text)`", at: name.span, caret: didYouMean(name.text, among: known),
      help: name.text.contains(".")
        ? "words are named at the top: `inputs: {words: {lyrics: \(name.text)}}`, `lyrics: words`"
        : "words are named at the top: `inputs: {\(name.text): {lyrics: song.srt}}`",
      edit: replacement(name.text, among: known, at: name.span))
  }
}
