import Renderer
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
    let rows = rows(of: sound)
    let features = columns.enumerated().map { place, feature in
      (key: feature.rawValue, value: JSONValue.array(rows.map { .number($0[place]) }))
    }
    return .object([
      ("duration", .number(sound.duration)), ("tempo", .number(sound.beats.tempo)), ("beats", times(sound.beats.times)),
      ("downbeats", times(downbeats(sound))), ("sections", times(sound.sections)), ("drops", times(sound.drops)),
      ("framesPerSecond", .number(sound.rate)), ("features", .object(features)),
    ])
  }

  /// One line per analysis frame: its time and the features.
  static func csv(_ sound: SoundAnalysis) -> String {
    var text = "time," + columns.map(\.rawValue).joined(separator: ",") + "\n"
    for (frame, row) in rows(of: sound).enumerated() {
      text += decimal(Double(frame) / sound.rate, 4)
      for value in row { text += "," + decimal(value, 5) }
      text += "\n"
    }
    return text
  }

  /// The curves, and 1 in the frame in which a beat begins, and what then falls from 1 to 0.
  private static let columns = Feature.levels + [.beat, .bdecay]

  /// What a frame of the analysis has in each column.
  private static func rows(of sound: SoundAnalysis) -> [[Double]] {
    let places = columns.map { Feature.allCases.firstIndex(of: $0)! }
    return (0..<sound.frameCount).map { frame in
      let values = sound.values(at: Double(frame) / sound.rate, period: 1 / sound.rate)
      return places.map { values[$0] }
    }
  }

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
