/// Tables of colors under `inputs:`, which the shader `lut` reads.
extension Analyzer {
  /// Files of tables in a scene, the same one counted once.
  private static let mostLookups = 32

  /// `teal: {lut: grades/teal.cube}`.
  func readLookup(_ node: YAMLNode) -> ColorLookup? {
    guard let path = insidePath(node, as: "the path of a file") else { return nil }
    if let known = inputs.tableFiles[path] { return known }
    guard inputs.tableFiles.count < Self.mostLookups else {
      report(.tooManyLookups(Self.mostLookups, node.span))
      return nil
    }
    inputs.tableFiles[path] = .some(nil)
    guard path.lowercased().hasSuffix(".cube") else {
      report(.notACube(path, node.span))
      return nil
    }
    switch importer(path) {
    case .failure(let failure):
      report(Diagnostic("unreadable_file", "cannot read `\(path)`: \(failure.reason)", at: node.span))
      return nil
    case .success(let bytes):
      do {
        let table = try CubeFile.read(bytes)
        inputs.tableFiles[path] = table
        inputs.paths.append(path)
        return table
      } catch {
        let id = sources.add(path: folder + path, bytes: bytes)
        let place = Span(file: id, start: error.place.lowerBound, end: error.place.upperBound)
        report(.badLookup(error.message, place, named: node.span))
        return nil
      }
    }
  }

  /// The table that an expression stands for.
  func constantLookup(_ expression: TypedExpression) -> ColorLookup? {
    switch expression.kind {
    case .lookup(let table): return table
    case .binding(let id): return binding(id).flatMap { constantLookup($0) }
    case .select(let condition, let then, let otherwise):
      return constant(condition).flatMap { $0 != 0 ? constantLookup(then) : constantLookup(otherwise) }
    default: return nil
    }
  }
}

extension Diagnostic {
  fileprivate static func tooManyLookups(_ most: Int, _ span: Span) -> Diagnostic {
    Diagnostic("too_many_imports", "a scene reads at most \(most) tables of colors", at: span)
  }

  fileprivate static func notACube(_ path: String, _ span: Span) -> Diagnostic {
    Diagnostic(
      "unreadable_file", "`\(path)` is no .cube file", at: span,
      help: "grading programs export tables of colors as .cube")
  }

  fileprivate static func badLookup(_ message: String, _ span: Span, named: Span) -> Diagnostic {
    Diagnostic("bad_lut", message, at: span, labels: [.init(named, "the scene reads it here")])
  }
}
