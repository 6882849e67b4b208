import Foundation
import Testing

@testable import Renderer

@Suite struct SpawnTests {
  private let folder = TemporaryFolder()

  private func shell(_ script: String, readsPipe: Bool = false, patience: Duration = .seconds(20)) -> ChildCommand {
    var command = ChildCommand(program: "/bin/sh", arguments: ["-c", script], readsPipe: readsPipe, keepsOutput: true)
    command.patience = patience
    return command
  }

  private func output(_ command: ChildCommand) throws -> String {
    let child = try ChildProcess(command, .never)
    try child.waitForSuccess()
    return try child.outputText()
  }

  @Test func aChildReadsWhatItIsFed() throws {
    let child = try ChildProcess(shell("wc -c", readsPipe: true), .never)
    let bytes = [UInt8](repeating: 1, count: 3_000_001)
    try bytes.withUnsafeBytes { try child.write($0) }
    try child.waitForSuccess()
    #expect(try child.outputText() == "3000001\n")
  }

  /// Two buffers in turn, each written again as soon as the write after it has returned; the reader is slow. Small ones are
  /// copied, since many would fit into the pipe.
  @Test(arguments: [3_000_001, 1 << 20, 70_000]) func lentBytesArriveAsTheyWereLent(count: Int) throws {
    let path = "\(folder.path)/arrived"
    let script =
      "while head -c 1000000 >'\(folder.path)/chunk'; test -s '\(folder.path)/chunk'; do "
      + "cat '\(folder.path)/chunk' >>'\(path)'; sleep 0.01; done"
    let child = try ChildProcess(shell(script, readsPipe: true), .never)
    let pair = (0..<2).map { _ in UnsafeMutableRawBufferPointer.allocate(byteCount: count, alignment: 4096) }
    defer { for buffer in pair { buffer.deallocate() } }
    var expected = Data()
    for buffer in pair { memset(buffer.baseAddress!, 0, count) }
    for turn in 0..<10 {
      let buffer = pair[turn & 1]
      for index in stride(from: 0, to: count, by: 8) { buffer[index] = UInt8(truncatingIfNeeded: index &* 31 &+ turn) }
      memset(buffer.baseAddress! + count / 2, Int32(turn), count / 4)
      expected.append(contentsOf: buffer)
      try child.write(UnsafeRawBufferPointer(buffer), lending: true)
    }
    try child.waitForSuccess()
    #expect(FileManager.default.contents(atPath: path) == expected)
  }

  @Test func aFloodOnStandardErrorBlocksNothingAndItsEndIsKept() throws {
    let script = "yes 'a line of noise' | head -c 4000000 >&2; cat >/dev/null; echo last words >&2; exit 9"
    let child = try ChildProcess(shell(script, readsPipe: true), .never)
    let bytes = [UInt8](repeating: 1, count: 2_000_000)
    try bytes.withUnsafeBytes { try child.write($0) }
    let failure = try #require(failure { try child.waitForSuccess() })
    #expect(failure.kind == .encoder)
    #expect(failure.message.contains("ended with code 9"))
    #expect(failure.message.hasSuffix("last words"))
    #expect(failure.message.utf8.count < 2200)
  }

  @Test func theSignalThatEndedAChildIsReported() throws {
    let child = try ChildProcess(shell("kill -9 $$"), .never)
    let status = try child.wait()
    #expect(status == .signal(9))
    #expect(status.description == "was ended by signal 9 (killed)")
  }

  @Test func writingToAChildThatIsGoneTellsHowItEnded() throws {
    let child = try ChildProcess(shell("echo no room >&2; exit 4", readsPipe: true), .never)
    let bytes = [UInt8](repeating: 1, count: 4_000_000)
    let failure = failure {
      try bytes.withUnsafeBytes { try child.write($0) }
    }
    #expect(failure?.message == "sh ended with code 4 before it had read everything:\nno room")
  }

  @Test func aChildThatStandsStillIsEnded() throws {
    let clock = SuspendingClock()
    let start = clock.now
    let child = try ChildProcess(shell("kill -STOP $$", readsPipe: true, patience: .milliseconds(300)), .never)
    let bytes = [UInt8](repeating: 1, count: 4_000_000)
    let failure = failure {
      try bytes.withUnsafeBytes { try child.write($0) }
    }
    #expect(failure?.message.contains("made no progress") == true)
    #expect(try child.wait() == .signal(9))
    #expect(clock.now - start < .seconds(10))
  }

