import Foundation
import Testing

/// `verify` and `build --verify`.
@Suite struct VerifyCommandTests {
  private let bench: Workbench

  init() throws { bench = try Workbench() }

  private struct Finding: Decodable {
    var rule, severity, message: String
    var first, end: Int?
    var segment, place: String?
  }

  private struct Report: Decodable {
    struct Segment: Decodable {
      var name, level: String
      var brightness: [Double]
      var black, white: Double
    }
    struct Text: Decodable {
      var layer: String
      var contrast, needed: Double
    }
    var frames: Int
    var segments: [Segment]
    var texts: [Text]
    var findings: [Finding]
  }

  /// Builds a scene of 64×36 pixels and verifies the video.
  private func verify(_ scene: String, _ options: String..., code: Int32) throws -> Report {
    try bench.write("scene.yaml", "ascii-scene: 1\nvideo: {size: 64x36, fps: 24}\n" + scene)
    let built = try bench.run("build", "scene.yaml", "-o", "film.mp4")
    #expect(built.code == 0, "\(built.messages)")
    let outcome = try bench.run(["verify", "film.mp4", "--scene", "scene.yaml", "--format", "json"] + options)
    #expect(outcome.code == code, "\(outcome.output) \(outcome.messages)")
    return try outcome.decoded()
  }

  private static let calm = "{field: 0.5 + 0.3 * sin(9 * u + t), grid: xxl, color: \"#ffffff\", wash: 1}"

  @Test func aVideoOfItsSceneIsFine() throws {
    let report = try verify(
      "segments:\n  - {name: one, duration: 1s, level: any, layers: [\(Self.calm)]}\n", "--strict", code: 0)
    #expect(report.frames == 24 && report.findings.isEmpty && report.segments.map(\.name) == ["one"])
    #expect(report.segments.first?.brightness.count == 3)
  }

  @Test func anotherSceneIsTold() throws {
    _ = try verify("segments:\n  - {name: one, duration: 1s, layers: [\(Self.calm)]}\n", code: 0)
    try bench.write(
      "longer.yaml",
      "ascii-scene: 1\nvideo: {size: 64x36, fps: 24}\nsegments:\n  - {duration: 2s, layers: [\(Self.calm)]}\n")
    let outcome = try bench.run("verify", "film.mp4", "--scene", "longer.yaml")
    #expect(outcome.code == 5)
    #expect(outcome.output.contains("error[streams]") && outcome.output.contains("24 frames, not 48"))
    #expect(outcome.output.contains("`--quality draft`") && !outcome.output.contains("segment  "))
  }

  @Test func damageIsTold() throws {
    _ = try verify("segments:\n  - {name: one, duration: 1s, layers: [\(Self.calm)]}\n", code: 0)
    var bytes = try #require(bench.bytes("film.mp4"))
    let data = try #require(bytes.range(of: Data("mdat".utf8)))
    for place in data.upperBound + 1500..<bytes.count - 200 { bytes[place] = 0 }
    try bytes.write(to: bench.folder.appending(path: "film.mp4"))
    let outcome = try bench.run("verify", "film.mp4", "--scene", "scene.yaml", "--format", "json")
    let report: Report = try outcome.decoded()
    #expect(outcome.code == 5 && report.findings.contains { $0.rule == "streams" && $0.severity == "error" })
  }

  /// As a player shows it before black.
  @Test func whatIsTransparentIsSeenOverBlack() throws {
    let half = "{field: \"if(x < 0, 1, 0)\", palette: binary, color: \"#ffffff\", opacity: 0.5}"
    try bench.write(
      "scene.yaml",
      """
      ascii-scene: 1
      video: {size: 64x36, fps: 24}
      output: [a.mp4, {file: a.webm, transparent: true}, {file: a.mov, transparent: true}, {file: a.apng, transparent: true}]
      segments: [{name: one, duration: 0.5s, tone: none, look: none, layers: [\(half)]}]

      """)
    #expect(try bench.run("build", "scene.yaml").code == 0)
    let brightness = try ["mp4", "webm", "mov", "apng"].map { kind in
      let outcome = try bench.run("verify", "a.\(kind)", "--scene", "scene.yaml", "--format", "json")
      let report: Report = try outcome.decoded()
      return try #require(report.segments.first?.brightness.first)
    }
    #expect(brightness[0] > 40 && brightness.allSatisfy { abs($0 - brightness[0]) < 4 }, "\(brightness)")
  }

