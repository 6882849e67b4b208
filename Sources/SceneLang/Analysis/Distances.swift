/// What may stand next to a distance.
extension Analyzer {
  /// Whether plain values can be lengths, as shares of the shorter side; false after a report. Whatever is calculated can,
  /// but the level of a field, under whatever name, is none.
  func areLengths(_ values: [TypedExpression], for what: String = "what meets a distance") -> Bool {
    guard let level = values.first(where: { isLevel($0) }) else { return true }
    report(.levelAsLength(level, what))
    return false
  }

  /// Whether a value is a field of the catalogue, or is named for one.
  private func isLevel(_ value: TypedExpression) -> Bool {
    if value.dimension != .plain || value.rate.isAccepted(by: .frame) { return false }
    switch value.kind {
    case .native, .simulation, .picture: return true
    case .binding(let id): return binding(id).map { isLevel($0) } ?? false
    case .at(let field, _, _, _): return isLevel(field)
    case .select(_, let a, let b): return isLevel(a) || isLevel(b)
    case .field(let id, let arguments): return isLevel(of: id, arguments)
    default: return false
    }
  }

  private func isLevel(of id: DefinitionID, _ arguments: [TypedExpression]) -> Bool {
    guard case .done(let field) = definitions[id.index].state else { return false }
    if let moved = movedParameter(of: field.value) { return isLevel(arguments[moved]) }
    if !sources[definitions[id.index].nameSpan.file].isBuiltin { return isLevel(field.value) }
    // One that reads no place of its own calculates with what it is given, unless that is a field.
    return !definitionRate(id).isAccepted(by: .frame)
      || field.parameters.contains { $0.type == .field || $0.type == .distance }
  }
}

extension Diagnostic {
  fileprivate static func levelAsLength(_ value: TypedExpression, _ what: String) -> Diagnostic {
    Diagnostic(
      "wrong_type", "\(what) is a distance or a length, and this is the level of a field", at: value.span,
      help: "write `fill(…)` around the shape to calculate with levels, or make the field a length, as in `5px * noise`"
    )
  }
}
