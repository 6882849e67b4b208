/// Builds nodes from libyaml's events: anchors expanded, keys unique, depth and size bounded.
///
/// Lives for one reading of the shadow. Findings are kept in `findings` and count only if the reading is the last one;
/// `mistakes` are those that hide structure, so that the shadow must be mended and read again.
struct YAMLTreeBuilder {
  enum Limit {
    static let levels = 64
    static let nodes = 1_000_000
    static let aliases = 10_000
  }

  /// A finding that can only be passed by overwriting its text in the shadow.
  struct Mistake {
    /// Nil for the aftermath of a mistake that is already reported.
    var diagnostic: Diagnostic?
    var repair: ShadowText.Repair
  }

  enum Stop: Error {
    case failure(YAMLEventReader.Failure)
    case tooDeep(Mistake)
    /// Reported; nothing after it can be read.
    case reported
  }

  let file: FileID
  let bytes: [UInt8]
  let shadow: ShadowText
  let scanner: SourceScanner
  let reader: YAMLEventReader

  var findings: [Diagnostic] = []
  var mistakes: [Mistake] = []
  /// The last scalar read, with its quotes.
  var lastScalar: (style: YAMLScalar.Style, range: Range<Int>)?
  /// Where the flow collections around the current event begin, the outermost first.
  var flowStarts: [Int] = []
  private var anchors: [String: Built?] = [:]
  private var nodes = 0
  private var aliases = 0

  /// A node with the numbers that its aliases need.
  struct Built {
    var node: YAMLNode
    var size = 1
    var height = 1
  }

  init(file: FileID, bytes: [UInt8], shadow: ShadowText, scanner: SourceScanner, reader: YAMLEventReader) {
    self.file = file
    self.bytes = bytes
    self.shadow = shadow
    self.scanner = scanner
    self.reader = reader
  }

  /// The root of the only document, or nil if there is none.
  mutating func buildRoot() throws(Stop) -> YAMLNode? {
    guard case .documentStart = try next().kind else { return nil }
    let root = try build(try next(), level: 1).node
    _ = try next()
    let after = try next()
    if case .documentStart = after.kind { findings.append(.severalDocuments(at: span(after.start..<after.end))) }
    return root
  }

  private mutating func next() throws(Stop) -> YAMLEventReader.Event {
    do { return try reader.next() } catch { throw .failure(error) }
  }

  func span(_ range: Range<Int>) -> Span { Span(file: file, start: range.lowerBound, end: range.upperBound) }

  // MARK: Nodes

  private mutating func build(_ event: YAMLEventReader.Event, level: Int, isKey: Bool = false) throws(Stop) -> Built {
    nodes += 1
    if nodes > Limit.nodes {
      findings.append(.tooManyNodes(at: span(event.start..<event.end)))
      throw .reported
    }
    if case .alias = event.kind { return try expand(event, level: level) }
    if level > Limit.levels, event.beginsCollection {
      throw .tooDeep(
        Mistake(
          diagnostic: .tooDeep(at: span(event.start..<event.end)),
          repair: .init(range: extent(of: event), cover: .word, spoils: true)))
    }
    let start = contentStart(of: event)
    let tag = event.hasTag ? reportTag(event, contentStart: start) : nil
    // Nil marks an anchor whose node is not finished: an alias to it would be endless.
    if let anchor = event.anchor { anchors[anchor] = .some(nil) }
    var built: Built
    switch event.kind {
    case .scalar(let style): built = Built(node: buildScalar(style, event, start: start, isKey: isKey))
    case .sequenceStart: built = try buildSequence(event, start: start, level: level)
    case .mappingStart: built = try buildMapping(event, start: start, level: level)
    case .alias, .documentStart, .documentEnd, .streamEnd, .sequenceEnd, .mappingEnd:
      preconditionFailure("libyaml began a node with \(event.kind)")
    }
    if let tag { built.node = YAMLNode(.invalid, span: tag) }
    if let anchor = event.anchor { anchors[anchor] = .some(built) }
    return built
  }

  /// The text of a collection of which only the first event is known, as far as its layout tells. Inside of brackets it is
  /// that of the outermost ones: nothing sensible can be said of what holds it.
  private func extent(of event: YAMLEventReader.Event) -> Range<Int> {
    let start = flowStarts.first ?? event.start
    if event.isFlow, case .closed(let end) = scanner.closing(of: start) { return start..<end + 1 }
    return event.start..<max(event.end, scanner.blockEnd(from: event.start))
  }

