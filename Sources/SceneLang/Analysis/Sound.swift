/// A sound that a scene listens to, as it asks for it.
public struct SoundRequest: Hashable, Sendable {
  /// The path of the track, from the scene's folder; it stays inside that folder.
  public var track: String
  /// Beats per minute where the scene says them: then only the places of the beats are looked for.
  public var tempo: Double?
  /// Whether the features are wanted; else only that the file can be opened.
  public var isAnalyzed: Bool
}

/// Why a sound could not be read: one line, lower case, that names the file.
public struct SoundFailure: Error, Sendable {
  public var message: String

  public init(message: String) { self.message = message }
}

/// Reads and analyses a sound; nil where only its presence was asked for.
public typealias SoundReader = @Sendable (SoundRequest) -> Result<SoundAnalysis?, SoundFailure>

extension Analyzer {
  /// `audio: {track, features}`: the track is heard, and unless the features are synthetic they are its own.
  func readAudio(_ entry: YAMLEntry?, tempo: Double?) -> AudioTrack? {
    guard let entry,
      let keys = read(entry.value, as: "`audio`", keys: KeyTable.audio.names, required: ["track"])
    else { return nil }
    var isSynthetic = false
    if let node = keys["features"]?.value {
      isSynthetic = choice(node, as: "a source of features", among: ["synthetic": true, "track": false]) ?? true
    }
    guard let node = keys["track"]?.value, let path = scalar(node, as: "the path of a sound file")?.text else {
      return nil
    }
    if path.hasPrefix("/") || path.split(separator: "/").contains("..") {
      report(.pathOutside(path, node.span))
      return nil
    }
    switch soundReader(SoundRequest(track: path, tempo: tempo, isAnalyzed: !isSynthetic)) {
    case .failure(let failure): report(Diagnostic("unreadable_file", failure.message, at: node.span))
    case .success(let analysis):
      sound = analysis
      // Without beats a tempo of the scene's own still says how long they would be.
      if let tempo = analysis?.beats.tempo, tempo > 0 { secondsPerBeat = 60 / tempo }
    }
    return AudioTrack(path: path)
  }

  /// `audio.end`: the second at which the track ends.
  func soundMember(_ path: [Name], _ span: Span) -> TypedExpression {
    guard path.count == 2, path[1].key == "end" else {
      report(.unknownMember(path[path.count - 1]))
      return .invalid(span)
    }
    guard let sound else {
      // A track that cannot be read is reported at its own line.
      if !bag.hasErrors { report(.endOfNothing(span)) }
      return .invalid(span)
    }
    return .number(sound.duration, .time, span: span)
  }

  /// What a number of beats means where it is being read.
  enum BeatMeasure {
    /// So many mean beats.
    case mean
    /// A length from this second on: it ends on a beat if the number is whole.
    case length(from: Double)
    /// The time of the beat of that number, from 0.
    case position
  }

  /// Seconds of `count` beats by the open measure; nil where beats have no length.
  func seconds(ofBeats count: Double) -> Double? {
    if let beats = sound?.beats, beats.times.count > 1 {
      switch beatMeasure {
      case .mean: break
      case .position: return beats.seconds(ofBeat: count)
      case .length(let start):
        // From the beat nearest to the start: a track rarely begins with its first beat.
        let first = (beats.beat(at: start) + 0.5).rounded(.down)
        return beats.seconds(ofBeat: first + count) - start
      }
    }
    return secondsPerBeat.map { count * $0 }
  }

  /// Runs `body` with beats measured as told.
  func measuringBeats<Result>(_ measure: BeatMeasure, _ body: () -> Result) -> Result {
    let outer = beatMeasure
    beatMeasure = measure
    defer { beatMeasure = outer }
    return body()
  }
}

extension Diagnostic {
  fileprivate static func unknownMember(_ name: Name) -> Diagnostic {
    Diagnostic(
      "unknown_name", "`audio` has nothing called `\(name.text)`", at: name.span, help: "it has `end`, in seconds")
  }

  fileprivate static func endOfNothing(_ span: Span) -> Diagnostic {
    Diagnostic(
      "unknown_name", "no track is listened to whose end this could be", at: span,
      help: "give it one, `audio: {track: song.ogg}`, without `features: synthetic`")
  }
}
