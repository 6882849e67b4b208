import CSystem
import Glibc

/// A running program that we feed, watch and wait for; owned by one thread.
///
/// It runs in its own process group, so that an interrupt at the keyboard reaches only us and we end it in order. Its
/// standard error goes to a file, nameless unless a log is kept (an unread pipe would block it after 64 KB), it inherits nothing but what the
/// command names, and its environment is scrubbed. Whoever lets go of the object ends the process.
final class ChildProcess {
  let command: ChildCommand
  private let process: pid_t
  private var input: Descriptor?
  /// Bytes that its pipe holds.
  private let inputSize: Int
  private var canLend = true
  private let output: Descriptor?
  private let stream: Descriptor?
  private let errors: Descriptor
  /// Where in `errors` its own words begin.
  private let errorStart: Int
  private let cancellation: Cancellation
  private var status: ExitStatus?
  private var lastProgress = SuspendingClock.now

  /// Bytes of a pipe: measured 2.5 times the frames of the usual 64 KiB.
  private static let pipeSize: Int32 = 1 << 20

  /// Writing to a child that has ended, or beyond a limit, is an error to be reported, not a signal that ends us.
  private static let reportedSignals = [SIGPIPE, SIGXFSZ]
  private static let ignoreReportedSignals: Void = { for number in reportedSignals { signal(number, SIG_IGN) } }()

  init(_ command: ChildCommand, _ cancellation: Cancellation) throws(BuildFailure) {
    Self.ignoreReportedSignals
    self.command = command
    self.cancellation = cancellation
    if let log = command.log { errors = log } else { errors = try .scratch(in: Descriptor.temporaryFolder) }
    Self.note("$ \(([command.program] + command.arguments).joined(separator: " "))\n", in: command.log)
    errorStart = errors.size
    output = command.keepsOutput ? try .scratch(in: Descriptor.temporaryFolder) : nil
    var childEnd: Descriptor?
    if command.readsPipe {
      let pipe = try Self.makePipe(size: Self.pipeSize)
      (childEnd, input) = (pipe.reading, pipe.writing)
      try pipe.writing.stopBlocking()
    }
    inputSize = input.map { Int(csystem_pipe_size($0.number)) } ?? 0
    var written = try command.output?.reopened()
    if command.streamsOutput {
      let pipe = try Self.makePipe(size: Self.pipeSize)
      (stream, written) = (pipe.reading, pipe.writing)
      try pipe.reading.stopBlocking()
    } else {
      stream = nil
    }
    process = try Self.spawn(command, input: childEnd, output: output ?? written, errors: errors)
    // A child that has already ended needs no bounds.
    let limits = command.limits
    if csystem_limit(process, limits.addressSpace, limits.fileSize, limits.cpuSeconds) != 0, errno != ESRCH {
      let number = errno
      end()
      throw .system(.encoder, "cannot bound what \(command.name) may take", number)
    }
  }

  deinit { end() }

  /// Feeds `bytes` to the child. Blocks while it is busy, at most for the command's patience without any progress.
  ///
  /// With `lending`, the bytes are to stay as they are until the next write of as many has returned, or the child has ended:
  /// then those that fill the pipe are not copied (1080p: half a millisecond less for us, as much for the child).
  func write(_ bytes: UnsafeRawBufferPointer, lending: Bool = false) throws(BuildFailure) {
    guard let input else { preconditionFailure("\(command.name) has no open standard input") }
    var lends = lending && canLend && bytes.count >= inputSize
    var offset = 0
    lastProgress = .now
    while offset < bytes.count {
      let (start, count) = (bytes.baseAddress! + offset, bytes.count - offset)
      let written = lends ? csystem_lend(input.number, start, count) : Glibc.write(input.number, start, count)
      if written > 0 {
        offset += written
        lastProgress = .now
      } else if lends && errno != EAGAIN && errno != EPIPE && errno != EINTR {
        // Not allowed here, or not for such memory.
        (lends, canLend) = (false, false)
      } else if errno == EAGAIN {
        try wait(for: POLLOUT, on: input)
      } else if errno == EPIPE {
        let status = try wait()
        throw died(status, "before it had read everything")
      } else if errno != EINTR {
        throw .system(.encoder, "cannot write to \(command.name)", errno)
      }
    }
  }

  /// The same for bytes that are not lent.
  func write(_ bytes: ArraySlice<UInt8>) throws(BuildFailure) {
    try bytes.withUnsafeBytes { bytes in Result { () throws(BuildFailure) in try write(bytes) } }.get()
  }

