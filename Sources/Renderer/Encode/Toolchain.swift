import CSystem
import Glibc
import Synchronization

/// The ffmpeg programs, resolved once to absolute paths and known to do what a build needs.
public struct Toolchain: Sendable, Hashable {
  /// Absolute paths.
  public let ffmpeg: String
  public let ffprobe: String
  /// As the program prints it, such as `5.1.9-0+deb12u1`.
  public let version: String

  /// The first release whose mp4 writer takes `-movie_timescale`, without which joined clips drift.
  public static let oldestMajorVersion = 5

  /// What was found in the environment's PATH, so that a process that builds many videos asks once.
  private static let known = Mutex<[String: Toolchain]>([:])

  /// Finds ffmpeg and ffprobe in `path` (nil: the environment's PATH; relative folders are passed over) and asks both
  /// who they are, unless `store` knows what these very programs have answered. What is in the environment's PATH is looked
  /// for once.
  ///
  /// Throws a failure of kind `missingProgram` when one is missing, not executable, does not answer, is older than
  /// `oldestMajorVersion`, or encodes no H.264.
  public static func resolve(
    path: String? = nil, store: ClipStore? = nil, _ cancellation: Cancellation = .never
  ) throws(BuildFailure) -> Self {
    if let path { return try resolve(in: path, store, cancellation) }
    let path = getenv("PATH").map { String(cString: $0) } ?? ""
    if let found = known.withLock({ $0[path] }) { return found }
    let found = try resolve(in: path, store, cancellation)
    known.withLock { $0[path] = found }
    return found
  }

  private static func resolve(
    in path: String, _ store: ClipStore?, _ cancellation: Cancellation
  ) throws(BuildFailure) -> Self {
    let (ffmpeg, ffprobe) = (try find("ffmpeg", in: path), try find("ffprobe", in: path))
    let identity = store == nil ? nil : identity(of: [ffmpeg, ffprobe])
    if let version = identity.flatMap({ store?.text($0, .toolchain) }) {
      return Toolchain(ffmpeg: ffmpeg, ffprobe: ffprobe, version: version)
    }
    let version = try version(ffmpeg, ffprobe, cancellation)
    // An answer that cannot be kept is asked for again by the next build.
    if let identity { try? store?.keep(version, identity, .toolchain) }
    return Toolchain(ffmpeg: ffmpeg, ffprobe: ffprobe, version: version)
  }

  /// Asks both programs who they are, and ffmpeg whether it encodes H.264: it says who it is above every answer.
  private static func version(
    _ ffmpeg: String, _ ffprobe: String, _ cancellation: Cancellation
  ) throws(BuildFailure) -> String {
    // Both at once: most of the time is the loading of their libraries.
    let encoderHelp = try ask(ffmpeg, ["-h", "encoder=libx264"], cancellation)
    let probeVersion = try ask(ffprobe, ["-version"], cancellation)
    let capabilities = try answer(encoderHelp)
    let probe = try answer(probeVersion)

    var version = Self.version(of: "ffmpeg", in: "\(encoderHelp.errorHead())\n\(capabilities)")
    // Other words may come first.
    if version == nil { version = Self.version(of: "ffmpeg", in: try answer(ask(ffmpeg, ["-version"], cancellation))) }
    guard let version else { throw .notItself(ffmpeg) }
    guard Self.version(of: "ffprobe", in: probe) != nil else { throw .notItself(ffprobe) }
    if let major = majorVersion(version), major < oldestMajorVersion { throw .tooOld(ffmpeg, version) }
    guard capabilities.contains("Encoder libx264") else { throw .withoutEncoder(ffmpeg) }
    return version
  }

  /// What changes with every other version of programs; nil for scripts and for programs that stand for others, such as
  /// snap's, which stay the same when what they start does not.
  private static func identity(of programs: [String]) -> ContentHash? {
    var hasher = ContentHasher()
    for program in programs {
      guard let path = Folder.realPath(program), path.split(separator: "/").last == program.split(separator: "/").last,
        let file = try? Descriptor(reading: path), let status = file.status,
        (try? file.read(4, at: 0)) == [0x7F, 0x45, 0x4C, 0x46]  // "\u{7F}ELF"
      else { return nil }
      hasher.feed(path)
      hasher.feed(Int(status.st_dev))
      hasher.feed(Int(status.st_ino))
      hasher.feed(Int(status.st_size))
      for time in [status.st_mtim, status.st_ctim] {
        hasher.feed(time.tv_sec)
        hasher.feed(time.tv_nsec)
      }
    }
    return hasher.finish()
  }

