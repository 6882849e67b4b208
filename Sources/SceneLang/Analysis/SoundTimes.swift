/// Beats, markers and other moments of the sound as times.
extension Analyzer {
  /// What a number of beats means where it is being read.
  enum BeatMeasure {
    /// So many mean beats.
    case mean
    /// A length from this second on: it ends on a beat if the number is whole.
    case length(from: Double)
    /// The time of the beat of that number, from 0.
    case position
  }

  /// Moments of the sound at which a cut may change segments.
  enum Moments: String, CaseIterable { case beats, bars, sections, drops, markers }

  /// Seconds of `count` beats by the open measure; nil where beats have no length.
  func seconds(ofBeats count: Double) -> Double? {
    if let beats = sound?.beats, beats.times.count > 1 {
      switch beatMeasure {
      case .mean: break
      case .position: return beats.seconds(ofBeat: count)
      case .length(let start):
        // From the beat nearest to the start: a track rarely begins with its first beat. Less than a bar before that no
        // beats are made up.
        let place = beats.beat(at: start)
        let first = place < 0 && place > -beatsPerBar ? 0 : (place + 0.5).rounded(.down)
        return beats.seconds(ofBeat: first + count) - start
      }
    }
    return secondsPerBeat.map { count * $0 }
  }

  var beatsPerBar: Double { Double(sound?.beats.beatsPerBar ?? 4) }

  /// Runs `body` with beats measured as told.
  func measuringBeats<Result>(_ measure: BeatMeasure, _ body: () -> Result) -> Result {
    let outer = beatMeasure
    beatMeasure = measure
    defer { beatMeasure = outer }
    return body()
  }

  /// `every(4beats)`, `every(2bars)`, `every(0.5s)`: true in the frame in which one begins, counted from the beginning of the
  /// video, bars from the first whole one.
  func every(_ name: Name, _ arguments: [Argument], _ span: Span, _ scope: Scope) -> TypedExpression {
    guard arguments.count == 1, arguments[0].name == nil else {
      report(.argumentCount(name, "one positional", arguments.count, span))
      return .invalid(span)
    }
    if case .number(let count, let unit?) = arguments[0].value.kind, unit == .beats || unit == .bars {
      guard count >= 1, count == count.rounded() else {
        report(.partOfBeat(arguments[0].value.span))
        return .invalid(span)
      }
      return unit == .bars ? bars(count, span) : beats(.number(count, span: span), from: 0, span)
    }
    let slot = Slot("`every`", .number, .time, rate: .constant, in: 1 / fps.value...Self.longest)
    guard let period = settled(accept(check(arguments[0].value, in: scope), in: slot)) else { return .invalid(span) }
    func number(_ value: Double) -> TypedExpression { .number(value, span: span) }
    func floor(_ value: TypedExpression) -> TypedExpression {
      TypedExpression(.unary(.floor, value), rate: value.rate, span: span)
    }
    // The frame nearest to the moment, half way between two the later, as a cut there. More periods have begun by a frame
    // than by the one before: in whole frames, so that both are the same number there and rounding moves neither.
    let rounding = 1e-6
    let now = TypedExpression(.input(.timeline), rate: .frame, span: span)
    let frame = floor(make(.add, make(.multiply, now, number(fps.value), span), number(0.5 + rounding), span))
    func begun(by frame: TypedExpression) -> TypedExpression {
      let end = make(.add, frame, number(0.5 - rounding), span)
      return floor(make(.divide, end, number(period * fps.value), span))
    }
    let before = make(.subtract, frame, number(1), span)
    return make(.less, begun(by: before), begun(by: frame), type: .boolean, .plain, span)
  }

  /// `beats(4)`: true in the frame in which a beat begins, every so many of the count.
  func beats(_ name: Name, _ arguments: [Argument], _ span: Span, _ scope: Scope) -> TypedExpression {
    guard let count = numbers(arguments, 1, name, span, scope)?[0] else { return .invalid(span) }
    let accepted = accept(count, in: Slot("the count of `beats`", .integer, rate: .frame, in: 1...65536))
    return accepted.isInvalid ? accepted : beats(accepted, from: 0, span)
  }

  /// `bar`: true in the frame in which a bar begins.
  func bar(_ name: Name, _ arguments: [Argument], _ span: Span, _ scope: Scope) -> TypedExpression {
    numbers(arguments, 0, name, span, scope) == nil ? .invalid(span) : bars(1, span)
  }

  private func bars(_ count: Double, _ span: Span) -> TypedExpression {
    beats(.number(count * beatsPerBar, span: span), from: Double(sound?.beats.firstDownbeat ?? 0), span)
  }

  /// True in the frame in which a beat begins, every `count` of them from the one of that number.
  private func beats(_ count: TypedExpression, from first: Double, _ span: Span) -> TypedExpression {
    func feature(_ feature: Feature) -> TypedExpression {
      TypedExpression(.input(.feature(feature)), rate: .frame, span: span)
    }
    func number(_ value: Double) -> TypedExpression { .number(value, span: span) }
    let place = make(.modulo, make(.subtract, feature(.beatN), number(first), span), count, span)
    let isFirst = make(.equal, place, number(0), type: .boolean, .plain, span)
    return make(.multiply, feature(.beat), isFirst, type: .boolean, .plain, span)
  }

  // MARK: What the scene says of the sound

