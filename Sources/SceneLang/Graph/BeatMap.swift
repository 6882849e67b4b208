/// When the beats of a sound fall, and which of them begin bars.
public struct BeatMap: Hashable, Sendable {
  /// Seconds, ascending; empty where no beat is heard.
  public let times: [Double]
  /// The beat that begins the first whole bar, below `beatsPerBar`.
  public let firstDownbeat: Int
  public let beatsPerBar: Int

  /// Precondition: `times` ascend.
  public init(times: [Double], firstDownbeat: Int = 0, beatsPerBar: Int = 4) {
    precondition(zip(times, times.dropFirst()).allSatisfy { $0 < $1 }, "beats ascend")
    precondition(beatsPerBar > 0 && (0..<beatsPerBar).contains(firstDownbeat), "the first bar begins in the first bar")
    self.times = times
    self.firstDownbeat = firstDownbeat
    self.beatsPerBar = beatsPerBar
  }

  /// Beats at equal distances from one second to another, which has none; the first begins a bar. `tempo`: beats a minute.
  public init(tempo: Double, from first: Double = 0, to end: Double, beatsPerBar: Int = 4) {
    let count = max(0, Int(((end - first) * tempo / 60).rounded(.up)))
    self.init(times: (0..<count).map { first + Double($0) * 60 / tempo }, beatsPerBar: beatsPerBar)
  }

  /// Beats that have begun by `time`.
  public func count(by time: Double) -> Int {
    var (low, high) = (0, times.count)
    while low < high {
      let middle = (low + high) / 2
      if times[middle] <= time { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The bar that a beat lies in, from 0; beats before the first downbeat are bar 0 with it.
  public func bar(ofBeat beat: Int) -> Int { max(0, (beat - firstDownbeat) / beatsPerBar) }

  /// Beats per minute around a beat: the mean of the eight intervals about it; 0 with fewer than two beats.
  public func tempo(aroundBeat beat: Int) -> Double {
    guard times.count > 1 else { return 0 }
    let first = min(max(beat - 4, 0), max(times.count - 9, 0))
    let last = min(first + 8, times.count - 1)
    return 60 * Double(last - first) / (times[last] - times[first])
  }

  /// Beats per minute of the whole sound: the median of `tempo(aroundBeat:)`; 0 with fewer than two beats.
  public var tempo: Double {
    let tempi = times.indices.map { tempo(aroundBeat: $0) }.sorted()
    return tempi.isEmpty ? 0 : tempi[tempi.count / 2]
  }

  /// The time of a beat, counted from 0; between beats on a straight line, and beyond the first and the last as if they
  /// went on at the tempo there. Precondition: two beats or more.
  public func seconds(ofBeat beat: Double) -> Double {
    precondition(times.count > 1, "one beat has no tempo")
    if beat < 0 { return times[0] + beat * 60 / tempo(aroundBeat: 0) }
    let last = times.count - 1
    if beat >= Double(last) { return times[last] + (beat - Double(last)) * 60 / tempo(aroundBeat: last) }
    let before = Int(beat)
    return times[before] + (beat - Double(before)) * (times[before + 1] - times[before])
  }

  /// The inverse of `seconds(ofBeat:)`. Precondition: two beats or more.
  public func beat(at time: Double) -> Double {
    precondition(times.count > 1, "one beat has no tempo")
    let last = times.count - 1
    if time < times[0] { return (time - times[0]) * tempo(aroundBeat: 0) / 60 }
    if time >= times[last] { return Double(last) + (time - times[last]) * tempo(aroundBeat: last) / 60 }
    let before = count(by: time) - 1
    return Double(before) + (time - times[before]) / (times[before + 1] - times[before])
  }
}
