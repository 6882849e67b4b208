/// What `explain` says about one kind of diagnostic: why it is one, a scene that has it and the same scene without it.
public struct Explanation: Sendable {
  /// As in `Diagnostic.id`.
  public let id: String
  /// One to three sentences.
  public let text: String
  public let wrong: Example
  public let right: Example

  init(_ id: String, _ text: String, wrong: Example, right: Example) {
    self.id = id
    self.text = text
    self.wrong = wrong
    self.right = right
  }

  /// Every id that this program reports, sorted.
  public static let all: [Explanation] = (files + syntax + expressions + names + values + structure + lints).sorted {
    $0.id < $1.id
  }

  public static func of(_ id: String) -> Explanation? { table[id] }

  private static let table = Dictionary(uniqueKeysWithValues: all.map { ($0.id, $0) })
}

/// Some lines of a scene, or what stands for lines that nobody would want to read.
public struct Example: Sendable {
  /// The lines that matter, without those around them; a description where `scene` is generated.
  public let lines: String
  /// The whole file.
  public let scene: [UInt8]
  /// Whether `lines` describe the file because it is too large, or is not text.
  public let isDescribed: Bool
  /// What the file imports, by path.
  public private(set) var libraries: [String: String] = [:]
  /// The `--variant` it is checked with.
  public private(set) var variant: String?

  private init(_ lines: String, scene: String) {
    self.lines = lines
    self.scene = Array(scene.utf8)
    isDescribed = false
  }

  /// The same beside other files.
  func importing(_ libraries: [String: String]) -> Example {
    var result = self
    result.libraries = libraries
    return result
  }

  /// The same, checked with `--variant`.
  func variant(_ name: String) -> Example {
    var result = self
    result.variant = name
    return result
  }

  /// Checks the file as `scene.yaml`.
  public func check(using catalog: Catalog) -> Compilation {
    var overrides = SceneOverrides()
    overrides.variant = variant
    let libraries = libraries
    return SceneLang.check(
      path: "scene.yaml", name: "scene", bytes: scene, using: catalog, overrides: overrides,
      importer: { path in
        libraries[path].map { .success(Array($0.utf8)) } ?? .failure(ImportFailure(reason: "No such file or directory"))
      })
  }

  /// A file that no screen should show.
  static func described(_ description: String, _ scene: [UInt8]) -> Example { Example(description, scene) }

  private init(_ description: String, _ scene: [UInt8]) {
    lines = description
    self.scene = scene
    isDescribed = true
  }

  static func file(_ lines: String) -> Example { Example(lines, scene: lines + "\n") }

  /// Lines of the top level; with a segment unless they have their own.
  static func top(_ lines: String) -> Example {
    let rest = lines.contains("segments:") ? "" : "segments: [{duration: 4s, layers: [field: plasma]}]\n"
    return Example(lines, scene: "ascii-scene: 1\n\(lines)\n\(rest)")
  }

  /// Keys of a segment.
  static func segment(_ lines: String) -> Example {
    Example(lines, scene: "ascii-scene: 1\nsegments:\n  - \(indented(lines, by: 4))\n")
  }

  /// Keys of a layer.
  static func layer(_ lines: String) -> Example {
    Example(
      lines, scene: "ascii-scene: 1\nsegments:\n  - duration: 4s\n    layers:\n      - \(indented(lines, by: 8))\n")
  }

  /// The lines after the first moved to the right.
  private static func indented(_ lines: String, by columns: Int) -> String {
    lines.split(separator: "\n", omittingEmptySubsequences: false)
      .joined(separator: "\n" + String(repeating: " ", count: columns))
  }
}
