import Foundation
import Testing

/// Files that are not what a scene takes them for, as pictures, videos, stills, masks, sounds and words: each is an error
/// at its own line, nothing is rendered, and nothing of the file or of the machine is shown.
@Suite struct HostileMediaTests {
  private let bench: Workbench

  init() throws {
    bench = try Workbench()
    try FileManager.default.createDirectory(
      at: bench.folder.appending(path: "outside"), withIntermediateDirectories: true)
    try FileManager.default.createDirectory(
      at: bench.folder.appending(path: "scene/folder.png"), withIntermediateDirectories: true)
    try FileManager.default.createDirectory(
      at: bench.folder.appending(path: "scene/tmp"), withIntermediateDirectories: true)
    try bench.write("outside/secret.txt", "root:secret")
    try ffmpeg("-f", "lavfi", "-i", "testsrc=s=64x36", "-frames:v", "1", "scene/good.png")
    try ffmpeg("-f", "lavfi", "-i", "testsrc=s=64x36:r=12:d=1", "-pix_fmt", "yuv420p", "scene/good.mp4")
    try ffmpeg("-f", "lavfi", "-i", "sine=d=1", "scene/good.wav")
    try ffmpeg("-f", "lavfi", "-i", "color=s=8000x6000", "-frames:v", "1", "scene/pixels.png")
    try bench.write("scene/good.srt", "1\n00:00:00,000 --> 00:00:01,000\nHello\n")
    try plant()
  }

  private func ffmpeg(_ arguments: String...) throws {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["ffmpeg", "-v", "error", "-y"] + arguments
    process.currentDirectoryURL = bench.folder
    process.standardInput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
  }

