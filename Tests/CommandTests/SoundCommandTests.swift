import Foundation
import Testing

/// Scenes that listen to a track.
@Suite struct SoundCommandTests {
  private let bench: Workbench

  /// Six seconds of clicks at 120 beats per minute, as 8-bit WAV.
  init() throws {
    bench = try Workbench()
    var samples = [UInt8](repeating: 128, count: 6 * 8000)
    for beat in 0..<12 {
      for index in 0..<200 { samples[beat * 4000 + index] = UInt8(clamping: 128 + (index % 16 < 8 ? 90 : -90)) }
    }
    try Self.wav(samples).write(to: bench.folder.appending(path: "clicks.wav"))
    try bench.write("scene.yaml", Self.scene("clicks.wav"))
  }

  private static func scene(_ track: String) -> String {
    """
    ascii-scene: 1
    video: {size: 64x36, fps: 24}
    audio: {track: \(track)}
    segments:
      - {duration: 4beats, layers: [{field: rms, color: "#ffffff", wash: 1, brightness: 0.2 + 0.8 * bdecay}]}
      - {until: audio.end, layers: [field: plasma]}
    """
  }

  private static func wav(_ samples: [UInt8]) -> Data {
    func word(_ value: Int, _ bytes: Int) -> [UInt8] { (0..<bytes).map { UInt8(value >> (8 * $0) & 255) } }
    let header = Array("RIFF".utf8) + word(36 + samples.count, 4) + Array("WAVEfmt ".utf8) + word(16, 4) + word(1, 2)
    return Data(
      header + word(1, 2) + word(8000, 4) + word(8000, 4) + word(1, 2) + word(8, 2) + Array("data".utf8)
        + word(samples.count, 4) + samples)
  }

  @Test func aSceneFollowsItsTrack() throws {
    let check = try bench.run("check", "scene.yaml")
    #expect(check.code == 0, "\(check.messages)")
    let hash = try bench.run("hash", "scene.yaml")
    let lines = hash.output.split(separator: "\n").map { $0.split(separator: " ")[1] }
    #expect(lines.count == 144, "\(hash.messages)")
    // Between beats the light falls.
    #expect(lines[13] != lines[16])
    #expect(try bench.run("hash", "scene.yaml", "--kernels", "baseline").output == hash.output)
    let build = try bench.run("build", "scene.yaml", "--crf", "40", "--preset", "ultrafast")
    #expect(build.code == 0 && bench.bytes("scene.mp4") != nil, "\(build.messages)")
  }

  @Test func aTrackIsAnalysedOnce() throws {
    _ = try bench.run("check", "scene.yaml")
    #expect(bench.files(below: "cache").filter { $0.hasSuffix(".analysis") }.count == 1)
    // Without ffmpeg only what is kept can be used.
    let again = try bench.run("check", "scene.yaml", environment: ["PATH": "/nowhere"])
    #expect(again.code == 0, "\(again.messages)")
    let fresh = try bench.run("check", "scene.yaml", environment: ["PATH": "/nowhere", "ASCII_SCENE_CACHE": "other"])
    #expect(fresh.code == 3, "\(fresh.messages)")
  }

