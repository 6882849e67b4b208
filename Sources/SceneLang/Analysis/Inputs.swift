/// The section `inputs:`: pictures, words with times, tables of colors.
extension Analyzer {
  /// `inputs: {clip: {video: clip.mp4}}`.
  func readInputs(_ entry: YAMLEntry?) {
    guard let entry, let items = mapping(entry.value, as: "inputs") else { return }
    for item in items {
      expectUsable(item.key, at: item.keySpan)
      if let earlier = inputs.spans.updateValue(item.keySpan, forKey: Name.folded(item.key)) {
        report(.definedTwice(item.key, item.keySpan, earlier))
      } else {
        readInput(item)
      }
    }
  }

  private func readInput(_ item: YAMLEntry) {
    guard let keys = read(item.value, as: "an input", keys: KeyTable.input.names) else { return }
    let sources = KeyTable.input.oneOf.compactMap { keys[$0] }
    guard let source = sources.first, sources.count == 1 else {
      report(sources.isEmpty ? .inputWithoutFile(item) : .twoFiles(sources[1], sources[0]))
      return
    }
    let (name, kind) = (Name.folded(item.key), Name.folded(source.key))
    let allowed = Self.keys(of: kind)
    if let odd = keys.filter({ !allowed.contains($0.key) }).values.min(by: { $0.keySpan.start < $1.keySpan.start }) {
      report(.notForInput(odd, source))
    }
    switch kind {
    case "narration": break  // Read before the sound.
    case "lyrics": inputs.words[name] = readLyrics(source, keys)
    case "lut": inputs.tables[name] = readLookup(source.value)
    default: inputs.pictures[name] = readPicture(source, keys)
    }
  }

  private static func keys(of kind: String) -> [String] {
    switch kind {
    case "lyrics": ["lyrics", "start"]
    case "narration": KeyTable.narrationKeys + ["narration"]
    case "lut": ["lut"]
    default: KeyTable.pictureKeys + [kind]
    }
  }

  private func readPicture(_ source: YAMLEntry, _ keys: [String: YAMLEntry]) -> CheckedPicture? {
    guard let path = insidePath(source.value, as: "the path of a file") else { return nil }
    var mask: String?
    if let entry = keys["subject"] {
      guard let path = insidePath(entry.value, as: "the path of a file") else { return nil }
      mask = path
    }
    let name = Name.folded(source.key)
    if name != "images", let fps = keys["fps"] { report(.onlyForSequences(fps)) }
    let kind: PictureRequest.Kind
    switch name {
    case "image": kind = .image
    case "images": kind = .images(fps: number("fps", of: keys, .input) ?? 12)
    default: kind = .video
    }
    // What is wrong with `from` is reported when the length is known.
    let first = keys["from"].flatMap { silently($0) } ?? 0
    let request = PictureRequest(kind: kind, path: path, first: first, mask: mask)
    switch inputReader(request) {
    case .failure(let failure):
      let culprit = keys["subject"].flatMap { isReadableWithoutMask(request) ? $0 : nil } ?? source
      report(Diagnostic("unreadable_file", failure.message, at: culprit.value.span))
      return nil
    case .success(let facts):
      if kind == .image && facts.isFilm || kind == .video && !facts.isFilm && !facts.isMoving {
        report(.wrongKind(path, source, isFilm: facts.isFilm))
        return nil
      }
      inputs.paths += [path] + (mask.map { [$0] } ?? [])
      inputs.requests[facts.content] = request
      return picture(facts, keys, loopsByDefault: name != "video")
    }
  }

  /// Whether a picture that cannot be read can be without its mask, which then is what is wrong.
  private func isReadableWithoutMask(_ request: PictureRequest) -> Bool {
    var request = request
    request.mask = nil
    if case .success = inputReader(request) { return true }
    return false
  }

