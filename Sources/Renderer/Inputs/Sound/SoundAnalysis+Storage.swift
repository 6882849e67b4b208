import SceneLang

/// The bytes under which an analysis is kept: 64-bit little-endian words, then the levels in 16 bits each.
extension SoundAnalysis {
  var bytes: [UInt8] {
    var words = [duration.bitPattern, rate.bitPattern, UInt64(beats.firstDownbeat), UInt64(beats.beatsPerBar)]
    words.append(UInt64(beats.times.count))
    words += beats.times.map(\.bitPattern)
    words.append(UInt64(levels.count))
    var bytes: [UInt8] = []
    bytes.reserveCapacity(8 * words.count + 2 * levels.count)
    for word in words { for byte in 0..<8 { bytes.append(UInt8(truncatingIfNeeded: word >> (8 * byte))) } }
    for level in levels { bytes += [UInt8(truncatingIfNeeded: level), UInt8(level >> 8)] }
    return bytes
  }

  /// Nil for bytes that are no analysis.
  init?(bytes: [UInt8]) {
    var place = 0
    func word() -> UInt64? {
      guard place + 8 <= bytes.count else { return nil }
      defer { place += 8 }
      return (0..<8).reduce(0) { $0 | UInt64(bytes[place + $1]) << (8 * $1) }
    }
    func count() -> Int? { word().flatMap { $0 <= UInt64(bytes.count) ? Int($0) : nil } }
    guard let duration = word(), let rate = word(), let downbeat = count(), let bar = count(), let beatCount = count()
    else { return nil }
    var times: [Double] = []
    for _ in 0..<beatCount {
      guard let time = word() else { return nil }
      times.append(Double(bitPattern: time))
    }
    guard let levelCount = count(), place + 2 * levelCount == bytes.count, levelCount > 0,
      levelCount.isMultiple(of: Feature.levels.count), bar > 0, downbeat < bar,
      zip(times, times.dropFirst()).allSatisfy({ $0 < $1 })
    else { return nil }
    let levels = (0..<levelCount).map { UInt16(bytes[place + 2 * $0]) | UInt16(bytes[place + 2 * $0 + 1]) << 8 }
    self.init(
      duration: Double(bitPattern: duration), rate: Double(bitPattern: rate), levels: levels,
      beats: BeatMap(times: times, firstDownbeat: downbeat, beatsPerBar: bar))
  }

  /// What decides the values of the features.
  var contentHash: ContentHash { ContentHash(of: bytes) }
}
