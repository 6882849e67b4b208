extension Analyzer {
  private static let segmentKeys: Set<String> = [
    "name", "duration", "until", "layers", "let", "tone", "look", "level", "seed",
  ]
  /// Ten hours.
  private static let longest = 36_000.0

  func readSegments(_ node: YAMLNode, in file: Scope) -> [CheckedSegment] {
    guard let items = sequence(node, as: "a list of segments") else { return [] }
    if items.isEmpty { report(.noSegments(node.span)) }
    var segments: [CheckedSegment] = []
    var names: [String: Span] = [:]
    var end = 0.0
    for (index, item) in items.enumerated() {
      guard let keys = read(item, as: "a segment", keys: Self.segmentKeys, required: ["layers"]) else { continue }
      let start = end
      end = self.end(of: keys, from: start, in: file, at: item.span)
      openDuration = end - start
      defer { openDuration = nil }
      let name = keys["name"].flatMap { scalar($0.value, as: "a name")?.text } ?? "segment\(index + 1)"
      let nameSpan = keys["name"]?.value.span ?? item.span
      if let earlier = names.updateValue(nameSpan, forKey: name) { report(.definedTwice(name, nameSpan, earlier)) }
      let frames = frame(at: start)..<max(frame(at: start), frame(at: end))
      if frames.isEmpty, end > start { report(.emptySegment(name, nameSpan)) }
      segments.append(segment(keys, name: name, span: nameSpan, frames: frames, in: file))
    }
    return segments
  }

  private func segment(
    _ keys: [String: YAMLEntry], name: String, span: Span, frames: Range<Int>, in file: Scope
  ) -> CheckedSegment {
    let scope = makeScope(parent: file)
    readLet(keys["let"], into: scope)
    let layers = keys["layers"].map { readLayers($0.value, in: scope) } ?? []
    if let level = keys["level"] {
      let bands = ["dark", "quiet", "active", "peak", "any"]
      _ = choice(level.value, as: "a level", among: Dictionary(uniqueKeysWithValues: bands.map { ($0, $0) }))
    }
    return CheckedSegment(
      name: name, span: span, frames: frames, scope: scope.id,
      seed: keys["seed"].flatMap { scalar($0.value, as: "a seed")?.text } ?? name, layers: layers,
      tone: readTone(keys["tone"]), look: readLook(keys["look"], in: scope))
  }

  /// The second at which a segment ends; its start when that cannot be told (already reported).
  private func end(of keys: [String: YAMLEntry], from start: Double, in scope: Scope, at span: Span) -> Double {
    if let duration = keys["duration"], let until = keys["until"] { report(.durationTwice(until, duration)) }
    guard let entry = keys["duration"] ?? keys["until"] else {
      report(.noDuration(span))
      return start
    }
    guard let number = constant(value(entry, in: Slot("`\(entry.key)`", .number, .time, rate: .constant), scope: scope))
    else { return start }
    let end = Name.folded(entry.key) == "until" ? number : start + number
    if end <= start {
      report(.notAfterStart(entry, start))
      return start
    }
    if end > Self.longest {
      report(.tooLong(entry.value.span))
      return start
    }
    return end
  }

  /// Round half up of absolute time × fps; a billionth of a frame absorbs the rounding of summed seconds.
  private func frame(at seconds: Double) -> Int { Int((seconds * fps.value + 0.5 + 1e-9).rounded(.down)) }

  private func readTone(_ entry: YAMLEntry?) -> Tone {
    var tone = Tone(exposure: .segment, gamma: 0.75)
    guard let entry else { return tone }
    if case .scalar = entry.value.content {
      tone.exposure =
        choice(entry.value, as: "an exposure", among: choices(Tone.Exposure.self)) ?? tone.exposure
      return tone
    }
    guard let keys = read(entry.value, as: "`tone`", keys: ["exposure", "gamma"]) else { return tone }
    if let node = keys["exposure"]?.value {
      tone.exposure = choice(node, as: "an exposure", among: choices(Tone.Exposure.self)) ?? tone.exposure
    }
    if let gamma = keys["gamma"] {
      let slot = Slot("`gamma`", rate: .constant, in: 0.2...5)
      tone.gamma = constant(value(gamma, in: slot, scope: makeBareScope())) ?? tone.gamma
    }
    return tone
  }
}

extension Diagnostic {
  fileprivate static func noSegments(_ span: Span) -> Diagnostic {
    Diagnostic("missing_value", "a scene needs one segment or more", at: span)
  }

  fileprivate static func noDuration(_ span: Span) -> Diagnostic {
    Diagnostic(
      "missing_key", "a segment needs `duration` or `until`",
      at: Span(file: span.file, start: span.start, end: span.start),
      help: "as in `duration: 8s`")
  }

  fileprivate static func durationTwice(_ until: YAMLEntry, _ duration: YAMLEntry) -> Diagnostic {
    Diagnostic(
      "conflicting_keys", "a segment has `duration` or `until`, not both", at: until.keySpan,
      labels: [.init(duration.keySpan, "its duration is given here")])
  }

  fileprivate static func notAfterStart(_ entry: YAMLEntry, _ start: Double) -> Diagnostic {
    Diagnostic("empty_segment", "the segment ends before it begins, at \(plain(start))s", at: entry.value.span)
  }

  fileprivate static func tooLong(_ span: Span) -> Diagnostic {
    Diagnostic("too_long", "a video lasts at most ten hours", at: span)
  }

  fileprivate static func emptySegment(_ name: String, _ span: Span) -> Diagnostic {
    Diagnostic("empty_segment", "`\(name)` is shorter than a frame", at: span)
  }
}
