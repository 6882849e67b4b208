import Foundation
import Testing

/// Scenes whose narrations are said aloud, by a program that stands in for espeak-ng: a second of tone for each byte
/// that it is told to say.
@Suite struct NarrationCommandTests {
  private let bench: Workbench
  private let path: String

  init() throws {
    bench = try Workbench()
    path = "\(bench.folder.appending(path: "bin").path):\(ProcessInfo.processInfo.environment["PATH"] ?? "")"
    try bench.write(
      "scene.yaml",
      """
      ascii-scene: 1
      video: {size: 64x36, fps: 12}
      inputs:
        w: {narration: [Hello, {text: "2 km", say: two kilometres; rm -rf}], start: 1s, outro: 1s, voice: en-us}
      segments: [{duration: w.end, layers: [{field: plasma, grid: xxl}, {lyrics: w, grid: xxl}]}]

      """)
    let folder = bench.folder.path
    try bench.program(
      "espeak-ng",
      """
      if [ "$1" = --version ]; then echo 'eSpeak NG text-to-speech: 1.51  Data at: /usr'; exit; fi
      echo "$*" >> '\(folder)/said.log'
      words=$(cat)
      echo "$words" >> '\(folder)/said.log'
      exec ffmpeg -v error -f lavfi -i "sine=frequency=440:sample_rate=22050:duration=${#words}" \
        -ac 1 -c:a pcm_s16le -f wav -
      """)
  }

  private func run(_ words: String...) throws -> Workbench.Outcome {
    try bench.run(words, environment: ["PATH": path])
  }

  private func said() -> [String] {
    let log = bench.folder.appending(path: "said.log")
    defer { try? FileManager.default.removeItem(at: log) }
    return ((try? String(contentsOf: log, encoding: .utf8)) ?? "").split(separator: "\n").map(String.init)
  }

  @Test func linesAreSaidOnceAndShownMeanwhile() throws {
    let build = try run("build", "scene.yaml", "--speak", "--subtitles", "--crf", "40", "--preset", "ultrafast")
    #expect(build.code == 0, "\(build.messages)")
    // The words come to its input, none to its arguments.
    let options = "--stdin --stdout -b 1 -v en-us -s 160"
    #expect(said() == [options, "Hello", options, "two kilometres; rm -rf"])
    let subtitles = String(decoding: bench.bytes("scene.srt") ?? Data(), as: UTF8.self)
    #expect(subtitles.hasPrefix("1\n00:00:01,000 --> 00:00:06,000\nHello\n\n2\n00:00:07,000 --> 00:00:29,000\n2 km\n"))
    #expect(try streams("scene.mp4") == ["video", "audio"])
    // Again: nobody speaks.
    #expect(try run("build", "scene.yaml", "--speak", "--crf", "40", "--preset", "ultrafast").code == 0)
    #expect(said() == [])
  }