  /// Fills `buffer` with what the child prints, and gives the number of bytes: fewer than asked for only at the end.
  /// Blocks while the child is busy, at most for the command's patience without any progress.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws(BuildFailure) -> Int {
    guard let stream else { preconditionFailure("\(command.name) does not stream what it prints") }
    var filled = 0
    lastProgress = .now
    while filled < buffer.count {
      let got = Glibc.read(stream.number, buffer.baseAddress! + filled, buffer.count - filled)
      if got == 0 { break }
      if got > 0 {
        filled += got
        lastProgress = .now
      } else if errno == EAGAIN {
        try wait(for: POLLIN, on: stream)
      } else if errno != EINTR {
        throw .system(.encoder, "cannot read from \(command.name)", errno)
      }
    }
    return filled
  }

  /// Tells the child that nothing more comes.
  func closeInput() { input = nil }

  /// Waits for the end. `progress` is a value that changes while the child moves; with the command's patience used up
  /// it is ended.
  func wait(progress: () -> Int = { 0 }) throws(BuildFailure) -> ExitStatus {
    closeInput()
    if let status { return status }
    lastProgress = .now
    var seen = progress()
    let handle = csystem_process_handle(process)
    // An older kernel gives none, and whoever polls none only sleeps.
    var end = pollfd(fd: handle, events: Int16(POLLIN), revents: 0)
    defer { if handle >= 0 { close(handle) } }
    while true {
      if let status = try reap() { return status }
      poll(&end, 1, handle >= 0 ? 100 : 5)
      let now = progress()
      if now != seen { (seen, lastProgress) = (now, .now) }
      try checkPatience()
    }
  }

  /// Writes all of `text` to a pipe that the child inherited, waiting while that is full.
  func write(_ text: String, to pipe: Descriptor) throws(BuildFailure) {
    var rest = Array(text.utf8)[...]
    lastProgress = .now
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { Glibc.write(pipe.number, $0.baseAddress!, $0.count) }
      if written > 0 {
        rest = rest.dropFirst(written)
        lastProgress = .now
      } else if errno == EAGAIN {
        // We hold the other end too, so that nobody tells us when the child has gone.
        if let status = try reap() { throw died(status, "before it had read everything") }
        try wait(for: POLLOUT, on: pipe)
      } else if errno != EINTR {
        throw .system(.encoder, "cannot write to \(command.name)", errno)
      }
    }
  }

  /// Waits and throws unless the child ended well.
  func waitForSuccess(progress: () -> Int = { 0 }) throws(BuildFailure) {
    let status = try wait(progress: progress)
    guard status.isSuccess else { throw died(status, nil) }
  }

  /// What the child printed to standard output, once it has ended. At most 1 GiB.
  func outputText() throws(BuildFailure) -> String { String(decoding: try outputBytes(), as: UTF8.self) }

  /// The same as bytes.
  func outputBytes() throws(BuildFailure) -> [UInt8] {
    guard let output, let size = output.status?.st_size else { return [] }
    do {
      return try output.read(min(Int(size), 1 << 30), at: 0)
    } catch { throw .system(.writing, "cannot read what \(command.name) printed", error.number) }
  }

  /// The last words on standard error, at most 2000 bytes of whole lines.
  func errorTail() -> String {
    let size = errors.size
    let start = max(errorStart, size - 2000)
    guard size > start, let bytes = try? errors.read(size - start, at: start) else { return "" }
    let whole = start == errorStart ? bytes[...] : bytes.drop { $0 != UInt8(ascii: "\n") }.dropFirst()
    var text = String(decoding: whole, as: UTF8.self)
    while text.last?.isWhitespace == true { text.removeLast() }
    return text
  }

  /// The first words on standard error, at most 2000 bytes.
  func errorHead() -> String {
    let bytes = try? errors.read(min(errors.size - errorStart, 2000), at: errorStart)
    return bytes.map { String(decoding: $0, as: UTF8.self) } ?? ""
  }

  private func wait(for event: Int32, on pipe: Descriptor) throws(BuildFailure) {
    var ready = pollfd(fd: pipe.number, events: Int16(event), revents: 0)
    poll(&ready, 1, 100)
    try checkPatience()
  }

  private func checkPatience() throws(BuildFailure) {
    if cancellation.isRequested {
      end()
      throw .cancelled
    }
    guard SuspendingClock.now - lastProgress > command.patience else { return }
    end()
    throw BuildFailure(
      .encoder,
      "\(command.name) made no progress for \(command.patience) and was ended"
        + quoted(errorTail()))
  }

  private func died(_ status: ExitStatus, _ when: String?) -> BuildFailure {
    BuildFailure(
      .encoder, "\(command.name) \(status)\(when.map { " \($0)" } ?? "")" + quoted(errorTail()))
  }

  private func quoted(_ tail: String) -> String { tail.isEmpty ? "" : ":\n\(tail)" }

  /// The status of the ended child, nil while it runs.
  private func reap() throws(BuildFailure) -> ExitStatus? {
    if let status { return status }
    var raw: Int32 = 0
    let result = waitpid(process, &raw, WNOHANG)
    if result < 0, errno != EINTR { throw .system(.encoder, "lost \(command.name)", errno) }
    guard result == process else { return nil }
    status = csystem_exited(raw) != 0 ? .code(csystem_exit_code(raw)) : .signal(csystem_signal(raw))
    Self.note("\(command.name) \(status!)\n", in: command.log)
    return status
  }

  /// A line of ours among the child's words. A log that cannot be written is no reason to stop.
  private static func note(_ line: String, in log: Descriptor?) { try? log?.write(line) }

  /// Ends the whole process group and takes the dead child's entry out of the process table.
  private func end() {
    input = nil
    guard status == nil else { return }
    // SIGKILL: a stopped process hears nothing else, and what it wrote is thrown away anyway.
    kill(-process, SIGKILL)
    kill(process, SIGKILL)
    var raw: Int32 = 0
    while waitpid(process, &raw, 0) < 0 && errno == EINTR {}
    status = .signal(SIGKILL)
    Self.note("\(command.name) was ended by us\n", in: command.log)
  }
}