  private mutating func buildSequence(
    _ opening: YAMLEventReader.Event, start: Int, level: Int
  ) throws(Stop) -> Built {
    if opening.isFlow { flowStarts.append(start) }
    var items: [YAMLNode] = []
    var (size, height) = (1, 0)
    var event = try next()
    while !event.endsCollection {
      let item = try build(event, level: level + 1)
      items.append(item.node)
      size += item.size
      height = max(height, item.height)
      event = try next()
    }
    if opening.isFlow { flowStarts.removeLast() }
    let end = event.end > event.start ? event.end : items.last?.span.end ?? event.end
    let node = YAMLNode(.sequence(items), span: span(start..<max(start, end)))
    return Built(node: node, size: size, height: height + 1)
  }

  private mutating func buildMapping(
    _ opening: YAMLEventReader.Event, start: Int, level: Int
  ) throws(Stop) -> Built {
    if opening.isFlow { flowStarts.append(start) }
    var entries: [YAMLEntry] = []
    var firstUse: [String: Span] = [:]
    var (size, height) = (1, 0)
    var last = start
    var mergesOthers = false
    var event = try next()
    while !event.endsCollection {
      let key = try build(event, level: level + 1, isKey: true)
      mergesOthers = mergesOthers || key.node.isMergeKey
      let value = try build(try next(), level: level + 1)
      size += key.size + value.size
      height = max(height, key.height, value.height)
      last = max(last, key.node.span.end, value.node.span.end)
      if let entry = entry(key.node, value.node) {
        if let first = first(entry.key, in: entries, &firstUse) {
          findings.append(.duplicateKey(entry, first: first))
        } else {
          entries.append(entry)
        }
      }
      event = try next()
    }
    if opening.isFlow { flowStarts.removeLast() }
    let end = event.end > event.start ? event.end : last
    let place = span(start..<max(start, end))
    // Text such as `{{name}}` is reported for its key; that it is a mapping is no second mistake. What a merge key would
    // have brought is missing, and nothing can be said of the rest.
    let isReadable = !mergesOthers && (size == 1 || !entries.isEmpty)
    let node = YAMLNode(isReadable ? .mapping(entries) : .invalid, span: place)
    return Built(node: node, size: size, height: height + 1)
  }

  /// Where a key was first written. Small mappings, nearly all, need no dictionary.
  private func first(_ key: String, in entries: [YAMLEntry], _ index: inout [String: Span]) -> Span? {
    if entries.count < 16 { return entries.first { $0.key == key }?.keySpan }
    for entry in entries[index.count...] { index[entry.key] = entry.keySpan }
    return index[key]
  }

  /// Nil, and reported, if the key is none.
  private mutating func entry(_ key: YAMLNode, _ value: YAMLNode) -> YAMLEntry? {
    switch key.content {
    case .scalar(let scalar):
      if key.isMergeKey {
        findings.append(.mergeKey(at: key.span))
        return nil
      }
      if scalar.text.isEmpty {
        findings.append(.emptyKey(at: key.span))
        return nil
      }
      return YAMLEntry(key: scalar.text, keySpan: key.span, value: value)
    case .invalid: return nil
    case .sequence, .mapping:
      findings.append(.keyIsNotText(at: key.span))
      return nil
    }
  }

  // MARK: Aliases and tags

  private mutating func expand(_ event: YAMLEventReader.Event, level: Int) throws(Stop) -> Built {
    let place = span(event.start..<event.end)
    let invalid = Built(node: YAMLNode(.invalid, span: place))
    aliases += 1
    if aliases > Limit.aliases {
      findings.append(.tooManyAliases(at: place))
      throw .reported
    }
    guard let name = event.anchor, let anchor = anchors[name] else {
      findings.append(.unknownAnchor(source(event.start..<event.end), at: place))
      return invalid
    }
    guard let built = anchor else {
      findings.append(.recursiveAlias(source(event.start..<event.end), at: place))
      return invalid
    }
    nodes += built.size
    if nodes > Limit.nodes {
      findings.append(.tooManyNodes(at: place))
      throw .reported
    }
    if level + built.height - 1 > Limit.levels {
      findings.append(.tooDeep(at: place))
      return invalid
    }
    return built
  }

