extension Analyzer {
  /// A segment's `tone:`: an exposure, or `{exposure: segment, gamma: 0.75, curve: aces, black: 0, white: 1}`.
  func readTone(_ source: ScopedEntry?) -> Tone {
    var tone = Tone(exposure: .segment, gamma: 0.75)
    guard let source else { return tone }
    let scope = source.scope
    if case .scalar = source.value.content {
      tone.exposure =
        choice(source.value, as: "an exposure", among: choices(Tone.Exposure.self), in: scope) ?? tone.exposure
      return tone
    }
    guard let keys = read(source.value, as: "`tone`", keys: KeyTable.tone.names) else { return tone }
    if let node = keys["exposure"]?.value {
      tone.exposure = choice(node, as: "an exposure", among: choices(Tone.Exposure.self), in: scope) ?? tone.exposure
    }
    if let node = keys["curve"]?.value {
      tone.curve = choice(node, as: "a tone curve", among: choices(Tone.Curve.self), in: scope) ?? tone.curve
    }
    tone.gamma = number("gamma", of: keys, scope) ?? tone.gamma
    if let smooth = keys["smooth"] {
      let seconds = number("smooth", of: keys, scope)
      tone.window = seconds.map { max(1, Int(($0 * fps.value).rounded())) } ?? 1
      if tone.exposure != .frame { report(.smoothsNothing(smooth)) }
    }
    tone.black = number("black", of: keys, scope).map { $0 * 255 } ?? tone.black
    tone.white = number("white", of: keys, scope).map { $0 * 255 } ?? tone.white
    if tone.black >= tone.white, let node = (keys["white"] ?? keys["black"])?.value {
      report(.whiteBelowBlack(node.span))
    }
    if tone.exposure == .none, let given = ["gamma", "curve", "black", "white"].compactMap({ keys[$0] }).first {
      report(.withoutExposure(given))
    }
    return tone
  }

  private func number(_ key: String, of keys: [String: YAMLEntry], _ scope: Scope) -> Double? {
    keys[key].flatMap { settled(value($0, in: Slot(key, of: .tone), scope: scope)) }
  }
}

extension Diagnostic {
  fileprivate static func whiteBelowBlack(_ span: Span) -> Diagnostic {
    Diagnostic(
      "out_of_range", "the `white` of a tone lies above its `black`", at: span,
      help: "they are levels: `black: 0.008, white: 0.992` unless given")
  }

  fileprivate static func smoothsNothing(_ entry: YAMLEntry) -> Diagnostic {
    Diagnostic(
      "no_effect", .warning, "`smooth` changes nothing without `exposure: frame`", at: entry.keySpan,
      help: "`exposure: segment` has one curve for all frames")
  }

  fileprivate static func withoutExposure(_ entry: YAMLEntry) -> Diagnostic {
    Diagnostic(
      "no_effect", .warning, "`\(entry.key)` changes nothing, for `exposure: none` leaves the tone out",
      at: entry.keySpan)
  }
}