  /// Whether they are shown at once or not, in a video of which only a part is built.
  @Test func subtitlesAreATrackOfTheVideo() throws {
    try bench.write(
      "lines.yaml",
      """
      ascii-scene: 1
      video: {size: 64x36, fps: 12}
      audio: {features: synthetic}
      inputs:
        w: {lyrics: [{from: 1s, to: 3s, text: one}, {from: 2s, to: 5s, text: two}, {from: 7s, to: 8s, text: three}]}
      segments: [{duration: 9s, layers: [{field: plasma, grid: xxl}, {lyrics: w, grid: xxl}]}]

      """)
    let build = try run("build", "lines.yaml", "--mux-subtitles", "--from", "0.5s", "--to", "6s", "-o", "o.mp4")
    #expect(build.code == 0, "\(build.messages)")
    #expect(try streams("o.mp4") == ["video", "subtitle"])
    let text = try output(of: ["ffmpeg", "-v", "error", "-i", "o.mp4", "-f", "srt", "-"])
    // ffmpeg breaks the lines of a text by two characters.
    #expect(
      text.replacing("\r\n", with: "\n") == """
        1
        00:00:00,500 --> 00:00:01,500
        one

        2
        00:00:01,500 --> 00:00:02,500
        one
        two

        3
        00:00:02,500 --> 00:00:04,500
        two


        """)
    #expect(try run("verify", "o.mp4", "--scene", "lines.yaml", "--from", "0.5s", "--to", "6s").code == 0)
    #expect(try run("build", "lines.yaml", "--mux-subtitles", "-o", "o.webm").code == 2)
    let silent = try run("build", "lines.yaml", "--mux-subtitles", "--from", "5.5s", "--to", "6s", "-o", "s.mp4")
    #expect(silent.code == 1 && bench.bytes("s.mp4") == nil, "\(silent.messages)")
    #expect(bench.bytes("o.webm") == nil)
  }

  private func streams(_ name: String) throws -> [String] {
    try output(of: ["ffprobe", "-v", "error", "-show_entries", "stream=codec_type", "-of", "csv=p=0", name])
      .split(separator: "\n").map(String.init)
  }

  private func output(of words: [String]) throws -> String {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = words
    process.currentDirectoryURL = bench.folder
    process.standardOutput = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self)
  }

  @Test func withoutSpeechNobodyIsNeeded() throws {
    try FileManager.default.removeItem(at: bench.folder.appending(path: "bin/espeak-ng"))
    let silent = try bench.run(["check", "scene.yaml"], environment: ["PATH": "/nowhere"])
    #expect(silent.code == 0, "\(silent.messages)")
    let asked = try bench.run(["check", "scene.yaml", "--speak"], environment: ["PATH": "/nowhere"])
    #expect(asked.code == 3 && asked.messages.contains("espeak-ng"), "\(asked.messages)")
  }

  @Test func aProgramThatSaysNothingIsAnErrorAtTheLine() throws {
    for script in ["cat >/dev/null", "cat >/dev/null; echo noise", "exit 1", "head -c 44 /dev/zero"] {
      try bench.program("espeak-ng", "[ \"$1\" = --version ] && exec echo 1.51\n\(script)")
      let outcome = try run("check", "scene.yaml", "--speak")
      #expect(outcome.code == 1 && outcome.messages.contains("scene.yaml:4:19"), "\(script): \(outcome.messages)")
    }
  }

  @Test func subtitlesReplaceSubtitlesOnly() throws {
    try bench.write(
      "tiny.yaml",
      "ascii-scene: 1\nvideo: {size: 64x36, fps: 24}\ninputs: {w: {lyrics: [{from: 0s, to: 0.2s, text: A}]}}\n"
        + "segments: [{duration: 0.25s, layers: [lyrics: w]}]\n")
    try bench.write("tiny.srt", "notes of mine")
    let refused = try run("build", "tiny.yaml", "--subtitles")
    #expect(refused.code == 4 && refused.messages.contains("`tiny.srt`"), "\(refused.messages)")
    #expect(bench.bytes("tiny.srt") == Data("notes of mine".utf8) && bench.bytes("tiny.mp4") == nil)
    try bench.write("tiny.srt", "1\n00:00:01,000 --> 00:00:02,000\nold\n")
    #expect(try run("build", "tiny.yaml", "--subtitles").code == 0)
    #expect(String(decoding: bench.bytes("tiny.srt") ?? Data(), as: UTF8.self).contains("\nA\n"))
  }

  @Test func picturesHaveNoSubtitles() throws {
    try bench.write(
      "tiny.yaml",
      "ascii-scene: 1\nvideo: {size: 64x36, fps: 12}\ninputs: {w: {lyrics: [{from: 0s, to: 0.2s, text: A}]}}\n"
        + "output: [film.gif, poster.png, \"frames/%d.png\"]\nsegments: [{duration: 0.25s, layers: [lyrics: w]}]\n")
    let all = try run("build", "tiny.yaml", "--subtitles")
    #expect(all.code == 0 && !all.messages.contains("note: no subtitles"), "\(all.messages)")
    #expect(bench.files().filter { $0.hasSuffix(".srt") } == ["film.srt"])
    let one = try run("build", "tiny.yaml", "--subtitles", "-o", "shots/%03d.png")
    #expect(one.code == 0 && one.messages.contains("note: no subtitles are written beside pictures\n"))
    #expect(bench.files().filter { $0.hasPrefix("shots") } == ["shots/000.png", "shots/001.png", "shots/002.png"])
  }

  @Test func aSceneWithoutWordsHasNoSubtitles() throws {
    try bench.write("tiny.yaml", Workbench.tiny)
    let outcome = try run("build", "tiny.yaml", "--subtitles")
    #expect(outcome.code == 1 && bench.bytes("tiny.mp4") == nil, "\(outcome.messages)")
  }
}
