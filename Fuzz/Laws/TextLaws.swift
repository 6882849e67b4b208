import SceneLang

/// What holds for the readers of YAML, expressions and text templates whatever bytes they are given: they end, stay inside
/// of the file, and lose nothing without a word.
public struct TextLaws {
  /// A sentence for each law that does not hold.
  public private(set) var broken: [String] = []

  private let bytes: [UInt8]
  private var bag = DiagnosticBag()

  /// Reads the bytes as a file of YAML, each of its scalars as an expression and as a template, and renders what is found.
  public init(_ bytes: [UInt8]) {
    self.bytes = bytes
    var sources = SourceMap()
    let file = sources.add(path: "scene.yaml", bytes: bytes)
    let isWhole = parseYAML(file, in: sources, reporting: &bag).map { read($0) } ?? false
    if !isWhole && !bag.hasErrors { broken.append("lost without a word") }
    let places = bag.all.flatMap { [$0.span] + $0.labels.map(\.span) + ($0.edit.map { [$0.span] } ?? []) }
    if !places.allSatisfy({ $0.end <= bytes.count }) { broken.append("a finding lies outside of the file") }
    for style in DiagnosticRenderer.Style.allCases {
      let text = DiagnosticRenderer(sources: sources, style: style).render(bag.sorted())
      if style != .color && text.utf8.contains(0x1B) { broken.append("an escape reaches the terminal") }
    }
  }

  /// Whether nothing in the tree is `.invalid`.
  private mutating func read(_ node: YAMLNode) -> Bool {
    if node.span.end > bytes.count { broken.append("a node lies outside of the file") }
    switch node.content {
    case .invalid: return false
    case .scalar(let scalar):
      read(scalar, of: node)
      return true
    case .sequence(let items): return items.reduce(true) { read($1) && $0 }
    case .mapping(let entries): return entries.reduce(true) { read($1.value) && $0 }
    }
  }

  private mutating func read(_ scalar: YAMLScalar, of node: YAMLNode) {
    if scalar.pieces.first?.text != 0 || scalar.span(0..<scalar.text.utf8.count).end > bytes.count {
      broken.append("a scalar lies outside of the file")
    }
    if scalar.style == .plain, !scalar.text.contains("\n"), scalar.pieces.count == 1, !bag.hasErrors {
      // In brackets a text may go on at the first column of the next line; the break is then a blank.
      let source = bytes[node.span.start..<node.span.end].map { [0x0A, 0x0D].contains($0) ? 0x20 : $0 }
      if scalar.text != String(decoding: source, as: UTF8.self) {
        broken.append("a plain scalar is not what the file says")
      }
    }
    _ = parseExpression(scalar, reporting: &bag)
    _ = parseTextTemplate(scalar, reporting: &bag)
  }
}