  @Test func badTracksAreErrorsAtTheirPath() throws {
    try Data().write(to: bench.folder.appending(path: "empty.wav"))
    try bench.write("text.wav", "not a sound")
    try bench.write("list.ogg", "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile:///etc/passwd\n")
    try FileManager.default.createDirectory(
      at: bench.folder.appending(path: "folder.wav"), withIntermediateDirectories: false)
    try FileManager.default.createSymbolicLink(
      atPath: bench.folder.appending(path: "link.wav").path, withDestinationPath: "/dev/zero")
    #expect(mkfifo(bench.folder.appending(path: "pipe.wav").path, 0o600) == 0)
    for track in ["missing.wav", "empty.wav", "text.wav", "list.ogg", "folder.wav", "link.wav", "pipe.wav"] {
      try bench.write("bad.yaml", Self.scene(track))
      let outcome = try bench.run("build", "bad.yaml")
      #expect(outcome.code == 1, "\(track): \(outcome.messages)")
      #expect(
        outcome.messages.contains("error[unreadable_file]") && outcome.messages.contains("bad.yaml:3:16"),
        "\(outcome.messages)")
      #expect(!outcome.messages.contains("root:"))
      #expect(bench.bytes("bad.mp4") == nil)
    }
  }

  @Test func fieldsReadTheSpectrumAndTheWaveform() throws {
    for field in ["spectrum(u)", "0.5 + 0.5 * waveform(u)", "spectrum(0.2 + 0.1 * beat_phase)"] {
      try bench.write(
        "field.yaml", Self.scene("clicks.wav").replacingOccurrences(of: "field: rms", with: "field: \"\(field)\""))
      let hash = try bench.run("hash", "field.yaml", "--frames", "11..16")
      let pictures = Set(hash.output.split(separator: "\n").map { $0.split(separator: " ")[1] })
      #expect(pictures.count > 2, "\(field): \(hash.output) \(hash.messages)")
      #expect(try bench.run("hash", "field.yaml", "--frames", "11..16", "--kernels", "baseline").output == hash.output)
    }
  }

  @Test func soundsAreDescribed() throws {
    let words = try bench.run("analyze", "clicks.wav", "--picture", "clicks.png")
    #expect(words.code == 0 && words.output.contains("6.00 s of sound"), "\(words.messages)")
    #expect(words.output.contains("120.0 beats a minute: 12 beats"), "\(words.output)")
    #expect(bench.bytes("clicks.png")?.starts(with: [0x89, 0x50, 0x4E, 0x47]) == true)
    struct Found: Decodable {
      var duration: Double
      var tempo: Double
      var beats: [Double]
      var downbeats: [Double]
      var features: [String: [Double]]
    }
    let json = try bench.run("analyze", "scene.yaml", "--format", "json").decoded(as: Found.self)
    #expect(json.duration == 6 && abs(json.tempo - 120) < 1 && json.beats.count == 12 && json.downbeats.count >= 2)
    #expect(json.features.count == 20 && json.features["rms"]!.allSatisfy { (0...1).contains($0) })
    let lines = try bench.run("analyze", "clicks.wav", "--format", "csv").output.split(separator: "\n")
    #expect(lines.count == json.features["rms"]!.count + 1 && lines[0].hasPrefix("time,rms,sub,"))
    #expect(lines.count { $0.split(separator: ",").dropLast().last == "1.00000" } == 12)
    #expect(try bench.run("analyze", "missing.wav").code == 1)
    #expect(try bench.run("analyze", "clicks.wav", "--tempo", "999").code == 2)
  }

  @Test func jumpsOfLightAreComparedWithBeats() throws {
    try bench.write(
      "flash.yaml",
      """
      ascii-scene: 1
      video: {size: 64x36, fps: 24}
      audio: {track: clicks.wav}
      segments:
        - duration: 6s
          tone: none
          look: none
          layers: [{field: "if(beat, 1, 0)", color: "#ffffff", wash: 1, brightness: 1}]
      """)
    let report = try bench.run("sync", "flash.yaml", "--strict")
    #expect(report.code == 0, "\(report.messages)")
    // The first of the twelve clicks falls on the first frame, which has none before it to jump from.
    #expect(report.output.contains("11 beats") && report.output.contains("0 beats without a jump"), "\(report.output)")
    try bench.write("still.yaml", Self.scene("clicks.wav").replacingOccurrences(of: "0.2 + 0.8 * bdecay", with: "0.5"))
    let still = try bench.run("sync", "still.yaml", "--strict")
    #expect(still.code == 5, "\(still.output) \(still.messages)")
  }

  /// Without a jump there is no distance, and none is told.
  @Test func wherePicturesStandNoDistanceIsTold() throws {
    try bench.write(
      "still.yaml",
      """
      ascii-scene: 1
      video: {size: 64x36, fps: 24}
      audio: {track: clicks.wav}
      segments: [{duration: 2s, tone: none, look: none, layers: [{field: "0.5"}]}]
      """)
    #expect(try bench.run("sync", "still.yaml").output.contains("\ndistance: no jump is near a beat\n"))
    struct Distances: Decodable {
      var jumps: Int
      var matched: Int
      var meanSeconds: Double?
    }
    let none: Distances = try bench.run("sync", "still.yaml", "--format", "json").decoded()
    #expect(none.jumps == 0 && none.matched == 0 && none.meanSeconds == nil)
  }
}