  /// Reports the tag of a node and answers where it stands.
  private mutating func reportTag(_ event: YAMLEventReader.Event, contentStart: Int) -> Span {
    let properties = event.start..<contentStart
    let tag = properties.first { bytes[$0] == UInt8(ascii: "!") } ?? event.start
    let end = properties.first { $0 > tag && (isBlank(bytes[$0]) || isBreak(bytes[$0])) } ?? contentStart
    let range = tag..<max(tag, end)
    findings.append(.tag(source(range), at: span(range)))
    return span(range)
  }

  /// Where a node begins behind its anchor and its tag.
  private func contentStart(of event: YAMLEventReader.Event) -> Int {
    guard event.anchor != nil || event.hasTag else { return event.start }
    var offset = event.start
    while offset < event.end, bytes[offset] == UInt8(ascii: "&") || bytes[offset] == UInt8(ascii: "!") {
      while offset < event.end, !isBlank(bytes[offset]), !isBreak(bytes[offset]) { offset += 1 }
      if case .scalar = event.kind {} else { break }
      while offset < event.end, isBlank(bytes[offset]) || isBreak(bytes[offset]) { offset += 1 }
    }
    return offset
  }

  func source(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
}

extension YAMLNode {
  fileprivate var isMergeKey: Bool {
    if case .scalar(let scalar) = content { scalar.style == .plain && scalar.text == "<<" } else { false }
  }
}

extension YAMLEventReader.Event {
  fileprivate var beginsCollection: Bool {
    switch kind {
    case .sequenceStart, .mappingStart: true
    default: false
    }
  }

  fileprivate var endsCollection: Bool {
    switch kind {
    case .sequenceEnd, .mappingEnd: true
    default: false
    }
  }
}

extension Diagnostic {
  fileprivate static func severalDocuments(at span: Span) -> Diagnostic {
    Diagnostic(
      "several_documents", "a scene file holds one document", at: span, caret: "a second one begins here",
      help: "move it to a file of its own and `import:` it")
  }

  fileprivate static func tooManyNodes(at span: Span) -> Diagnostic {
    Diagnostic(
      "too_many_nodes", "the file has more than \(YAMLTreeBuilder.Limit.nodes) values, aliases expanded", at: span,
      help: "split the scene with `import:`, or use templates in place of aliases")
  }

  fileprivate static func tooDeep(at span: Span) -> Diagnostic {
    Diagnostic(
      "nesting_too_deep", "values are nested more than \(YAMLTreeBuilder.Limit.levels) levels deep", at: span)
  }

  fileprivate static func duplicateKey(_ entry: YAMLEntry, first: Span) -> Diagnostic {
    Diagnostic(
      "duplicate_key", "`\(entry.key)` is given twice", at: entry.keySpan, caret: "given again",
      labels: [Label(first, "first given here")], help: "keep one of them")
  }

  fileprivate static func mergeKey(at span: Span) -> Diagnostic {
    Diagnostic(
      "merge_key", "YAML merge keys are not part of scene files", at: span,
      help: "write the keys out, or make a template and `use:` it")
  }

  fileprivate static func emptyKey(at span: Span) -> Diagnostic {
    Diagnostic("empty_key", "expected a name before the colon", at: span)
  }

  fileprivate static func keyIsNotText(at span: Span) -> Diagnostic {
    Diagnostic(
      "key_not_text", "a key must be a word", at: span, help: "quote text that begins with a bracket or a brace")
  }

  fileprivate static func tooManyAliases(at span: Span) -> Diagnostic {
    Diagnostic("too_many_aliases", "the file has more than \(YAMLTreeBuilder.Limit.aliases) aliases", at: span)
  }

  fileprivate static func unknownAnchor(_ alias: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "unknown_anchor", "`\(alias)` names no anchor above it", at: span,
      help: "`*` at the start of a value is a YAML alias; quote the value if you mean something else")
  }

  fileprivate static func recursiveAlias(_ alias: String, at span: Span) -> Diagnostic {
    Diagnostic("recursive_alias", "`\(alias)` stands inside the value that it names", at: span)
  }

  fileprivate static func tag(_ tag: String, at span: Span) -> Diagnostic {
    let name = String(tag.drop { $0 == "!" })
    let isCondition = !tag.hasPrefix("!!") && !name.isEmpty
    return Diagnostic(
      "yaml_tag", "`\(tag)` is a YAML tag, which scene files do not take", at: span,
      help: isCondition ? "write `not \(name)` for a negation, otherwise delete it" : "delete it")
  }
}