  /// `beats: {tempo: 128, first: 0.2s, meter: 4}` or `beats: [0.2s, 0.7s, …]`: in place of those that are heard.
  func readBeats(_ entry: YAMLEntry) {
    let duration = sound?.duration ?? Self.longest
    if case .sequence(let items) = entry.value.content {
      let times = items.map { item in
        settled(accept(value(item, in: makeBareScope()), in: Slot("a beat", .number, .time, rate: .constant)))
      }
      guard times.allSatisfy({ $0 != nil }) else { return }
      if let late = zip(times, times.dropFirst()).enumerated().first(where: { $1.0! >= $1.1! }) {
        report(.beatsOutOfOrder(items[late.offset + 1].span))
        return
      }
      sound?.beats = BeatMap(times: times.map { $0! })
      return
    }
    guard let keys = read(entry.value, as: "`beats`", keys: KeyTable.beats.names, required: ["tempo"]),
      let tempo = number("tempo", of: keys, .beats)
    else { return }
    let first = number("first", of: keys, .beats) ?? 0
    let meter = number("meter", of: keys, .beats) ?? 4
    sound?.beats = BeatMap(tempo: tempo, from: first, to: duration, beatsPerBar: Int(meter))
  }

  /// `markers: {chorus: 32s}`: names for moments, read as `audio.chorus`.
  func readMarkers(_ entry: YAMLEntry?) {
    guard let entry, let items = mapping(entry.value, as: "markers") else { return }
    for item in items {
      if Name.folded(item.key) == "end" {
        report(.markerNamedEnd(item.keySpan))
      } else if let time = number(item, in: Slot("markers", of: .audio, as: "`\(item.key)`")) {
        markers[Name.folded(item.key)] = time
      }
    }
  }

  // MARK: What expressions and cuts read

  /// `audio.end`: the second at which the sound ends; `audio.chorus`: that of a marker.
  func soundMember(_ path: [Name], _ span: Span) -> TypedExpression {
    guard path.count == 2 else {
      report(.unknownMember(path[path.count - 1], Array(markers.keys)))
      return .invalid(span)
    }
    if let time = markers[path[1].key] { return .number(time, .time, span: span) }
    guard path[1].key == "end" else {
      report(.unknownMember(path[1], Array(markers.keys)))
      return .invalid(span)
    }
    guard let sound else {
      // A track that cannot be read is reported at its own line.
      if !bag.hasErrors { report(.endOfNothing(span)) }
      return .invalid(span)
    }
    return .number(sound.duration, .time, span: span)
  }

  /// The moments that `cut: {at: …}` names: `beats`, `bars`, `sections`, `drops`, `markers`, or a list of times. Nil after
  /// a report.
  func moments(_ node: YAMLNode, in scope: Scope) -> [Double]? {
    if case .sequence(let items) = node.content {
      let slot = Slot("a time of `at`", .number, .time, rate: .constant)
      let times = items.map { item in
        measuringBeats(.position) { settled(accept(value(item, in: scope), in: slot)) }
      }
      return times.allSatisfy { $0 != nil } ? times.map { $0! }.sorted() : nil
    }
    guard let moments = choice(node, as: "moments", among: choices(Moments.self)) else { return nil }
    switch (moments, sound) {
    case (.markers, _): return markers.values.sorted()
    case (_, nil):
      if !bag.hasErrors { report(.momentsOfNothing(moments.rawValue, node.span)) }
      return nil
    case (.beats, let sound?): return sound.beats.times
    case (.bars, let sound?):
      return sound.beats.times.indices.filter {
        $0 >= sound.beats.firstDownbeat && ($0 - sound.beats.firstDownbeat).isMultiple(of: sound.beats.beatsPerBar)
      }.map { sound.beats.times[$0] }
    case (.sections, let sound?): return sound.sections
    case (.drops, let sound?): return sound.drops
    }
  }
}

extension Diagnostic {
  fileprivate static func partOfBeat(_ span: Span) -> Diagnostic {
    Diagnostic(
      "out_of_range", "`every` takes whole beats and bars", at: span, help: "`beat_phase` runs from 0 to 1 in a beat")
  }

  fileprivate static func beatsOutOfOrder(_ span: Span) -> Diagnostic {
    Diagnostic("out_of_range", "each beat comes after the one before", at: span)
  }

  fileprivate static func markerNamedEnd(_ span: Span) -> Diagnostic {
    Diagnostic("duplicate_name", "`audio.end` is the end of the sound: a marker needs another name", at: span)
  }

  fileprivate static func unknownMember(_ name: Name, _ markers: [String]) -> Diagnostic {
    let known = (markers + ["end"]).sorted()
    return Diagnostic(
      "unknown_name", "`audio` has nothing called `\(name.text)`", at: name.span,
      caret: didYouMean(name.text, among: known), help: "it has `end` and the names under `markers:`")
  }

  fileprivate static func endOfNothing(_ span: Span) -> Diagnostic {
    Diagnostic(
      "unknown_name", "no track is listened to whose end this could be", at: span,
      help: "give it one, `audio: {track: song.ogg}`, without `features: synthetic`")
  }

  fileprivate static func momentsOfNothing(_ kind: String, _ span: Span) -> Diagnostic {
    Diagnostic(
      "unknown_name", "no track is listened to whose \(kind) these could be", at: span,
      help: "give it one, `audio: {track: song.ogg}`, without `features: synthetic`")
  }
}