  /// Bad files of every kind, whose names end as good ones.
  private func plant() throws {
    let files = FileManager.default
    func path(_ name: String) -> String { bench.folder.appending(path: "scene/\(name)").path }
    let secret = bench.folder.appending(path: "outside/secret.txt").path
    let texts = [
      "empty": "", "text": "no picture and no sound\n", "playlist": "#EXTM3U\n#EXTINF:1,\nfile://\(secret)\n",
      "concat": "ffconcat version 1.0\nfile \(secret)\n",
      "vector": "<svg xmlns='http://www.w3.org/2000/svg'><image href='file://\(secret)'/></svg>",
      "dash": "<?xml version='1.0'?><MPD><BaseURL>file://\(secret)</BaseURL></MPD>",
    ]
    for (name, text) in texts { try bench.write("scene/\(name).png", text) }
    try Data((0..<4000).map { UInt8(truncatingIfNeeded: $0 &* 7919 &+ $0 >> 3) })
      .write(to: URL(filePath: path("noise.png")))
    try Data(contentsOf: URL(filePath: path("good.png"))).prefix(40).write(to: URL(filePath: path("header.png")))
    let video = try Data(contentsOf: URL(filePath: path("good.mp4")))
    try video.prefix(video.count / 3).write(to: URL(filePath: path("half.mp4")))
    #expect(mkfifo(path("fifo.png"), 0o600) == 0)
    let links = [
      "zero": "/dev/zero", "loop": "loop.png", "leaving": secret, "nowhere": "nothing.png", "memory": "/proc/self/mem",
    ]
    for (name, target) in links {
      try files.createSymbolicLink(atPath: path("\(name).png"), withDestinationPath: target)
    }
    #expect(files.createFile(atPath: path("enormous.png"), contents: Data("x".utf8)))
    #expect(truncate(path("enormous.png"), 5 << 30) == 0)
    let socket = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(socket) }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    // Bound from the folder: the path of a socket is short.
    let link = "/tmp/s\(UInt32.random(in: 0 ... .max))"
    try files.createSymbolicLink(atPath: link, withDestinationPath: path(""))
    defer { try? files.removeItem(atPath: link) }
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: "\(link)/socket.png".utf8) }
    let isBound = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(socket, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    #expect(isBound == 0)
  }

  /// What is no file of any medium.
  private static let nowhere = [
    "missing.png", "fifo.png", "zero.png", "loop.png", "leaving.png", "nowhere.png", "memory.png", "socket.png",
    "folder.png", "enormous.png", ".", "/etc/passwd", "../outside/secret.txt", "folder.png/../../outside/secret.txt",
    "file:good.png", "concat:good.png|good.png", "subfile,,start,0,end,9,,:good.png",
    "data:image/png;base64,iVBORw0KGgo=", "cache:good.png", "crypto:good.png", "pipe:0", "fd:3", "-",
  ]
  private static let disguised = [
    "text.png", "playlist.png", "concat.png", "vector.png", "dash.png", "noise.png", "header.png", "half.mp4",
  ]

  /// How a kind of input is written, and the files that are not of it.
  private static let kinds: [(kind: String, write: @Sendable (String) -> String, wrong: [String])] = [
    ("image", { "{image: \($0)}" }, disguised + ["empty.png", "good.wav", "good.srt", "pixels.png"]),
    ("video", { "{video: \($0)}" }, disguised + ["empty.png", "good.wav", "good.srt", "pixels.png"]),
    ("mask", { "{image: good.png, subject: \($0)}" }, disguised + ["empty.png", "good.wav", "pixels.png"]),
    ("stills", { "{images: \($0)}" }, ["text.p*g", "empty.p*", "h*f.mp4", "fi*o.png", "zer*.png", "nothing*.png"]),
    ("words", { "{lyrics: \($0)}" }, ["good.png", "good.wav", "noise.png"]),
  ]

  private struct Finding: Decodable {
    var id, severity, message, file: String
    var line: Int
  }

  /// Each file has a line of its own.
  @Test(arguments: kinds.map(\.kind)) func everyBadFileIsAnErrorAtItsLine(_ kind: String) throws {
    let (_, write, wrong) = try #require(Self.kinds.first { $0.kind == kind })
    // What begins a path of a YAML scalar badly is quoted, and a comma would end it.
    let paths = (kind == "stills" ? [] : Self.nowhere) + wrong
    let network = try Listener()
    let remote = ["http://127.0.0.1:\(network.port)/a.png", "tcp://127.0.0.1:\(network.port)", "\(kind)://x"]
    let lines = (paths + remote).enumerated().map { "  i\($0): \(write("\"\($1)\""))" }
    try bench.write(
      "scene/bad.yaml",
      (["ascii-scene: 1", "inputs:"] + lines + ["segments: [{duration: 1s, layers: [field: plasma]}]", ""])
        .joined(separator: "\n"))
    let before = Set(bench.files())
    let started = ContinuousClock.now
    let outcome = try bench.run(
      "check", "scene/bad.yaml", "--format", "json",
      environment: ["TMPDIR": bench.folder.appending(path: "scene/tmp").path])
    #expect(started.duration(to: .now) < .seconds(60))
    #expect(outcome.code == 1)
    let found = try outcome.decoded(as: [Finding].self).filter { $0.severity == "error" }
    for (index, path) in (paths + remote).enumerated() {
      let here = found.filter { $0.line == index + 3 }
      #expect(
        here.map(\.id) == ["unreadable_file"] || here.map(\.id) == ["path_outside"], "\(kind) \(path): \(here)")
      #expect(here.allSatisfy { !$0.message.contains("secret:") && !$0.message.contains("\n") }, "\(here)")
    }
    #expect(found.count == paths.count + remote.count)
    #expect(!outcome.output.contains("root:") && !outcome.messages.contains("root:"))
    #expect(!network.wasAsked)
    // Nothing but the look at the file that is good, and its scratch files are gone.
    #expect(Set(bench.files()) == before, "\(Set(bench.files()).subtracting(before))")
    #expect(!bench.files(below: "cache").contains { $0.hasSuffix(".mp4") })
  }

  @Test func everyBadTrackIsAnErrorAtItsPath() throws {
    let network = try Listener()
    let paths =
      Self.nowhere + Self.disguised + ["empty.png", "good.png", "good.srt", "http://127.0.0.1:\(network.port)/a.ogg"]
    for path in paths {
      try bench.write(
        "scene/bad.yaml",
        "ascii-scene: 1\naudio:\n  track: \"\(path)\"\nsegments: [{duration: 1s, layers: [field: plasma]}]\n")
      let started = ContinuousClock.now
      let outcome = try bench.run("check", "scene/bad.yaml", "--format", "json")
      #expect(started.duration(to: .now) < .seconds(30))
      let found = try outcome.decoded(as: [Finding].self).filter { $0.severity == "error" }
      #expect(outcome.code == 1 && found.count == 1 && found.first?.line == 3, "\(path): \(outcome.output)")
      #expect(["unreadable_file", "path_outside"].contains(found.first?.id), "\(path): \(found)")
      #expect(!outcome.output.contains("root:"))
    }
    #expect(!network.wasAsked)
  }

  @Test func aBuildOfABadFileLeavesNothing() throws {
    for input in ["{video: half.mp4}", "{image: zero.png}", "{lyrics: fifo.png}"] {
      try bench.write(
        "scene/bad.yaml",
        "ascii-scene: 1\ninputs:\n  i: \(input)\nsegments: [{duration: 1s, layers: [field: plasma]}]\n")
      let before = bench.files()
      let outcome = try bench.run("build", "scene/bad.yaml", "-o", "bad.mp4")
      #expect(outcome.code == 1 && outcome.messages.contains("bad.yaml:3:"), "\(outcome.messages)")
      #expect(bench.files() == before)
    }
  }

  @Test func badCuesAreWarningsAtTheirOwnLines() throws {
    try bench.write(
      "scene/bad.srt",
      """
      1
      00:00:05,000 --> 00:00:03,000
      backwards

      2
      0:0:x --> 00:00:04,000
      no time

      just words

      4
      00:00:06,000 --> 00:00:07,000

      5
      00:00:08,000 --> 00:00:09,000
      fine
      """)
    try bench.write(
      "scene/scene.yaml",
      "ascii-scene: 1\ninputs: {w: {lyrics: bad.srt}}\nsegments: [{duration: 9s, layers: [lyrics: w]}]\n")
    let outcome = try bench.run("check", "scene/scene.yaml", "--format", "json")
    let found = try outcome.decoded(as: [Finding].self).filter { $0.id == "bad_cue" }
    #expect(outcome.code == 0, "\(outcome.output)")
    #expect(found.map(\.line) == [2, 6, 9, 12] && found.allSatisfy { $0.severity == "warning" }, "\(outcome.output)")
    #expect(found.allSatisfy { $0.file.hasSuffix("bad.srt") })
  }
}

/// A port of this machine that nobody is to come to.
private final class Listener {
  let port: UInt16
  private let number: Int32

  init() throws {
    number = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let (number, status) = withUnsafeMutablePointer(to: &address) { [number] pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { plain in
        (number, bind(number, plain, size) | listen(number, 8) | getsockname(number, plain, &size))
      }
    }
    try #require(number >= 0 && status == 0)
    port = UInt16(bigEndian: address.sin_port)
  }

  deinit { close(number) }

  /// Whether somebody came.
  var wasAsked: Bool { accept(number, nil, nil) >= 0 }
}