extension ChildProcess {
  /// A pipe that no other child inherits, of so many bytes if the system allows it; nil for as many as usual.
  static func makePipe(size: Int32? = nil) throws(BuildFailure) -> (reading: Descriptor, writing: Descriptor) {
    var ends: [Int32] = [-1, -1]
    guard csystem_pipe(&ends) == 0 else { throw .system(.encoder, "cannot make a pipe", errno) }
    let (reading, writing) = (Descriptor(owning: ends[0]), Descriptor(owning: ends[1]))
    // Unprivileged users have a quota of pipe memory; the usual size works too, only slower.
    if let size { _ = csystem_set_pipe_size(writing.number, size) }
    return (reading, writing)
  }

  private static func spawn(
    _ command: ChildCommand, input: Descriptor?, output: Descriptor?, errors: Descriptor
  ) throws(BuildFailure) -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    if let input {
      posix_spawn_file_actions_adddup2(&actions, input.number, STDIN_FILENO)
    } else {
      posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    }
    if let output {
      posix_spawn_file_actions_adddup2(&actions, output.number, STDOUT_FILENO)
    } else {
      posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
    }
    posix_spawn_file_actions_adddup2(&actions, errors.number, STDERR_FILENO)
    // From above all places that they take there, and last, since those may be some of ours.
    let end = STDERR_FILENO + 1 + Int32(command.inherited.count)
    let inherited = try command.inherited.map { (file) throws(BuildFailure) in try file.duplicate(from: end) }
    defer { withExtendedLifetime(inherited) {} }
    for (file, place) in zip(inherited, STDERR_FILENO + 1..<end) {
      posix_spawn_file_actions_adddup2(&actions, file.number, place)
    }
    csystem_spawn_close_from(&actions, end)

    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    for number in reportedSignals { sigaddset(&signals, number) }
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setpgroup(&attributes, 0)
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP))

    let arguments = CStrings([command.program] + command.arguments)
    let environment = CStrings(ChildEnvironment.scrubbed())
    var process: pid_t = 0
    let number = posix_spawn(&process, command.program, &actions, &attributes, arguments.pointers, environment.pointers)
    guard number == 0 else { throw .system(.missingProgram, "cannot run `\(command.program)`", number) }
    return process
  }
}

extension Descriptor {
  /// The same open file by another number, `first` or above.
  fileprivate func duplicate(from first: Int32) throws(BuildFailure) -> Descriptor {
    let copy = fcntl(number, F_DUPFD_CLOEXEC, first)
    guard copy >= 0 else { throw .system(.encoder, "cannot hand on an open file", errno) }
    return Descriptor(owning: copy)
  }

  /// Our end of a pipe never blocks, so that waiting can be bounded.
  func stopBlocking() throws(BuildFailure) {
    guard fcntl(number, F_SETFL, O_NONBLOCK) == 0 else { throw .system(.encoder, "cannot set up a pipe", errno) }
  }
}

/// A null-terminated array of C strings, freed with its owner.
private final class CStrings {
  let pointers: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
  private let count: Int

  init(_ strings: [String]) {
    count = strings.count
    pointers = .allocate(capacity: count + 1)
    for (index, string) in strings.enumerated() { (pointers + index).initialize(to: strdup(string)) }
    (pointers + count).initialize(to: nil)
  }

  deinit {
    for index in 0..<count { free(pointers[index]) }
    pointers.deallocate()
  }
}
