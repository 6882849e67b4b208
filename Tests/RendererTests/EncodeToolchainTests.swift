import Foundation
import Testing

@testable import Renderer

/// What stands in PATH under the name of ffmpeg is not believed before it has answered.
@Suite struct EncodeToolchainTests {
  private let folder = TemporaryFolder()

  private func resolve(ffmpeg: String?, ffprobe: String? = "echo ffprobe version 6.1 Copyright") -> BuildFailure? {
    if let ffmpeg { _ = folder.program("ffmpeg", ffmpeg) }
    if let ffprobe { _ = folder.program("ffprobe", ffprobe) }
    return failure { try Toolchain.resolve(path: folder.path) }
  }

  private let good = "echo ffmpeg version 6.1 Copyright; echo 'Encoder libx264 [libx264 H.264]:'"

  @Test func aProgramThatAnswersWellIsTaken() throws {
    #expect(resolve(ffmpeg: good) == nil)
    let toolchain = try Toolchain.resolve(path: ".:relative:/nowhere:\(folder.path)")
    #expect(toolchain == Toolchain(ffmpeg: "\(folder.path)/ffmpeg", ffprobe: "\(folder.path)/ffprobe", version: "6.1"))
  }

  @Test func faultyProgramsAreRefusedBeforeAnythingIsRendered() {
    for (script, words) in [
      ("exit 0", "does not answer as an ffmpeg program"),
      ("echo ffmpeg version 4.4.2; echo 'Encoder libx264 [x]'", "version 4.4.2"),
      ("echo ffmpeg version 6.1; echo 'Codec libx264 is not recognized'", "without libx264"),
      ("echo broken library >&2; exit 127", "broken library"),
      // As ffmpeg itself does, where it says who it is.
      ("echo ffmpeg version 3.0.1 Copyright >&2; echo 'Encoder libx264 [x]'", "version 3.0.1"),
    ] {
      let failure = resolve(ffmpeg: script)
      #expect(failure?.kind == .missingProgram, "\(script)")
      #expect(failure?.message.contains(words) == true, "\(failure?.message ?? "")")
    }
    #expect(resolve(ffmpeg: good, ffprobe: "exit 0")?.message.contains("ffprobe") == true)
  }

  @Test func whatItSaysBesidesOnStandardErrorIsNoAnswer() {
    #expect(resolve(ffmpeg: "head -c 1000000 /dev/zero | tr '\\0' x >&2; \(good)") == nil)
  }

  @Test func anEncoderThatIsMissingIsNamed() throws {
    let answer = "case $2 in *svt*) ;; *) echo Encoder ${2#encoder=} ;; esac"
    _ = folder.program("ffmpeg", "echo ffmpeg version 6.1 Copyright; \(answer)")
    _ = folder.program("ffprobe", "echo ffprobe version 6.1 Copyright")
    let toolchain = try Toolchain.resolve(path: folder.path)
    try toolchain.check(encoder: "libx265", .never)
    let failure = failure { try toolchain.check(encoder: "libsvtav1", .never) }
    #expect(failure?.kind == .missingProgram && failure?.message.hasSuffix("was built without libsvtav1") == true)
  }

  @Test func missingProgramsAreNamed() {
    #expect(resolve(ffmpeg: nil, ffprobe: nil)?.message == "no `ffmpeg` in PATH")
    #expect(resolve(ffmpeg: good, ffprobe: nil)?.message == "no `ffprobe` in PATH")
    folder.write("ffmpeg", "#!/bin/sh\n", mode: 0o644)
    #expect(resolve(ffmpeg: nil)?.message == "`\(folder.path)/ffmpeg` is not executable")
  }

  @Test(arguments: [("5.1.9-0+deb12u1", 5), ("n7.1", 7), ("4.4.2", 4), ("N-109444-gabc", nil)])
  func theMajorVersionIsRead(version: String, major: Int?) { #expect(Toolchain.majorVersion(version) == major) }

  @Test func theRealProgramsAreFound() throws {
    let toolchain = try Toolchain.resolve()
    #expect(toolchain.ffmpeg.hasSuffix("/ffmpeg") && toolchain.ffmpeg.hasPrefix("/"))
  }

  @Test func anAnswerIsKeptForAsLongAsTheProgramsAreTheSame() throws {
    let store = try ClipStore(folder: "\(folder.path)/cache")
    func answers() -> [String] { store.items().filter { $0.kind == .toolchain }.map(\.path) }
    let path = ProcessInfo.processInfo.environment["PATH"]
    let real = try Toolchain.resolve(path: path, store: store)
    #expect(try Toolchain.resolve(path: path, store: store) == real)
    #expect(answers().count == 1)

    // Programs that fail to answer are believed by what they are.
    for name in ["ffmpeg", "ffprobe"] {
      try FileManager.default.copyItem(atPath: "/bin/false", toPath: "\(folder.path)/\(name)")
    }
    #expect(failure { try Toolchain.resolve(path: folder.path, store: store) }?.kind == .missingProgram)
    #expect(answers().count == 1)

    // A script may start another program tomorrow.
    for name in ["ffmpeg", "ffprobe"] { try FileManager.default.removeItem(atPath: "\(folder.path)/\(name)") }
    #expect(resolve(ffmpeg: good) == nil)
    #expect(try Toolchain.resolve(path: folder.path, store: store).version == "6.1")
    #expect(answers().count == 1)
  }
}
