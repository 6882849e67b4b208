/// What was said: one channel of 16 bits.
struct SpeechWave: Hashable {
  let sampleRate: Int
  /// Little-endian.
  let samples: [UInt8]

  /// Seconds.
  var duration: Double { Double(samples.count / 2) / Double(sampleRate) }

  /// Nil for what is no RIFF file of PCM with one channel and 16 bits. A header that was written before the end was known
  /// promises more than there is.
  init?(wav bytes: [UInt8]) {
    func number(_ place: Int, _ count: Int) -> Int {
      (0..<count).reduce(0) { $0 | Int(bytes[place + $1]) << (8 * $1) }
    }
    func name(_ place: Int) -> String { String(decoding: bytes[place..<place + 4], as: UTF8.self) }
    guard bytes.count >= 44, name(0) == "RIFF", name(8) == "WAVE" else { return nil }
    var place = 12
    var rate: Int?
    while place + 8 <= bytes.count {
      let (chunk, length) = (name(place), number(place + 4, 4))
      let end = min(place + 8 + length, bytes.count)
      if chunk == "fmt ", length >= 16, end == place + 8 + length {
        guard number(place + 8, 2) == 1, number(place + 10, 2) == 1, number(place + 22, 2) == 16 else { return nil }
        rate = number(place + 12, 4)
      } else if chunk == "data" {
        guard let rate, (8000...192_000).contains(rate) else { return nil }
        sampleRate = rate
        samples = Array(bytes[(place + 8)..<(end - (end - place) % 2)])
        return
      }
      place = end + length % 2
    }
    return nil
  }

  /// The whole file.
  var wav: [UInt8] {
    func word(_ number: Int, _ count: Int) -> [UInt8] {
      (0..<count).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
    }
    let format = word(1, 2) + word(1, 2) + word(sampleRate, 4) + word(2 * sampleRate, 4) + word(2, 2) + word(16, 2)
    return Array("RIFF".utf8) + word(36 + samples.count, 4) + Array("WAVEfmt ".utf8) + word(16, 4) + format
      + Array("data".utf8) + word(samples.count, 4) + samples
  }
}
