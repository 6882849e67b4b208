/// What to run, and what it may take.
struct ChildCommand {
  /// Bounds that end a child gone wild; generous, since they are no measure of honest work.
  struct Limits {
    var addressSpace: UInt64 = 16 << 30
    var fileSize: UInt64 = 1 << 40
    var cpuSeconds: UInt64 = 24 * 3600

    /// For programs that read files which other people made.
    static let decoding = Limits(addressSpace: 4 << 30, fileSize: 64 << 30, cpuSeconds: 3600)
  }

  /// Absolute path.
  var program: String
  var arguments: [String]
  /// Whether we write its standard input; else that is empty.
  var readsPipe = false
  /// Whether its standard output is kept for reading; else it is thrown away.
  var keepsOutput = false
  /// Whether its standard output is a pipe that we read while it runs.
  var streamsOutput = false
  /// The file that it writes, which it sees as `outputPath`.
  var output: PartFile?
  /// Open files that it sees as `inheritedPath`, and as those after it.
  var inherited: [Descriptor] = []
  var limits = Limits()
  /// Where its standard error is kept, under the command line and above how it ended; else it goes with the process.
  var log: Descriptor?
  /// Ended when nothing moved for this long.
  var patience: Duration = .seconds(60)

  /// Where a child finds the file that it was given, safe from whatever its name is.
  static let inheritedPath = inheritedPath(0)

  /// The same for one of several, counted from 0.
  static func inheritedPath(_ index: Int) -> String { "file:/dev/fd/\(3 + index)" }

  /// Where a child finds the file that it is to write. Not by its name: one that outlives us would make the file anew
  /// after somebody has cleared it away.
  static let outputPath = "file:/dev/fd/1"

  var name: String { program.split(separator: "/").last.map(String.init) ?? program }

  /// Lines of ffmpeg that only say that something failed.
  private static let emptyWords = ["Conversion failed!", "Error marking filters as finished", "Error while filtering"]

  /// The last line that says why, of what ffmpeg said, without what it calls our file and where its decoder lay in memory.
  static func reason(in words: String) -> String? {
    if words.contains("not on whitelist") { return "its format is none of \(MediaFile.formatNames)" }
    if words.contains("image data not found") {
      return "it is an animated WebP, which this ffmpeg does not read; GIF, APNG and videos are read"
    }
    let lines = words.split(separator: "\n")
    let telling = lines.last { line in !emptyWords.contains { line.hasPrefix($0) } }
    guard var reason = telling ?? lines.last else { return nil }
    if reason.hasPrefix("["), let end = reason.firstIndex(of: "]") {
      reason = reason[reason.index(after: end)...].drop { $0 == " " }
    }
    if reason.hasPrefix("\(inheritedPath): ") { reason = reason.dropFirst(inheritedPath.count + 2) }
    return String(reason)
  }
}

extension ChildCommand {
  /// ffmpeg, which reads nothing from the terminal and says errors only, unless somebody keeps what it says.
  static func ffmpeg(_ toolchain: Toolchain, _ arguments: [String], log: Descriptor? = nil) -> ChildCommand {
    let talk = ["-hide_banner", "-nostats", "-loglevel", log == nil ? "error" : "info", "-nostdin", "-y"]
    return ChildCommand(program: toolchain.ffmpeg, arguments: talk + arguments, log: log)
  }
}

/// How a process ended.
enum ExitStatus: Hashable, CustomStringConvertible {
  case code(Int32)
  case signal(Int32)

  var isSuccess: Bool { self == .code(0) }

  var description: String {
    switch self {
    case .code(let code): "ended with code \(code)"
    case .signal(let number): "was ended by \(SystemError.signal(number))"
    }
  }
}