  /// Seconds that are written as a number of them; nil for any other value.
  private func silently(_ entry: YAMLEntry) -> Double? {
    guard case .scalar(let scalar) = entry.value.content, scalar.text.hasSuffix("s") else { return nil }
    let isMilliseconds = scalar.text.hasSuffix("ms")
    return Double(scalar.text.dropLast(isMilliseconds ? 2 : 1)).map { max(0, isMilliseconds ? $0 / 1000 : $0) }
  }

  private func picture(
    _ facts: PictureFacts, _ keys: [String: YAMLEntry], loopsByDefault: Bool
  ) -> CheckedPicture? {
    let fit = keys["fit"].flatMap { choice($0.value, as: "a fit", among: choices(PictureInput.Fit.self)) }
    if !facts.isMoving {
      for key in ["from", "to", "speed", "loop", "clock"] {
        if let entry = keys[key] { report(.onlyForMoving(entry)) }
      }
    }
    func time(_ key: String) -> Double? {
      var slot = Slot(key, of: .input)
      slot.range = 0...max(facts.duration, 0)
      return keys[key].flatMap { number($0, in: slot) }
    }
    let (from, to) = (time("from") ?? 0, time("to") ?? facts.duration)
    if facts.isMoving, to <= from, let entry = keys["to"] ?? keys["from"] {
      report(.nothingOfInput(entry))
      return nil
    }
    return CheckedPicture(
      input: PictureInput(
        content: facts.content, fit: fit ?? .cover, width: facts.width, height: facts.height, subject: facts.subject),
      facts: facts, from: from, to: to, speed: number("speed", of: keys, .input) ?? 1,
      loops: keys["loop"].flatMap { boolean($0.value, as: "true or false") } ?? loopsByDefault,
      clock: keys["clock"].flatMap { choice($0.value, as: "a clock", among: choices(CheckedPicture.Clock.self)) }
        ?? .segment)
  }
}

extension Diagnostic {
  fileprivate static func inputWithoutFile(_ item: YAMLEntry) -> Diagnostic {
    Diagnostic(
      "missing_key", "the input `\(item.key)` needs a file", at: item.keySpan,
      help: "as in `\(item.key): {video: clip.mp4}` or `\(item.key): {image: photo.jpg}`")
  }

  fileprivate static func twoFiles(_ second: YAMLEntry, _ first: YAMLEntry) -> Diagnostic {
    Diagnostic(
      "conflicting_keys", "an input is one of `image`, `images`, `video`, `lyrics`, `narration`, `lut`",
      at: second.keySpan, labels: [.init(first.keySpan, "the first is here")])
  }

  fileprivate static func wrongKind(_ path: String, _ source: YAMLEntry, isFilm: Bool) -> Diagnostic {
    Diagnostic(
      "unreadable_file", isFilm ? "`\(path)` is a video, no image" : "`\(path)` is a still, no video",
      at: source.value.span, help: isFilm ? "write `video: \(path)`" : "write `image: \(path)`")
  }

  fileprivate static func notForInput(_ entry: YAMLEntry, _ source: YAMLEntry) -> Diagnostic {
    Diagnostic(
      "unknown_key", "`\(entry.key)` is no key of an input with `\(source.key)`", at: entry.keySpan,
      labels: [.init(source.keySpan, "this says what it is")])
  }

  fileprivate static func onlyForSequences(_ entry: YAMLEntry) -> Diagnostic {
    Diagnostic(
      "unknown_key", "`\(entry.key)` is a key of `images`", at: entry.keySpan,
      help: "a video has a speed of its own; `speed: 2` doubles it")
  }

  fileprivate static func onlyForMoving(_ entry: YAMLEntry) -> Diagnostic {
    Diagnostic("unknown_key", "`\(entry.key)` is for what moves, and this is a still", at: entry.keySpan)
  }

  fileprivate static func nothingOfInput(_ entry: YAMLEntry) -> Diagnostic {
    Diagnostic("empty_range", "nothing of the input lies between `from` and `to`", at: entry.value.span)
  }
}
