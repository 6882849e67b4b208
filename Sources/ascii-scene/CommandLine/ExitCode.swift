import SceneLang

/// What the process says to its caller when it ends (DESIGN §8).
enum ExitCode: Int32, Error, Sendable {
  case success = 0
  /// The scene or one of its assets is wrong or missing.
  case scene = 1
  case usage = 2
  /// A needed program is missing.
  case missingProgram = 3
  /// Rendering or writing failed.
  case rendering = 4
  case verification = 5
  /// By SIGINT; by SIGTERM or SIGHUP.
  case interrupted = 130
  case terminated = 143
}

/// Ends a command with a message: `error: <message>` and `help: <help>` on standard error, and for programs as JSON on
/// standard output.
struct CommandFailure: Error, Sendable {
  var code: ExitCode
  /// One line, lower case.
  var message: String
  /// What to type or to do; nil where the message says it.
  var help: String?
  /// The id under which `check` lists it among its findings.
  var id: String
  /// The scene's own mistakes, as `check --format json` lists them.
  var findings: [JSONValue] = []
  /// Whether standard output has told programs already.
  var isListed = false

  init(_ code: ExitCode, _ message: String, help: String? = nil, id: String = "unreadable_file") {
    self.code = code
    self.message = message
    self.help = help
    self.id = id
  }

  /// What programs are told; `output` is the file that was to be made, among several.
  func json(output: String? = nil) -> JSONValue {
    var members: [(key: String, value: JSONValue)] = []
    members.append(("exit", .int(Int(code.rawValue))))
    members.append(("message", .string(message)))
    if let help { members.append(("help", .string(help))) }
    if !findings.isEmpty { members.append(("findings", .array(findings))) }
    let failure: [(key: String, value: JSONValue)] = [("failure", .object(members))]
    return .object((output.map { [("output", .string($0))] } ?? []) + failure)
  }
}
