import Foundation
import Testing

@testable import Renderer

/// Files that are whole pass, however they were written; files of which a part is missing do not.
@Suite struct MediaExtentTests {
  private let media = PictureMedia()

  private static let picture = ["-f", "lavfi", "-i", "testsrc2=s=160x90:r=12:d=2"]
  private static let sound = ["-f", "lavfi", "-i", "sine=d=2:r=44100"]

  /// A name and how ffmpeg writes it; with pictures, sound or both.
  struct Sample: CustomTestStringConvertible, Sendable {
    var name: String
    var arguments: [String]
    var hasPicture = false
    var hasSound = false
    /// Written to a pipe, where nothing can be filled in afterwards.
    var isStreamed = false
    /// Whether a cut can be seen.
    var tells = true

    var testDescription: String { (isStreamed ? "streamed " : "") + name }
    var inputs: [String] { (hasPicture ? picture : []) + (hasSound ? sound : []) }
  }

  static let samples: [Sample] = [
    Sample(name: "late.mp4", arguments: ["-c:v", "mpeg4"], hasPicture: true, hasSound: true),
    Sample(name: "early.mp4", arguments: ["-movflags", "faststart"], hasPicture: true, hasSound: true),
    Sample(
      name: "parts.mp4", arguments: ["-g", "6", "-movflags", "frag_keyframe+empty_moov"], hasPicture: true,
      hasSound: true),
    Sample(
      name: "pipe.mp4", arguments: ["-g", "6", "-movflags", "frag_keyframe+empty_moov", "-f", "mp4"], hasPicture: true,
      isStreamed: true),
    Sample(name: "a.mov", arguments: ["-c:v", "prores_ks"], hasPicture: true),
    Sample(name: "a.m4a", arguments: ["-c:a", "aac"], hasSound: true),
    Sample(name: "a.mkv", arguments: [], hasPicture: true, hasSound: true),
    Sample(name: "pipe.mkv", arguments: ["-f", "matroska"], hasPicture: true, isStreamed: true),
    Sample(name: "a.webm", arguments: ["-c:v", "libvpx", "-b:v", "1M"], hasPicture: true),
    Sample(name: "a.mka", arguments: [], hasSound: true),
    Sample(name: "a.avi", arguments: [], hasPicture: true, hasSound: true),
    Sample(name: "pipe.avi", arguments: ["-f", "avi"], hasPicture: true, isStreamed: true, tells: false),
    Sample(name: "a.gif", arguments: [], hasPicture: true),
    Sample(name: "a.apng", arguments: [], hasPicture: true),
    Sample(name: "a.png", arguments: ["-frames:v", "1"], hasPicture: true),
    Sample(name: "a.jpg", arguments: ["-frames:v", "1"], hasPicture: true),
    Sample(name: "a.webp", arguments: ["-c:v", "libwebp_anim", "-loop", "0"], hasPicture: true),
    Sample(name: "still.webp", arguments: ["-frames:v", "1"], hasPicture: true),
    Sample(name: "a.bmp", arguments: ["-frames:v", "1"], hasPicture: true, tells: false),
    Sample(name: "a.wav", arguments: [], hasSound: true),
    Sample(name: "odd.wav", arguments: ["-c:a", "pcm_u8", "-t", "0.99999"], hasSound: true),
    Sample(name: "long.wav", arguments: ["-rf64", "always"], hasSound: true),
    Sample(name: "pipe.wav", arguments: ["-f", "wav"], hasSound: true, isStreamed: true, tells: false),
    Sample(name: "a.mp3", arguments: [], hasSound: true),
    Sample(
      name: "mono.mp3", arguments: ["-ar", "22050", "-ac", "1", "-b:a", "128k", "-metadata", "title=x"], hasSound: true),
    Sample(name: "pipe.mp3", arguments: ["-f", "mp3"], hasSound: true, isStreamed: true, tells: false),
    Sample(name: "a.ogg", arguments: ["-c:a", "libvorbis"], hasSound: true),
    Sample(name: "pipe.ogg", arguments: ["-c:a", "libvorbis", "-f", "ogg"], hasSound: true, isStreamed: true),
    Sample(name: "a.opus", arguments: [], hasSound: true),
    Sample(name: "a.flac", arguments: [], hasSound: true),
    Sample(name: "pipe.flac", arguments: ["-f", "flac"], hasSound: true, isStreamed: true, tells: false),
    Sample(name: "a.aac", arguments: [], hasSound: true, tells: false),
  ]