  @Test func flashingIsToldWithItsPlace() throws {
    let report = try verify(
      """
      segments:
        - {name: calm, duration: 2s, layers: [\(Self.calm)]}
        - name: strobe
          duration: 2s
          tone: none
          layers: [{field: "if(mod(frame, 6) < 3, 1, 0)", grid: xxl, color: "#ffffff", wash: 1}]

      """, code: 5)
    let flashes = report.findings.filter { $0.rule == "flashes" }
    #expect(flashes.contains { $0.message.contains("WCAG") } && flashes.contains { $0.message.contains("BT.1702") })
    #expect(flashes.allSatisfy { $0.segment == "strobe" && $0.place == "scene.yaml:5" && $0.severity == "error" })
    #expect(flashes.allSatisfy { ($0.first ?? 0) >= 48 && ($0.end ?? 0) <= 96 && $0.message.contains("4.0 flashes") })
  }

  @Test func aBrokenPromiseOfLightIsAnError() throws {
    let report = try verify(
      "segments:\n  - {name: dim, duration: 1s, level: peak, tone: none, "
        + "layers: [{field: 0.1, grid: xxl, color: \"#303030\"}]}\n",
      code: 5)
    #expect(report.findings.map(\.rule).contains("level"))
  }

  @Test func blackAndSilenceAreTold() throws {
    try bench.writeSound("music.ogg")
    let report = try verify(
      """
      audio: {track: music.ogg, to: 1s, features: synthetic}
      segments:
        - {name: seen, duration: 2s, layers: [\(Self.calm)]}
        - {name: unseen, duration: 2s, tone: none, layers: [{field: 0, grid: xxl, wash: 0}]}

      """, code: 0)
    let black = try #require(report.findings.first { $0.rule == "black" })
    #expect(black.segment == "unseen" && black.first == 48 && black.end == 96 && black.severity == "warning")
    let silence = try #require(report.findings.first { $0.rule == "silence" })
    #expect(abs((silence.first ?? 0) - 24) <= 2 && silence.end == 96)
    #expect(report.findings.contains { $0.rule == "crushed" && $0.segment == "unseen" })
    let strict = try bench.run("verify", "film.mp4", "--scene", "scene.yaml", "--strict")
    #expect(strict.code == 5)
  }

  @Test func lettersHaveToStandOut() throws {
    let report = try verify(
      """
      segments:
        - name: words
          duration: 1s
          tone: none
          look: none
          layers:
            - {field: 1, grid: xxl, color: "#707070", wash: 1, palette: {chars: " █"}}
            - {name: plain, text: HELLO, grid: {size: 300px}, color: "#ffffff", position: [0.5, 0.3], backdrop: false}
            - {name: faint, text: HELLO, grid: {size: 300px}, color: "#8c8c8c", position: [0.5, 0.7], backdrop: false}

      """, code: 0)
    let contrast = Dictionary(uniqueKeysWithValues: report.texts.map { ($0.layer, $0.contrast) })
    // Of white on a gray of luminance 0.162, (1 + 0.05) / (0.162 + 0.05), less what small letters lose.
    #expect((3.0...5.0).contains(contrast["plain"] ?? 0))
    #expect((1.0...1.6).contains(contrast["faint"] ?? 0))
    #expect(report.findings.filter { $0.rule == "text_contrast" }.map(\.message).allSatisfy { $0.contains("`faint`") })
    #expect(report.findings.contains { $0.rule == "text_contrast" })
  }

