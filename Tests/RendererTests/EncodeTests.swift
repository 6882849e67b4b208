import Foundation
import SceneLang
import Testing

@testable import Renderer

@Suite struct EncodeTests {
  private let folder = TemporaryFolder()

  private func encode(
    _ frames: Int, _ settings: EncoderSettings, _ fps: FrameRate
  ) throws -> (PartFile, MP4Track) {
    let part = try PartFile(for: "clip", in: folder.path)
    let encoder = try ClipEncoder(
      try Toolchain.resolve(), .final(settings), Toy.format(fps), into: part, .never)
    let source = Toy.Source()
    var frame = [UInt8](repeating: 0, count: encoder.frameSize)
    for number in 0..<frames {
      frame.withUnsafeMutableBufferPointer { source.renderFrame(number, into: $0.baseAddress!) }
      try frame.withUnsafeBytes { try encoder.write($0) }
    }
    try encoder.finish()
    let track = try #require(MP4Track(try Descriptor(opening: part.path, O_RDONLY)))
    return (part, track)
  }

  private func sine(seconds: Int, _ toolchain: Toolchain) throws -> String {
    let path = "\(folder.path)/sound.mp4"
    let process = Process()
    process.executableURL = URL(fileURLWithPath: toolchain.ffmpeg)
    process.arguments = ["-v", "error", "-f", "lavfi", "-i", "sine=d=\(seconds):r=48000", "-c:a", "aac", path]
    try process.run()
    process.waitUntilExit()
    return path
  }

