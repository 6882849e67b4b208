/// A picture that a scene asks for.
public struct PictureRequest: Hashable, Sendable {
  public enum Kind: Hashable, Sendable {
    /// A still or an animation.
    case image
    /// Stills one after another, as `shots/*.png`, so many a second.
    case images(fps: Double)
    case video
  }

  public var kind: Kind
  /// Leads from the scene's folder and stays inside it.
  public var path: String
  /// Seconds at which the first frame is that is shown: where its subject is looked for.
  public var first = 0.0
  /// A picture that is bright where the subject is, in place of what is found.
  public var mask: String?
  /// Whether each of its frames is to be measured.
  public var isMeasured = false
}

/// Why an input could not be read: one line, lower case, that names the file.
public struct InputFailure: Error, Sendable {
  public var message: String

  public init(message: String) { self.message = message }
}

/// Opens a picture and looks at it.
public typealias InputReader = @Sendable (PictureRequest) -> Result<PictureFacts, InputFailure>

/// An entry of `inputs:` that shows a picture, with how its time runs.
public struct CheckedPicture: Hashable, Sendable {
  public enum Clock: String, Hashable, Sendable, CaseIterable { case segment, video }

  public var input: PictureInput
  public var facts: PictureFacts
  /// Seconds of the input that are shown, from and to.
  public var from: Double
  public var to: Double
  /// Seconds of the input per second of the clock; below 0 it runs backwards.
  public var speed: Double
  public var loops: Bool
  public var clock: Clock

  /// Seconds until all is shown once; 0 for a still and for one that stands.
  public var duration: Double { speed == 0 ? 0 : (to - from) / abs(speed) }
}

extension Analyzer {
  private static let kinds = ["image", "images", "video", "lyrics", "narration", "lut"]

  /// `inputs: {clip: {video: clip.mp4}}`.
  func readInputs(_ entry: YAMLEntry?) {
    guard let entry, let items = mapping(entry.value, as: "inputs") else { return }
    for item in items {
      expectUsable(item.key, at: item.keySpan)
      if let earlier = inputSpans.updateValue(item.keySpan, forKey: Name.folded(item.key)) {
        report(.definedTwice(item.key, item.keySpan, earlier))
      } else {
        readInput(item)
      }
    }
  }

