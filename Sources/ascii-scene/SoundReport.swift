import SceneLang

/// What was found in a sound, in words and numbers.
enum SoundReport {
  static func summary(_ sound: SoundAnalysis) -> String {
    let bars = downbeats(sound)
    let tempo = sound.beats.tempo
    var lines = ["\(decimal(sound.duration, 2)) s of sound, \(sound.frameCount) analysis frames"]
    if tempo > 0 {
      lines.append(
        "\(decimal(tempo, 1)) beats a minute: \(sound.beats.times.count) beats from \(decimal(sound.beats.times[0], 2)) s, "
          + "\(bars.count) bars of \(sound.beats.beatsPerBar) from \(decimal(bars.first ?? 0, 2)) s")
    } else {
      lines.append("no beat")
    }
    lines.append("sections: " + moments(sound.sections))
    lines.append("drops: " + moments(sound.drops))
    return lines.joined(separator: "\n") + "\n"
  }

  /// Times in seconds; features by name, one number per analysis frame.
  static func json(_ sound: SoundAnalysis) -> JSONValue {
    let count = Feature.levels.count
    let features = Feature.levels.enumerated().map { place, feature in
      let values = (0..<sound.frameCount).map { frame in level(sound.levels[frame * count + place]) }
      return (key: feature.rawValue, value: JSONValue.array(values.map { .number($0) }))
    }
    return .object([
      ("duration", .number(sound.duration)), ("tempo", .number(sound.beats.tempo)), ("beats", times(sound.beats.times)),
      ("downbeats", times(downbeats(sound))), ("sections", times(sound.sections)), ("drops", times(sound.drops)),
      ("framesPerSecond", .number(sound.rate)), ("features", .object(features)),
    ])
  }

  /// One line per analysis frame: its time, the features, and 1 where a beat begins.
  static func csv(_ sound: SoundAnalysis) -> String {
    let count = Feature.levels.count
    var text = "time," + Feature.levels.map(\.rawValue).joined(separator: ",") + ",beat\n"
    let beats = Set(sound.beats.times.map { Int($0 * sound.rate + 0.5) })
    for frame in 0..<sound.frameCount {
      text += decimal(Double(frame) / sound.rate, 4)
      for place in 0..<count { text += "," + decimal(level(sound.levels[frame * count + place]), 5) }
      text += beats.contains(frame) ? ",1\n" : ",0\n"
    }
    return text
  }

  private static func level(_ value: UInt16) -> Double { Double(value) / 65535 }

  private static func downbeats(_ sound: SoundAnalysis) -> [Double] {
    stride(from: sound.beats.firstDownbeat, to: sound.beats.times.count, by: sound.beats.beatsPerBar).map {
      sound.beats.times[$0]
    }
  }

  private static func times(_ times: [Double]) -> JSONValue { .array(times.map { .number($0) }) }

  private static func moments(_ times: [Double]) -> String {
    times.isEmpty ? "none" : times.map { decimal($0, 2) + " s" }.joined(separator: ", ")
  }

  /// A number of at least 0 with so many digits after the point.
  private static func decimal(_ number: Double, _ digits: Int) -> String {
    let scale = (0..<digits).reduce(1) { product, _ in product * 10 }
    let scaled = Int((number * Double(scale)).rounded())
    let rest = String(scaled % scale)
    return "\(scaled / scale)." + String(repeating: "0", count: digits - rest.count) + rest
  }
}