  /// superfast and fast put B-frames between: stored in another order than shown.
  @Test(
    arguments: [EncoderSettings.Preset.ultrafast, .superfast, .fast, .slow], [FrameRate(24), FrameRate(24000, 1001)])
  func joiningIsExact(preset: EncoderSettings.Preset, fps: FrameRate) throws {
    let settings = EncoderSettings(preset: preset, crf: 30)
    let counts = [31, 1, 40, 17]
    let clips = try counts.map { try encode($0, settings, fps).0 }
    let toolchain = try Toolchain.resolve()
    let output = try PartFile(for: "out.mp4", in: folder.path)
    try Joiner(toolchain: toolchain, fps: fps, cancellation: .never)
      .join(.init(zip(clips, counts).map { .init(path: $0.path, frameCount: $1) }), audio: nil, into: output)
    let probe = try Probe(output.path, toolchain, .never)
    var expectation = Probe.Expectation(
      width: 64, height: 36, frameCount: 89, clock: VideoClock(fps), hasAudio: false)
    #expect(failure { try probe.check(expectation) } == nil)
    try expectFfprobeAgrees(with: probe, output.path)
    expectation.frameCount = 90
    #expect(
      failure { try probe.check(expectation) }?.message.contains("89 frames, not 90") == true
    )
    expectation.frameCount = 89
    expectation.hasAudio = true
    #expect(failure { try probe.check(expectation) }?.message.contains("1 streams") == true)
  }

  /// Rates beside common ones, which ffmpeg would take for those: 120 of 120000/1001.
  @Test(arguments: [
    FrameRate(120_000, 1001), FrameRate(119), FrameRate(121), FrameRate(239), FrameRate(23), FrameRate(1),
  ])
  func everyRateIsKept(fps: FrameRate) throws {
    let (part, track) = try encode(150, EncoderSettings(preset: .ultrafast, crf: 30), fps)
    #expect(track.sampleCount == 150 && track.hasEvenSteps)
    let toolchain = try Toolchain.resolve()
    let output = try PartFile(for: "out.mp4", in: folder.path)
    try Joiner(toolchain: toolchain, fps: fps, cancellation: .never)
      .join(.init([.init(path: part.path, frameCount: 150)]), audio: nil, into: output)
    let expectation = Probe.Expectation(
      width: 64, height: 36, frameCount: 150, clock: VideoClock(fps), hasAudio: false)
    #expect(failure { try Probe(output.path, toolchain, .never).check(expectation) } == nil)
  }

  @Test func joiningRefusesWhatFfmpegWouldPassOver() throws {
    let settings = EncoderSettings(preset: .ultrafast, crf: 30)
    let (clip, _) = try encode(10, settings, FrameRate(24))
    let (other, _) = try encode(10, EncoderSettings(preset: .superfast, crf: 30), FrameRate(24))
    let output = try PartFile(for: "out.mp4", in: folder.path)
    let joiner = Joiner(toolchain: try Toolchain.resolve(), fps: FrameRate(24), cancellation: .never)
    func fault(_ parts: [Joiner.Part]) -> String? {
      failure { try joiner.join(.init(parts), audio: nil, into: output) }?.message
    }
    let whole = Joiner.Part(path: clip.path, frameCount: 10)
    #expect(fault([whole, .init(path: clip.path, frameCount: 11)])?.contains("does not hold its 11 frames") == true)
    #expect(fault([whole, .init(path: "\(folder.path)/none.mp4", frameCount: 10)])?.contains("none.mp4") == true)
    #expect(fault([whole, .init(path: other.path, frameCount: 10)])?.contains("unlike the others") == true)
    #expect(fault([whole, whole]) == nil)
  }

  @Test func namesInTheListAreQuoted() {
    var list = ClipList(FrameRate(24000, 1001))
    list.append(.init(path: "/it's/a b.mp4", frameCount: 1))
    list.append(listAt: "file:/dev/fd/4", frameCount: 2)
    #expect(
      list.text == """
        ffconcat version 1.0
        file 'file:/it'\\''s/a b.mp4'
        duration 41708us
        file 'file:/dev/fd/4'
        option safe 0
        option auto_convert 0
        duration 83417us

        """)
    var copied = ClipList(FrameRate(24), isCopied: true)
    copied.append(.init(path: "/a.mp4", frameCount: 24))
    #expect(copied.text.hasSuffix("file 'file:/a.mp4'\noption codec_whitelist none\nduration 1000000us\n"))
  }

  @Test func theLastPartsAreListedOneByOne() {
    #expect(Joiner.groups(1..<4) == [1..<2, 2..<3, 3..<4])
    #expect(Joiner.groups(4..<4).isEmpty)
    #expect(Joiner.groups(1..<41).prefix(3) == [1..<21, 21..<31, 31..<32])
    let many = Joiner.groups(1..<10_001)
    #expect(many.count == 20 && many[0] == 1..<5001 && many.last == 10_000..<10_001)
  }

  /// Parts that come late are joined to the same bytes as those that are there, however long they take.
  @Test(arguments: [EncoderSettings.Preset.ultrafast, .fast], [FrameRate(24), FrameRate(120_000, 1001)])
  func joiningWhileClipsAreRenderedGivesTheSameBytes(preset: EncoderSettings.Preset, fps: FrameRate) throws {
    let counts = [31, 1, 40, 17, 25, 3]
    let settings = EncoderSettings(preset: preset, crf: 30)
    let clips = try counts.map { try encode($0, settings, fps).0 }
    let parts = zip(clips, counts).map { Joiner.Part(path: $0.path, frameCount: $1) }
    let toolchain = try Toolchain.resolve()
    let sound = try sine(seconds: 20, toolchain)
    let joiner = Joiner(toolchain: toolchain, fps: fps, cancellation: .never)
    func joined(_ parts: Joiner.Parts, audio: String?) throws -> Data {
      let output = try PartFile(for: "out.mp4", in: folder.path)
      try joiner.join(parts, audio: audio, into: output)
      return try Data(contentsOf: URL(fileURLWithPath: output.path))
    }
    for audio in [nil, sound] {
      let whole = try joined(.init(parts), audio: audio)
      for ready in [1, 2] {
        let late = Joiner.Parts(frameCounts: counts, isFinished: { $0 < ready }) { index in
          usleep(index < ready ? 0 : 100_000)
          return parts[index]
        }
        #expect(try joined(late, audio: audio) == whole, "\(ready) were ready")
      }
    }
  }

  @Test func whatIsWrongWithALatePartIsTold() throws {
    let settings = EncoderSettings(preset: .ultrafast, crf: 30)
    let clips = try [10, 10, 10].map { try encode($0, settings, FrameRate(24)).0 }
    let (other, _) = try encode(10, EncoderSettings(preset: .superfast, crf: 30), FrameRate(24))
    let joiner = Joiner(toolchain: try Toolchain.resolve(), fps: FrameRate(24), cancellation: .never)
    func fault(_ last: @escaping @Sendable () throws(BuildFailure) -> String) throws -> BuildFailure? {
      let output = try PartFile(for: "out.mp4", in: folder.path)
      let paths = clips.map(\.path)
      let parts = Joiner.Parts(frameCounts: [10, 10, 10], isFinished: { $0 == 0 }) { (index) throws(BuildFailure) in
        Joiner.Part(path: index == 2 ? try last() : paths[index], frameCount: 10)
      }
      return failure { try joiner.join(parts, audio: nil, into: output) }
    }
    let wrong = other.path
    #expect(try fault { wrong }?.message.contains("unlike the others") == true)
    #expect(try fault { "/none.mp4" }?.message.contains("none.mp4") == true)
    #expect(try fault { () throws(BuildFailure) in throw .cancelled }?.kind == .cancelled)
  }

  @Test func aClipThatWasCutOffHasNoIndex() throws {
    let (clip, track) = try encode(12, EncoderSettings(preset: .ultrafast, crf: 30), FrameRate(24))
    #expect(track.sampleCount == 12)
    #expect(track.hasEvenSteps)
    let whole = try Data(contentsOf: URL(fileURLWithPath: clip.path))
    for count in [0, 7, 8, 40, whole.count / 2, whole.count - 1] {
      let cut = folder.write("cut.mp4", "")
      try whole.prefix(count).write(to: URL(fileURLWithPath: cut))
      #expect(MP4Track(try Descriptor(opening: cut, O_RDONLY)) == nil, "\(count) of \(whole.count) bytes")
    }
  }

  /// The index of a large video has its room at the beginning: enough where every frame has entries of its own.
  @Test(arguments: [EncoderSettings.Preset.ultrafast, .fast]) func aLargeVideoBeginsWithItsIndex(
    preset: EncoderSettings.Preset
  ) throws {
    let (clip, _) = try encode(60, EncoderSettings(preset: preset, crf: 30), FrameRate(24))
    let toolchain = try Toolchain.resolve()
    let sound = try sine(seconds: 60, toolchain)
    let output = try PartFile(for: "out.mp4", in: folder.path)
    var joiner = Joiner(toolchain: toolchain, fps: FrameRate(24), cancellation: .never)
    joiner.indexShare = 1
    let parts = (0..<24).map { _ in Joiner.Part(path: clip.path, frameCount: 60) }
    let words = (0..<20).map { "\($0 + 1)\n00:00:\(10 + $0),000 --> 00:00:\(10 + $0),500\nword\n\n" }.joined()
    try joiner.join(.init(parts), audio: sound, subtitles: words, into: output)
    let probe = try Probe(output.path, toolchain, .never)
    try expectFfprobeAgrees(with: probe, output.path)
    #expect(probe.times.count == 1440 && probe.streams.map(\.codec) == ["h264", "aac", "mov_text"])
    let bytes = try Data(contentsOf: URL(fileURLWithPath: output.path))
    let (index, pictures) = (bytes.range(of: Data("moov".utf8)), bytes.range(of: Data("mdat".utf8)))
    #expect(try #require(index).lowerBound < #require(pictures).lowerBound)
    // What is left of the room; ffmpeg's own free boxes have 8 bytes.
    let free = try #require(bytes.range(of: Data("free".utf8))).lowerBound
    #expect(bytes[free - 4..<free].reduce(0) { $0 << 8 | Int($1) } > 1000)
  }

  /// A video whose index comes first is not whole without its last frame.
  @Test func aFinishedVideoThatWasCutOffHasNoIndex() throws {
    let (clip, _) = try encode(12, EncoderSettings(preset: .superfast, crf: 30), FrameRate(24))
    let output = try PartFile(for: "out.mp4", in: folder.path)
    try Joiner(toolchain: try Toolchain.resolve(), fps: FrameRate(24), cancellation: .never)
      .join(.init([.init(path: clip.path, frameCount: 12)]), audio: nil, into: output)
    #expect(MP4File(try Descriptor(reading: output.path))?.tracks.count == 1)
    let whole = try Data(contentsOf: URL(fileURLWithPath: output.path))
    let cut = folder.write("cut.mp4", "")
    try whole.dropLast().write(to: URL(fileURLWithPath: cut))
    #expect(MP4File(try Descriptor(reading: cut)) == nil)
  }

  @Test func aClockHasWholeTicks() {
    for fps in [
      FrameRate(12), FrameRate(24), FrameRate(25), FrameRate(24000, 1001), FrameRate(60000, 1001), FrameRate(7, 3),
    ] {
      let clock = VideoClock(fps)
      #expect(clock.ticksPerSecond >= 12_000 && clock.ticksPerSecond % fps.numerator == 0)
      #expect(clock.ticksPerFrame * fps.numerator == clock.ticksPerSecond * fps.denominator)
    }
    #expect(VideoClock(FrameRate(24000, 1001)).microseconds(atFrame: 24000) == 1_001_000_000)
    #expect(VideoClock(FrameRate(24)).samples(frames: 1, sampleRate: 48_000) == 2000)
  }

  @Test func aFaultyPlaceOfAFrameIsFound() throws {
    let clock = VideoClock(FrameRate(24))
    let ticks = clock.ticksPerFrame
    func fault(_ times: [Int]) -> String? {
      let text =
        times.map { "packet|stream_index=0|pts=\($0)\n" }.joined()
        + "packet|stream_index=1|pts=5\nstream|codec_name=h264|width=64|height=36|duration=0.125000\n"
      return failure {
        try Probe(compact: text).check(.init(width: 64, height: 36, frameCount: 3, clock: clock, hasAudio: false))
      }?.message
    }
    #expect(fault([0, 2 * ticks, ticks]) == nil)
    #expect(fault([0, ticks, 2 * ticks + 1])?.contains("frame 2 is shown at tick") == true)
    #expect(fault([0, ticks])?.contains("2 frames, not 3") == true)
  }
}
