import Glibc
import Renderer
import SceneLang

/// `ascii-scene cache`: what finished clips there are, and what becomes of them.
enum CacheCommand: Command {
  static let declaration = CommandDeclaration(
    "cache", "Shows, checks and empties the folder of finished clips.",
    positionals: [
      Positional(
        "ACTION", .one,
        "info, list, verify (reads all and removes what is damaged), prune (to the limits) or clear (everything).",
        .words(Action.allCases.map(\.rawValue)))
    ],
    options: [CommonOptions.cache, size, age, CommonOptions.format],
    example: "ascii-scene cache prune --size 2GB --age 30d")

  private static let size = Option<ByteCount?>(
    "size", value: "SIZE", default: nil, "Most that `prune` leaves. Default: $ASCII_SCENE_CACHE_SIZE, else 10GiB."
  ) { (value, text) throws(InvalidValue) in value = try ByteCount(parsing: text) }

  private static let age = Option<TimeSpan?>(
    "age", value: "TIME", default: nil,
    "`prune` removes what was not used for so long. Default: $ASCII_SCENE_CACHE_AGE, else 60d."
  ) { (value, text) throws(InvalidValue) in value = try TimeSpan(parsing: text) }

  private enum Action: String, CaseIterable { case info, list, verify, prune, clear }

  static func run(_ arguments: ParsedArguments, _ console: Console) throws -> ExitCode {
    let word = arguments.positionals[0]
    guard let action = Action(rawValue: word) else {
      let actions = Action.allCases.map(\.rawValue)
      throw CommandFailure(
        .usage, "the cache has no action `\(word)`",
        help: nearestName(to: word, among: actions).map { "did you mean `\($0)`?" }
          ?? "the actions are \(actions.joined(separator: ", "))")
    }
    let limits = try CacheOptions.limits(size: arguments[size], age: arguments[age])
    if let folder = arguments[CommonOptions.cache], access(folder, F_OK) != 0 {
      throw CommandFailure(.usage, "there is no cache at `\(folder)`")
    }
    let store: ClipStore
    do {
      store = try ClipStore(folder: try ClipStore.defaultFolder(arguments[CommonOptions.cache]))
    } catch { throw CommandFailure(error) }
    let output = try result(of: action, store, limits)
    try console.write(arguments[CommonOptions.format] == .json ? output.json.text + "\n" : output.text)
    return output.code
  }

  /// What an action has to say.
  private struct Output {
    var text: String
    var json: JSONValue
    var code = ExitCode.success
  }

  private static func result(of action: Action, _ store: ClipStore, _ limits: CacheLimits) throws -> Output {
    switch action {
    case .info: info(store, limits)
    case .list: list(store)
    case .verify: verify(store)
    case .prune: try evicted(store.prune(limits))
    case .clear: try evicted(store.clear())
    }
  }

  private static func info(_ store: ClipStore, _ limits: CacheLimits) -> Output {
    let items = store.items()
    let size = items.reduce(0) { $0 + $1.size }
    let kinds = ClipStore.Kind.allCases.map { kind in
      let some = items.filter { $0.kind == kind }
      return (kind: kind, count: some.count, size: some.reduce(0) { $0 + $1.size })
    }
    var text = "\(store.folder.terminalSafe)\n"
    text += "\(items.count) entries, \(ByteCount(size).text) of at most \(ByteCount(limits.size).text); "
    text += "unused ones stay \(TimeSpan.text(limits.age))\n"
    for kind in kinds where kind.count > 0 {
      text += "  \(kind.kind.name): \(kind.count), \(ByteCount(kind.size).text)\n"
    }
    let json: JSONValue = [
      "folder": .string(store.folder), "entries": .int(items.count), "bytes": .int(size),
      "limits": ["bytes": .int(limits.size), "seconds": .int(Int(limits.age.components.seconds))],
      "kinds": .object(
        kinds.map { ($0.kind.name, ["entries": .int($0.count), "bytes": .int($0.size)] as JSONValue) }),
    ]
    return Output(text: text, json: json)
  }

  private static func list(_ store: ClipStore) -> Output {
    let origins = store.origins()
    let now = Duration.since1970
    var text = ""
    var json: [JSONValue] = []
    for item in store.items() {
      let unused = max(.zero, now - item.lastUse)
      let origin = origins[item.key]
      let columns = ["\(item.key)", item.kind.name, ByteCount(item.size).text, TimeSpan.text(unused) + " ago"]
      let widths = [32, 8, 9, 0]
      text += zip(columns, widths).map { $0 + String(repeating: " ", count: max(0, $1 - $0.count)) }
        .joined(separator: "  ")
      text += (origin.map { "  \($0.terminalSafe)" } ?? "") + "\n"
      json.append([
        "key": .string("\(item.key)"), "kind": .string(item.kind.name), "bytes": .int(item.size),
        "unusedSeconds": .int(Int(unused.components.seconds)), "origin": origin.map { .string($0) } ?? .null,
      ])
    }
    return Output(text: text, json: .array(json))
  }

  /// A damaged entry is a failed verification, although it is gone now and costs nothing but time.
  private static func verify(_ store: ClipStore) -> Output {
    let count = store.items().count
    let damaged = store.removeDamaged()
    let lines = damaged.map { "removed damaged \($0.path.terminalSafe)\n" }.joined()
    return Output(
      text: lines + "\(count) entries read, \(damaged.count) damaged\n",
      json: ["entries": .int(count), "damaged": .array(damaged.map { .string("\($0.key)") })],
      code: damaged.isEmpty ? .success : .verification)
  }

  private static func evicted(_ eviction: ClipStore.Eviction?) throws -> Output {
    guard let eviction else {
      throw CommandFailure(
        .rendering, "the cache is in use by another ascii-scene", help: "try again when it has ended")
    }
    return Output(
      text: "\(eviction.entries) entries removed, \(ByteCount(eviction.size).text)\n",
      json: ["removed": .int(eviction.entries), "bytes": .int(eviction.size)])
  }
}

extension ClipStore.Kind {
  fileprivate var name: String {
    switch self {
    case .video: "clip"
    case .sound: "sound"
    case .exposure: "exposure"
    case .analysis: "analysis"
    case .speech: "speech"
    case .manifest: "manifest"
    case .frames: "frame hashes"
    case .toolchain: "ffmpeg version"
    case .picture: "golden picture"
    }
  }
}
