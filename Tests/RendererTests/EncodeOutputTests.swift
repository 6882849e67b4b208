import Foundation
import Testing

@testable import Renderer

@Suite struct EncodeOutputTests {
  private let folder = TemporaryFolder()

  private func fault(_ name: String, inputs: [String] = []) -> String? {
    failure { try OutputTarget(path: "\(folder.path)/\(name)", inputs: inputs) }?.message
  }

  @Test func theOldFileStaysUntilTheNewOneIsWhole() throws {
    let path = folder.write("out.mp4", "old")
    do {
      let target = try OutputTarget(path: path, inputs: [])
      try Data("half".utf8).write(to: URL(fileURLWithPath: target.part.path), options: [])
    }
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "old")
    let target = try OutputTarget(path: path, inputs: [])
    try Data("new".utf8).write(to: URL(fileURLWithPath: target.part.path), options: [])
    try target.commit()
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "new")
    #expect(folder.files() == ["out.mp4"])
  }

  @Test func leftoversOfThisOutputAreClearedAway() throws {
    folder.write(".out.mp4.0123456789abcdef.part", "left")
    folder.write(".other.mp4.0123456789abcdef.part", "another's")
    do { _ = try OutputTarget(path: "\(folder.path)/out.mp4", inputs: []) }
    #expect(folder.files() == [".other.mp4.0123456789abcdef.part"])
  }

  @Test func unfitPlacesAreToldBeforeRendering() throws {
    let scene = folder.write("scene.mp4", "")
    try FileManager.default.createDirectory(atPath: "\(folder.path)/folder.mp4", withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(atPath: "\(folder.path)/link.mp4", withDestinationPath: "scene.mp4")
    mkfifo("\(folder.path)/fifo.mp4", 0o600)
    #expect(fault("folder.mp4")?.contains("is a folder") == true)
    #expect(fault("folder.mp4/")?.contains("is a folder") == true)
    #expect(fault("missing/out.mp4")?.contains("no such file or directory") == true)
    #expect(fault("link.mp4")?.contains("symbolic link") == true)
    #expect(fault("fifo.mp4")?.contains("no regular file") == true)
    #expect(fault("out.txt")?.contains("cannot tell what to write") == true)
    #expect(fault(".mp4")?.contains("cannot tell what to write") == true)
    #expect(fault("scene.mp4", inputs: [scene])?.contains("also an input") == true)
    #expect(fault("fine.mp4", inputs: [scene]) == nil)
  }

  @Test func mediaAreRegularFilesOnly() throws {
    mkfifo("\(folder.path)/fifo", 0o600)
    for (path, words) in [
      ("\(folder.path)/fifo", "no regular file"), (folder.path, "no regular file"), ("/dev/zero", "no regular file"),
      ("\(folder.path)/none", "no such file"),
    ] {
      let failure = failure { try MediaFile(path: path) }
      #expect(failure?.kind == .asset)
      #expect(failure?.message.contains(words) == true)
    }
  }

  @Test func aPlaylistInDisguiseReadsNoOtherFile() throws {
    let secret = folder.write("secret.wav", "RIFF")
    let list = folder.write("track.mp3", "ffconcat version 1.0\nfile '\(secret)'\n")
    let media = try MediaFile(path: list)
    let failure = failure {
      try AudioEncoder.check(media, try Toolchain.resolve(), .never)
    }
    #expect(failure?.kind == .asset)
    #expect(failure?.message.contains("secret") == false)
  }
}