  private func readInput(_ item: YAMLEntry) {
    guard let keys = read(item.value, as: "an input", keys: KeyTable.input.names) else { return }
    let sources = Self.kinds.compactMap { keys[$0] }
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
    case "lyrics": lyrics[name] = readLyrics(source, keys)
    case "lut": lookups[name] = readLookup(source.value)
    default: pictures[name] = readPicture(source, keys)
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
    guard let path = inputPath(source.value) else { return nil }
    var mask: String?
    if let entry = keys["subject"] {
      guard let path = inputPath(entry.value) else { return nil }
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
      inputPaths += [path] + (mask.map { [$0] } ?? [])
      pictureRequests[facts.content] = request
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

  /// A path inside of the scene's folder; nil after a report.
  func inputPath(_ node: YAMLNode) -> String? {
    guard let path = scalar(node, as: "the path of a file")?.text else { return nil }
    if path.hasPrefix("/") || path.split(separator: "/").contains("..") {
      report(.pathOutside(path, node.span))
      return nil
    }
    return path
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

  // MARK: Members

  /// Whether `path` begins with the name of an input.
  func isInput(_ path: [Name], in scope: Scope) -> Bool {
    inputSpans[path[0].key] != nil && scope.module.imports[path[0].key] == nil && scope.find(path[0].key) == nil
  }

  /// `clip.luma`, `clip.color`, `clip.gradient`, `clip.end`.
  func inputMember(_ path: [Name], _ span: Span) -> TypedExpression {
    usedInputs.insert(path[0].key)
    if let table = lookups[path[0].key] {
      if path.count > 1 {
        report(.memberOfLookup(path[0], path[1]))
        return .invalid(span)
      }
      return TypedExpression(.lookup(table), type: .lut, rate: .constant, span: span)
    }
    // An input that cannot be read is reported at its own line.
    guard let picture = pictures[path[0].key] else {
      if let words = lyrics[path[0].key] {
        if path.count == 2, path[1].key == "end" { return .number(words.end, .time, span: span) }
        report(.wordsAsPicture(path[0]))
      }
      return .invalid(span)
    }
    guard path.count == 2 else {
      report(.memberOfInput(path[0], path.count > 2 ? path[2] : nil, span))
      return .invalid(span)
    }
    func channel(_ channel: PictureChannel) -> TypedExpression {
      TypedExpression(.picture(picture, channel), rate: .cell, span: span)
    }
    switch path[1].key {
    case "color":
      return TypedExpression(
        .rgb(channel(.red), channel(.green), channel(.blue)), type: .color, rate: .cell, span: span)
    case "gradient":
      return TypedExpression(.gradient(picture.facts.gradient, at: nil), type: .gradient, rate: .cell, span: span)
    case "end": return .number(picture.duration, .time, span: span)
    default:
      if let feature = PictureFeature(rawValue: path[1].key) { return measured(picture, feature, span) }
      if let known = PictureChannel(rawValue: path[1].key) {
        if known == .subject, picture.facts.subject == nil {
          report(.noSubject(path[0], span))
          return .invalid(span)
        }
        return channel(known)
      }
      report(.noMember(path[1], of: path[0]))
      return .invalid(span)
    }
  }

  /// `clip.brightness`: the frames are measured when the first of these is asked for, since all have to be decoded.
  private func measured(_ picture: CheckedPicture, _ feature: PictureFeature, _ span: Span) -> TypedExpression {
    let content = picture.facts.content
    if pictureCurves[content] == nil, var request = pictureRequests[content] {
      request.isMeasured = true
      switch inputReader(request) {
      case .failure(let failure): report(Diagnostic("unreadable_file", failure.message, at: span))
      case .success(let facts): pictureCurves[content] = facts.curves
      }
    }
    guard let curve = pictureCurves[content]?[feature] else { return .invalid(span) }
    return TypedExpression(.measured(picture, curve), rate: .frame, span: span)
  }

  /// The first moving picture that an expression reads, through names too.
  func movingPicture(in expression: TypedExpression) -> Bool {
    switch expression.kind {
    case .picture(let picture, _), .measured(let picture, _): return picture.facts.isMoving
    case .binding(let id): return fact(\.showsMovingPicture, of: id, none: false) { movingPicture(in: $0) }
    case .field(let id, let arguments):
      if fact(\.fieldShowsMovingPicture, of: id, none: false, { movingPicture(in: $0) }) { return true }
      return arguments.contains { movingPicture(in: $0) }
    default: return expression.parts.contains { movingPicture(in: $0) }
    }
  }
}

extension PictureFacts {
  /// Its colours from the darkest to the lightest at equal steps.
  var gradient: Gradient {
    let colors = colors.count > 1 ? colors : [RGB(0, 0, 0), colors[0]]
    let stops = colors.enumerated().map { index, color in
      Gradient.Stop(position: Double(index) / Double(colors.count - 1), color: color)
    }
    return Gradient(stops: stops, space: .oklab)
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

  fileprivate static func memberOfLookup(_ name: Name, _ member: Name) -> Diagnostic {
    Diagnostic(
      "unknown_name", "`\(name.text)` is a table of colours and has nothing called `\(member.text)`", at: member.span,
      help: "a look uses it whole: `- lut: \(name.text)`")
  }

  fileprivate static func wordsAsPicture(_ name: Name) -> Diagnostic {
    Diagnostic(
      "unknown_name", "`\(name.text)` holds words, which a layer shows", at: name.span,
      help: "as in `- lyrics: \(name.text)`")
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

  static var inputMembers: [String] {
    PictureChannel.allCases.map(\.rawValue) + PictureFeature.allCases.map(\.rawValue) + ["color", "gradient", "end"]
  }

  fileprivate static func memberOfInput(_ name: Name, _ extra: Name?, _ span: Span) -> Diagnostic {
    Diagnostic(
      "unknown_name", "`\(name.text)` is an input: say what of it is read", at: extra?.span ?? span,
      help: "as in `\(name.text).luma`; there are \(list(inputMembers.sorted()))")
  }

  fileprivate static func noSubject(_ name: Name, _ span: Span) -> Diagnostic {
    Diagnostic(
      "unknown_name", "`\(name.text)` is a sequence of stills, in which no subject is looked for", at: span,
      help: "name one of them as an input of its own, `{image: …}`")
  }

  fileprivate static func noMember(_ name: Name, of input: Name) -> Diagnostic {
    Diagnostic(
      "unknown_name", "`\(input.text)` has nothing called `\(name.text)`", at: name.span,
      caret: didYouMean(name.text, among: inputMembers), help: "it has \(list(inputMembers.sorted()))",
      edit: replacement(name.text, among: inputMembers, at: name.span))
  }

  static func movingAtManyTimes(_ time: TypedExpression) -> Diagnostic {
    Diagnostic(
      "wrong_rate", "a moving picture is read at one time per frame, but this changes per \(time.rate.rawValue)",
      at: time.span)
  }
}