  /// The file's bytes.
  private func write(_ sample: Sample) throws -> Data {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    let target = sample.isStreamed ? "pipe:1" : "file:\(media.path(sample.name))"
    process.arguments = ["ffmpeg", "-v", "error", "-y"] + sample.inputs + sample.arguments + [target]
    process.standardInput = FileHandle.nullDevice
    let pipe = Pipe()
    if sample.isStreamed { process.standardOutput = pipe }
    try process.run()
    let streamed = sample.isStreamed ? try pipe.fileHandleForReading.readToEnd() : nil
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
    return try streamed ?? Data(contentsOf: URL(filePath: media.path(sample.name)))
  }

  /// What is said of a file with those bytes; nil when nothing is wrong.
  private func fault(_ bytes: Data) throws -> String? {
    try media.write("file", bytes)
    do { try MediaFile(path: media.path("file"), name: "file").checkIsWhole() } catch { return error.message }
    return nil
  }

  @Test(arguments: samples) func cutsAreSeenAndWholeFilesPass(_ sample: Sample) throws {
    let whole = try write(sample)
    #expect(try fault(whole) == nil)
    // Tags, padding, and what a download left behind.
    #expect(try fault(whole + Data("TAG some words".utf8) + Data(count: 300)) == nil)
    guard sample.tells else { return }
    for share in [0.3, 0.6, 0.9] {
      let cut = whole.prefix(Int(Double(whole.count) * share))
      let found = try fault(cut)
      #expect(found?.hasPrefix("`file` is cut off: ") == true, "\(share): \(found ?? "passed")")
    }
  }

  @Test func whatIsMissingIsTold() throws {
    let whole = try write(try #require(Self.samples.first { $0.name == "a.wav" }))
    #expect(
      try fault(whole.dropLast(1000)) == "`file` is cut off: it has \(whole.count - 1000) of \(whole.count) bytes")
    // The last block of an animation is there, its trailer is not.
    let gif = try write(try #require(Self.samples.first { $0.name == "a.gif" }))
    #expect(try fault(gif.dropLast()) == "`file` is cut off: its end is missing")
  }

  /// Headers that lie, of every container, end in an answer.
  @Test func hostileHeadersEnd() throws {
    let full = [UInt8](repeating: 0xFF, count: 8)
    let heads: [[UInt8]] = [
      [0, 0, 0, 1] + Array("ftyp".utf8) + full,
      [0, 0, 0, 8] + Array("ftyp".utf8) + [0, 0, 0, 1] + Array("moov".utf8) + full,
      [0x1A, 0x45, 0xDF, 0xA3, 0x80, 0x18, 0x53, 0x80, 0x67, 0x01] + full.dropFirst() + [0xEC, 0x01] + full,
      [0x1A, 0x45, 0xDF, 0xA3, 0x01, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFE],
      Array("RF64".utf8) + full.prefix(4) + Array("WAVEds64".utf8) + [28, 0, 0, 0] + full + full + full,
      Array("RIFF".utf8) + [0xFF, 0xFF, 0, 0] + Array("AVI LIST".utf8) + full,
      Array("GIF89a".utf8) + full + full, [0x89, 0x50, 0x4E, 0x47, 13, 10, 26, 10] + full + full,
      [0xFF, 0xD8] + full + full, [0xFF, 0xD8, 0xFF, 0xE0, 0, 0], Array("OggS".utf8) + full,
      Array("OggS\0".utf8) + [UInt8](repeating: 0xFF, count: 30), Array("fLaC".utf8) + [UInt8](repeating: 0, count: 40),
      Array("ID3".utf8) + full, [0xFF, 0xFB, 0x90, 0x00] + [UInt8](repeating: 0xFF, count: 40),
    ]
    for head in heads {
      for count in 1...head.count { _ = try fault(Data(head.prefix(count))) }
      // Whatever is said, it is said of a file, and soon.
      let started = ContinuousClock.now
      _ = try fault(Data(head) + Data(repeating: 0xFF, count: 1 << 20))
      #expect(started.duration(to: .now) < .seconds(10))
    }
  }

  @Test func theFilesOfTheRepositoryAreWhole() throws {
    let folder = URL(filePath: #filePath).appending(path: "../../../../scenes/media").standardized
    for name in ["intro.ogg", "shore.mp4"] {
      let file = try MediaFile(path: folder.appending(path: name).path)
      #expect(throws: Never.self) { try file.checkIsWhole() }
    }
  }
}
