/// What was found out about named values and definitions by walking their expressions.
///
/// Each is walked once: names that read others twice make as many paths as two to the power of their number.
struct NameFacts {
  var constants: [BindingID: Double?] = [:]
  var bounds: [BindingID: ClosedRange<Double>?] = [:]
  /// With parameters taken as constant.
  var bodyRates: [BindingID: Rate] = [:]
  /// What says how it likes to be drawn.
  var shown: [BindingID: (show: [String: YAMLEntry], scope: Scope)?] = [:]
  /// Called first; what seeds of layers are made of.
  var ops: [BindingID: String] = [:]
  var simulations: [BindingID: String?] = [:]
  var simulationsOfFields: [DefinitionID: String?] = [:]
  /// Without those of the names that they read.
  var ownSimulationsOfFields: [DefinitionID: String?] = [:]
  var showsMovingPicture: [BindingID: Bool] = [:]
  var fieldShowsMovingPicture: [DefinitionID: Bool] = [:]
  var readsPicture: [BindingID: Bool] = [:]
}

extension Analyzer {
  /// What `find` finds in a named value, or `none` in one with a mistake.
  func fact<Fact>(
    _ kind: WritableKeyPath<NameFacts, [BindingID: Fact]>, of id: BindingID, none: Fact,
    _ find: (TypedExpression) -> Fact
  ) -> Fact {
    if let known = nameFacts[keyPath: kind][id] { return known }
    let found = binding(id).map(find) ?? none
    nameFacts[keyPath: kind][id] = .some(found)
    return found
  }

  /// What `find` finds in a definition; `none` while that is being checked.
  func fact<Fact>(
    _ kind: WritableKeyPath<NameFacts, [DefinitionID: Fact]>, of id: DefinitionID, none: Fact,
    _ find: (TypedExpression) -> Fact
  ) -> Fact {
    if let known = nameFacts[keyPath: kind][id] { return known }
    guard case .done(let field) = definitions[id.index].state else { return none }
    let found = find(field.value)
    nameFacts[keyPath: kind][id] = .some(found)
    return found
  }
}

extension Sequence {
  /// The first that is found; each element is asked once. (`lazy.compactMap(…).first` asks those before the end twice.)
  func firstFact<Fact>(_ find: (Element) -> Fact?) -> Fact? {
    for element in self {
      if let fact = find(element) { return fact }
    }
    return nil
  }
}
