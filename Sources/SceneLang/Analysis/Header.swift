/// The keys of a scene that hold for the whole video.
extension Analyzer {
  /// `video: {aspect, size, fps}` under the overrides of the command line.
  func readFormat(_ entry: YAMLEntry?) {
    let keys = entry.flatMap { read($0.value, as: "`video`", keys: KeyTable.video.names) } ?? [:]
    var aspect = (ratio: AspectRatio(16, 9), shorterSide: Int?.none)
    if let node = keys["aspect"]?.value { aspect = shape(node) ?? aspect }
    if let override = overrides.aspect { aspect = (override, nil) }
    var size = aspect.ratio.size(shorterSide: aspect.shorterSide ?? overrides.shorterSide)
    if let shape = keys["aspect"], let size = keys["size"] { report(.aspectAndSize(shape, size)) }
    if let node = keys["size"]?.value, let own = self.size(node), overrides.aspect == nil { size = own }
    if let exact = overrides.size { size = exact }
    var rate = overrides.presetFPS ?? FrameRate(24)
    if let node = keys["fps"]?.value, let own = frameRate(node) { (rate, ownRate) = (own, own) }
    if let exact = overrides.fps { rate = exact }
    format = PictureFormat(width: size.width, height: size.height, fps: rate)
  }

  /// Reports a size of `video:` with odd sides, or too short ones, which an output cannot have.
  func checkSides(_ video: YAMLEntry?, of outputs: [Output]) {
    guard overrides.size == nil, overrides.aspect == nil else { return }
    guard case .mapping(let entries)? = video?.value.content, let size = entries.first(where: { $0.key == "size" })
    else { return }
    if format.hasOddSide, let output = outputs.first(where: { $0.format.hasEvenSides && $0.width == nil }) {
      report(.oddSide(output.path, size.value.span))
    } else if let output = outputs.first(where: {
      $0.format == .mp4 && min(format.width, format.height) < $0.codec.shortestSide
    }) {
      report(.shortSide(output, size.value.span))
    }
  }

  /// A shape by its name. One that is written as a ratio is said in pixels.
  private func shape(_ node: YAMLNode) -> (ratio: AspectRatio, shorterSide: Int?)? {
    guard case .scalar(let scalar) = node.content, scalar.text.contains(":") else {
      return choice(node, as: "an aspect", among: AspectRatio.shapes)
    }
    report(.ratioAsAspect(scalar.text, node.span))
    return nil
  }

  private func size(_ node: YAMLNode) -> (width: Int, height: Int)? {
    guard let scalar = scalar(node, as: "a size such as 1920x1080") else { return nil }
    let parts = scalar.text.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let width = parts[0], let height = parts[1] else {
      report(.badSize(scalar.text, node.span))
      return nil
    }
    guard PictureFormat.allows(width: width, height: height) else {
      report(.sizeOutOfRange(node.span))
      return nil
    }
    return (width, height)
  }

  /// A whole number or a ratio such as 24000/1001, between 1 and 240.
  func frameRate(_ node: YAMLNode) -> FrameRate? {
    guard let scalar = scalar(node, as: "frames per second") else { return nil }
    guard let rate = FrameRate(scalar.text) else {
      report(.badFrameRate(scalar.text, node.span))
      return nil
    }
    if scalar.text.hasPrefix("0") { report(.leadingZero(scalar.text, at: node.span)) }
    return rate
  }

  /// Beats per minute: `120` or `120bpm`. Without one, audio features are the synthetic ones at 120, but beats are no unit.
  func readTempo(_ entry: YAMLEntry?) -> Double {
    guard let entry, let scalar = scalar(entry.value, as: "beats per minute") else { return 120 }
    let digits = scalar.text.hasSuffix("bpm") ? String(scalar.text.dropLast(3)) : scalar.text
    guard let tempo = Double(digits), (20...400).contains(tempo) else {
      report(.badTempo(scalar.text, entry.value.span))
      return 120
    }
    secondsPerBeat = 60 / tempo
    return tempo
  }
}

extension FrameRate {
  /// `24`, `30000/1001`; nil outside 1…240.
  public init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 1 || parts.count == 2, let numerator = parts[0], numerator > 0, numerator <= 1_000_000 else {
      return nil
    }
    let denominator = parts.count == 2 ? parts[1] : 1
    guard let denominator, denominator > 0, denominator <= 1_000_000 else { return nil }
    self.init(numerator, denominator)
    guard (1...240).contains(value) else { return nil }
  }
}

extension Diagnostic {
  fileprivate static func ratioAsAspect(_ text: String, _ span: Span) -> Diagnostic {
    let name = ["16:9": "landscape", "9:16": "portrait", "1:1": "square", "21:9": "ultrawide"][text]
    return Diagnostic(
      "unknown_choice", "`\(text)` is not an aspect", at: span, caret: name.map { "write `\($0)`" } ?? "",
      help: "other shapes are said in pixels, as in `size: 1080x1350`",
      edit: name.map { .init(span, replacement: $0) })
  }

  fileprivate static func aspectAndSize(_ aspect: YAMLEntry, _ size: YAMLEntry) -> Diagnostic {
    Diagnostic(
      "conflicting_keys", "a video has `aspect` or `size`, not both", at: size.keySpan,
      labels: [.init(aspect.keySpan, "the aspect is given here")], help: "a size has an aspect of its own")
  }

  fileprivate static func badSize(_ text: String, _ span: Span) -> Diagnostic {
    Diagnostic("wrong_type", "expected a size such as 1920x1080, found `\(text)`", at: span)
  }

  fileprivate static func sizeOutOfRange(_ span: Span) -> Diagnostic {
    Diagnostic(
      "out_of_range",
      "a picture has sides of 1 to \(PictureFormat.longestSide) pixels and at most \(PictureFormat.mostPixels) pixels in all",
      at: span)
  }

  fileprivate static func oddSide(_ output: String, _ span: Span) -> Diagnostic {
    Diagnostic(
      "out_of_range", "`\(output)` has even sides, for its colors are those of 2 by 2 pixels", at: span,
      help: "make both sides even, or write to .mov, .gif, .apng, .webp or .png")
  }

  fileprivate static func shortSide(_ output: Output, _ span: Span) -> Diagnostic {
    Diagnostic(
      "out_of_range",
      "`\(output.path)` is \(output.codec.rawValue), whose sides have \(output.codec.shortestSide) pixels or more",
      at: span, help: "make the video larger, or leave `codec:` out")
  }

  fileprivate static func badFrameRate(_ text: String, _ span: Span) -> Diagnostic {
    Diagnostic(
      "out_of_range", "frames per second are a whole number or a ratio between 1 and 240, found `\(text)`", at: span,
      help: "as in `24` or `30000/1001`")
  }

  fileprivate static func badTempo(_ text: String, _ span: Span) -> Diagnostic {
    Diagnostic(
      "out_of_range", "a tempo is 20 to 400 beats per minute, found `\(text)`", at: span, help: "as in `tempo: 120`")
  }

  /// `isRead`: else it would be written, which no root allows.
  static func pathOutside(_ path: String, _ span: Span, isRead: Bool = true) -> Diagnostic {
    Diagnostic(
      "path_outside", "`\(path)` leads out of the scene's folder", at: span,
      help: isRead ? "`--root DIR` lets a scene read what lies in a folder around its own" : nil)
  }
}
