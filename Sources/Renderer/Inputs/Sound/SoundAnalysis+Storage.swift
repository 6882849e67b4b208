import SceneLang

/// The bytes under which an analysis is kept: 64-bit little-endian words, then the levels in 16 bits each, the spectrum and
/// the wave.
extension SoundAnalysis {
  var bytes: [UInt8] {
    var words = [duration.bitPattern, rate.bitPattern, UInt64(beats.firstDownbeat), UInt64(beats.beatsPerBar)]
    words.append(UInt64(beats.times.count))
    words += beats.times.map(\.bitPattern)
    for moments in [sections, drops] {
      words.append(UInt64(moments.count))
      words += moments.map(\.bitPattern)
    }
    words += [waveRate.bitPattern, UInt64(wave.count), UInt64(levels.count)]
    var bytes: [UInt8] = []
    bytes.reserveCapacity(8 * words.count + 2 * levels.count + spectrum.count + wave.count)
    for word in words { for byte in 0..<8 { bytes.append(UInt8(truncatingIfNeeded: word >> (8 * byte))) } }
    for level in levels {
      bytes.append(UInt8(truncatingIfNeeded: level))
      bytes.append(UInt8(level >> 8))
    }
    bytes += spectrum
    for sample in wave { bytes.append(UInt8(bitPattern: sample)) }
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
    func times() -> [Double]? {
      guard let count = count(), place + 8 * count <= bytes.count else { return nil }
      return (0..<count).map { _ in Double(bitPattern: word()!) }
    }
    guard let duration = word(), let rate = word(), let downbeat = count(), let bar = count(), let beats = times(),
      let sections = times(), let drops = times()
    else { return nil }
    guard let waveRate = word(), let waveCount = count(), let levelCount = count(), levelCount > 0,
      levelCount.isMultiple(of: Feature.levels.count), bar > 0, downbeat < bar,
      zip(beats, beats.dropFirst()).allSatisfy({ $0 < $1 })
    else { return nil }
    let spectrumCount = bytes.count - place - 2 * levelCount - waveCount
    let frames = levelCount / Feature.levels.count
    guard spectrumCount == 0 || spectrumCount == frames * Self.spectrumCount else { return nil }
    let levels = (0..<levelCount).map { UInt16(bytes[place + 2 * $0]) | UInt16(bytes[place + 2 * $0 + 1]) << 8 }
    let rest = bytes[(place + 2 * levelCount)...]
    self.init(
      duration: Double(bitPattern: duration), rate: Double(bitPattern: rate), levels: levels,
      spectrum: Array(rest.prefix(spectrumCount)), wave: rest.dropFirst(spectrumCount).map { Int8(bitPattern: $0) },
      waveRate: Double(bitPattern: waveRate),
      beats: BeatMap(times: beats, firstDownbeat: downbeat, beatsPerBar: bar), sections: sections, drops: drops)
  }

  /// What decides the values of the features.
  var contentHash: ContentHash { ContentHash(of: bytes) }
}
