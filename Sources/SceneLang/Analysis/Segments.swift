extension Analyzer {
  /// Ten hours.
  static let longest = 36_000.0

  func readSegments(_ node: YAMLNode, in file: Scope) -> [CheckedSegment] {
    guard let items = sequence(node, as: "a list of segments") else { return [] }
    if items.isEmpty { report(.noSegments(node.span)) }
    var timeline = Timeline()
    for item in items {
      if case .mapping(let entries) = item.content, entries.contains(where: { Name.folded($0.key) == "cut" }) {
        labelling(uses: item) { readCut(item, into: &timeline, in: file) }
        continue
      }
      labelling(uses: item) {
        guard let keys = expand(item, .segment, as: "a segment", keys: KeyTable.segment.names, in: file) else { return }
        let name = keys["name"].flatMap { scalar($0.value, as: "a name")?.text }
        let end = end(of: keys, from: timeline.end, at: item.span, isOnly: items.count == 1)
        append(keys, name: name, nameSpan: keys["name"]?.value.span ?? item.span, until: end, to: &timeline, in: file)
      }
    }
    if let (name, span) = timeline.unseen, timeline.segments.isEmpty { report(.emptySegment(name, span)) }
    reviewKeys(of: timeline)
    return timeline.segments
  }

  /// The segments read so far and where the last one ends.
  struct Timeline {
    var segments: [CheckedSegment] = []
    /// How many there are, those between two frames of a coarser rate than the scene's included.
    var count = 0
    /// The last of those.
    var unseen: (name: String, span: Span)?
    var end = 0.0
    var names: [String: Span] = [:]
    /// How many segments of cuts have no name of the author's.
    var unnamedCuts = 0
    /// Of the keyframes in each segment.
    var keyTimes: [[KeyReach.Times]] = []
  }

  private func reviewKeys(of timeline: Timeline) {
    var reach = KeyReach()
    for (place, times) in timeline.keyTimes.enumerated() {
      let next = place + 1 < timeline.segments.count ? timeline.segments[place + 1].transition : nil
      reach.add(times, runsOn: Double(next?.frameCount ?? 0) / fps.value)
    }
    report(reach.diagnostics)
  }

  /// Adds a segment that ends at `end` seconds.
  func append(
    _ keys: [String: ScopedEntry], name given: String?, nameSpan: Span, until end: Double, to timeline: inout Timeline,
    in file: Scope
  ) {
    let name = given ?? "segment\(timeline.count + 1)"
    timeline.count += 1
    if let earlier = timeline.names.updateValue(nameSpan, forKey: name) {
      report(.definedTwice(name, nameSpan, earlier))
    }
    let start = frame(at: timeline.end)
    let frames = start..<max(start, frame(at: end))
    let isUnseen = frames.isEmpty && frame(at: timeline.end, ownRate) < frame(at: end, ownRate)
    if frames.isEmpty, !isUnseen, end > timeline.end { report(.emptySegment(name, nameSpan)) }
    openDuration = end - timeline.end
    // Nothing goes over into what is not seen, nor from it.
    let isApart = isUnseen || (timeline.segments.isEmpty && timeline.unseen != nil)
    let keys = isApart ? keys.filter { $0.key != "transition" } : keys
    let segment = segment(keys, name: name, span: nameSpan, frames: frames, in: file)
    if isUnseen {
      timeline.unseen = (name, nameSpan)
    } else {
      timeline.segments.append(segment)
      timeline.keyTimes.append(openKeyTimes)
    }
    openDuration = nil
    openKeyTimes = []
    timeline.end = end
  }

  func segment(
    _ entries: [String: ScopedEntry], name: String, span: Span, frames: Range<Int>, in file: Scope
  ) -> CheckedSegment {
    var keys = entries
    // The values beside a `let:` see its names.
    if let names = entries["let"] {
      let scope = makeScope(parent: names.scope)
      readLet(names.entry, into: scope, isInSight: true)
      for (key, entry) in keys where entry.scope === names.scope { keys[key]?.scope = scope }
    }
    // What holds for all segments is no mistake of the first.
    for (key, entry) in file.module.segmentDefaults
    where keys[key] == nil && !(key == "transition" && (frames.lowerBound == 0 || frames.isEmpty)) {
      keys[key] = ScopedEntry(entry: entry, scope: file.module.scope)
    }
    let seed = keys["seed"].flatMap { scalar($0.value, as: "a seed")?.text } ?? name
    openSegmentSeed = seed
    defer { openSegmentSeed = "" }
    let layers = keys["layers"].map { readLayers($0.value, in: $0.scope) } ?? []
    if keys["layers"] == nil, !hasUnknownKey { report(.noLayersKey(span)) }
    let level = keys["level"].flatMap {
      choice($0.value, as: "a level", among: choices(BrightnessBand.self), in: $0.scope)
    }
    let tone = readTone(keys["tone"])
    let feedback = keys["feedback"].map { readFeedback($0) }
    let look = readLook(keys["look"]?.entry, in: keys["look"]?.scope ?? file)
    return CheckedSegment(
      name: name, span: span, frames: frames, level: level ?? .any,
      // What the segment says, `none` too, replaces what its look brings.
      seed: seed, layers: layers, tone: tone, feedback: feedback ?? look.feedback, look: look.shaders,
      transition: keys["transition"].flatMap { readTransition($0, into: name, frames: frames) })
  }

  /// The second at which a segment ends; its start when that cannot be told (already reported).
  private func end(of keys: [String: ScopedEntry], from start: Double, at span: Span, isOnly: Bool) -> Double {
    if let duration = keys["duration"], let until = keys["until"] {
      report(.durationTwice(until.entry, duration.entry))
    }
    guard let found = keys["duration"] ?? keys["until"] else {
      // The only segment lasts as long as the track.
      if isOnly, let sound { return min(sound.duration, Self.longest) }
      if !hasUnknownKey, !(isOnly && isAudioWrong) { report(.noDuration(span)) }
      return start
    }
    let entry = found.entry
    let slot = Slot(entry, of: .segment)
    let isPosition = Name.folded(entry.key) == "until"
    let time = measuringBeats(isPosition ? .position : .length(from: start)) {
      value(entry, in: slot, scope: found.scope)
    }
    guard let number = settled(time) else { return start }
    reviewRounding(of: entry)
    let end = isPosition ? number : start + number
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
  private func frame(at seconds: Double, _ rate: FrameRate? = nil) -> Int {
    Int((seconds * (rate ?? fps).value + 0.5 + 1e-9).rounded(.down))
  }
}

extension Diagnostic {
  fileprivate static func noLayersKey(_ span: Span) -> Diagnostic {
    Diagnostic("missing_key", "a segment needs `layers`", at: span)
  }

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

  static func notAfterStart(_ entry: YAMLEntry, _ start: Double) -> Diagnostic {
    Diagnostic(
      "empty_segment",
      Name.folded(entry.key) == "until"
        ? "the segment begins at \(plain(start))s and cannot end before" : "a segment lasts at least one frame",
      at: entry.value.span)
  }

  static func tooLong(_ span: Span) -> Diagnostic {
    Diagnostic("too_long", "a video lasts at most ten hours", at: span)
  }

  fileprivate static func emptySegment(_ name: String, _ span: Span) -> Diagnostic {
    Diagnostic("empty_segment", "`\(name)` is shorter than a frame", at: span)
  }
}
