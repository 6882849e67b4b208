import Foundation
import SceneLang
import Testing

@testable import Renderer

@Suite struct SoundFileTests {
  private let folder = TemporaryFolder()

  private func file(_ name: String, _ data: Data) throws -> String {
    let path = "\(folder.path)/\(name)"
    try data.write(to: URL(filePath: path))
    return path
  }

  private func music() -> Synthesizer {
    var synthesizer = Synthesizer(seconds: 8)
    for beat in 0..<16 { synthesizer.play(.kick, at: Double(beat) / 2) }
    return synthesizer
  }

  private func analyze(_ path: String, tempo: Double? = nil, cache: String? = nil) throws -> SoundAnalysis {
    try SoundLibrary(cacheFolder: cache).analysis(of: SoundMix(path: path), [MediaFile(path: path)], tempo: tempo)
  }

  @Test func aFileIsAnalysedAsItsSamplesAre() throws {
    let path = try file("a.wav", music().wav)
    let found = try analyze(path)
    let expected = SoundAnalyzer.analysis(of: music().frames)
    #expect(found.duration == 8 && found.frameCount == expected.frameCount)
    // 16 bits instead of floats.
    #expect(zip(found.levels, expected.levels).allSatisfy { abs(Int($0) - Int($1)) < 650 })
    #expect(found.beats.times.count == expected.beats.times.count)
  }

  @Test func whatWasAnalysedIsKept() throws {
    let path = try file("a.wav", music().wav)
    let cache = "\(folder.path)/cache"
    let first = try analyze(path, tempo: nil, cache: cache)
    let kept = folder.files(below: "cache").filter { $0.hasSuffix(".analysis") }
    #expect(kept.count == 1)
    let other = try analyze(path, tempo: nil, cache: cache)
    #expect(other == first)
    _ = try analyze(path, tempo: 100, cache: cache)
    #expect(folder.files(below: "cache").filter { $0.hasSuffix(".analysis") }.count == 2)
  }

  @Test func whatIsNoSoundIsRefused() throws {
    let wav = music().wav
    let files = [
      "empty.wav": Data(), "header.wav": wav.prefix(30), "text.ogg": Data("#EXTM3U\nhttp://127.0.0.1/a.ts\n".utf8),
      "list.mp3": Data("ffconcat version 1.0\nfile /etc/passwd\n".utf8), "nothing.wav": wav.prefix(44),
    ]
    for (name, data) in files {
      let path = try file(name, data)
      #expect(throws: BuildFailure.self, "\(name)") {
        try analyze(path)
      }
    }
    #expect(throws: BuildFailure.self) {
      try analyze(folder.path)
    }
    #expect(throws: BuildFailure.self) {
      try analyze("/dev/zero")
    }
    #expect(throws: BuildFailure.self) {
      try analyze("\(folder.path)/missing.wav")
    }
  }

  @Test func anEnormousFileIsRefusedAtOnce() throws {
    let path = try file("huge.wav", music().wav)
    #expect(truncate(path, 5 << 30) == 0)
    #expect(throws: BuildFailure.self) { try analyze(path) }
  }

  @Test func aHeaderThatPromisesMoreIsNotBelieved() throws {
    var wav = music().wav
    for place in [4, 40] { wav.replaceSubrange(place..<place + 4, with: [0xF0, 0xFF, 0xFF, 0x7F]) }
    #expect(abs(try analyze(try file("long.wav", wav)).duration - 8) < 0.01)
  }

  @Test func aFileThatIsCutOffIsRefused() throws {
    let whole = music().wav
    let path = try file("a.wav", whole.prefix(44 + 88_200))
    let failure = #expect(throws: BuildFailure.self) { try analyze(path) }
    #expect(failure?.message.contains("is cut off: it has 88244 of \(whole.count) bytes") == true)
  }

  @Test func nothingButNumbersComesOutOfAFileOfFloats() throws {
    // 32-bit float WAV with NaN, infinity and 1e30.
    var data = Data("RIFF".utf8)
    func append(_ value: UInt32, _ bytes: Int) {
      for byte in 0..<bytes { data.append(UInt8(value >> (8 * byte) & 255)) }
    }
    append(36 + 40_000, 4)
    data.append(contentsOf: "WAVEfmt ".utf8)
    for (value, bytes) in [(16, 4), (3, 2), (1, 2), (22_050, 4), (88_200, 4), (4, 2), (32, 2)] {
      append(UInt32(value), bytes)
    }
    data.append(contentsOf: "data".utf8)
    append(40_000, 4)
    for index in 0..<10_000 {
      append([Float.nan, .infinity, 1e30, 0.5][index % 4].bitPattern, 4)
    }
    let found = try analyze(try file("nan.wav", data))
    #expect(found.values(at: 0.2, period: 1.0 / 24).allSatisfy { $0.isFinite })
  }
}
