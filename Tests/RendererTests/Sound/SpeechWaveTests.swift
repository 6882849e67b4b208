import Testing

@testable import Renderer

@Suite struct SpeechWaveTests {
  private func word(_ number: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
  }

  /// As espeak-ng writes to a pipe: the length is not known.
  private func endless(_ samples: [UInt8], format: Int = 1, channels: Int = 1, extra: [UInt8] = []) -> [UInt8] {
    Array("RIFF".utf8) + word(0x7FFF_F024, 4) + Array("WAVEfmt ".utf8) + word(16, 4) + word(format, 2)
      + word(channels, 2) + word(8000, 4) + word(16_000, 4) + word(2, 2) + word(16, 2) + extra + Array("data".utf8)
      + word(0x7FFF_F000, 4) + samples
  }

  @Test func whatIsThereIsRead() throws {
    let wave = try #require(SpeechWave(wav: endless([1, 2, 3, 4, 5])))
    #expect(wave.sampleRate == 8000 && wave.samples == [1, 2, 3, 4] && wave.duration == 2.0 / 8000)
    #expect(SpeechWave(wav: wave.wav) == wave && wave.wav.count == 48)
    let listed = endless([7, 8], extra: Array("LIST".utf8) + word(3, 4) + [0, 0, 0, 0])
    #expect(SpeechWave(wav: listed)?.samples == [7, 8])
  }

  @Test func whatIsNoSpeechIsNone() {
    #expect(SpeechWave(wav: []) == nil)
    #expect(SpeechWave(wav: Array("RIFF".utf8) + [UInt8](repeating: 0, count: 60)) == nil)
    #expect(SpeechWave(wav: endless([1, 2], format: 3)) == nil)
    #expect(SpeechWave(wav: endless([1, 2], channels: 2)) == nil)
    for length in 0..<44 { #expect(SpeechWave(wav: Array(endless([1, 2]).prefix(length))) == nil) }
  }
}