  @Test func waitingEndsWhenNothingMovesAnyMore() throws {
    let child = try ChildProcess(shell("exec sleep 60", patience: .milliseconds(300)), .never)
    #expect(failure { try child.wait() }?.kind == .encoder)
  }

  @Test func cancellingEndsTheChild() throws {
    let child = try ChildProcess(shell("exec sleep 60"), Cancellation { true })
    #expect(failure { try child.wait() }?.kind == .cancelled)
  }

  @Test func aChildInheritsOnlyWhatItIsGiven() throws {
    let leak = open("/dev/null", O_RDONLY)
    defer { close(leak) }
    let text = folder.write("given", "given")
    var command = shell("cat /dev/fd/3; ls /proc/$$/fd")
    command.inherited = [try Descriptor(opening: text, O_RDONLY)]
    #expect(try output(command).split(separator: "\n").map(String.init) == ["given0", "1", "2", "3"])
    // In their order, though each may have the number at which the child finds another one.
    let names = ["a", "b", "c", "d"]
    command.inherited = try names.map { try Descriptor(opening: folder.write($0, $0), O_RDONLY) }.reversed()
    command.arguments = ["-c", "cat /dev/fd/3 /dev/fd/4 /dev/fd/5 /dev/fd/6; ls /proc/$$/fd"]
    #expect(
      try output(command).split(separator: "\n").map(String.init) == ["dcba0", "1", "2", "3", "4", "5", "6"])
    command.inherited = []
    command.arguments = ["-c", "ls /proc/$$/fd"]
    #expect(try output(command).split(separator: "\n") == ["0", "1", "2"])
  }

  @Test func whatIsWrittenToAnInheritedPipeArrivesHoweverMuchThatIs() throws {
    var pipe: (reading: Descriptor, writing: Descriptor)? = try ChildProcess.makePipe()
    try pipe!.writing.stopBlocking()
    var command = shell("sleep 0.2; wc -c < /dev/fd/3")
    command.inherited = [pipe!.reading]
    let child = try ChildProcess(command, .never)
    try child.write(String(repeating: "a", count: 3_000_000), to: pipe!.writing)
    pipe = nil
    try child.waitForSuccess()
    #expect(try child.outputText() == "3000000\n")
  }

  @Test func nobodyWritesForEverToAChildThatHasGone() throws {
    let pipe = try ChildProcess.makePipe()
    try pipe.writing.stopBlocking()
    var command = shell("exit 3")
    command.inherited = [pipe.reading]
    let child = try ChildProcess(command, .never)
    let failure = failure { try child.write(String(repeating: "a", count: 3_000_000), to: pipe.writing) }
    #expect(failure?.message.contains("before it had read everything") == true)
  }

  @Test func theEnvironmentIsScrubbed() throws {
    setenv("FFREPORT", "file=/tmp/never", 1)
    defer { unsetenv("FFREPORT") }
    let environment = try output(ChildCommand(program: "/usr/bin/env", arguments: [], keepsOutput: true))
    #expect(environment.split(separator: "\n").map { $0.prefix { $0 != "=" } }.sorted() == ["LC_ALL", "PATH"])
  }

  @Test func aChildHasItsOwnGroupAndDefaultSignals() throws {
    let text = try output(shell("grep SigIgn /proc/self/status; id=$$; set -- $(cat /proc/$$/stat); echo $5; echo $id"))
    let lines = text.split(separator: "\n").map { $0.split(separator: " ").last.map(String.init) ?? "" }
    let ignored = try #require(lines[0].split(separator: "\t").last.flatMap { UInt64($0, radix: 16) })
    #expect(ignored >> (SIGPIPE - 1) & 1 == 0)
    #expect(lines[1] == lines[2])
  }

  @Test func aMissingProgramIsToldByName() {
    let command = ChildCommand(program: "/nowhere/ffmpeg", arguments: [])
    let failure = failure { try ChildProcess(command, .never) }
    #expect(failure?.kind == .missingProgram)
    #expect(failure?.message == "cannot run `/nowhere/ffmpeg`: no such file or directory")
  }

  @Test func limitsBindTheChild() throws {
    var command = shell("sleep 0.2; ulimit -c; ulimit -f")
    command.limits.fileSize = 1 << 20
    #expect(try output(command) == "0\n2048\n")
  }
}
