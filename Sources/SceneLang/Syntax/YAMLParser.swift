/// Errors of structure after which the rest of a file is no longer read.
private let mostMistakes = 25

/// Errors that leave the structure readable, such as duplicate keys; more are not listed.
private let mostFindings = 100

/// Reads the YAML of a scene file: its nodes with exact places, or nil if nothing can be made of it.
///
/// libyaml stops at its first error. Here the error is reported, its text is overwritten in the shadow that libyaml
/// reads, and the file is read again, so that one run reports every mistake, each once, and still answers with the good
/// rest; faulty values are `.invalid`. Bounded by 4 MiB, 64 levels, a million nodes, 10 000 aliases and 25 errors of
/// structure. Scalars are not interpreted.
public func parseYAML(_ file: FileID, in sources: SourceMap, reporting bag: inout DiagnosticBag) -> YAMLNode? {
  guard var text = SourceText(file, sources[file], reporting: &bag) else { return nil }
  var reported = 0
  // The aftermath of tabs is passed in silence, and bounded too.
  for _ in 0..<mostMistakes + 10 {
    let reading = YAMLReading(file: file, source: sources[file], text: text)
    guard !reading.mistakes.isEmpty else {
      for finding in reading.findings.prefix(mostFindings) { bag.report(finding) }
      if reading.findings.count > mostFindings { bag.report(.tooManyMistakes(at: reading.findings[mostFindings].span)) }
      return checkRoot(reading.root, file, sources[file], failed: reported > 0 || reading.stopped, reporting: &bag)
    }
    for mistake in reading.mistakes {
      if let diagnostic = mistake.diagnostic {
        bag.report(diagnostic)
        reported += 1
      }
      let place = mistake.repair.range.lowerBound
      if !text.apply(mistake.repair) {
        // The repair did not help: whatever is wrong, it is passed by leaving out the rest.
        let line = sources[file].lineRange(sources[file].line(at: place))
        guard text.apply(.init(range: line.lowerBound..<text.bytes.count, cover: .blanks, spoils: false)) else {
          return nil
        }
      }
      if reported >= mostMistakes {
        let end = max(place, mistake.repair.range.upperBound)
        bag.report(.tooManyMistakes(at: Span(file: file, start: end, end: end)))
        return nil
      }
    }
  }
  return nil
}

/// One reading of the shadow from its beginning to its end or to libyaml's first error.
private struct YAMLReading {
  var root: YAMLNode?
  var findings: [Diagnostic] = []
  /// If there are any, the rest counts for nothing.
  var mistakes: [YAMLTreeBuilder.Mistake] = []
  /// A limit was reached, and reported.
  var stopped = false

  init(file: FileID, source: SourceFile, text: SourceText) {
    let shadow = text.shadow
    shadow.bytes.withUnsafeBufferPointer { bytes in
      let scanner = SourceScanner(source: source, shadow: shadow.bytes)
      var builder = YAMLTreeBuilder(
        file: file, bytes: text.bytes, shadow: shadow, scanner: scanner,
        reader: YAMLEventReader(bytes, from: source.contentStart))
      read(&builder, originalBytes: source.bytes)
    }
  }

  private mutating func read(_ builder: inout YAMLTreeBuilder, originalBytes: [UInt8]) {
    do throws(YAMLTreeBuilder.Stop) {
      root = try builder.buildRoot()
      mistakes = builder.mistakes
    } catch {
      mistakes = builder.mistakes
      switch error {
      case .failure(let failure):
        // An error after an unquoted expression may only be its consequence.
        if mistakes.isEmpty {
          mistakes = [YAMLRecovery(builder, originalBytes: originalBytes).mistake(behind: failure)]
        }
      case .tooDeep(let mistake): mistakes.append(mistake)
      case .reported: stopped = true
      }
    }
    findings = builder.findings
  }
}

/// A scene is a mapping; an empty file gets its own words.
private func checkRoot(
  _ root: YAMLNode?, _ file: FileID, _ source: SourceFile, failed: Bool, reporting bag: inout DiagnosticBag
) -> YAMLNode? {
  guard let root else {
    if !failed { bag.report(.emptyFile(Span(file: file, start: source.contentStart, end: source.contentStart))) }
    return nil
  }
  switch root.content {
  case .mapping: return root
  case .invalid: return nil
  case .scalar, .sequence:
    if !failed { bag.report(.rootIsNotMapping(root.span)) }
    return nil
  }
}

extension Diagnostic {
  fileprivate static func tooManyMistakes(at span: Span) -> Diagnostic {
    Diagnostic("too_many_errors", .note, "too many errors; those after this place are not listed", at: span)
  }

  fileprivate static func emptyFile(_ span: Span) -> Diagnostic {
    Diagnostic(
      "empty_file", "the file is empty", at: span, help: "a scene begins with `ascii-scene: 1` and has `segments:`")
  }

  fileprivate static func rootIsNotMapping(_ span: Span) -> Diagnostic {
    Diagnostic(
      "root_not_mapping", "expected `key: value` lines", at: span,
      help: "a scene begins with `ascii-scene: 1` and has `segments:`")
  }
}
