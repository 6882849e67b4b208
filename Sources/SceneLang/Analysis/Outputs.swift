extension Analyzer {
  /// `output:`: a file name, `{file: intro.gif, width: 640, fps: 15, max_size: 8MB}`, or a list of such. Names are text in
  /// which `{variant}` is known; `frames/%05d.png` is a sequence, another .png a poster. Nil if nothing is said.
  ///
  /// `inputs`: the paths of what the scene reads, from its folder.
  func readOutputs(
    _ entry: YAMLEntry?, of segments: [CheckedSegment], beside inputs: [String], in file: Scope
  ) -> [Output]? {
    guard let entry else { return nil }
    let scope = makeScope(parent: file)
    let name = overrides.variant ?? "main"
    let variant = TypedExpression(.text(name), type: .text, rate: .constant, span: entry.keySpan)
    bindValue(variant, to: "variant", at: entry.keySpan, in: scope)
    _ = scope.find("variant")
    let nodes: [YAMLNode]
    if case .sequence(let items) = entry.value.content { nodes = items } else { nodes = [entry.value] }
    if nodes.isEmpty { report(.noOutput(entry.value.span)) }
    var places: [String: Span] = [:]
    return nodes.compactMap { node in
      guard let output = readOutput(node, of: segments, in: scope) else { return nil }
      if let input = inputs.first(where: { output.overwrites($0) }) {
        report(.overwritten(output.path, input, node.span))
      }
      if let earlier = places.updateValue(node.span, forKey: output.path) {
        report(.definedTwice(output.path, node.span, earlier))
      }
      return output
    }
  }

  /// The path without `.` components; nil after a report.
  private func outputPath(_ path: String, at span: Span) -> String? {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false).filter { $0 != "." }
    if path.hasPrefix("/") || parts.contains("..") {
      report(.pathOutside(path, span, isRead: false))
      return nil
    }
    if let hidden = parts.first(where: { $0.hasPrefix(".") }) {
      report(.hiddenOutput(hidden, span))
      return nil
    }
    return parts.joined(separator: "/")
  }

  private func readOutput(_ node: YAMLNode, of segments: [CheckedSegment], in scope: Scope) -> Output? {
    var keys: [String: YAMLEntry] = [:]
    var file = node
    if case .mapping = node.content {
      guard let found = read(node, as: "an output", keys: KeyTable.output.names, required: ["file"]),
        let own = found["file"]
      else { return nil }
      (keys, file) = (found, own.value)
    }
    guard let written = text(file, in: scope), let path = outputPath(written, at: file.span) else { return nil }
    guard let format = Output.Format(path: path) else {
      report(.unknownOutput(path, file.span))
      return nil
    }
    if path.contains("%"), format != .png || FrameNames(path: path) == nil {
      report(.badFrameNames(path, format, file.span))
      return nil
    }
    var output = Output(path: path, format: format)
    for entry in keys.values.sorted(by: { $0.keySpan.start < $1.keySpan.start }) where entry.key != "file" {
      guard let reason = output.reasonAgainst(Name.folded(entry.key)) else { continue }
      report(.keyOfOtherFormat(entry, format, reason))
      return nil
    }
    output.width = keys["width"].flatMap { readWidth($0, format, in: scope) }
    output.fps = keys["fps"].flatMap { readRate($0) }
    output.largest = keys["max_size"].flatMap { readSize($0) }
    output.isTransparent = keys["transparent"].flatMap { boolean($0.value, as: "true or false") } ?? false
    if let entry = keys["codec"] {
      output.codec = choice(entry.value, as: "a codec", among: choices(Output.Codec.self)) ?? .h264
    }
    if let entry = keys["bits"] { output.bits = choice(entry.value, as: "a depth", among: ["8": 8, "10": 10]) ?? 8 }
    if let end = segments.last?.frames.upperBound {
      output.posterFrame = keys["at"].flatMap { videoFrame($0, "`at`", before: end, in: scope) }
    }
    return output
  }

  private func readWidth(_ entry: YAMLEntry, _ format: Output.Format, in scope: Scope) -> Int? {
    guard let width = settled(value(entry, in: Slot("width", of: .output), scope: scope)).map({ Int($0) }) else {
      return nil
    }
    if format == .webm, !width.isMultiple(of: 2) {
      report(.oddWidth(entry.value.span))
      return nil
    }
    let height = (width * self.format.height + self.format.width / 2) / self.format.width
    guard height < 1 || PictureFormat.allows(width: width, height: height) else {
      report(.tooLarge(width, height, entry.value.span))
      return nil
    }
    return width
  }

  private func readRate(_ entry: YAMLEntry) -> FrameRate? {
    guard let scalar = scalar(entry.value, as: "frames per second") else { return nil }
    // What fits the scene at its own rate fits a draft of it, which has fewer frames.
    let most = ownRate.value > fps.value ? ownRate : fps
    guard let rate = FrameRate(scalar.text), rate.value <= most.value else {
      report(.badOutputRate(scalar.text, most, entry.value.span))
      return nil
    }
    return rate.value > fps.value ? fps : rate
  }

  /// `500KB`, `8MB`: thousands and millions of bytes.
  private func readSize(_ entry: YAMLEntry) -> Int? {
    guard let scalar = scalar(entry.value, as: "a size such as `8MB`") else { return nil }
    for (unit, bytes) in [("KB", 1000.0), ("MB", 1_000_000.0)] where scalar.text.uppercased().hasSuffix(unit) {
      if let number = Double(scalar.text.dropLast(2)), number * bytes >= 1000, number <= 1e6 {
        return Int(number * bytes)
      }
    }
    report(.badByteCount(scalar.text, entry.value.span))
    return nil
  }
}