  @Test func aLoopHasToClose() throws {
    let turning = "{field: 0.5 + 0.3 * sin(9 * u + pi * t), grid: xxl, color: \"#ffffff\", wash: 1}"
    let report = try verify("segments:\n  - {duration: 2s, layers: [\(turning)]}\n", "--loop", "--strict", code: 0)
    #expect(report.findings.isEmpty)
    let open = try verify("segments:\n  - {duration: 1s, layers: [\(turning)]}\n", "--loop", "--strict", code: 5)
    #expect(open.findings.map(\.rule) == ["loop_seam"])
  }

  /// Of the whole picture a small dot is a hundredth.
  @Test func aSparseLoopHasToCloseToo() throws {
    let dot =
      "{field: \"fill(circle(cx=0.6 * cos(pi / 3 * t), cy=0.3 * sin(pi / 3 * t), radius=0.06))\", grid: xs, wash: 1}"
    let report = try verify("segments:\n  - {duration: 6s, layers: [\(dot)]}\n", "--loop", "--strict", code: 0)
    #expect(report.findings.isEmpty)
    let open = try verify("segments:\n  - {duration: 3s, layers: [\(dot)]}\n", "--loop", "--strict", code: 5)
    #expect(open.findings.map(\.rule) == ["loop_seam"])
    let still = dot.replacing("pi / 3 * t", with: "1")
    #expect(
      try verify("segments:\n  - {duration: 2s, layers: [\(still)]}\n", "--loop", "--strict", code: 0).findings.isEmpty)
  }

  @Test func aBuildVerifiesItself() throws {
    try bench.write(
      "scene.yaml",
      """
      ascii-scene: 1
      video: {size: 64x36, fps: 24}
      segments:
        - name: strobe
          duration: 2s
          tone: none
          layers: [{field: "if(mod(frame, 6) < 3, 1, 0)", grid: xxl, color: "#ffffff", wash: 1}]

      """)
    let outcome = try bench.run("build", "scene.yaml", "-o", "film.mp4", "--verify")
    #expect(outcome.code == 5 && outcome.output.contains("error[flashes]") && outcome.output.contains("scene.yaml:4"))
    #expect(bench.bytes("film.mp4") != nil, "the video stands, to be looked at")
  }

  @Test func otherFormatsAreVerifiedByTheirOwnClock() throws {
    try bench.write(
      "scene.yaml",
      "ascii-scene: 1\nvideo: {size: 64x36, fps: 24}\nsegments:\n  - {duration: 1s, layers: [\(Self.calm)]}\n")
    let outcome = try bench.run("build", "scene.yaml", "-o", "film.gif", "--verify")
    #expect(outcome.code == 0 && outcome.output.contains("film.gif: 15 frames"), "\(outcome.output)")
  }

  /// ffmpeg writes animated WebP and reads none.
  @Test func whatFfmpegCannotReadIsBuiltWithoutVerification() throws {
    try bench.write(
      "scene.yaml",
      "ascii-scene: 1\nvideo: {size: 64x36, fps: 24}\noutput: [film.webp, film.mp4]\nsegments:\n"
        + "  - {duration: 1s, layers: [\(Self.calm)]}\n")
    let built = try bench.run("build", "scene.yaml", "--verify", "--format", "json")
    #expect(built.code == 0 && built.output.components(separatedBy: "\"verification\"").count == 2, "\(built.messages)")
    #expect(bench.bytes("film.webp") != nil)
    let outcome = try bench.run("verify", "film.webp", "--scene", "scene.yaml")
    #expect(outcome.code == 2 && outcome.messages.contains("no video that ffmpeg reads"))
  }

  @Test func theSceneIsNeeded() throws {
    let outcome = try bench.run("verify", "film.mp4")
    #expect(outcome.code == 2 && outcome.messages.contains("--scene"))
  }
}
