import SceneLang

/// What holds for the checker whatever bytes it is given. A crash or a hang breaks every law.
public enum SceneLaws {
  /// What a text did to the checker.
  public struct Outcome: Sendable {
    /// A sentence for each law that does not hold.
    public var broken: [String] = []
    /// Whether the text is a scene without errors.
    public var isClean = false
  }

  /// Every finding lies inside of its file and is explained, what has no errors is lowered into a graph that hangs
  /// together, and a scene that was mended is a scene like any other.
  ///
  /// - Parameter words: What every file beside the scene holds.
  public static func outcome(ofScene bytes: [UInt8], words: [UInt8]? = nil, using catalog: Catalog) -> Outcome {
    let importer: Importer = { _ in words.map { .success($0) } ?? .failure(ImportFailure(reason: "not there")) }
    let read = { check(path: "scene.yaml", name: "scene", bytes: $0, using: catalog, importer: importer) }
    let compilation = read(bytes)
    var outcome = Outcome()
    for finding in compilation.diagnostics {
      let places = [finding.span] + finding.labels.map(\.span) + (finding.edit.map { [$0.span] } ?? [])
      for place in places where place.start > place.end || place.end > compilation.sources[place.file].bytes.count {
        outcome.broken.append("\(finding.id) lies outside of its file")
      }
      if finding.message.isEmpty || Explanation.of(finding.id) == nil {
        outcome.broken.append("\(finding.id) is not explained")
      }
    }
    let mended = SourceEdits(compilation.diagnostics, and: compilation.respellings, in: FileID(0)).apply(to: bytes)
    if mended != bytes { _ = read(mended) }
    guard let scene = compilation.scene else { return outcome }
    outcome.isClean = true
    for segment in scene.renderGraph(using: catalog).segments {
      if segment.frames.isEmpty { outcome.broken.append("a segment has no frames") }
      for (place, node) in segment.nodes.enumerated() where !node.operands.allSatisfy({ $0.index < place }) {
        outcome.broken.append("a node reads one behind it")
      }
    }
    return outcome
  }

  /// A scene that uses a text as a field, as what a layer says, and as its opacity.
  public static func scene(withExpression text: [UInt8]) -> [UInt8] {
    var quoted = Array("\"".utf8)
    for byte in text {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): quoted += [UInt8(ascii: "\\"), byte]
      // A line break inside of quotes is a blank.
      case 0x0A, 0x0D: quoted += Array("\\n".utf8)
      default: quoted.append(byte)
      }
    }
    quoted.append(UInt8(ascii: "\""))
    let head = "ascii-scene: 1\nparams: {p: 0.5, mode: {choice: [a, b], default: a}}\nfields: {mine: x + y}\n"
    let layers = ["segments:\n- duration: 1s\n  layers:\n  - field: ", "\n  - text: ", "\n    opacity: "]
    return Array(head.utf8) + layers.flatMap { Array($0.utf8) + quoted } + Array("\n".utf8)
  }

  /// A scene that shows the words of the file beside it.
  public static let sceneOfWords = Array(
    "ascii-scene: 1\ninputs: {words: {lyrics: words.srt}}\nsegments: [{duration: 4s, layers: [lyrics: words]}]\n".utf8)
}