  /// Throws a failure of kind `missingProgram` unless ffmpeg has the encoder of that name.
  func check(encoder: String, _ cancellation: Cancellation) throws(BuildFailure) {
    // `resolve` has asked for this one.
    if encoder == "libx264" { return }
    let words = try Self.answer(Self.ask(ffmpeg, ["-h", "encoder=\(encoder)"], cancellation))
    guard words.contains("Encoder \(encoder)") else { throw .withoutEncoder(ffmpeg, encoder) }
  }

  /// Throws a failure of kind `missingProgram` unless ffmpeg has the decoder of that name, which the file at `path` needs.
  func check(decoder: String, of path: String, _ cancellation: Cancellation) throws(BuildFailure) {
    let words = try Self.answer(Self.ask(ffmpeg, ["-h", "decoder=\(decoder)"], cancellation))
    guard words.contains("Decoder \(decoder)") else { throw .withoutDecoder(ffmpeg, decoder, path) }
  }

  private static func find(_ name: String, in path: String) throws(BuildFailure) -> String {
    var refused: String?
    for folder in ChildEnvironment.searchFolders(path) {
      let candidate = "\(folder)/\(name)"
      var status = stat()
      guard stat(candidate, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { continue }
      if access(candidate, X_OK) == 0 { return candidate }
      refused = refused ?? candidate
    }
    throw .missing(name, refused: refused)
  }

  private static func ask(_ program: String, _ arguments: [String], _ cancellation: Cancellation) throws(BuildFailure)
    -> ChildProcess
  {
    var command = ChildCommand(program: program, arguments: arguments, keepsOutput: true)
    // Where it can map little, it may spin instead of failing.
    command.patience = csystem_address_space() < 4 << 30 ? .seconds(5) : .seconds(20)
    return try ChildProcess(command, cancellation)
  }

  /// What the program printed; one that fails or hangs at such a question is as good as missing.
  private static func answer(_ child: ChildProcess) throws(BuildFailure) -> String {
    do {
      try child.waitForSuccess()
      return try child.outputText()
    } catch  where error.kind != .cancelled {
      throw .broken(child.command.program, error.message)
    }
  }

  /// The word after `<program> version` at the start of a line.
  static func version(of program: String, in text: String) -> String? {
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ")
      if words.count >= 3, words[0] == program, words[1] == "version" { return String(words[2]) }
    }
    return nil
  }

  /// The number before the first dot; nil for builds from git (`N-109444-g…`), which are taken to be new.
  static func majorVersion(_ version: String) -> Int? {
    let digits = version.drop { $0 == "n" }.prefix { $0.isASCII && $0.isNumber }
    return Int(digits)
  }
}

extension BuildFailure {
  private static let install = "install ffmpeg 5 or newer with ffprobe and libx264 (Debian: apt-get install ffmpeg)"

  fileprivate static func missing(_ name: String, refused: String?) -> Self {
    if let refused { return Self(.missingProgram, "`\(refused)` is not executable", help: install) }
    return Self(.missingProgram, "no `\(name)` in PATH", help: install)
  }

  fileprivate static func notItself(_ program: String) -> Self {
    Self(.missingProgram, "`\(program)` does not answer as an ffmpeg program", help: install)
  }

  fileprivate static func broken(_ program: String, _ reason: String) -> Self {
    // An ffmpeg says how it was built before it says anything else.
    let words = reason.split(separator: "\n").filter { !$0.hasPrefix("  ") && !$0.hasPrefix("ffmpeg version") }
    let memory = csystem_address_space()
    return Self(
      .missingProgram, "`\(program)` does not work: \(words.suffix(4).joined(separator: "\n"))",
      help: memory < 4 << 30
        ? "its address space is limited to \(memory >> 20) MiB here (`ulimit -v`), and it may need 2 GiB" : install)
  }

  fileprivate static func tooOld(_ program: String, _ version: String) -> Self {
    Self(
      .missingProgram, "`\(program)` is version \(version); at least \(Toolchain.oldestMajorVersion) is needed",
      help: install)
  }

  fileprivate static func withoutDecoder(_ program: String, _ decoder: String, _ path: String) -> Self {
    Self(
      .missingProgram, "`\(program)` was built without \(decoder), which reads the transparency of `\(path)`",
      help: "install an ffmpeg with it, or give the video as a .mov")
  }

  fileprivate static func withoutEncoder(_ program: String, _ encoder: String = "libx264") -> Self {
    Self(
      .missingProgram, "`\(program)` was built without \(encoder)",
      help: encoder == "libx264" ? install : "name another `codec:` for the output")
  }
}
