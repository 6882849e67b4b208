import SceneLang

/// What `check` found in several scenes, in one of its formats.
struct CheckReport {
  private let format: CheckCommand.Format
  var scenes = 0
  private(set) var errors = 0
  /// Whether each scene with errors has them by what options ask of it.
  private(set) var onlyOptionsAreWrong = true
  private(set) var warnings = 0
  /// Remarks on speed, and notes.
  private(set) var remarks = 0
  /// Findings that `--fix` would mend.
  private(set) var correctable = 0
  /// Findings that it would mend in files that scenes import, by their paths.
  private var correctableImports: [String: Int] = [:]
  /// Edits that `--fix` has made.
  var corrections = 0
  /// Files that could not be read.
  private(set) var unreadable = 0
  /// Files in which `--fix` could not write.
  var unwritable = 0
  private var lines = ""
  private var objects: [JSONValue] = []
  private var log = SARIF(version: CommandTable.version)
  /// A library that several scenes import is found wanting once.
  private var seen: Set<String> = []

  init(_ format: CheckCommand.Format) { self.format = format }

  var hasErrors: Bool { errors > 0 || unreadable > 0 }

  /// Takes up the findings of one scene and answers those that no scene before it had.
  @discardableResult
  mutating func add(_ compilation: Compilation) -> [Diagnostic] {
    let sources = compilation.sources
    if compilation.scene == nil, !compilation.onlyOptionsAreWrong { onlyOptionsAreWrong = false }
    let new = compilation.diagnostics.filter { finding in
      let place = "\(sources[finding.span.file].path):\(finding.span.start):\(finding.id):\(finding.message)"
      return seen.insert(place).inserted
    }
    for finding in new {
      list(finding, in: sources)
      if finding.severity == .error { errors += 1 }
      if finding.severity == .warning { warnings += 1 }
      if finding.severity == .performance || finding.severity == .note { remarks += 1 }
      if let edit = finding.edit, edit.isSafe { count(edit, in: sources) }
    }
    return new
  }

  /// `--fix` mends the scenes that are named, not what they import.
  private mutating func count(_ edit: Diagnostic.Edit, in sources: SourceMap) {
    if edit.span.file == FileID(0) {
      correctable += 1
    } else if sources[edit.span.file].origin == .file {
      correctableImports[sources[edit.span.file].path, default: 0] += 1
    }
  }

  /// Takes up a file, or a folder, of which no scene could be read: a finding at its beginning.
  mutating func add(_ failure: CommandFailure, of path: String) {
    unreadable += 1
    onlyOptionsAreWrong = false
    var sources = SourceMap()
    let file = sources.add(path: path == SceneFiles.standardInput ? "<stdin>" : path, bytes: [])
    let start = Span(file: file, start: 0, end: 0)
    list(Diagnostic(failure.id, .error, failure.message, at: start, help: failure.help), in: sources)
  }

  private mutating func list(_ finding: Diagnostic, in sources: SourceMap) {
    switch format {
    case .human: break
    case .short: lines += DiagnosticRenderer(sources: sources, style: .short).render([finding])
    case .github: lines += DiagnosticRenderer(sources: sources, style: .github).render([finding])
    case .json: objects.append(DiagnosticRenderer(sources: sources).json(finding))
    case .sarif: log.add(finding, in: sources)
    }
  }

  /// For standard output.
  var output: String {
    switch format {
    case .human: ""
    case .short, .github: lines
    case .json: JSONValue.array(objects).text + "\n"
    case .sarif: log.json.text + "\n"
    }
  }

  /// One or two lines for people.
  var summary: String {
    var text = "checked \(Self.count(scenes, "scene")): "
    let counts = [
      (errors, "error"), (warnings, "warning"), (remarks, "remark"), (unreadable, "unreadable file"),
      (unwritable, "unwritable file"),
    ]
    let found = counts.filter { $0.0 > 0 }
    text += found.isEmpty ? "no problems" : found.map { Self.count($0.0, $0.1) }.joined(separator: ", ")
    if let correctionText { text += "; \(correctionText)" }
    if correctable > 0 {
      text += "\n`ascii-scene check --fix` mends \(correctable == errors + warnings ? "all" : "\(correctable)") of them"
    }
    for (path, count) in correctableImports.sorted(by: { $0.key < $1.key }) {
      text += "\n`ascii-scene check --fix \(path)` mends \(count == errors + warnings ? "all" : "\(count)") of them"
    }
    return text + "\n"
  }

  /// What `--fix` has done; nil for nothing.
  var correctionText: String? { corrections > 0 ? "\(Self.count(corrections, "correction")) made" : nil }

  private static func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }
}
