import Glibc
import Renderer
import SceneLang

/// `ascii-scene doctor`: what this machine offers, and whether a build can run on it.
enum DoctorCommand: Command {
  static let declaration = CommandDeclaration(
    "doctor", "Shows cores, memory, kernels, ffmpeg and the cache, and what is missing.",
    options: [CommonOptions.cache, CommonOptions.format], example: "ascii-scene doctor --format json")

  static func run(_ arguments: ParsedArguments, _ console: Console) throws -> ExitCode {
    let findings = Findings(cache: arguments[CommonOptions.cache])
    try console.write(
      arguments[CommonOptions.format] == .json ? findings.json.text + "\n" : findings.text)
    return findings.exitCode
  }

  /// What was found; a failure stands where something is missing.
  private struct Findings {
    let machine = Machine.current()
    let toolchain: Result<Toolchain, BuildFailure>
    let cache: Result<ClipStore, BuildFailure>
    /// Why the cache's limits cannot be read from the environment.
    let limitsProblem: CommandFailure?

    init(cache folder: String?) {
      toolchain = Result { () throws(BuildFailure) in try Toolchain.resolve() }
      cache = Result { () throws(BuildFailure) in try ClipStore(folder: try ClipStore.defaultFolder(folder)) }
      do {
        _ = try CacheOptions.limits()
        limitsProblem = nil
      } catch { limitsProblem = error as? CommandFailure }
    }

    var exitCode: ExitCode {
      if case .failure(let failure) = toolchain { return CommandFailure(failure).code }
      if case .failure(let failure) = cache { return CommandFailure(failure).code }
      return limitsProblem?.code ?? .success
    }

    private var supportedKernels: [String] { KernelLevel.allCases.filter(\.isSupported).map(\.rawValue) }

    private var architecture: String {
      #if arch(x86_64)
        "x86_64"
      #elseif arch(arm64)
        "arm64"
      #else
        "other"
      #endif
    }

    var json: JSONValue {
      var members: [(String, JSONValue)] = [
        ("version", .string(CommandTable.version)), ("platform", "linux"), ("arch", .string(architecture)),
        ("cores", .int(machine.cores)), ("memory", .int(machine.memory)),
        ("workers", .int(machine.workers(requested: nil))),
        ("kernels", .array(supportedKernels.map { .string($0) })),
      ]
      switch toolchain {
      case .success(let found):
        members += [
          (
            "ffmpeg",
            ["path": .string(found.ffmpeg), "version": .string(found.version), "encoders": ["libx264", "aac"]]
          ),
          ("ffprobe", ["path": .string(found.ffprobe)]),
        ]
      case .failure(let failure): members.append(("ffmpeg", ["problem": .string(failure.message)]))
      }
      switch cache {
      case .success(let store):
        var found: [(key: String, value: JSONValue)] = [("folder", .string(store.folder))]
        if let limitsProblem { found.append(("problem", .string(limitsProblem.message))) }
        members.append(("cache", .object(found)))
      case .failure(let failure): members.append(("cache", ["problem": .string(failure.message)]))
      }
      return .object(members)
    }

    var text: String {
      var rows = [
        ("ascii-scene", CommandTable.version),
        ("cores", "\(machine.cores) (\(machine.workers(requested: nil)) workers)"),
        ("memory", "\(ProgressText.decimal(Double(machine.memory) / Double(1 << 30))) GiB"),
        ("kernels", supportedKernels.joined(separator: ", ")),
      ]
      switch toolchain {
      case .success(let found):
        rows += [("ffmpeg", "\(found.ffmpeg), version \(found.version), libx264 and aac"), ("ffprobe", found.ffprobe)]
      case .failure(let failure): rows.append(("ffmpeg", Self.problem(failure)))
      }
      switch cache {
      case .success(let store): rows.append(("cache", store.folder))
      case .failure(let failure): rows.append(("cache", Self.problem(failure)))
      }
      if let limitsProblem { rows.append(("cache limits", "problem: \(limitsProblem.message)")) }
      return rows.map { name, value in
        name + String(repeating: " ", count: 13 - name.count) + value.terminalSafe + "\n"
      }.joined()
    }

    private static func problem(_ failure: BuildFailure) -> String {
      "problem: \(failure.message)" + (failure.help.map { "; \($0)" } ?? "")
    }
  }
}
