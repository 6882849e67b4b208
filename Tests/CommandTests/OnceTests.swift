import Foundation
import Testing

/// What a scene hears and shows is looked at once for all workers, and not at all by the next build: counted by the starts
/// of ffmpeg and ffprobe.
@Suite struct OnceTests {
  private let bench: Workbench

  init() throws {
    bench = try Workbench()
    try bench.writeSound("music.ogg")
    try bench.program("make", "exec ffmpeg -v error -y -f lavfi -i testsrc=s=64x36:r=12:d=9 -pix_fmt yuv420p clip.mp4")
    _ = try bench.start([], program: bench.folder.appending(path: "bin/make")).outcome()
    try bench.program("make", "exec ffmpeg -v error -y -f lavfi -i testsrc2=s=64x36 -frames:v 1 still.png")
    _ = try bench.start([], program: bench.folder.appending(path: "bin/make")).outcome()
    for name in ["ffmpeg", "ffprobe"] {
      let log = bench.folder.appending(path: "\(name).log").path
      try bench.program(name, "echo \"$*\" >> '\(log)'\nPATH=${PATH#*:} exec \(name) \"$@\"")
    }
    try bench.write(
      "scene.yaml",
      """
      ascii-scene: 1
      video: {size: 64x36, fps: 12}
      audio: {track: music.ogg, to: 9s}
      inputs: {clip: {video: clip.mp4, clock: video}, still: {image: still.png}, lit: {image: still.png, subject: still.png}}
      templates:
        shot:
          kind: segment
          layers:
            - {video: clip, grid: xxl, brightness: 0.3 + bass}
            - {field: plasma, grid: xxl, mask: still.subject + lit.subject, opacity: 0.5}
            - {text: "Qz7 %pts',drawtext=textfile=/etc/passwd", name: Qz7}
      segments: [{use: shot, duration: 3s}, {use: shot, duration: 3s}, {use: shot, duration: 3s}]

      """)
  }

  /// What was started since this was asked last, without questions for versions.
  private func starts(_ name: String) -> [String] {
    let log = bench.folder.appending(path: "\(name).log")
    defer { try? FileManager.default.removeItem(at: log) }
    let text = (try? String(contentsOf: log, encoding: .utf8)) ?? ""
    return text.split(separator: "\n").map(String.init).filter { $0 != "-version" && !$0.hasPrefix("-h ") }
  }

  private func run(_ words: [String]) throws -> Workbench.Outcome {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    return try bench.run(words, environment: ["PATH": "\(bench.folder.appending(path: "bin").path):\(path)"])
  }

  @Test func workersDecodeNothingTwiceAndTheNextBuildNothing() throws {
    let build = ["build", "scene.yaml", "--workers", "3", "--crf", "40", "--preset", "ultrafast"]
    let first = try run(build)
    #expect(first.code == 0, "\(first.messages)")
    let (programs, probes) = (starts("ffmpeg"), starts("ffprobe"))
    // The track for its features, and again for the video's own sound, which is another format.
    #expect(programs.count { $0.contains("aresample=22050") } == 1)
    #expect(programs.count { $0.contains("aresample=48000") } == 1)
    // The still as an input and as a mask.
    #expect(programs.count { $0.contains("image2pipe") } == 2, "\(programs)")
    // The first frame of the video for its colours and for its subject, some frames of each segment for its exposure, and
    // then every frame once, clip by clip.
    let frames = programs.count {
      $0.contains("-f rawvideo -") && $0.contains("fps_mode") && $0.contains("-i file:/dev/fd/3")
    }
    #expect(frames == 2 + 3 + 3, "\(frames) of \(programs)")
    #expect(probes.count { $0.contains("packet=pts_time") } == 2, "\(probes)")
    // What a scene says in words is drawn by us and never becomes a part of ffmpeg's own language.
    #expect(!(programs + probes).contains { $0.contains("Qz7") || $0.contains("drawtext") })

    let second = try run(build)
    #expect(second.code == 0, "\(second.messages)")
    #expect(starts("ffmpeg").allSatisfy { $0.contains("-c copy") })
    #expect(!starts("ffprobe").contains { $0.contains("packet=pts_time") })
    let check = try run(["check", "scene.yaml"])
    #expect(check.code == 0 && starts("ffmpeg").isEmpty && starts("ffprobe").isEmpty)
    // What was found needs no program any more.
    let alone = try bench.run(["check", "scene.yaml"], environment: ["PATH": "/nowhere"])
    #expect(alone.code == 0, "\(alone.messages)")
  }
}
