/// A sound that a scene listens to, as it asks for it.
public struct SoundRequest: Hashable, Sendable {
  /// Paths lead from the scene's folder and stay inside it.
  public var mix: SoundMix
  /// Beats per minute where the scene says them: then only the places of the beats are looked for.
  public var tempo: Double?
  /// Whether the features are wanted; else only that the files can be opened.
  public var isAnalyzed: Bool
}

/// Why a sound could not be read.
public struct SoundFailure: Error, Sendable {
  /// Which track of the mix.
  public var track: Int
  /// One line, lower case, that names the file.
  public var message: String

  public init(track: Int = 0, message: String) {
    self.track = track
    self.message = message
  }
}

/// Reads and analyses a sound; nil where only its presence was asked for.
public typealias SoundReader = @Sendable (SoundRequest) -> Result<SoundAnalysis?, SoundFailure>

extension Analyzer {
  /// Bounds what has to be kept in memory while a track is decoded.
  static let longestFade = 60.0

  /// `audio: {track: song.ogg}` or `audio: {tracks: [{track: song.ogg}, …]}`: what is heard, and unless the features are
  /// synthetic what they are read from; `{features: synthetic}` needs no track.
  func readAudio(_ entry: YAMLEntry?, tempo: Double?) -> SoundMix? {
    let spoken = inputs.speeches.isEmpty ? nil : SoundMix(tracks: inputs.speeches.map(\.track))
    guard let entry else { return spoken }
    guard let keys = read(entry.value, as: "`audio`", keys: KeyTable.audio.names) else { return nil }
    var isSynthetic = false
    if let node = keys["features"]?.value {
      isSynthetic = choice(node, as: "a source of features", among: ["synthetic": true, "track": false]) ?? true
    }
    readMarkers(keys["markers"])
    // All that it says is so without it.
    if isSynthetic, keys.keys.allSatisfy(["features", "markers"].contains) { return spoken }
    guard var (tracks, spans) = readTracks(keys, at: entry) else { return nil }
    tracks += inputs.speeches.map(\.track)
    spans += inputs.speeches.map(\.span)
    trackSpans = spans
    var mix = SoundMix(tracks: tracks)
    mix.loudness = number("loudness", of: keys, .audio)
    switch soundReader(SoundRequest(mix: mix, tempo: tempo, isAnalyzed: !isSynthetic)) {
    case .failure(let failure): report(Diagnostic("unreadable_file", failure.message, at: spans[failure.track]))
    case .success(let analysis): sound = analysis
    }
    if let beats = keys["beats"] {
      if isSynthetic { report(.beatsOfSynthetic(beats)) }
      readBeats(beats)
    } else if let tempo, let heard = sound, heard.beats.times.isEmpty {
      sound?.beats = BeatMap(tempo: tempo, to: heard.duration)
    }
    // Without beats a tempo of the scene's own still says how long they would be.
    if let tempo = sound?.beats.tempo, tempo > 0 { secondsPerBeat = 60 / tempo }
    return mix
  }

  /// The tracks with the places of their paths; nil after a report.
  private func readTracks(
    _ keys: [String: YAMLEntry], at entry: YAMLEntry
  ) -> (tracks: [AudioTrack], spans: [Span])? {
    guard let list = keys["tracks"] else {
      guard keys["track"] != nil else {
        report(.noTrack(entry.keySpan))
        return nil
      }
      return readTrack(keys).map { ([$0.track], [$0.span]) }
    }
    if let own = keys.values.filter({ KeyTable.track.names.contains(Name.folded($0.key)) }).min(by: {
      $0.keySpan.start < $1.keySpan.start
    }) {
      report(.trackBesideTracks(own, list))
      return nil
    }
    guard let items = sequence(list.value, as: "a list of tracks") else { return nil }
    let tracks = items.map { item in
      read(item, as: "a track", keys: KeyTable.track.names, required: ["track"]).flatMap { readTrack($0) }
    }
    if items.isEmpty { report(.noTrack(list.keySpan)) }
    guard !items.isEmpty, tracks.allSatisfy({ $0 != nil }) else { return nil }
    return (tracks.map { $0!.track }, tracks.map { $0!.span })
  }

  private func readTrack(_ keys: [String: YAMLEntry]) -> (track: AudioTrack, span: Span)? {
    guard let node = keys["track"]?.value, let path = insidePath(node, as: "the path of a sound file") else {
      return nil
    }
    var track = AudioTrack(path: path)
    track.start = number("start", of: keys, .track) ?? 0
    track.from = number("from", of: keys, .track) ?? 0
    track.to = number("to", of: keys, .track)
    track.gain = number("gain", of: keys, .track) ?? 1
    track.fadeIn = number("fade_in", of: keys, .track) ?? 0
    track.fadeOut = number("fade_out", of: keys, .track) ?? 0
    track.duck = number("duck", of: keys, .track) ?? 1
    if let to = track.to, to <= track.from, let entry = keys["to"] {
      report(.endsBeforeItBegins(entry))
      return nil
    }
    return (track, node.span)
  }

  /// The number behind a key as its table declares it, in which only the language and the prelude are known; nil where
  /// there is none, and after a report.
  func number(_ key: String, of keys: [String: YAMLEntry], _ table: KeyTable) -> Double? {
    keys[key].flatMap { number($0, in: Slot($0, of: table)) }
  }

  /// A number that is settled before rendering; nil after a report.
  func number(_ entry: YAMLEntry, in slot: Slot) -> Double? {
    settled(value(entry, in: slot, scope: makeBareScope()))
  }
}

extension Diagnostic {
  fileprivate static func noTrack(_ span: Span) -> Diagnostic {
    Diagnostic("missing_key", "`audio` needs a `track`", at: span, help: "as in `audio: {track: song.ogg}`")
  }

  fileprivate static func beatsOfSynthetic(_ entry: YAMLEntry) -> Diagnostic {
    Diagnostic(
      "no_effect", .warning, "`beats` changes nothing: the synthetic features follow `tempo`", at: entry.keySpan,
      help: "leave `features: synthetic` out, or say `tempo: 120bpm` in the scene")
  }

  fileprivate static func trackBesideTracks(_ own: YAMLEntry, _ list: YAMLEntry) -> Diagnostic {
    Diagnostic(
      "conflicting_keys", "`\(own.key)` belongs to one track, and here is a list of them", at: own.keySpan,
      labels: [.init(list.keySpan, "the list")])
  }

  fileprivate static func endsBeforeItBegins(_ entry: YAMLEntry) -> Diagnostic {
    Diagnostic("empty_range", "nothing lies between `from` and `to`", at: entry.value.span)
  }
}