extension Output {
  /// Whether it would be written over a file that the scene reads, or over one of many (`shots/*.png`).
  fileprivate func overwrites(_ input: String) -> Bool {
    let input = input.split(separator: "/").filter { $0 != "." }.joined(separator: "/")
    if let sequence, sequence.number(of: input) != nil { return true }
    let own = sequence?.path(0) ?? path
    let parts = input.split(separator: "*", omittingEmptySubsequences: false)
    guard parts.count == 2 else { return own == input }
    return own.hasPrefix(parts[0]) && own.hasSuffix(parts[1]) && own.utf8.count >= input.utf8.count
      && !own.dropFirst(parts[0].count).contains("/")
  }

  /// Why a key of `output:` says nothing of this kind of file; nil for one that does.
  fileprivate func reasonAgainst(_ key: String) -> String? {
    switch key {
    case "width", "fps":
      if format == .mp4 { return "an mp4 is the video itself: its size and rate are those of `video:`" }
      return key == "fps" && isPoster ? "a poster is one frame" : nil
    case "max_size": return format == .gif ? nil : "only a GIF is made to fit a size"
    case "transparent":
      return format.carriesCoverage ? nil : "the files that can be are .webm, .mov, .apng, .webp and .png"
    case "codec", "bits": return format == .mp4 ? nil : "only an mp4 can be encoded in several ways"
    case "at": return isPoster ? nil : "only a poster, one .png, shows one moment"
    default: return nil
    }
  }
}

extension Diagnostic {
  fileprivate static func overwritten(_ output: String, _ input: String, _ span: Span) -> Diagnostic {
    Diagnostic(
      "overwritten_input", "`\(output)` would be written over `\(input)`, which the scene reads", at: span,
      help: "give the output another name, or another folder")
  }

  fileprivate static func hiddenOutput(_ name: Substring, _ span: Span) -> Diagnostic {
    Diagnostic(
      "unknown_output", "`\(name)` would be hidden: its name begins with a dot", at: span,
      help: "as in `film.mp4`")
  }

  fileprivate static func tooLarge(_ width: Int, _ height: Int, _ span: Span) -> Diagnostic {
    Diagnostic(
      "out_of_range", "\(width) pixels of width make a picture of \(width)x\(height)", at: span,
      help: "a picture has sides of 1 to \(PictureFormat.longestSide) pixels and at most \(PictureFormat.mostPixels) "
        + "pixels in all")
  }

  fileprivate static func noOutput(_ span: Span) -> Diagnostic {
    Diagnostic("missing_value", "expected a file name or more, found an empty list", at: span)
  }

  fileprivate static func unknownOutput(_ path: String, _ span: Span) -> Diagnostic {
    Diagnostic(
      "unknown_output", "no output is made of the kind of `\(path)`", at: span,
      help: "end its name in one of \(list(Output.Format.allCases.map { ".\($0.rawValue)" }))")
  }

  fileprivate static func keyOfOtherFormat(
    _ entry: YAMLEntry, _ format: Output.Format, _ reason: String
  ) -> Diagnostic {
    Diagnostic(
      "unknown_key", "an output of the kind .\(format.rawValue) has no key `\(entry.key)`", at: entry.keySpan,
      help: reason)
  }

  fileprivate static func badFrameNames(_ path: String, _ format: Output.Format, _ span: Span) -> Diagnostic {
    Diagnostic(
      "unknown_output",
      format == .png
        ? "`\(path)` does not say where the frame's number stands" : "no .\(format.rawValue) is a sequence of files",
      at: span,
      help: "pictures of all frames are a sequence such as `frames/%05d.png`")
  }

  fileprivate static func oddWidth(_ span: Span) -> Diagnostic {
    Diagnostic("out_of_range", "a webm has even sides, for its colors are those of 2 by 2 pixels", at: span)
  }

  fileprivate static func badOutputRate(_ text: String, _ fps: FrameRate, _ span: Span) -> Diagnostic {
    Diagnostic(
      "out_of_range", "frames per second of an output are between 1 and the video's \(fps), found `\(text)`", at: span)
  }

  fileprivate static func badByteCount(_ text: String, _ span: Span) -> Diagnostic {
    Diagnostic("wrong_type", "expected a size of 1KB or more, found `\(text)`", at: span, help: "as in `8MB`, `500KB`")
  }
}
